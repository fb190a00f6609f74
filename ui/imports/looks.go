package imports

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// look is how a matter shows.
type look struct {
	icon *icons.Icon
	tone widget.Tone
}

// looks are the pictures of matters, on the check page and on the receipt.
var looks = map[string]look{
	"date_order": {icons.Rescheduled, widget.Warn}, "date_mixed": {icons.Rescheduled, widget.Warn}, "foreign_numbers": {icons.Phone, widget.Warn},
	"country": {icons.Place, widget.Warn}, "leading_zero": {icons.Fix, widget.Info}, "zero_left_out": {icons.Fix, widget.Info}, "two_left_out": {icons.Phone, widget.Info}, "digits_lost": {icons.Warning, widget.Danger}, "two_numbers": {icons.Phone, widget.Info},
	"sequence": {icons.Warning, widget.Warn}, "consent_unclear": {icons.Question, widget.Warn}, "consent_no": {icons.OptedOut, widget.Neutral},
	"unreadable": {icons.Question, widget.Neutral}, "text_cut": {icons.Cut, widget.Warn}, "landline": {icons.Phone, widget.Neutral}, "fictional": {icons.Store, widget.Neutral},
	"hidden_rows": {icons.Hidden, widget.Neutral}, "total_rows": {icons.Remove, widget.Neutral}, "repeated_header": {icons.Copy, widget.Neutral}, "numbered_rows": {icons.Remove, widget.Neutral},
}

func lookOf(code string) look {
	if l, ok := looks[code]; ok {
		return l
	}
	return look{icons.About, widget.Info}
}

// partColors are the colours of the places to which rows went.
var partColors = map[string]fyne.ThemeColorName{
	"added": theme.OK, "updated": theme.Info, "unchanged": theme.LineStrong, "duplicate": theme.Brass, "rejected": theme.Danger, "skipped": theme.Ink3,
}

// partTones are the same for pills.
var partTones = map[string]widget.Tone{
	"added": widget.OK, "updated": widget.Info, "unchanged": widget.Neutral, "duplicate": widget.Brass, "rejected": widget.Danger, "skipped": widget.Neutral,
}
