package intake

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"counterbell/data"
	"counterbell/data/sheet"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ full, given, family string }{
		{"Amelia Hart", "Amelia", "Hart"},
		{"Hart, Amelia", "Amelia", "Hart"},
		{"Hart, Amelia Jane", "Amelia", "Hart"},
		{"AMELIA HART", "Amelia", "Hart"},
		{"amelia o'brien", "Amelia", "O'Brien"},
		{"Jean-Luc Picard", "Jean-Luc", "Picard"},
		{"Ludwig van Beethoven", "Ludwig", "van Beethoven"},
		{"María José García", "María", "García"},
		{"Dr. Amelia Hart", "Amelia", "Hart"},
		{"Amelia Hart Jr.", "Amelia", "Hart"},
		{"Amelia Hart, MD", "Amelia", "Hart"},
		{"Mr Hart", "", "Hart"},
		{"R. Singh", "", "Singh"},
		{"J.R. Tolkien", "", "Tolkien"},
		{"Amelia", "Amelia", ""},
		{"Chloé", "Chloé", ""},
		{"Amelia & Daniel Hart", "", ""},
		{"Amelia and Daniel Hart", "", ""},
		{"Lark Optical Ltd", "", ""},
		{"Customer 12", "", ""},
		{"Walk-in", "", ""},
		{"Amelia Hart (VIP)", "Amelia", "Hart"},
		{"amelia@hart.example", "", ""},
		{"张三", "三", "张"},
		{"张 三", "三", "张"},
		{"王小明", "小明", "王"},
		{"欧阳娜娜", "娜娜", "欧阳"},
		{"司马光", "光", "司马"},
		{"欧阳", "", "欧阳"},
		{"张女士", "", "张"},
		{"欧阳先生", "", "欧阳"},
		{"王总", "", "王"},
		{"阿依古丽·买买提", "阿依古丽", "买买提"},
		{"北京某某有限公司", "", ""},
		{"李", "", "李"},
		{"", "", ""},
	} {
		given, family := splitName(c.full)
		if given != c.given || family != c.family {
			t.Errorf("%q: given %q family %q, want %q %q", c.full, given, family, c.given, c.family)
		}
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		raw      string
		order    DateOrder
		birthday bool
		want     string
	}{
		{"2026-11-24", DayFirst, false, "2026-11-24"},
		{"2026/1/5", MonthFirst, false, "2026-01-05"},
		{"2026-11-24 10:30", DayFirst, false, "2026-11-24"},
		{"2026-11-24T10:30:00Z", DayFirst, false, "2026-11-24"},
		{"03/04/2026", DayFirst, false, "2026-04-03"},
		{"03/04/2026", MonthFirst, false, "2026-03-04"},
		{"24/11/2026", MonthFirst, false, "2026-11-24"}, // proves its own order
		{"11/24/2026", DayFirst, false, "2026-11-24"},
		{"3.4.2026", MonthFirst, false, "2026-04-03"},
		{"03/04/26", DayFirst, false, "2026-04-03"},
		{"03/04/67", DayFirst, true, "1967-04-03"},
		{"03/04/30", DayFirst, true, "1930-04-03"},
		{"24 Nov 2026", DayFirst, false, "2026-11-24"},
		{"Nov 24, 2026", DayFirst, false, "2026-11-24"},
		{"Tue 24th November 2026", DayFirst, false, "2026-11-24"},
		{"24-Nov-26", DayFirst, false, "2026-11-24"},
		{"24 de noviembre de 2026", DayFirst, false, "2026-11-24"},
		{"martes, 24 nov. 2026", DayFirst, false, "2026-11-24"},
		{"2026年11月24日", DayFirst, false, "2026-11-24"},
		{"2026年11月24日 星期二", DayFirst, false, "2026-11-24"},
		{"２０２６年１１月２４日", DayFirst, false, "2026-11-24"},
		{"11月24日", DayFirst, true, "--11-24"},
		{"24/11", DayFirst, true, "--11-24"},
		{"11-24", DayFirst, true, "--11-24"},
		{"29 Feb", DayFirst, true, "--02-29"},
		{"24 November", DayFirst, true, "--11-24"},
		{"20261124", DayFirst, false, "2026-11-24"},
		{"45980", DayFirst, false, "2025-11-19"},
		{"1604-05-06", DayFirst, true, "--05-06"},
		{"24 November", DayFirst, false, ""},
		{"31/02/2026", DayFirst, false, ""},
		{"2027-01-01", DayFirst, true, ""},
		{"12", DayFirst, false, ""},
		{"soon", DayFirst, false, ""},
		{"November 2026", DayFirst, false, ""},
		{"2026-13-24", DayFirst, false, ""},
		{"0/0/0000", DayFirst, false, ""},
		{"07700 900318", DayFirst, false, ""},
	} {
		w, ok := readWritten(clean(c.raw))
		var got data.Date
		if ok {
			got, _ = w.on(c.order).full(today, c.birthday).date(c.birthday, today)
		}
		if string(got) != c.want {
			t.Errorf("%q %s: %q, want %q", c.raw, c.order, got, c.want)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for _, c := range []struct {
		raw   string
		want  string
		lasts time.Duration
	}{
		{"9:30", "09:30", 0},
		{"09.30", "09:30", 0},
		{"9:30 am", "09:30", 0},
		{"9 PM", "21:00", 0},
		{"12:15 am", "00:15", 0},
		{"12pm", "12:00", 0},
		{"14h30", "14:30", 0},
		{"0930", "09:30", 0},
		{"下午2:30", "14:30", 0},
		{"下午2点半", "14:30", 0},
		{"上午9点", "09:00", 0},
		{"9:30:00", "09:30", 0},
		{"9:30–10:15", "09:30", 45 * time.Minute},
		{"9:30 - 10:00", "09:30", 30 * time.Minute},
		{"24:00", "24:00", 0},
		{"９：３０", "09:30", 0},
		{"9", "", 0},
		{"25:00", "", 0},
		{"9:75", "", 0},
		{"13 pm", "", 0},
		{"noon?", "", 0},
		{"", "", 0},
	} {
		cell := sheet.TextCell(c.raw)
		got, lasts, ok := clockIn(&cell)
		s := ""
		if ok {
			s = sheetClock(got)
		}
		if s != c.want || lasts != c.lasts {
			t.Errorf("%q: %q %v, want %q %v", c.raw, s, lasts, c.want, c.lasts)
		}
	}
}

func sheetClock(c clock) string {
	return string([]byte{byte('0' + c.hour/10), byte('0' + c.hour%10), ':', byte('0' + c.minute/10), byte('0' + c.minute%10)})
}

func TestHowLongAVisitTakes(t *testing.T) {
	for raw, want := range map[string]int{"30": 30, "45 min": 45, "1 h": 60, "1 h 30": 90, "1 hour": 60, "0:45": 45, "45分钟": 45, "1小时": 60, "soon": 0, "": 0, "-5": 0} {
		cell := sheet.TextCell(raw)
		if got, ok := minutesIn(&cell); got != want && ok || ok != (want > 0) {
			t.Errorf("%q: %d %v, want %d", raw, got, ok, want)
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		cell     sheet.Cell
		currency string
		want     data.Money
		ok       bool
	}{
		{sheet.TextCell("£12.50"), "USD", data.Money{Minor: 1250, Currency: "GBP"}, true},
		{sheet.TextCell("$1,234.50"), "USD", data.Money{Minor: 123450, Currency: "USD"}, true},
		{sheet.TextCell("$20"), "CAD", data.Money{Minor: 2000, Currency: "CAD"}, true},
		{sheet.TextCell("12,50 €"), "USD", data.Money{Minor: 1250, Currency: "EUR"}, true},
		{sheet.TextCell("￥88"), "USD", data.Money{Minor: 8800, Currency: "CNY"}, true},
		{sheet.TextCell("88元"), "USD", data.Money{Minor: 8800, Currency: "CNY"}, true},
		{sheet.TextCell("USD 12"), "GBP", data.Money{Minor: 1200, Currency: "USD"}, true},
		{sheet.NumberCell(12.1), "USD", data.Money{Minor: 1210, Currency: "USD"}, true},
		{sheet.NumberCell(1000), "JPY", data.Money{Minor: 1000, Currency: "JPY"}, true},
		{sheet.NumberCell(-3), "USD", data.Money{}, false},
		{sheet.TextCell("lots"), "USD", data.Money{}, false},
	} {
		got, ok := readMoney(&c.cell, c.currency)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q in %s: %v %v, want %v", c.cell.Text, c.currency, got, ok, c.want)
		}
	}
}

func TestEmailsCountriesLanguagesStatesTags(t *testing.T) {
	for raw, want := range map[string]string{
		"Amelia@Hart.Example": "amelia@hart.example", "mailto:a@b.example": "a@b.example", "Amelia <a@b.example>": "a@b.example",
		"ａ＠ｂ.example": "a@b.example", "a@b": "", "a b@c.example": "", "@b.example": "", "a@@b.example": "", "a@b.": "",
	} {
		if got, ok := readEmail(raw); ok != (want != "") || ok && got != want {
			t.Errorf("e-mail %q: %q %v, want %q", raw, got, ok, want)
		}
	}
	for raw, want := range map[string]string{"United Kingdom": "GB", "UK": "GB", "gb": "GB", "U.S.A.": "US", "United States": "US", "英国": "GB", "中国": "CN", "España": "ES", "Estados Unidos": "US", "Atlantis": ""} {
		if got, _ := readCountry(raw); got != want {
			t.Errorf("country %q: %q, want %q", raw, got, want)
		}
	}
	for raw, want := range map[string]string{"English": "en", "中文": "zh-Hans", "zh_CN": "zh-Hans", "pt-BR": "pt-BR", "español": "es", "fr": "fr", "Klingon speaker": ""} {
		if got, _ := readLanguage(raw); got != want {
			t.Errorf("language %q: %q, want %q", raw, got, want)
		}
	}
	for _, c := range [][3]string{{"Oregon", "US", "OR"}, {"or", "US", "OR"}, {"N.Y.", "US", "NY"}, {"Kent", "GB", "Kent"}, {"Washington", "GB", "Washington"}} {
		if got := readState(c[0], c[1]); got != c[2] {
			t.Errorf("state %q in %s: %q", c[0], c[1], got)
		}
	}
	tags, cut := readTags("Frames; lenses,Frames、 VIP｜n/a\nSun care")
	if strings.Join(tags, "|") != "Frames|lenses|VIP|Sun care" || cut {
		t.Errorf("tags %q", tags)
	}
}

func TestAnswersAboutConsent(t *testing.T) {
	for _, c := range []struct {
		meaning    data.Field
		raw        string
		yes, clear bool
	}{
		{meansOptIn, "Yes", true, true},
		{meansOptIn, "no", false, true},
		{meansOptIn, "", false, true},
		{meansOptIn, "✓", true, true},
		{meansOptIn, "同意", true, true},
		{meansOptIn, "不同意", false, true},
		{meansOptIn, "2026-02-11", true, true},
		{meansOptIn, "maybe", false, false},
		{meansOptIn, "Opted-In", true, true},
		{meansOptIn, "sí", true, true},
		{meansOptOut, "", true, true},
		{meansOptOut, "no", true, true},
		{meansOptOut, "yes", false, true},
		{meansOptOut, "2026-02-11", false, true},
	} {
		if yes, clear := agreed(c.meaning, c.raw); yes != c.yes || clear != c.clear {
			t.Errorf("%s %q: %v %v", c.meaning, c.raw, yes, clear)
		}
	}
}

func TestTextIsCleaned(t *testing.T) {
	for raw, want := range map[string]string{
		"  Amelia   Hart ":     "Amelia Hart",
		"Amelia\u00a0Hart":     "Amelia Hart",
		"\u200bAmelia\ufeff":   "Amelia",
		"Amelia\x00\x07Hart":   "AmeliaHart",
		"line\r\nbreak":        "line break",
		"Chloe\u0301":          "Chloé",
		"张　三":                  "张 三",
		"👩\u200d⚕️ Dr":         "👩\u200d⚕️ Dr",
		"\u202eevil\u202c":     "evil",
		"\u200d":               "",
		"\t":                   "",
		"tab\tbetween":         "tab between",
		"broken \xff\xfe text": "broken text",
	} {
		if got := clean(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"24/11/2026", "2026年11月24日", "24 de noviembre de 2026 10:30", "45980", "00/00/00", "9999-99-99", "1 1 1 1", "24:00", "T", "星期二"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, birthday bool) {
		w, ok := readWritten(clean(s))
		if !ok {
			return
		}
		for _, order := range []DateOrder{DayFirst, MonthFirst} {
			if d, ok := w.on(order).full(today, birthday).date(birthday, today); ok {
				if _, err := data.ParseDate(string(d)); err != nil || d == "" {
					t.Fatalf("%q: %q is no date", s, d)
				}
			}
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Amelia Hart", "Hart, Amelia", "张三", "\u200d\u200c", "é\xff", "A,", ", ,", "a@b.c <", "Mr", "欧阳先生", "总"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		if !utf8.ValidString(c) || clean(c) != c || strings.TrimSpace(c) != c {
			t.Fatalf("%q becomes %q, then %q", s, c, clean(c))
		}
		given, family := splitName(c)
		if len(given)+len(family) > 3*len(c)+3 || !utf8.ValidString(given+family) {
			t.Fatalf("%q: %q %q", c, given, family)
		}
		readEmail(c)
		readCountry(c)
		readTags(s)
		cell := sheet.TextCell(s)
		clockIn(&cell)
		minutesIn(&cell)
		readMoney(&cell, "USD")
		agreed(meansOptIn, c)
	})
}
