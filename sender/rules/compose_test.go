package rules

import (
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/sender/text"
)

var (
	byReply = Channel{Way: WayReply}
	byLink  = Channel{Way: WayLink, Link: "https://go.example/s/7K2M9QXD4AB"}
)

func TestTheCountryGetsWhatItAsksFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		kind    data.Kind
		region  string
		lang    string
		brand   string
		channel Channel
		body    string
		want    string
	}{
		{"US", data.Marketing, "US", "en", "Harbor Coffee", byReply, "20% off beans.", "Harbor Coffee: 20% off beans. Reply STOP to opt out"},
		{"the brand stands there already", data.Marketing, "US", "en", "Harbor Coffee", byReply, "20% off at harbor coffee!", "20% off at harbor coffee! Reply STOP to opt out"},
		{"so does the way out", data.Marketing, "US", "en", "Harbor", byReply, "Harbor: 20% off. Text STOP to end.", "Harbor: 20% off. Text STOP to end."},
		{"a word isn't the way out", data.Marketing, "US", "en", "Harbor", byReply, "Harbor: NON-STOP sale", "Harbor: NON-STOP sale\nReply STOP to opt out"},
		{"by the stop link", data.Marketing, "US", "en", "Harbor", byLink, "Harbor: hi.", "Harbor: hi. Opt out: https://go.example/s/7K2M9QXD4AB"},
		{"a link at the end stays whole", data.Marketing, "US", "en", "Harbor", byReply, "Harbor: go.example/x7.", "Harbor: go.example/x7.\nReply STOP to opt out"},
		{"a template", data.Marketing, "US", "en", "Harbor", byReply, "{brand}: hi {first_name}.", "{brand}: hi {first_name}. Reply STOP to opt out"},
		{"a reminder", data.Reminder, "US", "en", "Harbor Dental", byReply, "See you at 9:00.", "Harbor Dental: See you at 9:00."},
		{"a reminder needs no way out", data.Reminder, "US", "en", "Harbor Dental", Channel{}, "See you at 9:00.", "Harbor Dental: See you at 9:00."},
		{"Spanish in the US", data.Marketing, "US", "es-US", "Harbor", byReply, "Harbor: 20% menos.", "Harbor: 20% menos. Responda STOP para darse de baja"},
		{"Mexico", data.Marketing, "MX", "es", "Harbor", byReply, "Harbor: 20% menos.", "Harbor: 20% menos. Responda BAJA para darse de baja"},
		{"Brazil", data.Marketing, "BR", "pt", "Harbor", byReply, "Harbor: 20%!", "Harbor: 20%! Responda SAIR para sair da lista"},
		{"France with a short code", data.Marketing, "FR", "fr", "Harbor", Channel{Way: WayReply, Number: "36180"}, "Harbor : -20%.", "Harbor : -20%. STOP 36180"},
		{"France, standing there", data.Marketing, "FR", "fr", "Harbor", Channel{Way: WayReply, Number: "36180"}, "Harbor : -20%. STOP au 36180", "Harbor : -20%. STOP au 36180"},
		{"China", data.Marketing, "CN", "zh-Hans", "海港咖啡", byReply, "本周末八折。", "【海港咖啡】本周末八折。拒收请回复R"},
		{"China, signed by the provider", data.Marketing, "CN", "zh-CN", "海港咖啡", Channel{Way: WayReply, Signs: true}, "本周末八折", "本周末八折，拒收请回复R"},
		{"China, standing there", data.Marketing, "CN", "zh-Hans", "海港咖啡", byReply, "【海港咖啡】八折，回T退订", "【海港咖啡】八折，回T退订"},
		{"China, the brand only inside", data.Notice, "CN", "zh-Hans", "海港咖啡", byReply, "海港咖啡：到货了", "【海港咖啡】海港咖啡：到货了"},
		{"Chinese in the US", data.Marketing, "US", "zh-Hans", "海港咖啡", byReply, "本周末八折", "海港咖啡：本周末八折，回复STOP退订"},
		{"Hong Kong, both languages", data.Marketing, "HK", "zh-Hant", "海港", byReply, "週末八折。", "海港：週末八折。Reply STOP to opt out 回覆STOP退訂"},
		{"Korea", data.Marketing, "KR", "ko", "하버", Channel{Way: WayReply, Number: "080-555-0142"}, "20% 할인", "(광고) 하버: 20% 할인\n무료수신거부 080-555-0142"},
		{"Korea, labelled", data.Marketing, "KR", "ko", "하버", byReply, "(광고)하버 20% 할인.", "(광고)하버 20% 할인. 무료수신거부: 수신거부 회신"},
		{"Malaysia", data.Marketing, "MY", "en", "Harbor", byReply, "20% off.", "RM0.00 Harbor: 20% off. Reply STOP to opt out"},
		{"Malaysia, the short label", data.Marketing, "MY", "en", "Harbor", byReply, "RM0 20% off.", "RM0 Harbor: 20% off. Reply STOP to opt out"},
		{"Malaysia labels notices", data.Notice, "MY", "en", "Harbor", byReply, "Harbor: it is here.", "RM0.00 Harbor: it is here."},
		{"Singapore", data.Marketing, "SG", "en", "Harbor", byReply, "Harbor: 20% off.", "<ADV> Harbor: 20% off. Reply STOP to opt out"},
		{"Vietnam", data.Marketing, "VN", "vi", "Harbor", byReply, "Harbor giam 20%.", "[QC] Harbor giam 20%. De tu choi QC, tra loi TC"},
		{"Vietnam, labelled in English", data.Marketing, "VN", "vi", "Harbor", byReply, "[AD] Harbor giam 20%.", "[AD] Harbor giam 20%. De tu choi QC, tra loi TC"},
		{"a code", data.OTP, "US", "en", "Harbor", byReply, "Your code is 123456", "Harbor: Your code is 123456"},
		{"Austria", data.Marketing, "AT", "de", "Harbor", byReply, "Harbor: 20% Rabatt.", "Harbor: 20% Rabatt. Abmelden: STOP antworten"},
		{"nobody knows where", data.Marketing, "ZZ", "xx", "Harbor", byReply, "Harbor: 20%.", "Harbor: 20%. Reply STOP to opt out"},
	} {
		got, err := Compose(c.kind, c.region, c.lang, c.brand, c.channel, c.body)
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %q %v\nwant %q", c.name, got, err, c.want)
		}
	}
}

func TestATextThatNobodyCouldStopIsRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		kind    data.Kind
		region  string
		brand   string
		channel Channel
		body    string
		want    data.Code
	}{
		{"no way", data.Marketing, "US", "Harbor", Channel{}, "hi", NoOptOutWay},
		{"a link that isn't there", data.Marketing, "US", "Harbor", Channel{Way: WayLink}, "hi", NoOptOutWay},
		{"a link where links are forbidden", data.Marketing, "MY", "Harbor", byLink, "hi", NoOptOutWay},
		{"an answer that nobody reads", data.Marketing, "US", "Harbor", byLink, "Harbor: hi. Reply STOP to opt out", ReplyUnread},
		{"neither in a reminder", data.Reminder, "US", "Harbor", Channel{}, "Harbor: hi. Reply STOP to opt out", ReplyUnread},
		{"a shop without a name", data.Marketing, "US", "", byReply, "hi", BrandWanted},
	} {
		got, err := Compose(c.kind, c.region, "en", c.brand, c.channel, c.body)
		if data.CodeOf(err) != c.want {
			t.Errorf("%s: %q %v", c.name, got, err)
		}
	}
	if got, err := Compose(data.Marketing, "US", "en", "Harbor", byLink, "Harbor: stop by today, text now"); err != nil {
		t.Errorf("an innocent sentence: %q %v", got, err)
	}
}

func TestComposingTwiceChangesNothingAndSatisfiesTheRules(t *testing.T) {
	table := Builtin()
	langs := []string{"en", "zh-Hans", "zh-Hant", "es", "fr", "pt", "de", "it", "nl", "pl", "ms", "id", "vi", "th", "ko", "ja", "tr", "he", "ar", "ru", "hi", "fil"}
	for region := range table.regions {
		for _, lang := range langs {
			for _, ch := range []Channel{byReply, byLink, {Way: WayReply, Number: "36180"}} {
				for _, kind := range []data.Kind{data.Marketing, data.Reminder, data.OTP} {
					once, err := Compose(kind, region, lang, "Harbor", ch, "20% off")
					if err != nil {
						if data.CodeOf(err) == NoOptOutWay && table.row(region, "marketing").Links == "banned" {
							continue
						}
						t.Fatalf("%s %s %s: %v", region, lang, kind, err)
					}
					twice, err := Compose(kind, region, lang, "Harbor", ch, once)
					if err != nil || twice != once {
						t.Errorf("%s %s %s: %q became %q (%v)", region, lang, kind, once, twice, err)
					}
					c := Inspect(kind, region, lang, "Harbor", ch, once)
					if !c.Brand || !c.Label || kind == data.Marketing && !c.OptOut {
						t.Errorf("%s %s %s: %q lacks something: %+v", region, lang, kind, once, c)
					}
					if strings.ContainsAny(once, "{}") {
						t.Errorf("%s %s: %q", region, lang, once)
					}
				}
			}
		}
	}
}

// The line itself must not be what makes a message twice as dear.
func TestTheOptOutLineStaysInTheCheapAlphabet(t *testing.T) {
	for _, lang := range []string{"en", "es", "fr", "pt", "de", "it", "nl", "pl", "ms", "id", "vi", "tr", "fil"} {
		for _, what := range []string{"reply", "reply_to", "link", "brand"} {
			line := strings.NewReplacer("{keyword}", "STOP", "{number}", "36180", "{link}", "x", "{brand}", "x").Replace(wording("", lang, what))
			if c := text.Culprits(line); len(c) > 0 {
				t.Errorf("%s %s: %q has %q", lang, what, line, c[0].Char)
			}
		}
	}
}

func TestLinksAreFound(t *testing.T) {
	for s, want := range map[string]bool{
		"see https://a.example/x": true, "www.example.com": true, "go.example/x7": true, "{link}": true,
		"9/10 stars": false, "and/or": false, "20% off.": false, "e.g. 5/6": false, "1.5/2 kg": false, "": false,
	} {
		if hasLink(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compose(data.Marketing, "US", "en", "Harbor Coffee", byReply, "Hi Dana, 20% off any bag of beans until Sunday. Show code 7K2M-9QXD at the till."); err != nil {
			b.Fatal(err)
		}
	}
}
