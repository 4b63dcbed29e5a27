-- row: run_step number int, step text, was text, becomes text, on_date date, term date?, document text, document_number text, document_on date?, official official_id?, reason text, person person_id?, person_name text, at moment
-- row: objection id objection_id, run run_id, school school_id, school_name text, about text, year syear?, claimed text, text text, state text, filed_by person_id?, filed_name text, filed_at moment, answer text, answered_name text, answered_at moment?, load load_id?, version int

-- name: run_step_add :exec
-- in: municipality municipality_id, run run_id, step text, was text, becomes text, on_date date, term date?, document text, document_number text, document_on date?, official official_id?, reason text, person person_id?, person_name text, at moment
INSERT INTO run_step (municipality, run, number, step, was, becomes, on_date, term, document, document_number, document_on, official, reason, person, person_name, at)
SELECT :municipality, :run, coalesce(max(number), 0) + 1, :step, :was, :becomes, :on_date, :term, :document,
       :document_number, :document_on, :official, :reason, :person, :person_name, :at
  FROM run_step WHERE municipality = :municipality AND run = :run;

-- name: run_step_list :many
-- in: municipality municipality_id, run run_id
-- out: run_step
-- open: the way of a list is known to everybody who may see that it is there
SELECT number, step, was, becomes, on_date, term, document, document_number, document_on, official, reason, person, person_name, at
  FROM run_step WHERE municipality = :municipality AND run = :run ORDER BY number;

-- name: run_approved_other :one
-- in: municipality municipality_id, method text, year syear, but run_id
-- out: id run_id
-- open: asked before an approval
-- The list of the same method and year that stands approved already.
SELECT id FROM run
 WHERE municipality = :municipality AND method = :method AND year = :year AND id <> :but
   AND state IN ('approved', 'reconciled', 'closed')
 ORDER BY id DESC LIMIT 1;

-- name: objection_add :one
-- in: municipality municipality_id, run run_id, school school_id, about text, year syear?, claimed text, text text, filed_by person_id?, filed_name text, filed_at moment
-- out: id objection_id
INSERT INTO objection (municipality, id, run, organisation, about, year, claimed, text, state, filed_by, filed_name, filed_at, answer, answered_name, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :run, :school, :about, :year, :claimed, :text, 'open',
       :filed_by, :filed_name, :filed_at, '', '', 1
  FROM objection WHERE municipality = :municipality
RETURNING id;

-- name: objection_by_id :one
-- in: municipality municipality_id, id objection_id
-- out: objection
SELECT b.id, b.run, b.organisation, o.name, b.about, b.year, b.claimed, b.text, b.state, b.filed_by, b.filed_name,
       b.filed_at, b.answer, b.answered_name, b.answered_at, b.load, b.version
  FROM objection b JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND b.id = :id AND {visible: b.organisation};

-- name: objection_of_run :many
-- in: municipality municipality_id, run run_id
-- out: objection
-- The open ones first, each group in the order they came.
SELECT b.id, b.run, b.organisation, o.name, b.about, b.year, b.claimed, b.text, b.state, b.filed_by, b.filed_name,
       b.filed_at, b.answer, b.answered_name, b.answered_at, b.load, b.version
  FROM objection b JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND b.run = :run AND {visible: b.organisation}
 ORDER BY CASE b.state WHEN 'open' THEN 0 ELSE 1 END, b.id;

-- name: objection_of_school :many
-- in: municipality municipality_id, school school_id
-- out: objection
SELECT b.id, b.run, b.organisation, o.name, b.about, b.year, b.claimed, b.text, b.state, b.filed_by, b.filed_name,
       b.filed_at, b.answer, b.answered_name, b.answered_at, b.load, b.version
  FROM objection b JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND b.organisation = :school AND {visible: b.organisation}
 ORDER BY b.id DESC;

-- name: objection_close :exec1
-- in: municipality municipality_id, id objection_id, version int, state text, answer text, answered_by person_id?, answered_name text, answered_at moment?, load load_id?
-- Nothing changes when somebody else answered first.
UPDATE objection SET state = :state, answer = :answer, answered_by = :answered_by, answered_name = :answered_name,
       answered_at = :answered_at, load = :load, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version AND state = 'open';

-- name: load_touches :many
-- in: municipality municipality_id, load load_id, school school_id
-- out: about text, year syear
-- open: asked by whoever answers an objection
-- The numbers of one school that a standing load brought.
SELECT r.procedure, r.year FROM result r
  JOIN load l ON l.municipality = r.municipality AND l.id = r.load
 WHERE r.municipality = :municipality AND r.load = :load AND r.organisation = :school AND l.state = 'loaded'
UNION
SELECT b.element, b.year FROM observation b
  JOIN load l ON l.municipality = b.municipality AND l.id = b.load
 WHERE b.municipality = :municipality AND b.load = :load AND b.organisation = :school AND l.state = 'loaded'
ORDER BY 1, 2;

-- name: run_loads :many
-- in: municipality municipality_id, run run_id
-- out: load load_id
-- open: which loads a decision stands on is shown with it
SELECT load FROM run_load WHERE municipality = :municipality AND run = :run ORDER BY load;

-- name: objection_list :many
-- in: municipality municipality_id
-- out: objection
-- Of all lists: the open ones first, then the newest.
SELECT b.id, b.run, b.organisation, o.name, b.about, b.year, b.claimed, b.text, b.state, b.filed_by, b.filed_name,
       b.filed_at, b.answer, b.answered_name, b.answered_at, b.load, b.version
  FROM objection b JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND {visible: b.organisation}
 ORDER BY CASE b.state WHEN 'open' THEN 0 ELSE 1 END, b.id DESC;

-- name: load_of_school :many
-- in: municipality municipality_id, school school_id
-- out: load load_id, file_name text, at moment, about text, year syear
-- open: asked by whoever answers an objection of this school
-- Standing loads that brought numbers of one school, the newest first.
SELECT l.id, l.file_name, l.at, r.procedure, r.year FROM result r
  JOIN load l ON l.municipality = r.municipality AND l.id = r.load
 WHERE r.municipality = :municipality AND r.organisation = :school AND l.state = 'loaded'
UNION
SELECT l.id, l.file_name, l.at, b.element, b.year FROM observation b
  JOIN load l ON l.municipality = b.municipality AND l.id = b.load
 WHERE b.municipality = :municipality AND b.organisation = :school AND l.state = 'loaded'
ORDER BY 1 DESC, 4, 5;

-- name: peer_results :many
-- in: municipality municipality_id, year syear
-- out: school school_id, kind text, is_rural bool, pupils int?, procedure text, participants int, failed int
-- open: only corridors of five and more schools leave core/results/profile.c
SELECT r.organisation, o.kind, o.is_rural, o.pupils, r.procedure, r.participants, r.failed
  FROM result r JOIN organisation o ON o.municipality = r.municipality AND o.id = r.organisation
 WHERE r.municipality = :municipality AND r.year = :year AND r.is_current = 1
 ORDER BY r.organisation, r.procedure;

-- name: people_of_school :many
-- in: municipality municipality_id, school school_id, today date
-- out: name text, post text, role text
-- Who answers for a school on a day.
SELECT p.name, p.post, g.role FROM role_grant g
  JOIN person p ON p.municipality = g.municipality AND p.id = g.person
 WHERE g.municipality = :municipality AND g.organisation = :school AND g.since <= :today
   AND (g.until IS NULL OR g.until >= :today) AND p.is_disabled = 0 AND {visible: g.organisation}
 ORDER BY g.role, p.name;
