package imports

import (
	"context"

	"counterbell/data"
	"counterbell/ui/page"
)

// brought says which people of an import are meant.
type brought int

const (
	broughtAdded brought = iota
	broughtUpdated
	broughtAll
)

// see leads to the people of an import, on Contacts.
func (d *desk) see(r *data.Receipt, which brought) {
	env := d.env
	var added, updated []data.ContactID
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		added, updated, err = env.Store.ImportPeople(ctx, r.Import)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { d.see(r, which) })
			return
		}
		to := page.ToPeople{Title: env.T("imports.people_all", "file", r.File), IDs: append(added, updated...)}
		switch which {
		case broughtAdded:
			to.Title, to.IDs = env.T("imports.people_added", "file", r.File), added
		case broughtUpdated:
			to.Title, to.IDs = env.T("imports.people_updated", "file", r.File), updated
		}
		env.GoTo(page.Contacts, to)
	})
}
