-- row: occurrence id occurrence_id, plan plan_id, measure measure_id, window_no int, school school_id?, opens_on date?, due_on date?, is_outer bool, label text, mark_state text, done_on date?, moved int, version int
-- row: task id occurrence_id, plan plan_id, plan_title text, plan_kind text, measure measure_id, section_kind text, section text, number text, title text, school_part text, deadline text, responsible text, evidence text, goal text, window_no int, school school_id?, school_name text?, opens_on date?, due_on date?, is_outer bool, label text, mark_state text, done_on date?, version int
-- row: mark id mark_id, occurrence occurrence_id, kind text, on_date date?, fact_num int?, fact_den int?, text text, person person_id?, person_name text, instead_of text, at moment
-- row: evidence id evidence_id, occurrence occurrence_id, kind text, form text, title text, number text, on_date date?, hash text?, file_name text, file_kind text?, file_size int?, address text, person person_id?, person_name text, at moment, is_withdrawn bool

-- name: occurrence_list :many
-- in: municipality municipality_id, plan plan_id
-- out: occurrence
-- open: the whole of a plan, to bring it in line with its edition
SELECT id, plan, measure, window_no, organisation, opens_on, due_on, is_outer, label, mark_state, done_on, moved, version
  FROM occurrence WHERE municipality = :municipality AND plan = :plan ORDER BY measure, window_no, id;

-- name: occurrence_add :exec
-- in: municipality municipality_id, plan plan_id, measure measure_id, window_no int, school school_id?, opens_on date?, due_on date?, is_outer bool, label text
INSERT INTO occurrence (municipality, id, plan, measure, window_no, organisation, opens_on, due_on, is_outer, label, mark_state, moved, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :plan, :measure, :window_no, :school, :opens_on, :due_on, :is_outer, :label, 'none', 0, 1
  FROM occurrence WHERE municipality = :municipality;

-- name: occurrence_move :exec1
-- in: municipality municipality_id, id occurrence_id, opens_on date?, due_on date?, is_outer bool, label text
UPDATE occurrence SET opens_on = :opens_on, due_on = :due_on, is_outer = :is_outer, label = :label,
       moved = moved + 1, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: occurrence_drop :exec1
-- in: municipality municipality_id, id occurrence_id
-- Only one that never carried a mark.
DELETE FROM occurrence
 WHERE municipality = :municipality AND id = :id AND mark_state = 'none'
   AND NOT EXISTS (SELECT 1 FROM mark k WHERE k.municipality = occurrence.municipality AND k.occurrence = occurrence.id)
   AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.municipality = occurrence.municipality AND e.occurrence = occurrence.id);

-- name: occurrence_has_history :one
-- in: municipality municipality_id, id occurrence_id
-- out: marks int
-- open: asked while an edition is brought in
SELECT (SELECT count(*) FROM mark k WHERE k.municipality = :municipality AND k.occurrence = :id)
     + (SELECT count(*) FROM evidence e WHERE e.municipality = :municipality AND e.occurrence = :id);

-- name: occurrence_set_mark :exec1
-- in: municipality municipality_id, id occurrence_id, version int, mark_state text, done_on date?
-- Nothing changes when somebody else marked it first.
UPDATE occurrence SET mark_state = :mark_state, done_on = :done_on, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: occurrence_days :each
-- in: municipality municipality_id, plan plan_id
-- out: measure measure_id, window_no int, school school_id?, opens_on date?, due_on date?, is_outer bool, mark_state text, done_on date?
-- What the state of every occurrence needs, and nothing else; plan 0: of every approved plan.
SELECT c.measure, c.window_no, c.organisation, c.opens_on, c.due_on, c.is_outer, c.mark_state, c.done_on
  FROM occurrence c
 WHERE c.municipality = :municipality
   AND c.plan >= :plan AND c.plan <= CASE WHEN :plan = 0 THEN 9223372036854775807 ELSE :plan END
   AND (c.organisation IS NULL OR {visible: c.organisation});

