-- What a school says against a list before it is approved, and the answer.

CREATE TABLE objection (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  run          INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  about        TEXT NOT NULL,          -- procedure or element; empty: the whole decision
  year         INTEGER,                -- of the disputed number
  claimed      TEXT NOT NULL,          -- what it should be, in the school's words
  text         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined',
                 'withdrawn')),
  filed_by     INTEGER,
  filed_name   TEXT NOT NULL,
  filed_at     TEXT NOT NULL,
  answer       TEXT NOT NULL,
  answered_by  INTEGER,
  answered_name TEXT NOT NULL,
  answered_at  TEXT,
  load         INTEGER,                -- the load that put the number right
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, run) REFERENCES run (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;

CREATE INDEX objection_run ON objection (municipality, run);
CREATE INDEX objection_of ON objection (municipality, organisation);
