package intake

import "counterbell/data"

// ScheduleLike tells whether columns are those of an appointment book rather than of a list of people: their headings name a day and
// a time, and besides a service, a member of staff, how long it lasts or how it stands.
func ScheduleLike(columns []Column) bool {
	found := map[data.Field]bool{}
	book := dictionaries()[Appointments]
	for i := range columns {
		if s, ok := book.exact[plain(columns[i].Heading)]; ok {
			found[s.field] = true
		}
	}
	when := found[data.FieldStarts] || found[data.FieldDate] && found[data.FieldTime]
	return when && (found[data.FieldService] || found[data.FieldStaff] || found[data.FieldDuration] || found[data.FieldStatus])
}
