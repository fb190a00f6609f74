package phone

import (
	"fmt"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// sample is how a list holds its numbers: mostly national, some with a plus, some that lost their zero.
func sample(n int) []string {
	out := make([]string, n)
	for i := range out {
		switch i % 4 {
		case 0:
			out[i] = fmt.Sprintf("07700 900%03d", i%1000)
		case 1:
			out[i] = fmt.Sprintf("+44 7700 900%03d", i%1000)
		case 2:
			out[i] = fmt.Sprintf("07%09d", 400000000+i%100000)
		default:
			out[i] = fmt.Sprintf("7700900%03d", 1+i%999)
		}
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	raws := sample(4096)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if r := Read(raws[i%len(raws)], "GB"); !r.OK() {
			b.Fatalf("%s: %s", raws[i%len(raws)], r.Problem)
		}
	}
}

// BenchmarkLibrary is the floor: what the phone library needs for the same facts.
func BenchmarkLibrary(b *testing.B) {
	raws := sample(4096)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		n, err := phonenumbers.Parse(raws[i%len(raws)], "GB")
		if err != nil {
			b.Fatal(err)
		}
		_ = phonenumbers.IsValidNumber(n) // it calls the drama numbers invalid
		_ = phonenumbers.Format(n, phonenumbers.E164)
		_ = phonenumbers.GetRegionCodeForNumber(n)
		_ = phonenumbers.GetNumberType(n)
		_, _ = phonenumbers.GetTimezonesForNumber(n)
	}
}
