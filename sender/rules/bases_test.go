package rules

import (
	"slices"
	"testing"

	"counterbell/data"
)

func TestARowSaysWhichConsentIsEnough(t *testing.T) {
	for _, c := range []struct {
		region string
		kind   data.Kind
		want   []data.Basis
	}{
		{"US", data.Marketing, []data.Basis{data.ExpressWritten}},
		{"GB", data.Marketing, []data.Basis{data.ExpressWritten, data.Express, data.Soft}},
		{"US", data.OTP, nil},
	} {
		if got := Builtin().Row(c.region, c.kind).Bases(); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %v", c.region, c.kind, got)
		}
	}
}
