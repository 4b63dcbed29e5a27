-- Sessions, one-time links, second factors, tokens, and the chain of what was
-- done.  Secrets are kept as hashes only.

-- A grant may be held in another person's place for some days.
ALTER TABLE role_grant ADD COLUMN instead_of INTEGER;

CREATE TABLE session (
  token_hash   TEXT NOT NULL PRIMARY KEY,
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  started_at   TEXT NOT NULL,
  used_at      TEXT NOT NULL,
  address      TEXT NOT NULL,
  agent        TEXT NOT NULL,          -- the browser, as it names itself
  needs_code   INTEGER NOT NULL,       -- the second factor is still to come
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE INDEX session_of ON session (municipality, person);

-- Failed sign-ins by account ("login …") and by address ("address …").
CREATE TABLE sign_in_failure (
  subject      TEXT NOT NULL PRIMARY KEY,
  failures     INTEGER NOT NULL,
  since        TEXT NOT NULL
) STRICT;

-- A link that works once: an invitation, or a new password.
CREATE TABLE one_time_link (
  token_hash   TEXT NOT NULL PRIMARY KEY,
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  made_by      INTEGER,
  made_at      TEXT NOT NULL,
  expires_at   TEXT NOT NULL,
  used_at      TEXT,
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE TABLE api_token (
  token_hash   TEXT NOT NULL PRIMARY KEY,
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  name         TEXT NOT NULL,
  made_at      TEXT NOT NULL,
  used_at      TEXT,
  expires_on   TEXT NOT NULL,
  is_revoked   INTEGER NOT NULL,
  UNIQUE (municipality, person, number),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE TABLE second_factor (
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  secret       TEXT NOT NULL,          -- base32, as authenticators take it
  is_on        INTEGER NOT NULL,       -- a first code was shown to be right
  last_step    INTEGER NOT NULL,       -- a code works once
  PRIMARY KEY (municipality, person),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

-- Append-only; each row's hash covers the one before it.
CREATE TABLE audit (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  number       INTEGER NOT NULL,
  at           TEXT NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  address      TEXT NOT NULL,
  action       TEXT NOT NULL,          -- codes of core/access/actions.def
  object       TEXT NOT NULL,          -- school, load, run, person …
  object_id    INTEGER NOT NULL,
  object_name  TEXT NOT NULL,
  was          TEXT NOT NULL,
  becomes      TEXT NOT NULL,
  note         TEXT NOT NULL,
  hash         TEXT NOT NULL,
  PRIMARY KEY (municipality, number)
) STRICT;

CREATE INDEX audit_object ON audit (municipality, object, object_id, number);

-- The end of each municipality's chain: writers queue up on this row.
CREATE TABLE audit_head (
  municipality INTEGER NOT NULL PRIMARY KEY REFERENCES municipality (id),
  number       INTEGER NOT NULL,
  hash         TEXT NOT NULL
) STRICT;
