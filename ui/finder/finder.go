// Package finder is a question over the window that finds one of many while
// its name is typed: a person to write to, a coupon whose code was forgotten.
package finder

import (
	"context"
	"strings"
	"time"

	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Options say what is looked for.
type Options[T any] struct {
	Title   string
	Hint    string // in the field
	Begin   string // before anything was typed
	Nothing string // when nothing was found
	Cancel  string
	// Find lists what a text finds, best first.
	Find func(ctx context.Context, text string) ([]T, error)
	// Cells makes the cells of a row for Columns; Fill writes into them.
	Columns []widget.RecordColumn
	Cells   func() []fyne.CanvasObject
	Fill    func(found T, cells []fyne.CanvasObject)
	// Choose takes what was chosen. It returns false to leave the question open.
	Choose func(found T) bool
	Tall   float32 // of a row; 0 is 40
}

// Finder is the question while it is open.
type Finder[T any] struct {
	env     *page.Env
	options Options[T]
	entry   *widget.Entry
	list    *widget.RecordList
	note    *widget.Paragraph
	place   *fyne.Container
	dialog  *widget.Dialog
	found   []T
	search  string
	latest  page.Latest
	wait    func()
}

// pause is how long it waits for more to be typed.
const pause = 200 * time.Millisecond

// Ask opens the question.
func Ask[T any](env *page.Env, o Options[T]) *Finder[T] {
	f := &Finder[T]{env: env, options: o}
	f.entry = widget.NewEntry(o.Hint).Limit(80)
	f.entry.OnChanged = f.typed
	f.entry.OnSubmitted = func(string) { f.Submit() }
	f.list = widget.NewRecordList(o.Columns, o.Cells)
	if o.Tall > 0 {
		f.list.Tall(o.Tall)
	}
	f.list.Length = func() int { return len(f.found) }
	f.list.Fill = func(row int, cells []fyne.CanvasObject) bool {
		if row >= len(f.found) {
			return false
		}
		o.Fill(f.found[row], cells)
		return true
	}
	f.list.OnOpen = f.choose
	f.note = widget.NewParagraph(o.Begin).Centered()
	f.place = container.NewStack(widget.Column(0, widget.Spring(), f.note, widget.Spring()))
	f.dialog = env.Ask(widget.Question{
		Title: o.Title, Cancel: o.Cancel, Wide: 560,
		Content: widget.Column(12, f.entry, widget.Exactly(0, theme.Grow(300), f.place)),
	})
	if c := env.Canvas(); c != nil {
		c.Focus(f.entry)
	}
	return f
}

func (f *Finder[T]) typed(text string) {
	if f.wait != nil {
		f.wait()
	}
	f.wait = f.env.After(pause, func() {
		f.wait = nil
		f.Look(text)
	})
}

// Look searches at once.
func (f *Finder[T]) Look(text string) {
	text = strings.TrimSpace(text)
	f.search = text
	var found []T
	f.latest.Run(f.env.Tasks, func(ctx context.Context) (err error) {
		if text != "" {
			found, err = f.options.Find(ctx, text)
		}
		return err
	}, func(err error) {
		if err != nil {
			f.env.Fail(err, nil)
			return
		}
		if f.search != text {
			return
		}
		f.found = found
		f.show()
	})
}

// show puts the list there, or why there is none.
func (f *Finder[T]) show() {
	var what fyne.CanvasObject = f.list
	if len(f.found) == 0 {
		words := f.options.Nothing
		if f.search == "" {
			words = f.options.Begin
		}
		f.note.SetText(words)
		what = widget.Column(0, widget.Spring(), f.note, widget.Spring())
	}
	f.place.Objects = []fyne.CanvasObject{what}
	f.place.Refresh()
	f.list.SetCurrent(0)
	f.list.ScrollTo(0)
	f.list.Refresh()
}

// Submit is Enter in the field: the first one that was found for what stands
// there.
func (f *Finder[T]) Submit() {
	if text := strings.TrimSpace(f.entry.Text); text != f.search {
		f.Look(text)
		return
	}
	f.choose(max(f.list.Current(), 0))
}

func (f *Finder[T]) choose(row int) {
	if row < len(f.found) && f.options.Choose(f.found[row]) {
		f.dialog.Close()
	}
}

// Found is what is listed.
func (f *Finder[T]) Found() []T { return f.found }

// Type enters a text and looks for it at once, for tests and pictures.
func (f *Finder[T]) Type(text string) {
	f.entry.SetText(text)
	f.Look(text)
}
