-- +goose Up
-- What a person at the counter writes to one number: an answer, a notice that a visit was moved, a test. Its message has
-- no campaign and no appointment, so the words stand here; message.body is what was handed over in the end.
CREATE TABLE direct (
  message_id     INTEGER PRIMARY KEY REFERENCES message(id),
  body           TEXT NOT NULL,
  appointment_id INTEGER,                    -- the visit that it is about; 0 or NULL: none
  asked_at       INTEGER NOT NULL DEFAULT 0, -- when the person asked for it; 0: nobody did
  written_by     TEXT NOT NULL DEFAULT '',
  created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX direct_appointment ON direct(appointment_id) WHERE appointment_id IS NOT NULL;

-- One row for each number that wrote to the shop or that somebody at the counter wrote to, so that a list of a hundred
-- thousand conversations needs no look at every text. Kept by the same transactions that write replies and answers.
CREATE TABLE conversation (
  phone     TEXT NOT NULL PRIMARY KEY,
  last_at   INTEGER NOT NULL,            -- of the last reply or answer
  reply_id  INTEGER NOT NULL DEFAULT 0,  -- the last reply
  class     TEXT NOT NULL DEFAULT '',    -- what it was taken for
  seen_id   INTEGER NOT NULL DEFAULT 0,  -- the last reply that a person has seen
  unread    INTEGER NOT NULL DEFAULT 0,
  unclear   INTEGER NOT NULL DEFAULT 0,  -- replies that wait for a person
  opted_out INTEGER NOT NULL DEFAULT 0   -- a reply was an opt-out
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_last ON conversation(last_at, phone);
CREATE INDEX conversation_unclear ON conversation(last_at, phone) WHERE unclear > 0;
CREATE INDEX conversation_unread ON conversation(last_at, phone) WHERE unread > 0;
CREATE INDEX conversation_opted_out ON conversation(last_at, phone) WHERE opted_out > 0;
CREATE INDEX conversation_question ON conversation(last_at, phone) WHERE class IN ('other', 'help', 'unclear');
CREATE INDEX inbound_week ON inbound(at, review);
CREATE INDEX inbound_waiting ON inbound(at, phone) WHERE review AND NOT handled;

INSERT INTO conversation (phone, last_at, reply_id, class, seen_id, unread, unclear, opted_out)
  SELECT i.phone, i.at, i.id, i.class, (SELECT max(id) FROM inbound x WHERE x.phone = i.phone), 0,
    (SELECT count(*) FROM inbound x WHERE x.phone = i.phone AND x.review AND NOT x.handled),
    EXISTS (SELECT 1 FROM inbound x WHERE x.phone = i.phone AND x.class = 'opt_out')
  FROM inbound i WHERE i.id = (SELECT x.id FROM inbound x WHERE x.phone = i.phone ORDER BY x.at DESC, x.id DESC LIMIT 1);

-- What a person decided about a reply: confirm, cancel, call, not_visit, opt_out, no_opt_out; and what it had been taken for.
ALTER TABLE inbound ADD COLUMN resolution TEXT NOT NULL DEFAULT '';
ALTER TABLE inbound ADD COLUMN resolved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbound ADD COLUMN resolved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE inbound ADD COLUMN read_as TEXT NOT NULL DEFAULT '';
