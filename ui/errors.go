package ui

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/widget"
)

// fail turns an error into one sentence with a remedy, which stays until it is
// closed. What was cancelled is no failure.
func (s *Shell) fail(env *page.Env, err error, retry func()) {
	if err == nil || data.CodeOf(err) == data.Cancelled {
		return
	}
	s.needs.Log.Error("shown to the user", "code", string(data.CodeOf(err)), "error", opsOf(err))
	toast := widget.Toast{Tone: widget.Danger, Text: env.Texts.Error(err), Stays: true, Close: env.T("common.close")}
	if retry != nil {
		toast.Action, toast.Do = env.T("common.retry"), retry
	} else {
		toast.Action, toast.Do = env.T("common.details"), func() { s.details(env, err) }
	}
	s.stage.Toast(toast)
}

// details shows what a person who helps wants to know, to be copied.
func (s *Shell) details(env *page.Env, err error) {
	text := Details(err, s.needs.Version)
	env.Ask(widget.Question{
		Title: env.T("shell.details"), Text: env.Texts.Error(err), Content: widget.NewParagraph(text).Lines(12),
		Confirm: env.T("common.copy"), Cancel: env.T("common.close"), Wide: 560,
		OnConfirm: func() bool { env.Copy(text); return true },
	})
}

// Details is an error for a person who helps: code, what was being done, the
// cause, the program and the system. Where it holds a stack, that too.
func Details(err error, version string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Counterbell %s, %s/%s\ncode: %s\n%v", version, runtime.GOOS, runtime.GOARCH, data.CodeOf(err), err)
	var panicked *page.Panic
	if errors.As(err, &panicked) {
		fmt.Fprintf(&b, "\n%s", panicked.Stack)
	}
	return b.String()
}

// opsOf is an error for the log: codes and what was being done, without the
// causes, which may quote what a person typed.
func opsOf(err error) string {
	var parts []string
	for err != nil {
		var known *data.Error
		if !errors.As(err, &known) {
			break
		}
		parts = append(parts, known.Op+" ("+string(known.Code)+")")
		err = known.Err
	}
	return strings.Join(parts, ": ")
}
