package widget

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// never is a clock on which no time passes.
func never(time.Duration, func()) func() { return func() {} }

// words are the texts of the gallery: in both languages, to look at both.
type words struct {
	title, sub, buttons, send, export, skip, del, pills, inputs, typ, row, tiles, empty, sentence, fresh, example, toasts string
	states                                                                                                                [5]string
	pill                                                                                                                  [10]string
}

var english = words{
	"Counterbell components", "Noto Sans 12 / 14 / 18 / 24 · 4 px grid", "Buttons", "Send", "Export", "Skip", "Delete", "Status pills", "Inputs", "Type",
	"List row, 44 px", "Stat tiles", "No campaigns yet", "Pick an offer and the people who agreed to hear from you. Nothing is sent until you review it.", "New campaign", "See an example", "Toasts",
	[5]string{"Default", "Hover", "Pressed", "Focus", "Disabled"},
	[10]string{"Marketing", "Reminders", "None", "Opted out", "Maybe sent", "Opened", "Delivered", "Redeemed", "Failed", "No answer"},
}

var chinese = words{
	"Counterbell 组件", "思源黑体 12 / 14 / 18 / 24 · 4 px 网格", "按钮", "发送", "导出", "跳过", "删除", "状态标签", "输入框", "字号",
	"列表行，44 px", "指标卡", "还没有营销活动", "选一项优惠，再选同意接收短信的客人。在您确认之前，什么都不会发出去。", "新建活动", "看个例子", "提示条",
	[5]string{"默认", "悬停", "按下", "焦点", "停用"},
	[10]string{"营销", "提醒", "无", "已退订", "可能已发", "已打开", "已送达", "已核销", "失败", "未回复"},
}

