-- Profiles of files: what was chosen in the wizard, found again by the headings.
-- row: load_profile id int, signature text, name text, kind text, file_like text, said_procedure text, year_shift int?, columns text, person_name text, made_at moment, used_at moment, times int, last_load load_id

-- name: load_profile_list :many
-- in: municipality municipality_id
-- out: load_profile
-- open: read by whoever may see loads; headings of files, no numbers
SELECT id, signature, name, kind, file_like, said_procedure, year_shift, columns, person_name, made_at, used_at,
       times, last_load
  FROM load_profile WHERE municipality = :municipality ORDER BY name, id;

-- name: load_profile_of :many
-- in: municipality municipality_id, signature text
-- out: load_profile
-- open: read by whoever may load files
-- Every profile of these headings, the last used first.
SELECT id, signature, name, kind, file_like, said_procedure, year_shift, columns, person_name, made_at, used_at,
       times, last_load
  FROM load_profile WHERE municipality = :municipality AND signature = :signature
 ORDER BY used_at DESC, id DESC;

-- name: load_profile_by_id :one
-- in: municipality municipality_id, id int
-- out: load_profile
-- open: read by whoever may load files
SELECT id, signature, name, kind, file_like, said_procedure, year_shift, columns, person_name, made_at, used_at,
       times, last_load
  FROM load_profile WHERE municipality = :municipality AND id = :id;

-- name: load_profile_add :one
-- in: municipality municipality_id, signature text, name text, kind text, file_like text, said_procedure text, year_shift int?, columns text, person_name text, at moment, last_load load_id
-- out: id int
INSERT INTO load_profile (municipality, id, signature, name, kind, file_like, said_procedure, year_shift, columns,
                          person_name, made_at, used_at, times, last_load)
SELECT :municipality, coalesce(max(id), 0) + 1, :signature, :name, :kind, :file_like, :said_procedure, :year_shift,
       :columns, :person_name, :at, :at, 1, :last_load
  FROM load_profile WHERE municipality = :municipality
RETURNING id;

-- name: load_profile_use :exec1
-- in: municipality municipality_id, id int, file_like text, year_shift int?, columns text, at moment, last_load load_id
UPDATE load_profile
   SET file_like = :file_like, year_shift = :year_shift, columns = :columns, used_at = :at, last_load = :last_load,
       times = times + 1
 WHERE municipality = :municipality AND id = :id;

-- name: load_profile_name :exec1
-- in: municipality municipality_id, id int, name text
UPDATE load_profile SET name = :name WHERE municipality = :municipality AND id = :id;

-- name: load_profile_drop :exec1
-- in: municipality municipality_id, id int
DELETE FROM load_profile WHERE municipality = :municipality AND id = :id;

-- name: load_heading_add :exec
-- in: municipality municipality_id, load load_id, signature text, columns text, profile int?
INSERT INTO load_heading (municipality, load, signature, columns, profile)
VALUES (:municipality, :load, :signature, :columns, :profile);

-- name: load_heading_of :one
-- in: municipality municipality_id, load load_id
-- out: signature text, columns text, profile int?
-- open: read by whoever may load files
SELECT signature, columns, profile FROM load_heading WHERE municipality = :municipality AND load = :load;

-- name: load_heading_filled :exec
-- in: municipality municipality_id, load load_id, profile int?
UPDATE load_heading SET profile = :profile WHERE municipality = :municipality AND load = :load;

-- name: load_heading_clear :exec
-- in: municipality municipality_id, load load_id
DELETE FROM load_heading WHERE municipality = :municipality AND load = :load;
