package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/theme"
)

// A tongue is how the samples are written in one language.
type tongue struct {
	sent, delivered, opened, redeemed      string
	failed, byNetwork, people, sale        string
	opens, redemptions, previews           string
	lastDays, opensByDay, redeemedByDay    string
	finding, why, empty, partsTitle, total string
	parts                                  []string
	full, short                            func(data.Date) string
}

var months = strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")

func dayOf(d data.Date) string { return strings.TrimPrefix(string(d[8:]), "0") }

var english = tongue{
	sent: "Sent", delivered: "Delivered", opened: "Opened", redeemed: "Redeemed",
	failed: "13 failed, 1 maybe sent", byNetwork: "confirmed by the phone network", people: "people only, 47 previews set aside", sale: "$63.43 average sale",
	opens: "Opens", redemptions: "Redemptions", previews: "Previews and bots",
	lastDays: "Opens and redemptions, last 14 days", opensByDay: "Opens by day", redeemedByDay: "Redemptions by day",
	finding: "Opens count people, not link previews.", why: "Why?", empty: "Nothing has been sent yet. Figures appear with the first campaign.",
	partsTitle: "Where the texts are", total: "texts", parts: []string{"Delivered", "Held until 08:00", "Failed", "Not known"},
	full:  func(d data.Date) string { return dayOf(d) + " " + months[d.Month()-1] },
	short: dayOf,
}

var chinese = tongue{
	sent: "已发送", delivered: "已送达", opened: "已打开", redeemed: "已核销",
	failed: "13 条失败，1 条可能已发", byNetwork: "运营商已确认", people: "只算真人，另有 47 次预览", sale: "平均每单 ¥445.22",
	opens: "打开", redemptions: "核销", previews: "预览与机器",
	lastDays: "最近 14 天的打开与核销", opensByDay: "每日打开", redeemedByDay: "每日核销",
	finding: "“打开”只统计真人，不含链接预览。", why: "为什么？", empty: "还没有发送过短信。第一次活动之后，这里会显示数据。",
	partsTitle: "短信去向", total: "条短信", parts: []string{"已送达", "等到 08:00 再发", "失败", "结果不明"},
	full:  func(d data.Date) string { return fmt.Sprintf("%d/%s", d.Month(), dayOf(d)) },
	short: dayOf,
}

func count(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }
func percent(v float64) string {
	return strconv.FormatFloat(100*v, 'f', 1, 64) + "%"
}
func wholePercent(v float64) string { return strconv.FormatFloat(100*v, 'f', 0, 64) + "%" }
func thousands(v float64) string    { return "$" + strconv.FormatFloat(v/100_000, 'f', 1, 64) + "k" }
func dollars(v float64) string      { return "$" + strconv.FormatFloat(v/100, 'f', 2, 64) }

func days(n int) []data.Date {
	out := make([]data.Date, n)
	for i := range out {
		out[i] = data.Date(fmt.Sprintf("2026-11-%02d", 11+i))
	}
	return out
}

