package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// An xlsx is what has to be known of an .xlsx file before its rows can be read: where the sheets are, the texts that
// cells share, and the number formats. Layout: ECMA-376 Part 1, section 18; both its dialects (transitional and strict)
// are read.
type xlsx struct {
	name      string // of the file
	entries   map[string]*zip.File
	epoch1904 bool
	styles    []format // by a cell's style number
	shared    []string
	cut       map[int]bool // shared strings that were longer than MaxCellText

	sharedEntry string
	loaded      bool // styles and shared strings are here
	stylesEntry string
}

// relation is a line of a _rels file.
type relation struct{ kind, target string }

func (b *Book) openXLSX(entries map[string]*zip.File) error {
	x := &xlsx{name: filepath.Base(b.Path), entries: entries}
	workbook := "xl/workbook.xml"
	if top, err := x.relations("", ""); err != nil {
		return err
	} else {
		for _, r := range top {
			if r.kind == "officeDocument" {
				workbook = r.target
			}
		}
	}
	if entries[workbook] == nil {
		code := FileOther
		for name := range entries {
			if strings.HasPrefix(name, "xl/") {
				code = FileDamaged
			}
		}
		return fault(code, "open an .xlsx file", errors.New("no workbook inside"), "file", x.name, "kind", "zip")
	}
	rels, err := x.relations(path.Dir(workbook), path.Base(workbook))
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.kind {
		case "styles":
			x.stylesEntry = r.target
		case "sharedStrings":
			x.sharedEntry = r.target
		}
	}
	if err := x.readWorkbook(b, workbook, rels); err != nil {
		return err
	}
	b.rows = func(p part) (source, error) {
		if err := x.load(); err != nil {
			return nil, err
		}
		r, err := x.open(p.entry, maxPart)
		if err != nil {
			return nil, err
		}
		return &worksheet{book: x, name: p.Name, part: r, scan: newScanner(r)}, nil
	}
	return nil
}

// readWorkbook lists the worksheets; sheets that hold a chart or a macro only are left out.
func (x *xlsx) readWorkbook(b *Book, entry string, rels map[string]relation) error {
	return x.walk(entry, maxSmallPart, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			for name, v := s.attr(); name != nil; name, v = s.attr() {
				if string(name) == "date1904" {
					x.epoch1904 = truth(v)
				}
			}
		case "sheet":
			var p part
			var id string
			for name, v := s.attr(); name != nil; name, v = s.attr() {
				switch {
				case string(name) == "name":
					p.Name, _ = cellText(unescape(nil, v))
				case string(name) == "state":
					p.Hidden = string(v) == "hidden" || string(v) == "veryHidden"
				case bytes.HasSuffix(name, []byte(":id")):
					id = string(v)
				}
			}
			r := rels[id]
			if r.kind != "worksheet" {
				return nil
			}
			if len(b.sheets) >= maxSheets {
				return fault(FileSuspicious, "list the sheets", nil, "file", x.name)
			}
			p.entry = r.target
			b.sheets = append(b.sheets, p)
		}
		return nil
	})
}

