package widget

import (
	"counterbell/assets/icons"
	"counterbell/data"
)

// visitLooks are how the states of an appointment show.
var visitLooks = map[data.AppointmentState]struct {
	tone Tone
	icon *icons.Icon
}{
	data.Booked:        {Neutral, icons.Appointments},
	data.Reminded:      {Accent, icons.Send},
	data.Confirmed:     {OK, icons.Check},
	data.UnclearReply:  {Info, icons.Unclear},
	data.ApptCancelled: {Danger, icons.Close},
	data.Arrived:       {OK, icons.Check},
	data.NoShow:        {Danger, icons.Close},
}

// VisitLook is how an appointment's state shows on every page: the tone and
// the icon of its pill. What isn't known is neutral, without an icon.
func VisitLook(state data.AppointmentState) (Tone, *icons.Icon) {
	look := visitLooks[state]
	return look.tone, look.icon
}
