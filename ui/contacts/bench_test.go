package contacts

import (
	"context"
	"fmt"
	"image/color"
	"runtime"
	"slices"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"
)

// million is how many people the benchmarks scroll through.
const million = 1_000_000

// madeUp is somebody with everything that a row shows.
func madeUp(id data.ContactID) Row {
	n := int(id)
	given := []string{"Maya", "Tom", "Amelia", "Walter", "Ines", "晓雯", "Jonah", "Priya", "Leo", "Grace"}
	family := []string{"Chen", "Alvarez", "Hart", "Greene", "Duarte", "林", "Weiss", "Nair", "Marchetti", "Kim"}
	p := data.Phone(fmt.Sprintf("+1503555%04d", n%10_000))
	return Row{Standing: []Standing{CanGetOffers, Reminders, OptedOut, NoConsent}[n%4], Contact: data.Contact{
		ID: id, Phone: p, Facts: data.PhoneFacts{Phone: p, Region: "US"}, Name: fmt.Sprintf("%s %s %d", given[n%10], family[n/10%10], n),
		City: "Portland", Tags: []string{"VIP", "lenses", "sunglasses"}[:n%4%3+1], LastVisit: data.DateOf(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -n%700)),
		Spend: data.Money{Minor: int64(n * 37 % 200_000), Currency: "USD"},
	}}
}

// longScreen is the page with a million made-up people.
func longScreen(b *testing.B) *Screen {
	b.Helper()
	s, err := store.Open(b.Context(), store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	app := test.NewApp()
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	env := &page.Env{
		Store: s, Texts: i18n.New(i18n.English), Business: data.Business{Country: "US", Zone: "America/Los_Angeles", Currency: "USD"}, Clock: s.Clock(),
		Tasks: page.Now{Context: b.Context()}, After: func(time.Duration, func()) func() { return func() {} },
		Kept: func(string, any) bool { return false }, Keep: func(string, any) {}, Fail: func(err error, _ func()) {
			if err != nil {
				b.Fatal(err)
			}
		}, Canvas: func() fyne.Canvas { return nil },
	}
	screen := newScreen(env)
	screen.desk.read = func(_ context.Context, ids []data.ContactID) ([]Row, error) {
		rows := make([]Row, len(ids))
		for i, id := range ids {
			rows[i] = madeUp(id)
		}
		return rows, nil
	}
	ids := make([]data.ContactID, million)
	for i := range ids {
		ids[i] = data.ContactID(million - i)
	}
	screen.desk.list.SetFirst(ids, million, million)
	return screen
}

// window draws something without a screen, as large as the list is in a window of 1280 × 800. What lies behind the list
// isn't drawn: scrolling doesn't change it.
func window(content fyne.CanvasObject) test.WindowlessCanvas {
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(content)
	c.Resize(fyne.NewSize(660, 520))
	return c
}

// One scroll step of a million people, layout and drawing included: one wheel notch, and everywhere in the list. Beside it
// stands the floor: Fyne's own list of a million empty rows of the same height, in the same window. 16 ms is one frame.
func BenchmarkScrollAMillionPeople(b *testing.B) {
	s := longScreen(b)
	w := window(s.list)
	s.list.Refresh()
	floor := fynewidget.NewList(func() int { return million }, func() fyne.CanvasObject {
		r := canvas.NewRectangle(color.Transparent)
		r.SetMinSize(fyne.NewSize(100, 36))
		return r
	}, func(int, fyne.CanvasObject) {})
	f := window(floor)
	var ours, bare []time.Duration
	var worked time.Duration
	step := func(times *[]time.Duration, scroll func(), w test.WindowlessCanvas) {
		began, at := cpuTime(), time.Now()
		scroll()
		w.Capture()
		*times = append(*times, time.Since(at))
		if times == &ours {
			worked += cpuTime() - began
		}
	}
	at := float32(0)
	for n := 0; b.Loop(); n++ {
		by := 60.0
		if n%50 == 49 { // and a jump somewhere else, as with the bar
			by = 40 * float64(n*7919%million)
			if n%100 == 99 {
				by = -by
			}
		}
		step(&ours, func() { s.list.ScrollBy(by) }, w)
		at = max(min(at+float32(by), 40*million-600), 0)
		step(&bare, func() { floor.ScrollToOffset(at) }, f)
	}
	report(b, ours, bare)
	b.ReportMetric(worked.Seconds()*1000/float64(max(len(ours), 1)), "cpu-ms/step") // whatever else runs on the machine
}

func report(b *testing.B, ours, bare []time.Duration) {
	b.Helper()
	ms := func(all []time.Duration, share float64) float64 {
		slices.Sort(all)
		return all[int(share*float64(len(all)-1))].Seconds() * 1000
	}
	b.ReportMetric(ms(ours, 0.5), "p50-ms")
	b.ReportMetric(ms(ours, 0.95), "p95-ms")
	b.ReportMetric(ms(bare, 0.5), "empty-p50-ms")
	b.ReportMetric(ms(ours, 0.5)/ms(bare, 0.5), "×empty")
	b.ReportMetric(0, "ns/op")
}

// What a million people take in memory beside the page with none: their ids, who is ticked (here all of them), and the
// rows that were looked at last.
func BenchmarkMemoryOfAMillionPeople(b *testing.B) {
	for b.Loop() {
		before := heap()
		l := &List{}
		ids := make([]data.ContactID, million)
		for i := range ids {
			ids[i] = data.ContactID(million - i)
		}
		l.SetFirst(ids, million, million)
		l.TickAll(true)
		withIDs := heap()
		for n := 0; n < million; n += 25 {
			if _, _, ask := l.Row(n); ask >= 0 {
				var rows []Row
				for _, id := range l.Page(ask) {
					rows = append(rows, madeUp(id))
				}
				l.Put(rows)
			}
		}
		b.ReportMetric(float64(withIDs-before)/1e6, "MB-ids")
		b.ReportMetric(float64(heap()-before)/1e6, "MB-ids-and-rows")
		runtime.KeepAlive(l)
	}
	b.ReportMetric(0, "ns/op")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
