package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/sheet"
)

// oleHead begins a workbook that Excel protected with a password, and an old .xls: both are compound files.
var oleHead, _ = base64.StdEncoding.DecodeString("0M8R4KGxGuE=")

// A file that can't be read gives one sentence and exit code 2, and what is in the book stays.
func TestAFileThatCannotBeReadSaysWhatToDo(t *testing.T) {
	d := openDesk(t)
	d.does("import", d.file("one.csv", "Name,Mobile\nAnn,(503) 555-0142\n"))
	before := d.does("contacts", "--json")
	whole := samples.Customers
	seeded, bytesOf := rand.New(rand.NewPCG(1, 2)), make([]byte, 4_000)
	for i := range bytesOf {
		bytesOf[i] = byte(seeded.Uint32())
	}
	noise := string(bytesOf)
	utf16 := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteByte(byte(r))
			b.WriteByte(0)
		}
		return b.String()
	}
	for _, c := range []struct{ name, content, says string }{
		{"empty.csv", "", "is empty"},
		{"empty.xlsx", "", "is empty"},
		{"cut.xlsx", string(whole[:len(whole)/2]), "damaged or was cut off"},
		{"noise.xlsx", noise, "isn’t a spreadsheet"},
		{"noise.csv", noise, "isn’t a spreadsheet"},
		{"old.xls", string(oleHead) + utf16("Workbook"), "save it as .xlsx"},
		{"locked.xlsx", string(oleHead) + strings.Repeat("\x00", 504) + utf16("EncryptedPackage") + strings.Repeat("\x00", 512), "protected by a password"},
		{"page.xls", "<html><body><table><tr><td>Name</td></tr></table></body></html>", "web page"},
		{"header.csv", "Name,Mobile\n", "no rows below"},
		{"blank.csv", "Name,Mobile\n" + strings.Repeat("\n", 1_000_000), "no rows below"},
		{"commas.csv", "Name,Mobile\n" + strings.Repeat(",\n", 1_000_000), "no rows below"},
		{"nophone.csv", "Name,City\nAnn,Salem\nBo,Bend\n", "holds phone numbers"},
		{"quote.csv", "Name,Mobile\n\"Ann,5035550142\n", "quotation mark"},
	} {
		path := d.file(c.name, c.content)
		d.refuses(exitUsage, c.says, "import", path)
		d.refuses(exitUsage, c.says, "import", path, "--dry-run")
		if c.name != "nophone.csv" {
			d.refuses(exitUsage, c.says, "appointments", "import", path)
		}
	}
	d.refuses(exitUsage, "can’t be found", "import", "no-such-file.xlsx")
	d.refuses(exitUsage, "is a folder", "import", t.TempDir())
	d.refuses(exitUsage, "dates", "appointments", "import", d.file("nodate.csv", "Name,Mobile\nAnn,(503) 555-0142\n"))
	if after := d.does("contacts", "--json"); after != before {
		t.Errorf("the book was\n%s and is\n%s", before, after)
	}
}

