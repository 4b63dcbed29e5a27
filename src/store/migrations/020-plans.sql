-- Programmes and road maps as people work on them, and the editions that were
-- approved.  A row a person edits carries version; what an order fixed is
-- copied into edition_measure and never changes.

-- BASIS: domain 6.1 - the superset of fields of every column set met.
CREATE TABLE plan (
  municipality    INTEGER NOT NULL REFERENCES municipality (id),
  id              INTEGER NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('programme', 'municipal', 'school')),
  organisation    INTEGER,             -- whose; NULL: the municipality's
  parent          INTEGER,             -- the programme of a road map, the road map of a school's
  title           TEXT NOT NULL,
  period_from     TEXT NOT NULL,
  period_to       TEXT NOT NULL,
  group_kind      TEXT NOT NULL,       -- shnor, risk, shnsu: for schools of a group; empty: picked
  group_on        TEXT,                -- the day the group is taken at
  columns         TEXT NOT NULL,       -- codes of columns as the order prints them
  aim             TEXT NOT NULL,       -- passport of a programme; may be empty
  tasks           TEXT NOT NULL,       -- one a line
  basis           TEXT NOT NULL,       -- acts it rests on, one a line
  control         TEXT NOT NULL,       -- who controls the carrying out
  state           TEXT NOT NULL,       -- codes of core/plans/plan_steps.def
  edition         INTEGER NOT NULL,    -- the last approved one; 0: none yet
  source_name     TEXT NOT NULL,       -- the file it was taken from, or the template
  source_hash     TEXT NOT NULL,
  copied_from     INTEGER,             -- last year's plan
  person          INTEGER,
  person_name     TEXT NOT NULL,
  at              TEXT NOT NULL,
  version         INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

CREATE INDEX plan_of ON plan (municipality, organisation);

-- The schools a plan is for, where they are picked or the group was fixed.
CREATE TABLE plan_school (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  since        TEXT NOT NULL,          -- joined on; marks are asked from then on
  until        TEXT,
  PRIMARY KEY (municipality, plan, organisation),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

CREATE INDEX plan_school_of ON plan_school (municipality, organisation);

CREATE TABLE plan_section (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  id           INTEGER NOT NULL,       -- within the plan
  position     INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('measures', 'mechanisms', 'points',
                 'order')),            -- order: clauses of the order itself
  number       TEXT NOT NULL,          -- as printed: "II."
  title        TEXT NOT NULL,
  PRIMARY KEY (municipality, plan, id),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

-- A measure, a control point, a mechanism of management or a clause of the
-- order: whatever has a deadline and somebody who answers for it.
CREATE TABLE measure (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  section      INTEGER NOT NULL,
  position     INTEGER NOT NULL,       -- in its section
  number       TEXT NOT NULL,          -- as printed: "3.10."
  title        TEXT NOT NULL,
  school_part  TEXT NOT NULL,          -- what the school does
  deadline     TEXT NOT NULL,          -- as printed; read by lang/deadline.h
  responsible  TEXT NOT NULL,          -- as printed; the parts are in measure_responsible
  result       TEXT NOT NULL,
  indicator    TEXT NOT NULL,
  report_form  TEXT NOT NULL,          -- as printed
  note         TEXT NOT NULL,
  evidence     TEXT NOT NULL,          -- kinds required, codes of data/evidence-kinds.tsv
  answers      TEXT NOT NULL,          -- deficits and risk factors, codes
  basis        TEXT NOT NULL,
  participants TEXT NOT NULL CHECK (participants IN ('none', 'all', 'picked')),
                                       -- none: one mark for the row
  goal         TEXT NOT NULL CHECK (goal IN ('text', 'level', 'change_pp',
                 'change_rel', 'count', 'yes_no')),
  goal_sense   TEXT NOT NULL CHECK (goal_sense IN ('', 'at_least', 'more_than',
                 'at_most', 'less_than', 'exactly')),
  goal_num     INTEGER,                -- target as a fraction: 10 % is 10/100
  goal_den     INTEGER,
  baseline_num INTEGER,
  baseline_den INTEGER,
  baseline_on  TEXT,
  parent       INTEGER,                -- the municipal measure it came from
  schedule     INTEGER,                -- the schedule that dates it
  source_place TEXT NOT NULL,          -- "таблица 2, строка 14"
  is_dropped   INTEGER NOT NULL,       -- stands in an edition, not in the next
  version      INTEGER NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, plan, section)
    REFERENCES plan_section (municipality, plan, id)
) STRICT;

CREATE INDEX measure_of ON measure (municipality, plan, section, position);
CREATE INDEX measure_parent ON measure (municipality, parent);

CREATE TABLE measure_school (
  municipality INTEGER NOT NULL,
  measure      INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  PRIMARY KEY (municipality, measure, organisation),
  FOREIGN KEY (municipality, measure) REFERENCES measure (municipality, id),
  FOREIGN KEY (municipality, organisation)
    REFERENCES organisation (municipality, id)
) STRICT;

