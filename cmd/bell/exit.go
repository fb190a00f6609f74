package main

import (
	"errors"
	"fmt"
	"strings"

	"counterbell/data"
	"counterbell/data/sheet"
	"counterbell/sender/provider"
)

// Exit codes: 0 done, 1 failed, 2 bad usage or unreadable input, 3 refused by a rule, 4 provider refused or out of reach.
const (
	exitFailed   = 1
	exitUsage    = 2
	exitRefused  = 3
	exitProvider = 4
)

// An exitError gives an error an exit code of its own.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// A quietError has been reported already: on standard output, as the result.
type quietError struct{ code int }

func (e *quietError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// usage marks err as bad usage or unreadable input, unless it is this computer's own trouble.
func usage(err error) error {
	switch data.CodeOf(err) {
	case data.Cancelled, data.DiskFull, data.Busy:
		return err
	}
	return withCode(exitUsage, err)
}

// refused marks err as a rule's refusal.
func refused(err error) error { return withCode(exitRefused, err) }

// outOfReach marks err as the provider's, unless it is known better: a setting that isn't right is bad input, and a
// command that was interrupted, or a full disk, says nothing about the provider.
func outOfReach(err error) error {
	switch data.CodeOf(err) {
	case provider.BadSetting, "relay_address", "relay_insecure", data.Cancelled, data.DiskFull, data.Busy:
		return err
	}
	return withCode(exitProvider, err)
}

func withCode(code int, err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code, err}
}

// exitCode finds an error's exit code: its own, else the one of its data.Code.
func exitCode(err error) int {
	var own *exitError
	var quiet *quietError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &quiet):
		return quiet.code
	case errors.As(err, &own):
		return own.code
	}
	is := data.CodeOf(err)
	if code, ok := exitOf[is]; ok {
		return code
	}
	for _, prefix := range []string{"phone_", "file_", "sheet_", "placeholder_", "map_", "no_such_", "csv_", "template_"} {
		if strings.HasPrefix(string(is), prefix) {
			return exitUsage
		}
	}
	var known *data.Error
	if !errors.As(err, &known) {
		return exitUsage // cobra's own: an unknown command or flag
	}
	return exitFailed
}

// exitOf lists the codes that neither simply fail nor tell by their beginning that the input was bad.
var exitOf = func() map[data.Code]int {
	of := map[data.Code]int{sheet.WriteFailed: exitFailed}
	for exit, codes := range map[int][]data.Code{
		exitUsage: {
			data.Invalid, data.Unreadable, data.NotFound, provider.BadSetting, "condition_field", "condition_op", "condition_value", "group_unknown", "campaign_unknown", "campaign_name",
			"import_unknown", "consent_event", "consent_basis", "consent_future", "consent_scope", "offer_no_title", "offer_percent", "offer_amount", "offer_uses", "offer_dates", "offer_over",
			"encoding_unknown", "header_only", "no_phone_column", "no_date_column", "too_many_appointments", "code_without_offer", "past_time", "text_empty", "text_long", "undo_reason",
			"relay_address", "relay_insecure",
		},
		exitRefused: {
			data.Refused, "code_length", "code_character", "code_check", "demo_provider", "campaign_state", "import_state", "import_schedule", "redemption_none", "no_opt_out_way", "links_unreachable",
			"link_in_variable", "provider_changed", "brand_wanted", "reply_unread", "nobody", "templates_none", "practice_not_empty",
		},
		exitProvider: {data.Credentials, data.ProviderDown, "provider_refused", "template_refused", "template_changed", "clock_skew", "relay_down", "relay_key", "relay_old", "relay_other"},
	} {
		for _, code := range codes {
			of[code] = exit
		}
	}
	for _, code := range sheet.Codes {
		of[code] = exitUsage
	}
	return of
}()
