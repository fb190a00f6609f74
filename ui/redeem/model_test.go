package redeem

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

var start = time.Date(2026, time.November, 24, 18, 42, 0, 0, time.UTC)

// hand and scanner are how long a person and a scanner take from one
// character to the next.
const (
	hand    = 180 * time.Millisecond
	scanner = 4 * time.Millisecond
)

// till feeds a model as a keyboard does.
type till struct {
	Model
	at time.Time
}

func (t *till) types(text string, gap time.Duration) {
	for _, r := range text {
		t.at = t.at.Add(gap)
		t.Type(r, t.at)
	}
}

// whole finds the check character for seven.
func whole(seven string) string {
	for _, last := range "23456789ACDEFGHJKMNPQRSTVWXYZ" {
		if code, err := data.ReadCode(seven + string(last)); err == nil {
			return code
		}
	}
	panic("no check character for " + seven)
}

func TestWhatIsTypedBecomesACode(t *testing.T) {
	good := whole("7K74QMP")
	for _, c := range []struct {
		name, typed, boxes string
		hint               Hint
		ask                bool
		phase              Phase
	}{
		{"upper case", good, good, HintFull, true, Checking},
		{"lower case with the dash", strings.ToLower(good[:4] + "-" + good[4:]), good, HintFull, true, Checking},
		{"full-width, from an input method", "７Ｋ７４—ＱＭＰ" + good[7:], good, HintFull, true, Checking},
		{"spaces", " 7K 74 QM P" + good[7:] + " ", good, HintFull, true, Checking},
		{"too short", "7K7", "7K7", NoHint, false, Ready},
		{"nothing", "", "", NoHint, false, Ready},
		{"a character that no code has", "7K0", "7K", HintChar, false, Ready},
		{"a wrong last character", good[:7] + other(good[7]), good[:7] + other(good[7]), HintFull, false, Mistyped},
		{"two swapped", good[1:2] + good[0:1] + good[2:], good[1:2] + good[0:1] + good[2:], HintFull, false, Mistyped},
	} {
		m := &till{at: start}
		m.types(c.typed, hand)
		if m.Code() != c.boxes || m.Hint != c.hint {
			t.Errorf("%s: boxes %q hint %d, want %q %d", c.name, m.Code(), m.Hint, c.boxes, c.hint)
		}
		code, ask := m.Enter()
		if ask != c.ask || ask && code != good || m.Phase != c.phase {
			t.Errorf("%s: Enter asks %v about %q, phase %d, want %v %d", c.name, ask, code, m.Phase, c.ask, c.phase)
		}
	}
}

func other(c byte) string {
	if c == '2' {
		return "3"
	}
	return "2"
}

func TestAScanIsTakenWholeWhateverStoodThereBefore(t *testing.T) {
	good, stale := whole("7K74QMP"), whole("ACDEFGH")
	for _, c := range []struct{ name, before string }{
		{"empty boxes", ""}, {"part of a code", "7K7"}, {"a whole other code", stale}, {"a slip of the hand", "0Q"},
	} {
		m := &till{at: start}
		m.types(c.before, hand)
		m.at = m.at.Add(time.Second)
		m.types(good, scanner)
		if code, ask := m.Enter(); !ask || code != good {
			t.Errorf("over %s: asks %v about %q, want %q", c.name, ask, code, good)
		}
	}
	m := &till{at: start}
	m.types(stale, hand)
	m.types("2", hand) // the ninth, by hand
	if code, _ := m.Enter(); code != stale {
		t.Errorf("a ninth character by hand changes the code to %q", code)
	}
	m = &till{at: start}
	m.types("https://shop.example/abc", scanner)
	if _, ask := m.Enter(); ask || m.Hint != HintNotACode || m.Code() != "" {
		t.Errorf("a web address asks %v, hint %d, leaves %q in the boxes", ask, m.Hint, m.Code())
	}
}

func TestAPasteFillsTheBoxesAndWaitsForEnter(t *testing.T) {
	good := whole("7K74QMP")
	m := &till{at: start}
	m.Paste(" "+good[:4]+"-"+strings.ToLower(good[4:])+"\n", start)
	if m.Code() != good || m.Hint != HintFull || m.Phase != Ready {
		t.Errorf("boxes %q hint %d phase %d", m.Code(), m.Hint, m.Phase)
	}
	m.Paste(strings.Repeat("x", 1<<20), start)
	if m.Code() != good || m.Hint != HintNotACode {
		t.Errorf("a novel changes the boxes to %q (hint %d)", m.Code(), m.Hint)
	}
	m.Paste(good[:7]+other(good[7]), start)
	if _, ask := m.Enter(); ask || m.Phase != Mistyped {
		t.Errorf("a mistyped code from the clipboard: asks %v, phase %d", ask, m.Phase)
	}
}

