package text

import (
	"slices"
	"strings"
	"unicode"

	"counterbell/data"
)

// meant maps what people write for a placeholder to its name. The composer offers it; it is never put in by itself.
var meant = map[string]string{
	"firstname": "first_name", "fname": "first_name", "名": "first_name", "名字": "first_name", "nombre": "first_name", "prenom": "first_name", "vorname": "first_name",
	"fullname": "name", "lastname": "name", "customer": "name", "contact": "name", "姓名": "name", "客户": "name",
	"town": "city", "城市": "city", "ciudad": "city",
	"shop": "brand", "store": "brand", "company": "brand", "business": "brand", "clinic": "brand", "店名": "brand", "品牌": "brand",
	"coupon": "code", "couponcode": "code", "voucher": "code", "promo": "code", "promocode": "code", "otp": "code", "券码": "code", "优惠券": "code", "验证码": "code",
	"discount": "offer", "deal": "offer", "优惠": "offer",
	"expiry": "expires", "expiration": "expires", "until": "expires", "validuntil": "expires", "有效期": "expires",
	"url": "link", "website": "link", "链接": "link",
	"日期": "date", "day": "date", "fecha": "date", "时间": "time", "hour": "time", "hora": "time",
	"地点": "place", "location": "place", "address": "place", "room": "place",
	"doctor": "staff", "dentist": "staff", "provider": "staff", "医生": "staff", "treatment": "service", "项目": "service", "患者": "patient",
}

// nearest names the placeholder of that kind of message which somebody probably meant; "" where none is close.
func nearest(kind data.Kind, typed string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, typed)
	if name, ok := meant[plain]; ok {
		if p, _ := placeholder(name); slices.Contains(p.Kinds, kind) {
			return name
		}
	}
	best, distance := "", 0
	for _, p := range Placeholders {
		if !slices.Contains(p.Kinds, kind) {
			continue
		}
		d := edits(plain, strings.ReplaceAll(p.Name, "_", ""))
		if d <= max(1, len(p.Name)/3) && (best == "" || d < distance) {
			best, distance = p.Name, d
		}
	}
	return best
}

// edits counts the insertions, deletions and changes that make b out of a (Levenshtein). Long input is cut: nobody
// mistypes a name by forty letters.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 40 {
		x = x[:40]
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			change := corner
			if x[i] != y[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