// gallery is a page like the component mock-ups.
func gallery(w words) fyne.CanvasObject {
	head := Row(12, Logo(36), Column(0, Heading(w.title), Caption(w.sub)))

	grid := Grid(5, 6, stateLabels(w)...)
	for _, kind := range []struct {
		kind Kind
		text string
	}{{KindPrimary, w.send}, {KindSecondary, w.export}, {KindQuiet, w.skip}, {KindDanger, w.del}} {
		for state := range 5 {
			b := NewButton(kind.kind, kind.text, func() {})
			b.hovered, b.pressed, b.focused, b.disabled = state == 1 || state == 2, state == 2, state == 3, state == 4
			grid.Add(b)
		}
	}

	pills := []fyne.CanvasObject{
		NewPill(OK, icons.Check, w.pill[0]), NewPill(Info, icons.Reminder, w.pill[1]), NewPill(Neutral, nil, w.pill[2]), NewPill(Danger, icons.OptedOut, w.pill[3]), NewPill(Warn, icons.Question, w.pill[4]),
		NewPill(Accent, icons.Opened, w.pill[5]), NewPill(Info, icons.Check, w.pill[6]), NewPill(OK, icons.Redeemed, w.pill[7]), NewPill(Danger, icons.Close, w.pill[8]), NewPill(Warn, icons.Waiting, w.pill[9]),
	}
	chosen := NewChip("VIP", "486", nil)
	chosen.Select(true)
	counted := Row(6, chosen, NewChip("Lapsed", "173", nil), NewTag("Tag"), NewBadge("3"), NewBadge("1").Amber(), NewCountPill(OK, "5", "confirmed"))

	focused := NewEntry("")
	focused.SetText("Focused")
	focused.focused = true
	focused.Refresh()
	faulty := NewEntry("")
	faulty.SetText("Error")
	faulty.SetFaulty(true)
	off := NewEntry("")
	off.SetText("Disabled")
	off.Disable()
	ticked := NewCheckbox("Checked", nil)
	ticked.Set(true)
	some := NewCheckbox("Some", nil)
	some.SetSome()
	radio := NewRadio([]string{"Chosen", "Not"}, nil).Beside()
	radio.SetSelected(0)
	sel := NewSelect([]string{"Signed on", "Phone"}, nil).Bold()
	sel.SetSelected(0)
	sel.Mark(icons.Warning, true)
	plain := NewSelect([]string{"United Kingdom"}, nil).Plain()
	plain.SetSelected(0)
	inputs := Grid(2, 8, NewEntry("Default"), focused, faulty, off, sel, NewSoftTile(plain).Padded(6))

	left := Column(12, head,
		NewPanel(Column(10, Bold(w.buttons), grid)),
		NewPanel(Column(8, Bold(w.pills), Flow(8, pills...), counted)),
		NewPanel(Column(8, Bold(w.inputs), inputs, Row(16, ticked, some, radio, NewCaptionLink("Why?", nil)))),
		NewPanel(Column(8, Bold(w.typ), Row(16, Title("24 Title"), Heading("18 Heading"), Row(4, Body("14 Body"), Bold("bold")), Caption("12 Caption")))),
	)

	rows := Column(2)
	for state := range 5 {
		tick := NewCheckbox("", nil)
		tick.Set(state == 2)
		text := Body(w.states[min(state, 3)])
		end := fyne.CanvasObject(NewPill(OK, icons.Check, w.pill[0]))
		if state == 4 {
			text, end = Body("Loading").In(theme.Ink3), Skeleton(72, 10)
		}
		r := NewListRow(Row(12, tick, Fill(text.Shorten()), end), nil)
		r.hovered, r.selected, r.focused = state == 1, state == 2, state == 3
		rows.Add(r)
	}
	tiles := Grid(2, 8,
		NewStatTile("Redeemed", "46").SetTrend(OK, icons.Rising, "12%"), NewStatTile("Balance", "$6.20").SetTrend(Warn, nil, "Low"))
	centre := Column(12,
		NewPanel(Column(8, Bold(w.row), rows)).Padded(12),
		NewPanel(Column(8, Bold(w.tiles), tiles)),
		Fill(NewPanel(NewEmptyState(w.empty, w.sentence, Primary(w.fresh, nil).WithIcon(icons.Add), Quiet(w.example, nil)))),
	)

	stepper := NewStepper("File", "Check", "Import")
	stepper.SetNow(1)
	bar := NewProgressBar()
	bar.SetShare(0.42)
	today := NewNavItem(icons.Today, "Today", "", nil)
	today.Select(true)
	inbox := NewNavItem(icons.Inbox, "Inbox", "", nil)
	inbox.SetBadge("3")
	small := NewNavItem(icons.Appointments, "Appointments", "Visits", nil)
	small.Collapse(true)
	small.SetBadge("2")
	price := NewField("Full price", "", faultyEntry())
	right := Column(12,
		NewAttentionCard(Info, icons.Unclear, "3 replies are unclear", "“maybe after 4?” and 2 others", "Sort them out", nil),
		NewPanel(Column(12, stepper, bar, NewTabs([]string{"Consent", "Messages 6", "Coupons 2"}, nil),
			Row(8, NewIconButton(icons.Menu, "More", nil), Primary("Small", nil).Small(), Secondary("Small", nil).Small(), NewAvatar("Maya Chen", 32), NewAvatar("林晓雯", 32)))),
		Surface(theme.Rail, Inset(8, 8, 8, 8, Row(8, Fill(Column(4, today, inbox)), small))),
		NewBanner(Danger, icons.Warning, "Sending stopped: the provider refuses the credentials.", Secondary("Check", nil).Small()),
		Row(8, NewButton(KindPositive, "Done", nil).Large().WithIconAfter(icons.Next), Secondary("Undo", nil).Large()),
		Primary("Send 412 for $9.06", nil).Send().WithIcon(icons.Send),
		price,
		Spring(),
	)
	price.SetProblem("“12,5O” is not an amount. Did you mean 12.50?")
	page := StretchRow(16, Exactly(500, 0, left), Exactly(370, 0, centre), Fill(right))
	return Surface(theme.Page, Inset(20, 24, 20, 24, page))
}

func faultyEntry() *Entry {
	e := NewEntry("")
	e.SetText("12,5O")
	return e
}

