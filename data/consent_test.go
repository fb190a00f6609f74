package data

import (
	"math/rand/v2"
	"testing"
)

// The rules of decisions.md, Precedence. Each entry is given a minute after the one before it unless it says otherwise.
func TestWhereAPersonStands(t *testing.T) {
	grant := ConsentEntry{Event: Grant, Basis: Express, Single: true}
	own := func(e ConsentEntry) ConsentEntry { e.Single, e.Confirmed = true, true; return e }
	with := func(e ConsentEntry, change func(e *ConsentEntry)) ConsentEntry { change(&e); return e }
	shown := with(grant, func(e *ConsentEntry) { e.Statement.Evidence = "scan 12" })
	list := ConsentEntry{Event: ImportEvent, Basis: ExpressWritten}
	stop := own(ConsentEntry{Event: Withdraw})
	at := func(minute Instant, e ConsentEntry) ConsentEntry { e.GivenAt = minute; return e }
	based := func(b Basis, e ConsentEntry) ConsentEntry { e.Basis = b; return e }
	undone := with(list, func(e *ConsentEntry) { e.Undone = true })

	const nothing, granted, closed = "nothing", "granted", "closed"
	for _, c := range []struct {
		name    string
		entries []ConsentEntry
		want    string
		basis   Basis
	}{
		{"nobody said anything", nil, nothing, ""},
		{"a list says they agreed", []ConsentEntry{list}, granted, ExpressWritten},
		{"a list without a basis (I'm not sure)", []ConsentEntry{based(NoBasis, list)}, nothing, ""},
		{"somebody says they agreed", []ConsentEntry{grant}, granted, Express},
		{"a confirmation", []ConsentEntry{grant, own(based(Express, ConsentEntry{Event: Confirm}))}, granted, Express},
		{"a withdrawal ends it", []ConsentEntry{list, stop}, closed, ""},
		{"so does an objection", []ConsentEntry{list, own(ConsentEntry{Event: Object})}, closed, ""},
		{"a restriction", []ConsentEntry{list, {Event: Restrict, Single: true}}, closed, ""},
		{"an opt-out of somebody who never agreed", []ConsentEntry{stop}, closed, ""},
		{"no import opens again", []ConsentEntry{list, stop, list}, closed, ""},
		{"however often", []ConsentEntry{stop, list, list, list}, closed, ""},
		{"nor one that claims a confirmation", []ConsentEntry{stop, own(list)}, closed, ""},
		{"no bulk grant opens again", []ConsentEntry{stop, with(shown, func(e *ConsentEntry) { e.Single = false })}, closed, ""},
		{"no bulk confirmation either", []ConsentEntry{stop, with(own(grant), func(e *ConsentEntry) { e.Single = false })}, closed, ""},
		{"a single grant without evidence doesn't", []ConsentEntry{stop, grant}, closed, ""},
		{"a single grant with evidence does", []ConsentEntry{stop, shown}, granted, Express},
		{"the person's own does", []ConsentEntry{stop, own(grant)}, granted, Express},
		{"a confirmation of theirs does", []ConsentEntry{stop, own(based(Express, ConsentEntry{Event: Confirm}))}, granted, Express},
		{"but not without a basis", []ConsentEntry{stop, own(based(NoBasis, grant))}, closed, ""},
		{"not one given before the opt-out and recorded after it", []ConsentEntry{at(5, stop), at(4, own(grant))}, closed, ""},
		{"a tie goes to the opt-out", []ConsentEntry{at(5, stop), at(5, own(grant))}, closed, ""},
		{"in either order", []ConsentEntry{at(5, own(grant)), at(5, stop)}, closed, ""},
		{"an opt-out recorded late counts from when it was said", []ConsentEntry{at(9, own(grant)), at(5, stop)}, granted, Express},
		{"the latest event wins: out, in, out", []ConsentEntry{stop, own(grant), stop}, closed, ""},
		{"out, in, out, in", []ConsentEntry{stop, own(grant), stop, own(grant)}, granted, Express},
		{"after an opt-in lists count again", []ConsentEntry{stop, own(grant), list}, granted, ExpressWritten},
		{"an import taken back doesn't count", []ConsentEntry{undone}, nothing, ""},
		{"what came before it does", []ConsentEntry{grant, undone}, granted, Express},
		{"and the opt-out after it", []ConsentEntry{undone, stop}, closed, ""},
		{"the entry of an undo itself says nothing", []ConsentEntry{list, {Event: EventUndo}}, granted, ExpressWritten},
		{"a weaker basis takes nothing away", []ConsentEntry{based(ExpressWritten, grant), based(Soft, list)}, granted, ExpressWritten},
		{"a stronger one counts", []ConsentEntry{based(Soft, list), based(ExpressWritten, grant)}, granted, ExpressWritten},
		{"after an opt-out the old strength is gone", []ConsentEntry{based(ExpressWritten, grant), stop, own(based(Express, grant))}, granted, Express},
		{"another scope is another matter", []ConsentEntry{list, with(stop, func(e *ConsentEntry) { e.Scope = ScopeReminders })}, granted, ExpressWritten},
		{"also the other way round", []ConsentEntry{with(list, func(e *ConsentEntry) { e.Scope = ScopeReminders })}, nothing, ""},
		{"a number that passed to somebody else", []ConsentEntry{list, {Event: Reassign, Single: true}}, closed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.entries {
				e := &c.entries[i]
				if e.Seq = int64(i + 1); e.GivenAt == 0 {
					e.GivenAt = Instant(i + 1)
				}
				if e.Scope == "" {
					e.Scope = ScopeMarketing
				}
			}
			// In any order in which they are read.
			for seed := range uint64(10) {
				read := append([]ConsentEntry{}, c.entries...)
				rand.New(rand.NewPCG(seed, 0)).Shuffle(len(read), func(i, j int) { read[i], read[j] = read[j], read[i] })
				p := Stand(ScopeMarketing, read)
				got := nothing
				switch {
				case p.Granted && p.Closed:
					got = "both"
				case p.Granted:
					got = granted
				case p.Closed:
					got = closed
				}
				if got != c.want || p.Basis != c.basis || p.Scope != ScopeMarketing || p.Granted && p.Since == 0 {
					t.Fatalf("%+v, want %s %s", p, c.want, c.basis)
				}
			}
		})
	}
}

