package page

import (
	"testing"
	"time"
)

func TestAfterALongLookNewsWaitUntilTheRestIsOver(t *testing.T) {
	var over func()
	after := func(d time.Duration, do func()) func() {
		if d != longRest {
			t.Errorf("a rest of %v", d)
		}
		over = do
		return func() {}
	}
	r := &Rest{}
	looks := 0
	look := func() { looks++ }
	r.After(after, quickLook/2, look)
	if r.Wait() || over != nil {
		t.Fatal("a quick look asks for a rest")
	}
	r.After(after, time.Second, look)
	if !r.Wait() || looks != 0 {
		t.Fatal("it looks again at once")
	}
	over()
	if looks != 1 || r.Wait() {
		t.Errorf("%d looks after the rest", looks)
	}
	r.After(after, time.Second, look)
	over()
	if looks != 1 {
		t.Error("it looks though nobody waited")
	}
}
