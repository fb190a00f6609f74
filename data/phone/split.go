package phone

import "strings"

// Split takes a cell with several numbers apart: "07700 900318 / 020 7946 0018". A text with one number, or with none,
// comes back whole.
func Split(raw string) []string {
	s, _ := plainText(raw)
	return split(s)
}

// enough is how many digits a part must have to be a number of its own: "030/12" is one number and half another.
const enough = 7

func split(s string) []string {
	if len(s) < 2*enough {
		return []string{s}
	}
	for _, at := range words().join.FindAllStringSubmatchIndex(s, -1) {
		s = s[:at[2]] + strings.Repeat("|", at[3]-at[2]) + s[at[3]:]
	}
	var parts []string
	start := 0
	cut := func(end, next int) {
		if p := strings.TrimSpace(s[start:end]); p != "" {
			parts = append(parts, p)
		}
		start = next
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '/', ';', ',', '|', '\n', '&':
			cut(i, i+1)
		case '+':
			if i > start && countDigits(s[start:i]) >= enough {
				cut(i, i)
			}
		}
	}
	cut(len(s), len(s))
	if len(parts) > 1 {
		for _, p := range parts {
			if countDigits(p) < enough {
				return []string{s}
			}
		}
		return parts
	}
	return apart(s)
}

// apart splits "07700 900318 07700 900319", too many digits for one number, in the middle.
func apart(s string) []string {
	total := countDigits(s)
	if total > 15 && total <= 26 {
		for i := 1; i < len(s)-1; i++ {
			if left := countDigits(s[:i]); s[i] == ' ' && left >= enough && total-left >= enough && abs(total-2*left) <= 1 {
				return []string{strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])}
			}
		}
	}
	return []string{s}
}

func abs(n int) int { return max(n, -n) }
