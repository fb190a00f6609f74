package main

import (
	"io"
	"strings"

	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/sender/rules"
	"counterbell/sender/text"

	"github.com/spf13/cobra"
)

func newProvider(a *app) *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "The providers there are", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			chosen, err := s.Provider(c.Context())
			if err != nil {
				return err
			}
			var all []providerJSON
			for _, e := range catalog.Entries() {
				all = append(all, providerJSON{Name: e.Name, Chosen: e.Name == chosen, Practice: e.Practice})
			}
			if a.json {
				return writeList(a, all)
			}
			for _, p := range all {
				mark := " "
				if p.Chosen {
					mark = "*"
				}
				a.printf("%s %s", mark, p.Name)
			}
			return nil
		},
	}
	show := &cobra.Command{
		Use: "show NAME", Short: "A provider’s settings and what it can do", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			entry, err := catalog.Find(args[0])
			if err != nil {
				return usage(err)
			}
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			return a.showProvider(c.Context(), s, entry)
		},
	}
	var file string
	set := &cobra.Command{Use: "set NAME", Short: "Choose a provider and store its settings; secrets go to the keychain", Args: cobra.ExactArgs(1)}
	set.Flags().StringVar(&file, "file", "", "settings as a JSON object (`SETTINGS.json`, - for standard input)")
	set.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		entry, err := catalog.Find(args[0])
		if err != nil {
			return usage(err)
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		if err := a.setProvider(ctx, s, entry, file); err != nil {
			return err
		}
		a.sayNote("provider.chosen", "provider", entry.Name)
		if a.json {
			return a.showProvider(ctx, s, entry)
		}
		return nil
	}
	check := &cobra.Command{
		Use: "check NAME", Short: "Prove a provider’s credentials without sending anything", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			p, err := a.provider(c, args[0])
			if err != nil {
				return err
			}
			if err := p.Check(ctx); err != nil {
				return outOfReach(err)
			}
			out := struct {
				OK       bool   `json:"ok"`
				Balance  string `json:"balance,omitempty"`
				Currency string `json:"currency,omitempty"`
			}{OK: true}
			if b, ok := p.(provider.Balancer); ok {
				if out.Balance, out.Currency, err = b.Balance(ctx); err != nil {
					return outOfReach(err)
				}
			}
			if a.json {
				return a.writeJSON(out)
			}
			a.say("bell.provider.ok", "provider", p.Name())
			if out.Balance != "" {
				a.say("bell.provider.balance", "balance", out.Balance, "currency", out.Currency)
			}
			return nil
		},
	}
	return group("provider", "SMS providers", list, show, set, check, newProviderPrice(a), newProviderSend(a))
}

// provider opens one provider by name; it is closed when the command ends.
func (a *app) provider(c *cobra.Command, name string) (provider.Provider, error) {
	if _, err := catalog.Find(name); err != nil {
		return nil, usage(err)
	}
	s, err := a.open(c.Context())
	if err != nil {
		return nil, err
	}
	p, err := sender.OpenProvider(c.Context(), s, name, nil, sender.Options{})
	if err != nil {
		return nil, outOfReach(err)
	}
	if closer, ok := p.(io.Closer); ok {
		a.closers = append(a.closers, func() { _ = closer.Close() })
	}
	return p, nil
}

// newProviderSend sends one text by hand: to try an account. It is a message like any other: the rules decide.
func newProviderSend(a *app) *cobra.Command {
	var to, words, template string
	var params []string
	c := &cobra.Command{Use: "send NAME", Short: "Send one text, to try the account", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&to, "to", "", "the number (`PHONE`, required)")
	c.Flags().StringVar(&words, "text", "", "the words (`T`), or a template’s id for providers that send approved texts alone (required)")
	c.Flags().StringArrayVar(&params, "param", nil, "a template’s variable, in order (`V`)")
	for _, name := range []string{"to", "text"} {
		_ = c.MarkFlagRequired(name)
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		p, err := a.provider(c, args[0])
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		f, err := readPhone(ctx, s, to)
		if err != nil {
			return err
		}
		caps := p.Capabilities()
		if strings.TrimSpace(words) == "" {
			return usage(data.Errorf("text_empty", "send a text", "no words"))
		}
		if n := text.Count(words, text.Rule(caps.SegmentRule)); caps.FreeText && caps.MaxUnits > 0 && n.Units > caps.MaxUnits {
			return usage(data.Errorf("text_too_long", "send a text", "%d units", n.Units).With("length", itoa(int64(n.Units))).With("max", itoa(int64(caps.MaxUnits))))
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		if (f.Fictional || b.Demo) && !caps.Practice {
			return refused(data.Errorf("fictional", "send a text", "reserved for fiction"))
		}
		standing, err := s.Permissions(ctx, data.ScopeReminders, []data.Phone{f.Phone})
		if err != nil {
			return err
		}
		perm := standing[f.Phone]
		if !perm.Closed { // one's own number, typed in by hand, to try the account
			perm = data.Permission{Scope: data.ScopeReminders, Granted: true, Basis: data.Express, Since: s.Now()}
		}
		house, err := campaign.HouseOf(ctx, s)
		if err != nil {
			return err
		}
		v := rules.Decide(rules.Question{Kind: data.Notice, Phone: f, Permission: perm, Practice: caps.Practice, House: house, Now: s.Now()})
		if v.Verdict != rules.Send {
			for _, r := range a.spoken(v.Reasons) {
				a.note("bell: %s", r.Text)
			}
			return &quietError{exitRefused}
		}
		t := provider.Text{Ref: "try-" + strings.ReplaceAll(s.Now().String(), ":", ""), To: f.Phone, Kind: data.Notice, Body: words}
		if !caps.FreeText {
			template = words
			t.Template, t.Params, t.Body = template, params, ""
		}
		out := p.Send(ctx, []provider.Text{t})
		if len(out) != 1 {
			return data.Errorf(data.Internal, "send a text", "%d outcomes", len(out))
		}
		o := out[0]
		res := struct {
			State      provider.OutcomeState `json:"state"`
			ProviderID string                `json:"provider_id"`
			Class      data.ErrorClass       `json:"class,omitempty"`
			Code       string                `json:"code,omitempty"`
			Raw        string                `json:"raw,omitempty"`
		}{o.State, o.ProviderID, o.Class, o.Code, o.Raw}
		if a.json {
			if err := a.writeJSON(res); err != nil {
				return err
			}
		} else {
			said := a.texts().T("bell.outcome."+string(res.State), "id", res.ProviderID)
			if res.Class != "" {
				said = a.texts().T("bell.beside", "what", said, "said", a.texts().T("provider.class."+string(res.Class)))
			}
			a.printf("%s", said)
			if res.Code != "" || res.Raw != "" {
				a.say("bell.outcome.words", "code", res.Code, "words", res.Raw)
			}
		}
		if o.State != provider.Accepted {
			return &quietError{exitProvider}
		}
		return nil
	}
	return c
}
