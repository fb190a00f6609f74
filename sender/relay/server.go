package relay

import (
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"counterbell/data"
)

// A Server answers the people who follow links, and the Counterbell that published them. It is an http.Handler; give
// it to NewHTTPServer, which sets the limits on connections. It keeps no address and no name of anybody who asks, and
// its log has counts alone.
type Server struct {
	store  *Store
	clock  data.Clock
	key    KeyHash
	log    *slog.Logger
	now    atomic.Int64 // requests being answered
	most   int64
	agents agentNames
}

// Needs is what a server is made of.
type Needs struct {
	Store *Store
	Clock data.Clock   // the time that events carry
	Key   KeyHash      // of the pairing key; the zero hash closes the relay's own interface
	Log   *slog.Logger // nil: no log
	Busy  int          // requests at once; 0: 4096. Beyond it people are asked to come back in a second
}

// NewServer returns the relay's handler.
func NewServer(needs Needs) *Server {
	if needs.Busy <= 0 {
		needs.Busy = 4096
	}
	if needs.Log == nil {
		needs.Log = slog.New(slog.DiscardHandler)
	}
	return &Server{store: needs.Store, clock: needs.Clock, key: needs.Key, log: needs.Log, most: int64(needs.Busy)}
}

// Header values that every answer to a person carries. They are shared: nothing changes them.
var (
	noStore     = []string{"no-store"}
	noReferrer  = []string{"no-referrer"}
	noIndex     = []string{"noindex, nofollow, noarchive"}
	noSniff     = []string{"nosniff"}
	denyFrame   = []string{"DENY"}
	pagePolicy  = []string{"default-src 'none'; style-src '" + styleHash + "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}
	emptyPolicy = []string{"default-src 'none'; frame-ancestors 'none'"}
	htmlType    = []string{"text/html; charset=utf-8"}
	ownOpener   = []string{"same-origin"}
)

const (
	// recordWait is how long a person waits for the disk before they are served all the same.
	recordWait = 5 * time.Second
	robots     = "User-agent: *\nDisallow: /\n"
)

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.finish(w)
	if s.now.Add(1) > s.most {
		w.Header()["Retry-After"] = []string{"1"}
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h["Cache-Control"], h["Referrer-Policy"] = noStore, noReferrer
	if token, rest, ok := cutToken(r.URL.Path); ok {
		s.serveLink(w, r, token, rest)
		return
	}
	s.serveRest(w, r)
}

// finish counts a request out, and keeps its fault from showing the log who asked, as net/http's own report would.
func (s *Server) finish(w http.ResponseWriter) {
	s.now.Add(-1)
	fault := recover()
	if fault == nil {
		return
	}
	if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(fault)
	}
	s.log.Error("request failed", "fault", fault)
	http.Error(w, "internal error", http.StatusInternalServerError)
}

func (s *Server) serveRest(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h["X-Content-Type-Options"], h["Content-Security-Policy"], h["X-Robots-Tag"] = noSniff, emptyPolicy, noIndex
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch path := r.URL.Path; {
	case len(path) >= 4 && path[:4] == "/v1/":
		s.serveAPI(w, r)
	case !read:
		refuseMethod(w, "GET, HEAD")
	case path == "/healthz":
		s.serveHealth(w, r)
	case path == "/robots.txt":
		w.Header()["Content-Type"] = []string{"text/plain; charset=utf-8"}
		_, _ = w.Write([]byte(robots))
	case path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
	default:
		s.showNotice(w, r, http.StatusNotFound, nil, "unknown")
	}
}

// serveHealth is for the server's watchdog: 200 when the database can be read.
func (s *Server) serveHealth(w http.ResponseWriter, r *http.Request) {
	if _, err := s.store.status(r.Context()); err != nil {
		http.Error(w, "database", http.StatusServiceUnavailable)
		return
	}
	w.Header()["Content-Type"] = []string{"text/plain; charset=utf-8"}
	_, _ = w.Write([]byte("ok\n"))
}

func refuseMethod(w http.ResponseWriter, allow string) {
	w.Header()["Allow"] = []string{allow}
	http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
}

// serveLink answers for one token. GET and HEAD show; only POST to /stop opts out.
func (s *Server) serveLink(w http.ResponseWriter, r *http.Request, token, rest string) {
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !read && (r.Method != http.MethodPost || rest != "/stop") {
		if rest == "/stop" {
			refuseMethod(w, "GET, HEAD, POST")
		} else {
			refuseMethod(w, "GET, HEAD")
		}
		return
	}
	p, err := s.store.page(r.Context(), token)
	switch {
	case err != nil:
		s.log.Error("link not looked up", "code", data.CodeOf(err))
		s.showNotice(w, r, http.StatusServiceUnavailable, nil, "trouble")
	case p == nil:
		s.showNotice(w, r, http.StatusNotFound, nil, "unknown")
	case !read:
		s.stop(w, r, p)
	case rest == "/stop" || p.Kind == StopPage:
		s.showStop(w, r, p, rest)
	case p.revoked:
		s.showNotice(w, r, http.StatusGone, p, "gone")
	default:
		s.open(w, r, p)
	}
}

// open records that the link was followed and then shows what is behind it. The answer goes out when the open is on
// disk. Where it can't be written, the person is served all the same: their coupon matters more than our count.
func (s *Server) open(w http.ResponseWriter, r *http.Request, p *storedPage) {
	now := s.clock()
	if p.quota.take(now) {
		e := Event{Kind: Opened, Token: p.Token, At: data.At(now)}
		e.Class, e.Reason, e.Agent = s.agents.look(r)
		// Without the request's context: somebody who hangs up has still opened the link.
		if err := s.store.opens.record(e); err != nil {
			if s.store.unrecorded.Add(1)%1000 == 1 {
				s.log.Error("opens not recorded", "code", data.CodeOf(err), "so_far", s.store.unrecorded.Load())
			}
		}
	}
	switch {
	case p.Ends != 0 && data.At(now) > p.Ends:
		s.showNotice(w, r, http.StatusGone, p, "expired")
	case p.Kind == RedirectPage:
		w.Header()["Location"] = p.location
		w.WriteHeader(http.StatusFound)
	default:
		s.showCoupon(w, r, p, now)
	}
}

// stop takes the request of the person behind a link. They are told that it is done only when it is on disk.
func (s *Server) stop(w http.ResponseWriter, r *http.Request, p *storedPage) {
	// A form on a stranger's page may not press the button. Browsers too old to say where they come from may.
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		s.showStop(w, r, p, "/stop")
		return
	}
	if err := s.store.stopMessages(r.Context(), p.Token); err != nil {
		s.log.Error("a request to stop was not recorded", "code", data.CodeOf(err))
		s.showNotice(w, r, http.StatusServiceUnavailable, p, "stop_trouble")
		return
	}
	w.Header()["Location"] = []string{"stop"} // relative: the relay may live below a path
	w.WriteHeader(http.StatusSeeOther)
}
