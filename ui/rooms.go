package ui

import (
	"counterbell/assets/icons"
	"counterbell/ui/imports"
	"counterbell/ui/page"
	"counterbell/ui/redeem"
	"counterbell/ui/today"
)

// room is a page that there is: its place in the rail, and how it is made.
type room struct {
	name  page.Name
	icon  *icons.Icon
	label string // key of its name; with ".short" its name in the narrow rail
	open  func(*page.Env) page.Page
}

// rooms are in the order of the rail. Ctrl or Cmd with 1, 2, 3 opens them. A
// page that isn't built yet isn't here.
var rooms = []room{
	{page.Today, icons.Today, "shell.today", today.New},
	{page.Import, icons.Import, "shell.import", imports.New},
	{page.Redeem, icons.Redeem, "shell.redeem", redeem.New},
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
