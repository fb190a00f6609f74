package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
)

// Codes of texts that can't be made to fit what a country asks.
const (
	NoOptOutWay data.Code = "no_opt_out_way" // marketing through a provider by which nobody could opt out
	ReplyUnread data.Code = "reply_unread"   // the text says "Reply STOP", and nobody reads replies
	BrandWanted data.Code = "brand_wanted"   // the shop has no name yet
)

// Way is how people who get a text can opt out.
type Way string

const (
	WayNone  Way = ""      // they can't: marketing is blocked
	WayReply Way = "reply" // replies are read, or the provider handles opt-outs and reports them
	WayLink  Way = "link"  // by the relay's stop link
)

// A Channel is how a text goes out, as far as its words depend on it.
type Channel struct {
	Way    Way
	Link   string // the stop link, for WayLink; "{link}"-like placeholders may stand for it in a template
	Number string // a short code or free number to which the keyword is sent, where it isn't the sender's own
	Signs  bool   // the provider puts the brand in front by itself (Chinese signatures)
}

// Content is which of the things that a country may ask for stand in a text.
type Content struct {
	Brand  bool
	Label  bool
	OptOut bool
	Link   bool // there is a web address in it
}

func joinLabel(label, rest string) string {
	if label == "" {
		return rest
	}
	return label + " " + rest
}

// Compose adds to a text what the recipient's country asks for, and nothing that stands there already: the label at the
// start, the brand name, and for marketing the way to opt out at the end. It may be given a template too: {brand} in it
// counts as the brand. Composing twice changes nothing.
//
// Errors: NoOptOutWay, ReplyUnread, BrandWanted.
func Compose(kind data.Kind, region, lang, brand string, channel Channel, body string) (string, error) {
	t := Builtin()
	r := t.row(region, rowKind(kind))
	lang = canonicalLang(lang)
	c := Inspect(kind, region, lang, brand, channel, body)
	if channel.Way != WayReply && optOutTellings(region, lang).asks(strings.ToLower(body)) {
		return "", data.Errorf(ReplyUnread, "compose a text", "replies to this channel are not read").With("region", region)
	}
	if r.OptOut == optOutRequired && (channel.Way == WayNone || channel.Way == WayLink && (r.Links == "banned" || channel.Link == "")) {
		return "", data.Errorf(NoOptOutWay, "compose a text", "no way to opt out for %s", region).With("region", region)
	}
	if !c.Brand || !c.Label {
		if brand == "" {
			return "", data.Errorf(BrandWanted, "compose a text", "the brand name is empty")
		}
		body = lead(r, region, lang, brand, c, body)
	}
	if r.OptOut == optOutRequired && !c.OptOut {
		body = follow(body, optOutLine(region, lang, channel))
	}
	return body, nil
}

// lead puts label and brand in front, as far as they are missing.
func lead(r *Row, region, lang, brand string, c Content, body string) string {
	if strings.Contains(r.Label, "{brand}") {
		return strings.ReplaceAll(r.Label, "{brand}", brand) + body
	}
	label, rest := r.Label, body
	if c.Label && label != "" {
		label = standing(r, body)
		rest = strings.TrimLeft(body[len(label):], " ")
	}
	if !c.Brand {
		rest = strings.ReplaceAll(wording(region, lang, "brand"), "{brand}", brand) + rest
	}
	return joinLabel(label, rest)
}

// standing returns the label with which a text begins; "" when it begins with none that does.
func standing(r *Row, body string) string {
	for _, l := range append([]string{r.Label}, r.Accepts...) {
		if l != "" && len(body) >= len(l) && strings.EqualFold(body[:len(l)], l) {
			return body[:len(l)]
		}
	}
	return ""
}