var (
	opened   = []float64{0, 96, 34, 14, 8, 6, 4, 3, 2, 1, 1, 1, 0, 1}
	redeemed = []float64{0, 6, 9, 8, 6, 5, 3, 2, 2, 1, 1, 1, 1, 1}
	previews = []float64{0, 38, 6, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
)

func (g tongue) words(title string) Words {
	return Words{Title: title, Finding: g.finding, WhyText: g.why, Why: func() {}, Empty: g.empty}
}

func (g tongue) funnel() FunnelFigures {
	return FunnelFigures{
		Words: Words{Empty: g.empty},
		Stages: []Stage{
			{Name: g.sent, Value: 412, Of: -1, Note: g.failed},
			{Name: g.delivered, Value: 398, Of: 0, Note: g.byNetwork},
			{Name: g.opened, Value: 171, Of: 1, Note: g.people},
			{Name: g.redeemed, Value: 46, Of: 1, Note: g.sale},
		},
		Value: count, Rate: percent, RateOf: func(stage string) string { return "of " + stage },
	}
}

func (g tongue) line() LineFigures {
	dates := days(14)
	return LineFigures{
		Words: g.words(g.lastDays),
		Series: []Series{
			{Name: g.opens, Values: opened},
			{Name: g.redemptions, Values: redeemed},
		},
		Label: report.DayLabels(dates, g.full, g.short), Name: func(i int) string { return g.full(dates[i]) }, Value: count,
	}
}

func (g tongue) dashed() LineFigures {
	figures := g.line()
	figures.Title = g.opensByDay
	figures.Series = []Series{
		{Name: g.opens, Key: g.opens + " 171", Values: opened},
		{Name: g.previews, Key: g.previews + " 47", Values: previews, Dashed: true, Color: theme.Chart5},
	}
	return figures
}

func (g tongue) bars() BarFigures {
	dates := days(14)[1:]
	return BarFigures{
		Words:  g.words(g.redeemedByDay),
		Series: []Series{{Name: g.redemptions, Values: redeemed[1:], Color: theme.Chart2}},
		Label:  report.DayLabels(dates, g.full, g.short), Name: func(i int) string { return g.full(dates[i]) }, Value: count,
	}
}

func (g tongue) doughnut() DoughnutFigures {
	f := DoughnutFigures{
		Words: g.words(g.partsTitle), Value: count, Share: percent, Centre: "426", Below: g.total,
	}
	for i, v := range []float64{398, 14, 13, 1} {
		f.Parts = append(f.Parts, Part{Name: g.parts[i], Value: v})
	}
	return f
}

func noShows() LineFigures {
	values := []float64{.096, .099, .092, .095, .098, .094, .091, .096, .093, .095, .088, .081, .077, .079, .072, .070, .073, .068, .066, .069, .065, .063, .066, .064}
	return LineFigures{
		Words: Words{Title: "No-shows each week"}, Unit: Shares,
		Series: []Series{{Name: "No-shows", Values: values, End: "6.4%"}},
		Marks:  []Mark{{Index: 10, Text: "Reminders began 10 Aug"}},
		Label: func(i, _ int) string {
			if i%4 != 0 {
				return ""
			}
			return months[(5+i/4)%12]
		},
		Name:  func(i int) string { return fmt.Sprint("Week ", i+23) },
		Value: percent, Tick: wholePercent,
	}
}

func sales() BarFigures {
	return BarFigures{
		Words: Words{Title: "Cost and sales"}, Stacked: true,
		Series: []Series{
			{Name: "Texts", Values: []float64{2900, 3100, 2800, 3300, 3400, 3500}, Color: theme.Chart2},
			{Name: "Sales", Values: []float64{120000, 160000, 140000, 220000, 260000, 290000}, Color: theme.Chart1},
		},
		Label: func(i, _ int) string { return months[5+i] }, Value: dollars, Above: thousands,
	}
}

// many is a noisy line of n points.
func many(n int) LineFigures {
	values, calm := make([]float64, n), make([]float64, n)
	for i := range values {
		values[i] = 50 + 30*math.Sin(float64(i)/900) + float64(i*7919%37) - 18
		calm[i] = 20 + 10*math.Sin(float64(i)/300)
	}
	return LineFigures{
		Words:  Words{Title: "Ten thousand points", Finding: "Every peak is there."},
		Series: []Series{{Name: "Busy", Values: values}, {Name: "Calm", Values: calm}},
		Label:  func(i, _ int) string { return strconv.Itoa(i) }, Value: count,
	}
}

// show puts a chart on a window of its own, in the given variant.
func show(t testing.TB, c fyne.CanvasObject, variant theme.Variant, size fyne.Size) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(variant, 1))
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(size)
	c.Resize(size)
	return w
}

func hover(c Chart, x, y float32) {
	c.(desktop.Hoverable).MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

func press(c Chart, keys ...fyne.KeyName) {
	for _, k := range keys {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
}
