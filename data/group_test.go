package data

import (
	"slices"
	"testing"
	"time"
)

func TestConditionsAreReadAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string][]Condition{
		"": nil, "all": nil, " ALL ": nil, "*": nil,
		"tag = sunglasses":                    {{"tag", "=", "sunglasses"}},
		"tag:vip":                             {{"tag", "=", "vip"}},
		"TAGS != vip":                         {{"tag", "!=", "vip"}},
		"city=Portland and spend>=100":        {{FieldCity, "=", "Portland"}, {FieldSpend, ">=", "100"}},
		"city = Portland, spend >= 100.50":    {{FieldCity, "=", "Portland"}, {FieldSpend, ">=", "100.50"}},
		"city = Portland；visits > 2，tag=a":    {{FieldCity, "=", "Portland"}, {FieldVisits, ">", "2"}, {"tag", "=", "a"}},
		"city = São Paulo AND tag = no vip":   {{FieldCity, "=", "São Paulo"}, {"tag", "=", "no vip"}},
		`city = "Frankfurt and Main"`:         {{FieldCity, "=", "Frankfurt and Main"}},
		`tag = "a, b; c & d" and tag = e`:     {{"tag", "=", "a, b; c & d"}, {"tag", "=", "e"}},
		"city = Coeur d'Alene and visits > 5": {{FieldCity, "=", "Coeur d'Alene"}, {FieldVisits, ">", "5"}},
		"city = O'Fallon, tag = women's":      {{FieldCity, "=", "O'Fallon"}, {"tag", "=", "women's"}},
		`tag = 'two words'`:                   {{"tag", "=", "two words"}},
		`tag = “两个 词” and city=上海`:            {{"tag", "=", "两个 词"}, {FieldCity, "=", "上海"}},
		`tag = "5"" lens"`:                    {{"tag", "=", `5" lens`}},
		"tag = Portland":                      {{"tag", "=", "Portland"}}, // an "and" inside a word
		`city = ""`:                           {{FieldCity, "=", ""}},
		"tag = a and, and tag = b ;":          {{"tag", "=", "a"}, {"tag", "=", "b"}},
		"last_visit < 60 days":                {{FieldLastVisit, "<", "60 days"}},
		"birthday = this month":               {{FieldBirthday, "=", "this month"}},
		"birth_month = Nov":                   {{FieldBirthday, "=", "Nov"}},
		"  city \t  =   Los   Angeles ":       {{FieldCity, "=", "Los Angeles"}},
		"missed=12":                           {{FieldMissed, "=", "12"}},
		"tag == a":                            {{"tag", "=", "a"}},
		"spend <> 0":                          {{FieldSpend, "!=", "0"}},
	} {
		got, err := ParseConditions(s)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q (%v)", s, got, want, err)
		}
	}
}

func TestConditionsThatMakeNoSenseNameThePart(t *testing.T) {
	for s, want := range map[string]Code{
		"nonsense": "condition_op", "shoe = 5": "condition_field", "= 5": "condition_field", "city < a": "condition_op", "tag =": "condition_value", `tag = ""`: "condition_value", "spend >= much": "condition_value", "spend >= -1": "condition_value",
		"visits > 1.5": "condition_value", "missed = some": "condition_value", "missed != 1": "condition_op", "visits > -1": "condition_value", "birthday = 13": "condition_value", "birthday = 0": "condition_value", "birthday > 3": "condition_op", "last_visit < soon": "condition_value", "last_visit < -3d": "condition_value",
		"last_visit < 99999999d": "condition_value", "last_visit < --11-24": "condition_value", "last_visit < 2026-02-30": "condition_value", "import = x": "condition_value", `tag = "open`: "condition_value", `tag = "a" b`: "condition_value", "tag = a and city": "condition_op",
	} {
		got, err := ParseConditions(s)
		if CodeOf(err) != want {
			t.Errorf("%q is %q (%v), want %s", s, got, err, want)
		}
	}
}

func TestConditionsAreReadBackAsTheyWereWritten(t *testing.T) {
	for _, v := range []string{"a", "two words", "a, b", "x;y", "R&D", "and", "AND", "rock and roll", `5" lens`, `"`, `""`, "'", "d'Alene", "'quoted'", "“中文”", "=5", "!", ">", "a\tb", "a\nb", " padded ", "\u00a0x\u00a0", "，", "all", "*", "，；", "\\", "%"} {
		all := []Condition{{"tag", "=", v}, {FieldCity, "!=", v}, {FieldVisits, ">=", "2"}}
		got, err := ParseConditions(WriteConditions(all))
		if err != nil || !slices.Equal(got, all) {
			t.Errorf("%q is written %s and read %q (%v)", v, WriteConditions(all), got, err)
		}
	}
}

func TestDaysAndMonthsOfAConditionMoveWithTheClock(t *testing.T) {
	now := time.Date(2026, 11, 24, 23, 30, 0, 0, zone(t, "America/Los_Angeles"))
	for v, want := range map[string]Date{"0d": "2026-11-24", "1d": "2026-11-23", "60d": "2026-09-25", "60 days": "2026-09-25", "1 day": "2026-11-23", "2026-09-01": "2026-09-01"} {
		if d, ok := (Condition{FieldLastVisit, "<", v}).Day(now); !ok || d != want {
			t.Errorf("%q is %s, want %s", v, d, want)
		}
	}
	for v, want := range map[string]int{"now": 11, "this month": 11, "2": 2, "02": 2, "March": 3, "sep": 9, "sept": 0, "": 0, "13": 0} {
		if m := (Condition{FieldBirthday, "=", v}).Month(now); m != want {
			t.Errorf("%q is month %d, want %d", v, m, want)
		}
	}
}

func FuzzConditions(f *testing.F) {
	for _, s := range []string{"tag = a and city = b", `tag = "a, b"`, "city = d'Alene and x", "tag = “a”", `tag = "a""b"`, "spend>=1;visits<2", "city==", "last_visit<60d&birthday=now"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all, err := ParseConditions(s)
		if err != nil {
			if c := CodeOf(err); c != "condition_field" && c != "condition_op" && c != "condition_value" {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		written := WriteConditions(all)
		again, err := ParseConditions(written)
		if err != nil || !slices.Equal(again, all) {
			t.Fatalf("%q is %q, written %q and read %q (%v)", s, all, written, again, err)
		}
	})
}
