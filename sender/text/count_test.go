package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"counterbell/data"
)

func rep(s string, n int) string { return strings.Repeat(s, n) }

// The vectors come from sms-segments-calculator 1.3.0 and from 3GPP TS 23.038.
func TestSegmentsAreCountedAsTheNetworkCountsThem(t *testing.T) {
	for _, v := range []struct {
		name     string
		text     string
		encoding Encoding
		units    int
		segments int
	}{
		{"1", rep("a", 153), GSM7, 153, 1},
		{"2", rep("a", 160), GSM7, 160, 1},
		{"3", rep("a", 161), GSM7, 161, 2},
		{"4", rep("a", 306), GSM7, 306, 2},
		{"5", rep("a", 307), GSM7, 307, 3},
		{"6", rep("€", 80), GSM7, 160, 1},
		{"7", rep("€", 81), GSM7, 162, 2},
		{"8", rep("a", 158) + "€", GSM7, 160, 1},
		{"9", rep("a", 159) + "€", GSM7, 161, 2},
		{"10", `[]{}~^|\€`, GSM7, 18, 1},
		{"11", "éñüàèìòùäöåÇ¿¡Ñ", GSM7, 15, 1},
		{"12", "ΔΦΓΛΩΠΨΣΘΞ", GSM7, 10, 1},
		{"13", "a\fb", GSM7, 4, 1},
		{"14", rep("a", 152) + "€" + rep("a", 10), GSM7, 164, 2},
		{"15", rep("a", 152) + "€€" + rep("a", 150), GSM7, 306, 3},
		{"16", rep("你", 70), UCS2, 70, 1},
		{"17a", rep("你", 71), UCS2, 71, 2},
		{"17b", rep("你", 134), UCS2, 134, 2},
		{"18", rep("你", 135), UCS2, 135, 3},
		{"19", rep("你", 66) + "😀" + rep("你", 5), UCS2, 73, 2},
		{"20", rep("😀", 35), UCS2, 70, 1},
		{"21", rep("😀", 36), UCS2, 72, 2},
		{"22 á", "á", UCS2, 1, 1},
		{"22 ç", "ç", UCS2, 1, 1},
		{"22 backtick", "`", UCS2, 1, 1},
		{"22 quotes", "“hi”", UCS2, 4, 1},
		{"22 apostrophe", "it’s", UCS2, 4, 1},
		{"22 dash", "a—b", UCS2, 3, 1},
		{"22 ellipsis", "a…", UCS2, 2, 1},
		{"22 dotless i", "ı", UCS2, 1, 1},
		{"22 no-break space", "a\u00a0b", UCS2, 3, 1},
		{"23", "Ç", GSM7, 1, 1},
		{"24", "¿Cómo está? ñ", UCS2, 13, 1},
		{"25", "a\r\nb", GSM7, 4, 1},
		{"empty", "", GSM7, 0, 1},
		{"the whole alphabet", defaultAlphabet, GSM7, 127, 1},
		{"escape", "\x1b", UCS2, 1, 1},
	} {
		got := Count(v.text, RuleGSM)
		if got.Encoding != v.encoding || got.Units != v.units || got.Segments != v.segments {
			t.Errorf("%s: %+v, want %s %d %d", v.name, got, v.encoding, v.units, v.segments)
		}
	}
}

func TestMainlandChinaCountsEverythingInSeventies(t *testing.T) {
	for text, want := range map[string]Length{
		rep("a", 70):  {UCS2, 70, 1, 0},
		rep("a", 71):  {UCS2, 71, 2, 63},
		rep("a", 134): {UCS2, 134, 2, 0},
		rep("a", 135): {UCS2, 135, 3, 66},
	} {
		if got := Count(text, RuleCN); got != want {
			t.Errorf("%d letters: %+v, want %+v", len(text), got, want)
		}
	}
}

func TestWhatIsLeftFitsAndOneMoreDoesNot(t *testing.T) {
	for _, s := range []string{"", "a", rep("a", 100), rep("a", 161), rep("a", 152) + "€€", rep("你", 71)} {
		n := Count(s, RuleGSM)
		fill := "a"
		full := Count(s+rep(fill, n.Left), RuleGSM)
		if full.Segments != n.Segments || full.Left != 0 {
			t.Errorf("%d units: %d left, but filled up it is %+v", n.Units, n.Left, full)
		}
		if over := Count(s+rep(fill, n.Left+1), RuleGSM); over.Segments != full.Segments+1 {
			t.Errorf("%d units: one more than %d gives %+v", n.Units, n.Left, over)
		}
	}
}

