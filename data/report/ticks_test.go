package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"counterbell/data"
)

func TestGridLinesStandAtFiguresThatPeopleCountIn(t *testing.T) {
	tests := []struct {
		name   string
		axis   func(lo, hi float64, steps int) Axis
		lo, hi float64
		steps  int
		want   string
	}{
		{"opens, tall chart", CountAxis, 0, 96, 4, "[0 25 50 75 100]"},
		{"opens, low chart", CountAxis, 0, 96, 2, "[0 50 100]"},
		{"sales in cents", CountAxis, 0, 291800, 4, "[0 100000 200000 300000]"},
		{"one person", CountAxis, 0, 1, 4, "[0 1]"},
		{"two people", CountAxis, 0, 2, 4, "[0 1 2]"},
		{"no half people", CountAxis, 0, 2.5, 4, "[0 1 2 3]"},
		{"a fraction of a person", CountAxis, 0, 0.001, 4, "[0 1]"},
		{"seven", CountAxis, 0, 7, 4, "[0 2 4 6 8]"},
		{"nine", CountAxis, 0, 9, 4, "[0 5 10]"},
		{"exactly a tick", CountAxis, 0, 100, 4, "[0 25 50 75 100]"},
		{"a million", CountAxis, 0, 1_000_000, 4, "[0 250000 500000 750000 1e+06]"},
		{"all nought", CountAxis, 0, 0, 4, "[0 1]"},
		{"starts high", CountAxis, 90, 96, 4, "[0 25 50 75 100]"},
		{"losses alone", CountAxis, -7, -2, 4, "[-8 -6 -4 -2 0]"},
		{"gains and losses", CountAxis, -30, 70, 4, "[-50 0 50 100]"},
		{"no-shows", ShareAxis, 0, 0.099, 4, "[0 0.05 0.1]"},
		{"no-shows in threes", ShareAxis, 0, 0.06, 3, "[0 0.02 0.04 0.06]"},
		{"three tenths is written so", ShareAxis, 0, 0.3, 3, "[0 0.1 0.2 0.3]"},
		{"all of them", ShareAxis, 0, 1, 4, "[0 0.25 0.5 0.75 1]"},
		{"below one percent", ShareAxis, 0, 0.004, 4, "[0 0.001 0.002 0.003 0.004]"},
		{"too many lines asked for", CountAxis, 0, 10, 99, "[0 5 10]"},
		{"too few lines asked for", CountAxis, 0, 10, -1, "[0 5 10]"},
		{"not numbers", CountAxis, math.NaN(), math.Inf(1), 4, "[0 1]"},
	}
	for _, tt := range tests {
		if got := fmt.Sprint(tt.axis(tt.lo, tt.hi, tt.steps).Ticks); got != tt.want {
			t.Errorf("%s: ticks %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSpansLeaveMissingValuesOut(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	lo, hi, ok := ValueSpan([]float64{3, nan, -2}, nil, []float64{inf, 9})
	if lo != -2 || hi != 9 || !ok {
		t.Errorf("span %v to %v, %v", lo, hi, ok)
	}
	if lo, hi, ok := ValueSpan([]float64{nan}, []float64{}); lo != 0 || hi != 0 || ok {
		t.Errorf("a span of nothing is %v to %v, %v", lo, hi, ok)
	}
	lo, hi, ok = StackSpan([]float64{3, -1, nan}, []float64{4, -2})
	if lo != -3 || hi != 7 || !ok {
		t.Errorf("stacks reach from %v to %v, %v", lo, hi, ok)
	}
	if _, _, ok := StackSpan(); ok {
		t.Error("a stack of nothing has a span")
	}
}

// each character is 7 pixels wide
func sevenEach(text string) float64 { return 7 * float64(len([]rune(text))) }

func novemberDays(n, from int) []data.Date {
	days := make([]data.Date, n)
	for i := range days {
		day, month := from+i, 11
		if day > 30 {
			day, month = day-30, 12
		}
		days[i] = data.Date(fmt.Sprintf("2026-%02d-%02d", month, day))
	}
	return days
}

func full(d data.Date) string {
	return short(d) + map[int]string{11: " Nov", 12: " Dec"}[d.Month()]
}
func short(d data.Date) string { return strings.TrimPrefix(string(d[8:]), "0") }

func TestDaysUnderAnAxisDoNotTouchAndNameTheirMonth(t *testing.T) {
	tests := []struct {
		name  string
		days  []data.Date
		width float64
		apart float64
		want  string
	}{
		{"two weeks, wide", novemberDays(14, 11), 484, 60, "11 Nov|14|17|20|24 Nov"},
		{"two weeks, wider", novemberDays(14, 11), 700, 60, "11 Nov|13|15|17|19|21|24 Nov"},
		{"over the end of the month", novemberDays(14, 25), 484, 60, "25 Nov|28|1 Dec|4|8 Dec"},
		{"narrow", novemberDays(14, 11), 100, 12, "11 Nov|17|24 Nov"},
		{"narrower", novemberDays(14, 11), 60, 12, "11 Nov|24 Nov"},
		{"far too narrow", novemberDays(14, 11), 40, 12, "11 Nov"},
		{"no width", novemberDays(14, 11), 0, 12, "11 Nov"},
		{"one day", novemberDays(1, 11), 484, 60, "11 Nov"},
		{"two days", novemberDays(2, 11), 484, 60, "11 Nov|12 Nov"},
		{"no day", nil, 484, 60, ""},
	}
	for _, tt := range tests {
		f := Frame{W: tt.width}
		labels := AxisLabels{
			N: len(tt.days), At: func(i int) float64 { return f.Across(i, len(tt.days)) },
			Text: DayLabels(tt.days, full, short), Width: sevenEach, Apart: tt.apart, From: -30, To: tt.width + 30,
		}.Pick()
		var got []string
		for i, l := range labels {
			got = append(got, l.Text)
			if l.X < -30 || l.X+l.W > tt.width+30 && i > 0 {
				t.Errorf("%s: %q sticks out", tt.name, l.Text)
			}
			if i > 0 && l.X < labels[i-1].X+labels[i-1].W+tt.apart {
				t.Errorf("%s: %q touches %q", tt.name, l.Text, labels[i-1].Text)
			}
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

func TestWeeksAreNamedByTheirMonthsAlone(t *testing.T) {
	f := Frame{W: 562}
	labels := AxisLabels{
		N: 24, At: func(i int) float64 { return f.Across(i, 24) }, Width: sevenEach, Apart: 56, From: -30, To: 600,
		Text: func(i, _ int) string {
			if i%4 == 0 {
				return fmt.Sprint("M", i/4)
			}
			return ""
		},
	}
	var got []string
	for _, label := range labels.Pick() {
		got = append(got, fmt.Sprint(label.Index, label.Text))
	}
	if s := strings.Join(got, " "); s != "0M0 4M1 8M2 12M3 16M4 20M5" {
		t.Errorf("named %s", s)
	}
	labels.Text = func(int, int) string { return "" }
	if got := labels.Pick(); got != nil {
		t.Errorf("named %v though there is no name", got)
	}
}

func TestTenThousandDaysAreNamedWithFewMeasurements(t *testing.T) {
	const n = 10_000
	f := Frame{W: 600}
	measured := 0
	labels := AxisLabels{
		N: n, At: func(i int) float64 { return f.Across(i, n) }, Text: func(i, _ int) string { return fmt.Sprint(i) },
		Width: func(s string) float64 { measured++; return sevenEach(s) }, Apart: 40, From: 0, To: 600,
	}.Pick()
	if len(labels) < 5 || len(labels) > 12 || labels[len(labels)-1].Index != n-1 {
		t.Errorf("labels %v", labels)
	}
	if measured > 200 {
		t.Errorf("%d texts measured", measured)
	}
}
