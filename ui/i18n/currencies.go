package i18n

import (
	"maps"
	"slices"
)

// Currencies are the ISO 4217 codes of the currencies whose sign is known, in
// the order of the alphabet.
func Currencies() []string { return slices.Sorted(maps.Keys(symbols()[English])) }
