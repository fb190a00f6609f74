// Command join moves the texts of en/*.json and zh-Hans/*.json into en.json
// and zh-Hans.json, sorted by key, and removes the parts. It stops before it
// writes anything when a key stands in two places.
//
//	cd assets/translations && go run ./join
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	joined := map[string][]byte{}
	var parts []string
	for _, language := range []string{"en", "zh-Hans"} {
		content, files, err := join(language)
		if err != nil {
			fmt.Fprintln(os.Stderr, "join:", err)
			os.Exit(1)
		}
		joined[language+".json"] = content
		parts = append(parts, files...)
	}
	for name, content := range joined {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "join:", err)
			os.Exit(1)
		}
	}
	for _, part := range parts {
		if err := os.Remove(part); err != nil {
			fmt.Fprintln(os.Stderr, "join:", err)
			os.Exit(1)
		}
	}
}

// join returns all texts of a language as sorted JSON, and the parts it read.
func join(language string) (content []byte, parts []string, err error) {
	parts, err = filepath.Glob(filepath.Join(language, "*.json"))
	if err != nil {
		return nil, nil, err
	}
	texts, from := map[string]string{}, map[string]string{}
	for _, file := range append([]string{language + ".json"}, parts...) {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		var some map[string]string
		if err := json.Unmarshal(raw, &some); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		for key, text := range some {
			if other, twice := from[key]; twice {
				return nil, nil, fmt.Errorf("%s stands in %s and in %s", key, other, file)
			}
			texts[key], from[key] = strings.TrimSpace(text), file
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(texts); err != nil {
		return nil, nil, err
	}
	return out.Bytes(), parts, nil
}
