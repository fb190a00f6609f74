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

// underImport tells, beside whatever is asked in the same statement, whether there are people who are not visible yet.
// While there are none, which is nearly always, the bare tables are asked: that lets counting stay in one index.
const underImport = `EXISTS (SELECT 1 FROM import_pending)`

// Find returns the ids of the people that a filter lets through, in the order of their ids.
func (s *Store) Find(ctx context.Context, f Filter) ([]data.ContactID, error) {
	for _, table := range []string{`contact`, `person`} {
		q, err := s.question(ctx, table, f)
		if err != nil {
			return nil, fault("find contacts", err)
		}
		if f.After > 0 {
			q.and(q.id+` > ?`, int64(f.After))
		}
		text := `SELECT ` + q.id + `, ` + underImport + ` ` + q.from() + ` ORDER BY ` + q.id
		if f.Limit > 0 {
			text += ` LIMIT ?`
			q.args = append(q.args, f.Limit)
		}
		var hidden bool
		ids, err := collect(ctx, s.read, func(r *sql.Rows) (id data.ContactID, err error) { return id, r.Scan(&id, &hidden) }, text, q.args...)
		if err != nil || !hidden || table == `person` {
			return ids, fault("find contacts", err)
		}
	}
	panic("unreachable")
}

// Count counts the people that a filter lets through.
func (s *Store) Count(ctx context.Context, f Filter) (n int, err error) {
	for _, table := range []string{`contact`, `person`} {
		q, err := s.question(ctx, table, f)
		if err != nil {
			return 0, fault("count contacts", err)
		}
		var hidden bool
		err = s.read.QueryRowContext(ctx, `SELECT count(*), `+underImport+` `+q.from(), q.args...).Scan(&n, &hidden)
		if err != nil || !hidden {
			return n, fault("count contacts", err)
		}
	}
	return n, nil
}

// A question is a filter as SQL, put together out of fixed fragments; whatever people typed goes in as parameters.
type question struct {
	tables string
	id     string // what the people's ids are called in it
	where  []string
	args   []any
}

func (q *question) and(fragment string, args ...any) {
	q.where = append(q.where, fragment)
	q.args = append(q.args, args...)
}

func (q *question) from() string {
	if len(q.where) == 0 {
		return `FROM ` + q.tables
	}
	return `FROM ` + q.tables + ` WHERE ` + strings.Join(q.where, ` AND `)
}

