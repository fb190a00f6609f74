package appointments

import (
	"counterbell/data"
	"counterbell/sender/remind"
	"counterbell/sender/rules"
	"counterbell/ui/page"
)

// whyNot says in a sentence why somebody can't be reminded; "" where they can.
func whyNot(env *page.Env, f *remind.Forecast) string {
	switch {
	case f == nil || f.Reaches():
		return ""
	case f.Reason != "":
		return reasonText(env, f.Reason)
	}
	return verdictText(env, &f.Verdict)
}

// verdictText says the first reason of a verdict.
func verdictText(env *page.Env, v *rules.Verdict) string {
	if len(v.Reasons) == 0 {
		return ""
	}
	r := v.Reasons[0]
	return env.Texts.Reason(r.Code, r.Spoken(func(key string) (string, bool) { return env.T(key), env.Texts.Has(key) }))
}

// reasonText says why a text was not sent, by the reason that messages keep.
func reasonText(env *page.Env, reason string) string {
	for _, key := range []string{"appointments.why." + reason, "reason." + reason, "error." + reason} {
		if env.Texts.Has(key) {
			return env.T(key)
		}
	}
	return env.T("appointments.why.other", "reason", reason)
}

// stateText says where a reminder of a visit stands.
func stateText(env *page.Env, state data.MessageState) string {
	switch state {
	case data.Queued, data.Held, data.Claimed, data.Sending:
		return env.T("appointments.sent.waits")
	case data.Accepted:
		return env.T("appointments.sent.accepted")
	case data.Delivered:
		return env.T("appointments.sent.delivered")
	case data.Unknown:
		return env.T("appointments.sent.unknown")
	case data.MsgCancelled, data.Expired:
		return env.T("appointments.sent.called_off")
	}
	return env.T("appointments.sent.failed")
}
