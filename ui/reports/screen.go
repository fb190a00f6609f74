package reports

import (
	"context"
	"errors"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the page. It counts when it comes into view, when other days are chosen and, after a pause, when something
// was written; until the new figures are there it shows the ones before.
type Screen struct {
	env     *page.Env
	model   Model
	content *fyne.Container
	board   *board
	working *working
	cancel  func() // of the count under way
	counts  int    // which count is the latest
	resting bool   // a look took long: what changes waits
	again   bool
	now     func() time.Time // how long things take, not the shop's clock
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Hider      = (*Screen)(nil)
	_ page.Escaper    = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// kept is the name under which the chosen days are remembered.
const kept = "reports.span"

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env, time.Now) }

func newScreen(env *page.Env, now func() time.Time) *Screen {
	s := &Screen{env: env, model: Model{Span: report.Span{Kind: report.Last30}}, now: now}
	var span report.Span
	if env.Kept(kept, &span) && span.Kind != "" {
		s.model.Span = span
	}
	s.working = newWorking(s)
	s.content = container.NewStack(widget.Column(0, s.working.content, widget.Spring()))
	return s
}

// Header says which days these are, and lets them be exported.
func (s *Screen) Header() page.Header {
	t := s.env.Texts
	var days *widget.Button
	days = widget.Secondary(SpanName(s.model.Span, t), func() { s.chooseSpan(days) }).WithIcon(icons.Appointments).WithIconAfter(icons.More)
	actions := []fyne.CanvasObject{days}
	for _, export := range []struct {
		key  string
		icon *icons.Icon
		do   func()
	}{{"reports.excel", icons.Spreadsheet, s.saveExcel}, {"reports.pdf", icons.Print, s.savePDF}, {"reports.picture", icons.Download, s.savePicture}} {
		b := widget.Secondary(t.T(export.key), export.do).WithIcon(export.icon)
		if s.model.Period == nil {
			b.Disable()
		}
		actions = append(actions, b)
	}
	return page.Header{Title: t.T("reports.title"), Subtitle: t.T("reports.subtitle"), Actions: actions}
}

// Content is the page.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown counts anew.
func (s *Screen) Shown() { s.count() }

// Hidden ends a count that nobody waits for any more. What it has counted so far is kept for the next.
func (s *Screen) Hidden() { s.stop() }

// Escape ends a count that takes long.
func (s *Screen) Escape() bool {
	if s.cancel == nil || s.working.bar.Hidden {
		return false
	}
	s.stop()
	return true
}

// Changed counts what has changed, or does so after the rest.
func (s *Screen) Changed() {
	if s.resting || s.cancel != nil {
		s.again = true
		return
	}
	s.count()
}

// Memory hands the report over to the page in the other language.
func (s *Screen) Memory() any { return s.model }

// Recall takes it.
func (s *Screen) Recall(memory any) {
	if m, ok := memory.(Model); ok {
		s.model = m
		if m.Period != nil {
			s.show(m.Period)
		}
	}
}

const (
	restShare = 8 // a rest is so many times as long as the count
	leastRest = 2 * time.Second
	longRest  = 30 * time.Second
)

// count asks for the chosen days. Only the latest answer shows.
func (s *Screen) count() {
	s.stop()
	s.counts++
	mine, span := s.counts, s.model.Span
	var p *report.Period
	var took time.Duration
	s.working.begin()
	var ended bool
	cancel := s.env.Tasks.Run(page.Task{
		Work: func(ctx context.Context, tell page.Report) (err error) {
			begun := s.now()
			p, err = report.ReadPeriod(ctx, s.env.Store, span, func(x report.Progress) {
				tell(page.Step{Share: float64(x.Done) / float64(max(x.Of, 1)), Note: s.env.T("report.work."+string(x.What), "done", x.Done, "of", x.Of)})
			})
			took = s.now().Sub(begun)
			return err
		},
		Progress: func(step page.Step) {
			if mine == s.counts {
				s.working.step(step)
			}
		},
		Done: func(err error) {
			ended = true
			if mine != s.counts {
				return
			}
			s.cancel = nil
			s.working.end()
			s.rest(took)
			switch {
			case err == nil:
				s.show(p)
			case !errors.Is(err, context.Canceled) && data.CodeOf(err) != data.Cancelled:
				s.env.Fail(err, s.count)
			}
		},
	})
	if !ended {
		s.cancel = cancel
	}
}

