-- row: run id run_id, method text, version text, year syear, settings text, inputs_hash text, hash text, summary text, person person_id?, at moment, state text, state_note text, state_on date, version_row int
-- row: verdict school school_id, name text, code text, status text, criteria text, low text, reason text, margin int?, missing int, is_small bool

-- name: run_add :one
-- in: municipality municipality_id, method text, version text, year syear, settings text, method_text text, inputs text, inputs_hash text, hash text, summary text, person person_id?, at moment, state_on date
-- out: id run_id
INSERT INTO run (municipality, id, method, version, year, settings, method_text, inputs, inputs_hash, hash, summary,
                 person, at, state, state_note, state_on, version_row)
SELECT :municipality, coalesce(max(id), 0) + 1, :method, :version, :year, :settings, :method_text, :inputs, :inputs_hash,
       :hash, :summary, :person, :at, 'draft', '', :state_on, 1
  FROM run WHERE municipality = :municipality
RETURNING id;

-- name: run_by_id :one
-- in: municipality municipality_id, id run_id
-- out: run
-- open: that a list was drawn up is known; its schools are read by right
SELECT id, method, version, year, settings, inputs_hash, hash, summary, person, at, state, state_note, state_on, version_row
  FROM run WHERE municipality = :municipality AND id = :id;

-- name: run_list :many
-- in: municipality municipality_id
-- out: run
-- open: that a list was drawn up is known; its schools are read by right
SELECT id, method, version, year, settings, inputs_hash, hash, summary, person, at, state, state_note, state_on, version_row
  FROM run WHERE municipality = :municipality ORDER BY id DESC;

-- name: run_latest :one
-- in: municipality municipality_id, method text, year syear
-- out: run
-- open: that a list was drawn up is known; its schools are read by right
SELECT id, method, version, year, settings, inputs_hash, hash, summary, person, at, state, state_note, state_on, version_row
  FROM run
 WHERE municipality = :municipality AND method = :method AND year = :year AND state <> 'dropped'
 ORDER BY id DESC LIMIT 1;

-- name: run_frozen :one
-- in: municipality municipality_id, id run_id
-- out: settings text, method_text text, inputs text
-- open: read to recompute; what is shown of it passes the verdicts' right
SELECT settings, method_text, inputs FROM run WHERE municipality = :municipality AND id = :id;

-- name: run_set_state :exec1
-- in: municipality municipality_id, id run_id, version_row int, state text, state_note text, state_on date
-- Nothing changes when somebody else moved the list first.
UPDATE run SET state = :state, state_note = :state_note, state_on = :state_on, version_row = version_row + 1
 WHERE municipality = :municipality AND id = :id AND version_row = :version_row;

-- name: run_load_add :exec
-- in: municipality municipality_id, run run_id, load load_id
INSERT INTO run_load (municipality, run, load) VALUES (:municipality, :run, :load);

-- name: verdict_add :exec
-- in: municipality municipality_id, run run_id, school school_id, name text, sort_key text, code text, status text, criteria text, low text, reason text, margin int?, missing int, is_small bool
INSERT INTO verdict (municipality, run, organisation, name, sort_key, code, status, criteria, low, reason, margin, missing, is_small)
VALUES (:municipality, :run, :school, :name, :sort_key, :code, :status, :criteria, :low, :reason, :margin, :missing, :is_small);

-- name: verdict_list :many
-- in: municipality municipality_id, run run_id
-- out: verdict
SELECT v.organisation, v.name, v.code, v.status, v.criteria, v.low, v.reason, v.margin, v.missing, v.is_small
  FROM verdict v
 WHERE v.municipality = :municipality AND v.run = :run AND {visible: v.organisation}
 ORDER BY v.sort_key, v.organisation;

-- name: verdict_of_school :many
-- in: municipality municipality_id, school school_id
-- out: run run_id, method text, year syear, state text, status text, criteria text, reason text, margin int?
-- One school's verdicts of all years, the newest first.
SELECT v.run, r.method, r.year, r.state, v.status, v.criteria, v.reason, v.margin
  FROM verdict v JOIN run r ON r.municipality = v.municipality AND r.id = v.run
 WHERE v.municipality = :municipality AND v.organisation = :school AND r.state <> 'dropped'
   AND {visible: v.organisation}
 ORDER BY r.year DESC, v.run DESC;
