package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

const (
	sid   = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	msgID = "SMded05904ccb347238880ca9264e8fe1c"
	to    = data.Phone("+15035550142")
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func account(t *testing.T, base string, change ...func(*Needs)) *Account {
	t.Helper()
	n := Needs{AccountSID: sid, AuthToken: "secret", From: "+15035550100", BaseURL: base, Clock: func() time.Time { return noon }}
	for _, c := range change {
		c(&n)
	}
	a, err := New(n)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func server(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func send(t *testing.T, a *Account) provider.Outcome {
	t.Helper()
	o := a.Send(t.Context(), []provider.Text{{Ref: "r1", To: to, Body: "20% off, code 7K74-QMPX"}})
	if len(o) != 1 || o[0].Ref != "r1" {
		t.Fatal(o)
	}
	return o[0]
}

// The answer is the example of twilio-oai spec/json/twilio_api_v2010.json, CreateMessage.
const created = `{"account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","api_version":"2010-04-01","body":"Hello! 👍","date_created":"Thu, 24 Aug 2023 05:01:45 +0000","date_sent":"Thu, 24 Aug 2023 05:01:45 +0000","date_updated":"Thu, 24 Aug 2023 05:01:45 +0000","direction":"outbound-api","error_code":null,"error_message":null,"from":"+14155552345","num_media":"0","num_segments":"1","price":null,"price_unit":null,"messaging_service_sid":null,"sid":"SMded05904ccb347238880ca9264e8fe1c","status":"queued","to":"+14155552345","uri":"/x.json"}`

func TestASendIsOneSignedForm(t *testing.T) {
	var seen *http.Request
	var form url.Values
	base := server(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		seen, form = r, nil
		form, _ = url.ParseQuery(string(b))
		w.WriteHeader(201)
		io.WriteString(w, created)
	})
	o := send(t, account(t, base))
	if o.State != provider.Accepted || o.ProviderID != msgID || o.Segments != 1 || o.Cost.Known {
		t.Errorf("%+v", o)
	}
	user, password, _ := seen.BasicAuth()
	if seen.Method != "POST" || seen.URL.Path != "/2010-04-01/Accounts/"+sid+"/Messages.json" || user != sid || password != "secret" ||
		seen.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Error(seen.Method, seen.URL, seen.Header)
	}
	if want := (url.Values{"To": {string(to)}, "From": {"+15035550100"}, "Body": {"20% off, code 7K74-QMPX"}}); fmt.Sprint(form) != fmt.Sprint(want) {
		t.Error(form)
	}

	key := account(t, base, func(n *Needs) {
		n.AuthToken, n.APIKey, n.APISecret = "", "SK1", "k"
		n.MessagingService = "MG1"
		n.From = ""
	})
	send(t, key)
	if user, password, _ = seen.BasicAuth(); user != "SK1" || password != "k" || form.Get("MessagingServiceSid") != "MG1" || form.Has("From") {
		t.Error(user, form)
	}
	key.Send(t.Context(), []provider.Text{{To: to, Body: "x", Sender: "Harbor"}})
	if form.Get("From") != "Harbor" || form.Has("MessagingServiceSid") {
		t.Error(form)
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		state  provider.OutcomeState
		class  data.ErrorClass
		code   string
	}{
		"bad number":        {400, `{"code":21211,"message":"The 'To' number +15035550142 is not a valid phone number.","status":400}`, provider.Rejected, data.ClassInvalidNumber, "21211"},
		"not routable":      {400, `{"code":21612,"message":"no"}`, provider.Rejected, data.ClassUnroutable, "21612"},
		"country":           {400, `{"code":21408,"message":"no"}`, provider.Rejected, data.ClassUnroutable, "21408"},
		"opted out":         {400, `{"code":21610,"message":"no"}`, provider.Rejected, data.ClassOptedOut, "21610"},
		"no SMS":            {400, `{"code":21614,"message":"no"}`, provider.Rejected, data.ClassUnroutable, "21614"},
		"sender":            {400, `{"code":21212,"message":"no"}`, provider.Rejected, data.ClassSender, "21212"},
		"queue full":        {400, `{"code":21611,"message":"no"}`, provider.NotSent, data.ClassRate, "21611"},
		"wrong token":       {401, `{"code":20003,"message":"Authenticate"}`, provider.Rejected, data.ClassAuth, "20003"},
		"an unlisted code":  {400, `{"code":29999,"message":"no"}`, provider.Rejected, data.ClassParams, "29999"},
		"too many requests": {429, `{"code":20429,"message":"Too Many Requests"}`, provider.NotSent, data.ClassRate, "20429"},
		"a gateway's page":  {429, `<html>`, provider.NotSent, data.ClassRate, "429"},
		"server fault":      {500, `{"code":20500,"message":"Internal"}`, provider.Unknown, data.ClassTemporary, "20500"},
		"fault with a code": {503, `{"code":21211,"message":"?"}`, provider.Unknown, data.ClassTemporary, "21211"},
		"bad gateway":       {502, `<html>Bad gateway</html>`, provider.Unknown, data.ClassTemporary, "502"},
		"garbage accepted":  {201, `{"sid":`, provider.Unknown, data.ClassUnknown, "201"},
		"an odd id":         {201, `{"sid":"../../x"}`, provider.Unknown, data.ClassUnknown, "201"},
		"empty":             {200, ``, provider.Unknown, data.ClassUnknown, "200"},
		"no content":        {204, ``, provider.Unknown, data.ClassTemporary, "204"},
		"moved":             {301, ``, provider.Rejected, data.ClassConfig, "301"},
		"garbage refused":   {400, "\x00\xff{", provider.Rejected, data.ClassParams, "400"},
	} {
		o := send(t, account(t, server(t, answer(c.status, c.body))))
		if o.State != c.state || o.Class != c.class || o.Code != c.code {
			t.Errorf("%s: %+v", name, o)
		}
		if strings.Contains(o.Raw, "5035550142") {
			t.Errorf("%s: a number in %q", name, o.Raw)
		}
	}
}

func TestTooManyRequestsSaysWhenToComeBack(t *testing.T) {
	o := send(t, account(t, server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "9")
		w.WriteHeader(429)
	})))
	if o.State != provider.NotSent || o.RetryAfter != 9*time.Second {
		t.Errorf("%+v", o)
	}
}

