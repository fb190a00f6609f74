package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"counterbell/data"
)

// Names of settings that more than one part reads.
const (
	settingBusiness = "business"
	settingPlan     = "reminder_plan"
	settingFormer   = "provider_former" // when each was given up
	settingProvider = "provider"
	settingClock    = "practice_clock"
)

// Setting reads a setting into v, a pointer. It returns false when nothing was stored.
func (s *Store) Setting(ctx context.Context, name string, v any) (bool, error) {
	return readSetting(ctx, s.read, name, v)
}

func readSetting(ctx context.Context, q reader, name string, v any) (bool, error) {
	var body string
	err := q.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fault("read a setting", err)
	}
	return true, fault("read a setting", json.Unmarshal([]byte(body), v))
}

// SetSetting stores v as JSON. Credentials never go here (invariant 9).
func (s *Store) SetSetting(ctx context.Context, name string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fault("store a setting", err)
	}
	return s.update(ctx, "store a setting", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, string(body))
		return err
	})
}

// Business returns whose profile this is. Until somebody says, it is a shop in the United States without a name.
func (s *Store) Business(ctx context.Context) (data.Business, error) {
	b := data.Business{Kind: "shop", Country: "US", Zone: "America/New_York", Currency: "USD", Till: "Till 1"}
	_, err := s.Setting(ctx, settingBusiness, &b)
	return b, err
}

// SetBusiness stores whose profile this is.
func (s *Store) SetBusiness(ctx context.Context, b data.Business) error {
	return s.SetSetting(ctx, settingBusiness, b)
}

// Provider returns the name of the provider that sends; practice until another is chosen, and always in a demo profile.
func (s *Store) Provider(ctx context.Context) (string, error) {
	name := "practice"
	if _, err := s.Setting(ctx, settingProvider, &name); err != nil {
		return "", err
	}
	b, err := s.Business(ctx)
	if b.Demo {
		name = "practice"
	}
	return name, err
}

// ProviderSettings returns a provider's settings other than secrets.
func (s *Store) ProviderSettings(ctx context.Context, provider string) (map[string]string, error) {
	m := map[string]string{}
	_, err := s.Setting(ctx, "provider."+provider, &m)
	return m, err
}

// SetProvider chooses a provider and stores its settings other than secrets. Error data.Refused in a demo profile for
// any but practice.
func (s *Store) SetProvider(ctx context.Context, provider string, settings map[string]string) error {
	b, err := s.Business(ctx)
	if err != nil {
		return err
	}
	if b.Demo && provider != "practice" {
		return data.Errorf("demo_provider", "choose a provider", "a profile of sample people can use practice alone")
	}
	before, err := s.Provider(ctx)
	if err != nil {
		return err
	}
	left := map[string]data.Instant{}
	if _, err := s.Setting(ctx, settingFormer, &left); err != nil {
		return err
	}
	left[before] = s.Now()
	delete(left, provider)
	if err := s.SetSetting(ctx, settingFormer, left); err != nil {
		return err
	}
	if err := s.SetSetting(ctx, "provider."+provider, settings); err != nil {
		return err
	}
	return s.SetSetting(ctx, settingProvider, provider)
}

// FormerProviders names the providers, other than practice, that were given up after a moment, for another.
func (s *Store) FormerProviders(ctx context.Context, after data.Instant) (names []string, err error) {
	left := map[string]data.Instant{}
	if _, err := s.Setting(ctx, settingFormer, &left); err != nil {
		return nil, err
	}
	for name, at := range left {
		if at > after && name != "practice" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// ReminderPlan returns the plan that every appointment gets, unless one was stored: a day and two hours before.
func (s *Store) ReminderPlan(ctx context.Context) (data.ReminderPlan, error) {
	var p data.ReminderPlan
	ok, err := s.Setting(ctx, settingPlan, &p)
	if !ok {
		p.Steps = []data.ReminderStep{
			{Name: "1d", Before: 24 * time.Hour, EveningBefore: true},
			{Name: "2h", Before: 2 * time.Hour, EveningBefore: true},
		}
	}
	return p, err
}

// SetReminderPlan stores the plan.
func (s *Store) SetReminderPlan(ctx context.Context, p data.ReminderPlan) error {
	return s.SetSetting(ctx, settingPlan, p)
}

// practiceClock is a practice profile's time: it showed Base when the real clock showed Real, and goes on from there.
// Zero: the profile lives in real time.
type practiceClock struct {
	Base data.Instant `json:"base"`
	Real data.Instant `json:"real"`
}

var clockOfProfile data.Clock = time.Now

// startClock gives the store its profile's clock.
func (s *Store) startClock(ctx context.Context) error {
	var c practiceClock
	ok, err := s.Setting(ctx, settingClock, &c)
	if ok && c.Base != 0 {
		s.simulated = true
		s.clock = func() time.Time {
			return c.Base.Time().Add(time.Since(c.Real.Time()))
		}
	}
	return err
}

// Simulated tells whether the profile lives on a practice clock.
func (s *Store) Simulated() bool { return s.simulated }

// SetPracticeClock puts the profile on a practice clock that shows now at this moment.
func (s *Store) SetPracticeClock(ctx context.Context, now data.Instant) error {
	return s.SetSetting(ctx, settingClock, practiceClock{Base: now, Real: data.At(time.Now())})
}

// StartPractice makes an empty profile one of sample people on a practice clock that shows now at this moment. Error
// practice_not_empty when anybody's data are in it: they would get times that never were.
func (s *Store) StartPractice(ctx context.Context, now data.Instant) error {
	var kept int
	if err := s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM contact) + (SELECT count(*) FROM consent) + (SELECT count(*) FROM appointment)`).Scan(&kept); err != nil {
		return fault("start the practice clock", err)
	}
	if kept > 0 {
		return data.Errorf("practice_not_empty", "start the practice clock", "%d rows", kept)
	}
	b, err := s.Business(ctx)
	if err != nil {
		return err
	}
	b.Demo = true
	if err := s.SetBusiness(ctx, b); err != nil {
		return err
	}
	return s.SetPracticeClock(ctx, now)
}
