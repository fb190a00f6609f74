package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A scanner cuts XML into tags and texts, as fast as the bytes can be looked at and without keeping more than one tag.
// It knows what a spreadsheet needs and no more: no namespaces but the prefix, no document types (refused, so nobody
// can hide entities there). What it returns points into its buffer and is good until the next call of next.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	err      error

	name  []byte // of a tag, without its prefix
	attrs []byte // of a start tag, unread
	empty bool   // <tag/>: no end tag follows
	text  []byte // of a text
	plain bool   // the text is CDATA: & has no meaning in it
}

type token uint8

const (
	tokDone  token = iota // the end, or err is set
	tokStart              // <name attrs> or <name attrs/>
	tokEnd                // </name>
	tokText
)

const (
	scanBuffer = 64 << 10
	textChunk  = 16 << 10 // longer texts may come in pieces
	maxEntity  = 12       // bytes of the longest entity, "&#x0010FFFF;"
)

func newScanner(r io.Reader) *scanner {
	s := &scanner{r: r, buf: make([]byte, scanBuffer)}
	s.more()
	if b := s.buf[:s.end]; len(b) >= 2 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0xFF && b[1] == 0xFE) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		s.r = transform.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(b)), r), utf16)
		s.end, s.eof = 0, false
	}
	return s
}

// more reads on behind what has not been used yet. It returns false at the end and on an error.
func (s *scanner) more() bool {
	if s.eof || s.err != nil {
		return false
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			s.err = errors.New("xml: a tag without end")
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err == io.EOF {
			s.eof = true
			return n > 0
		}
		if err != nil {
			s.err = err
			return false
		}
		if n > 0 {
			return true
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// next moves to the next tag or text. Comments and processing instructions are passed over.
func (s *scanner) next() token {
	for {
		if s.pos == s.end && !s.more() {
			return tokDone
		}
		if s.buf[s.pos] != '<' {
			return s.readText()
		}
		for s.end-s.pos < 3 {
			if !s.more() {
				return s.cut()
			}
		}
		switch s.buf[s.pos+1] {
		case '/':
			return s.endTag()
		case '?':
			if !s.skipPast("?>") {
				return s.cut()
			}
		case '!':
			for s.end-s.pos < len("<![CDATA[") && s.more() {
			}
			switch rest := s.buf[s.pos:s.end]; {
			case bytes.HasPrefix(rest, []byte("<!--")):
				s.pos += len("<!--")
				if !s.skipPast("-->") {
					return s.cut()
				}
			case bytes.HasPrefix(rest, []byte("<![CDATA[")):
				return s.cdata()
			default:
				s.err = errors.New("xml: a document type in a spreadsheet")
				return tokDone
			}
		default:
			return s.startTag()
		}
	}
}

// cut ends the reading inside a tag: the part was cut off.
func (s *scanner) cut() token {
	if s.err == nil {
		s.err = fmt.Errorf("xml: %w", io.ErrUnexpectedEOF)
	}
	return tokDone
}

func (s *scanner) readText() token {
	for {
		i := bytes.IndexByte(s.buf[s.pos:s.end], '<')
		if i < 0 && s.end-s.pos < textChunk && s.more() {
			continue
		}
		if s.err != nil {
			return tokDone
		}
		rest := s.buf[s.pos:s.end] // only now: more moves what is there
		if i < 0 {                 // a piece: an entity or a line end must not be cut in two
			i = len(rest)
			if !s.eof {
				if mark := bytes.LastIndexAny(rest[i-maxEntity:], "&\r"); mark >= 0 {
					i += mark - maxEntity
				}
			}
		}
		s.text, s.plain = rest[:i], false
		s.pos += i
		return tokText
	}
}

func (s *scanner) cdata() token {
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.Index(rest, []byte("]]>")); i >= 0 {
			s.text, s.plain = rest[len("<![CDATA["):i], true
			s.pos += i + len("]]>")
			return tokText
		}
		if !s.more() {
			return s.cut()
		}
	}
}

// skipPast moves behind the next mark.
func (s *scanner) skipPast(mark string) bool {
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.Index(rest, []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return true
		}
		if keep := len(mark) - 1; len(rest) > keep {
			s.pos = s.end - keep
		}
		if !s.more() {
			return false
		}
	}
}

func (s *scanner) endTag() token {
	from := 2
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(rest[from:], '>'); i >= 0 {
			s.name = localName(bytes.TrimRight(rest[2:from+i], " \t\r\n"))
			s.pos += from + i + 1
			return tokEnd
		}
		from = len(rest)
		if !s.more() {
			return s.cut()
		}
	}
}

func (s *scanner) startTag() token {
	i, quote := 1, byte(0)
	for {
		rest := s.buf[s.pos:s.end]
		for ; i < len(rest); i++ {
			c := rest[i]
			if quote != 0 {
				if c == quote {
					quote = 0
				}
				continue
			}
			if c == '"' || c == '\'' {
				quote = c
			} else if c == '>' {
				tag := rest[1:i]
				s.pos += i + 1
				s.empty = len(tag) > 0 && tag[len(tag)-1] == '/'
				if s.empty {
					tag = tag[:len(tag)-1]
				}
				n := 0
				for n < len(tag) && !isSpace(tag[n]) {
					n++
				}
				s.name, s.attrs = localName(tag[:n]), tag[n:]
				return tokStart
			}
		}
		if !s.more() {
			return s.cut()
		}
	}
}

// attr returns the start tag's next attribute and moves on; a nil name at the end. The value is as written: see unescape.
func (s *scanner) attr() (name, value []byte) {
	a := s.attrs
	i := 0
	for i < len(a) && isSpace(a[i]) {
		i++
	}
	start := i
	for i < len(a) && a[i] != '=' && !isSpace(a[i]) {
		i++
	}
	name = a[start:i]
	for i < len(a) && a[i] != '"' && a[i] != '\'' {
		i++
	}
	if i == len(a) {
		s.attrs = nil
		return nil, nil
	}
	quote := a[i]
	i++
	start = i
	for i < len(a) && a[i] != quote {
		i++
	}
	value = a[start:i]
	if i < len(a) {
		i++
	}
	s.attrs = a[i:]
	return name, value
}

// skip moves behind the end of the element whose start tag was read last.
func (s *scanner) skip() {
	if s.empty {
		return
	}
	for depth := 1; depth > 0; {
		switch s.next() {
		case tokStart:
			if !s.empty {
				depth++
			}
		case tokEnd:
			depth--
		case tokDone:
			s.cut()
			return
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// localName takes off a namespace prefix: "x:row" is a row.
func localName(b []byte) []byte {
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		return b[i+1:]
	}
	return b
}
