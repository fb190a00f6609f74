package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"counterbell/assets/samples"
	"counterbell/data"
)

// A desk is a profile and somebody who uses bell on it, in this process. Its clock is a practice clock: a Tuesday at ten
// in Portland, so that no test depends on the hour at which it runs.
type desk struct {
	*testing.T
	dir   string
	lang  string
	stdin string
}

// openDesk makes the profile of Lark Optical, whose people are its own and not samples.
func openDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, dir: filepath.Join(t.TempDir(), "profile"), lang: "en"}
	s := look(t, d.dir)
	b := demoShop
	b.Demo = false
	if err := errors.Join(s.SetPracticeClock(t.Context(), data.At(demoStart)), s.SetBusiness(t.Context(), b), s.Close()); err != nil {
		t.Fatal(err)
	}
	return d
}

// runs uses bell once.
func (d *desk) runs(args ...string) (code int, out, errs string) {
	d.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{in: strings.NewReader(d.stdin), out: &stdout, err: &stderr}
	code = a.main(d.Context(), append([]string{"--profile", d.dir, "--lang", d.lang}, args...))
	d.readable(args, stdout.String())
	d.readable(args, stderr.String())
	return code, stdout.String(), stderr.String()
}

var (
	openBrace = regexp.MustCompile(`\{[a-z_]+\}`)
	untold    = regexp.MustCompile(`(?m)(^|[\s:(])(bell|error|reason|why|report|question|provider|rules|demo|relay|run)\.[a-z_]+(\.[a-z_]+)*($|[\s:,)])`)
)

// readable fails the test when a text has a placeholder that nobody filled, or a key instead of its text. What the test
// itself wrote may hold placeholders: they are campaigns' words.
func (d *desk) readable(args []string, said string) {
	d.Helper()
	given := strings.Join(args, " ")
	for _, p := range openBrace.FindAllString(said, -1) {
		if !strings.Contains(given, p) && !strings.HasPrefix(strings.TrimSpace(said), "{") && !strings.HasPrefix(strings.TrimSpace(said), "[") {
			d.Errorf("bell %s leaves %s open: %s", given, p, said)
		}
	}
	if key := untold.FindString(said); key != "" {
		d.Errorf("bell %s says the key %q: %s", given, strings.TrimSpace(key), said)
	}
}

