package main

import (
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newContacts(a *app) *cobra.Command {
	var search, group string
	var limit int
	var after int64
	c := &cobra.Command{Use: "contacts", Short: "List people", Args: cobra.NoArgs}
	c.Flags().StringVar(&search, "search", "", "name, number or email contains `T`")
	c.Flags().StringVar(&group, "group", "", "people of the group `NAME`")
	c.Flags().IntVar(&limit, "limit", 50, "at most `N` people; 0 for all")
	c.Flags().Int64Var(&after, "after", 0, "people after this `ID`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		if limit < 0 {
			return badValue("bad_number", strconv.Itoa(limit))
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		f := store.Filter{Search: search, After: data.ContactID(after), Limit: limit}
		if group != "" {
			g, err := s.Group(ctx, group)
			if err != nil {
				return err
			}
			if f.Conditions, err = data.ParseConditions(g.Conditions); err != nil {
				return err
			}
		}
		ids, err := s.Find(ctx, f)
		if err != nil {
			return err
		}
		for start := 0; start < len(ids); start += 500 {
			page, err := s.Contacts(ctx, ids[start:min(start+500, len(ids))])
			if err != nil {
				return err
			}
			if a.json {
				if err := writeLines(a, page); err != nil {
					return err
				}
				continue
			}
			rows := make([][]string, len(page))
			for i, p := range page {
				rows[i] = []string{itoa(int64(p.ID)), string(p.Phone), p.Name, p.City, strings.Join(p.Tags, ", ")}
			}
			if err := a.table(rows); err != nil {
				return err
			}
		}
		total, err := s.Count(ctx, store.Filter{})
		if err == nil && !a.json {
			a.sayNote("bell.contacts.of", "n", len(ids), "total", total)
		}
		return err
	}
	return c
}

// personJSON is everything kept about one person.
type personJSON struct {
	data.Contact
	Region      string              `json:"region"`
	Line        data.LineType       `json:"line"`
	Fictional   bool                `json:"fictional"`
	Permissions []data.Permission   `json:"permissions"`
	Consent     []data.ConsentEntry `json:"consent"`
	Messages    []data.Message      `json:"messages"`
}

func newContact(a *app) *cobra.Command {
	show := &cobra.Command{
		Use: "show PHONE", Short: "One person: everything kept", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			f, err := readPhone(ctx, s, args[0])
			if err != nil {
				return err
			}
			who, err := s.ContactByPhone(ctx, f.Phone)
			if data.CodeOf(err) == data.NotFound {
				return usage(data.Errorf("person_unknown", "show a person", "no such number"))
			}
			if err != nil {
				return err
			}
			b, err := s.Business(ctx)
			if err != nil {
				return err
			}
			p := personJSON{Contact: *who, Region: who.Facts.Region, Line: who.Facts.Line, Fictional: who.Facts.Fictional}
			if p.Others, err = s.Others(ctx, who.ID); err != nil {
				return err
			}
			if p.Consent, err = s.ConsentHistory(ctx, who.Phone); err != nil {
				return err
			}
			for _, scope := range data.Scopes {
				all, err := s.Permissions(ctx, scope, []data.Phone{who.Phone})
				if err != nil {
					return err
				}
				p.Permissions = append(p.Permissions, all[who.Phone])
			}
			if p.Messages, err = s.Messages(ctx, store.MessageFilter{Phone: who.Phone}); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(p)
			}
			t := a.texts()
			var rows [][]string
			row := func(name, value string) { rows = append(rows, []string{t.T("bell.person." + name), value}) }
			row("id", itoa(int64(p.ID)))
			row("phone", phone.Show(p.Phone, "")+t.T("bell.aside", "what", t.Country(p.Region)+t.T("list.comma")+t.T("bell.line."+string(p.Line))))
			for _, o := range p.Others {
				row("other", phone.Show(o, ""))
			}
			row("name", p.Name)
			row("email", p.Email)
			row("city", p.City)
			row("birthday", string(p.Birthday))
			row("last_visit", string(p.LastVisit))
			row("tags", strings.Join(p.Tags, ", "))
			for _, perm := range p.Permissions {
				rows = append(rows, []string{t.T("bell.scope." + string(perm.Scope)), a.standing(perm, b.Location())})
			}
			for _, m := range p.Messages {
				what := t.T("report.message." + string(m.State))
				if m.Reason != "" {
					what = t.T("bell.labelled", "what", what, "said", a.reason(m.Reason))
				}
				rows = append(rows, []string{t.T("bell.person.message", "id", itoa(int64(m.ID))), what})
			}
			return a.table(rows)
		},
	}
	return group("contact", "One person", show)
}

// standing says in a few words where a person stands.
func (a *app) standing(p data.Permission, zone *time.Location) string {
	t, since := a.texts(), a.moment(p.Since, zone)
	switch {
	case p.Closed:
		return t.T("bell.standing.out", "since", since)
	case !p.Granted:
		return t.T("bell.standing.none")
	case p.Confirmed:
		return t.T("bell.standing.confirmed", "basis", t.T("rules.basis."+string(p.Basis)), "since", since)
	}
	return t.T("bell.standing.claimed", "basis", t.T("rules.basis."+string(p.Basis)), "since", since)
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "undo IMPORT", Short: "Take an import back", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			id, err := parseID(args[0])
			if err != nil {
				return err
			}
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			r, err := s.UndoImport(ctx, data.ImportID(id))
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(struct {
					store.UndoReport
					Reversed int `json:"reversed"`
				}{r, r.Removed + r.Restored})
			}
			a.say("bell.undone", "removed", r.Removed, "restored", r.Restored, "kept", len(r.Kept))
			for _, k := range r.Kept {
				a.say("bell.kept", "name", k.Name, "why", a.texts().T("bell.kept."+k.Reason))
			}
			return nil
		},
	}
}