func TestALineThatBreaks(t *testing.T) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	l.Close()
	if o := send(t, account(t, "http://"+l.Addr().String())); o.State != provider.NotSent {
		t.Errorf("nobody listens: %+v", o)
	}
	var calls atomic.Int32
	dropped := server(t, func(_ http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	})
	if o := send(t, account(t, dropped)); o.State != provider.Unknown || calls.Load() != 1 {
		t.Errorf("dropped: %+v after %d calls", o, calls.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	slow := server(t, func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	})
	if o := account(t, slow).Send(ctx, []provider.Text{{Ref: "r", To: to, Body: "x"}})[0]; o.State != provider.Unknown {
		t.Errorf("no answer: %+v", o)
	}
	if o := account(t, slow).Send(ctx, []provider.Text{{Ref: "r", To: to, Body: "x"}})[0]; o.State != provider.NotSent {
		t.Errorf("cancelled before: %+v", o)
	}
	half := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(201)
		io.WriteString(w, created[:50])
	})
	if o := send(t, account(t, half)); o.State != provider.Unknown {
		t.Errorf("half an answer: %+v", o)
	}
	huge := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(201)
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	if o := send(t, account(t, huge)); o.State != provider.Unknown {
		t.Errorf("an endless answer: %+v", o)
	}
}

func TestOnlyTheFirstOfABatchGoesOut(t *testing.T) {
	var calls atomic.Int32
	a := account(t, server(t, func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		w.WriteHeader(201)
		io.WriteString(w, created)
	}))
	o := a.Send(t.Context(), []provider.Text{{Ref: "1", To: to}, {Ref: "2", To: "+15035550143"}})
	if calls.Load() != 1 || o[0].State != provider.Accepted || o[1].State != provider.NotSent || o[1].Ref != "2" {
		t.Error(calls.Load(), o)
	}
}

func TestStatesAreRead(t *testing.T) {
	second := "SM" + strings.Repeat("b", 32)
	gone := "SM" + strings.Repeat("c", 32)
	a := account(t, server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/2010-04-01/Accounts/" + sid + "/Messages/" + msgID + ".json":
			io.WriteString(w, `{"sid":"`+msgID+`","status":"delivered","num_segments":"2","price":"-0.01580","price_unit":"USD","error_code":null,"date_updated":"Fri, 24 May 2019 17:44:50 +0000"}`)
		case "/2010-04-01/Accounts/" + sid + "/Messages/" + second + ".json":
			io.WriteString(w, `{"sid":"x","status":"undelivered","error_code":30005,"error_message":"Unknown destination handset +15035550143","price":null}`)
		default:
			w.WriteHeader(404)
			io.WriteString(w, `{"code":20404,"message":"not found"}`)
		}
	}))
	got, err := a.Statuses(t.Context(), []provider.Sent{{ProviderID: msgID, Ref: "1", To: to}, {ProviderID: "../x"}, {ProviderID: second, Ref: "2"}, {ProviderID: gone, Ref: "3"}})
	if err != nil || len(got) != 3 {
		t.Fatal(got, err)
	}
	if s := got[0]; s.State != data.Delivered || s.Ref != "1" || s.Segments != 2 || s.Cost != (data.Cost{Micros: 15800, Currency: "USD", Known: true}) ||
		s.At != data.At(time.Date(2019, 5, 24, 17, 44, 50, 0, time.UTC)) {
		t.Errorf("%+v", s)
	}
	if s := got[1]; s.State != data.Undelivered || s.Class != data.ClassInvalidNumber || s.Code != "30005" || strings.Contains(s.Raw, "5550143") {
		t.Errorf("%+v", s)
	}
	if s := got[2]; s.State != data.Accepted {
		t.Errorf("%+v", s)
	}
}

