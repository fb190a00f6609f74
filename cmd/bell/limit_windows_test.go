package main

// limitFiles has nothing to limit with: Windows knows no such limit for a process, and the test of a full disk isn't for it.
func limitFiles(uint64) { panic("no limit for files on Windows") }
