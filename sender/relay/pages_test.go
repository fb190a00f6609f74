package relay_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/relay"
)

func TestACouponShowsWhatTheTillNeeds(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "Sunday 29 November 2026")
	s.publish(p)
	res, body := s.ask("GET", "/"+p.Token)
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	for _, want := range []string{
		`<html lang="en">`, "Lark Optical", "1420 Alder Street, Portland", "Sunglasses week", "20% off", "any pair of sunglasses",
		data.ShowCode(p.Code), "<svg class=\"qr\"", "Works without internet. Take a screenshot.", "Sunday 29 November 2026", "5 days left",
		"Prescription lenses", `href="tel:5035550142"`, `href="` + p.Token + `/stop"`, "LO</div>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if len(body) > 30<<10 {
		t.Errorf("the page has %d bytes", len(body))
	}
	if strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "<no value>") {
		t.Error("a template refused a value")
	}
}

func TestAChineseCouponIsChineseThroughout(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, glassesZh(), "2026年11月29日 星期日")
	s.publish(p)
	_, body := s.ask("GET", "/"+p.Token)
	for _, want := range []string{`<html lang="zh-Hans">`, "云雀眼镜", "八折", "有效期至", "还剩 4 天", "退订此类短信", ">云</div>"} {
		if !strings.Contains(body, want) { // in Shanghai it is Wednesday already: four days
			t.Errorf("the page lacks %q", want)
		}
	}
	words := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`).ReplaceAllString(body, " ")
	for _, english := range regexp.MustCompile(`[A-Za-z]{3,}`).FindAllString(words, -1) {
		if !strings.Contains(data.ShowCode(p.Code), english) {
			t.Errorf("English on the Chinese page: %q", english)
		}
	}
}

func TestDaysLeftCountInTheShopsZone(t *testing.T) {
	for _, c := range []struct {
		at   string // in Portland
		want string
		not  string
	}{
		{"2026-11-24T10:00", "5 days left", ""},
		{"2026-11-28T23:59", "1 day left", "days"},
		{"2026-11-29T00:00", "Last day", "left"},
		{"2026-11-29T23:59", "Last day", "left"},
		{"2026-08-01T10:00", "Sunday 29 November", "left"},
		{"2026-11-30T00:00", "This offer has ended", "left"},
	} {
		portland, err := time.LoadLocation("America/Los_Angeles")
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation("2006-01-02T15:04", c.at, portland)
		if err != nil {
			t.Fatal(err)
		}
		clock := &tick{now: at}
		s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
		p := coupon(t, sunglasses(), "Sunday 29 November 2026")
		s.publish(p)
		_, body := s.ask("GET", "/"+p.Token)
		_, body, _ = strings.Cut(body, "</style>")
		if !strings.Contains(body, c.want) || c.not != "" && strings.Contains(body, c.not) {
			t.Errorf("at %s the page lacks %q or has %q", c.at, c.want, c.not)
		}
		s.close()
	}
}

func TestAnEndedOfferSaysSoKindlyAndStillCounts(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "Sunday 29 November 2026")
	s.publish(p)
	clock.move(7 * 24 * time.Hour)
	res, body := s.ask("GET", "/"+p.Token)
	if res.StatusCode != http.StatusGone || !strings.Contains(body, "Ask Lark Optical what is on now") || strings.Contains(body, data.ShowCode(p.Code)) {
		t.Errorf("%s: %s", res.Status, body)
	}
	if n := len(s.events()); n != 1 {
		t.Errorf("%d opens recorded", n)
	}
}

func TestAnOfferThatHasNotBegunSaysWhen(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	c := sunglasses()
	c.ValidFrom, c.FromText = data.At(clock.Now().Add(48*time.Hour)), "Thursday 26 November 2026"
	p := coupon(t, c, "Sunday 29 November 2026")
	s.publish(p)
	if _, body := s.ask("GET", "/"+p.Token); !strings.Contains(body, "Valid from") || !strings.Contains(body, "Thursday 26") || strings.Contains(body, "days left") {
		t.Error(body)
	}
	clock.move(49 * time.Hour)
	if _, body := s.ask("GET", "/"+p.Token); strings.Contains(body, "Valid from") {
		t.Error("the offer has begun")
	}
}

func TestPracticeIsLabelledOnThePage(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	c := sunglasses()
	c.IsPractice = true
	p := coupon(t, c, "")
	s.publish(p)
	if _, body := s.ask("GET", "/"+p.Token); !strings.Contains(body, "this is not a real offer") {
		t.Error("no label")
	}
}

func TestWhatAShopWritesCannotBecomeCode(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	c := sunglasses()
	c.Brand, c.Terms, c.Phone = `<script>alert(1)</script>`, "first line\n</p><img src=x onerror=alert(1)>", "javascript:alert(1) 5550142"
	p := coupon(t, c, `"><b>`)
	s.publish(p)
	res, body := s.ask("GET", "/"+p.Token)
	for _, bad := range []string{"<script", "<img", "javascript:", `"><b>`} {
		if strings.Contains(body, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") {
		t.Error(res.Header)
	}
}

