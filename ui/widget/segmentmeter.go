package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// mostMeters is how many segments a meter draws; of a longer text the last ones
// share its end.
const mostMeters = 10

// SegmentMeter shows how long a text is: a word in a pill, the encoding and
// characters, what it comes to, and below a bar for each segment that is
// billed, the last one filled as far as the text goes.
type SegmentMeter struct {
	fynewidget.BaseWidget
	pill   *Pill
	detail *Text
	total  *Text
	tone   Tone
	shares []float64
	dim    bool
	tracks [mostMeters]*canvas.Rectangle
	bars   [mostMeters]*canvas.Rectangle
}

// NewSegmentMeter makes an empty meter.
func NewSegmentMeter() *SegmentMeter {
	m := &SegmentMeter{pill: NewPill(Neutral, nil, ""), detail: Caption("").Shorten(), total: Caption("").Bold().Trailing()}
	for i := range m.tracks {
		m.tracks[i], m.bars[i] = canvas.NewRectangle(theme.Color(theme.Clear)), canvas.NewRectangle(theme.Color(theme.Clear))
	}
	m.ExtendBaseWidget(m)
	return m
}

// Set says what it shows. shares are how full each segment is, from 0 to 1.
func (m *SegmentMeter) Set(tone Tone, pill, detail, total string, shares []float64) {
	m.tone, m.shares = tone, shares[:min(len(shares), mostMeters)]
	m.pill.Set(tone, nil, pill)
	m.detail.SetText(detail)
	m.total.SetText(total)
	m.Refresh()
}

// SetDim shows that the figures are the last ones known, while others load.
func (m *SegmentMeter) SetDim(dim bool) {
	if m.dim != dim {
		m.dim = dim
		m.Refresh()
	}
}

// Detail and Total are what stands above the bars.
func (m *SegmentMeter) Detail() string { return m.detail.Text() }
func (m *SegmentMeter) Total() string  { return m.total.Text() }

// Segments is how many bars it shows.
func (m *SegmentMeter) Segments() int { return len(m.shares) }

func (m *SegmentMeter) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{m.pill, m.detail, m.total}
	for i := range m.tracks {
		objects = append(objects, m.tracks[i], m.bars[i])
	}
	const gap, bar = 8, 8
	return draw(&drawing{
		owner:   m,
		objects: objects,
		paint: func() {
			ink := m.tone.text()
			for i := range m.tracks {
				m.tracks[i].FillColor, m.bars[i].FillColor = theme.Color(theme.NeutralSoft), theme.Color(ink)
				if m.dim {
					m.bars[i].FillColor = theme.Faded(ink, 0.4)
				}
				if i < len(m.shares) {
					m.tracks[i].Show()
					m.bars[i].Show()
				} else {
					m.tracks[i].Hide()
					m.bars[i].Hide()
				}
			}
			m.total.color, m.detail.color = ink, theme.Ink2
			if m.dim {
				m.total.color, m.detail.color = theme.Ink3, theme.Ink3
			}
			m.total.Refresh()
			m.detail.Refresh()
		},
		least: func() fyne.Size {
			head := m.pill.MinSize()
			return fyne.NewSize(head.Width+m.detail.MinSize().Width+m.total.MinSize().Width+2*gap, head.Height+gap+bar)
		},
		place: func(size fyne.Size) {
			pill, total := m.pill.MinSize(), m.total.MinSize()
			m.pill.Resize(pill)
			m.pill.Move(fyne.Position{})
			m.total.Resize(fyne.NewSize(total.Width, pill.Height))
			m.total.Move(fyne.NewPos(size.Width-total.Width, 0))
			m.detail.Move(fyne.NewPos(pill.Width+gap, 0))
			m.detail.Resize(fyne.NewSize(max(size.Width-total.Width-pill.Width-2*gap, 0), pill.Height))
			n := len(m.shares)
			if n == 0 {
				return
			}
			y := pill.Height + gap
			for i := range n {
				from, to := float32(int(size.Width*float32(i)/float32(n))), float32(int(size.Width*float32(i+1)/float32(n)))
				if i+1 < n {
					to -= 2
				}
				m.tracks[i].CornerRadius, m.bars[i].CornerRadius = 4, 4
				m.tracks[i].Move(fyne.NewPos(from, y))
				m.tracks[i].Resize(fyne.NewSize(to-from, bar))
				m.bars[i].Move(fyne.NewPos(from, y))
				m.bars[i].Resize(fyne.NewSize(float32(int(float64(to-from)*max(0, min(m.shares[i], 1)))), bar))
			}
		},
	})
}
