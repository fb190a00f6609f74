package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data"
)

func TestALeaseIsHeldUntilItsProcessEnds(t *testing.T) {
	dir := t.TempDir()
	first, _ := open_(t, dir)
	second, _ := open_(t, dir)
	ctx := t.Context()
	take := func(s *Store, holder string) string {
		t.Helper()
		other, err := s.Take(ctx, EngineLease, holder, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return other
	}
	mine := first.Process() + ".engine"
	if other := take(first, mine); other != "" {
		t.Fatalf("a free lease is held by %q", other)
	}
	if other := take(second, second.Process()); other != mine {
		t.Errorf("a second process sees the holder %q", other)
	}
	if other := take(first, first.Process()+".another"); other != mine {
		t.Errorf("another engine of the same process sees the holder %q", other)
	}
	first.Close() // gone without giving the lease back
	if h, err := second.Holder(ctx, EngineLease); err != nil || h != "" {
		t.Errorf("the lease of a dead process is held by %q (%v)", h, err)
	}
	if other := take(second, second.Process()); other != "" {
		t.Errorf("the lease of a dead process is still held by %q", other)
	}
	second.Close()
	if left, err := os.ReadDir(filepath.Join(dir, "locks")); err != nil || len(left) != 1 || left[0].Name() != "turn" {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestAnImportThatWasKilledDoesNotStandInTheNextOnesWay(t *testing.T) {
	dir := t.TempDir()
	killed, _ := open_(t, dir)
	if _, err := killed.BeginImport(t.Context(), ImportFile{Name: "a.xlsx", Answer: agreed}); err != nil {
		t.Fatal(err)
	}
	s, _ := open_(t, dir)
	if _, err := s.BeginImport(t.Context(), ImportFile{Name: "b.xlsx"}); data.CodeOf(err) != "import_busy" {
		t.Errorf("beside a running import: %v", err)
	}
	killed.Close()
	imported(t, s, agreed, people(3)...)
}
