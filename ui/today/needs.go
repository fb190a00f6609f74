package today

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// A Need is something that waits for a person: what, how many, and who or what exactly.
type Need struct {
	Kind  NeedKind
	N     int
	Lines []Line // the first ones, as many as a panel lists
	File  string // of refused rows
	Of    string // the country that numbers of refused rows were read by

	Import  data.ImportID
	Balance *Balance
}

// NeedKind names a need; its texts are "today.need.KIND.…".
type NeedKind string

const (
	NeedPaused  NeedKind = "paused"   // campaigns that wait for somebody to mend something
	NeedUnclear NeedKind = "unclear"  // replies that ought to be an answer and aren't
	NeedNoPhone NeedKind = "no_phone" // appointments that can't be reminded
	NeedUnknown NeedKind = "unknown"  // texts that may or may not have gone out
	NeedRows    NeedKind = "rows"     // refused rows of the last import
	NeedFailed  NeedKind = "failed"   // texts that didn't arrive
	NeedBalance NeedKind = "balance"  // little is left at the provider
	NeedSender  NeedKind = "provider" // nobody has chosen who sends
)

// A Line is one person, message or row of a need.
type Line struct {
	ID     int64 // of the reply, campaign or message
	Who    string
	What   string // a reply's words, a campaign's name, a row's value
	Column string
	Reason string // a code
	At     data.Instant
	Wall   string // of an appointment
	Row    int
	Starts data.Instant // of a campaign
	Of     data.CampaignID
}

const (
	mostNeeds = 3
	mostLines = 30
	// recent is how long something that can't be mended any more is shown.
	recent = 7 * 24 * time.Hour
)

// readNeeds finds what needs a person, the most urgent first.
func readNeeds(ctx context.Context, s *store.Store) ([]Need, error) {
	a, err := s.Attention(ctx)
	if err != nil {
		return nil, err
	}
	since := s.Now().Add(-recent)
	if a.LastImport < since {
		a.RejectedRows = 0
	}
	var all []Need
	for _, look := range []struct {
		kind NeedKind
		n    int
		read func(n *Need) error
	}{
		{NeedPaused, a.Paused, func(n *Need) error { return n.readPaused(ctx, s) }},
		{NeedUnclear, a.UnclearReplies, func(n *Need) error { return n.readUnclear(ctx, s) }},
		{NeedNoPhone, a.NoPhone, func(n *Need) error { return n.readNoPhone(ctx, s) }},
		{NeedUnknown, a.UnknownSends, func(n *Need) error {
			lost, err := s.UnknownMessages(ctx, since, mostLines)
			n.lose(lost)
			return err
		}},
		{NeedRows, a.RejectedRows, func(n *Need) error { return n.readRows(ctx, s) }},
		{NeedFailed, a.FailedSends, func(n *Need) error {
			lost, err := s.FailedMessages(ctx, since, mostLines)
			n.lose(lost)
			return err
		}},
	} {
		if look.n == 0 {
			continue
		}
		n := Need{Kind: look.kind, N: look.n}
		if err := look.read(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// readSender notes that nobody has chosen who sends, in a shop of real people.
func (d *Day) readSender(ctx context.Context, s *store.Store, people int) error {
	if people == 0 || d.Practice || d.Business.Demo {
		return nil
	}
	chosen, err := s.ProviderChosen(ctx)
	if err == nil && !chosen {
		d.Needs = append(d.Needs, Need{Kind: NeedSender, N: 1})
	}
	return err
}

// Foremost are the needs that have a card; the others wait behind a link.
func (d *Day) Foremost() (cards, others []Need) {
	n := min(len(d.Needs), mostNeeds)
	return d.Needs[:n], d.Needs[n:]
}

// Campaign is the one campaign that all cases of a need belong to; 0 when they are of several, or of none.
func (n *Need) Campaign() data.CampaignID {
	if len(n.Lines) == 0 || n.N > len(n.Lines) {
		return 0
	}
	for _, l := range n.Lines {
		if l.Of != n.Lines[0].Of {
			return 0
		}
	}
	return n.Lines[0].Of
}

func (n *Need) readPaused(ctx context.Context, s *store.Store) error {
	all, err := s.CampaignsIn(ctx, data.Paused)
	for _, c := range all[:min(len(all), mostLines)] {
		n.Lines = append(n.Lines, Line{ID: int64(c.ID), What: c.Name, Reason: c.Reason, Starts: c.At, Of: c.ID})
	}
	return err
}

func (n *Need) readUnclear(ctx context.Context, s *store.Store) error {
	all, err := s.UnclearReplies(ctx, mostLines)
	for _, u := range all {
		n.Lines = append(n.Lines, Line{ID: u.ID, Who: who(u.Name, u.From), What: u.Text, At: u.At})
	}
	return err
}

func (n *Need) readNoPhone(ctx context.Context, s *store.Store) error {
	all, err := s.AppointmentsWithoutPhone(ctx, mostLines)
	for _, a := range all {
		n.Lines = append(n.Lines, Line{ID: int64(a.ID), Who: a.Patient, What: a.Service, Wall: a.Wall})
	}
	return err
}

func (n *Need) readRows(ctx context.Context, s *store.Store) error {
	last, err := s.Imports(ctx, 1)
	if err != nil || len(last) == 0 {
		return err
	}
	r := &last[0].Receipt
	n.File, n.Of, n.Import = last[0].File, r.Country, last[0].ID
	for _, x := range r.Rejects[:min(len(r.Rejects), mostLines)] {
		n.Lines = append(n.Lines, Line{Row: x.Row, Column: x.Column, What: x.Value, Reason: x.Reason})
	}
	return nil
}

func (n *Need) lose(lost []store.LostMessage) {
	for _, l := range lost {
		n.Lines = append(n.Lines, Line{ID: int64(l.ID), Who: who(l.Name, l.To), What: l.About, Reason: l.Reason, At: l.At, Of: l.Campaign})
	}
}

// who names a person, by the number where nobody knows the name.
func who(name string, phone data.Phone) string {
	if name == "" {
		return string(phone)
	}
	return name
}