func TestEveryStatusWordHasAState(t *testing.T) {
	for _, w := range strings.Fields("accepted scheduled queued sending sent delivered read partially_delivered undelivered failed canceled") {
		if states[w] == "" {
			t.Error(w)
		}
	}
	if st := (&message{Status: "teleported"}).news(); st.State != data.Accepted || st.Raw != "teleported" {
		t.Error(st)
	}
}

func TestStatesSoFarAreKeptWhenTheLineFails(t *testing.T) {
	var calls atomic.Int32
	a := account(t, server(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) > 1 {
			w.WriteHeader(503)
			return
		}
		io.WriteString(w, `{"status":"delivered"}`)
	}))
	got, err := a.Statuses(t.Context(), []provider.Sent{{ProviderID: msgID}, {ProviderID: "SM" + strings.Repeat("b", 32)}})
	if len(got) != 1 || data.CodeOf(err) != data.ProviderDown {
		t.Error(got, err)
	}
}

// inbox plays Twilio's list: latest first, pages of two.
func inbox(t *testing.T, messages *[]message, asked *[]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Query().Get("DateSent>"))
		page := 0
		fmt.Sscan(r.URL.Query().Get("Page"), &page)
		lo, hi := min(page*2, len(*messages)), min(page*2+2, len(*messages))
		var next any
		if hi < len(*messages) {
			next = fmt.Sprintf("/2010-04-01/Accounts/%s/Messages.json?Page=%d&PageToken=x", sid, page+1)
		}
		w.Header().Set("Date", noon.Format(http.TimeFormat))
		json.NewEncoder(w).Encode(map[string]any{"messages": (*messages)[lo:hi], "next_page_uri": next})
	}
}

func reply(n int, at time.Time) message {
	return message{SID: fmt.Sprintf("SM%032d", n), Direction: "inbound", From: string(to), To: "+15035550100", Body: "STOP", DateSent: at.Format(time.RFC1123Z)}
}

func TestRepliesAreReadPageByPage(t *testing.T) {
	messages := []message{reply(3, noon.Add(-time.Minute)), {SID: msgID, Direction: "outbound-api", DateSent: noon.Format(time.RFC1123Z)}, reply(2, noon.Add(-time.Hour)), reply(1, noon.Add(-48*time.Hour))}
	var asked []string
	a := account(t, server(t, inbox(t, &messages, &asked)))
	in, cursor, err := a.Replies(t.Context(), "")
	if err != nil || len(in) != 3 || in[0].ID != messages[0].SID || in[0].Text != "STOP" || in[0].From != to || in[0].At != data.At(noon.Add(-time.Minute)) {
		t.Fatal(in, err)
	}
	if asked[0] != "2026-11-17T11:45:00Z" {
		t.Error("the first call reaches a week back:", asked)
	}
	messages = append([]message{reply(4, noon.Add(time.Minute))}, messages...)
	asked = nil
	in, _, err = a.Replies(t.Context(), cursor)
	if err != nil || asked[0] != "2026-11-24T11:44:00Z" {
		t.Error("the next one goes on a little before the last:", asked, err)
	}
	var ids []string
	for _, r := range in {
		ids = append(ids, r.ID[30:])
	}
	if strings.Join(ids, " ") != "0004 0003" {
		t.Error(ids)
	}
}

