package main

import (
	"strings"

	"counterbell/data"

	"github.com/spf13/cobra"
)

func newGroup(a *app) *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "The saved filters with their counts", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			all, err := s.Groups(c.Context())
			if err != nil {
				return err
			}
			if a.json {
				return writeList(a, all)
			}
			rows := make([][]string, len(all))
			for i, g := range all {
				rows[i] = []string{g.Name, itoa(int64(g.Count)), g.Conditions}
			}
			return a.table(rows)
		},
	}
	var where string
	save := &cobra.Command{
		Use: "save NAME", Short: "Save a filter", Args: cobra.ExactArgs(1),
		Long: `Save a filter under a name. Conditions are joined by “and”:

  tag = sunglasses         carries the tag (!= for “doesn’t”)
  city = Portland          also state, country, language
  last_visit < 60d         last here more than 60 days ago; >= 60d within them; or a day, 2026-09-01
  spend >= 100             in the shop’s currency
  visits >= 2
  birthday = 11            born in November; birthday = now for this month
  import = 12              came with that import
  missed = 12              was to get that campaign, and didn’t
  all                      everybody`,
		RunE: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(where) == "" { // a script's empty variable must not become everybody
				return usage(data.Errorf("conditions_none", "save a group", "no conditions"))
			}
			name := strings.TrimSpace(args[0])
			if name == "" {
				return usage(data.Errorf("group_name", "save a group", "no name"))
			}
			if strings.EqualFold(name, "all") {
				return usage(data.Errorf("group_all", "save a group", "everybody's name"))
			}
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			if err := s.SaveGroup(c.Context(), name, where); err != nil {
				return err
			}
			return a.showGroup(c, name)
		},
	}
	save.Flags().StringVar(&where, "where", "", "`CONDITIONS` (required)")
	_ = save.MarkFlagRequired("where")
	count := &cobra.Command{
		Use: "count NAME", Short: "How many people a group holds at this moment", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.showGroup(c, args[0]) },
	}
	return group("group", "Saved filters over contacts", list, save, count)
}

func (a *app) showGroup(c *cobra.Command, name string) error {
	ctx := c.Context()
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	var g data.Group
	if g, err = s.Group(ctx, name); err != nil {
		return err
	}
	if g.Count, err = s.CountGroup(ctx, g.Conditions); err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(g)
	}
	a.printf("%d", g.Count)
	return nil
}
