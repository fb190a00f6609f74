package imports

import (
	"context"
	"path/filepath"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"
)

// OpenAt opens a list, a table on the clipboard, or the receipt of an import.
func (s *Screen) OpenAt(target any) {
	switch t := target.(type) {
	case page.ToFile:
		s.desk.open(t.Path, "")
	case page.ToPaste:
		s.desk.paste()
	case page.ToImport:
		s.desk.openImport(t.ID)
	}
}

// openImport shows the receipt of an import that took place.
func (d *desk) openImport(id data.ImportID) {
	if d.Done != nil && d.Done.Receipt.Import == id && d.Step == Receipt {
		return
	}
	env := d.env
	var found store.ImportRecord
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		found, err = env.Store.ImportByID(ctx, id)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			env.Fail(err, nil)
		case d.Step == Running || d.Step == Check: // a list is in hand: it isn't let go of
			env.Toast(widget.Toast{Tone: widget.Info, Text: env.T("imports.in_hand", "file", found.File), Close: env.T("common.close")})
		default:
			d.Trying, d.Problem = nil, nil
			d.ShowRecord(&found)
			d.show()
		}
	})
}

// isSchedule tells whether a file that was dropped or chosen is an appointment
// book, which has a page of its own.
func (d *desk) isSchedule(a *Attempt, found *Opened) bool {
	fresh := d.Open == nil || d.Open.Path != a.Path
	return fresh && !a.People && a.Folder == "" && intake.ScheduleLike(found.List.Columns)
}

// toSchedule leads an appointment book to its own page, unless somebody says
// that it is a list of people.
func (d *desk) toSchedule(a *Attempt) {
	env := d.env
	env.Toast(widget.Toast{
		Tone: widget.Info, Text: env.T("imports.schedule", "file", filepath.Base(a.Path)), Close: env.T("common.close"),
		Action: env.T("imports.schedule_people"), Do: func() {
			env.Go(page.Import)
			again := d.Try(a.Path, a.Folder)
			again.People = true
			d.look(again)
		},
	})
	env.GoTo(page.Appointments, page.ToSchedule{Path: a.Path})
}
