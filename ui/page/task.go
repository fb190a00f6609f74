package page

import "context"

// Tasks does work beside the window. It alone calls fyne.Do; tests pass Now,
// which does everything at once on the caller's goroutine.
type Tasks interface {
	// Run begins a task and returns at once. cancel ends its context.
	Run(t Task) (cancel func())
}

// Task is work that must not hold the window up: reading the store, an import.
type Task struct {
	// Name is what the task drawer shows ("Importing customers.xlsx"). A task
	// without a name is short work, such as loading a page, and isn't shown.
	Name string
	// Work runs on a goroutine of its own. It touches no widget. What it finds
	// out it leaves in variables that Done reads. A panic in it is caught and
	// becomes an error.
	Work func(ctx context.Context, report Report) error
	// Progress, if there is one, gets reports on Fyne's goroutine, at most ten
	// a second. The last one is never lost.
	Progress func(Step)
	// Done is called once, on Fyne's goroutine, after the last Progress. The
	// error is Work's; of a cancelled task its code is data.Cancelled.
	Done func(err error)
}

// Report says how far the work is. It may be called as often as one likes.
type Report func(Step)

// Step is how far a task is: Share from 0 to 1, below 0 when nobody knows, and
// a few words ("4,200 of 10,000 rows").
type Step struct {
	Share float64
	Note  string
}

// Load is a short task without a name.
func Load(tasks Tasks, work func(ctx context.Context) error, done func(err error)) (cancel func()) {
	return tasks.Run(Task{Work: func(ctx context.Context, _ Report) error { return work(ctx) }, Done: done})
}

// Latest runs one load at a time and forgets those asked for meanwhile but the
// last, as when the store changes faster than a page can be drawn. The zero
// value is ready. Use it on Fyne's goroutine.
type Latest struct {
	running bool
	next    func(finished func())
}

// Run begins a load now, or when the one that runs has ended.
func (l *Latest) Run(tasks Tasks, work func(ctx context.Context) error, done func(err error)) {
	start := func(finished func()) {
		Load(tasks, work, func(err error) {
			done(err)
			finished()
		})
	}
	if l.running {
		l.next = start
		return
	}
	l.begin(start)
}

func (l *Latest) begin(start func(finished func())) {
	l.running = true
	start(func() {
		l.running = false
		if next := l.next; next != nil {
			l.next = nil
			l.begin(next)
		}
	})
}
