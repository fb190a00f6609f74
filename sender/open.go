package sender

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
)

// relaySecret is how the keychain knows the public relay's pairing key (COUNTERBELL_RELAY_KEY in the environment).
const relaySecret, relayKeyField = "relay", "key"

// An Options says how an engine is opened from a profile.
type Options struct {
	Log     *slog.Logger
	NoLinks bool               // don't start or reach a relay: for commands that send nothing
	Advance func(data.Instant) // of a simulated clock
	OnState func(State)        // what the engine does, when it changes; on its own goroutine
}

// An Opened is an engine with what it holds open.
type Opened struct {
	*Engine
	Links    *Links
	Provider provider.Provider
	former   []provider.Provider
}

// Open sets up the engine of a profile: the provider that was chosen, with its credentials from the environment or the
// keychain, and the relay. Errors are those of catalog.Open and OpenLinks.
func Open(ctx context.Context, s *store.Store, o Options) (*Opened, error) {
	out := &Opened{}
	var err error
	if !o.NoLinks {
		if out.Links, err = OpenLinks(ctx, s, func() (string, error) { return secret.Of(s.Dir).Get(relaySecret, relayKeyField) }); err != nil {
			return nil, err
		}
	}
	if out.Provider, err = OpenProvider(ctx, s, "", out.Links, o); err != nil {
		out.Close()
		return nil, err
	}
	if out.former, err = openFormer(ctx, s, o); err != nil {
		out.Close()
		return nil, err
	}
	out.Engine = New(Needs{Store: s, Provider: out.Provider, Former: out.former, Links: out.Links, Log: o.Log, OnState: o.OnState, Chosen: true})
	return out, nil
}

// newsAfter is how long a provider that isn't used any more is asked for replies and states.
const newsAfter = 90 * 24 * time.Hour

// openFormer opens the providers that sent before the one that sends now. One whose credentials are gone is passed over.
func openFormer(ctx context.Context, s *store.Store, o Options) (former []provider.Provider, err error) {
	left, err := s.FormerProviders(ctx, s.Now().Add(-newsAfter))
	if err != nil {
		return nil, err
	}
	for _, name := range left {
		p, err := OpenProvider(ctx, s, name, nil, o)
		if err != nil {
			if o.Log != nil {
				o.Log.Info("a former provider can't be asked for news", "provider", name, "code", string(data.CodeOf(err)))
			}
			continue
		}
		former = append(former, p)
	}
	return former, nil
}

// OpenProvider sets up one provider by name, or with "" the one that was chosen.
func OpenProvider(ctx context.Context, s *store.Store, name string, links *Links, o Options) (provider.Provider, error) {
	var err error
	if name == "" {
		if name, err = s.Provider(ctx); err != nil {
			return nil, err
		}
	}
	settings, err := s.ProviderSettings(ctx, name)
	if err != nil {
		return nil, err
	}
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	practice := catalog.Practice{Dir: s.Dir, Advance: o.Advance, Zone: b.Location()}
	if links != nil && links.Public() {
		practice.Relay = links.Base()
	}
	if s.Simulated() {
		practice.Pace = 1
	}
	return catalog.Open(name, catalog.Needs{Settings: settings, Secrets: secret.Of(s.Dir), Clock: s.Clock(), Practice: practice})
}

// Settled is what Open opens, as far as the profile says: provider, its settings, the relay. Where it differs from what
// it was, somebody changed it, maybe with bell, and the engine is to be opened anew.
func Settled(ctx context.Context, s *store.Store) (string, error) {
	name, err := s.Provider(ctx)
	if err != nil {
		return "", err
	}
	settings, err := s.ProviderSettings(ctx, name)
	if err != nil {
		return "", err
	}
	var base string
	if _, err := s.Setting(ctx, settingRelay, &base); err != nil {
		return "", err
	}
	return fmt.Sprint(name, settings, base), nil // fmt sorts a map's keys
}

// Close ends what wakes the engine, and closes the provider and the relay inside the program.
func (o *Opened) Close() {
	if o.Engine != nil {
		o.forget()
	}
	for _, p := range append(o.former, o.Provider) {
		if c, ok := p.(io.Closer); ok {
			_ = c.Close()
		}
	}
	if o.Links != nil {
		_ = o.Links.Close()
	}
}