-- name: task_list :many
-- in: municipality municipality_id, plan plan_id, school school_id, measure measure_id, person person_id, from_day date, to_day date
-- out: task
-- 0 stands for all; rows of the municipality itself are in an approved plan, which everybody may read.
SELECT c.id, c.plan, p.title, p.kind, c.measure, s.kind, s.title, m.number, m.title, m.school_part, m.deadline, m.responsible,
       m.evidence, m.goal, c.window_no, c.organisation, o.name, c.opens_on, c.due_on, c.is_outer, c.label, c.mark_state,
       c.done_on, c.version
  FROM occurrence c
  JOIN plan p ON p.municipality = c.municipality AND p.id = c.plan
  JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
  JOIN plan_section s ON s.municipality = m.municipality AND s.plan = m.plan AND s.id = m.section
  LEFT JOIN organisation o ON o.municipality = c.municipality AND o.id = c.organisation
 WHERE c.municipality = :municipality AND p.edition > 0
   AND (:plan = 0 OR c.plan = :plan)
   AND (:school = 0 OR c.organisation = :school)
   AND (:measure = 0 OR c.measure = :measure)
   AND (:person = 0 OR EXISTS (SELECT 1 FROM measure_responsible r
         WHERE r.municipality = c.municipality AND r.measure = c.measure AND r.person = :person))
   AND (c.due_on IS NULL OR (c.due_on >= :from_day AND c.due_on <= :to_day))
   AND (c.organisation IS NULL OR {visible: c.organisation})
 ORDER BY CASE WHEN c.due_on IS NULL THEN 1 ELSE 0 END, c.due_on, s.position, m.position, c.window_no, coalesce(o.sort_key, ''), c.id;

-- name: task_by_id :one
-- in: municipality municipality_id, id occurrence_id
-- out: task
SELECT c.id, c.plan, p.title, p.kind, c.measure, s.kind, s.title, m.number, m.title, m.school_part, m.deadline, m.responsible,
       m.evidence, m.goal, c.window_no, c.organisation, o.name, c.opens_on, c.due_on, c.is_outer, c.label, c.mark_state,
       c.done_on, c.version
  FROM occurrence c
  JOIN plan p ON p.municipality = c.municipality AND p.id = c.plan
  JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
  JOIN plan_section s ON s.municipality = m.municipality AND s.plan = m.plan AND s.id = m.section
  LEFT JOIN organisation o ON o.municipality = c.municipality AND o.id = c.organisation
 WHERE c.municipality = :municipality AND c.id = :id AND (c.organisation IS NULL OR {visible: c.organisation});

-- name: answers_by_name :one
-- in: municipality municipality_id, measure measure_id, person person_id
-- out: number int
-- open: whether the person who asks answers for the row
SELECT number FROM measure_responsible
 WHERE municipality = :municipality AND measure = :measure AND person = :person ORDER BY number LIMIT 1;

-- name: stands_in_for :one
-- in: municipality municipality_id, person person_id, school school_id, today date
-- out: name text
-- open: whose place the person who acts has taken
SELECT p.name FROM role_grant g JOIN person p ON p.municipality = g.municipality AND p.id = g.instead_of
 WHERE g.municipality = :municipality AND g.person = :person AND (g.organisation IS NULL OR g.organisation = :school)
   AND g.since <= :today AND (g.until IS NULL OR g.until >= :today)
   AND NOT EXISTS (SELECT 1 FROM role_grant own
         WHERE own.municipality = g.municipality AND own.person = g.person AND own.instead_of IS NULL AND own.role = g.role
           AND (own.organisation IS NULL OR own.organisation = :school)
           AND own.since <= :today AND (own.until IS NULL OR own.until >= :today))
 ORDER BY g.number LIMIT 1;

