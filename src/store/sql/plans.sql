-- row: plan id plan_id, kind text, school school_id?, parent plan_id?, title text, period_from date, period_to date, group_kind text, group_on date?, columns text, aim text, tasks text, basis text, control text, state text, edition int, source_name text, copied_from plan_id?, person_name text, at moment, version int
-- row: plan_line id plan_id, kind text, school school_id?, school_name text?, title text, period_from date, period_to date, state text, edition int, measures int, document_number text?, document_on date?, version int
-- row: plan_section id int, position int, kind text, number text, title text
-- row: measure id measure_id, plan plan_id, section int, position int, number text, title text, school_part text, deadline text, responsible text, result text, indicator text, report_form text, note text, evidence text, answers text, basis text, participants text, goal text, goal_sense text, goal_num int?, goal_den int?, baseline_num int?, baseline_den int?, baseline_on date?, parent measure_id?, schedule schedule_id?, source_place text, is_dropped bool, version int
-- row: measure_responsible measure measure_id, number int, kind text, text text, is_collective bool, person person_id?, school school_id?
-- row: plan_person number int, name text, post text, area text, person person_id?
-- row: plan_school school school_id, name text, since date, until date?
-- row: plan_step number int, step text, was text, becomes text, edition int, document text, document_number text, document_on date?, reason text, person person_id?, person_name text, at moment
-- row: plan_edition edition int, document text, document_number text, document_on date, body text, title text, period_from date, period_to date, schools text, hash text, person_name text, at moment
-- row: edition_measure position int, measure measure_id, section_kind text, section text, number text, title text, school_part text, deadline text, responsible text, result text, indicator text, report_form text, evidence text, schools text
-- row: proposal id proposal_id, plan plan_id, measure measure_id?, parent measure_id, from_edition int, edition int, change text, at moment, state text, reason text, person_name text, answered_at moment?
-- row: plan_map school school_id, name text, plan plan_id?, state text?, edition int?, measures int, own int, waiting int, taken int, declined int

-- Everybody sees the municipality's own approved plans; its drafts only those
-- who see all schools; a school's plan those who see the school.

-- name: plan_list :many
-- in: municipality municipality_id
-- out: plan_line
-- The municipality's first, the newest first, then the schools' by alphabet.
SELECT p.id, p.kind, p.organisation, o.name, p.title, p.period_from, p.period_to, p.state, p.edition,
       (SELECT count(*) FROM measure m WHERE m.municipality = p.municipality AND m.plan = p.id AND m.is_dropped = 0),
       e.document_number, e.document_on, p.version
  FROM plan p
  LEFT JOIN organisation o ON o.municipality = p.municipality AND o.id = p.organisation
  LEFT JOIN plan_edition e ON e.municipality = p.municipality AND e.plan = p.id AND e.edition = p.edition
 WHERE p.municipality = :municipality
   AND ((p.organisation IS NULL AND p.edition > 0) OR {visible: p.organisation})
 ORDER BY CASE WHEN p.organisation IS NULL THEN 0 ELSE 1 END, p.period_from DESC, coalesce(o.sort_key, ''), p.id;

-- name: plan_by_id :one
-- in: municipality municipality_id, id plan_id
-- out: plan
SELECT p.id, p.kind, p.organisation, p.parent, p.title, p.period_from, p.period_to, p.group_kind, p.group_on,
       p.columns, p.aim, p.tasks, p.basis, p.control, p.state, p.edition, p.source_name, p.copied_from,
       p.person_name, p.at, p.version
  FROM plan p
 WHERE p.municipality = :municipality AND p.id = :id
   AND ((p.organisation IS NULL AND p.edition > 0) OR {visible: p.organisation});

-- name: plan_same_source :one
-- in: municipality municipality_id, source_hash text
-- out: id plan_id, title text
-- open: asked by whoever brings a file in
-- A plan that was taken from the very same file.
SELECT id, title FROM plan
 WHERE municipality = :municipality AND source_hash = :source_hash AND state <> 'dropped'
 ORDER BY id DESC LIMIT 1;