func TestTheCulpritIsNamedWithItsPlacesAndSubstitute(t *testing.T) {
	got := Culprits("“Hi” – it’s ç, á and 你")
	want := []Culprit{
		{"“", []int{0}, `"`, true, true},
		{"”", []int{3}, `"`, true, true},
		{"–", []int{5}, "-", true, true},
		{"’", []int{9}, "'", true, true},
		{"ç", []int{12}, "Ç", true, false},
		{"á", []int{15}, "a", true, false},
		{"你", []int{21}, "", false, false},
	}
	if len(got) != len(want) {
		t.Fatalf("%d culprits: %+v", len(got), got)
	}
	for i, w := range want {
		g := got[i]
		if g.Char != w.Char || len(g.At) != 1 || g.At[0] != w.At[0] || g.Substitute != w.Substitute || g.Offered != w.Offered || g.Safe != w.Safe {
			t.Errorf("culprit %d: %+v, want %+v", i, g, w)
		}
	}
	if c := Culprits("a…b…c"); len(c) != 1 || len(c[0].At) != 2 || c[0].At[1] != 3 {
		t.Errorf("twice the same: %+v", c)
	}
	if c := Culprits(defaultAlphabet + extensionTable); len(c) != 0 {
		t.Errorf("the alphabet itself: %+v", c)
	}
}

func TestSubstitutesEndInTheAlphabet(t *testing.T) {
	for r, s := range lookalikes {
		if Count(s, RuleGSM).Encoding != GSM7 {
			t.Errorf("%q becomes %q, which still forces UCS-2", r, s)
		}
		if septetsOf(r) != 0 {
			t.Errorf("%q is in the alphabet and needs no substitute", r)
		}
	}
	for r, s := range letters {
		if Count(s, RuleGSM).Encoding != GSM7 || septetsOf(r) != 0 {
			t.Errorf("%q to %q", r, s)
		}
	}
	if got := Plain("“It’s”\u00a0on – now… ＯＫ ça"); got != `"It's" on - now... OK ça` {
		t.Errorf("Plain gave %q", got)
	}
	if got := Substitute("á la carte, voilá", Culprits("á")[0]); got != "a la carte, voila" {
		t.Errorf("Substitute gave %q", got)
	}
	if got := Normalise("a\r\nb\rc e\u0301"); got != "a\nb\nc é" {
		t.Errorf("Normalise gave %q", got)
	}
}

func TestAnUnknownPriceIsNotNought(t *testing.T) {
	n := Count(rep("a", 161), RuleGSM)
	if c := n.Cost(data.Cost{Currency: "USD"}); c.Known || c.Micros != 0 {
		t.Errorf("no price: %+v", c)
	}
	if c := n.Cost(data.Cost{Micros: 7900, Currency: "USD", Known: true}); c != (data.Cost{Micros: 15800, Currency: "USD", Known: true}) {
		t.Errorf("two segments: %+v", c)
	}
}

func FuzzCount(f *testing.F) {
	for _, s := range []string{"", "hello", "€€", "你好😀", "\xff\xfe", "a\r\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, rule := range []Rule{RuleGSM, RuleCN} {
			n := Count(s, rule)
			single, each := n.Encoding.limits()
			switch {
			case n.Units <= single && n.Segments > 1, n.Units > single && n.Segments < 2, n.Segments*single < n.Units:
				t.Fatalf("%q: %+v", s, n)
			case n.Segments > 1 && (n.Segments < (n.Units+each-1)/each || n.Left < 0 || n.Left >= each):
				t.Fatalf("%q: %+v", s, n)
			}
			if rule == RuleGSM && (n.Encoding == UCS2) != (len(Culprits(s)) > 0) {
				t.Fatalf("%q: %s with culprits %v", s, n.Encoding, Culprits(s))
			}
		}
		if p := Plain(s); utf8.ValidString(s) && Count(p, RuleCN).Units > 3*Count(s, RuleCN).Units {
			t.Fatalf("%q grew to %q", s, p)
		}
	})
}

func BenchmarkCount(b *testing.B) {
	for name, s := range map[string]string{
		"gsm":  "Harbor Coffee: Dana, 20% off any bag of beans until Sunday. Show code 7K2M-9QXD at the till. Reply STOP to opt out",
		"cn":   "【海港咖啡】林女士，本周末任意咖啡豆八折，到店出示券码 7K2M-9QXD 即可使用。拒收请回复R",
		"late": rep("a", 150) + "á",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Count(s, RuleGSM)
			}
		})
	}
}
