//go:build e2e

package main_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// place is something that the window shows: words ("text"), what can be pressed ("press") or typed into ("type"), with
// the words in it. In pixels from the window's corner.
type place struct {
	Text, Kind    string
	X, Y, W, H    float64
	Focused, Dead bool
	Over          int // which layer above the page
}

func (p place) middle() (x, y int) { return int(p.X + p.W/2), int(p.Y + p.H/2) }

// reads is what stands in the window, of the topmost layer alone: what lies over the page is in the way.
func (h *hands) reads() []place {
	h.t.Helper()
	seen, err := h.tryToRead()
	if err != nil {
		h.t.Fatal(err)
	}
	return seen
}

func (h *hands) tryToRead() ([]place, error) {
	c, err := net.Dial("unix", h.eyes)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var all []place
	if err := json.NewDecoder(c).Decode(&all); err != nil {
		return nil, err
	}
	top := 0
	for _, p := range all {
		top = max(top, p.Over)
	}
	return slices.DeleteFunc(all, func(p place) bool { return p.Over != top }), nil
}

// find is what matches in the window, once there is one.
func (h *hands) find(what string, like func(p place) bool) (found place) {
	h.t.Helper()
	var seen []place
	defer func() {
		if h.t.Failed() {
			h.t.Logf("in the window: %s", words(seen))
		}
	}()
	waitFor(h.t, what, patience, func() bool {
		seen = h.reads()
		i := slices.IndexFunc(seen, like)
		if i >= 0 {
			found = seen[i]
		}
		return i >= 0
	})
	return found
}

func words(seen []place) string {
	var all []string
	for _, p := range seen {
		if p.Text != "" && !slices.Contains(all, p.Text) {
			all = append(all, p.Text)
		}
	}
	return strings.Join(all, " | ")
}

// says waits until words stand in the window that begin with these.
func (h *hands) says(text string) place {
	h.t.Helper()
	return h.find(fmt.Sprintf("%q is read", text), func(p place) bool { return p.Kind == "text" && strings.Contains(p.Text, text) })
}

// tells waits for a text of the translations.
func (h *hands) tells(key string, pairs ...any) place {
	h.t.Helper()
	return h.says(h.texts.T(key, pairs...))
}

// tap clicks what has these words: a button, a row, a card. It waits until it can be pressed.
func (h *hands) tap(text string) {
	h.t.Helper()
	like := func(exact bool) func(p place) bool {
		return func(p place) bool {
			return p.Kind != "text" && !p.Dead && (p.Text == text || !exact && strings.Contains(p.Text, text))
		}
	}
	h.find(fmt.Sprintf("%q can be pressed", text), like(false))
	h.still()
	p := h.find(fmt.Sprintf("%q can be pressed", text), like(false))
	if seen := h.reads(); slices.IndexFunc(seen, like(true)) >= 0 {
		p = seen[slices.IndexFunc(seen, like(true))]
	}
	h.click(p.middle())
	h.away()
}

// press a text of the translations.
func (h *hands) tapKey(key string, pairs ...any) {
	h.t.Helper()
	h.tap(h.texts.T(key, pairs...))
}

// fieldOf is the field below or right of a label.
func (h *hands) fieldOf(label string) place {
	h.t.Helper()
	at := h.says(label)
	var best place
	nearest := 1e9
	for _, p := range h.reads() {
		below, right := p.Y-at.Y, p.X-at.X
		if p.Kind != "type" || below < -12 || below > 120 || right < -24 || right > 500 {
			continue
		}
		if d := below*below + right*right; d < nearest {
			best, nearest = p, d
		}
	}
	if nearest == 1e9 {
		h.t.Fatalf("no field belongs to %q; in the window: %s", label, words(h.reads()))
	}
	return best
}

// drop lets a file go over the window, as out of a folder.
func (h *hands) drop(file string) {
	h.t.Helper()
	h.clicks++
	said, err := exec.CommandContext(h.t.Context(), filepath.Join(root(h.t), ".ci", "drop"), h.window, "700", "420", file).CombinedOutput()
	if err != nil {
		h.t.Fatalf("dropping %s: %v\n%s", filepath.Base(file), err, said)
	}
}

// root is the checkout's.
func root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
