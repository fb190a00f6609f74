package uspeedo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
	"counterbell/sender/provider"
)

// Codes of templates that uSpeedo would refuse for their form.
const (
	TemplateTooLong     data.Code = "template_too_long"    // Args max, length
	TemplateNumbering   data.Code = "template_numbering"   // variables must be {1}, {2}… without a gap
	TemplateOnlyBlanks  data.Code = "template_only_blanks" // text made of variables alone
	TemplateNameTooLong data.Code = "template_name_too_long"
)

type createRequest struct {
	Action    string `json:"Action"`
	AccountID int64  `json:"AccountId,omitempty"`
	Purpose   int    `json:"Purpose"`
	Name      string `json:"TemplateName"`
	Template  string `json:"Template"`
	Remark    string `json:"Remark,omitempty"`
}

// purposes are uSpeedo's: 1 verification, 2 notification, 3 promotion.
var purposes = map[data.Kind]int{data.OTP: 1, data.Reminder: 2, data.Notice: 2, data.Marketing: 3}

var variable = regexp.MustCompile(`\{(\d+)\}`)

// CreateTemplate registers a text: name up to 32 characters, text up to 500 with {1}, {2}… for its variables, remark
// (the reason, for the reviewer) up to 128. It is pending until TemplateStatus says otherwise.
func (a *Account) CreateTemplate(ctx context.Context, kind data.Kind, name, text, remark string) (string, error) {
	const op = "register a template with uSpeedo"
	if err := checkTemplate(op, name, text); err != nil {
		return "", err
	}
	if r := []rune(remark); len(r) > 128 {
		remark = string(r[:128])
	}
	purpose, ok := purposes[kind]
	if !ok {
		return "", data.Errorf(data.Invalid, op, "kind %q", kind)
	}
	var r struct {
		TemplateID string `json:"TemplateId"`
	}
	if _, err := a.call(ctx, op, createRequest{Action: "CreateUSMSTemplate", AccountID: a.account, Purpose: purpose, Name: name, Template: text, Remark: remark}, &r); err != nil {
		return "", err
	}
	if r.TemplateID == "" {
		return "", data.Errorf(data.ProviderDown, op, "no template id in the answer").With("provider", Name)
	}
	return r.TemplateID, nil
}

func checkTemplate(op, name, text string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > 32 {
		return data.Errorf(TemplateNameTooLong, op, "name of %d characters", n).With("max", "32")
	}
	if n := utf8.RuneCountInString(text); n > maxUnits {
		return data.Errorf(TemplateTooLong, op, "%d characters", n).With("max", strconv.Itoa(maxUnits)).With("length", strconv.Itoa(n))
	}
	seen := map[int]bool{}
	for _, m := range variable.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return data.Errorf(TemplateNumbering, op, "variable %s", m[0])
		}
		seen[n] = true
	}
	for n := 1; n <= len(seen); n++ {
		if !seen[n] {
			return data.Errorf(TemplateNumbering, op, "no variable {%d}", n)
		}
	}
	if !strings.ContainsFunc(variable.ReplaceAllString(text, ""), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return data.Errorf(TemplateOnlyBlanks, op, "no words")
	}
	return nil
}

type outTemplate struct {
	ID     string      `json:"TemplateId"`
	Name   string      `json:"TemplateName"`
	Text   string      `json:"Template"`
	Status json.Number `json:"Status"`
	Reason string      `json:"ErrDesc"`
}

// outTemplates is Data: one template in the documentation's example, a list in the SDK.
type outTemplates []outTemplate

func (ts *outTemplates) UnmarshalJSON(b []byte) error {
	if b = bytes.TrimSpace(b); len(b) > 0 && b[0] == '{' {
		var one outTemplate
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		*ts = outTemplates{one}
		return nil
	}
	return json.Unmarshal(b, (*[]outTemplate)(ts))
}

// states are their numbers 0 pending, 1 under review, 2 approved, 3 refused, 4 disabled. Only 2 may be sent.
var states = map[string]provider.TemplateState{
	"0": provider.TemplatePending, "1": provider.TemplatePending, "2": provider.TemplateApproved, "3": provider.TemplateRefused, "4": provider.TemplateDisabled,
}

// TemplateStatus asks for templates by id, with the text as it was approved: that is what people will read. There is
// no way to list them all: the ids have to be kept. An id that uSpeedo doesn't know is missing from the answer.
func (a *Account) TemplateStatus(ctx context.Context, ids []string) ([]provider.Template, error) {
	const op = "ask uSpeedo for templates"
	var all []provider.Template
	for len(ids) > 0 {
		n := min(len(ids), 100)
		var r struct {
			Data outTemplates `json:"Data"`
		}
		req := struct {
			Action     string   `json:"Action"`
			AccountID  int64    `json:"AccountId,omitempty"`
			TemplateID []string `json:"TemplateId"`
		}{"QueryUSMSTemplate", a.account, ids[:n]}
		if _, err := a.call(ctx, op, req, &r); err != nil {
			return all, err
		}
		for _, t := range r.Data {
			state, ok := states[t.Status.String()]
			if !ok {
				return all, data.Errorf(data.ProviderDown, op, "%s", fmt.Sprintf("status %q", t.Status)).With("provider", Name)
			}
			all = append(all, provider.Template{ID: t.ID, Name: t.Name, Text: t.Text, State: state, Reason: t.Reason})
		}
		ids = ids[n:]
	}
	return all, nil
}
