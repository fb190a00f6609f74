package intake

import (
	"os"
	"path/filepath"
	"testing"

	"counterbell/assets/samples"
)

const doubtful = "Name,Mobile\nAmelia Hart,7700900318\nDaniel Osei,07700 900452\nOwen Pryce,07700 900266 / 07700 900267\n"

func TestWhatSomebodyDecidesAboutDoubtfulNumbersHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(doubtful), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name            string
		options         Options
		added, rejected int
		codes           []string
		reasons         []string
	}{
		{"nothing decided", Options{}, 3, 0, []string{"leading_zero", "two_numbers"}, nil},
		{"zeros stay away", Options{NoZeros: true}, 2, 1, []string{"zero_left_out", "two_numbers"}, []string{"phone_too_short"}},
		{"pairs stay away", Options{NoPairs: true}, 2, 1, []string{"leading_zero", "two_left_out"}, []string{"phone_two"}},
		{"both", Options{NoZeros: true, NoPairs: true}, 1, 2, []string{"zero_left_out", "two_left_out"}, []string{"phone_too_short", "phone_two"}},
	} {
		c.options.Country, c.options.Home = "GB", "GB"
		list, err := Open(t.Context(), path, c.options)
		if err != nil {
			t.Fatal(err)
		}
		r, err := list.Survey(t.Context(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Added != c.added || r.Rejected != c.rejected {
			t.Errorf("%s: %d added, %d rejected", c.name, r.Added, r.Rejected)
		}
		seen := map[string]int{}
		for _, q := range r.Questions {
			seen[q.Code] = q.Count
		}
		for _, code := range c.codes {
			if seen[code] != 1 {
				t.Errorf("%s: nothing is said about %s: %+v", c.name, code, r.Questions)
			}
		}
		for i, reason := range c.reasons {
			if r.Rejects[i].Reason != reason {
				t.Errorf("%s: row %d is kept out for %s", c.name, r.Rejects[i].Row, r.Rejects[i].Reason)
			}
		}
		if err := list.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnAppointmentBookIsToldFromAListOfPeople(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string][]byte{"customers.xlsx": samples.Customers, "appointments.xlsx": samples.Appointments} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		list, err := Open(t.Context(), path, Options{Home: "US"})
		if err != nil {
			t.Fatal(err)
		}
		if got := ScheduleLike(list.Columns); got != (name == "appointments.xlsx") {
			t.Errorf("%s is taken for a schedule: %v", name, got)
		}
		if err := list.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		headings []string
		want     bool
	}{
		{[]string{"预约日期", "预约时间", "姓名", "手机", "项目"}, true},
		{[]string{"Date", "Time", "Name", "Mobile"}, false}, // a sign-up sheet has these too
		{[]string{"Name", "Mobile", "Last visit", "Status"}, false},
		{nil, false},
	} {
		var columns []Column
		for _, h := range c.headings {
			columns = append(columns, Column{Heading: h})
		}
		if got := ScheduleLike(columns); got != c.want {
			t.Errorf("%v: %v", c.headings, got)
		}
	}
}
