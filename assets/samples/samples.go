// Package samples carries the two spreadsheets of Lark Optical, a shop that doesn't exist: what somebody who tries
// Counterbell imports first, and what the demo runs on. Every phone number in them is reserved for fiction.
package samples

import _ "embed"

//go:generate go run ./gen

// Customers is customers.xlsx: some 300 people with the usual mess. Its header is in row 3.
//
//go:embed customers.xlsx
var Customers []byte

// Appointments is appointments.xlsx: the visits from 25 November to 4 December 2026, in Portland's wall time.
//
//go:embed appointments.xlsx
var Appointments []byte
