package i18n

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

func TestDaysAreReadAsPeopleTypeThem(t *testing.T) {
	const today = data.Date("2026-11-22") // a Sunday
	for typed, want := range map[string]data.Date{
		"2026-11-24": "2026-11-24", "2026/11/24": "2026-11-24", "2026.11.24": "2026-11-24", "20261124": "2026-11-24",
		"24 Nov 2026": "2026-11-24", "24 nov": "2026-11-24", "Nov 24": "2026-11-24", "November 24th, 2026": "2026-11-24", "Tue 24 Nov 2026": "2026-11-24",
		"the 24th of November": "2026-11-24", "24 sept 26": "2026-09-24",
		"2026年11月24日": "2026-11-24", "11月24日": "2026-11-24", "１１月２４号": "2026-11-24", "２０２６－１１－２４": "2026-11-24",
		"2026年11月24日 周二": "2026-11-24", "2026年11月24日星期二": "2026-11-24", "26年1月4日": "2026-01-04",
		"24/11/2026": "2026-11-24", "11/24/2026": "2026-11-24", "24.11.26": "2026-11-24", "3.4.": "2027-04-03", "5/5": "2027-05-05",
		"today": "2026-11-22", "Tomorrow": "2026-11-23", " 今天 ": "2026-11-22", "明天": "2026-11-23", "后天": "2026-11-24", "yesterday": "2026-11-21",
		"friday": "2026-11-27", "周五": "2026-11-27", "星期天": "2026-11-29", "sun": "2026-11-29",
		"2 Jan": "2027-01-02", "1月2日": "2027-01-02", "29 Feb 2028": "2028-02-29",
	} {
		for _, language := range Languages() {
			if got, problem := New(language).ReadDate(typed, today, OrderUnknown); got != want || problem != "" {
				t.Errorf("%s: %q is %q (%s), want %s", language, typed, got, problem, want)
			}
		}
	}
}

func TestWhatIsNoDayIsRefusedWithASentence(t *testing.T) {
	for _, typed := range []string{"", "soon", "31 Nov", "30 Feb 2026", "2026-13-01", "24", "11月", "99999999999", "2026-11-24 10:30", "24 Nov Dec", "<b>", "1/2/3/4", strings.Repeat("1", 500), "明年", "24 Nov 2026 please"} {
		if got, problem := New(English).ReadDate(typed, "2026-11-22", OrderDayFirst); got != "" || problem == "" {
			t.Errorf("%q is read as %s (%q)", typed, got, problem)
		}
	}
}

func TestADateThatReadsTwoWaysIsAskedAboutUnlessTheOrderIsKnown(t *testing.T) {
	en := New(English)
	if got, problem := en.ReadDate("3/4/2026", "2026-11-22", OrderUnknown); got != "" || !strings.Contains(problem, "3 Apr") || !strings.Contains(problem, "4 Mar") {
		t.Errorf("3/4 is %q (%q)", got, problem)
	}
	if got, _ := en.ReadDate("3/4/2026", "2026-11-22", OrderDayFirst); got != "2026-04-03" {
		t.Errorf("day first: %s", got)
	}
	if got, _ := en.ReadDate("3/4/2026", "2026-11-22", OrderMonthFirst); got != "2026-03-04" {
		t.Errorf("month first: %s", got)
	}
}

func TestWhatIsWrittenCanBeTyped(t *testing.T) {
	for _, language := range Languages() {
		texts := New(language)
		for day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == 2026; day = day.AddDate(0, 0, 1) {
			for _, shown := range []string{texts.Date(day), texts.LongDate(day), texts.Day(day), texts.WeekdayDay(day)} {
				if got, problem := texts.ReadDate(shown, "2026-07-02", OrderUnknown); got != data.DateOf(day) {
					t.Fatalf("%q is read as %q (%s)", shown, got, problem)
				}
			}
		}
		for minutes := range 24 * 60 {
			if got, problem := texts.ReadClock(texts.Clock(minutes)); got != minutes || problem != "" {
				t.Fatalf("%q is read as %d (%s)", texts.Clock(minutes), got, problem)
			}
		}
	}
}

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]int{
		"14:30": 870, "2:30 pm": 870, "2.30PM": 870, "2:30 p.m.": 870, "1430": 870, "14h30": 870, "下午2点半": 870, "下午两点半": 870, "１４：３０": 870, "14点30分": 870, "下午 2:30": 870,
		"9": 540, "9am": 540, "09.00": 540, "9点": 540, "9点整": 540, "上午九点": 540, "十点一刻": 615, "十二点": 720, "noon": 720, "中午": 720, "12 am": 0, "12 pm": 720, "晚上8点": 1200, "23": 1380, "2 pm": 840, "中午1点": 780,
	} {
		if got, problem := New(Chinese).ReadClock(typed); got != want || problem != "" {
			t.Errorf("%q is %d (%s), want %d", typed, got, problem, want)
		}
	}
	for _, typed := range []string{"", "2", "25:00", "14:60", "14:3", "later", "13 pm", "0 am", "24:00", "143", "-1", strings.Repeat("9", 300)} {
		if got, problem := New(English).ReadClock(typed); problem == "" {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func TestWeeksBeginAsTheLanguageHasIt(t *testing.T) {
	if New(English).WeekStart() != time.Sunday || New(Chinese).WeekStart() != time.Monday {
		t.Error("a week begins on the wrong day")
	}
}
