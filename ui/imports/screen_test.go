package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/sheet"
	"counterbell/data/store"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

func TestTheSampleGoesInAndOutAgain(t *testing.T) {
	d := english(t)
	d.button(t, "Use the sample list").Press()
	d.wants(t, "customers.xlsx", "Row 3", "Rows 1 to 2 are titles", "United States", "How did these people agree?", "274", "Answer the consent question to continue")
	folder := d.screen.desk.Open.Folder
	d.press(fyne.KeyReturn)
	if d.screen.desk.Step != Check || d.people(t) != 0 {
		t.Fatal("imported without an answer")
	}
	d.answer(0)
	d.screen.check.consent.source.SetText("Card at the counter")
	d.screen.check.consent.day.SetText("2026-03-14")
	d.wants(t, "2 things to settle")
	d.button(t, "Reject 3").Press()
	d.button(t, "Text the first").Press()
	d.wants(t, "3 ruined numbers are rejected", "2 cells: texts go to the first number", "Saturday 14 March 2026", "Import 274 people", "Everything is settled")
	d.press(fyne.KeyReturn)
	d.wants(t, "All 295 rows are accounted for", "12 rejected rows", "274 consent records written", "They signed a form or card · Card at the counter", "Rows 159, 271")
	if n := d.people(t); n != 274 {
		t.Fatalf("%d people", n)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Error("the sample's folder is still there")
	}
	ids, err := d.Store.Find(t.Context(), store.Filter{Search: "Jane Kim", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	all, err := d.Store.Contacts(t.Context(), ids)
	if err != nil || len(all) != 1 {
		t.Fatal(err, all)
	}
	entries, err := d.Store.ConsentHistory(t.Context(), all[0].Phone)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%v, %d entries", err, len(entries))
	}
	if e := entries[0]; e.Basis != data.ExpressWritten || e.Statement.Source != "Card at the counter" || e.Statement.RecordedBy != "Dana" || e.GivenAt.In(d.Business.Location()).Format("2006-01-02") != "2026-03-14" {
		t.Errorf("%+v", e)
	}

	d.button(t, "Undo this import").Press()
	if len(d.Asked) != 1 || !d.Asked[0].Danger || !strings.Contains(d.Asked[0].Text, "274 people that it added are removed.") {
		t.Fatalf("%+v", d.Asked)
	}
	d.Asked[0].OnConfirm()
	if n := d.people(t); n != 0 {
		t.Errorf("%d people after the undo", n)
	}
	d.wants(t, "Import undone", "Undone: 274 people removed.", "Its consent records no longer count")
	if got := d.Toasts[len(d.Toasts)-1]; got != "Undone: 274 people removed." {
		t.Error(got)
	}
}

func TestNotBeingSureBringsPeopleInWithoutConsent(t *testing.T) {
	d := english(t)
	d.screen.desk.sample()
	d.answer(4)
	d.wants(t, "nobody gets offers until you record how they agreed")
	d.button(t, "Import 274 people").Press()
	d.wants(t, "Nobody can get offers yet")
	if d.screen.desk.Done.Receipt.Consents != 0 {
		t.Error("consents were written")
	}
	// The same list once more, now that somebody knows: the consent alone.
	d.button(t, "Import another list").Press()
	d.screen.desk.sample()
	d.answer(0)
	d.button(t, "Record consent of 274 people").Press()
	d.wants(t, "274 consent records written", "274 people were in your contacts already, unchanged")
}

func TestAnUnreadableFileIsOneSentenceAndThePageGoesOn(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"cut.xlsx":   {"PK\x03\x04 and no more", "is damaged or was cut off"},
		"empty.csv":  {"", "is empty"},
		"head.csv":   {"Name,Phone\n", "has headings and no rows below them"},
		"old.xls":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), ""},
		"photo.xlsx": {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "isn’t a spreadsheet"},
		"quote.csv":  {"Name,Phone\n\"Ann,(503) 555-0101\nBen,(503) 555-0102\n", "never closed"},
	} {
		d := english(t)
		d.drop(t, name, c.text)
		if d.screen.desk.Step != File || d.screen.desk.Problem == nil {
			t.Errorf("%s: step %d, %v", name, d.screen.desk.Step, d.screen.desk.Problem)
			continue
		}
		if code := data.CodeOf(d.screen.desk.Problem); code == data.Internal {
			t.Errorf("%s: %v", name, d.screen.desk.Problem)
		}
		d.wants(t, c.want, "Drop your list here")
		d.drop(t, "good.csv", "Name,Phone\nAnn,(503) 555-0101\n")
		d.wants(t, "good.csv", "How did these people agree?")
	}
}

func TestADroppedFolderSaysWhatToDo(t *testing.T) {
	d := english(t)
	d.screen.Dropped([]fyne.URI{storage.NewFileURI(t.TempDir())})
	d.wants(t, "is a folder. Choose a spreadsheet inside it.")
}

func TestOfSeveralFilesTheFirstIsRead(t *testing.T) {
	d := english(t)
	folder := t.TempDir()
	var files []fyne.URI
	for _, name := range []string{"one.csv", "two.csv"} {
		write(t, filepath.Join(folder, name), "Name,Phone\nAnn,(503) 555-0101\n")
		files = append(files, storage.NewFileURI(filepath.Join(folder, name)))
	}
	d.screen.Dropped(files)
	d.wants(t, "one.csv")
	if len(d.Toasts) != 1 || !strings.Contains(d.Toasts[0], "one.csv") {
		t.Errorf("%v", d.Toasts)
	}
}