func stateLabels(w words) []fyne.CanvasObject {
	var labels []fyne.CanvasObject
	for _, state := range w.states {
		labels = append(labels, Caption(state).Centered())
	}
	return labels
}

// picture renders a page as the window would show it. With
// COUNTERBELL_PICTURES set to a folder it stays there to be looked at.
func picture(t *testing.T, name string, th *theme.Theme, build func(w fyne.Window) fyne.CanvasObject, after func(w fyne.Window)) image.Image {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(th)
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(build(w))
	w.Resize(fyne.NewSize(1280, 800))
	if after != nil {
		after(w)
	}
	shot := w.Canvas().Capture()
	folder := os.Getenv("COUNTERBELL_PICTURES")
	if folder == "" {
		folder = t.TempDir()
	}
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, shot); err != nil {
		t.Fatal(err)
	}
	return shot
}

func TestTheComponentsInLightAndDarkInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		name    string
		variant theme.Variant
		scale   float32
		words   words
	}{
		{"components-light", theme.Light, 1, english},
		{"components-dark", theme.Dark, 1, english},
		{"components-zh-light", theme.Light, 1, chinese},
		{"components-zh-dark", theme.Dark, 1, chinese},
		{"components-large", theme.Light, 1.3, english},
	} {
		th := theme.New(c.variant, c.scale)
		shot := picture(t, c.name, th, func(w fyne.Window) fyne.CanvasObject { return NewStage(gallery(c.words), never) }, func(w fyne.Window) {
			stage := w.Content().(*Stage)
			stage.Toast(Toast{Tone: OK, Text: "3 people tagged", Action: "Undo", Close: "Close"})
			stage.Toast(Toast{Tone: Danger, Text: "No connection. Counterbell tries again in a minute.", Action: "Retry", Close: "Close", Stays: true})
		})
		want := th.Color(theme.Page, 0)
		if r, g, b, _ := shot.At(3, 3).RGBA(); !same(r, g, b, want) {
			t.Errorf("%s: the corner is %x %x %x, want the page's colour", c.name, r>>8, g>>8, b>>8)
		}
	}
}

func TestADialogAndAListOverThePage(t *testing.T) {
	zh := i18n.New(i18n.Chinese)
	for _, variant := range []theme.Variant{theme.Light, theme.Dark} {
		name := map[theme.Variant]string{theme.Light: "dialog-light", theme.Dark: "dialog-dark"}[variant]
		picture(t, name, theme.New(variant, 1), func(w fyne.Window) fyne.CanvasObject { return NewStage(gallery(english), never) }, func(w fyne.Window) {
			Ask(w.Canvas(), Question{
				Title: "Delete 3 people?", Text: "Their coupons and messages stay in the reports. An opt-out stays in force.",
				Content: NewField("Reason", "It is kept in the log.", NewEntry("")), Confirm: "Delete 3 people", Danger: true, Cancel: zh.T("common.cancel"),
			})
		})
		picture(t, "menu-"+name[7:], theme.New(variant, 1), func(w fyne.Window) fyne.CanvasObject {
			choose := NewSelect([]string{"Name", "Phone", "Email", "Signed on", "Tags", "Skip"}, nil)
			choose.SetSelected(1)
			return NewStage(Surface(theme.Page, Inset(40, 40, 40, 40, Column(8, container.NewHBox(choose)))), never)
		}, func(w fyne.Window) {
			find[*Select](w.Content()).Press()
		})
	}
}

func same(r, g, b uint32, want interface {
	RGBA() (r, g, b, a uint32)
},
) bool {
	wr, wg, wb, _ := want.RGBA()
	return r == wr && g == wg && b == wb
}

// find returns the first widget of a type inside of another.
func find[T fyne.CanvasObject](o fyne.CanvasObject) (found T) {
	for _, one := range all[T](o) {
		return one
	}
	return found
}

func all[T fyne.CanvasObject](o fyne.CanvasObject) (found []T) {
	if one, ok := o.(T); ok {
		found = append(found, one)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			found = append(found, all[T](inner)...)
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(o).Objects() {
			found = append(found, all[T](inner)...)
		}
	}
	return found
}
