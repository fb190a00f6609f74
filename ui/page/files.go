package page

// Spreadsheets are the endings of files that a dialog for lists shows: those that can be read, and the old ones of which it is
// said what to do with them. A file that doesn't show can't be explained.
var Spreadsheets = []string{".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".ods"}
