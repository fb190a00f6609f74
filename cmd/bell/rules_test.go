package main

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// pure runs one command that needs no profile. It returns standard output and the exit code.
func pure(t *testing.T, stdin, lang string, asJSON bool, command func(*app) *cobra.Command, args ...string) (string, int) {
	t.Helper()
	var out strings.Builder
	a := &app{in: strings.NewReader(stdin), out: &out, err: io.Discard, json: asJSON, lang: lang}
	c := command(a)
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetArgs(args)
	c.SetOut(&out)
	c.SetErr(io.Discard)
	err := c.ExecuteContext(context.Background())
	return out.String(), exitCode(err)
}

func TestSegmentsNamesTheCulprit(t *testing.T) {
	in := "\"hello\"\n\n\"it’s\"\n\"a\\u00a0b\"\n\"" + strings.Repeat("a", 161) + "\"\n"
	got, code := pure(t, in, "", false, newSegments)
	if want := "GSM-7\t5\t1\t\nUCS-2\t4\t1\t’\nUCS-2\t3\t1\tU+00A0\nGSM-7\t161\t2\t\n"; got != want || code != 0 {
		t.Errorf("exit %d\n%s", code, got)
	}
	if got, _ := pure(t, "\""+strings.Repeat("a", 71)+"\"", "", false, newSegments, "--provider", "aliyun"); got != "UCS-2\t71\t2\t\n" {
		t.Errorf("Aliyun: %q", got)
	}
	if _, code := pure(t, "", "", false, newSegments, "--provider", "nobody"); code != 2 {
		t.Errorf("no such provider: exit %d", code)
	}
	for _, bad := range []string{"hello", "12", "null", "{}", "\"open"} {
		if _, code := pure(t, bad+"\n", "", false, newSegments); code != 2 {
			t.Errorf("%s: exit %d", bad, code)
		}
	}
}

func TestClassifyPrintsClassAndKeyword(t *testing.T) {
	got, code := pure(t, "\"stop\"\n\"好\"\n\"\"\n\"CANCEL\"", "", false, newClassify, "--region", "US", "--after", "reminder", "--offered", "1,2")
	if want := "opt_out\tSTOP\nconfirm\t好\nunclear\t\nopt_out\tCANCEL\n"; got != want || code != 0 {
		t.Errorf("exit %d\n%s", code, got)
	}
	if got, _ := pure(t, `"R"`, "", false, newClassify, "--region", "cn", "--offered", "R"); got != "opt_out\tR\n" {
		t.Errorf("R in China: %q", got)
	}
	for _, args := range [][]string{{"--after", "dinner"}, {"--region", "USA"}} {
		if _, code := pure(t, "", "", false, newClassify, args...); code != 2 {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}

func TestDecideAnswersInJSONAndExits3WhenBlocked(t *testing.T) {
	for _, c := range []struct {
		args    string
		verdict string
		until   any
		code    int
	}{
		{"--to +12125550142 --kind marketing --consent express_written --at 2026-11-24T12:00:00-05:00", "send", nil, 0},
		{"--to +12125550142 --kind marketing --consent express_written --at 2026-11-24T23:00:00-05:00", "hold", "2026-11-25T13:00:00.000Z", 0},
		{"--to +12125550142 --kind marketing --consent express --at 2026-11-24T12:00:00-05:00", "block", nil, 3},
		{"--to +12125550142 --kind marketing --at 2026-11-24T12:00:00-05:00", "block", nil, 3},
		{"--to +12125550142 --kind marketing --state FL --sent-today 3 --consent express_written --at 2026-11-24T12:00:00-05:00", "hold", "2026-11-25T14:00:00.000Z", 0},
		{"--to +12125550142 --kind reminder --consent contract --at 2026-11-24T12:00:00-05:00", "send", nil, 0},
		{"--to +12125550142 --kind otp --at 2026-11-24T03:00:00-05:00", "send", nil, 0},
		{"--to +14165550142 --kind marketing --consent implied:2025-11-24 --at 2026-11-24T12:00:00-05:00", "send", nil, 0},
		{"--to +14165550142 --kind marketing --consent implied:2024-11-23 --at 2026-11-24T12:00:00-05:00", "block", nil, 3},
	} {
		out, code := pure(t, "", "", true, newDecide, strings.Fields(c.args)...)
		var got map[string]any
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%s: %v in %q", c.args, err, out)
		}
		if got["verdict"] != c.verdict || got["until"] != c.until || code != c.code || got["reasons"] == nil || got["zones"] == nil {
			t.Errorf("%s: exit %d\n%s", c.args, code, out)
		}
	}
	for _, args := range []string{
		"--kind marketing", "--to 5550142 --kind marketing", "--to +12125550142 --kind advert", "--to +12125550142", "--to +12125550142 --kind otp --at noon",
		"--to +12125550142 --kind otp --consent maybe", "--to +12125550142 --kind otp --consent implied", "--to +12125550142 --kind otp --consent implied:soon", "--to +12125550142 --kind otp --sent-today -1",
	} {
		if out, code := pure(t, "", "", true, newDecide, strings.Fields(args)...); code != 2 || out != "" {
			t.Errorf("%s: exit %d, %q", args, code, out)
		}
	}
	out, _ := pure(t, "", "zh-Hans", true, newDecide, "--to", "+12125550142", "--kind", "marketing", "--consent", "soft")
	if !strings.Contains(out, "书面同意") || strings.Contains(out, "{needs}") {
		t.Errorf("in Chinese: %s", out)
	}
}
