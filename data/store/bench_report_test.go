package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// reportMessages is how many texts the benchmark of reports counts; COUNTERBELL_BENCH_MESSAGES=1000000 for a busy year.
func reportMessages(b *testing.B) int {
	n := 200_000
	if s := os.Getenv("COUNTERBELL_BENCH_MESSAGES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 10_000 {
			b.Fatalf("COUNTERBELL_BENCH_MESSAGES=%q", s)
		}
	}
	return n
}

const (
	reportCampaigns = 50
	yearEnd         = 1_795_000_000_000 // 18 November 2026
	weekMillis      = 7 * 24 * 3600 * 1000
)

// year makes a profile with fifty campaigns in it, one a week: of every hundred texts 96 delivered, 43 opened, 11 redeemed.
func year(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), store.Options{Dir: b.TempDir(), Clock: func() time.Time { return time.UnixMilli(yearEnd) }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if err := s.SetBusiness(b.Context(), data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD"}); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(s.Path)+"?_pragma=synchronous(OFF)&_pragma=busy_timeout(5000)&_pragma=cache_size(-200000)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	each := reportMessages(b) / reportCampaigns
	for _, q := range []string{
		`INSERT INTO offer (id, title, kind, percent, uses) VALUES (1, '20% off', 'percent', 20, 1)`,
		`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < ?1 - 1)
			INSERT INTO campaign (id, name, kind, conditions, group_name, offer_id, state, provider, practice, audience, created_at, sent_at, frozen_at, finished_at)
			SELECT n + 1, 'Week ' || n, 'marketing', '', 'all', 1, 'done', 'practice', 1, ?2, ?3 - (?1 - n) * ?4, ?3 - (?1 - n) * ?4, ?3 - (?1 - n) * ?4, ?3 - (?1 - n) * ?4 + 7200000 FROM i`,
		`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < ?1 * ?2 - 1)
			INSERT INTO coupon (id, code, offer_id, contact_id, campaign_id) SELECT n + 1, printf('%08d', n), 1, n % ?2 + 1, n / ?2 + 1 FROM i`,
		`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < ?1 * ?2 - 1)
			INSERT INTO message (id, campaign_id, variant, contact_id, kind, phone, state, reason, body, segments, cost, currency, provider, provider_ref, attempts, coupon_id, token, decision,
				created_at, accepted_at, delivered_at, updated_at)
			SELECT n + 1, n / ?2 + 1, CASE n % 2 WHEN 0 THEN 'A' ELSE 'B' END, n % ?2 + 1, 'marketing', printf('+1%010d', 2015550000 + n % ?2), CASE WHEN n % 100 < 96 THEN 'delivered' WHEN n % 100 < 98 THEN 'blocked' ELSE 'rejected' END,
				CASE WHEN n % 100 BETWEEN 96 AND 97 THEN 'no_consent' WHEN n % 100 > 97 THEN 'invalid_number' ELSE '' END, printf('%120c', 'x'), 1, 22000, 'USD', 'practice', 'p' || n, 1, n + 1, printf('t%010d', n), printf('%300c', 'y'),
				?3 - (?1 - n / ?2) * ?4, ?3 - (?1 - n / ?2) * ?4 + n % ?2 * 100, CASE WHEN n % 100 < 96 THEN ?3 - (?1 - n / ?2) * ?4 + n % ?2 * 100 + 4000 ELSE 0 END, ?3 - (?1 - n / ?2) * ?4 + n % ?2 * 100 + 4000 FROM i`,
		`INSERT INTO link (token, message_id, published_at) SELECT token, id, created_at FROM message`,
		`INSERT INTO open SELECT 'relay', id, token, accepted_at + 60000 + id * 7919 % 500000000, CASE WHEN id % 5 = 0 THEN 'preview' ELSE 'human' END, '' FROM message WHERE id % 100 < 43 AND ?1 > 0 AND ?2 > 0 AND ?3 > 0 AND ?4 > 0`,
		`INSERT INTO redemption (coupon_id, at, till, paid, currency) SELECT id, ?3 - (?1 - campaign_id) * ?4 + id * 104729 % 500000000, 'Till 1', 6343, 'USD' FROM coupon WHERE id % 100 < 11 AND ?2 > 0`,
	} {
		if _, err := db.ExecContext(b.Context(), q, reportCampaigns, each, int64(yearEnd), int64(weekMillis)); err != nil {
			b.Fatal(err, q)
		}
	}
	return s
}

// BenchmarkYear reads the report of a year: the first time everything is counted, then only what has changed, as when
// people open the links of the last campaign. The floor is one bare look at each text through the index of campaigns.
func BenchmarkYear(b *testing.B) {
	s := year(b)
	db := bare(b, s)
	began := time.Now()
	if err := s.Tally(b.Context(), 0, nil); err != nil {
		b.Fatal(err)
	}
	first := time.Since(began)
	var times race
	n := int64(0)
	for b.Loop() {
		n++
		if err := s.StoreOpens(b.Context(), "relay", []store.LinkOpen{{Event: 1<<40 + n, Token: fmt.Sprintf("t%010d", reportMessages(b)-50), At: yearEnd - 1000, Class: data.OpenHuman}}, nil, n); err != nil {
			b.Fatal(err)
		}
		times.run(func() {
			if err := s.Tally(b.Context(), 0, nil); err != nil {
				b.Fatal(err)
			}
			f, err := s.PeriodFigures(b.Context(), yearEnd-366*24*3600*1000, yearEnd)
			if err != nil || f.Redemptions != reportMessages(b)/100*11 {
				b.Fatal(f.Redemptions, err)
			}
			if _, err := s.GroupFigures(b.Context(), yearEnd-366*24*3600*1000, yearEnd, nil); err != nil {
				b.Fatal(err)
			}
		}, func() {
			var sent int
			if err := db.QueryRowContext(b.Context(), `SELECT count(*) FROM message WHERE campaign_id > 0 AND state = 'delivered'`).Scan(&sent); err != nil || sent == 0 {
				b.Fatal(sent, err)
			}
		})
	}
	times.report(b)
	b.ReportMetric(first.Seconds()*1000, "first-ms")
}
