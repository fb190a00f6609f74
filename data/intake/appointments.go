package intake

import (
	"context"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/sheet"
)

// A Schedule is the appointments of a file, ready to be compared with those in the book.
type Schedule struct {
	Appointments []data.Appointment
	Rows         []int  // the row of the file that each came from
	Flagged      []Flag // appointments without a phone: on top of the page
	Receipt      data.Receipt
}

// A Flag is an appointment that nobody can be reminded of.
type Flag struct {
	Index   int    `json:"index"` // into Appointments
	Row     int    `json:"row"`
	Patient string `json:"patient"`
	Value   string `json:"value"`  // what stood where the phone should be
	Reason  string `json:"reason"` // phone_missing, or why the text is no number
}

// Why a row is no appointment (translation keys "reject.CODE").
const (
	noDate  = "appointment_no_date"
	badDate = "appointment_bad_date"
	noTime  = "appointment_no_time"
	badTime = "appointment_bad_time"
)

// maxAppointments keeps a file that is no schedule from filling the memory.
const maxAppointments = 200_000

// Appointments reads the whole file. Wall times are in the row's own zone where it names one, else in Options.Zone.
// Of the receipt, Added counts every appointment read; what is new, moved or cancelled is for the book to say.
// Error TooManyAppointments for a file that can't be a schedule.
func (l *List) Appointments(ctx context.Context, progress Progress) (*Schedule, error) {
	rows, err := l.book.Rows(ctx, l.Sheet.Value)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := &Schedule{Receipt: *l.receipt()}
	a := l.diary()
	seen := map[string]bool{}
	walls, persons := map[string]string{}, false // an id that comes at two times is a patient's, not a visit's
	spoken := time.Now()
	for rows.Next() {
		number, cells := rows.Row()
		if number <= l.headerRow {
			continue
		}
		row := &line{number, rows.Hidden(), cells}
		var in data.Appointment
		flag, outcome, rejected := a.read(row, &in)
		switch outcome {
		case ignore:
			continue
		case skip:
			s.Receipt.Skipped++
		case reject:
			rejected.Cells = sheet.Texts(cells)
			s.Receipt.Rejects = append(s.Receipt.Rejects, rejected)
			s.Receipt.Rejected++
		case take:
			if id := in.ExternalID; id != "" && walls[id] == "" {
				walls[id] = in.Wall
			} else if id != "" && walls[id] != in.Wall {
				persons = true
			}
			visit := strings.Join([]string{string(in.Phone), strings.ToLower(in.Patient), in.Wall, in.Zone, in.Service}, "\x00")
			key := visit
			if in.ExternalID != "" && !persons {
				key = "id " + in.ExternalID
			}
			if seen[key] {
				s.Receipt.Duplicate++
				break
			}
			if len(s.Appointments) == maxAppointments {
				return nil, data.Errorf(TooManyAppointments, "read appointments", "more than %d", maxAppointments).With("limit", itoa(maxAppointments))
			}
			seen[key], seen[visit] = true, true
			if flag != nil {
				flag.Index = len(s.Appointments)
				s.Flagged = append(s.Flagged, *flag)
			}
			s.Appointments = append(s.Appointments, in)
			s.Rows = append(s.Rows, number)
			s.Receipt.Added++
		}
		s.Receipt.Rows++
		if now := time.Now(); progress != nil && now.Sub(spoken) >= 100*time.Millisecond {
			spoken = now
			progress(s.Receipt.Rows)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range s.Appointments {
		if persons {
			s.Appointments[i].ExternalID = ""
		}
	}
	if s.Receipt.Rows == 0 {
		return nil, data.Errorf(HeaderOnly, "read the list", "no row below the header").With("sheet", l.Sheet.Value).With("file", l.File)
	}
	s.Receipt.Questions = l.questions(&a.tally)
	return s, s.Receipt.Check()
}

// TooManyAppointments: args: limit.
const TooManyAppointments data.Code = "too_many_appointments"

// A diary turns rows into appointments.
type diary struct {
	reader
	tally tally
	zone  string
	loc   map[string]*time.Location
}

func (l *List) diary() *diary {
	d := &diary{reader: *l.reader(), zone: l.options.Zone, loc: map[string]*time.Location{}}
	for i, c := range l.Columns {
		if c.Field != data.FieldSkip && c.Field != data.FieldExtra && c.Field != data.FieldPhone {
			d.at[c.Field] = i
		}
	}
	if d.zone == "" {
		d.zone = "UTC"
	}
	return d
}

func (d *diary) cell(row *line, f data.Field) *sheet.Cell {
	if i, ok := d.at[f]; ok {
		return cellAt(row, i)
	}
	return nil
}

// say is a field as text, cut to what is kept.
func (d *diary) say(row *line, f data.Field, limit int) string {
	c := d.cell(row, f)
	if c == nil {
		return ""
	}
	s := text(c)
	if blank(s, true) {
		return ""
	}
	s, cut := capped(s, limit)
	if cut {
		d.tally.add(qCut, d.l.Columns[d.at[f]].Title(), nil)
	}
	return s
}

// read turns a row into an appointment.
func (d *diary) read(row *line, a *data.Appointment) (*Flag, outcome, data.Reject) {
	if o := d.is(row, &d.tally); o != take {
		return nil, o, data.Reject{}
	}
	*a = data.Appointment{
		ExternalID: d.say(row, data.FieldExternalID, maxShort), Service: d.say(row, data.FieldService, maxName),
		Staff: d.say(row, data.FieldStaff, maxName), Place: d.say(row, data.FieldPlace, maxName), Note: d.say(row, data.FieldNote, maxNote),
		State: data.Booked, Zone: d.zone,
	}
	a.Patient, a.GivenName, _ = d.fullName(row, &d.tally, d.say(row, data.FieldGivenName, maxName), d.say(row, data.FieldFamilyName, maxName))
	if zone := d.say(row, data.FieldZone, maxShort); zone != "" {
		if d.location(zone) != nil {
			a.Zone = zone
		} else {
			d.tally.add(qUnreadable, d.l.Columns[d.at[data.FieldZone]].Title(), func() string { return zone })
		}
	}
	if rejected, ok := d.when(row, a); !ok {
		return nil, reject, rejected
	}
	if status := d.say(row, data.FieldStatus, maxShort); status != "" {
		if state, ok := wordTable()["status"][strings.ToLower(narrow(status))]; ok {
			a.State = data.AppointmentState(state)
		} else {
			d.tally.add(qUnreadable, d.l.Columns[d.at[data.FieldStatus]].Title(), func() string { return status })
		}
	}
	if c := d.cell(row, data.FieldDuration); c != nil {
		if minutes, ok := minutesIn(c); ok {
			a.Minutes = minutes
		}
	}
	return d.reach(row, a), take, data.Reject{}
}

// reach finds the phone; without one the appointment is kept and flagged.
func (d *diary) reach(row *line, a *data.Appointment) *Flag {
	var c data.Contact
	if country := d.say(row, data.FieldCountry, maxShort); country != "" {
		c.Country, _ = readCountry(country)
	}
	rejected := data.Reject{Reason: "phone_missing"}
	if len(d.phones) > 0 {
		var ok bool
		if rejected, ok = d.phone(row, &c, &d.tally); ok {
			a.Phone = c.Phone
			return nil
		}
	}
	d.tally.add(qNoPhone, rejected.Column, func() string { return a.Patient })
	return &Flag{Row: row.number, Patient: a.Patient, Value: rejected.Value, Reason: rejected.Reason}
}

func (d *diary) location(name string) *time.Location {
	loc, known := d.loc[name]
	if !known {
		if strings.Contains(name, "/") || name == "UTC" {
			loc, _ = time.LoadLocation(name)
		}
		if len(d.loc) < 1000 {
			d.loc[name] = loc
		}
	}
	return loc
}

// when puts date and time together as a wall time.
func (d *diary) when(row *line, a *data.Appointment) (data.Reject, bool) {
	refuse := func(f data.Field, why string) (data.Reject, bool) {
		r := data.Reject{Row: row.number, Reason: why}
		if i, ok := d.at[f]; ok {
			r.Column = d.l.Columns[i].Title()
			if c := cellAt(row, i); c != nil {
				r.Value = clean(c.Text)
			}
		}
		return r, false
	}
	field := data.FieldStarts
	cell := d.cell(row, field)
	if date := d.cell(row, data.FieldDate); cell == nil || date != nil && cell.Kind == sheet.TimeOfDay {
		if date == nil && cell == nil {
			if _, ok := d.at[data.FieldDate]; ok {
				field = data.FieldDate
			}
			return refuse(field, noDate)
		}
		if date != nil {
			field, cell = data.FieldDate, date
		}
	}
	w, ok := writtenIn(cell)
	if !ok || w.year == 0 {
		return refuse(field, badDate)
	}
	w = w.on(d.l.Columns[d.at[field]].Dates).full(d.l.options.Today, false)
	day, ok := w.date(false, d.l.options.Today)
	if !ok {
		return refuse(field, badDate)
	}
	at := w.clock
	if c := d.cell(row, data.FieldTime); c != nil && text(c) != "" {
		var lasts time.Duration
		if at, lasts, ok = clockIn(c); !ok {
			return refuse(data.FieldTime, badTime)
		}
		a.Minutes = int(lasts.Minutes())
	}
	if !at.is {
		if _, ok := d.at[data.FieldTime]; ok {
			field = data.FieldTime
		}
		return refuse(field, noTime)
	}
	t, err := time.Parse("2006-01-02", string(day))
	if err != nil {
		return refuse(field, badDate)
	}
	wall := time.Date(t.Year(), t.Month(), t.Day(), at.hour, at.minute, 0, 0, time.UTC) // 24:00 becomes the next day
	if at.offset {
		if loc := d.location(a.Zone); loc != nil {
			wall = wall.Add(-time.Duration(at.east) * time.Second).In(loc)
		}
	}
	a.Wall = data.Wall(wall)
	return data.Reject{}, true
}
