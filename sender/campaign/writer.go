// Package campaign turns a group and an offer into messages: audience, preview, freeze, variants, and the words that
// each person gets at the moment of sending.
package campaign

import (
	"context"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// Links makes addresses out of tokens. Public tells whether people's phones can reach them.
type Links interface {
	Link(token string) string
	StopLink(token string) string
	Public() bool
}

// Needs is what campaigns work with. Links is nil where no relay runs.
type Needs struct {
	Store    *store.Store
	Provider provider.Provider
	Links    Links
}

// A writer writes one campaign's messages: everything that is the same for all its people, worked out once.
type writer struct {
	campaign  *data.Campaign
	business  data.Business
	caps      provider.Caps
	provider  string
	links     Links
	templates map[string]wording // by variant
	prices    map[string]data.Cost
	price     func(region string) (data.Cost, error)
	channel   rules.Channel
	house     *rules.House
}

// A wording is a variant's text, read, and for template providers its approved split.
type wording struct {
	parsed   text.Template
	split    *text.Split
	id       string // the provider's template
	needsOwn bool   // there is a {link} in it
}

// newWriter reads a campaign's texts. Errors: those of text.Parse, and template_changed when what the provider approved
// isn't what the campaign says.
func newWriter(ctx context.Context, n Needs, c *data.Campaign) (*writer, error) {
	b, err := n.Store.Business(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{
		campaign: c, business: b, caps: n.Provider.Capabilities(), provider: n.Provider.Name(), links: n.Links,
		templates: map[string]wording{}, prices: map[string]data.Cost{},
	}
	if w.house, err = HouseOf(ctx, n.Store); err != nil {
		return nil, err
	}
	w.business.Name = BrandOf(b, w.caps)
	w.channel = ChannelOf(w.caps, n.Links)
	w.price = func(region string) (data.Cost, error) { return n.Store.Price(ctx, w.provider, region, c.Kind) }
	var known []store.Template
	if !w.caps.FreeText {
		if known, err = n.Store.Templates(ctx, w.provider); err != nil {
			return nil, err
		}
	}
	for _, v := range c.Variants {
		source := v.Text
		word := wording{id: v.Template}
		if !w.caps.FreeText && v.Template != "" {
			for _, t := range known {
				if t.ID == v.Template {
					source = t.Local
				}
			}
		}
		if word.parsed, err = text.Parse(c.Kind, source); err != nil {
			return nil, err
		}
		if !w.caps.FreeText && v.Template == "" {
			// Not registered yet: a dry run shows it as it will be, with what the country requires in it.
			if local, err := rules.Compose(c.Kind, b.Country, LanguageOf(word.parsed, b.Country), w.business.Name, w.channel, word.parsed.String()); err == nil {
				if word.parsed, err = text.Parse(c.Kind, local); err != nil {
					return nil, err
				}
			}
		}
		word.needsOwn = word.parsed.Has("link")
		if !w.caps.FreeText {
			split, err := word.parsed.Bind(text.Of(map[string]string{"brand": w.business.Name})).Split()
			if err != nil {
				return nil, err
			}
			for _, t := range known {
				if t.ID == v.Template && t.Text != "" && t.Text != split.Text {
					return nil, data.Errorf("template_changed", "read the campaign's template", "what was approved is another text").With("template", t.ID)
				}
			}
			word.split = &split
		}
		w.templates[v.Name] = word
	}
	return w, nil
}

// HouseOf reads what the user of a profile settled beyond the tables.
func HouseOf(ctx context.Context, s *store.Store) (*rules.House, error) {
	all, err := s.HouseRules(ctx)
	if err != nil {
		return nil, err
	}
	return rules.NewHouse(all)
}

// BrandOf returns the name that texts carry. While a shop without a name practises, a stand-in is used, so that it can
// try everything; a real text never goes out without the shop's own name.
func BrandOf(b data.Business, caps provider.Caps) string {
	if b.Name == "" && caps.Practice {
		return "Your shop"
	}
	return b.Name
}

// ChannelOf tells how people can opt out of what goes through a provider: by replying where replies are read or the
// provider handles opt-outs, else by the relay's stop link where phones can reach it, else not at all.
func ChannelOf(caps provider.Caps, links Links) rules.Channel {
	switch {
	case caps.Inbound != provider.PollNone && caps.Inbound != "", caps.ReportsOptOuts:
		return rules.Channel{Way: rules.WayReply}
	case links != nil && (links.Public() || caps.Practice) && caps.FreeText:
		return rules.Channel{Way: rules.WayLink}
	}
	return rules.Channel{}
}

// A Person is somebody of an audience, with where they stand.
type Person struct {
	Contact    data.Contact
	Permission data.Permission
	Recent     []data.Instant // when they got what the caps count, newest first; the outbox looks it up anew
}

// draft writes one person's message as it stands at this moment. It never fails for a person: what is wrong with them
// is said in Drop and Reason.
func (w *writer) draft(p *Person, m data.Message, code string) (outbox.Draft, error) {
	c := &p.Contact
	d := outbox.Draft{Message: m}
	word, ok := w.templates[m.Variant]
	if !ok {
		return d, data.Errorf(data.Internal, "write a message", "no variant %q", m.Variant)
	}
	lang := LanguageOf(word.parsed, c.Facts.Region)
	channel := w.channel
	link := ""
	if w.links != nil && m.Token != "" {
		link = w.links.Link(m.Token)
		if channel.Way == rules.WayLink {
			channel.Link = w.links.StopLink(m.Token)
		}
	}
	values := w.values(c, code, link, lang)
	block := func(reason string) (outbox.Draft, error) {
		d.Drop, d.Reason = data.Blocked, reason
		return d, nil
	}
	d.Ask = w.question(p)
	var body string
	var missing []string
	if word.split != nil {
		d.Text.Template = word.id
		if d.Text.Params, missing = word.split.Params(values); len(missing) == 0 {
			body = word.split.Fill(d.Text.Params)
		}
	} else {
		body, missing = word.parsed.Render(values)
	}
	if len(missing) > 0 {
		return block("placeholder_missing")
	}
	if word.split == nil {
		composed, err := rules.Compose(w.campaign.Kind, c.Facts.Region, lang, w.business.Name, channel, body)
		if err != nil {
			return block(string(data.CodeOf(err)))
		}
		body = composed
	}
	content := rules.Inspect(w.campaign.Kind, c.Facts.Region, lang, w.business.Name, channel, body)
	d.Ask.Content = &content
	length := text.Count(body, text.Rule(w.caps.SegmentRule))
	if w.caps.MaxUnits > 0 && len([]rune(body)) > w.caps.MaxUnits {
		return block("text_too_long")
	}
	price, err := w.priceIn(c.Facts.Region)
	if err != nil {
		return d, err
	}
	d.Text.Body, d.Segments, d.Cost = body, length.Segments, length.Cost(price)
	return d, nil
}

// question is what the rules are asked about a person, the text aside.
func (w *writer) question(p *Person) rules.Question {
	c := &p.Contact
	return rules.Question{
		Kind: w.campaign.Kind, Phone: c.Facts, Country: c.Country, State: c.State, Clinic: w.business.Kind == "clinic",
		Permission: p.Permission, Recent: p.Recent, LastContact: data.At(c.LastVisit.Start(w.business.Location())), Practice: w.caps.Practice, House: w.house,
	}
}

func (w *writer) priceIn(region string) (data.Cost, error) {
	if c, ok := w.prices[region]; ok {
		return c, nil
	}
	c, err := w.price(region)
	if err == nil {
		w.prices[region] = c
	}
	return c, err
}

func (w *writer) values(c *data.Contact, code, link, lang string) text.Values {
	return func(name string) string {
		switch name {
		case "first_name":
			return c.Greeting()
		case "name":
			return c.Name
		case "city":
			return c.City
		case "brand":
			return w.business.Name
		case "code":
			return data.ShowCode(code)
		case "offer":
			if o := w.campaign.Offer; o != nil {
				return o.Title
			}
		case "expires":
			if o := w.campaign.Offer; o != nil && o.ValidTo != "" {
				return text.ShortDay(lang, o.ValidTo.Start(time.UTC))
			}
		case "link":
			return link
		}
		return ""
	}
}

// LanguageOf tells the language that a text is written in: by its script, else by its commonest words, else it is the
// one that most people read where the recipient lives.
func LanguageOf(t text.Template, region string) string {
	han := false
	for _, p := range t.Parts {
		for _, r := range p.Literal {
			switch {
			case unicode.In(r, unicode.Hiragana, unicode.Katakana):
				return "ja"
			case unicode.Is(unicode.Hangul, r):
				return "ko"
			case unicode.Is(unicode.Han, r):
				han = true
			}
		}
	}
	langs := rules.Languages(region)
	if !han {
		var words strings.Builder
		for _, p := range t.Parts {
			words.WriteString(p.Literal + " ")
		}
		if l := text.Language(words.String()); l != "" {
			return l
		}
		return langs[0]
	}
	for _, l := range langs {
		if len(l) >= 2 && l[:2] == "zh" {
			return l
		}
	}
	return "zh-Hans"
}
