-- row: official id official_id, load load_id, number text, on_date date, issuer text, title text, year syear, entries int
-- row: official_entry official official_id, number int, kind text, school school_id, school_name text, code text, as_written text, basis text, is_exit bool, sheet text, row_number int
-- row: difference_note school school_id, text text, person_name text, at moment, version int

-- name: official_add :one
-- in: municipality municipality_id, load load_id, number text, on_date date, issuer text, title text, year syear
-- out: id official_id
INSERT INTO official (municipality, id, load, number, on_date, issuer, title, year)
SELECT :municipality, coalesce(max(id), 0) + 1, :load, :number, :on_date, :issuer, :title, :year
  FROM official WHERE municipality = :municipality
RETURNING id;

-- name: official_same :one
-- in: municipality municipality_id, number text, on_date date
-- out: id official_id, load load_id
-- open: an order of the region is public
-- The standing act with the same number and day.
SELECT a.id, a.load FROM official a JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE a.municipality = :municipality AND a.number = :number AND a.on_date = :on_date AND l.state = 'loaded'
 ORDER BY a.id DESC LIMIT 1;

-- name: official_entry_add :exec
-- in: municipality municipality_id, official official_id, kind text, school school_id, as_written text, basis text, is_exit bool, sheet text, row_number int
INSERT INTO official_entry (municipality, official, number, kind, organisation, as_written, basis, is_exit, sheet, row_number)
SELECT :municipality, :official, coalesce(max(number), 0) + 1, :kind, :school, :as_written, :basis, :is_exit, :sheet, :row_number
  FROM official_entry WHERE municipality = :municipality AND official = :official;

-- name: official_list :many
-- in: municipality municipality_id
-- out: official
-- open: an order of the region is public; its schools are read by right
-- Standing acts, the newest first.
SELECT a.id, a.load, a.number, a.on_date, a.issuer, a.title, a.year,
       (SELECT count(*) FROM official_entry e WHERE e.municipality = a.municipality AND e.official = a.id)
  FROM official a JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE a.municipality = :municipality AND l.state = 'loaded'
 ORDER BY a.on_date DESC, a.id DESC;

-- name: official_by_id :one
-- in: municipality municipality_id, id official_id
-- out: official
-- open: an order of the region is public; its schools are read by right
SELECT a.id, a.load, a.number, a.on_date, a.issuer, a.title, a.year,
       (SELECT count(*) FROM official_entry e WHERE e.municipality = a.municipality AND e.official = a.id)
  FROM official a JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE a.municipality = :municipality AND a.id = :id AND l.state = 'loaded';

-- name: official_latest :one
-- in: municipality municipality_id, kind text, year syear
-- out: id official_id
-- open: an order of the region is public; its schools are read by right
-- The newest standing act that has schools of this kind for this year.
SELECT a.id FROM official a JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE a.municipality = :municipality AND a.year = :year AND l.state = 'loaded'
   AND EXISTS (SELECT 1 FROM official_entry e
        WHERE e.municipality = a.municipality AND e.official = a.id AND e.kind = :kind)
 ORDER BY a.on_date DESC, a.id DESC LIMIT 1;

-- name: official_entry_list :many
-- in: municipality municipality_id, official official_id
-- out: official_entry
SELECT e.official, e.number, e.kind, e.organisation, o.name, o.code, e.as_written, e.basis, e.is_exit, e.sheet, e.row_number
  FROM official_entry e JOIN organisation o ON o.municipality = e.municipality AND o.id = e.organisation
 WHERE e.municipality = :municipality AND e.official = :official AND {visible: e.organisation}
 ORDER BY e.kind, o.sort_key, e.organisation;

-- name: official_entry_all :many
-- in: municipality municipality_id, until date
-- out: on_date date, year syear, act_number text, official official_id, kind text, school school_id, basis text, is_exit bool
-- Every standing act up to a day in the order they took effect.
SELECT a.on_date, a.year, a.number, a.id, e.kind, e.organisation, e.basis, e.is_exit
  FROM official_entry e
  JOIN official a ON a.municipality = e.municipality AND a.id = e.official
  JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE e.municipality = :municipality AND a.on_date <= :until AND l.state = 'loaded' AND {visible: e.organisation}
 ORDER BY a.on_date, a.id, e.number;

