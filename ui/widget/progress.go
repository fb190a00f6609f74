package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ProgressBar is a thin bar, 8 px high: how far a job is, or a share.
type ProgressBar struct {
	fynewidget.BaseWidget
	share float64
	color fyne.ThemeColorName
	track *canvas.Rectangle
	bar   *canvas.Rectangle
}

// NewProgressBar makes an empty bar in accent.
func NewProgressBar() *ProgressBar {
	p := &ProgressBar{color: theme.Accent, track: canvas.NewRectangle(theme.Color(theme.Clear)), bar: canvas.NewRectangle(theme.Color(theme.Clear))}
	p.ExtendBaseWidget(p)
	return p
}

// In gives the bar another colour.
func (p *ProgressBar) In(color fyne.ThemeColorName) *ProgressBar { p.color = color; return p }

// SetShare fills it, from 0 to 1.
func (p *ProgressBar) SetShare(share float64) {
	if !(share >= 0) { // also what is no number
		share = 0
	}
	p.share = min(share, 1)
	p.Refresh()
}

// Share is how far it is filled.
func (p *ProgressBar) Share() float64 { return p.share }

func (p *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   p,
		objects: []fyne.CanvasObject{p.track, p.bar},
		paint: func() {
			p.track.FillColor, p.bar.FillColor = theme.Color(theme.NeutralSoft), theme.Color(p.color)
		},
		least: func() fyne.Size { return fyne.NewSize(40, 8) },
		place: func(size fyne.Size) {
			y := middle(size.Height, 8)
			width := float32(int(float64(size.Width) * p.share))
			if p.share > 0 {
				width = max(width, 2)
			}
			p.track.CornerRadius = 4
			p.track.Move(fyne.NewPos(0, y))
			p.track.Resize(fyne.NewSize(size.Width, 8))
			// Flat at the right while there is more to come.
			p.bar.TopLeftCornerRadius, p.bar.BottomLeftCornerRadius = 4, 4
			p.bar.TopRightCornerRadius, p.bar.BottomRightCornerRadius = 0, 0
			if width >= size.Width-2 {
				p.bar.TopRightCornerRadius, p.bar.BottomRightCornerRadius = 4, 4
			}
			p.bar.Move(fyne.NewPos(0, y))
			p.bar.Resize(fyne.NewSize(width, 8))
			p.bar.Refresh()
		},
	})
}

// Skeleton is a grey bar where a value is still being loaded.
func Skeleton(width, height float32) fyne.CanvasObject {
	return Exactly(width, height, newPanel(nil, theme.NeutralSoft, "", height/2).Padded(0))
}

// Divider is a hairline between the parts of a column.
func Divider() fyne.CanvasObject {
	return Exactly(0, 1, newPanel(nil, theme.Line, "", 0).Padded(0))
}
