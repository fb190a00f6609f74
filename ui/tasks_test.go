package ui

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/page"
)

// queue is a loop whose functions wait until the test runs them.
type queue struct{ fns chan func() }

func newQueue() *queue { return &queue{fns: make(chan func(), 10000)} }

func (q *queue) loop(do func()) { q.fns <- do }

// until runs what comes in until done says so.
func (q *queue) until(t *testing.T, done func() bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for !done() {
		select {
		case do := <-q.fns:
			do()
		case <-limit:
			t.Fatal("nothing came in for 20 seconds")
		}
	}
}

// stopped is a clock that a test moves, and the timers on it.
type stopped struct {
	mu     sync.Mutex
	at     time.Time
	timers []func()
}

func (s *stopped) now() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.at }

func (s *stopped) after(d time.Duration, do func()) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d <= 0 {
		go do()
		return func() {}
	}
	s.timers = append(s.timers, do)
	return func() {}
}

// pass lets a span go by and calls the timers.
func (s *stopped) pass(d time.Duration) {
	s.mu.Lock()
	s.at = s.at.Add(d)
	due := s.timers
	s.timers = nil
	s.mu.Unlock()
	for _, do := range due {
		do()
	}
}

func newTasks(q *queue) (*Tasks, *stopped, *bytes.Buffer) {
	var log bytes.Buffer
	clock := &stopped{at: time.Unix(1000, 0)}
	t := NewTasks(q.loop, slog.New(slog.NewTextHandler(&log, nil)))
	t.clock, t.after = clock.now, clock.after
	return t, clock, &log
}

func TestProgressReachesTheWindowTenTimesASecondAtMost(t *testing.T) {
	q := newQueue()
	tasks, clock, _ := newTasks(q)
	var seen []float64
	steps, more := make(chan int), make(chan bool)
	done := false
	tasks.Run(page.Task{
		Name: "Import",
		Work: func(_ context.Context, report page.Report) error {
			for n := range steps {
				for i := range 1000 {
					report(page.Step{Share: float64(n*1000+i) / 10000})
				}
				more <- true
			}
			return nil
		},
		Progress: func(s page.Step) { seen = append(seen, s.Share) },
		Done:     func(err error) { done = err == nil },
	})
	steps <- 0
	<-more
	q.until(t, func() bool { return len(seen) == 1 })
	steps <- 1
	<-more
	steps <- 2
	<-more
	clock.pass(progressEvery)
	q.until(t, func() bool { return len(seen) == 2 })
	if seen[1] != 0.2999 {
		t.Errorf("the second one shows %v, want the latest, 0.2999", seen[1])
	}
	steps <- 3
	<-more
	close(steps)
	q.until(t, func() bool { return done })
	if len(seen) != 3 || seen[2] != 0.3999 {
		t.Errorf("4,000 reports came through as %v; the last is 0.3999", seen)
	}
	if len(tasks.Named()) != 0 {
		t.Error("the task is still listed")
	}
}

func TestATaskCanBeCancelledAndSaysSo(t *testing.T) {
	q := newQueue()
	tasks, _, _ := newTasks(q)
	var got error
	done := false
	began := make(chan bool)
	cancel := tasks.Run(page.Task{Name: "Import", Work: func(ctx context.Context, _ page.Report) error {
		close(began)
		<-ctx.Done()
		return ctx.Err()
	}, Done: func(err error) { got, done = err, true }})
	<-began
	if named := tasks.Named(); len(named) != 1 || named[0].Name != "Import" {
		t.Errorf("listed: %v", named)
	}
	cancel()
	q.until(t, func() bool { return done })
	if data.CodeOf(got) != data.Cancelled {
		t.Errorf("the error is %v", got)
	}
}

func TestAPanicInATaskEndsThatTaskAlone(t *testing.T) {
	q := newQueue()
	tasks, _, log := newTasks(q)
	var got error
	ended := 0
	tasks.Run(page.Task{Name: "Bad", Work: func(context.Context, page.Report) error { panic("nobody home") }, Done: func(err error) { got = err; ended++ }})
	tasks.Run(page.Task{Work: func(context.Context, page.Report) error { return nil }, Done: func(error) { ended++ }})
	q.until(t, func() bool { return ended == 2 })
	var caught *page.Panic
	if !errors.As(got, &caught) || !strings.Contains(caught.Stack, "tasks_test.go") || data.CodeOf(got) != data.Internal {
		t.Errorf("the error is %v", got)
	}
	if !strings.Contains(log.String(), "nobody home") {
		t.Error("the log doesn't know")
	}
}

func TestClosingCancelsEverythingAndWaits(t *testing.T) {
	q := newQueue()
	tasks, _, _ := newTasks(q)
	ended := make(chan bool, 1)
	began := make(chan bool)
	tasks.Run(page.Task{Work: func(ctx context.Context, _ page.Report) error {
		close(began)
		<-ctx.Done()
		ended <- true
		return ctx.Err()
	}, Done: func(error) { t.Error("a page is told after the window is gone") }})
	<-began
	if err := tasks.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	default:
		t.Error("Close doesn't wait for the work")
	}
	tasks.Run(page.Task{Work: func(context.Context, page.Report) error { t.Error("a task begins after Close"); return nil }})
	close(q.fns)
	for do := range q.fns {
		do()
	}
}

func TestManyCommitsAreToldOnceInAWhile(t *testing.T) {
	clock := &stopped{}
	told := 0
	c := &changes{tell: func() { told++ }, after: clock.after}
	for range 1000 {
		c.note()
	}
	if told != 0 {
		t.Error("told at once")
	}
	clock.pass(changeEvery)
	c.note()
	c.note()
	clock.pass(changeEvery)
	if told != 2 {
		t.Errorf("told %d times, want 2", told)
	}
}

func TestBackLeadsThroughThePagesThatWereOpen(t *testing.T) {
	var r Router
	if r.Back() {
		t.Error("there is a page before the first")
	}
	r.Go(page.Today)
	if r.Go(page.Today) {
		t.Error("the page that shows is opened again")
	}
	r.Go(page.Import)
	r.Go(page.Redeem)
	var back []page.Name
	for r.Back() {
		back = append(back, r.Now())
	}
	if !slices.Equal(back, []page.Name{page.Import, page.Today}) {
		t.Errorf("back leads to %v", back)
	}
	for range 200 {
		r.Go(page.Import)
		r.Go(page.Today)
	}
	if len(r.history) > mostHistory {
		t.Errorf("%d pages are remembered", len(r.history))
	}
}
