package ui

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// tasksChanged draws what is being done: in the rail, and in the drawer while
// it is open. On Fyne's goroutine.
func (s *Shell) tasksChanged() {
	tasks, ok := s.needs.Tasks.(*Tasks)
	if !ok {
		return
	}
	all := tasks.Named()
	s.view.tasks(all)
	if s.drawer != nil {
		s.fillDrawer(all)
	}
}

// showTasks opens the drawer: every task with how far it is, and a way to
// cancel it.
func (s *Shell) showTasks(anchor fyne.CanvasObject) {
	tasks, ok := s.needs.Tasks.(*Tasks)
	if !ok {
		return
	}
	s.drawer = widget.Column(12)
	s.fillDrawer(tasks.Named())
	widget.ShowCard(anchor, widget.Sized(320, 0, s.drawer))
}

func (s *Shell) fillDrawer(all []Shown) {
	s.drawer.RemoveAll()
	s.drawer.Add(widget.Bold(s.env.T("shell.drawer")))
	if len(all) == 0 {
		s.drawer.Add(widget.Caption(s.env.T("shell.drawer_empty")))
	}
	for _, task := range all {
		bar := widget.NewProgressBar()
		bar.SetShare(max(task.Step.Share, 0))
		stop := widget.NewIconButton(icons.Close, s.env.T("shell.cancel_task", "task", task.Name), task.Cancel).Small()
		note := task.Step.Note
		if note == "" {
			note = s.env.T("shell.under_way")
		}
		s.drawer.Add(widget.Row(12, widget.Fill(widget.Column(4, widget.Body(task.Name).Shorten(), bar, widget.Caption(note).In(theme.Ink3).Shorten())), stop))
	}
	s.drawer.Refresh()
}
