-- People and what they may see.

CREATE TABLE person (
  municipality  INTEGER NOT NULL REFERENCES municipality (id),
  id            INTEGER NOT NULL,
  login         TEXT NOT NULL,
  name          TEXT NOT NULL,         -- Ярцева П. А.
  post          TEXT NOT NULL,
  password_hash TEXT,                  -- Argon2id; NULL until the invitation is used
  is_disabled   INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  UNIQUE (login)
) STRICT;

-- A person holds a role for an organisation (NULL: the whole municipality)
-- and for a period.
CREATE TABLE role_grant (
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  role         TEXT NOT NULL,
  organisation INTEGER,
  since        TEXT NOT NULL,
  until        TEXT,
  PRIMARY KEY (municipality, person, number),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE INDEX role_grant_of ON role_grant (municipality, organisation);