// optOutLine returns the line that tells how to opt out.
func optOutLine(region, lang string, channel Channel) string {
	what := "reply"
	switch {
	case channel.Way == WayLink:
		what = "link"
	case channel.Number != "":
		what = "reply_to"
	}
	return strings.NewReplacer("{keyword}", KeywordFor(region, lang), "{number}", channel.Number, "{link}", channel.Link).Replace(wording(region, lang, what))
}

// follow puts a line behind a text: after a space where a sentence has ended (none after a Chinese one), else on a line
// of its own, so that a link before it stays whole.
func follow(body, line string) string {
	body = strings.TrimRightFunc(body, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(body)
	switch {
	case body == "":
		return line
	case strings.ContainsRune("。！？；，、…】）", last):
		return body + line
	case strings.ContainsRune(".!?;)", last) && !endsInLink(body):
		return body + " " + line
	case unicode.Is(unicode.Han, last) && !endsInLink(body):
		return body + "，" + line
	}
	return body + "\n" + line
}

func endsInLink(body string) bool {
	fields := strings.Fields(body)
	return len(fields) > 0 && hasLink(fields[len(fields)-1])
}

// Inspect tells which of the things that a country may ask for stand in a text already.
func Inspect(kind data.Kind, region, lang, brand string, channel Channel, body string) Content {
	r := Builtin().row(region, rowKind(kind))
	lang = canonicalLang(lang)
	c := Content{Link: hasLink(body)}
	c.Brand = r.Brand != "yes" && r.Brand != "start" || brand != "" && contains(body, brand) || strings.Contains(body, "{brand}")
	switch {
	case r.Label == "":
		c.Label = true
	case strings.Contains(r.Label, "{brand}"):
		// A signature: 【brand】 at the start, by us or by the provider.
		opening, closing, _ := strings.Cut(r.Label, "{brand}")
		sign, _, closed := strings.Cut(strings.TrimPrefix(body, opening), closing)
		c.Label = channel.Signs || strings.HasPrefix(body, opening) && closed && (strings.EqualFold(sign, brand) || sign == "{brand}")
		c.Brand = c.Brand || channel.Signs
	default:
		c.Label = standing(r, body) != ""
	}
	switch channel.Way {
	case WayLink:
		c.OptOut = channel.Link != "" && strings.Contains(body, channel.Link)
	case WayReply:
		t, low := optOutTellings(region, lang), strings.ToLower(body)
		c.OptOut = t.asks(low) || t.announces(low) || channel.Number != "" && strings.Contains(body, optOutLine(region, lang, channel))
	}
	return c
}

// contains looks for a name, whatever the case.
func contains(body, name string) bool {
	return strings.Contains(body, name) || strings.Contains(strings.ToLower(body), strings.ToLower(name))
}

// containsWords looks for a phrase that isn't part of a longer word: "text n" doesn't stand in "text now".
func containsWords(s, phrase string) bool {
	for from := 0; from <= len(s); {
		i := strings.Index(s[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(phrase):])
		first, _ := utf8.DecodeRuneInString(phrase)
		last, _ := utf8.DecodeLastRuneInString(phrase)
		if !(latin(before) && latin(first)) && !(latin(after) && latin(last)) {
			return true
		}
		from = i + max(1, len(phrase))
	}
	return false
}

// latin tells whether a character is part of a word that spaces set apart.
func latin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// hasLink tells whether a web address stands in a text.
func hasLink(s string) bool {
	if strings.Contains(s, "{link}") {
		return true
	}
	low := strings.ToLower(s)
	if strings.Contains(low, "http://") || strings.Contains(low, "https://") || strings.Contains(low, "www.") {
		return true
	}
	// A bare address: a dot between letters, and a path behind it ("ex.am/x7").
	for f := range strings.FieldsSeq(low) {
		host, path, ok := strings.Cut(f, "/")
		name, end, dotted := strings.Cut(host, ".")
		if ok && dotted && path != "" && name != "" && len(end) >= 2 && isLetters(end[strings.LastIndexByte(end, '.')+1:]) {
			return true
		}
	}
	return false
}

func isLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}
