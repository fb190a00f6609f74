package sender

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/rules"
)

// Somebody who got an offer this morning gets the next one tomorrow, and the review says so before.
func TestTheSecondOfferOfADayWaitsUntilTheDayIsOver(t *testing.T) {
	s := newShop(t)
	if err := s.SetHouseRule(t.Context(), data.HouseRule{Kind: data.Marketing, Caps: "1/day", By: "Dana"}); err != nil {
		t.Fatal(err)
	}
	s.people(person(1), person(2))
	s.sent(s.draft("Hi {first_name}, {offer}: {code}"))
	if sum := s.pass(); sum.Accepted != 2 {
		t.Fatalf("%+v", sum)
	}
	s.move(2 * time.Hour)
	s.people(person(3))
	second := s.draft("Hi {first_name}, also {offer}: {code}")
	second.Name = "Again"
	review, err := s.engine.Campaigns().Review(t.Context(), second)
	if code := data.CodeOf(err); code != "" {
		t.Fatal(err)
	}
	if review.Audience != 3 || review.Now != 1 || review.Held != 2 || len(review.HeldUntil) != 1 || review.HeldUntil[0].Reason != rules.CodeCap {
		t.Errorf("the review: %+v", review)
	}
	s.sent(second)
	if sum := s.pass(); sum.Accepted != 1 {
		t.Errorf("the third person alone: %+v", sum)
	}
	all := s.states()
	if all[data.Held] != 2 || all[data.Accepted] != 3 {
		t.Errorf("%v", all)
	}
	s.move(21 * time.Hour)
	s.pass()
	if n := len(s.carrier.got); n != 3 {
		t.Errorf("an hour too early %d texts went out", n)
	}
	s.move(time.Hour + 15*time.Minute)
	s.pass()
	if n := len(s.carrier.got); n != 5 {
		t.Errorf("a day later %d texts have gone out", n)
	}
}

// What was set while a campaign runs holds from the next message on.
func TestANewRuleHoldsAtOnce(t *testing.T) {
	s := newShop(t)
	s.people(person(1))
	s.sent(s.draft("Hi {first_name}, {offer}: {code}"))
	if err := s.SetHouseRule(t.Context(), data.HouseRule{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 12:00-18:00"}); err != nil {
		t.Fatal(err)
	}
	if sum := s.pass(); sum.Held != 1 || sum.Accepted != 0 {
		t.Errorf("at ten: %+v", sum)
	}
	if err := s.SetHouseRule(t.Context(), data.HouseRule{Place: "US", Kind: data.Marketing, By: "Dana"}); err != nil {
		t.Fatal(err)
	}
	s.move(2 * time.Hour)
	if sum := s.pass(); sum.Accepted != 1 {
		t.Errorf("at noon: %+v", sum)
	}
	history, err := s.HouseRuleHistory(t.Context())
	if err != nil || len(history) != 2 || history[0].By != "Dana" || history[0].At == 0 || !history[0].Empty() {
		t.Errorf("%+v %v", history, err)
	}
	if now, err := s.HouseRules(t.Context()); err != nil || len(now) != 0 {
		t.Errorf("%+v %v", now, err)
	}
}

// Four offers a month: the fifth waits until the first is a month old.
func TestTheFifthOfferOfAMonthWaitsForWeeks(t *testing.T) {
	s := newShop(t)
	if err := s.SetHouseRule(t.Context(), data.HouseRule{Kind: data.Marketing, Caps: "1/day;4/month"}); err != nil {
		t.Fatal(err)
	}
	s.people(person(1))
	first := s.Now()
	for i := range 5 {
		c := s.draft("Hi {first_name}, {offer}: {code}")
		c.Name, c.Offer.ValidTo = strings.Repeat("x", i+1), "2027-03-31"
		s.sent(c)
		s.pass()
		s.move(25 * time.Hour)
	}
	for s.pass(); len(s.carrier.got) < 5 && s.Now().Sub(first) < 60*24*time.Hour; s.pass() {
		s.move(6 * time.Hour)
	}
	if days := s.Now().Sub(first).Hours() / 24; days < 31 || days > 32 {
		t.Errorf("the fifth text went out after %.1f days", days)
	}
}
