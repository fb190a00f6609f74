package settings

import (
	"counterbell/assets/icons"

	"fyne.io/fyne/v2"
)

// part is a section of the page.
type part interface {
	Object() fyne.CanvasObject
	// Show loads what the section shows; it comes into view.
	Show()
}

// sections are in the order of the menu. Their names are those of page.ToSettings.
var sections []section

type section struct {
	name string // "settings.menu.NAME"
	icon *icons.Icon
	open func(*Screen) part
}

func init() {
	sections = []section{
		{"business", icons.Store, newBusiness},
		{"provider", icons.Provider, newProvider},
		{"sender", icons.Message, newSender},
		{"rules", icons.Time, newRules},
		{"staff", icons.Contacts, newStaff},
		{"prices", icons.Wallet, newPrices},
		{"relay", icons.Link, newRelay},
		{"privacy", icons.Consent, newPrivacy},
		{"look", icons.Language, newLook},
		{"about", icons.About, newAbout},
	}
}

func isSection(name string) bool {
	for _, s := range sections {
		if s.name == name {
			return true
		}
	}
	return false
}
