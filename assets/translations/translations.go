// Package translations carries every text that a person sees: en.json and zh-Hans.json, flat objects with the same keys,
// sorted. Package ui/i18n reads them.
package translations

import "embed"

// Files holds en.json and zh-Hans.json.
//
//go:embed en.json zh-Hans.json
var Files embed.FS

// Languages are the files that there are, in the order of offering.
var Languages = []string{"en", "zh-Hans"}
