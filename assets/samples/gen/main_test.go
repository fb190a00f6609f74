package main

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data/phone"
	"counterbell/data/sheet"
)

type row struct {
	number int
	hidden bool
	cells  []sheet.Cell
}

func read(t *testing.T, path, name string) (out []row) {
	t.Helper()
	b, err := sheet.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := b.Rows(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		n, cells := rows.Row()
		for len(cells) < 10 {
			cells = append(cells, sheet.Cell{})
		}
		out = append(out, row{n, rows.Hidden(), slices.Clone(cells)})
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

func TestTheFilesInTheRepositoryAreTheseOnes(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir, 412); err != nil {
		t.Fatal(err)
	}
	for file, name := range map[string]string{"customers.xlsx": sheetCustomers, "appointments.xlsx": sheetSchedule} {
		if !reflect.DeepEqual(read(t, filepath.Join(dir, file), name), read(t, filepath.Join("..", file), name)) {
			t.Errorf("%s is not what the generator makes: run go generate ./assets/samples", file)
		}
	}
}

// Nobody who tries Counterbell may text a stranger.
func TestEveryNumberIsReservedForFiction(t *testing.T) {
	for _, f := range []struct {
		path, sheet string
		column      int
	}{{"../customers.xlsx", sheetCustomers, 1}, {"../appointments.xlsx", sheetSchedule, 4}} {
		good := 0
		for _, r := range read(t, f.path, f.sheet) {
			for _, raw := range phone.Split(r.cells[f.column].Text) {
				got := phone.Read(raw, "US")
				if got.OK() && !got.Facts.Fictional {
					t.Errorf("%s row %d: %q is somebody's", f.path, r.number, raw)
				}
				if got.OK() {
					good++
				}
			}
		}
		if good < 35 {
			t.Errorf("%s: only %d numbers can be read", f.path, good)
		}
	}
}

func TestCustomersHaveTheUsualMess(t *testing.T) {
	rows := read(t, "../customers.xlsx", "")
	if rows[2].number != 3 || rows[2].cells[1].Text != "Mobile" || rows[0].cells[1].Kind != sheet.Empty {
		t.Fatalf("the header is not in row 3: %v", sheet.Texts(rows[2].cells))
	}
	people, total := rows[3:len(rows)-1], rows[len(rows)-1]
	if len(people) < 290 || len(people) > 310 {
		t.Errorf("%d people", len(people))
	}
	if total.cells[0].Text != "Total" || !total.cells[6].Formula || total.cells[6].Number < 10_000 || total.number != people[len(people)-1].number+2 {
		t.Errorf("totals: %+v", total)
	}
	count := map[string]int{}
	seen := map[string]bool{}
	for _, r := range people {
		c := r.cells[1]
		is := func(what string, yes bool) {
			if yes {
				count[what]++
			}
		}
		is("hidden", r.hidden)
		is("number", c.Kind == sheet.Number && c.Text[0] != '(')
		is("formatted number", c.Kind == sheet.Number && c.Text[0] == '(')
		is("digits lost", strings.Contains(c.Text, "E+"))
		is("missing", c.Kind == sheet.Empty)
		is("error", c.Kind == sheet.Error && c.Text == "#N/A" && c.Formula)
		is("full width", strings.Contains(c.Text, "５"))
		is("UK", strings.HasPrefix(c.Text, "+44"))
		is("France", strings.HasPrefix(c.Text, "+33"))
		is("Australia", strings.HasPrefix(c.Text, "+61"))
		is("two numbers", len(phone.Split(c.Text)) > 1)
		is("visit is a date", r.cells[5].Kind == sheet.Date)
		is("visit is text", r.cells[5].Kind == sheet.Text)
		is("spent is text", r.cells[6].Kind == sheet.Text)
		is("tags by semicolon", strings.Contains(r.cells[7].Text, ";"))
		is("tags by comma", strings.Contains(r.cells[7].Text, ","))
		is("trailing space", strings.HasSuffix(r.cells[0].Text, " "))
		is("Chinese", r.cells[0].Text > "一")
		is("accent", strings.ContainsAny(r.cells[0].Text, "éíñüë"))
		if got := phone.Read(c.Text, "US"); got.OK() {
			is("the same number again", seen[string(got.Facts.Phone)])
			seen[string(got.Facts.Phone)] = true
		}
		if r.cells[5].Kind == sheet.Date && !r.cells[5].Time.Before(today) {
			t.Errorf("row %d visits in the future", r.number)
		}
	}
	for what, least := range map[string]int{
		"hidden": 1, "number": 10, "formatted number": 10, "digits lost": 3, "missing": 3, "error": 1, "full width": 5, "UK": 10, "France": 5, "Australia": 3, "two numbers": 2,
		"visit is a date": 200, "visit is text": 15, "spent is text": 5, "tags by semicolon": 20, "tags by comma": 10, "trailing space": 5, "Chinese": 10, "accent": 10, "the same number again": 6,
	} {
		if count[what] < least {
			t.Errorf("%s: %d, want %d at least", what, count[what], least)
		}
	}
	if len(seen) < 260 {
		t.Errorf("%d people can be texted", len(seen))
	}
}

func TestTheScheduleIsOneThatAShopCouldKeep(t *testing.T) {
	known := map[string]bool{}
	for _, r := range read(t, "../customers.xlsx", "") {
		if got := phone.Read(r.cells[1].Text, "US"); got.OK() {
			known[string(got.Facts.Phone)] = true
		}
	}
	rows := read(t, "../appointments.xlsx", "")[1:]
	if len(rows) != 40 {
		t.Errorf("%d visits", len(rows))
	}
	busy, ids := map[string]bool{}, map[string]bool{}
	missing, cancelled, customers := 0, 0, 0
	for _, r := range rows {
		c := r.cells
		day := c[1].Time
		if c[1].Kind != sheet.Date || day.Before(today.AddDate(0, 0, 1)) || day.After(time.Date(2026, 12, 4, 0, 0, 0, 0, time.UTC)) || day.Weekday() == time.Sunday || day.Day() == 26 {
			t.Errorf("row %d is on %v", r.number, c[1].Text)
		}
		clock := c[2].Time
		if c[2].Kind == sheet.Text {
			var err error
			if clock, err = time.Parse("3:04 pm", c[2].Text); err != nil {
				t.Error(err)
			}
		}
		if clock.Hour() < 9 || clock.Hour() > 17 {
			t.Errorf("row %d is at %s", r.number, c[2].Text)
		}
		slot := c[1].Text + clock.Format(" 15:04 ") + c[6].Text
		if busy[slot] || ids[c[0].Text] || c[0].Text == "" {
			t.Errorf("row %d: %s is taken, or the id %s", r.number, slot, c[0].Text)
		}
		busy[slot], ids[c[0].Text] = true, true
		if c[8].Text == "Cancelled" {
			cancelled++
		}
		switch got := phone.Read(c[4].Text, "US"); {
		case c[4].Kind == sheet.Empty:
			missing++
		case !got.OK():
			t.Errorf("row %d: %q: %s", r.number, c[4].Text, got.Problem)
		case known[string(got.Facts.Phone)]:
			customers++
		}
	}
	if missing != 2 || cancelled != 1 || customers < 35 || customers == 38 {
		t.Errorf("%d without a phone, %d cancelled, %d of customers", missing, cancelled, customers)
	}
}
