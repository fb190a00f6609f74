package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
)

// The demo adds up, does the same again for the same seed, and leaves what it says it leaves.
func TestTheDemoAddsUpAndCanBeRepeated(t *testing.T) {
	d := openDesk(t)
	demo := func(seed string) (r demoJSON) {
		t.Helper()
		d.dir = filepath.Join(t.TempDir(), "profile")
		d.json(&r, "demo", "--contacts", "300", "--seed", seed, "--out", filepath.Join(t.TempDir(), "out"))
		return r
	}
	r := demo("5")
	f, i := r.Campaign.Funnel, r.Import
	if i.Rows != 300 || i.Rows != i.Added+i.Updated+i.Unchanged+i.Duplicate+i.Rejected+i.Skipped {
		t.Errorf("import %+v", i)
	}
	if f.Audience != i.Added || f.Sent != f.Delivered+f.Undelivered || f.Audience != f.Sent+f.Held+f.Blocked+f.Rejected+f.Unknown+f.Waiting+f.Expired+f.Cancelled || f.Waiting+f.Held != 0 ||
		f.Delivered < 200 || f.Opened == 0 || f.Previews == 0 || f.Opened+f.Previews > f.Delivered || f.Redeemed == 0 || f.Redeemed > f.Delivered {
		t.Errorf("funnel %+v", f)
	}
	if m := r.Reminders; m.Sent == 0 || m.Confirmed == 0 || m.Confirmed+m.Cancelled+m.Unclear > m.Sent {
		t.Errorf("reminders %+v", m)
	}
	pictures := 0
	for _, name := range []string{"report.xlsx", "report.png", "today.png", "today-zh-dark.png", "import.png", "redeem.png", "customers.xlsx"} {
		st, err := os.Stat(filepath.Join(r.Out, name))
		if err != nil || st.Size() < 3000 {
			t.Errorf("%s: %v", name, err)
		} else if strings.HasSuffix(name, ".png") {
			pictures++
		}
	}
	if pictures < 3 {
		t.Errorf("%d pictures", pictures)
	}

	// What is in the profile is what it said.
	var status struct{ Funnel store.Funnel }
	if d.json(&status, "campaign", "status", "1"); status.Funnel != f {
		t.Errorf("the profile says %+v, the demo said %+v", status.Funnel, f)
	}
	var check struct{ OK bool }
	if d.json(&check, "consent", "verify"); !check.OK {
		t.Error("the ledger doesn't hold")
	}
	d.refuses(exitRefused, "sample people", "provider", "set", "twilio")

	if again := demo("5"); again.Campaign != r.Campaign || again.Reminders != r.Reminders || !reflect.DeepEqual(again.Import, r.Import) {
		t.Errorf("the same seed gave %+v %+v, then %+v %+v", r.Campaign, r.Reminders, again.Campaign, again.Reminders)
	}
	if other := demo("6"); other.Campaign == r.Campaign && other.Reminders == r.Reminders {
		t.Error("another seed changed nothing")
	}
}

func TestTheDemoLeavesRealPeopleAlone(t *testing.T) {
	d := openDesk(t)
	d.customers()
	code, out, errs := d.runs("demo", "--out", t.TempDir())
	if code != exitRefused || out != "" || !strings.Contains(errs, d.dir) || !strings.Contains(errs, "isn’t a demo") {
		t.Errorf("exit %d %s %s", code, out, errs)
	}
	var people []data.Contact
	if out := d.does("contacts", "--json"); strings.Count(out, "\n") != 50 {
		t.Errorf("the people are gone: %v %s", people, out)
	}
	for _, args := range [][]string{{"--contacts", "-1"}, {"--contacts", "30001"}, {"--contacts", "many"}, {"--seed", "x"}, {"extra"}} {
		d.refuses(exitUsage, "", append([]string{"demo"}, args...)...)
	}
	d.refuses(exitFailed, "can’t be used", "--profile", filepath.Join(t.TempDir(), "p"), "demo", "--out", d.file("a-file", "x"))
}
