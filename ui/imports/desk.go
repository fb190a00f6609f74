package imports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// desk is what outlives a switch of language: the model, what is under way,
// and who shows it.
type desk struct {
	Model
	env     *page.Env
	show    func()
	now     func() time.Time // how long an import took; not the shop's clock
	visible bool
	slow    bool // a look or a count takes longer than a blink: say so

	stopLook, stopCount, stopRun func()
	past                         page.Latest
}

// changedMeanwhile is a file that was saved again after it was checked.
const changedMeanwhile data.Code = "file_changed"

// drop takes files that were let go over the window. One is read at a time.
func (d *desk) drop(files []fyne.URI) {
	var paths []string
	for _, f := range files {
		if f != nil && f.Path() != "" {
			paths = append(paths, filepath.FromSlash(f.Path()))
		}
	}
	if len(paths) == 0 {
		return
	}
	d.open(paths[0], "")
	if len(paths) > 1 && d.Step != Running {
		d.env.Toast(widget.Toast{Tone: widget.Info, Text: d.env.T("imports.one_at_a_time", "file", filepath.Base(paths[0])), Close: d.env.T("common.close")})
	}
}

// open looks at a file.
func (d *desk) open(path, folder string) {
	if d.Step == Running {
		d.env.Toast(widget.Toast{Tone: widget.Info, Text: d.env.T("imports.still_running"), Close: d.env.T("common.close")})
		return
	}
	d.look(d.Try(path, folder))
}

// choose looks at the same file again with another decision.
func (d *desk) choose(change func(*Choices)) {
	if a := d.Choose(change); a != nil {
		d.look(a)
	}
}

// read takes a decision that changes nothing about the rows.
func (d *desk) read(change func(*Choices)) {
	if d.Open != nil {
		change(&d.Open.Choices)
		d.show()
	}
}

// look reads the beginning of a file in a task. What showed before stays until
// it is done.
func (d *desk) look(a *Attempt) {
	call(d.stopLook)
	var columns []intake.Column
	if d.Open != nil && d.Open.Path == a.Path {
		columns = d.Open.List.Columns
	}
	var found *Opened
	at, before := *a, d.Open
	d.waitFor(func() bool { return d.Trying == a })
	d.stopLook = page.Load(d.env.Tasks, func(ctx context.Context) (err error) {
		found, err = lookAt(ctx, d.env.Store, at, columns)
		return err
	}, func(err error) {
		from := d.Step
		if err == nil && d.Trying == a && d.isSchedule(a, found) {
			_ = found.List.Close()
			d.Trying = nil
			d.show()
			d.toSchedule(a)
			return
		}
		if !d.Looked(a, found, err) {
			if found != nil {
				_ = found.List.Close()
			}
			return
		}
		switch {
		case err != nil && (from == Receipt || from == Past):
			d.Problem = nil
			d.env.Fail(err, nil)
		case err != nil && data.CodeOf(err) == data.Cancelled:
			d.Problem = nil
		case err == nil:
			if before != nil && before.Folder != a.Folder {
				before.Clean()
			}
			d.count(found)
		}
		if err != nil && (before == nil || before.Folder != a.Folder) {
			a.Clean()
		}
		d.show()
	})
}

// blink is how long nothing says that one has to wait, so that short waits
// don't flicker.
const blink = 300 * time.Millisecond

// waitFor says so when something still goes on after a blink.
func (d *desk) waitFor(goesOn func() bool) {
	d.slow = false
	d.show()
	d.env.After(blink, func() {
		if goesOn() {
			d.slow = true
			d.show()
		}
	})
}

// count reads the whole list in a task, to say what would become of each row.
func (d *desk) count(o *Opened) {
	call(d.stopCount)
	if o.NoPhone != nil {
		_ = o.List.Close()
		return
	}
	var receipt *data.Receipt
	var rows atomic.Int64
	env := d.env
	d.waitFor(func() bool { return d.Open == o && d.Counted == nil })
	d.stopCount = env.Tasks.Run(page.Task{
		Work: func(ctx context.Context, report page.Report) (err error) {
			defer o.List.Close()
			receipt, err = o.List.Survey(ctx, env.Store.Fates, func(n int) {
				rows.Store(int64(n))
				report(page.Step{Share: -1})
			})
			return err
		},
		Progress: func(page.Step) {
			if d.Open == o {
				d.SoFar = int(rows.Load())
				d.show()
			}
		},
		Done: func(err error) {
			if d.Open != o {
				return
			}
			if err != nil && data.CodeOf(err) != data.Cancelled {
				d.Problem = err
			}
			d.Counted = receipt
			d.show()
		},
	})
}

