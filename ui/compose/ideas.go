package compose

import (
	"context"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/assets/templates"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/text"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// idea is a text to begin with: one of Counterbell's, or one that the user kept.
type idea struct {
	name string
	text string
	kind data.Kind
	kept int64 // the user's own
}

// ideasFor are Counterbell's texts for a kind of business, in a language.
func ideasFor(business string, language i18n.Language) []idea {
	if !slices.Contains(templates.Businesses, business) {
		business = templates.Businesses[0]
	}
	var all []idea
	for _, t := range templates.All() {
		if t.Business == business {
			all = append(all, idea{name: t.Name[string(language)], text: t.Text[string(language)], kind: data.Kind(t.Kind)})
		}
	}
	return all
}

// ShowIdeas lets the user choose a text to begin with, in either language, or
// keep the one that stands there.
func (v *View) ShowIdeas() {
	env := v.env
	business, language := env.Business.Kind, env.Texts.Language()
	list := widget.Column(4)
	var dialog *widget.Dialog
	var fill func()
	line := func(i idea) fyne.CanvasObject {
		words := widget.Column(2, widget.Bold(i.name).Shorten(), widget.NewParagraph(inWords(env.T, i)).Sized(theme.SizeCaption).Lines(2))
		inside := widget.Row(8, widget.Fill(words))
		row := widget.NewListRow(inside, func() {
			dialog.Close()
			v.use(i)
		}).Tall(64).Padded(8)
		if i.kept == 0 {
			return row
		}
		drop := widget.NewIconButton(icons.Delete, env.T("compose.ideas.delete", "name", i.name), func() { v.dropIdea(i, fill) }).Small()
		return widget.Row(4, widget.Fill(row), drop)
	}
	kinds := make([]string, 0, len(templates.Businesses)+1)
	for _, b := range templates.Businesses {
		kinds = append(kinds, env.T("compose.ideas."+b))
	}
	kinds = append(kinds, env.T("compose.ideas.own"))
	at := max(0, slices.Index(templates.Businesses, business))
	scroll := container.NewVScroll(list)
	fill = func() {
		list.RemoveAll()
		if at == len(templates.Businesses) {
			for _, s := range v.saved {
				list.Add(line(idea{name: s.Name, text: s.Text, kind: s.Kind, kept: s.ID}))
			}
			if len(v.saved) == 0 {
				list.Add(widget.Inset(12, 8, 12, 8, widget.NewParagraph(env.T("compose.ideas.none"))))
			}
		} else {
			for _, i := range ideasFor(templates.Businesses[at], language) {
				list.Add(line(i))
			}
		}
		list.Refresh()
		scroll.ScrollToTop()
	}
	tabs := widget.NewTabs(kinds, func(i int) { at = i; fill() })
	tabs.SetSelected(at)
	names := make([]string, 0, 2)
	for _, l := range i18n.Languages() {
		names = append(names, l.Name())
	}
	speaks := widget.NewTabs(names, func(i int) { language = i18n.Languages()[i]; fill() })
	speaks.SetSelected(slices.Index(i18n.Languages(), language))
	fill()
	q := widget.Question{
		Title: env.T("compose.ideas.title"), Wide: 640, Cancel: env.T("common.close"),
		Content: widget.Column(12, widget.Flow(12, tabs, speaks), widget.Sized(0, 300, scroll)),
	}
	if strings.TrimSpace(v.form.Texts[v.variant]) != "" {
		q.Other, q.OnOther = env.T("compose.ideas.keep"), v.keepIdea
	}
	dialog = env.Ask(q)
}

// inWords is an idea's text with its placeholders as words in brackets, to be
// read.
func inWords(say func(key string, pairs ...any) string, i idea) string {
	parsed, err := text.Parse(i.kind, i.text)
	if err != nil {
		return i.text
	}
	var b strings.Builder
	for _, p := range parsed.Parts {
		if p.Name == "" {
			b.WriteString(p.Literal)
		} else {
			b.WriteString("[" + say("compose.placeholder."+p.Name) + "]")
		}
	}
	return b.String()
}

// use puts an idea in the place of the text, and offers the text back.
func (v *View) use(i idea) {
	env, before := v.env, v.form
	if i.kind == data.Notice {
		v.form.Offer, v.form.Kind = "", data.Notice
	} else if strings.Contains(i.text, "{code}") && v.form.Offer == "" {
		v.form.Offer = data.PercentOff
	}
	v.message.set(i.text)
	if strings.TrimSpace(before.Texts[v.variant]) == "" {
		return
	}
	at := v.variant
	env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("compose.ideas.used", "name", i.name), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
		v.form.Offer, v.form.Kind, v.variant = before.Offer, before.Kind, at
		v.message.set(before.Texts[at])
	}})
}

// keepIdea asks for a name and keeps the text as an idea.
func (v *View) keepIdea() {
	env, words := v.env, v.form.Texts[v.variant]
	name := widget.NewEntry(env.T("compose.ideas.name_example")).Limit(60)
	name.SetText(v.form.Name)
	field := widget.NewField(env.T("compose.ideas.name"), "", name)
	dialog := env.Ask(widget.Question{
		Title: env.T("compose.ideas.keep_title"), Text: env.T("compose.ideas.keep_text"), Content: field, Confirm: env.T("common.save"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			if strings.TrimSpace(name.Text) == "" {
				field.SetProblem(env.T("error.text_name"))
				return false
			}
			kept := store.SavedText{Name: strings.TrimSpace(name.Text), Kind: kindOf(&v.form), Text: words}
			v.changeIdeas(func(ctx context.Context) error { return env.Store.SaveText(ctx, kept) }, func() {
				env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("compose.ideas.kept", "name", kept.Name), Close: env.T("common.close")})
			})
			return true
		},
	})
	if c := env.Canvas(); c != nil && dialog != nil {
		c.Focus(name)
	}
}

func (v *View) dropIdea(i idea, then func()) {
	v.changeIdeas(func(ctx context.Context) error { return v.env.Store.DeleteText(ctx, i.kept) }, then)
}

// changeIdeas changes the texts that were kept, and reads them again.
func (v *View) changeIdeas(do func(context.Context) error, then func()) {
	env := v.env
	var saved []store.SavedText
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if err = do(ctx); err == nil {
			saved, err = env.Store.SavedTexts(ctx)
		}
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { v.changeIdeas(do, then) })
			return
		}
		v.saved = saved
		then()
	})
}
