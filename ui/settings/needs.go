package settings

import (
	"context"
	"strconv"

	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/data/store"
	"counterbell/sender/provider/catalog"
)

// Need is something in the settings that has to be put right before texts can go out.
type Need struct {
	Section string
	Code    string // "settings.need.CODE"
}

// Needs looks for it. It may ask the system's keychain: call it in a task.
func Needs(ctx context.Context, s *store.Store) ([]Need, error) {
	return lookFor(ctx, s, secret.Of(s.Dir))
}

func lookFor(ctx context.Context, s *store.Store, keys secret.Keychain) ([]Need, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	var needs []Need
	if b.Name == "" {
		needs = append(needs, Need{"business", "name"})
	}
	name, err := s.Provider(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := s.ProviderSettings(ctx, name)
	if err != nil {
		return nil, err
	}
	p, err := catalog.Open(name, catalog.Needs{Settings: settings, Secrets: keys})
	if err != nil && data.CodeOf(err) != catalog.NoProvider {
		needs = append(needs, Need{"provider", "credentials"})
	}
	closeProvider(p)
	var relay string
	if _, err := s.Setting(ctx, "relay", &relay); err != nil {
		return nil, err
	}
	if relay != "" {
		if has, _ := keys.Has("relay", "key"); !has {
			needs = append(needs, Need{"relay", "relay_key"})
		}
	}
	return needs, nil
}

// Badge is a count as a badge shows it; nothing for none.
func Badge(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
