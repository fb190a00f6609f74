package data_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The house has floors, and a package may use its own floor and those below it. That is what lets the shop's
// rules be read, tested and run without a window, and keeps the public relay a small program that knows nobody.

const module = "counterbell"

// graph holds what each package imports, by import path.
type graph map[string][]string

// workshop is where the program that makes an asset stands: assets/samples/gen writes the samples. It is run by hand
// and no part of what is shipped, so it may use the engine's tools, and nobody may use it.
const workshop = "gen"

// floors are from the ground up. A folder belongs to the first floor whose name it is or is under.
var floors = []struct {
	folder string
	uses   []string // floors it may import, its own included where packages of it may use each other
}{
	{workshop, []string{"data/", "data", "assets"}},
	{"assets", nil},
	{"data/", []string{"data", "data/", "assets"}},
	{"data", nil},
	{"sender", []string{"sender", "data/", "data", "assets"}},
	{"ui", []string{"ui", "sender", "data/", "data", "assets"}},
	{"cmd", []string{"ui", "sender", "data/", "data", "assets"}},
}

// reaches are imports that a package must not have even by way of others, and why.
var reaches = []struct {
	from, to, why string
	except        string
}{
	{from: "counterbell/data", to: "fyne.io", why: "data knows no toolkit"},
	{from: "counterbell/sender", to: "fyne.io", why: "the engine runs without a window"},
	{from: "counterbell", to: "fyne.io/fyne/v2/app", except: "counterbell/cmd/counterbell", why: "the driver needs cgo and a screen, so the desktop app alone has it"},
	{from: "counterbell/cmd/relay", to: "fyne.io", why: "the relay runs on a small server"},
	{from: "counterbell/cmd/relay", to: "counterbell/ui", why: "the relay runs on a small server"},
	{from: "counterbell/cmd/relay", to: "counterbell/assets/fonts", why: "the relay carries no fonts"},
	{from: "counterbell/cmd/relay", to: "counterbell/assets/translations", why: "the relay carries no translations"},
	{from: "counterbell/cmd/relay", to: "counterbell/assets/samples", why: "the relay carries no samples"},
	{from: "counterbell/cmd/relay", to: "counterbell/assets/rules", why: "the relay carries no rule tables"},
}

// under says whether path is folder or lies in it: data/store is under data, database is not.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// floorOf names the floor of one of our packages, or "" when it stands outside the house.
func floorOf(path string) string {
	inside := strings.TrimPrefix(path, module+"/")
	if under(inside, "assets") && strings.HasSuffix(inside, "/"+workshop) {
		return workshop
	}
	for _, floor := range floors[1:] { // the workshop, first in the list, is not known by its folder
		folder, beneath := strings.CutSuffix(floor.folder, "/")
		if under(inside, folder) && !(beneath && inside == folder) {
			return floor.folder
		}
	}
	return ""
}

