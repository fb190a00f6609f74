//go:build e2e

// In the program that the window test drives, and in no other: it tells where
// on the screen words and buttons stand, as a person's eyes would. It presses
// nothing; keys and clicks come from outside.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"
)

// A Place is something that can be seen: words, or what can be pressed or typed
// into with the words in it. Pixels from the window's corner.
type Place struct {
	Text    string  `json:"text"`
	Kind    string  `json:"kind"` // text, press, type
	X       float32 `json:"x"`
	Y       float32 `json:"y"`
	W       float32 `json:"w"`
	H       float32 `json:"h"`
	Focused bool    `json:"focused,omitempty"`
	Dead    bool    `json:"dead,omitempty"` // disabled
	Over    int     `json:"over,omitempty"` // which layer above the page
}

func init() {
	if os.Getenv("COUNTERBELL_FRAME") != "" {
		go tellFirstFrame()
	}
	path := os.Getenv("COUNTERBELL_PLACES")
	if path == "" {
		return
	}
	_ = os.Remove(path)
	door, err := net.Listen("unix", path)
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := door.Accept()
			if err != nil {
				return
			}
			var seen []Place
			fyne.DoAndWait(func() { seen = look() })
			_ = json.NewEncoder(c).Encode(seen)
			_ = c.Close()
		}
	}()
}

// look walks over the window in front.
func look() []Place {
	var e eyes
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		c := w.Canvas()
		if c.Content() == nil || w.Title() == "SystrayMonitor" {
			continue
		}
		e.scale, e.focused = c.Scale(), c.Focused()
		all := rect{0, 0, c.Size().Width, c.Size().Height}
		e.walk(c.Content(), fyne.Position{}, all)
		for i, over := range c.Overlays().List() {
			e.over = i + 1
			e.walk(over, fyne.Position{}, all)
		}
		e.over = 0
	}
	return e.seen
}

type rect struct{ x, y, right, bottom float32 }

func (r rect) cut(o rect) rect {
	return rect{max(r.x, o.x), max(r.y, o.y), min(r.right, o.right), min(r.bottom, o.bottom)}
}

type eyes struct {
	seen    []Place
	scale   float32
	focused fyne.Focusable
	over    int
}

// walk notes an object and what is in it, and returns the words in it.
func (e *eyes) walk(object fyne.CanvasObject, at fyne.Position, clip rect) string {
	if object == nil || !object.Visible() {
		return ""
	}
	at = at.Add(object.Position())
	size := object.Size()
	shown := rect{at.X, at.Y, at.X + size.Width, at.Y + size.Height}.cut(clip)
	var words []string
	inner := func(objects []fyne.CanvasObject, clip rect) {
		for _, o := range objects {
			if text := e.walk(o, at, clip); text != "" {
				words = append(words, text)
			}
		}
	}
	switch o := object.(type) {
	case *canvas.Text:
		e.note(Place{Text: o.Text, Kind: "text"}, shown)
		return o.Text
	case *fyne.Container:
		inner(o.Objects, clip)
	case *container.Scroll:
		inner(test.WidgetRenderer(o).Objects(), shown)
	case fyne.Widget:
		if _, list := o.(*fynewidget.List); list {
			clip = shown
		}
		inner(test.WidgetRenderer(o).Objects(), clip)
	}
	text := strings.Join(words, " ")
	kind := ""
	focusable, ok := object.(fyne.Focusable)
	if ok {
		kind = "press"
		if _, types := object.(fyne.Shortcutable); types {
			kind = "type"
		}
	} else if _, ok := object.(fyne.Tappable); ok {
		kind = "press"
	} else if _, ok := object.(desktop.Mouseable); ok {
		kind = "press"
	}
	if kind != "" {
		p := Place{Text: text, Kind: kind, Focused: focusable != nil && focusable == e.focused}
		if d, ok := object.(fyne.Disableable); ok {
			p.Dead = d.Disabled()
		}
		e.note(p, shown)
	}
	return text
}

func (e *eyes) note(p Place, shown rect) {
	if shown.right-shown.x < 2 || shown.bottom-shown.y < 2 || p.Kind == "text" && p.Text == "" {
		return
	}
	p.X, p.Y, p.W, p.H = shown.x*e.scale, shown.y*e.scale, (shown.right-shown.x)*e.scale, (shown.bottom-shown.y)*e.scale
	p.Over = e.over
	e.seen = append(e.seen, p)
}

// tellFirstFrame prints a line as soon as a window has been drawn.
func tellFirstFrame() {
	for {
		time.Sleep(time.Millisecond)
		app := fyne.CurrentApp()
		if app == nil {
			continue
		}
		if all := app.Driver().AllWindows(); len(all) > 0 && all[0].Content() != nil {
			drawn := false
			fyne.DoAndWait(func() { drawn = !all[0].Canvas().Capture().Bounds().Empty() })
			if drawn {
				fmt.Println("first frame")
				return
			}
		}
	}
}
