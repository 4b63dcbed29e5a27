-- The way of a list: draft, objections, approved, reconciled, closed.  A row
-- a step, in order; what the list is now stands in run.state.

CREATE TABLE run_step (
  municipality    INTEGER NOT NULL,
  run             INTEGER NOT NULL,
  number          INTEGER NOT NULL,
  step            TEXT NOT NULL,       -- codes of core/methods/steps.def
  was             TEXT NOT NULL,       -- the state before and after it
  becomes         TEXT NOT NULL,
  on_date         TEXT NOT NULL,
  term            TEXT,                -- objections are taken until this day
  document        TEXT NOT NULL,       -- приказ, протокол; empty: none
  document_number TEXT NOT NULL,
  document_on     TEXT,
  official        INTEGER,             -- the act it was reconciled with
  reason          TEXT NOT NULL,
  person          INTEGER,
  person_name     TEXT NOT NULL,
  at              TEXT NOT NULL,
  PRIMARY KEY (municipality, run, number),
  FOREIGN KEY (municipality, run) REFERENCES run (municipality, id)
) STRICT;