func (s *Screen) stop() {
	if s.cancel != nil {
		s.counts++
		s.cancel()
		s.cancel = nil
		s.working.end()
	}
}

// rest lets some time pass before what changes is counted again: figures needn't move under the reader's eyes.
func (s *Screen) rest(took time.Duration) {
	if s.resting {
		return
	}
	s.resting = true
	s.env.After(min(max(restShare*took, leastRest), longRest), func() {
		again := s.again
		s.resting, s.again = false, false
		if again && s.cancel == nil {
			s.count()
		}
	})
}

// choose takes other days.
func (s *Screen) choose(span report.Span) {
	s.model.Span = span
	s.env.Keep(kept, span)
	s.env.HeaderChanged()
	s.count()
}

// show draws a report.
func (s *Screen) show(p *report.Period) {
	first := s.model.Period == nil || s.board == nil
	s.model.Period = p
	if Empty(p) {
		s.board = nil
		begin := widget.Primary(s.env.T("reports.empty_action"), func() { s.env.GoTo(page.Campaigns, page.NewCampaign{}) }).WithIcon(icons.Add)
		s.put(widget.NewPanel(widget.NewEmptyPage(s.env.T("reports.empty"), s.env.T("reports.empty_text"), begin, nil)))
		s.env.HeaderChanged()
		return
	}
	if s.board == nil {
		s.board = newBoard(s, p)
		s.put(s.board.content)
	} else {
		s.board.show(p)
	}
	if first {
		s.env.HeaderChanged()
	}
}

// put shows something below what says that the page counts.
func (s *Screen) put(o fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{widget.Column(0, s.working.content, widget.Fill(o))}
	s.content.Refresh()
}

// working is the bar that shows while a count takes long.
type working struct {
	screen  *Screen
	bar     *fyne.Container
	fill    *widget.ProgressBar
	note    *widget.Text
	content *fyne.Container
	begun   int
}

func newWorking(s *Screen) *working {
	w := &working{screen: s, fill: widget.NewProgressBar(), note: widget.Caption(s.env.T("reports.counting"))}
	cancel := widget.NewCaptionLink(s.env.T("common.cancel"), s.stop)
	w.bar = widget.Inset(0, 0, theme.Gap12, 0, widget.Row(theme.Gap12, w.note, widget.Fill(w.fill), cancel))
	w.bar.Hide()
	w.content = widget.Column(0, w.bar)
	return w
}

// begin shows the bar once the count takes longer than a moment.
func (w *working) begin() {
	w.begun++
	mine := w.begun
	w.screen.env.After(400*time.Millisecond, func() {
		if mine == w.begun && w.screen.cancel != nil {
			w.bar.Show()
			w.relay()
		}
	})
}

func (w *working) step(s page.Step) {
	w.note.SetText(s.Note)
	w.fill.SetShare(s.Share)
	w.note.Refresh()
}

func (w *working) end() {
	w.begun++
	if !w.bar.Hidden {
		w.bar.Hide()
		w.relay()
	}
	w.note.SetText(w.screen.env.T("reports.counting"))
	w.fill.SetShare(0)
}

// relay lays the page out anew, because the bar takes room.
func (w *working) relay() { w.screen.content.Refresh() }

// whenSaved tells that a file was written, and offers to open it.
func (s *Screen) whenSaved(path, name string) {
	s.env.Toast(widget.Toast{
		Tone: widget.OK, Text: s.env.T("report.written", "file", name), Action: s.env.T("reports.show"), Close: s.env.T("common.close"),
		Do: func() { s.env.Open(path) },
	})
}
