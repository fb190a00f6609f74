package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/sheet"
)

// findSheet picks the sheet with the most rows that hold a phone number; hidden sheets come last.
func (l *List) findSheet(ctx context.Context) error {
	if name := l.options.Sheet; name != "" {
		l.Sheet = Finding{Value: name, Because: "intake.sheet.chosen"}
		for _, s := range l.Sheets {
			if strings.EqualFold(strings.TrimSpace(s.Name), strings.TrimSpace(name)) {
				l.Sheet.Value = s.Name
			}
		}
		return l.take(ctx, l.Sheet.Value)
	}
	if len(l.Sheets) == 1 {
		l.Sheet = Finding{Value: l.Sheets[0].Name, Because: "intake.sheet.only"}
		return l.take(ctx, l.Sheet.Value)
	}
	best, bestScore, withNumbers, first := "", -1, 0, ""
	for _, s := range l.Sheets {
		lines, _, err := l.read(ctx, s.Name, 200)
		if err != nil {
			if data.CodeOf(err) == data.Cancelled {
				return err
			}
			continue // another sheet may be whole; if none is, the last word is FileNoRows or this sheet's own error below
		}
		score := 0
		for _, row := range lines {
			if l.holdsNumber(row.cells) {
				score += 10
			}
		}
		if score > 0 && !s.Hidden {
			withNumbers++
		}
		if len(lines) > 0 {
			score++
			if first == "" && !s.Hidden {
				first = s.Name
			}
		}
		if s.Hidden {
			score = min(score, 5)
		}
		if score > bestScore && len(lines) > 0 {
			best, bestScore = s.Name, score
		}
	}
	switch {
	case best == "":
		name, err := l.book.FirstSheet(ctx)
		if err != nil {
			return err
		}
		best = name
		l.Sheet = Finding{Value: best, Because: "intake.sheet.first"}
	case bestScore >= 10 && withNumbers == 1:
		l.Sheet = Finding{Value: best, Because: "intake.sheet.phones"}
	case bestScore >= 10:
		l.Sheet = Finding{Value: best, Because: "intake.sheet.most"}
	default:
		l.Sheet = Finding{Value: best, Because: "intake.sheet.first"}
	}
	return l.take(ctx, best)
}

func (l *List) take(ctx context.Context, name string) (err error) {
	l.sample, l.whole, err = l.read(ctx, name, sampleRows)
	if err == nil && len(l.sample) == 0 {
		return data.Errorf(sheet.FileNoRows, "read the list", "no rows").With("file", l.File)
	}
	return err
}

func (l *List) holdsNumber(cells []sheet.Cell) bool {
	for i := range cells {
		if l.isNumber(&cells[i]) {
			return true
		}
	}
	return false
}

// isNumber tells whether a cell is somebody's phone number, wherever they live.
func (l *List) isNumber(c *sheet.Cell) bool {
	if c.Kind != sheet.Text && c.Kind != sheet.Number || len(c.Text) < 6 || len(c.Text) > 60 {
		return false
	}
	digits := 0
	for i := 0; i < len(c.Text); i++ {
		if c.Text[i] >= '0' && c.Text[i] <= '9' {
			digits++
		}
	}
	if digits < 7 && !strings.ContainsAny(c.Text, "０１２３４５６７８９") {
		return false
	}
	for _, country := range []string{l.options.Country, l.options.Home} {
		if r := phone.Read(c.Text, country); r.OK() || r.Problem == phone.Two || r.Problem == phone.DigitsLost || r.Problem == phone.Foreign {
			return true
		} else if r.Problem == phone.Dated || r.Problem == phone.Letters || r.Problem == phone.Decimal {
			return false
		}
	}
	if l.options.Country != "" {
		return false
	}
	for _, country := range likelyCountries {
		if r := phone.Read(c.Text, country); r.OK() && (r.Facts.Line == data.Mobile || r.Facts.Line == data.MobileOrLand || r.Facts.Fictional) {
			return true
		}
	}
	return false
}

