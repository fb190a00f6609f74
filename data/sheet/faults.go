package sheet

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"

	"counterbell/data"
)

// What can be wrong with a file. Each code is one sentence with what to do (translation key "error.CODE").
const (
	FileMissing     data.Code = "file_missing"      // no such file
	FileForbidden   data.Code = "file_forbidden"    // this computer's user may not read it
	FileInUse       data.Code = "file_in_use"       // another program holds it
	FileFolder      data.Code = "file_folder"       // a folder, not a file
	FileEmpty       data.Code = "file_empty"        // zero bytes, or nothing but blanks
	FileTooBig      data.Code = "file_too_big"      // args: limit
	FileOther       data.Code = "file_other"        // not a spreadsheet at all
	FileOldXLS      data.Code = "file_old_xls"      // .xls of Excel 97–2003: save as .xlsx
	FileOtherSheet  data.Code = "file_other_sheet"  // a spreadsheet of a kind not read (args: kind): save as .xlsx
	FileWebPage     data.Code = "file_web_page"     // a web page under the name of a spreadsheet: save as .xlsx
	FileEncrypted   data.Code = "file_encrypted"    // protected by a password
	FileDamaged     data.Code = "file_damaged"      // cut off, or not what its kind promises
	FileSuspicious  data.Code = "file_suspicious"   // unpacks to far more than any real spreadsheet
	FileNoRows      data.Code = "file_no_rows"      // no sheet holds anything
	SheetMissing    data.Code = "sheet_missing"     // args: sheet, sheets
	SheetMixed      data.Code = "sheet_mixed"       // rows or cells out of order or twice (args: sheet, row)
	SheetTooWide    data.Code = "sheet_too_wide"    // a value beyond MaxColumns (args: sheet, row, limit)
	CSVQuoteOpen    data.Code = "csv_quote_open"    // a quotation mark is never closed (args: row)
	EncodingUnknown data.Code = "encoding_unknown"  // args: encoding
	WriteFailed     data.Code = "file_write_failed" // the file could not be written (args: file)
)

// Codes are all of them: whoever gets one was given input that can't be read.
var Codes = []data.Code{
	FileMissing, FileForbidden, FileInUse, FileFolder, FileEmpty, FileTooBig, FileOther, FileOldXLS, FileOtherSheet, FileWebPage, FileEncrypted, FileDamaged,
	FileSuspicious, FileNoRows, SheetMissing, SheetMixed, SheetTooWide, CSVQuoteOpen, EncodingUnknown,
}

// fault makes the error that a person sees: the code, what was being done, and name-value pairs for its sentence.
func fault(code data.Code, op string, err error, args ...string) error {
	e := &data.Error{Code: code, Op: op, Err: err}
	if len(args) > 0 {
		e.Args = make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			e.Args[args[i]] = args[i+1]
		}
	}
	return e
}

// asError returns the data.Error in err's chain, nil when there is none.
func asError(err error) *data.Error {
	var e *data.Error
	errors.As(err, &e)
	return e
}

// Errors of Windows (Microsoft, System Error Codes): another program has the file to itself; no room left.
const (
	windowsSharing  = syscall.Errno(32)
	windowsDiskFull = syscall.Errno(112)
)

func onWindows(err error, code syscall.Errno) bool {
	return runtime.GOOS == "windows" && errors.Is(err, code)
}

// opening turns an error of the operating system into one that says what to do.
func opening(path string, err error) error {
	name := filepath.Base(path)
	switch {
	case errors.Is(err, context.Canceled):
		return fault(data.Cancelled, "open a spreadsheet", err)
	case errors.Is(err, fs.ErrNotExist):
		return fault(FileMissing, "open a spreadsheet", err, "file", name)
	case errors.Is(err, fs.ErrPermission):
		return fault(FileForbidden, "open a spreadsheet", err, "file", name)
	case onWindows(err, windowsSharing):
		return fault(FileInUse, "open a spreadsheet", err, "file", name)
	}
	return fault(data.Unreadable, "open a spreadsheet", err, "file", name)
}

// writing turns an error met while writing a file into one that says what to do.
func writing(path string, err error) error {
	name := filepath.Base(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fault(FileForbidden, "write a file", err, "file", name)
	case errors.Is(err, syscall.ENOSPC), onWindows(err, windowsDiskFull):
		return fault(data.DiskFull, "write a file", err, "file", name)
	case onWindows(err, windowsSharing):
		return fault(FileInUse, "write a file", err, "file", name)
	}
	return fault(WriteFailed, "write a file", err, "file", name)
}

// stopped reports a cancelled context as the person's own doing.
func stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fault(data.Cancelled, "read a spreadsheet", err)
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
