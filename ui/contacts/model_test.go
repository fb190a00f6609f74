package contacts

import (
	"fmt"
	"slices"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
)

func ids(n int) []data.ContactID {
	all := make([]data.ContactID, n)
	for i := range all {
		all[i] = data.ContactID(i + 1)
	}
	return all
}

func rowsOf(ids []data.ContactID) []Row {
	rows := make([]Row, len(ids))
	for i, id := range ids {
		rows[i] = Row{Contact: data.Contact{ID: id, Name: fmt.Sprint("Person ", id)}}
	}
	return rows
}

func TestTheListKnowsItsLengthBeforeItKnowsEverybody(t *testing.T) {
	l := &List{}
	all := ids(5000)
	l.SetFirst(all[:200], 5000, 6000)
	if l.Len() != 5000 || l.Complete() || l.All != 6000 {
		t.Fatalf("%d rows, complete %v, %d in all", l.Len(), l.Complete(), l.All)
	}
	if _, ok, ask := l.Row(4000); ok || ask >= 0 {
		t.Error("a row whose person isn't known yet is asked for")
	}
	l.SetIDs(all)
	if _, ok, ask := l.Row(4000); ok || ask != 20 {
		t.Errorf("row 4000 asks for page %d", ask)
	}
	if _, _, ask := l.Row(4001); ask >= 0 {
		t.Error("the same page is asked for twice")
	}
	l.Put(rowsOf(l.Page(20)))
	if row, ok, _ := l.Row(4001); !ok || row.Name != "Person 4002" {
		t.Errorf("%v %v", row.Name, ok)
	}
	l.Failed(3)
	if _, _, ask := l.Row(601); ask != 3 {
		t.Error("a page that failed isn't asked for again")
	}
}

func TestRowsThatWereReadShowUntilTheyAreReadAnew(t *testing.T) {
	l := &List{}
	l.SetFirst(ids(10), 10, 10)
	l.Put(rowsOf(ids(10)))
	l.SetFirst(ids(10), 10, 10)
	row, ok, ask := l.Row(0)
	if !ok || row.Name != "Person 1" || ask != 0 {
		t.Errorf("%q %v, asks for %d: the last result stays while the next loads", row.Name, ok, ask)
	}
	fresh := rowsOf(ids(10))
	fresh[0].Name = "Maya"
	l.Put(fresh)
	if row, _, ask := l.Row(0); row.Name != "Maya" || ask >= 0 {
		t.Errorf("%q, asks for %d", row.Name, ask)
	}
}

func TestOnlyTheRowsLookedAtLastAreKept(t *testing.T) {
	l := &List{}
	l.SetFirst(ids(100_000), 100_000, 100_000)
	for page := 0; page < 500; page++ {
		l.Put(rowsOf(l.Page(page)))
		l.Row(0) // the first is looked at all the time
	}
	if len(l.rows) > keptRows {
		t.Errorf("%d rows are kept", len(l.rows))
	}
	if _, ok, _ := l.Row(0); !ok {
		t.Error("the row that is looked at was dropped")
	}
	if _, ok, _ := l.Row(99_999); !ok {
		t.Error("the row that was read last was dropped")
	}
	if _, ok, _ := l.Row(5000); ok {
		t.Error("a row that nobody looks at is kept")
	}
}

func TestTicksAreCountedAndListed(t *testing.T) {
	l := &List{}
	l.SetFirst(ids(1000), 1000, 1000)
	l.Tick(0, 2, true)
	l.Tick(64, 64, true)
	l.Tick(1, 1, false)
	l.Tick(2, 2, true)
	if got := l.Marked().IDs(0); !slices.Equal(got, []data.ContactID{1, 3, 65}) || l.Marked().Len() != 3 || l.AllTicked() {
		t.Errorf("%v, %d", got, l.Marked().Len())
	}
	if got := l.Marked().IDs(2); len(got) != 2 {
		t.Errorf("at most two: %v", got)
	}
	l.TickAll(true)
	if !l.AllTicked() || l.Marked().Len() != 1000 || len(l.Marked().IDs(0)) != 1000 {
		t.Errorf("all: %d", l.Marked().Len())
	}
	l.Marked().Clear()
	if l.Marked().Len() != 0 || l.Ticked(0) {
		t.Error("cleared, something is ticked")
	}
}

