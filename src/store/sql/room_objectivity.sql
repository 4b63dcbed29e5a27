-- row: second id int, school school_id, year syear, procedure text, mark2 int, mark3 int, mark4 int, mark5 int, document text, note text, person_name text, at moment, is_withdrawn bool

-- name: second_add :one
-- in: municipality municipality_id, school school_id, year syear, procedure text, mark2 int, mark3 int, mark4 int, mark5 int, document text, note text, person person_id?, person_name text, at moment
-- out: id int
INSERT INTO result_second (municipality, id, organisation, year, procedure, mark2, mark3, mark4, mark5, document, note, person, person_name, at, is_withdrawn)
SELECT :municipality, coalesce(max(id), 0) + 1, :school, :year, :procedure, :mark2, :mark3, :mark4, :mark5,
       :document, :note, :person, :person_name, :at, 0
  FROM result_second WHERE municipality = :municipality
RETURNING id;

-- name: second_of_year :many
-- in: municipality municipality_id, year syear
-- out: second
SELECT s.id, s.organisation, s.year, s.procedure, s.mark2, s.mark3, s.mark4, s.mark5, s.document, s.note, s.person_name, s.at, s.is_withdrawn
  FROM result_second s
 WHERE s.municipality = :municipality AND s.year = :year AND s.is_withdrawn = 0 AND {visible: s.organisation}
 ORDER BY s.organisation, s.procedure, s.id;

-- name: second_by_id :one
-- in: municipality municipality_id, id int
-- out: second
SELECT s.id, s.organisation, s.year, s.procedure, s.mark2, s.mark3, s.mark4, s.mark5, s.document, s.note, s.person_name, s.at, s.is_withdrawn
  FROM result_second s
 WHERE s.municipality = :municipality AND s.id = :id AND {visible: s.organisation};

-- name: second_withdraw :exec1
-- in: municipality municipality_id, id int
UPDATE result_second SET is_withdrawn = 1 WHERE municipality = :municipality AND id = :id AND is_withdrawn = 0;
