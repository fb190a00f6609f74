// Package catalog knows the providers by name: what each asks for in its form, and how to set it up. The window, the
// engine and `bell provider` all go through it.
package catalog

import (
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/practice"
	"counterbell/sender/provider/twilio"
	"counterbell/sender/provider/uspeedo"
	"counterbell/sender/provider/wire"
)

// NoProvider is the code for a name that isn't in the catalog; Args provider and names.
const NoProvider data.Code = "no_such_provider"

// Secrets hands out credentials; data/secret's Keychain is one.
type Secrets interface {
	Get(provider, field string) (string, error)
}

// Needs is what setting up a provider takes from outside.
type Needs struct {
	Settings map[string]string // the form's fields that aren't secret
	Secrets  Secrets
	Clock    data.Clock   // nil: time.Now
	Wire     *wire.Client // nil: a new one
	Random   io.Reader    // nil: crypto/rand
	Practice Practice
}

// Practice is what the practice carrier needs beside the settings.
type Practice struct {
	Dir       string // the profile's folder, for its book; empty: in memory
	Advance   func(data.Instant)
	Pace      float64 // 1 on a practice clock; nought: practice.RealPace
	Zone      *time.Location
	Relay     string // the user's own public relay
	Transport http.RoundTripper
}

// Entry is one provider of the catalog. Display texts are translations: "provider.NAME.name", and
// "provider.NAME.FIELD" for each setting.
type Entry struct {
	Name     string
	Practice bool
	Settings []provider.Setting
	Console  string            // the provider's page where a person can look up a message; empty: none
	standIn  map[string]string // settings of nobody's account, for CapsOf
	open     func(Needs, form) (provider.Provider, error)
}

var entries = []Entry{
	{
		Name: practice.Name, Practice: true,
		Settings: []provider.Setting{{Name: "seed", Default: "1"}, {Name: "rate_per_sec", Default: "0"}},
		open:     openPractice,
	},
	{
		Name: uspeedo.Name, Console: uspeedo.SearchURL, standIn: map[string]string{"access_key_id": "none"},
		Settings: []provider.Setting{
			{Name: "access_key_id", Required: true},
			{Name: "access_key_secret", Secret: true, Required: true},
			{Name: "account_id"},
			{Name: "sender_id"},
			{Name: "base_url", Default: uspeedo.BaseURL},
			{Name: "rate_per_sec", Default: "5"},
		},
		open: openUSpeedo,
	},
	{
		Name: twilio.Name, Console: "https://console.twilio.com/us1/monitor/logs/sms",
		standIn: map[string]string{"account_sid": "AC00000000000000000000000000000000", "from": "+15005550006"},
		Settings: []provider.Setting{
			{Name: "account_sid", Required: true},
			{Name: "auth_token", Secret: true}, // one of auth_token, and api_key with api_secret
			{Name: "api_key"},
			{Name: "api_secret", Secret: true},
			{Name: "from"}, // one of from and messaging_service_sid
			{Name: "messaging_service_sid"},
			{Name: "base_url", Default: twilio.BaseURL},
			{Name: "rate_per_sec", Default: "1"},
		},
		open: openTwilio,
	},
}

// Entries lists the providers, practice first.
func Entries() []Entry { return slices.Clone(entries) }

