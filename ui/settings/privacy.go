package settings

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"counterbell/assets/icons"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// privacy is the section about where everything lies, what leaves the computer, and the proof of consent.
type privacy struct {
	s      *Screen
	size   int64 // of the database, in bytes
	ledger *fyne.Container
	inside *fyne.Container
	object fyne.CanvasObject
}

func newPrivacy(s *Screen) part {
	p := &privacy{s: s, inside: container.NewStack(), ledger: container.NewStack()}
	p.object = scrolled(p.inside)
	return p
}

func (p *privacy) Object() fyne.CanvasObject { return p.object }

func (p *privacy) Show() {
	env := p.s.env
	var size int64
	page.Load(env.Tasks, func(context.Context) error {
		for _, end := range []string{"", "-wal"} {
			st, err := os.Stat(env.Store.Path + end)
			if err == nil {
				size += st.Size()
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.size = size
		p.draw()
	})
}

func (p *privacy) draw() {
	env := p.s.env
	where := widget.NewPanel(widget.Column(12, widget.Bold(env.T("settings.privacy.where")),
		widget.Row(10, widget.NewIcon(icons.Disk, theme.Ink2, widget.IconNormal), widget.Fill(widget.Column(0, widget.Body(env.Store.Dir).Shorten(), widget.Caption(env.Texts.Bytes(p.size)).In(theme.Ink3))),
			widget.NewLink(env.T("settings.privacy.show"), func() { env.Open(env.Store.Dir) })),
		widget.NewParagraph(env.T("settings.privacy.where_text")).Sized(theme.SizeCaption),
		widget.Row(8, widget.Secondary(env.T("settings.privacy.copy"), p.backup).WithIcon(icons.Download), widget.Spring())))

	leaves := widget.Column(10, widget.Bold(env.T("settings.privacy.leaves")))
	for _, l := range []struct {
		icon *icons.Icon
		key  string
	}{{icons.Provider, "settings.privacy.to_provider"}, {icons.Link, "settings.privacy.to_relay"}, {icons.Locked, "settings.privacy.to_nobody"}} {
		leaves.Add(widget.TopRow(10, mark(l.icon, theme.Ink2), widget.Fill(widget.NewParagraph(env.T(l.key)))))
	}
	proof := widget.NewPanel(widget.Column(12, widget.Bold(env.T("settings.privacy.ledger")), widget.NewParagraph(env.T("settings.privacy.ledger_text")).Sized(theme.SizeCaption), p.ledger,
		widget.Row(8, widget.Secondary(env.T("settings.privacy.verify"), p.verify).WithIcon(icons.Consent), widget.Spring())))
	keeps := widget.Column(10, widget.Bold(env.T("settings.privacy.keeps")))
	for _, key := range []string{"settings.privacy.keeps_people", "settings.privacy.keeps_opt_out", "settings.privacy.keeps_ledger"} {
		keeps.Add(widget.TopRow(10, mark(icons.Check, theme.OK), widget.Fill(widget.NewParagraph(env.T(key)))))
	}
	p.inside.Objects = []fyne.CanvasObject{widget.Column(16, where, widget.NewPanel(leaves), proof, widget.NewPanel(keeps))}
	p.inside.Refresh()
}

// backup saves a verified copy of everything where the user wants it.
func (p *privacy) backup() {
	env := p.s.env
	name := "counterbell-" + env.Clock().In(env.Business.Location()).Format("2006-01-02") + ".db"
	env.SaveFile(name, func(path string) {
		env.Tasks.Run(page.Task{
			Name: env.T("settings.privacy.copying", "file", filepath.Base(path)),
			Work: func(ctx context.Context, report page.Report) error {
				report(page.Step{Share: -1})
				return copyTo(ctx, env.Store, path)
			},
			Done: func(err error) {
				if err != nil {
					env.Fail(err, p.backup)
					return
				}
				env.Toast(widget.Toast{
					Tone: widget.OK, Text: env.T("settings.privacy.copied", "file", filepath.Base(path)), Close: env.T("common.close"),
					Action: env.T("settings.privacy.show"), Do: func() { env.Open(filepath.Dir(path)) },
				})
			},
		})
	})
}

// copyTo writes the copy beside its place first, so that a copy that failed never takes the place of a good one.
func copyTo(ctx context.Context, s *store.Store, path string) error {
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := s.Backup(ctx, part)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part)
	}
	return err
}

// verify walks the whole ledger.
func (p *privacy) verify() {
	env := p.s.env
	var check store.LedgerCheck
	env.Tasks.Run(page.Task{Name: env.T("settings.privacy.verifying"), Work: func(ctx context.Context, report page.Report) (err error) {
		report(page.Step{Share: -1})
		check, err = env.Store.VerifyConsent(ctx)
		return err
	}, Done: func(err error) {
		if err != nil {
			env.Fail(err, p.verify)
			return
		}
		what := widget.NewSoftPanel(widget.OK, widget.TopRow(8, mark(icons.Complete, theme.OK),
			widget.Fill(widget.NewParagraph(env.T("settings.privacy.whole", "n", check.Entries, "head", check.Head[:min(12, len(check.Head))])).In(theme.Ink)))).Padded(12)
		if !check.OK {
			what = widget.NewSoftPanel(widget.Danger, widget.TopRow(8, mark(icons.Warning, theme.Danger),
				widget.Fill(widget.NewParagraph(env.T("settings.privacy.broken", "entry", check.Broken)).In(theme.Ink)))).Padded(12)
		}
		p.ledger.Objects = []fyne.CanvasObject{what}
		p.ledger.Refresh()
		p.inside.Refresh()
	}})
}
