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

-- name: acquaintance_add :exec
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
