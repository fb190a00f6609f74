package intake

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/data/sheet"
)

// DateOrder is how a column writes 03/04/2026. It is decided once for a whole column, by the dates in it that can be
// read in one way only; a single wrong guess would move everybody's birthday by months.
type DateOrder string

const (
	Undecided  DateOrder = ""
	DayFirst   DateOrder = "day_first"
	MonthFirst DateOrder = "month_first"
)

// monthFirst are the countries that write the month first. Source: CLDR 47, short date formats (en-US, en-PH, es-PA,
// es-PR and the US territories).
var monthFirst = map[string]bool{"US": true, "PH": true, "PA": true, "PR": true, "GU": true, "AS": true, "VI": true, "MP": true, "UM": true, "FM": true, "MH": true, "PW": true}

func countryOrder(country string) DateOrder {
	if monthFirst[country] {
		return MonthFirst
	}
	return DayFirst
}

// A written date is what a text says before its order is known. Year 0: it names none.
type written struct {
	year, month, day int
	short            bool // the year has two digits
	pair             bool // month and day came as two figures; month holds the first, day the second
	clock            clock
}

// A clock is a time of day, where a text has one. Offset tells that it names its distance from UTC, in seconds.
type clock struct {
	hour, minute int
	is           bool
	offset       bool
	east         int
}

// vote says which order the date proves: none when both are possible or neither.
func (w written) vote() DateOrder {
	switch {
	case !w.pair:
		return Undecided
	case w.month > 12 && w.month <= 31 && w.day >= 1 && w.day <= 12:
		return DayFirst
	case w.day > 12 && w.day <= 31 && w.month >= 1 && w.month <= 12:
		return MonthFirst
	}
	return Undecided
}

// open tells whether the date reads differently in the two orders.
func (w written) open() bool { return w.pair && w.vote() == Undecided && w.month != w.day }

// on puts the two figures into place. A date that proves its order is read by it, whatever the column's is.
func (w written) on(order DateOrder) written {
	if v := w.vote(); v != Undecided {
		order = v
	}
	if w.pair && order != MonthFirst {
		w.month, w.day = w.day, w.month
	}
	w.pair = false
	return w
}

// full gives a year of two digits its century: not in the future for a birthday, at most ten years ahead otherwise.
func (w written) full(today time.Time, birthday bool) written {
	if w.short {
		w.year += 2000
		if birthday && w.year > today.Year() || w.year > today.Year()+10 {
			w.year -= 100
		}
		w.short = false
	}
	if birthday && w.year == 1604 { // address books of Apple's write it for "year not known"
		w.year = 0
	}
	return w
}

// date is the day, or false when there is no such day or it is out of any sensible range.
func (w written) date(birthday bool, today time.Time) (data.Date, bool) {
	year := w.year
	if year == 0 {
		if !birthday {
			return "", false
		}
		year = 2000 // has a 29 February
	}
	t := time.Date(year, time.Month(w.month), w.day, 0, 0, 0, 0, time.UTC)
	if t.Day() != w.day || int(t.Month()) != w.month || year < 1880 || year > 2100 || birthday && t.After(today.AddDate(0, 0, 1)) {
		return "", false
	}
	if w.year == 0 {
		return data.Date(fmt.Sprintf("--%02d-%02d", w.month, w.day)), true
	}
	return data.DateOf(t), true
}

