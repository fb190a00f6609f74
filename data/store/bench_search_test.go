package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// bookPeople is how many people the benchmarks search among; COUNTERBELL_BENCH_PEOPLE=1000000 for the number of design.md.
func bookPeople(b *testing.B) int {
	n := 200_000
	if s := os.Getenv("COUNTERBELL_BENCH_PEOPLE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1000 {
			b.Fatalf("COUNTERBELL_BENCH_PEOPLE=%q", s)
		}
	}
	return n
}

var chineseNames = strings.Split("王小明 李丽 张伟 刘洋 陈静 杨帆 赵敏 黄蓉 周杰 吴磊 王芳 李强 张敏 王小红 欧阳修", " ")

// book makes a profile with many people in it.
func book(b *testing.B) *store.Store {
	b.Helper()
	ctx, r, people := b.Context(), rand.New(rand.NewPCG(7, 7)), bookPeople(b)
	s, err := store.Open(ctx, store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	id, err := s.BeginImport(ctx, store.ImportFile{Name: "people.xlsx"})
	if err != nil {
		b.Fatal(err)
	}
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for n := 0; n < people; {
		rows := make([]data.ImportRow, min(2000, people-n))
		for i := range rows {
			given, family := givenNames[r.IntN(len(givenNames))], familyNames[r.IntN(len(familyNames))]
			p := data.Phone(fmt.Sprintf("+1%d555%04d", 201+n/10_000, n%10_000))
			c := data.Contact{
				Phone: p, Facts: data.PhoneFacts{Phone: p, Region: "US", Line: data.MobileOrLand, Zones: []string{"America/Los_Angeles"}},
				Name: given + " " + family, GivenName: given, Email: fmt.Sprintf("%s.%s%d@lark.example", strings.ToLower(given), strings.ToLower(family), n),
				City: cities[r.IntN(len(cities))], LastVisit: data.DateOf(day.AddDate(0, 0, -r.IntN(700))), Birthday: data.Date(fmt.Sprintf("--%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))),
				Spend: data.Money{Minor: int64(r.IntN(50_000)), Currency: "USD"}, Tags: []string{oftenTags[r.IntN(len(oftenTags))]},
			}
			if r.IntN(10) == 0 {
				c.Name = chineseNames[r.IntN(len(chineseNames))]
			}
			rows[i] = data.ImportRow{Number: n + 2, Contact: c}
			n++
		}
		if _, err := s.ImportBatch(ctx, id, rows); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.FinishImport(ctx, id, &data.Receipt{Rows: people, Added: people}); err != nil {
		b.Fatal(err)
	}
	return s
}

// bare opens the same file without anything of ours, read-only.
func bare(b *testing.B, s *store.Store) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(s.Path)+"?mode=ro&_pragma=cache_size(-16000)&_pragma=temp_store(MEMORY)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

// first50 reads at most fifty ids.
func first50(b *testing.B, db *sql.DB, query string, args ...any) (ids []int64) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), query, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() && len(ids) < 50 {
		var id int64
		if err := rows.Scan(&id); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// A race times two ways to the same answer, in turns.
type race struct{ ours, floor []time.Duration }

func (r *race) run(ours, floor func()) {
	began := time.Now()
	floor()
	r.floor = append(r.floor, time.Since(began))
	began = time.Now()
	ours()
	r.ours = append(r.ours, time.Since(began))
}

func (r *race) report(b *testing.B) {
	sum := func(all []time.Duration) (s time.Duration) {
		for _, d := range all {
			s += d
		}
		return s
	}
	ms := func(all []time.Duration, share float64) float64 {
		slices.Sort(all)
		return all[int(share*float64(len(all)-1))].Seconds() * 1000
	}
	b.ReportMetric(sum(r.ours).Seconds()/sum(r.floor).Seconds(), "×floor")
	b.ReportMetric(ms(r.ours, 0.5), "p50-ms")
	b.ReportMetric(ms(r.ours, 0.95), "p95-ms")
	b.ReportMetric(ms(r.floor, 0.5), "bare-p50-ms")
	b.ReportMetric(ms(r.floor, 0.95), "bare-p95-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkPeople asks what the list of contacts and the groups ask, among many people, beside the same queries in bare
// SQLite on the same file: the first page of what was typed, letter by letter; how many a group has; a page of rows.
func BenchmarkPeople(b *testing.B) {
	s := book(b)
	db := bare(b, s)
	ctx := context.Background()
	r := rand.New(rand.NewPCG(9, 9))

	b.Run("search", func(b *testing.B) {
		var times race
		for b.Loop() {
			word := givenNames[r.IntN(len(givenNames))] + " " + familyNames[r.IntN(len(familyNames))]
			if r.IntN(3) == 0 {
				word = fmt.Sprintf("555%04d", r.IntN(10_000))
			}
			for n := 3; n <= len(word); n++ {
				typed := strings.TrimSpace(word[:n])
				var match []string
				bareQuery, args := `SELECT rowid FROM contact_search WHERE contact_search MATCH ?1 ORDER BY rowid LIMIT 50`, []any{""}
				for _, w := range strings.Fields(typed) {
					if len(w) >= 3 {
						match = append(match, `"`+w+`"`)
					} else { // two letters of the family name so far: no trigram yet
						bareQuery = `SELECT s.rowid FROM contact_search s CROSS JOIN contact c ON c.id = s.rowid WHERE s.contact_search MATCH ?1
							AND (c.name LIKE ?2 OR c.name LIKE ?3) ORDER BY s.rowid LIMIT 50`
						args = append(args, w+"%", "% "+w+"%")
					}
				}
				args[0] = strings.Join(match, " ")
				var want, got int
				times.run(func() {
					ids, err := s.Find(ctx, store.Filter{Search: typed, Limit: 50})
					if err != nil {
						b.Fatal(err)
					}
					got = len(ids)
				}, func() {
					want = len(first50(b, db, bareQuery, args...))
				})
				if got != want {
					b.Fatalf("%q finds %d, bare %d", typed, got, want)
				}
			}
		}
		times.report(b)
	})
	b.Run("two Chinese characters", func(b *testing.B) {
		var times race
		for b.Loop() {
			word := string([]rune(chineseNames[r.IntN(len(chineseNames))])[:2])
			times.run(func() {
				if ids, err := s.Find(ctx, store.Filter{Search: word, Limit: 50}); err != nil || len(ids) == 0 {
					b.Fatal(ids, err)
				}
			}, func() {
				first50(b, db, `SELECT id FROM contact WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? ORDER BY id LIMIT 50`, word, word+"\U0010ffff")
			})
		}
		times.report(b)
	})
	for _, c := range []struct{ name, where, query string }{
		{"count by one condition", "last_visit < 60d", `SELECT count(*) FROM contact WHERE last_visit <> '' AND last_visit < ?`},
		{"count by three conditions", "last_visit >= 60d and city = Portland and spend >= 400", `SELECT count(*) FROM contact WHERE last_visit >= ? AND city = 'Portland' AND spend >= 40000 AND currency = 'USD'`},
	} {
		b.Run(c.name, func(b *testing.B) {
			conditions, err := data.ParseConditions(c.where)
			if err != nil {
				b.Fatal(err)
			}
			day, _ := conditions[0].Day(time.Now().In(time.FixedZone("", -5*3600)))
			var times race
			for b.Loop() {
				var got, want int
				times.run(func() {
					if got, err = s.Count(ctx, store.Filter{Conditions: conditions}); err != nil {
						b.Fatal(err)
					}
				}, func() {
					if err := db.QueryRowContext(ctx, c.query, string(day)).Scan(&want); err != nil {
						b.Fatal(err)
					}
				})
				if got == 0 || got-want > got/50 || want-got > got/50 { // the day may have changed in between
					b.Fatalf("%d, bare %d", got, want)
				}
			}
			times.report(b)
		})
	}
	for _, c := range []struct {
		name  string
		by    store.Order
		query string
		limit int
	}{
		{"first page, last visit first", store.Order{By: store.ByLastVisit, Down: true}, `SELECT id FROM contact ORDER BY last_visit DESC, id DESC LIMIT 200`, 200},
		{"all ids by name", store.Order{By: store.ByName}, `SELECT id FROM contact ORDER BY name COLLATE NOCASE, id`, 0},
		{"all ids by spend", store.Order{By: store.BySpend, Down: true}, `SELECT id FROM contact ORDER BY spend DESC, id DESC`, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			var times race
			for b.Loop() {
				var got, want int
				times.run(func() {
					ids, err := s.FindInOrder(ctx, store.Filter{Limit: c.limit}, c.by)
					if err != nil {
						b.Fatal(err)
					}
					got = len(ids)
				}, func() {
					rows, err := db.QueryContext(ctx, c.query)
					if err != nil {
						b.Fatal(err)
					}
					defer rows.Close()
					for want = 0; rows.Next(); want++ {
						var id int64
						if err := rows.Scan(&id); err != nil {
							b.Fatal(err)
						}
					}
				})
				if got != want {
					b.Fatalf("%d ids, bare %d", got, want)
				}
			}
			times.report(b)
		})
	}
	b.Run("page of 50 rows", func(b *testing.B) {
		people := bookPeople(b)
		var times race
		for b.Loop() {
			ids, args := make([]data.ContactID, 50), make([]any, 50)
			for i := range ids {
				ids[i] = data.ContactID(1 + r.IntN(people))
				args[i] = int64(ids[i])
			}
			times.run(func() {
				if rows, err := s.Contacts(ctx, ids); err != nil || len(rows) == 0 {
					b.Fatal(len(rows), err)
				}
			}, func() {
				rows, err := db.QueryContext(ctx, `SELECT * FROM contact WHERE id IN (?`+strings.Repeat(",?", 49)+`)`, args...)
				if err != nil {
					b.Fatal(err)
				}
				defer rows.Close()
				columns, _ := rows.Columns()
				into := make([]any, len(columns))
				for i := range into {
					into[i] = new(sql.RawBytes)
				}
				for rows.Next() {
					if err := rows.Scan(into...); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		times.report(b)
	})
}
