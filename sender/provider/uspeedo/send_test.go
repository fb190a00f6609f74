package uspeedo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

func TestASendIsOneSignedRequest(t *testing.T) {
	f, a := newFake(t)
	f.on("SendBatchUSMSMessage", `{"Action":"SendBatchUSMSMessageResponse","RetCode":0,"Message":"","SessionNo":"S1","ReqUuid":"q1","SuccessCount":3}`)
	batch := append(append([]provider.Text{}, two...), provider.Text{Ref: "r3", To: "+447700900123", Template: "UTA2", Sender: "Harbor"})
	for i, o := range a.Send(t.Context(), batch) {
		if o.State != provider.Accepted || o.ProviderID != "S1" || o.Ref != batch[i].Ref {
			t.Errorf("%+v", o)
		}
	}
	var want map[string]any
	json.Unmarshal([]byte(`{"Action":"SendBatchUSMSMessage","AccountId":10001,"TaskContent":[
		{"TemplateId":"UTA1","SenderId":"uSpeedo","Target":[{"Phone":"(852)55311111","TemplateParams":["Ana","7K74-QMPX"],"UserId":"r1"},{"Phone":"(1)5035550142","TemplateParams":["Bo","9折"],"UserId":"r2"}]},
		{"TemplateId":"UTA2","SenderId":"Harbor","Target":[{"Phone":"(44)7700900123","UserId":"r3"}]}]}`), &want)
	if len(f.bodies) != 1 || !reflect.DeepEqual(f.bodies[0], want) {
		t.Errorf("%v", f.bodies)
	}
}

