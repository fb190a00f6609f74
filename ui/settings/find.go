package settings

import (
	"strings"

	"counterbell/ui/i18n"
)

// findSection finds the section that a word leads to: by its name, else by the names of the settings in it.
func findSection(t *i18n.Texts, text string) (string, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return "", false
	}
	for _, key := range []string{"settings.menu.", "settings.finds."} {
		for _, s := range sections {
			if strings.Contains(strings.ToLower(t.T(key+s.name)), text) {
				return s.name, true
			}
		}
	}
	return "", false
}
