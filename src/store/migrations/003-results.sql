-- Loads of files and the numbers they brought.  A number is never changed:
-- a corrected file makes the next revision.

CREATE TABLE load (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  kind         TEXT NOT NULL,          -- codes of convert/rows.h
  profile      TEXT NOT NULL,          -- "ЕГЭ, разреженный"
  file_name    TEXT NOT NULL,
  file_hash    TEXT NOT NULL,          -- SHA-256; the file itself is not kept
  file_size    INTEGER NOT NULL,
  said_year      INTEGER,              -- what the person said beside the file
  said_procedure TEXT,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'loaded', 'undone')),
  person       INTEGER,
  at           TEXT NOT NULL,
  rows_read    INTEGER NOT NULL,
  added        INTEGER NOT NULL,
  changed      INTEGER NOT NULL,
  same         INTEGER NOT NULL,
  refused      INTEGER NOT NULL,
  undone_by    INTEGER,
  undone_at    TEXT,
  PRIMARY KEY (municipality, id)
) STRICT;

CREATE INDEX load_hash ON load (municipality, file_hash);

CREATE TABLE load_complaint (
  municipality INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  severity     INTEGER NOT NULL,
  sheet        TEXT NOT NULL,
  row_number   INTEGER NOT NULL,
  column_name  TEXT NOT NULL,
  text         TEXT NOT NULL,
  value        TEXT NOT NULL,
  expected     TEXT NOT NULL,
  hint         TEXT NOT NULL,
  PRIMARY KEY (municipality, load, number),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;

-- Typed rows of a draft, and the refused rows in the shape of the file
-- (number 0: its headings).
CREATE TABLE load_row (
  municipality INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  is_refused   INTEGER NOT NULL,
  record       TEXT NOT NULL,
  PRIMARY KEY (municipality, load, is_refused, number),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;

-- BASIS: domain 3.0 - every revision is kept, one of them is current.
CREATE TABLE result (
  municipality  INTEGER NOT NULL,
  year          INTEGER NOT NULL,      -- first calendar year of the school year
  organisation  INTEGER NOT NULL,
  procedure     TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  is_current    INTEGER NOT NULL,
  participants  INTEGER NOT NULL,
  failed        INTEGER NOT NULL,
  mark2         INTEGER,
  mark3         INTEGER,
  mark4         INTEGER,
  mark5         INTEGER,
  left_out      INTEGER NOT NULL,      -- rows of the file that do not count
  is_after_retake INTEGER NOT NULL,
  load          INTEGER NOT NULL,
  school_ref    TEXT NOT NULL,         -- how the file called the school
  sheet         TEXT NOT NULL,
  row_number    INTEGER NOT NULL,
  last_row      INTEGER NOT NULL,
  column_name   TEXT NOT NULL,
  PRIMARY KEY (municipality, year, organisation, procedure, revision),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id),
  CHECK (participants >= 0 AND failed >= 0 AND failed <= participants)
) STRICT, WITHOUT ROWID;

CREATE INDEX result_load ON result (municipality, load);

CREATE TABLE observation (
  municipality INTEGER NOT NULL,
  year         INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  element      TEXT NOT NULL,
  revision     INTEGER NOT NULL,
  is_current   INTEGER NOT NULL,
  num          INTEGER,                -- NULL: no data
  den          INTEGER,
  as_written   TEXT NOT NULL,
  dated        TEXT,
  source_note  TEXT NOT NULL,
  load         INTEGER NOT NULL,
  school_ref   TEXT NOT NULL,
  sheet        TEXT NOT NULL,
  row_number   INTEGER NOT NULL,
  column_name  TEXT NOT NULL,
  PRIMARY KEY (municipality, year, organisation, element, revision),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX observation_load ON observation (municipality, load);

-- Marks of possible bias, as lists have them: "4 РУ" and so on.
CREATE TABLE bias_marker (
  municipality INTEGER NOT NULL,
  year         INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  marker       TEXT NOT NULL,
  is_set       INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  PRIMARY KEY (municipality, year, organisation, marker, load),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;
