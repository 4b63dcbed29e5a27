-- A year's current counts in one value: see core/results/pack.h.

-- name: pack_each :each
-- in: municipality municipality_id, from_year syear, to_year syear
-- out: year syear, pack blob
-- open: all schools of the municipality, only for those who see all of them
SELECT year, pack FROM result_pack
 WHERE municipality = :municipality AND year BETWEEN :from_year AND :to_year
 ORDER BY year;

-- name: pack_set :exec
-- in: municipality municipality_id, year syear, pack blob
INSERT INTO result_pack (municipality, year, pack) VALUES (:municipality, :year, :pack)
ON CONFLICT (municipality, year) DO UPDATE SET pack = excluded.pack;

-- name: pack_row_each :each
-- in: municipality municipality_id, year syear
-- out: school school_id, procedure text, participants int, failed int
-- open: what the pack is made of, all schools of the municipality
SELECT r.organisation, r.procedure, r.participants, r.failed
  FROM result r
 WHERE r.municipality = :municipality AND r.year = :year AND r.is_current = 1
 ORDER BY r.organisation, r.procedure;

-- name: pack_years_of_load :many
-- in: municipality municipality_id, load load_id
-- out: year syear
-- open: which years a load spoke of
SELECT DISTINCT year FROM result
 WHERE municipality = :municipality AND load = :load;
