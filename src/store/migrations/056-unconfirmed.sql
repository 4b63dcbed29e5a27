-- A confirmation can be taken back on the day it was given: one more kind of
-- mark.  The list of kinds stands in a CHECK, so the table is made anew.
CREATE TABLE mark_again (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  occurrence   INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('done', 'withdrawn', 'confirmed',
                 'unconfirmed', 'returned', 'not_needed', 'needed')),
  on_date      TEXT,                   -- when it was done
  fact_num     INTEGER,
  fact_den     INTEGER,
  text         TEXT NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  instead_of   TEXT NOT NULL,          -- whom a deputy stands for
  at           TEXT NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, occurrence) REFERENCES occurrence (municipality, id)
) STRICT;

INSERT INTO mark_again (municipality, id, occurrence, kind, on_date, fact_num, fact_den, text, person, person_name, instead_of, at)
SELECT municipality, id, occurrence, kind, on_date, fact_num, fact_den, text, person, person_name, instead_of, at
  FROM mark;

DROP TABLE mark;

ALTER TABLE mark_again RENAME TO mark;

CREATE INDEX mark_of ON mark (municipality, occurrence, id);
