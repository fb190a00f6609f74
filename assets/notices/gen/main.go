// Gen writes notices.txt: the licence of each module that is linked into a program on any of the three systems, and of the
// fonts, icons and data that are embedded. Run it after a change of go.mod, in the folder above: go generate.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// systems are those that Counterbell is built for.
var systems = []string{"linux", "windows", "darwin"}

// own are the parts that aren't modules: their licence's file stands in this repository.
var own = []struct{ name, licence, file string }{
	{"Noto Sans and Noto Sans SC (as Counterbell Sans)", "OFL-1.1", "../fonts/OFL.txt"},
	{"Lucide icons", "ISC and MIT", "../icons/LICENSE-lucide.txt"},
	{"area codes and number plans from libphonenumber", "Apache-2.0", "../../data/phone/NOTICE"},
}

func main() {
	log.SetFlags(0)
	parts := map[string][]string{} // text → "name\tlicence"
	add := func(name, licence, text string) {
		text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
		parts[text] = append(parts[text], name+"\t"+licence)
	}
	for _, o := range own {
		add(o.name, o.licence, read(o.file))
	}
	add("Go", "BSD-3-Clause", read(filepath.Join(goroot(), "LICENSE")))
	for path, dir := range modules() {
		var texts []string
		entries, err := os.ReadDir(dir)
		if err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		for _, e := range entries {
			upper := strings.ToUpper(e.Name())
			if !e.IsDir() && (strings.HasPrefix(upper, "LICENSE") || strings.HasPrefix(upper, "COPYING") || strings.HasPrefix(upper, "NOTICE")) {
				texts = append(texts, read(filepath.Join(dir, e.Name())))
			}
		}
		if len(texts) == 0 {
			log.Fatalf("%s has no licence", path)
		}
		add(path, kindOf(path, texts), strings.Join(texts, "\n\n"))
	}
	var sections []string
	for text, names := range parts {
		slices.Sort(names)
		var head bytes.Buffer
		for _, n := range names {
			fmt.Fprintf(&head, "# %s\n", n)
		}
		sections = append(sections, head.String()+"\n"+text+"\n")
	}
	slices.Sort(sections)
	out := strings.Join(sections, "\n"+strings.Repeat("=", 80)+"\n")
	if err := os.WriteFile("notices.txt", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

func read(file string) string {
	body, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return string(body)
}

// goroot is where Go itself lies.
func goroot() string {
	body, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		log.Fatal(err)
	}
	return strings.TrimSpace(string(body))
}

// modules are those that are linked, with the folder of each.
func modules() map[string]string {
	out := map[string]string{}
	for _, system := range systems {
		c := exec.Command("go", "list", "-tags", "migrated_fynedo", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}}{{"\t"}}{{.Dir}}{{end}}{{end}}`, "counterbell/cmd/...")
		c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		c.Stderr = os.Stderr
		body, err := c.Output()
		if err != nil {
			log.Fatalf("%s: %v", system, err)
		}
		for line := range strings.Lines(string(body)) {
			if path, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				out[path] = dir
			}
		}
	}
	return out
}

// kinds are what licences say of themselves; the first that fits counts.
var kinds = []struct {
	licence string
	words   []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"MPL-2.0", []string{"Mozilla Public License"}},
	{"MIT", []string{"Permission is hereby granted, free of charge"}},
	{"ISC", []string{"Permission to use, copy, modify, and/or distribute"}},
	{"ISC", []string{"Permission to use, copy, modify, and distribute"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "Neither the name"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
}

// kindOf names the licences that a module's files hold.
func kindOf(path string, texts []string) string {
	var out []string
	for _, text := range texts {
		flat := strings.Join(strings.Fields(text), " ")
		for _, k := range kinds {
			if slices.ContainsFunc(k.words, func(w string) bool { return !strings.Contains(flat, w) }) {
				continue
			}
			if !slices.Contains(out, k.licence) {
				out = append(out, k.licence)
			}
			break
		}
	}
	if len(out) == 0 {
		log.Fatalf("%s is under a licence that isn't known here", path)
	}
	return strings.Join(out, " and ")
}