// findHeader finds the row that names the columns: below any title, above the first person.
func (l *List) findHeader() error {
	if want := l.options.Header; want != nil {
		l.headerRow = *want
		l.Header = Finding{Value: itoa(*want), Because: "intake.header.chosen"}
		if *want != 0 && !slices.ContainsFunc(l.sample, func(s line) bool { return s.number == *want }) {
			return data.Errorf(NoSuchHeader, "find the header row", "nothing in that row").With("row", itoa(*want))
		}
	} else {
		l.guessHeader()
	}
	if len(l.below()) == 0 {
		return data.Errorf(HeaderOnly, "read the list", "no row below the header").With("sheet", l.Sheet.Value).With("file", l.File)
	}
	return nil
}

func (l *List) guessHeader() {
	limit := min(len(l.sample), 50)
	firstPerson := limit
	for i := range limit {
		if l.isData(i) {
			firstPerson = i
			break
		}
	}
	best, bestKnown := -1, 0
	for i := 0; i < firstPerson; i++ {
		if known := l.knownHeadings(l.sample[i].cells); known > 0 && known >= bestKnown {
			best, bestKnown = i, known
		}
	}
	because := "intake.header.words"
	if best < 0 && firstPerson < limit {
		because = "intake.header.above"
		for i := firstPerson - 1; i >= 0; i-- {
			if looksLikeHeadings(l.sample[i].cells, len(l.sample[firstPerson].cells)) {
				best = i
				break
			}
		}
	}
	if best < 0 {
		l.headerRow = 0
		l.Header = Finding{Value: "0", Because: "intake.header.none"}
		return
	}
	l.headerRow = l.sample[best].number
	l.Header = Finding{Value: itoa(l.headerRow), Because: because}
	switch {
	case best == 1:
		l.Header.Because, l.Header.Args = "intake.header.title", map[string]string{"row": itoa(l.sample[0].number)}
	case best > 1:
		l.Header.Because = "intake.header.titles"
		l.Header.Args = map[string]string{"first": itoa(l.sample[0].number), "last": itoa(l.sample[best-1].number)}
	}
}

// isData tells whether a sampled row is a person or an appointment: it holds a number, and isn't a letterhead.
func (l *List) isData(i int) bool {
	cells := l.sample[i].cells
	filled, typed := 0, 0
	for c := range cells {
		switch {
		case text(&cells[c]) == "":
		case l.isNumber(&cells[c]):
			filled++
			typed++
		case cells[c].Kind == sheet.Date, cells[c].Kind == sheet.DateTime, cells[c].Kind == sheet.TimeOfDay:
			filled++
			if l.Kind == Appointments {
				typed++
			}
		default:
			filled++
			if _, ok := readWritten(text(&cells[c])); ok && l.Kind == Appointments {
				typed++
			}
		}
	}
	if typed == 0 || l.knownHeadings(cells) >= 2 {
		return false
	}
	// A line of a letterhead ("Tel. 020 7946 0018") stands alone in a sheet that is wider below.
	return filled > 1 || i+1 >= len(l.sample) || len(l.sample[i+1].cells) <= 1 || l.holdsNumber(l.sample[i+1].cells) && l.knownHeadings(l.sample[i+1].cells) == 0
}

func (l *List) knownHeadings(cells []sheet.Cell) (known int) {
	for i := range cells {
		if cells[i].Kind == sheet.Text && len(cells[i].Text) < 80 {
			if _, score := l.meaning(clean(cells[i].Text)); score >= 2 {
				known++
			}
		}
	}
	return known
}

// looksLikeHeadings tells whether a row could name columns that nobody has a synonym for: short words, no figures.
func looksLikeHeadings(cells []sheet.Cell, width int) bool {
	filled := 0
	for i := range cells {
		t := text(&cells[i])
		if t == "" {
			continue
		}
		if _, err := strconv.ParseFloat(t, 64); err == nil || cells[i].Kind != sheet.Text || len([]rune(t)) > 40 {
			return false
		}
		filled++
	}
	return filled >= 2 || filled == 1 && width == 1
}
