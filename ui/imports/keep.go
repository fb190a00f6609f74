package imports

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/sheet"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"
)

// saveSample saves the list of people who don't exist where the user wants it.
func (d *desk) saveSample() {
	d.env.SaveFile("customers.xlsx", func(path string) {
		d.save(path, func(context.Context) error {
			if err := os.WriteFile(path, samples.Customers, 0o644); err != nil {
				return unwritable(err)
			}
			return nil
		})
	})
}

// saveRejects saves the rows that were kept out, with the reason beside each.
func (d *desk) saveRejects() {
	o, env := d.Done, d.env
	if o == nil {
		return
	}
	name := strings.TrimSuffix(o.Receipt.File, filepath.Ext(o.Receipt.File))
	env.SaveFile(env.T("imports.rejects_file", "name", name)+".xlsx", func(path string) {
		d.save(path, func(ctx context.Context) error {
			if o.List == nil {
				return writeRejects(ctx, path, env, &o.Receipt)
			}
			list := o.List
			for _, r := range o.Receipt.Rejects {
				if r.Cells != nil {
					continue
				}
				// There were too many to keep: the file is read again.
				fresh, err := lookAt(ctx, env.Store, *o.From, list.Columns)
				if err != nil {
					return err
				}
				defer fresh.List.Close()
				list = fresh.List
				break
			}
			return list.WriteRejects(ctx, path, &o.Receipt, env.T("rejects.row"), env.T("rejects.reason"), func(r data.Reject) string { return rejectReason(env, r, o.Receipt.Country) })
		})
	})
}

// writeRejects saves what is still known of the rows that a past import kept
// out: which they are, and why.
func writeRejects(ctx context.Context, path string, env *page.Env, r *data.Receipt) error {
	t := sheet.Table{Name: r.Sheet}
	for _, key := range []string{"rejects.row", "rejects.column", "rejects.value", "rejects.reason"} {
		t.Columns = append(t.Columns, sheet.Column{Title: env.T(key)})
	}
	for _, x := range r.Rejects {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.NumberCell(float64(x.Row)), sheet.TextCell(x.Column), sheet.TextCell(x.Value), sheet.TextCell(rejectReason(env, x, r.Country))})
	}
	return sheet.WriteFile(ctx, path, t)
}

// rejectReason says in a sentence why a row couldn't be taken in.
func rejectReason(env *page.Env, r data.Reject, country string) string {
	for _, key := range []string{"reject." + r.Reason, "error." + r.Reason} {
		if env.Texts.Has(key) {
			return env.T(key, "value", r.Value, "column", r.Column, "country", country)
		}
	}
	return r.Reason
}

// save writes a file in a task and says where it is.
func (d *desk) save(path string, write func(ctx context.Context) error) {
	page.Load(d.env.Tasks, write, func(err error) {
		if err != nil {
			d.env.Fail(err, func() { d.save(path, write) })
			return
		}
		d.env.Toast(widget.Toast{
			Tone: widget.OK, Text: d.env.T("imports.saved", "file", filepath.Base(path)),
			Action: d.env.T("common.open"), Do: func() { d.env.Open(path) }, Close: d.env.T("common.close"),
		})
	})
}

// unwritable says why a file couldn't be written.
func unwritable(err error) error {
	code := sheet.WriteFailed
	var at *fs.PathError
	file := ""
	if errors.As(err, &at) {
		file = filepath.Base(at.Path)
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		code = data.DiskFull
	case errors.Is(err, fs.ErrPermission):
		code = sheet.FileForbidden
	}
	return data.Errorf(code, "save a file", "%w", err).With("file", file)
}

// loadPast reads the list of past imports.
func (d *desk) loadPast() {
	var all []store.ImportRecord
	interrupted, env := "", d.env
	d.past.Run(env.Tasks, func(ctx context.Context) (err error) {
		if all, err = env.Store.Imports(ctx, pastLimit); err == nil {
			interrupted, err = env.Store.InterruptedImport(ctx, env.Store.Now().Add(-interruptedFor))
		}
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, d.loadPast)
			return
		}
		d.Imports, d.Interrupted = all, interrupted
		d.show()
	})
}

// interruptedFor is how long one is told of an import that was interrupted.
const interruptedFor = 24 * time.Hour

// pastLimit is how many past imports are listed.
const pastLimit = 200

// askUndo asks before an import is taken back.
func (d *desk) askUndo(id data.ImportID, r *data.Receipt) {
	env := d.env
	updated := ""
	if r.Updated > 0 {
		updated = env.N("imports.undo.updated", r.Updated)
	}
	env.Ask(widget.Question{
		Title: env.T("imports.undo.title", "file", r.File), Text: env.T("imports.undo.text", "added", env.N("imports.undo.added", r.Added), "updated", updated),
		Confirm: env.T("imports.undo"), Danger: true, Cancel: env.T("common.cancel"),
		OnConfirm: func() bool { d.undo(id, r.File); return true },
	})
}

// undo takes an import back in a task.
func (d *desk) undo(id data.ImportID, file string) {
	env := d.env
	if d.Undoing[id] {
		return
	}
	d.Undoing[id] = true
	d.show()
	var report store.UndoReport
	env.Tasks.Run(page.Task{
		Name: env.T("imports.undo.task", "file", file),
		Work: func(ctx context.Context, tell page.Report) (err error) {
			tell(page.Step{Share: -1})
			report, err = env.Store.UndoImport(ctx, id)
			return err
		},
		Done: func(err error) {
			delete(d.Undoing, id)
			if err != nil {
				d.show()
				env.Fail(err, func() { d.undo(id, file) })
				return
			}
			if d.Done != nil && d.Done.Receipt.Import == id {
				d.Done.Undone, d.Done.State = &report, "undone"
			}
			env.Toast(widget.Toast{Tone: widget.OK, Text: undoText(env, &report), Close: env.T("common.close")})
			d.loadPast()
			d.show()
		},
	})
}

// undoText says what taking an import back came to.
func undoText(env *page.Env, r *store.UndoReport) string {
	parts := []string{env.N("imports.undo.removed", r.Removed)}
	if r.Restored > 0 {
		parts = append(parts, env.N("imports.undo.restored", r.Restored))
	}
	if len(r.Kept) > 0 {
		parts = append(parts, env.N("imports.undo.kept", len(r.Kept)))
	}
	return env.T("imports.undo.done", "what", strings.Join(parts, env.T("imports.undo.and")))
}
