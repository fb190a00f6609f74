package main

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"counterbell/data"
	"counterbell/sender/sample"
	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/picture"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

// demoMoment is when the demo's pictures of pages are taken: an afternoon on which people are expected.
var demoMoment = sample.Moment

// pictures draws the pages as they are at this moment, without a display.
func (d *demo) pictures(ctx context.Context) error {
	for _, p := range []struct {
		file     string
		page     page.Name
		language i18n.Language
		variant  theme.Variant
		before   func(*ui.Shell, fyne.Window)
	}{
		{"today.png", page.Today, i18n.English, theme.Light, nil},
		{"today-zh-dark.png", page.Today, i18n.Chinese, theme.Dark, nil},
		{"import.png", page.Import, i18n.English, theme.Light, d.drop},
	} {
		if err := d.draw(ctx, p.file, picture.Options{Page: p.page, Language: p.language, Variant: p.variant, Version: Version, Before: p.before}); err != nil {
			return err
		}
	}
	return nil
}

// drop lets the customer list fall onto the window.
func (d *demo) drop(s *ui.Shell, _ fyne.Window) {
	if to, ok := s.Page(page.Import).(page.Dropper); ok {
		to.Dropped([]fyne.URI{storage.NewFileURI(filepath.Join(d.out, "customers.xlsx"))})
	}
}

// redeemInWindow redeems one person's code on the Redeem page, as a hand at the keyboard does, and leaves a picture.
func (d *demo) redeemInWindow(ctx context.Context, code string, full data.Money) error {
	return d.draw(ctx, "redeem.png", picture.Options{
		Page: page.Redeem, Language: i18n.English, Variant: theme.Light, Version: Version,
		Before: func(_ *ui.Shell, w fyne.Window) {
			test.TypeOnCanvas(w.Canvas(), code)
			press(w, fyne.KeyReturn)
			test.TypeOnCanvas(w.Canvas(), full.Decimal())
		},
	})
}

func press(w fyne.Window, key fyne.KeyName) {
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func (d *demo) draw(ctx context.Context, file string, o picture.Options) error {
	img, err := picture.Draw(ctx, d.store, o)
	if err != nil {
		return err
	}
	if err := writePNG(filepath.Join(d.out, file), img); err != nil {
		return &data.Error{Code: "file_write_failed", Op: "draw a page", Err: err, Args: map[string]string{"file": file}}
	}
	return nil
}

func writePNG(path string, img image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
