// Package direct writes what a person at the counter has to say to one number: an answer to a reply, word that a visit
// was moved, a test to their own phone. Such a text is nobody's campaign, but the same rules hold for it.
package direct

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/outbox"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// practice is the provider that sends nothing anywhere.
const practice = "practice"

// A Writer writes direct texts as they go out.
type Writer struct{ campaign.Needs }

// New makes a writer.
func New(n campaign.Needs) *Writer { return &Writer{n} }

// Drafts writes claimed messages from the words that stand in direct, by message.
func (w *Writer) Drafts(ctx context.Context, claimed []data.Message, words map[data.MessageID]store.Direct) ([]outbox.Draft, error) {
	now := w.Store.Now()
	drafts := make([]outbox.Draft, len(claimed))
	for i, m := range claimed {
		d := words[m.ID]
		if m.NotAfter != 0 && now >= m.NotAfter {
			drafts[i] = outbox.Draft{Message: m, Drop: data.Expired, Reason: "too_late"}
			continue
		}
		if m.Provider != "" && (m.Provider == practice) != (w.Provider.Name() == practice) {
			// Written in practice, it must never go out for real, nor the other way round.
			drafts[i] = outbox.Draft{Message: m, Drop: data.MsgCancelled, Reason: "provider_changed"}
			continue
		}
		draft, err := w.draft(ctx, d, m)
		if code := data.CodeOf(err); campaign.Final(code) {
			draft = outbox.Draft{Message: m, Drop: data.Blocked, Reason: string(code)}
		} else if err != nil {
			return nil, err
		}
		drafts[i] = draft
	}
	return drafts, nil
}

// A Foresight is what would become of a text if it were sent now.
type Foresight struct {
	Body     string // as it would go out, brand and label included
	Segments int
	Units    int // of the last segment's count: characters, as carriers count them
	Room     int // how many fit into the segments that it takes
	Unicode  bool
	Cost     data.Cost
	Reason   string // why it would be blocked though the rules were not asked; translation "reason.CODE"
	Verdict  rules.Verdict
}

// Sends tells whether the text goes at once; Waits whether it goes later, at Verdict.Until.
func (f *Foresight) Sends() bool { return f.Reason == "" && f.Verdict.Verdict == rules.Send }

// Waits tells whether the text goes later, at Verdict.Until.
func (f *Foresight) Waits() bool { return f.Reason == "" && f.Verdict.Verdict == rules.Hold }

// Foresee works out what would become of a text, by the same code that sends it, so that it can be told beforehand.
func (w *Writer) Foresee(ctx context.Context, d store.Direct) (Foresight, error) {
	draft, err := w.draft(ctx, d, data.Message{Contact: d.Contact, Kind: d.Kind, To: d.Phone})
	if code := data.CodeOf(err); campaign.Final(code) {
		return Foresight{Reason: string(code)}, nil
	} else if err != nil {
		return Foresight{}, err
	}
	f := Foresight{Body: draft.Text.Body, Segments: draft.Segments, Cost: draft.Cost, Reason: draft.Reason}
	length := text.Count(f.Body, text.Rule(w.Provider.Capabilities().SegmentRule))
	f.Units, f.Room, f.Unicode = length.Units, length.Units+length.Left, length.Encoding != text.GSM7
	if f.Reason != "" {
		return f, nil
	}
	if draft.Ask.Phone.Fictional && !w.Provider.Capabilities().Practice {
		f.Reason = rules.CodeFictional
		return f, nil
	}
	draft.Ask.Now = w.Store.Now()
	draft.Ask.Phone.Phone = d.Phone
	if err := outbox.Recall(ctx, w.Store, draft.Ask.Practice, draft.Ask.Now, []*rules.Question{&draft.Ask}); err != nil {
		return f, err
	}
	f.Verdict = rules.Decide(draft.Ask)
	return f, nil
}

// draft writes one text, and asks what the rules are to be asked.
func (w *Writer) draft(ctx context.Context, d store.Direct, m data.Message) (outbox.Draft, error) {
	out := outbox.Draft{Message: m}
	caps := w.Provider.Capabilities()
	block := func(reason string) (outbox.Draft, error) {
		out.Drop, out.Reason = data.Blocked, reason
		return out, nil
	}
	facts, err := phone.Facts(m.To)
	if err != nil {
		return block("invalid_number")
	}
	b, err := w.Store.Business(ctx)
	if err != nil {
		return out, err
	}
	b.Name = campaign.BrandOf(b, caps)
	who, err := w.Store.ContactByPhone(ctx, m.To)
	if err != nil && data.CodeOf(err) != data.NotFound {
		return out, err
	}
	house, err := campaign.HouseOf(ctx, w.Store)
	if err != nil {
		return out, err
	}
	standing, err := w.Store.Permissions(ctx, m.Kind.Scope(), []data.Phone{m.To})
	if err != nil {
		return out, err
	}
	stands := standing[m.To]
	if d.About != "" {
		shown, err := w.Store.Permissions(ctx, d.About.Scope(), []data.Phone{m.To})
		if err != nil {
			return out, err
		}
		if shown[m.To].Closed {
			stands = shown[m.To]
		}
	}
	out.Ask = rules.Question{
		Kind: m.Kind, Phone: facts, Clinic: b.Kind == "clinic", Permission: asked(stands, d.Asked, w.Store.Now()), LastContact: d.Asked, Practice: caps.Practice, House: house,
	}
	if who != nil {
		out.Ask.Country, out.Ask.State = who.Country, who.State
		out.Ask.LastContact = max(d.Asked, data.At(who.LastVisit.Start(b.Location())))
	}
	if !caps.FreeText {
		return block("needs_template")
	}
	lang := campaign.LanguageOf(text.Template{Parts: []text.Part{{Literal: d.Body}}}, facts.Region)
	channel := campaign.ChannelOf(caps, w.Links)
	body, err := rules.Compose(m.Kind, facts.Region, lang, b.Name, channel, d.Body)
	if err != nil {
		return block(string(data.CodeOf(err)))
	}
	if caps.MaxUnits > 0 && len([]rune(body)) > caps.MaxUnits {
		return block("text_too_long")
	}
	content := rules.Inspect(m.Kind, facts.Region, lang, b.Name, channel, body)
	out.Ask.Content = &content
	price, err := w.Store.Price(ctx, w.Provider.Name(), facts.Region, m.Kind)
	if err != nil {
		return out, err
	}
	length := text.Count(body, text.Rule(caps.SegmentRule))
	out.Text.Body, out.Segments, out.Cost = body, length.Segments, length.Cost(price)
	return out, nil
}

// asked adds to what the ledger says that the person asked for this very text: their own question is their consent to
// the answer, for a while, where they gave no other. It ends no opt-out, and is no consent to anything else.
func asked(p data.Permission, at, now data.Instant) data.Permission {
	if p.Granted || p.Closed || at == 0 || now.Sub(at) > store.DirectAnswers || now.Sub(at) < -time.Minute {
		return p
	}
	return data.Permission{Scope: p.Scope, Granted: true, Basis: data.Express, Since: min(at, now), Confirmed: true}
}
