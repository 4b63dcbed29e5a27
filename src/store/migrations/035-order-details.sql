-- What a person said of an order beside its list, until the draft is loaded
-- or given up; of a loaded one it stands in official.
CREATE TABLE load_order (
  municipality INTEGER NOT NULL,
  load         INTEGER NOT NULL,
  number       TEXT NOT NULL,
  on_date      TEXT,
  issuer       TEXT NOT NULL,
  title        TEXT NOT NULL,
  year         INTEGER,
  kind         TEXT NOT NULL,          -- of rows that do not say: shnor, risk, shnsu
  basis        TEXT NOT NULL,          -- likewise; of ШНСУ the type
  is_exit      INTEGER NOT NULL,       -- the order takes its schools off
  PRIMARY KEY (municipality, load),
  FOREIGN KEY (municipality, load) REFERENCES load (municipality, id)
) STRICT;