func TestImportSaysWhichWordOfTheCommandIsWrong(t *testing.T) {
	d := openDesk(t)
	file := d.file("people.csv", "Name,Mobile\nAnn,(503) 555-0142\n")
	for says, args := range map[string][]string{
		"--map phone=B": {"--map", "nonsense"}, "which column": {"--map", "phone="}, "A column can’t be": {"--map", "shoe=A"}, "no column “Fax”": {"--map", "phone=Fax"},
		"no sheet “Nobody”": {"--sheet", "Nobody"}, "country’s code": {"--country", "ZZ"}, "encoding": {"--encoding", "latin77"}, "can’t agree to": {"--consent", "sometimes"},
		"express_written": {"--consent", "marketing", "--basis", "hearsay"}, "still to come": {"--consent", "marketing", "--basis", "express", "--consent-date", "2031-01-01"},
		"as a time": {"--consent-date", "long ago"}, "update, skip": {"--on-duplicate", "merge"}, "no option --sheets": {"--sheets", "A"}, "needs a value": {"--sheet"},
	} {
		d.refuses(exitUsage, says, append([]string{"import", file}, args...)...)
	}
	d.refuses(exitUsage, "bell import FILE", "import")
	d.refuses(exitUsage, "bell import FILE", "import", file, file)
	if out := d.does("contacts", "--json"); out != "" {
		t.Errorf("something was imported: %s", out)
	}
	// The rows are in, and told, when only the file of rejects can't be written.
	code, out, errs := d.runs("import", file, "--json", "--rejects", filepath.Join(t.TempDir(), "no", "such", "r.xlsx"))
	var r data.Receipt
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitFailed || r.Added != 1 || !strings.Contains(errs, "could not be saved") {
		t.Errorf("exit %d %s%s", code, out, errs)
	}
}

