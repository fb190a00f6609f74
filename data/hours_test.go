package data

import (
	"encoding/json"
	"testing"
	"time"
)

func TestAShopIsOpenWithinItsHoursAndAtNoOtherTime(t *testing.T) {
	o := NewOpeningHours(Span{9 * 60, 18 * 60}, time.Monday, time.Saturday)
	o[time.Saturday] = []Span{{9 * 60, 12 * 60}, {13 * 60, 15 * 60}}
	for _, c := range []struct {
		at   string
		open bool
	}{
		{"2026-11-23 08:59", false},
		{"2026-11-23 09:00", true},
		{"2026-11-23 17:59", true},
		{"2026-11-23 18:00", false},
		{"2026-11-24 12:00", false},
		{"2026-11-28 11:59", true},
		{"2026-11-28 12:30", false},
		{"2026-11-28 13:00", true},
	} {
		at, err := time.Parse("2006-01-02 15:04", c.at)
		if err != nil {
			t.Fatal(err)
		}
		if o.Open(at) != c.open {
			t.Errorf("%s: open is %v", c.at, !c.open)
		}
	}
	if OpeningHours(nil).Open(time.Now()) || len(OpeningHours(nil).On(time.Monday)) != 0 {
		t.Error("a shop that has not said when is open")
	}
}

func TestHoursThatCannotBeAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		hours OpeningHours
		valid bool
	}{
		{"none said", nil, true},
		{"closed all week", make(OpeningHours, 7), true},
		{"until midnight", NewOpeningHours(Span{0, 1440}, time.Friday), true},
		{"a week of six days", make(OpeningHours, 6), false},
		{"closes before it opens", NewOpeningHours(Span{600, 540}, time.Friday), false},
		{"no length", NewOpeningHours(Span{600, 600}, time.Friday), false},
		{"past midnight", NewOpeningHours(Span{600, 1441}, time.Friday), false},
		{"before midnight", NewOpeningHours(Span{-1, 600}, time.Friday), false},
		{"overlapping", OpeningHours{nil, {{540, 720}, {700, 800}}, nil, nil, nil, nil, nil}, false},
	} {
		if c.hours.Valid() != c.valid {
			t.Errorf("%s: valid is %v", c.name, !c.valid)
		}
	}
}

func TestNeighbouringDaysWithTheSameHoursStandTogether(t *testing.T) {
	o := NewOpeningHours(Span{540, 1080}, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	o[time.Saturday] = []Span{{600, 960}}
	runs := o.Runs()
	if len(runs) != 3 || runs[0].First != time.Monday || runs[0].Last != time.Friday || runs[1].First != time.Saturday || runs[2].First != time.Sunday || len(runs[2].Spans) != 0 {
		t.Errorf("the sign on the door says %+v", runs)
	}
	if runs = make(OpeningHours, 7).Runs(); len(runs) != 1 || runs[0].First != time.Monday || runs[0].Last != time.Sunday {
		t.Errorf("closed all week: %+v", runs)
	}
}

func TestHoursAreStoredWithTheShop(t *testing.T) {
	b := Business{Name: "Lark Optical", Hours: NewOpeningHours(Span{540, 1080}, time.Monday)}
	body, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var again Business
	if err := json.Unmarshal(body, &again); err != nil || len(again.Hours.On(time.Monday)) != 1 || again.Hours.On(time.Monday)[0] != (Span{540, 1080}) {
		t.Errorf("%s came back as %+v: %v", body, again.Hours, err)
	}
	if body, err = json.Marshal(Business{}); err != nil || json.Unmarshal(body, &again) != nil || string(body) == "" {
		t.Fatal(err)
	}
}
