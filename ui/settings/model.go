// Package settings is the page on which a shop says who it is and how Counterbell is to work: the business, the provider,
// the hours, staff and tills, prices, the link relay, privacy, language and look.
package settings

import (
	"maps"
	"slices"

	"counterbell/data/store"
)

// form is what stands in the fields of a section: what is stored, and what was typed over it and not saved yet. Values are
// texts as they stand in the fields, so that nothing that was typed is lost, right or wrong.
type form struct {
	stored map[string]string
	typed  map[string]string // only what differs
}

func newForm() *form { return &form{stored: map[string]string{}, typed: map[string]string{}} }

// Load takes what is stored now. What was typed stays, but for what is the same now.
func (f *form) Load(stored map[string]string) {
	f.stored = stored
	for name, value := range f.typed {
		if stored[name] == value {
			delete(f.typed, name)
		}
	}
}

// Value is what stands in a field.
func (f *form) Value(name string) string {
	if v, ok := f.typed[name]; ok {
		return v
	}
	return f.stored[name]
}

// Type takes what stands in a field now.
func (f *form) Type(name, value string) {
	if f.stored[name] == value {
		delete(f.typed, name)
		return
	}
	f.typed[name] = value
}

// Values are all of them, as they stand.
func (f *form) Values() map[string]string {
	out := maps.Clone(f.stored)
	maps.Copy(out, f.typed)
	return out
}

// Dirty tells whether anything isn't saved.
func (f *form) Dirty() bool { return len(f.typed) > 0 }

// Changed lists the fields that aren't saved, sorted.
func (f *form) Changed() []string { return slices.Sorted(maps.Keys(f.typed)) }

// Discard forgets what was typed.
func (f *form) Discard() { clear(f.typed) }

// desk is what outlives a switch of language: which section shows, and what was typed in each.
type desk struct {
	section string
	forms   map[string]map[string]*form // by section, and there by what the form is about

	countries []store.CountryCount // of the contacts, as they were counted last
	counted   bool                 // since the page was opened
}

func newDesk() *desk { return &desk{section: sections[0].name, forms: map[string]map[string]*form{}} }

// form finds a section's form, or makes it. about tells several of a section apart, such as one for each provider.
func (d *desk) form(section, about string) *form {
	if d.forms[section] == nil {
		d.forms[section] = map[string]*form{}
	}
	f := d.forms[section][about]
	if f == nil {
		f = newForm()
		d.forms[section][about] = f
	}
	return f
}

// Unsaved lists the sections in which something isn't saved, in the order of the menu.
func (d *desk) Unsaved() []string {
	var out []string
	for _, s := range sections {
		for _, f := range d.forms[s.name] {
			if f.Dirty() {
				out = append(out, s.name)
				break
			}
		}
	}
	return out
}

// Discard forgets everything that was typed.
func (d *desk) Discard() {
	for _, forms := range d.forms {
		for _, f := range forms {
			f.Discard()
		}
	}
}
