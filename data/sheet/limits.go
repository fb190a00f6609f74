package sheet

// Limits on what is read from outside. They are far above any list of people that a shop or clinic keeps, and low
// enough that a hostile file costs seconds and little memory. Excel's own limits are from "Excel specifications and
// limits" (support.microsoft.com): 1,048,576 rows, 16,384 columns, 32,767 characters in a cell.
const (
	MaxColumns  = 512       // values further right are refused, not dropped
	MaxRows     = 1_048_576 // of a worksheet; a CSV file is limited by its size
	MaxCellText = 32_767    // bytes; longer text is cut and flagged

	maxFile        = 256 << 20 // bytes on disk
	maxPart        = 1 << 30   // bytes of one unpacked part of an .xlsx
	maxRatio       = 250       // unpacked over packed; worksheets reach 10 to 60
	ratioFrom      = 8 << 20   // bytes unpacked before the ratio is looked at
	maxParts       = 10_000    // entries in the zip
	maxSharedBytes = 96 << 20  // bytes of the shared strings
	maxShared      = 2_000_000 // shared strings
	maxStyles      = 65_536    // Excel allows 65,490
	maxSheets      = 1_000
	maxSmallPart   = 32 << 20 // bytes of workbook.xml, styles.xml, relationships
	maxTag         = 1 << 20  // bytes of one XML tag
)
