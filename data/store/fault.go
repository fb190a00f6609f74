package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"syscall"

	"counterbell/data"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// fault gives an error of the driver or the disk its code, so that a person gets one sentence with a remedy. An error
// that has a code already keeps it; nil stays nil.
func fault(op string, err error) error {
	if err == nil {
		return nil
	}
	var known *data.Error
	if errors.As(err, &known) {
		return err
	}
	code := data.Internal
	var db *sqlite.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		code = data.Cancelled
	case errors.Is(err, sql.ErrNoRows):
		code = data.NotFound
	case errors.Is(err, syscall.ENOSPC):
		code = data.DiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, os.ErrNotExist):
		code = data.Unreadable
	case errors.As(err, &db):
		switch db.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			code = data.Busy
		case lib.SQLITE_FULL:
			code = data.DiskFull
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			code = data.Damaged
		case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM:
			code = data.Unreadable
		case lib.SQLITE_IOERR:
			code = "disk_fault"
		case lib.SQLITE_CONSTRAINT:
			code = data.Conflict
		case lib.SQLITE_INTERRUPT:
			code = data.Cancelled
		}
	}
	return &data.Error{Code: code, Op: op, Err: err}
}
