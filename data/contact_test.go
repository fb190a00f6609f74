package data

import "testing"

func TestPeopleAreSpokenToAsTheirLanguageHasIt(t *testing.T) {
	for _, c := range []struct{ name, given, want string }{
		{"Amelia Hart", "Amelia", "Amelia"},
		{"Mr Hart", "", ""},
		{"陈雨", "雨", "陈雨"},
		{"欧阳娜娜", "娜娜", "欧阳娜娜"},
		{"陈雨女士", "雨", "陈雨女士"},
		{"山田 太郎", "太郎", "山田太郎"},
		{"陈雨", "小雨", "小雨"},
		{"陈雨", "陈女士", "陈女士"},
		{"陈雨", "陈雨", "陈雨"},
		{"陈雨", "", ""},
		{"陈雨 Anna", "Anna", "Anna"},
		{"", "雨", "雨"},
		{"阿依古丽·买买提", "阿依古丽", "阿依古丽"},
	} {
		if got := (&Contact{Name: c.name, GivenName: c.given}).Greeting(); got != c.want {
			t.Errorf("%q, given name %q, is called %q, want %q", c.name, c.given, got, c.want)
		}
	}
}
