// Package secret keeps credentials in the system's keychain (Credential Manager, Keychain, Secret Service), never in
// the database, a log, a backup or an export. On a server they come from environment variables, which win.
package secret

import (
	"errors"
	"os"
	"strings"

	"github.com/zalando/go-keyring"

	"counterbell/data"
)

// NoKeychain is the code when this computer has no keychain to write to. Args variables names the environment
// variable to set instead.
const NoKeychain data.Code = "no_keychain"

// A Keychain holds the credentials of one profile. Its zero value is that of the profile without a name.
type Keychain struct {
	Profile string                      // the profile's name or folder; two profiles never see each other's
	Environ func(string) (string, bool) // nil: the process's own environment
}

// Of returns the keychain of a profile.
func Of(profile string) Keychain { return Keychain{Profile: profile} }

// Variable returns the environment variable of a provider's field: "twilio", "auth_token" gives
// COUNTERBELL_TWILIO_AUTH_TOKEN.
func Variable(provider, field string) string {
	return "COUNTERBELL_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, provider+"_"+field)
}

func (k Keychain) service() string { return "Counterbell " + k.Profile }

func item(provider, field string) string { return provider + "/" + field }

// Get returns a credential: the environment's where there is one, else the keychain's. Error data.Credentials when
// neither has it or there is no keychain; Args provider, field, and variables with the variable that would do.
func (k Keychain) Get(provider, field string) (string, error) {
	environ := k.Environ
	if environ == nil {
		environ = os.LookupEnv
	}
	if s, ok := environ(Variable(provider, field)); ok && strings.TrimSpace(s) != "" {
		return strings.TrimSpace(s), nil
	}
	s, err := keyring.Get(k.service(), item(provider, field))
	if err != nil || s == "" {
		return "", said(data.Credentials, "read a credential", provider, field, err)
	}
	return s, nil
}

// Has tells whether Get would find something, and whether it is the environment's: then the window can't change it.
func (k Keychain) Has(provider, field string) (found, environment bool) {
	environ := k.Environ
	if environ == nil {
		environ = os.LookupEnv
	}
	if s, ok := environ(Variable(provider, field)); ok && strings.TrimSpace(s) != "" {
		return true, true
	}
	_, err := k.Get(provider, field)
	return err == nil, false
}

// longest is what every system's keychain takes: Windows holds 2560 bytes.
const longest = 2048

// Set stores a credential, without the blanks and line ends that come with pasting. Errors: data.Invalid when it is
// empty or over 2048 bytes, NoKeychain.
func (k Keychain) Set(provider, field, value string) error {
	const op = "store a credential"
	value = strings.TrimSpace(value)
	if value == "" || len(value) > longest {
		return said(data.Invalid, op, provider, field, errors.New("empty or too long"))
	}
	if err := keyring.Set(k.service(), item(provider, field), value); err != nil {
		return said(NoKeychain, op, provider, field, err)
	}
	return nil
}

// Delete takes a credential out of the keychain; it is no error when none is there. Error NoKeychain.
func (k Keychain) Delete(provider, field string) error {
	if err := keyring.Delete(k.service(), item(provider, field)); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return said(NoKeychain, "delete a credential", provider, field, err)
	}
	return nil
}

// said keeps the system's words out of what people read, and never holds a value.
func said(code data.Code, op, provider, field string, err error) error {
	return &data.Error{Code: code, Op: op, Err: err, Args: map[string]string{"provider": provider, "field": field, "variables": Variable(provider, field)}}
}
