package imports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/sheet"
	"counterbell/ui/i18n"

	"fyne.io/fyne/v2"
)

func TestRejectedRowsAreSavedWithTheirReason(t *testing.T) {
	d := english(t)
	d.drop(t, "camden.csv", messyList)
	d.answer(0)
	d.press(fyne.KeyReturn)
	out := filepath.Join(t.TempDir(), "rejected.xlsx")
	var offered string
	d.Save = func(name string) string { offered = name; return out }
	d.button(t, "Save 2 rejected rows as Excel").Press()
	if offered != "camden - rejected rows.xlsx" {
		t.Error(offered)
	}
	book, err := sheet.Open(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		_, cells := rows.Row()
		all = append(all, strings.Join(sheet.Texts(cells), "|"))
	}
	if len(all) != 3 || !strings.HasSuffix(all[0], "|Row|Reason") || !strings.Contains(all[1], "R. Singh") || !strings.Contains(all[1], "|6|") {
		t.Errorf("%q", all)
	}
	if len(d.Toasts) != 1 || d.Toasts[0] != "rejected.xlsx is saved" {
		t.Errorf("%v", d.Toasts)
	}
}

func TestTheSampleListCanBeSaved(t *testing.T) {
	d := english(t)
	out := filepath.Join(t.TempDir(), "customers.xlsx")
	d.Save = func(string) string { return out }
	d.screen.desk.saveSample()
	if got, err := os.ReadFile(out); err != nil || !slices.Equal(got, samples.Customers) {
		t.Errorf("%v, %d bytes", err, len(got))
	}
	d.Save = func(string) string { return filepath.Join(t.TempDir(), "gone", "customers.xlsx") }
	d.screen.desk.saveSample()
	if len(d.Errors) != 1 || data.CodeOf(d.Errors[0]) != sheet.WriteFailed {
		t.Errorf("%v", d.Errors)
	}
}

func TestTheSampleIsAskedAboutWhereTextsReallyGoOut(t *testing.T) {
	d := english(t)
	d.Practice = false
	d.button(t, "Use the sample list").Press()
	if d.screen.desk.Step != File || len(d.Asked) != 1 {
		t.Fatal("not asked")
	}
	d.Asked[0].OnConfirm()
	d.wants(t, "invented people, for trying things out")
}

func TestEveryQuestionAndFieldHasItsWords(t *testing.T) {
	for _, l := range i18n.Languages() {
		texts := i18n.New(l)
		for _, f := range intake.Fields(intake.Contacts) {
			if !texts.Has("imports.field." + string(f)) {
				t.Errorf("%s: %s", l, f)
			}
		}
		for _, a := range agreements {
			if !texts.Has("imports.agreed."+a.Key) || !texts.Has("imports.agreed."+a.Key+".how") {
				t.Errorf("%s: %s", l, a.Key)
			}
		}
		for code := range looks {
			if !texts.Has("question." + code + ".other") {
				t.Errorf("%s: question.%s", l, code)
			}
		}
		for _, p := range Parts(&data.Receipt{}) {
			if !texts.Has("imports.part."+p.Key) || !texts.Has("imports.pill."+p.Key) {
				t.Errorf("%s: %s", l, p.Key)
			}
		}
		codes, names := countries(l, "CN", "GB")
		if len(codes) < 200 || codes[0] != "CN" || codes[1] != "GB" || names[0] == "CN" {
			t.Errorf("%s: %v", l, codes[:3])
		}
	}
}
