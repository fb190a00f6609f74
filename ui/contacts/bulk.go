package contacts

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/sheet"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// What is done with everybody who is ticked.

// The actions of the bulk bar, in order.
const (
	bulkMessage = iota
	bulkTag
	bulkConsent
	bulkExport
	bulkDelete
)

// mostDeleted is how many people are deleted at once: they are kept at hand, to be put back.
// mostExported is how many go into one spreadsheet, which is put together in memory.
const (
	mostDeleted  = 1000
	mostExported = 100_000
)

func (s *Screen) newBulkBar() *widget.BulkBar {
	env := s.env
	return widget.NewBulkBar([]widget.BulkAction{
		bulkMessage: {Icon: icons.Campaigns, Text: env.T("contacts.bulk.campaign"), Do: func(fyne.CanvasObject) { s.campaignForTicked() }},
		bulkTag:     {Icon: icons.Tag, Text: env.T("contacts.bulk.tag"), Do: s.tagMenu},
		bulkConsent: {Icon: icons.Consent, Text: env.T("contacts.bulk.consent"), Do: func(fyne.CanvasObject) { s.consentForTicked() }},
		bulkExport:  {Icon: icons.Download, Text: env.T("contacts.bulk.export"), Do: func(fyne.CanvasObject) { s.exportTicked() }},
		bulkDelete:  {Icon: icons.Delete, Text: env.T("contacts.bulk.delete"), Do: func(fyne.CanvasObject) { s.deleteTicked() }},
	}, env.T("contacts.bulk.clear"), s.clearTicks)
}

// showTicks draws what depends on who is ticked.
func (s *Screen) showTicks() {
	env, l := s.env, s.desk.list
	n := l.Marked().Len()
	all := n > 0 && l.AllTicked()
	s.list.SetTicks(n > 0, all)
	if n == 0 {
		s.bulk.Hide()
	} else {
		offer := ""
		if !all && l.Complete() {
			offer = env.T("contacts.bulk.all", "n", l.Len())
		}
		s.bulk.Set(env.T("contacts.bulk.count", "n", n), offer, func() { s.tickAll(true) })
		s.bulk.Show()
	}
	s.side.ticksChanged(n)
}

func (s *Screen) tickAll(on bool) {
	if on && !s.desk.list.Complete() {
		return // the others are on their way
	}
	s.desk.list.TickAll(on)
	s.list.Refresh()
	s.showTicks()
}

func (s *Screen) clearTicks() {
	s.desk.list.Marked().Clear()
	s.list.Refresh()
	s.showTicks()
}

// campaignForTicked begins a campaign for everybody who is ticked: they get a tag of their own, which the campaign asks
// for, so that who it was stays known.
func (s *Screen) campaignForTicked() {
	env := s.env
	if len(s.desk.list.Conditions) > 0 && s.desk.list.Search == "" && s.desk.list.AllTicked() {
		env.GoTo(page.Campaigns, page.NewCampaign{Group: data.WriteConditions(s.desk.list.Conditions)})
		return
	}
	if s.desk.list.AllTicked() && !s.desk.list.Narrowed() {
		env.GoTo(page.Campaigns, page.NewCampaign{Group: "all"})
		return
	}
	tag := env.T("contacts.bulk.campaign_tag", "day", string(data.DateOf(env.Store.Now().In(env.Business.Location()))))
	s.askTag(env.T("contacts.bulk.campaign"), env.T("contacts.bulk.campaign_how"), tag, func(tag string) {
		s.tag(tag, true, func() {
			env.GoTo(page.Campaigns, page.NewCampaign{Group: data.WriteConditions([]data.Condition{{Field: "tag", Op: "=", Value: tag}})})
		})
	})
}

