package intake

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/sheet"
)

// messyRows is what real lists hold.
func messyRows() [][]any {
	return [][]any{
		{"Camden pop-up, sign-ups"},
		{"Name", "Mobile", "Email", "Birthday", "Last visit", "Spend", "Tags", "OK to text?", "Shoe size"},
		{"Amelia Hart", "07700 900318", "Amelia@Hart.example", day("1980-03-03"), day("2026-02-11"), 12.5, "Frames; VIP", "yes", "39"},
		{"Daniel Osei", 7700900452.0, nil, "24/11/1979", "12/02/2026", "£88.10", "Lenses", "no", nil},      // lost zero, said no
		{"Bea Whitlock", "+44 (0)7700 900127", "bea at post", "soon", nil, "lots", nil, "yes", nil},        // three values that don't fit
		{"R. Singh", "7.7009E+09", "r@singh.example", nil, nil, nil, nil, "yes", nil},                      // ruined by Excel
		{"Chloé Martin", "７７００９００９８１", nil, nil, nil, nil, nil, "yes", nil},                                // full-width
		{"Owen Pryce", "07700 900266 / 020 7946 0018", nil, nil, nil, nil, "Lenses", "✓", nil},             // two in a cell
		{"AMELIA HART", "+447700900318", nil, nil, nil, nil, nil, "yes", nil},                              // the first row again
		{"Name", "Mobile", "Email", "Birthday", "Last visit", "Spend", "Tags", "OK to text?", "Shoe size"}, // headings again
		{"Wei Zhang", "8613812345678", nil, nil, nil, nil, nil, "yes", nil},                                // foreign, no plus
		{"Tom Hale", "020 7946 0018 ext 12", nil, nil, nil, nil, nil, nil, nil},                            // extension, no answer
		{"Ida Moe", day("2026-11-24"), nil, nil, nil, nil, nil, "yes", nil},                                // a date where the phone should be
		{"Jo Li", "ring the shop", nil, nil, nil, nil, nil, "yes", nil},                                    // letters
		{"Max Rey", nil, "max@rey.example", nil, nil, nil, nil, "yes", nil},                                // no phone
		{"N/A", "-", nil, nil, nil, nil, nil, nil, nil},                                                    // says nothing
		{"Total: 14", 14.0, nil, nil, nil, 100.6, nil, nil, nil},                                           // a sum, and how many phones
		{"张三", "07700900700", nil, "3月3日", nil, nil, "镜框、太阳镜", "是", nil},                                   // Chinese
	}
}

func TestAMessyListAddsUp(t *testing.T) {
	l := list(t, Options{Currency: "GBP"}, messyRows()...)
	m, r := run(t, l)
	if r.HeaderRow != 2 || r.Country != "GB" || r.Rows != 16 || r.Added != 7 || r.Duplicate != 1 || r.Rejected != 6 || r.Skipped != 2 || m.finished != r {
		t.Errorf("%+v", r)
	}
	var reasons []string
	for _, j := range r.Rejects {
		reasons = append(reasons, fmt.Sprintf("%d %s %s", j.Row, j.Column, j.Reason))
	}
	want := []string{"6 Mobile phone_digits_lost", "11 Mobile phone_foreign", "13 Mobile phone_date", "14 Mobile phone_letters", "15 Mobile phone_missing", "16 Mobile phone_missing"}
	if !slices.Equal(reasons, want) {
		t.Errorf("rejects\n%q\nwant\n%q", reasons, want)
	}
	a := m.people["+447700900318"]
	if a.GivenName != "Amelia" || a.FamilyName != "Hart" || a.Email != "amelia@hart.example" || a.Birthday != "1980-03-03" || a.LastVisit != "2026-02-11" ||
		a.Spend != (data.Money{Minor: 1250, Currency: "GBP"}) || !slices.Equal(a.Tags, []string{"Frames", "VIP"}) || a.Extra["Shoe size"] != "39" || !a.Facts.Fictional {
		t.Errorf("%+v", a)
	}
	b := m.people["+447700900127"]
	if b.Email != "" || b.Extra["Email"] != "bea at post" || b.Extra["Birthday"] != "soon" || b.Extra["Spend"] != "lots" {
		t.Errorf("what doesn't fit its column is lost: %+v", b)
	}
	if o := m.people["+447700900266"]; !slices.Equal(o.Others, []data.Phone{"+442079460018"}) {
		t.Errorf("%+v", o)
	}
	if z := m.people["+447700900700"]; z.GivenName != "三" || z.FamilyName != "张" || z.Birthday != "--03-03" || len(z.Tags) != 2 {
		t.Errorf("%+v", z)
	}
	for code, n := range map[string]int{qLeadingZero: 2, qDigitsLost: 1, qTwo: 1, qForeign: 1, qConsentNo: 2, qUnreadable: 1, qTotals: 1, qHeaders: 1, qFictional: 8} {
		if q := question(r, code); q == nil || q.Count != n {
			t.Errorf("question %s: %+v, want %d", code, q, n)
		}
	}
	if q := question(r, qLeadingZero); q != nil && (len(q.Samples) == 0 || q.Samples[0] != "7700900452 → 07700 900452") {
		t.Errorf("samples: %q", q.Samples)
	}
}

