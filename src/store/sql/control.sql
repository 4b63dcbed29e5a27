-- Control points: how they are counted and the figures they are counted from.
-- row: control measure measure_id, goal text, goal_sense text, goal_num int?, goal_den int?, baseline_num int?, baseline_den int?, value text, procedure text, year syear, baseline_year syear, person_name text, at moment

-- name: control_list :many
-- in: municipality municipality_id, plan plan_id
-- out: control
-- open: asked with a plan the actor may see
SELECT c.measure, c.goal, c.goal_sense, c.goal_num, c.goal_den, c.baseline_num, c.baseline_den, c.value, c.procedure,
       c.year, c.baseline_year, c.person_name, c.at
  FROM control c JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
 WHERE c.municipality = :municipality AND m.plan = :plan ORDER BY c.measure;

-- name: control_set :exec
-- in: municipality municipality_id, measure measure_id, goal text, goal_sense text, goal_num int?, goal_den int?, baseline_num int?, baseline_den int?, value text, procedure text, year syear, baseline_year syear, person_name text, at moment
INSERT INTO control (municipality, measure, goal, goal_sense, goal_num, goal_den, baseline_num, baseline_den, value, procedure, year, baseline_year, person_name, at)
VALUES (:municipality, :measure, :goal, :goal_sense, :goal_num, :goal_den, :baseline_num, :baseline_den, :value, :procedure, :year, :baseline_year, :person_name, :at)
ON CONFLICT (municipality, measure) DO UPDATE SET goal = excluded.goal, goal_sense = excluded.goal_sense,
       goal_num = excluded.goal_num, goal_den = excluded.goal_den, baseline_num = excluded.baseline_num,
       baseline_den = excluded.baseline_den, value = excluded.value, procedure = excluded.procedure,
       year = excluded.year, baseline_year = excluded.baseline_year, person_name = excluded.person_name, at = excluded.at;

-- name: control_marks :many
-- in: municipality municipality_id, plan plan_id
-- out: measure measure_id, school school_id?, window_no int, mark_state text, fact_num int?, fact_den int?, on_date date?
-- The last word of each term of a control point, with the fact that was marked.
SELECT c.measure, c.organisation, c.window_no, c.mark_state, k.fact_num, k.fact_den, k.on_date
  FROM occurrence c
  JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
  JOIN plan_section s ON s.municipality = m.municipality AND s.plan = m.plan AND s.id = m.section AND s.kind = 'points'
  LEFT JOIN mark k ON k.municipality = c.municipality AND k.occurrence = c.id
        AND k.id = (SELECT max(d.id) FROM mark d WHERE d.municipality = c.municipality AND d.occurrence = c.id AND d.kind = 'done')
 WHERE c.municipality = :municipality AND c.plan = :plan
   AND (c.organisation IS NULL OR {visible: c.organisation})
 ORDER BY c.measure, c.window_no, c.organisation;

-- name: control_counts :one
-- in: municipality municipality_id, plan plan_id, procedure text, year syear
-- out: schools int, participants int, failed int
-- open: the sum over the schools of a plan is a figure of the plan, no school's own
SELECT count(*), coalesce(sum(r.participants), 0), coalesce(sum(r.failed), 0)
  FROM result r
 WHERE r.municipality = :municipality AND r.procedure = :procedure AND r.year = :year AND r.is_current = 1
   AND EXISTS (SELECT 1 FROM plan_school s WHERE s.municipality = r.municipality AND s.plan = :plan
         AND s.organisation = r.organisation AND s.until IS NULL);
