package sheet

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data"
)

// file writes content to a file of that name and returns its path.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a file that must be readable, and closes it after the test.
func open(t testing.TB, path string) *Book {
	t.Helper()
	b, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// read returns all rows of a sheet, by their numbers.
func read(t testing.TB, b *Book, sheet string) map[int][]Cell {
	t.Helper()
	rows, err := b.Rows(context.Background(), sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[int][]Cell{}
	for rows.Next() {
		n, cells := rows.Row()
		out[n] = append([]Cell(nil), cells...)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	day := time.Date(2026, 11, 25, 10, 30, 0, 0, time.UTC)
	row := []Cell{
		TextCell("=1+1"), TextCell("+44 7700 900123"), TextCell("00123"), NumberCell(12.5), DateCell(day), DateTimeCell(day), TimeCell(9, 5),
		{},
		TextCell(" two\nlines & <tags> "), NumberCell(447700900123), TextCell("李小龙"),
		{Kind: Error, Text: "#N/A"},
		{Kind: Bool, Text: "TRUE", Number: 1},
	}
	path := filepath.Join(t.TempDir(), "out.xlsx")
	err := WriteFile(context.Background(), path, Table{Name: "Rejected [rows]", Columns: []Column{{Title: "Formula"}, {Title: "Phone", Width: 20}}, Rows: [][]Cell{row}},
		Table{Name: "rejected rows"})
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, path)
	if s := b.Sheets(); len(s) != 2 || s[0].Name != "Rejected rows" || s[1].Name != "rejected rows 2" {
		t.Errorf("sheets %v", s)
	}
	got := read(t, b, "Rejected rows")
	if g := Texts(got[1]); len(g) != 2 || g[0] != "Formula" || g[1] != "Phone" {
		t.Errorf("header %q", g)
	}
	if len(got[2]) != len(row) {
		t.Fatalf("%d cells, want %d", len(got[2]), len(row))
	}
	for i, want := range row {
		g := got[2][i]
		if want.Kind == Error {
			want.Kind = Text
		}
		if g.Text != want.Text || g.Kind != want.Kind || !g.Time.Equal(want.Time) || g.Formula {
			t.Errorf("cell %d: %+v, want %+v", i, g, want)
		}
	}
}

func TestAReportAsAPictureIsThereWholeOrWhatWasThereStays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.png")
	for _, body := range []string{"before", "after"} {
		if err := WriteBytes(path, []byte(body)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != body {
			t.Errorf("it is %q (%v)", got, err)
		}
	}
	if err := whole(path, func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return io.ErrShortWrite
	}); data.CodeOf(err) != WriteFailed {
		t.Errorf("%v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "after" {
		t.Errorf("after half a picture it is %q (%v)", got, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
	if err := WriteBytes(filepath.Join(dir, "nowhere", "report.png"), nil); data.CodeOf(err) == "" || data.CodeOf(err) == data.Internal {
		t.Errorf("%v", err)
	}
}