// tagMenu offers to put a tag on, or to take one off.
func (s *Screen) tagMenu(anchor fyne.CanvasObject) {
	env := s.env
	var tags []store.TagCount
	page.Load(env.Tasks, func(ctx context.Context) (err error) { tags, err = env.Store.Tags(ctx); return err }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		items := []widget.MenuItem{{Text: env.T("contacts.tag.new"), Icon: icons.Add, Do: func() {
			s.askTag(env.T("contacts.tag.new"), "", "", func(tag string) { s.tag(tag, true, nil) })
		}}}
		for _, t := range tags[:min(len(tags), 100)] {
			items = append(items, widget.MenuItem{Text: env.T("contacts.tag.add", "tag", t.Name), Icon: icons.Tag, Do: func() { s.tag(t.Name, true, nil) }})
		}
		for _, t := range tags[:min(len(tags), 100)] {
			items = append(items, widget.MenuItem{Text: env.T("contacts.tag.remove", "tag", t.Name), Icon: icons.Remove, Do: func() { s.tag(t.Name, false, nil) }})
		}
		widget.ShowMenu(anchor, items)
	})
}

func (s *Screen) askTag(title, text, tag string, then func(tag string)) {
	env := s.env
	entry := widget.NewEntry(env.T("contacts.tag.example")).Limit(40)
	entry.SetText(tag)
	field := widget.NewField(env.T("contacts.tag.name"), "", entry)
	d := env.Ask(widget.Question{Title: title, Text: text, Content: field, Confirm: env.N("contacts.tag.put", s.desk.list.Marked().Len()), Cancel: env.T("common.cancel"), OnConfirm: func() bool {
		typed := strings.TrimSpace(entry.Text)
		if typed == "" {
			field.SetProblem(env.T("error.tag_empty"))
			return false
		}
		then(typed)
		return true
	}})
	entry.OnSubmitted = func(string) { d.ConfirmButton().Press() }
}

// tag puts a tag on everybody who is ticked, or takes it off them, in a task that can be cancelled; then is called when
// it is done. The way back touches only those who were changed.
func (s *Screen) tag(tag string, on bool, then func()) {
	ids := s.desk.list.Marked().IDs(0)
	key := "contacts.tag.added"
	if !on {
		key = "contacts.tag.removed"
	}
	s.tagPeople(ids, tag, on, func(changed []data.ContactID) {
		s.toast(s.env.N(key, len(changed), "tag", tag), func() { s.tagPeople(changed, tag, !on, func([]data.ContactID) {}) })
		if then != nil {
			then()
		}
	})
}

func (s *Screen) tagPeople(ids []data.ContactID, tag string, on bool, then func(changed []data.ContactID)) {
	env := s.env
	var changed []data.ContactID
	env.Tasks.Run(page.Task{
		Name: env.T("contacts.task.tag", "tag", tag),
		Work: func(ctx context.Context, report page.Report) (err error) {
			changed, err = env.Store.TagContacts(ctx, ids, tag, on, s.progress(report, len(ids)))
			return err
		},
		Done: func(err error) {
			env.Fail(err, nil)
			if err == nil || len(changed) > 0 {
				then(changed)
			}
			s.desk.changedPeople()
		},
	})
}

// progress tells how many of so many have been done.
func (s *Screen) progress(report page.Report, all int) func(n int) {
	t := s.env.Texts
	return func(n int) {
		report(page.Step{Share: float64(n) / float64(max(all, 1)), Note: t.T("contacts.task.of", "n", n, "all", all)})
	}
}

// exportTicked writes everybody who is ticked into a spreadsheet.
func (s *Screen) exportTicked() { s.export(s.desk.list.Marked().IDs(0)) }

func (s *Screen) export(ids []data.ContactID) {
	env := s.env
	if len(ids) > mostExported {
		env.Toast(widget.Toast{Tone: widget.Warn, Text: env.T("contacts.export.too_many", "n", mostExported), Close: env.T("common.close")})
		return
	}
	env.SaveFile(env.T("contacts.export.file")+".xlsx", func(path string) {
		env.Tasks.Run(page.Task{
			Name: env.T("contacts.task.export", "file", filepath.Base(path)),
			Work: func(ctx context.Context, report page.Report) error {
				table := exportHead(env)
				done := s.progress(report, len(ids))
				for start := 0; start < len(ids); start += 500 {
					part := ids[start:min(start+500, len(ids))]
					rows, err := readRows(ctx, env.Store, part)
					if err != nil {
						return err
					}
					for i := range rows {
						table.Rows = append(table.Rows, exportRow(env, &rows[i]))
					}
					done(start + len(part))
				}
				return sheet.WriteFile(ctx, path, table)
			},
			Done: func(err error) {
				if err != nil {
					env.Fail(err, func() { s.export(ids) })
					return
				}
				env.Toast(widget.Toast{
					Tone: widget.OK, Text: env.N("contacts.export.done", len(ids), "file", filepath.Base(path)),
					Action: env.T("common.open"), Do: func() { env.Open(path) }, Close: env.T("common.close"),
				})
			},
		})
	})
}