func TestARowThatSaysNoBringsNoConsent(t *testing.T) {
	l := list(t, Options{}, messyRows()...)
	said := map[data.Phone]bool{}
	_, err := l.walk(t.Context(), nil, func(_ context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
		fates := make([]data.RowFate, len(rows))
		for i, r := range rows {
			fates[i] = data.RowAdded
			said[r.Contact.Phone] = said[r.Contact.Phone] || r.NoConsent
		}
		return fates, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for p, no := range map[data.Phone]bool{"+447700900318": false, "+447700900452": true, "+447700900266": false, "+442079460018": true, "+447700900700": false} {
		if got, ok := said[p]; !ok || got != no {
			t.Errorf("%s: no consent %v %v, want %v", p, got, ok, no)
		}
	}
}

func TestForeignNumbersAreTakenWhenThePersonSaysSo(t *testing.T) {
	m, r := run(t, list(t, Options{Foreign: true}, messyRows()...))
	if m.people["+8613812345678"].Phone == "" || r.Rejected != 5 {
		t.Errorf("%+v", r)
	}
}

func TestTheCountryOfARowHelpsWithItsPhone(t *testing.T) {
	m, _ := run(t, list(t, Options{}, []any{"Name", "Phone", "Country"},
		[]any{"A B", "07700 900318", "UK"}, []any{"C D", "06 39 98 00 12", "France"}, []any{"E F", "0491 570 156", "Australia"}, []any{"G H", "07700 900319", "Atlantis"}))
	for _, p := range []data.Phone{"+447700900318", "+33639980012", "+61491570156", "+447700900319"} {
		if m.people[p].Phone == "" {
			t.Errorf("%s is missing", p)
		}
	}
	if m.people["+33639980012"].Country != "FR" {
		t.Errorf("%+v", m.people["+33639980012"])
	}
}

func TestTheSameListAgainChangesNothing(t *testing.T) {
	l := list(t, Options{Currency: "GBP"}, messyRows()...)
	m, first := run(t, l)
	again, err := l.Run(t.Context(), m, m.begin, nil)
	if err != nil || again.Added != 0 || again.Unchanged != first.Added || again.Rejected != first.Rejected {
		t.Errorf("%+v %v", again, err)
	}
}

func TestADryRunWritesNothingAndCountsTheSame(t *testing.T) {
	l := list(t, Options{Currency: "GBP"}, messyRows()...)
	dry, err := l.Survey(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, wet := run(t, l)
	if !dry.DryRun || dry.Added != wet.Added || dry.Duplicate != wet.Duplicate || dry.Rejected != wet.Rejected || dry.Skipped != wet.Skipped || !reflect.DeepEqual(dry.Questions, wet.Questions) {
		t.Errorf("dry %+v\nwet %+v", dry, wet)
	}
	known := KnownFates(func(_ context.Context, phones []data.Phone) (map[data.Phone]data.ContactID, error) {
		out := map[data.Phone]data.ContactID{}
		for _, p := range phones {
			if m.people[p].Phone != "" {
				out[p] = 1
			}
		}
		return out, nil
	})
	if dry, err = l.Survey(t.Context(), known, nil); err != nil || dry.Updated != wet.Added || dry.Added != 0 {
		t.Errorf("%+v %v", dry, err)
	}
}

func TestRejectsComeBackAsASpreadsheet(t *testing.T) {
	l := list(t, Options{Currency: "GBP"}, messyRows()...)
	_, r := run(t, l)
	for _, forgotten := range []bool{false, true} {
		if forgotten { // more rejects than are kept: the list is read again
			for i := range r.Rejects {
				r.Rejects[i].Cells = nil
			}
		}
		path := filepath.Join(t.TempDir(), "rejects.xlsx")
		if err := l.WriteRejects(t.Context(), path, r, "Row", "Reason", func(j data.Reject) string { return "because " + j.Reason }); err != nil {
			t.Fatal(err)
		}
		back := open(t, path, Options{})
		if got := fields(back); !strings.HasPrefix(got, "A name, B phone") || back.Columns[9].Field != data.FieldSkip || back.Columns[10].Field != data.FieldSkip {
			t.Errorf("dropped again it reads as %s", got)
		}
		p := back.Preview(1)
		if p[0].Cells[0].Was != "R. Singh" || p[0].Cells[9].Was != "6" || p[0].Cells[10].Was != "because phone_digits_lost" {
			t.Errorf("%+v", p[0])
		}
		_, again := run(t, back)
		if again.Rows != len(r.Rejects) || again.Rejected != len(r.Rejects) {
			t.Errorf("%+v", again)
		}
	}
}

func TestCancelGivesTheImportUp(t *testing.T) {
	l := open(t, big(t, 5000), Options{})
	ctx, cancel := context.WithCancel(t.Context())
	m := &memory{block: make(chan struct{})}
	done := make(chan error)
	go func() {
		_, err := l.Run(ctx, m, m.begin, nil)
		done <- err
	}()
	cancel()
	if err := <-done; data.CodeOf(err) != data.Cancelled || !m.canceled || m.finished != nil {
		t.Errorf("%v, cancelled %v", err, m.canceled)
	}
}

func TestAFailureLeavesNothingBehind(t *testing.T) {
	l := open(t, big(t, 5000), Options{})
	m := &memory{fail: data.Errorf(data.DiskFull, "write", "no room")}
	if _, err := l.Run(t.Context(), m, m.begin, nil); data.CodeOf(err) != data.DiskFull || !m.canceled || m.finished != nil || len(m.people) > 0 {
		t.Errorf("%v", err)
	}
	busy := errors.New("busy")
	if _, err := l.Run(t.Context(), m, func(context.Context) (data.ImportID, error) { return 0, busy }, nil); !errors.Is(err, busy) {
		t.Errorf("%v", err)
	}
}

func TestALongListKeepsItsOrderAndReportsProgress(t *testing.T) {
	l := open(t, big(t, 20_000), Options{})
	m := &memory{}
	last, calls := 0, 0
	r, err := l.Run(t.Context(), m, m.begin, func(rows int) {
		if rows < last {
			t.Errorf("progress went back from %d to %d", last, rows)
		}
		last = rows
		calls++
	})
	if err != nil || r.Rows != 20_000 || r.Added != 20_000 || last != 20_000 || calls == 0 {
		t.Fatalf("%+v %v, progress %d", r, err, last)
	}
	if m.batches < 20_000/batchRows {
		t.Errorf("%d batches: too long for a transaction", m.batches)
	}
}

func TestNumbersFilledDownByDraggingAreNoticed(t *testing.T) {
	rows := [][]any{{"Name", "Phone"}}
	for i := range 30 {
		rows = append(rows, []any{"Amelia Hart", fmt.Sprintf("07700 9003%02d", i)})
	}
	_, r := run(t, list(t, Options{}, rows...))
	if q := question(r, qSequence); q == nil || q.Count != 30 {
		t.Errorf("%+v", r.Questions)
	}
}

// big writes a text file of people; their numbers aren't in sequence.
func big(t testing.TB, n int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Name,Mobile,Email,Birthday,Last visit,Spend,Tags,City\n")
	for i := range n {
		fmt.Fprintf(&b, "Amelia Hart,074%08d,person%d@hart.example,%02d/%02d/1980,2026-%02d-%02d,%d.50,Frames; VIP,London\n", (i*7919)%100_000_000, i, i%28+1, i%12+1, i%12+1, i%28+1, i%500)
	}
	return textFile(t, b.String())
}

// Memory must not grow with the list: people at the counter have small computers.
func TestMemoryStaysSmallHoweverLongTheList(t *testing.T) {
	peak := func(rows int) (peak uint64) {
		l := open(t, big(t, rows), Options{})
		var base runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&base)
		n := 0
		_, err := l.walk(t.Context(), nil, func(_ context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
			fates := make([]data.RowFate, len(rows))
			for i := range fates {
				fates[i] = data.RowAdded
			}
			if n++; n%3 == 0 {
				var now runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc-min(base.HeapAlloc, now.HeapAlloc))
			}
			return fates, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return peak
	}
	short, long := peak(30_000), peak(90_000)
	if long > short*3/2+4<<20 || long > 64<<20 {
		t.Errorf("%d MB above the start for 30,000 rows, %d MB for 90,000", short>>20, long>>20)
	}
}

func TestHiddenRowsAreLeftOut(t *testing.T) {
	l := list(t, Options{}, []any{"Name", "Phone"}, []any{"A B", "07700 900318"}, []any{"C D", "07700 900319"})
	r := l.reader()
	var tl tally
	var in data.ImportRow
	hidden := line{number: 3, hidden: true, cells: l.below()[1].cells}
	if o, _ := r.contact(&hidden, &in, &tl); o != skip || tl.counts[noticed{qHidden, ""}].n != 1 {
		t.Errorf("outcome %d", o)
	}
}

func TestTextFilesInTheirEncodings(t *testing.T) {
	l := open(t, textFile(t, "\ufeff姓名;手机\r\n张三;07700900318\r\n"), Options{})
	if m, _ := run(t, l); m.people["+447700900318"].Name != "张三" || l.Encoding.Value != "UTF-8" || l.Encoding.Because != sheet.BecauseMark {
		t.Errorf("%+v %+v", m.people, l.Encoding)
	}
	l = open(t, textFile(t, "Nom;T\xe9l\nChlo\xe9;07700900318\nRen\xe9;07700900319\n"), Options{})
	if m, _ := run(t, l); m.people["+447700900318"].Name != "Chloé" {
		t.Errorf("%+v %+v %s", m.people, l.Encoding, fields(l))
	}
}
