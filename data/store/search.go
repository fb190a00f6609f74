package store

import (
	"context"
	"database/sql"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
)

// Finding people. This file is SQLite's own: FTS5 trigrams for three characters and more; a two-character Chinese name
// has no trigram, so short words are found by the name's beginning through an index.

// searchWords is what the trigram index knows of a person.
func searchWords(c *data.Contact) string {
	return c.Name + "\n" + string(c.Phone) + "\n" + c.Email
}

// indexInBulk lets the index take in much before it writes (32 MB at most), and put up with sixteen small trees before it
// merges them: a list of any length goes in faster by a third for it, and searching sixteen trees costs next to nothing.
func indexInBulk(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO contact_search (contact_search, rank) VALUES ('hashsize', 33554432), ('automerge', 16)`)
	return err
}

// A Filter says which people a list shows. Search is what was typed, Conditions a group's.
type Filter struct {
	Search     string
	Conditions []data.Condition
	After      data.ContactID // paging: ids greater than this
	Limit      int            // 0: all
}

// Find returns the ids of the people that a filter lets through, in the order of their ids.
func (s *Store) Find(ctx context.Context, f Filter) ([]data.ContactID, error) {
	from, args, err := s.filterSQL(ctx, f)
	if err != nil {
		return nil, err
	}
	q := `SELECT c.id ` + from + ` AND c.id > ? ORDER BY c.id`
	args = append(args, int64(f.After))
	if f.Limit > 0 {
		q += ` LIMIT ?`
		args = append(args, f.Limit)
	}
	ids, err := collect(ctx, s.read, func(r *sql.Rows) (id data.ContactID, err error) { return id, r.Scan(&id) }, q, args...)
	return ids, fault("find contacts", err)
}

// Count counts the people that a filter lets through.
func (s *Store) Count(ctx context.Context, f Filter) (n int, err error) {
	from, args, err := s.filterSQL(ctx, f)
	if err != nil {
		return 0, err
	}
	err = s.read.QueryRowContext(ctx, `SELECT count(*) `+from, args...).Scan(&n)
	return n, fault("count contacts", err)
}

// filterSQL puts a query's FROM and WHERE together out of fixed fragments; whatever people typed goes in as parameters.
func (s *Store) filterSQL(ctx context.Context, f Filter) (string, []any, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return "", nil, err
	}
	now := s.clock().In(b.Location())
	where := []string{`1`}
	var args []any
	and := func(fragment string, a ...any) {
		where = append(where, fragment)
		args = append(args, a...)
	}
	for _, word := range searchTerms(f.Search) {
		if utf8.RuneCountInString(word) >= 3 {
			and(`c.id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?)`, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
			continue
		}
		and(`(c.name COLLATE NOCASE >= ? AND c.name COLLATE NOCASE < ?)`, word, word+string(rune(0x10ffff)))
	}
	for _, c := range f.Conditions {
		if err := conditionSQL(c, now, b, and); err != nil {
			return "", nil, err
		}
	}
	// The view person would do, but a bare table with the pending imports looked at once lets counting stay in one index.
	var pending int
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM import_pending`).Scan(&pending); err != nil {
		return "", nil, fault("find contacts", err)
	}
	table := `contact`
	if pending > 0 {
		table = `person`
	}
	return `FROM ` + table + ` c WHERE ` + strings.Join(where, ` AND `), args, nil
}

func conditionSQL(c data.Condition, now time.Time, b data.Business, and func(string, ...any)) error {
	op := map[string]string{"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}[c.Op]
	switch c.Field {
	case "tag":
		not := ""
		if op == "<>" {
			not = "NOT "
		}
		and(`c.id `+not+`IN (SELECT contact_id FROM contact_tag WHERE tag_id = (SELECT id FROM tag WHERE name = ?))`, c.Value)
	case data.FieldCity:
		and(`c.city `+op+` ?`, c.Value)
	case data.FieldState, data.FieldCountry:
		and(`c.`+string(c.Field)+` `+op+` ?`, strings.ToUpper(c.Value))
	case data.FieldLanguage:
		and(`c.language `+op+` ?`, c.Value)
	case data.FieldLastVisit:
		day, _ := c.Day(now)
		and(`(c.last_visit <> '' AND c.last_visit `+op+` ?)`, string(day))
	case data.FieldSpend:
		m, err := data.ParseMoney(c.Value, b.Currency)
		if err != nil {
			return err
		}
		and(`c.spend `+op+` ? AND (c.currency = ? OR c.spend = 0)`, m.Minor, b.Currency)
	case data.FieldVisits:
		and(`c.visits `+op+` CAST(? AS INTEGER)`, c.Value)
	case data.FieldBirthday:
		and(`c.birth_month = ? AND c.birth_month > 0`, c.Month(now))
	case "import":
		and(`c.import_id = CAST(? AS INTEGER)`, c.Value)
	}
	return nil
}

// searchTerms cuts what was typed into words; a word of digits loses the separators people write between them.
func searchTerms(s string) []string {
	if digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		if strings.ContainsRune(" -().+/", r) {
			return -1
		}
		return 'x'
	}, s); len(digits) >= 3 && !strings.Contains(digits, "x") {
		return []string{strings.TrimLeft(digits, "0")}
	}
	terms := strings.Fields(s)
	return terms[:min(len(terms), 8)]
}
