-- What people are told, the views they saved, and a municipality's settings.

-- One row a person told, made in the transaction of the event itself.
CREATE TABLE notice (
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  kind         TEXT NOT NULL,          -- codes of core/access/notices.def
  at           TEXT NOT NULL,
  object       TEXT NOT NULL,          -- run, load, person
  object_id    INTEGER NOT NULL,
  organisation INTEGER,                -- the school it is about
  text         TEXT NOT NULL,
  by_name      TEXT NOT NULL,
  read_at      TEXT,
  PRIMARY KEY (municipality, person, number),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

-- The kinds a person does not want to hear of.
CREATE TABLE notice_off (
  municipality INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  PRIMARY KEY (municipality, person, kind),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

-- The filter of a list page under a name.
CREATE TABLE saved_view (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  person_name  TEXT NOT NULL,
  page         TEXT NOT NULL,          -- /schools
  query        TEXT NOT NULL,          -- show=rural
  name         TEXT NOT NULL,
  is_shared    INTEGER NOT NULL,
  at           TEXT NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, person) REFERENCES person (municipality, id)
) STRICT;

CREATE INDEX saved_view_page ON saved_view (municipality, page);

CREATE TABLE setting (
  municipality INTEGER NOT NULL REFERENCES municipality (id),
  code         TEXT NOT NULL,
  value        TEXT NOT NULL,
  PRIMARY KEY (municipality, code)
) STRICT;
