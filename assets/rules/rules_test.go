package rules

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

func read(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, r := range all[1:] {
		m := map[string]string{}
		for i, c := range all[0] {
			m[c] = r[i]
		}
		rows = append(rows, m)
	}
	return rows
}

func original(t *testing.T, name string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, b)
}

// The tables were compiled as prose first (testdata); the machine's columns must not lose a row or a source of it.
func TestEveryCompiledRuleHasItsMachineRow(t *testing.T) {
	key := func(m map[string]string, kind string) string {
		return m["region"] + "-" + m["subdivision"] + "/" + m[kind]
	}
	machine := map[string]map[string]string{}
	for _, m := range read(t, Rules) {
		k := key(m, "kind")
		if machine[k] != nil {
			t.Errorf("%s stands twice", k)
		}
		machine[k] = m
		if m["basis"] == "" || m["source"] == "" || m["bases"] == "" {
			t.Errorf("%s: basis, source or bases are empty", k)
		}
	}
	rows := original(t, "rules.csv")
	if len(rows) != len(machine) {
		t.Errorf("%d rows compiled, %d in the machine's table", len(rows), len(machine))
	}
	for _, r := range rows {
		k := key(r, "message_kind")
		m := machine[k]
		if m == nil {
			t.Errorf("%s has no machine row", k)
			continue
		}
		for _, c := range []string{"consent_model", "consent_expiry", "label_required", "opt_out_text_required", "honour_within", "frequency_cap", "dnc_registry", "retention", "sender_id_notes", "link_notes", "confidence", "verified"} {
			if m[c] != r[c] {
				t.Errorf("%s: %s is %q, compiled %q", k, c, m[c], r[c])
			}
		}
		hours := r["hours_local"]
		for prefix, column := range map[string]string{"house:": "ours", "vendor:": "vendor"} {
			rest, marked := strings.CutPrefix(hours, prefix)
			if marked != strings.Contains("|"+m[column]+"|", "|hours|") {
				t.Errorf("%s: hours %q, %s says %q", k, hours, column, m[column])
			}
			hours = rest
		}
		if hours == "none" {
			hours = ""
		}
		if m["hours"] != hours {
			t.Errorf("%s: hours %q, compiled %q", k, m["hours"], hours)
		}
		if ours := strings.HasPrefix(r["frequency_cap"], "house:"); ours != strings.Contains(m["ours"], "caps") && r["region"] != "CN" {
			t.Errorf("%s: cap %q, ours %q", k, r["frequency_cap"], m["ours"])
		}
		if (r["holidays"] == "allowed") != (m["holidays"] == "") {
			t.Errorf("%s: holidays %q, compiled %q", k, m["holidays"], r["holidays"])
		}
		for _, w := range strings.Split(m["keywords"], "|") {
			if w != "" && !strings.Contains(r["opt_out_keywords"], w) {
				t.Errorf("%s: keyword %q was not compiled", k, w)
			}
		}
		if wants := strings.HasPrefix(r["opt_out_text_required"], "yes"); wants != (m["opt_out"] == "required") && m["opt_out"] != "recommended" && r["subdivision"] == "" {
			t.Errorf("%s: opt-out line %q, compiled %q", k, m["opt_out"], r["opt_out_text_required"])
		}
		if i := strings.Index(r["source"], "http"); i >= 0 {
			link, _, _ := strings.Cut(r["source"][i:], " ")
			if !strings.Contains(m["source"], link) {
				t.Errorf("%s lost the source %s", k, link)
			}
		}
	}
}

func TestEveryCompiledKeywordIsKept(t *testing.T) {
	machine := map[string]bool{}
	for _, m := range read(t, Keywords) {
		machine[m["lang"]+"/"+m["action"]+"/"+m["keyword"]] = true
		if m["source"] == "" || m["match"] == "" {
			t.Errorf("%v has no source or way to match", m)
		}
	}
	for _, r := range original(t, "keywords.csv") {
		if k := r["lang"] + "/" + r["action"] + "/" + r["keyword"]; !machine[k] {
			t.Errorf("%s is missing", k)
		}
	}
}

func TestEveryRowOfTheSmallTablesHasASource(t *testing.T) {
	for name, b := range map[string][]byte{"regions": Regions, "subdivisions": Subdivisions, "wordings": Wordings} {
		for _, m := range read(t, b) {
			if m["source"] == "" {
				t.Errorf("%s: %v", name, m)
			}
		}
	}
}
