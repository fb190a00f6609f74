package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Why a text file was taken to be in its encoding: keys of translations.
const (
	BecauseMark    = "sheet.encoding.mark"    // the file begins with a byte order mark
	BecauseValid   = "sheet.encoding.valid"   // every byte of it is well-formed UTF-8
	BecauseMostly  = "sheet.encoding.mostly"  // nearly all of it is well-formed UTF-8; the rest shows as �
	BecauseZeros   = "sheet.encoding.zeros"   // every other byte of it is zero, as in UTF-16
	BecauseHanzi   = "sheet.encoding.hanzi"   // its bytes pair up into common Chinese characters
	BecauseWestern = "sheet.encoding.western" // neither UTF-8 nor Chinese: single accented letters between ASCII ones
	BecauseChosen  = "sheet.encoding.chosen"  // a person chose it
)

// Encodings that OpenAs knows, by the names that Book.Encoding uses. Those that are never guessed have no sure signs.
var encodings = map[string]encoding.Encoding{
	"UTF-8":        encoding.Nop,
	"UTF-16LE":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"UTF-16BE":     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"GB18030":      simplifiedchinese.GB18030,
	"Windows-1252": charmap.Windows1252,
	"Windows-1250": charmap.Windows1250,
	"Windows-1251": charmap.Windows1251,
	"Big5":         traditionalchinese.Big5,
	"Shift_JIS":    japanese.ShiftJIS,
	"EUC-KR":       korean.EUCKR,
}

// byteMarks are the byte order marks (The Unicode Standard, section 23.8).
var byteMarks = []struct{ bytes, encoding string }{
	{"\xEF\xBB\xBF", "UTF-8"},
	{"\xFF\xFE", "UTF-16LE"},
	{"\xFE\xFF", "UTF-16BE"},
}

// guessEncoding decides by the whole file, not by its start: one é in row 90,000 counts. In this order: a byte order
// mark; zeros in every other byte; strict UTF-8; pairs of bytes that make common Chinese characters; Western Europe.
// skip is the length of the byte order mark. Zeros anywhere else at the start mean that the file is no text: FileOther.
func guessEncoding(ctx context.Context, file io.ReaderAt, size int64, head []byte) (name, because string, skip int64, err error) {
	for _, m := range byteMarks {
		if strings.HasPrefix(string(head), m.bytes) {
			return m.encoding, BecauseMark, int64(len(m.bytes)), nil
		}
	}
	if name := zeros(head); name != "" {
		return name, BecauseZeros, 0, nil
	}
	if bytes.IndexByte(head, 0) >= 0 || mostlyControls(head) {
		return "", "", 0, fault(FileOther, "guess an encoding", errors.New("bytes that no text has"))
	}
	var u utf8Survey
	var g gbSurvey
	buf := make([]byte, 256<<10)
	r := io.NewSectionReader(file, 0, size)
	for {
		if err := stopped(ctx); err != nil {
			return "", "", 0, err
		}
		n, err := r.Read(buf)
		u.add(buf[:n])
		g.add(buf[:n])
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", "", 0, fault(FileDamaged, "guess an encoding", err)
		}
	}
	u.end()
	switch {
	case u.bad == 0:
		return "UTF-8", BecauseValid, 0, nil
	case u.good >= 50*u.bad:
		return "UTF-8", BecauseMostly, 0, nil
	case g.chinese():
		return "GB18030", BecauseHanzi, 0, nil
	}
	return "Windows-1252", BecauseWestern, 0, nil
}

// zeros finds UTF-16 without a mark: digits, commas and line ends of such a file have a zero in the same half.
func zeros(head []byte) string {
	var even, odd int
	for i, c := range head {
		if c == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	few := len(head) / 20 // at least one character in ten is ASCII
	switch {
	case odd > 0 && odd >= few && even*20 <= odd:
		return "UTF-16LE"
	case even > 0 && even >= few && odd*20 <= even:
		return "UTF-16BE"
	}
	return ""
}

// mostlyControls says that one byte in ten at the start is a control character: a picture or a program.
func mostlyControls(head []byte) bool {
	n := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			n++
		}
	}
	return n*10 > len(head)
}

// A utf8Survey counts well-formed and broken sequences beyond ASCII.
type utf8Survey struct {
	good, bad int
	rest      []byte // the start of a sequence that the last piece ended in
}

func (u *utf8Survey) add(b []byte) {
	if len(u.rest) > 0 {
		b = append(bytes.Clone(u.rest), b...)
		u.rest = nil
	}
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		if !utf8.FullRune(b) {
			u.rest = bytes.Clone(b)
			return
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			u.bad++
		} else {
			u.good++
		}
		b = b[n:]
	}
}

func (u *utf8Survey) end() {
	if len(u.rest) > 0 {
		u.bad++
	}
}

// A gbSurvey reads the bytes as GB18030 (GB 18030-2005: two bytes 81–FE 40–FE, or four with digits) and counts how many
// pairs lie where GB 2312 has its Chinese characters (B0–F7, A1–FE) and full-width signs (A1–A3): nearly all of a Chinese
// text, and next to nothing of a Western one, where an accented letter stands before an ASCII letter.
type gbSurvey struct {
	state             byte // bytes of a sequence seen
	lead              byte
	pairs, known, bad int
}

func (g *gbSurvey) add(b []byte) {
	for _, c := range b {
		switch g.state {
		case 0:
			if c < 0x80 {
				continue
			}
			if c == 0x80 || c == 0xFF {
				g.bad++
				continue
			}
			g.lead, g.state = c, 1
		case 1:
			g.state = 0
			switch {
			case c >= '0' && c <= '9':
				g.state = 2
			case c < 0x40 || c == 0x7F || c == 0xFF:
				g.bad++
			default:
				g.pairs++
				if c >= 0xA1 && (g.lead >= 0xB0 && g.lead <= 0xF7 || g.lead >= 0xA1 && g.lead <= 0xA3) {
					g.known++
				}
			}
		case 2:
			g.state = 3
			if c < 0x81 || c == 0xFF {
				g.bad, g.state = g.bad+1, 0
			}
		case 3:
			g.state = 0
			g.pairs++
			if c < '0' || c > '9' {
				g.bad++
			}
		}
	}
}

// chinese allows for a character cut in two here and there: programs with fields of fixed width do that.
func (g *gbSurvey) chinese() bool {
	return g.pairs > 0 && g.bad*50 <= g.pairs && g.known*2 >= g.pairs
}

// decoded reads the file as UTF-8 from behind its byte order mark.
func decoded(file io.ReaderAt, size, skip int64, name string) io.Reader {
	r := io.NewSectionReader(file, skip, size-skip)
	if name == "UTF-8" {
		return r
	}
	return transform.NewReader(r, encodings[name].NewDecoder())
}
