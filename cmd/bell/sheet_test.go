package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"counterbell/assets/samples"
)

// sheetOf runs `bell sheet` on a file of that content.
func sheetOf(t *testing.T, name, content string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs}
	code = a.main(context.Background(), append([]string{"sheet", path, "--lang", "en"}, args...))
	return code, out.String(), errs.String()
}

func TestSheetTellsWhatAFileHolds(t *testing.T) {
	type described struct {
		name             string
		hidden           bool
		rows, cols, head int
		first            string
	}
	for _, c := range []struct {
		about, file, content string
		args                 []string
		encoding             string
		want                 []described
	}{
		{
			"the sample customers", "customers.xlsx", string(samples.Customers), nil, "UTF-8",
			[]described{{"Customers", false, 299, 8, 3, "Lark Optical: customers"}, {"Lists", true, 7, 1, 1, "Tag"}},
		},
		{"one sheet of it", "customers.xlsx", string(samples.Customers), []string{"--sheet", "Lists"}, "UTF-8", []described{{"Lists", true, 7, 1, 1, "Tag"}}},
		{"the sample schedule", "appointments.xlsx", string(samples.Appointments), nil, "UTF-8", []described{{"Schedule", false, 41, 10, 1, "Appt ID"}}},
		{"a text file in GB18030", "kehu.csv", "\xD0\xD5\xC3\xFB;\xB5\xE7\xBB\xB0\n\xCD\xF5\xB7\xBC;+44 7700 900123\n\n", nil, "GB18030", []described{{"kehu", false, 2, 2, 1, "姓名"}}},
		{"headings alone", "a.csv", "name,phone\n", nil, "UTF-8", []described{{"a", false, 1, 2, 1, "name"}}},
	} {
		code, out, errs := sheetOf(t, c.file, c.content, append(c.args, "--json", "--head", "2")...)
		var r sheetReport
		if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 {
			t.Errorf("%s: exit %d, %v, %s%s", c.about, code, err, out, errs)
			continue
		}
		var got []described
		for _, s := range r.Sheets {
			if len(s.Head) == 0 || len(s.Head) > 2 {
				t.Fatalf("%s: head %q", c.about, s.Head)
			}
			got = append(got, described{s.Name, s.Hidden, s.Rows, s.Cols, s.HeaderRow, s.Head[0][0]})
		}
		if kind := strings.TrimPrefix(filepath.Ext(c.file), "."); !slices.Equal(got, c.want) || r.Kind != kind || r.Encoding != c.encoding {
			t.Errorf("%s: %s %s %+v, want %s %+v", c.about, r.Kind, r.Encoding, got, c.encoding, c.want)
		}
	}
}

func TestSheetSaysWhyAFileCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		about, content string
		args           []string
		says           string
	}{
		{"nothing in it", "", nil, "is empty"},
		{"an old .xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", nil, "save it as .xlsx"},
		{"an open quotation mark", "name,phone\n\"Ada,1\n", nil, "row 2"},
		{"a sheet that isn't there", "name,phone\n", []string{"--sheet", "Nobody"}, "no sheet “Nobody”"},
	} {
		code, out, errs := sheetOf(t, "a.csv", c.content, c.args...)
		if code != exitUsage || out != "" || !strings.Contains(errs, c.says) || strings.Contains(errs, "…") {
			t.Errorf("%s: exit %d, %q %q", c.about, code, out, errs)
		}
	}
}

func TestSheetShowsRowsWithTheirNumbers(t *testing.T) {
	_, out, _ := sheetOf(t, "people.csv", "A title\n\nname,phone\nAda,07700 900123\n")
	for _, want := range []string{"4 rows, 2 columns", "row 3", "4  Ada"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
