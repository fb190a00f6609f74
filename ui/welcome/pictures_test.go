package welcome

import (
	"testing"

	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// newcomer is the first run in a window.
type newcomer struct {
	*pagetest.Window
	shop   *pagetest.Shop
	screen *Screen
	model  *Model
	ended  []Ending
}

func meet(t *testing.T, l i18n.Language, v theme.Variant, locale string) *newcomer {
	t.Helper()
	shop := pagetest.NewShop(t)
	b := pagetest.Nobody
	if err := shop.SetBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	n := &newcomer{Window: pagetest.NewIn(t, shop.Store, l, v), shop: shop}
	n.Env.OpenSample = func() { n.Shown = append(n.Shown, "sample") }
	n.model = Begin(b, locale, pagetest.Tuesday, l)
	n.screen = New(n.Env, n.model, func(e Ending) { n.ended = append(n.ended, e) })
	n.size(1280, 800)
	n.screen.Focus()
	return n
}

func (n *newcomer) size(width, height float32) {
	n.Window.Window.SetContent(widget.NewStage(n.screen.Content(), n.After))
	n.Window.Window.Resize(fyne.NewSize(width, height))
	for range 2 {
		pagetest.LayOut(n.Window.Window.Canvas().Content())
	}
}

// picture lays the window out at a size. With COUNTERBELL_PICTURES set to a
// folder it is drawn too, and stays there to be looked at.
func (n *newcomer) picture(t *testing.T, name string, width, height float32) {
	t.Helper()
	n.size(width, height)
	n.Window.Picture(t, name)
}

func TestEveryStepFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		locale        string
		width, height float32
		scale         float32
	}{
		{"en-light", i18n.English, theme.Light, "en-US", 1280, 800, 1},
		{"en-small", i18n.English, theme.Light, "en-GB", 1024, 700, 1},
		{"zh-light", i18n.Chinese, theme.Light, "zh-CN", 1280, 800, 1},
		{"zh-dark", i18n.Chinese, theme.Dark, "zh-CN", 1024, 700, 1},
		{"en-large", i18n.English, theme.Light, "en-US", 1280, 800, 1.5},
	} {
		n := meet(t, c.language, c.variant, c.locale)
		if c.scale != 1 {
			fyne.CurrentApp().Settings().SetTheme(theme.New(c.variant, c.scale))
			n.screen.show()
		}
		for step := range Step(steps) {
			n.model.GoTo(step)
			n.model.Been = [steps]bool{step > 0, step > 1, step > 2}
			n.model.Business.Name = map[i18n.Language]string{i18n.English: "Lark Optical", i18n.Chinese: "云雀眼镜"}[c.language]
			n.screen.show()
			n.picture(t, "welcome-"+stepNames[step]+"-"+c.name, c.width, c.height)
			if at := n.Window.Window.Canvas().Size(); at.Width > c.width || at.Height > c.height {
				t.Errorf("%s, step %d asks for %v", c.name, step, at)
			}
		}
	}
}
