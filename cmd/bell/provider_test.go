package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data/secret"
	"counterbell/data/store"
	"counterbell/sender/provider/uspeedo"
)

// testNumber is Twilio's own number for tests, which belongs to nobody. It isn't one of those reserved for fiction,
// which bell hands to no real provider; the servers here listen on this computer alone.
// Source: https://www.twilio.com/docs/iam/test-credentials
const testNumber = "+15005550006"

const (
	twilioSID   = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	twilioToken = "token-of-a-test"
	messageSID  = "SMded05904ccb347238880ca9264e8fe1c"
)

// listen starts a server on this computer.
func listen(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// nowhere is an address at which nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// twilioAt sets the desk's provider.
func (d *desk) twilioAt(base string) {
	d.Helper()
	d.Setenv(secret.Variable("twilio", "auth_token"), twilioToken)
	d.does("provider", "set", "twilio", "--file", d.file("settings.json", fmt.Sprintf(`{"account_sid": %q, "from": "+15005550001", "base_url": %q, "rate_per_sec": 50}`, twilioSID, base)))
}

// A fakeTwilio answers as the API does; state is what it says of every text.
type fakeTwilio struct {
	mu    sync.Mutex
	state string
	texts []map[string]string
	body  string // of a refusal, for every request
	code  int
}

func (f *fakeTwilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	user, password, _ := r.BasicAuth()
	at := strings.TrimPrefix(r.URL.Path, "/2010-04-01/Accounts/"+twilioSID)
	switch {
	case user != twilioSID || password != twilioToken || at == r.URL.Path:
		w.WriteHeader(http.StatusUnauthorized)
		io.WriteString(w, `{"code": 20003, "message": "Authenticate", "status": 401}`)
	case f.code != 0:
		w.WriteHeader(f.code)
		io.WriteString(w, f.body)
	case at == "/Balance.json":
		io.WriteString(w, `{"account_sid": "`+twilioSID+`", "balance": "12.34", "currency": "USD"}`)
	case at == "/Messages.json" && r.Method == http.MethodPost:
		f.texts = append(f.texts, map[string]string{"To": r.FormValue("To"), "From": r.FormValue("From"), "Body": r.FormValue("Body")})
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"sid": "`+messageSID+`", "status": "queued", "num_segments": "1", "error_code": null, "price": null, "date_updated": "Tue, 24 Nov 2026 18:00:05 +0000"}`)
	case at == "/Messages.json":
		io.WriteString(w, `{"messages": [], "next_page_uri": null}`)
	default:
		io.WriteString(w, `{"sid": "`+messageSID+`", "status": "`+f.state+`", "num_segments": "1", "error_code": null, "date_updated": "Tue, 24 Nov 2026 18:01:05 +0000"}`)
	}
}

func TestProvidersAreListedShownAndSet(t *testing.T) {
	d := openDesk(t)
	var all []struct {
		Name             string
		Chosen, Practice bool
	}
	if d.json(&all, "provider", "list"); len(all) != 3 || all[0].Name != "practice" || !all[0].Chosen || !all[0].Practice || all[1].Chosen {
		t.Fatalf("%+v", all)
	}
	d.Setenv(secret.Variable("twilio", "auth_token"), "")
	var shown struct {
		Name         string
		Chosen       bool
		Settings     map[string]string
		Secrets      map[string]string
		Fields       []struct{ Name string }
		Capabilities map[string]any
	}
	if d.json(&shown, "provider", "show", "twilio"); shown.Chosen || shown.Secrets["auth_token"] != "missing" || len(shown.Fields) < 5 || shown.Capabilities != nil {
		t.Errorf("%+v", shown)
	}
	d.twilioAt("https://api.twilio.com")
	d.json(&shown, "provider", "show", "twilio")
	if !shown.Chosen || shown.Settings["from"] != "+15005550001" || shown.Settings["rate_per_sec"] != "50" || shown.Secrets["auth_token"] != "environment" || shown.Capabilities["max_batch"] != 1.0 || shown.Fields[0].Name == "" {
		t.Errorf("%+v", shown)
	}
	if out := d.does("provider", "show", "twilio"); strings.Contains(out, twilioToken) || !strings.Contains(out, "from the environment") {
		t.Errorf("show: %s", out)
	}
	if raw, err := json.Marshal(shown); err != nil || strings.Contains(string(raw), twilioToken) {
		t.Error("a secret is shown")
	}

	// What can't be used is refused, and what was set before stays.
	for content, says := range map[string]string{
		`{"rate_per_sec": -4}`: "rate_per_sec", `{"base_url": "::"}`: "base_url", `{"account_sid": "AC1"}`: "account_sid", `{"from": {"a": 1}}`: "from",
		`{"nope": "1"}`: "no setting called nope", `{"a":`: "JSON object", `[1]`: "JSON object", `null`: "JSON object", "": "JSON object", "{} {}": "JSON object", "\x00\xff": "JSON object",
	} {
		d.refuses(exitUsage, says, "provider", "set", "twilio", "--file", d.file("bad.json", content))
	}
	d.refuses(exitUsage, "can’t be opened", "provider", "set", "twilio", "--file", "no-such-file.json")
	d.refuses(exitUsage, "no provider called nobody", "provider", "set", "nobody")
	d.refuses(exitUsage, "no provider called nobody", "provider", "show", "nobody")
	if d.json(&shown, "provider", "show", "twilio"); shown.Settings["base_url"] != "https://api.twilio.com" || shown.Settings["rate_per_sec"] != "50" {
		t.Errorf("a refused file was kept: %+v", shown.Settings)
	}
	d.stdin = `{"rate_per_sec": 7, "account_sid": "` + twilioSID + `"}`
	if d.json(&shown, "provider", "set", "twilio", "--file", "-"); shown.Settings["rate_per_sec"] != "7" {
		t.Errorf("from standard input: %+v", shown.Settings)
	}
	d.does("provider", "set", "practice")
	if d.json(&all, "provider", "list"); !all[0].Chosen {
		t.Errorf("%+v", all)
	}
}

func TestTwilioIsCheckedAndSendsOneText(t *testing.T) {
	d := openDesk(t)
	fake := &fakeTwilio{state: "delivered"}
	d.twilioAt(listen(t, fake.ServeHTTP))
	var check struct {
		OK                bool
		Balance, Currency string
	}
	if d.json(&check, "provider", "check", "twilio"); !check.OK || check.Balance != "12.34" || check.Currency != "USD" {
		t.Errorf("%+v", check)
	}
	var sent struct {
		State      string
		ProviderID string `json:"provider_id"`
	}
	if d.json(&sent, "provider", "send", "twilio", "--to", testNumber, "--text", "A first try"); sent.State != "accepted" || sent.ProviderID != messageSID {
		t.Errorf("%+v", sent)
	}
	if len(fake.texts) != 1 || fake.texts[0]["To"] != testNumber || fake.texts[0]["Body"] != "A first try" {
		t.Errorf("Twilio got %v", fake.texts)
	}

	d.refuses(exitRefused, "films and samples", "provider", "send", "twilio", "--to", "+12125550142", "--text", "hi")
	d.refuses(exitUsage, "too few digits", "provider", "send", "twilio", "--to", "12", "--text", "hi")
	d.refuses(exitUsage, "at most 1600", "provider", "send", "twilio", "--to", testNumber, "--text", strings.Repeat("long ", 400))
	d.refuses(exitUsage, "empty", "provider", "send", "twilio", "--to", testNumber, "--text", " ")
	d.refuses(exitUsage, "--text", "provider", "send", "twilio", "--to", testNumber)
	d.does("consent", "record", testNumber, "--scope", "reminders", "--event", "object")
	d.refuses(exitRefused, "opted out", "provider", "send", "twilio", "--to", testNumber, "--text", "hi")
	if len(fake.texts) != 1 {
		t.Errorf("Twilio got %v", fake.texts)
	}
}

// Trouble with the provider is exit code 4 and one sentence; the profile goes on.
func TestTroubleWithAProviderSaysWhatToDo(t *testing.T) {
	d := openDesk(t)
	fake := &fakeTwilio{}
	base := listen(t, fake.ServeHTTP)
	d.twilioAt(base)
	d.Setenv(secret.Variable("twilio", "auth_token"), "wrong")
	d.refuses(exitProvider, "credentials", "provider", "check", "twilio")
	code, out, _ := d.runs("provider", "send", "twilio", "--to", testNumber, "--text", "hi")
	if code != exitProvider || !strings.Contains(out, "refused") || !strings.Contains(out, "credentials") {
		t.Errorf("exit %d %s", code, out)
	}
	d.Setenv(secret.Variable("twilio", "auth_token"), "")
	d.refuses(exitProvider, "redentials", "provider", "check", "twilio")
	d.refuses(exitProvider, "redentials", "run", "--once")

	d.Setenv(secret.Variable("twilio", "auth_token"), twilioToken)
	fake.code, fake.body = 500, "oops"
	d.refuses(exitProvider, "can’t be reached", "provider", "check", "twilio")
	fake.code, fake.body = 429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`
	if code, out, errs := d.runs("provider", "send", "twilio", "--to", testNumber, "--text", "hi", "--json"); code != exitProvider || !strings.Contains(out, `"20429"`) {
		t.Errorf("exit %d %s%s", code, out, errs)
	}
	d.twilioAt(nowhere(t))
	d.refuses(exitProvider, "can’t be reached", "provider", "check", "twilio")
	if code, out, _ := d.runs("provider", "send", "twilio", "--to", testNumber, "--text", "hi"); code != exitProvider || !strings.Contains(out, "nothing went out") {
		t.Errorf("exit %d %s", code, out)
	}
	if code, _, errs := d.runs("provider", "check", "uspeedo"); code != exitUsage || !strings.Contains(errs, "access_key_id") {
		t.Errorf("no settings at all: exit %d %s", code, errs)
	}
	d.does("provider", "set", "practice")
	d.does("run", "--once")
}

// A campaign by Twilio: handed over, followed by polling, and what a line does that is down in between.
func TestACampaignThroughTwilio(t *testing.T) {
	d := openDesk(t)
	fake := &fakeTwilio{state: "delivered"}
	base := listen(t, fake.ServeHTTP)
	d.twilioAt(base)
	d.does("import", d.file("one.csv", "Name,Mobile\nAnn Larkin,"+testNumber+"\nBo Duarte,(503) 555-0142\n"), "--consent", "marketing", "--basis", "express_written")
	d.refuses(exitRefused, "{link}", "campaign", "create", "--name", "A", "--group", "all", "--text", "Hi, {link}")
	d.does("campaign", "create", "--name", "A", "--group", "all", "--text", "Hi {first_name|there}: {code}", "--offer", "20% off")
	var review struct {
		Now, Blocked int
		Practice     bool
		Reasons      map[string]int
	}
	if d.json(&review, "campaign", "preview", "1"); review.Now != 1 || review.Reasons["fictional"] != 1 || review.Practice {
		t.Fatalf("%+v", review)
	}
	d.does("campaign", "send", "1")
	d.twilioAt(nowhere(t))
	code, out, errs := d.runs("run", "--once", "--json")
	var sum map[string]int
	if err := json.Unmarshal([]byte(out), &sum); err != nil || code != exitProvider || sum["not_sent"] != 1 || sum["accepted"] != 0 || !strings.Contains(errs, "can’t be reached") {
		t.Fatalf("no network: exit %d %s%s", code, out, errs)
	}
	d.twilioAt(base)
	d.later(10 * time.Minute)
	if d.json(&sum, "run", "--once"); sum["accepted"] != 1 || len(fake.texts) != 1 || !strings.Contains(fake.texts[0]["Body"], "Lark Optical") || !strings.Contains(fake.texts[0]["Body"], "STOP") {
		t.Fatalf("%v, Twilio got %v", sum, fake.texts)
	}
	d.later(10 * time.Minute)
	d.does("run", "--once")
	line := d.does("messages", "--campaign", "1", "--state", "delivered", "--json")
	var m struct {
		To         string
		ProviderID string `json:"provider_id"`
		Attempts   int
	}
	if err := json.Unmarshal([]byte(line), &m); err != nil || m.To != testNumber || m.ProviderID != messageSID || m.Attempts < 1 {
		t.Errorf("%v: %s", err, line)
	}
	d.does("provider", "set", "practice")
	d.does("campaign", "create", "--name", "B", "--group", "all", "--text", "Hi")
	d.twilioAt(base)
	d.refuses(exitRefused, "another provider", "campaign", "send", "2")
}

// A fakeSpeedo answers as the Action API does, and knows templates.
type fakeSpeedo struct {
	mu     sync.Mutex
	now    func() time.Time
	secret string
	status int // of every template
	texts  []string
	sent   []string
}

func (f *fakeSpeedo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, _ := io.ReadAll(r.Body)
	w.Header().Set("Date", f.now().UTC().Format(http.TimeFormat))
	var body struct {
		Action, Template string
		TaskContent      []struct {
			Target []struct {
				Phone          string
				TemplateParams []string
			}
		}
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	answer := map[string]any{"Action": body.Action + "Response", "RetCode": 0, "ReqUuid": "r1"}
	want, _ := uspeedo.Signature(raw, f.secret)
	switch {
	case r.Header.Get("X-Signature") != want:
		answer["RetCode"], answer["Message"] = 171, "Signature VerifyAC Error"
	case body.Action == "CreateUSMSTemplate":
		f.texts = append(f.texts, body.Template)
		answer["TemplateId"] = "UTA1"
	case body.Action == "QueryUSMSTemplate":
		answer["Data"] = []any{}
		if len(f.texts) > 0 {
			answer["Data"] = []any{map[string]any{"TemplateId": "UTA1", "TemplateName": "A", "Template": f.texts[0], "Status": f.status, "ErrDesc": "no links please"}}
		}
	case body.Action == "SendBatchUSMSMessage":
		answer["SessionNo"] = "S1"
		n := 0
		for _, c := range body.TaskContent {
			for _, to := range c.Target {
				f.sent = append(f.sent, to.Phone+" "+strings.Join(to.TemplateParams, "|"))
				n++
			}
		}
		answer["SuccessCount"] = n
	default:
		answer["Data"] = []any{}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func TestUSpeedoRegistersTemplatesAndSendsThem(t *testing.T) {
	d := openDesk(t)
	d.refuses(exitRefused, "nothing to register", "template", "create", "--name", "A", "--text", "Hello")
	fake := &fakeSpeedo{secret: "right", now: func() time.Time { return d.clock() }}
	d.Setenv(secret.Variable("uspeedo", "access_key_secret"), "right")
	d.does("provider", "set", "uspeedo", "--file", d.file("s.json", `{"access_key_id": "KEY1", "base_url": "`+listen(t, fake.ServeHTTP)+`"}`))
	d.does("provider", "check", "uspeedo")

	var all []store.Template
	if d.json(&all, "template", "list"); len(all) != 0 {
		t.Fatalf("%+v", all)
	}
	var made store.Template
	d.json(&made, "template", "create", "--name", "Ready", "--kind", "notice", "--text", "Hi {first_name|there}, your order is ready.")
	if made.ID != "UTA1" || made.State != "pending" || len(fake.texts) != 1 || !strings.Contains(fake.texts[0], "{1}") || !strings.Contains(fake.texts[0], "Lark Optical") {
		t.Fatalf("%+v, uSpeedo got %q", made, fake.texts)
	}
	fake.status = 3
	if d.json(&made, "template", "status", "UTA1"); made.State != "refused" || made.Reason != "no links please" {
		t.Errorf("%+v", made)
	}
	fake.status = 2
	if d.json(&made, "template", "status", "UTA1"); made.State != "approved" {
		t.Errorf("%+v", made)
	}
	if d.json(&all, "template", "list"); len(all) != 1 || all[0].State != "approved" {
		t.Errorf("%+v", all)
	}
	d.refuses(exitUsage, "doesn’t know the template", "template", "status", "UTA9")
	d.refuses(exitUsage, "--kind", "template", "create", "--name", "A", "--kind", "advert", "--text", "Hello")
	d.refuses(exitUsage, "placeholder", "template", "create", "--name", "A", "--text", "Hello {nobody}")
	d.refuses(exitRefused, "opt out", "campaign", "create", "--name", "A", "--group", "all", "--text", "Hello")

	var sent struct{ State string }
	if d.json(&sent, "provider", "send", "uspeedo", "--to", testNumber, "--text", "UTA1", "--param", "Ann"); sent.State != "accepted" || len(fake.sent) != 1 || !strings.HasSuffix(fake.sent[0], " Ann") {
		t.Errorf("%+v, uSpeedo got %q", sent, fake.sent)
	}
	d.Setenv(secret.Variable("uspeedo", "access_key_secret"), "wrong")
	d.refuses(exitProvider, "credentials", "provider", "check", "uspeedo")
	d.refuses(exitProvider, "credentials", "template", "status", "UTA1")
}

// A campaign waits for the approval of its text, and goes on by itself.
func TestACampaignWaitsForApproval(t *testing.T) {
	d := openDesk(t)
	fake := &fakeSpeedo{secret: "right", now: func() time.Time { return d.clock() }}
	d.Setenv(secret.Variable("uspeedo", "access_key_secret"), "right")
	d.does("provider", "set", "uspeedo", "--file", d.file("s.json", `{"access_key_id": "KEY1", "base_url": "`+listen(t, fake.ServeHTTP)+`"}`))
	d.does("import", d.file("one.csv", "Name,Mobile\nAnn Larkin,"+testNumber+"\n"), "--consent", "reminders", "--basis", "express")
	d.does("campaign", "create", "--name", "Ready", "--group", "all", "--kind", "notice", "--text", "Hi {first_name|there}, your order is ready.")
	if s := one[string](d, "state", "campaign", "send", "1"); s != "awaiting_approval" {
		t.Fatal(s)
	}
	if n := one[int](d, "accepted", "run", "--once"); n != 0 || len(fake.sent) != 0 {
		t.Fatalf("%d texts went out before the approval", n)
	}
	fake.mu.Lock()
	fake.status = 2
	fake.mu.Unlock()
	d.later(15 * time.Minute)
	if n := one[int](d, "accepted", "run", "--once"); n != 1 || len(fake.sent) != 1 || !strings.HasSuffix(fake.sent[0], " Ann") {
		t.Fatalf("%d went out: %q", n, fake.sent)
	}
}

// clock is the profile's.
func (d *desk) clock() time.Time {
	s := look(d.T, d.dir)
	defer s.Close()
	return s.Now().Time()
}