// question asks table: contact, which may hold people of an import under way, or person. Words alone are looked for in
// the search index alone, which hands ids out in order: a page of fifty costs fifty, however many there are.
func (s *Store) question(ctx context.Context, table string, f Filter) (*question, error) {
	var match, short []string
	for _, word := range searchTerms(f.Search) {
		if utf8.RuneCountInString(word) >= 3 {
			match = append(match, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
		} else {
			short = append(short, word)
		}
	}
	q := &question{tables: table + ` c`, id: `c.id`}
	if len(match) > 0 {
		if len(short) == 0 && len(f.Conditions) == 0 && table == `contact` {
			q.tables, q.id = `contact_search`, `rowid`
		} else {
			q.tables, q.id = `contact_search CROSS JOIN `+q.tables+` ON c.id = contact_search.rowid`, `contact_search.rowid`
		}
		q.and(`contact_search MATCH ?`, strings.Join(match, ` AND `))
	}
	for i, word := range short {
		if i == 0 && len(match) == 0 { // by the index on names
			q.and(`(c.name COLLATE NOCASE >= ? AND c.name COLLATE NOCASE < ?)`, word, word+string(rune(0x10ffff)))
			continue
		}
		// Among the few that are left: at the beginning of any of the name's words, or anywhere in a name without spaces.
		part := likeEscaped.Replace(word) + `%`
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			part = `%` + part
		}
		q.and(`(c.name LIKE ? ESCAPE '\' OR c.name LIKE ? ESCAPE '\')`, part, `% `+part)
	}
	if len(f.Conditions) == 0 {
		return q, nil
	}
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	now := s.clock().In(b.Location())
	for _, c := range f.Conditions {
		if err := conditionSQL(c, now, b, q.and); err != nil {
			return nil, err
		}
	}
	return q, nil
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
	case data.FieldConsent:
		sql, args := consentSQL(c.Value)
		if op == "<>" {
			sql = `NOT (` + sql + `)`
		}
		and(sql, args...)
	case data.FieldCity:
		and(`c.city `+op+` ?`, c.Value)
	case data.FieldState:
		and(`c.state `+op+` ?`, strings.ToUpper(c.Value))
	case data.FieldCountry: // of the address; where none is known, of the number
		and(`CASE WHEN c.country <> '' THEN c.country ELSE substr(c.facts, 1, instr(c.facts, '|') - 1) END `+op+` ?`, strings.ToUpper(c.Value))
	case data.FieldLanguage:
		and(`c.language `+op+` ?`, c.Value)
	case data.FieldLastVisit:
		day, _ := c.Day(now)
		if c.Op == "<" || c.Op == "<=" || c.Op == "!=" {
			and(`c.last_visit <> ''`) // "not known" is before every day
		}
		and(`c.last_visit `+op+` ?`, string(day))
	case data.FieldSpend:
		m, err := data.ParseMoney(c.Value, b.Currency)
		if err != nil {
			return err
		}
		and(`c.spend `+op+` ?`, m.Minor)
		if m.Minor > 0 && (c.Op == ">" || c.Op == ">=" || c.Op == "=") {
			and(`c.currency = ?`, b.Currency)
		} else {
			and(`(c.currency = ? OR c.spend = 0)`, b.Currency) // who spent nothing spent it in any currency
		}
	case data.FieldVisits:
		and(`c.visits `+op+` CAST(? AS INTEGER)`, c.Value)
	case data.FieldBirthday:
		and(`c.birth_month = ? AND c.birth_month > 0`, c.Month(now))
	case "import":
		and(`c.import_id = CAST(? AS INTEGER)`, c.Value)
	case data.FieldMissed:
		and(`c.id IN (SELECT m.contact_id FROM message m WHERE m.campaign_id = CAST(? AS INTEGER) AND `+fateSQL+` IN ('failed', 'left_out', 'cancelled'))`, c.Value)
	}
	return nil
}

var likeEscaped = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

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

// agreedSQL holds for people who agreed to a scope and haven't closed it: the suppression list is kept true to every
// closing entry, so any opening one that counts is enough beside it (data.Stand).
const agreedSQL = `(NOT EXISTS (SELECT 1 FROM suppression x WHERE x.phone = c.phone AND x.scope = ?)
	AND EXISTS (SELECT 1 FROM consent_person cp JOIN consent ce ON ce.batch = cp.batch WHERE cp.phone = c.phone AND ce.scope = ?
		AND ce.event IN ('grant', 'confirm', 'renew', 'import') AND ce.basis <> ''
		AND NOT (ce.event = 'import' AND ce.import_id IN (SELECT u.import_id FROM consent u WHERE u.event = 'undo_import'))))`

const optedOutSQL = `EXISTS (SELECT 1 FROM suppression x WHERE x.phone = c.phone)`

// consentSQL holds for people whose consent is as a condition says.
func consentSQL(value string) (string, []any) {
	switch scope := data.Scope(strings.ToLower(value)); string(scope) {
	case data.ConsentOut:
		return optedOutSQL, nil
	case data.ConsentNone:
		return `NOT ` + optedOutSQL + ` AND NOT ` + agreedSQL + ` AND NOT ` + agreedSQL,
			[]any{data.ScopeMarketing, data.ScopeMarketing, data.ScopeReminders, data.ScopeReminders}
	default:
		return agreedSQL, []any{scope, scope}
	}
}
