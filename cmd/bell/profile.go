package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
)

// profileDir returns the folder given, else the desktop app's: local application data, never a roaming folder.
func (a *app) profileDir() (string, error) {
	if a.profile != "" {
		return a.profile, nil
	}
	dir, err := store.DefaultDir(runtime.GOOS, os.Getenv)
	if err != nil {
		return "", &data.Error{Code: "home_unknown", Op: "find the profile folder", Err: err}
	}
	return dir, nil
}

// open opens the profile; it is closed when the command ends.
func (a *app) open(ctx context.Context) (*store.Store, error) {
	dir, err := a.profileDir()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, func() { _ = s.Close() })
	return s, nil
}

// readPhone reads a number as the command line gives it, by the business's country.
func readPhone(ctx context.Context, s *store.Store, raw string) (data.PhoneFacts, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return data.PhoneFacts{}, err
	}
	f, err := phone.Parse(raw, b.Country)
	return f, usage(err)
}
