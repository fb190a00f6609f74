package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const sheetCustomers = "Customers"

// A line is one row of the customer list, as messy as people keep it. phone, visit, birthday and spend are what the cell
// holds: a string, a number or a date.
type line struct {
	name, email, city, tags         string
	phone, visit, birthday, spend   any
	hidden, numberStyle, phoneError bool
}

// customers writes the list: two rows of title, the header in row 3, the people, an empty row, a row of totals.
func customers(t *town, path string) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheetCustomers); err != nil {
		return err
	}
	w, err := newPage(f, sheetCustomers)
	if err != nil {
		return err
	}
	w.set("A1", "Lark Optical: customers", w.title)
	w.set("A2", "Exported 24 November 2026 by Tomás. Do not share.", 0)
	for i, h := range []string{"Customer name", "Mobile", "E-mail", "City", "Birthday", "Last visit", "Spent (USD)", "Tags"} {
		w.set(at(i, 3), h, w.bold)
	}
	row := 4
	for _, l := range t.lines() {
		w.set(at(0, row), l.name, 0)
		style := 0
		if l.numberStyle {
			style = w.phone
		}
		w.set(at(1, row), l.phone, style)
		if l.phoneError {
			w.fail(f.SetCellFormula(sheetCustomers, at(1, row), `VLOOKUP(A`+strconv.Itoa(row)+`,#REF!,2,FALSE)`))
		}
		w.set(at(2, row), l.email, 0)
		w.set(at(3, row), l.city, 0)
		w.set(at(4, row), l.birthday, w.date)
		w.set(at(5, row), l.visit, w.date)
		w.set(at(6, row), l.spend, w.money)
		w.set(at(7, row), l.tags, 0)
		if l.hidden {
			w.fail(f.SetRowVisible(sheetCustomers, row, false))
		}
		row++
	}
	w.set(at(0, row+1), "Total", w.bold)
	w.set(at(6, row+1), math.Round(t.total*100)/100, w.money)
	w.fail(f.SetCellFormula(sheetCustomers, at(6, row+1), fmt.Sprintf("SUM(G4:G%d)", row-1)))
	for i, width := range []float64{26, 20, 34, 18, 13, 13, 13, 28} {
		name, _ := excelize.ColumnNumberToName(i + 1)
		w.fail(f.SetColWidth(sheetCustomers, name, name, width))
	}
	w.fail(f.SetSheetDimension(sheetCustomers, fmt.Sprintf("A1:H%d", row+1)))
	w.fail(lists(f))
	if w.err != nil {
		return w.err
	}
	return save(f, path)
}

// lists adds the hidden sheet that the shop's drop-down lists come from.
func lists(f *excelize.File) error {
	if _, err := f.NewSheet("Lists"); err != nil {
		return err
	}
	for i, tag := range append([]string{"Tag", "vip"}, tagWords...) {
		if err := f.SetCellValue("Lists", at(0, i+1), tag); err != nil {
			return err
		}
	}
	return f.SetSheetVisible("Lists", false)
}

