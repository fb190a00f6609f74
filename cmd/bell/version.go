package main

import (
	"runtime/debug"

	"counterbell/assets/rules"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

// Version is the program's; releases set it at build time.
var Version = "0.1.0"

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Version, and those of the database schema and the rule tables", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := struct {
				Version string `json:"version"`
				Schema  int64  `json:"schema"`
				Rules   string `json:"rules"`
				Go      string `json:"go"`
			}{Version: Version, Schema: store.SchemaVersion(), Rules: rules.Version}
			if info, ok := debug.ReadBuildInfo(); ok {
				v.Go = info.GoVersion
			}
			if a.json {
				return a.writeJSON(v)
			}
			a.printf("bell %s, schema %d, rules %s, %s", v.Version, v.Schema, v.Rules, v.Go)
			return nil
		},
	}
}