// readWritten reads a date, and a time of day behind it, as people write them in English, Chinese and Spanish.
func readWritten(s string) (w written, ok bool) {
	if len(s) > 60 || s == "" {
		return w, false
	}
	s = strings.ToLower(narrow(s))
	if strings.IndexByte(s, ':') > 0 || strings.Contains(s, "点") || strings.Contains(s, "时") {
		if s, w.clock, ok = cutClock(s); !ok {
			return w, false
		}
	}
	var nums [4]int
	var digits [4]int
	n, month, dots, dashes, marks := 0, 0, 0, 0, 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			if n == 4 {
				return w, false
			}
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				if digits[n]++; digits[n] > 8 {
					return w, false
				}
				nums[n] = nums[n]*10 + int(s[i]-'0')
				i++
			}
			n++
			continue
		case c == '.':
			dots++
		case c == '-' || c == '/':
			dashes++
		case c == ' ' || c == ',' || c == '\'':
		default:
			word := s[i:]
			if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
				word = word[:end]
			}
			if word == "" {
				return w, false
			}
			i += len(word)
			m, is := months()[word]
			switch {
			case is && month == 0:
				month = m
			case strings.ContainsAny(word, "年月日号號"):
				marks += strings.Count(word, "年") + strings.Count(word, "月")
				if rest := strings.Trim(word, "年月日号號星期周週礼拜一二三四五六天"); rest != "" {
					return w, false
				}
			case fillers[word]:
			default:
				return w, false
			}
			continue
		}
		i++
	}
	switch {
	case marks > 0 && n == 3: // 2026年11月24日, 26年…
		w.year, w.month, w.day, w.short = nums[0], nums[1], nums[2], digits[0] == 2
	case marks > 0 && n == 2: // 11月24日
		w.month, w.day = nums[0], nums[1]
	case month > 0 && n == 2:
		d, y := 0, 1
		if digits[0] == 4 {
			d, y = 1, 0
		}
		w.month, w.day, w.year, w.short = month, nums[d], nums[y], digits[y] == 2
		if digits[y] != 4 && digits[y] != 2 {
			return w, false
		}
	case month > 0 && n == 1 && digits[0] <= 2:
		w.month, w.day = month, nums[0]
	case month > 0:
		return w, false
	case n == 3 && digits[0] == 4:
		w.year, w.month, w.day = nums[0], nums[1], nums[2]
	case n == 3 && (digits[2] == 4 || digits[2] == 2) && digits[0] <= 2 && digits[1] <= 2:
		w.year, w.short = nums[2], digits[2] == 2
		if dots == 2 { // nobody writes the month first with points
			w.month, w.day = nums[1], nums[0]
		} else {
			w.month, w.day, w.pair = nums[0], nums[1], true
		}
	case n == 2 && dots+dashes == 1 && digits[0] <= 2 && digits[1] <= 2:
		w.month, w.day, w.pair = nums[0], nums[1], true
		if dots == 1 {
			w.month, w.day, w.pair = nums[1], nums[0], false
		}
	case n == 1 && digits[0] == 8 && dots+dashes == 0: // 20261124
		w.year, w.month, w.day = nums[0]/10000, nums[0]/100%100, nums[0]%100
	case n == 1 && digits[0] == 5 && dots+dashes == 0: // a spreadsheet's count of days that lost its format
		return fromSerial(float64(nums[0]))
	default:
		return w, false
	}
	return w, w.month >= 1 && w.day >= 1 && w.month <= 31 && w.day <= 31
}

// fillers are the words inside a written date that say nothing.
var fillers = map[string]bool{
	"de": true, "del": true, "of": true, "the": true, "st": true, "nd": true, "rd": true, "th": true, "o": true, "t": true, "at": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"lunes": true, "martes": true, "miércoles": true, "miercoles": true, "jueves": true, "viernes": true, "sábado": true, "sabado": true, "domingo": true,
	"lun": true, "mié": true, "jue": true, "vie": true, "sáb": true, "dom": true,
	"星期一": true, "星期二": true, "星期三": true, "星期四": true, "星期五": true, "星期六": true, "星期日": true, "星期天": true,
	"周一": true, "周二": true, "周三": true, "周四": true, "周五": true, "周六": true, "周日": true,
}

// fromSerial reads a count of days since 30 December 1899 (Excel, 1900 date system), between 1936 and 2119.
func fromSerial(f float64) (w written, ok bool) {
	if f < 13_500 || f > 80_000 {
		return w, false
	}
	days, part := math.Modf(f)
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days))
	w.year, w.month, w.day = t.Year(), int(t.Month()), t.Day()
	if part > 0 {
		minutes := int(math.Round(part * 24 * 60))
		w.clock = clock{hour: minutes / 60, minute: minutes % 60, is: true}
	}
	return w, true
}

// writtenIn reads a cell, whatever its kind.
func writtenIn(c *sheet.Cell) (written, bool) {
	switch c.Kind {
	case sheet.Date, sheet.DateTime:
		w := written{year: c.Time.Year(), month: int(c.Time.Month()), day: c.Time.Day()}
		if c.Kind == sheet.DateTime {
			w.clock = clock{hour: c.Time.Hour(), minute: c.Time.Minute(), is: true}
		}
		return w, true
	case sheet.Number:
		if w, ok := fromSerial(c.Number); ok {
			return w, true
		}
		return readWritten(c.Text)
	case sheet.Text:
		return readWritten(clean(c.Text))
	}
	return written{}, false
}

// evidence counts what a column's dates prove.
type evidence struct {
	day, month, open, fixed, failed int
	samples                         []string // of open dates
}

func (e *evidence) add(c *sheet.Cell) {
	w, ok := writtenIn(c)
	switch {
	case !ok:
		e.failed++
	case w.vote() == DayFirst:
		e.day++
	case w.vote() == MonthFirst:
		e.month++
	case w.open():
		e.open++
		if len(e.samples) < 3 {
			e.samples = append(e.samples, clean(c.Text))
		}
	default:
		e.fixed++
	}
}

// order is what the evidence amounts to; sure is false when a person should look.
func (e *evidence) order(country string) (o DateOrder, sure bool) {
	switch {
	case e.day > 0 && e.month == 0:
		return DayFirst, true
	case e.month > 0 && e.day == 0:
		return MonthFirst, true
	case e.day == 0 && e.month == 0:
		return countryOrder(country), e.open == 0
	case e.day >= e.month:
		return DayFirst, false
	}
	return MonthFirst, false
}
