-- row: municipality id municipality_id, code text, name text, name_short text, name_of text, body text, region text, zone_minutes int, is_invented bool
-- row: school id school_id, code text, name text, sort_key text, kind text, is_rural bool, is_small bool, pupils int?, address text?, head text?, branch_of school_id?, opened_on date?, closed_on date?, version int
-- row: alias kind text, folded text, written text, school school_id

-- name: municipality_first :one
-- out: municipality
-- open: the name of the place stands on the sign-in page
SELECT id, code, name, name_short, name_of, body, region, zone_minutes, is_invented
  FROM municipality ORDER BY id LIMIT 1;

-- name: municipality_by_id :one
-- in: id municipality_id
-- out: municipality
-- open: the name of the place is not a secret
SELECT id, code, name, name_short, name_of, body, region, zone_minutes, is_invented
  FROM municipality WHERE id = :id;

-- name: municipality_by_code :one
-- in: code text
-- out: municipality
-- open: the name of the place is not a secret
SELECT id, code, name, name_short, name_of, body, region, zone_minutes, is_invented
  FROM municipality WHERE code = :code;

-- name: municipality_add :exec
-- in: code text, name text, name_short text, name_of text, body text, region text, zone_minutes int, is_invented bool
INSERT INTO municipality (id, code, name, name_short, name_of, body, region, zone_minutes, is_invented)
SELECT coalesce(max(id), 0) + 1, :code, :name, :name_short, :name_of, :body, :region, :zone_minutes, :is_invented
  FROM municipality;

-- name: school_facts_each :each
-- in: municipality municipality_id
-- out: id school_id, code text, name text, sort_key text, kind text, is_rural bool, is_small bool, opened_on date?, closed_on date?
-- What a list asks of the schools the actor may see, in Russian alphabetical order.
SELECT o.id, o.code, o.name, o.sort_key, o.kind, o.is_rural, o.is_small, o.opened_on, o.closed_on
  FROM organisation o
 WHERE o.municipality = :municipality AND {visible: o.id}
 ORDER BY o.sort_key, o.id;

-- name: school_names_each :each
-- in: municipality municipality_id
-- out: id school_id, code text, name text
-- What a file may call the schools the actor may see, in Russian alphabetical order.
SELECT o.id, o.code, o.name FROM organisation o
 WHERE o.municipality = :municipality AND {visible: o.id}
 ORDER BY o.sort_key, o.id;

-- name: school_list :many
-- in: municipality municipality_id
-- out: school
-- The schools the actor may see, in Russian alphabetical order.
SELECT o.id, o.code, o.name, o.sort_key, o.kind, o.is_rural, o.is_small,
       o.pupils, o.address, o.head, o.branch_of, o.opened_on, o.closed_on, o.version
  FROM organisation o
 WHERE o.municipality = :municipality AND {visible: o.id}
 ORDER BY o.sort_key, o.id;

-- name: school_by_id :one
-- in: municipality municipality_id, id school_id
-- out: school
SELECT o.id, o.code, o.name, o.sort_key, o.kind, o.is_rural, o.is_small,
       o.pupils, o.address, o.head, o.branch_of, o.opened_on, o.closed_on, o.version
  FROM organisation o
 WHERE o.municipality = :municipality AND o.id = :id AND {visible: o.id};

-- name: school_by_code :one
-- in: municipality municipality_id, code text
-- out: school
SELECT o.id, o.code, o.name, o.sort_key, o.kind, o.is_rural, o.is_small,
       o.pupils, o.address, o.head, o.branch_of, o.opened_on, o.closed_on, o.version
  FROM organisation o
 WHERE o.municipality = :municipality AND o.code = :code AND {visible: o.id};

-- name: school_add :one
-- in: municipality municipality_id, code text, name text, sort_key text, kind text, is_rural bool, is_small bool
-- out: id school_id
INSERT INTO organisation (municipality, id, code, name, sort_key, kind, is_rural, is_small, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :code, :name, :sort_key, :kind, :is_rural, :is_small, 1
  FROM organisation WHERE municipality = :municipality
RETURNING id;

-- name: school_set :exec1
-- in: municipality municipality_id, id school_id, version int, name text, sort_key text, kind text, is_rural bool, is_small bool
-- Nothing changes when somebody else changed the school first.
UPDATE organisation
   SET name = :name, sort_key = :sort_key, kind = :kind, is_rural = :is_rural,
       is_small = :is_small, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: school_set_details :exec1
-- in: municipality municipality_id, id school_id, pupils int?, address text?, head text?
UPDATE organisation
   SET pupils = :pupils, address = :address, head = :head, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: school_set_branch :exec1
-- in: municipality municipality_id, id school_id, branch_of school_id?
UPDATE organisation SET branch_of = :branch_of, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: school_close :exec1
-- in: municipality municipality_id, id school_id, closed_on date?
UPDATE organisation SET closed_on = :closed_on, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: school_event_add :exec
-- in: municipality municipality_id, school school_id, on_date date, kind text, other school_id?, was text?, becomes text?, basis text?
INSERT INTO organisation_event (municipality, organisation, number, on_date, kind, other, was, becomes, basis)
SELECT :municipality, :school, coalesce(max(number), 0) + 1, :on_date, :kind, :other, :was, :becomes, :basis
  FROM organisation_event WHERE municipality = :municipality AND organisation = :school;

-- name: school_events :many
-- in: municipality municipality_id, school school_id
-- out: number int, on_date date, kind text, other school_id?, was text?, becomes text?, basis text?
SELECT e.number, e.on_date, e.kind, e.other, e.was, e.becomes, e.basis
  FROM organisation_event e
 WHERE e.municipality = :municipality AND e.organisation = :school
   AND {visible: e.organisation}
 ORDER BY e.on_date, e.number;

-- name: succession_list :many
-- in: municipality municipality_id
-- out: school school_id, other school_id, on_date date
-- open: which school follows which is in the open registry
-- Schools merged into another: the years of the former may be joined to it.
SELECT e.organisation, e.other, e.on_date FROM organisation_event e
 WHERE e.municipality = :municipality AND e.kind = 'merged' AND e.other IS NOT NULL
 ORDER BY e.organisation, e.number;

-- name: alias_list :many
-- in: municipality municipality_id
-- out: alias
-- open: spellings of school names are needed to read any file
SELECT kind, folded, written, organisation FROM organisation_alias
 WHERE municipality = :municipality ORDER BY organisation, kind, folded;

-- name: alias_set :exec
-- in: municipality municipality_id, kind text, folded text, written text, school school_id
-- The last answer of a person is the one remembered.
INSERT INTO organisation_alias (municipality, kind, folded, written, organisation)
VALUES (:municipality, :kind, :folded, :written, :school)
ON CONFLICT (municipality, kind, folded)
DO UPDATE SET written = excluded.written, organisation = excluded.organisation;

-- name: alias_drop :exec
-- in: municipality municipality_id, kind text, folded text
DELETE FROM organisation_alias
 WHERE municipality = :municipality AND kind = :kind AND folded = :folded;

-- name: own_procedure_list :many
-- in: municipality municipality_id
-- out: code text, title text, level text, kinds int
-- open: the list of procedures is in the open methodology
SELECT code, title, level, kinds FROM own_procedure
 WHERE municipality = :municipality ORDER BY code;

-- name: own_procedure_year_list :many
-- in: municipality municipality_id
-- out: code text, year syear, is_held bool, source text
-- open: when a procedure was held is public
SELECT code, year, is_held, source FROM own_procedure_year
 WHERE municipality = :municipality ORDER BY code, year;
