package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitName finds what a text may call a person, and the family name. It never invents: where it isn't sure (a company,
// two people, an initial, "Mr Hart") the given name stays empty, and a text uses its fallback.
func splitName(full string) (given, family string) {
	s := strings.TrimSpace(full)
	if s == "" || strings.ContainsFunc(s, unicode.IsDigit) || strings.ContainsAny(s, "@&+/;|=<>_") {
		return "", ""
	}
	if open := strings.IndexAny(s, "(（[\"“"); open > 0 { // a nickname or remark
		s = strings.TrimSpace(s[:open])
	}
	if strings.ContainsFunc(s, han) {
		return splitHan(s)
	}
	return splitLatin(s)
}

// splitHan takes a Chinese name apart: family name first, two characters for the compound ones.
func splitHan(s string) (given, family string) {
	words := nameWords()
	for w := range words["notperson"] {
		if han([]rune(w)[0]) && strings.Contains(s, w) {
			return "", ""
		}
	}
	bare := strings.ReplaceAll(s, " ", "")
	titled := false
	for w := range words["zhtitle"] {
		if rest, ok := strings.CutSuffix(bare, w); ok && rest != "" && len([]rune(rest)) <= 3 {
			if w == "总" && len([]rune(rest)) > 1 { // 王总 is a form of address, 李总 too; 张小总 may be a name
				continue
			}
			bare, titled = rest, true
			break
		}
	}
	if first, rest, ok := strings.Cut(bare, "·"); ok { // 阿依古丽·买买提: the given name stands first
		return first, rest
	}
	if !allHan(bare) {
		return "", ""
	}
	runes := []rune(bare)
	if first, rest, ok := strings.Cut(s, " "); ok && !titled && len(runes) <= 5 { // 山田 太郎
		return strings.ReplaceAll(rest, " ", ""), first
	}
	cut := 1
	if len(runes) >= 2 && words["surname"][string(runes[:2])] {
		cut = 2
	}
	if len(runes) > 4 || len(runes) > cut+2 {
		return "", ""
	}
	return string(runes[cut:]), string(runes[:cut])
}

// splitLatin reads "Amelia Hart", "Hart, Amelia", "Dr. Amelia van der Hart Jr".
func splitLatin(s string) (given, family string) {
	words := nameWords()
	is := func(kind, w string) bool { return words[kind][strings.Trim(strings.ToLower(w), ".,")] }
	all := strings.Fields(s)
	for _, w := range all {
		if is("notperson", w) || strings.ToLower(w) == "y" || strings.ToLower(w) == "e" {
			return "", ""
		}
	}
	if last, first, ok := strings.Cut(s, ","); ok && strings.Count(s, ",") == 1 {
		if f := strings.Fields(first); len(f) > 0 && !is("suffix", f[0]) {
			for len(f) > 1 && is("title", f[0]) {
				f = f[1:]
			}
			return callable(f[0]), recase(strings.TrimSpace(last))
		}
	}
	titled := false
	for len(all) > 0 && is("title", all[0]) && (len(all) > 1 || !strings.HasSuffix(all[0], ".")) {
		if len(all) == 1 {
			break
		}
		all, titled = all[1:], true
	}
	for len(all) > 1 && is("suffix", all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	for i := range all {
		all[i] = strings.TrimRight(all[i], ",")
	}
	switch {
	case len(all) == 0:
		return "", ""
	case len(all) == 1 && titled: // "Mr Hart"
		return "", recase(all[0])
	case len(all) == 1:
		return callable(all[0]), ""
	}
	from := len(all) - 1
	for from > 1 && is("particle", all[from-1]) {
		from--
	}
	return callable(all[0]), recase(strings.Join(all[from:], " "))
}

// callable is a given name that one may say to somebody: not "R." or "J.R.".
func callable(w string) string {
	w = strings.Trim(w, ",;:")
	if utf8.RuneCountInString(w) < 2 || strings.HasSuffix(w, ".") || strings.Contains(w, ".") {
		return ""
	}
	return recase(w)
}

// recase writes AMELIA and amelia as Amelia, and leaves every other spelling as its owner has it.
func recase(s string) string {
	if s != strings.ToUpper(s) && s != strings.ToLower(s) || !strings.ContainsFunc(s, unicode.IsLetter) {
		return s
	}
	var b strings.Builder
	start := true
	for _, w := range strings.SplitAfter(s, " ") {
		if s == strings.ToLower(s) && nameWords()["particle"][strings.TrimSpace(w)] {
			b.WriteString(w)
			continue
		}
		for _, r := range w {
			if start {
				b.WriteRune(unicode.ToUpper(r))
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
			start = !unicode.IsLetter(r)
		}
		start = true
	}
	return b.String()
}

// joinName makes the full name of its halves, in the order that its script has.
func joinName(given, family string) string {
	switch {
	case given == "":
		return family
	case family == "":
		return given
	case allHan(given) && allHan(family):
		return family + given
	}
	return given + " " + family
}
