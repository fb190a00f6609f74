// Package today is the first page: who comes today, what needs a person, and what came of the last campaign.
package today

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
)

// A Day is all that Today shows, as it was at one moment.
type Day struct {
	Business data.Business
	Now      time.Time // by the shop's clock and zone
	Practice bool      // the clock is a practice clock

	Needs    []Need // most urgent first
	Visits   []Visit
	Next     *Visit         // the next visit of another day, where today has none
	Last     *report.Report // of the campaign that was sent last; nil when none was
	LastDays *report.Report // all campaigns, the last two weeks; nil when none was ever sent

	empty bool
}

// chartDays is how many days the chart goes back from today.
const chartDays = 14

// Read looks at a profile.
func Read(ctx context.Context, s *store.Store) (*Day, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	d := &Day{Business: b, Now: s.Now().In(b.Location()), Practice: s.Simulated()}
	if d.Needs, err = readNeeds(ctx, s); err != nil {
		return nil, err
	}
	if err := d.readVisits(ctx, s); err != nil {
		return nil, err
	}
	if err := d.readFigures(ctx, s); err != nil {
		return nil, err
	}
	people, err := s.People(ctx)
	if err != nil {
		return nil, err
	}
	err = d.readSender(ctx, s, people)
	d.empty = people == 0 && len(d.Visits) == 0 && d.Next == nil && d.Last == nil
	return d, err
}

// Empty tells whether there is nothing to show yet: nobody in the book, no visit ahead, no campaign.
func (d *Day) Empty() bool { return d.empty }

// readFigures reads what came of the campaign that was sent last, and of all in the last two weeks.
func (d *Day) readFigures(ctx context.Context, s *store.Store) error {
	all, err := s.Campaigns(ctx)
	if err != nil {
		return err
	}
	var last *data.Campaign
	for i := range all {
		if all[i].SentAt != 0 && (last == nil || all[i].SentAt > last.SentAt) {
			last = &all[i]
		}
	}
	if last == nil {
		return nil
	}
	if d.Last, err = report.Read(ctx, s, report.Question{Campaign: last.ID}); err != nil {
		return err
	}
	today := data.DateOf(d.Now)
	d.LastDays, err = report.Read(ctx, s, report.Question{From: data.DateOf(d.Now.AddDate(0, 0, -chartDays)), To: today})
	return err
}

// Greeting is which part of the day it is: morning, afternoon or evening.
func (d *Day) Greeting() string {
	switch h := d.Now.Hour(); {
	case h >= 5 && h < 12:
		return "morning"
	case h >= 12 && h < 18:
		return "afternoon"
	}
	return "evening"
}

// Stage is where the last campaign stands, for the word beside its name: scheduled, running, paused, stopped, valid
// (everything has gone out and coupons can still be redeemed) or done.
func (d *Day) Stage() string {
	c := d.Last.Campaign
	switch c.State {
	case data.Paused, data.Stopped:
		return string(c.State)
	case data.Scheduled, data.UndoWindow, data.AwaitingApproval:
		return "scheduled"
	case data.Running:
		if data.At(d.Now) < c.At {
			return "scheduled"
		}
		return "running"
	}
	if c.Offer != nil && c.Offer.ValidTo != "" && c.Offer.ValidTo >= data.DateOf(d.Now) {
		return "valid"
	}
	return "done"
}
