package data

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestAmountsAreReadTheWayPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		minor          int64
	}{
		{"12.50", "USD", 1250},
		{"12,50", "EUR", 1250},
		{"12.5", "USD", 1250},
		{"12", "USD", 1200},
		{"12.", "USD", 1200},
		{".5", "USD", 50},
		{",50", "EUR", 50},
		{"0", "USD", 0},
		{"0.00", "USD", 0},
		{"007", "USD", 700},
		{"1,234.50", "USD", 123450},
		{"1.234,50", "EUR", 123450},
		{"1 234,50", "EUR", 123450},
		{"1\u202f234,50", "EUR", 123450},
		{"1'234.50", "CHF", 123450},
		{"1’234.50", "CHF", 123450},
		{"1,234,567", "USD", 123456700},
		{"1.234.567,8", "EUR", 123456780},
		{"12,34,567.89", "INR", 123456789},
		{"1,234", "USD", 123400},
		{"１２．５０", "USD", 1250},
		{"１，２３４．５", "CNY", 123450},
		{"$12.50", "USD", 1250},
		{"€ 12,50", "EUR", 1250},
		{"12,50 €", "EUR", 1250},
		{"¥1,200", "JPY", 1200},
		{"￥12.5", "CNY", 1250},
		{"12.5元", "CNY", 1250},
		{"1,200円", "JPY", 1200},
		{"12.50 USD", "USD", 1250},
		{"usd 12.50", "USD", 1250},
		{"1200", "JPY", 1200},
		{"1,200", "KRW", 1200},
		{"1200.00", "JPY", 1200},
		{"1200.0", "JPY", 1200},
		{"1.234", "KWD", 1234},
		{"1.5", "KWD", 1500},
		{"12.50", "", 1250},
		{"10000000000000.00", "USD", 1e15},
	} {
		m, err := ParseMoney(c.text, c.currency)
		if err != nil || m != (Money{c.minor, c.currency}) {
			t.Errorf("%q %s is %+v, want %d (%v)", c.text, c.currency, m, c.minor, err)
		}
	}
}

func TestWhatIsNoAmountOrCouldBeTwoIsRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"", "USD"},
		{" ", "USD"},
		{".", "USD"},
		{",", "USD"},
		{"$", "USD"},
		{"-5", "USD"},
		{"(5)", "USD"},
		{"5-", "USD"},
		{"five", "USD"},
		{"1e5", "USD"},
		{"0x10", "USD"},
		{"٣", "USD"},
		{"½", "USD"},
		{"1.234", "USD"},   // a thousand or one and a bit
		{"12.345", "EUR"},  // the same
		{"12.3456", "USD"}, // no such coins
		{"0,500", "USD"},
		{"1234,567", "USD"},
		{"12,50,30", "USD"},
		{"1,2.50", "USD"},
		{"1.2.3", "USD"},
		{"1,,000", "USD"},
		{"1.234.567.8", "EUR"},
		{"1,234.567.890", "USD"},
		{"1.5", "JPY"},
		{"12.500", "JPY"},
		{"12.50 EUR", "USD"},
		{"12.50.", "USD"},
		{"10000000000000.01", "USD"},
		{"99999999999999999999999999", "USD"},
		{strings.Repeat("9", 100_000), "USD"},
		{"1 2.5", "EUR"},
	} {
		if m, err := ParseMoney(c[0], c[1]); CodeOf(err) != Invalid {
			t.Errorf("%.40q %s is %+v (%v)", c[0], c[1], m, err)
		}
	}
}

func TestAnAmountIsWrittenAsItIsRead(t *testing.T) {
	for m, want := range map[Money]string{{1250, "USD"}: "12.50", {5, "USD"}: "0.05", {-5, "USD"}: "-0.05", {0, "EUR"}: "0.00", {1200, "JPY"}: "1200", {-1200, "JPY"}: "-1200", {1, "KWD"}: "0.001", {1234567, "BHD"}: "1234.567"} {
		if got := m.Decimal(); got != want {
			t.Errorf("%+v is written %s", m, got)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		m := Money{r.Int64N(1e15), []string{"USD", "JPY", "KWD", "CNY"}[r.IntN(4)]}
		if m.Currency == "KWD" && m.Minor > 1e14 {
			continue
		}
		if back, err := ParseMoney(m.Decimal(), m.Currency); err != nil || back != m {
			t.Fatalf("%+v is written %s and read %+v (%v)", m, m.Decimal(), back, err)
		}
	}
}

func TestPercentagesRoundHalfUp(t *testing.T) {
	for _, c := range []struct{ minor, percent, want int64 }{
		{1000, 20, 200},
		{1, 50, 1},
		{3, 50, 2},
		{1, 49, 0},
		{5, 10, 1},
		{4, 10, 0},
		{15, 10, 2},
		{25, 10, 3},
		{999, 33, 330},
		{100, 100, 100},
		{0, 20, 0},
		{-1, 50, 0},
		{-3, 50, -1}, // up means towards more, also below nought
		{1e15, 100, 1e15},
		{1e15, 99, 99e13},
		{math.MaxInt64 / 100, 100, math.MaxInt64 / 100},
		{math.MaxInt64, 100, math.MaxInt64},
		{math.MaxInt64, 1, 92233720368547758},
	} {
		if got := (Money{c.minor, "USD"}).Percent(c.percent); got != (Money{c.want, "USD"}) {
			t.Errorf("%d%% of %d is %d, want %d", c.percent, c.minor, got.Minor, c.want)
		}
	}
}

func TestWhatIsLeftToPay(t *testing.T) {
	usd := func(n int64) Money { return Money{n, "USD"} }
	for _, c := range []struct {
		offer Offer
		full  Money
		want  Money
	}{
		{Offer{Kind: PercentOff, Percent: 20}, usd(18500), usd(14800)},
		{Offer{Kind: PercentOff, Percent: 15}, usd(999), usd(849)},
		{Offer{Kind: PercentOff, Percent: 100}, usd(999), usd(0)},
		{Offer{Kind: AmountOff, Amount: usd(500)}, usd(1200), usd(700)},
		{Offer{Kind: AmountOff, Amount: usd(500)}, usd(300), usd(0)},
		{Offer{Kind: AmountOff, Amount: Money{500, "EUR"}}, usd(1200), usd(1200)}, // currencies are never added
		{Offer{Kind: Gift}, usd(1200), usd(1200)},
		{Offer{Kind: PercentOff, Percent: 20, Minimum: 5000}, usd(4999), usd(4999)},
		{Offer{Kind: PercentOff, Percent: 20, Minimum: 5000}, usd(5000), usd(4000)},
	} {
		if got := c.offer.ToPay(c.full); got != c.want {
			t.Errorf("%s of %+v leaves %+v, want %+v", c.offer.Kind, c.full, got, c.want)
		}
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"12.50", "1,234.5", "１２．５０", "12,50", "￥1.2.3", "9'9", ",", "元"} {
		f.Add(s, "USD")
		f.Add(s, "JPY")
	}
	f.Fuzz(func(t *testing.T, s, currency string) {
		m, err := ParseMoney(s, currency)
		if err != nil {
			return
		}
		if m.Minor < 0 || m.Minor > 1e15 || m.Currency != currency {
			t.Fatalf("%q %q is %+v", s, currency, m)
		}
		if back, err := ParseMoney(m.Decimal(), currency); err != nil || back != m {
			// Three places can't be told from thousands where the currency has other than three.
			t.Fatalf("%+v is written %s and read %+v (%v)", m, m.Decimal(), back, err)
		}
	})
}