-- name: plan_add :one
-- in: municipality municipality_id, kind text, school school_id?, parent plan_id?, title text, period_from date, period_to date, group_kind text, group_on date?, columns text, aim text, tasks text, basis text, control text, source_name text, source_hash text, copied_from plan_id?, person person_id?, person_name text, at moment
-- out: id plan_id
INSERT INTO plan (municipality, id, kind, organisation, parent, title, period_from, period_to, group_kind, group_on, columns, aim, tasks, basis, control, state, edition, source_name, source_hash, copied_from, person, person_name, at, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :kind, :school, :parent, :title, :period_from, :period_to,
       :group_kind, :group_on, :columns, :aim, :tasks, :basis, :control, 'draft', 0, :source_name, :source_hash,
       :copied_from, :person, :person_name, :at, 1
  FROM plan WHERE municipality = :municipality
RETURNING id;

-- name: plan_set_head :exec1
-- in: municipality municipality_id, id plan_id, version int, title text, period_from date, period_to date, group_kind text, group_on date?, columns text, aim text, tasks text, basis text, control text
UPDATE plan SET title = :title, period_from = :period_from, period_to = :period_to, group_kind = :group_kind,
       group_on = :group_on, columns = :columns, aim = :aim, tasks = :tasks, basis = :basis, control = :control,
       version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: plan_set_state :exec1
-- in: municipality municipality_id, id plan_id, version int, state text, edition int
UPDATE plan SET state = :state, edition = :edition, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: plan_touch :exec1
-- in: municipality municipality_id, id plan_id
-- A row of it changed.
UPDATE plan SET version = version + 1 WHERE municipality = :municipality AND id = :id;

-- name: plan_school_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_school
-- open: which schools an approved plan is for stands in the order
SELECT s.organisation, o.name, s.since, s.until
  FROM plan_school s JOIN organisation o ON o.municipality = s.municipality AND o.id = s.organisation
 WHERE s.municipality = :municipality AND s.plan = :plan
 ORDER BY o.sort_key, s.organisation;

-- name: plan_school_add :exec
-- in: municipality municipality_id, plan plan_id, school school_id, since date
INSERT INTO plan_school (municipality, plan, organisation, since) VALUES (:municipality, :plan, :school, :since);

-- name: plan_school_remove :exec1
-- in: municipality municipality_id, plan plan_id, school school_id
DELETE FROM plan_school WHERE municipality = :municipality AND plan = :plan AND organisation = :school;

-- name: plan_school_leave :exec1
-- in: municipality municipality_id, plan plan_id, school school_id, until date
UPDATE plan_school SET until = :until
 WHERE municipality = :municipality AND plan = :plan AND organisation = :school;

-- name: plan_section_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_section
-- open: asked with a plan the actor may see
SELECT id, position, kind, number, title FROM plan_section
 WHERE municipality = :municipality AND plan = :plan ORDER BY position, id;

-- name: plan_section_add :one
-- in: municipality municipality_id, plan plan_id, position int, kind text, number text, title text
-- out: id int
INSERT INTO plan_section (municipality, plan, id, position, kind, number, title)
SELECT :municipality, :plan, coalesce(max(id), 0) + 1, :position, :kind, :number, :title
  FROM plan_section WHERE municipality = :municipality AND plan = :plan
RETURNING id;

-- name: plan_section_set :exec1
-- in: municipality municipality_id, plan plan_id, id int, position int, number text, title text
UPDATE plan_section SET position = :position, number = :number, title = :title
 WHERE municipality = :municipality AND plan = :plan AND id = :id;

-- name: measure_list :many
-- in: municipality municipality_id, plan plan_id
-- out: measure
-- open: asked with a plan the actor may see
-- In the order of the appendix.
SELECT m.id, m.plan, m.section, m.position, m.number, m.title, m.school_part, m.deadline, m.responsible, m.result,
       m.indicator, m.report_form, m.note, m.evidence, m.answers, m.basis, m.participants, m.goal, m.goal_sense,
       m.goal_num, m.goal_den, m.baseline_num, m.baseline_den, m.baseline_on, m.parent, m.schedule,
       m.source_place, m.is_dropped, m.version
  FROM measure m JOIN plan_section s ON s.municipality = m.municipality AND s.plan = m.plan AND s.id = m.section
 WHERE m.municipality = :municipality AND m.plan = :plan
 ORDER BY s.position, s.id, m.position, m.id;

-- name: measure_by_id :one
-- in: municipality municipality_id, id measure_id
-- out: measure
SELECT m.id, m.plan, m.section, m.position, m.number, m.title, m.school_part, m.deadline, m.responsible, m.result,
       m.indicator, m.report_form, m.note, m.evidence, m.answers, m.basis, m.participants, m.goal, m.goal_sense,
       m.goal_num, m.goal_den, m.baseline_num, m.baseline_den, m.baseline_on, m.parent, m.schedule,
       m.source_place, m.is_dropped, m.version
  FROM measure m JOIN plan p ON p.municipality = m.municipality AND p.id = m.plan
 WHERE m.municipality = :municipality AND m.id = :id
   AND ((p.organisation IS NULL AND p.edition > 0) OR {visible: p.organisation});

-- name: measure_add :one
-- in: municipality municipality_id, plan plan_id, section int, position int, number text, title text, school_part text, deadline text, responsible text, result text, indicator text, report_form text, note text, evidence text, answers text, basis text, participants text, goal text, goal_sense text, goal_num int?, goal_den int?, parent measure_id?, source_place text
-- out: id measure_id
INSERT INTO measure (municipality, id, plan, section, position, number, title, school_part, deadline, responsible, result, indicator, report_form, note, evidence, answers, basis, participants, goal, goal_sense, goal_num, goal_den, parent, source_place, is_dropped, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :plan, :section, :position, :number, :title, :school_part, :deadline,
       :responsible, :result, :indicator, :report_form, :note, :evidence, :answers, :basis, :participants, :goal,
       :goal_sense, :goal_num, :goal_den, :parent, :source_place, 0, 1
  FROM measure WHERE municipality = :municipality
RETURNING id;

-- name: measure_set :exec1
-- in: municipality municipality_id, id measure_id, version int, number text, title text, school_part text, deadline text, responsible text, result text, indicator text, report_form text, note text, evidence text, answers text, basis text, participants text, goal text, goal_sense text, goal_num int?, goal_den int?, baseline_num int?, baseline_den int?, baseline_on date?, schedule schedule_id?
-- Nothing changes when somebody else changed the row first.
UPDATE measure SET number = :number, title = :title, school_part = :school_part, deadline = :deadline,
       responsible = :responsible, result = :result, indicator = :indicator, report_form = :report_form, note = :note,
       evidence = :evidence, answers = :answers, basis = :basis, participants = :participants, goal = :goal,
       goal_sense = :goal_sense, goal_num = :goal_num, goal_den = :goal_den, baseline_num = :baseline_num,
       baseline_den = :baseline_den, baseline_on = :baseline_on, schedule = :schedule, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: measure_place :exec1
-- in: municipality municipality_id, id measure_id, version int, section int, position int
UPDATE measure SET section = :section, position = :position, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: bulk_row_measures :many
-- in: municipality municipality_id, plan plan_id, number int
-- out: measure
-- open: asked with a plan the actor may change
-- Rows as they were before a change of many (plan_bulk.sql).
SELECT measure, plan, section, position, row_number, title, school_part, deadline, responsible, result, indicator,
       report_form, note, evidence, answers, basis, participants, goal, goal_sense, goal_num, goal_den, baseline_num,
       baseline_den, baseline_on, parent, schedule, source_place, 0, left_version
  FROM bulk_row
 WHERE municipality = :municipality AND plan = :plan AND number = :number ORDER BY measure;

-- name: measure_make_room :exec
-- in: municipality municipality_id, plan plan_id, section int, from_position int
-- Rows from this place on move one down.
UPDATE measure SET position = position + 1
 WHERE municipality = :municipality AND plan = :plan AND section = :section AND position >= :from_position;

-- name: measure_number :exec1
-- in: municipality municipality_id, id measure_id, number text
UPDATE measure SET number = :number, version = version + 1 WHERE municipality = :municipality AND id = :id;

-- name: measure_drop :exec1
-- in: municipality municipality_id, id measure_id, version int, is_dropped bool
UPDATE measure SET is_dropped = :is_dropped, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: measure_delete :exec1
-- in: municipality municipality_id, id measure_id, version int
-- Only rows no edition holds; the caller has asked.
DELETE FROM measure WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: measure_in_edition :one
-- in: municipality municipality_id, plan plan_id, id measure_id
-- out: edition int
-- open: asked with a plan the actor may see
SELECT edition FROM edition_measure
 WHERE municipality = :municipality AND plan = :plan AND measure = :id ORDER BY edition DESC LIMIT 1;

-- name: measure_responsible_list :many
-- in: municipality municipality_id, plan plan_id
-- out: measure_responsible
-- open: asked with a plan the actor may see
SELECT r.measure, r.number, r.kind, r.text, r.is_collective, r.person, r.organisation
  FROM measure_responsible r JOIN measure m ON m.municipality = r.municipality AND m.id = r.measure
 WHERE r.municipality = :municipality AND m.plan = :plan ORDER BY r.measure, r.number;

-- name: measure_responsible_add :exec
-- in: municipality municipality_id, measure measure_id, number int, kind text, text text, is_collective bool, person person_id?, school school_id?
INSERT INTO measure_responsible (municipality, measure, number, kind, text, is_collective, person, organisation)
VALUES (:municipality, :measure, :number, :kind, :text, :is_collective, :person, :school);

-- name: measure_responsible_clear :exec
-- in: municipality municipality_id, measure measure_id
DELETE FROM measure_responsible WHERE municipality = :municipality AND measure = :measure;

-- name: measure_school_list :many
-- in: municipality municipality_id, plan plan_id
-- out: measure measure_id, school school_id
-- open: asked with a plan the actor may see
SELECT c.measure, c.organisation
  FROM measure_school c JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
 WHERE c.municipality = :municipality AND m.plan = :plan ORDER BY c.measure, c.organisation;

-- name: measure_school_add :exec
-- in: municipality municipality_id, measure measure_id, school school_id
INSERT INTO measure_school (municipality, measure, organisation) VALUES (:municipality, :measure, :school);

-- name: measure_school_clear :exec
-- in: municipality municipality_id, measure measure_id
DELETE FROM measure_school WHERE municipality = :municipality AND measure = :measure;

-- name: plan_person_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_person
-- open: the list of specialists stands in the order
SELECT number, name, post, area, person FROM plan_person
 WHERE municipality = :municipality AND plan = :plan ORDER BY number;

-- name: plan_person_add :exec
-- in: municipality municipality_id, plan plan_id, number int, name text, post text, area text, person person_id?
INSERT INTO plan_person (municipality, plan, number, name, post, area, person)
VALUES (:municipality, :plan, :number, :name, :post, :area, :person);

-- name: plan_step_add :exec
-- in: municipality municipality_id, plan plan_id, step text, was text, becomes text, edition int, document text, document_number text, document_on date?, reason text, person person_id?, person_name text, at moment
INSERT INTO plan_step (municipality, plan, number, step, was, becomes, edition, document, document_number, document_on, reason, person, person_name, at)
SELECT :municipality, :plan, coalesce(max(number), 0) + 1, :step, :was, :becomes, :edition, :document,
       :document_number, :document_on, :reason, :person, :person_name, :at
  FROM plan_step WHERE municipality = :municipality AND plan = :plan;

-- name: plan_step_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_step
-- open: asked with a plan the actor may see
SELECT number, step, was, becomes, edition, document, document_number, document_on, reason, person, person_name, at
  FROM plan_step WHERE municipality = :municipality AND plan = :plan ORDER BY number;

-- name: plan_edition_add :exec
-- in: municipality municipality_id, plan plan_id, edition int, document text, document_number text, document_on date, body text, title text, period_from date, period_to date, schools text, hash text, person person_id?, person_name text, at moment
INSERT INTO plan_edition (municipality, plan, edition, document, document_number, document_on, body, title, period_from, period_to, schools, hash, person, person_name, at)
VALUES (:municipality, :plan, :edition, :document, :document_number, :document_on, :body, :title, :period_from,
        :period_to, :schools, :hash, :person, :person_name, :at);

-- name: plan_edition_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_edition
-- open: asked with a plan the actor may see
SELECT edition, document, document_number, document_on, body, title, period_from, period_to, schools, hash, person_name, at
  FROM plan_edition WHERE municipality = :municipality AND plan = :plan ORDER BY edition;

-- name: edition_measure_add :exec
-- in: municipality municipality_id, plan plan_id, edition int, position int, measure measure_id, section_kind text, section text, number text, title text, school_part text, deadline text, responsible text, result text, indicator text, report_form text, evidence text, schools text
INSERT INTO edition_measure (municipality, plan, edition, position, measure, section_kind, section, number, title, school_part, deadline, responsible, result, indicator, report_form, evidence, schools)
VALUES (:municipality, :plan, :edition, :position, :measure, :section_kind, :section, :number, :title, :school_part,
        :deadline, :responsible, :result, :indicator, :report_form, :evidence, :schools);

-- name: edition_measure_list :many
-- in: municipality municipality_id, plan plan_id, edition int
-- out: edition_measure
-- open: asked with a plan the actor may see
SELECT position, measure, section_kind, section, number, title, school_part, deadline, responsible, result, indicator,
       report_form, evidence, schools
  FROM edition_measure
 WHERE municipality = :municipality AND plan = :plan AND edition = :edition ORDER BY position;

-- name: plan_children :many
-- in: municipality municipality_id, parent plan_id
-- out: id plan_id, school school_id?
-- open: asked when the parent is approved
SELECT id, organisation FROM plan
 WHERE municipality = :municipality AND parent = :parent AND state NOT IN ('dropped', 'closed') ORDER BY id;

-- name: proposal_add :exec
-- in: municipality municipality_id, plan plan_id, measure measure_id?, parent measure_id, from_edition int, edition int, change text, at moment
INSERT INTO proposal (municipality, id, plan, measure, parent, from_edition, edition, change, at, state, reason, person_name)
SELECT :municipality, coalesce(max(id), 0) + 1, :plan, :measure, :parent, :from_edition, :edition, :change, :at, 'open', '', ''
  FROM proposal WHERE municipality = :municipality;

-- name: proposal_list :many
-- in: municipality municipality_id, plan plan_id
-- out: proposal
-- Those that wait first, then the latest.
SELECT q.id, q.plan, q.measure, q.parent, q.from_edition, q.edition, q.change, q.at, q.state, q.reason, q.person_name, q.answered_at
  FROM proposal q JOIN plan p ON p.municipality = q.municipality AND p.id = q.plan
 WHERE q.municipality = :municipality AND q.plan = :plan AND q.state <> 'replaced' AND {visible: p.organisation}
 ORDER BY CASE q.state WHEN 'open' THEN 0 ELSE 1 END, q.edition DESC, q.id;

-- name: proposal_by_id :one
-- in: municipality municipality_id, plan plan_id, id proposal_id
-- out: proposal
SELECT q.id, q.plan, q.measure, q.parent, q.from_edition, q.edition, q.change, q.at, q.state, q.reason, q.person_name, q.answered_at
  FROM proposal q JOIN plan p ON p.municipality = q.municipality AND p.id = q.plan
 WHERE q.municipality = :municipality AND q.plan = :plan AND q.id = :id AND {visible: p.organisation};

-- name: proposal_close :exec1
-- in: municipality municipality_id, id proposal_id, state text, reason text, person_name text, at moment
-- Nothing changes when somebody else answered first.
UPDATE proposal SET state = :state, reason = :reason, person_name = :person_name, answered_at = :at
 WHERE municipality = :municipality AND id = :id AND state = 'open';

-- name: plan_map_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_map
-- The schools of a municipal plan, their road maps and what they answered.
SELECT s.organisation, o.name, c.id, c.state, c.edition,
       (SELECT count(*) FROM measure m WHERE m.municipality = c.municipality AND m.plan = c.id AND m.is_dropped = 0),
       (SELECT count(*) FROM measure m WHERE m.municipality = c.municipality AND m.plan = c.id AND m.is_dropped = 0 AND m.parent IS NULL),
       (SELECT count(*) FROM proposal q WHERE q.municipality = c.municipality AND q.plan = c.id AND q.state = 'open'),
       (SELECT count(*) FROM proposal q WHERE q.municipality = c.municipality AND q.plan = c.id AND q.state = 'taken'),
       (SELECT count(*) FROM proposal q WHERE q.municipality = c.municipality AND q.plan = c.id AND q.state = 'declined')
  FROM plan_school s
  JOIN organisation o ON o.municipality = s.municipality AND o.id = s.organisation
  LEFT JOIN plan c ON c.municipality = s.municipality AND c.parent = s.plan AND c.organisation = s.organisation
        AND c.state NOT IN ('dropped', 'closed')
 WHERE s.municipality = :municipality AND s.plan = :plan AND s.until IS NULL AND {visible: s.organisation}
 ORDER BY o.sort_key, s.organisation, c.id;

-- name: responsible_used :many
-- in: municipality municipality_id
-- out: text text
-- open: names that approved orders print are names of the directory
SELECT DISTINCT r.text FROM measure_responsible r
  JOIN measure m ON m.municipality = r.municipality AND m.id = r.measure
  JOIN plan p ON p.municipality = m.municipality AND p.id = m.plan
 WHERE r.municipality = :municipality AND p.edition > 0
 ORDER BY r.text;
