package inbox

import (
	"strings"
	"testing"
	"unicode/utf8"

	"counterbell/data"
	"counterbell/sender/rules"
)

func TestWhatPeopleAnswer(t *testing.T) {
	const (
		out     = data.ReplyOptOut
		in      = data.ReplyOptIn
		help    = data.ReplyHelp
		confirm = data.ReplyConfirm
		cancel  = data.ReplyCancel
		unclear = data.ReplyUnclear
		other   = data.ReplyOther
	)
	for _, c := range []struct {
		text    string
		region  string
		after   data.Kind
		offered string
		want    data.ReplyClass
		keyword string
		review  bool
	}{
		// The whole reply is the keyword, however it is written.
		{"STOP", "US", data.Marketing, "STOP", out, "STOP", false},
		{"stop", "US", "", "", out, "STOP", false},
		{" “Stop!!” ", "US", "", "", out, "STOP", false},
		{"ＳＴＯＰ", "JP", "", "", out, "STOP", false},
		{"S T O P", "US", "", "", out, "STOP", false},
		{"s.t.o.p.", "US", "", "", out, "STOP", false},
		{"Stop 👋", "US", "", "", out, "STOP", false},
		{"opt-out", "US", "", "", out, "OPT-OUT", false},
		{"OptOut", "ZZ", "", "", out, "OPTOUT", false},
		{"STPO", "US", "", "", out, "STPO", false},
		{"cancel", "US", data.Marketing, "", out, "CANCEL", false},
		{"End.", "GB", data.Marketing, "", out, "END", false},
		{"退订", "CN", data.Marketing, "R", out, "退订", false},
		{"退訂！", "HK", data.Marketing, "", out, "退訂", false},
		{"TD", "CN", "", "", out, "TD", false},
		{"不要", "CN", data.Marketing, "", out, "不要", false},
		{"Désabonner", "FR", "", "", out, "DESABONNER", false},
		{"arrêt", "FR", "", "", out, "ARRET", false},
		{"baja", "ES", "", "", out, "BAJA", false},
		{"alto", "US", "", "", out, "ALTO", false},
		{"no más", "MX", "", "", out, "NO MAS", false},
		{"Sair", "BR", "", "", out, "SAIR", false},
		{"stopp", "DE", "", "", out, "STOPP", false},
		{"iptal", "TR", "", "", out, "IPTAL", false},
		{"İPTAL", "TR", "", "", out, "IPTAL", false},
		{"ıptal", "TR", "", "", out, "IPTAL", false},
		{"Ret", "TR", "", "", out, "RET", false},
		{"từ chối", "VN", "", "", out, "TU CHOI", false},
		{"수신거부", "KR", "", "", out, "수신거부", false},
		{"配信停止", "JP", "", "", out, "配信停止", false},
		{"ยกเลิก", "TH", "", "", out, "ยกเลิก", false},
		{"הסר", "IL", "", "", out, "הסר", false},
		{"إلغاء", "SA", "", "", out, "الغاء", false},
		{"стоп", "RU", "", "", out, "СТОП", false},
		{"OFF", "PH", "", "", out, "OFF", false},
		{"fin", "CA", "", "", out, "FIN", false},
		{"🛑", "US", "", "", out, "🛑", true},
		// A word of another language is understood, and looked at.
		{"退订", "US", data.Marketing, "", out, "退订", true},
		{"abmelden", "US", "", "", out, "ABMELDEN", true},
		{"ret", "US", "", "", other, "", false},
		{"off", "US", "", "", other, "", false},
		{"fin", "US", "", "", other, "", false},
		// It begins with the keyword, or holds a phrase.
		{"stop texting me", "US", "", "", out, "STOP TEXTING", true},
		{"Please stop", "US", "", "", out, "STOP", true},
		{"pls pls stop it", "US", "", "", out, "STOP", true},
		{"No, stop", "US", "", "", out, "STOP", true},
		{"Unsubscribe me please", "US", "", "", out, "UNSUBSCRIBE ME", true},
		{"would you take me off your list", "US", "", "", out, "TAKE ME OFF", true},
		{"Sorry, wrong number", "US", data.Reminder, "", out, "WRONG NUMBER", true},
		{"You have the wrong number", "US", "", "", out, "WRONG NUMBER", true},
		{"do not text this number", "US", "", "", out, "DO NOT TEXT", true},
		{"请退订", "CN", "", "", out, "退订", true},
		{"退订谢谢", "CN", "", "", out, "退订", true},
		{"你们别再发了", "CN", "", "", out, "别再发", true},
		{"不要再發", "TW", "", "", out, "不要再發", false},
		{"dejen de mandarme esto", "MX", "", "", out, "DEJEN DE", true},
		{"Bitte abmelden", "DE", "", "", out, "ABMELDEN", true},
		{"Merci de stop", "FR", "", "", out, "STOP", true},
		// It mentions the word, and means something else.
		{"when do you stop serving?", "US", data.Marketing, "STOP", other, "", true},
		{"Don't stop!", "US", "", "", other, "", true},
		{"please don't stop texting me, I love it", "US", "", "", other, "", true},
		{"I don't want to opt out", "US", "", "", other, "", false},
		{"Stop by at 5?", "US", "", "", other, "", true},
		{"hi, stop by at 5?", "US", "", "", other, "", true},
		{"End of the week?", "US", "", "", other, "", true},
		{"nonstop", "US", "", "", other, "", false},
		{"stopwatch", "US", "", "", other, "", false},
		{"什么时候停止营业", "CN", "", "", other, "", true},
		{"我不退订", "CN", "", "", other, "", true},
		// Single letters: where they are used so, and were offered.
		{"R", "CN", data.Marketing, "R", out, "R", false},
		{"r", "CN", data.Marketing, "", other, "", false},
		{"R", "US", data.Marketing, "R", other, "", false},
		{"T", "CN", data.Marketing, "TD T", out, "T", false},
		{"N", "CN", data.Marketing, "N", out, "N", false},
		{"N", "CN", data.Reminder, "1 N", cancel, "N", false},
		{"N", "US", data.Marketing, "N", other, "", false},
		{"NO", "ZA", data.Marketing, "NO", out, "NO", false},
		{"NO", "ZA", data.Marketing, "STOP", other, "", false},
		{"NO", "US", data.Marketing, "NO", other, "", false},
		{"R", "CN", data.Reminder, "1 2", unclear, "", true},
		// Answers to a reminder.
		{"YES", "US", data.Reminder, "1 2", confirm, "YES", false},
		{"y", "US", data.Reminder, "", confirm, "Y", false},
		{"1", "US", data.Reminder, "1 2", confirm, "1", false},
		{"1.", "CN", data.Reminder, "1 2", confirm, "1", false},
		{"１", "CN", data.Reminder, "1 2", confirm, "1", false},
		{"1️⃣", "US", data.Reminder, "1 2", confirm, "1", false},
		{"C", "US", data.Reminder, "C", confirm, "C", false},
		{"好", "CN", data.Reminder, "", confirm, "好", false},
		{"确认", "CN", data.Reminder, "", confirm, "确认", false},
		{"確認", "TW", data.Reminder, "", confirm, "確認", false},
		{"好的谢谢", "CN", data.Reminder, "", confirm, "好的", false},
		{"好好好", "CN", data.Reminder, "", confirm, "好", false},
		{"yes yes", "US", data.Reminder, "", confirm, "YES", false},
		{"Yes, see you then. Thanks!", "US", data.Reminder, "", confirm, "YES", false},
		{"I’ll be there", "US", data.Reminder, "", confirm, "I'LL BE THERE", false},
		{"sí", "US", data.Reminder, "", confirm, "SI", false},
		{"oui", "FR", data.Reminder, "", confirm, "OUI", false},
		{"O", "FR", data.Reminder, "", confirm, "O", false},
		{"O", "US", data.Reminder, "", unclear, "", true},
		{"Ja, danke", "DE", data.Reminder, "", confirm, "JA", false},
		{"네", "KR", data.Reminder, "", confirm, "네", false},
		{"はい", "JP", data.Reminder, "", confirm, "はい", false},
		{"NO", "US", data.Reminder, "", cancel, "NO", false},
		{"n", "US", data.Reminder, "", cancel, "N", false},
		{"2", "US", data.Reminder, "1 2", cancel, "2", false},
		{"No thanks", "US", data.Reminder, "", cancel, "NO", true},
		{"can't make it sorry", "US", data.Reminder, "", cancel, "CANT MAKE IT", true},
		{"Yes but I can't come at 9", "US", data.Reminder, "", cancel, "CAN'T COME", true},
		{"不好意思，明天来不了", "CN", data.Reminder, "", cancel, "来不了", true},
		{"Please cancel my appointment", "US", data.Reminder, "", cancel, "CANCEL MY APPOINTMENT", true},
		{"nein", "DE", data.Reminder, "", cancel, "NEIN", false},
		{"não", "BR", data.Reminder, "", cancel, "NÃO", false},
		// CANCEL is both.
		{"CANCEL", "US", data.Reminder, "", out, "CANCEL", true},
		{"CANCEL", "US", data.Reminder, "C CANCEL", out, "CANCEL", true},
		{"cancel please", "US", data.Reminder, "", out, "CANCEL", true},
		{"CANCEL", "PR", data.Reminder, "", out, "CANCEL", true},
		{"CANCEL", "", data.Reminder, "", out, "CANCEL", true},
		{"CANCEL", "GB", data.Reminder, "", cancel, "CANCEL", true},
		{"CANCEL", "GB", data.Reminder, "CANCEL", cancel, "CANCEL", false},
		{"取消", "CN", data.Reminder, "", cancel, "取消", true},
		{"取消", "CN", data.Reminder, "1 取消", cancel, "取消", false},
		{"取消", "CN", data.Marketing, "R", out, "取消", false},
		{"cancelar", "MX", data.Reminder, "", cancel, "CANCELAR", true},
		{"STOP", "US", data.Reminder, "1 2", out, "STOP", false},
		// Ought to be an answer, isn't.
		{"Yes but can we make it 5pm?", "US", data.Reminder, "", unclear, "", true},
		{"好的，但是能改到下午吗", "CN", data.Reminder, "", unclear, "", true},
		{"可以改时间吗", "CN", data.Reminder, "", unclear, "", true},
		{"No problem, see you then", "US", data.Reminder, "", unclear, "", true},
		{"No, that works for me", "US", data.Reminder, "", unclear, "", true},
		{"No, yes", "US", data.Reminder, "", unclear, "", true},
		{"👍", "US", data.Reminder, "1 2", unclear, "", true},
		{"3", "US", data.Reminder, "1 2", unclear, "", true},
		{"", "US", data.Reminder, "", unclear, "", true},
		{"where is it?", "US", data.Reminder, "", unclear, "", true},
		// Opt-in and help.
		{"START", "US", "", "", in, "START", false},
		{"unstop", "US", data.Reminder, "", in, "UNSTOP", false},
		{"YES", "US", data.Marketing, "YES", in, "YES", false},
		{"YES", "US", "", "", in, "YES", true},
		{"Y", "US", data.Marketing, "Y", in, "Y", false},
		{"Y", "US", data.Marketing, "", other, "", false},
		{"HELP", "US", "", "", help, "HELP", false},
		{"info", "US", data.Reminder, "", help, "INFO", false},
		{"bantuan", "ID", "", "", help, "BANTUAN", false},
		// Nothing of all that.
		{"", "US", "", "", other, "", false},
		{"   \n", "CN", data.Marketing, "", other, "", false},
		{"👍", "US", data.Marketing, "", other, "", false},
		{"Do you have decaf?", "US", data.Marketing, "STOP", other, "", false},
		{"1", "US", data.Marketing, "", other, "", false},
		{strings.Repeat("blah ", 10_000), "US", data.Marketing, "", other, "", false},
		{"\xff\xfe", "US", "", "", other, "", false},
	} {
		got := Classify(Reply{Text: c.text, Region: c.region, After: c.after, Offered: strings.Fields(c.offered)})
		if got.Reply != c.want || got.Keyword != c.keyword || got.Review != c.review {
			t.Errorf("%.40q in %s after %q: %s %q review %v; want %s %q review %v", c.text, c.region, c.after, got.Reply, got.Keyword, got.Review, c.want, c.keyword, c.review)
		}
	}
}

