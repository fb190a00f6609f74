package remind

import (
	"context"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// A Forecast is what becomes of one appointment's reminders as things stand, told by the code that sends them.
type Forecast struct {
	Appointment data.Appointment
	Facts       data.PhoneFacts
	Course      []Coming // empty for one that has begun
	Body        string   // as it goes out, brand and label included; "" where nothing can
	Segments    int
	Units       int // characters of Body, as carriers count them
	Room        int // how many fit into the segments that it takes
	Cost        data.Cost
	Reason      string // why nobody can be reminded though the rules were not asked: one of the Cannot constants, or a message's reason
	Verdict     rules.Verdict
}

// Why nobody can be reminded of an appointment.
const (
	CannotNoPhone  = "no_phone"
	CannotLandline = "landline"
)

// Next is the first reminder that is still to come; 0 for none.
func (f *Forecast) Next() data.Instant {
	for _, c := range f.Course {
		if c.Due != 0 {
			return c.Due
		}
	}
	return 0
}

// Reaches tells whether the person can be reminded at all.
func (f *Forecast) Reaches() bool { return f.Reason == "" && f.Verdict.Verdict != rules.Block }

// Forecast works out what becomes of the reminders of some appointments by a plan, which need not be the stored one.
// Nothing is queued. What the rules say is for the moment at which the first of them comes.
func (r *Reminder) Forecast(ctx context.Context, plan data.ReminderPlan, apps []data.Appointment) ([]Forecast, error) {
	facts, err := r.factsOf(ctx, apps)
	if err != nil {
		return nil, err
	}
	phones := make([]data.Phone, 0, len(apps))
	for _, a := range apps {
		if a.Phone != "" {
			phones = append(phones, a.Phone)
		}
	}
	standing, err := r.Store.Permissions(ctx, data.ScopeReminders, phones)
	if err != nil {
		return nil, err
	}
	business, err := r.Store.Business(ctx)
	if err != nil {
		return nil, err
	}
	house, err := campaign.HouseOf(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	caps := r.Provider.Capabilities()
	now := r.Store.Now()
	out := make([]Forecast, len(apps))
	for i := range apps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a := &apps[i]
		f := &out[i]
		f.Appointment, f.Facts = *a, facts[a.ID]
		if a.Phone == "" {
			f.Reason = CannotNoPhone
			continue
		}
		f.Course = Course(house, a, f.Facts, plan, now)
		draft, err := r.draft(ctx, []data.Appointment{*a}, f.Facts, standing[a.Phone], business, plan, data.Message{Kind: data.Reminder, To: a.Phone})
		if code := data.CodeOf(err); campaign.Final(code) {
			f.Reason = string(code)
			continue
		} else if err != nil {
			return nil, err
		}
		f.Body, f.Segments, f.Cost, f.Reason = draft.Text.Body, draft.Segments, draft.Cost, draft.Reason
		length := text.Count(f.Body, text.Rule(caps.SegmentRule))
		f.Units, f.Room = length.Units, length.Units+length.Left
		switch {
		case f.Reason != "":
			continue
		case f.Facts.Line == data.Landline:
			f.Reason = CannotLandline
			continue
		case f.Facts.Fictional && !caps.Practice:
			f.Reason = rules.CodeFictional
			continue
		}
		draft.Ask.House, draft.Ask.Now = house, f.Next()
		if draft.Ask.Now == 0 {
			draft.Ask.Now = now
		}
		f.Verdict = rules.Decide(draft.Ask)
	}
	return out, nil
}

// Expected returns the open appointments of the plan's horizon, with what becomes of their reminders by a plan.
func (r *Reminder) Expected(ctx context.Context, plan data.ReminderPlan) ([]Forecast, map[data.AppointmentID][]store.VisitReminder, error) {
	now := r.Store.Now()
	all, err := r.Store.AppointmentsBetween(ctx, now, now.Add(Horizon))
	if err != nil {
		return nil, nil, err
	}
	open := all[:0]
	ids := make([]data.AppointmentID, 0, len(all))
	for _, a := range all {
		if a.Open() {
			open, ids = append(open, a), append(ids, a.ID)
		}
	}
	had, err := r.Store.VisitReminders(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	out, err := r.Forecast(ctx, plan, open)
	return out, had, err
}

// Waiting counts the appointments ahead of which some reminder could go and none was ever scheduled.
func (r *Reminder) Waiting(ctx context.Context) (n int, err error) {
	plan, err := r.Store.ReminderPlan(ctx)
	if err != nil || len(plan.Steps) == 0 {
		return 0, err
	}
	all, had, err := r.Expected(ctx, plan)
	for i := range all {
		if f := &all[i]; f.Reaches() && f.Next() != 0 && len(had[f.Appointment.ID]) == 0 {
			n++
		}
	}
	return n, err
}
