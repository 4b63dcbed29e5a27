-- Proposals to the road maps of schools are answered.  What is proposed stands
-- in the editions, which never change: a proposal names the two.
CREATE TABLE proposal (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  plan         INTEGER NOT NULL,       -- of the school
  measure      INTEGER,                -- its row; NULL: a new one is proposed
  parent       INTEGER NOT NULL,       -- the municipal measure
  from_edition INTEGER NOT NULL,       -- of the municipal plan: what was
  edition      INTEGER NOT NULL,       -- and what it becomes
  change       TEXT NOT NULL CHECK (change IN ('added', 'changed', 'dropped')),
  at           TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('open', 'taken', 'declined',
                 'replaced')),         -- replaced: a later edition proposes anew
  reason       TEXT NOT NULL,
  person_name  TEXT NOT NULL,          -- who answered
  answered_at  TEXT,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

CREATE INDEX proposal_of ON proposal (municipality, plan, state);

INSERT INTO proposal (municipality, id, plan, measure, parent, from_edition, edition, change, at, state, reason, person_name)
SELECT municipality, id, plan, measure, parent, edition - 1, edition, change, at, state, reason, person_name
  FROM measure_proposal;

DROP TABLE measure_proposal;
