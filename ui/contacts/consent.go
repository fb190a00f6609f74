package contacts

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// consentForm asks what people said about texts, how, and what shows it. The ledger gets it word for word.
type consentForm struct {
	screen   *Screen
	optional bool // a new person may have said nothing yet
	what     *widget.Select
	basis    *widget.Select
	method   *widget.Select
	day      *widget.DateField
	wording  *widget.Field
	words    *widget.Entry
	evidence *widget.Field
	proof    *widget.Entry
	whatTo   *widget.Field
	rest     *fyne.Container
	opens    *fyne.Container
	content  *fyne.Container
	grown    func()
}

// answers are what can be said, "contacts.answer.KEY".
var answers = []struct {
	key    string
	event  data.Event
	scopes []data.Scope
}{
	{"nothing", "", nil},
	{"both", data.Grant, []data.Scope{data.ScopeMarketing, data.ScopeReminders}},
	{"marketing", data.Grant, []data.Scope{data.ScopeMarketing}},
	{"reminders", data.Grant, []data.Scope{data.ScopeReminders}},
	{"out_marketing", data.Withdraw, []data.Scope{data.ScopeMarketing}},
	{"out_all", data.Withdraw, []data.Scope{data.ScopeMarketing, data.ScopeReminders}},
}

// methods are how it was said, "contacts.method.KEY".
var methods = []string{"paper", "web", "verbal", "pos", "operator"}

// grounds are what consent may rest on.
var grounds = []data.Basis{data.ExpressWritten, data.Express, data.Contract, data.Soft, data.ImpliedPurchase, data.ImpliedInquiry}

func newConsentForm(s *Screen, optional bool) *consentForm {
	env := s.env
	f := &consentForm{screen: s, optional: optional, grown: func() {}}
	var what, basis, method []string
	for _, a := range answers {
		if a.key == "nothing" && !optional {
			continue
		}
		what = append(what, env.T("contacts.answer."+a.key))
	}
	for _, b := range grounds {
		basis = append(basis, env.T("rules.basis."+string(b)))
	}
	for _, m := range methods {
		method = append(method, env.T("contacts.method."+m))
	}
	f.what = widget.NewSelect(what, func(int) { f.show() }).Prompt(env.T("contacts.value.choose"))
	f.basis, f.method = widget.NewSelect(basis, nil), widget.NewSelect(method, nil)
	f.basis.SetSelected(0)
	f.method.SetSelected(0)
	f.day = widget.NewDateField(env.Texts, s.today, nil).Between("", s.today())
	f.day.Set(s.today())
	f.words, f.proof = widget.NewTextArea(env.T("contacts.wording_example"), 2).Limit(1000), widget.NewEntry(env.T("contacts.evidence_example")).Limit(200)
	f.wording, f.evidence = widget.NewField(env.T("contacts.wording"), "", f.words), widget.NewField(env.T("contacts.evidence"), env.T("contacts.evidence_hint"), f.proof)
	f.whatTo = widget.NewField(env.T("contacts.answer"), env.T("contacts.answer_hint"), f.what)
	f.opens = widget.Column(12, widget.NewField(env.T("contacts.basis"), env.T("contacts.basis_hint"), f.basis), f.wording)
	f.rest = widget.Column(12, widget.Grid(2, 12, widget.NewField(env.T("contacts.method"), "", f.method), widget.NewField(env.T("contacts.given"), "", f.day)), f.opens, f.evidence)
	f.content = widget.Column(12, f.whatTo, f.rest)
	if optional {
		f.what.SetSelected(0)
	}
	f.show()
	return f
}

// chosen is which of the answers was chosen; 0 for none, or for the one that says nothing.
func (f *consentForm) chosen() int {
	if i := f.what.Selected(); f.optional || i < 0 {
		return max(i, 0)
	} else {
		return i + 1
	}
}

// show shows what has to be said for the chosen answer.
func (f *consentForm) show() {
	i := f.chosen()
	f.rest.Hidden = i <= 0
	f.opens.Hidden = i <= 0 || answers[i].event.Closes()
	f.content.Refresh()
	f.grown()
}

