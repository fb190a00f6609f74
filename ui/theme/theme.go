// Package theme is the look of Counterbell: a brass bell on a bottle-green
// counter, on warm paper. Green is the only action colour, brass the only
// decoration. It names colours and sizes by what they are for, and answers
// every name that Fyne's own widgets ask for, so that those fit in.
package theme

import (
	"image/color"
	"math"

	"counterbell/assets/fonts"
	"counterbell/assets/icons"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Variant is light or dark. It is the user's own choice: what the desktop
// reports is ignored, because without desktop settings Fyne calls it dark.
type Variant = fyne.ThemeVariant

const (
	Light Variant = fynetheme.VariantLight
	Dark  Variant = fynetheme.VariantDark
)

// Theme is one choice of variant and text scale.
type Theme struct {
	variant Variant
	scale   float32
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme in the given variant. The text scale is kept between
// 1 and 1.5; beyond it the pages would no longer fit a small screen.
func New(variant Variant, scale float32) *Theme {
	if math.IsNaN(float64(scale)) {
		scale = 1
	}
	return &Theme{variant: variant, scale: min(max(scale, 1), 1.5)}
}

// Variant tells whether this theme is light or dark.
func (t *Theme) Variant() Variant { return t.variant }

// Color answers our own names and all of Fyne's. The variant passed in is
// ignored: the theme has its own.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if p, ok := palette[name]; ok {
		return t.pick(p)
	}
	if ours, ok := fyneColors[name]; ok {
		c := t.pick(palette[ours.name])
		if ours.alpha != 0 {
			c.A = ours.alpha
		}
		return c
	}
	return fynetheme.DefaultTheme().Color(name, t.variant)
}

func (t *Theme) pick(p pair) color.NRGBA {
	if t.variant == Dark {
		return p.dark
	}
	return p.light
}

// borrowed says which of our colours stands for one of Fyne's, and how opaque
// it is. Alpha 0 means as it is.
type borrowed struct {
	name  fyne.ThemeColorName
	alpha uint8
}

// fyneColors dresses Fyne's own widgets. Focus, hover and press are painted
// over the widget, so they have to let it shine through.
var fyneColors = map[fyne.ThemeColorName]borrowed{
	fynetheme.ColorNameBackground:          {Page, 0},
	fynetheme.ColorNameButton:              {NeutralSoft, 0},
	fynetheme.ColorNameDisabledButton:      {NeutralSoft, 0},
	fynetheme.ColorNameDisabled:            {Ink3, 0},
	fynetheme.ColorNameError:               {Danger, 0},
	fynetheme.ColorNameFocus:               {Accent, 0x40},
	fynetheme.ColorNameForeground:          {Ink, 0},
	fynetheme.ColorNameForegroundOnError:   {Panel, 0},
	fynetheme.ColorNameForegroundOnPrimary: {OnAccent, 0},
	fynetheme.ColorNameForegroundOnSuccess: {Panel, 0},
	fynetheme.ColorNameForegroundOnWarning: {Panel, 0},
	fynetheme.ColorNameHeaderBackground:    {Rail, 0},
	fynetheme.ColorNameHover:               {LineStrong, 0x1C},
	fynetheme.ColorNameHyperlink:           {Accent, 0},
	fynetheme.ColorNameInputBackground:     {Panel, 0},
	fynetheme.ColorNameInputBorder:         {LineStrong, 0},
	fynetheme.ColorNameMenuBackground:      {Panel, 0},
	fynetheme.ColorNameOverlayBackground:   {Panel, 0},
	fynetheme.ColorNamePlaceHolder:         {Ink3, 0},
	fynetheme.ColorNamePressed:             {LineStrong, 0x38},
	fynetheme.ColorNamePrimary:             {Accent, 0},
	fynetheme.ColorNameScrollBar:           {LineStrong, 0x80},
	fynetheme.ColorNameScrollBarBackground: {Clear, 0},
	fynetheme.ColorNameSelection:           {AccentSoft, 0},
	fynetheme.ColorNameSeparator:           {Line, 0},
	fynetheme.ColorNameShadow:              {Clear, 0},
	fynetheme.ColorNameSuccess:             {OK, 0},
	fynetheme.ColorNameWarning:             {Warn, 0},
}

// Size answers text sizes, scaled as the user asked, and Fyne's own measures.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameText:
		name = SizeBody
	case fynetheme.SizeNameCaptionText:
		name = SizeCaption
	case fynetheme.SizeNameHeadingText:
		name = SizeTitle
	case fynetheme.SizeNameSubHeadingText:
		name = SizeHeading
	}
	if points, ok := textSizes[name]; ok {
		return float32(math.Round(float64(points * t.scale)))
	}
	if name == fynetheme.SizeNameInlineIcon { // stands before a line of text in a field
		return float32(math.Round(float64(fyneSizes[name] * t.scale)))
	}
	if px, ok := fyneSizes[name]; ok {
		return px
	}
	return fynetheme.DefaultTheme().Size(name)
}

var fyneSizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameInlineIcon:         18,
	fynetheme.SizeNameInnerPadding:       8,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameScrollBar:          12,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    4,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameInputRadius:        RadiusInput,
	fynetheme.SizeNameSelectionRadius:    RadiusInput,
}

var (
	regular = fyne.NewStaticResource("Counterbell-Regular.ttf", fonts.Regular)
	bold    = fyne.NewStaticResource("Counterbell-Bold.ttf", fonts.Bold)
)

// Font returns the bundled face, regular or bold. There is no italic: Chinese
// has none. Monospace and symbols stay Fyne's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace || style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return bold
	}
	return regular
}

// fyneIcons dress Fyne's own widgets, above all its file dialog, in our family.
var fyneIcons = map[fyne.ThemeIconName]fyne.Resource{
	fynetheme.IconNameCancel: icons.Close, fynetheme.IconNameConfirm: icons.Check, fynetheme.IconNameDelete: icons.Delete,
	fynetheme.IconNameSearch: icons.Search, fynetheme.IconNameMenu: icons.Adjust, fynetheme.IconNameMenuExpand: icons.Next,
	fynetheme.IconNameContentAdd: icons.Add, fynetheme.IconNameContentRemove: icons.Remove, fynetheme.IconNameContentCut: icons.Cut,
	fynetheme.IconNameContentCopy: icons.Copy, fynetheme.IconNameContentUndo: icons.Undo, fynetheme.IconNameContentClear: icons.Close,
	fynetheme.IconNameInfo: icons.About, fynetheme.IconNameQuestion: icons.Question, fynetheme.IconNameWarning: icons.Warning,
	fynetheme.IconNameError: icons.Alert, fynetheme.IconNameDocument: icons.Document, fynetheme.IconNameDocumentCreate: icons.Edit,
	fynetheme.IconNameDocumentPrint: icons.Print, fynetheme.IconNameDocumentSave: icons.Download, fynetheme.IconNameMoreHorizontal: icons.Menu,
	fynetheme.IconNameMoveDown: icons.Down, fynetheme.IconNameMoveUp: icons.Up, fynetheme.IconNameNavigateBack: icons.Back,
	fynetheme.IconNameNavigateNext: icons.Forward, fynetheme.IconNameArrowDropDown: icons.More, fynetheme.IconNameArrowDropUp: icons.Less,
	fynetheme.IconNameFolder: icons.Folder, fynetheme.IconNameFolderOpen: icons.Folder, fynetheme.IconNameHelp: icons.Question,
	fynetheme.IconNameHistory: icons.Time, fynetheme.IconNameHome: icons.Today, fynetheme.IconNameSettings: icons.Settings,
	fynetheme.IconNameStorage: icons.Disk, fynetheme.IconNameUpload: icons.Upload, fynetheme.IconNameViewRefresh: icons.Refresh,
	fynetheme.IconNameVisibility: icons.Opened, fynetheme.IconNameVisibilityOff: icons.Hidden, fynetheme.IconNameDownload: icons.Download,
	fynetheme.IconNameComputer: icons.Computer, fynetheme.IconNameDesktop: icons.Computer, fynetheme.IconNameAccount: icons.Person,
	fynetheme.IconNameCalendar: icons.Appointments, fynetheme.IconNameWindowClose: icons.Close,
}

// Icon answers Fyne's own icon names.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if ours, ok := fyneIcons[name]; ok {
		return ours
	}
	return fynetheme.DefaultTheme().Icon(name)
}

// fallback stands in when the running app wears another theme (a test).
var fallback = New(Light, 1)

func current() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallback
}

// Color returns a colour of the theme in force. Ask again in Refresh, so that
// a switch between light and dark reaches every shape.
func Color(name fyne.ThemeColorName) color.Color {
	return current().Color(name, 0)
}

// Faded returns a colour of the theme in force at the given share of its
// opacity, for area fills and pressed buttons.
func Faded(name fyne.ThemeColorName, share float32) color.Color {
	t := current()
	c, ok := t.Color(name, 0).(color.NRGBA)
	if !ok {
		return t.Color(name, 0)
	}
	c.A = uint8(float32(c.A) * min(max(share, 0), 1))
	return c
}

// IsDark tells whether the theme in force is dark.
func IsDark() bool { return current().variant == Dark }
