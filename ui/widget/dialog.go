package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// Dialog asks for a decision, and for nothing less. Enter confirms and Escape
// cancels; a click beside it changes nothing.
type Dialog struct {
	overlay *overlay
	confirm *Button
}

// Question is what a dialog asks.
type Question struct {
	Title   string
	Text    string            // may be empty
	Content fyne.CanvasObject // below the text; may be nil
	Confirm string            // names the result: "Delete 3 people"; empty for none
	Danger  bool              // confirming destroys something: Enter alone never does it
	Cancel  string
	Other   string // a third way out; empty for none
	Wide    float32

	// OnConfirm returns false to keep the dialog open, because something in
	// Content is not right yet. nil closes.
	OnConfirm func() bool
	OnOther   func()
	OnCancel  func()
}

const dialogWidth = 440

// Ask shows a dialog over a window.
func Ask(c fyne.Canvas, q Question) *Dialog {
	width := q.Wide
	if width == 0 {
		width = dialogWidth
	}
	d := &Dialog{}
	inner := width - 2*theme.Gap24
	body := Column(8, NewParagraph(q.Title).Sized(theme.SizeHeading).In(theme.Ink).Bold().Wide(inner))
	if q.Text != "" {
		body.Add(NewParagraph(q.Text).Wide(inner))
	}
	if q.Content != nil {
		body.Add(Inset(8, 0, 0, 0, Sized(inner, 0, q.Content)))
	}
	buttons := Row(8)
	if q.Other != "" {
		buttons.Add(Quiet(q.Other, func() { d.end(q.OnOther) }))
	}
	buttons.Add(Spring())
	cancel := Secondary(q.Cancel, func() { d.end(q.OnCancel) })
	buttons.Add(cancel)
	if q.Confirm != "" {
		kind := KindPrimary
		if q.Danger {
			kind = KindDanger
		}
		d.confirm = NewButton(kind, q.Confirm, func() {
			if q.OnConfirm == nil || q.OnConfirm() {
				d.Close()
			}
		})
		buttons.Add(d.confirm)
	}
	body.Add(Inset(16, 0, 0, 0, buttons))

	first := d.confirm
	if first == nil || q.Danger {
		first = cancel
	}
	d.overlay = &overlay{canvas: c, content: NewPanel(body).Padded(theme.Gap24).Rounded(theme.RadiusTill), veiled: true}
	d.overlay.place = func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(min(max(least.Width, width), window.Width-32), min(least.Height, window.Height-32))
		return fyne.NewPos(middle(window.Width, size.Width), middle(window.Height, size.Height)), size
	}
	d.overlay.onKey = func(key *fyne.KeyEvent) {
		switch key.Name {
		case fyne.KeyEscape:
			cancel.Press()
		case fyne.KeyReturn, fyne.KeyEnter:
			// What can't be undone takes a button with the focus on it.
			if !q.Danger {
				first.Press()
			}
		}
	}
	d.overlay.show()
	if into := firstFocusable(q.Content); into != nil {
		c.Focus(into)
	} else {
		c.Focus(first)
	}
	return d
}

func (d *Dialog) end(then func()) {
	d.Close()
	if then != nil {
		then()
	}
}

// Close takes the dialog away without an answer.
func (d *Dialog) Close() { d.overlay.close() }

// ConfirmButton is the button that confirms, to switch it off and on; nil
// when there is none.
func (d *Dialog) ConfirmButton() *Button { return d.confirm }

// Refresh measures the dialog again, after its content has grown.
func (d *Dialog) Refresh() { d.overlay.Refresh() }

// firstFocusable finds the field of a dialog's content that one types into
// first.
func firstFocusable(o fyne.CanvasObject) fyne.Focusable {
	switch o := o.(type) {
	case nil:
		return nil
	case fyne.Focusable:
		if able, ok := o.(fyne.Disableable); ok && able.Disabled() {
			return nil
		}
		return o
	case *fyne.Container:
		for _, inner := range o.Objects {
			if found := firstFocusable(inner); found != nil {
				return found
			}
		}
	case *Field:
		return firstFocusable(o.control)
	case interface{ Keys() fyne.Focusable }:
		return o.Keys()
	case *Panel:
		return firstFocusable(o.content)
	}
	return nil
}