// exportKeys are the columns of the spreadsheet, named as the details of a person are.
var exportKeys = []string{"name", "given_name", "family_name", "phone", "consent", "email", "city", "state", "country", "postcode", "language", "birthday", "last_visit", "spend", "currency", "visits", "tags", "note"}

func exportHead(env *page.Env) sheet.Table {
	t := sheet.Table{Name: env.T("contacts.title")}
	for _, key := range exportKeys {
		t.Columns = append(t.Columns, sheet.Column{Title: env.T("contacts.field." + key)})
	}
	return t
}

func exportRow(env *page.Env, r *Row) []sheet.Cell {
	text := sheet.TextCell
	spend, visits := sheet.Cell{}, sheet.Cell{}
	if r.Spend.Minor != 0 {
		spend = text(r.Spend.Decimal())
	}
	if r.Visits > 0 {
		visits = sheet.NumberCell(float64(r.Visits))
	}
	return []sheet.Cell{
		text(r.Name), text(r.GivenName), text(r.FamilyName), text(phone.Show(r.Phone, "")), text(env.T("contacts.consent." + string(r.Standing))), text(r.Email), text(r.City), text(r.State),
		text(r.Country), text(r.Postcode), text(r.Language), text(string(r.Birthday)), text(string(r.LastVisit)), spend, text(r.Spend.Currency), visits, text(strings.Join(r.Tags, ", ")), text(r.Note),
	}
}

// deleteTicked asks before it deletes those who are ticked, or else the one that the cursor is on.
func (s *Screen) deleteTicked() {
	ids := s.desk.list.Marked().IDs(0)
	if len(ids) == 0 {
		if id, ok := s.desk.list.At(s.list.Current()); ok {
			ids = []data.ContactID{id}
		}
	}
	s.askDelete(ids)
}

func (s *Screen) askDelete(ids []data.ContactID) {
	env := s.env
	if len(ids) == 0 {
		return
	}
	if len(ids) > mostDeleted {
		env.Toast(widget.Toast{Tone: widget.Warn, Text: env.T("contacts.delete.too_many", "n", mostDeleted), Close: env.T("common.close")})
		return
	}
	title := env.N("contacts.delete.many", len(ids))
	if row, ok := s.desk.list.known(ids[0]); ok && len(ids) == 1 {
		title = env.T("contacts.delete.one_person", "name", nameOf(&row.Contact))
	}
	env.Ask(widget.Question{
		Title: title, Text: env.T("contacts.delete.text"), Confirm: env.N("contacts.delete.do", len(ids)), Danger: true, Cancel: env.T("common.cancel"),
		OnConfirm: func() bool { s.deletePeople(ids); return true },
	})
}

func (s *Screen) deletePeople(ids []data.ContactID) {
	env := s.env
	var gone []data.Contact
	s.act(func(ctx context.Context) (err error) { gone, err = env.Store.DeleteContacts(ctx, ids); return err }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		for _, id := range ids {
			s.desk.list.Marked().Set(id, false)
		}
		if slices.Contains(ids, s.desk.list.Current()) {
			s.desk.list.Choose(0)
		}
		s.desk.changedPeople()
		s.toast(env.N("contacts.delete.done", len(gone)), func() { s.restore(gone) })
	})
}

func (s *Screen) restore(gone []data.Contact) {
	env := s.env
	var n int
	s.act(func(ctx context.Context) (err error) { n, err = env.Store.RestoreContacts(ctx, gone); return err }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		s.desk.changedPeople()
		text := env.N("contacts.delete.restored", n)
		if n < len(gone) {
			text = env.T("contacts.delete.some_restored", "n", n, "left", len(gone)-n)
		}
		s.toast(text, nil)
	})
}
