package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"counterbell/assets/translations"
)

func TestBothLanguagesHaveTheSameTexts(t *testing.T) {
	en, zh := New(English), New(Chinese)
	for _, key := range en.Keys() {
		if !zh.Has(key) {
			t.Errorf("%s is missing in Chinese", key)
		}
	}
	for _, key := range zh.Keys() {
		if !en.Has(key) {
			t.Errorf("%s is missing in English", key)
		}
	}
}

func TestTranslationsHaveTheSamePlaceholders(t *testing.T) {
	en, zh := New(English), New(Chinese)
	for _, key := range en.Keys() {
		a, b := placeholders(key, en.texts[key]), placeholders(key, zh.texts[key])
		if zh.Has(key) && !slices.Equal(a, b) {
			t.Errorf("%s: %v in English, %v in Chinese", key, a, b)
		}
	}
}

// placeholders are sorted, without repeats. The form for one may spell the
// number out, so {n} doesn't count there.
func placeholders(key, text string) []string {
	found := placeholder.FindAllString(text, -1)
	if strings.HasSuffix(key, ".one") {
		found = slices.DeleteFunc(found, func(p string) bool { return p == "{n}" })
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestPluralsHaveBothForms(t *testing.T) {
	en := New(English)
	for _, key := range en.Keys() {
		if stem, ok := strings.CutSuffix(key, ".one"); ok && !en.Has(stem+".other") {
			t.Errorf("%s has no %s.other", key, stem)
		}
		if stem, ok := strings.CutSuffix(key, ".other"); ok && strings.Contains(en.texts[key], "{n}") && !en.Has(stem+".one") {
			t.Errorf("%s has no %s.one", key, stem)
		}
	}
}

func TestTextsAreNotEmptyAndChineseUsesItsOwnPunctuation(t *testing.T) {
	half := regexp.MustCompile(`\p{Han}[,;:?!]|\p{Han}\.(\s|$)`)
	en, zh := New(English), New(Chinese)
	for _, key := range en.Keys() {
		if strings.TrimSpace(en.texts[key]) == "" || strings.TrimSpace(zh.texts[key]) == "" {
			t.Errorf("%s is empty", key)
		}
		if half.MatchString(zh.texts[key]) {
			t.Errorf("%s has half-width punctuation after Chinese: %q", key, zh.texts[key])
		}
	}
}

func TestNoKeyStandsTwice(t *testing.T) {
	line := regexp.MustCompile(`(?m)^  "([^"]+)": `)
	for _, language := range Languages() {
		content, err := translations.Files.ReadFile(string(language) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, match := range line.FindAllSubmatch(content, -1) {
			if key := string(match[1]); seen[key] {
				t.Errorf("%s stands twice in %s", key, language)
			} else {
				seen[key] = true
			}
		}
		if len(seen) != len(New(language).Keys()) {
			t.Errorf("%s has %d lines for %d texts", language, len(seen), len(New(language).Keys()))
		}
	}
}

// Every error code that is declared anywhere has its sentence.
func TestEveryErrorCodeHasASentence(t *testing.T) {
	declared := regexp.MustCompile(`(?m)^\s*(?:const\s+)?\w+\s+(?:data\.)?Code\s*=\s*"([a-z_]+)"`)
	en, found := New(English), 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range declared.FindAllSubmatch(source, -1) {
			found++
			if !en.Has("error." + string(match[1])) {
				t.Errorf("%s: no text error.%s", path, match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 13 {
		t.Errorf("found only %d codes", found)
	}
}

var keyLike = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\.?$|^[a-z][a-z0-9_]*\.$`)

// Every key that the source asks for is there. A key that is put together
// ("error."+code) is looked for by its beginning.
func TestEveryTextThatIsAskedForIsThere(t *testing.T) {
	en := New(English)
	asked, _ := literals(t)
	if len(asked) == 0 {
		t.Fatal("found no source that asks for a text")
	}
	for key, where := range asked {
		switch {
		case strings.HasSuffix(key, "."):
			if !slices.ContainsFunc(en.Keys(), func(k string) bool { return strings.HasPrefix(k, key) }) {
				t.Errorf("%s: no text begins with %q", where, key)
			}
		case !en.Has(key):
			t.Errorf("%s: no text %q", where, key)
		}
	}
}

// Every text is asked for somewhere: by its key, its plural's stem, or the
// beginning of a key that is put together.
func TestNoTextIsLeftOver(t *testing.T) {
	_, said := literals(t)
	for _, key := range New(English).Keys() {
		if !isSaid(said, key) {
			t.Errorf("%s is asked for nowhere", key)
		}
	}
}

func isSaid(said map[string]bool, key string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if said[key] || said[stem] {
		return true
	}
	for i, r := range key {
		if r == '.' && said[key[:i+1]] {
			return true
		}
	}
	return false
}

// literals reads the source of the whole module. Asked are the first arguments
// of T and N where they are written out (N's with ".other"), by place; said are
// all strings that could be keys or beginnings of keys.
func literals(t *testing.T) (asked map[string]string, said map[string]bool) {
	t.Helper()
	asked, said = map[string]string{}, map[string]bool{}
	files := token.NewFileSet()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if text, ok := literal(node); ok && keyLike.MatchString(text) {
				said[text] = true
			}
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || method.Sel.Name != "T" && method.Sel.Name != "N" {
				return true
			}
			first := call.Args[0]
			if sum, ok := first.(*ast.BinaryExpr); ok {
				for left, ok := sum.X.(*ast.BinaryExpr); ok; left, ok = left.X.(*ast.BinaryExpr) {
					sum = left
				}
				if text, ok := literal(sum.X); ok && strings.HasSuffix(text, ".") {
					asked[text] = files.Position(call.Pos()).String()
				}
			}
			if text, ok := literal(first); ok && keyLike.MatchString(text) {
				if method.Sel.Name == "N" {
					text += ".other"
				}
				asked[text] = files.Position(call.Pos()).String()
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return asked, said
}

func literal(node ast.Node) (string, bool) {
	lit, ok := node.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
