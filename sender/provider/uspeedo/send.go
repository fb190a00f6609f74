package uspeedo

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

var errGarbage = errors.New("the answer can't be read")

type sendRequest struct {
	Action      string    `json:"Action"`
	AccountID   int64     `json:"AccountId,omitempty"`
	TaskContent []content `json:"TaskContent"`
}

// content is one template from one sender, to many.
type content struct {
	TemplateID string   `json:"TemplateId"`
	SenderID   string   `json:"SenderId,omitempty"`
	Target     []target `json:"Target"`
}

type target struct {
	Phone  string   `json:"Phone"`
	Params []string `json:"TemplateParams,omitempty"`
	UserID string   `json:"UserId,omitempty"`
}

type sendAnswer struct {
	SessionNo    sessions  `json:"SessionNo"`
	SuccessCount *int      `json:"SuccessCount"`
	FailContent  []failure `json:"FailContent"`
}

type failure struct {
	TemplateID string         `json:"TemplateId"`
	SenderID   string         `json:"SenderId"`
	Details    string         `json:"FailureDetails"`
	Target     []failedTarget `json:"Target"`
}

type failedTarget struct {
	Phone   string `json:"Phone"`
	UserID  string `json:"UserId"`
	Details string `json:"FailureDetails"`
	Invalid bool   `json:"Invalid"`
}

// sessions is SessionNo: a text in the Action API, a list in the REST API. We keep it as one text, commas between.
type sessions string

func (s *sessions) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*s = sessions(one)
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return err
	}
	*s = sessions(strings.Join(many, ","))
	return nil
}

// Send hands over up to 1000 people in one request, grouped by template and sender. Who has no template, no proper
// number, or stands in the batch twice is answered here and not sent.
func (a *Account) Send(ctx context.Context, batch []provider.Text) []provider.Outcome {
	outcomes := make([]provider.Outcome, len(batch))
	req := sendRequest{Action: "SendBatchUSMSMessage", AccountID: a.account}
	place := map[[2]string]int{}
	numbers := map[data.Phone]bool{}
	var going []int // positions in batch of those in the request
	for i, t := range batch {
		o := &outcomes[i]
		o.Ref = t.Ref
		number := bracketed(t.To)
		switch {
		case len(going) == maxBatch:
			o.State, o.Class, o.Raw = provider.NotSent, data.ClassParams, "over 1000 in one request"
			continue
		case t.Template == "":
			o.State, o.Class, o.Code = provider.Rejected, data.ClassContent, "no_template"
			continue
		case number == "":
			o.State, o.Class, o.Code = provider.Rejected, data.ClassInvalidNumber, "not_e164"
			continue
		case numbers[t.To]:
			o.State, o.Class, o.Raw = provider.NotSent, data.ClassParams, "the number stands in the request already"
			continue
		}
		numbers[t.To] = true
		going = append(going, i)
		sender := a.senderOf(t)
		k := [2]string{t.Template, sender}
		at, ok := place[k]
		if !ok {
			at = len(req.TaskContent)
			place[k] = at
			req.TaskContent = append(req.TaskContent, content{TemplateID: t.Template, SenderID: sender})
		}
		c := &req.TaskContent[at]
		c.Target = append(c.Target, target{Phone: number, Params: t.Params, UserID: t.Ref})
	}
	if len(going) == 0 {
		return outcomes
	}
	fill := func(o provider.Outcome) []provider.Outcome {
		for _, i := range going {
			o.Ref = batch[i].Ref
			outcomes[i] = o
		}
		return outcomes
	}
	done, err := a.wait(ctx)
	if err != nil {
		return fill(wire.Lost(&wire.Failure{Err: err}))
	}
	defer done()
	wr, err := a.request(req, 8<<20)
	if err != nil {
		return fill(wire.Lost(&wire.Failure{Err: err}))
	}
	an, err := a.wire.Send(ctx, wr)
	if err != nil && (an.Status == 0 || an.Status < 300) {
		return fill(wire.Lost(err))
	}
	a.settle(batch, going, a.read(an), an.Body, outcomes)
	return outcomes
}

