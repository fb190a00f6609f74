-- +goose Up
-- The kind of text that one written by hand shows, as a test of a campaign's text does: who opted out of those gets none.
ALTER TABLE direct ADD COLUMN about TEXT NOT NULL DEFAULT '';
