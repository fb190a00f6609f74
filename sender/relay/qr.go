package relay

import (
	"html/template"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrSVG draws the bare code as a QR code: 21 × 21 modules with a quiet zone of 4, dark on white whatever the page's
// colours, because scanners at a till want it so. Level Q still reads with a quarter of it covered by a thumb's smear.
// Returns nothing when the code can't be drawn; the code stands above in letters.
func qrSVG(code, label string) template.HTML {
	img, err := qr.Encode(code, qr.Q, qr.AlphaNumeric)
	if err != nil {
		return ""
	}
	const quiet = 4
	size := img.Bounds().Dx()
	dark := func(x, y int) bool { return x < size && img.At(x, y) == color.Black }
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			start := x
			for dark(x, y) {
				x++
			}
			if n := x - start; n > 0 {
				path.WriteString("M" + strconv.Itoa(start+quiet) + " " + strconv.Itoa(y+quiet) +
					"h" + strconv.Itoa(n) + "v1h-" + strconv.Itoa(n) + "z")
			}
		}
	}
	side := strconv.Itoa(size + 2*quiet)
	return template.HTML(`<svg class="qr" role="img" aria-label="` + template.HTMLEscapeString(label) + //nolint:gosec // numbers and an escaped label
		`" viewBox="0 0 ` + side + ` ` + side + `" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + side + `v` + side + `H0z"/><path fill="#26211B" d="` + path.String() + `"/></svg>`)
}
