package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/sheet"
)

// A sheetReport is the JSON of `bell sheet`.
type sheetReport struct {
	Kind     string      `json:"kind"`
	Encoding string      `json:"encoding"`
	Sheets   []sheetLine `json:"sheets"`
}

type sheetLine struct {
	Name      string     `json:"name"`
	Hidden    bool       `json:"hidden"`
	Rows      int        `json:"rows"`
	Cols      int        `json:"cols"`
	HeaderRow int        `json:"header_row"` // 0: none found
	Head      [][]string `json:"head"`
	Problem   data.Code  `json:"problem,omitempty"` // why it can't be read to its end
	why       error
}

func newSheet(a *app) *cobra.Command {
	var name string
	var head int
	c := &cobra.Command{
		Use:   "sheet FILE",
		Short: "What a spreadsheet file holds",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.sheet(c.Context(), args[0], name, head)
		},
	}
	c.Flags().StringVar(&name, "sheet", "", "only the sheet `NAME`")
	c.Flags().IntVar(&head, "head", 10, "show the first `N` rows")
	return c
}

// sheet describes a file. A sheet that can't be read to its end says why; when none can, that is the result.
func (a *app) sheet(ctx context.Context, path, name string, head int) error {
	b, err := sheet.Open(ctx, path)
	if err != nil {
		return err
	}
	defer b.Close()
	found, err := b.Describe(ctx, name, max(head, 0))
	if err != nil {
		return err
	}
	report := sheetReport{Kind: b.Kind, Encoding: b.Encoding, Sheets: []sheetLine{}}
	var problem error
	whole := 0
	for _, d := range found {
		l := sheetLine{Name: d.Name, Hidden: d.Hidden, Rows: d.Rows, Cols: d.Cols, Head: d.Head}
		if d.Problem != nil {
			problem, l.Problem, l.why = d.Problem, data.CodeOf(d.Problem), d.Problem
		} else {
			whole++
			if l.HeaderRow, err = headerRow(ctx, path, &d); err != nil {
				return err
			}
		}
		report.Sheets = append(report.Sheets, l)
	}
	if whole == 0 && problem != nil {
		return problem
	}
	if a.json {
		err = a.writeJSON(report)
	} else {
		err = a.showSheets(report)
	}
	return err
}

// headerRow asks the import which row names the columns; 0 when none does. A sheet needs no phones to have headings, so
// the import is told that column A holds them.
func headerRow(ctx context.Context, path string, d *sheet.Description) (int, error) {
	if d.Filled == 0 {
		return 0, nil
	}
	l, err := intake.Open(ctx, path, intake.Options{Sheet: d.Name, Map: map[data.Field][]string{data.FieldPhone: {"A"}}})
	switch data.CodeOf(err) {
	case "":
		defer l.Close()
		return strconv.Atoi(l.Header.Value)
	case intake.HeaderOnly:
		return d.Rows, nil // nothing stands below it
	}
	return 0, err
}

// showSheets writes the report for a person: a line for each sheet, and under it the first rows with their numbers.
func (a *app) showSheets(r sheetReport) error {
	for _, s := range r.Sheets {
		a.printf("%s", a.texts().T("sheet.line", "name", s.Name, "kind", r.Kind, "encoding", r.Encoding, "rows", strconv.Itoa(s.Rows), "cols", strconv.Itoa(s.Cols)))
		if s.Hidden {
			a.printf("%s", a.texts().T("sheet.hidden"))
		}
		if s.why != nil {
			a.printf("%s", a.texts().Error(s.why))
		}
		if s.HeaderRow > 0 {
			a.printf("%s", a.texts().T("sheet.header", "row", strconv.Itoa(s.HeaderRow)))
		}
		var rows [][]string
		for i, cells := range s.Head {
			row := []string{strconv.Itoa(i + 1)}
			for _, text := range cells {
				row = append(row, strings.Join(strings.Fields(text), " "))
			}
			rows = append(rows, row)
		}
		if err := a.table(rows); err != nil {
			return err
		}
	}
	return nil
}
