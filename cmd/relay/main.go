// Command relay is Counterbell's public link relay: one static binary for a small server. It sends people who tap a
// link on, or shows their coupon, and keeps count until Counterbell fetches it. It knows no names, no phone numbers
// and keeps no addresses.
//
//	relay --listen :443 --tls-cert cert.pem --tls-key key.pem --db /var/lib/relay/relay.db --url https://go.example.com
//
// or behind a reverse proxy that speaks TLS:
//
//	relay --listen 127.0.0.1:8080 --db /var/lib/relay/relay.db --url https://go.example.com
//
// At its first start it prints what Counterbell is to be paired with, once. Standard library flags: the binary stays
// small.
package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // a small server may have no zones; "days left" counts in the shop's

	"counterbell/sender/relay"
)

// keyVariable names the environment variable that may hold the pairing key.
const keyVariable = "COUNTERBELL_RELAY_KEY"

var version = "dev" // set by the build

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr, os.Getenv, nil); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "relay:", err)
			os.Exit(1)
		}
		os.Exit(2)
	}
}

type settings struct {
	listen, db, keyFile, cert, certKey, url string
	newKey, behindProxy, version            bool
}

func readFlags(args []string, out io.Writer) (settings, error) {
	var s settings
	f := flag.NewFlagSet("relay", flag.ContinueOnError)
	f.SetOutput(out)
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&s.db, "db", "relay.db", "the relay's SQLite file")
	f.StringVar(&s.keyFile, "key-file", "", "file with the pairing key (or set "+keyVariable+"); without either the relay makes one and prints it once")
	f.StringVar(&s.cert, "tls-cert", "", "certificate file, PEM; without it, run behind a reverse proxy that speaks TLS")
	f.StringVar(&s.certKey, "tls-key", "", "the certificate's key file, PEM")
	f.StringVar(&s.url, "url", "", "the public address, for the pairing line: https://go.example.com")
	f.BoolVar(&s.newKey, "new-key", false, "make and print a new pairing key; the old one stops working")
	f.BoolVar(&s.behindProxy, "behind-proxy", false, "says that a reverse proxy stands in front; nothing changes, as no address is kept or trusted")
	f.BoolVar(&s.version, "version", false, "print the version and end")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("unknown argument %q", f.Arg(0))
	}
	if (s.cert == "") != (s.certKey == "") {
		return s, errors.New("--tls-cert and --tls-key go together")
	}
	return s, nil
}

// run serves until ctx is done. It tells ready, if there is one, the address it listens on.
func run(ctx context.Context, args []string, out, logTo io.Writer, env func(string) string, ready chan<- string) error {
	s, err := readFlags(args, logTo)
	if err != nil {
		return err
	}
	if s.version {
		fmt.Fprintf(out, "relay %s, protocol %d\n", version, relay.Protocol)
		return nil
	}
	log := slog.New(slog.NewTextHandler(logTo, nil))
	store, err := relay.OpenStore(ctx, relay.StoreNeeds{Path: s.db, Clock: time.Now, Random: rand.Reader})
	if err != nil {
		return err
	}
	key, err := pairingKey(ctx, store, s, env, out)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	handler := relay.NewServer(relay.Needs{Store: store, Clock: time.Now, Key: key, Log: log})
	return errors.Join(serve(ctx, s, handler, log, ready), store.Close())
}

func serve(ctx context.Context, s settings, handler http.Handler, log *slog.Logger, ready chan<- string) error {
	ln, err := relay.DefaultLimits.Listen(s.listen)
	if err != nil {
		return err
	}
	server := relay.NewHTTPServer(handler, relay.DefaultLimits)
	server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	ended := make(chan error, 1)
	go func() {
		if s.cert != "" {
			ended <- server.ServeTLS(ln, s.cert, s.certKey)
		} else {
			ended <- server.Serve(ln)
		}
	}()
	log.Info("listening", "address", ln.Addr().String(), "tls", s.cert != "", "version", version)
	if ready != nil {
		ready <- ln.Addr().String()
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("closing")
	grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		_ = server.Close() // somebody is still being served after ten seconds
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// pairingKey returns the key's hash: of the environment's or the file's key, else of the one the database remembers,
// else of a new one, which is printed and never shown again.
func pairingKey(ctx context.Context, store *relay.Store, s settings, env func(string) string, out io.Writer) (relay.KeyHash, error) {
	given := env(keyVariable)
	if s.keyFile != "" {
		raw, err := os.ReadFile(s.keyFile)
		if err != nil {
			return relay.KeyHash{}, err
		}
		given = string(raw)
	}
	if given != "" {
		if s.newKey {
			return relay.KeyHash{}, errors.New("--new-key has no effect beside a key that is given: change that one")
		}
		key, err := relay.ParseKey(given)
		if err != nil {
			return relay.KeyHash{}, fmt.Errorf("the pairing key needs 22 letters, digits, dashes or underscores at least: %w", err)
		}
		return key.Hash(), nil
	}
	var hash relay.KeyHash
	known, err := store.Setting(ctx, "key")
	if err != nil {
		return hash, err
	}
	if raw, err := hex.DecodeString(known); err == nil && len(raw) == len(hash) && !s.newKey {
		copy(hash[:], raw)
		return hash, nil
	}
	key, err := relay.NewKey(rand.Reader)
	if err != nil {
		return hash, err
	}
	hash = key.Hash()
	if err := store.SetSetting(ctx, "key", hex.EncodeToString(hash[:])); err != nil {
		return hash, err
	}
	url := s.url
	if url == "" {
		url = "https://YOUR-ADDRESS"
	}
	fmt.Fprintf(out, "Pair Counterbell with this line. It is not shown again:\n\n  %s#%s\n\n", url, key)
	return hash, nil
}
