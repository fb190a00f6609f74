package intake

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

func schedule(t *testing.T, o Options, rows ...[]any) *Schedule {
	t.Helper()
	o.Kind = Appointments
	if o.Zone == "" {
		o.Zone = "Europe/London"
	}
	s, err := list(t, o, rows...).Appointments(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASchedule(t *testing.T) {
	clock := func(h, m int) time.Time { return time.Date(0, 1, 1, h, m, 0, 0, time.UTC) }
	s := schedule(t, Options{},
		[]any{"Schedule for Wednesday"},
		[]any{"ID", "Patient", "Mobile", "Date", "Time", "Duration", "Doctor", "Clinic", "Service", "Status"},
		[]any{"A1", "Amelia Hart", "07700 900318", day("2026-11-25"), clock(9, 30), 30, "Dr Moe", "Camden", "Eye test", "Booked"},
		[]any{"A2", "Daniel Osei", "07700 900452", "25/11/2026", "9:30 am", "45 min", "Dr Moe", "Camden", "Eye test", "Confirmed"},
		[]any{"A3", "Bea Whitlock", nil, "25/11/2026", "10:00", nil, "Dr Moe", nil, nil, nil},
		[]any{"A4", "R. Singh", "7.7009E+09", "25/11/2026", "下午2点半", nil, nil, nil, nil, "Cancelled"},
		[]any{"A5", "Tom Hale", "07700 900700", "25/11/2026", nil, nil, nil, nil, nil, nil},
		[]any{"A6", "Tom Hale", "07700 900700", "soon", "10:00", nil, nil, nil, nil, nil},
		[]any{"A7", "Tom Hale", "07700 900700", "25/11/2026", "late", nil, nil, nil, nil, nil},
		[]any{"A1", "Amelia Hart", "07700 900318", day("2026-11-25"), clock(9, 30), 30, nil, nil, nil, nil},
		[]any{"A8", "Ida Hart", "07700 900318", day("2026-11-25"), "10:00-10:20", nil, nil, nil, nil, "No show"},
	)
	r := s.Receipt
	if r.Rows != 9 || r.Added != 5 || r.Rejected != 3 || r.Duplicate != 1 || len(s.Flagged) != 2 {
		t.Fatalf("%+v", r)
	}
	a := s.Appointments[0]
	if a.Wall != "2026-11-25T09:30" || a.Zone != "Europe/London" || a.Minutes != 30 || a.Staff != "Dr Moe" || a.Place != "Camden" || a.Service != "Eye test" ||
		a.GivenName != "Amelia" || a.Phone != "+447700900318" || a.State != data.Booked || s.Rows[0] != 3 {
		t.Errorf("%+v", a)
	}
	if b := s.Appointments[1]; b.Wall != a.Wall || b.Minutes != 45 || b.State != data.Confirmed {
		t.Errorf("%+v", b)
	}
	if f := s.Flagged[0]; f.Index != 2 || f.Patient != "Bea Whitlock" || f.Reason != "phone_missing" {
		t.Errorf("%+v", f)
	}
	if f := s.Flagged[1]; f.Reason != "phone_digits_lost" || s.Appointments[f.Index].Wall != "2026-11-25T14:30" || s.Appointments[f.Index].State != data.ApptCancelled {
		t.Errorf("%+v", f)
	}
	if e := s.Appointments[4]; e.Phone != a.Phone || e.Patient != "Ida Hart" || e.Minutes != 20 || e.State != data.NoShow {
		t.Errorf("a family shares a phone: %+v", e)
	}
	var reasons []string
	for _, j := range r.Rejects {
		reasons = append(reasons, j.Column+" "+j.Reason)
	}
	if got := strings.Join(reasons, ", "); got != "Time appointment_no_time, Date appointment_bad_date, Time appointment_bad_time" {
		t.Error(got)
	}
	if q := question(&r, qNoPhone); q == nil || q.Count != 2 {
		t.Errorf("%+v", r.Questions)
	}
}

func TestDateAndTimeInOneCell(t *testing.T) {
	s := schedule(t, Options{Zone: "America/New_York"},
		[]any{"Patient name", "Phone", "Appointment"},
		[]any{"Amelia", "+447700900318", day("2026-11-25 09:30")},
		[]any{"Daniel", "+447700900319", "2026-11-25T14:30:00Z"},
		[]any{"Bea", "+447700900320", "2026-11-25 14:30+02:00"},
		[]any{"Wei", "+447700900321", "2026年11月25日 下午3:15"},
		[]any{"Tom", "+447700900322", "25/11/2026 24:00"})
	var walls []string
	for _, a := range s.Appointments {
		walls = append(walls, a.Wall)
	}
	if got := strings.Join(walls, " "); got != "2026-11-25T09:30 2026-11-25T09:30 2026-11-25T07:30 2026-11-25T15:15 2026-11-26T00:00" {
		t.Errorf("%s %+v", got, s.Receipt)
	}
}

func TestARowsOwnTimeZone(t *testing.T) {
	s := schedule(t, Options{}, []any{"Name", "Phone", "Date", "Time", "Time zone"},
		[]any{"Amelia", "07700 900318", "25/11/2026", "09:30", "America/Chicago"},
		[]any{"Daniel", "07700 900319", "25/11/2026", "09:30", "Camden time"})
	if s.Appointments[0].Zone != "America/Chicago" || s.Appointments[1].Zone != "Europe/London" {
		t.Errorf("%+v", s.Appointments)
	}
	if q := question(&s.Receipt, qUnreadable); q == nil || q.Count != 1 {
		t.Errorf("%+v", s.Receipt.Questions)
	}
}

func TestAScheduleInChineseAndSpanish(t *testing.T) {
	s := schedule(t, Options{Zone: "Asia/Shanghai"}, []any{"患者姓名", "手机号", "预约日期", "预约时间", "医生", "状态"},
		[]any{"张三", "+447700900318", "2026年11月25日", "上午9:30", "李医生", "已取消"})
	if a := s.Appointments[0]; a.Wall != "2026-11-25T09:30" || a.GivenName != "三" || a.Staff != "李医生" || a.State != data.ApptCancelled {
		t.Errorf("%+v", a)
	}
	s = schedule(t, Options{Zone: "Europe/Madrid"}, []any{"Paciente", "Móvil", "Fecha", "Hora", "Doctora", "Servicio"},
		[]any{"Ana García", "+447700900318", "25 de noviembre de 2026", "16h30", "Dra. Ruiz", "Revisión"})
	if a := s.Appointments[0]; a.Wall != "2026-11-25T16:30" || a.GivenName != "Ana" || a.Service != "Revisión" {
		t.Errorf("%+v", a)
	}
}

func TestAScheduleWithoutAPhoneColumnIsKeptAndFlagged(t *testing.T) {
	s := schedule(t, Options{}, []any{"Patient", "Date", "Time"}, []any{"Amelia", "25/11/2026", "9:30"}, []any{"Total: 1", nil, nil})
	if len(s.Appointments) != 1 || len(s.Flagged) != 1 || s.Receipt.Skipped != 1 {
		t.Errorf("%+v", s)
	}
}

// A patient's number stands beside each of their visits: all of them count, and none is told from the next by it.
func TestAPatientsNumberIsNoVisits(t *testing.T) {
	for _, heading := range []string{"Patient ID", "ID"} {
		s := schedule(t, Options{},
			[]any{"Date", "Time", "Patient", "Phone", heading},
			[]any{"2026-11-25", "09:00", "Amelia Hart", "07700 900318", "P-1"},
			[]any{"2026-11-25", "09:00", "Daniel Osei", "07700 900452", "P-2"},
			[]any{"2026-12-02", "09:00", "Amelia Hart", "07700 900318", "P-1"},
			[]any{"2026-11-25", "09:00", "Amelia Hart", "07700 900318", "P-1"},
		)
		if s.Receipt.Added != 3 || s.Receipt.Duplicate != 1 {
			t.Errorf("%s: %d visits, %d duplicates", heading, s.Receipt.Added, s.Receipt.Duplicate)
		}
		for _, a := range s.Appointments {
			if a.ExternalID != "" {
				t.Errorf("%s: the visit of %s is known as %q", heading, a.Wall, a.ExternalID)
			}
		}
	}
}

func TestAVisitsOwnNumberIsFoundAgain(t *testing.T) {
	for _, heading := range []string{"Appt ID", "Booking ref", "预约编号"} {
		s := schedule(t, Options{},
			[]any{"Date", "Time", "Patient", "Phone", heading},
			[]any{"2026-11-25", "09:00", "Amelia Hart", "07700 900318", "LO-4101"},
			[]any{"2026-11-26", "09:30", "Daniel Osei", "07700 900452", "LO-4102"},
		)
		if s.Appointments[0].ExternalID != "LO-4101" {
			t.Errorf("%s: known as %q", heading, s.Appointments[0].ExternalID)
		}
	}
}