// Formulas, errors, emoji, right-to-left names, control characters and texts of a hundred thousand characters.
func TestStrangeCellsAreKeptOrRefusedAlone(t *testing.T) {
	d := openDesk(t)
	long := strings.Repeat("長い", 50_000)
	file := d.file("odd.csv", "Name,Mobile,Note\nمحمد علي,+44 7700 900123,"+long+"\n👩‍👩‍👧 Müller,+447700900124,\"two\nlines\"\n\"A\x07b\x00c\x1b[31m\",+447700900125,\u202eevil\n=1+1,#REF!,x\n=HYPERLINK(\"http://x\"),+447700900126,x\n")
	var r data.Receipt
	if d.json(&r, "import", file); r.Rows != 5 || r.Added != 4 || r.Rejected != 1 || r.Rejects[0].Row != 5 || r.Rejects[0].Reason != "phone_cell_error" {
		t.Fatalf("%+v", r)
	}
	out := d.does("contacts")
	for _, want := range []string{"محمد علي", "👩‍👩‍👧 Müller"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if strings.ContainsAny(out, "\x07\x00\x1b\u202e") {
		t.Errorf("the terminal is steered by a name: %q", out)
	}
	for search, n := range map[string]int{"محمد": 1, "müller": 1, "👩‍👩‍👧": 1, "900125": 1, "%": 0, "'; DROP TABLE contact; --": 0, strings.Repeat("x", 100_000): 0} {
		if got := strings.Count(d.does("contacts", "--search", search, "--json"), "\n"); got != n {
			t.Errorf("searching %.20q finds %d", search, got)
		}
	}
	d.does("consent", "record", "+447700900123", "--scope", "marketing", "--event", "grant", "--basis", "express", "--source", "كارت 👍", "--wording", long)
	if d.does("consent", "verify"); len(d.does("consent", "history", "+447700900123")) == 0 {
		t.Error("no history")
	}
}

func TestACampaignIsRefusedWithAReason(t *testing.T) {
	d := openDesk(t)
	d.customers()
	for _, c := range []struct {
		want int
		says string
		args []string
	}{
		{2, "no group called", []string{"--group", "Nobody", "--text", "Hi"}},
		{2, "empty", []string{"--group", "all", "--text", " "}},
		{2, "far too long", []string{"--group", "all", "--text", strings.Repeat("x", 100_000)}},
		{2, "no placeholder called “nickname”", []string{"--group", "all", "--text", "Hi {nickname}"}},
		{2, "never closed", []string{"--group", "all", "--text", "Hi {first_name"}},
		{2, "holds {code}, but", []string{"--group", "all", "--text", "Show {code}"}},
		{2, "The offer ended", []string{"--group", "all", "--text", "Show {code}", "--offer", "20% off", "--expires", "2026-11-23"}},
		{2, "ends before it begins", []string{"--group", "all", "--text", "Show {code}", "--offer", "20% off", "--from", "5d", "--expires", "3d"}},
		{2, "from 1 to 100", []string{"--group", "all", "--text", "Show {code}", "--offer", "120% off"}},
		{2, "from 1 to 100", []string{"--group", "all", "--text", "Show {code}", "--offer", "-5 % off"}},
		{2, "from 1 to 100", []string{"--group", "all", "--text", "Show {code}", "--offer", "12.5% off"}},
		{2, "more than zero", []string{"--group", "all", "--text", "Show {code}", "--offer", "-5 off"}},
		{2, "more than zero", []string{"--group", "all", "--text", "Show {code}", "--offer", "$0 off"}},
		{2, "1 to 1,000", []string{"--group", "all", "--text", "Show {code}", "--offer", "5 off", "--uses", "-3"}},
		{2, "Say what the offer gives", []string{"--group", "all", "--text", "Hi", "--expires", "7d"}},
		{2, "as a day", []string{"--group", "all", "--text", "Show {code}", "--offer", "5 off", "--expires", "soon"}},
		{2, "That time has passed", []string{"--group", "all", "--text", "Hi", "--at", "2026-11-24T09:00"}},
		{2, "That time has passed", []string{"--group", "all", "--text", "Hi", "--local", "2026-11-20T09:00"}},
		{2, "as a time", []string{"--group", "all", "--text", "Hi", "--at", "tomorrow"}},
		{2, "time of day", []string{"--group", "all", "--text", "Hi", "--local", "tomorrow"}},
		{2, "marketing, notice", []string{"--group", "all", "--text", "Hi", "--kind", "otp"}},
		{2, "give --text", []string{"--group", "all"}},
	} {
		d.refuses(c.want, c.says, append([]string{"campaign", "create", "--name", "A"}, c.args...)...)
	}
	d.refuses(exitUsage, "a name", "campaign", "create", "--name", " ", "--group", "all", "--text", "Hi")
	d.refuses(exitUsage, "no campaign", "campaign", "preview", "1")
	d.refuses(exitUsage, "no campaign", "messages", "--campaign", "1")
	d.refuses(exitUsage, "queued, claimed", "messages", "--state", "lost")
	d.refuses(exitUsage, "as a number", "campaign", "send", "first")
	d.refuses(exitUsage, "as a number", "campaign", "send", "0")
	d.refuses(exitUsage, "as a number", "undo", "99999999999999999999")
	d.refuses(exitUsage, "as a number", "contacts", "--limit", "-1")
	d.refuses(exitUsage, "doesn’t fit --limit", "contacts", "--limit", "ten")
	d.refuses(exitUsage, "doesn’t fit --undo", "campaign", "send", "1", "--undo", "soon")

	// Longer than the provider takes: nobody gets it, and the review says why.
	d.does("campaign", "create", "--name", "Long", "--group", "all", "--text", strings.Repeat("a", 2_500))
	var review struct {
		Audience, Blocked int
		Reasons           map[string]int
	}
	if d.json(&review, "campaign", "preview", "1"); review.Blocked != review.Audience || review.Reasons["text_too_long"] != review.Audience {
		t.Errorf("%+v", review)
	}
	d.refuses(exitRefused, "Nobody", "campaign", "send", "1")
	// A placeholder that some people lack leaves those out, and an empty group has nobody.
	d.does("group", "save", "Nowhere", "--where", "city = Atlantis")
	d.does("campaign", "create", "--name", "None", "--group", "Nowhere", "--text", "Hi 👋 مرحبا \u202e {city}")
	d.refuses(exitRefused, "Nobody", "campaign", "send", "2")
	// An offer that ends between drafting and sending.
	d.does("campaign", "create", "--name", "Short", "--group", "all", "--text", "Show {code}", "--offer", "20% off", "--expires", "0d")
	d.later(15 * time.Hour)
	d.refuses(exitUsage, "The offer ended", "campaign", "send", "3")
	if out := d.does("messages"); out != "" {
		t.Errorf("messages: %s", out)
	}
}

func TestGroupsRefuseWhatTheyCannotAsk(t *testing.T) {
	d := openDesk(t)
	for says, where := range map[string]string{
		"A group can’t ask": "shoe = 44", "can’t be read as a condition": "spend", "doesn’t fit": "spend >= -5", "birthday = 11": "birthday = 13", "last_visit < 60d": "last_visit < someday",
		"“xxxxx": strings.Repeat("x", 100_000), "write all for everybody": " ",
	} {
		d.refuses(exitUsage, says, "group", "save", "A", "--where", where)
	}
	d.refuses(exitUsage, "name", "group", "save", " ", "--where", "all")
	d.refuses(exitUsage, "stands for everybody", "group", "save", "ALL", "--where", "spend >= 1")
	d.refuses(exitUsage, "no group called “A”", "group", "count", "A")
	var all []data.Group
	if d.json(&all, "group", "list"); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	d.does("group", "save", "'); DROP TABLE contact; --", "--where", `tag = "'); DROP TABLE contact; --"`)
	if d.json(&all, "group", "list"); len(all) != 1 || all[0].Name != "'); DROP TABLE contact; --" {
		t.Errorf("%+v", all)
	}
}

func TestStandardInputIsReadLineByLine(t *testing.T) {
	d := openDesk(t)
	d.stdin = "(503) 555-0142\r\n\n+44 7700 900123\n12\nask her\n００４４７７００９００１２３\n"
	want := "+15035550142\tUS\tfictional\t\n-\t\t\tphone_missing\n+447700900123\tGB\tfictional\t\n-\t\t\tphone_too_short\n-\t\t\tphone_letters\n"
	if got := d.does("phone", "--country", "us"); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 6 {
		t.Errorf("%q", got)
	}
	d.refuses(exitUsage, "country’s code", "phone", "--country", "ZZ")
	d.stdin = strings.Repeat("5", 2<<20)
	d.refuses(exitUsage, "longer than a megabyte", "phone")
	d.refuses(exitUsage, "longer than a megabyte", "segments")
	d.stdin = "\"ok\"\nbad\n"
	if code, out, errs := d.runs("segments"); code != exitUsage || !strings.Contains(errs, "Line 2") || !strings.HasPrefix(out, "GSM-7\t2\t1") {
		t.Errorf("exit %d %q %s", code, out, errs)
	}
}

// What is wrong with the profile is one sentence as well: the folder, a database that is damaged or newer.
func TestAProfileThatCannotBeUsedSaysWhatToDo(t *testing.T) {
	d := openDesk(t)
	d.refuses(exitFailed, "can’t be used", "--profile", filepath.Join(d.file("plain", "x"), "sub"), "contacts")
	if runtime.GOOS != "windows" && os.Getuid() != 0 {
		locked := t.TempDir()
		if err := os.Chmod(locked, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(locked, 0o700) })
		d.refuses(exitFailed, "can’t be used", "--profile", filepath.Join(locked, "sub"), "contacts")
	}
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "LocalAppData"} {
		d.Setenv(name, "")
	}
	var stderr bytes.Buffer
	nobody := &app{in: strings.NewReader(""), out: io.Discard, err: &stderr, lang: "en"}
	if code := nobody.main(t.Context(), []string{"contacts", "--lang", "en"}); code != exitFailed || !strings.Contains(stderr.String(), "--profile DIR") {
		t.Errorf("without a home folder: exit %d %s", code, stderr.String())
	}
	d.does("import", d.file("people.csv", "Name,Mobile\nAnn,(503) 555-0142\n"))
	var healthy struct {
		OK       bool
		Findings []finding
	}
	if d.json(&healthy, "doctor"); !healthy.OK || len(healthy.Findings) < 7 {
		t.Errorf("%+v", healthy)
	}
	d.lang = "zh-Hans"
	if out := d.does("doctor"); !strings.Contains(out, "同意记录") || !strings.Contains(out, "完好") {
		t.Errorf("in Chinese: %s", out)
	}
	d.lang = "en"

	s := look(t, d.dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(s.Path)
	if err != nil {
		t.Fatal(err)
	}
	for about, c := range map[string]struct {
		bytes []byte
		says  string
	}{
		"noise":             {bytes.Repeat([]byte("noise"), 9_000), "failed its check"},
		"cut off":           {good[:len(good)/2], "failed its check"},
		"another program's": {bytes.Replace(good, []byte("SQLite format 3"), []byte("SQLite format 9"), 1), "failed its check"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "counterbell.db")
		if err := os.WriteFile(path, c.bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		d.refuses(exitFailed, c.says, "--profile", dir, "contacts")
		code, out, errs := d.runs("--profile", dir, "doctor", "--json")
		var sick struct {
			OK       bool
			Findings []finding
		}
		if err := json.Unmarshal([]byte(out), &sick); err != nil || code != exitFailed || sick.OK || !strings.Contains(out, c.says) {
			t.Errorf("%s: doctor exit %d %s%s", about, code, out, errs)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.bytes) {
			t.Errorf("%s: the file was changed", about)
		}
	}
	tamper(t, s.Path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`)
	d.refuses(exitFailed, "newer Counterbell", "contacts")
	d.refuses(exitUsage, "en, zh-Hans", "--lang", "klingon", "version")
	d.refuses(exitUsage, "no command “contcts”", "contcts")
	d.refuses(exitUsage, "no command “erase”", "contact", "erase", "+15035550142")
	d.refuses(exitUsage, "no option --docx", "report", "--docx", "x.docx")
	d.refuses(exitUsage, "no option -x", "version", "-x")
}

// Everything that people read exists in Chinese too.
func TestBellSpeaksChinese(t *testing.T) {
	d := openDesk(t)
	d.lang = "zh-Hans"
	file := filepath.Join(t.TempDir(), "people.xlsx")
	if err := sheet.WriteFile(t.Context(), file, sheet.Table{
		Name: "客人", Columns: []sheet.Column{{Title: "姓名"}, {Title: "手机"}},
		Rows: [][]sheet.Cell{{sheet.TextCell("王芳"), sheet.TextCell("(503) 555-0142")}, {sheet.TextCell("李雷"), sheet.TextCell("没有")}},
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"新增 1", []string{"import", file, "--consent", "marketing", "--basis", "express_written"}},
		{"王芳", []string{"contacts"}},
		{"营销", []string{"contact", "show", "(503) 555-0142"}},
		{"营销短信（来自导入）（书面同意）", []string{"consent", "history", "(503) 555-0142"}},
		{"完整无误", []string{"consent", "verify"}},
		{"存为草稿", []string{"campaign", "create", "--name", "八折", "--group", "all", "--text", "{offer}：{code}", "--offer", "八折"}},
		{"共 1 人", []string{"campaign", "preview", "1"}},
		{"演练", []string{"campaign", "send", "1"}},
		{"已发送 1", []string{"run", "--once"}},
		{"目标人数 1", []string{"campaign", "status", "1"}},
		{"没有预约", []string{"appointments", "list"}},
		{"店名", []string{"business"}},
		{"页面", []string{"relay", "status"}},
		{"已送达", []string{"report"}},
		{"移除", []string{"undo", "1"}},
	} {
		code, out, errs := d.runs(c.args...)
		if code != 0 || !strings.Contains(out+errs, c.want) {
			t.Errorf("bell %v: exit %d, no %q in %s%s", c.args, code, c.want, out, errs)
		}
	}
	d.refuses(exitUsage, "没有“contcts”", "contcts")
	d.refuses(exitUsage, "还需要给出 --text", "campaign", "create", "--name", "A", "--group", "all")
	d.refuses(exitUsage, "没有这个编号的活动", "campaign", "status", "9")
}
