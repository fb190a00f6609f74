package main

import (
	"context"
	"sync/atomic"
	"time"

	"counterbell/data"
	"counterbell/ui"

	"fyne.io/fyne/v2"
)

// noticeEvery is how often news is looked for at most.
const noticeEvery = 5 * time.Second

// notify tells the system of replies and finished campaigns while the window is
// not in front, until ctx ends.
func (p *program) notify(ctx context.Context) {
	var away, changed atomic.Bool
	life := p.app.Lifecycle()
	life.SetOnExitedForeground(func() { away.Store(true) })
	life.SetOnEnteredForeground(func() { away.Store(false) })
	end := p.store.OnChange(func() { changed.Store(true) })
	notices, err := ui.NewNotices(ctx, p.store, p.log, p.shell.Texts, func(title, text string) {
		ui.FyneLoop(func() { p.app.SendNotification(fyne.NewNotification(title, text)) })
	})
	if err != nil {
		p.log.Warn("there will be no notifications", "code", string(data.CodeOf(err)))
		end()
		return
	}
	go func() {
		defer end()
		tick := time.NewTicker(noticeEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if changed.Swap(false) {
					notices.Look(ctx, away.Load())
				}
			case <-ctx.Done():
				return
			}
		}
	}()
}
