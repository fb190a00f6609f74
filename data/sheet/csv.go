package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// openText opens a file of comma-separated values and its relatives: it guesses the encoding and what parts the columns.
func (b *Book) openText(ctx context.Context, head []byte, size int64, encoding string) error {
	name := filepath.Base(b.Path)
	if len(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))) == 0 && size <= sniffed {
		return fault(FileEmpty, "open a text file", nil, "file", name)
	}
	guess, because, skip, err := guessEncoding(ctx, b.file, size, head)
	if encoding != "" {
		if encodings[encoding] == nil {
			return fault(EncodingUnknown, "open a text file", nil, "encoding", encoding)
		}
		if guess != encoding {
			guess, because, err = encoding, BecauseChosen, nil
		}
	}
	if err != nil {
		return asError(err).With("file", name)
	}
	b.Kind, b.Encoding, b.Because = "csv", guess, because
	open := func() io.Reader { return decoded(b.file, size, skip, guess) }

	sample, err := io.ReadAll(io.LimitReader(open(), delimiterSample))
	if err != nil {
		return fault(FileDamaged, "read a text file", err, "file", name)
	}
	comma, lines := delimiter(sample, strings.ToLower(filepath.Ext(name)))
	b.Comma = rune(comma)
	b.sheets = []part{{Sheet: Sheet{Name: strings.TrimSuffix(name, filepath.Ext(name))}}}
	b.rows = func(p part) (source, error) {
		c := newRecords(open(), comma)
		c.name, c.file = p.Name, name
		for range lines {
			if _, err := c.read(&row{}); err != nil {
				return nil, err
			}
		}
		c.number = 0
		return c, nil
	}
	return nil
}

// records reads a text file's records. It is lenient where spreadsheet programs are: rows of different lengths, quotation
// marks in the middle of a value, line ends of any system. A quoted value that never ends would swallow the rows behind
// it, so it is an error.
type records struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	comma    byte
	number   int // of the last record
	name     string
	file     string

	text []byte // the record's values, one behind the other
	ends []int  // where each ends
	far  bool   // a value beyond MaxColumns
}

// maxQuoted is how much of a quoted value is read before the missing quotation mark is noticed.
const maxQuoted = 1 << 20

func newRecords(r io.Reader, comma byte) *records {
	return &records{r: r, comma: comma, buf: make([]byte, 64<<10)}
}

func (c *records) close() error { return nil }

func (c *records) more() (bool, error) {
	if c.eof {
		return false, nil
	}
	c.pos, c.end = 0, 0
	for range 100 {
		n, err := c.r.Read(c.buf)
		c.end = n
		if err == io.EOF {
			c.eof = true
			return n > 0, nil
		}
		if err != nil {
			return false, fault(FileDamaged, "read a text file", err, "file", c.file)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, fault(FileDamaged, "read a text file", io.ErrNoProgress, "file", c.file)
}

// peek returns the next byte without taking it; ok is false at the end.
func (c *records) peek() (b byte, ok bool, err error) {
	if c.pos == c.end {
		if ok, err := c.more(); !ok {
			return 0, false, err
		}
	}
	return c.buf[c.pos], true, nil
}

// read reads the next record. A record is one row however many lines its quoted values take.
func (c *records) read(r *row) (bool, error) {
	r.cells, r.hidden = r.cells[:0], false
	c.text, c.ends, c.far = c.text[:0], c.ends[:0], false
	if _, ok, err := c.peek(); !ok {
		return false, err
	}
	c.number++
	r.number = c.number
	for {
		last, err := c.value()
		if err != nil {
			return false, err
		}
		if last {
			break
		}
	}
	if c.far {
		return false, fault(SheetTooWide, "read a row", nil, "sheet", c.name, "row", itoa(c.number), "limit", itoa(MaxColumns))
	}
	all, start := string(c.text), 0
	for col, end := range c.ends {
		v := all[start:end]
		start = end
		if v == "" {
			continue
		}
		if cell := c.cell(v); cell.Kind != Empty {
			r.setCell(col, cell)
		}
	}
	return true, nil
}

// cell makes a value into a cell. ="00123" is how a text file tells Excel to keep the zeros.
func (c *records) cell(v string) Cell {
	if len(v) >= 3 && v[0] == '=' && v[1] == '"' && v[len(v)-1] == '"' && !strings.Contains(v[2:len(v)-1], `"`) {
		v = v[2 : len(v)-1]
	}
	if len(v) <= MaxCellText {
		return TextCell(tidyText(v))
	}
	text, cut := cutText(v)
	cell := TextCell(tidyText(text))
	cell.Cut = cut
	return cell
}

// value reads one value and what ends it; last says that the record ends there.
func (c *records) value() (last bool, err error) {
	first, ok, err := c.peek()
	if err != nil {
		return false, err
	}
	if ok && first == '"' {
		c.pos++
		if err := c.quoted(); err != nil {
			return false, err
		}
	}
	for {
		for i, b := range c.buf[c.pos:c.end] {
			if b != c.comma && b != '\n' && b != '\r' {
				continue
			}
			c.keep(c.buf[c.pos : c.pos+i])
			c.pos += i + 1
			c.endValue()
			if b == '\r' {
				if next, ok, err := c.peek(); err != nil {
					return false, err
				} else if ok && next == '\n' {
					c.pos++
				}
			}
			return b != c.comma, nil
		}
		c.keep(c.buf[c.pos:c.end])
		c.pos = c.end
		if ok, err := c.more(); err != nil {
			return false, err
		} else if !ok {
			c.endValue()
			return true, nil
		}
	}
}

// quoted reads up to the closing quotation mark; two of them stand for one.
func (c *records) quoted() error {
	from, size := c.number, 0
	for {
		if c.pos == c.end {
			if ok, err := c.more(); err != nil {
				return err
			} else if !ok {
				return fault(CSVQuoteOpen, "read a row", io.ErrUnexpectedEOF, "row", itoa(from))
			}
		}
		rest := c.buf[c.pos:c.end]
		i := bytes.IndexByte(rest, '"')
		if i < 0 {
			i = len(rest)
		}
		c.keep(rest[:i])
		if size += i; size > maxQuoted {
			return fault(CSVQuoteOpen, "read a row", errors.New("a quoted value of more than a megabyte"), "row", itoa(from))
		}
		c.pos += i
		if c.pos == c.end {
			continue
		}
		c.pos++
		next, ok, err := c.peek()
		if err != nil {
			return err
		}
		if !ok || next != '"' {
			return nil
		}
		c.pos++
		c.keep([]byte{'"'})
		size++
	}
}

// keep adds to the value, as far as anybody will look at it.
func (c *records) keep(b []byte) {
	if len(c.ends) >= MaxColumns {
		c.far = c.far || len(bytes.TrimSpace(b)) > 0
		return
	}
	start := 0
	if n := len(c.ends); n > 0 {
		start = c.ends[n-1]
	}
	room := MaxCellText + 4 - (len(c.text) - start)
	c.text = append(c.text, b[:max(0, min(len(b), room))]...)
}

func (c *records) endValue() {
	if len(c.ends) < MaxColumns {
		c.ends = append(c.ends, len(c.text))
	}
}
