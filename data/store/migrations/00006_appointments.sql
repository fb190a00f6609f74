-- +goose Up
-- The other visits that a reminder names beside its own: two visits of one day on one phone get one text for each step of
-- the plan, and each visit keeps a state of its own. Written with the attempt, before the first byte goes out.
CREATE TABLE message_visit (
  message_id     INTEGER NOT NULL REFERENCES message(id),
  appointment_id INTEGER NOT NULL REFERENCES appointment(id),
  version        INTEGER NOT NULL, -- of the visit as it was named: one that was moved since isn't the same any more
  PRIMARY KEY (message_id, appointment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_visit_appointment ON message_visit(appointment_id);
