//go:build e2e

package main_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

// hands are those of a person in front of one window: keys, mouse, and eyes. They press what a person would press and
// know nothing else of the program.
type hands struct {
	t      testing.TB
	window string // its X id
	look   *theme.Theme
	texts  *i18n.Texts
	pics   string // folder of the pictures that are kept
	eyes   string // where the program tells what stands where
	clicks int    // so far; a drop of a file is one
}

// xdotool presses or moves.
func (h *hands) xdotool(args ...string) {
	h.t.Helper()
	if said, err := h.ask(args...); err != nil {
		h.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, said)
	}
}

// ask asks xdotool for something that there may not be yet.
func (h *hands) ask(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xdotool", args...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// press presses keys one after another, as on a keyboard: Tab, Return, ctrl+2.
func (h *hands) press(keys ...string) {
	h.t.Helper()
	h.xdotool(append([]string{"key", "--delay", "60"}, keys...)...)
}

// types types as fast as a hand can.
func (h *hands) types(text string) {
	h.t.Helper()
	h.xdotool("type", "--delay", "70", text)
}

// scans types a code as a scanner does, with an Enter at the end.
func (h *hands) scans(text string) {
	h.t.Helper()
	keys := []string{"key", "--delay", "4"}
	for _, r := range text {
		if r == '-' {
			keys = append(keys, "minus")
		} else {
			keys = append(keys, string(r))
		}
	}
	h.xdotool(append(keys, "Return")...)
}

// click presses the left button at a place of the window, in pixels from its corner.
func (h *hands) click(x, y int) {
	h.t.Helper()
	h.xdotool("mousemove", "--window", h.window, fmt.Sprint(x), fmt.Sprint(y))
	time.Sleep(50 * time.Millisecond) // as a hand would: a click in the frame of the move is another program's
	h.xdotool("click", "1")
	h.clicks++
}

// away puts the pointer where it points at nothing.
func (h *hands) away() {
	h.t.Helper()
	size := h.sees().Rect
	h.xdotool("mousemove", "--window", h.window, fmt.Sprint(size.Dx()-4), fmt.Sprint(size.Dy()-4))
}

// resize makes the window another size, in pixels.
func (h *hands) resize(width, height int) {
	h.t.Helper()
	h.xdotool("windowsize", h.window, fmt.Sprint(width), fmt.Sprint(height))
	h.until(fmt.Sprintf("the window is %d × %d", width, height), func(seen *image.NRGBA) bool {
		return seen.Rect.Dx() == width && seen.Rect.Dy() == height
	})
}

// sees is the window as it is at this moment.
func (h *hands) sees() *image.NRGBA {
	h.t.Helper()
	seen, err := h.glance()
	if err != nil {
		h.t.Fatal(err)
	}
	return seen
}

func (h *hands) glance() (*image.NRGBA, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var complaint bytes.Buffer
	grab := exec.CommandContext(ctx, "import", "-silent", "-window", h.window, "-depth", "8", "pam:-")
	grab.Stderr = &complaint
	out, err := grab.Output()
	if err != nil {
		return nil, fmt.Errorf("looking at the window: %w\n%s", err, &complaint)
	}
	return readPAM(out)
}

// readPAM reads what costs no time to write: a few lines of text, then bare pixels.
func readPAM(raw []byte) (*image.NRGBA, error) {
	head, pixels, ok := bytes.Cut(raw, []byte("ENDHDR\n"))
	var width, height, depth int
	for _, line := range strings.Split(string(head), "\n") {
		_, _ = fmt.Sscanf(line, "WIDTH %d", &width)
		_, _ = fmt.Sscanf(line, "HEIGHT %d", &height)
		_, _ = fmt.Sscanf(line, "DEPTH %d", &depth)
	}
	if !ok || depth < 3 || len(pixels) < width*height*depth {
		return nil, fmt.Errorf("a picture of %d × %d × %d in %d bytes", width, height, depth, len(pixels))
	}
	seen := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		copy(seen.Pix[4*i:], pixels[depth*i:depth*i+3])
		seen.Pix[4*i+3] = 0xff
	}
	return seen, nil
}

// How long something in the window may take, and how many pixels a caret is that comes and goes.
const (
	patience = 30 * time.Second
	caret    = 500
)

// until looks again and again until it sees what it waits for.
func (h *hands) until(what string, there func(seen *image.NRGBA) bool) *image.NRGBA {
	h.t.Helper()
	var seen *image.NRGBA
	waitFor(h.t, what, patience, func() bool {
		seen = h.sees()
		return there(seen)
	})
	return seen
}

// still waits until nothing moves any more.
func (h *hands) still() *image.NRGBA {
	h.t.Helper()
	var before *image.NRGBA
	alike := 0
	return h.until("the window comes to rest", func(seen *image.NRGBA) bool {
		if before != nil && changed(before, seen) <= caret {
			alike++
		} else {
			alike = 0
		}
		before = seen
		return alike >= 2
	})
}

// after does something that must change the window, and returns what it looks like when that is over.
func (h *hands) after(what string, do func()) *image.NRGBA {
	h.t.Helper()
	before := h.still()
	do()
	h.until(what, func(seen *image.NRGBA) bool { return changed(before, seen) > caret })
	return h.still()
}

// untilPainted waits for a colour of the theme to cover so much of the window.
func (h *hands) untilPainted(what string, name fyne.ThemeColorName, share float64) *image.NRGBA {
	h.t.Helper()
	h.until(what, func(seen *image.NRGBA) bool { return painted(seen, h.look.Color(name, 0)) >= share })
	return h.still()
}

// keep stores a picture.
func (h *hands) keep(name string, seen image.Image) {
	h.t.Helper()
	file, err := os.Create(filepath.Join(h.pics, name+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, seen); err != nil {
		h.t.Fatal(err)
	}
}

// changed counts the pixels in which two pictures differ; all of them when the sizes do.
func changed(a, b *image.NRGBA) (n int) {
	if a.Rect != b.Rect {
		return max(a.Rect.Dx()*a.Rect.Dy(), b.Rect.Dx()*b.Rect.Dy())
	}
	for i := 0; i < len(a.Pix); i += 4 {
		if !bytes.Equal(a.Pix[i:i+3], b.Pix[i:i+3]) {
			n++
		}
	}
	return n
}

// painted is the share of a picture that has a colour; OpenGL rounds colours, so near is enough.
func painted(seen *image.NRGBA, want color.Color) float64 {
	c := color.NRGBAModel.Convert(want).(color.NRGBA)
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= 4 }
	n := 0
	for i := 0; i < len(seen.Pix); i += 4 {
		if near(seen.Pix[i], c.R) && near(seen.Pix[i+1], c.G) && near(seen.Pix[i+2], c.B) {
			n++
		}
	}
	return float64(n) / float64(len(seen.Pix)/4)
}

// waitFor asks ten times a second, at most so long.
func waitFor(t testing.TB, what string, most time.Duration, there func() bool) {
	t.Helper()
	for end := time.Now().Add(most); !there(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %v", what, most)
		}
	}
}
