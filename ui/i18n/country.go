package i18n

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country is what a country is called, by its ISO 3166-1 code: Germany, 德国.
// A code that names none comes back as it is. Source: CLDR, as
// golang.org/x/text carries it.
func (t *Texts) Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	names := display.English.Regions()
	if t.language == Chinese {
		names = display.Chinese.Regions()
	}
	if name := names.Name(region); name != "" {
		return name
	}
	return code
}
