package text

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"counterbell/data"
)

func parse(t *testing.T, kind data.Kind, s string) Template {
	t.Helper()
	tpl, err := Parse(kind, s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return tpl
}

func TestAPersonReadsTheirOwnName(t *testing.T) {
	for _, c := range []struct {
		template string
		values   map[string]string
		want     string
		missing  []string
	}{
		{"Hi {first_name|friend}, {offer} until {expires}", map[string]string{"first_name": "Dana", "offer": "20% off", "expires": "30 Nov"}, "Hi Dana, 20% off until 30 Nov", nil},
		{"Hi {first_name|friend}!", nil, "Hi friend!", nil},
		{"Hi {first_name}!", nil, "Hi !", []string{"first_name"}},
		{"{name}, {name}", nil, ", ", []string{"name"}},
		{"你好{first_name|朋友}，", map[string]string{"first_name": " 林\n小雨\t "}, "你好林 小雨，", nil},
		{"{ First_Name | friend }", nil, "friend", nil},
		{"{{braces}} {brand}", map[string]string{"brand": "A {B}"}, "{braces} A {B}", nil},
		{"a } b }} c", nil, "a } b } c", nil},
		{"one\r\ntwo", nil, "one\ntwo", nil},
		{"{first_name|}", nil, "", []string{"first_name"}},
		{"{first_name|x}", map[string]string{"first_name": "\u202e\x00\x07"}, "x", nil},
		{"{first_name}", map[string]string{"first_name": "{code}"}, "{code}", nil},
	} {
		got, missing := parse(t, data.Marketing, c.template).Render(Of(c.values))
		if got != c.want || !reflect.DeepEqual(missing, c.missing) {
			t.Errorf("%q: %q missing %v, want %q missing %v", c.template, got, missing, c.want, c.missing)
		}
	}
}

func TestAMistypedPlaceholderIsNamedWithTheNearest(t *testing.T) {
	for _, c := range []struct {
		kind     data.Kind
		template string
		code     data.Code
		name     string
		nearest  string
	}{
		{data.Marketing, "Hi {fist_name}", PlaceholderUnknown, "fist_name", "first_name"},
		{data.Marketing, "Hi {First Name}", PlaceholderUnknown, "First Name", "first_name"},
		{data.Marketing, "{coupon}", PlaceholderUnknown, "coupon", "code"},
		{data.Marketing, "{优惠券}", PlaceholderUnknown, "优惠券", "code"},
		{data.Reminder, "{doctor}", PlaceholderUnknown, "doctor", "staff"},
		{data.Marketing, "{quicksand}", PlaceholderUnknown, "quicksand", ""},
		{data.Marketing, "{}", PlaceholderUnknown, "", ""},
		{data.Marketing, "on {date}", PlaceholderNotHere, "date", ""},
		{data.Reminder, "{offer}", PlaceholderNotHere, "offer", ""},
		{data.Marketing, "Hi {first_name", PlaceholderUnclosed, "{first_name", ""},
		{data.Marketing, "Hi {first {name}", PlaceholderUnclosed, "{first {name}", ""},
	} {
		_, err := Parse(c.kind, c.template)
		var e *data.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Args["name"] != c.name || e.Args["nearest"] != c.nearest {
			t.Errorf("%q: %v %+v", c.template, err, e)
		}
	}
}

func TestEveryPlaceholderIsKnownToItself(t *testing.T) {
	for _, p := range Placeholders {
		tpl := parse(t, p.Kinds[0], "{"+p.Name+"}")
		if got := tpl.Unguarded(); slices.Contains(got, p.Name) != p.May {
			t.Errorf("%s: unguarded %v", p.Name, got)
		}
	}
	for typed, name := range meant {
		if p, ok := placeholder(name); !ok || nearest(p.Kinds[0], typed) != name {
			t.Errorf("{%s} should lead to {%s}", typed, name)
		}
	}
}

func TestATemplateReadsAsItWasWritten(t *testing.T) {
	for _, s := range []string{"Hi {first_name|friend}, {{x}} {offer}", "", "{code}", "}}{{"} {
		if got := parse(t, data.Marketing, s).String(); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
	if tpl := parse(t, data.Marketing, Escape("{code} }")); len(tpl.Names()) != 0 {
		t.Errorf("escaped: %v", tpl.Names())
	}
}

func TestATemplateProviderGetsNumbersAndTheirValues(t *testing.T) {
	tpl := parse(t, data.Marketing, "{brand}: Hi {first_name|friend}, {offer}. {{x}} Code {code}, {first_name|you}!")
	bound := tpl.Bind(Of(map[string]string{"brand": "Harbor", "offer": "20% off"}))
	s, err := bound.Split()
	if err != nil || s.Text != "Harbor: Hi {1}, 20% off. (x) Code {2}, {3}!" {
		t.Fatalf("%q %v", s.Text, err)
	}
	person := Of(map[string]string{"code": "7K2M-9QXD"})
	params, missing := s.Params(person)
	if want := []string{"friend", "7K2M-9QXD", "you"}; !reflect.DeepEqual(params, want) || missing != nil {
		t.Errorf("params %q missing %v", params, missing)
	}
	if got := s.Fill(params); got != "Harbor: Hi friend, 20% off. (x) Code 7K2M-9QXD, you!" {
		t.Errorf("filled: %q", got)
	}
	if _, missing := s.Params(Of(nil)); !reflect.DeepEqual(missing, []string{"code"}) {
		t.Errorf("missing %v", missing)
	}
	if got := s.Fill([]string{"{3}", "c", "d"}); !strings.HasPrefix(got, "Harbor: Hi {3}, 20% off. (x) Code c, d") {
		t.Errorf("a value that looks like a number: %q", got)
	}
	if _, err := parse(t, data.Marketing, "{code} {link}").Split(); data.CodeOf(err) != TemplateBare {
		t.Errorf("placeholders alone: %v", err)
	}
}

func TestTheComposerKnowsTheLongestMessage(t *testing.T) {
	tpl := parse(t, data.Marketing, "Hi {first_name}")
	people := []string{"Al", "", strings.Repeat("x", 170), "李雷"}
	r := tpl.Reach(func(yield func(Values) bool) {
		for _, n := range people {
			if !yield(Of(map[string]string{"first_name": n})) {
				return
			}
		}
	}, RuleGSM, func(s string) string { return s + " STOP" })
	if r.People != 4 || r.Missing != 1 || r.MissingBy["first_name"] != 1 || r.Segments != 4 || r.BySegments[1] != 2 || r.BySegments[2] != 1 || r.UCS2 != 1 || r.LongestAt != 2 || r.Longest.Units != 178 {
		t.Errorf("%+v", r)
	}
	if !strings.HasSuffix(r.Text, " STOP") {
		t.Errorf("text %q", r.Text)
	}
	none := tpl.Reach(func(func(Values) bool) {}, RuleGSM, nil)
	if none.LongestAt != -1 || none.People != 0 {
		t.Errorf("nobody: %+v", none)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Hi {first_name|friend}", "{{}}", "{", "}", "{|}", "{code|{{}", "\r\n", "{name|\x00}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tpl, err := Parse(data.Marketing, s)
		if err != nil {
			return
		}
		again, err := Parse(data.Marketing, tpl.String())
		if err != nil || again.String() != tpl.String() {
			t.Fatalf("%q: %q, %v", s, tpl.String(), err)
		}
		if Clean(Clean(s)) != Clean(s) {
			t.Fatalf("Clean(%q) isn't settled: %q", s, Clean(s))
		}
		all, missing := tpl.Render(func(string) string { return s })
		if Clean(s) != "" && missing != nil {
			t.Fatalf("%q: missing %v in %q", s, missing, all)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	tpl, _ := Parse(data.Marketing, "Hi {first_name|friend}, {offer} until {expires}. Code {code}")
	v := Of(map[string]string{"first_name": "Dana", "offer": "20% off", "expires": "30 Nov", "code": "7K2M-9QXD"})
	b.ReportAllocs()
	for b.Loop() {
		s, _ := tpl.Render(v)
		Count(s, RuleGSM)
	}
}
