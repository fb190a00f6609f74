package main

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/picture"
	"counterbell/ui/theme"
)

// demoPictures are the pages that the demo leaves pictures of, drawn without a display.
var demoPictures = []struct {
	file     string
	page     page.Name
	language i18n.Language
	variant  theme.Variant
}{
	{"today.png", page.Today, i18n.English, theme.Light},
	{"today-zh-dark.png", page.Today, i18n.Chinese, theme.Dark},
	{"import.png", page.Import, i18n.English, theme.Light},
	{"redeem.png", page.Redeem, i18n.English, theme.Light},
}

// report writes report.xlsx, report.png and the pictures of pages.
func (d *demo) report(ctx context.Context, id data.CampaignID) error {
	if _, err := writeReportFiles(ctx, d.app, d.store, id, d.out); err != nil {
		return err
	}
	for _, p := range demoPictures {
		img, err := picture.Draw(ctx, d.store, picture.Options{Page: p.page, Language: p.language, Variant: p.variant, Version: Version})
		if err != nil {
			return err
		}
		if err := writePNG(filepath.Join(d.out, p.file), img); err != nil {
			return &data.Error{Code: "file_write_failed", Op: "draw a page", Err: err, Args: map[string]string{"file": p.file}}
		}
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