func TestCancelAfterAReminderKeepsItsOtherMeaning(t *testing.T) {
	if c := Classify(Reply{Text: "CANCEL", Region: "US", After: data.Reminder}); c.Also != data.ReplyCancel {
		t.Errorf("US: %+v", c)
	}
	if c := Classify(Reply{Text: "CANCEL", Region: "AU", After: data.Reminder}); c.Also != data.ReplyOptOut {
		t.Errorf("AU: %+v", c)
	}
	if c := Classify(Reply{Text: "CANCEL", Region: "AU", After: data.Reminder, Offered: []string{"cancel"}}); c.Also != "" {
		t.Errorf("AU, offered: %+v", c)
	}
}

// Whatever keyword a text offers must be understood when it comes back.
func TestTheKeywordThatWeOfferIsUnderstood(t *testing.T) {
	for _, region := range []string{"US", "CA", "GB", "FR", "DE", "ES", "IT", "PL", "CN", "HK", "TW", "JP", "KR", "IN", "SG", "MY", "ID", "PH", "TH", "VN", "AU", "NZ", "MX", "BR", "AR", "CO", "CL", "PE", "AE", "SA", "TR", "IL", "ZA", "NG", "KE", "AT", "CH", "ZZ"} {
		for _, lang := range append(rules.Languages(region), "en", "zh-Hans", "es") {
			k := rules.KeywordFor(region, lang)
			for _, after := range []data.Kind{data.Marketing, data.Notice, data.Reminder} {
				c := Classify(Reply{Text: k, Region: region, After: after, Offered: []string{k}})
				if c.Reply != data.ReplyOptOut {
					t.Errorf("%s %s after %s: %q is %s", region, lang, after, k, c.Reply)
				}
			}
		}
	}
}

