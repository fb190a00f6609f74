package wire

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/sender/provider"
)

// Lost says what became of a send whose call failed: not sent when nothing was written, else unknown. It is the same
// for everybody in the call, so Ref is left for the caller to fill.
func Lost(err error) provider.Outcome {
	o := provider.Outcome{State: provider.Unknown, Class: data.ClassTemporary, Raw: Mask(err.Error())}
	var f *Failure
	if errors.As(err, &f) && !f.Written {
		o.State = provider.NotSent
	}
	return o
}

// ByStatus says what an HTTP status alone tells about a send. A status below 400 that isn't a plain success is
// unknown too, save the redirects that say "not here" before anything is done (RFC 9110 section 15.4).
func ByStatus(status int) (provider.OutcomeState, data.ErrorClass) {
	switch {
	case status == http.StatusTooManyRequests:
		return provider.NotSent, data.ClassRate
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return provider.Rejected, data.ClassAuth
	case status == http.StatusPaymentRequired:
		return provider.Rejected, data.ClassCredit
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusGone, status == http.StatusUnsupportedMediaType,
		status == http.StatusMovedPermanently, status == http.StatusTemporaryRedirect, status == http.StatusPermanentRedirect,
		status == http.StatusProxyAuthRequired:
		return provider.Rejected, data.ClassConfig
	case status == http.StatusRequestTimeout, status == http.StatusConflict:
		return provider.Unknown, data.ClassTemporary
	case status >= 400 && status < 500:
		return provider.Rejected, data.ClassParams
	}
	return provider.Unknown, data.ClassTemporary
}

// Asked turns a failed question into the error that the screens know: credentials or provider_down. The answer may be
// empty; detail is the provider's own words.
func Asked(op, name string, a Answer, err error, detail string) *data.Error {
	code, cause := data.ProviderDown, err
	if err == nil {
		if detail == "" {
			detail = http.StatusText(a.Status)
		}
		cause = errors.New("HTTP " + strconv.Itoa(a.Status) + " " + Mask(detail))
	}
	if a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden {
		code = data.Credentials
	}
	return (&data.Error{Code: code, Op: op, Err: cause}).With("provider", name)
}

// longDigits finds what may be a phone number: seven digits or more, with what people write between them.
var longDigits = regexp.MustCompile(`[+＋]?[(（]?\p{Nd}(?:[\s().\-–（）]{0,2}\p{Nd}){6,}`)

// Mask makes a provider's words fit for a log: phone numbers keep their last four digits, control characters go, and
// what is over 300 characters is cut.
func Mask(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = longDigits.ReplaceAllStringFunc(s, func(m string) string {
		var digits []rune
		for _, r := range m {
			if unicode.IsDigit(r) {
				digits = append(digits, r)
			}
		}
		return "…" + string(digits[len(digits)-4:])
	})
	if r := []rune(s); len(r) > 300 {
		s = string(r[:299]) + "…"
	}
	return strings.TrimSpace(s)
}
