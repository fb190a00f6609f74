-- +goose Up
-- What the people of this profile settled beyond the tables of countries. Append-only: the newest row of a place and
-- kind holds, and the older ones say what held before, since when, and who changed it.
CREATE TABLE house_rule (
  id       INTEGER PRIMARY KEY,
  place    TEXT NOT NULL,             -- ISO 3166-1, '' for everybody
  kind     TEXT NOT NULL,
  hours    TEXT NOT NULL DEFAULT '',
  caps     TEXT NOT NULL DEFAULT '',
  holidays TEXT NOT NULL DEFAULT '',
  at       INTEGER NOT NULL,
  by       TEXT NOT NULL DEFAULT ''
) STRICT;
