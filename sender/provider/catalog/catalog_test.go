package catalog

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"counterbell/assets/translations"
	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/sender/provider"
	"counterbell/sender/provider/practice"
)

const sid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// environment is a keychain whose credentials all come from variables.
func environment(vars ...string) Secrets {
	return secret.Keychain{Profile: "test", Environ: func(v string) (string, bool) {
		for _, known := range vars {
			if known == v {
				return "s3cret", true
			}
		}
		return "", false
	}}
}

func TestEachProviderOpensByName(t *testing.T) {
	all := environment("COUNTERBELL_TWILIO_AUTH_TOKEN", "COUNTERBELL_TWILIO_API_SECRET", "COUNTERBELL_USPEEDO_ACCESS_KEY_SECRET")
	for _, c := range []struct {
		name     string
		settings map[string]string
	}{
		{"practice", nil},
		{"practice", map[string]string{"seed": "42", "rate_per_sec": "20"}},
		{"twilio", map[string]string{"account_sid": sid, "from": "+15035550100"}},
		{"twilio", map[string]string{"account_sid": sid, "api_key": "SK1", "messaging_service_sid": "MG1", "rate_per_sec": "10"}},
		{"uspeedo", map[string]string{"access_key_id": "K", "account_id": "10001"}},
	} {
		p, err := Open(c.name, Needs{Settings: c.settings, Secrets: all, Practice: Practice{Dir: t.TempDir()}})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if cl, ok := p.(io.Closer); ok {
			defer cl.Close()
		}
		caps := p.Capabilities()
		if p.Name() != c.name || caps.MaxBatch < 1 || caps.Practice != (c.name == practice.Name) {
			t.Errorf("%s: %+v", c.name, caps)
		}
		want := map[string]float64{"20": 20, "10": 10}[c.settings["rate_per_sec"]]
		if want != 0 && caps.RatePerSec != want {
			t.Error(c.name, caps.RatePerSec)
		}
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	all := environment("COUNTERBELL_TWILIO_AUTH_TOKEN", "COUNTERBELL_USPEEDO_ACCESS_KEY_SECRET")
	good := map[string]string{"account_sid": sid, "from": "+15035550100"}
	with := func(field, value string) map[string]string {
		m := map[string]string{}
		for k, v := range good {
			m[k] = v
		}
		m[field] = value
		return m
	}
	for name, c := range map[string]struct {
		provider string
		settings map[string]string
		secrets  Secrets
		code     data.Code
		field    string
	}{
		"no such provider":         {"carrier-pigeon", nil, all, NoProvider, ""},
		"required":                 {"twilio", nil, all, provider.BadSetting, "account_sid"},
		"a field of another":       {"twilio", with("sender_id", "x"), all, provider.BadSetting, "sender_id"},
		"a secret in the settings": {"twilio", with("auth_token", "x"), all, provider.BadSetting, "auth_token"},
		"no token":                 {"twilio", good, environment(), data.Credentials, "auth_token"},
		"no secret for the key":    {"twilio", with("api_key", "SK1"), all, data.Credentials, "api_secret"},
		"no keychain at all":       {"uspeedo", map[string]string{"access_key_id": "K"}, nil, data.Credentials, "access_key_secret"},
		"a rate that isn't one":    {"twilio", with("rate_per_sec", "NaN"), all, provider.BadSetting, "rate_per_sec"},
		"an address in the clear":  {"twilio", with("base_url", "http://example.com"), all, provider.BadSetting, "base_url"},
		"a seed that isn't one":    {"practice", map[string]string{"seed": "x"}, nil, provider.BadSetting, "seed"},
	} {
		_, err := Open(c.provider, Needs{Settings: c.settings, Secrets: c.secrets})
		var e *data.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Args["field"] != c.field {
			t.Errorf("%s: %v", name, err)
		}
		if c.code == data.Credentials && c.secrets != nil && e.Args["variables"] != secret.Variable(c.provider, c.field) {
			t.Errorf("%s: %v", name, e.Args)
		}
	}
}

// Every field has a label and every code a sentence, in both languages.
func TestEveryFieldHasALabel(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans"} {
		texts := map[string]string{}
		err := fs.WalkDir(translations.Files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasPrefix(path, lang) {
				return err
			}
			b, err := translations.Files.ReadFile(path)
			if err != nil {
				return err
			}
			return json.Unmarshal(b, &texts)
		})
		if err != nil {
			t.Fatal(err)
		}
		need := []string{"error.setting", "error.no_keychain", "error.no_such_provider", "error.clock_skew", "error.template_too_long", "error.template_numbering", "error.template_only_blanks", "error.template_name_too_long"}
		for _, e := range Entries() {
			need = append(need, "provider."+e.Name+".name", "provider."+e.Name+".about")
			for _, s := range e.Settings {
				need = append(need, "provider."+e.Name+"."+s.Name)
			}
		}
		for _, class := range []data.ErrorClass{data.ClassAuth, data.ClassCredit, data.ClassInvalidNumber, data.ClassUnroutable, data.ClassOptedOut, data.ClassContent, data.ClassSender, data.ClassRate, data.ClassParams, data.ClassTemporary, data.ClassConfig, data.ClassUnknown} {
			need = append(need, "provider.class."+string(class))
		}
		for _, key := range need {
			if strings.TrimSpace(texts[key]) == "" {
				t.Errorf("%s: no %s", lang, key)
			}
		}
	}
}
