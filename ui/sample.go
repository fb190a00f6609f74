package ui

import (
	"context"

	"counterbell/data"
	"counterbell/sender/sample"
	"counterbell/ui/page"
	"counterbell/ui/widget"
)

// sampleOpener is Env.OpenSample: nil where a second window can't be opened,
// and in the sample profile itself.
func (s *Shell) sampleOpener(business data.Business) func() {
	if s.needs.OpenProfile == nil || business.Demo {
		return nil
	}
	return s.openSample
}

// openSample shows the profile of sample people in a window of its own, and
// fills it first when it is opened for the first time.
func (s *Shell) openSample() {
	env, dir := s.env, sample.Dir(s.needs.Store.Dir)
	dismiss := env.Toast(widget.Toast{Tone: widget.Info, Text: env.T("welcome.sample_opened"), Close: env.T("common.close")})
	s.needs.Tasks.Run(page.Task{
		Name: env.T("welcome.sample_task"),
		Work: func(ctx context.Context, report page.Report) error {
			if sample.Ready(dir) {
				return nil
			}
			return sample.Fill(ctx, dir, func(share float64) { report(page.Step{Share: share}) })
		},
		Done: func(err error) {
			if err == nil {
				err = s.needs.OpenProfile(dir, s.appearance())
			}
			if err != nil {
				dismiss()
				env.Fail(err, s.openSample)
			}
		},
	})
}
