package campaign

import (
	"strings"

	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// final are the errors of a campaign itself: trying again changes nothing until a person has changed something.
var final = map[data.Code]bool{
	data.Invalid: true, "campaign_name": true, "campaign_unfinished": true, "group_unknown": true, "nobody": true, "past_time": true, "provider_changed": true,
	"text_empty": true, "text_long": true, text.PlaceholderUnknown: true, text.PlaceholderNotHere: true, text.PlaceholderUnclosed: true, text.TemplateBare: true,
	"code_without_offer": true, "links_unreachable": true, "link_in_variable": true, rules.NoOptOutWay: true, rules.ReplyUnread: true, rules.BrandWanted: true,
	"templates_none": true,
}

// Final tells whether an error code is about the campaign itself, its text, its template or its day, rather than about a
// disk, a network or an account that may be well again in a moment.
func Final(code data.Code) bool {
	s := string(code)
	return final[code] || strings.HasPrefix(s, "offer_") || strings.HasPrefix(s, "condition_") || strings.HasPrefix(s, "template_")
}
