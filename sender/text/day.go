package text

import (
	"strconv"
	"time"
)

// Dates and times inside messages. They are short, because every character costs, and unmistakable: the month is a
// word or a Chinese character, never a number that could be the day.

// ShortDay writes a day as a text in lang has it: "29 Nov", "11月29日".
func ShortDay(lang string, day time.Time) string {
	if chinese(lang) {
		return strconv.Itoa(int(day.Month())) + "月" + strconv.Itoa(day.Day()) + "日"
	}
	if months, ok := monthNames[lang]; ok {
		return strconv.Itoa(day.Day()) + " " + months[day.Month()-1]
	}
	return day.Format("2 Jan")
}

// WeekDay writes a day with its weekday: "Wed 25 Nov", "11月25日周三".
func WeekDay(lang string, day time.Time) string {
	if chinese(lang) {
		return ShortDay(lang, day) + "周" + string([]rune("日一二三四五六")[day.Weekday()])
	}
	if names, ok := weekdayNames[lang]; ok {
		return names[day.Weekday()] + " " + ShortDay(lang, day)
	}
	return day.Format("Mon ") + ShortDay(lang, day)
}

// Clock writes a time of day as the region has it: "9:30 am" where people say so, else "09:30".
func Clock(lang, region string, at time.Time) string {
	if lang == "en" && (region == "US" || region == "CA" || region == "AU" || region == "NZ" || region == "PH" || region == "IN") {
		return at.Format("3:04 pm")
	}
	return at.Format("15:04")
}

func chinese(lang string) bool { return len(lang) >= 2 && lang[:2] == "zh" || lang == "ja" }

// Names without a character that would turn a text into UCS-2.
var (
	monthNames = map[string][12]string{
		"es": {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
		"fr": {"janv", "févr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "déc"},
		"de": {"Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"},
		"pt": {"jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"},
		"it": {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
	}
	weekdayNames = map[string][7]string{
		"es": {"dom", "lun", "mar", "mie", "jue", "vie", "sab"},
		"fr": {"dim", "lun", "mar", "mer", "jeu", "ven", "sam"},
		"de": {"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		"pt": {"dom", "seg", "ter", "qua", "qui", "sex", "sab"},
		"it": {"dom", "lun", "mar", "mer", "gio", "ven", "sab"},
	}
)
