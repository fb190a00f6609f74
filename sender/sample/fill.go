package sample

import (
	"context"
	"os"
	"path/filepath"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/intake"
)

// FolderName is the sample profile's folder, beside that of the profile it was opened from.
const FolderName = "Counterbell practice"

// Dir is where the sample profile of a profile lies.
func Dir(profile string) string { return filepath.Join(filepath.Dir(profile), FolderName) }

// Ready tells whether a folder holds a sample profile that was filled to the end.
func Ready(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, readyFile))
	return err == nil
}

// readyFile stands in a sample profile once everything is in it: one that was cut off halfway is made anew.
const readyFile = "sample-ready"

// Fill makes the sample profile as it is on Moment: the book, a campaign with what came of it, appointments and answers.
// progress, from 0 to 1, may be nil. A profile that is cut off halfway is made anew the next time. Errors: those of Open,
// and of the store.
func Fill(ctx context.Context, dir string, progress func(share float64)) (err error) {
	if progress == nil {
		progress = func(float64) {}
	}
	shop, err := Open(ctx, dir, 1)
	if err != nil {
		return err
	}
	defer shop.Close()
	files, err := os.MkdirTemp("", "counterbell-sample-")
	if err != nil {
		return unwritable(err, dir)
	}
	defer os.RemoveAll(files)
	for _, do := range []struct {
		share float64 // of the work, when it is done
		work  func() error
	}{
		{0.15, func() error {
			return shop.take(ctx, filepath.Join(files, "customers.xlsx"), samples.Customers, intake.Contacts, func(l *intake.List) error {
				_, err := shop.Customers(ctx, l, nil)
				return err
			})
		}},
		{0.25, func() error {
			return shop.take(ctx, filepath.Join(files, "appointments.xlsx"), samples.Appointments, intake.Appointments, func(l *intake.List) error { return shop.Schedule(ctx, l) })
		}},
		{0.4, func() error { _, err := shop.Campaign(ctx); return err }},
		{0.95, func() error { return shop.Live(ctx, Moment) }},
		{1, func() error { return shop.Keep(ctx) }},
	} {
		if err := do.work(); err != nil {
			return err
		}
		progress(do.share)
	}
	if err := os.WriteFile(filepath.Join(dir, readyFile), nil, 0o600); err != nil {
		return unwritable(err, dir)
	}
	return nil
}

// take opens one of the sample files and hands it over.
func (s *Shop) take(ctx context.Context, path string, body []byte, kind intake.Kind, do func(*intake.List) error) error {
	if err := os.WriteFile(path, body, 0o600); err != nil {
		return unwritable(err, filepath.Dir(path))
	}
	list, err := s.Look(ctx, path, kind)
	if err != nil {
		return err
	}
	defer list.Close()
	return do(list)
}

func unwritable(err error, dir string) error {
	return &data.Error{Code: "profile_folder", Op: "make a sample profile", Err: err, Args: map[string]string{"folder": dir}}
}
