-- What the pages and documents of plans ask beyond plans.sql and execution.sql.
-- row: acquaintance number int, name text, post text, school school_id?, school_name text?, person person_id?, on_date date?, is_on_paper bool
-- row: plan_remark number int, measure measure_id?, text text, person_name text, at moment, is_settled bool

-- name: signer :one
-- in: municipality municipality_id, today date
-- out: name text, post text
-- open: who heads the department stands in every order
SELECT p.name, p.post FROM role_grant g JOIN person p ON p.municipality = g.municipality AND p.id = g.person
 WHERE g.municipality = :municipality AND g.role = 'head' AND g.instead_of IS NULL AND p.is_disabled = 0
   AND g.since <= :today AND (g.until IS NULL OR g.until >= :today)
 ORDER BY g.number, p.id LIMIT 1;

-- name: acquaintance_list :many
-- in: municipality municipality_id, plan plan_id, edition int
-- out: acquaintance
-- open: asked with a plan the actor may see
SELECT a.number, a.name, a.post, a.organisation, o.name, a.person, a.on_date, a.is_on_paper
  FROM acquaintance a LEFT JOIN organisation o ON o.municipality = a.municipality AND o.id = a.organisation
 WHERE a.municipality = :municipality AND a.plan = :plan AND a.edition = :edition
 ORDER BY a.number;

-- name: acquaintance_add :execn
-- in: municipality municipality_id, plan plan_id, edition int, name text, post text, school school_id?, person person_id?, on_date date
-- Said once: who has said it already stays as it was.
INSERT INTO acquaintance (municipality, plan, edition, number, name, post, organisation, person, on_date, is_on_paper)
SELECT :municipality, :plan, :edition,
       (SELECT coalesce(max(number), 0) + 1 FROM acquaintance
         WHERE municipality = :municipality AND plan = :plan AND edition = :edition),
       :name, :post, :school, :person, :on_date, 0
 WHERE NOT EXISTS (SELECT 1 FROM acquaintance
         WHERE municipality = :municipality AND plan = :plan AND edition = :edition AND person = :person);

-- name: plan_remark_list :many
-- in: municipality municipality_id, plan plan_id
-- out: plan_remark
-- open: asked with a plan the actor may see
SELECT number, measure, text, person_name, at, is_settled FROM plan_remark
 WHERE municipality = :municipality AND plan = :plan ORDER BY number;

-- name: plan_remark_add :exec
-- in: municipality municipality_id, plan plan_id, measure measure_id?, text text, person person_id?, person_name text, at moment
INSERT INTO plan_remark (municipality, plan, number, measure, text, person, person_name, at, is_settled)
SELECT :municipality, :plan, coalesce(max(number), 0) + 1, :measure, :text, :person, :person_name, :at, 0
  FROM plan_remark WHERE municipality = :municipality AND plan = :plan;

-- name: plan_remark_settle :exec1
-- in: municipality municipality_id, plan plan_id, number int
UPDATE plan_remark SET is_settled = 1
 WHERE municipality = :municipality AND plan = :plan AND number = :number AND is_settled = 0;

-- name: unacquainted :many
-- in: municipality municipality_id, plan plan_id, person person_id, today date
-- out: plan plan_id, plan_title text, edition int, document text, document_number text, document_on date?, approved_at moment, person person_id, name text
-- open: who is asked to read an order, by the order itself
-- Who answers for something in an edition that is in force, by name or as a school that takes part, and has not said
-- that they read it; plan 0: of every plan, person 0: everybody.
SELECT p.id, p.title, p.edition, e.document, e.document_number, e.document_on, e.at, w.id, w.name
  FROM plan p
  JOIN plan_edition e ON e.municipality = p.municipality AND e.plan = p.id AND e.edition = p.edition
  JOIN person w ON w.municipality = p.municipality AND w.is_disabled = 0
 WHERE p.municipality = :municipality AND p.edition > 0 AND p.state NOT IN ('closed', 'dropped') AND p.period_to >= :today
   AND (:plan = 0 OR p.id = :plan) AND (:person = 0 OR w.id = :person)
   AND NOT EXISTS (SELECT 1 FROM acquaintance a
         WHERE a.municipality = p.municipality AND a.plan = p.id AND a.edition = p.edition AND a.person = w.id)
   AND (EXISTS (SELECT 1 FROM measure_responsible r
          JOIN measure m ON m.municipality = r.municipality AND m.id = r.measure
         WHERE r.municipality = p.municipality AND m.plan = p.id AND m.is_dropped = 0 AND r.person = w.id)
     OR EXISTS (SELECT 1 FROM role_grant g
         WHERE g.municipality = p.municipality AND g.person = w.id AND g.role IN ('school', 'support')
           AND g.since <= :today AND (g.until IS NULL OR g.until >= :today)
           AND (g.organisation = p.organisation
             OR EXISTS (SELECT 1 FROM plan_school s
                 WHERE s.municipality = p.municipality AND s.plan = p.id AND s.organisation = g.organisation AND s.until IS NULL)
             OR EXISTS (SELECT 1 FROM measure_responsible r
                  JOIN measure m ON m.municipality = r.municipality AND m.id = r.measure
                 WHERE r.municipality = p.municipality AND m.plan = p.id AND m.is_dropped = 0
                   AND r.organisation = g.organisation AND r.is_collective = 0))))
 ORDER BY p.id, w.name, w.id;

-- name: plan_waiting :many
-- in: municipality municipality_id
-- out: plan plan_id, title text, school school_id?, school_name text, state text, step text, reason text, person_name text, at moment, remarks int
-- Plans on approval, and those that were given back; remarks: not taken into account yet.
SELECT p.id, p.title, p.organisation, coalesce(o.name, ''), p.state, s.step, s.reason, s.person_name, s.at,
       (SELECT count(*) FROM plan_remark r WHERE r.municipality = p.municipality AND r.plan = p.id AND r.is_settled = 0)
  FROM plan p
  JOIN plan_step s ON s.municipality = p.municipality AND s.plan = p.id
  LEFT JOIN organisation o ON o.municipality = p.municipality AND o.id = p.organisation
 WHERE p.municipality = :municipality
   AND s.number = (SELECT max(l.number) FROM plan_step l WHERE l.municipality = p.municipality AND l.plan = p.id)
   AND (p.state IN ('review', 'amended') OR s.step IN ('return', 'send_back')) AND {visible: p.organisation}
 ORDER BY s.at, p.id;

-- name: proposal_waiting :many
-- in: municipality municipality_id
-- out: plan plan_id, title text, school school_id, school_name text, n int, oldest moment
-- What the municipality offers to road maps of schools and nobody has answered, one row a map.
SELECT p.id, p.title, o.id, o.name, count(*), min(q.at)
  FROM proposal q
  JOIN plan p ON p.municipality = q.municipality AND p.id = q.plan
  JOIN organisation o ON o.municipality = p.municipality AND o.id = p.organisation
 WHERE q.municipality = :municipality AND q.state = 'open' AND p.state NOT IN ('closed', 'dropped') AND {visible: p.organisation}
 GROUP BY p.id, p.title, o.id, o.name
 ORDER BY min(q.at), p.id;
