-- Carrying out: what each school and person must do by when, their marks, and
-- what proves them.  Whether something is overdue is asked of
-- core/plans/occurrence.h with today's date and stands nowhere.

-- The school year of the place, where it differs from the defaults.
CREATE TABLE calendar_span (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  year         INTEGER NOT NULL,
  code         TEXT NOT NULL,          -- quarter-1 … half-2, trimester-1 …, break-autumn …, teaching, exam
  name         TEXT NOT NULL,          -- of an exam window; otherwise empty
  from_day     TEXT NOT NULL,
  to_day       TEXT NOT NULL,
  source       TEXT NOT NULL,          -- the order it follows from
  PRIMARY KEY (municipality, year, code, name)
) STRICT;

CREATE TABLE calendar_day (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  day          TEXT NOT NULL,
  is_working   INTEGER NOT NULL,
  PRIMARY KEY (municipality, day)
) STRICT;

-- "По графику регионального оператора": somebody's schedule, once it is known.
CREATE TABLE schedule (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  name         TEXT NOT NULL,          -- as the plans call it
  source       TEXT NOT NULL,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, id)
) STRICT;

CREATE TABLE schedule_row (
  municipality INTEGER NOT NULL,
  schedule     INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  text         TEXT NOT NULL,
  organisation INTEGER,                -- NULL: for everybody
  from_day     TEXT,
  to_day       TEXT NOT NULL,
  PRIMARY KEY (municipality, schedule, number),
  FOREIGN KEY (municipality, schedule) REFERENCES schedule (municipality, id)
) STRICT;

-- One window of one measure for one participant.  mark_state and done_on repeat
-- the last mark, in the transaction that adds it.
CREATE TABLE occurrence (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  measure      INTEGER NOT NULL,
  window_no    INTEGER NOT NULL,
  organisation INTEGER,                -- NULL: one mark for the row
  opens_on     TEXT,                   -- NULL: only the last day is said
  due_on       TEXT,                   -- NULL: on request
  is_outer     INTEGER NOT NULL,       -- due_on is the end of the period: the schedule is missing
  label        TEXT NOT NULL,          -- the sub-item or the term: "II четверть"
  mark_state   TEXT NOT NULL CHECK (mark_state IN ('none', 'done', 'returned',
                 'confirmed', 'not_needed')),
  done_on      TEXT,
  moved        INTEGER NOT NULL,       -- how often its days were moved
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
  FOREIGN KEY (municipality, measure) REFERENCES measure (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

CREATE INDEX occurrence_measure
  ON occurrence (municipality, plan, measure, window_no);
CREATE INDEX occurrence_of ON occurrence (municipality, organisation, due_on);

CREATE TABLE mark (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  occurrence   INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('done', 'withdrawn', 'confirmed',
                 'returned', 'not_needed', 'needed')),
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

CREATE INDEX mark_of ON mark (municipality, occurrence, id);

-- Files people bring, once each, by their SHA-256.
CREATE TABLE stored_file (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  hash         TEXT NOT NULL,
  size         INTEGER NOT NULL,
  kind         TEXT NOT NULL,          -- what its bytes say it is: pdf, docx, jpeg …
  content      BLOB NOT NULL,
  PRIMARY KEY (municipality, hash)
) STRICT;

-- BASIS: features C7 - no closing without what the plan asks for.
CREATE TABLE evidence (
  municipality  INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  occurrence    INTEGER NOT NULL,
  kind          TEXT NOT NULL,         -- codes of data/evidence-kinds.tsv
  form          TEXT NOT NULL CHECK (form IN ('file', 'link', 'register')),
  title         TEXT NOT NULL,
  number        TEXT NOT NULL,         -- of an order or a protocol
  on_date       TEXT,
  hash          TEXT,                  -- of the file
  file_name     TEXT NOT NULL,
  address       TEXT NOT NULL,         -- of a link
  person        INTEGER,
  person_name   TEXT NOT NULL,
  at            TEXT NOT NULL,
  is_withdrawn  INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, occurrence) REFERENCES occurrence (municipality, id),
  FOREIGN KEY (municipality, hash) REFERENCES stored_file (municipality, hash)
) STRICT;

CREATE INDEX evidence_of ON evidence (municipality, occurrence);
