package figures_test

import (
	"path/filepath"
	"strings"
	"testing"

	"counterbell/data/report"
	"counterbell/data/report/reporttest"
	"counterbell/data/sheet"
	"counterbell/ui/i18n"
)

func read(t *testing.T, shop *reporttest.Shop, q report.Question) *report.Report {
	t.Helper()
	r, err := report.Read(t.Context(), shop.Store, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// workbook writes a report and reads it back as somebody's spreadsheet program would.
func workbook(t *testing.T, shop *reporttest.Shop, w *i18n.Texts, q report.Question) map[string][][]string {
	t.Helper()
	r := read(t, shop, q)
	tables, err := report.Workbook(t.Context(), shop.Store, r, w)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.xlsx")
	if err := sheet.WriteFile(t.Context(), path, tables...); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	out := map[string][][]string{}
	for _, s := range book.Sheets() {
		rows, err := book.Rows(t.Context(), s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			_, cells := rows.Row()
			out[s.Name] = append(out[s.Name], sheet.Texts(cells))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return out
}

func TestTheWorkbookHoldsSummaryDaysPeopleAndAppointments(t *testing.T) {
	shop := reporttest.New(t)
	got := workbook(t, shop, i18n.New(i18n.English), report.Question{Campaign: shop.Campaign})
	summary := map[string][]string{}
	for _, row := range got["Summary"] {
		summary[row[0]] = row
	}
	for what, want := range map[string]string{
		"Sent": "412", "Delivered": "398", "Opened": "171", "Redeemed": "46", "Campaign": "Sunglasses week", "Days": "2026-11-12 – 2026-11-24",
		"Sales from coupons": "2917.78", "Message cost": "9.064", "Sales per coupon": "63.43", "Text A": "28", "No-show rate": "20.0%",
	} {
		if row := summary[what]; len(row) < 2 || row[1] != want {
			t.Errorf("%s: %q, want %s", what, row, want)
		}
	}
	if note := summary["Redeemed"][2]; note != "11.6% of delivered" {
		t.Errorf("redeemed is %q", note)
	}
	if first := got["Summary"][1][0]; !strings.Contains(first, "Practice") {
		t.Errorf("the sheet of a practice campaign begins with %q", first)
	}
	if days := got["By day"]; len(days) != 14 || days[1][0] != "2026-11-12" || days[1][3] != "96" || days[13][0] != "2026-11-24" {
		t.Errorf("days %q", days)
	}
	people := got["People"]
	if len(people) != 1+reporttest.Audience {
		t.Fatalf("%d people", len(people)-1)
	}
	redeemed, blocked := 0, 0
	for _, row := range people[1:] {
		if len(row) > 11 && row[11] != "" {
			redeemed++
			if row[12] != "63.43" || len(row[10]) != 9 || !strings.HasPrefix(row[2], "+1") || row[6] != "2026-11-12 10:00" {
				t.Errorf("a person who redeemed: %q", row)
			}
		}
		if row[4] == "Blocked" {
			blocked++
			if row[5] != "Nothing shows that they agreed." && row[5] != "They opted out." {
				t.Errorf("a blocked person: %q", row)
			}
		}
	}
	if redeemed != reporttest.Redeemed || blocked != reporttest.NoConsent+reporttest.OptedOut {
		t.Errorf("%d redeemed, %d blocked", redeemed, blocked)
	}
	if visits := got["Appointments"]; len(visits) != 1+13 || visits[1][0] != "2026-11-18 09:00" || visits[1][7] != "Arrived" {
		t.Errorf("appointments %q", visits)
	}
}

func TestTheWorkbookIsInTheUsersLanguage(t *testing.T) {
	shop := reporttest.New(t)
	got := workbook(t, shop, i18n.New(i18n.Chinese), report.Question{})
	for _, name := range []string{"汇总", "按日", "客人", "预约"} {
		if len(got[name]) < 2 {
			t.Errorf("no sheet %s", name)
		}
	}
	for _, rows := range got {
		for _, row := range rows {
			for _, cell := range row {
				if strings.Contains(cell, "report.") {
					t.Errorf("a text is missing: %q", cell)
				}
			}
		}
	}
}

func TestFindingsAndReasonsAreSentencesInBothLanguages(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop, report.Question{Campaign: shop.Campaign})
	for _, language := range i18n.Languages() {
		w := i18n.New(language)
		for i := range r.Findings {
			if text := r.Findings[i].Text(w); strings.ContainsAny(text, "{}") || strings.Contains(text, "report.") {
				t.Errorf("%s: %q", r.Findings[i].Code, text)
			}
		}
		for _, x := range r.Reasons {
			if text := x.Text(w); strings.Contains(text, x.Code) || strings.Contains(text, "report.") {
				t.Errorf("%s: %q", x.Code, text)
			}
		}
	}
	if f, _ := r.Finding(report.AboutFunnel); f.Text(i18n.New(i18n.English)) != "46 of 398 people who got the text redeemed their coupon: 11.6%." {
		t.Errorf("%q", f.Text(i18n.New(i18n.English)))
	}
	if got := (report.Reason{Code: "something_new"}).Text(i18n.New(i18n.English)); got != "Another reason (something_new)." {
		t.Errorf("%q", got)
	}
}
