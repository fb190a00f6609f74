package store

import (
	"slices"
	"testing"

	"counterbell/data"
)

func TestPeopleComeInEveryOrderWithTheUnknownAtTheEnd(t *testing.T) {
	s, _ := newStore(t)
	ids := fill(t, s, 6)
	for i, c := range []struct {
		name, visit string
		spend       int64
	}{{"dora", "2026-05-01", 300}, {"Anna", "", 0}, {"", "2026-11-02", 900}, {"bea", "2026-01-09", 0}, {"Anna", "2026-05-01", 20}, {"Cleo", "", 5000}} {
		change(t, s, ids[i], func(p *data.Contact) {
			p.Name, p.LastVisit, p.Spend = c.name, data.Date(c.visit), data.Money{Minor: c.spend, Currency: "USD"}
		})
	}
	for _, c := range []struct {
		by   Order
		want string
	}{
		{Order{ByName, false}, "2 5 4 6 1 3"},
		{Order{ByName, true}, "1 6 4 5 2 3"},
		{Order{ByLastVisit, true}, "3 5 1 4 2 6"},
		{Order{ByLastVisit, false}, "4 1 5 3 2 6"},
		{Order{BySpend, true}, "6 3 1 5 2 4"},
		{Order{BySpend, false}, "5 1 3 6 2 4"},
		{Order{ByNewest, true}, "6 5 4 3 2 1"},
		{Order{ByNewest, false}, "1 2 3 4 5 6"},
	} {
		for _, f := range []Filter{{}, {Search: "ann"}, {Conditions: []data.Condition{{Field: data.FieldCity, Op: "=", Value: "portland"}}}, {Limit: 3}, {Limit: 5}} {
			var want []data.ContactID
			for _, n := range []byte(c.want) {
				if n == ' ' || f.Search != "" && n != '2' && n != '5' {
					continue
				}
				want = append(want, ids[n-'1'])
			}
			if f.Limit > 0 {
				want = want[:f.Limit]
			}
			got, err := s.FindInOrder(t.Context(), f, c.by)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%+v of %+v: %v, want %v, %v", c.by, f, got, want, err)
			}
		}
	}
}
