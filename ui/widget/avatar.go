package widget

import (
	"strings"
	"unicode"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

func newLogo() *canvas.Image {
	image := canvas.NewImageFromResource(icons.Logo)
	image.FillMode = canvas.ImageFillContain
	return image
}

// Avatar stands for a person: initials in a disc.
type Avatar struct {
	fynewidget.BaseWidget
	text *Text
	side float32
	box  *box
}

// NewAvatar makes a disc of side pixels for a name.
func NewAvatar(name string, side float32) *Avatar {
	a := &Avatar{text: Caption(Initials(name)).Bold().In(theme.Accent).Centered(), side: side, box: newBox(side / 2)}
	if side >= 40 {
		a.text.size = theme.SizeHeading
	}
	a.ExtendBaseWidget(a)
	return a
}

// SetName changes whose initials it shows.
func (a *Avatar) SetName(name string) { a.text.SetText(Initials(name)) }

func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   a,
		objects: append(a.box.objects(), a.text),
		paint: func() {
			a.box.round(theme.Grow(a.side) / 2)
			a.box.fill(theme.AccentSoft)
			a.text.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSquareSize(theme.Grow(a.side)) },
		place: func(size fyne.Size) {
			side := theme.Grow(a.side)
			pos := fyne.NewPos(middle(size.Width, side), middle(size.Height, side))
			a.box.at(pos, fyne.NewSquareSize(side))
			a.text.Move(pos)
			a.text.Resize(fyne.NewSquareSize(side))
		},
	})
}

// Initials are the first letters of first and last name, or the first
// character of a Chinese name: MC for Maya Chen, 林 for 林晓雯.
func Initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	first := []rune(words[0])[0]
	if wide(first) || len(words) == 1 {
		return string(unicode.ToUpper(first))
	}
	last := []rune(words[len(words)-1])[0]
	return string(unicode.ToUpper(first)) + string(unicode.ToUpper(last))
}
