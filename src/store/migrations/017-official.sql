-- The region's orders with their lists.  An act stands as long as the load it
-- came with does.

CREATE TABLE official (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  number       TEXT NOT NULL,          -- 217
  on_date      TEXT NOT NULL,
  issuer       TEXT NOT NULL,          -- министерство образования …
  title        TEXT NOT NULL,
  year         INTEGER NOT NULL,       -- the school year its list is for
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;

CREATE INDEX official_load ON official (municipality, load);

CREATE TABLE official_entry (
  municipality INTEGER NOT NULL,
  official     INTEGER NOT NULL,
  number       INTEGER NOT NULL,       -- as the order counts them
  kind         TEXT NOT NULL CHECK (kind IN ('shnor', 'risk', 'shnsu')),
  organisation INTEGER NOT NULL,
  as_written   TEXT NOT NULL,
  basis        TEXT NOT NULL,          -- ground; of ШНСУ the type
  is_exit      INTEGER NOT NULL,       -- the order takes the school off
  sheet        TEXT NOT NULL,
  row_number   INTEGER NOT NULL,
  PRIMARY KEY (municipality, official, number),
  UNIQUE (municipality, official, kind, organisation),
  FOREIGN KEY (municipality, official) REFERENCES official (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

CREATE INDEX official_entry_of ON official_entry (municipality, organisation);

-- A person's word on one difference between a run and an act.
CREATE TABLE difference_note (
  municipality INTEGER NOT NULL,
  run          INTEGER NOT NULL,
  official     INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  text         TEXT NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, run, official, organisation),
  FOREIGN KEY (municipality, run) REFERENCES run (municipality, id),
  FOREIGN KEY (municipality, official) REFERENCES official (municipality, id)
) STRICT;
