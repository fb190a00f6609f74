package relay

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"counterbell/data"
)

// A Local is the relay inside the app: the same handler and the same kind of file, listening on this computer alone,
// or on the local network when the user opens it there (to try a coupon on their own phone). Practice follows its
// links over real HTTP. A real customer can't reach it.
type Local struct {
	store  *Store
	server *http.Server
	base   string
	client *Client
	served chan error
}

// LocalNeeds is what the relay inside the app is made of.
type LocalNeeds struct {
	Path    string       // the SQLite file, in the profile's folder
	Clock   data.Clock   // the practice clock, where there is one
	Random  io.Reader    // a secure source
	Network bool         // listen on the local network too
	Log     *slog.Logger // nil: no log
}

// OpenLocal starts the relay. It takes the port it had the first time if that is free, so that links printed before
// still lead here. While another process has it, which is mostly the app that the command line runs beside, it takes
// any other and doesn't remember that one. Errors: those of OpenStore; Down when no port can be had.
func OpenLocal(ctx context.Context, needs LocalNeeds) (*Local, error) {
	store, err := OpenStore(ctx, StoreNeeds{Path: needs.Path, Clock: needs.Clock, Random: needs.Random})
	if err != nil {
		return nil, err
	}
	l := &Local{store: store, served: make(chan error, 1)}
	if err := l.start(ctx, needs); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return l, nil
}

func (l *Local) start(ctx context.Context, needs LocalNeeds) error {
	key, err := NewKey(needs.Random) // of this run alone: only the client below has it
	if err != nil {
		return err
	}
	ln, host, err := l.listen(ctx, needs.Network)
	if err != nil {
		return err
	}
	l.base = "http://" + net.JoinHostPort(host, strconv.Itoa(ln.Addr().(*net.TCPAddr).Port))
	handler := NewServer(Needs{Store: l.store, Clock: needs.Clock, Key: key.Hash(), Log: needs.Log})
	l.client = &Client{base: l.base, key: key, http: &http.Client{Transport: direct{handler}}}
	l.server = NewHTTPServer(handler, DefaultLimits)
	go func() { l.served <- l.server.Serve(ln) }()
	return nil
}

func (l *Local) listen(ctx context.Context, network bool) (ln net.Listener, host string, err error) {
	bind, host := "127.0.0.1", "127.0.0.1"
	if network {
		if a := localAddress(); a != "" {
			bind, host = "0.0.0.0", a
		}
	}
	port, err := l.store.Setting(ctx, "port")
	if err != nil {
		return nil, "", err
	}
	if port != "" {
		ln, _ = DefaultLimits.Listen(net.JoinHostPort(bind, port))
	}
	if ln == nil {
		if ln, err = DefaultLimits.Listen(net.JoinHostPort(bind, "0")); err != nil {
			return nil, "", data.Errorf(Down, "start the relay inside the app", "%w", err)
		}
	}
	if port == "" {
		port = strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
		if err = l.store.SetSetting(ctx, "port", port); err != nil {
			return nil, "", errors.Join(err, ln.Close())
		}
	}
	return ln, host, nil
}

// Base returns where the relay listens, "http://127.0.0.1:40123".
func (l *Local) Base() string { return l.base }

// Client returns the app's own end. It calls the handler directly, through no socket.
func (l *Local) Client() *Client { return l.client }

// Close answers who is being served, writes what waits and closes the file. It takes at most 3 seconds.
func (l *Local) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	err := l.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = l.server.Close()
	}
	if served := <-l.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return errors.Join(err, l.store.Close())
}

// direct carries requests to a handler in the same process.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	defer r.Body.Close()
	a := &answer{header: http.Header{}}
	d.handler.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK)
	return &http.Response{
		StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: a.header, Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len()),
	}, nil
}

// answer is a handler's answer, kept in memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
