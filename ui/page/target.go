package page

import "counterbell/data"

// What follows are the things that Env.GoTo leads to on another page.

// ToContact is a person, on Contacts.
type ToContact struct{ ID data.ContactID }

// ToPhone is whoever has a number: on Contacts the person, on Inbox the
// conversation.
type ToPhone struct{ Phone data.Phone }

// ToPeople is a list on Contacts: those whom conditions name, or with IDs just
// those. Title says what they have in common ("9 opted out").
type ToPeople struct {
	Title      string
	Conditions string
	IDs        []data.ContactID
}

// ToCampaign is a campaign where it stands, on Campaigns: a draft in the
// composer, a running one in progress, one that is done as its result.
type ToCampaign struct{ ID data.CampaignID }

// NewCampaign begins a campaign, on Campaigns. Group may be conditions as
// data.WriteConditions has them, "" for nobody chosen yet.
type NewCampaign struct{ Group string }

// ToDay is a day on Appointments; Appointment may be 0.
type ToDay struct {
	Day         data.Date
	Appointment data.AppointmentID
}

// WithoutPhone are the visits that nobody can be reminded of, on Appointments.
type WithoutPhone struct{}

// ToImport is an import that was done, on Import: its receipt.
type ToImport struct{ ID data.ImportID }

// ToFile is a list to be looked at, on Import.
type ToFile struct{ Path string }

// ToPaste is a place to paste a table into, on Import.
type ToPaste struct{}

// ToSchedule is an export of the appointment book to be looked at, on
// Appointments.
type ToSchedule struct{ Path string }

// ToSettings is a section of Settings: "business", "provider", "sender",
// "rules", "staff", "prices", "relay", "privacy", "look", "about".
type ToSettings struct{ Section string }