// Each case answers a send to r1 (+85255311111) and r2 (+15035550142).
func TestWhatAnAnswerMeans(t *testing.T) {
	type out struct {
		state provider.OutcomeState
		class data.ErrorClass
		id    string
	}
	all := func(o out) [2]out { return [2]out{o, o} }
	ok := out{provider.Accepted, "", "S1"}
	for name, c := range map[string]struct {
		status int
		body   string
		want   [2]out
	}{
		"code 0 with a failure by reference (the documentation's own example)": {
			200, `{"RetCode":0,"Message":"Send success","SessionNo":"S1","SuccessCount":1,"FailContent":[{"TemplateId":"UTA1","SenderId":"uSpeedo","FailureDetails":"","Target":[{"Phone":"5035550142","UserId":"r2","FailureDetails":"phone in the black list"}]}]}`,
			[2]out{ok, {provider.Rejected, data.ClassOptedOut, ""}},
		},
		"a failure by number in another form":  {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":1,"FailContent":[{"Target":[{"Phone":"0085255311111","FailureDetails":"?","Invalid":true}]}]}`, [2]out{{provider.Rejected, data.ClassInvalidNumber, ""}, ok}},
		"a failure by national number":         {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":1,"FailContent":[{"Target":[{"Phone":"55311111","FailureDetails":"strange"}]}]}`, [2]out{{provider.Rejected, data.ClassUnknown, ""}, ok}},
		"failures that don't add up":           {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":0,"FailContent":[{"Target":[{"UserId":"r2","FailureDetails":"black list"}]}]}`, [2]out{{provider.Unknown, data.ClassUnknown, "S1"}, {provider.Rejected, data.ClassOptedOut, ""}}},
		"a failure of nobody we know":          {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":1,"FailContent":[{"Target":[{"UserId":"zz","Phone":"1","FailureDetails":"no"}]}]}`, all(out{provider.Unknown, data.ClassUnknown, "S1"})},
		"the template refused for everybody":   {200, `{"RetCode":18046,"Message":"partial","SuccessCount":0,"FailContent":[{"TemplateId":"UTA1","SenderId":"uSpeedo","FailureDetails":"template not approved","Target":[{"UserId":"r1"},{"UserId":"r2"}]}]}`, all(out{provider.Rejected, data.ClassContent, ""})},
		"the template refused, nobody named":   {200, `{"RetCode":0,"SuccessCount":0,"FailContent":[{"TemplateId":"UTA1","SenderId":"uSpeedo","FailureDetails":"SenderId invalid"}]}`, all(out{provider.Rejected, data.ClassSender, ""})},
		"another sender's template refused":    {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":2,"FailContent":[{"TemplateId":"UTA1","SenderId":"Other","FailureDetails":"SenderId invalid"}]}`, all(ok)},
		"no count":                             {200, `{"RetCode":0,"SessionNo":"S1"}`, all(out{provider.Unknown, data.ClassUnknown, "S1"})},
		"a count that is too small":            {200, `{"RetCode":0,"SessionNo":"S1","SuccessCount":1}`, all(out{provider.Unknown, data.ClassUnknown, "S1"})},
		"SessionNo missing":                    {200, `{"RetCode":0,"SuccessCount":2}`, all(out{provider.Accepted, "", ""})},
		"SessionNo as a list":                  {200, `{"RetCode":0,"SessionNo":["S1","S2"],"SuccessCount":2}`, all(out{provider.Accepted, "", "S1,S2"})},
		"SessionNo as an object":               {200, `{"RetCode":0,"SessionNo":{},"SuccessCount":2}`, all(out{provider.Unknown, data.ClassUnknown, ""})},
		"partly failed, by the sibling's code": {200, `{"RetCode":18046,"SessionNo":"S1","SuccessCount":1,"FailContent":[{"Target":[{"UserId":"r2","FailureDetails":"black list"}]}]}`, [2]out{ok, {provider.Rejected, data.ClassOptedOut, ""}}},
		"bad parameter":                        {200, `{"RetCode":215392,"Message":"Params [Phone] not available"}`, all(out{provider.Rejected, data.ClassParams, ""})},
		"missing parameter, as HTTP 400":       {400, `{"RetCode":215397,"Message":"missing"}`, all(out{provider.Rejected, data.ClassParams, ""})},
		"no money":                             {200, `{"RetCode":18013,"Message":"no"}`, all(out{provider.Rejected, data.ClassCredit, ""})},
		"bad parameter, yet something went":    {200, `{"RetCode":215392,"SuccessCount":1,"SessionNo":"S1"}`, all(out{provider.Unknown, data.ClassUnknown, "S1"})},
		"some numbers, not which":              {200, `{"RetCode":18014,"Message":"some"}`, all(out{provider.Unknown, data.ClassInvalidNumber, ""})},
		"server error":                         {200, `{"RetCode":215400,"Message":"server error"}`, all(out{provider.Unknown, data.ClassTemporary, ""})},
		"a code that nobody explains":          {200, `{"RetCode":219999,"Message":"hm"}`, all(out{provider.Unknown, data.ClassUnknown, ""})},
		"too many requests":                    {429, ``, all(out{provider.Unknown, data.ClassRate, ""})},
		"bad gateway":                          {502, `<html>`, all(out{provider.Unknown, data.ClassTemporary, ""})},
		"code 0 in a failing answer":           {503, `{"RetCode":0,"SessionNo":"S1","SuccessCount":2}`, all(out{provider.Unknown, data.ClassUnknown, "S1"})},
		"forbidden":                            {403, `no`, all(out{provider.Rejected, data.ClassAuth, ""})},
		"not there":                            {404, `no`, all(out{provider.Rejected, data.ClassConfig, ""})},
		"garbage":                              {200, "\x00{", all(out{provider.Unknown, data.ClassTemporary, ""})},
		"a list":                               {200, "[]", all(out{provider.Unknown, data.ClassTemporary, ""})},
		"empty":                                {200, "", all(out{provider.Unknown, data.ClassTemporary, ""})},
	} {
		f, a := newFake(t)
		f.answers["SendBatchUSMSMessage"] = func(w http.ResponseWriter, _ map[string]any) {
			w.WriteHeader(c.status)
			io.WriteString(w, c.body)
		}
		got := a.Send(t.Context(), two)
		for i, o := range got {
			if (out{o.State, o.Class, o.ProviderID}) != c.want[i] || o.Ref != two[i].Ref {
				t.Errorf("%s: %s: %+v", name, two[i].Ref, o)
			}
		}
	}
}

func TestTheRequestIDIsKeptUnderEachName(t *testing.T) {
	for _, name := range []string{"ReqUuid", "RequestUuid", "RequestId"} {
		f, a := newFake(t)
		f.on("SendBatchUSMSMessage", `{"RetCode":215400,"Message":"server error at 85255311111","`+name+`":"abc-1"}`)
		if raw := a.Send(t.Context(), two)[0].Raw; raw != "server error at …1111 (request abc-1)" {
			t.Error(raw)
		}
	}
}

func TestAWrongKeyIsCredentials(t *testing.T) {
	f, a := newFake(t)
	f.secret = "another"
	if o := a.Send(t.Context(), two)[0]; o.State != provider.Rejected || o.Class != data.ClassAuth {
		t.Errorf("%+v", o)
	}
	if err := a.Check(t.Context()); data.CodeOf(err) != data.Credentials {
		t.Error(err)
	}
}

func TestAWrongClockIsSaidInMinutes(t *testing.T) {
	f, a := newFake(t)
	f.clock = noon.Add(-17 * 60e9)
	o := a.Send(t.Context(), two)[0]
	if o.State != provider.Rejected || o.Class != data.ClassConfig || !strings.Contains(o.Raw, "clock is off by 17m") {
		t.Errorf("%+v", o)
	}
	err := a.Check(t.Context())
	var e *data.Error
	if !errors.As(err, &e) || e.Code != ClockSkew || e.Args["minutes"] != "17" {
		t.Errorf("%v", err)
	}
}

func TestCheckProvesTheKey(t *testing.T) {
	f, a := newFake(t)
	for body, want := range map[string]data.Code{
		`{"RetCode":0,"Data":[]}`:                            "",
		`{"RetCode":215392,"Message":"bad SessionNo"}`:       "",
		`{"RetCode":290,"Message":"no permission"}`:          data.Credentials,
		`{"RetCode":215400,"Message":"server error"}`:        data.ProviderDown,
		`{"RetCode":294,"Message":"IP not in whitelist"}`:    data.ProviderDown,
		`{"RetCode":219999,"Message":"hm"}`:                  data.ProviderDown,
		`{"RetCode":219998,"Message":"session not existed"}`: "",
	} {
		f.on("GetUSMSSendReceipt", body)
		if err := a.Check(t.Context()); data.CodeOf(err) != want {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestWhoCannotBeSentToIsAnsweredHere(t *testing.T) {
	f, a := newFake(t)
	f.on("SendBatchUSMSMessage", `{"RetCode":0,"SessionNo":"S1","SuccessCount":1}`)
	got := a.Send(t.Context(), []provider.Text{{Ref: "1", To: "+15035550142"}, text("2", "5035550142"), text("3", "+15035550142"), text("4", "+15035550142")})
	if got[0].Code != "no_template" || got[0].State != provider.Rejected || got[1].Class != data.ClassInvalidNumber || got[2].State != provider.Accepted || got[3].State != provider.NotSent {
		t.Errorf("%+v", got)
	}
	if got = a.Send(t.Context(), nil); len(got) != 0 || len(f.bodies) != 1 {
		t.Error(got, len(f.bodies))
	}
}

func TestAtMostAThousandGoOut(t *testing.T) {
	f, a := newFake(t)
	f.answers["SendBatchUSMSMessage"] = func(w http.ResponseWriter, body map[string]any) {
		n := len(body["TaskContent"].([]any)[0].(map[string]any)["Target"].([]any))
		fmt.Fprintf(w, `{"RetCode":0,"SessionNo":"S1","SuccessCount":%d}`, n)
	}
	var batch []provider.Text
	for i := range 1001 {
		batch = append(batch, text(fmt.Sprint(i), data.Phone(fmt.Sprintf("+8613800%06d", i))))
	}
	got := a.Send(t.Context(), batch)
	if got[999].State != provider.Accepted || got[1000].State != provider.NotSent || got[1000].Ref != "1000" {
		t.Errorf("%+v %+v", got[999], got[1000])
	}
}

func TestALineThatBreaks(t *testing.T) {
	f, a := newFake(t)
	var n atomic.Int32
	f.answers["SendBatchUSMSMessage"] = func(http.ResponseWriter, map[string]any) { n.Add(1); panic(http.ErrAbortHandler) }
	for _, o := range a.Send(t.Context(), two) {
		if o.State != provider.Unknown || o.Ref == "" {
			t.Errorf("%+v", o)
		}
	}
	if n.Load() != 1 {
		t.Error("sent", n.Load(), "times")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, o := range a.Send(ctx, two) {
		if o.State != provider.NotSent {
			t.Errorf("%+v", o)
		}
	}
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	l.Close()
	a.base = "http://" + l.Addr().String()
	for _, o := range a.Send(t.Context(), two) {
		if o.State != provider.NotSent {
			t.Errorf("%+v", o)
		}
	}
}

func TestNumbersAsTheyTakeThem(t *testing.T) {
	for p, want := range map[data.Phone]string{
		"+8613812345678": "(86)13812345678", "+85255311111": "(852)55311111", "+15035550142": "(1)5035550142", "+447700900123": "(44)7700900123",
		"+393491234567": "(39)3491234567", "+77011234567": "(7)7011234567", "+35312345678": "(353)12345678", "15035550142": "", "+": "", "+1503555014a": "", "+0123456789": "",
	} {
		if got := bracketed(p); got != want {
			t.Errorf("%s: %s", p, got)
		}
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add(200, []byte(`{"RetCode":0,"SessionNo":"S1","SuccessCount":1,"FailContent":[{"Target":[{"UserId":"r2","FailureDetails":"black list"}]}]}`))
	f.Add(500, []byte(`{"RetCode":0,"SuccessCount":2}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := &Account{clock: func() time.Time { return noon }}
		an := wire.Answer{Status: status, Body: body}
		outcomes := make([]provider.Outcome, 2)
		a.settle(two, []int{0, 1}, a.read(an), body, outcomes)
		for i, o := range outcomes {
			if o.Ref != two[i].Ref || o.State == "" || o.State == provider.NotSent || o.State == provider.Accepted && status >= 300 {
				t.Errorf("%d %q: %+v", status, body, o)
			}
		}
	})
}
