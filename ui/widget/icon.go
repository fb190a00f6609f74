package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Sizes in which icons are drawn, in pixels.
const (
	IconPill   float32 = 13
	IconSmall  float32 = 14
	IconNormal float32 = 16
	IconNav    float32 = 18
)

// Icon is a picture in one colour of the theme.
type Icon struct {
	fynewidget.BaseWidget
	icon  *icons.Icon
	color fyne.ThemeColorName
	size  float32
	image *canvas.Image
	drawn string
}

// NewIcon draws an icon in a square of size pixels.
func NewIcon(icon *icons.Icon, color fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{icon: icon, color: color, size: size, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes picture and colour.
func (i *Icon) Set(icon *icons.Icon, color fyne.ThemeColorName) {
	if i.icon == icon && i.color == color {
		return
	}
	i.icon, i.color = icon, color
	i.Refresh()
}

func (i *Icon) side() float32 { return theme.Grow(i.size) }

func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   i,
		objects: []fyne.CanvasObject{i.image},
		paint:   i.paint,
		least:   func() fyne.Size { return fyne.NewSquareSize(i.side()) },
		place: func(size fyne.Size) {
			side := i.side()
			i.image.Move(fyne.NewPos(middle(size.Width, side), middle(size.Height, side)))
			i.image.Resize(fyne.NewSquareSize(side))
		},
	})
}

// paint hands over a picture whose name holds colour and size: Fyne's caches
// keep one rendering a name.
func (i *Icon) paint() {
	if i.icon == nil {
		i.image.Hide()
		return
	}
	i.image.Show()
	colored := i.icon.In(i.color)
	name := sized(colored.Name(), i.side())
	if name == i.drawn {
		return
	}
	i.drawn = name
	i.image.Resource = fyne.NewStaticResource(name, colored.Content())
	i.image.Refresh()
}

// IconTile is a soft square with an icon in it, as at the head of a card.
type IconTile struct {
	fynewidget.BaseWidget
	icon *Icon
	tone Tone
	side float32
	box  *box
}

// NewIconTile makes a tile of 36 px; Sized changes that.
func NewIconTile(icon *icons.Icon, tone Tone) *IconTile {
	t := &IconTile{icon: NewIcon(icon, tone.text(), IconNav), tone: tone, side: 36, box: newBox(theme.RadiusTile)}
	t.ExtendBaseWidget(t)
	return t
}

// Sized makes the tile that many pixels wide, with an icon half as wide.
func (t *IconTile) Sized(side float32) *IconTile {
	t.side, t.icon.size = side, float32(int(side/2))
	return t
}

// Set changes icon and tone.
func (t *IconTile) Set(icon *icons.Icon, tone Tone) {
	t.tone = tone
	t.icon.Set(icon, tone.text())
	t.Refresh()
}

func (t *IconTile) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   t,
		objects: append(t.box.objects(), t.icon),
		paint:   func() { t.box.fill(t.tone.soft()) },
		least:   func() fyne.Size { return fyne.NewSquareSize(theme.Grow(t.side)) },
		place: func(size fyne.Size) {
			side := theme.Grow(t.side)
			pos := fyne.NewPos(middle(size.Width, side), middle(size.Height, side))
			t.box.at(pos, fyne.NewSquareSize(side))
			t.icon.Move(pos)
			t.icon.Resize(fyne.NewSquareSize(side))
		},
	})
}
