-- Files kept while somebody is asked about them; core/results/kept_file.h.

-- name: kept_file_put :exec
-- in: municipality municipality_id, keeper text, word text, name text, at moment, sealed blob
-- The last one of a session; it takes the place of the one before.
INSERT INTO kept_file (municipality, keeper, word, name, at, sealed)
VALUES (:municipality, :keeper, :word, :name, :at, :sealed)
ON CONFLICT (municipality, keeper) DO UPDATE
   SET word = :word, name = :name, at = :at, sealed = :sealed;

-- name: kept_file_of :one
-- in: municipality municipality_id, keeper text, word text, since moment
-- out: name text, sealed blob
-- open: asked by the session that keeps it; nobody else can read what it says
SELECT name, sealed FROM kept_file
 WHERE municipality = :municipality AND keeper = :keeper AND word = :word AND at >= :since;

-- name: kept_file_drop :exec
-- in: municipality municipality_id, keeper text
DELETE FROM kept_file WHERE municipality = :municipality AND keeper = :keeper;

-- name: kept_file_forget_old :execn
-- in: before moment
DELETE FROM kept_file WHERE at < :before;
