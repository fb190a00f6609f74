-- +goose Up
-- The highest id of a person who was deleted, so that nobody else ever gets it: messages and coupons still name it.
CREATE TABLE contact_gone (
  id INTEGER PRIMARY KEY
) STRICT;
