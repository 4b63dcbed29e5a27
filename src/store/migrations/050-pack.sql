-- What a list reads of a year: current counts of all schools in one value,
-- made from the rows of result in the transaction that changed them.  A year
-- without one is read row by row.
CREATE TABLE result_pack (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  year         INTEGER NOT NULL,      -- first of the school year
  pack         BLOB NOT NULL,         -- core/results/pack.h
  PRIMARY KEY (municipality, year)
) STRICT;
