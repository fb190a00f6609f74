package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"counterbell/data"
)

func TestATagGoesOnManyAndOffThoseItWasPutOn(t *testing.T) {
	s, _ := newStore(t)
	ids := fill(t, s, 700)
	change(t, s, ids[5], func(c *data.Contact) { c.Tags = []string{"Autumn"} })
	var heard []int
	changed, err := s.TagContacts(t.Context(), ids, "autumn", true, func(n int) { heard = append(heard, n) })
	if err != nil || len(changed) != 699 || !slices.Equal(heard, []int{300, 600, 700}) {
		t.Fatalf("%d changed, heard %v, %v", len(changed), heard, err)
	}
	count := func() int {
		n, err := s.Count(t.Context(), Filter{Conditions: []data.Condition{{Field: "tag", Op: "=", Value: "autumn"}}})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(); n != 700 {
		t.Errorf("%d carry it", n)
	}
	if _, err := s.TagContacts(t.Context(), changed, "autumn", false, nil); err != nil || count() != 1 {
		t.Errorf("%d carry it after taking it back, %v", count(), err)
	}
	cut, cancel := context.WithCancel(t.Context())
	changed, err = s.TagContacts(cut, ids, "half", true, func(int) { cancel() })
	if data.CodeOf(err) != data.Cancelled || len(changed) != 300 {
		t.Errorf("cancelled in the middle: %d changed, %v", len(changed), err)
	}
	tags, err := s.Tags(t.Context())
	if err != nil || len(tags) != 3 || tags[0] != (TagCount{"frames", 699}) || tags[1] != (TagCount{"half", 300}) {
		t.Errorf("%v, %v", tags, err)
	}
}

func TestConsentForManyIsOneEntryAndNeverLiftsAnOptOut(t *testing.T) {
	s, clock := newStore(t)
	ids := fill(t, s, 400)
	record(t, s, stopped(fiction(3)))
	clock.move(1e9)
	grant := data.ConsentEntry{Event: data.Grant, Scope: data.ScopeReminders, Basis: data.Express, Statement: data.Statement{Method: "paper", Source: "sheet at the door"}}
	out, err := s.RecordConsentOf(t.Context(), ids, grant, nil)
	if err != nil || out.Recorded != 400 || out.OptedOut != 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	grant.Scope, grant.Single = data.ScopeMarketing, true // whoever calls can't make it a single one
	if out, err = s.RecordConsentOf(t.Context(), ids, grant, nil); err != nil || out.Recorded != 399 || out.OptedOut != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
	p, _ := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{fiction(3), fiction(4)})
	if !p[fiction(3)].Closed || !p[fiction(4)].Granted {
		t.Errorf("%+v", p)
	}
	clock.move(1e9)
	if out, err = s.RecordConsentOf(t.Context(), ids[:350], data.ConsentEntry{Event: data.Withdraw, Scope: data.ScopeMarketing, Statement: data.Statement{Method: "operator"}}, nil); err != nil || out.Recorded != 350 {
		t.Fatalf("%+v, %v", out, err)
	}
	for value, want := range map[string]int{"marketing": 50, "reminders": 400, "out": 350, "none": 0} {
		if n, err := s.CountGroup(t.Context(), "consent = "+value); n != want || err != nil {
			t.Errorf("consent = %s: %d, want %d, %v", value, n, want, err)
		}
	}
	if c, err := s.VerifyConsent(t.Context()); !c.OK || err != nil {
		t.Errorf("%+v, %v", c, err)
	}
	cut, cancel := context.WithCancel(t.Context())
	if _, err = s.RecordConsentOf(cut, ids, grant, func(int) { cancel() }); data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	var left int
	if err := s.read.QueryRow(`SELECT count(*) FROM consent_person WHERE batch NOT IN (SELECT batch FROM consent)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("a cancelled entry leaves %d numbers behind, %v", left, err)
	}
}

func TestTheConsentConditionAgreesWithTheLedger(t *testing.T) {
	s, clock := newStore(t)
	ids := fill(t, s, 12)
	opens := []data.Event{data.Grant, data.Confirm, data.Withdraw, data.Object, data.Expire}
	n := 0
	for i := range 12 {
		for j := range i % 5 {
			clock.move(1e9)
			n++
			e := data.ConsentEntry{Phone: fiction(i), Event: opens[(n*7+j)%len(opens)], Scope: data.Scopes[n%2], Basis: data.Express, Single: n%3 > 0, Confirmed: n%2 == 0, Statement: data.Statement{Method: "verbal", Source: map[bool]string{true: "phone"}[n%4 == 0]}}
			record(t, s, e)
		}
	}
	check := func(when string) {
		t.Helper()
		for _, scope := range []data.Scope{data.ScopeMarketing, data.ScopeReminders} {
			got, err := s.Find(t.Context(), Filter{Conditions: []data.Condition{{Field: data.FieldConsent, Op: "=", Value: string(scope)}}})
			if err != nil {
				t.Fatal(err)
			}
			var want []data.ContactID
			for i, id := range ids {
				if p, err := s.Permissions(t.Context(), scope, []data.Phone{fiction(i)}); err != nil || p[fiction(i)].Granted {
					want = append(want, id)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: the condition finds %v, the ledger says %v", when, scope, got, want)
			}
		}
	}
	check("imported and recorded")
	if _, err := s.UndoImport(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if ids, _ = s.Find(t.Context(), Filter{}); len(ids) > 0 {
		t.Fatalf("%d people stayed", len(ids))
	}
	for i := range 12 {
		c := person(i).Contact
		if err := s.AddContact(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	check("import taken back")
}

func TestGroupsGetOtherNamesAndGo(t *testing.T) {
	s, _ := newStore(t)
	for _, name := range []string{"VIP", "Eye exam due"} {
		if err := s.SaveGroup(t.Context(), name, "visits >= 2"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RenameGroup(t.Context(), "VIP", "eye exam due"); data.CodeOf(err) != "group_name_taken" {
		t.Errorf("a name that is taken: %v", err)
	}
	if err := s.RenameGroup(t.Context(), "VIP", "vip"); err != nil {
		t.Errorf("the same name in small letters: %v", err)
	}
	if err := s.RenameGroup(t.Context(), "nobody", "x"); data.CodeOf(err) != "group_unknown" {
		t.Errorf("no such group: %v", err)
	}
	if err := s.DeleteGroup(t.Context(), "Eye exam due"); err != nil {
		t.Fatal(err)
	}
	groups, err := s.Groups(t.Context())
	if err != nil || fmt.Sprint(groups) != "[{vip visits >= 2 0}]" {
		t.Errorf("%v, %v", groups, err)
	}
}
