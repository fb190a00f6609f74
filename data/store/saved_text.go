package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// A SavedText is a text that the user kept, as an idea for later campaigns.
type SavedText struct {
	ID   int64
	Name string
	Kind data.Kind
	Text string
	At   data.Instant
}

// SaveText keeps a text under a name; one of that name is replaced. Errors: text_name when there is none, text_empty.
func (s *Store) SaveText(ctx context.Context, t SavedText) error {
	const op = "keep a text"
	switch {
	case t.Name == "":
		return data.Errorf("text_name", op, "no name")
	case t.Text == "":
		return data.Errorf("text_empty", op, "no text")
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO saved_text (name, kind, text, created_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, text = excluded.text, created_at = excluded.created_at`, t.Name, t.Kind, t.Text, s.Now())
		return err
	})
}

// SavedTexts lists the texts that were kept, the latest first.
func (s *Store) SavedTexts(ctx context.Context) ([]SavedText, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (t SavedText, err error) {
		return t, r.Scan(&t.ID, &t.Name, &t.Kind, &t.Text, &t.At)
	}, `SELECT id, name, kind, text, created_at FROM saved_text ORDER BY created_at DESC, id DESC`)
	return all, fault("list the texts that were kept", err)
}

// DeleteText takes a kept text away.
func (s *Store) DeleteText(ctx context.Context, id int64) error {
	return s.update(ctx, "take a kept text away", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM saved_text WHERE id = ?`, id)
		return err
	})
}
