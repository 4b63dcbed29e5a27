-- What a person chose about a file is remembered by its headings, so that next
-- year's file is two clicks (ux 6).

-- Of a draft: by which headings it was read, and what was said of them.
CREATE TABLE load_heading (
  municipality INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  signature    TEXT NOT NULL,          -- of the headings: core/results/load_profile.h
  columns      TEXT NOT NULL,          -- said of headings nobody knew: name, tab, heading
  profile      INTEGER,                -- that filled the answers in
  PRIMARY KEY (municipality, load),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;

CREATE TABLE load_profile (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  signature    TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,          -- codes of convert/rows.h
  file_like    TEXT NOT NULL,          -- name of the last file, its digits as #
  said_procedure TEXT NOT NULL,        -- empty: the file says it
  year_shift   INTEGER,                -- years from the one of the day; NULL: the file says it
  columns      TEXT NOT NULL,
  person_name  TEXT NOT NULL,
  made_at      TEXT NOT NULL,
  used_at      TEXT NOT NULL,
  times        INTEGER NOT NULL,
  last_load    INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  UNIQUE (municipality, signature, said_procedure)
) STRICT;