-- BASIS: domain 6.7 - organisations, posts, persons and groups in one cell.
CREATE TABLE measure_responsible (
  municipality  INTEGER NOT NULL,
  measure       INTEGER NOT NULL,
  number        INTEGER NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('organisation', 'role', 'person',
                  'group')),
  text          TEXT NOT NULL,
  is_collective INTEGER NOT NULL,      -- every participating school
  person        INTEGER,               -- of the directory, when known
  organisation  INTEGER,
  PRIMARY KEY (municipality, measure, number),
  FOREIGN KEY (municipality, measure) REFERENCES measure (municipality, id)
) STRICT;

CREATE INDEX measure_responsible_person
  ON measure_responsible (municipality, person);

-- The list of specialists an order carries.
CREATE TABLE plan_person (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  name         TEXT NOT NULL,
  post         TEXT NOT NULL,
  area         TEXT NOT NULL,          -- what the person answers for
  person       INTEGER,
  PRIMARY KEY (municipality, plan, number),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

CREATE TABLE plan_step (
  municipality    INTEGER NOT NULL,
  plan            INTEGER NOT NULL,
  number          INTEGER NOT NULL,
  step            TEXT NOT NULL,       -- codes of core/plans/plan_steps.def
  was             TEXT NOT NULL,
  becomes         TEXT NOT NULL,
  edition         INTEGER NOT NULL,
  document        TEXT NOT NULL,
  document_number TEXT NOT NULL,
  document_on     TEXT,
  reason          TEXT NOT NULL,
  person          INTEGER,
  person_name     TEXT NOT NULL,
  at              TEXT NOT NULL,
  PRIMARY KEY (municipality, plan, number),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

-- What an order fixed.
CREATE TABLE plan_edition (
  municipality    INTEGER NOT NULL,
  plan            INTEGER NOT NULL,
  edition         INTEGER NOT NULL,
  document        TEXT NOT NULL,       -- приказ, постановление
  document_number TEXT NOT NULL,
  document_on     TEXT NOT NULL,
  body            TEXT NOT NULL,       -- who approved: for the block УТВЕРЖДЕН
  title           TEXT NOT NULL,
  period_from     TEXT NOT NULL,
  period_to       TEXT NOT NULL,
  schools         TEXT NOT NULL,       -- ids of organisations, sorted
  hash            TEXT NOT NULL,       -- over the edition and its rows
  person          INTEGER,
  person_name     TEXT NOT NULL,
  at              TEXT NOT NULL,
  PRIMARY KEY (municipality, plan, edition),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

CREATE TABLE edition_measure (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  edition      INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  measure      INTEGER NOT NULL,
  section_kind TEXT NOT NULL,
  section      TEXT NOT NULL,          -- its title then
  number       TEXT NOT NULL,
  title        TEXT NOT NULL,
  school_part  TEXT NOT NULL,
  deadline     TEXT NOT NULL,
  responsible  TEXT NOT NULL,
  result       TEXT NOT NULL,
  indicator    TEXT NOT NULL,
  report_form  TEXT NOT NULL,
  evidence     TEXT NOT NULL,
  schools      TEXT NOT NULL,
  PRIMARY KEY (municipality, plan, edition, position),
  UNIQUE (municipality, plan, edition, measure),
  FOREIGN KEY (municipality, plan, edition)
    REFERENCES plan_edition (municipality, plan, edition)
) STRICT;

-- Words of whoever approves, beside a row or the whole plan.
CREATE TABLE plan_remark (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  measure      INTEGER,
  text         TEXT NOT NULL,
  person       INTEGER,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  is_settled   INTEGER NOT NULL,
  PRIMARY KEY (municipality, plan, number),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

-- A change of an approved municipal row reaches a school's road map as a
-- proposal, never as an overwrite.
CREATE TABLE measure_proposal (
  municipality INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  plan         INTEGER NOT NULL,       -- of the school
  measure      INTEGER,                -- its row; NULL: a new one is proposed
  parent       INTEGER NOT NULL,       -- the municipal measure
  edition      INTEGER NOT NULL,       -- of the municipal plan
  change       TEXT NOT NULL CHECK (change IN ('added', 'changed', 'dropped')),
  was          TEXT NOT NULL,
  becomes      TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('open', 'taken', 'declined')),
  reason       TEXT NOT NULL,
  person_name  TEXT NOT NULL,
  at           TEXT NOT NULL,
  PRIMARY KEY (municipality, id),
  FOREIGN KEY (municipality, plan) REFERENCES plan (municipality, id)
) STRICT;

CREATE INDEX measure_proposal_of ON measure_proposal (municipality, plan, state);

-- «С приказом ознакомлен»: by sign-in, or on paper.
CREATE TABLE acquaintance (
  municipality INTEGER NOT NULL,
  plan         INTEGER NOT NULL,
  edition      INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  name         TEXT NOT NULL,
  post         TEXT NOT NULL,
  organisation INTEGER,
  person       INTEGER,
  on_date      TEXT,                   -- NULL: not yet
  is_on_paper  INTEGER NOT NULL,
  PRIMARY KEY (municipality, plan, edition, number),
  FOREIGN KEY (municipality, plan, edition)
    REFERENCES plan_edition (municipality, plan, edition)
) STRICT;
