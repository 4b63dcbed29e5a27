-- How a school leaves a group, where the place has its own rule; otherwise
-- data/exit-rules.tsv.
CREATE TABLE exit_rule (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  kind         TEXT NOT NULL CHECK (kind IN ('shnor', 'risk', 'shnsu')),
  rule         TEXT NOT NULL CHECK (rule IN ('next-list', 'act', 'years')),
  years        INTEGER NOT NULL,
  source       TEXT NOT NULL,          -- the act it follows from
  PRIMARY KEY (municipality, kind)
) STRICT;
