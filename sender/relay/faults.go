package relay

import (
	"errors"
	"syscall"

	"counterbell/data"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// storeError gives a database's failure the code that a person can do something about. nil stays nil.
func storeError(op string, err error) error {
	if err == nil {
		return nil
	}
	var ours *data.Error
	if errors.As(err, &ours) {
		return err
	}
	code := data.Internal
	var fault *sqlite.Error
	switch {
	case errors.Is(err, syscall.ENOSPC):
		code = data.DiskFull
	case errors.As(err, &fault):
		switch fault.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			code = data.DiskFull
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			code = data.Damaged
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			code = data.Busy
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
			code = data.Unreadable
		}
	}
	return &data.Error{Code: code, Op: op, Err: err}
}
