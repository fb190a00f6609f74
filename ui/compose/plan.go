package compose

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/sender/text"
)

// Plan is what the engine says of a campaign as it was at one moment of its
// being written: who would get it, how long the texts are, what they cost.
type Plan struct {
	Campaign   data.Campaign
	Caps       provider.Caps
	Provider   string
	Public     bool  // links can be opened by anybody's phone
	Wrong      error // what keeps it from being sent, as the engine sees it
	Reviewed   bool  // the figures below are there
	Review     campaign.Review
	Recipients []data.ContactID
	Prices     bool // what a segment costs is known for everybody
	Added      campaign.Added
	Registered [2]campaign.Registered
	Preview    *campaign.Preview
}

// Fix is one click that makes the texts shorter, and what would come of it.
type Fix struct {
	Culprits []text.Culprit
	Texts    [2]string
	Review   campaign.Review
}

// want is what a plan is asked for.
type want struct {
	campaign data.Campaign
	chosen   bool // an audience was chosen
	person   int  // whose text is shown, counted from 0
	variant  string
	known    []data.ContactID // who gets it, by the last plan, while the audience is the same
}

// look works out what needs no look at all of the audience: what is wrong with
// the text, what is added to it, and how it reads for one person.
func look(ctx context.Context, o *sender.Opened, w want) (Plan, error) {
	planner, c := o.Campaigns(), w.campaign
	p := Plan{Caps: o.Provider.Capabilities(), Provider: o.Provider.Name(), Public: o.Links != nil && o.Links.Public()}
	c.Variants = slices.Clone(c.Variants)
	c.Provider, c.Practice, c.Reason = p.Provider, p.Caps.Practice, "" // what is missing in the form is said beside its fields
	var err error
	for i, v := range c.Variants {
		if strings.TrimSpace(v.Text) == "" {
			continue
		}
		if p.Registered[i], err = planner.Registered(ctx, c.Kind, v.Text); err == nil && p.Registered[i].Known {
			c.Variants[i].Template = p.Registered[i].Of.ID
		}
	}
	p.Campaign = c
	shown := 0
	if w.variant == "B" && len(c.Variants) > 1 {
		shown = 1
	}
	if strings.TrimSpace(c.Variants[shown].Text) != "" {
		if p.Added, err = planner.Added(ctx, c.Kind, c.Variants[shown].Text); err != nil {
			p.Wrong = err
		}
	}
	if err := planner.Check(ctx, &c); err != nil {
		if !campaign.Final(data.CodeOf(err)) {
			return p, err
		}
		p.Wrong = err
	}
	p.Recipients = w.known
	return p, p.showOne(ctx, o, w)
}

// showOne writes the text for the person to be shown, when it can be read.
func (p *Plan) showOne(ctx context.Context, o *sender.Opened, w want) error {
	n := len(p.Recipients)
	if n == 0 || p.Wrong != nil && data.CodeOf(p.Wrong) != "campaign_name" {
		return nil
	}
	who, err := o.Campaigns().Preview(ctx, &p.Campaign, p.Recipients[min(w.person, n-1)], w.variant)
	if err == nil {
		p.Preview = &who
	}
	return err
}

// plan works out everything but the fix. It belongs into a task: with 100,000
// people it takes seconds.
func plan(ctx context.Context, s *store.Store, o *sender.Opened, w want) (Plan, error) {
	w.known = nil
	p, err := look(ctx, o, w)
	if err != nil || !w.chosen {
		return p, err
	}
	planner, c := o.Campaigns(), p.Campaign
	if p.Review, err = planner.Review(ctx, &c); campaign.Final(data.CodeOf(err)) {
		// The text can't be read: the audience can be counted all the same.
		p.Wrong = err
		p.Review, err = planner.Review(ctx, wordless(c))
		p.Review.LongestOf, p.Review.Segments = campaign.Sample{}, 0
	}
	if err != nil {
		return p, err
	}
	p.Reviewed, p.Prices = true, p.Review.Cost.Known
	if p.Recipients, err = recipients(ctx, s, c.Group, &p.Review); err != nil {
		return p, err
	}
	return p, p.showOne(ctx, o, w)
}

// mends tells whether there may be something to gain by other characters.
func (p *Plan) mends() bool {
	_, culprits := fix(&p.Campaign)
	return len(culprits) > 0 && p.Review.Segments > 0 && p.Caps.SegmentRule != string(text.RuleCN)
}

// mend works out what swapping characters would bring; nil when it is nothing.
func mend(ctx context.Context, o *sender.Opened, p Plan) (*Fix, error) {
	texts, culprits := fix(&p.Campaign)
	mended := p.Campaign
	mended.Variants = slices.Clone(mended.Variants)
	for i := range mended.Variants {
		mended.Variants[i].Text, mended.Variants[i].Template = texts[i], ""
	}
	after, err := o.Campaigns().Review(ctx, &mended)
	if err != nil || after.Segments >= p.Review.Segments && after.LongestOf.Encoding == p.Review.LongestOf.Encoding {
		return nil, err
	}
	return &Fix{Culprits: culprits, Texts: texts, Review: after}, nil
}

// wordless is a campaign whose texts say nothing, to count its people.
func wordless(c data.Campaign) *data.Campaign {
	c.Variants = slices.Clone(c.Variants)
	for i := range c.Variants {
		c.Variants[i].Text, c.Variants[i].Template = "-", ""
	}
	return &c
}

// recipients are those who get the campaign: everybody of the group who isn't
// left out, in the order of the list.
func recipients(ctx context.Context, s *store.Store, group string, r *campaign.Review) ([]data.ContactID, error) {
	conditions, err := data.ParseConditions(group)
	if err != nil {
		return nil, err
	}
	all, err := s.Find(ctx, store.Filter{Conditions: conditions})
	if err != nil {
		return nil, err
	}
	left := make(map[data.ContactID]bool, r.Blocked)
	for _, ids := range r.Left {
		for _, id := range ids {
			left[id] = true
		}
	}
	return slices.DeleteFunc(all, func(id data.ContactID) bool { return left[id] }), nil
}

// fix swaps the characters that make texts dearer for others: look-alikes, else
// plain spellings; a picture is left out. There is none for a text that is
// written in another alphabet, or that only placeholders make long.
func fix(c *data.Campaign) (texts [2]string, culprits []text.Culprit) {
	for i, v := range c.Variants {
		texts[i] = v.Text
		for _, bad := range text.Culprits(v.Text) {
			r := []rune(bad.Char)[0]
			if !bad.Offered {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return [2]string{}, nil
				}
				bad.Offered = true // no letter: leave it out
			}
			texts[i] = text.Substitute(texts[i], bad)
			if !slices.ContainsFunc(culprits, func(have text.Culprit) bool { return have.Char == bad.Char }) {
				culprits = append(culprits, bad)
			}
		}
		if texts[i] != v.Text {
			texts[i] = strings.TrimSpace(strings.ReplaceAll(texts[i], "  ", " "))
		}
	}
	return texts, culprits
}
