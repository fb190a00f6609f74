// Command gen writes the sample spreadsheets of Lark Optical. The same seed makes the same people.
//
//	go generate ./assets/samples
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("dir", ".", "folder to write to")
	seed := flag.Uint64("seed", 412, "another seed, other people")
	flag.Parse()
	if err := write(*dir, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// write makes both files in dir.
func write(dir string, seed uint64) error {
	town := newTown(seed)
	if err := customers(town, filepath.Join(dir, "customers.xlsx")); err != nil {
		return fmt.Errorf("customers: %w", err)
	}
	if err := appointments(town, filepath.Join(dir, "appointments.xlsx")); err != nil {
		return fmt.Errorf("appointments: %w", err)
	}
	return nil
}
