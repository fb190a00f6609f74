package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// Groups lists the saved filters with their present counts.
func (s *Store) Groups(ctx context.Context) ([]data.Group, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (g data.Group, err error) { return g, r.Scan(&g.Name, &g.Conditions) },
		`SELECT name, conditions FROM contact_group ORDER BY name`)
	if err != nil {
		return nil, fault("list groups", err)
	}
	for i := range all {
		if all[i].Count, err = s.CountGroup(ctx, all[i].Conditions); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Group returns a saved filter by name. Error group_unknown. The name "all" always stands for everybody.
func (s *Store) Group(ctx context.Context, name string) (data.Group, error) {
	g := data.Group{Name: name}
	err := s.read.QueryRowContext(ctx, `SELECT name, conditions FROM contact_group WHERE name = ?`, name).Scan(&g.Name, &g.Conditions)
	if err == sql.ErrNoRows {
		if name == "all" || name == "" {
			return data.Group{Name: "all", Conditions: "all"}, nil
		}
		return g, data.Errorf("group_unknown", "find a group", "no group of that name").With("name", name)
	}
	return g, fault("find a group", err)
}

// SaveGroup stores a filter under a name, or changes it.
func (s *Store) SaveGroup(ctx context.Context, name, conditions string) error {
	parsed, err := data.ParseConditions(conditions)
	if err != nil {
		return err
	}
	if name == "" {
		return data.Errorf(data.Invalid, "save a group", "no name")
	}
	return s.update(ctx, "save a group", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO contact_group VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET conditions = excluded.conditions`,
			name, data.WriteConditions(parsed), s.Now())
		return err
	})
}

// CountGroup counts the people for whom conditions hold.
func (s *Store) CountGroup(ctx context.Context, conditions string) (int, error) {
	parsed, err := data.ParseConditions(conditions)
	if err != nil {
		return 0, err
	}
	return s.Count(ctx, Filter{Conditions: parsed})
}