func TestNoAnswerMeansYesAndNo(t *testing.T) {
	w := words()
	for text, yes := range w.byText[actionConfirm] {
		if no := w.byText[actionCancel][text]; no != nil {
			t.Errorf("%q confirms (%s) and cancels (%s)", text, yes[0].lang, no[0].lang)
		}
		for _, e := range w.byText[actionOptOut][text] {
			t.Errorf("%q confirms and opts out (%s)", text, e.lang)
		}
	}
}

func TestEveryKeywordDoesWhatTheTableSays(t *testing.T) {
	home := map[string]string{"en": "US", "zh-Hans": "CN", "zh-Hant": "TW", "zh": "CN", "es": "ES", "fr": "FR", "pt": "BR", "de": "DE", "it": "IT", "nl": "NL", "pl": "PL", "ms": "MY", "id": "ID", "vi": "VN", "th": "TH", "ko": "KR", "ja": "JP", "tr": "TR", "he": "IL", "ar": "SA", "ru": "RU", "hi": "IN", "fil": "PH"}
	want := map[string]data.ReplyClass{actionOptOut: data.ReplyOptOut, actionOptIn: data.ReplyOptIn, actionHelp: data.ReplyHelp, actionConfirm: data.ReplyConfirm, actionCancel: data.ReplyCancel}
	for action, class := range want {
		for _, all := range words().byText[action] {
			for _, e := range all {
				region := home[e.lang]
				if region == "" {
					t.Fatalf("no home for %s", e.lang)
				}
				if len(e.regions) > 0 {
					region = e.regions[0]
				}
				r := Reply{Text: e.keyword, Region: region, After: data.Marketing, Offered: []string{e.keyword}}
				if action == actionConfirm || action == actionCancel {
					r.After, r.Offered = data.Reminder, nil
				}
				c := Classify(r)
				if ambiguous := words().byText[actionOptOut][e.text] != nil && action == actionCancel; c.Reply != class && !ambiguous {
					t.Errorf("%s %q in %s: %s, want %s", e.lang, e.keyword, region, c.Reply, class)
				}
			}
		}
	}
}

