package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
)

// providerJSON is a provider as `bell provider list` and `show` tell of it. Secrets are told by presence alone.
type providerJSON struct {
	Name     string             `json:"name"`
	Chosen   bool               `json:"chosen"`
	Practice bool               `json:"practice"`
	Settings map[string]string  `json:"settings,omitempty"`
	Secrets  map[string]string  `json:"secrets,omitempty"` // field: keychain, environment or missing
	Fields   []provider.Setting `json:"fields,omitempty"`
	Can      *capabilitiesJSON  `json:"capabilities,omitempty"` // null while the settings aren't complete
}

// capabilitiesJSON is what a provider can do, with its times in seconds.
type capabilitiesJSON struct {
	MaxBatch       int                `json:"max_batch"`
	Personalised   bool               `json:"personalised"`
	FreeText       bool               `json:"free_text"`
	LinkInVariable bool               `json:"link_in_variable"`
	ClientRef      provider.ClientRef `json:"client_ref"`
	Statuses       provider.PollMode  `json:"statuses"`
	Inbound        provider.PollMode  `json:"inbound"`
	ReportsOptOuts bool               `json:"reports_opt_outs"`
	Balance        bool               `json:"balance"`
	MaxUnits       int                `json:"max_units"`
	SegmentRule    string             `json:"segment_rule"`
	RatePerSec     float64            `json:"rate_per_sec"`
	MinPoll        float64            `json:"min_poll_seconds"`
	StatusHorizon  float64            `json:"status_horizon_seconds"`
	InboundHorizon float64            `json:"inbound_horizon_seconds"`
}

func capabilitiesOf(p provider.Provider) *capabilitiesJSON {
	c := p.Capabilities()
	seconds := func(d time.Duration) float64 { return d.Seconds() }
	return &capabilitiesJSON{
		MaxBatch: c.MaxBatch, Personalised: c.Personalised, FreeText: c.FreeText, LinkInVariable: c.LinkInVariable, ClientRef: c.ClientRef, Statuses: c.Statuses,
		Inbound: c.Inbound, ReportsOptOuts: c.ReportsOptOuts, Balance: c.Balance, MaxUnits: c.MaxUnits, SegmentRule: c.SegmentRule, RatePerSec: c.RatePerSec,
		MinPoll: seconds(c.MinPoll), StatusHorizon: seconds(c.StatusHorizon), InboundHorizon: seconds(c.InboundHorizon),
	}
}

func (a *app) showProvider(ctx context.Context, s *store.Store, entry catalog.Entry) error {
	p := providerJSON{Name: entry.Name, Practice: entry.Practice, Fields: entry.Settings, Secrets: map[string]string{}}
	chosen, err := s.Provider(ctx)
	if err != nil {
		return err
	}
	p.Chosen = chosen == entry.Name
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
		p.Can = capabilitiesOf(made)
		if closer, ok := made.(io.Closer); ok {
			_ = closer.Close()
		}
	}
	if a.json {
		return a.writeJSON(p)
	}
	t := a.texts()
	rows := [][]string{{t.T("bell.provider.name"), p.Name}}
	for _, f := range p.Fields {
		v := p.Settings[f.Name]
		if f.Secret {
			v = t.T("bell.secret." + p.Secrets[f.Name])
		} else if v == "" && f.Default != "" {
			v = t.T("bell.provider.default", "value", f.Default)
		}
		rows = append(rows, []string{f.Name, v})
	}
	return a.table(rows)
}

// setProvider chooses a provider and stores the settings of a file with those that it has already. Nothing is stored
// unless all of them can be used.
func (a *app) setProvider(ctx context.Context, s *store.Store, entry catalog.Entry, file string) error {
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
	secrets := typed{entry.Name: {}}
	for name, value := range given {
		field, ok := entry.Setting(name)
		switch {
		case !ok:
			return usage(data.Errorf("setting_unknown", "read the settings", "no setting %q", name).With("field", name).With("provider", entry.Name))
		case field.Secret:
			secrets[entry.Name][name] = value
		default:
			settings[name] = value
		}
	}
	if err := a.tryProvider(entry, settings, given, secrets); err != nil {
		return err
	}
	for name, value := range secrets[entry.Name] {
		if err := secret.Of(s.Dir).Set(entry.Name, name, value); err != nil {
			return withCode(exitFailed, err)
		}
	}
	return s.SetProvider(ctx, entry.Name, settings)
}

// typed hands out secrets that are not stored yet; for one that isn't given it hands out a stand-in, so that the other
// settings can be tried.
type typed map[string]map[string]string

func (t typed) Get(provider, field string) (string, error) {
	if v := t[provider][field]; v != "" {
		return v, nil
	}
	return "not given yet", nil
}

// tryProvider sets a provider up without the network. A value that can't be used is an error; one that is still missing
// is only told, because settings may be given one after the other.
func (a *app) tryProvider(entry catalog.Entry, settings, given map[string]string, secrets typed) error {
	p, err := catalog.Open(entry.Name, catalog.Needs{Settings: settings, Secrets: secrets})
	var known *data.Error
	switch {
	case err == nil:
		if closer, ok := p.(io.Closer); ok {
			return closer.Close()
		}
		return nil
	case data.CodeOf(err) == provider.BadSetting && errors.As(err, &known) && given[known.Args["field"]] == "":
		a.note("%s", a.sentence(err))
		return nil
	}
	return usage(err)
}

// readSettings reads a JSON object of texts and numbers.
func (a *app) readSettings(file string) (map[string]string, error) {
	const op = "read the settings"
	in := a.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, usage(&data.Error{Code: "settings_unreadable", Op: op, Err: err, Args: map[string]string{"file": file}})
		}
		defer f.Close()
		in = f
	}
	var raw map[string]any
	dec := json.NewDecoder(io.LimitReader(in, 1<<20))
	dec.UseNumber()
	err := dec.Decode(&raw)
	if err == nil && dec.More() {
		err = errors.New("more than one JSON value")
	}
	if err == nil && raw == nil {
		err = errors.New("null")
	}
	if err != nil {
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
