// Package i18n says everything in the user's language: English or Simplified
// Chinese. It looks texts up in assets/translations, fills in names and
// figures, chooses plural forms, and writes dates, amounts and errors the
// local way. It knows nothing of windows, so that bell speaks with it too.
package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"counterbell/assets/translations"
)

// Language is one that Counterbell speaks.
type Language string

const (
	English Language = "en"
	Chinese Language = "zh-Hans" // Simplified
)

// Languages are those there are, in the order in which Settings offers them.
func Languages() []Language { return []Language{English, Chinese} }

// Name is what the language calls itself.
func (l Language) Name() string {
	if l == Chinese {
		return "简体中文"
	}
	return "English"
}

// Match chooses the language for a locale as the system or the user writes it:
// "zh_CN.UTF-8", "zh-Hans-CN", "en-GB". English when it is none of ours.
func Match(locale string) Language {
	lower := strings.ToLower(locale)
	if lower == "zh" || strings.HasPrefix(lower, "zh-") || strings.HasPrefix(lower, "zh_") {
		return Chinese
	}
	return English
}

// Texts are all texts in one language. They never change: on a switch of
// language make new ones and build the window again.
type Texts struct {
	language Language
	texts    map[string]string
}

// New returns the texts in a language, in English if it is none of ours.
func New(language Language) *Texts {
	all := loaded()
	if _, ok := all[language]; !ok {
		language = English
	}
	return &Texts{language: language, texts: all[language]}
}

// Language tells which language these texts are in.
func (t *Texts) Language() Language { return t.language }

// Has tells whether there is a text by that key.
func (t *Texts) Has(key string) bool {
	_, ok := t.texts[key]
	return ok
}

// Keys returns all keys, sorted.
func (t *Texts) Keys() []string { return slices.Sorted(maps.Keys(t.texts)) }

// T returns the text by that key. What follows are pairs of a placeholder's
// name and its value:
//
//	texts.T("today.greeting", "name", "Dana")
//
// Whole numbers are grouped (1,204), data.Money is written with its currency,
// errors as a sentence, a {zone} by its city; anything else as fmt prints it. Doubled braces stand for
// braces: "{{code}}" reads {code}. A key that is missing comes back as it is, so
// that it is seen and found.
func (t *Texts) T(key string, pairs ...any) string {
	text, ok := t.texts[key]
	if !ok {
		return key
	}
	return t.fill(text, pairs)
}

// N returns the text for a count of things: "key.one" for exactly one, else
// "key.other". The count fills {n}.
//
//	texts.N("today.unclear", 3) // "3 replies are unclear"
func (t *Texts) N(key string, count int, pairs ...any) string {
	form := ".other"
	if count == 1 {
		form = ".one"
	}
	return t.T(key+form, append([]any{"n", count}, pairs...)...)
}

func (t *Texts) fill(text string, pairs []any) string {
	if !strings.Contains(text, "{") {
		return text
	}
	swaps := append(make([]string, 0, len(pairs)+4), "{{", "{", "}}", "}")
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := "{"+fmt.Sprint(pairs[i])+"}", t.value(pairs[i+1])
		if name == "{zone}" {
			value = t.Zone(value)
		}
		if t.language == Chinese {
			text = letRoom(text, name, value)
		}
		swaps = append(swaps, name, value)
	}
	return strings.NewReplacer(swaps...).Replace(text)
}

// letRoom puts a space where a Chinese character would touch a Latin word that is filled in, as Chinese is printed:
// "取消{name}的预约" reads 取消陈雨的预约 and 取消 Maya 的预约.
func letRoom(text, name, value string) string {
	if value == "" || !strings.Contains(text, name) {
		return text
	}
	parts, words := strings.Split(text, name), strings.Split(value, " ")
	first, last := isLatin(words[0]), isLatin(words[len(words)-1])
	for i := range parts {
		if before, _ := utf8.DecodeLastRuneInString(parts[i]); first && i < len(parts)-1 && unicode.Is(unicode.Han, before) {
			parts[i] += " "
		}
		if after, _ := utf8.DecodeRuneInString(parts[i]); last && i > 0 && unicode.Is(unicode.Han, after) {
			parts[i] = " " + parts[i]
		}
	}
	return strings.Join(parts, name)
}

// isLatin tells whether a word is written in Latin letters throughout: Maya, O’Hara, uSpeedo; not US$50 or 9:30.
func isLatin(word string) bool {
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && !strings.ContainsRune("-.'’", r) }) < 0
}

// List writes several things in one line: "Anna, Ben and Cora", "陈、周和王".
func (t *Texts) List(items ...string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return t.T("list.and", "first", strings.Join(items[:last], t.T("list.comma")), "last", items[last])
}

// loaded reads the embedded translations once. They are part of the program;
// a file that is broken is a mistake of ours and stops every test.
var loaded = sync.OnceValue(func() map[Language]map[string]string {
	all := map[Language]map[string]string{}
	for _, language := range Languages() {
		texts, err := read(translations.Files, string(language))
		if err != nil {
			panic("translations: " + err.Error())
		}
		all[language] = texts
	}
	return all
})

// read reads LANGUAGE.json.
func read(files fs.FS, language string) (map[string]string, error) {
	content, err := fs.ReadFile(files, language+".json")
	if err != nil {
		return nil, err
	}
	var texts map[string]string
	if err := json.Unmarshal(content, &texts); err != nil {
		return nil, fmt.Errorf("%s.json: %w", language, err)
	}
	return texts, nil
}
