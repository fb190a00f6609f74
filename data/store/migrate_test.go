package store

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"

	"counterbell/data"

	"github.com/pressly/goose/v3"
)

// oldProfile makes a profile as the first schemas had it, with somebody who agreed, somebody who opted out, a campaign
// under way, a coupon that was used, a visit that was reminded of, and replies.
func oldProfile(t *testing.T, schema int64) (dir string) {
	t.Helper()
	ctx := t.Context()
	dir = t.TempDir()
	db, err := open(filepath.Join(dir, FileName), "immediate", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(ctx, schema); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO setting VALUES ('business', '{"name":"Lark Optical","kind":"shop","country":"US","zone":"America/Los_Angeles","currency":"USD","till":"Till 1"}')`,
		`INSERT INTO contact (id, phone, facts, name, given_name, tags, last_visit, created_at, updated_at) VALUES
			(1, '+12015550101', 'US|mobile_or_land|1|NJ|America/New_York', 'Ann One', 'Ann', '', '2026-08-01', 1000, 1000),
			(2, '+12015550102', 'US|mobile_or_land|1|NJ|America/New_York', 'Ben Two', 'Ben', '', '2026-08-01', 1000, 1000)`,
		`INSERT INTO contact_phone VALUES ('+12015550103', 2)`,
		`INSERT INTO contact_search (rowid, words) VALUES (1, 'Ann One +12015550101'), (2, 'Ben Two +12015550102')`,
		`INSERT INTO offer (id, title, kind, percent, uses) VALUES (1, '20% off frames', 'percent', 20, 1)`,
		`INSERT INTO campaign (id, name, kind, conditions, group_name, offer_id, state, provider, practice, audience, created_at, sent_at, frozen_at)
			VALUES (1, 'Frames', 'marketing', '[]', 'Everybody', 1, 'running', 'practice', 1, 2, 2000, 2000, 2000)`,
		`INSERT INTO variant VALUES (1, '', 'Hi {first_name}, {offer}: {code}', '')`,
		`INSERT INTO coupon (id, code, offer_id, contact_id, campaign_id, used) VALUES (1, 'ABCD2345', 1, 1, 1, 1), (2, 'ABCD2346', 1, 2, 1, 0)`,
		`INSERT INTO redemption (id, coupon_id, at, till, full, paid, currency) VALUES (1, 1, 9000, 'Till 1', 10000, 8000, 'USD')`,
		`INSERT INTO appointment (id, contact_id, phone, patient, wall, zone, starts_at, state, created_at, updated_at)
			VALUES (1, 1, '+12015550101', 'Ann One', '2026-12-01T10:30', 'America/Los_Angeles', 1796149800000, 'reminded', 1000, 1000)`,
		`INSERT INTO message (id, campaign_id, contact_id, kind, phone, state, provider, attempts, coupon_id, token, cost, currency, segments, created_at, accepted_at, delivered_at, updated_at) VALUES
			(1, 1, 1, 'marketing', '+12015550101', 'delivered', 'practice', 1, 1, 't1', 7900, 'USD', 1, 2000, 3000, 4000, 4000),
			(2, 1, 2, 'marketing', '+12015550102', 'unknown', 'practice', 1, 2, 't2', NULL, '', 1, 2000, 0, 0, 4000)`,
		`INSERT INTO message (id, appointment_id, version, step, contact_id, kind, phone, state, provider, attempts, created_at, accepted_at, updated_at)
			VALUES (3, 1, 1, '1d', 1, 'reminder', '+12015550101', 'accepted', 'practice', 1, 2000, 5000, 5000)`,
		`INSERT INTO attempt (id, message_id, provider, at, settled_at, outcome) VALUES (1, 1, 'practice', 3000, 3000, 'accepted'), (2, 2, 'practice', 3500, 3500, 'unknown'), (3, 3, 'practice', 5000, 5000, 'accepted')`,
		`INSERT INTO link VALUES ('t1', 1, 2500), ('t2', 2, 2500)`,
		`INSERT INTO open VALUES ('local', 1, 't1', 6000, 'human', '')`,
		`INSERT INTO inbound (id, provider, provider_id, phone, body, at, class, message_id, review, handled) VALUES
			(1, 'practice', 'r1', '+12015550101', 'ok', 7000, 'confirm', 3, 0, 0), (2, 'practice', 'r2', '+12015550101', 'can I bring my son?', 8000, 'unclear', 3, 1, 0),
			(3, 'practice', 'r3', '+12015550102', 'STOP', 7500, 'opt_out', 2, 0, 0)`,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			t.Fatalf("%v in %s", err, q)
		}
	}
	s := &Store{Dir: dir, clock: clockOfProfile, write: db}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for _, e := range []data.ConsentEntry{
		{Phone: fiction(1), Event: data.Grant, Scope: data.ScopeMarketing, Basis: data.ExpressWritten, GivenAt: 1000, Single: true, Statement: data.Statement{Method: "paper", Source: "card", Wording: "Text me offers"}},
		{Phone: fiction(2), Event: data.Withdraw, Scope: data.ScopeMarketing, GivenAt: 7500, Single: true, Confirmed: true, Statement: data.Statement{Method: "keyword", Source: "reply r3", Wording: "STOP"}},
	} {
		if err := s.recordConsent(ctx, tx, &e); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAProfileOfTheFirstProgramOpensWithEverythingInIt(t *testing.T) {
	ctx := t.Context()
	dir := oldProfile(t, 2)
	s, _ := open_(t, dir)

	// A copy of what was there is kept, in the schema that it had.
	copies, err := filepath.Glob(filepath.Join(dir, "backups", "before-schema-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("copies %v (%v)", copies, err)
	}
	if was := schemaOf(ctx, t, copies[0]); was != 2 {
		t.Errorf("the copy has schema %d", was)
	}
	if now := schemaOf(ctx, t, s.Path); now != SchemaVersion() {
		t.Errorf("schema %d, want %d", now, SchemaVersion())
	}
	if err := s.Check(ctx); err != nil {
		t.Error(err)
	}
	if orphans, err := collect(ctx, s.read, func(r *sql.Rows) (n string, err error) {
		var row, parent, key any
		return n, r.Scan(&n, &row, &parent, &key)
	}, `PRAGMA foreign_key_check`); err != nil || len(orphans) > 0 {
		t.Errorf("rows without their parent in %v (%v)", orphans, err)
	}

	// The ledger holds, and so does the opt-out.
	if check, err := s.VerifyConsent(ctx); err != nil || !check.OK || check.Entries != 2 {
		t.Errorf("ledger %+v (%v)", check, err)
	}
	may, err := s.Permissions(ctx, data.ScopeMarketing, []data.Phone{fiction(1), fiction(2)})
	if err != nil || !may[fiction(1)].Granted || !may[fiction(2)].Closed {
		t.Errorf("permissions %+v (%v)", may, err)
	}

	// Conversations are there, with what waits for a person; nothing counts as new that was read long ago.
	phones, err := s.Conversations(ctx, ShowAll, "", 0)
	if err != nil || len(phones) != 2 || phones[0] != fiction(1) {
		t.Fatalf("conversations %v (%v)", phones, err)
	}
	lines, err := s.ConversationLines(ctx, phones)
	if err != nil || lines[0].Text != "can I bring my son?" || lines[0].Unclear != 1 || lines[0].Unread || lines[0].Name != "Ann One" || len(lines[1].Closed) != 1 {
		t.Errorf("lines %+v (%v)", lines, err)
	}
	if n, err := s.CountInbox(ctx); err != nil || n.All != 2 || n.Unclear != 1 || n.Unread != 0 || n.OptOuts != 1 {
		t.Errorf("inbox %+v (%v)", n, err)
	}

	// The campaign, its coupon and its figures.
	c, err := s.Campaign(ctx, 1)
	if err != nil || c.Offer.Minimum != 0 || c.Goal != "" || len(c.Variants) != 1 {
		t.Errorf("campaign %+v (%v)", c, err)
	}
	if err := s.Tally(ctx, 1, nil); err != nil {
		t.Error(err)
	}
	held, err := s.CouponsOf(ctx, 1, 10)
	if err != nil || len(held) != 1 || held[0].Used != 1 || held[0].Paid == nil || held[0].Paid.Minor != 8000 {
		t.Errorf("coupons %+v (%v)", held, err)
	}

	// What came with the later schemas works on the old rows.
	if n, err := s.ResolveUnknown(ctx, []data.MessageID{2}, SaidArrived, "Dana"); err != nil || n != 1 {
		t.Errorf("decided about %d (%v)", n, err)
	}
	if out, err := s.SettleReply(ctx, 2, AnswerConfirm, "Dana"); err != nil || out.Visit != 1 {
		t.Errorf("settled %+v (%v)", out, err)
	}
	if _, err := s.QueueDirect(ctx, Direct{Phone: fiction(1), Kind: data.Notice, Body: "Of course.", Asked: 8000}); err != nil {
		t.Error(err)
	}
	gone, err := s.DeleteContacts(ctx, []data.ContactID{2})
	if err != nil || len(gone) != 1 || len(gone[0].Others) != 1 {
		t.Fatalf("deleted %+v (%v)", gone, err)
	}
	if n, err := s.RestoreContacts(ctx, gone); err != nil || n != 1 {
		t.Errorf("restored %d (%v)", n, err)
	}
}

func TestAProfileOpensFromEachSchemaThereEverWas(t *testing.T) {
	for schema := int64(2); schema < SchemaVersion(); schema++ {
		s, err := Open(t.Context(), Options{Dir: oldProfile(t, schema)})
		if err != nil {
			t.Errorf("schema %d: %v", schema, err)
			continue
		}
		if check, err := s.VerifyConsent(t.Context()); err != nil || !check.OK {
			t.Errorf("schema %d: ledger %+v (%v)", schema, check, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// schemaOf reads which schema a database file has.
func schemaOf(ctx context.Context, t *testing.T, path string) (v int64) {
	t.Helper()
	db, err := open(path, "deferred", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
