package i18n

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"counterbell/data"
)

func TestDatesAreWrittenTheLocalWay(t *testing.T) {
	zone := time.FixedZone("shop", -8*3600)
	at := time.Date(2026, 11, 24, 9, 5, 0, 0, zone)
	en, zh := New(English), New(Chinese)
	for _, c := range []struct{ what, got, want string }{
		{"date", en.Date(at), "24 Nov 2026"},
		{"date", zh.Date(at), "2026年11月24日"},
		{"long date", en.LongDate(at), "Tuesday 24 November 2026"},
		{"long date", zh.LongDate(at), "2026年11月24日 星期二"},
		{"day", en.Day(at), "24 Nov"},
		{"day", zh.Day(at), "11月24日"},
		{"weekday and day", en.WeekdayDay(at), "Tue 24 Nov"},
		{"weekday and day", zh.WeekdayDay(at), "11月24日 周二"},
		{"month", en.Month(at), "November 2026"},
		{"month", zh.Month(at), "2026年11月"},
		{"short month", en.ShortMonth(at), "Nov"},
		{"short month", zh.ShortMonth(at), "11月"},
		{"date and time", en.DateTime(at), "Tue 24 Nov 2026, 09:05"},
		{"date and time", zh.DateTime(at), "2026年11月24日 周二 09:05"},
		{"time", en.Time(at), "09:05"},
		{"weekday", zh.Weekday(time.Sunday), "星期日"},
		{"weekday", en.ShortWeekday(time.Saturday), "Sat"},
		{"nothing", en.DateTime(time.Time{}), "–"},
		{"clock", en.Clock(570), "09:30"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestNearDaysAreNamedInTheZoneOfTheDay(t *testing.T) {
	zone := time.FixedZone("shop", 8*3600)
	now := time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC) // 01:00 on the 24th in the shop
	en, zh := New(English), New(Chinese)
	for _, c := range []struct {
		at       time.Time
		en, zhCN string
	}{
		{time.Date(2026, 11, 24, 23, 0, 0, 0, zone), "today", "今天"},
		{time.Date(2026, 11, 25, 0, 0, 0, 0, zone), "tomorrow", "明天"},
		{time.Date(2026, 11, 23, 23, 59, 0, 0, zone), "yesterday", "昨天"},
		{time.Date(2026, 12, 1, 8, 0, 0, 0, zone), "Tue 1 Dec", "12月1日 周二"},
		{time.Date(2027, 1, 2, 8, 0, 0, 0, zone), "2 Jan 2027", "2027年1月2日"},
	} {
		if got := en.NearDay(c.at, now); got != c.en {
			t.Errorf("%v: %q, want %q", c.at, got, c.en)
		}
		if got := zh.NearDay(c.at, now); got != c.zhCN {
			t.Errorf("%v: %q, want %q", c.at, got, c.zhCN)
		}
	}
}

func TestFiguresAndAmounts(t *testing.T) {
	en, zh := New(English), New(Chinese)
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	for _, c := range []struct{ got, want string }{
		{en.Number(1204), "1,204"},
		{en.Number(-1204567), "−1,204,567"},
		{zh.Number(999), "999"},
		{en.Number(-9223372036854775808), "−9,223,372,036,854,775,808"},
		{en.Decimal(1204.56, 1), "1,204.6"},
		{en.Decimal(-0.01, 1), "0.0"},
		{en.Percent(0.43, 1), "43.0%"},
		{en.Rate(46, 171), "26.9%"},
		{en.Rate(0, 0), "–"},
		{en.Money(usd(14800)), "$148.00"},
		{en.MoneyShort(usd(291800)), "$2,918"},
		{en.MoneyShort(usd(906)), "$9.06"},
		{en.Money(usd(-5)), "−$0.05"},
		{zh.Money(usd(100)), "US$1.00"},
		{zh.MoneyShort(data.Money{Minor: 2048000, Currency: "CNY"}), "¥20,480"},
		{en.Money(data.Money{Minor: 500, Currency: "JPY"}), "¥500"},
		{en.Money(data.Money{Minor: 1250, Currency: "CHF"}), "CHF\u00a012.50"},
		{en.Price(7900, "USD"), "$0.0079"},
		{en.Price(20000, "USD"), "$0.02"},
		{en.Price(1500000, "USD"), "$1.50"},
		{en.Cost(data.Cost{Micros: 9060000, Currency: "USD", Known: true}), "$9.06"},
		{zh.Cost(data.Cost{}), "未知"},
		{en.Bytes(214_000), "214 KB"},
		{en.Bytes(1_250_000), "1.2 MB"},
		{en.Bytes(999), "999 B"},
		{en.Bytes(999_999), "1.0 MB"},
		{en.Span(1800 * time.Millisecond), "1.8 seconds"},
		{zh.Span(12 * time.Minute), "12 分钟"},
		{en.Span(time.Second), "1 second"},
		{en.Span(36 * time.Hour), "36 hours"},
		{en.Span(96 * time.Hour), "4 days"},
		{en.List("Anna"), "Anna"},
		{en.List("Anna", "Ben", "Cora"), "Anna, Ben and Cora"},
		{zh.List("陈", "周", "王"), "陈、周和王"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestTextsAreFilledAndCounted(t *testing.T) {
	files := fstest.MapFS{
		"en.json": {Data: []byte(`{"a.greeting": "Good morning, {name}", "a.unclear.one": "One reply is unclear", "a.unclear.other": "{n} of {all} replies are unclear"}`)},
	}
	texts, err := read(files, "en")
	if err != nil {
		t.Fatal(err)
	}
	en := &Texts{language: English, texts: texts}
	for _, c := range []struct{ got, want string }{
		{en.T("a.greeting", "name", "Dana"), "Good morning, Dana"},
		{en.T("a.greeting", "name", "{name}"), "Good morning, {name}"},
		{en.T("a.greeting"), "Good morning, {name}"},
		{en.N("a.unclear", 1, "all", 5), "One reply is unclear"},
		{en.N("a.unclear", 1200, "all", int64(5000)), "1,200 of 5,000 replies are unclear"},
		{en.N("a.unclear", 0, "all", 0), "0 of 0 replies are unclear"},
		{en.T("a.nowhere"), "a.nowhere"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	files["en.json"] = &fstest.MapFile{Data: []byte(`{"a.greeting": 1}`)}
	if _, err := read(files, "en"); err == nil || !strings.Contains(err.Error(), "en.json") {
		t.Errorf("a file that is no flat list of texts: %v", err)
	}
}

func TestATimeZoneIsNamedByItsCity(t *testing.T) {
	en, zh := New(English), New(Chinese)
	for _, c := range []struct{ zone, en, zh string }{
		{"America/Los_Angeles", "Los Angeles", "洛杉矶"},
		{"Asia/Shanghai", "Shanghai", "北京"},
		{"America/Argentina/Ushuaia", "Ushuaia", "Ushuaia"},
		{"UTC", "UTC", "UTC"},
		{"Etc/GMT+3", "Etc/GMT+3", "Etc/GMT+3"},
		{"Mars/Phobos", "Mars/Phobos", "Mars/Phobos"},
		{"", "", ""},
	} {
		if en.Zone(c.zone) != c.en || zh.Zone(c.zone) != c.zh {
			t.Errorf("%q is %q and %q", c.zone, en.Zone(c.zone), zh.Zone(c.zone))
		}
	}
	for zone := range chineseCities {
		if zh.Zone(zone) == zone || zh.Zone(zone) == en.Zone(zone) {
			t.Errorf("there is no zone %s", zone)
		}
	}
	if got := zh.T("report.note.times", "zone", "America/Boise"); got != "时间为博伊西当地时间" {
		t.Error(got)
	}
	if got := en.Error(data.Errorf("no_such_timezone", "x", "y").With("zone", "Mars/Phobos")); !strings.Contains(got, "Mars/Phobos") {
		t.Error(got)
	}
}

func TestALatinNameStandsApartFromChinese(t *testing.T) {
	zh := &Texts{language: Chinese, texts: map[string]string{"a.cancel": "取消{name}的预约？", "a.twice": "{name}，{name}已到店", "a.near": "第 {n} 位：{name}", "a.day": "{from}至{to}"}}
	for _, c := range []struct{ got, want string }{
		{zh.T("a.cancel", "name", "Maya Chen"), "取消 Maya Chen 的预约？"},
		{zh.T("a.cancel", "name", "陈雨"), "取消陈雨的预约？"},
		{zh.T("a.cancel", "name", "Óscar 王"), "取消 Óscar 王的预约？"},
		{zh.T("a.cancel", "name", ""), "取消的预约？"},
		{zh.T("a.twice", "name", "Zoë"), "Zoë，Zoë 已到店"},
		{zh.T("a.near", "n", 2, "name", "Ana"), "第 2 位：Ana"},
		{zh.T("a.cancel", "name", "US$50"), "取消US$50的预约？"},
		{zh.T("a.day", "from", "11月24日", "to", "2026年"), "11月24日至2026年"},
		{New(English).T("inbox.done.cancel", "name", "Ana"), "Ana’s visit is cancelled"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestErrorsBecomeSentences(t *testing.T) {
	en, zh := New(English), New(Chinese)
	full := data.Errorf(data.DiskFull, "write a backup", "no space left on device")
	if got := en.Error(fmt.Errorf("backup: %w", full)); got != en.T("error.disk_full") || got == "error.disk_full" {
		t.Errorf("a full disk says %q", got)
	}
	if got := zh.Error(context.Canceled); got != zh.T("error.cancelled") {
		t.Errorf("cancelled says %q", got)
	}
	for _, err := range []error{errors.New("boom"), &data.Error{Code: "never_heard_of"}} {
		if got := en.Error(err); got != en.T("error.internal") || strings.Contains(got, "boom") {
			t.Errorf("%v says %q", err, got)
		}
	}
	if got := en.Error(nil); got != "" {
		t.Errorf("no error says %q", got)
	}
	gap := &Texts{language: English, texts: map[string]string{"error.invalid": "“{value}” is not in {sheet}."}}
	if got := gap.Error((&data.Error{Code: data.Invalid}).With("value", "abc")); got != "“abc” is not in …." {
		t.Errorf("a missing argument says %q", got)
	}
	braces := New(English).Error(&data.Error{Code: "code_without_offer"})
	if !strings.Contains(braces, "{code}") || strings.Contains(braces, "{{") || strings.Contains(braces, "…") {
		t.Errorf("a placeholder that is itself spoken of says %q", braces)
	}
}

func TestMatchChoosesChineseForChineseLocalesOnly(t *testing.T) {
	for locale, want := range map[string]Language{
		"zh_CN.UTF-8": Chinese, "zh-Hans": Chinese, "ZH": Chinese, "en_US.UTF-8": English, "de": English, "": English, "zhuang": English,
	} {
		if got := Match(locale); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
	if New("fr").Language() != English {
		t.Error("a language that is not ours does not fall back to English")
	}
}
