-- Marks of a repeated check, beside the first ones and never instead of them.
CREATE TABLE result_second (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  year         INTEGER NOT NULL,
  procedure    TEXT NOT NULL,
  mark2        INTEGER NOT NULL,
  mark3        INTEGER NOT NULL,
  mark4        INTEGER NOT NULL,
  mark5        INTEGER NOT NULL,
  document     TEXT NOT NULL,          -- the act of the check, signed
  note         TEXT NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  is_withdrawn INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id),
  CHECK (mark2 >= 0 AND mark3 >= 0 AND mark4 >= 0 AND mark5 >= 0)
) STRICT;

CREATE INDEX result_second_of ON result_second (municipality, year, organisation);
