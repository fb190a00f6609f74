package main

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"

	"github.com/spf13/cobra"
)

func newPhone(a *app) *cobra.Command {
	var country string
	c := &cobra.Command{Use: "phone", Short: "Read raw numbers, one a line, from standard input: E.164, region, line type, problem", Args: cobra.NoArgs}
	c.Flags().StringVar(&country, "country", "US", "how numbers without a country code are read (`CC`)")
	c.RunE = func(*cobra.Command, []string) error {
		country = strings.ToUpper(country)
		if !phone.Known(country) {
			return usage(data.Errorf("no_such_country", "read numbers", "country %q", country).With("value", country))
		}
		out := bufio.NewWriter(a.out)
		defer out.Flush()
		in := bufio.NewScanner(a.in)
		in.Buffer(nil, longestLine)
		line := 0
		for in.Scan() {
			line++
			f, err := phone.Parse(in.Text(), country)
			if err != nil {
				fmt.Fprintf(out, "-\t\t\t%s\n", data.CodeOf(err))
				continue
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t\n", f.Phone, f.Region, f.Line)
		}
		if errors.Is(in.Err(), bufio.ErrTooLong) {
			return usage(data.Errorf("long_line", "read standard input", "over %d bytes", longestLine).With("line", strconv.Itoa(line+1)))
		}
		return in.Err()
	}
	return c
}
