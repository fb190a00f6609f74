package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"counterbell/data/sheet"
)

// clockText is a time of day in English, Chinese and Spanish; a range's second half is its end.
var clockText = regexp.MustCompile(`(?i)^(上午|下午|早上|中午|晚上)?\s*(\d{1,2})(?:\s*[:.h点时：]\s*(\d{2})?分?(半)?(?::(\d{2})(?:\.\d+)?)?)?\s*(a\.?\s?m\.?|p\.?\s?m\.?|h|hrs|uhr)?$`)

// clockAtEnd finds a time of day behind a date.
var clockAtEnd = regexp.MustCompile(`(?i)(?:^|[\st,])((?:上午|下午|早上|中午|晚上)?\s*\d{1,2}\s*[:点时]\s*\d{0,2}分?半?(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\.?)?)\s*(z|utc|[+-]\d{2}:?\d{2})?$`)

// cutClock parts a date from the time behind it.
func cutClock(s string) (date string, c clock, ok bool) {
	at := clockAtEnd.FindStringSubmatchIndex(s)
	if at == nil {
		return s, c, false
	}
	if c, ok = readClock(s[at[2]:at[3]]); !ok {
		return s, c, false
	}
	if at[4] >= 0 {
		c.offset = true
		if zone := s[at[4]:at[5]]; zone[0] == '+' || zone[0] == '-' {
			digits := strings.ReplaceAll(zone[1:], ":", "")
			h, _ := strconv.Atoi(digits[:2])
			m, _ := strconv.Atoi(digits[2:])
			if c.east = h*3600 + m*60; zone[0] == '-' {
				c.east = -c.east
			}
		}
	}
	return strings.TrimSpace(s[:at[0]]), c, true
}

// readClock reads "9:30", "9.30 am", "下午2点半", "14h30", "0930". 24:00 is midnight at the day's end.
func readClock(s string) (c clock, ok bool) {
	s = strings.TrimSpace(narrow(s))
	if len(s) == 4 && strings.Trim(s, "0123456789") == "" {
		s = s[:2] + ":" + s[2:]
	}
	m := clockText.FindStringSubmatch(s)
	if m == nil {
		return c, false
	}
	c.hour, _ = strconv.Atoi(m[2])
	c.minute, _ = strconv.Atoi(m[3])
	if m[4] != "" {
		c.minute = 30
	}
	half := strings.ToLower(strings.NewReplacer(".", "", " ", "").Replace(m[6]))
	if m[1] == "" && half == "" && m[3] == "" && m[4] == "" && !strings.ContainsAny(s, "点时h") {
		return c, false // a bare figure is no time
	}
	pm := half == "pm" || m[1] == "下午" || m[1] == "晚上" || m[1] == "中午" && c.hour < 11
	switch am := half == "am" || m[1] == "上午" || m[1] == "早上"; {
	case (half == "am" || half == "pm") && (c.hour < 1 || c.hour > 12):
		return c, false
	case pm && c.hour < 12:
		c.hour += 12
	case am && c.hour == 12:
		c.hour = 0
	}
	c.is = true
	return c, c.minute < 60 && (c.hour < 24 || c.hour == 24 && c.minute == 0)
}

// clockIn reads a cell that holds a time of day, and where it is a range ("9:30–10:00") how long it lasts.
func clockIn(cell *sheet.Cell) (c clock, lasts time.Duration, ok bool) {
	switch cell.Kind {
	case sheet.TimeOfDay, sheet.DateTime:
		if cell.Kind == sheet.TimeOfDay && cell.Time.Year() != 0 {
			return c, 0, false
		}
		h, m, _ := cell.Time.Clock()
		if cell.Kind == sheet.TimeOfDay && cell.Time.YearDay() > 1 { // Excel's 24:00
			h += 24 * (cell.Time.YearDay() - 1)
		}
		return clock{hour: h, minute: m, is: true}, 0, h < 24 || h == 24 && m == 0
	case sheet.Number:
		if cell.Number >= 0 && cell.Number < 1 { // a share of a day that lost its format
			minutes := int(cell.Number*24*60 + 0.5)
			return clock{hour: minutes / 60, minute: minutes % 60, is: true}, 0, true
		}
	case sheet.Text:
	default:
		return c, 0, false
	}
	text := narrow(clean(cell.Text))
	for _, sep := range []string{"–", "—", "-", "~", " to ", "至", " a ", "到"} {
		if from, to, found := strings.Cut(text, sep); found {
			start, ok1 := readClock(from)
			end, ok2 := readClock(to)
			if !ok1 && ok2 { // "9-10:30 am"
				start, ok1 = readClock(strings.TrimSpace(from) + ":00")
			}
			if !ok1 {
				break
			}
			if d := time.Duration(end.hour-start.hour)*time.Hour + time.Duration(end.minute-start.minute)*time.Minute; ok2 && d > 0 {
				lasts = d
			}
			return start, lasts, true
		}
	}
	c, ok = readClock(text)
	return c, 0, ok
}

var lengthText = regexp.MustCompile(`(?i)^(?:(\d{1,2})\s*(?:h|hr|hrs|hour|hours|hora|horas|小时|时)\.?)?\s*(?:(\d{1,3})\s*(?:m|min|mins|minute|minutes|minutos|分|分钟)?\.?)?$`)

// minutesIn reads how long an appointment lasts: "30", "45 min", "1 h 30", "0:30". Zero when it doesn't say.
func minutesIn(cell *sheet.Cell) (int, bool) {
	switch cell.Kind {
	case sheet.TimeOfDay:
		h, m, _ := cell.Time.Clock()
		return h*60 + m, true
	case sheet.Number:
		if cell.Number > 0 && cell.Number < 1 {
			return int(cell.Number*24*60 + 0.5), true
		}
		return int(cell.Number), cell.Number >= 1 && cell.Number <= 24*60
	}
	text := narrow(clean(cell.Text))
	if h, m, ok := strings.Cut(text, ":"); ok {
		hours, err1 := strconv.Atoi(h)
		minutes, err2 := strconv.Atoi(m)
		return hours*60 + minutes, err1 == nil && err2 == nil && hours < 24 && minutes < 60
	}
	m := lengthText.FindStringSubmatch(text)
	if m == nil || text == "" {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	total := hours*60 + minutes
	return total, total > 0 && total <= 24*60
}
