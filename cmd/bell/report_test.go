package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/report/reporttest"
	"counterbell/data/sheet"
)

// reportOn runs bell report on a shop whose figures are known.
func reportOn(t *testing.T, shop *reporttest.Shop, args ...string) (code int, out, errs string) {
	t.Helper()
	if err := shop.Store.SetPracticeClock(t.Context(), shop.Store.Now()); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &stdout, err: &stderr}
	code = a.main(t.Context(), append([]string{"report", "--profile", shop.Store.Dir}, args...))
	return code, stdout.String(), stderr.String()
}

func TestReportDrawsTheFunnelAndTheDays(t *testing.T) {
	shop := reporttest.New(t)
	code, out, errs := reportOn(t, shop, "--lang", "en", "--campaign", strconv.Itoa(int(shop.Campaign)))
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	t.Log("\n" + out)
	for _, want := range []string{
		"Lark Optical · Sunglasses week", "Practice: nothing was really sent.", "(Los Angeles)",
		"Delivered  398  ███████████████████████████████████████  96.6% of sent", "Redeemed    46  ████  11.6% of delivered",
		"12 Nov  " + strings.Repeat("█", 40) + " 96", "░░░ 6", "Text A", "They opted out.", "Sales from coupons  $2,917.78", "Message cost  $9.06", "No", "46 of 398 people",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}
	code, out, _ = reportOn(t, shop, "--lang", "zh-Hans", "--campaign", strconv.Itoa(int(shop.Campaign)))
	if code != 0 || !strings.Contains(out, "已送达  398") || !strings.Contains(out, "演练") {
		t.Errorf("in Chinese:\n%s", out)
	}
}

func TestReportAsJSONAndFiles(t *testing.T) {
	shop := reporttest.New(t)
	xlsx, picture, pages := filepath.Join(t.TempDir(), "r.xlsx"), filepath.Join(t.TempDir(), "r.png"), filepath.Join(t.TempDir(), "r.pdf")
	code, out, errs := reportOn(t, shop, "--json", "--from", "2026-11-11", "--to", "2026-11-24", "--xlsx", xlsx, "--png", picture, "--pdf", pages)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var r struct {
		Practice bool
		Funnel   map[string]int
		Days     []struct {
			Date  string
			Opens int
		}
		Rates map[string]float64
		Money struct{ Cost data.Cost }
		// what a period has beyond a campaign
		Before  struct{ From, To string }
		Parts   []struct{ Redemptions int }
		Groups  []struct{ Reached, Redeemed int }
		Hours   struct{ Opens [7][24]int }
		NoShows struct{ All struct{ Came, Missed int } } `json:"no_shows"`
		Consent struct{ Agreed, Withdrew int }
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if !r.Practice || r.Funnel["sent"] != reporttest.Sent || r.Funnel["opened"] != reporttest.Opened || len(r.Days) != 14 || r.Days[1].Opens != 96 || r.Rates["redeemed"] != 0.115578 || !r.Money.Cost.Known {
		t.Errorf("%+v", r)
	}
	if r.Before.From != "2026-10-28" || r.Before.To != "2026-11-10" || len(r.Parts) != 14 || r.Groups[0].Redeemed != reporttest.Redeemed || r.NoShows.All.Missed != 1 || r.Consent.Agreed != reporttest.Audience {
		t.Errorf("%+v", r)
	}
	if body, err := os.ReadFile(pages); err != nil || !bytes.HasPrefix(body, []byte("%PDF-")) || !bytes.Contains(body, []byte("%%EOF")) {
		t.Errorf("the pages: %d bytes (%v)", len(body), err)
	}
	book, err := sheet.Open(t.Context(), xlsx)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if n := len(book.Sheets()); n != 7 {
		t.Errorf("%d sheets", n)
	}
	raw, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil || img.Bounds().Dx() != 1920 {
		t.Errorf("the picture: %v", err)
	}
	if folder := os.Getenv("COUNTERBELL_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "bell-report.png"), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReportOfATimeSaysWhatOnlyATimeCanShow(t *testing.T) {
	shop := reporttest.Months(t)
	code, out, errs := reportOn(t, shop, "--lang", "en", "--from", "2026-06-01")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, want := range []string{"All campaigns, 1 Jun 2026 to 24 Nov 2026", "VIP redeem most", "Before reminders began on 13 Aug", "times what they cost", "300 agreed to offers", "Thursday 10:00"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestReportRefusesDaysAndCampaignsThatMakeNoSense(t *testing.T) {
	shop := reporttest.Empty(t)
	for _, args := range [][]string{{"--from", "yesterday"}, {"--from", "--11-24"}, {"--from", "2026-11-24", "--to", "2026-11-01"}, {"--campaign", "9"}} {
		if code, out, _ := reportOn(t, shop, args...); code != exitUsage || out != "" {
			t.Errorf("%q: exit %d, %s", args, code, out)
		}
	}
	if code, _, errs := reportOn(t, shop, "--lang", "en", "--pdf", filepath.Join(t.TempDir(), "no", "such", "r.pdf")); code != exitFailed || !strings.Contains(errs, "r.pdf") {
		t.Errorf("a folder that isn't there: exit %d, %s", code, errs)
	}
	if code, out, errs := reportOn(t, shop); code != 0 || !strings.Contains(out, "Nothing has been sent yet.") {
		t.Errorf("an empty shop: exit %d %s %s", code, out, errs)
	}
	if code, _, errs := reportOn(t, shop, "--lang", "en", "--png", filepath.Join(t.TempDir(), "no", "such", "r.png")); code != exitFailed || !strings.Contains(errs, "r.png") {
		t.Errorf("a folder that isn't there: exit %d, %s", code, errs)
	}
}

func TestTheDemosReportFiles(t *testing.T) {
	shop := reporttest.New(t)
	dir := t.TempDir()
	r, err := writeReportFiles(t.Context(), &app{lang: "en"}, shop.Store, shop.Campaign, dir)
	if err != nil || r.Funnel.Redeemed != reporttest.Redeemed {
		t.Fatal(err)
	}
	for _, name := range []string{"report.xlsx", "report.pdf", "report.png"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 5000 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
