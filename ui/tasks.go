package ui

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"counterbell/data"
	"counterbell/ui/page"
)

// progressEvery is how often a task's progress reaches the window at most.
const progressEvery = 100 * time.Millisecond

// Tasks runs work beside the window: each task on a goroutine of its own, its
// progress at most ten times a second, its end on Fyne's goroutine. A panic in
// a task is caught, logged, and ends that task alone.
type Tasks struct {
	loop  Loop
	log   *slog.Logger
	clock func() time.Time
	after func(time.Duration, func()) func()

	mu      sync.Mutex
	closed  bool
	running []*running
	works   sync.WaitGroup

	// changed is called on Fyne's goroutine when a named task begins, gets
	// further or ends.
	changed func()
}

var _ page.Tasks = (*Tasks)(nil)

// running is one task that goes on. Its fields are guarded by Tasks.mu.
type running struct {
	task    page.Task
	cancel  context.CancelFunc
	step    page.Step
	last    time.Time // when the step was last handed to the loop
	waiting bool      // a timer or the loop will show the step
	over    bool
}

// NewTasks makes a runner. log may be nil.
func NewTasks(loop Loop, log *slog.Logger) *Tasks {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Tasks{loop: loop, log: log, clock: time.Now, after: afterReal}
}

// Run begins a task.
func (t *Tasks) Run(task page.Task) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{task: task, cancel: cancel, step: page.Step{Share: -1}}
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		cancel()
		return cancel
	}
	t.works.Add(1)
	t.running = append(t.running, r)
	t.mu.Unlock()
	t.tell(r)
	go func() {
		defer t.works.Done()
		defer cancel()
		err := task.Do(ctx, func(s page.Step) { t.report(r, s) })
		var panicked *page.Panic
		if errors.As(err, &panicked) {
			t.log.Error("a task panicked", "task", task.Name, "panic", panicked.Value, "stack", panicked.Stack)
		}
		t.end(r, err)
	}()
	return cancel
}

// report keeps the latest step and lets it through ten times a second.
func (t *Tasks) report(r *running, s page.Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.step = s
	if r.waiting || r.over {
		return
	}
	r.waiting = true
	if wait := progressEvery - t.clock().Sub(r.last); wait > 0 {
		t.after(wait, func() { t.loop(func() { t.show(r) }) })
		return
	}
	// Never call the loop while holding the lock: it may run at once.
	t.after(0, func() { t.loop(func() { t.show(r) }) })
}

// show hands the latest step to whoever waits for it. On Fyne's goroutine.
func (t *Tasks) show(r *running) {
	t.mu.Lock()
	if r.over || !r.waiting {
		t.mu.Unlock()
		return
	}
	r.waiting, r.last = false, t.clock()
	step := r.step
	t.mu.Unlock()
	if r.task.Progress != nil {
		r.task.Progress(step)
	}
	t.tellNow(r)
}

// end shows the last step, if it wasn't yet, and then the end.
func (t *Tasks) end(r *running, err error) {
	t.loop(func() {
		t.show(r)
		t.mu.Lock()
		r.over = true
		t.running = slices.DeleteFunc(t.running, func(other *running) bool { return other == r })
		closed := t.closed
		t.mu.Unlock()
		t.tellNow(r)
		if r.task.Done != nil && !closed {
			r.task.Done(err)
		}
	})
}

func (t *Tasks) tell(r *running) {
	if r.task.Name != "" && t.changed != nil {
		t.loop(func() { t.tellNow(r) })
	}
}

func (t *Tasks) tellNow(r *running) {
	if r.task.Name != "" && t.changed != nil {
		t.changed()
	}
}

// Shown is a named task as the drawer shows it.
type Shown struct {
	Name   string
	Step   page.Step
	Cancel func()
}

// Named lists the named tasks that go on, the oldest first.
func (t *Tasks) Named() []Shown {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []Shown
	for _, r := range t.running {
		if r.task.Name != "" {
			all = append(all, Shown{r.task.Name, r.step, r.cancel})
		}
	}
	return all
}

// Close cancels everything and waits until the work has ended, or ctx has.
func (t *Tasks) Close(ctx context.Context) error {
	t.mu.Lock()
	t.closed = true
	for _, r := range t.running {
		r.cancel()
	}
	t.mu.Unlock()
	ended := make(chan struct{})
	go func() { t.works.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return &data.Error{Code: data.Cancelled, Op: "end the tasks", Err: ctx.Err()}
	}
}