// does wants exit code 0, and returns what is on standard output.
func (d *desk) does(args ...string) string {
	d.Helper()
	code, out, errs := d.runs(args...)
	if code != 0 {
		d.Fatalf("bell %s: exit %d: %s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// json wants exit code 0 and one JSON document, and reads it.
func (d *desk) json(into any, args ...string) {
	d.Helper()
	out := d.does(append(args, "--json")...)
	dec := json.NewDecoder(strings.NewReader(out))
	if err := dec.Decode(into); err != nil {
		d.Fatalf("bell %s: %v in %q", strings.Join(args, " "), err, out)
	}
	if dec.More() {
		d.Fatalf("bell %s: more than one JSON document: %s", strings.Join(args, " "), out)
	}
}

// refuses wants an exit code, nothing on standard output, and one sentence that says so.
func (d *desk) refuses(want int, says string, args ...string) {
	d.Helper()
	code, out, errs := d.runs(args...)
	given := strings.Join(args, " ")
	if len(given) > 200 {
		given = given[:200] + "…"
	}
	if code != want || out != "" {
		d.Errorf("bell %s: exit %d, want %d: %q %s", given, code, want, out, errs)
	}
	said := strings.TrimSpace(errs)
	if !strings.Contains(said, says) || !strings.HasPrefix(said, "bell: ") || strings.Contains(said, "…") && len(given) < 200 || strings.Contains(said, "inside Counterbell") {
		d.Errorf("bell %s says %q, want %q", given, said, says)
	}
}

// later moves the profile's clock.
func (d *desk) later(by time.Duration) {
	d.Helper()
	s := look(d.T, d.dir)
	if err := errors.Join(s.SetPracticeClock(d.Context(), s.Now().Add(by)), s.Close()); err != nil {
		d.Fatal(err)
	}
}

// file writes a file to read.
func (d *desk) file(name, content string) string {
	d.Helper()
	path := filepath.Join(d.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

// customers imports the sample list as people who agreed in writing.
func (d *desk) customers() {
	d.Helper()
	d.does("import", d.file("customers.xlsx", string(samples.Customers)), "--consent", "marketing,reminders", "--basis", "express_written", "--consent-source", "card at the counter")
}

// one reads a whole number out of a JSON object.
func one[T any](d *desk, field string, args ...string) T {
	d.Helper()
	var all map[string]json.RawMessage
	d.json(&all, args...)
	var v T
	if err := json.Unmarshal(all[field], &v); err != nil {
		d.Fatalf("bell %s: %s: %v in %s", strings.Join(args, " "), field, err, all[field])
	}
	return v
}

// The commands of cli.md that are built, and what is our own beside them. Those that come later must not appear.
func TestTheCommandsAreThoseOfTheContract(t *testing.T) {
	want := strings.Fields(`appointments appointments/import appointments/list appointments/plan business campaign campaign/cancel campaign/create campaign/pause campaign/preview campaign/resume
		campaign/send campaign/status classify consent consent/history consent/record consent/verify contact contact/show contacts decide demo doctor group group/count group/list
		group/save import messages phone provider provider/check provider/list provider/price provider/send provider/set provider/show redeem relay relay/pair relay/status report run segments
		sheet template template/create template/list template/status undo version`)
	flags := map[string]string{
		"demo": "contacts out seed", "sheet": "head sheet", "import": "basis consent consent-date consent-source consent-wording country dry-run map on-duplicate rejects sheet",
		"contacts": "after group limit search", "group/save": "where", "consent/record": "at basis event scope source wording", "phone": "country", "segments": "provider",
		"classify": "after offered region", "decide": "at consent kind sent-today state to", "campaign/create": "at expires group local name offer text uses variant",
		"campaign/send": "undo", "run": "once", "messages": "campaign state", "redeem": "amount reason till undo", "appointments/import": "dry-run", "appointments/list": "day",
		"report": "campaign from png to xlsx", "provider/set": "file", "provider/send": "param text to",
	}
	var got []string
	var walk func(c *cobra.Command, path string)
	walk = func(c *cobra.Command, path string) {
		for _, sub := range c.Commands() {
			at := strings.TrimPrefix(path+"/"+sub.Name(), "/")
			if sub.Name() == "help" {
				continue
			}
			got = append(got, at)
			for _, f := range strings.Fields(flags[at]) {
				if sub.Flags().Lookup(f) == nil {
					t.Errorf("%s has no --%s", at, f)
				}
			}
			walk(sub, at)
		}
	}
	root := newRoot(&app{})
	walk(root, "")
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("commands %q, want %q", got, want)
	}
	for _, f := range []string{"profile", "json", "lang"} {
		if root.PersistentFlags().Lookup(f) == nil {
			t.Errorf("no --%s", f)
		}
	}
}

func TestVersionAndBusiness(t *testing.T) {
	d := openDesk(t)
	var v map[string]any
	if d.json(&v, "version"); v["version"] != Version || v["schema"] == nil || v["rules"] == "" {
		t.Errorf("version %v", v)
	}
	if out := d.does("version"); !strings.Contains(out, Version) {
		t.Error(out)
	}
	d.does("business", "--name", "Lark & Söhne", "--zone", "Europe/Berlin", "--country", "de", "--currency", "eur", "--kind", "clinic")
	var b data.Business
	if d.json(&b, "business"); b.Name != "Lark & Söhne" || b.Zone != "Europe/Berlin" || b.Country != "DE" || b.Currency != "EUR" || b.Kind != "clinic" {
		t.Errorf("business %+v", b)
	}
	for _, x := range []struct{ flag, value, remedy string }{
		{"--zone", "Mars/Olympus", "Write it as Europe/London"},
		{"--zone", "Local", "Write it as Europe/London"},
		{"--country", "ZZ", "Use two letters"},
		{"--currency", "dollars", "Use three letters"},
		{"--kind", "bank", "shop, clinic, salon, restaurant"},
	} {
		d.refuses(exitUsage, x.remedy, "business", x.flag, x.value)
	}
	if d.json(&b, "business"); b.Zone != "Europe/Berlin" {
		t.Errorf("a refused change was kept: %+v", b)
	}
}

// Every error code has an exit code on purpose, and the sentences are there in both languages.
func TestExitCodesAreThoseOfTheContract(t *testing.T) {
	for code, want := range map[data.Code]int{
		data.Invalid: 2, data.Unreadable: 2, "file_encrypted": 2, "no_phone_column": 2, "phone_too_short": 2, "group_unknown": 2, "placeholder_unknown": 2, "offer_over": 2, "past_time": 2,
		"campaign_state": 3, "nobody": 3, "no_opt_out_way": 3, "demo_provider": 3, "code_check": 3,
		data.Credentials: 4, data.ProviderDown: 4, "relay_down": 4, "template_refused": 4,
		data.Busy: 1, data.DiskFull: 1, data.Damaged: 1, data.TooNew: 1, data.Internal: 1, data.Cancelled: 1, "file_write_failed": 1, "profile_folder": 1, "disk_fault": 1,
	} {
		if got := exitCode(&data.Error{Code: code}); got != want {
			t.Errorf("%s: exit %d, want %d", code, got, want)
		}
	}
	for _, lang := range []string{"en", "zh-Hans"} {
		texts := (&app{lang: lang}).texts()
		for _, code := range slices.Sorted(maps.Keys(exitOf)) {
			if !texts.Has("error." + string(code)) {
				t.Errorf("no sentence for %s in %s", code, lang)
			}
		}
	}
	if got := exitCode(usage(&data.Error{Code: data.DiskFull})); got != exitFailed {
		t.Errorf("a full disk while reading input: exit %d", got)
	}
	if got := exitCode(outOfReach(&data.Error{Code: "setting"})); got != exitUsage {
		t.Errorf("a provider's setting that isn't right: exit %d", got)
	}
}

// tamper changes the database behind Counterbell's back.
func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
