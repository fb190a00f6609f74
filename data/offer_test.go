package data

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// codes makes n codes from the secure source.
func codes(t *testing.T, n int) []string {
	t.Helper()
	all := make([]string, n)
	for i := range all {
		var err error
		if all[i], err = NewCode(rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestACodeHasEightCharactersThatNobodyMistakes(t *testing.T) {
	if len(codeAlphabet) != 29 || strings.ContainsAny(codeAlphabet, "01OILBU") {
		t.Fatalf("the alphabet is %q", codeAlphabet)
	}
	seen, used, again := map[string]bool{}, map[byte]int{}, 0
	for _, c := range codes(t, 20_000) {
		if len(c) != 8 || strings.Trim(c, codeAlphabet) != "" {
			t.Fatalf("code %q", c)
		}
		if seen[c] {
			again++
		}
		seen[c] = true
		for i := range 7 {
			used[c[i]]++
		}
		if got, err := ReadCode(ShowCode(c)); err != nil || got != c {
			t.Fatalf("%q is read %q (%v)", c, got, err)
		}
	}
	// Two equal codes among 20,000 come once in 86 runs; three such pairs once in four million.
	if again > 2 {
		t.Errorf("%d codes came twice", again)
	}
	// Every character is equally likely: 140,000 draws, 4,828 of each give or take five standard deviations.
	for i := range codeAlphabet {
		if n := used[codeAlphabet[i]]; n < 4_480 || n > 5_175 {
			t.Errorf("%c came %d times", codeAlphabet[i], n)
		}
	}
}

// One wrong character and two neighbours swapped are always noticed: every such mistake in each of 500 codes.
func TestAMistypedCodeIsNoticed(t *testing.T) {
	for _, c := range codes(t, 500) {
		for i := range c {
			for _, wrong := range []byte(codeAlphabet) {
				if wrong == c[i] {
					continue
				}
				typed := []byte(c)
				typed[i] = wrong
				if got, err := ReadCode(string(typed)); CodeOf(err) != "code_check" {
					t.Fatalf("%s mistyped as %s is read %q (%v)", c, typed, got, err)
				}
			}
			if i > 0 && c[i] != c[i-1] {
				typed := []byte(c)
				typed[i], typed[i-1] = typed[i-1], typed[i]
				if got, err := ReadCode(string(typed)); CodeOf(err) != "code_check" {
					t.Fatalf("%s swapped to %s is read %q (%v)", c, typed, got, err)
				}
			}
		}
	}
}

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	code := codes(t, 1)[0]
	wide := strings.Map(func(r rune) rune { return r + '！' - '!' }, code)
	for _, typed := range []string{
		code, ShowCode(code), strings.ToLower(code), " " + code + "\r\n", wide, strings.ToLower(wide), wide[:12] + "－" + wide[12:], code[:4] + " – " + code[4:], code[:4] + "—" + code[4:],
		code[:4] + "‐" + code[4:], code[:4] + "‑" + code[4:], code[:4] + "−" + code[4:], code[:4] + "\u00a0" + code[4:], code[:4] + "　" + code[4:], "\ufeff" + code, code[:4] + "\u200b" + code[4:], strings.Join(strings.Split(code, ""), " "),
	} {
		if got, err := ReadCode(typed); err != nil || got != code {
			t.Errorf("%q is read %q (%v), want %q", typed, got, err, code)
		}
	}
	for typed, want := range map[string]Code{
		"": "code_length", "7K74": "code_length", code + code: "code_length", code[:7]: "code_length", code[:7] + "0": "code_character", "O" + code[1:]: "code_character",
		code[:7] + "é": "code_character", code[:7] + "\xff": "code_character", code[:7] + "好": "code_character", "https://lark.example/" + code: "code_character", strings.Repeat("2", 1<<20): "code_length",
	} {
		if got, err := ReadCode(typed); CodeOf(err) != want {
			t.Errorf("%.30q is read %q (%v), want %s", typed, got, err, want)
		}
	}
}

func TestWithoutASecureSourceThereIsNoCode(t *testing.T) {
	for _, source := range []io.Reader{iotest.ErrReader(errors.New("no entropy")), bytes.NewReader([]byte{1, 2, 3})} {
		if c, err := NewCode(source); err == nil {
			t.Errorf("made %q", c)
		}
	}
}

func TestAnOffersTermsHaveToMakeSense(t *testing.T) {
	good := Offer{Title: "20% off", Kind: PercentOff, Percent: 20, Uses: 1, ValidFrom: "2026-11-24", ValidTo: "2026-11-24"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		change func(o *Offer)
		want   Code
	}{
		"no title":                  {func(o *Offer) { o.Title = " " }, "offer_no_title"},
		"no percent":                {func(o *Offer) { o.Percent = 0 }, "offer_percent"},
		"101 percent":               {func(o *Offer) { o.Percent = 101 }, "offer_percent"},
		"no amount":                 {func(o *Offer) { o.Kind = AmountOff }, "offer_amount"},
		"an amount below nought":    {func(o *Offer) { o.Kind, o.Amount = AmountOff, Money{-1, "USD"} }, "offer_amount"},
		"no uses":                   {func(o *Offer) { o.Uses = 0 }, "offer_uses"},
		"endless uses":              {func(o *Offer) { o.Uses = 1001 }, "offer_uses"},
		"ends before it starts":     {func(o *Offer) { o.ValidTo = "2026-11-23" }, "offer_dates"},
		"a kind that is none":       {func(o *Offer) { o.Kind = "bogof" }, Invalid},
		"a first day that is none":  {func(o *Offer) { o.ValidFrom = "soon" }, "offer_dates"},
		"a last day without a year": {func(o *Offer) { o.ValidFrom, o.ValidTo = "", "--12-24" }, "offer_dates"},
	} {
		o := good
		c.change(&o)
		if err := o.Validate(); CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzReadCode(f *testing.F) {
	f.Add("7K74-QMPX")
	f.Add("７Ｋ７４－ｑｍｐｘ")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ReadCode(s)
		if err != nil {
			return
		}
		if back, err := ReadCode(ShowCode(code)); len(code) != 8 || err != nil || back != code {
			t.Fatalf("%q is read %q and then %q (%v)", s, code, back, err)
		}
	})
}
