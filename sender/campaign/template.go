package campaign

import (
	"context"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// Providers that send approved templates alone: the composer's text is registered with what the country requires in it,
// and a campaign waits until it is approved.

// approve makes sure that every variant has an approved template. It returns true while the campaign has to wait, and
// has then put it into that state. Error template_refused with the provider's reason.
func (p *Planner) approve(ctx context.Context, c *data.Campaign) (waits bool, err error) {
	for i := range c.Variants {
		v := &c.Variants[i]
		var t store.Template
		if v.Template == "" {
			if t, err = p.Register(ctx, c.Kind, c.Name+" "+v.Name, v.Text); err != nil {
				return false, err
			}
			v.Template = t.ID
		} else if t, err = p.Refresh(ctx, v.Template); err != nil {
			return false, err
		}
		switch provider.TemplateState(t.State) {
		case provider.TemplateApproved:
		case provider.TemplatePending:
			waits = true
		default:
			return false, data.Errorf("template_refused", "wait for approval", "%s", t.Reason).With("reason", t.Reason)
		}
	}
	if err := p.Store.SetTemplates(ctx, c); err != nil {
		return false, err
	}
	if waits {
		return true, p.Store.SetCampaignState(ctx, c.ID, data.AwaitingApproval, "", data.Draft, data.AwaitingApproval)
	}
	return false, nil
}

// Register registers a text with the provider, with brand and opt-out line as the business's country asks, unless the
// same text is registered already. Error provider.ErrUnsupported where the provider takes free text.
func (p *Planner) Register(ctx context.Context, kind data.Kind, name, source string) (store.Template, error) {
	const op = "register a template"
	var t store.Template
	registrar, ok := p.Provider.(provider.Templater)
	if !ok {
		return t, &data.Error{Code: "templates_none", Op: op, Err: provider.ErrUnsupported}
	}
	b, err := p.Store.Business(ctx)
	if err != nil {
		return t, err
	}
	parsed, err := text.Parse(kind, source)
	if err != nil {
		return t, err
	}
	local, err := rules.Compose(kind, b.Country, LanguageOf(parsed, b.Country), b.Name, ChannelOf(p.Provider.Capabilities(), p.Links), parsed.String())
	if err != nil {
		return t, err
	}
	known, err := p.Store.Templates(ctx, p.Provider.Name())
	if err != nil {
		return t, err
	}
	for _, k := range known {
		if k.Local == local && k.Kind == kind && provider.TemplateState(k.State) != provider.TemplateRefused {
			return p.Refresh(ctx, k.ID)
		}
	}
	if parsed, err = text.Parse(kind, local); err != nil {
		return t, err
	}
	split, err := parsed.Bind(text.Of(map[string]string{"brand": b.Name})).Split()
	if err != nil {
		return t, err
	}
	id, err := registrar.CreateTemplate(ctx, kind, name, split.Text, "")
	if err != nil {
		return t, err
	}
	t = store.Template{Provider: p.Provider.Name(), ID: id, Name: name, Kind: kind, Local: local, State: string(provider.TemplatePending)}
	for _, v := range split.Variables {
		t.Variables = append(t.Variables, v.Name)
	}
	return t, p.Store.SaveTemplate(ctx, t)
}

// Refresh asks the provider how a registration stands and stores the answer.
func (p *Planner) Refresh(ctx context.Context, id string) (store.Template, error) {
	const op = "ask for a template"
	registrar, ok := p.Provider.(provider.Templater)
	if !ok {
		return store.Template{}, &data.Error{Code: "templates_none", Op: op, Err: provider.ErrUnsupported}
	}
	known, err := p.Store.Templates(ctx, p.Provider.Name())
	if err != nil {
		return store.Template{}, err
	}
	t := store.Template{Provider: p.Provider.Name(), ID: id, Kind: data.Marketing}
	for _, k := range known {
		if k.ID == id {
			t = k
		}
	}
	news, err := registrar.TemplateStatus(ctx, []string{id})
	if err != nil {
		return t, err
	}
	for _, n := range news {
		if n.ID == id {
			t.Text, t.State, t.Reason = n.Text, string(n.State), n.Reason
			if t.Name == "" {
				t.Name = n.Name
			}
			return t, p.Store.SaveTemplate(ctx, t)
		}
	}
	return t, data.Errorf("template_unknown", op, "the provider doesn't know %s", id).With("template", id)
}
