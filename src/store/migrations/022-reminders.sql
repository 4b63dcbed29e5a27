-- Letters that wait to be sent, and addresses of personal calendars.

ALTER TABLE person ADD COLUMN email TEXT;

-- What a person does not want to be written about: codes of core/plans/remind.h.
CREATE TABLE letter_refusal (
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  PRIMARY KEY (municipality, person, kind),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE TABLE letter (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  once         TEXT NOT NULL,          -- "week 2026-W48 person 7": nothing is written twice
  kind         TEXT NOT NULL,
  person       INTEGER NOT NULL,
  address      TEXT NOT NULL,
  subject      TEXT NOT NULL,
  body         TEXT NOT NULL,
  made_at      TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent',
                 'refused')),
  tries        INTEGER NOT NULL,
  next_at      TEXT,
  last_error   TEXT NOT NULL,
  sent_at      TEXT,
  PRIMARY KEY (municipality, id),
  UNIQUE (municipality, once),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE INDEX letter_waiting ON letter (state, next_at);

-- /calendar/SECRET.ics; the secret is kept as a hash only.
CREATE TABLE calendar_feed (
  secret_hash  TEXT NOT NULL PRIMARY KEY,
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,       -- whose rights it reads with
  subject      TEXT NOT NULL CHECK (subject IN ('person', 'school', 'plan')),
  subject_id   INTEGER NOT NULL,
  made_at      TEXT NOT NULL,
  used_at      TEXT,
  is_revoked   INTEGER NOT NULL,
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;
