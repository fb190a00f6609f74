package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"counterbell/data"
)

// An Order is how a list of people is sorted. Whoever has no name, no visit or no spend stands at the end, whichever way.
type Order struct {
	By   OrderBy
	Down bool
}

// OrderBy is what people are sorted by. Each has an index, so that the first page of a million costs what one of a
// hundred does.
type OrderBy string

const (
	ByNewest    OrderBy = "newest" // when they came into the book
	ByName      OrderBy = "name"
	ByLastVisit OrderBy = "last_visit"
	BySpend     OrderBy = "spend" // in minor units, whatever the currency
)

// orders say for each how the people with a value are found and sorted, and who has none.
var orders = map[OrderBy]struct{ column, known, unknown string }{
	ByName:      {`c.name COLLATE NOCASE`, `c.name COLLATE NOCASE > ''`, `c.name COLLATE NOCASE = ''`},
	ByLastVisit: {`c.last_visit`, `c.last_visit > ''`, `c.last_visit = ''`},
	BySpend:     {`c.spend`, `c.spend > 0`, `c.spend <= 0`},
}

// FindInOrder returns the ids of the people that a filter lets through, sorted. With f.Limit it is quick however many
// there are; f.After is passed over.
func (s *Store) FindInOrder(ctx context.Context, f Filter, by Order) ([]data.ContactID, error) {
	const op = "find contacts in order"
	var ids []data.ContactID
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		table, hidden := `contact`, false
		if err := tx.QueryRowContext(ctx, `SELECT `+underImport).Scan(&hidden); err != nil {
			return err
		}
		if hidden {
			table = `person`
		}
		q, err := s.question(ctx, table, f)
		if err != nil {
			return err
		}
		ids, err = q.inOrder(ctx, tx, by, f.Limit, table)
		return err
	})
	return ids, err
}

func (q *question) inOrder(ctx context.Context, tx *sql.Tx, by Order, limit int, table string) ([]data.ContactID, error) {
	o, sorted := orders[by.By]
	if !sorted { // ids are given out in order
		return q.newest(ctx, tx, by.Down, limit)
	}
	everybody := len(q.where) == 0
	if q.id == `rowid` { // the search index alone knows nothing to sort by
		q.tables, q.id = `contact_search CROSS JOIN `+table+` c ON c.id = contact_search.rowid`, `contact_search.rowid`
	}
	way := ` ASC`
	if by.Down {
		way = ` DESC`
	}
	known := *q
	known.where = append(slices.Clone(q.where), o.known)
	ids, err := readIDs(ctx, tx, `SELECT `+q.id+` AS id `+known.from()+` ORDER BY `+o.column+way+`, c.id`+way, limit, q.args)
	if err != nil || limit > 0 && len(ids) >= limit {
		return ids, err
	}
	if limit > 0 {
		limit -= len(ids)
	}
	if everybody && by.By == BySpend && limit == 0 { // nobody has an index on having spent nothing
		all, err := q.newest(ctx, tx, false, 0)
		return append(ids, without(all, ids)...), err
	}
	unknown := *q
	unknown.where = append(slices.Clone(q.where), o.unknown)
	rest, err := readIDs(ctx, tx, `SELECT `+q.id+` AS id `+unknown.from()+` ORDER BY c.id`, limit, q.args)
	return append(ids, rest...), err
}

// newest sorts by id. All of a million are sorted here: that leaves SQLite free to walk the smallest index there is.
func (q *question) newest(ctx context.Context, tx *sql.Tx, down bool, limit int) ([]data.ContactID, error) {
	text := `SELECT ` + q.id + ` AS id ` + q.from()
	if limit > 0 {
		text += ` ORDER BY ` + q.id
		if down {
			text += ` DESC`
		}
	}
	ids, err := readIDs(ctx, tx, text, limit, q.args)
	if limit == 0 {
		slices.Sort(ids)
		if down {
			slices.Reverse(ids)
		}
	}
	return ids, err
}

// readIDs reads ids in a query's order, at most limit of them; 0 for all.
func readIDs(ctx context.Context, tx *sql.Tx, query string, limit int, args []any) ([]data.ContactID, error) {
	if limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(limit)
	}
	return collect(ctx, tx, func(r *sql.Rows) (id data.ContactID, err error) { return id, r.Scan(&id) }, query, args...)
}

// without returns those of all that aren't among some.
func without(all, some []data.ContactID) []data.ContactID {
	if len(all) == 0 {
		return nil
	}
	taken := make([]bool, all[len(all)-1]+1) // all is sorted
	for _, id := range some {
		if int(id) < len(taken) {
			taken[id] = true
		}
	}
	return slices.DeleteFunc(all, func(id data.ContactID) bool { return taken[id] })
}
