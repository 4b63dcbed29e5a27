-- Many rows at once, and the way back.
-- row: bulk number int, kind text, rows int, person_name text, at moment

-- name: bulk_add :one
-- in: municipality municipality_id, plan plan_id, kind text, rows int, person person_id?, person_name text, at moment
-- out: number int
INSERT INTO bulk (municipality, plan, number, kind, rows, person, person_name, at, is_undone)
SELECT :municipality, :plan, coalesce(max(number), 0) + 1, :kind, :rows, :person, :person_name, :at, 0
  FROM bulk WHERE municipality = :municipality AND plan = :plan
RETURNING number;

-- name: bulk_last :one
-- in: municipality municipality_id, plan plan_id
-- out: bulk
-- open: asked with a plan the actor may change
-- The last one, when it still stands.
SELECT number, kind, rows, person_name, at FROM bulk
 WHERE municipality = :municipality AND plan = :plan AND is_undone = 0
   AND number = (SELECT max(number) FROM bulk b WHERE b.municipality = :municipality AND b.plan = :plan);

-- name: bulk_close :exec1
-- in: municipality municipality_id, plan plan_id, number int
-- Nothing changes when somebody else took it back first.
UPDATE bulk SET is_undone = 1
 WHERE municipality = :municipality AND plan = :plan AND number = :number AND is_undone = 0;

-- name: bulk_row_keep :exec
-- in: municipality municipality_id, number int, measure measure_id, schools text
INSERT INTO bulk_row (municipality, plan, number, measure, left_version, schools, section, position, row_number, title, school_part, deadline, responsible, result, indicator, report_form, note, evidence, answers, basis, participants, goal, goal_sense, goal_num, goal_den, baseline_num, baseline_den, baseline_on, parent, schedule, source_place)
SELECT municipality, plan, :number, id, 0, :schools, section, position, number, title, school_part, deadline, responsible, result, indicator, report_form, note, evidence, answers, basis, participants, goal, goal_sense, goal_num, goal_den, baseline_num, baseline_den, baseline_on, parent, schedule, source_place
  FROM measure WHERE municipality = :municipality AND id = :measure;

-- name: bulk_row_left :exec
-- in: municipality municipality_id, plan plan_id, number int
-- The version each row has after the change; 0 where the row is gone.
UPDATE bulk_row SET left_version = coalesce((SELECT m.version FROM measure m
         WHERE m.municipality = bulk_row.municipality AND m.id = bulk_row.measure), 0)
 WHERE municipality = :municipality AND plan = :plan AND number = :number;

-- name: bulk_row_list :many
-- in: municipality municipality_id, plan plan_id, number int
-- out: left_version int, schools text
-- open: asked with a plan the actor may change
-- In the order of bulk_row_measures.
SELECT left_version, schools FROM bulk_row
 WHERE municipality = :municipality AND plan = :plan AND number = :number ORDER BY measure;

-- name: confirmed_at_once :many
-- in: municipality municipality_id, person person_id, since moment
-- out: occurrence occurrence_id, version int, at moment
-- What this person confirmed last in one go, and nobody has touched since.
SELECT k.occurrence, c.version, k.at
  FROM mark k JOIN occurrence c ON c.municipality = k.municipality AND c.id = k.occurrence
 WHERE k.municipality = :municipality AND k.person = :person AND k.kind = 'confirmed'
   AND c.mark_state = 'confirmed' AND (c.organisation IS NULL OR {visible: c.organisation})
   AND k.at = (SELECT max(b.at) FROM mark b
         WHERE b.municipality = :municipality AND b.person = :person AND b.kind = 'confirmed' AND b.at >= :since)
   AND k.id = (SELECT max(l.id) FROM mark l WHERE l.municipality = k.municipality AND l.occurrence = k.occurrence)
 ORDER BY k.occurrence;
