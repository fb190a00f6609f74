package fonts

import (
	"bytes"
	"io/fs"
	"testing"

	"counterbell/assets/translations"

	"github.com/go-text/typesetting/font"
)

func faces(t *testing.T) map[string]*font.Face {
	t.Helper()
	parsed := map[string]*font.Face{}
	for name, content := range map[string][]byte{"regular": Regular, "bold": Bold} {
		face, err := font.ParseTTF(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parsed[name] = face
	}
	return parsed
}

func TestNamesOfCustomersHaveGlyphsInBothWeights(t *testing.T) {
	const names = "喆堃镕玥珺瑄祎 陳黃劉鄭 林晓雯 ąčłşž ĄČŁŞŽ Dvořák Nguyễn Ελένη Ольга Chloé Tomás “maybe after 4?” … – — · ’ ¥ € £ ₹ ₩ −20% → ✓ × ≈ ≥"
	for weight, face := range faces(t) {
		for _, r := range names {
			if _, ok := face.NominalGlyph(r); !ok {
				t.Errorf("%s has no %q", weight, r)
			}
		}
	}
}

func TestEveryTranslatedTextHasGlyphsInBothWeights(t *testing.T) {
	all := faces(t)
	read := 0
	err := fs.WalkDir(translations.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(translations.Files, path)
		if err != nil {
			return err
		}
		read++
		for weight, face := range all {
			for _, r := range string(content) {
				if _, ok := face.NominalGlyph(r); !ok && r >= ' ' {
					t.Errorf("%s: %s has no %q (U+%04X)", path, weight, r, r)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 2 {
		t.Fatalf("read %d files of translations, want at least one for each language", read)
	}
}

// A price list lines up only if every figure is as wide as the next.
func TestFiguresHaveEqualWidth(t *testing.T) {
	for weight, face := range faces(t) {
		zero, _ := face.NominalGlyph('0')
		for r := '1'; r <= '9'; r++ {
			g, _ := face.NominalGlyph(r)
			if face.HorizontalAdvance(g) != face.HorizontalAdvance(zero) {
				t.Errorf("%s: %q is not as wide as 0", weight, r)
			}
		}
	}
}

func TestLinesAreAsHighAsNotoSansMakesThem(t *testing.T) {
	for weight, face := range faces(t) {
		extents, ok := face.FontHExtents()
		if !ok || extents.Ascender != 1069 || extents.Descender != -293 || extents.LineGap != 0 {
			t.Errorf("%s: %+v, want 1069 and -293", weight, extents)
		}
	}
}
