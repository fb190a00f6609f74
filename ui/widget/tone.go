package widget

import (
	"strconv"
	"strings"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// Tone is what a pill, tile or banner says by its colour. A tone never stands
// alone: there is always a word, and mostly an icon.
type Tone int

const (
	Neutral Tone = iota
	OK
	Info
	Warn
	Danger
	Accent
	Brass
)

var tones = map[Tone]struct{ soft, text fyne.ThemeColorName }{
	Neutral: {theme.NeutralSoft, theme.Ink2},
	OK:      {theme.OKSoft, theme.OK},
	Info:    {theme.InfoSoft, theme.Info},
	Warn:    {theme.WarnSoft, theme.Warn},
	Danger:  {theme.DangerSoft, theme.Danger},
	Accent:  {theme.AccentSoft, theme.Accent},
	Brass:   {theme.BrassSoft, theme.Warn},
}

func (t Tone) soft() fyne.ThemeColorName { return tones[t].soft }
func (t Tone) text() fyne.ThemeColorName { return tones[t].text }

// Soft is the tone's background, Ink its text and solid fill.
func (t Tone) Soft() fyne.ThemeColorName { return t.soft() }
func (t Tone) Ink() fyne.ThemeColorName  { return t.text() }

// sized adds a size to a picture's name, before its ending.
func sized(name string, side float32) string {
	return strings.TrimSuffix(name, ".svg") + "@" + strconv.Itoa(int(side)) + ".svg"
}
