package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

const sheetSchedule = "Schedule"

// The days on which the shop sees patients. Thursday 26 November 2026 is Thanksgiving; it is closed on Sundays.
var openDays = []int{1, 3, 4, 6, 7, 8, 9, 10} // days after today, Tuesday 24 November

var staff = []string{"Dr Okafor", "Dr Lindqvist", "Tomás"}

var services = map[string][]string{
	"Dr Okafor":    {"Eye exam", "Contact lens fitting", "Eye exam"},
	"Dr Lindqvist": {"Eye exam", "Contact lens fitting", "Follow-up"},
	"Tomás":        {"Frame fitting", "Glasses pickup", "Repair"},
}

// A visit is one row of the schedule.
type visit struct {
	day                                             time.Time
	minute                                          int // of the day
	patient, phone, service, with, at, status, note string
}

// appointments writes the schedule as the shop's calendar exports it: header in row 1, one visit a row.
func appointments(t *town, path string) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheetSchedule); err != nil {
		return err
	}
	w, err := newPage(f, sheetSchedule)
	if err != nil {
		return err
	}
	for i, h := range []string{"Appt ID", "Date", "Time", "Patient", "Phone", "Service", "With", "Location", "Status", "Note"} {
		w.set(at(i, 1), h, w.bold)
	}
	visits := t.visits()
	for i, v := range visits {
		row := i + 2
		w.set(at(0, row), fmt.Sprintf("LO-%d", 4101+i), 0)
		w.set(at(1, row), v.day, w.date)
		if i%9 == 4 { // typed by hand
			w.set(at(2, row), strings.ToLower(clock(v.minute).Format("3:04 PM")), 0)
		} else {
			w.set(at(2, row), float64(v.minute)/(24*60), w.clock)
		}
		for col, text := range []string{v.patient, v.phone, v.service, v.with, v.at, v.status, v.note} {
			w.set(at(3+col, row), text, 0)
		}
	}
	for i, width := range []float64{10, 12, 11, 24, 20, 22, 14, 18, 12, 34} {
		name, _ := excelize.ColumnNumberToName(i + 1)
		w.fail(f.SetColWidth(sheetSchedule, name, name, width))
	}
	w.fail(f.SetSheetDimension(sheetSchedule, fmt.Sprintf("A1:J%d", len(visits)+1)))
	if w.err != nil {
		return w.err
	}
	return save(f, path)
}

func clock(minute int) time.Time { return time.Date(2026, 1, 1, 0, minute, 0, 0, time.UTC) }

// visits books five people a day: nobody in two places, no member of staff with two people at once.
func (t *town) visits() []visit {
	var out []visit
	next := 14
	for _, d := range openDays {
		day := today.AddDate(0, 0, d)
		for slot, minute := range []int{9 * 60, 9*60 + 30, 11 * 60, 14*60 + 30, 16*60 + 15} {
			p := t.people[next%len(t.people)]
			next += 7
			with := staff[(slot+d)%len(staff)]
			v := visit{day: day, minute: minute, patient: strings.TrimSpace(p.name), phone: t.pretty(p.phone), with: with, at: "Alder Street shop"}
			v.service = services[with][t.IntN(3)]
			if d%3 == 0 {
				v.at = "Hawthorne shop"
			}
			if v.service == "Glasses pickup" {
				v.note = "Bring the old pair"
			}
			out = append(out, v)
		}
	}
	// A mother brings her two children: one phone, three visits in a row.
	family := t.people[40]
	for i, patient := range []string{family.name, "Milo " + family.last, "Ida " + family.last} {
		v := &out[10+i]
		v.patient, v.phone, v.with, v.at = patient, t.pretty(family.phone), "Dr Lindqvist", out[10].at
		v.minute = 9*60 + 30*i
		v.service = "Children's eye exam"
		if i == 0 {
			v.service = "Eye exam"
		}
	}
	out[7].phone, out[7].note = "", "Booked at the counter, left no number"
	out[23].patient, out[23].phone, out[23].note = "Walter Pym", "", "Prefers letters"
	out[16].status, out[16].note = "Cancelled", "Called to cancel, will book again"
	out[30].note = "Wheelchair: ground floor room"
	out[5].patient, out[5].phone = "Josephine Arkwright", t.pretty(t.american("971")) // not on the customer list yet
	for i := range out {
		if out[i].status == "" {
			out[i].status = "Booked"
		}
	}
	return out
}