func TestAnotherFileThatCantBeReadLeavesTheFirstOne(t *testing.T) {
	d := english(t)
	d.drop(t, "good.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(1)
	d.drop(t, "cut.xlsx", "PK\x03\x04")
	d.wants(t, "good.csv", "cut.xlsx” is damaged", "Import 1 person")
	if !d.screen.desk.Answer.Given() {
		t.Error("the answer is gone")
	}
}

func TestAChoiceIsReadAgainAndCountedAgain(t *testing.T) {
	d := english(t)
	d.drop(t, "camden.csv", messyList)
	desk := d.screen.desk
	d.wants(t, "United Kingdom", "1 number looks foreign and lacks its plus", "Is 11/02/2026 the 11 Feb 2026 or the 2 Nov 2026?")
	rejected := desk.Counted.Rejected
	d.button(t, "Add the plus").Press()
	if desk.Counted.Rejected != rejected-1 {
		t.Errorf("%d rejected, before %d", desk.Counted.Rejected, rejected)
	}
	d.wants(t, "1 foreign number gets its plus")
	d.button(t, "Month first").Press()
	d.wants(t, "Dates: month first", "2 Nov 2026")
	if desk.Open.Choices.Foreign != ForeignPlus {
		t.Error("the second decision forgot the first")
	}
	desk.choose(func(c *Choices) { c.Country = "US" })
	if desk.Open.List.Country.Value != "US" || desk.Open.List.Country.Because != "intake.country.chosen" {
		t.Errorf("%+v", desk.Open.List.Country)
	}
	desk.choose(func(c *Choices) { c.MapColumn(desk.Open.List.Columns, 2, data.FieldNote) })
	if c := desk.Open.List.Columns[2]; c.Field != data.FieldNote || c.Because != "intake.column.chosen" {
		t.Errorf("%+v", c)
	}
	none := 0
	desk.choose(func(c *Choices) { c.Header = &none })
	if desk.Open.List.Header.Value != "0" {
		t.Errorf("%+v, %v", desk.Open.List.Header, desk.Problem)
	}
	nowhere := 400
	desk.choose(func(c *Choices) { c.Header = &nowhere })
	d.wants(t, "There is nothing in row 400", "camden.csv")
	if desk.Open.List.Header.Value != "0" {
		t.Error("the last result is gone")
	}
}

func TestALeadingZeroShowsWhatItWas(t *testing.T) {
	d := english(t)
	d.drop(t, "camden.csv", messyList)
	d.wants(t, "7700900318", "07700 900318", "3 numbers lost a leading 0", "The 0 is put back.", "Digits lost")
}

func TestTheColumnOfPhonesCanBePointedTo(t *testing.T) {
	d := english(t)
	d.drop(t, "guests.csv", "Guest,Table\nAda,4\nBen,7\n")
	d.wants(t, "No column of “guests” holds phone numbers", "Choose the column with the phone numbers to continue", "Ada")
	desk := d.screen.desk
	d.answer(0)
	if missing := desk.Missing(); missing != "imports.wait.phone" {
		t.Error(missing)
	}
	desk.choose(func(c *Choices) { c.MapColumn(desk.Open.List.Columns, 1, data.FieldPhone) })
	if desk.Open.NoPhone != nil || desk.Open.List.Columns[1].Field != data.FieldPhone || desk.Open.List.Columns[0].Field == data.FieldPhone {
		t.Errorf("%v %+v", desk.Open.NoPhone, desk.Open.List.Columns)
	}
	d.wants(t, "No row of this list can be imported") // 4 and 7 are no phone numbers
	desk.choose(func(c *Choices) { c.MapColumn(desk.Open.List.Columns, 1, "skip") })
	if desk.Open.NoPhone == nil {
		t.Error("no phone column, and nobody says so")
	}
}

func TestAnotherSheetBeginsAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "two.xlsx")
	table := func(name string, rows ...[2]string) sheet.Table {
		out := sheet.Table{Name: name, Columns: []sheet.Column{{Title: "Name"}, {Title: "Phone"}}}
		for _, r := range rows {
			out.Rows = append(out.Rows, []sheet.Cell{sheet.TextCell(r[0]), sheet.TextCell(r[1])})
		}
		return out
	}
	if err := sheet.WriteFile(t.Context(), path, table("North", [2]string{"Ann", "(503) 555-0101"}, [2]string{"Ben", "(503) 555-0102"}), table("South", [2]string{"Cora", "(503) 555-0103"})); err != nil {
		t.Fatal(err)
	}
	d := english(t)
	d.screen.Dropped([]fyne.URI{storage.NewFileURI(path)})
	desk := d.screen.desk
	if desk.Open.List.Sheet.Value != "North" || desk.Counted.Added != 2 {
		t.Fatalf("%+v %+v", desk.Open.List.Sheet, desk.Counted)
	}
	desk.choose(func(c *Choices) { c.ChooseSheet("South") })
	if desk.Open.List.Sheet.Value != "South" || desk.Counted.Added != 1 {
		t.Errorf("%+v %+v", desk.Open.List.Sheet, desk.Counted)
	}
}
