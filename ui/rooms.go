package ui

import (
	"counterbell/assets/icons"
	"counterbell/ui/appointments"
	"counterbell/ui/campaigns"
	"counterbell/ui/contacts"
	"counterbell/ui/imports"
	"counterbell/ui/inbox"
	"counterbell/ui/page"
	"counterbell/ui/redeem"
	"counterbell/ui/reports"
	"counterbell/ui/settings"
	"counterbell/ui/today"
)

// room is a page that there is: its place in the rail, and how it is made.
type room struct {
	name  page.Name
	icon  *icons.Icon
	label string // key of its name
	short string // key of its name in the narrow rail, where that is another
	open  func(*page.Env) page.Page
	foot  bool // stands at the foot of the rail
}

// rooms are in the order of the rail. Ctrl or Cmd with 1 to 9 opens them.
var rooms = []room{
	{name: page.Today, icon: icons.Today, label: "shell.today", open: today.New},
	{name: page.Inbox, icon: icons.Inbox, label: "shell.inbox", open: inbox.New},
	{name: page.Contacts, icon: icons.Contacts, label: "shell.contacts", open: contacts.New},
	{name: page.Import, icon: icons.Import, label: "shell.import", open: imports.New},
	{name: page.Campaigns, icon: icons.Campaigns, label: "shell.campaigns", short: "shell.campaigns_short", open: campaigns.New},
	{name: page.Redeem, icon: icons.Redeem, label: "shell.redeem", open: redeem.New},
	{name: page.Appointments, icon: icons.Appointments, label: "shell.appointments", short: "shell.appointments_short", open: appointments.New},
	{name: page.Reports, icon: icons.Reports, label: "shell.reports", open: reports.New},
	{name: page.Settings, icon: icons.Settings, label: "shell.settings", open: settings.New, foot: true},
}

// roomOf finds a page's room; the first when there is none by that name.
func roomOf(name page.Name) room {
	for _, r := range rooms {
		if r.name == name {
			return r
		}
	}
	return rooms[0]
}