// senderOf is the sender that a text goes out from: its own, else the account's.
func (a *Account) senderOf(t provider.Text) string {
	if t.Sender != "" {
		return t.Sender
	}
	return a.sender
}

// settle gives each person in the request their outcome. FailContent is read whatever the return code says (their own
// example has code 0 and failures), and successes and failures must add up to what was sent: else nobody knows who
// got it, and all who aren't named are Unknown.
func (a *Account) settle(batch []provider.Text, going []int, r answer, body []byte, outcomes []provider.Outcome) {
	var s sendAnswer
	readable := json.Unmarshal(body, &s) == nil
	if !readable {
		s = sendAnswer{}
	}
	failed := a.fails(batch, going, s.FailContent)
	rest := len(going) - len(failed)
	for i, o := range failed {
		o.Ref = batch[i].Ref
		outcomes[i] = o
	}

	o := provider.Outcome{Code: r.code(), Raw: r.raw()}
	switch {
	case readable && s.SuccessCount != nil && *s.SuccessCount == rest && rest > 0 && r.status < 300 && r.reached && (*r.RetCode == 0 || s.SessionNo != ""):
		o = provider.Outcome{State: provider.Accepted, ProviderID: string(s.SessionNo)}
	case r.class == data.ClassNone || s.SessionNo != "" || s.SuccessCount != nil && *s.SuccessCount != 0:
		// Code 0, or a sign that something went out, and the count doesn't fit.
		o.State, o.Class, o.ProviderID = provider.Unknown, data.ClassUnknown, string(s.SessionNo)
	case r.class == data.ClassInvalidNumber && rest > 1: // "some numbers": not known which
		o.State, o.Class = provider.Unknown, r.class
	case r.reached && r.class != data.ClassTemporary && r.class != data.ClassUnknown && r.status < 500 && r.status != 429:
		o.State, o.Class = provider.Rejected, r.class
	case !r.reached && r.status < 500 && r.status != 429:
		o.State, o.Class = wire.ByStatus(r.status)
		if r.class == data.ClassConfig {
			o.Class = r.class
		}
	default: // a fault, a busy server, a code that nobody has explained: it may have gone out
		o.State, o.Class = provider.Unknown, r.class
	}
	for _, i := range going {
		if _, ok := failed[i]; !ok {
			o.Ref = batch[i].Ref
			outcomes[i] = o
		}
	}
}

// fails finds who FailContent names: by our reference, else by number; a whole entry when it names nobody.
func (a *Account) fails(batch []provider.Text, going []int, content []failure) map[int]provider.Outcome {
	byRef := make(map[string]int, len(going))
	for _, i := range going {
		byRef[batch[i].Ref] = i
	}
	failed := map[int]provider.Outcome{}
	for _, f := range content {
		if len(f.Target) == 0 {
			for _, i := range going {
				if batch[i].Template == f.TemplateID && (f.SenderID == "" || f.SenderID == a.senderOf(batch[i])) {
					failed[i] = refusal(f, failedTarget{})
				}
			}
			continue
		}
		for _, t := range f.Target {
			i, ok := byRef[t.UserID]
			if !ok || t.UserID == "" {
				if i, ok = findNumber(batch, going, t.Phone); !ok {
					continue // nobody of ours: the counts won't fit, and that is told
				}
			}
			failed[i] = refusal(f, t)
		}
	}
	return failed
}

func findNumber(batch []provider.Text, going []int, number string) (int, bool) {
	found, n := 0, 0
	for _, i := range going {
		if digits(number) == digits(string(batch[i].To)) {
			return i, true
		}
		if sameNumber(number, batch[i].To) {
			found = i
			n++
		}
	}
	return found, n == 1
}

func refusal(f failure, t failedTarget) provider.Outcome {
	o := provider.Outcome{State: provider.Rejected}
	details := t.Details
	switch {
	case t.Invalid:
		o.Class = data.ClassInvalidNumber
	case details != "":
		o.Class = wordClass(details)
	default: // the template or the sender was refused, for everybody in the entry
		if o.Class = wordClass(f.Details); o.Class == data.ClassUnknown {
			o.Class = data.ClassContent
		}
	}
	if details == "" {
		details = f.Details
	}
	o.Raw = wire.Mask(details)
	return o
}
