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
	Reason     string        `json:"reason,omitempty"` // why it is paused
	At         Instant       `json:"at"`
	Local      string        `json:"local,omitempty"`
	Provider   string        `json:"provider"`
	Practice   bool          `json:"practice"`
	CreatedAt  Instant       `json:"created_at"`
	SentAt     Instant       `json:"sent_at"` // when it was given free to send
	FrozenAt   Instant       `json:"frozen_at"`
	FinishedAt Instant       `json:"finished_at"`
	UndoUntil  Instant       `json:"undo_until,omitempty"`
}

// A Variant is one wording of a campaign's text: A, or B.
type Variant struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	Template string `json:"template,omitempty"` // the provider's id of the approved template
}