-- name: official_kind_list :many
-- in: municipality municipality_id, until date
-- out: official official_id, kind text
-- open: an order of the region is public; its schools are read by right
-- Which standing acts put schools of which kind on.
SELECT DISTINCT e.official, e.kind
  FROM official_entry e
  JOIN official a ON a.municipality = e.municipality AND a.id = e.official
  JOIN load l ON l.municipality = a.municipality AND l.id = a.load
 WHERE e.municipality = :municipality AND a.on_date <= :until AND e.is_exit = 0 AND l.state = 'loaded'
 ORDER BY 1, 2;

-- name: difference_note_list :many
-- in: municipality municipality_id, run run_id, official official_id
-- out: difference_note
SELECT n.organisation, n.text, n.person_name, n.at, n.version
  FROM difference_note n
 WHERE n.municipality = :municipality AND n.run = :run AND n.official = :official AND {visible: n.organisation}
 ORDER BY n.organisation;

-- name: difference_note_add :exec
-- in: municipality municipality_id, run run_id, official official_id, school school_id, text text, person person_id?, person_name text, at moment
INSERT INTO difference_note (municipality, run, official, organisation, text, person, person_name, at, version)
VALUES (:municipality, :run, :official, :school, :text, :person, :person_name, :at, 1);

-- name: difference_note_set :exec1
-- in: municipality municipality_id, run run_id, official official_id, school school_id, version int, text text, person person_id?, person_name text, at moment
-- Nothing changes when somebody else explained it first.
UPDATE difference_note SET text = :text, person = :person, person_name = :person_name, at = :at, version = version + 1
 WHERE municipality = :municipality AND run = :run AND official = :official AND organisation = :school
   AND version = :version;

-- name: official_of_load :one
-- in: municipality municipality_id, load load_id
-- out: official
-- open: an order of the region is public; its schools are read by right
SELECT a.id, a.load, a.number, a.on_date, a.issuer, a.title, a.year,
       (SELECT count(*) FROM official_entry e WHERE e.municipality = a.municipality AND e.official = a.id)
  FROM official a WHERE a.municipality = :municipality AND a.load = :load;

-- name: official_entry_at :one
-- in: municipality municipality_id, official official_id, kind text, school school_id
-- out: row_number int
-- open: asked while an order is loaded, by whoever may load files
SELECT row_number FROM official_entry
 WHERE municipality = :municipality AND official = :official AND kind = :kind AND organisation = :school;

-- name: exit_rule_list :many
-- in: municipality municipality_id
-- out: kind text, rule text, years int, source text
-- open: the rules of leaving a group are public
SELECT kind, rule, years, source FROM exit_rule WHERE municipality = :municipality ORDER BY kind;

-- name: exit_rule_set :exec
-- in: municipality municipality_id, kind text, rule text, years int, source text
INSERT INTO exit_rule (municipality, kind, rule, years, source) VALUES (:municipality, :kind, :rule, :years, :source)
ON CONFLICT (municipality, kind) DO UPDATE SET rule = excluded.rule, years = excluded.years, source = excluded.source;

-- row: load_order number text, on_date date?, issuer text, title text, year syear?, kind text, basis text, is_exit bool

-- name: load_order_set :exec
-- in: municipality municipality_id, load load_id, number text, on_date date?, issuer text, title text, year syear?, kind text, basis text, is_exit bool
INSERT INTO load_order (municipality, load, number, on_date, issuer, title, year, kind, basis, is_exit)
VALUES (:municipality, :load, :number, :on_date, :issuer, :title, :year, :kind, :basis, :is_exit)
ON CONFLICT (municipality, load) DO UPDATE SET number = excluded.number, on_date = excluded.on_date,
  issuer = excluded.issuer, title = excluded.title, year = excluded.year, kind = excluded.kind,
  basis = excluded.basis, is_exit = excluded.is_exit;

-- name: load_order_of :one
-- in: municipality municipality_id, load load_id
-- out: load_order
-- open: read by whoever may load files
SELECT number, on_date, issuer, title, year, kind, basis, is_exit
  FROM load_order WHERE municipality = :municipality AND load = :load;

-- name: load_order_clear :exec
-- in: municipality municipality_id, load load_id
DELETE FROM load_order WHERE municipality = :municipality AND load = :load;
