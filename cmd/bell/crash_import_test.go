package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// everywhere is enough area codes of North America for a long list.
var everywhere = func() []int {
	all := slices.Clone(areas)
	for _, a := range []int{
		201, 202, 203, 205, 207, 208, 209, 212, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248, 251, 252, 254, 256, 260, 262, 267, 269, 270, 276, 281,
		301, 302, 303, 304, 305, 307, 308, 309, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 330, 331, 334, 336, 337, 339, 347, 351, 352, 361, 386, 401, 402, 404, 405, 406,
		407, 409, 410, 412, 413, 414, 417, 419, 423, 430, 432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502, 504, 505, 507, 508, 512, 513, 515, 516, 517, 518, 520, 540,
		551, 561, 563, 567, 570, 571, 573, 574, 575, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614, 615, 616, 617, 618, 620, 623, 630, 631, 636, 641, 646,
	} {
		if !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}()

// TestKilledWhileAnImportRuns kills bell while it takes a long list in: early or late. Afterwards the book holds all of the list or nothing of it, and the next import works.
func TestKilledWhileAnImportRuns(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	chance := rand.New(rand.NewPCG(seed, 2))

	const people, known = 16_000, 300
	dir := shop(t, nil)
	path, _ := list(t, people, everywhere)
	first, _ := list(t, known, areas[5:]) // some of them are in the book already
	consent := []string{"--consent", "marketing", "--basis", "express_written"}
	bell(t, dir, append([]string{"import", first}, consent...)...)
	long := append([]string{"import", path, "--json"}, consent...)

	nothing := 0
	check := func(p *process) {
		t.Helper()
		s, err := store.Open(t.Context(), store.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		soundly(t, s)
		found, err := s.Count(t.Context(), store.Filter{Search: "ann15999"})
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.People(t.Context())
		switch {
		case err != nil:
			t.Fatal(err)
		case n == known && found == 0:
			nothing++
		case n == people && found == 1: // the kill came too late: take it back, for the next one
			imports, err := s.Imports(t.Context(), 1)
			if err != nil || len(imports) != 1 {
				t.Fatalf("imports %v (%v)", imports, err)
			}
			if _, err := s.UndoImport(t.Context(), imports[0].ID); err != nil {
				t.Fatal(err)
			}
		default:
			t.Fatalf("of a list of %d, %d people are visible (%d before)", people, n-known, known)
		}
	}
	take := func(env []string, d time.Duration) {
		t.Helper()
		p := start(t, dir, env, long...)
		p.killAfter(t, d)
		check(p)
	}
	// At some commit of its some fifteen, and whenever.
	for range 4 {
		take([]string{fmt.Sprintf("%s=:%d+%dus", diesAt, 1+chance.IntN(12), chance.IntN(3000))}, bellTakes)
	}
	for range 4 {
		take(nil, time.Duration(50+chance.IntN(250))*time.Millisecond)
	}
	if nothing < 4 {
		t.Errorf("only %d of 8 imports were killed in time", nothing)
	}

	var r data.Receipt
	if err := json.Unmarshal([]byte(bell(t, dir, long...)), &r); err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil || r.Rows != people || r.Added != people-known || r.Unchanged+r.Updated != known {
		t.Errorf("the next import: %+v (%v)", r, err)
	}
	s := look(t, dir)
	soundly(t, s)
	if n, err := s.People(t.Context()); err != nil || n != people {
		t.Errorf("%d people afterwards (%v)", n, err)
	}
	if n := left(t, filepath.Join(dir, store.FileName)); n != 0 {
		t.Errorf("%d rows of killed imports are left behind", n)
	}
	t.Logf("killed with nothing visible: %d", nothing)
}

// TestKilledAroundTheMomentAnImportIsSeen kills bell before each commit of a short import that adds people and changes
// others: until it becomes visible, and while its changes are applied. What took place can then be taken back whole.
func TestKilledAroundTheMomentAnImportIsSeen(t *testing.T) {
	const known, fresh = 700, 500
	dir := shop(t, nil)
	first, _ := list(t, known, areas)
	bell(t, dir, "import", first, "--consent", "marketing")
	second, _ := list(t, known+fresh, areas)
	body, err := os.ReadFile(second)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(second, bytes.ReplaceAll(body, []byte("Portland"), []byte("Salem")), 0o600); err != nil {
		t.Fatal(err)
	}
	before, after := 0, 0
	for commit := 1; ; commit++ {
		p := start(t, dir, []string{fmt.Sprintf("%s=:%d+0s", diesAt, commit)}, "import", second, "--consent", "marketing")
		whole := !p.killAfter(t, bellTakes) // there was no such commit
		s := look(t, dir)
		soundly(t, s)
		n, err := s.People(t.Context())
		if err != nil || n != known && n != known+fresh {
			t.Fatalf("killed before commit %d, %d people are visible of %d and %d more (%v)", commit, n, known, fresh, err)
		}
		if n == known {
			before++
		} else {
			after++
			imports, err := s.Imports(t.Context(), 1)
			if err != nil || len(imports) != 1 {
				t.Fatalf("imports %v (%v)", imports, err)
			}
			bell(t, dir, "undo", fmt.Sprint(imports[0].ID))
		}
		salem, err := s.CountGroup(t.Context(), "city = Salem")
		if now, err2 := s.People(t.Context()); err != nil || err2 != nil || now != known || salem != 0 {
			t.Fatalf("killed before commit %d and taken back: %d people, %d of them changed (%v, %v)", commit, now, salem, err, err2)
		}
		s.Close()
		if whole {
			break
		}
	}
	if before < 5 || after < 3 {
		t.Errorf("killed %d times before and %d times after: not around", before, after)
	}
	bell(t, dir, "run", "--once")
	if n := left(t, filepath.Join(dir, store.FileName)); n != 0 {
		t.Errorf("%d rows of killed imports are left behind", n)
	}
}

// left counts what is in the file of people that nobody can see.
func left(t *testing.T, path string) (n int) {
	t.Helper()
	pairs(t, path, `SELECT 'contact', id FROM contact WHERE id NOT IN (SELECT id FROM person) UNION ALL SELECT 'pending', import_id FROM import_pending
		UNION ALL SELECT 'agreed', batch || ' ' || n FROM consent_person WHERE batch NOT IN (SELECT batch FROM consent) UNION ALL SELECT 'words', rowid FROM contact_search WHERE rowid NOT IN (SELECT id FROM contact)`,
		func(_, _ string) { n++ })
	return n
}
