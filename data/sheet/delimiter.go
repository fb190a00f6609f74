package sheet

import (
	"bytes"
	"strings"
)

const (
	delimiterSample = 64 << 10 // bytes of text looked at
	delimiterRows   = 200      // records looked at
)

// delimiter finds what parts the columns of a text file: the one of , ; tab | that cuts the most rows into the same
// number of columns. A first line "sep=;" says it outright; Excel hides that line, so lines is 1 then, the number of
// records to pass over before row 1. A file of one column has commas.
func delimiter(sample []byte, ext string) (comma byte, lines int) {
	first, _, _ := bytes.Cut(sample, []byte("\n"))
	line := strings.Trim(strings.ToLower(string(bytes.TrimSpace(first))), `"`)
	if d, ok := strings.CutPrefix(line, "sep="); ok && len(d) <= 1 {
		if d == "" {
			d = "\t" // TrimSpace took it
		}
		return d[0], 1
	}
	candidates := ",;\t|"
	if ext == ".tsv" || ext == ".tab" {
		candidates = "\t,;|"
	}
	comma = candidates[0]
	best, bestColumns := 0, 0
	for _, c := range []byte(candidates) {
		rows, columns := regularity(sample, c)
		if rows > best || rows == best && columns > bestColumns && rows > 0 {
			comma, best, bestColumns = c, rows, columns
		}
	}
	return comma, 0
}

// regularity says into how many columns most of the rows fall, and how many rows these are; 0 when there is but one.
func regularity(sample []byte, comma byte) (rows, columns int) {
	c := newRecords(bytes.NewReader(sample), comma)
	counts := map[int]int{}
	read := 0
	for read < delimiterRows {
		ok, err := c.read(&row{})
		if err != nil || !ok {
			break
		}
		if c.eof && c.pos == c.end && len(sample) == delimiterSample && read > 0 {
			break // the sample ends within this record
		}
		read++
		counts[len(c.ends)]++
	}
	for n, times := range counts {
		if n > 1 && (times > rows || times == rows && n > columns) {
			rows, columns = times, n
		}
	}
	return rows, columns
}