func TestALongListGoesOnAtTheNextCall(t *testing.T) {
	var messages []message
	for n := range 100 {
		messages = append(messages, reply(n, noon.Add(-time.Duration(n)*time.Minute)))
	}
	var asked []string
	a := account(t, server(t, inbox(t, &messages, &asked)))
	seen := map[string]bool{}
	cursor := ""
	for range 10 {
		in, next, err := a.Replies(t.Context(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range in {
			seen[r.ID] = true
		}
		cursor = next
		if !strings.Contains(cursor, "next") {
			break
		}
	}
	if len(seen) != 100 || len(asked) < 50 {
		t.Error(len(seen), len(asked))
	}
}

func TestRepliesNeverFollowAnotherHost(t *testing.T) {
	var elsewhere atomic.Int32
	other := server(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
	for _, next := range []string{other + "/2010-04-01/Accounts/" + sid + "/Messages.json", "//evil.example/2010-04-01/Accounts/" + sid + "/Messages.json", "/2010-04-01/Accounts/ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/Messages.json", "/x"} {
		a := account(t, server(t, func(w http.ResponseWriter, _ *http.Request) {
			json.NewEncoder(w).Encode(map[string]any{"messages": []message{reply(1, noon)}, "next_page_uri": next})
		}))
		in, cursor, err := a.Replies(t.Context(), "")
		if err == nil || len(in) != 1 || strings.Contains(cursor, "next") || elsewhere.Load() != 0 {
			t.Errorf("%s: %v %s %v", next, in, cursor, err)
		}
		a.Replies(t.Context(), `{"since":1,"next":"`+next+`"}`) // nor one from a cursor that somebody changed
		if elsewhere.Load() != 0 {
			t.Error(next)
		}
	}
}

func TestCheckAndBalance(t *testing.T) {
	a := account(t, server(t, answer(200, `{"account_sid":"x","balance":"12.34","currency":"USD"}`)))
	if err := a.Check(t.Context()); err != nil {
		t.Error(err)
	}
	amount, currency, err := a.Balance(t.Context())
	if amount != "12.34" || currency != "USD" || err != nil {
		t.Error(amount, currency, err)
	}
	for body, want := range map[string]struct {
		status int
		code   data.Code
	}{
		`{"code":20003,"message":"Authenticate"}`:      {401, data.Credentials},
		`{"code":20005,"message":"suspended"}`:         {400, data.Credentials},
		`{"code":20008,"message":"test credentials"}`:  {403, ""},
		`{"code":20404,"message":"no such account"}`:   {404, data.ProviderDown},
		`{"code":20429,"message":"too many requests"}`: {429, data.ProviderDown},
		`oops`: {200, data.ProviderDown},
	} {
		err := account(t, server(t, answer(want.status, body))).Check(t.Context())
		if data.CodeOf(err) != want.code {
			t.Errorf("%s: %v", body, err)
		}
		var e *data.Error
		if errors.As(err, &e) && e.Args["provider"] != Name {
			t.Error(e.Args)
		}
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	good := Needs{AccountSID: sid, AuthToken: "x", From: "+15035550100"}
	for field, change := range map[string]func(*Needs){
		"account_sid": func(n *Needs) { n.AccountSID = "AC1" },
		"from":        func(n *Needs) { n.From = "" },
		"base_url":    func(n *Needs) { n.BaseURL = "http://api.twilio.com" },
		"":            func(n *Needs) { n.AuthToken = "" },
	} {
		n := good
		change(&n)
		_, err := New(n)
		var e *data.Error
		if !errors.As(err, &e) || e.Args["field"] != field || field == "" && e.Code != data.Credentials {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestPricesAreExact(t *testing.T) {
	text := func(s string) *string { return &s }
	for in, want := range map[string]data.Micros{"-0.00750": 7500, "0.0079": 7900, "-0.0000005": 1, "-1": 1000000, "0": 0} {
		if c := (&message{Price: text(in), PriceUnit: "usd"}).cost(); !c.Known || c.Micros != want || c.Currency != "USD" {
			t.Error(in, c)
		}
	}
	for _, in := range []string{"", "free", "1e9", "1/3", "99999999999999"} {
		if c := (&message{Price: text(in), PriceUnit: "USD"}).cost(); c.Known {
			t.Error(in, c)
		}
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add(201, []byte(created))
	f.Add(400, []byte(`{"code":21211,"message":"x"}`))
	f.Add(200, []byte(`{"code":[],"sid":1}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		h := http.Header{}
		an := wireAnswer(status, h, body)
		if status >= 200 && status < 300 {
			if o := accepted(an); o.State == provider.Accepted && !messageSID.MatchString(o.ProviderID) {
				t.Error(o)
			}
			return
		}
		a := &Account{clock: time.Now}
		if o := a.refused(an); status >= 500 && o.State != provider.Unknown || o.State == provider.Accepted || len(o.Raw) > 1300 {
			t.Error(o)
		}
	})
}

func wireAnswer(status int, h http.Header, body []byte) wire.Answer {
	return wire.Answer{Status: status, Header: h, Body: body}
}