// Whatever stood before: after an opt-out, no number of imports, bulk actions and earlier grants opens again.
func TestNothingInBulkEverEndsAnOptOut(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 5_000 {
		out := Instant(r.IntN(20) + 1)
		entries := []ConsentEntry{{Seq: 1, Event: []Event{Withdraw, Object}[r.IntN(2)], Scope: ScopeMarketing, GivenAt: out}}
		for seq := range int64(r.IntN(12)) {
			e := ConsentEntry{
				Seq: seq + 2, Scope: ScopeMarketing, Basis: Bases[r.IntN(len(Bases))], GivenAt: Instant(r.IntN(40) + 1), Event: []Event{Grant, Confirm, Renew, ImportEvent}[r.IntN(4)],
				Single: r.IntN(2) == 0, Confirmed: r.IntN(2) == 0, Statement: Statement{Evidence: []string{"", "card"}[r.IntN(2)]},
			}
			if e.GivenAt > out && e.Single && e.Event != ImportEvent && (e.Confirmed || e.Statement.Evidence != "") {
				e.GivenAt = out // the only kind that could: said no later than the opt-out
			}
			entries = append(entries, e)
		}
		r.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		if p := Stand(ScopeMarketing, entries); !p.Closed || p.Granted {
			t.Fatalf("%+v of %+v", p, entries)
		}
	}
}

func TestEveryKindOfMessageNeedsItsScope(t *testing.T) {
	for kind, want := range map[Kind]Scope{Marketing: ScopeMarketing, Reminder: ScopeReminders, Notice: ScopeReminders, OTP: ScopeOTP} {
		if kind.Scope() != want || !kind.Valid() {
			t.Errorf("%s needs %s", kind, kind.Scope())
		}
	}
	if Kind("").Valid() || Kind("spam").Valid() {
		t.Error("a kind that is none is valid")
	}
	for _, e := range []Event{Grant, Confirm, Renew, Withdraw, Object, Restrict, Expire, ImportEvent, Reassign, EventUndo} {
		if e.Opens() && e.Closes() {
			t.Errorf("%s opens and closes", e)
		}
	}
}
