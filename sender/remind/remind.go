// Package remind turns appointments into reminders by the plan that the clinic or shop has chosen. A reminder's text is
// made when it is sent, from the appointment as it is then; it never goes out after the appointment, and a visit that
// was moved or cancelled takes its reminders with it.
package remind

import (
	"context"
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// wordings are the reminder texts that stand until the user writes another: by language, for providers whose replies
// are read ("answer") and for others ("plain").
//
//go:embed wordings.json
var wordings []byte

var wordingOf = func() (m map[string]map[string]string) {
	if err := json.Unmarshal(wordings, &m); err != nil {
		panic(err)
	}
	return m
}()

// Horizon is how far ahead reminders are queued.
const Horizon = 15 * 24 * time.Hour

// A Reminder plans reminders and writes them.
type Reminder struct{ campaign.Needs }

// New makes a reminder.
func New(n campaign.Needs) *Reminder { return &Reminder{n} }

// Plan queues the reminders of the appointments ahead that have none yet, and returns how many were new.
func (r *Reminder) Plan(ctx context.Context) (int64, error) {
	plan, err := r.Store.ReminderPlan(ctx)
	if err != nil || plan.Mode != data.PlanAuto {
		return 0, err
	}
	return r.plan(ctx, plan, nil)
}

// Schedule queues the reminders of some appointments, whoever decides by the plan, and returns how many were new. A plan
// that is off stays off: then it queues nothing.
func (r *Reminder) Schedule(ctx context.Context, ids []data.AppointmentID) (int64, error) {
	plan, err := r.Store.ReminderPlan(ctx)
	if err != nil || plan.Mode == data.PlanOff || len(ids) == 0 {
		return 0, err
	}
	only := make(map[data.AppointmentID]bool, len(ids))
	for _, id := range ids {
		only[id] = true
	}
	return r.plan(ctx, plan, only)
}

// plan queues what some appointments, or with nil all, haven't had yet.
func (r *Reminder) plan(ctx context.Context, plan data.ReminderPlan, only map[data.AppointmentID]bool) (int64, error) {
	now := r.Store.Now()
	apps, err := r.Store.AppointmentsBetween(ctx, now, now.Add(Horizon))
	if err != nil || len(apps) == 0 {
		return 0, err
	}
	planned, err := r.Store.PlannedSteps(ctx, now, now.Add(Horizon))
	if err != nil {
		return 0, err
	}
	facts, err := r.factsOf(ctx, apps)
	if err != nil {
		return 0, err
	}
	house, err := campaign.HouseOf(ctx, r.Store)
	if err != nil {
		return 0, err
	}
	var fresh []store.PlannedReminder
	for i := range apps {
		a := &apps[i]
		if a.Phone == "" || !a.Open() || only != nil && !only[a.ID] {
			continue
		}
		if all := planned[a.ID]; !slices.ContainsFunc(plan.Steps, func(s data.ReminderStep) bool { return !all[s.Name] }) {
			continue // the usual case, twenty times a minute
		}
		for _, c := range Course(house, a, facts[a.ID], plan, now) {
			switch {
			case c.Due == 0 || planned[a.ID][c.Step.Name]:
			case c.Late && len(planned[a.ID]) > 0:
				// The plan was changed after this visit had been planned: what the new one missed is not made up for.
			default:
				starts, _ := a.Starts() // a course has none without
				fresh = append(fresh, store.PlannedReminder{Appointment: *a, Step: c.Step.Name, Due: c.Due, NotAfter: starts})
			}
		}
	}
	return r.Store.PlanReminders(ctx, fresh)
}

// factsOf returns what is known of the numbers of appointments.
func (r *Reminder) factsOf(ctx context.Context, apps []data.Appointment) (map[data.AppointmentID]data.PhoneFacts, error) {
	ids := make([]data.AppointmentID, len(apps))
	for i := range apps {
		ids[i] = apps[i].ID
	}
	facts := make(map[data.AppointmentID]data.PhoneFacts, len(ids))
	for start := 0; start < len(ids); start += 500 {
		_, some, err := r.Store.AppointmentsByID(ctx, ids[start:min(start+500, len(ids))])
		if err != nil {
			return nil, err
		}
		maps.Copy(facts, some)
	}
	return facts, nil
}

// A Coming is one step of the plan for one appointment: when it comes, or why it doesn't.
type Coming struct {
	Step   data.ReminderStep
	Wanted data.Instant // the plan's own moment
	Due    data.Instant // when it goes; 0: it is left out
	Late   bool         // its moment has passed: it goes at once
	Night  bool         // quiet hours moved it
	Why    string       // why it is left out: one of the Left constants
}

// Why a step is left out.
const (
	LeftPassed = "passed" // its moment has passed, and the next one or the visit is too near
	LeftNight  = "night"  // quiet hours end after the visit
	LeftClose  = "close"  // another one comes within the hour
)

// Course works out what becomes of every step of a plan for an appointment, as of now: of steps whose moment has passed
// the last one goes at once while there is time. A moment in quiet hours moves to the evening before where the step says
// so, else to the end of the quiet hours, and falls away where that is after the visit. It is empty for an appointment
// that has begun, or has no readable time.
func Course(house *rules.House, a *data.Appointment, facts data.PhoneFacts, plan data.ReminderPlan, now data.Instant) []Coming {
	starts, err := a.Starts()
	if err != nil || starts <= now {
		return nil
	}
	hours := rules.WindowsFor(rules.Question{Kind: data.Reminder, Phone: facts, House: house})
	out := make([]Coming, 0, len(plan.Steps))
	last := -1 // the step before that is not left out
	for i, step := range plan.Steps {
		wanted, err := step.Moment(a)
		if err != nil {
			return nil
		}
		c := Coming{Step: step, Wanted: wanted, Due: wanted}
		if c.Due < now {
			c.Due, c.Late = now, true
			if now >= helpsUntil(a, plan, i) {
				c.Due, c.Late, c.Why = 0, false, LeftPassed
			}
		}
		if c.Due != 0 && !hours.Open(c.Due) {
			moved, ok := data.Instant(0), false
			if step.EveningBefore {
				moved, ok = lastOpen(hours, c.Due, now)
			}
			if !ok {
				moved, ok = hours.NextOpen(c.Due)
			}
			if c.Due, c.Night = moved, true; !ok || c.Due >= starts {
				c.Due, c.Late, c.Night, c.Why = 0, false, false, LeftNight
			}
		}
		if c.Due >= starts { // so many days before at an hour after the visit's: on the day itself
			c.Due, c.Why = 0, LeftPassed
		}
		if c.Due != 0 {
			// Where the night moves two steps together, nobody wants both.
			if last >= 0 && c.Due.Sub(out[last].Due) < lateEnough {
				out[last].Due, out[last].Why = 0, LeftClose
			}
			last = i
		}
		out = append(out, c)
	}
	return out
}

// lateEnough keeps a late reminder from arriving when the person should be on their way, or right before the next one.
const lateEnough = time.Hour

// helpsUntil returns until when a missed step of a plan still helps: then the next one, or the visit, is too near.
func helpsUntil(a *data.Appointment, plan data.ReminderPlan, step int) data.Instant {
	end, _ := a.Starts()
	if step >= 0 && step+1 < len(plan.Steps) {
		if next, err := plan.Steps[step+1].Moment(a); err == nil {
			end = next
		}
	}
	return end.Add(-lateEnough)
}

// onTime is how far behind its moment a reminder still counts as sent at its moment.
const onTime = 15 * time.Minute

// tooLate tells whether a reminder that should have gone out long ago, had the computer been on or the provider in reach,
// helps nobody any more.
func tooLate(a *data.Appointment, plan data.ReminderPlan, m *data.Message, now data.Instant) bool {
	if _, err := a.Starts(); err != nil || m.Reason != "not_sent" && now.Sub(m.Due) < onTime {
		return false
	}
	return now >= helpsUntil(a, plan, slices.IndexFunc(plan.Steps, func(s data.ReminderStep) bool { return s.Name == m.Step }))
}

// lastOpen returns the latest quarter of an hour before a moment at which texts may go, within a day and not before now.
func lastOpen(hours rules.Windows, before, now data.Instant) (data.Instant, bool) {
	const quarter = 15 * time.Minute
	at := before - before%data.Instant(quarter.Milliseconds())
	for range 24 * 4 {
		if at = at.Add(-quarter); at < now {
			return 0, false
		}
		if hours.Open(at) {
			return at, true
		}
	}
	return 0, false
}

// Drafts writes claimed reminders from the appointments as they are at this moment.
func (r *Reminder) Drafts(ctx context.Context, claimed []data.Message) ([]outbox.Draft, error) {
	ids := make([]data.AppointmentID, len(claimed))
	phones := make([]data.Phone, len(claimed))
	for i, m := range claimed {
		ids[i], phones[i] = m.Appointment, m.To
	}
	apps, facts, err := r.Store.AppointmentsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	standing, err := r.Store.Permissions(ctx, data.ScopeReminders, phones)
	if err != nil {
		return nil, err
	}
	business, err := r.Store.Business(ctx)
	if err != nil {
		return nil, err
	}
	plan, err := r.Store.ReminderPlan(ctx)
	if err != nil {
		return nil, err
	}
	house, err := campaign.HouseOf(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	now := r.Store.Now()
	drafts := make([]outbox.Draft, len(claimed))
	for i, m := range claimed {
		a, ok := apps[m.Appointment]
		drop := func(state data.MessageState, reason string) {
			drafts[i] = outbox.Draft{Message: m, Drop: state, Reason: reason}
		}
		switch {
		case !ok || !a.Open():
			drop(data.MsgCancelled, "appointment_"+string(a.State))
			continue
		case a.Phone != m.To:
			drop(data.MsgCancelled, "number_changed")
			continue
		case a.Version != m.Version:
			drop(data.MsgCancelled, "appointment_moved")
			continue
		case m.NotAfter != 0 && now >= m.NotAfter:
			drop(data.Expired, "appointment_over")
			continue
		case a.State == data.Confirmed && slices.ContainsFunc(plan.Steps, func(s data.ReminderStep) bool { return s.Name == m.Step && s.Unanswered }):
			drop(data.MsgCancelled, "answered")
			continue
		case tooLate(&a, plan, &m, now):
			drop(data.Expired, "too_late")
			continue
		}
		visits, wait, err := r.family(ctx, &a, plan, &m, now)
		switch {
		case err != nil:
			return nil, err
		case len(visits) == 0 && wait == 0:
			drop(data.MsgCancelled, "merged")
			continue
		case wait != 0:
			drafts[i] = outbox.Draft{Message: m, Drop: data.Held, Reason: "merging", Until: wait}
			continue
		}
		drafts[i], err = r.draft(ctx, visits, facts[a.ID], standing[m.To], business, plan, m)
		drafts[i].Ask.House = house
		drafts[i].Visits = slices.DeleteFunc(slices.Clone(visits), func(v data.Appointment) bool { return v.ID == a.ID })
		if code := data.CodeOf(err); campaign.Final(code) { // the plan's text can't be used: until it is mended, reminders wait
			drafts[i] = outbox.Draft{Message: m, Drop: data.Held, Reason: string(code), Until: now.Add(mendWait)}
		} else if err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// mendWait is how soon a reminder is looked at again whose text can't be used.
const mendWait = 5 * time.Minute

// draft writes one text about one visit, or about several of one phone, soonest first.
func (r *Reminder) draft(ctx context.Context, visits []data.Appointment, facts data.PhoneFacts, standing data.Permission, b data.Business, plan data.ReminderPlan, m data.Message) (outbox.Draft, error) {
	caps := r.Provider.Capabilities()
	b.Name = campaign.BrandOf(b, caps)
	d := outbox.Draft{Message: m}
	d.Ask = rules.Question{Kind: data.Reminder, Phone: facts, Clinic: b.Kind == "clinic", Permission: standing, Practice: caps.Practice}
	block := func(reason string) (outbox.Draft, error) {
		d.Drop, d.Reason = data.Blocked, reason
		return d, nil
	}
	if !caps.FreeText {
		return block("needs_template")
	}
	parsed, err := text.Parse(data.Reminder, SourceFor(plan, facts.Region, caps))
	if err != nil {
		return d, err
	}
	lang := campaign.LanguageOf(parsed, facts.Region)
	values, err := valuesOf(lang, facts.Region, visits)
	if err != nil {
		return d, err
	}
	values["brand"] = b.Name
	body, missing := parsed.Render(text.Of(values))
	if len(missing) > 0 {
		return block("placeholder_missing")
	}
	if body, err = rules.Compose(data.Reminder, facts.Region, lang, b.Name, campaign.ChannelOf(caps, r.Links), body); err != nil {
		return block(string(data.CodeOf(err)))
	}
	content := rules.Inspect(data.Reminder, facts.Region, lang, b.Name, campaign.ChannelOf(caps, r.Links), body)
	d.Ask.Content = &content
	price, err := r.Store.Price(ctx, r.Provider.Name(), facts.Region, data.Reminder)
	if err != nil {
		return d, err
	}
	length := text.Count(body, text.Rule(caps.SegmentRule))
	d.Text.Body, d.Segments, d.Cost = body, length.Segments, length.Cost(price)
	return d, nil
}

// LanguageFor is the language that is read where a number is from, by which a plan's wording is chosen.
func LanguageFor(region string) string { return rules.Languages(region)[0] }

// SourceFor returns the text by which people whose numbers are of a region are reminded, placeholders included.
func SourceFor(plan data.ReminderPlan, region string, caps provider.Caps) string {
	lang := LanguageFor(region)
	switch {
	case plan.Texts[lang] != "":
		return plan.Texts[lang]
	case plan.Text != "":
		return plan.Text
	}
	return Wording(lang, caps)
}

// Wording returns the reminder text that stands until the user writes another.
func Wording(lang string, caps provider.Caps) string {
	kind := "plain"
	if caps.Inbound != provider.PollNone && caps.Inbound != "" {
		kind = "answer"
	}
	if w, ok := wordingOf[lang][kind]; ok {
		return w
	}
	return wordingOf["en"][kind]
}