func FuzzClassify(f *testing.F) {
	for _, s := range []string{"STOP", "please don't stop", "好的谢谢", "cancel", "", "\xff", "🛑👍", "İPTAL", "退订", "no no no"} {
		f.Add(s, "US", uint8(0), "STOP")
		f.Add(s, "CN", uint8(1), "R")
	}
	kinds := []data.Kind{data.Marketing, data.Reminder, data.Notice, data.OTP, ""}
	f.Fuzz(func(t *testing.T, s, region string, kind uint8, offered string) {
		r := Reply{Text: s, Region: region, After: kinds[int(kind)%len(kinds)], Offered: strings.Fields(offered)}
		c := Classify(r)
		if again := Classify(r); again != c {
			t.Fatalf("%q: %+v, then %+v", s, c, again)
		}
		if c.Reply == "" || !utf8.ValidString(c.Keyword) {
			t.Fatalf("%q: %+v", s, c)
		}
		// Nothing may hide a plain STOP.
		r.Text = " " + "StOp" + "!\n"
		if got := Classify(r); got.Reply != data.ReplyOptOut {
			t.Fatalf("STOP in %q after %q offered %q is %s", region, r.After, offered, got.Reply)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	for name, s := range map[string]string{"stop": "STOP", "question": "Do you still have the decaf beans that you had last week?"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Classify(Reply{Text: s, Region: "US", After: data.Reminder})
			}
		})
	}
}
