package twilio

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

//go:embed statuses.tsv
var statusTable string

// states turns Twilio's status words into ours. A word that isn't listed is no news.
var states = func() map[string]data.MessageState {
	m := map[string]data.MessageState{}
	for _, line := range strings.Split(strings.TrimSpace(statusTable), "\n")[1:] {
		cells := strings.Split(line, "\t")
		m[cells[0]] = data.MessageState(cells[1])
	}
	return m
}()

// Statuses asks for each message, four at a time. When the line fails it returns what it has, and the error.
func (a *Account) Statuses(ctx context.Context, sent []provider.Sent) ([]provider.Status, error) {
	const op = "ask Twilio for states"
	found := make([]*provider.Status, len(sent))
	var g errgroup.Group // without a context of its own: what is being asked is heard out
	var failed atomic.Bool
	g.SetLimit(4)
	for i, s := range sent {
		if !messageSID.MatchString(s.ProviderID) {
			continue
		}
		g.Go(func() error {
			if failed.Load() {
				return nil
			}
			var m message
			_, err := a.ask(ctx, op, a.address("/Messages/"+s.ProviderID+".json", nil), &m)
			if r := (*refusal)(nil); errors.As(err, &r) {
				if r.status == 404 { // deleted in the console, or another account's: no news of it will come
					found[i] = &provider.Status{ProviderID: s.ProviderID, Ref: s.Ref, To: s.To, State: data.Accepted, Code: r.code, Raw: r.raw}
					return nil
				}
				failed.Store(true)
				return r.error()
			}
			if err != nil {
				failed.Store(true)
				return err
			}
			st := m.news()
			st.ProviderID, st.Ref, st.To = s.ProviderID, s.Ref, s.To
			found[i] = &st
			return nil
		})
	}
	err := g.Wait()
	var news []provider.Status
	for _, st := range found {
		if st != nil {
			news = append(news, *st)
		}
	}
	return news, err
}

func (m *message) news() provider.Status {
	st := provider.Status{State: states[m.Status], At: instant(m.DateUpdated), Segments: m.segments(), Cost: m.cost(), Raw: m.Status}
	if st.State == "" {
		st.State = data.Accepted
	}
	if code := m.ErrorCode.String(); code != "" && code != "0" {
		st.Code = code
	}
	if st.State == data.Undelivered {
		st.Class = data.ClassUnknown
		if known, ok := codes[st.Code]; ok {
			st.Class = known.Class
		}
		if m.ErrorText != "" {
			st.Raw += ": " + m.ErrorText
		}
	}
	st.Raw = wire.Mask(st.Raw)
	return st
}

// instant reads "Fri, 24 May 2019 17:44:50 +0000"; nought when it isn't one.
func instant(s string) data.Instant {
	t, err := mail.ParseDate(s)
	if err != nil {
		return 0
	}
	return data.At(t)
}

const (
	pageSize = 1000
	maxPages = 20               // of one call; the cursor remembers where to go on
	overlap  = 15 * time.Minute // a reply may be listed late
	settled  = time.Hour        // what is older than this at the time of asking is listed for sure
	firstAsk = 7 * 24 * time.Hour
)

// A place is how far the list of replies has been read. Twilio lists the latest first: Since moves up to Top only when
// all pages in between are read, so that a kill in the middle loses nothing.
type place struct {
	Since data.Instant `json:"since"`
	Top   data.Instant `json:"top,omitempty"`
	Next  string       `json:"next,omitempty"`
}

// Replies lists what came in to the sending number (to the whole account with a messaging service). The first call
// reaches seven days back.
func (a *Account) Replies(ctx context.Context, cursor string) ([]provider.Inbound, string, error) {
	const op = "ask Twilio for replies"
	var p place
	if cursor != "" {
		if err := json.Unmarshal([]byte(cursor), &p); err != nil {
			p = place{}
		}
	}
	if p.Since == 0 {
		p = place{Since: data.At(a.clock().Add(-firstAsk))}
	}
	from := p.Since.Add(-overlap)
	address, ok := a.page(p.Next)
	if !ok {
		p.Top, p.Next = 0, ""
		q := url.Values{"DateSent>": {from.Time().Format(time.RFC3339)}, "PageSize": {strconv.Itoa(pageSize)}}
		if a.service == "" && strings.HasPrefix(a.from, "+") {
			q.Set("To", a.from)
		}
		address = a.address("/Messages.json", q)
	}
	var in []provider.Inbound
	for range maxPages {
		var page struct {
			Messages []message `json:"messages"`
			Next     string    `json:"next_page_uri"`
		}
		an, err := a.ask(ctx, op, address, &page)
		if err != nil {
			if r := (*refusal)(nil); errors.As(err, &r) {
				if p.Next != "" && r.status >= 400 && r.status < 500 && r.status != 401 && r.status != 403 && r.status != 429 {
					p.Top, p.Next = 0, "" // the page's token has aged: begin this stretch again
				}
				err = r.error()
			}
			return in, p.cursor(), err
		}
		if p.Next == "" { // by Twilio's own clock: ours may be wrong
			if date, err := http.ParseTime(an.Header.Get("Date")); err == nil {
				p.Top = max(p.Top, data.At(date.Add(-settled)))
			}
		}
		for i := range page.Messages {
			m := &page.Messages[i]
			at := instant(m.DateSent)
			if at == 0 {
				at = instant(m.DateCreated)
			}
			if m.Direction != "inbound" || !messageSID.MatchString(m.SID) || at < from {
				continue
			}
			p.Top = max(p.Top, at)
			in = append(in, provider.Inbound{ID: m.SID, From: data.Phone(m.From), To: m.To, Text: m.Body, At: at})
		}
		next, ok := a.page(page.Next)
		if page.Next != "" && !ok {
			return in, p.cursor(), wire.Asked(op, Name, wire.Answer{}, errGarbage, "")
		}
		if !ok || next == address {
			p = place{Since: max(p.Since, p.Top)}
			return in, p.cursor(), nil
		}
		p.Next, address = page.Next, next
	}
	return in, p.cursor(), nil
}

func (p place) cursor() string {
	b, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(b)
}

// page turns next_page_uri into an address, and lets through nothing but more of our own account's messages at the
// host that the credentials are for.
func (a *Account) page(uri string) (string, bool) {
	want := "/2010-04-01/Accounts/" + a.sid + "/Messages.json"
	u, err := url.Parse(uri)
	if err != nil || uri == "" || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || u.Path != want {
		return "", false
	}
	return a.base + want + "?" + u.RawQuery, true
}
