package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap breaks a sentence into lines of at most width pixels: English between words, Chinese between characters but never
// before a closing mark or after an opening one. A word that is too long stays whole.
func wrap(sentence string, width float32, measure func(string) float32) []string {
	sentence = strings.Join(strings.Fields(sentence), " ")
	if sentence == "" {
		return nil
	}
	var lines []string
	line := ""
	for _, piece := range pieces(sentence) {
		if line != "" && measure(strings.TrimRight(line+piece, " ")) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

const (
	closing = "，。、；：！？）》」』】”’％…·,.;:!?)]}%"
	opening = "（《「『【“‘([{"
)

// pieces cuts a text wherever a line may end.
func pieces(text string) []string {
	var cut []string
	start := 0
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		if next == utf8.RuneError {
			break
		}
		wide := unicode.Is(unicode.Han, r) || unicode.Is(unicode.Han, next) || strings.ContainsRune("，。、；：！？", r)
		if r != ' ' && !wide || strings.ContainsRune(closing, next) || strings.ContainsRune(opening, r) || next == ' ' {
			continue
		}
		end := i + utf8.RuneLen(r)
		cut, start = append(cut, text[start:end]), end
	}
	return append(cut, text[start:])
}

// shorten cuts a text to width pixels and ends it with an ellipsis. The empty text stands for "no room at all".
func shorten(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if measure(strings.TrimRight(string(runes[:middle]), " ")+"…") <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	if low == 0 {
		return ""
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}
