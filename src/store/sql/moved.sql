-- row: moved_deadline move int, cause text, person person_id?, person_name text, at moment, on_day date, plan plan_id, measure measure_id, row_number text, title text, school school_id?, school_name text, label text, was_opens date?, was_due date?, opens_on date?, due_on date?

-- name: deadline_move_add :one
-- in: municipality municipality_id, cause text, person person_id?, person_name text, at moment, on_day date
-- out: id int
INSERT INTO deadline_move (municipality, id, cause, person, person_name, at, on_day)
SELECT :municipality, coalesce(max(id), 0) + 1, :cause, :person, :person_name, :at, :on_day
  FROM deadline_move WHERE municipality = :municipality
RETURNING id;

-- name: moved_deadline_add :exec
-- in: municipality municipality_id, move int, number int, plan plan_id, measure measure_id, school school_id?, label text, was_opens date?, was_due date?, opens_on date?, due_on date?
INSERT INTO moved_deadline (municipality, move, number, plan, measure, organisation, label, was_opens, was_due, opens_on, due_on)
VALUES (:municipality, :move, :number, :plan, :measure, :school, :label, :was_opens, :was_due, :opens_on, :due_on);

-- name: moved_deadline_list :many
-- in: municipality municipality_id, since moment
-- out: moved_deadline
-- open: asked by the program itself, to write to each person of what is theirs
-- What has moved since then, cause by cause, of plans that are being carried out.
SELECT d.id, d.cause, d.person, d.person_name, d.at, d.on_day, x.plan, x.measure, m.number, m.title, x.organisation, coalesce(o.name, ''),
       x.label, x.was_opens, x.was_due, x.opens_on, x.due_on
  FROM deadline_move d
  JOIN moved_deadline x ON x.municipality = d.municipality AND x.move = d.id
  JOIN measure m ON m.municipality = x.municipality AND m.id = x.measure
  JOIN plan p ON p.municipality = x.municipality AND p.id = x.plan
  LEFT JOIN organisation o ON o.municipality = x.municipality AND o.id = x.organisation
 WHERE d.municipality = :municipality AND d.at >= :since AND p.edition > 0 AND p.state NOT IN ('closed', 'dropped')
 ORDER BY d.id, x.number;

-- name: week_letter_last :many
-- in: municipality municipality_id, before text
-- out: person person_id, made_at moment
-- open: asked by the program itself, so as not to tell the same twice
-- When each person's last letter of the week was made; before: the key of this week's.
SELECT person, max(made_at) FROM letter
 WHERE municipality = :municipality AND kind = 'week' AND once < :before
 GROUP BY person ORDER BY person;
