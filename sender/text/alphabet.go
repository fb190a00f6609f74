package text

// The GSM default alphabet in septet order, and the characters of its extension table, which take two septets each.
// Source: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1. Septet 0x1B, the escape, is no character and is left out.
const (
	defaultAlphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extensionTable = "\f^{}\\[~]|€"
)

// septets holds what a character costs: 1 or 2, and 0 where the alphabet doesn't have it. It ends after the last Greek
// capital; the euro sign, far behind, is asked for by itself.
var septets = func() (t [0x400]uint8) {
	for _, r := range defaultAlphabet {
		t[r] = 1
	}
	for _, r := range extensionTable {
		if r < 0x400 {
			t[r] = 2
		}
	}
	return t
}()

// septetsOf returns what a character costs in GSM-7, 0 when it forces UCS-2.
func septetsOf(r rune) int {
	switch {
	case r < 0x400:
		return int(septets[r])
	case r == '€':
		return 2
	}
	return 0
}

// unitsOf returns how many UTF-16 units a character takes: 2 for those beyond the basic plane, emoji among them.
func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
