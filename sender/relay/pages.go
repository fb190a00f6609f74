package relay

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
)

// What a person sees on their phone. The pages carry everything with them: no script, no font, no picture, nothing
// from elsewhere, and they stay under 30 KB. The words are in texts/, one file per language with the same keys.

//go:embed pages/*.html pages/style.css texts/*.json
var pageFiles embed.FS

var (
	texts     = readTexts()
	style     = readStyle()
	styleHash = hashStyle(style)
	templates = template.Must(template.New("").Funcs(template.FuncMap{
		"style": func() template.CSS { return template.CSS(style) }, //nolint:gosec // our own file
	}).ParseFS(pageFiles, "pages/*.html"))
)

func readTexts() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, language := range []string{"en", "zh-Hans"} {
		raw, err := pageFiles.ReadFile("texts/" + language + ".json")
		if err != nil {
			panic(err)
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			panic(err)
		}
		all[language] = words
	}
	return all
}

func readStyle() string {
	raw, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(raw))
}

// hashStyle names the one style sheet that the Content-Security-Policy lets in.
func hashStyle(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// view is what the templates read.
type view struct {
	Language string
	T        map[string]string
	Content  *Content // never nil; empty when nothing is known
	Initials string
	Title    string // of a notice
	Text     string
	Code     string
	QR       template.HTML
	EndsText string
	Pill     string // "5 days left"
	FromText string // set while the offer has not begun
	Call     template.URL
	Map      string
	StopLink string // relative
	Button   bool   // the stop page's
	Done     bool   // the stop page's, after the button
}

func (s *Server) view(r *http.Request, p *storedPage) *view {
	v := &view{Content: &Content{}}
	if p != nil && p.Content != nil {
		v.Content, v.Language = p.Content, p.Content.Language
	} else {
		v.Language = languageOf(r)
	}
	v.T = texts[v.Language]
	v.Initials = initials(v.Content.Brand)
	return v
}

// languageOf is asked only where no campaign tells: Chinese for a browser that asks for it first, else English.
func languageOf(r *http.Request) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(r.Header.Get("Accept-Language"))), "zh") {
		return "zh-Hans"
	}
	return "en"
}

func (s *Server) showCoupon(w http.ResponseWriter, r *http.Request, p *storedPage, now time.Time) {
	v := s.view(r, p)
	c := v.Content
	v.Code = data.ShowCode(p.Code)
	v.QR = qrSVG(p.Code, v.T["qr"])
	v.EndsText = p.EndsText
	v.Pill = v.pill(p, now)
	if c.ValidFrom > data.At(now) {
		v.FromText = c.FromText
	}
	if digits := dialled(c.Phone); digits != "" {
		v.Call = template.URL("tel:" + digits) //nolint:gosec // digits and a plus alone
	}
	if c.Address != "" {
		v.Map = v.T["map"] + url.QueryEscape(c.Brand+" "+c.Address)
	}
	v.StopLink = p.Token + "/stop"
	s.show(w, r, http.StatusOK, "coupon.html", v)
}

// pill counts calendar days in the shop's zone: on the last day itself it says so, the day before "1 day left".
func (v *view) pill(p *storedPage, now time.Time) string {
	zone, err := time.LoadLocation(v.Content.Zone)
	if p.Ends == 0 || err != nil || v.Content.ValidFrom > data.At(now) {
		return ""
	}
	day := func(t time.Time) int64 {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	}
	switch n := day(p.Ends.Time()) - day(now); {
	case n <= 0:
		return v.T["last_day"]
	case n == 1:
		return v.T["day_left"]
	case n <= 60:
		return v.say("days_left", "n", strconv.FormatInt(n, 10))
	}
	return ""
}

// say fills one placeholder of a text.
func (v *view) say(key, name, value string) string {
	return strings.ReplaceAll(v.T[key], "{"+name+"}", value)
}

func (v *view) brand() string {
	if v.Content.Brand != "" {
		return v.Content.Brand
	}
	return v.T["sender"]
}

// showNotice shows a page with a sentence: expired, gone, unknown, trouble, stop_trouble.
func (s *Server) showNotice(w http.ResponseWriter, r *http.Request, status int, p *storedPage, key string) {
	v := s.view(r, p)
	v.Title = v.T[key+"_title"]
	v.Text = v.say(key+"_text", "brand", v.brand())
	if p != nil {
		v.EndsText = p.EndsText
		if key != "stop_trouble" {
			v.StopLink = p.Token + "/stop"
		}
	}
	s.show(w, r, status, "notice.html", v)
}

// showStop shows the one button, or that it has been pressed. rest tells which path it is shown at.
func (s *Server) showStop(w http.ResponseWriter, r *http.Request, p *storedPage, rest string) {
	v := s.view(r, p)
	key := "stop"
	if p.stopped {
		key, v.Done = "stopped", true
	} else {
		v.Button = true
		v.StopLink = p.Token + "/stop"
		if rest == "/stop" {
			v.StopLink = "stop"
		}
	}
	if v.Content.Scope == data.ScopeReminders {
		key += "_reminders"
	}
	v.Title = v.say(key+"_title", "brand", v.brand())
	v.Text = v.say(key+"_text", "brand", v.brand())
	s.show(w, r, http.StatusOK, "notice.html", v)
}

func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name string, v *view) {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, v); err != nil {
		s.log.Error("page not drawn", "page", name, "fault", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h["Content-Type"], h["Content-Security-Policy"] = htmlType, pagePolicy
	h["X-Content-Type-Options"], h["X-Frame-Options"], h["X-Robots-Tag"] = noSniff, denyFrame, noIndex
	h["Cross-Origin-Opener-Policy"] = ownOpener
	h["Content-Length"] = []string{strconv.Itoa(page.Len())}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(page.Bytes()) // the person has gone; nothing to do
	}
}

// initials are what stands in the round mark beside the shop's name: two letters, or one Chinese character.
func initials(brand string) string {
	var mark []rune
	for word := range strings.FieldsSeq(brand) {
		first := []rune(word)[0]
		if first >= 0x2e80 {
			if len(mark) == 0 {
				mark = append(mark, first)
			}
			break
		}
		if mark = append(mark, first); len(mark) == 2 {
			break
		}
	}
	return strings.ToUpper(string(mark))
}

// dialled keeps what a phone dials: a leading plus and the digits. It returns nothing for what is no phone number, such
// as a web address that a shop gave as its contact.
func dialled(phone string) string {
	var b strings.Builder
	for _, r := range phone {
		switch {
		case r >= '0' && r <= '9' || r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case !strings.ContainsRune(" -./()（）\u00a0", r):
			return ""
		}
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}
