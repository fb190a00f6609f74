-- +goose Up
-- What a person decided about a text of which nobody knows whether it went out: never by itself, and never forgotten.
CREATE TABLE resolution (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES message(id),
  attempt_id INTEGER,                    -- the attempt in doubt
  choice     TEXT NOT NULL,              -- arrived, again
  by         TEXT NOT NULL DEFAULT '',
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX resolution_message ON resolution(message_id);
-- +goose StatementBegin
CREATE TRIGGER resolution_fixed BEFORE UPDATE ON resolution BEGIN SELECT RAISE(ABORT, 'a decision stays as it was made'); END;
-- +goose StatementEnd
