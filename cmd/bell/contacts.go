package main

import (
	"strings"

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
	c.Flags().StringVar(&search, "search", "", "name, number or e-mail contains `T`")
	c.Flags().StringVar(&group, "group", "", "people of the group `NAME`")
	c.Flags().IntVar(&limit, "limit", 50, "at most `N` people; 0 for all")
	c.Flags().Int64Var(&after, "after", 0, "people after this `ID`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		if limit < 0 {
			return usage(data.Errorf(data.Invalid, "list contacts", "limit %d", limit).With("value", "--limit"))
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
			a.note("%d of %d", len(ids), total)
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
	show := &cobra.Command{Use: "show PHONE", Short: "One person: everything kept", Args: cobra.ExactArgs(1),
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
			rows := [][]string{{"id", itoa(int64(p.ID))}, {"phone", phone.Show(p.Phone, "") + " (" + p.Region + ", " + string(p.Line) + ")"}, {"name", p.Name}, {"e-mail", p.Email}, {"city", p.City},
				{"birthday", string(p.Birthday)}, {"last visit", string(p.LastVisit)}, {"tags", strings.Join(p.Tags, ", ")}}
			for _, perm := range p.Permissions {
				rows = append(rows, []string{string(perm.Scope), standing(perm)})
			}
			for _, m := range p.Messages {
				rows = append(rows, []string{"message " + itoa(int64(m.ID)), string(m.State) + " " + m.Reason})
			}
			return a.table(rows)
		}}
	return group("contact", "One person", show)
}

// standing says in a few words where a person stands.
func standing(p data.Permission) string {
	switch {
	case p.Closed:
		return "opted out since " + p.Since.String()
	case !p.Granted:
		return "none"
	case p.Confirmed:
		return string(p.Basis) + ", confirmed, since " + p.Since.String()
	}
	return string(p.Basis) + ", claimed, since " + p.Since.String()
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{Use: "undo IMPORT", Short: "Take an import back", Args: cobra.ExactArgs(1),
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
				return a.writeJSON(r)
			}
			a.printf("%d removed, %d restored, %d kept", r.Removed, r.Restored, len(r.Kept))
			for _, k := range r.Kept {
				a.printf("kept %s: %s", k.Name, k.Reason)
			}
			return nil
		}}
}
