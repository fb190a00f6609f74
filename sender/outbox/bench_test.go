package outbox_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
)

// benchMessages are handed over in each round; benchBatch is how many go in one call.
const benchMessages, benchBatch = 20_000, 500

var tuesday = time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC) // 10:00 in Los Angeles

// atOnce is a provider that takes everything without delay.
type atOnce struct{ taken int }

func (p *atOnce) Name() string { return "practice" }
func (p *atOnce) Capabilities() provider.Caps {
	return provider.Caps{MaxBatch: benchBatch, Personalised: true, FreeText: true, ClientRef: provider.RefEchoed, Statuses: provider.PollNone, Inbound: provider.PollListByTime, SegmentRule: "gsm", Practice: true}
}
func (p *atOnce) Check(context.Context) error { return nil }
func (p *atOnce) Send(_ context.Context, batch []provider.Text) []provider.Outcome {
	out := make([]provider.Outcome, len(batch))
	for i, t := range batch {
		out[i] = provider.Outcome{Ref: t.Ref, State: provider.Accepted, ProviderID: "practice-" + t.Ref}
	}
	p.taken += len(batch)
	return out
}

func (p *atOnce) Statuses(context.Context, []provider.Sent) ([]provider.Status, error) {
	return nil, errors.ErrUnsupported
}

func (p *atOnce) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", nil
}

func standing() time.Time { return tuesday }

func openShop(b *testing.B, dir string) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), store.Options{Dir: dir, Clock: standing})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// frozenShop makes a profile in which a coupon campaign to everybody is about to be handed over, and closes it.
func frozenShop(b *testing.B) string {
	b.Helper()
	ctx, dir := b.Context(), b.TempDir()
	s := openShop(b, dir)
	if err := s.SetBusiness(ctx, data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Till: "Till 1"}); err != nil {
		b.Fatal(err)
	}
	answer := data.ConsentAnswer{Scopes: []data.Scope{data.ScopeMarketing}, Basis: data.ExpressWritten, Statement: data.Statement{Method: "import", Source: "card"}}
	id, err := s.BeginImport(ctx, store.ImportFile{Name: "people.xlsx", Answer: answer})
	if err != nil {
		b.Fatal(err)
	}
	for start := 0; start < benchMessages; start += 1000 {
		rows := make([]data.ImportRow, 1000)
		for i := range rows {
			n := start + i
			p := data.Phone(fmt.Sprintf("+1%d555%04d", 503+n/10_000, n%10_000))
			rows[i] = data.ImportRow{Number: n + 2, Contact: data.Contact{
				Phone: p, Name: fmt.Sprintf("Ann Larkin %d", n), GivenName: "Ann", City: "Portland",
				Facts: data.PhoneFacts{Phone: p, Region: "US", Line: data.MobileOrLand, Fictional: true, States: []string{"OR"}, Zones: []string{"America/Los_Angeles"}},
			}}
		}
		if _, err := s.ImportBatch(ctx, id, rows); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.FinishImport(ctx, id, &data.Receipt{Rows: benchMessages, Added: benchMessages}); err != nil {
		b.Fatal(err)
	}
	p := campaign.New(campaign.Needs{Store: s, Provider: &atOnce{}})
	c := data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all", Variants: []data.Variant{{Name: "A", Text: "Hi {first_name|there}, {offer} with {code} until {expires}."}},
		Offer: &data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-12-01"},
	}
	if err := p.Create(ctx, &c); err != nil {
		b.Fatal(err)
	}
	if _, err := p.Send(ctx, c.ID, 0); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

// copyOf copies a closed profile's database into a folder of its own.
func copyOf(b *testing.B, dir string) string {
	b.Helper()
	body, err := os.ReadFile(filepath.Join(dir, store.FileName))
	if err != nil {
		b.Fatal(err)
	}
	to := b.TempDir()
	if err := os.WriteFile(filepath.Join(to, store.FileName), body, 0o600); err != nil {
		b.Fatal(err)
	}
	return to
}

