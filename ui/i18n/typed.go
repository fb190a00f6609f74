package i18n

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
)

// DateOrder is how a date of figures alone is meant: 3/4.
type DateOrder int

const (
	OrderUnknown DateOrder = iota // 3/4 is asked about rather than guessed
	OrderDayFirst
	OrderMonthFirst
)

// WeekStart is the day on which a week begins in a calendar. Source: CLDR's
// week data for the United States and for China.
func (t *Texts) WeekStart() time.Weekday {
	if t.language == Chinese {
		return time.Monday
	}
	return time.Sunday
}

var dayWords = map[string]int{
	"today": 0, "tomorrow": 1, "yesterday": -1,
	"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "後天": 2, "昨天": -1, "昨日": -1, "前天": -2,
}

var monthNames = [...]string{"", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthNamed is the month that a word of at least three letters begins, or 0.
func monthNamed(word string) int {
	if word == "sept" {
		return 9
	}
	for i, name := range monthNames {
		if len(word) >= 3 && strings.HasPrefix(name, word) {
			return i
		}
	}
	return 0
}

// weekdayNamed is the weekday that a word names: tue, tuesday, 周二, 星期二, 礼拜天.
func weekdayNamed(word string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := strings.ToLower(day.String()); len(word) >= 3 && strings.HasPrefix(name, word) || word == "tues" && day == time.Tuesday || (word == "thur" || word == "thurs") && day == time.Thursday {
			return day, true
		}
	}
	for _, week := range []string{"周", "星期", "礼拜", "週"} {
		if rest, ok := strings.CutPrefix(word, week); ok {
			if rest == "天" {
				rest = "日"
			}
			for i, name := range chineseWeekdays {
				if rest == name {
					return time.Weekday(i), true
				}
			}
		}
	}
	return 0, false
}