// read returns an entry for each scope; false, with the reason beside its field, when something is missing.
func (f *consentForm) read() ([]data.ConsentEntry, bool) {
	env := f.screen.env
	i := f.chosen()
	f.whatTo.SetProblem("")
	f.evidence.SetProblem("")
	if i <= 0 {
		if !f.optional {
			f.whatTo.SetProblem(env.T("contacts.answer_needed"))
		}
		return nil, f.optional
	}
	day, ok := f.day.Date()
	if !ok {
		return nil, false
	}
	proof := strings.TrimSpace(f.proof.Text)
	opens := answers[i].event.Opens()
	if opens && proof == "" {
		f.evidence.SetProblem(env.T("contacts.evidence_needed"))
		return nil, false
	}
	by := env.Business.Person
	if by == "" {
		by = env.Business.Till
	}
	e := data.ConsentEntry{Event: answers[i].event, Single: true, Statement: data.Statement{
		Method: methods[max(f.method.Selected(), 0)], Source: proof, Language: string(env.Texts.Language()), RecordedBy: by,
	}}
	if opens {
		e.Basis, e.Statement.Wording = grounds[max(f.basis.Selected(), 0)], strings.TrimSpace(f.words.Text)
	}
	// What was said today was said now; an earlier day counts from its beginning, so that an opt-out of that day wins.
	if day != f.screen.today() {
		at := day.Start(env.Business.Location())
		if !opens { // and an opt-out from its end
			at = day.End(env.Business.Location()).Time()
		}
		e.GivenAt = data.At(at)
	}
	var all []data.ConsentEntry
	for _, scope := range answers[i].scopes {
		one := e
		one.Scope = scope
		all = append(all, one)
	}
	return all, true
}

// recordConsent asks what one person said.
func (s *Screen) recordConsent(who *Person) {
	env := s.env
	f := newConsentForm(s, false)
	column := widget.Column(12, widget.NewParagraph(env.T("contacts.record_text")), f.content)
	_, f.grown = s.askForm(env.T("contacts.record_title", "name", nameOf(&who.Contact)), env.T("contacts.record_do"), column, f.what, func(d *widget.Dialog, grown func()) {
		entries, ok := f.read()
		if !ok {
			grown()
			return
		}
		s.act(func(ctx context.Context) error {
			for _, e := range entries {
				e.Phone = who.Phone
				if _, err := env.Store.RecordConsent(ctx, e); err != nil {
					return err
				}
			}
			return nil
		}, func(err error) {
			if err != nil {
				env.Fail(err, nil)
				return
			}
			d.Close()
			s.desk.changedPeople()
			s.toast(env.T("contacts.recorded"), nil)
		})
	})
}

// consentForTicked asks what everybody who is ticked said.
func (s *Screen) consentForTicked() {
	env, ids := s.env, s.desk.list.Marked().IDs(0)
	f := newConsentForm(s, false)
	column := widget.Column(12, widget.NewParagraph(env.T("contacts.bulk_consent_text")), widget.NewSoftPanel(widget.Warn, widget.NewParagraph(env.T("contacts.bulk_consent_rule")).Sized(theme.SizeCaption)).Padded(10).Rounded(theme.RadiusInput), f.content)
	_, f.grown = s.askForm(env.N("contacts.bulk_consent", len(ids)), env.N("contacts.bulk_consent_do", len(ids)), column, f.what, func(d *widget.Dialog, grown func()) {
		entries, ok := f.read()
		if !ok {
			grown()
			return
		}
		d.Close()
		var out store.BulkConsent
		env.Tasks.Run(page.Task{
			Name: env.T("contacts.task.consent"),
			Work: func(ctx context.Context, report page.Report) error {
				for _, e := range entries {
					e.Single = false
					one, err := env.Store.RecordConsentOf(ctx, ids, e, s.progress(report, len(ids)))
					if err != nil {
						return err
					}
					out.Recorded, out.OptedOut = max(out.Recorded, one.Recorded), max(out.OptedOut, one.OptedOut)
				}
				return nil
			},
			Done: func(err error) {
				env.Fail(err, nil)
				s.desk.changedPeople()
				if err != nil {
					return
				}
				text := env.N("contacts.bulk_recorded", out.Recorded)
				if out.OptedOut > 0 {
					text = env.N("contacts.bulk_left_out", out.OptedOut, "recorded", out.Recorded)
				}
				s.toast(text, nil)
			},
		})
	})
}
