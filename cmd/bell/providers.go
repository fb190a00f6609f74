package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/sender/rules"

	"github.com/spf13/cobra"
)

// providerJSON is a provider as `bell provider list` and `show` tell of it. Secrets are told by presence alone.
type providerJSON struct {
	Name     string             `json:"name"`
	Chosen   bool               `json:"chosen"`
	Practice bool               `json:"practice"`
	Settings map[string]string  `json:"settings,omitempty"`
	Secrets  map[string]string  `json:"secrets,omitempty"` // field: keychain, environment or missing
	Fields   []provider.Setting `json:"fields,omitempty"`
	Can      *provider.Caps     `json:"capabilities,omitempty"`
}

func newProvider(a *app) *cobra.Command {
	list := &cobra.Command{Use: "list", Short: "The providers there are", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.open(c.Context())
			if err != nil {
				return err
			}
			chosen, err := s.Provider(c.Context())
			if err != nil {
				return err
			}
			for _, e := range catalog.Entries() {
				p := providerJSON{Name: e.Name, Chosen: e.Name == chosen, Practice: e.Practice}
				if a.json {
					if err := writeLines(a, []providerJSON{p}); err != nil {
						return err
					}
					continue
				}
				mark := " "
				if p.Chosen {
					mark = "*"
				}
				a.printf("%s %s", mark, p.Name)
			}
			return nil
		}}
	show := &cobra.Command{Use: "show NAME", Short: "A provider's settings and what it can do", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			entry, err := catalog.Find(args[0])
			if err != nil {
				return usage(err)
			}
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			p := providerJSON{Name: entry.Name, Practice: entry.Practice, Fields: entry.Settings, Secrets: map[string]string{}}
			if chosen, err := s.Provider(ctx); err != nil {
				return err
			} else {
				p.Chosen = chosen == entry.Name
			}
			if p.Settings, err = s.ProviderSettings(ctx, entry.Name); err != nil {
				return err
			}
			for _, f := range entry.Settings {
				if f.Secret {
					p.Secrets[f.Name] = "missing"
					if found, env := secret.Of(s.Dir).Has(entry.Name, f.Name); env {
						p.Secrets[f.Name] = "environment"
					} else if found {
						p.Secrets[f.Name] = "keychain"
					}
				}
			}
			if made, err := sender.OpenProvider(ctx, s, entry.Name, nil, sender.Options{}); err == nil {
				caps := made.Capabilities()
				p.Can = &caps
				if closer, ok := made.(io.Closer); ok {
					_ = closer.Close()
				}
			}
			if a.json {
				return a.writeJSON(p)
			}
			rows := [][]string{{"name", p.Name}}
			for _, f := range p.Fields {
				v := p.Settings[f.Name]
				if f.Secret {
					v = "(" + p.Secrets[f.Name] + ")"
				} else if v == "" && f.Default != "" {
					v = f.Default + " (default)"
				}
				rows = append(rows, []string{f.Name, v})
			}
			return a.table(rows)
		}}
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
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		if b.Demo && !entry.Practice {
			return refused(data.Errorf("demo_provider", "choose a provider", "sample people"))
		}
		given := map[string]string{}
		if file != "" {
			if given, err = a.readSettings(file); err != nil {
				return err
			}
		}
		settings, err := s.ProviderSettings(ctx, entry.Name)
		if err != nil {
			return err
		}
		for name, value := range given {
			field, ok := entry.Setting(name)
			switch {
			case !ok:
				return usage(provider.SettingError("read the settings", name).With("provider", entry.Name))
			case field.Secret:
				if err := secret.Of(s.Dir).Set(entry.Name, name, value); err != nil {
					return withCode(exitFailed, err)
				}
			default:
				settings[name] = value
			}
		}
		if err := s.SetProvider(ctx, entry.Name, settings); err != nil {
			return err
		}
		a.note("%s", a.texts().T("provider.chosen", "provider", entry.Name))
		return nil
	}
	check := &cobra.Command{Use: "check NAME", Short: "Prove a provider's credentials without sending anything", Args: cobra.ExactArgs(1),
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
			a.printf("ok %s %s", out.Balance, out.Currency)
			return nil
		}}
	return group("provider", "SMS providers", list, show, set, check, newProviderSend(a))
}

// readSettings reads a JSON object of texts and numbers.
func (a *app) readSettings(file string) (map[string]string, error) {
	const op = "read the settings"
	var in io.Reader = a.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, usage(&data.Error{Code: data.Unreadable, Op: op, Err: err, Args: map[string]string{"file": file}})
		}
		defer f.Close()
		in = f
	}
	var raw map[string]any
	dec := json.NewDecoder(io.LimitReader(in, 1<<20))
	dec.UseNumber()
	if err := dec.Decode(&raw); err != nil {
		return nil, usage(&data.Error{Code: "settings_file", Op: op, Err: err})
	}
	out := map[string]string{}
	for k, v := range raw {
		switch v := v.(type) {
		case string:
			out[k] = v
		case json.Number:
			out[k] = v.String()
		case bool:
			out[k] = map[bool]string{true: "true", false: "false"}[v]
		default:
			return nil, usage(provider.SettingError(op, k))
		}
	}
	return out, nil
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
	var to, text, template string
	var params []string
	c := &cobra.Command{Use: "send NAME", Short: "Send one text, to try the account", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&to, "to", "", "the number (`PHONE`, required)")
	c.Flags().StringVar(&text, "text", "", "the words (`T`), or a template's id for providers that send approved texts alone (required)")
	c.Flags().StringArrayVar(&params, "param", nil, "a template's variable, in order (`V`)")
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
		v := rules.Decide(rules.Question{Kind: data.Notice, Phone: f, Permission: perm, Practice: caps.Practice, Now: s.Now()})
		if v.Verdict != rules.Send {
			for _, r := range v.Reasons {
				a.note("%s", a.texts().Reason(r.Code, r.Args))
			}
			return &quietError{exitRefused}
		}
		t := provider.Text{Ref: "try-" + strings.ReplaceAll(s.Now().String(), ":", ""), To: f.Phone, Kind: data.Notice, Body: text}
		if !caps.FreeText {
			template = text
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
			a.printf("%s %s %s %s %s", res.State, res.ProviderID, res.Class, res.Code, res.Raw)
		}
		if o.State != provider.Accepted {
			return &quietError{exitProvider}
		}
		return nil
	}
	return c
}
