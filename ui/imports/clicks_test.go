package imports

import (
	"path/filepath"
	"strings"
	"testing"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/sheet"
	"counterbell/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// hand counts what somebody has to press; typing isn't counted.
type hand struct {
	*desktop
	t      *testing.T
	clicks int
}

func (h *hand) drop(name, text string) {
	h.t.Helper()
	h.clicks++
	h.desktop.drop(h.t, name, text)
}

func (h *hand) press(text string) {
	h.t.Helper()
	h.clicks++
	h.button(h.t, text).Press()
}

func (h *hand) answer(i int) { h.clicks++; h.desktop.answer(i) }

// A clean list takes three presses, one with every kind of damage no more than
// six beside the ways in which dates and foreign numbers can be read.
func TestAListIsInAfterThreeToSixClicks(t *testing.T) {
	clean := &hand{desktop: english(t), t: t}
	clean.drop("people.csv", "Name,Mobile\nMaya Chen,(503) 555-0101\nTom Alvarez,(503) 555-0102\n")
	clean.answer(0)
	clean.press("Import 2 people")
	if clean.clicks != 3 || clean.people(t) != 2 || clean.screen.desk.Step != Receipt {
		t.Errorf("a clean list: %d clicks, %d people", clean.clicks, clean.people(t))
	}
	messy := &hand{desktop: english(t), t: t}
	messy.drop("camden.csv", "Name,Mobile\nAmelia Hart,7700900318\nDaniel Osei,7700900452\nBea Whitlock,07700 900127\nR. Singh,7.7009E+09\nOwen Pryce,07700 900266 / 07700 900267\n")
	messy.press("Restore 2")
	messy.press("Reject 1")
	messy.press("Text the first")
	messy.answer(0)
	messy.wants(t, "Everything is settled")
	messy.press("Import 4 people")
	if messy.clicks != 6 || messy.people(t) != 4 {
		t.Errorf("a messy list: %d clicks, %d people", messy.clicks, messy.people(t))
	}
	messy.wants(t, "All 5 rows are accounted for", "2 numbers lost a leading 0", "7700900318 → 07700 900318", "See the 4 people")
}

func TestFixCardsCanBeAnsweredEitherWayAndTakenBack(t *testing.T) {
	d := english(t)
	d.drop(t, "camden.csv", "Name,Mobile\nAmelia Hart,7700900318\nBea Whitlock,07700 900127\nOwen Pryce,07700 900266 / 07700 900267\n")
	d.wants(t, "3\nnew", "1 number lost a leading 0", "7700900318", "07700 900318", "1 cell holds more than one number")
	d.button(t, "Leave them out").Press() // the last of them: two numbers
	d.wants(t, "1 cell with several numbers is left out", "2\nnew", "1\nrejected")
	d.button(t, "Leave them out").Press()
	d.wants(t, "1 number without its 0 is left out", "1\nnew", "2\nrejected")
	d.button(t, "Change").Press()
	d.button(t, "Change").Press()
	d.wants(t, "3\nnew", "Restore 1", "Text the first")
}

func TestAPastedTableGoesThroughTheSameCheck(t *testing.T) {
	d := english(t)
	clip := fyne.CurrentApp().Clipboard()
	for _, nothing := range []string{"", "just a word", "\n\n", "one line\r\n"} {
		clip.SetContent(nothing)
		d.button(t, "Paste a table").Press()
		if d.screen.desk.Step != File || !strings.Contains(d.Toasts[len(d.Toasts)-1], "no table on the clipboard") {
			t.Errorf("%q: step %d, %q", nothing, d.screen.desk.Step, d.Toasts)
		}
	}
	clip.SetContent(strings.Repeat("x", mostPasted+1))
	d.screen.desk.paste()
	if d.screen.desk.Step != File || !strings.Contains(d.Toasts[len(d.Toasts)-1], "Save it as a file") {
		t.Errorf("too much: %q", d.Toasts)
	}
	// As Excel copies: tabs, CRLF, a line feed inside of a cell.
	clip.SetContent("Name\tMobile\tNote\r\nMaya Chen\t(503) 555-0101\t\"likes\nblue\"\r\nTom Alvarez\t(503) 555-0102\t\r\n陈美\t(503) 555-0103\t\r\n")
	d.screen.keys.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	d.wants(t, "Pasted table.tsv", "from the clipboard", "Maya Chen", "3\nnew")
	folder := d.screen.desk.Open.Folder
	d.answer(4)
	d.button(t, "Import 3 people").Press()
	if d.people(t) != 3 {
		t.Errorf("%d people", d.people(t))
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 0 {
		t.Errorf("what was pasted is still there: %v %v", left, err)
	}
}

func TestTheReceiptLeadsToThePeopleItBrought(t *testing.T) {
	d := english(t)
	d.drop(t, "first.csv", "Name,Mobile\nMaya Chen,(503) 555-0101\nTom Alvarez,(503) 555-0102\n")
	d.answer(0)
	d.button(t, "Import 2 people").Press()
	d.button(t, "Import another list").Press()
	d.drop(t, "second.csv", "Name,Mobile,City\nTom Alvarez,(503) 555-0102,Salem\nPriya Nair,(503) 555-0103,Bend\n")
	d.answer(0)
	d.button(t, "Import 2 people").Press()
	for _, c := range []struct {
		press func()
		title string
		want  int
	}{
		{d.button(t, "See the 2 people").Press, "From second.csv", 2},
		{func() { d.screen.desk.see(&d.screen.desk.Done.Receipt, broughtAdded) }, "Added from second.csv", 1},
		{d.button(t, "Show").Press, "Updated from second.csv", 1}, // the last of the two
	} {
		c.press()
		to, ok := d.Targets[len(d.Targets)-1].(page.ToPeople)
		if !ok || d.Opened[len(d.Opened)-1] != page.Contacts || to.Title != c.title || len(to.IDs) != c.want {
			t.Errorf("%s leads to %+v", c.title, d.Targets)
		}
	}
}

func TestAPastImportOpensWithItsReceiptAndItsRejects(t *testing.T) {
	d := english(t)
	d.drop(t, "people.csv", "Name,Mobile\nMaya Chen,(503) 555-0101\nNobody,n/a\nShort,12\n")
	d.answer(0)
	d.button(t, "Import 1 person").Press()
	id := d.screen.desk.Done.Receipt.Import
	d.screen.OpenAt(page.ToImport{ID: id}) // it shows already
	d.button(t, "Import another list").Press()
	d.screen.OpenAt(page.ToImport{ID: id})
	d.wants(t, "All 3 rows are accounted for", "Save 2 rejected rows as Excel", "See the person")
	out := filepath.Join(t.TempDir(), "rejects.xlsx")
	d.Save = func(string) string { return out }
	d.button(t, "Save 2 rejected rows as Excel").Press()
	book, err := sheet.Open(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(t.Context(), book.Sheets()[0].Name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		_, cells := rows.Row()
		all = append(all, strings.Join(sheet.Texts(cells), "|"))
	}
	if len(all) != 3 || !strings.HasPrefix(all[0], "Row|Column|Value|") || !strings.HasPrefix(all[2], "4|Mobile|12|") {
		t.Errorf("%q", all)
	}
	d.screen.OpenAt(page.ToImport{ID: 99})
	if len(d.Errors) != 1 || data.CodeOf(d.Errors[0]) != "import_unknown" {
		t.Errorf("an import that there isn't: %v", d.Errors)
	}
}

func TestAListInHandIsNotLetGoOfForAReceipt(t *testing.T) {
	d := english(t)
	d.drop(t, "people.csv", "Name,Mobile\nMaya Chen,(503) 555-0101\n")
	d.answer(0)
	d.button(t, "Import 1 person").Press()
	id := d.screen.desk.Done.Receipt.Import
	d.drop(t, "more.csv", "Name,Mobile\nTom Alvarez,(503) 555-0102\n")
	d.screen.OpenAt(page.ToImport{ID: id})
	if d.screen.desk.Step != Check || d.screen.desk.Open.List.File != "more.csv" {
		t.Errorf("step %d", d.screen.desk.Step)
	}
}

func TestAnAppointmentBookGoesToItsOwnPage(t *testing.T) {
	d := english(t)
	path := filepath.Join(t.TempDir(), "appointments.xlsx")
	write(t, path, string(samples.Appointments))
	d.screen.Dropped([]fyne.URI{storage.NewFileURI(path)})
	if len(d.Targets) != 1 || d.Opened[0] != page.Appointments || d.Targets[0] != (page.ToSchedule{Path: path}) || d.screen.desk.Step != File {
		t.Fatalf("it leads to %v %+v, step %d", d.Opened, d.Targets, d.screen.desk.Step)
	}
	if got := d.Toasts[len(d.Toasts)-1]; !strings.Contains(got, "appointments.xlsx is an appointment book") {
		t.Error(got)
	}
}

func TestSamplePeopleDontComeAmongRealOnes(t *testing.T) {
	d := english(t)
	opened := 0
	d.OpenSample = func() { opened++ }
	d.button(t, "Use the sample list").Press()
	if len(d.Asked) != 1 || d.screen.desk.Step != File {
		t.Fatalf("step %d, asked %d", d.screen.desk.Step, len(d.Asked))
	}
	d.Asked[0].OnConfirm()
	if opened != 1 || d.people(t) != 0 {
		t.Errorf("opened %d, %d people", opened, d.people(t))
	}
	d.Business.Demo = true
	d.button(t, "Use the sample list").Press()
	if d.screen.desk.Step != Check {
		t.Errorf("in the sample shop itself: step %d", d.screen.desk.Step)
	}
}
