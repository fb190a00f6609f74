package notices

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Whoever gets Counterbell gets the licence of each thing in it, as those licences ask.
func TestEveryModuleThatIsLinkedHasItsLicenceNamed(t *testing.T) {
	named := map[string]string{}
	for _, s := range Sections() {
		for _, p := range s.Parts {
			named[p.Name] = p.Licence
		}
		if len(s.Text) < 200 {
			t.Errorf("%v: the licence says only %q", s.Parts, s.Text)
		}
	}
	c := exec.Command("go", "list", "-tags", "migrated_fynedo", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "counterbell/cmd/...")
	c.Env = append(os.Environ(), "CGO_ENABLED=1")
	body, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := slices.Compact(slices.Sorted(strings.FieldsSeq(string(body))))
	if len(linked) < 20 {
		t.Fatalf("only %v are linked", linked)
	}
	for _, m := range linked {
		if named[m] == "" {
			t.Errorf("%s has no licence in notices.txt: run go generate ./assets/notices", m)
		}
	}
	for _, own := range []string{"Go", "Lucide icons", "Noto Sans and Noto Sans SC (as Counterbell Sans)"} {
		if named[own] == "" {
			t.Errorf("%s isn't named", own)
		}
	}
}
