package picture

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"counterbell/data"
	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// keep writes a picture to the folder of COUNTERBELL_PICTURES, to be looked at.
func keep(t *testing.T, name string, img image.Image) {
	t.Helper()
	dir := os.Getenv("COUNTERBELL_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// typeIn types into whatever has the focus, and presses Enter.
func typeIn(w fyne.Window, text string) {
	for _, r := range text {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		}
	}
}

func enter(w fyne.Window) {
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

func TestThePageAtTheTillCanBeDrawnInEveryLook(t *testing.T) {
	shop := pagetest.NewShop(t)
	shop.Import("Maya Chen", "Grace Kim", "Kenji Mori", "Ruth Abelson", "Tom Alvarez", "林 晓雯")
	percent := shop.Coupons("Sunglasses week", data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidFrom: "2026-11-12", ValidTo: "2026-11-29", Terms: "One pair for each customer. Not together with other offers."}, 6)
	amount := shop.Coupons("Case days", data.Offer{Title: "$15 off a case", Kind: data.AmountOff, Amount: data.Money{Minor: 1500, Currency: "USD"}, Uses: 1, ValidTo: "2026-11-20"}, 2)
	gift := shop.Coupons("Lens cloth", data.Offer{Title: "Free lens cloth", Kind: data.Gift, Uses: 3, ValidTo: "2026-12-31"}, 3)

	steps := []struct {
		name string
		do   func(*ui.Shell, fyne.Window)
	}{
		{"empty", nil},
		{"full", func(_ *ui.Shell, w fyne.Window) { typeIn(w, percent[0]) }},
		{"ok", func(_ *ui.Shell, w fyne.Window) { typeIn(w, percent[0]); enter(w); typeIn(w, "185.00") }},
		{"used", func(_ *ui.Shell, w fyne.Window) { typeIn(w, percent[0]); enter(w) }},
		{"gift", func(_ *ui.Shell, w fyne.Window) { typeIn(w, gift[1]); enter(w) }},
		{"expired", func(_ *ui.Shell, w fyne.Window) { typeIn(w, amount[1]); enter(w) }},
		{"mistyped", func(_ *ui.Shell, w fyne.Window) { typeIn(w, swap(percent[1])); enter(w) }},
		{"unknown", func(_ *ui.Shell, w fyne.Window) { typeIn(w, stranger(t)); enter(w) }},
		{"idle", nil},
	}
	seen := map[string]bool{}
	for i, step := range steps {
		for _, look := range []struct {
			name string
			o    Options
		}{
			{"en-light", Options{Language: i18n.English, Variant: theme.Light}},
			{"zh-dark", Options{Language: i18n.Chinese, Variant: theme.Dark}},
			{"en-light-small", Options{Language: i18n.English, Variant: theme.Light, Width: 1024, Height: 700}},
			{"zh-light-small", Options{Language: i18n.Chinese, Variant: theme.Light, Width: 1024, Height: 700}},
			{"en-light-large-text", Options{Language: i18n.English, Variant: theme.Light, Scale: 1.3}},
		} {
			o := look.o
			o.Page, o.Before, o.Version = page.Redeem, step.do, "0.1.0"
			if i > 0 && look.name != "en-light" && (step.name == "ok" || step.name == "gift") {
				// Each picture redeems a coupon of its own.
				codes := map[string][]string{"ok": percent[1:], "gift": gift[1:]}[step.name]
				n := map[string]int{"zh-dark": 1, "en-light-small": 2, "zh-light-small": 3, "en-light-large-text": 4}[look.name]
				o.Before = func(_ *ui.Shell, w fyne.Window) { typeIn(w, codes[n%len(codes)]); enter(w); typeIn(w, "185") }
			}
			img, err := Draw(t.Context(), shop.Store, o)
			if err != nil {
				t.Fatal(err)
			}
			want := image.Pt(1280, 800)
			if o.Width != 0 {
				want = image.Pt(o.Width, o.Height)
			}
			if img.Bounds().Size() != want {
				t.Errorf("%s is %v, want %v", look.name, img.Bounds().Size(), want)
			}
			keep(t, fmt.Sprintf("redeem-%s-%s", step.name, look.name), img)
			sum := fmt.Sprint(look.name, fingerprint(img))
			if seen[sum] {
				t.Errorf("%s in %s looks like another state", step.name, look.name)
			}
			seen[sum] = true
		}
		shop.Move(7 * 60 * 1e9)
	}
	if c, err := shop.Setting(t.Context(), "ui.page", new(string)); err != nil || c {
		t.Errorf("drawing stored a setting (%v)", err)
	}
}

// swap exchanges the first two neighbours that differ.
func swap(code string) string {
	b := []byte(code)
	for i := range b[1:] {
		if b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			break
		}
	}
	return string(b)
}

// stranger is a well-formed code that nobody got.
func stranger(t *testing.T) string {
	t.Helper()
	for _, last := range "23456789ACDEFGHJKMNPQRSTVWXYZ" {
		if code, err := data.ReadCode("ACDEFGH" + string(last)); err == nil {
			return code
		}
	}
	t.Fatal("no code")
	return ""
}

func fingerprint(img image.Image) (sum uint64) {
	sum = 14695981039346656037
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 3 {
		for x := b.Min.X; x < b.Max.X; x += 3 {
			r, g, bl, _ := img.At(x, y).RGBA()
			sum = (sum ^ uint64(r>>8)<<16 ^ uint64(g>>8)<<8 ^ uint64(bl>>8)) * 1099511628211
		}
	}
	return sum
}

func TestEveryPageAndWhatLiesOverItCanBeDrawn(t *testing.T) {
	shop := pagetest.NewShop(t)
	shop.Import("Maya Chen", "Grace Kim", "Kenji Mori")
	shop.Coupons("Sunglasses week", data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1}, 3)
	over := map[string]func(*ui.Shell, fyne.Window){
		"": nil,
		"-toasts": func(s *ui.Shell, _ fyne.Window) {
			s.Toast(widget.Toast{Tone: widget.OK, Text: "5DRG-8T6J was taken back and is good again"})
			s.Fail(&data.Error{Code: "relay_down"}, func() {})
		},
		"-question": func(s *ui.Shell, _ fyne.Window) {
			s.Ask(widget.Question{Title: s.Texts().N("shell.close_title", 214), Text: s.Texts().T("shell.close_text"), Confirm: s.Texts().T("shell.close_do"), Cancel: s.Texts().T("shell.close_keep")})
		},
	}
	for _, name := range []page.Name{page.Today, page.Import, page.Redeem} {
		for what, before := range over {
			plain := uint64(0)
			for look, o := range map[string]Options{
				"en-light": {Language: i18n.English, Variant: theme.Light}, "zh-dark-small": {Language: i18n.Chinese, Variant: theme.Dark, Width: 1024, Height: 700},
			} {
				o.Page, o.Before = name, before
				img, err := Draw(t.Context(), shop.Store, o)
				if err != nil {
					t.Fatal(err)
				}
				keep(t, fmt.Sprintf("shell-%s%s-%s", name, what, look), img)
				if sum := fingerprint(img); sum == plain {
					t.Errorf("%s%s looks alike in both looks", name, what)
				} else {
					plain = sum
				}
			}
		}
	}
}
