package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// keys has the focus while no field or button has it.
type keys struct {
	fynewidget.BaseWidget
	enter func()
}

func newKeys(enter func()) *keys {
	k := &keys{enter: enter}
	k.ExtendBaseWidget(k)
	return k
}

func (k *keys) FocusGained()   {}
func (k *keys) FocusLost()     {}
func (k *keys) TypedRune(rune) {}

func (k *keys) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		k.enter()
	case fyne.KeyEscape:
		// The focused widget gets it first; the page's own Escape is the shell's.
		if c := fyne.CurrentApp().Driver().CanvasForObject(k); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
	}
}

func (k *keys) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(container.NewWithoutLayout())
}
