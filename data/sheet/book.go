// Package sheet reads the spreadsheets that people have (.xlsx, .csv, .tsv) row by row, as their spreadsheet program
// shows them, and writes rows as .xlsx.
//
// Files are never trusted: sizes are limited, a sheet's own claims about its extent are ignored, and whatever is wrong
// with a file comes back as one data.Error whose code names a sentence with a remedy (faults.go). Reading takes little
// memory however long the sheet is; only an .xlsx file's table of shared texts is kept.
package sheet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Book is an opened spreadsheet file. Close it when done. Several sheets, or one sheet several times, may be read one
// after the other; reading two at once takes two Books.
type Book struct {
	Path     string
	Kind     string // "xlsx", or "csv" for every text file
	Encoding string // of a text file: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Windows-1252"; "UTF-8" for xlsx
	Because  string // why this encoding: the key of a sentence (encoding.go); "" for xlsx
	Comma    rune   // what parts a text file's columns; 0 for xlsx

	file   *os.File
	sheets []part
	rows   func(p part) (source, error)
}

// A Sheet is one of a book's sheets. A CSV file has one, named like the file.
type Sheet struct {
	Name   string `json:"name"`
	Hidden bool   `json:"hidden"`
}

// A part is a sheet and where it is stored.
type part struct {
	Sheet
	entry string
}

// Open opens a spreadsheet file, whatever its name ends in, and finds out what it is. Errors: the codes of faults.go.
func Open(ctx context.Context, path string) (*Book, error) {
	return OpenAs(ctx, path, "")
}

// OpenAs opens a text file in the encoding that a person chose when the guess was wrong. An .xlsx file has no choice.
func OpenAs(ctx context.Context, path, encoding string) (*Book, error) {
	if err := stopped(ctx); err != nil {
		return nil, err
	}
	at, err := os.Stat(path) // before opening: a pipe would block
	if err != nil {
		return nil, opening(path, err)
	}
	name := filepath.Base(path)
	switch {
	case at.IsDir():
		return nil, fault(FileFolder, "open a spreadsheet", nil, "file", name)
	case !at.Mode().IsRegular():
		return nil, fault(FileOther, "open a spreadsheet", nil, "file", name)
	case at.Size() == 0:
		return nil, fault(FileEmpty, "open a spreadsheet", nil, "file", name)
	case at.Size() > maxFile:
		return nil, fault(FileTooBig, "open a spreadsheet", nil, "file", name, "limit", fmt.Sprintf("%d MB", maxFile>>20))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, opening(path, err)
	}
	b := &Book{Path: path, file: f}
	if err := b.recognise(ctx, at.Size(), encoding); err != nil {
		f.Close()
		return nil, err
	}
	return b, nil
}

// Close lets go of the file.
func (b *Book) Close() error { return b.file.Close() }

// Sheets returns the book's sheets in their order, without reading them.
func (b *Book) Sheets() []Sheet {
	out := make([]Sheet, len(b.sheets))
	for i, p := range b.sheets {
		out[i] = p.Sheet
	}
	return out
}

// Rows starts reading a sheet; "" is the first one that isn't hidden. A name is found without regard to case when it
// isn't found exactly. Error SheetMissing when there is none; FileEncrypted, FileDamaged or FileSuspicious when the sheet
// can't be opened.
func (b *Book) Rows(ctx context.Context, sheet string) (*Rows, error) {
	p, err := b.find(sheet)
	if err != nil {
		return nil, err
	}
	return b.read(ctx, p)
}

func (b *Book) read(ctx context.Context, p part) (*Rows, error) {
	src, err := b.rows(p)
	if err != nil {
		return nil, err
	}
	return &Rows{ctx: ctx, src: src}, nil
}

func (b *Book) find(name string) (part, error) {
	for _, p := range b.sheets {
		if p.Name == name || name == "" && !p.Hidden {
			return p, nil
		}
	}
	var names []string
	for _, p := range b.sheets {
		if name == "" || strings.EqualFold(strings.TrimSpace(p.Name), strings.TrimSpace(name)) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return part{}, fault(SheetMissing, "find a sheet", nil, "sheet", name, "sheets", strings.Join(names, ", "))
}
