package ui

import (
	"context"

	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
)

// Choices are what the window remembers in the profile.
type Choices struct {
	Language i18n.Language `json:"language"`
	Look     page.Look     `json:"look"`
	Scale    float32       `json:"scale"` // of text, 1 to 1.5
	Page     page.Name     `json:"page"`
	Width    float32       `json:"width"`
	Height   float32       `json:"height"`
}

// Names of the settings.
const (
	settingLanguage = "ui.language"
	settingLook     = "ui.look"
	settingScale    = "ui.scale"
	settingPage     = "ui.page"
	settingSize     = "ui.size"
	settingPages    = "ui.page." // and a page's own name for it
)

// size is the window's, in Fyne's pixels.
type size struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
}

// Default is what a new profile looks like, in the language of the system.
func Default(locale string) Choices {
	return Choices{Language: i18n.Match(locale), Look: page.LookLight, Scale: 1, Page: page.Today, Width: 1280, Height: 800}
}

// Remembered reads what the profile remembers over what is given. What doesn't
// make sense is passed over.
func (c Choices) Remembered(ctx context.Context, s *store.Store) (Choices, error) {
	var stored Choices
	var at size
	for name, into := range map[string]any{
		settingLanguage: &stored.Language, settingLook: &stored.Look, settingScale: &stored.Scale, settingPage: &stored.Page, settingSize: &at,
	} {
		if _, err := s.Setting(ctx, name, into); err != nil {
			return c, err
		}
	}
	for _, l := range i18n.Languages() {
		if stored.Language == l {
			c.Language = l
		}
	}
	switch stored.Look {
	case page.LookLight, page.LookDark, page.LookSystem:
		c.Look = stored.Look
	}
	if stored.Scale >= 1 && stored.Scale <= 1.5 {
		c.Scale = stored.Scale
	}
	for _, r := range rooms {
		if stored.Page == r.name {
			c.Page = stored.Page
		}
	}
	if at.Width >= leastWindow.Width && at.Height >= leastWindow.Height && at.Width < 10000 && at.Height < 10000 {
		c.Width, c.Height = at.Width, at.Height
	}
	return c, nil
}

// variant is light or dark; system says what the desktop has.
func (c Choices) variant(system func() theme.Variant) theme.Variant {
	switch c.Look {
	case page.LookDark:
		return theme.Dark
	case page.LookSystem:
		return system()
	}
	return theme.Light
}
