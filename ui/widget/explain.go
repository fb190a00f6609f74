package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// Explain shows what is behind a figure or a decision on a card below an
// anchor, as after "Why?": what it is about, the rule, and last, in small
// letters, what that was applied to. It closes as ShowCard's card does.
func Explain(anchor fyne.CanvasObject, title string, paragraphs ...string) (close func()) {
	column := Column(theme.Gap8, Bold(title))
	for i, p := range paragraphs {
		text := NewParagraph(p).Wide(420)
		if i == len(paragraphs)-1 {
			text = text.Sized(theme.SizeCaption)
		}
		column.Add(text)
	}
	return ShowCard(anchor, column)
}
