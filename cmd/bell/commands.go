package main

import "github.com/spf13/cobra"

// commands makes every command that there is.
var commands = []func(a *app) *cobra.Command{
	newVersion, newDemo, newBusiness, newSheet, newImport, newUndo, newContacts, newContact, newConsent, newPhone, newGroup, newCampaign, newRun, newMessages, newRedeem, newAppointments,
	newProvider, newTemplate, newRelay, newDoctor, newSegments, newClassify, newDecide,
}

// group makes a command that only holds others.
func group(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(subs...)
	return c
}
