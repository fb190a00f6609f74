package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
)

// server runs handler until the test ends; calls that hang are cut off.
func server(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(handler)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func post(url string) Request {
	return Request{Method: "POST", URL: url, Body: []byte("To=%2B15035550142"), Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}}
}

func written(t *testing.T, err error) bool {
	t.Helper()
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("want a *Failure, got %v", err)
	}
	return f.Written
}

func TestAnAnswerComesBackWhole(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Echo", r.Header.Get("Content-Type"))
		w.WriteHeader(201)
		w.Write(b)
	})
	a, err := New(Needs{}).Send(t.Context(), post(s.URL))
	if err != nil || a.Status != 201 || string(a.Body) != "To=%2B15035550142" || a.Header.Get("X-Echo") != "application/x-www-form-urlencoded" {
		t.Fatal(a, err)
	}
}

func TestNothingIsWrittenWhenNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	_, err = New(Needs{}).Send(t.Context(), post("http://"+l.Addr().String()))
	if written(t, err) {
		t.Error("a refused connection wrote nothing")
	}
	if o := Lost(err); o.State != provider.NotSent {
		t.Error(o)
	}
}

func TestNothingIsWrittenWhenTheCertificateIsWrong(t *testing.T) {
	var calls atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	_, err := New(Needs{}).Send(t.Context(), post(s.URL))
	if written(t, err) || calls.Load() != 0 {
		t.Error("a certificate that isn't trusted ends the call before the request")
	}
	trusted := New(Needs{TLS: s.Client().Transport.(*http.Transport).TLSClientConfig})
	if a, err := trusted.Send(t.Context(), post(s.URL)); err != nil || a.Status != 200 || calls.Load() != 1 {
		t.Error(a, err)
	}
}

func TestNothingIsWrittenWhenCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := server(t, func(http.ResponseWriter, *http.Request) { t.Error("called") })
	if _, err := New(Needs{}).Send(ctx, post(s.URL)); written(t, err) {
		t.Error("cancelled before the call")
	}
}

func TestNoAnswerAfterWritingIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := server(t, func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		cancel() // the person closes the program while the provider thinks
		<-r.Context().Done()
	})
	_, err := New(Needs{}).Send(ctx, post(s.URL))
	if !written(t, err) {
		t.Error("the server had the request")
	}
	if o := Lost(err); o.State != provider.Unknown {
		t.Error(o)
	}
}

func TestATimeoutAfterWritingIsUnknown(t *testing.T) {
	s := server(t, func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	_, err := New(Needs{Timeout: 50 * time.Millisecond}).Send(t.Context(), post(s.URL))
	if !written(t, err) || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// A carrier that takes the request and drops the line is the case that net/http would like to repeat.
func TestADroppedLineIsNeverRepeated(t *testing.T) {
	for _, method := range []string{"POST", "GET"} {
		var calls atomic.Int32
		s := server(t, func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			if r.URL.Path == "/warm" {
				return
			}
			calls.Add(1)
			panic(http.ErrAbortHandler)
		})
		c := New(Needs{})
		for range 3 { // with kept connections the next call would run on a used one
			if _, err := c.Send(t.Context(), Request{Method: method, URL: s.URL + "/warm"}); err != nil {
				t.Fatal(err)
			}
			calls.Store(0)
			r := post(s.URL)
			r.Method = method
			_, err := c.Send(t.Context(), r)
			if !written(t, err) {
				t.Error("the line dropped after the request")
			}
			if calls.Load() != 1 {
				t.Errorf("%s: sent %d times", method, calls.Load())
			}
		}
	}
}

func TestRedirectsAreRefused(t *testing.T) {
	var elsewhere atomic.Int32
	other := server(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	a, err := New(Needs{}).Send(t.Context(), post(s.URL))
	if err != nil || a.Status != 307 || elsewhere.Load() != 0 {
		t.Error(a.Status, err, elsewhere.Load())
	}
}

func TestAnAnswerWithoutEndIsCutOff(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(200)
		chunk := bytes.Repeat([]byte("x"), 64<<10)
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	r := post(s.URL)
	r.Limit = 100 << 10
	a, err := New(Needs{}).Send(t.Context(), r)
	if !errors.Is(err, ErrTooLong) || a.Status != 200 || !written(t, err) {
		t.Error(a.Status, err)
	}
}

func TestErrorsHoldNoAddress(t *testing.T) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	l.Close()
	_, err := New(Needs{}).Ask(t.Context(), Request{Method: "GET", URL: "http://" + l.Addr().String() + "/Accounts/AC123?To=%2B15035550142"})
	if err == nil || strings.Contains(err.Error(), "AC123") || strings.Contains(err.Error(), "5550142") {
		t.Error(err)
	}
}

func TestNumbersAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		"The 'To' number +15035550142 is not valid": "The 'To' number …0142 is not valid",
		"phone (852)55311111 in the black list":     "phone …1111 in the black list",
		"号码13800138000无效":                           "号码…8000无效",
		"call (503) 555-0142 now":                   "call …0142 now",
		"error 21211":                               "error 21211",
		"a\nb\x00c\xff":                             "a bc",
		"１５０３５５５０１４２":                               "…０１４２",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := []rune(Mask(strings.Repeat("长", 1000))); len(got) != 300 {
		t.Error(len(got))
	}
}

func TestCredentialsGoToHTTPSAlone(t *testing.T) {
	for s, want := range map[string]string{
		"https://api.twilio.com/": "https://api.twilio.com", " http://127.0.0.1:4010": "http://127.0.0.1:4010", "http://[::1]:1/x/": "http://[::1]:1/x",
		"http://localhost": "http://localhost", "http://api.twilio.com": "", "https://a:b@c.example": "", "ftp://x.example": "", "": "", "api.twilio.com": "",
		"http://127.0.0.1.example.com": "", "https://x.example/?q": "",
	} {
		got, err := BaseURL(s)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v", s, got, err)
		}
	}
}

func TestWhatAStatusTells(t *testing.T) {
	for status, want := range map[int]provider.OutcomeState{
		200: provider.Unknown, 302: provider.Unknown, 303: provider.Unknown, 308: provider.Rejected, 400: provider.Rejected, 401: provider.Rejected,
		404: provider.Rejected, 408: provider.Unknown, 429: provider.NotSent, 500: provider.Unknown, 503: provider.Unknown,
	} {
		if got, _ := ByStatus(status); got != want {
			t.Errorf("%d: %s, want %s", status, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for v, want := range map[string]time.Duration{"7": 7 * time.Second, "": time.Minute, "soon": time.Minute, "999999": time.Hour, "Tue, 24 Nov 2026 10:00:30 GMT": 30 * time.Second, "0": time.Second} {
		a := Answer{Header: http.Header{"Retry-After": {v}}}
		if got := a.RetryAfter(now, time.Minute); got != want {
			t.Errorf("%q: %s", v, got)
		}
	}
}

func TestADamagedTableIsNoticed(t *testing.T) {
	good := ReadCodes("code\tclass\tmeaning\tsource\n1\tauth\tno\there\n")
	if good["1"].Class != data.ClassAuth || good["1"].Meaning != "no" {
		t.Error(good)
	}
	for _, bad := range []string{"1\tnonsense\tno\there", "1\tauth\tno", "1\tauth\tno\t", "1\tauth\ta\tb\n1\tauth\ta\tb"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q passed", bad)
				}
			}()
			ReadCodes("code\tclass\tmeaning\tsource\n" + bad)
		}()
	}
}
