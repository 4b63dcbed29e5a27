-- Deadlines that moved: one row a cause (a calendar or a schedule that was
-- loaded, a new edition), and under it each deadline as it was and became.
-- Written in the transaction of the cause; letters of the week are made of it.
CREATE TABLE deadline_move (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  id           INTEGER NOT NULL,
  cause        TEXT NOT NULL,          -- in words: «по графику «…» (письмо № 5)»
  person       INTEGER,
  person_name  TEXT NOT NULL,          -- who loaded or approved
  at           TEXT NOT NULL,
  on_day       TEXT NOT NULL,          -- the same, by the days of the place
  PRIMARY KEY (municipality, id)
) STRICT;

CREATE INDEX deadline_move_at ON deadline_move (municipality, at);

CREATE TABLE moved_deadline (
  municipality INTEGER NOT NULL,
  move         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  measure      INTEGER NOT NULL,
  organisation INTEGER,
  label        TEXT NOT NULL,
  was_opens    TEXT,
  was_due      TEXT,                   -- NULL: it was not set
  opens_on     TEXT,
  due_on       TEXT,                   -- NULL: it was taken away
  PRIMARY KEY (municipality, move, number),
  FOREIGN KEY (municipality, move) REFERENCES deadline_move (municipality, id),
  FOREIGN KEY (municipality, measure) REFERENCES measure (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;
