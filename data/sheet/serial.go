package sheet

import (
	"math"
	"strconv"
	"time"
)

const (
	secondsADay = 86_400
	lastSerial  = 2_958_466 // the day after 9999-12-31, where Excel's calendar ends
	unixSerial  = 25_569    // 1 January 1970
	days1904    = 1_462     // from the epoch of 1900 to that of 1904
)

// clock turns a serial (days since 30 December 1899, or 1 January 1904) into what a clock on the wall shows, rounded to
// the second. ok is false for what no calendar shows: negative, beyond 9999, day 0, and 29 February 1900, which
// Excel believes in.
func (f *format) clock(serial float64, epoch1904 bool) (kind Kind, t time.Time, text string, ok bool) {
	if !(serial >= 0) || serial >= lastSerial {
		return 0, time.Time{}, "", false
	}
	seconds := int64(math.Round(serial * secondsADay))
	day, second := seconds/secondsADay, seconds%secondsADay
	if day >= lastSerial {
		return 0, time.Time{}, "", false
	}
	kind = f.show
	if kind == DateTime && day == 0 && !epoch1904 {
		kind = TimeOfDay
	}
	if kind == TimeOfDay {
		if f.elapsed {
			t = time.Date(0, 1, 1, 0, 0, int(seconds), 0, time.UTC)
			return kind, t, elapsedText(seconds), true
		}
		t = time.Date(0, 1, 1, 0, 0, int(second), 0, time.UTC)
		return kind, t, clockText(t, kind), true
	}
	if kind == Date {
		day = int64(serial)
	}
	switch {
	case epoch1904:
		day += days1904
	case day == 0 || day == 60:
		return 0, time.Time{}, "", false
	case day < 60:
		day++
	}
	t = time.Unix((day-unixSerial)*secondsADay, 0).UTC()
	if kind == DateTime {
		t = t.Add(time.Duration(second) * time.Second)
	}
	return kind, t, clockText(t, kind), true
}

func elapsedText(seconds int64) string {
	s := strconv.FormatInt(seconds/3600, 10)
	if len(s) < 2 {
		s = "0" + s
	}
	b := two(append([]byte(s), ':'), int(seconds/60%60))
	if seconds%60 != 0 {
		b = two(append(b, ':'), int(seconds%60))
	}
	return string(b)
}

// numberText writes a number without exponent and without the noise of binary fractions: 15 significant digits, as many
// as a spreadsheet program keeps.
func numberText(f float64) string {
	if math.Abs(f) >= 1e21 || math.IsNaN(f) {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	short := strconv.FormatFloat(f, 'g', 15, 64)
	if r, err := strconv.ParseFloat(short, 64); err == nil {
		f = r
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
