package catalog

import (
	"errors"
	"io"
	"maps"

	"counterbell/data"
	"counterbell/sender/provider"
)

// CapsOf tells what a provider can do with settings that need not be complete: what is missing or can't be used is
// stood in for, so that people can compare before they have an account. It asks nothing of the network and of the
// keychain. Error NoProvider.
func CapsOf(name string, settings map[string]string) (provider.Caps, error) {
	e, err := Find(name)
	if err != nil {
		return provider.Caps{}, err
	}
	given := map[string]string{}
	for field, value := range settings {
		if s, ok := e.Setting(field); ok && !s.Secret {
			given[field] = value
		}
	}
	for field, value := range e.standIn {
		if given[field] == "" {
			given[field] = value
		}
	}
	for range len(e.Settings) + 1 {
		p, err := Open(name, Needs{Settings: given, Secrets: standIns{}})
		if err == nil {
			caps := p.Capabilities()
			if c, ok := p.(io.Closer); ok {
				err = c.Close()
			}
			return caps, err
		}
		var bad *data.Error
		if data.CodeOf(err) != provider.BadSetting || !errors.As(err, &bad) {
			return provider.Caps{}, err
		}
		given = maps.Clone(given)
		given[bad.Args["field"]] = e.standIn[bad.Args["field"]]
	}
	return provider.Caps{}, data.Errorf(provider.BadSetting, "look what a provider can do", "%s", name)
}

// standIns hands out a secret that is none.
type standIns struct{}

func (standIns) Get(string, string) (string, error) { return "not given yet", nil }
