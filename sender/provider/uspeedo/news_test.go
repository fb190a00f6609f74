package uspeedo

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
)

func TestReceiptsAreRead(t *testing.T) {
	f, a := newFake(t)
	f.on("GetUSMSSendReceipt", `{"RetCode":0,"Data":[{"SessionNo":"S1","ReceiptSet":[
		{"Phone":"(852)55311111","UserId":"r1","CostCount":2,"ReceiptResult":"Success","ReceiptCode":"Delivrd","ReceiptDesc":"ok","ReceiptTime":1795521600},
		{"Phone":"5035550142","CostCount":1,"ReceiptResult":"Fail","ReceiptCode":"MSBLACK","ReceiptDesc":"15035550142 refused"},
		{"Phone":"1","UserId":"r3","ReceiptResult":"Unknow"},
		{"Phone":"1","UserId":"r4","ReceiptResult":"SubmitFail","ReceiptCode":"X1"},
		{"Phone":"1","UserId":"r5","ReceiptResult":"发送成功"},
		{"Phone":"1","UserId":"r6","ReceiptResult":"Teleported"},
		{"Phone":"1","UserId":"somebody else's","ReceiptResult":"Success"}]},
		{"SessionNo":"S9","ReceiptSet":[{"UserId":"r1","ReceiptResult":"Fail"}]}]}`)
	at := data.At(noon.Add(-2 * time.Minute))
	sent := []provider.Sent{{ProviderID: "S1", Ref: "r1", To: "+85255311111", At: at}, {ProviderID: "S1", Ref: "r2", To: "+15035550142", At: at}, {ProviderID: "", Ref: "lost"}}
	for _, r := range []string{"r3", "r4", "r5", "r6", "r7"} {
		sent = append(sent, provider.Sent{ProviderID: "S1", Ref: r, To: data.Phone("+4477009001" + r[1:] + "0"), At: at})
	}
	got, err := a.Statuses(t.Context(), sent)
	if err != nil || len(got) != 6 {
		t.Fatal(got, err)
	}
	want := []data.MessageState{data.Delivered, data.Undelivered, data.Unknown, data.Undelivered, data.Delivered, data.Accepted}
	for i, s := range got {
		if s.State != want[i] || s.Ref != fmt.Sprint("r", i+1) || s.ProviderID != "S1" {
			t.Errorf("%+v", s)
		}
	}
	if got[0].Segments != 2 || got[0].At != 1795521600000 || got[0].Code != "Delivrd" {
		t.Errorf("%+v", got[0])
	}
	if got[1].Class != data.ClassOptedOut || strings.Contains(got[1].Raw, "5550142") {
		t.Errorf("%+v", got[1])
	}
	if got[3].Class != data.ClassUnknown || got[5].Raw != "Teleported" {
		t.Errorf("%+v %+v", got[3], got[5])
	}
	if set := f.bodies[0]["SessionNoSet"].([]any); len(set) != 1 || set[0] != "S1" {
		t.Error(set)
	}
}

func TestReceiptsAreAskedForOnTime(t *testing.T) {
	f, a := newFake(t)
	f.on("GetUSMSSendReceipt", `{"RetCode":0,"Data":[]}`)
	now := noon
	a.clock = func() time.Time { return now }
	sent := []provider.Sent{{ProviderID: "S1", Ref: "r1", At: data.At(noon)}}
	var asked []time.Duration
	var last []provider.Status
	for minute := range 24 * 60 {
		now = noon.Add(time.Duration(minute) * time.Minute)
		f.clock = now
		before := len(f.bodies)
		got, err := a.Statuses(t.Context(), sent)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.bodies) > before {
			asked = append(asked, now.Sub(noon))
			last = got
		}
	}
	if got := fmt.Sprint(asked); got != "[1m0s 5m0s 10m0s 20m0s 40m0s 1h0m0s 2h0m0s 3h0m0s 4h0m0s 5h0m0s 6h0m0s 7h0m0s 8h0m0s 9h0m0s 10h0m0s 11h0m0s 12h0m0s]" {
		t.Error(got)
	}
	if len(last) != 1 || last[0].State != data.Accepted || last[0].Code != NoReceipt {
		t.Error("after twelve hours:", last)
	}
	// A computer that was off all night asks once more when it is back.
	_, fresh := newFake(t)
	fresh.clock, fresh.base = a.clock, a.base
	before := len(f.bodies)
	fresh.Statuses(t.Context(), sent)
	fresh.Statuses(t.Context(), sent)
	if len(f.bodies) != before+1 {
		t.Error("asked", len(f.bodies)-before, "times")
	}
}

func TestAHundredSessionsARequest(t *testing.T) {
	f, a := newFake(t)
	f.on("GetUSMSSendReceipt", `{"RetCode":0,"Data":[]}`)
	var sent []provider.Sent
	for i := range 250 {
		sent = append(sent, provider.Sent{ProviderID: fmt.Sprint("S", i), Ref: fmt.Sprint(i), At: data.At(noon.Add(-time.Hour))})
	}
	if _, err := a.Statuses(t.Context(), sent); err != nil || len(f.bodies) != 3 || len(f.bodies[0]["SessionNoSet"].([]any)) != 100 || len(f.bodies[2]["SessionNoSet"].([]any)) != 50 {
		t.Error(len(f.bodies), err)
	}
}