-- name: mark_add :exec
-- in: municipality municipality_id, occurrence occurrence_id, kind text, on_date date?, fact_num int?, fact_den int?, text text, person person_id?, person_name text, instead_of text, at moment
INSERT INTO mark (municipality, id, occurrence, kind, on_date, fact_num, fact_den, text, person, person_name, instead_of, at)
SELECT :municipality, coalesce(max(id), 0) + 1, :occurrence, :kind, :on_date, :fact_num, :fact_den, :text, :person,
       :person_name, :instead_of, :at
  FROM mark WHERE municipality = :municipality;

-- name: mark_list :many
-- in: municipality municipality_id, occurrence occurrence_id
-- out: mark
SELECT k.id, k.occurrence, k.kind, k.on_date, k.fact_num, k.fact_den, k.text, k.person, k.person_name, k.instead_of, k.at
  FROM mark k JOIN occurrence c ON c.municipality = k.municipality AND c.id = k.occurrence
 WHERE k.municipality = :municipality AND k.occurrence = :occurrence
   AND (c.organisation IS NULL OR {visible: c.organisation})
 ORDER BY k.id;

-- name: stored_file_add :exec
-- in: municipality municipality_id, hash text, size int, kind text, content blob
INSERT INTO stored_file (municipality, hash, size, kind, content) VALUES (:municipality, :hash, :size, :kind, :content)
ON CONFLICT (municipality, hash) DO NOTHING;

-- name: stored_file_content :one
-- in: municipality municipality_id, hash text
-- out: kind text, content blob
-- open: asked with a piece of evidence the actor may see
SELECT kind, content FROM stored_file WHERE municipality = :municipality AND hash = :hash;

-- name: evidence_add :one
-- in: municipality municipality_id, occurrence occurrence_id, kind text, form text, title text, number text, on_date date?, hash text?, file_name text, address text, person person_id?, person_name text, at moment
-- out: id evidence_id
INSERT INTO evidence (municipality, id, occurrence, kind, form, title, number, on_date, hash, file_name, address, person, person_name, at, is_withdrawn)
SELECT :municipality, coalesce(max(id), 0) + 1, :occurrence, :kind, :form, :title, :number, :on_date, :hash, :file_name,
       :address, :person, :person_name, :at, 0
  FROM evidence WHERE municipality = :municipality
RETURNING id;

-- name: evidence_list :many
-- in: municipality municipality_id, occurrence occurrence_id
-- out: evidence
SELECT e.id, e.occurrence, e.kind, e.form, e.title, e.number, e.on_date, e.hash, e.file_name, f.kind, f.size, e.address,
       e.person, e.person_name, e.at, e.is_withdrawn
  FROM evidence e
  JOIN occurrence c ON c.municipality = e.municipality AND c.id = e.occurrence
  LEFT JOIN stored_file f ON f.municipality = e.municipality AND f.hash = e.hash
 WHERE e.municipality = :municipality AND e.occurrence = :occurrence
   AND (c.organisation IS NULL OR {visible: c.organisation})
 ORDER BY e.id;

-- name: evidence_by_id :one
-- in: municipality municipality_id, id evidence_id
-- out: evidence
SELECT e.id, e.occurrence, e.kind, e.form, e.title, e.number, e.on_date, e.hash, e.file_name, f.kind, f.size, e.address,
       e.person, e.person_name, e.at, e.is_withdrawn
  FROM evidence e
  JOIN occurrence c ON c.municipality = e.municipality AND c.id = e.occurrence
  LEFT JOIN stored_file f ON f.municipality = e.municipality AND f.hash = e.hash
 WHERE e.municipality = :municipality AND e.id = :id
   AND (c.organisation IS NULL OR {visible: c.organisation});

-- name: evidence_set_withdrawn :exec1
-- in: municipality municipality_id, id evidence_id
UPDATE evidence SET is_withdrawn = 1 WHERE municipality = :municipality AND id = :id AND is_withdrawn = 0;
