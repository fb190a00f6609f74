package widget

import (
	"encoding/json"
	"strings"
	"time"

	"counterbell/ui/i18n"

	"fyne.io/fyne/v2/lang"
)

// fyneWords are the keys of Fyne's own texts (file dialog, edit menu), and
// ours for the same.
var fyneWords = map[string]string{
	"Advanced": "fyne.advanced", "Cancel": "fyne.cancel", "Confirm": "fyne.confirm", "Copy": "fyne.copy", "Create Folder": "fyne.create_folder",
	"Cut": "fyne.cut", "Enter filename": "fyne.filename", "Error": "fyne.error", "Favourites": "fyne.favourites", "File": "fyne.file",
	"Folder": "fyne.folder", "New Folder": "fyne.new_folder", "No": "fyne.no", "OK": "fyne.ok", "Open": "fyne.open", "Paste": "fyne.paste",
	"Quit": "fyne.quit", "Redo": "fyne.redo", "Save": "fyne.save", "Select all": "fyne.select_all", "Show Hidden Files": "fyne.hidden",
	"Undo": "fyne.undo", "Yes": "fyne.yes", "file.name": "fyne.name", "file.parent": "fyne.parent",
}

// SpeakFyne makes Fyne's own words those of the chosen language: its file
// dialog, the menu of an entry, weekdays. Fyne can't be told a language, only
// what it says under the language of the system; so that is where they go.
// Call it before the window is built, and again on a switch of language.
func SpeakFyne(texts *i18n.Texts) error {
	words := map[string]map[string]string{}
	both := func(key, text string) { words[key] = map[string]string{"one": text, "other": text} }
	for key, ours := range fyneWords {
		both(key, texts.T(ours))
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		both(name, texts.Weekday(day))
		both(name+".short", texts.ShortWeekday(day))
	}
	content, err := json.Marshal(words)
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(content, lang.SystemLocale())
}
