-- Many rows of a plan changed at once: each as it was before, so that the whole
-- can be taken back in one step.
CREATE TABLE bulk (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  kind         TEXT NOT NULL,          -- codes of core/plans/plan_bulk.h
  rows         INTEGER NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  is_undone    INTEGER NOT NULL,
  PRIMARY KEY (municipality, plan, number),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

CREATE TABLE bulk_row (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  measure      INTEGER NOT NULL,
  left_version INTEGER NOT NULL,       -- of the row after the change; 0: it is gone
  schools      TEXT NOT NULL,          -- those picked for it, ids
  section      INTEGER NOT NULL,       -- from here on: the row as it was
  position     INTEGER NOT NULL,
  row_number   TEXT NOT NULL,
  title        TEXT NOT NULL,
  school_part  TEXT NOT NULL,
  deadline     TEXT NOT NULL,
  responsible  TEXT NOT NULL,
  result       TEXT NOT NULL,
  indicator    TEXT NOT NULL,
  report_form  TEXT NOT NULL,
  note         TEXT NOT NULL,
  evidence     TEXT NOT NULL,
  answers      TEXT NOT NULL,
  basis        TEXT NOT NULL,
  participants TEXT NOT NULL,
  goal         TEXT NOT NULL,
  goal_sense   TEXT NOT NULL,
  goal_num     INTEGER,
  goal_den     INTEGER,
  baseline_num INTEGER,
  baseline_den INTEGER,
  baseline_on  TEXT,
  parent       INTEGER,
  schedule     INTEGER,
  source_place TEXT NOT NULL,
  PRIMARY KEY (municipality, plan, number, measure),
  FOREIGN KEY (municipality, plan, number)
    REFERENCES bulk (municipality, plan, number)
) STRICT;
