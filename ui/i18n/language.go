package i18n

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// LanguageOf is what a language is called, by its BCP 47 tag: Spanish, 西班牙语.
// A tag that names none comes back as it is. Source: CLDR, as
// golang.org/x/text carries it.
func (t *Texts) LanguageOf(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	names := display.English.Tags()
	if t.language == Chinese {
		names = display.Chinese.Tags()
	}
	if name := names.Name(parsed); name != "" {
		return name
	}
	return tag
}
