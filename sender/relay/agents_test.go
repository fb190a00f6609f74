package relay

import (
	"net/url"
	"strings"
	"testing"
)

func TestAgentsAreReducedToAClass(t *testing.T) {
	for name, want := range map[string]AgentClass{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":                             Phone,
		"Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36":                                               Phone,
		"Mozilla/5.0 (Linux; Android 8.0.0; CUBOT_P20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.110 Mobile Safari/537.36":                                      Phone,
		"Mozilla/5.0 (Linux; Android 13; V2197A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50 NetType/WIFI": Phone,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 [FBAN/FBIOS;FBAV/400.0.0.21.108]":                     Phone,
		"Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36":                                                      Tablet,
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36":                                                     Desktop,
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0": Messenger,
		"WhatsApp/2.23.18.78 i":                                      Messenger,
		"TelegramBot (like TwitterBot)":                              Messenger,
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)": Messenger,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 8_3 like Mac OS X) AppleWebKit/600.1.4 (KHTML, like Gecko) Version/8.0 Mobile/12F70 Safari/600.1.4 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": Crawler,
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36":                                                                                      Program,
		"curl/8.5.0": Program, "python-requests/2.32": Program, "Go-http-client/1.1": Program, "okhttp/4.12.0": Program, "": Program, "  ": Program,
		"Something quite new": Other,
	} {
		if got := agentClass(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func TestEveryRowOfTheTablesCanDecide(t *testing.T) {
	classes := map[AgentClass]bool{Phone: true, Tablet: true, Desktop: true, Messenger: true, Scanner: true, Crawler: true, Program: true}
	for i, row := range agentRows {
		if row.pattern == "" || row.pattern != strings.ToLower(row.pattern) || !classes[row.class] {
			t.Errorf("row %d: %+v", i, row)
		}
		if got := agentClass(row.pattern); got != row.class {
			t.Errorf("row %d, %q, is decided as %q by a row before it", i, row.pattern, got)
		}
	}
	for _, text := range []string{agentsCSV, prefetchCSV} {
		for _, row := range readTable(text) {
			if len(row) != 3 || row[2] == "" {
				t.Errorf("no source: %v", row)
			}
		}
	}
	for _, language := range []string{"en", "zh-Hans"} {
		if u, err := url.Parse(texts[language]["map"]); err != nil || u.Scheme != "https" {
			t.Error(language, err)
		}
	}
}

func TestInventedNamesDoNotFillTheMemory(t *testing.T) {
	var names agentNames
	for i := range 3 * maxAgentNames {
		names.class(strings.Repeat("x", i%600) + "y" + strings.Repeat("z", i/600))
	}
	if len(names.known) > maxAgentNames {
		t.Errorf("%d kept", len(names.known))
	}
}

func FuzzPath(f *testing.F) {
	for _, s := range []string{"/aaaaaaaaaaa", "/aaaaaaaaaaa/stop", "/aaaaaaaaaaa。", "/", "", "/aaaaaaaaaaa/../stop", "/\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		token, rest, ok := cutToken(path)
		if ok && (!IsToken(token) || rest != "" && rest != "/stop" || !strings.HasPrefix(path, "/"+token)) {
			t.Errorf("%q: %q %q", path, token, rest)
		}
		if !ok && token != "" {
			t.Errorf("%q: %q", path, token)
		}
	})
}
