package store

import (
	"reflect"
	"slices"
	"testing"

	"counterbell/data"
)

// fill imports people and returns their ids.
func fill(t *testing.T, s *Store, people int) []data.ContactID {
	t.Helper()
	rows := make([]data.ImportRow, people)
	for i := range rows {
		rows[i] = person(i)
	}
	id, err := s.BeginImport(t.Context(), ImportFile{Name: "people.xlsx", Answer: agreed})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ImportBatch(t.Context(), id, rows); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishImport(t.Context(), id, &data.Receipt{Rows: people, Added: people}); err != nil {
		t.Fatal(err)
	}
	ids, err := s.Find(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// change edits a person or fails the test.
func change(t *testing.T, s *Store, id data.ContactID, f func(*data.Contact)) {
	t.Helper()
	if _, err := s.EditContact(t.Context(), id, func(c *data.Contact) error { f(c); return nil }); err != nil {
		t.Fatal(err)
	}
}

func record(t *testing.T, s *Store, e data.ConsentEntry) {
	t.Helper()
	if _, err := s.RecordConsent(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

func stopped(p data.Phone) data.ConsentEntry {
	return data.ConsentEntry{Phone: p, Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Confirmed: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}}
}

func TestANewPersonIsFoundAndTheirNumberCantBeGivenTwice(t *testing.T) {
	s, _ := newStore(t)
	fill(t, s, 2)
	c := person(7).Contact
	c.Name, c.Tags = "Maya Chen", []string{"VIP"}
	grant := data.ConsentEntry{Event: data.Grant, Scope: data.ScopeMarketing, Basis: data.ExpressWritten, Single: true, Statement: data.Statement{Method: "paper", Source: "card"}}
	if err := s.AddContact(t.Context(), &c, grant); err != nil {
		t.Fatal(err)
	}
	ids, err := s.Find(t.Context(), Filter{Search: "maya"})
	if err != nil || !slices.Equal(ids, []data.ContactID{c.ID}) {
		t.Fatalf("found %v, %v", ids, err)
	}
	if p, _ := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{c.Phone}); !p[c.Phone].Granted {
		t.Error("what she agreed to isn't known")
	}
	again := person(7).Contact
	if err := s.AddContact(t.Context(), &again); data.CodeOf(err) != "contact_known" {
		t.Errorf("the same number again: %v", err)
	}
	other := person(8).Contact
	bad := grant
	bad.Basis = ""
	if err := s.AddContact(t.Context(), &other, bad); err == nil {
		t.Error("consent without a basis was taken")
	}
	if n, _ := s.People(t.Context()); n != 3 {
		t.Errorf("%d people: a failed entry must leave nothing behind", n)
	}
}

func TestAChangedNumberStartsWithoutTheOldOnesConsentAndLeavesItBehind(t *testing.T) {
	s, _ := newStore(t)
	ids := fill(t, s, 2)
	fresh := person(9).Contact
	if _, err := s.EditContact(t.Context(), ids[0], func(c *data.Contact) error { c.Phone, c.Facts = fiction(1), fresh.Facts; return nil }); data.CodeOf(err) != "contact_known" {
		t.Fatalf("somebody else's number: %v", err)
	}
	change(t, s, ids[0], func(c *data.Contact) {
		c.Phone, c.Facts, c.Name, c.Note = fresh.Phone, fresh.Facts, "Ann of the Bay", "prefers mornings"
	})
	who, err := s.ContactByPhone(t.Context(), fresh.Phone)
	if err != nil || who.ID != ids[0] || who.Note != "prefers mornings" || who.Facts.Phone != fresh.Phone {
		t.Fatalf("%+v, %v", who, err)
	}
	standing, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{fresh.Phone, fiction(0)})
	if err != nil || standing[fresh.Phone].Granted || !standing[fiction(0)].Granted {
		t.Errorf("%+v, %v", standing, err)
	}
	for search, want := range map[string]int{"of the Bay": 1, string(fiction(0))[1:]: 0, string(fresh.Phone)[1:]: 1} {
		if n, err := s.Count(t.Context(), Filter{Search: search}); n != want || err != nil {
			t.Errorf("%q finds %d, %v", search, n, err)
		}
	}
}

func TestADeletedPersonComesBackWholeAndTheLedgerNeverNoticed(t *testing.T) {
	s, _ := newStore(t)
	ids := fill(t, s, 3)
	record(t, s, stopped(fiction(2)))
	change(t, s, ids[2], func(c *data.Contact) { c.Tags = []string{"frames", "VIP"} })
	before, err := s.Contacts(t.Context(), ids[2:])
	if err != nil {
		t.Fatal(err)
	}
	gone, err := s.DeleteContacts(t.Context(), ids[2:])
	if err != nil || len(gone) != 1 {
		t.Fatalf("%v, %v", gone, err)
	}
	if n, _ := s.Count(t.Context(), Filter{Conditions: []data.Condition{{Field: "tag", Op: "=", Value: "VIP"}}}); n != 0 {
		t.Errorf("%d still carry the tag", n)
	}
	// Nobody else gets the id, and the number stays closed.
	next := person(11).Contact
	if err := s.AddContact(t.Context(), &next); err != nil || next.ID == ids[2] {
		t.Fatalf("the next person got id %d, %v", next.ID, err)
	}
	if p, _ := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{fiction(2)}); !p[fiction(2)].Closed {
		t.Error("the opt-out went with the person")
	}
	if n, err := s.RestoreContacts(t.Context(), gone); n != 1 || err != nil {
		t.Fatalf("%d came back, %v", n, err)
	}
	after, err := s.Contacts(t.Context(), ids[2:])
	if err != nil || len(after) != 1 {
		t.Fatal(after, err)
	}
	after[0].UpdatedAt = before[0].UpdatedAt
	if !reflect.DeepEqual(before, after) {
		t.Errorf("came back as %+v, was %+v", after, before)
	}
	if n, _ := s.Count(t.Context(), Filter{Conditions: []data.Condition{{Field: "tag", Op: "=", Value: "vip"}}}); n != 1 {
		t.Errorf("%d carry the tag", n)
	}
	if c, err := s.VerifyConsent(t.Context()); !c.OK || err != nil {
		t.Errorf("%+v, %v", c, err)
	}
	// Whose number was given away meanwhile stays out.
	gone, _ = s.DeleteContacts(t.Context(), ids[:1])
	taken := person(0).Contact
	if err := s.AddContact(t.Context(), &taken); err != nil {
		t.Fatal(err)
	}
	if n, err := s.RestoreContacts(t.Context(), gone); n != 0 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
}
