-- A file somebody is still asked about (which columns are these?), so that it
-- need not be chosen again with every answer.  Nobody can read it here: it is
-- shut under the secret of the session, which only the browser has, and goes
-- within the hour.
CREATE TABLE kept_file (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  keeper       TEXT NOT NULL,          -- the session, by a word made of its secret
  word         TEXT NOT NULL,          -- the content, by a hash only the session can make
  name         TEXT NOT NULL,
  at           TEXT NOT NULL,
  sealed       BLOB NOT NULL,
  PRIMARY KEY (municipality, keeper)
) STRICT;