// lines makes the list from the people, and the mess.
func (t *town) lines() []line {
	var out []line
	for i, p := range t.people {
		l := line{name: p.name, email: p.email, city: p.city, tags: strings.Join(p.tags, t.pick("; ", ";", ", ")), visit: p.lastVisit, spend: p.spend}
		if !p.birthday.IsZero() {
			l.birthday = p.birthday
		}
		l.phone, l.numberStyle = t.written(p.phone, i)
		switch i % 25 {
		case 2:
			l.name += "  "
		case 9:
			l.visit = p.lastVisit.Format("1/2/2006")
		case 14:
			l.visit = p.lastVisit.Format("2 Jan 2006")
		case 16:
			l.spend = "$" + thousands(p.spend)
		case 18:
			if !p.birthday.IsZero() {
				l.birthday = p.birthday.Format("January 2, 2006")
			}
		case 21:
			l.name = strings.ToUpper(p.name)
		}
		if s, ok := l.spend.(float64); ok {
			t.total += s
		}
		out = append(out, l)
	}
	// People who can't be reached, and why.
	for _, bad := range []struct {
		name  string
		phone any
		error bool
	}{
		{"Agnes Holloway", nil, false},
		{"Bruno Castellan", nil, false},
		{"Cordelia Banks", "", false},
		{"Desmond Achebe", "n/a", false},
		{"Edith Lindgren", "no phone", false},
		{"Gwen Albright", "7.7009E+09", false}, // rounded when a CSV was opened and saved: the digits are gone
		{"Harold Finley", "5.03555E+09", false},
		{"Imogen Tate", "4.477E+11", false},
		{"Jasper Coyle", "555-0147", false}, // no area code
		{"Kit Marlowe", "503 555 01", false},
		{"Lorna Pettit", "#N/A", true},
		{"Mabel Underhill", "ask her sister", false},
	} {
		out = append(out, line{name: bad.name, phone: bad.phone, phoneError: bad.error, city: "Portland", visit: today.AddDate(0, 0, -30-t.IntN(300)), tags: "glasses"})
	}
	// Two numbers in one cell.
	out = append(out,
		line{name: "Nell Overton", phone: t.pretty(t.american("503")) + " / " + t.pretty(t.american("971")), city: "Gresham", visit: today.AddDate(0, 0, -41), tags: "contacts"},
		line{name: "Orson Pike", phone: "home " + t.pretty(t.american("503")) + ", cell " + t.pretty(t.american("503")), city: "Portland", visit: today.AddDate(0, 0, -12), tags: "repairs"})
	// The same people again, written differently.
	for n, i := range []int{20, 47, 81, 118, 160, 205, 251} {
		p := t.people[i]
		again := line{name: p.name, phone: t.pretty(p.phone), email: p.email, city: p.city, visit: p.lastVisit, tags: strings.Join(p.tags, "; ")}
		if n%2 == 1 {
			again.name, again.phone = p.last+", "+p.first, strings.ReplaceAll(t.pretty(p.phone), "-", ".")
		}
		out = append(out, again)
	}
	out = append(out, line{name: "TEST TEST", phone: t.pretty(t.american("503")), visit: today.AddDate(0, 0, -400), hidden: true})
	// Mixed by hand for years: the odd ones stand everywhere.
	t.Shuffle(len(out), func(a, b int) { out[a], out[b] = out[b], out[a] })
	return out
}

// written is how the i-th person's number got into its cell.
func (t *town) written(phone string, i int) (cell any, numberStyle bool) {
	if !strings.HasPrefix(phone, "+1") {
		if strings.HasPrefix(phone, "+44") && i%3 == 0 {
			return phone[:3] + " " + phone[3:7] + " " + phone[7:], false
		}
		return t.pretty(phone), false
	}
	area, line := phone[2:5], phone[8:]
	switch i % 13 {
	case 1:
		return area + "-555-" + line, false
	case 2:
		return area + ".555." + line, false
	case 3:
		return phone, false
	case 4, 5: // a number for the spreadsheet program
		n, _ := strconv.ParseFloat(area+"555"+line, 64)
		return n, i%2 == 0
	case 6:
		return "1-" + area + "-555-" + line, false
	case 7:
		return t.pretty(phone) + " ", false
	case 8:
		if i%2 == 0 {
			return wide.Replace("(" + area + ")555-" + line), false
		}
		return "\u00a0" + area + " 555 " + line, false
	case 9:
		return area + "555" + line, false
	}
	return t.pretty(phone), false
}

// wide writes digits as a Chinese or Japanese keyboard does.
var wide = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", "(", "（", ")", "）", "-", "－")

// pretty writes a number as people at home write it, with + abroad.
func (t *town) pretty(phone string) string {
	switch {
	case strings.HasPrefix(phone, "+1"):
		return "(" + phone[2:5] + ") " + phone[5:8] + "-" + phone[8:]
	case strings.HasPrefix(phone, "+44"):
		return "+44 (0)" + phone[3:7] + " " + phone[7:]
	case strings.HasPrefix(phone, "+33"):
		return "+33 " + phone[3:4] + " " + phone[4:6] + " " + phone[6:8] + " " + phone[8:10] + " " + phone[10:]
	}
	return "+61 " + phone[3:6] + " " + phone[6:9] + " " + phone[9:]
}

func thousands(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	if len(s) > 6 {
		s = s[:len(s)-6] + "," + s[len(s)-6:]
	}
	return s
}