// broken lists each import that the rules of the house forbid, one sentence each, sorted.
func broken(imports graph) []string {
	var faults []string
	for path, list := range imports {
		if !under(path, module) {
			continue
		}
		floor := floorOf(path)
		if floor == "" {
			faults = append(faults, path+" stands on no floor of the house")
			continue
		}
		var uses []string
		for _, f := range floors {
			if f.folder == floor {
				uses = f.uses
			}
		}
		for _, to := range list {
			if under(to, module) && !slices.Contains(uses, floorOf(to)) {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s may not use %s", path, to, floor, floorOf(to)))
			}
		}
		for _, rule := range reaches {
			if !under(path, rule.from) || path == rule.except {
				continue
			}
			if way := wayTo(imports, path, rule.to); way != nil {
				faults = append(faults, strings.Join(way, " → ")+": "+rule.why)
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// wayTo finds a shortest chain of imports from a package to anything under target, or nil.
func wayTo(imports graph, from, target string) []string {
	seen := map[string]bool{from: true}
	ways := [][]string{{from}}
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		for _, next := range imports[way[len(way)-1]] {
			if seen[next] {
				continue
			}
			seen[next] = true
			longer := append(slices.Clone(way), next)
			if under(next, target) {
				return longer
			}
			ways = append(ways, longer)
		}
	}
	return nil
}

func TestForbiddenImportsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		imports graph
		want    []string
	}{
		"a house in order": {
			graph{
				"counterbell/cmd/counterbell":      {"counterbell/ui", "counterbell/sender", "fyne.io/fyne/v2/app"},
				"counterbell/cmd/bell":             {"counterbell/ui/today", "counterbell/data/store", "fyne.io/fyne/v2/driver/software"},
				"counterbell/cmd/relay":            {"counterbell/sender/relay", "counterbell/assets/icons"},
				"counterbell/ui/today":             {"counterbell/ui/chart", "counterbell/data/report", "fyne.io/fyne/v2", "counterbell/assets/fonts"},
				"counterbell/sender/relay":         {"counterbell/data", "net/http"},
				"counterbell/data/intake":          {"counterbell/data/sheet", "counterbell/data", "counterbell/assets/rules"},
				"counterbell/data":                 {"time"},
				"counterbell/assets/rules":         {"embed"},
				"example.org/database/counterbell": {"fyne.io/fyne/v2/app"},
			},
			nil,
		},
		"the nouns use an asset": {
			graph{"counterbell/data": {"counterbell/assets/rules"}},
			[]string{"counterbell/data imports counterbell/assets/rules: data may not use assets"},
		},
		"the nouns use their store": {
			graph{"counterbell/data": {"counterbell/data/store"}},
			[]string{"counterbell/data imports counterbell/data/store: data may not use data/"},
		},
		"the store uses the engine": {
			graph{"counterbell/data/store": {"counterbell/sender/outbox"}},
			[]string{"counterbell/data/store imports counterbell/sender/outbox: data/ may not use sender"},
		},
		"the engine uses the window, and so fyne": {
			graph{"counterbell/sender/outbox": {"counterbell/ui/task"}, "counterbell/ui/task": {"fyne.io/fyne/v2"}},
			[]string{
				"counterbell/sender/outbox imports counterbell/ui/task: sender may not use ui",
				"counterbell/sender/outbox → counterbell/ui/task → fyne.io/fyne/v2: the engine runs without a window",
			},
		},
		"a chart without a toolkit uses one": {
			graph{"counterbell/data/report": {"fyne.io/fyne/v2/canvas"}},
			[]string{"counterbell/data/report → fyne.io/fyne/v2/canvas: data knows no toolkit"},
		},
		"a page starts the driver": {
			graph{"counterbell/ui/today": {"fyne.io/fyne/v2/app"}},
			[]string{"counterbell/ui/today → fyne.io/fyne/v2/app: the driver needs cgo and a screen, so the desktop app alone has it"},
		},
		"the command line gets the driver by way of another module": {
			graph{"counterbell/cmd/bell": {"example.org/window"}, "example.org/window": {"fyne.io/fyne/v2/app"}},
			[]string{"counterbell/cmd/bell → example.org/window → fyne.io/fyne/v2/app: the driver needs cgo and a screen, so the desktop app alone has it"},
		},
		"one program uses another": {
			graph{"counterbell/cmd/bell": {"counterbell/cmd/relay"}},
			[]string{"counterbell/cmd/bell imports counterbell/cmd/relay: cmd may not use cmd"},
		},
		"an asset uses the nouns": {
			graph{"counterbell/assets/samples": {"counterbell/data"}},
			[]string{"counterbell/assets/samples imports counterbell/data: assets may not use data"},
		},
		"the program that makes the samples checks them with the engine's readers": {
			graph{"counterbell/assets/samples/gen": {"counterbell/data/sheet"}},
			nil,
		},
		"the samples use the program that makes them": {
			graph{"counterbell/assets/samples": {"counterbell/assets/samples/gen"}},
			[]string{"counterbell/assets/samples imports counterbell/assets/samples/gen: assets may not use gen"},
		},
		"the relay carries the rule tables": {
			graph{"counterbell/cmd/relay": {"counterbell/sender"}, "counterbell/sender": {"counterbell/assets/rules"}},
			[]string{"counterbell/cmd/relay → counterbell/sender → counterbell/assets/rules: the relay carries no rule tables"},
		},
		"a room that is not in the plan": {
			graph{"counterbell/database": {"counterbell/data"}, "counterbell": {"time"}, "counterbell/gen": {}},
			[]string{
				"counterbell stands on no floor of the house", "counterbell/database stands on no floor of the house",
				"counterbell/gen stands on no floor of the house",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := broken(c.imports); !slices.Equal(got, c.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

func TestImportsRunOneWay(t *testing.T) {
	watchSources(t)
	for _, system := range []string{"linux", "windows", "darwin"} {
		t.Run(system, func(t *testing.T) {
			imports := listImports(t, system)
			for _, rock := range []string{"counterbell/data", "counterbell/cmd/counterbell"} {
				if _, listed := imports[rock]; !listed {
					t.Fatalf("%s is not among the %d packages listed", rock, len(imports))
				}
			}
			for _, fault := range broken(imports) {
				t.Error(fault)
			}
		})
	}
}

// listImports asks the go command for our packages and all that they are made of on one system.
func listImports(t *testing.T, system string) graph {
	t.Helper()
	// -e: without cgo the desktop app's driver has no files, which is no concern of this test.
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-tags", "migrated_fynedo",
		"-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	list.Dir = ".."
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
	var complaint bytes.Buffer
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	imports := graph{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath                         string
			Imports, TestImports, XTestImports []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return imports
		} else if err != nil {
			t.Fatalf("go list said what can't be read: %v", err)
		}
		imports[p.ImportPath] = p.Imports
		// A test may lean on anything of its own folder, a store for instance, but on nothing above it.
		for _, tested := range slices.Concat(p.TestImports, p.XTestImports) {
			if under(p.ImportPath, module) && topOf(tested) != topOf(p.ImportPath) {
				imports[p.ImportPath] = append(imports[p.ImportPath], tested)
			}
		}
	}
}

// topOf names the folder at the top of the house that one of our packages is in; "" for a package of others.
func topOf(path string) string {
	inside, ours := strings.CutPrefix(path, module+"/")
	if !ours {
		return ""
	}
	top, _, _ := strings.Cut(inside, "/")
	return top
}

// watchSources opens every folder of ours, so that the go command, which remembers test results by the files a
// test has opened, runs this one again when any source has changed.
func watchSources(t *testing.T) {
	t.Helper()
	for _, top := range []string{"assets", "cmd", "data", "sender", "ui"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(_ string, _ fs.DirEntry, err error) error { return err })
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// shelf is all that may stand at the top of the house, beside dotfiles and what .gitignore names.
var shelf = []string{
	"assets", "cmd", "data", "sender", "ui",
	"go.mod", "go.sum", "FyneApp.toml", "README.md", "LICENSE", "Makefile", "ARCHITECTURE.md", "CHANGELOG.md",
}

// strays lists the names at the top that have no place there.
func strays(names []string, ignored string) []string {
	var out []string
	for _, name := range names {
		known := strings.HasPrefix(name, ".") || slices.Contains(shelf, name)
		for line := range strings.Lines(ignored) {
			line = strings.TrimSpace(line)
			if match, err := filepath.Match(strings.Trim(line, "/"), name); err == nil && match {
				known = true
			}
		}
		if !known {
			out = append(out, name)
		}
	}
	return out
}

func TestStraysAtTheTopAreFound(t *testing.T) {
	names := []string{".ci", "README.md", "NOTES.md", "cmd", "internal", "out", "bell.exe", "outlook"}
	want := []string{"NOTES.md", "internal", "outlook"}
	if got := strays(names, "# built\n/out/\n*.exe\n"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTopLevelHoldsOnlyWhatANewcomerCanPlace(t *testing.T) {
	ignored, err := os.ReadFile("../.gitignore")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	for _, name := range strays(names, string(ignored)) {
		t.Errorf("%s has no place at the top level: see the list in this test", name)
	}
}
