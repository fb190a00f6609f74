package store

import (
	"context"

	"counterbell/data"
)

const settingStaff = "staff"

// Staff returns who works here and which tills there are; at least who sits at this computer and its till.
func (s *Store) Staff(ctx context.Context) (data.Staff, error) {
	var all data.Staff
	if _, err := s.Setting(ctx, settingStaff, &all); err != nil {
		return all, err
	}
	b, err := s.Business(ctx)
	return all.With(b.Person, b.Till), err
}

// SetStaff stores who works here and which tills there are.
func (s *Store) SetStaff(ctx context.Context, all data.Staff) error {
	return s.SetSetting(ctx, settingStaff, all)
}
