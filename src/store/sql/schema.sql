-- name: schema_step :one
-- out: number int
-- open: the program's own bookkeeping
-- The last step of the schema that was applied, 0 before the first.
SELECT coalesce(max(number), 0) FROM schema_step;

-- name: schema_add :exec
-- in: number int, name text
INSERT INTO schema_step (number, name) VALUES (:number, :name);
