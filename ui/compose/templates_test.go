package compose

import (
	"regexp"
	"testing"

	"counterbell/assets/templates"
	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/sender/text"
	"counterbell/ui/i18n"
)

func TestTemplatesFitTheirSegmentsAndInventNothing(t *testing.T) {
	number := regexp.MustCompile(`\d`)
	have := map[string]int{}
	for _, tpl := range templates.All() {
		kind := data.Kind(tpl.Kind)
		have[tpl.Business+" "+tpl.Purpose]++
		for _, c := range []struct {
			language, region string
			values           map[string]string
		}{
			{"en", "US", map[string]string{"first_name": "Alexandra", "brand": "Lark Optical", "offer": "20% off sunglasses", "expires": "29 Nov", "code": "7K74-QMPX"}},
			{"en", "US", map[string]string{"brand": "Lark Optical", "offer": "20% off sunglasses", "code": "7K74-QMPX"}},
			{"zh-Hans", "CN", map[string]string{"first_name": "晓雯", "brand": "云雀眼镜", "offer": "太阳镜8折", "expires": "11月29日", "code": "7K74-QMPX"}},
			{"zh-Hans", "CN", map[string]string{"brand": "云雀眼镜", "offer": "太阳镜8折", "code": "7K74-QMPX"}},
		} {
			where := tpl.ID + " in " + c.language
			if tpl.Name[c.language] == "" {
				t.Errorf("%s has no name", where)
			}
			parsed, err := text.Parse(kind, tpl.Text[c.language])
			if err != nil {
				t.Errorf("%s: %v", where, err)
				continue
			}
			if lacks := parsed.Unguarded(); len(lacks) > 0 {
				t.Errorf("%s: %v has no fallback", where, lacks)
			}
			body, missing := parsed.Render(text.Of(c.values))
			if len(missing) > 0 {
				t.Errorf("%s lacks %v", where, missing)
			}
			for _, p := range parsed.Parts {
				if number.MatchString(p.Literal) {
					t.Errorf("%s invents a number: %q", where, p.Literal)
				}
			}
			whole, err := rules.Compose(kind, c.region, c.language, c.values["brand"], rules.Channel{Way: rules.WayReply}, body)
			if err != nil {
				t.Errorf("%s: %v", where, err)
			}
			if n := text.Count(whole, text.RuleGSM); n.Segments > tpl.Segments || c.language == "en" && n.Encoding != text.GSM7 {
				t.Errorf("%s takes %d segments of %s (%d): %q", where, n.Segments, n.Encoding, n.Units, whole)
			}
		}
	}
	for _, b := range templates.Businesses {
		for _, p := range templates.Purposes {
			if have[b+" "+p] == 0 {
				t.Errorf("there is no %s for a %s", p, b)
			}
		}
		for _, l := range i18n.Languages() {
			for _, i := range ideasFor(b, l) {
				if i.text == "" || i.name == "" {
					t.Errorf("%s lacks %s", b, l)
				}
			}
		}
	}
}