func TestReceiptsSurviveAFault(t *testing.T) {
	f, a := newFake(t)
	f.answers["GetUSMSSendReceipt"] = func(w http.ResponseWriter, _ map[string]any) {
		w.WriteHeader(503)
		io.WriteString(w, "busy")
	}
	sent := []provider.Sent{{ProviderID: "S1,S2", Ref: "r1", At: data.At(noon.Add(-time.Hour))}}
	if _, err := a.Statuses(t.Context(), sent); data.CodeOf(err) != data.ProviderDown {
		t.Error(err)
	}
	f.on("GetUSMSSendReceipt", `{"RetCode":0,"Data":[{"SessionNo":"S2","ReceiptSet":[{"UserId":"r1","ReceiptResult":"Success"}]}]}`)
	got, err := a.Statuses(t.Context(), sent)
	if err != nil || len(got) != 1 || got[0].State != data.Delivered || got[0].ProviderID != "S1,S2" {
		t.Error("a fault doesn't use up the turn:", got, err)
	}
}

func TestTemplatesAreRegisteredAndFollowed(t *testing.T) {
	f, a := newFake(t)
	f.on("CreateUSMSTemplate", `{"RetCode":0,"TemplateId":"UTA9"}`)
	id, err := a.CreateTemplate(t.Context(), data.Marketing, "Autumn", "Hello {1}, your code is {2}", "coupon")
	if err != nil || id != "UTA9" {
		t.Fatal(id, err)
	}
	b := f.bodies[0]
	if b["Purpose"] != 3.0 || b["TemplateName"] != "Autumn" || b["Template"] != "Hello {1}, your code is {2}" || b["Remark"] != "coupon" || b["AccountId"] != 10001.0 {
		t.Error(b)
	}
	for body, want := range map[string]string{
		`{"RetCode":0,"Data":{"TemplateId":"UTA9","TemplateName":"Autumn","Template":"Hello {1}","Status":2,"ErrDesc":""}}`:                                        "UTA9 approved",
		`{"RetCode":0,"Data":[{"TemplateId":"UTA8","Status":3,"ErrDesc":"no brand"},{"TemplateId":"UTA7","Status":0},{"Status":1},{"TemplateId":"X","Status":4}]}`: "UTA8 refused no brand|UTA7 pending| pending|X disabled",
		`{"RetCode":0,"Data":null}`: "",
		`{"RetCode":0}`:             "",
	} {
		f.on("QueryUSMSTemplate", body)
		ts, err := a.TemplateStatus(t.Context(), []string{"UTA9", "UTA8"})
		var got []string
		for _, x := range ts {
			got = append(got, strings.TrimRight(x.ID+" "+string(x.State)+" "+x.Reason, " "))
		}
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%s: %q %v", body, got, err)
		}
	}
	f.on("QueryUSMSTemplate", `{"RetCode":0,"Data":{"TemplateId":"UTA9","Status":7}}`)
	if _, err := a.TemplateStatus(t.Context(), []string{"UTA9"}); err == nil {
		t.Error("an unknown status must not pass for approved")
	}
}

func TestTemplatesThatWouldBeRefusedAreNotSent(t *testing.T) {
	f, a := newFake(t)
	for text, want := range map[string]data.Code{
		"Hello {2}": TemplateNumbering, "{1} {2}!": TemplateOnlyBlanks, strings.Repeat("好", 501): TemplateTooLong, "a {0}": TemplateNumbering, "a {99999999999999999999}": TemplateNumbering,
	} {
		if _, err := a.CreateTemplate(t.Context(), data.Notice, "n", text, ""); data.CodeOf(err) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := a.CreateTemplate(t.Context(), data.Notice, strings.Repeat("n", 33), "a", ""); data.CodeOf(err) != TemplateNameTooLong {
		t.Error(err)
	}
	if len(f.bodies) != 0 {
		t.Error(f.bodies)
	}
}

func TestRepliesCannotBeRead(t *testing.T) {
	_, a := newFake(t)
	if _, _, err := a.Replies(t.Context(), ""); !errors.Is(err, provider.ErrUnsupported) {
		t.Error(err)
	}
	c := a.Capabilities()
	if c.FreeText || c.LinkInVariable || c.MaxBatch != 1000 || c.MaxUnits != 500 || c.Inbound != provider.PollNone || c.ClientRef != provider.RefEchoed {
		t.Errorf("%+v", c)
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	good := Needs{AccessKeyID: "k", AccessKeySecret: "s", AccountID: "1"}
	for field, change := range map[string]func(*Needs){
		"access_key_id": func(n *Needs) { n.AccessKeyID = "" },
		"account_id":    func(n *Needs) { n.AccountID = "ten" },
		"base_url":      func(n *Needs) { n.BaseURL = "http://api.uspeedo.com" },
		"":              func(n *Needs) { n.AccessKeySecret = "" },
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
