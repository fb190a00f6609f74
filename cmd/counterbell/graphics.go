package main

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"sync"

	"counterbell/ui/i18n"
)

// graphics listens to what Fyne writes to the standard log. When there is no
// OpenGL or no display, Fyne writes a line and ends the process: so the
// explanation has to be given while that line is written.
type graphics struct {
	explain sync.Once
	texts   *i18n.Texts
	log     *slog.Logger
	errs    io.Writer
}

// fatal are the beginnings of what Fyne 2.7.1 says before it gives up.
var fatal = [][]byte{[]byte("window creation error"), []byte("failed to initialise GLFW"), []byte("failed to initialise OpenGL")}

// watchGraphics sends the standard log to ours, and watches it.
func watchGraphics(texts *i18n.Texts, logger *slog.Logger, errs io.Writer) {
	log.SetFlags(0)
	log.SetOutput(&graphics{texts: texts, log: logger, errs: errs})
}

func (g *graphics) Write(line []byte) (int, error) {
	g.log.Warn("fyne", "line", string(bytes.TrimSpace(line)))
	for _, beginning := range fatal {
		if bytes.Contains(line, beginning) {
			g.explain.Do(func() { tell(g.errs, g.texts.T("app.name"), g.texts.T(graphicsText())) })
		}
	}
	return len(line), nil
}
