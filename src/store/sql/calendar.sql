-- row: schedule id schedule_id, name text, source text, person_name text, at moment, version int
-- row: schedule_row number int, text text, school school_id?, from_day date?, to_day date

-- name: calendar_span_list :many
-- in: municipality municipality_id
-- out: year syear, code text, name text, from_day date, to_day date, source text
-- open: terms and holidays are public
SELECT year, code, name, from_day, to_day, source FROM calendar_span
 WHERE municipality = :municipality ORDER BY year, code, name;

-- name: calendar_span_add :exec
-- in: municipality municipality_id, year syear, code text, name text, from_day date, to_day date, source text
INSERT INTO calendar_span (municipality, year, code, name, from_day, to_day, source)
VALUES (:municipality, :year, :code, :name, :from_day, :to_day, :source);

-- name: calendar_span_clear :execn
-- in: municipality municipality_id, year syear
DELETE FROM calendar_span WHERE municipality = :municipality AND year = :year;

-- name: calendar_day_list :many
-- in: municipality municipality_id
-- out: day date, is_working bool
-- open: days off are public
SELECT day, is_working FROM calendar_day WHERE municipality = :municipality ORDER BY day;

-- name: calendar_day_set :exec
-- in: municipality municipality_id, day date, is_working bool
INSERT INTO calendar_day (municipality, day, is_working) VALUES (:municipality, :day, :is_working)
ON CONFLICT (municipality, day) DO UPDATE SET is_working = excluded.is_working;

-- name: calendar_day_clear :execn
-- in: municipality municipality_id, from_day date, to_day date
DELETE FROM calendar_day WHERE municipality = :municipality AND day >= :from_day AND day <= :to_day;

-- name: running_plan_list :many
-- in: municipality municipality_id
-- out: id plan_id, title text, state text
-- open: asked when a calendar or a schedule moves deadlines
SELECT id, title, state FROM plan
 WHERE municipality = :municipality AND edition > 0 AND state NOT IN ('closed', 'dropped') ORDER BY id;

-- name: schedule_list :many
-- in: municipality municipality_id
-- out: schedule
-- open: schedules of courses and meetings are open
SELECT id, name, source, person_name, at, version FROM schedule WHERE municipality = :municipality ORDER BY name, id;

-- name: schedule_add :one
-- in: municipality municipality_id, name text, source text, person_name text, at moment
-- out: id schedule_id
INSERT INTO schedule (municipality, id, name, source, person_name, at, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :name, :source, :person_name, :at, 1
  FROM schedule WHERE municipality = :municipality
RETURNING id;

-- name: schedule_set :exec1
-- in: municipality municipality_id, id schedule_id, version int, source text, person_name text, at moment
UPDATE schedule SET source = :source, person_name = :person_name, at = :at, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: schedule_row_list :many
-- in: municipality municipality_id, schedule schedule_id
-- out: schedule_row
-- open: schedules of courses and meetings are open
SELECT number, text, organisation, from_day, to_day FROM schedule_row
 WHERE municipality = :municipality AND schedule = :schedule ORDER BY number;

-- name: schedule_row_add :exec
-- in: municipality municipality_id, schedule schedule_id, number int, text text, school school_id?, from_day date?, to_day date
INSERT INTO schedule_row (municipality, schedule, number, text, organisation, from_day, to_day)
VALUES (:municipality, :schedule, :number, :text, :school, :from_day, :to_day);

-- name: schedule_row_clear :exec
-- in: municipality municipality_id, schedule schedule_id
DELETE FROM schedule_row WHERE municipality = :municipality AND schedule = :schedule;

-- name: measure_set_schedule :exec1
-- in: municipality municipality_id, id measure_id, schedule schedule_id
UPDATE measure SET schedule = :schedule, version = version + 1 WHERE municipality = :municipality AND id = :id;
