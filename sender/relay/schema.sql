CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

-- What a campaign's pages share, as JSON, once.
CREATE TABLE content (
	id   INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	body TEXT NOT NULL
);

-- Times are milliseconds since 1970 in UTC; 0 means never.
CREATE TABLE page (
	token      TEXT PRIMARY KEY,
	kind       TEXT NOT NULL,
	url        TEXT NOT NULL,
	code       TEXT NOT NULL,
	ends       INTEGER NOT NULL,
	ends_text  TEXT NOT NULL,
	content_id INTEGER REFERENCES content (id),
	published  INTEGER NOT NULL,
	revoked    INTEGER NOT NULL DEFAULT 0,
	stopped    INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX page_content ON page (content_id);
CREATE INDEX page_ends ON page (ends);

-- AUTOINCREMENT: a number is never given out twice, whatever has been deleted.
CREATE TABLE event (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	kind   TEXT NOT NULL,
	token  TEXT NOT NULL,
	at     INTEGER NOT NULL,
	class  TEXT NOT NULL,
	reason TEXT NOT NULL,
	agent  TEXT NOT NULL
);

PRAGMA user_version = 1;
