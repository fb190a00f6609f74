package data

type CampaignID int64

// CampaignState is where a campaign stands (decisions.md, States).
type CampaignState string

const (
	Draft            CampaignState = "draft"
	AwaitingApproval CampaignState = "awaiting_approval"
	Scheduled        CampaignState = "scheduled"
	UndoWindow       CampaignState = "undo"
	Running          CampaignState = "running"
	Paused           CampaignState = "paused"
	Stopped          CampaignState = "stopped"
	Done             CampaignState = "done"
)

// A Goal is what a campaign is for. Its result is shown against it.
type Goal string

const (
	GoalNone       Goal = ""
	GoalSales      Goal = "sales"      // the target is money, in minor units of the shop's currency
	GoalVisits     Goal = "visits"     // people who come back: coupons redeemed
	GoalNoShows    Goal = "no_shows"   // missed appointments avoided
	GoalEngagement Goal = "engagement" // people who open their link
)

// Goals lists them in the order in which the composer offers them.
var Goals = []Goal{GoalSales, GoalVisits, GoalNoShows, GoalEngagement}

// A Campaign is one text, or a text and its variant, to the people of a group. At is when it starts; Local, a wall
// clock "2026-11-25T10:00", starts it at that time of each recipient's own day instead.
type Campaign struct {
	ID         CampaignID    `json:"id"`
	Name       string        `json:"name"`
	Kind       Kind          `json:"kind"`
	Group      string        `json:"group"` // conditions as written, frozen with the audience
	GroupName  string        `json:"group_name"`
	Offer      *Offer        `json:"offer,omitempty"`
	Variants   []Variant     `json:"variants"`
	State      CampaignState `json:"state"`
	Reason     string        `json:"reason,omitempty"` // why it is paused; of a draft Unfinished, or why it came back
	At         Instant       `json:"at"`
	Local      string        `json:"local,omitempty"`
	Provider   string        `json:"provider"`
	Practice   bool          `json:"practice"`
	CreatedAt  Instant       `json:"created_at"`
	SentAt     Instant       `json:"sent_at"` // when it was given free to send
	FrozenAt   Instant       `json:"frozen_at"`
	FinishedAt Instant       `json:"finished_at"`
	UndoUntil  Instant       `json:"undo_until,omitempty"`
	Goal       Goal          `json:"goal,omitempty"`
	Target     int64         `json:"target,omitempty"` // of the goal; 0: none
	Form       string        `json:"-"`                // of a draft: what was typed, as the composer keeps it
	SavedAt    Instant       `json:"-"`                // of a draft: when it was changed last
}

// Unfinished is the Reason of a draft in which something is missing or makes no sense yet: it can't be sent as it is stored.
const Unfinished = "unfinished"

// A Variant is one wording of a campaign's text: A, or B.
type Variant struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	Template string `json:"template,omitempty"` // the provider's id of the approved template
}
