-- Decisions: a run is a method, frozen inputs and what followed from them.
-- Nothing here is ever updated but the state of the approval.

CREATE TABLE run (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  method       TEXT NOT NULL,
  version      TEXT NOT NULL,
  year         INTEGER NOT NULL,       -- the year the list is drawn up in
  settings     TEXT NOT NULL,          -- "name = value" lines, all of them
  method_text  TEXT NOT NULL,
  inputs       TEXT NOT NULL,          -- canonical, see core/methods/inputs.h
  inputs_hash  TEXT NOT NULL,
  hash         TEXT NOT NULL,          -- of method, settings, inputs, verdicts
  summary      TEXT NOT NULL,          -- the sentence of the whole list
  person       INTEGER,
  at           TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'objections',
                 'approved', 'reconciled', 'closed', 'dropped')),
  state_note   TEXT NOT NULL,          -- details of the order or protocol
  state_on     TEXT NOT NULL,
  version_row  INTEGER NOT NULL,
  PRIMARY KEY (municipality, id)
) STRICT;

CREATE INDEX run_year ON run (municipality, method, year);

CREATE TABLE verdict (
  municipality INTEGER NOT NULL,
  run          INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  name         TEXT NOT NULL,          -- as the school was called then
  sort_key     TEXT NOT NULL,
  code         TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('listed', 'not_listed',
                 'no_data', 'not_applicable')),
  criteria     TEXT NOT NULL,          -- "K1=yes K2=no", in the method's order
  low          TEXT NOT NULL,          -- "2022/2023:vpr-math-5 …"
  reason       TEXT NOT NULL,          -- for people
  margin       INTEGER,                -- pupils; NULL: no change can turn it
  missing      INTEGER NOT NULL,       -- facts that were not there
  is_small     INTEGER NOT NULL,       -- a decisive group under ten
  PRIMARY KEY (municipality, run, organisation),
  FOREIGN KEY (municipality, run) REFERENCES run (municipality, id)
) STRICT;

CREATE INDEX verdict_of ON verdict (municipality, organisation);

-- The loads a decision stands on: they cannot be undone while it does.
CREATE TABLE run_load (
  municipality INTEGER NOT NULL,
  run          INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  PRIMARY KEY (municipality, run, load),
  FOREIGN KEY (municipality, run) REFERENCES run (municipality, id),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;