func TestAnAnswerStaysUntilTheNextCodeIsBegun(t *testing.T) {
	good := whole("7K74QMP")
	m := &till{at: start}
	m.types(good, scanner)
	m.Enter()
	m.types("AC", scanner)
	m.Enter() // the scanner's second Enter
	if m.Code() != good {
		t.Fatalf("what is typed while the store is asked changes the boxes to %q", m.Code())
	}
	m.Answered(Answer{RedeemResult: data.RedeemResult{OK: true, Redemption: 3}})
	if w := m.Waiting(); m.Phase != Accepted || len(w) != 3 || w[0].r != 'A' || w[2].r != '\n' || len(m.Waiting()) != 0 {
		t.Errorf("phase %d, waiting %v", m.Phase, w)
	}
	m.Amount.Text = "185"
	m.types("-", hand)
	if m.Phase != Accepted {
		t.Error("a dash takes the answer away")
	}
	m.types("A", hand)
	if m.Phase != Ready || m.Code() != "A" || m.Answer.OK || m.Amount.Text != "" {
		t.Errorf("the next code: phase %d boxes %q answer %v amount %q", m.Phase, m.Code(), m.Answer.OK, m.Amount.Text)
	}
	m.Answered(Answer{RedeemResult: data.RedeemResult{Problem: data.CodeUsed}})
	if _, ask := m.Enter(); ask || m.Phase != Refused {
		t.Error("Enter on a refusal asks again")
	}
	if !m.Clear() || m.Phase != Ready || m.Clear() {
		t.Error("Clear clears once")
	}
}

func TestBackspaceMendsAMistypedCode(t *testing.T) {
	good := whole("7K74QMP")
	m := &till{at: start}
	m.types(good[:7]+other(good[7]), hand)
	m.Enter()
	m.Backspace()
	m.types(good[7:], hand)
	if code, ask := m.Enter(); !ask || code != good {
		t.Errorf("after mending: asks %v about %q", ask, code)
	}
	for range 12 {
		m.Backspace()
	}
	if m.Phase != Checking {
		t.Error("Backspace disturbs the question to the store")
	}
	m.Failed()
	if m.Phase != Ready || m.Code() != good {
		t.Errorf("after a failure: phase %d boxes %q, want the code to try again", m.Phase, m.Code())
	}
}

func TestAScanIntoThePriceIsToldFromThePrice(t *testing.T) {
	at := start
	typed := func(a *Amount, text string, gap time.Duration) (back string, began bool) {
		for _, r := range text {
			at = at.Add(gap)
			takes, b := a.Takes(r, at)
			if !takes {
				return b, true
			}
			a.Text += string(r)
		}
		return "", false
	}
	var a Amount
	if _, began := typed(&a, "1,185.00", hand); began || a.Text != "1,185.00" {
		t.Fatalf("a price: %q", a.Text)
	}
	at = at.Add(time.Second)
	back, began := typed(&a, "74K", scanner)
	a.Without(back)
	if !began || back != "74" || a.Text != "1,185.00" {
		t.Errorf("a scan after the price: began %v, gives back %q, price %q", began, back, a.Text)
	}
	digits := ""
	for n := 2222222; digits == "" && n < 9999999; n++ {
		if s := strings.Map(func(r rune) rune {
			if r == '0' || r == '1' {
				return -1
			}
			return r
		}, whole(strings.NewReplacer("0", "2", "1", "3").Replace(itoa(n)))); len(s) == 8 && strings.Trim(s, "23456789") == "" {
			digits = s
		}
	}
	a = Amount{}
	typed(&a, digits, scanner)
	if code, ok := a.Scanned(); !ok || code != digits {
		t.Errorf("a code of digits alone, %q: %q %v", digits, code, ok)
	}
	a = Amount{}
	typed(&a, digits, hand)
	if _, ok := a.Scanned(); ok {
		t.Error("eight digits by hand are a price, not a scan")
	}
	for text, want := range map[string]int64{"185": 18500, "185.5": 18550, "１８５": 18500} {
		if full, ok, bad := (&Amount{Text: text}).Full("USD"); !ok || bad || full.Minor != want {
			t.Errorf("%q is %v (%v %v)", text, full, ok, bad)
		}
	}
	if _, ok, bad := (&Amount{Text: "12.345"}).Full("USD"); ok && !bad {
		t.Error("nonsense is an amount")
	}
	if _, ok, bad := (&Amount{}).Full("USD"); ok || bad {
		t.Error("nothing is an amount or a fault")
	}
}

func itoa(n int) string {
	b := make([]byte, 0, 7)
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func TestTheLatestUseOfACodeIsTheOneThatCanBeTakenBack(t *testing.T) {
	usd := data.Money{Minor: 14800, Currency: "USD"}
	d := Day{Lines: []store.TillLine{
		{Code: "A", Paid: &usd}, {Code: "B", Problem: data.CodeUsed}, {Code: "A", Paid: &usd}, {Code: "C", Paid: &usd}, {Code: "D", Paid: &usd, Undone: true}, {Code: "E"},
	}}
	for i, want := range []bool{true, false, false, true, false, true} {
		if d.CanUndo(i) != want {
			t.Errorf("line %d can be undone: %v", i, !want)
		}
	}
	if got := startOfDay(data.At(start), time.FixedZone("", -8*3600)); got.In(time.UTC).Format("15:04") != "08:00" {
		t.Errorf("the day begins at %v", got)
	}
}
