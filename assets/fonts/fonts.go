// Package fonts carries Counterbell Sans, the one typeface of the window:
// Noto Sans for Latin, Greek and Cyrillic and Noto Sans SC for Chinese in one
// file a weight, so that 陈玥 is drawn as crisply as Maya on a computer without
// Chinese fonts. See NOTICE for the sources and OFL.txt for the licence.
package fonts

import _ "embed"

//go:generate ./build.sh

// Regular is the face for running text (TrueType).
//
//go:embed Counterbell-Regular.ttf
var Regular []byte

// Bold is the face for names, titles and buttons (TrueType).
//
//go:embed Counterbell-Bold.ttf
var Bold []byte