func TestPagesKeepToThemselves(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	for _, path := range []string{"/" + p.Token, "/" + p.Token + "/stop", "/00000000000", "/"} {
		res, body := s.ask("GET", path)
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"X-Robots-Tag": "noindex, nofollow, noarchive", "X-Frame-Options": "DENY", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		for _, m := range regexp.MustCompile(`(?:src|href|action|url)\s*[=(]\s*["']?(https?:[^"' )]*)`).FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "https://www.google.com/maps/") { // followed by a tap alone
				t.Errorf("%s reaches out to %s", path, m[1])
			}
		}
	}
	res, body := s.ask("GET", "/robots.txt")
	if res.StatusCode != 200 || !strings.Contains(body, "Disallow: /") {
		t.Error(res.Status, body)
	}
}

func TestALinkThatIsNotWholeIsExplainedInTheReadersLanguage(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	if res, body := s.ask("GET", "/abc"); res.StatusCode != 404 || !strings.Contains(body, "nothing at this link") {
		t.Error(res.Status, body)
	}
	if _, body := s.ask("GET", "/abc", "Accept-Language", "zh-CN,zh;q=0.9"); !strings.Contains(body, "此链接无效") {
		t.Error(body)
	}
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	var en, zh map[string]string
	for file, into := range map[string]*map[string]string{"en": &en, "zh-Hans": &zh} {
		raw, err := os.ReadFile("texts/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	holes := regexp.MustCompile(`\{\w+\}`)
	for key, text := range en {
		if strings.Join(holes.FindAllString(text, -1), "") != strings.Join(holes.FindAllString(zh[key], -1), "") {
			t.Errorf("%s: %q and %q", key, text, zh[key])
		}
		if key != "map" && regexp.MustCompile(`[,.?!;:()]`).MatchString(zh[key]) {
			t.Errorf("%s: half-width punctuation in %q", key, zh[key])
		}
	}
	if len(en) != len(zh) {
		t.Errorf("%d and %d texts", len(en), len(zh))
	}
}

func TestAPageThatCannotBePublishedIsNamed(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	whole := func() relay.Page { return coupon(t, sunglasses(), "") }
	for name, c := range map[string]struct {
		spoil func(*relay.Page)
		code  data.Code
	}{
		"token":      {func(p *relay.Page) { p.Token = "short" }, relay.BadPage},
		"code":       {func(p *relay.Page) { p.Code = "22222223" }, relay.BadPage},
		"kind":       {func(p *relay.Page) { p.Kind = "video" }, relay.BadPage},
		"no content": {func(p *relay.Page) { p.Content = nil }, relay.BadPage},
		"brand":      {func(p *relay.Page) { p.Content.Brand = " " }, relay.BadPage},
		"control":    {func(p *relay.Page) { p.Content.Offer = "20%\x1boff" }, relay.BadPage},
		"long":       {func(p *relay.Page) { p.Content.Terms = strings.Repeat("x", 2001) }, relay.BadPage},
		"language":   {func(p *relay.Page) { p.Content.Language = "fr" }, relay.BadPage},
		"zone":       {func(p *relay.Page) { p.Content.Zone = "Mars/Olympus" }, relay.BadPage},
		"scope":      {func(p *relay.Page) { p.Content.Scope = data.ScopeOTP }, relay.BadPage},
		"privacy":    {func(p *relay.Page) { p.Content.Privacy = "javascript:1" }, relay.BadLink},
	} {
		p := whole()
		c.spoil(&p)
		if err := s.client.Publish(t.Context(), []relay.Page{p}); data.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, link := range []string{
		"", "shop.example/x", "//shop.example", "ftp://shop.example", "javascript:alert(1)", "https://", "https://me:secret@shop.example/",
		"https://shop.example/\r\nSet-Cookie: a=b", "https://shop.example/\x00", "https://例子.example/", "data:text/html,x", "https://shop.example/" + strings.Repeat("x", 2050),
	} {
		err := s.client.Publish(t.Context(), []relay.Page{{Token: newToken(t), Kind: relay.RedirectPage, URL: link}})
		if data.CodeOf(err) != relay.BadLink {
			t.Errorf("%q: %v", link, err)
		}
	}
	if st, err := s.client.Status(t.Context()); err != nil || st.Pages != 0 {
		t.Error(st, err)
	}
}

func TestOnlyAPhoneNumberCanBeCalled(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	for contact, want := range map[string]string{
		"(503) 555-0142": `href="tel:5035550142"`, "+44 7700 900123": `href="tel:&#43;447700900123"`,
		"https://lark.example/24": "", "hello24@lark.example": "", "": "", "12": "",
	} {
		c := sunglasses()
		c.Phone = contact
		p := coupon(t, c, "")
		s.publish(p)
		_, body := s.ask("GET", "/"+p.Token)
		if strings.Contains(body, "tel:") != (want != "") || !strings.Contains(body, want) {
			t.Errorf("%q: want %q", contact, want)
		}
	}
}
