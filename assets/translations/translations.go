// Package translations carries every text that a person sees: en.json and
// zh-Hans.json, flat objects with the same keys, and beside them the parts
// en/*.json and zh-Hans/*.json that are not joined yet. Package ui/i18n reads
// them; a key lives in one place only.
package translations

import "embed"

//go:generate go run ./join

// Files holds the JSON files, by the paths they have in this folder.
//
//go:embed en* zh-Hans*
var Files embed.FS

// Languages are the folders and file names there are, in the order of offering.
var Languages = []string{"en", "zh-Hans"}
