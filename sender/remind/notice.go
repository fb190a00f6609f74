package remind

import (
	_ "embed"
	"encoding/json"

	"counterbell/data"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// A News is what a person is told about their visit outside of the plan.
type News string

const (
	NewsBooked    News = "booked"
	NewsMoved     News = "moved"
	NewsCancelled News = "cancelled"
)

// notices are the words of news, by the language that is read where the number is from.
//
//go:embed notices.json
var notices []byte

var noticeOf = func() (m map[string]map[News]string) {
	if err := json.Unmarshal(notices, &m); err != nil {
		panic(err)
	}
	return m
}()

// Notice writes what a person is told about their visit: that it was booked, moved to the time that it has now, or
// cancelled. It can be changed before it goes out as a direct text. Error Invalid for a visit without a readable time.
func Notice(news News, a *data.Appointment, region string, b data.Business, caps provider.Caps) (string, error) {
	lang := rules.Languages(region)[0]
	source, ok := noticeOf[lang][news]
	if !ok {
		lang, source = "en", noticeOf["en"][news]
	}
	parsed, err := text.Parse(data.Reminder, source) // the placeholders are those of a visit
	if err != nil {
		return "", err
	}
	wall, err := data.ParseWall(a.Wall)
	if err != nil {
		return "", err
	}
	body, _ := parsed.Render(text.Of(map[string]string{
		"first_name": data.Called(a.Patient, a.GivenName), "brand": campaign.BrandOf(b, caps), "date": text.WeekDay(lang, wall), "time": text.Clock(lang, region, wall),
	}))
	return body, nil
}
