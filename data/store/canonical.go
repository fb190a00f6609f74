package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"counterbell/data"
)

// ledgerVersion heads every canonical form. A change of the form takes a new number; old entries keep theirs.
const ledgerVersion = 1

// The canonical form of an entry (decisions.md, The ledger): a version byte, then the fields in a fixed order. A text
// is a presence byte, its length as 8 bytes and its UTF-8; a number or time is 8 bytes, big-endian; absent is one zero
// byte, so absent and empty differ.
type canonical struct{ b []byte }

func newCanonical() *canonical { return &canonical{b: []byte{ledgerVersion}} }

func (c *canonical) text(s string) *canonical { return c.bytes([]byte(s)) }

func (c *canonical) bytes(s []byte) *canonical {
	c.b = append(c.b, 1)
	c.b = binary.BigEndian.AppendUint64(c.b, uint64(len(s)))
	c.b = append(c.b, s...)
	return c
}

func (c *canonical) absent() *canonical {
	c.b = append(c.b, 0)
	return c
}

func (c *canonical) number(n int64) *canonical {
	c.b = append(c.b, 1)
	c.b = binary.BigEndian.AppendUint64(c.b, uint64(n))
	return c
}

func (c *canonical) flag(v bool) *canonical {
	if v {
		return c.number(1)
	}
	return c.number(0)
}

func (c *canonical) sum() []byte {
	h := sha256.Sum256(c.b)
	return h[:]
}

// commitPhone commits to a number without showing it: a salted hash that nobody can guess back.
func commitPhone(salt []byte, phone data.Phone) []byte {
	return newCanonical().bytes(salt).text(string(phone)).sum()
}

// commitStatement commits to how people agreed: wording, evidence and who recorded it may all name a person.
func commitStatement(salt, body []byte) []byte {
	return newCanonical().bytes(salt).bytes(body).sum()
}

// A peopleRoot commits to all people of an entry: SHA-256 over their commitments in order.
type peopleRoot struct {
	h hash.Hash
	n int
}

func newPeopleRoot() *peopleRoot { return &peopleRoot{h: sha256.New()} }

func (r *peopleRoot) add(commitment []byte) {
	r.h.Write(commitment)
	r.n++
}

func (r *peopleRoot) sum() []byte { return r.h.Sum(nil) }

// An entryRow is a line of the table consent.
type entryRow struct {
	seq        int64
	version    int64
	event      data.Event
	scope      data.Scope
	basis      data.Basis
	givenAt    data.Instant
	recordedAt data.Instant
	single     bool
	confirmed  bool
	importID   data.ImportID
	batch      int64
	people     int64
	root       []byte
	statement  []byte
	hash       []byte
}

// chain returns the entry's hash on top of the one before it; nil for the first.
func (e *entryRow) chain(prev []byte) []byte {
	c := newCanonical()
	if prev == nil {
		c.absent()
	} else {
		c.bytes(prev)
	}
	c.number(e.seq).text(string(e.event)).text(string(e.scope)).text(string(e.basis))
	c.number(int64(e.givenAt)).number(int64(e.recordedAt)).flag(e.single).flag(e.confirmed)
	if e.importID == 0 {
		c.absent()
	} else {
		c.number(int64(e.importID))
	}
	return c.number(e.people).bytes(e.root).bytes(e.statement).sum()
}
