package secret

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"counterbell/data"
)

// profile returns a keychain with an environment of its own.
func profile(name string, environ map[string]string) Keychain {
	return Keychain{Profile: name, Environ: func(v string) (string, bool) { s, ok := environ[v]; return s, ok }}
}

func TestACredentialIsKeptByProfile(t *testing.T) {
	keyring.MockInit()
	shop, clinic := profile("shop", nil), profile("clinic", nil)
	if err := shop.Set("twilio", "auth_token", " token-1\n"); err != nil {
		t.Fatal(err)
	}
	if got, err := shop.Get("twilio", "auth_token"); got != "token-1" || err != nil {
		t.Error(got, err)
	}
	if _, err := clinic.Get("twilio", "auth_token"); data.CodeOf(err) != data.Credentials {
		t.Error("another profile's:", err)
	}
	if _, err := shop.Get("uspeedo", "auth_token"); data.CodeOf(err) != data.Credentials {
		t.Error("another provider's:", err)
	}
	if found, environment := shop.Has("twilio", "auth_token"); !found || environment {
		t.Error(found, environment)
	}
	if err := errors.Join(shop.Delete("twilio", "auth_token"), shop.Delete("twilio", "auth_token")); err != nil {
		t.Error(err)
	}
	if _, err := shop.Get("twilio", "auth_token"); err == nil {
		t.Error("deleted")
	}
}

func TestTheEnvironmentWins(t *testing.T) {
	keyring.MockInit()
	k := profile("shop", map[string]string{"COUNTERBELL_TWILIO_AUTH_TOKEN": "from-env ", "COUNTERBELL_TWILIO_API_SECRET": " "})
	if err := errors.Join(k.Set("twilio", "auth_token", "from-keychain"), k.Set("twilio", "api_secret", "from-keychain")); err != nil {
		t.Fatal(err)
	}
	if got, _ := k.Get("twilio", "auth_token"); got != "from-env" {
		t.Error(got)
	}
	if found, environment := k.Has("twilio", "auth_token"); !found || !environment {
		t.Error(found, environment)
	}
	if got, _ := k.Get("twilio", "api_secret"); got != "from-keychain" {
		t.Error("an empty variable is none:", got)
	}
	t.Setenv("COUNTERBELL_USPEEDO_ACCESS_KEY_SECRET", "from-process")
	if got, _ := Of("shop").Get("uspeedo", "access_key_secret"); got != "from-process" {
		t.Error(got)
	}
}

func TestWithoutAKeychainTheVariableIsNamed(t *testing.T) {
	keyring.MockInitWithError(errors.New("no such service"))
	defer keyring.MockInit()
	k := profile("shop", map[string]string{"COUNTERBELL_TWILIO_AUTH_TOKEN": "x"})
	for want, err := range map[data.Code]error{
		data.Credentials: second(k.Get("twilio", "api_secret")),
		NoKeychain:       k.Set("twilio", "api_secret", "value-9"),
	} {
		var e *data.Error
		if !errors.As(err, &e) || e.Code != want || e.Args["variables"] != "COUNTERBELL_TWILIO_API_SECRET" {
			t.Errorf("%s: %v", want, err)
		}
		if strings.Contains(err.Error(), "value-9") {
			t.Error("the value is in the error")
		}
	}
	if err := k.Delete("twilio", "api_secret"); data.CodeOf(err) != NoKeychain {
		t.Error(err)
	}
	if got, err := k.Get("twilio", "auth_token"); got != "x" || err != nil {
		t.Error("the environment needs no keychain:", got, err)
	}
}

func second(_ string, err error) error { return err }

func TestWhatCannotBeStored(t *testing.T) {
	keyring.MockInit()
	k := profile("shop", nil)
	for _, v := range []string{"", " \n", strings.Repeat("x", 2049)} {
		if err := k.Set("twilio", "auth_token", v); data.CodeOf(err) != data.Invalid {
			t.Error(len(v), err)
		}
	}
}

func TestVariables(t *testing.T) {
	for want, c := range map[string][2]string{
		"COUNTERBELL_USPEEDO_ACCESS_KEY_SECRET": {"uspeedo", "access_key_secret"}, "COUNTERBELL_MY_SMS_A_1": {"my-sms", "a.1"},
	} {
		if got := Variable(c[0], c[1]); got != want {
			t.Error(got)
		}
	}
}
