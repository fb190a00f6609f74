-- +goose Up
-- Instants are UTC milliseconds, 0 for "not known". Money is minor units. Message costs are millionths of the major unit.

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may send and poll at this moment: one row a task, renewed by its holder (decisions.md, Two processes).
CREATE TABLE lease (
  name   TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- People. facts is what the number's range tells: region|line|fictional|states|zones. revision grows with every change.
CREATE TABLE contact (
  id          INTEGER PRIMARY KEY,
  phone       TEXT NOT NULL UNIQUE,
  facts       TEXT NOT NULL,
  name        TEXT NOT NULL DEFAULT '',
  given_name  TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '',
  email       TEXT NOT NULL DEFAULT '',
  city        TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  state       TEXT NOT NULL DEFAULT '',
  country     TEXT NOT NULL DEFAULT '',
  postcode    TEXT NOT NULL DEFAULT '',
  language    TEXT NOT NULL DEFAULT '',
  birthday    TEXT NOT NULL DEFAULT '',
  birth_month INTEGER NOT NULL DEFAULT 0,
  last_visit  TEXT NOT NULL DEFAULT '',
  spend       INTEGER NOT NULL DEFAULT 0,
  currency    TEXT NOT NULL DEFAULT '',
  visits      INTEGER NOT NULL DEFAULT 0,
  note        TEXT NOT NULL DEFAULT '',
  tags        TEXT NOT NULL DEFAULT '',
  extra       TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',
  import_id   INTEGER,
  revision    INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_name ON contact(name COLLATE NOCASE);
CREATE INDEX contact_last_visit ON contact(last_visit);
CREATE INDEX contact_city ON contact(city);
CREATE INDEX contact_birth ON contact(birth_month) WHERE birth_month > 0;
CREATE INDEX contact_spend ON contact(spend) WHERE spend > 0;
CREATE INDEX contact_import ON contact(import_id) WHERE import_id IS NOT NULL;

-- Further numbers of a person; a number belongs to one person alone.
CREATE TABLE contact_phone (
  phone      TEXT NOT NULL PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_phone_of ON contact_phone(contact_id);

CREATE TABLE tag (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE contact_tag (
  tag_id     INTEGER NOT NULL REFERENCES tag(id),
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tag_of ON contact_tag(contact_id);

-- SQLite only: trigrams over name, number and e-mail.
CREATE VIRTUAL TABLE contact_search USING fts5(words, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');

CREATE TABLE contact_group (
  name       TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  conditions TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Imports. Contacts of an import that is listed in import_pending are not visible yet, or no more.
CREATE TABLE import (
  id          INTEGER PRIMARY KEY,
  file        TEXT NOT NULL,
  kind        TEXT NOT NULL,             -- contacts, appointments
  state       TEXT NOT NULL,             -- running, applying, done, cancelled, undone
  mapping     TEXT NOT NULL DEFAULT '',
  answer      TEXT NOT NULL DEFAULT '',  -- the consent question's answer, JSON
  receipt     TEXT NOT NULL DEFAULT '',  -- JSON
  started_at  INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0,
  undone_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE import_pending (
  import_id INTEGER NOT NULL PRIMARY KEY REFERENCES import(id)
) STRICT, WITHOUT ROWID;
-- What an import changes in people who were known: before and after, JSON; applied when the import commits.
CREATE TABLE import_change (
  import_id  INTEGER NOT NULL REFERENCES import(id),
  contact_id INTEGER NOT NULL,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  applied    INTEGER NOT NULL DEFAULT 0, -- the revision that the change made; 0 before
  PRIMARY KEY (import_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE VIEW person AS SELECT * FROM contact
  WHERE import_id IS NULL OR import_id NOT IN (SELECT import_id FROM import_pending);

-- The consent ledger: append-only, hash-chained. What names a person stands in consent_person and consent_statement,
-- which can be erased while the commitments stay (decisions.md, The ledger).
CREATE TABLE consent (
  seq         INTEGER PRIMARY KEY,
  version     INTEGER NOT NULL,
  event       TEXT NOT NULL,
  scope       TEXT NOT NULL,
  basis       TEXT NOT NULL,
  given_at    INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  single      INTEGER NOT NULL,
  confirmed   INTEGER NOT NULL,
  import_id   INTEGER,
  batch       INTEGER NOT NULL,
  people      INTEGER NOT NULL,
  people_root BLOB NOT NULL,
  statement   BLOB NOT NULL,
  hash        BLOB NOT NULL
) STRICT;
CREATE INDEX consent_of_batch ON consent(batch);
CREATE TABLE consent_person (
  batch      INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  phone      TEXT,
  salt       BLOB,
  commitment BLOB NOT NULL,
  PRIMARY KEY (batch, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_person_phone ON consent_person(phone) WHERE phone IS NOT NULL;
CREATE TABLE consent_statement (
  seq  INTEGER PRIMARY KEY REFERENCES consent(seq),
  salt BLOB,
  body TEXT
) STRICT;
CREATE TABLE consent_batch (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER consent_fixed BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_kept BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
-- +goose StatementEnd

-- Opt-outs in force. Keyed by phone and kept apart from contacts: no import, undo or deletion touches them.
CREATE TABLE suppression (
  phone  TEXT NOT NULL,
  scope  TEXT NOT NULL,
  since  INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (phone, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE offer (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  percent    INTEGER NOT NULL DEFAULT 0,
  amount     INTEGER NOT NULL DEFAULT 0,
  currency   TEXT NOT NULL DEFAULT '',
  terms      TEXT NOT NULL DEFAULT '',
  valid_from TEXT NOT NULL DEFAULT '',
  valid_to   TEXT NOT NULL DEFAULT '',
  uses       INTEGER NOT NULL CHECK (uses >= 1)
) STRICT;
CREATE TABLE campaign (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  conditions  TEXT NOT NULL,
  group_name  TEXT NOT NULL,
  offer_id    INTEGER REFERENCES offer(id),
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL DEFAULT '',
  at          INTEGER NOT NULL DEFAULT 0,
  local       TEXT NOT NULL DEFAULT '',
  provider    TEXT NOT NULL,
  practice    INTEGER NOT NULL,
  audience    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  sent_at     INTEGER NOT NULL DEFAULT 0,
  frozen_at   INTEGER NOT NULL DEFAULT 0,
  undo_until  INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE variant (
  campaign_id INTEGER NOT NULL REFERENCES campaign(id),
  name        TEXT NOT NULL,
  text        TEXT NOT NULL,
  template    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (campaign_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE coupon (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE,
  offer_id    INTEGER NOT NULL REFERENCES offer(id),
  contact_id  INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL,
  used        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX coupon_campaign ON coupon(campaign_id);
CREATE INDEX coupon_contact ON coupon(contact_id);
CREATE TABLE redemption (
  id          INTEGER PRIMARY KEY,
  coupon_id   INTEGER NOT NULL REFERENCES coupon(id),
  at          INTEGER NOT NULL,
  till        TEXT NOT NULL,
  by          TEXT NOT NULL DEFAULT '',
  full        INTEGER,
  paid        INTEGER,
  currency    TEXT NOT NULL DEFAULT '',
  undone_at   INTEGER NOT NULL DEFAULT 0,
  undo_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX redemption_coupon ON redemption(coupon_id);
CREATE INDEX redemption_at ON redemption(at);
-- Codes that were refused at a till: for the day's list, and to notice guessing.
CREATE TABLE refusal (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  till    TEXT NOT NULL,
  code    TEXT NOT NULL,
  problem TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_at ON refusal(at);

CREATE TABLE appointment (
  id          INTEGER PRIMARY KEY,
  external_id TEXT NOT NULL DEFAULT '',
  contact_id  INTEGER,
  phone       TEXT NOT NULL DEFAULT '',
  facts       TEXT NOT NULL DEFAULT '',
  patient     TEXT NOT NULL,
  given_name  TEXT NOT NULL DEFAULT '',
  wall        TEXT NOT NULL,
  zone        TEXT NOT NULL,
  starts_at   INTEGER NOT NULL,
  minutes     INTEGER NOT NULL DEFAULT 0,
  service     TEXT NOT NULL DEFAULT '',
  staff       TEXT NOT NULL DEFAULT '',
  place       TEXT NOT NULL DEFAULT '',
  note        TEXT NOT NULL DEFAULT '',
  state       TEXT NOT NULL,
  version     INTEGER NOT NULL DEFAULT 1,
  import_id   INTEGER,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX appointment_starts ON appointment(starts_at);
CREATE INDEX appointment_phone ON appointment(phone) WHERE phone <> '';
CREATE UNIQUE INDEX appointment_external ON appointment(external_id) WHERE external_id <> '';

CREATE TABLE message (
  id             INTEGER PRIMARY KEY,
  campaign_id    INTEGER REFERENCES campaign(id),
  variant        TEXT NOT NULL DEFAULT '',
  contact_id     INTEGER,
  appointment_id INTEGER REFERENCES appointment(id),
  version        INTEGER NOT NULL DEFAULT 0,
  step           TEXT NOT NULL DEFAULT '',
  kind           TEXT NOT NULL,
  phone          TEXT NOT NULL,
  state          TEXT NOT NULL,
  due            INTEGER NOT NULL DEFAULT 0,
  not_after      INTEGER NOT NULL DEFAULT 0,
  lease          INTEGER NOT NULL DEFAULT 0,
  reason         TEXT NOT NULL DEFAULT '',
  class          TEXT NOT NULL DEFAULT '',
  code           TEXT NOT NULL DEFAULT '',
  body           TEXT NOT NULL DEFAULT '',
  segments       INTEGER NOT NULL DEFAULT 0,
  cost           INTEGER,
  currency       TEXT NOT NULL DEFAULT '',
  provider       TEXT NOT NULL DEFAULT '',
  provider_ref   TEXT NOT NULL DEFAULT '',
  attempts       INTEGER NOT NULL DEFAULT 0,
  coupon_id      INTEGER,
  token          TEXT NOT NULL DEFAULT '',
  decision       TEXT NOT NULL DEFAULT '',
  created_at     INTEGER NOT NULL,
  accepted_at    INTEGER NOT NULL DEFAULT 0,
  delivered_at   INTEGER NOT NULL DEFAULT 0,
  polled_at      INTEGER NOT NULL DEFAULT 0,
  updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_once ON message(campaign_id, phone) WHERE campaign_id IS NOT NULL;
CREATE UNIQUE INDEX reminder_once ON message(appointment_id, version, step) WHERE appointment_id IS NOT NULL;
CREATE INDEX message_due ON message(state, due) WHERE state IN ('queued', 'claimed', 'held', 'sending', 'accepted');
CREATE INDEX message_phone ON message(phone, accepted_at);
CREATE INDEX message_contact ON message(contact_id);
CREATE INDEX message_ref ON message(provider, provider_ref) WHERE provider_ref <> '';
CREATE TABLE attempt (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES message(id),
  provider   TEXT NOT NULL,
  at         INTEGER NOT NULL,
  settled_at INTEGER NOT NULL DEFAULT 0,
  outcome    TEXT NOT NULL DEFAULT '',
  class      TEXT NOT NULL DEFAULT '',
  code       TEXT NOT NULL DEFAULT '',
  raw        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX attempt_message ON attempt(message_id);

CREATE TABLE link (
  token        TEXT NOT NULL PRIMARY KEY,
  message_id   INTEGER NOT NULL REFERENCES message(id),
  published_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX link_message ON link(message_id);
CREATE TABLE open (
  relay    TEXT NOT NULL,
  event_id INTEGER NOT NULL,
  token    TEXT NOT NULL,
  at       INTEGER NOT NULL,
  class    TEXT NOT NULL,
  why      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (relay, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX open_token ON open(token);
CREATE INDEX open_at ON open(at);

CREATE TABLE cursor (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inbound (
  id          INTEGER PRIMARY KEY,
  provider    TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  phone       TEXT NOT NULL,
  body        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  class       TEXT NOT NULL,
  keyword     TEXT NOT NULL DEFAULT '',
  message_id  INTEGER,
  review      INTEGER NOT NULL DEFAULT 0,
  handled     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (provider, provider_id)
) STRICT;
CREATE INDEX inbound_phone ON inbound(phone, at);

CREATE TABLE template (
  provider   TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  local      TEXT NOT NULL,              -- our text with placeholders
  variables  TEXT NOT NULL DEFAULT '',   -- JSON list, in order
  text       TEXT NOT NULL DEFAULT '',   -- as the provider approved it
  state      TEXT NOT NULL,
  reason     TEXT NOT NULL DEFAULT '',
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE price (
  provider TEXT NOT NULL,
  country  TEXT NOT NULL,                -- '' for every country
  kind     TEXT NOT NULL,                -- '' for every kind
  micros   INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (provider, country, kind)
) STRICT, WITHOUT ROWID;
