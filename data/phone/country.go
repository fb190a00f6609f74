package phone

import "slices"

// Zones lists the IANA time zones of a country (ISO 3166-1 alpha-2), the one with the most people first; none for a country that isn't
// known.
func Zones(country string) []string { return slices.Clone(countryZones()[country]) }
