package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"

	"github.com/spf13/cobra"
)

// A finding is one thing that doctor looked at. Text says how it is, or is the error's code; then Remedy says what to do.
type finding struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Text   string `json:"text"`
	Remedy string `json:"remedy,omitempty"`
}

// newDoctor looks a workspace over and says what to do about what it finds.
func newDoctor(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Check the workspace, with remedies", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			all, err := a.examine(c.Context())
			if err != nil {
				return err
			}
			failed := false
			for _, f := range all {
				failed = failed || !f.OK
				mark, text := "ok  ", f.Text
				if !f.OK {
					mark, text = "!!  ", f.Remedy
				}
				a.printf("%s%s", mark, a.texts().T("bell.labelled", "what", a.texts().T("bell.check."+f.Check), "said", text))
			}
			if a.json {
				if err := a.writeJSON(map[string]any{"ok": !failed, "findings": all}); err != nil {
					return err
				}
			}
			if failed {
				return &quietError{exitFailed}
			}
			return nil
		},
	}
}

func (a *app) examine(ctx context.Context) ([]finding, error) {
	t := a.texts()
	var all []finding
	note := func(check string, err error, good string) {
		f := finding{Check: check, OK: err == nil, Text: good}
		if err != nil {
			f.Text, f.Remedy = string(data.CodeOf(err)), a.sentence(err)
		}
		all = append(all, f)
	}
	dir, err := a.profileDir()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	var synced error
	for _, cloud := range []string{"OneDrive", "Dropbox", "iCloud", "Google Drive", "GoogleDrive", "Nextcloud"} {
		if strings.Contains(dir, cloud) {
			synced = data.Errorf("profile_synced", "look at the folder", "%s", cloud).With("service", cloud)
		}
	}
	note("folder", synced, dir)
	s, err := a.open(ctx)
	note("database", err, t.T("bell.check.database.ok"))
	if err != nil {
		return all, nil
	}
	note("integrity", s.Check(ctx), t.T("bell.check.integrity.ok"))
	check, err := s.VerifyConsent(ctx)
	if err == nil && !check.OK {
		err = data.Errorf("ledger_broken", "verify the ledger", "entry %d: %s", check.Broken, check.Problem).With("entry", itoa(check.Broken))
	}
	note("consent", err, t.T("bell.check.consent.ok", "entries", check.Entries))
	probe := filepath.Join(s.Dir, ".doctor")
	err = os.WriteFile(probe, make([]byte, 1<<20), 0o600)
	_ = os.Remove(probe)
	if err != nil {
		err = &data.Error{Code: data.DiskFull, Op: "write to the folder", Err: err}
	}
	note("room", err, t.T("bell.check.room.ok"))
	var off error
	campaigns, err := s.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range campaigns {
		if c.FrozenAt != 0 {
			if _, err := s.Funnel(ctx, c.ID); err != nil {
				off = err
			}
		}
	}
	note("counts", off, t.T("bell.check.counts.ok", "n", len(campaigns)))
	p, err := sender.OpenProvider(ctx, s, "", nil, sender.Options{})
	if err == nil {
		if closer, ok := p.(interface{ Close() error }); ok {
			defer closer.Close()
		}
		note("provider", nil, p.Name())
	} else {
		note("provider", err, "")
	}
	other, err := s.Holder(ctx, store.EngineLease)
	if err == nil && other != "" {
		note("engine", nil, t.T("bell.check.engine.elsewhere"))
	} else {
		note("engine", err, t.T("bell.check.engine.ok"))
	}
	return all, nil
}
