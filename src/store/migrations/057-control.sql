-- How a control point is counted, where a person has said it: what its words
-- mean as a number, what it starts from, and which results it is counted from.
CREATE TABLE control (
  municipality  INTEGER NOT NULL,
  measure       INTEGER NOT NULL,
  goal          TEXT NOT NULL,         -- codes of core/plans/goal.h
  goal_sense    TEXT NOT NULL,
  goal_num      INTEGER,
  goal_den      INTEGER,
  baseline_num  INTEGER,
  baseline_den  INTEGER,
  value         TEXT NOT NULL CHECK (value IN ('mark', 'failed', 'passed')),
                                       -- the marked fact, or a share of counted results
  procedure     TEXT NOT NULL,         -- of the results; else empty
  year          INTEGER NOT NULL,      -- first of the school year; 0: none
  baseline_year INTEGER NOT NULL,
  person_name   TEXT NOT NULL,
  at            TEXT NOT NULL,
  PRIMARY KEY (municipality, measure)
) STRICT;
