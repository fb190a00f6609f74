-- +goose Up
-- What a campaign is for, and the number hoped for: minor units for sales, people for the others; 0 for none.
ALTER TABLE campaign ADD COLUMN goal TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN target INTEGER NOT NULL DEFAULT 0;
-- A draft as it was typed, JSON, what makes no sense yet included; and when.
ALTER TABLE campaign ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN saved_at INTEGER NOT NULL DEFAULT 0;
-- Below this price, in minor units of the offer's currency, the offer doesn't hold.
ALTER TABLE offer ADD COLUMN minimum INTEGER NOT NULL DEFAULT 0;

-- Texts that the user kept as ideas for later campaigns.
CREATE TABLE saved_text (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind       TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
