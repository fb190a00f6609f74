package relay

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"

	"counterbell/data"
)

// maxBody bounds what one request to the interface may carry: a full batch with a content of its own for every page.
const maxBody = 8 << 20

// serveAPI is what the paired Counterbell talks to. Everything below /v1/ asks for the key first, so that a stranger
// learns nothing, not even which paths there are.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	w.Header()[protocolHeader] = []string{strconv.Itoa(Protocol)}
	if !s.key.opens(r.Header.Get("Authorization")) {
		w.Header()["Www-Authenticate"] = []string{`Bearer realm="Counterbell relay"`}
		writeError(w, http.StatusUnauthorized, data.Errorf(WrongKey, "check the pairing key", "refused"))
		return
	}
	route := apiRoutes[r.URL.Path]
	switch {
	case route.do == nil:
		writeError(w, http.StatusNotFound, data.Errorf(data.NotFound, "find the call", "not in protocol %d", Protocol))
	case r.Method != route.method:
		w.Header()["Allow"] = []string{route.method}
		writeError(w, http.StatusMethodNotAllowed, data.Errorf(data.Invalid, "check the method", "%s", route.method))
	default:
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		answer, err := route.do(s, r)
		if err != nil {
			s.log.Warn("call refused", "call", r.URL.Path, "code", data.CodeOf(err))
			writeError(w, statusOf(err), err)
			return
		}
		writeJSON(w, http.StatusOK, answer)
	}
}

// apiRoutes is a table of the interface: path, method, what it does.
var apiRoutes = map[string]struct {
	method string
	do     func(*Server, *http.Request) (any, error)
}{
	"/v1/pages":  {http.MethodPost, (*Server).publish},
	"/v1/revoke": {http.MethodPost, (*Server).revoke},
	"/v1/events": {http.MethodGet, (*Server).events},
	"/v1/ack":    {http.MethodPost, (*Server).ack},
	"/v1/status": {http.MethodGet, (*Server).status},
}

func (s *Server) publish(r *http.Request) (any, error) {
	var b batch
	if err := readJSON(r.Body, &b); err != nil {
		return nil, err
	}
	if len(b.Pages) == 0 || len(b.Pages) > MaxBatch || len(b.Contents) > len(b.Pages) {
		return nil, data.Errorf(data.Invalid, "publish links", "%d pages, %d contents", len(b.Pages), len(b.Contents))
	}
	for i, c := range b.Contents {
		if c == nil {
			return nil, data.Errorf(data.Invalid, "publish links", "content %d is empty", i)
		}
	}
	answer := tokenList{Tokens: make([]string, len(b.Pages))}
	for i := range b.Pages {
		p := &b.Pages[i]
		if p.Content >= len(b.Contents) {
			return nil, data.Errorf(BadPage, "publish links", "content %d of %d", p.Content, len(b.Contents)).With("what", "content")
		}
		if p.Content < 0 {
			p.Content = -1
		} else {
			p.Page.Content = b.Contents[p.Content]
		}
		if err := p.Validate(); err != nil {
			return nil, err
		}
		if p.Kind == RedirectPage {
			p.URL, _ = cleanURL(p.URL) // it was valid a line ago
		}
		answer.Tokens[i] = p.Token
	}
	if err := s.store.publish(r.Context(), b); err != nil {
		return nil, err
	}
	s.log.Info("links published", "count", len(b.Pages))
	return answer, nil
}

func (s *Server) revoke(r *http.Request) (any, error) {
	var list tokenList
	if err := readJSON(r.Body, &list); err != nil {
		return nil, err
	}
	if len(list.Tokens) > MaxBatch {
		return nil, data.Errorf(data.Invalid, "revoke links", "%d at once", len(list.Tokens))
	}
	for _, t := range list.Tokens {
		if !IsToken(t) {
			return nil, data.Errorf(BadPage, "revoke links", "not a token").With("what", "token")
		}
	}
	if err := s.store.revoke(r.Context(), list.Tokens); err != nil {
		return nil, err
	}
	s.log.Info("links revoked", "count", len(list.Tokens))
	return list, nil
}

func (s *Server) events(r *http.Request) (any, error) {
	after, err := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if err != nil || after < 0 {
		return nil, data.Errorf(data.Invalid, "fetch events", "not a cursor")
	}
	list, err := s.store.events(r.Context(), after, MaxBatch)
	if err != nil {
		return nil, err
	}
	answer := eventList{Events: list, Next: after}
	if len(list) > 0 {
		answer.Next = list[len(list)-1].ID
	}
	return answer, nil
}

func (s *Server) ack(r *http.Request) (any, error) {
	var a struct {
		Through int64 `json:"through"`
	}
	if err := readJSON(r.Body, &a); err != nil {
		return nil, err
	}
	return struct{}{}, s.store.forget(r.Context(), a.Through)
}

func (s *Server) status(r *http.Request) (any, error) { return s.store.status(r.Context()) }

// readJSON reads one JSON value and nothing after it.
func readJSON(body io.Reader, into any) error {
	d := json.NewDecoder(body)
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.New("more than one value")
	}
	return data.Errorf(data.Invalid, "read the request", "%w", err)
}

func statusOf(err error) int {
	switch data.CodeOf(err) {
	case data.Invalid, BadPage, BadLink:
		return http.StatusBadRequest
	case data.DiskFull:
		return http.StatusInsufficientStorage
	case data.Busy:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func writeError(w http.ResponseWriter, status int, err error) {
	answer := wireError{Code: data.CodeOf(err), Text: err.Error()}
	var e *data.Error
	if errors.As(err, &e) {
		answer.Args = e.Args
	}
	writeJSON(w, status, answer)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header()["Content-Type"] = []string{"application/json"}
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}
