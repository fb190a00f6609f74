-- +goose Up
-- What the engine looks for again and again stands in indexes of its own, so that a million messages that are done with
-- cost nothing. A query finds such an index by the very same words in its WHERE.
DROP INDEX message_due;
-- Waiting to be handed over: by campaign (none: reminders) and moment.
CREATE INDEX message_waiting ON message(campaign_id, due) WHERE state IN ('queued', 'held');
CREATE INDEX message_taken ON message(campaign_id, lease) WHERE state IN ('claimed', 'sending');
-- Handed over, and no word yet of what became of it.
CREATE INDEX message_under_way ON message(provider, polled_at, accepted_at) WHERE state = 'accepted';
CREATE INDEX message_trouble ON message(updated_at, state) WHERE state IN ('rejected', 'undelivered', 'unknown');
CREATE INDEX link_unpublished ON link(message_id) WHERE published_at = 0;
CREATE INDEX consent_undone ON consent(import_id) WHERE event = 'undo_import';
CREATE INDEX appointment_wall ON appointment(wall);
CREATE INDEX inbound_at ON inbound(at);

-- A visit that only an export cancelled, by not having it any more, comes back with the next export that has it.
ALTER TABLE appointment ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
