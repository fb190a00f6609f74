-- +goose Up
-- What reports count of a campaign, kept, so that a year of a million texts isn't counted anew each time somebody looks.
-- A campaign's tally holds (state 0) until one of the triggers below says that something has changed (1); while it is
-- being counted (2), token says by whom, so that a count that something changed under is thrown away.
CREATE TABLE campaign_tally (
  campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id),
  state       INTEGER NOT NULL,
  token       INTEGER NOT NULL,
  reached     BLOB NOT NULL DEFAULT x'', -- contacts to whom a coupon was delivered: ascending, differences as varints
  redeemed    BLOB NOT NULL DEFAULT x''  -- those of them who used it
) STRICT;
CREATE TABLE tally_message (
  campaign_id INTEGER NOT NULL REFERENCES campaign(id),
  variant     TEXT NOT NULL,
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  currency    TEXT NOT NULL,
  people      INTEGER NOT NULL,
  opened      INTEGER NOT NULL,
  previews    INTEGER NOT NULL,
  redeemed    INTEGER NOT NULL,
  segments    INTEGER NOT NULL,
  cost        INTEGER NOT NULL,
  unpriced    INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, variant, state, reason, currency)
) STRICT, WITHOUT ROWID;
-- By quarters of an hour since 1970: n things; of those sent the cost of known of them, of redemptions what was paid at known.
CREATE TABLE tally_time (
  campaign_id INTEGER NOT NULL REFERENCES campaign(id),
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  currency    TEXT NOT NULL,
  n           INTEGER NOT NULL,
  amount      INTEGER NOT NULL,
  known       INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, at, kind, currency)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER tally_message_changed AFTER UPDATE OF state, variant, reason, class, currency, segments, cost, accepted_at, delivered_at, contact_id, coupon_id, token ON message
  WHEN NEW.campaign_id IS NOT NULL BEGIN UPDATE campaign_tally SET state = 1 WHERE campaign_id = NEW.campaign_id AND state <> 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_message_added AFTER INSERT ON message
  WHEN NEW.campaign_id IS NOT NULL BEGIN UPDATE campaign_tally SET state = 1 WHERE campaign_id = NEW.campaign_id AND state <> 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_message_gone AFTER DELETE ON message
  WHEN OLD.campaign_id IS NOT NULL BEGIN UPDATE campaign_tally SET state = 1 WHERE campaign_id = OLD.campaign_id AND state <> 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_open_added AFTER INSERT ON open BEGIN
  UPDATE campaign_tally SET state = 1 WHERE state <> 1 AND campaign_id = (SELECT m.campaign_id FROM link l JOIN message m ON m.id = l.message_id WHERE l.token = NEW.token);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_redemption_added AFTER INSERT ON redemption BEGIN
  UPDATE campaign_tally SET state = 1 WHERE state <> 1 AND campaign_id = (SELECT campaign_id FROM coupon WHERE id = NEW.coupon_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_redemption_changed AFTER UPDATE ON redemption BEGIN
  UPDATE campaign_tally SET state = 1 WHERE state <> 1 AND campaign_id = (SELECT campaign_id FROM coupon WHERE id = NEW.coupon_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tally_redemption_gone AFTER DELETE ON redemption BEGIN
  UPDATE campaign_tally SET state = 1 WHERE state <> 1 AND campaign_id = (SELECT campaign_id FROM coupon WHERE id = OLD.coupon_id);
END;
-- +goose StatementEnd

-- When reminders began, and who was reminded.
CREATE INDEX message_reminded ON message(accepted_at) WHERE appointment_id IS NOT NULL AND accepted_at > 0;
-- How many people agreed and withdrew, by time.
CREATE INDEX consent_recorded ON consent(scope, recorded_at, event, people);