func TestAStandingInOneWord(t *testing.T) {
	in, out, no := data.Permission{Granted: true}, data.Permission{Closed: true}, data.Permission{}
	for _, c := range []struct {
		offers, reminders data.Permission
		want              Standing
	}{{in, no, CanGetOffers}, {in, out, CanGetOffers}, {out, in, Reminders}, {no, in, Reminders}, {out, no, OptedOut}, {no, out, OptedOut}, {no, no, NoConsent}} {
		if got := standingOf(c.offers, c.reminders); got != c.want {
			t.Errorf("%+v %+v: %s, want %s", c.offers, c.reminders, got, c.want)
		}
	}
}

func TestAChipIsChosenByItsConditionsInAnyOrder(t *testing.T) {
	conditions, err := data.ParseConditions("spend >= 50 and city = Portland")
	if err != nil {
		t.Fatal(err)
	}
	for written, want := range map[string]bool{
		"city = Portland and spend >= 50": true, "spend >= 50": false, "city = Portland, spend >= 50, visits >= 1": false, "all": false, "city = Portland and city = Portland": false,
	} {
		chip := Chip{Conditions: written}
		if got := chip.Chosen(&Query{Conditions: conditions}); got != want {
			t.Errorf("%q: %v", written, got)
		}
	}
	everyone := Chip{Conditions: "all"}
	if !everyone.Chosen(&Query{Order: store.Order{By: store.ByName}}) || everyone.Chosen(&Query{Only: []data.ContactID{1}}) {
		t.Error("everyone is chosen when nothing is asked for, and not when another page sent people")
	}
}

func TestNumbersAreUnderstoodAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]int{"60": 60, "1 200": 1200, "1,200": 1200, "６０": 60, "1'000": 1000, " 7 ": 7, "12 345": 12345} {
		if n, ok := wholeNumber(text); !ok || n != want {
			t.Errorf("%q: %d %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "sixty", "-3", "1.5", "9999999999999999999999"} {
		if n, ok := wholeNumber(text); ok {
			t.Errorf("%q is taken for %d", text, n)
		}
	}
}

func TestTagsAreReadWithCommasOfEitherScript(t *testing.T) {
	if got := tagsOf(" VIP, lenses，vip；  walk  in 、， "); !slices.Equal(got, []string{"VIP", "lenses", "walk in"}) {
		t.Errorf("%q", got)
	}
}

func TestSavingKeepsWhatSomebodyElseChangedMeanwhile(t *testing.T) {
	before := data.Contact{Name: "Maya", City: "Portland", Visits: 3, Tags: []string{"VIP"}}
	after := before
	after.Name, after.Tags = "Maya Chen", []string{"VIP", "lenses"}
	now := before
	now.City, now.Visits = "Salem", 4
	merge(&now, &before, &after)
	if now.Name != "Maya Chen" || now.City != "Salem" || now.Visits != 4 || len(now.Tags) != 2 {
		t.Errorf("%+v", now)
	}
}

func TestWhatTheTickedHaveInCommon(t *testing.T) {
	rows := []Row{
		{Standing: CanGetOffers, Reminders: true, Contact: data.Contact{Tags: []string{"VIP", "lenses"}}},
		{Standing: Reminders, Reminders: true, Contact: data.Contact{Tags: []string{"VIP"}}},
		{Standing: OptedOut},
		{Standing: NoConsent},
		{Standing: CanGetOffers},
		{Standing: CanGetOffers},
		{Standing: CanGetOffers},
	}
	p := pick(12, rows)
	if p.N != 12 || p.Counted != 7 || p.Offers != 4 || p.Reminders != 2 || p.OptedOut != 1 || len(p.First) != firstShown || fmt.Sprint(p.Tags) != "[{VIP 2} {lenses 1}]" {
		t.Errorf("%+v", p)
	}
}