// Find returns a provider's entry. Error NoProvider.
func Find(name string) (Entry, error) {
	var names []string
	for _, e := range entries {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return Entry{}, data.Errorf(NoProvider, "find a provider", "no provider of that name").With("provider", name).With("names", strings.Join(names, ", "))
}

// Setting returns the description of a field.
func (e Entry) Setting(field string) (provider.Setting, bool) {
	i := slices.IndexFunc(e.Settings, func(s provider.Setting) bool { return s.Name == field })
	if i < 0 {
		return provider.Setting{}, false
	}
	return e.Settings[i], true
}

// Open sets a provider up from its settings; it asks nothing of the network. The caller closes what is an io.Closer.
// Errors: NoProvider; provider.BadSetting with Args field, also for a field that isn't the provider's or a secret
// among the settings; data.Credentials with Args field and variables.
func Open(name string, n Needs) (provider.Provider, error) {
	e, err := Find(name)
	if err != nil {
		return nil, err
	}
	op := "set up " + name
	for field := range n.Settings {
		if s, ok := e.Setting(field); !ok || s.Secret {
			return nil, provider.SettingError(op, field).With("provider", name)
		}
	}
	f := form{op: op, name: name, entry: e, needs: n}
	for _, s := range e.Settings {
		if s.Required && !s.Secret && f.text(s.Name) == "" {
			return nil, provider.SettingError(op, s.Name).With("provider", name)
		}
	}
	if n.Clock == nil {
		n.Clock = time.Now
	}
	if n.Wire == nil {
		n.Wire = wire.New(wire.Needs{})
	}
	return e.open(n, f)
}

// form reads a provider's settings.
type form struct {
	op, name string
	entry    Entry
	needs    Needs
}

func (f form) text(field string) string {
	if s := strings.TrimSpace(f.needs.Settings[field]); s != "" {
		return s
	}
	s, _ := f.entry.Setting(field)
	return s.Default
}

func (f form) secret(field string) (string, error) {
	if f.needs.Secrets == nil {
		return "", (&data.Error{Code: data.Credentials, Op: f.op}).With("provider", f.name).With("field", field)
	}
	return f.needs.Secrets.Get(f.name, field)
}

// rate reads rate_per_sec: at least nought, at most 10,000 a second.
func (f form) rate() (float64, error) {
	r, err := strconv.ParseFloat(f.text("rate_per_sec"), 64)
	if err != nil || !(r >= 0 && r <= 10000) {
		return 0, provider.SettingError(f.op, "rate_per_sec").With("provider", f.name)
	}
	return r, nil
}

func openPractice(n Needs, f form) (provider.Provider, error) {
	seed, err := strconv.ParseInt(f.text("seed"), 10, 64)
	if err != nil {
		return nil, provider.SettingError(f.op, "seed").With("provider", f.name)
	}
	rate, err := f.rate()
	if err != nil {
		return nil, err
	}
	p := n.Practice
	needs := practice.Needs{
		Clock: n.Clock, Advance: p.Advance, Seed: seed, Pace: p.Pace, Zone: p.Zone, Relay: p.Relay, Transport: p.Transport, RatePerSec: rate,
	}
	if p.Dir != "" {
		needs.Path = filepath.Join(p.Dir, practice.FileName)
	}
	c, err := practice.New(needs)
	if err != nil {
		return nil, err
	}
	return c, nil
}

func openUSpeedo(n Needs, f form) (provider.Provider, error) {
	secret, err := f.secret("access_key_secret")
	if err != nil {
		return nil, err
	}
	rate, err := f.rate()
	if err != nil {
		return nil, err
	}
	a, err := uspeedo.New(uspeedo.Needs{
		AccessKeyID: f.text("access_key_id"), AccessKeySecret: secret, AccountID: f.text("account_id"), SenderID: f.text("sender_id"),
		BaseURL: f.text("base_url"), RequestsPerSec: rate, Clock: n.Clock, Random: n.Random, Wire: n.Wire,
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func openTwilio(n Needs, f form) (provider.Provider, error) {
	needs := twilio.Needs{
		AccountSID: f.text("account_sid"), APIKey: f.text("api_key"), From: f.text("from"), MessagingService: f.text("messaging_service_sid"),
		BaseURL: f.text("base_url"), Clock: n.Clock, Wire: n.Wire,
	}
	var err error
	if needs.RatePerSec, err = f.rate(); err != nil {
		return nil, err
	}
	if needs.APIKey != "" {
		needs.APISecret, err = f.secret("api_secret")
	} else {
		needs.AuthToken, err = f.secret("auth_token")
	}
	if err != nil {
		return nil, err
	}
	a, err := twilio.New(needs)
	if err != nil {
		return nil, err
	}
	return a, nil
}
