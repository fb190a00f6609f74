// Package welcome is the first minutes with Counterbell: language and look, whose shop this is and in which country, who
// sends the texts, and the first list. Every step can be skipped, everything can be changed later.
package welcome

import (
	"slices"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/i18n"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// Step is where one is.
type Step int

const (
	Look    Step = iota // language, light or dark, text size
	Shop                // what kind, its name, country and hours
	Service             // who sends the texts
	List                // the first list of people
	steps   = 4
)

// Model is the first run without its screen. It is what the profile remembers when the window is closed halfway.
type Model struct {
	Step     Step          `json:"step"`
	Done     bool          `json:"done"` // finished or skipped: never shown again
	Been     [steps]bool   `json:"been"` // steps that were answered, not skipped
	Business data.Business `json:"business"`
	ByHand   Chosen        `json:"by_hand"`
	Provider string        `json:"provider"` // to be set up when all is done

	Lack bool `json:"-"` // the name was asked for and isn't there

	home string    // the country of the system
	now  time.Time // by the system's clock, in its zone
}

// Chosen is what somebody decided; the rest follows from the language and the country.
type Chosen struct {
	Country  bool `json:"country"`
	Zone     bool `json:"zone"`
	Currency bool `json:"currency"`
}

// Begin is a first run in a profile as it is, on a system with a locale and a clock.
func Begin(b data.Business, locale string, now time.Time, spoken i18n.Language) *Model {
	m := &Model{Business: b, Provider: "practice"}
	m.settle(locale, now)
	if b.Country != "US" || b.Zone != "America/New_York" || b.Currency != "USD" { // somebody has said: see store.Business
		m.ByHand = Chosen{true, true, true}
	}
	m.Speak(spoken)
	return m
}

// Resume goes on where somebody stopped.
func (m *Model) Resume(locale string, now time.Time) {
	m.settle(locale, now)
	m.Step = min(max(m.Step, Look), List)
	if m.Provider == "" {
		m.Provider = "practice"
	}
}

func (m *Model) settle(locale string, now time.Time) {
	m.now, m.home = now, "US"
	if tag, err := language.Parse(strings.ReplaceAll(strings.Split(locale, ".")[0], "_", "-")); err == nil {
		if region, sure := tag.Region(); sure >= language.Low && phone.Known(region.String()) {
			m.home = region.String()
		}
	}
}

// chineseSpeaking are the countries in which many shopkeepers read Chinese.
var chineseSpeaking = []string{"CN", "HK", "MO", "TW", "SG", "MY"}

// Speak follows a choice of language: until somebody chooses a country, Chinese means mainland China, unless the system is set
// to another place where Chinese is read.
func (m *Model) Speak(l i18n.Language) {
	if m.ByHand.Country {
		return
	}
	country := m.home
	if l == i18n.Chinese && !slices.Contains(chineseSpeaking, country) {
		country = "CN"
	}
	m.setCountry(country)
}

// ChooseCountry takes the country that somebody chose. Currency and time zone follow, unless they were chosen too.
func (m *Model) ChooseCountry(code string) {
	m.ByHand.Country = true
	m.setCountry(code)
}

func (m *Model) setCountry(code string) {
	m.Business.Country = code
	if !m.ByHand.Currency {
		m.Business.Currency = currencyOf(code)
	}
	if !m.ByHand.Zone {
		m.Business.Zone = m.zoneOf(code)
	}
}

// currencyOf is what people pay with in a country. Source: CLDR, as golang.org/x/text carries it.
func currencyOf(country string) string {
	if region, err := language.ParseRegion(country); err == nil {
		if unit, ok := currency.FromRegion(region); ok {
			return unit.String()
		}
	}
	return "USD"
}

// zoneOf is the zone of a country in which the system's clock shows the right time; its first where none does.
func (m *Model) zoneOf(country string) string {
	zones := phone.Zones(country)
	_, system := m.now.Zone()
	for _, name := range zones {
		if loc, err := data.Zone(name); err == nil {
			if _, east := m.now.In(loc).Zone(); east == system {
				return name
			}
		}
	}
	if len(zones) > 0 {
		return zones[0]
	}
	return "UTC"
}

// ChooseZone and ChooseCurrency take what somebody chose.
func (m *Model) ChooseZone(name string) { m.Business.Zone, m.ByHand.Zone = name, true }

func (m *Model) ChooseCurrency(code string) { m.Business.Currency, m.ByHand.Currency = code, true }

// Next answers the step and goes on. It stays, and returns false, where something is missing.
func (m *Model) Next() bool {
	m.Business.Name = strings.TrimSpace(m.Business.Name)
	if m.Lack = m.Step == Shop && m.Business.Name == ""; m.Lack {
		return false
	}
	m.Been[m.Step] = true
	m.Skip()
	return true
}

// Skip goes on without an answer.
func (m *Model) Skip() {
	m.Lack = false
	if m.Step == List {
		m.Done = true
		return
	}
	m.Step++
}

// Back goes a step back, and tells whether there was one.
func (m *Model) Back() bool {
	m.Lack = false
	if m.Step == Look {
		return false
	}
	m.Step--
	return true
}

// GoTo goes to a step. The shop's answers are left as they are.
func (m *Model) GoTo(s Step) { m.Step, m.Lack = min(max(s, Look), List), false }

// Into is the business as it is to be stored: what somebody entered here, over what is there.
func (m *Model) Into(b data.Business) data.Business {
	n := m.Business
	b.Name, b.Kind, b.Country, b.Zone, b.Currency, b.Hours = n.Name, n.Kind, n.Country, n.Zone, n.Currency, n.Hours
	return b
}
