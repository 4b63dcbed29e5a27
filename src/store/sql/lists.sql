-- name: run_status_counts :many
-- in: municipality municipality_id
-- out: run run_id, status text, n int
-- How many schools each list gave each status; only schools the actor sees.
SELECT v.run, v.status, count(*)
  FROM verdict v
 WHERE v.municipality = :municipality AND {visible: v.organisation}
 GROUP BY v.run, v.status
 ORDER BY v.run, v.status;

-- name: run_before :one
-- in: municipality municipality_id, method text, year syear
-- out: id run_id
-- open: that a list was drawn up is known; its schools are read by right
-- The list of the nearest earlier year: an approved one before a draft.
SELECT id FROM run
 WHERE municipality = :municipality AND method = :method AND year < :year AND state <> 'dropped'
 ORDER BY year DESC, CASE WHEN state IN ('approved', 'reconciled', 'closed') THEN 0 ELSE 1 END, id DESC
 LIMIT 1;

-- name: run_same :one
-- in: municipality municipality_id, hash text
-- out: id run_id
-- open: that a list was drawn up is known; its schools are read by right
-- A list that came to the very same decisions from the very same inputs.
SELECT id FROM run WHERE municipality = :municipality AND hash = :hash AND state <> 'dropped'
 ORDER BY id DESC LIMIT 1;