// run takes the list in. Leaving the page doesn't stop it.
func (d *desk) run() {
	if d.Step != Check || d.Missing() != "" {
		return
	}
	call(d.stopCount)
	o, answer, total, env := d.Open, d.Answer, d.Counted.Rows, d.env
	d.Start()
	d.show()
	var out *Outcome
	var rows atomic.Int64
	begun := d.now()
	d.stopRun = env.Tasks.Run(page.Task{
		Name: env.T("imports.task", "file", o.List.File),
		Work: func(ctx context.Context, report page.Report) error {
			report(page.Step{Share: 0})
			if o.changed() {
				return data.Errorf(changedMeanwhile, "import a list", "saved again since it was checked").With("file", o.List.File)
			}
			fresh, err := lookAt(ctx, env.Store, o.Attempt, o.List.Columns)
			if err != nil {
				return err
			}
			defer fresh.List.Close()
			b, err := env.Store.Business(ctx)
			if err != nil {
				return err
			}
			receipt, err := fresh.List.Run(ctx, env.Store, func(ctx context.Context) (data.ImportID, error) {
				return env.Store.BeginImport(ctx, store.ImportFile{
					Name: fresh.List.File, Mapping: fresh.List.Mapping(),
					Answer: answer.ForStore(b.Location(), fresh.List.File, b.Person), OnDuplicate: store.UpdateKnown,
				})
			}, func(n int) {
				rows.Store(int64(n))
				report(page.Step{Share: share(n, total), Note: env.T("imports.rows_of", "done", n, "rows", total)})
			})
			if err != nil {
				return err
			}
			out = &Outcome{Receipt: *receipt, At: env.Store.Now(), Took: d.now().Sub(begun), Answer: &answer, List: fresh.List, From: &o.Attempt, State: "done"}
			return nil
		},
		Progress: func(page.Step) { d.SoFar = int(rows.Load()); d.show() },
		Done:     func(err error) { d.ran(o, out, err) },
	})
}

// ran is the end of an import, wherever the person is by then.
func (d *desk) ran(o *Opened, out *Outcome, err error) {
	switch {
	case err == nil:
		d.Finished(out)
		r := out.Receipt
		if !slices.ContainsFunc(r.Rejects, func(x data.Reject) bool { return x.Cells == nil }) {
			o.Clean() // nothing will be read again
		}
		if !d.visible {
			d.env.Toast(widget.Toast{
				Tone: widget.OK, Text: d.env.N("imports.toast_done", r.Added+r.Updated, "file", r.File),
				Action: d.env.T("imports.see_receipt"), Do: func() { d.env.Go(page.Import) }, Close: d.env.T("common.close"),
			})
		}
		d.loadPast()
	case data.CodeOf(err) == changedMeanwhile:
		d.Stopped(err)
		problem := d.Problem
		a := o.Attempt
		d.Trying = &a
		d.look(d.Trying)
		if d.Problem == nil {
			d.Problem = problem
		}
	default:
		d.Stopped(err)
		if !d.visible {
			d.env.Fail(err, nil)
		}
	}
	d.show()
}

// back leaves the step; a list that is left is let go of.
func (d *desk) back() bool {
	open, trying := d.Open, d.Trying
	if !d.Back() {
		return false
	}
	if trying != nil && d.Trying == nil {
		call(d.stopLook)
		if open == nil || trying.Folder != open.Folder {
			trying.Clean()
		}
	}
	if open != nil && d.Open == nil {
		call(d.stopCount)
		open.Clean()
	}
	d.show()
	return true
}

// sample opens the list of people who don't exist.
func (d *desk) sample() {
	if d.Step == Running {
		d.open("", "")
		return
	}
	var folder, path string
	page.Load(d.env.Tasks, func(context.Context) (err error) {
		if folder, err = os.MkdirTemp("", "counterbell-sample-"); err != nil {
			return unwritable(err)
		}
		path = filepath.Join(folder, "customers.xlsx")
		if err = os.WriteFile(path, samples.Customers, 0o600); err != nil {
			return errors.Join(unwritable(err), os.RemoveAll(folder))
		}
		return nil
	}, func(err error) {
		if err != nil {
			d.env.Fail(err, d.sample)
			return
		}
		d.open(path, folder)
	})
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func share(n, of int) float64 {
	if of <= 0 {
		return -1
	}
	return min(float64(n)/float64(of), 1)
}