// ReadDate reads a day as people type it, in either language: 2026-11-24,
// 24 Nov, 24/11/2026, 2026年11月24日, １１月２４日, tomorrow, 明天, Friday. A day
// without its year is the one nearest to today; a weekday the next one. problem
// says what is wrong and what to type instead; "" when nothing is.
func (t *Texts) ReadDate(typed string, today data.Date, order DateOrder) (day data.Date, problem string) {
	s := strings.ToLower(strings.TrimSpace(halfWidth(typed)))
	now, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		now = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if ahead, ok := dayWords[s]; ok {
		return data.DateOf(now.AddDate(0, 0, ahead)), ""
	}
	if weekday, ok := weekdayNamed(s); ok {
		ahead := (int(weekday)-int(now.Weekday())+6)%7 + 1
		return data.DateOf(now.AddDate(0, 0, ahead)), ""
	}
	bad := t.T("calendar.no_day", "sample", t.Date(now), "iso", now.Format(time.DateOnly))
	figures, words, ok := parts(s)
	if !ok || len(s) > 60 {
		return "", bad
	}
	y, m, d, known := arrange(s, figures, words)
	if !known {
		return "", bad
	}
	if m < 0 { // two figures, of which either may be the month
		first, second := -m, d
		switch {
		case first > 12 || order == OrderDayFirst && second <= 12:
			d, m = first, second
		case second > 12 || order == OrderMonthFirst:
			m, d = first, second
		case first == second:
			m, d = first, second
		default:
			return "", t.T("calendar.which", "one", t.ambiguous(second, first), "other", t.ambiguous(first, second))
		}
	}
	if y == 0 {
		y = nearest(now, m, d)
	} else if y < 100 {
		y += 2000
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Day() != d || int(at.Month()) != m || y < 1900 || y > 2200 {
		return "", bad
	}
	return data.DateOf(at), ""
}

func (t *Texts) ambiguous(month, day int) string {
	return t.Day(time.Date(2000, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// parts takes a text apart into its figures and its words.
func parts(s string) (figures []string, words []string, ok bool) {
	runes := []rune(s)
	for i := 0; i < len(runes); {
		start := i
		switch r := runes[i]; {
		case r >= '0' && r <= '9':
			for i < len(runes) && runes[i] >= '0' && runes[i] <= '9' {
				i++
			}
			figures = append(figures, string(runes[start:i]))
		case unicode.IsLetter(r):
			for i < len(runes) && unicode.IsLetter(runes[i]) {
				i++
			}
			words = append(words, string(runes[start:i]))
		case strings.ContainsRune(" -/.,()'", r):
			i++
		default:
			return nil, nil, false
		}
	}
	return figures, words, len(figures) > 0 && len(figures) <= 3 && len(words) <= 6
}

// arrange finds year, month and day among the figures. The year is 0 when it
// isn't there; the month is the first figure, negative, and the day the second
// when only their order could tell which is which.
func arrange(s string, figures, words []string) (y, m, d int, ok bool) {
	n := make([]int, len(figures))
	for i, f := range figures {
		if len(f) > 8 {
			return 0, 0, 0, false
		}
		n[i], _ = strconv.Atoi(f)
	}
	month, marks := 0, false
	for _, word := range words {
		named := monthNamed(word)
		_, weekday := weekdayNamed(word)
		switch {
		case weekday:
		case named > 0 && month == 0:
			month = named
		case strings.Trim(word, "年月日号號") == "":
			marks = true
		case strings.HasPrefix(word, "日") && marks: // 24日周二 without a space
			if _, weekday := weekdayNamed(strings.TrimPrefix(word, "日")); !weekday {
				return 0, 0, 0, false
			}
		case word == "st" || word == "nd" || word == "rd" || word == "th" || word == "of" || word == "the":
		default:
			return 0, 0, 0, false
		}
	}
	switch {
	case month > 0 && len(n) == 1:
		return 0, month, n[0], len(figures[0]) <= 2
	case month > 0 && len(n) == 2 && len(figures[0]) == 4:
		return n[0], month, n[1], true
	case month > 0 && len(n) == 2:
		return n[1], month, n[0], len(figures[1]) == 4 || len(figures[1]) == 2
	case month > 0:
		return 0, 0, 0, false
	case len(n) == 3 && (len(figures[0]) == 4 || marks):
		return n[0], n[1], n[2], true
	case len(n) == 2 && marks && strings.Contains(s, "月"):
		return 0, n[0], n[1], !strings.Contains(s, "年")
	case marks:
		return 0, 0, 0, false
	case len(n) == 1 && len(figures[0]) == 8:
		return n[0] / 10000, n[0] / 100 % 100, n[0] % 100, true
	case len(n) == 1 || len(figures[0]) > 2 || len(figures[1]) > 2:
		return 0, 0, 0, false
	case len(n) == 3 && len(figures[2]) != 4 && len(figures[2]) != 2:
		return 0, 0, 0, false
	}
	if len(n) == 3 {
		y = n[2]
	}
	if strings.Count(s, ".") >= len(n)-1 { // nobody writes the month first with points
		return y, n[1], n[0], true
	}
	return y, -n[0], n[1], n[0] > 0
}

// nearest is the year in which a month and day lie closest to now.
func nearest(now time.Time, month, day int) int {
	best, gap := now.Year(), 1<<30
	for y := now.Year() - 1; y <= now.Year()+1; y++ {
		at := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if away := abs(daysBetween(now, at)); at.Day() == day && away < gap {
			best, gap = y, away
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// clockTyped is a time of day: 14:30, 2.30 pm, 14h30, 1430, 下午2点半, 两点一刻.
var clockTyped = regexp.MustCompile(`^(上午|下午|早上|中午|晚上|凌晨|傍晚)?\s*(\d{1,2})(?:\s*([:.h点點时時])\s*(?:(\d{2})分?|(半|一刻|三刻)|整|钟)?)?\s*(am|pm)?$`)

var chineseHours = strings.NewReplacer("十二", "12", "十一", "11", "十点", "10点", "十时", "10时", "两", "2", "一点", "1点", "二", "2", "三点", "3点", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// ReadClock reads a time of day as people type it, in either language, as
// minutes since midnight. A bare figure is the hour of a shop's day, 7 to 23.
// problem says what is wrong and what to type instead; "" when nothing is.
func (t *Texts) ReadClock(typed string) (minutes int, problem string) {
	s := strings.ToLower(strings.TrimSpace(halfWidth(typed)))
	bad := t.T("calendar.no_time")
	switch s {
	case "noon", "正午", "中午":
		return 12 * 60, ""
	}
	if len(s) > 40 {
		return 0, bad
	}
	s = strings.NewReplacer("a.m.", "am", "p.m.", "pm", "a.m", "am", "p.m", "pm").Replace(chineseHours.Replace(s))
	if len(s) == 4 && strings.Trim(s, "0123456789") == "" {
		s = s[:2] + ":" + s[2:]
	}
	m := clockTyped.FindStringSubmatch(s)
	if m == nil {
		return 0, bad
	}
	half, mark, of := m[1], m[3], m[6]
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[4])
	switch m[5] {
	case "半":
		minute = 30
	case "一刻":
		minute = 15
	case "三刻":
		minute = 45
	}
	afternoon := of == "pm" || half == "下午" || half == "晚上" || half == "傍晚" || half == "中午" && hour < 11
	morning := of == "am" || half == "上午" || half == "早上" || half == "凌晨"
	switch {
	case of != "" && (hour < 1 || hour > 12), minute > 59, hour > 23:
		return 0, bad
	case (mark == ":" || mark == ".") && m[4] == "":
		return 0, bad
	case mark == "" && of == "" && half == "" && (hour < 7 || len(s) > 2):
		return 0, bad
	case afternoon && hour < 12:
		hour += 12
	case morning && hour == 12:
		hour = 0
	}
	return hour*60 + minute, ""
}

// halfWidth turns full-width figures and marks into plain ones.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000' || r == '\u00a0' || r == '\u2009' || r == '\u202f':
			return ' '
		case r == '–' || r == '—' || r == '−':
			return '-'
		case r == '。' || r == '．':
			return '.'
		case r == '、':
			return ','
		}
		return r
	}, s)
}
