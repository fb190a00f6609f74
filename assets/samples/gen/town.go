package main

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// A person is a customer of Lark Optical as the shop would know them if its list were in order.
type person struct {
	first, last string
	name        string // as the list has it
	phone       string // E.164, reserved for fiction
	email, city string
	birthday    time.Time // zero: not known
	lastVisit   time.Time
	spend       float64 // US dollars
	tags        []string
}

// A town is the people there are, and the dice.
type town struct {
	*rand.Rand
	people []*person
	taken  map[string]bool // names and phones
	total  float64         // of what was spent, as the list sums it up
}

// today is the day on which the demo's practice clock starts.
var today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

//go:embed places.tsv
var placesTSV string

// A place is an area code and its city.
type place struct{ area, city string }

func places() (out []place) {
	for line := range strings.Lines(placesTSV) {
		if area, city, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			out = append(out, place{area, city})
		}
	}
	return out
}

var (
	firstNames = strings.Fields(`Ada Amara Ana Andre Anita Ben Bianca Caleb Carla Carmen Chloé Clara Daniel Dana David Derek Dolores Elena Eli Emma Esther
		Fatima Felix Fiona Frank Gloria Grace Greta Hannah Hector Helen Henry Ines Isaac Iris Jamal James Jane Joan Jonas José Julia Karen Keiko Kevin Laila Lars Laura
		Leo Lena Liam Lucía Luis Luke Maggie Marcus María Marta Maya Miles Mina Nadia Nathan Nina Noah Nora Oliver Olga Omar Oscar Paul Paula Peter Priya Quinn Rachel
		Ravi René Rita Robert Rosa Ruth Sam Sara Simon Sofía Stella Tara Theo Tina Tom Uma Vera Victor Walter Wendy Yara Yusuf Zoe Zoë`)
	lastNames = strings.Fields(`Abbott Adeyemi Alvarez Anders Baker Barnes Bauer Bell Bennett Berg Boateng Brooks Burke Cabrera Carlson Castillo Chavez Clark Cole
		Cooper Cruz Dalton Delgado Diaz Dunn Eklund Ellis Evans Farah Fischer Flores Foster Frost García Gibson Gomez Grant Greer Haddad Hale Hansen Harper Hayes
		Hernández Hill Holt Hughes Ibarra Ivanov Jensen Johansson Jones Kamau Kaplan Keller Kelly Khan Kim Klein Larsen Lee Lopez Lund Marsh Martínez Mason Meyer Mills Moreno
		Müller Nakamura Nguyen Nielsen Novak Núñez Ocampo Olsen Ortiz Osei Owens Park Patel Peña Perry Pham Porter Quist Ramos Reed Reyes Rhodes Rivera Rossi Ruiz
		Sato Schmidt Shah Silva Singh Snyder Soto Stone Tanaka Torres Tran Turner Vance Vargas Vega Walsh Ward Webb Weiss West Wong Wood Yamada Young Zhao Ziegler`)
	chineseNames = strings.Fields("王芳 李娜 张伟 刘洋 陈静 杨帆 黄丽 赵敏 周杰 吴晓燕 徐明 孙悦 欧阳修文 林子涵")
	// Numbers for film and television of ACMA's list.
	australian = strings.Fields("006 110 156 157 158 159 313 737")
	tagWords   = strings.Fields("glasses contacts sunglasses progressives repairs")
)

func newTown(seed uint64) *town {
	t := &town{Rand: rand.New(rand.NewPCG(seed, 2026)), taken: map[string]bool{}}
	far := places()
	for i := range 272 {
		p := &person{first: firstNames[t.IntN(len(firstNames))], last: lastNames[t.IntN(len(lastNames))]}
		p.name = p.first + " " + p.last
		if t.taken[p.name] {
			p.last += "-" + lastNames[t.IntN(len(lastNames))]
			p.name = p.first + " " + p.last
		}
		p.city = t.pick("Portland", "Portland", "Portland", "Portland", "Beaverton", "Gresham", "Lake Oswego", "Hillsboro", "Tigard")
		switch {
		case i%19 == 11 && i/19 < len(chineseNames):
			p.name, p.first, p.last = chineseNames[i/19], "customer", fmt.Sprint(101+i)
			p.phone = t.american("503", "971")
		case i%20 == 3:
			p.phone = t.unique(func() string { return fmt.Sprintf("+44770090%04d", t.IntN(1000)) })
		case i%34 == 5:
			p.phone = t.unique(func() string { return fmt.Sprintf("+3363998%04d", t.IntN(10_000)) })
		case i%45 == 7:
			p.phone = t.unique(func() string { return "+61491570" + australian[t.IntN(len(australian))] })
		case i%3 == 0:
			p.phone = t.american(far[i%len(far)].area)
			if t.IntN(2) == 0 {
				p.city = far[i%len(far)].city
			}
		case i%10 == 4:
			p.phone, p.city = t.american("360"), "Vancouver, WA"
		default:
			p.phone = t.american("503", "503", "971", "541")
		}
		t.taken[p.name] = true
		if t.IntN(10) < 7 {
			p.email = strings.ToLower(ascii.Replace(p.first+"."+p.last)) + "@" + t.pick("example.com", "example.org", "example.net")
		}
		if t.IntN(10) < 6 {
			p.birthday = time.Date(1938+t.IntN(66), time.Month(1+t.IntN(12)), 1+t.IntN(28), 0, 0, 0, 0, time.UTC)
		}
		p.lastVisit = today.AddDate(0, 0, -1-int(math.Min(t.ExpFloat64()*170, 900)))
		p.spend = math.Round(t.ExpFloat64()*38_000+4_500) / 100
		p.tags = append(p.tags, tagWords[t.IntN(len(tagWords))])
		if t.IntN(3) == 0 {
			if more := tagWords[t.IntN(len(tagWords))]; more != p.tags[0] {
				p.tags = append(p.tags, more)
			}
		}
		if p.spend > 700 {
			p.tags = append([]string{"vip"}, p.tags...)
		}
		t.people = append(t.people, p)
	}
	return t
}

var ascii = strings.NewReplacer("é", "e", "í", "i", "ë", "e", "ü", "u", "ú", "u", "ñ", "n", "á", "a", "-", "")

func (t *town) pick(of ...string) string { return of[t.IntN(len(of))] }

// american makes a number of the exchange that is kept for fiction, 555-0100 to 555-0199.
func (t *town) american(areas ...string) string {
	return t.unique(func() string { return "+1" + t.pick(areas...) + fmt.Sprintf("55501%02d", t.IntN(100)) })
}

func (t *town) unique(make func() string) string {
	for {
		if s := make(); !t.taken[s] {
			t.taken[s] = true
			return s
		}
	}
}
