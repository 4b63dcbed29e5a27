-- Municipalities and their schools.  Every key begins with the municipality,
-- so that a region's PostgreSQL can partition by it.
-- Written for both databases: INTEGER becomes BIGINT there, BLOB becomes BYTEA.

CREATE TABLE municipality (
  id           INTEGER NOT NULL PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,          -- Среднеозерский муниципальный округ
  name_short   TEXT NOT NULL,          -- Среднеозерский округ
  name_of      TEXT NOT NULL,          -- genitive, for the heads of documents
  body         TEXT NOT NULL,          -- the department that keeps the lists
  region       TEXT NOT NULL,
  zone_minutes INTEGER NOT NULL,       -- local time against UTC
  is_invented  INTEGER NOT NULL        -- the demonstration says so everywhere
) STRICT;

CREATE TABLE organisation (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  code         TEXT NOT NULL,
  name         TEXT NOT NULL,
  sort_key     TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('nosh', 'oosh', 'sosh',
                 'gymnasium', 'lyceum', 'correctional', 'evening')),
  is_rural     INTEGER NOT NULL,
  is_small     INTEGER NOT NULL,       -- малокомплектная
  pupils       INTEGER,
  address      TEXT,
  head         TEXT,
  branch_of    INTEGER,
  opened_on    TEXT,
  closed_on    TEXT,
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  UNIQUE (municipality, code)
) STRICT;

-- What happened to a school: the past keeps the names and schools it had.
CREATE TABLE organisation_event (
  municipality INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  on_date      TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('opened', 'renamed', 'merged',
                 'branch', 'separated', 'closed')),
  other        INTEGER,                -- merged into, branch of
  was          TEXT,
  becomes      TEXT,
  basis        TEXT,
  PRIMARY KEY (municipality, organisation, number),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

-- Every spelling by which a file may call a school.
CREATE TABLE organisation_alias (
  municipality INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('login', 'code', 'name', 'inn')),
  folded       TEXT NOT NULL,
  written      TEXT NOT NULL,
  organisation INTEGER NOT NULL,
  PRIMARY KEY (municipality, kind, folded),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

CREATE INDEX organisation_alias_of
  ON organisation_alias (municipality, organisation);

-- Procedures beyond data/procedures.tsv, and corrections of the years in which
-- one was held: a municipality's own rows.
CREATE TABLE own_procedure (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  code         TEXT NOT NULL,
  title        TEXT NOT NULL,
  level        TEXT NOT NULL,
  kinds        INTEGER NOT NULL,
  PRIMARY KEY (municipality, code)
) STRICT;

CREATE TABLE own_procedure_year (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  code         TEXT NOT NULL,
  year         INTEGER NOT NULL,
  is_held      INTEGER NOT NULL,
  source       TEXT NOT NULL,
  PRIMARY KEY (municipality, code, year)
) STRICT;
