//go:build contract

package twilio

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

// These tests run against a mock that checks each request against Twilio's own OpenAPI document:
//
//	npx @stoplight/prism-cli@5.16.0 mock -p 4010 twilio_api_v2010.json
//	COUNTERBELL_PRISM=http://127.0.0.1:4010 go test -tags contract -run Contract ./sender/provider/twilio
func prism(t *testing.T) *Account {
	base := os.Getenv("COUNTERBELL_PRISM")
	if base == "" {
		t.Fatal("COUNTERBELL_PRISM names the mock's address")
	}
	return account(t, base)
}

func TestContractASendIsTaken(t *testing.T) {
	a := prism(t)
	if o := send(t, a); o.State != provider.Accepted || !strings.HasPrefix(o.ProviderID, "SM") {
		t.Errorf("%+v", o)
	}
	a.service = "MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	if o := send(t, a); o.State != provider.Accepted {
		t.Errorf("through a messaging service: %+v", o)
	}
}

func TestContractWithoutANumberIsRefused(t *testing.T) {
	o := prism(t).Send(t.Context(), []provider.Text{{Ref: "r", Body: "x"}})[0]
	if o.State != provider.Rejected || o.Class != data.ClassParams || o.Code != "422" || !strings.Contains(o.Raw, "Invalid request") {
		t.Errorf("%+v", o)
	}
}

func TestContractAnAccountOfTheWrongShapeIsRefused(t *testing.T) {
	a := prism(t)
	a.sid = "AC1"
	if o := send(t, a); o.State != provider.Rejected || o.Class != data.ClassParams {
		t.Errorf("%+v", o)
	}
}

func TestContractWithoutCredentialsIsRefused(t *testing.T) {
	a := prism(t)
	a.base = strings.TrimRight(a.base, "/")
	header := a.header()
	header.Del("Authorization")
	an, err := a.wire.Ask(t.Context(), request(a.address("/Balance.json", nil), header))
	if err != nil || an.Status != 401 {
		t.Error(an.Status, err)
	}
}

func TestContractNewsIsRead(t *testing.T) {
	a := prism(t)
	if err := a.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if amount, currency, err := a.Balance(t.Context()); err != nil || amount == "" || currency == "" {
		t.Error(amount, currency, err)
	}
	got, err := a.Statuses(t.Context(), []provider.Sent{{ProviderID: msgID, Ref: "r", To: to}})
	if err != nil || len(got) != 1 || got[0].At == 0 {
		t.Error(got, err)
	}
	// The mock answers the first page again and again with its own dates, all before our cursor: what is checked is
	// that question and paging are in form.
	if _, cursor, err := a.Replies(t.Context(), ""); err != nil || cursor == "" {
		t.Error(cursor, err)
	}
}

func request(address string, header http.Header) wire.Request {
	return wire.Request{Method: http.MethodGet, URL: address, Header: header}
}
