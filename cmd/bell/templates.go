package main

import (
	"counterbell/data"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newTemplate(a *app) *cobra.Command {
	var name, text, kind string
	create := &cobra.Command{Use: "create", Short: "Register a text with the chosen provider, with brand and opt-out line as the shop’s country asks", Args: cobra.NoArgs}
	create.Flags().StringVar(&name, "name", "", "what it is called (`N`, required)")
	create.Flags().StringVar(&text, "text", "", "the words with their placeholders (`T`, required)")
	create.Flags().StringVar(&kind, "kind", string(data.Marketing), "marketing, reminder, notice or otp")
	for _, f := range []string{"name", "text"} {
		_ = create.MarkFlagRequired(f)
	}
	create.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		if !data.Kind(kind).Valid() {
			return badChoice("--kind", kind, "marketing", "reminder", "notice", "otp")
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		e, err := a.engine(ctx, s)
		if err != nil {
			return err
		}
		t, err := e.Campaigns().Register(ctx, data.Kind(kind), name, text)
		if err != nil {
			return err
		}
		return a.showTemplate(t)
	}
	status := &cobra.Command{
		Use: "status ID", Short: "Ask the provider how a registration stands", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			e, err := a.engine(ctx, s)
			if err != nil {
				return err
			}
			t, err := e.Campaigns().Refresh(ctx, args[0])
			if err != nil {
				return err
			}
			return a.showTemplate(t)
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "The registrations", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			all, err := s.Templates(c.Context(), "")
			if err != nil {
				return err
			}
			return a.showTemplates(all)
		},
	}
	return group("template", "Texts registered with providers that send approved texts alone", create, status, list)
}

func (a *app) showTemplate(t store.Template) error {
	if a.json {
		return a.writeJSON(t)
	}
	return a.showTemplates([]store.Template{t})
}

func (a *app) showTemplates(all []store.Template) error {
	if a.json {
		return writeList(a, all)
	}
	rows := make([][]string, len(all))
	for i, t := range all {
		rows[i] = []string{t.Provider, t.ID, a.texts().T("bell.template." + t.State), t.Name, t.Reason}
	}
	return a.table(rows)
}
