-- name: objection_open :many
-- in: municipality municipality_id
-- out: id objection_id, run run_id, school school_id, school_name text, filed_at moment
-- What schools said and nobody has answered yet, the oldest first.
SELECT b.id, b.run, b.organisation, o.name, b.filed_at
  FROM objection b
  JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
  JOIN run r ON r.municipality = b.municipality AND r.id = b.run
 WHERE b.municipality = :municipality AND b.state = 'open' AND r.state <> 'dropped'
   AND {visible: b.organisation}
 ORDER BY b.filed_at, b.id;

-- name: objection_answered :many
-- in: municipality municipality_id, since moment
-- out: id objection_id, run run_id, school school_id, school_name text, state text, answer text, answered_at moment
-- Answers since a moment, the newest first.
SELECT b.id, b.run, b.organisation, o.name, b.state, b.answer, b.answered_at
  FROM objection b
  JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND b.state IN ('accepted', 'declined') AND b.answered_at >= :since
   AND {visible: b.organisation}
 ORDER BY b.answered_at DESC, b.id DESC;

-- name: load_trouble :one
-- in: municipality municipality_id, since moment
-- out: drafts int, refused_loads int, refused_rows int
-- open: a load is a fact about a file; its numbers are read by right elsewhere
-- Loads nobody finished, and rows refused since a moment by those that stand.
SELECT coalesce(sum(CASE WHEN state = 'draft' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'loaded' AND refused > 0 AND at >= :since THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'loaded' AND at >= :since THEN refused ELSE 0 END), 0)
  FROM load WHERE municipality = :municipality;

-- name: load_newest :one
-- in: municipality municipality_id
-- out: at moment
-- open: a load is a fact about a file; its numbers are read by right elsewhere
-- Of when the data are.
SELECT at FROM load WHERE municipality = :municipality AND state = 'loaded' ORDER BY at DESC LIMIT 1;

-- name: curator_schools :many
-- in: municipality municipality_id, today date
-- out: person person_id, name text, school school_id
-- Who looks after which school today.
SELECT p.id, p.name, g.organisation
  FROM role_grant g
  JOIN person p ON p.municipality = g.municipality AND p.id = g.person
 WHERE g.municipality = :municipality AND g.role = 'curator' AND g.organisation IS NOT NULL AND p.is_disabled = 0
   AND g.since <= :today AND (g.until IS NULL OR g.until >= :today) AND {visible: g.organisation}
 ORDER BY p.name, p.id, g.organisation;