// relations reads the _rels file of a part: ids and what they point to. A missing file is an empty one.
func (x *xlsx) relations(dir, base string) (map[string]relation, error) {
	entry := entryName(path.Join(dir, "_rels", base+".rels"))
	out := map[string]relation{}
	if x.entries[entry] == nil {
		return out, nil
	}
	err := x.walk(entry, maxSmallPart, func(s *scanner) error {
		if string(s.name) != "Relationship" {
			return nil
		}
		var id string
		var r relation
		for name, v := s.attr(); name != nil; name, v = s.attr() {
			switch string(name) {
			case "Id":
				id = string(v)
			case "Type":
				r.kind = path.Base(string(v))
			case "Target":
				target := string(unescape(nil, v))
				if !strings.HasPrefix(target, "/") {
					target = path.Join(dir, strings.ReplaceAll(target, `\`, "/"))
				}
				r.target = entryName(path.Clean(target))
			}
		}
		out[id] = r
		return nil
	})
	return out, err
}

// load reads styles and shared strings, once.
func (x *xlsx) load() error {
	if x.loaded {
		return nil
	}
	x.styles, x.shared, x.cut = nil, nil, map[int]bool{}
	if x.entries[x.stylesEntry] != nil {
		if err := x.loadStyles(); err != nil {
			return err
		}
	}
	if x.entries[x.sharedEntry] != nil {
		if err := x.loadShared(); err != nil {
			return err
		}
	}
	x.loaded = true
	return nil
}

// loadStyles finds each cell style's number format.
func (x *xlsx) loadStyles() error {
	custom := map[int]format{}
	inCells := false
	return x.walk(x.stylesEntry, maxSmallPart, func(s *scanner) error {
		switch string(s.name) {
		case "numFmt":
			id, code := -1, ""
			for name, v := s.attr(); name != nil; name, v = s.attr() {
				switch string(name) {
				case "numFmtId":
					id, _ = strconv.Atoi(string(v))
				case "formatCode":
					code = string(unescape(nil, v))
				}
			}
			if len(custom) < maxStyles {
				custom[id] = parseFormat(code)
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if !inCells || len(x.styles) >= maxStyles {
				return nil
			}
			id := 0
			for name, v := s.attr(); name != nil; name, v = s.attr() {
				if string(name) == "numFmtId" {
					id, _ = strconv.Atoi(string(v))
				}
			}
			f, ok := custom[id]
			if !ok {
				if f, ok = builtinFormats[id]; !ok {
					f = format{show: Number}
				}
			}
			x.styles = append(x.styles, f)
		}
		return nil
	})
}

// loadShared reads the texts that cells refer to by number.
func (x *xlsx) loadShared() error {
	var buf []byte
	total := 0
	return x.walk(x.sharedEntry, maxPart, func(s *scanner) error {
		if string(s.name) != "si" {
			return nil
		}
		buf = s.richText(buf[:0], "si")
		text, cut := cellText(buf)
		if cut {
			x.cut[len(x.shared)] = true
		}
		if total += len(text); total > maxSharedBytes || len(x.shared) >= maxShared {
			return fault(FileTooBig, "read the shared texts", nil, "file", x.name, "limit", fmt.Sprintf("%d MB", maxSharedBytes>>20))
		}
		x.shared = append(x.shared, text)
		return nil
	})
}

// richText appends the texts inside an element, runs of different looks joined, pronunciations (rPh) left out. Far more
// than a cell may hold is not kept.
func (s *scanner) richText(dst []byte, element string) []byte {
	if s.empty {
		return dst
	}
	inText := false
	for {
		switch s.next() {
		case tokDone:
			s.cut()
			return dst
		case tokStart:
			switch string(s.name) {
			case "t":
				inText = !s.empty
			case "rPh":
				s.skip()
			}
		case tokEnd:
			if string(s.name) == element {
				return dst
			}
			if string(s.name) == "t" {
				inText = false
			}
		case tokText:
			if inText {
				dst = s.appendText(dst)
			}
		}
	}
}

// appendText appends the text just read, as long as dst is not much longer than a cell may be.
func (s *scanner) appendText(dst []byte) []byte {
	if len(dst) > 8*MaxCellText { // an escaped character takes up to seven bytes
		return dst
	}
	if s.plain {
		return append(dst, s.text...)
	}
	return unescape(dst, s.text)
}

// walk calls visit for every start tag of a part.
func (x *xlsx) walk(entry string, limit uint64, visit func(*scanner) error) error {
	r, err := x.open(entry, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r)
	for {
		switch s.next() {
		case tokStart:
			if err := visit(s); err != nil {
				return err
			}
		case tokDone:
			if s.err != nil {
				return x.broken(entry, s.err)
			}
			return nil
		}
		if s.err != nil {
			return x.broken(entry, s.err)
		}
	}
}

// broken says that a part of the file can't be read, unless the cause has a clearer name already.
func (x *xlsx) broken(entry string, err error) error {
	if e := asError(err); e != nil {
		return e
	}
	return fault(FileDamaged, "read "+entry, err, "file", x.name)
}

// open opens a part unless it is a zip bomb. What the zip claims is enough to know that: archive/zip stops where more
// comes out than was claimed.
func (x *xlsx) open(entry string, limit uint64) (io.ReadCloser, error) {
	f := x.entries[entry]
	if f == nil {
		return nil, x.broken(entry, errors.New("missing"))
	}
	if f.Flags&1 != 0 {
		return nil, fault(FileEncrypted, "read "+entry, nil, "file", x.name)
	}
	packed, unpacked := f.CompressedSize64, f.UncompressedSize64
	if unpacked > limit || unpacked > ratioFrom && unpacked/maxRatio > packed {
		return nil, fault(FileSuspicious, "read "+entry, fmt.Errorf("%d bytes unpack to %d", packed, unpacked), "file", x.name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, x.broken(entry, err)
	}
	return r, nil
}

// truth reads an xsd:boolean.
func truth(v []byte) bool { return string(v) == "1" || string(v) == "true" }
