package icons

import (
	"bufio"
	"bytes"
	"image"
	"image/color"
	"io/fs"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// listed are the names of icons.tsv and their files.
func listed(t *testing.T) map[string]string {
	t.Helper()
	table, err := os.ReadFile("icons.tsv")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(table)); lines.Scan(); {
		if row := strings.Split(lines.Text(), "\t"); !strings.HasPrefix(row[0], "#") {
			if _, twice := names[row[0]]; twice {
				t.Errorf("%s is listed twice", row[0])
			}
			names[row[0]] = row[1]
		}
	}
	return names
}

func TestEveryListedIconHasAPictureAndAName(t *testing.T) {
	generated, err := os.ReadFile("names.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for name, lucide := range listed(t) {
		used["svg/"+lucide+".svg"] = true
		if read("svg/"+lucide+".svg") == nil {
			t.Errorf("%s: no svg/%s.svg", name, lucide)
		}
		if !bytes.Contains(generated, []byte(`load("`+lucide+`")`)) {
			t.Errorf("%s is not in names.go", name)
		}
	}
	files, err := fs.Glob(files, "svg/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !used[file] {
			t.Errorf("%s is drawn by no icon", file)
		}
	}
}

// Each icon leaves ink of its own colour on the canvas, at the sizes in use.
func TestIconsAreDrawnInTheColourAskedFor(t *testing.T) {
	test.NewTempApp(t)
	for name, lucide := range listed(t) {
		icon := load(lucide).In(fynetheme.ColorNameError)
		want := fynetheme.Color(fynetheme.ColorNameError)
		for _, size := range []float32{13, 16, 26} {
			if !hasInk(draw(icon, size), want) {
				t.Errorf("%s at %v px: not drawn in the error colour", name, size)
			}
		}
	}
	if !hasInk(draw(Bell, 32), fynetheme.Color(fynetheme.ColorNameForeground)) {
		t.Error("the bell is not drawn")
	}
}

func TestAnIconFollowsTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(inked{fynetheme.DefaultTheme(), color.NRGBA{0x26, 0x21, 0x1B, 0xFF}})
	before := Today.Name()
	app.Settings().SetTheme(inked{fynetheme.DefaultTheme(), color.NRGBA{0xF3, 0xEE, 0xE7, 0xFF}})
	if after := Today.Name(); after == before || !bytes.Contains(Today.Content(), []byte("#F3EEE7")) {
		t.Errorf("%s became %s when the ink turned to #F3EEE7", before, after)
	}
}

// inked is Fyne's theme with an ink of its own.
type inked struct {
	fyne.Theme
	ink color.Color
}

func (i inked) Color(fyne.ThemeColorName, fyne.ThemeVariant) color.Color { return i.ink }

func draw(icon fyne.Resource, size float32) image.Image {
	picture := canvas.NewImageFromResource(icon)
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(size))
	picture.Resize(fyne.NewSquareSize(size))
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(picture)
	c.Resize(fyne.NewSquareSize(size))
	return c.Capture()
}

func hasInk(picture image.Image, want color.Color) bool {
	wr, wg, wb, _ := want.RGBA()
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			r, g, b, a := picture.At(x, y).RGBA()
			if a > 0x8000 && near(r, wr*a/0xFFFF) && near(g, wg*a/0xFFFF) && near(b, wb*a/0xFFFF) {
				return true
			}
		}
	}
	return false
}

func near(a, b uint32) bool {
	if a > b {
		a, b = b, a
	}
	return b-a < 0x0400
}