// handOver is the outbox at work: it claims, loads people and consents, writes texts, decides, and has every state synced
// to disk before the next step.
func handOver(b *testing.B, s *store.Store) {
	b.Helper()
	p := &atOnce{}
	planner := campaign.New(campaign.Needs{Store: s, Provider: p})
	o := outbox.New(outbox.Needs{Book: s, Drafter: planner, Provider: p, Clock: standing, Wait: func(context.Context, time.Duration) error { return nil }})
	for {
		r, err := o.Pass(b.Context())
		if err != nil || r.Err != nil {
			b.Fatal(err, r.Err)
		}
		if r.Claimed == 0 {
			break
		}
	}
	if p.taken != benchMessages {
		b.Fatalf("%d of %d messages were handed over", p.taken, benchMessages)
	}
}

// writeBare is the floor: SQLite alone writes what the outbox has written, row for row, with statements prepared once and
// every transaction synced to disk: the claim, the attempt with text and decision, the result.
func writeBare(b *testing.B, dir string, rows []data.Message) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, store.FileName))+
		"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-16000)&_pragma=wal_autocheckpoint(4000)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	prepare := func(q string) *sql.Stmt {
		st, err := db.Prepare(q)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { st.Close() })
		return st
	}
	claim := prepare(`UPDATE message SET state = 'claimed', lease = ?, updated_at = ? WHERE id = ?`)
	decide := prepare(`UPDATE message SET state = 'sending', due = ?, lease = 0, body = ?, segments = ?, cost = NULL, provider = ?, attempts = 1, decision = ?, updated_at = ? WHERE id = ?`)
	attempt := prepare(`INSERT INTO attempt (message_id, provider, at) VALUES (?, ?, ?)`)
	outcome := prepare(`UPDATE attempt SET settled_at = ?, outcome = ? WHERE id = ?`)
	accept := prepare(`UPDATE message SET state = 'accepted', provider_ref = ?, accepted_at = ?, updated_at = ? WHERE id = ?`)
	within := func(f func(do func(st *sql.Stmt, args ...any))) {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		f(func(st *sql.Stmt, args ...any) {
			if _, err := tx.Stmt(st).Exec(args...); err != nil {
				b.Fatal(err)
			}
		})
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	now := tuesday.UnixMilli()
	n := 0
	for start := 0; start < len(rows); start += benchBatch {
		batch := rows[start:min(start+benchBatch, len(rows))]
		within(func(do func(*sql.Stmt, ...any)) {
			for i := range batch {
				do(claim, now+60_000, now, int64(batch[i].ID))
			}
		})
		within(func(do func(*sql.Stmt, ...any)) {
			for i := range batch {
				m := &batch[i]
				do(decide, int64(m.Due), m.Text, m.Segments, m.Provider, m.Decision, now, int64(m.ID))
				do(attempt, int64(m.ID), m.Provider, now)
			}
		})
		within(func(do func(*sql.Stmt, ...any)) {
			for i := range batch {
				n++
				do(outcome, now, "accepted", n)
				do(accept, batch[i].ProviderID, now, now, int64(batch[i].ID))
			}
		})
	}
}

// BenchmarkOutbox hands a coupon campaign over to a provider that answers at once, and compares with bare SQLite writing
// the same rows in the same run: ×floor is the share of its speed.
func BenchmarkOutbox(b *testing.B) {
	frozen := frozenShop(b)
	var ours, floor time.Duration
	for b.Loop() {
		s := openShop(b, copyOf(b, frozen))
		began := time.Now()
		handOver(b, s)
		ours += time.Since(began)
		rows, err := s.Messages(b.Context(), store.MessageFilter{State: data.Accepted})
		if err != nil || len(rows) != benchMessages {
			b.Fatalf("%d accepted (%v)", len(rows), err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		bare := copyOf(b, frozen)
		began = time.Now()
		writeBare(b, bare, rows)
		floor += time.Since(began)
	}
	b.ReportMetric(float64(b.N)*benchMessages/ours.Seconds(), "messages/s")
	b.ReportMetric(float64(b.N)*benchMessages/floor.Seconds(), "bare/s")
	b.ReportMetric(floor.Seconds()/ours.Seconds(), "×floor")
	b.ReportMetric(0, "ns/op")
}
