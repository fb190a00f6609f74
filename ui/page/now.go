package page

import (
	"context"
	"fmt"
	"runtime/debug"

	"counterbell/data"
)

// Now runs tasks at once, on the caller's goroutine: for tests, and for
// pictures of pages.
type Now struct {
	Context context.Context // nil: one that never ends
}

// Run does the whole task and returns.
func (n Now) Run(t Task) (cancel func()) {
	ctx := n.Context
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, cancel = context.WithCancel(ctx)
	defer cancel()
	err := t.Do(ctx, func(s Step) {
		if t.Progress != nil {
			t.Progress(s)
		}
	})
	if t.Done != nil {
		t.Done(err)
	}
	return func() {}
}

// Do does the work, turning a panic into an error and the end of ctx into one
// with the code data.Cancelled. For runners.
func (t *Task) Do(ctx context.Context, report Report) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Panic{Value: fmt.Sprint(p), Stack: string(debug.Stack())}
		}
	}()
	err = t.Work(ctx, report)
	if err != nil && ctx.Err() != nil {
		return &data.Error{Code: data.Cancelled, Op: "run a task", Err: err}
	}
	return err
}

// Panic is a mistake of ours that was caught. Its stack goes into the log and
// into what the user can copy; the screen shows the calm sentence for internal
// errors.
type Panic struct {
	Value string
	Stack string
}

func (p *Panic) Error() string { return "panic: " + p.Value }
