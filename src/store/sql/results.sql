-- row: load id load_id, kind text, profile text, file_name text, file_hash text, file_size int, said_year syear?, said_procedure text?, state text, person person_id?, at moment, rows_read int, added int, changed int, same int, refused int, undone_by person_id?, undone_at moment?
-- row: result year syear, school school_id, procedure text, revision int, is_current bool, participants int, failed int, mark2 int?, mark3 int?, mark4 int?, mark5 int?, left_out int, is_after_retake bool, is_amended bool, load load_id, school_ref text, sheet text, row_number int, last_row int, column_name text
-- row: observation year syear, school school_id, element text, revision int, is_current bool, num int?, den int?, as_written text, dated date?, source_note text, load load_id, school_ref text, sheet text, row_number int, column_name text

-- name: load_add :one
-- in: municipality municipality_id, kind text, profile text, file_name text, file_hash text, file_size int, said_year syear?, said_procedure text?, state text, person person_id?, at moment
-- out: id load_id
INSERT INTO load (municipality, id, kind, profile, file_name, file_hash, file_size, said_year, said_procedure,
                  state, person, at, rows_read, added, changed, same, refused)
SELECT :municipality, coalesce(max(id), 0) + 1, :kind, :profile, :file_name, :file_hash, :file_size, :said_year,
       :said_procedure, :state, :person, :at, 0, 0, 0, 0, 0
  FROM load WHERE municipality = :municipality
RETURNING id;

-- name: load_count :exec1
-- in: municipality municipality_id, id load_id, kind text, profile text, state text, rows_read int, added int, changed int, same int, refused int
UPDATE load SET kind = :kind, profile = :profile, state = :state, rows_read = :rows_read, added = :added,
       changed = :changed, same = :same, refused = :refused
 WHERE municipality = :municipality AND id = :id;

-- name: load_by_id :one
-- in: municipality municipality_id, id load_id
-- out: load
-- open: a load is a fact about a file; its numbers are read by right elsewhere
SELECT id, kind, profile, file_name, file_hash, file_size, said_year, said_procedure, state, person, at,
       rows_read, added, changed, same, refused, undone_by, undone_at
  FROM load WHERE municipality = :municipality AND id = :id;

-- name: load_list :many
-- in: municipality municipality_id
-- out: load
-- open: a load is a fact about a file; its numbers are read by right elsewhere
SELECT id, kind, profile, file_name, file_hash, file_size, said_year, said_procedure, state, person, at,
       rows_read, added, changed, same, refused, undone_by, undone_at
  FROM load WHERE municipality = :municipality ORDER BY id DESC;

-- name: load_same_file :one
-- in: municipality municipality_id, file_hash text, said_year syear?, said_procedure text?
-- out: load
-- open: a load is a fact about a file; its numbers are read by right elsewhere
-- The standing load of this very file with the same year and procedure said beside it.
SELECT id, kind, profile, file_name, file_hash, file_size, said_year, said_procedure, state, person, at,
       rows_read, added, changed, same, refused, undone_by, undone_at
  FROM load
 WHERE municipality = :municipality AND file_hash = :file_hash AND state = 'loaded'
   AND coalesce(said_year, 0) = coalesce(:said_year, 0)
   AND coalesce(said_procedure, '') = coalesce(:said_procedure, '')
 ORDER BY id DESC LIMIT 1;

-- name: load_say :exec1
-- in: municipality municipality_id, id load_id, year syear?, procedure text?
-- What a person says of a draft after seeing it; a loaded one keeps its words.
UPDATE load SET said_year = :year, said_procedure = :procedure
 WHERE municipality = :municipality AND id = :id AND state = 'draft';

-- name: load_like :one
-- in: municipality municipality_id, kind text, profile text, but load_id
-- out: load
-- open: a load is a fact about a file; its numbers are read by right elsewhere
-- The newest standing load of a file of the same kind and profile.
SELECT id, kind, profile, file_name, file_hash, file_size, said_year, said_procedure, state, person, at, rows_read,
       added, changed, same, refused, undone_by, undone_at
  FROM load
 WHERE municipality = :municipality AND kind = :kind AND profile = :profile AND id <> :but AND state = 'loaded'
 ORDER BY id DESC LIMIT 1;

-- name: load_undone :exec1
-- in: municipality municipality_id, id load_id, by person_id?, at moment
UPDATE load SET state = 'undone', undone_by = :by, undone_at = :at
 WHERE municipality = :municipality AND id = :id AND state = 'loaded';

-- name: load_drop :exec1
-- in: municipality municipality_id, id load_id
-- A draft that was given up.
DELETE FROM load WHERE municipality = :municipality AND id = :id AND state = 'draft';

-- name: load_row_add :exec
-- in: municipality municipality_id, load load_id, number int, is_refused bool, record text
INSERT INTO load_row (municipality, load, number, is_refused, record)
VALUES (:municipality, :load, :number, :is_refused, :record);

-- name: load_row_each :each
-- in: municipality municipality_id, load load_id, is_refused bool
-- out: number int, record text
-- open: read by whoever may load files
SELECT number, record FROM load_row
 WHERE municipality = :municipality AND load = :load AND is_refused = :is_refused
 ORDER BY number;

-- name: load_row_clear :exec
-- in: municipality municipality_id, load load_id, is_refused bool
DELETE FROM load_row WHERE municipality = :municipality AND load = :load AND is_refused = :is_refused;

-- name: load_complaint_add :exec
-- in: municipality municipality_id, load load_id, number int, severity int, sheet text, row_number int, column_name text, text text, value text, expected text, hint text
INSERT INTO load_complaint (municipality, load, number, severity, sheet, row_number, column_name, text, value, expected, hint)
VALUES (:municipality, :load, :number, :severity, :sheet, :row_number, :column_name, :text, :value, :expected, :hint);

-- name: load_complaints :many
-- in: municipality municipality_id, load load_id
-- out: severity int, sheet text, row_number int, column_name text, text text, value text, expected text, hint text
-- open: read by whoever may load files
SELECT severity, sheet, row_number, column_name, text, value, expected, hint
  FROM load_complaint WHERE municipality = :municipality AND load = :load ORDER BY number;

-- name: load_complaint_clear :exec
-- in: municipality municipality_id, load load_id
DELETE FROM load_complaint WHERE municipality = :municipality AND load = :load;

-- name: result_current :one
-- in: municipality municipality_id, year syear, school school_id, procedure text
-- out: result
-- open: asked while a file is loaded, by whoever may load files
SELECT year, organisation, procedure, revision, is_current, participants, failed, mark2, mark3, mark4, mark5,
       left_out, is_after_retake, is_amended, load, school_ref, sheet, row_number, last_row, column_name
  FROM result
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND procedure = :procedure AND is_current = 1;

-- name: result_revisions :many
-- in: municipality municipality_id, year syear, school school_id, procedure text
-- out: result
-- Every revision of one number, the newest first.
SELECT r.year, r.organisation, r.procedure, r.revision, r.is_current, r.participants, r.failed, r.mark2, r.mark3, r.mark4,
       r.mark5, r.left_out, r.is_after_retake, r.is_amended, r.load, r.school_ref, r.sheet, r.row_number, r.last_row, r.column_name
  FROM result r
 WHERE r.municipality = :municipality AND r.year = :year AND r.organisation = :school
   AND r.procedure = :procedure AND {visible: r.organisation}
 ORDER BY r.revision DESC;

-- name: result_of_school :many
-- in: municipality municipality_id, school school_id
-- out: result
SELECT r.year, r.organisation, r.procedure, r.revision, r.is_current, r.participants, r.failed, r.mark2, r.mark3, r.mark4,
       r.mark5, r.left_out, r.is_after_retake, r.is_amended, r.load, r.school_ref, r.sheet, r.row_number, r.last_row, r.column_name
  FROM result r
 WHERE r.municipality = :municipality AND r.organisation = :school AND r.is_current = 1
   AND {visible: r.organisation}
 ORDER BY r.year, r.procedure;

-- name: result_of_year :many
-- in: municipality municipality_id, year syear
-- out: result
SELECT r.year, r.organisation, r.procedure, r.revision, r.is_current, r.participants, r.failed, r.mark2, r.mark3, r.mark4,
       r.mark5, r.left_out, r.is_after_retake, r.is_amended, r.load, r.school_ref, r.sheet, r.row_number, r.last_row, r.column_name
  FROM result r
 WHERE r.municipality = :municipality AND r.year = :year AND r.is_current = 1
   AND {visible: r.organisation}
 ORDER BY r.organisation, r.procedure;

-- name: result_each :each
-- in: municipality municipality_id, from_year syear, to_year syear
-- out: year syear, school school_id, procedure text, participants int, failed int, load load_id, revision int
-- The counts a method reads, school by school inside a year.
SELECT r.year, r.organisation, r.procedure, r.participants, r.failed, r.load, r.revision
  FROM result r
 WHERE r.municipality = :municipality AND r.year BETWEEN :from_year AND :to_year
   AND r.is_current = 1 AND {visible: r.organisation}
 ORDER BY r.year, r.organisation, r.procedure;

-- name: result_years :many
-- in: municipality municipality_id
-- out: year syear
-- open: for which years there is anything at all
SELECT DISTINCT year FROM result WHERE municipality = :municipality ORDER BY year DESC;

-- name: result_add :execn
-- in: municipality municipality_id, year syear, school school_id, procedure text, revision int, participants int, failed int, mark2 int?, mark3 int?, mark4 int?, mark5 int?, left_out int, is_after_retake bool, is_amended bool, load load_id, school_ref text, sheet text, row_number int, last_row int, column_name text
-- Nothing when this revision is there already.
INSERT INTO result (municipality, year, organisation, procedure, revision, is_current, participants, failed,
                    mark2, mark3, mark4, mark5, left_out, is_after_retake, is_amended, load, school_ref, sheet, row_number, last_row, column_name)
VALUES (:municipality, :year, :school, :procedure, :revision, 1, :participants, :failed, :mark2, :mark3, :mark4, :mark5,
        :left_out, :is_after_retake, :is_amended, :load, :school_ref, :sheet, :row_number, :last_row, :column_name)
ON CONFLICT DO NOTHING;

-- name: result_sum :exec1
-- in: municipality municipality_id, year syear, school school_id, procedure text, revision int, participants int, failed int, mark2 int?, mark3 int?, mark4 int?, mark5 int?, left_out int, school_ref text, last_row int
-- The second login of one school inside one load: counts are added, never shares.
UPDATE result
   SET participants = participants + :participants, failed = failed + :failed,
       mark2 = mark2 + :mark2, mark3 = mark3 + :mark3, mark4 = mark4 + :mark4, mark5 = mark5 + :mark5,
       left_out = left_out + :left_out, school_ref = :school_ref, last_row = :last_row
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND procedure = :procedure AND revision = :revision;

-- name: result_amend :exec1
-- in: municipality municipality_id, year syear, school school_id, procedure text, revision int, failed int, mark2 int?, mark3 int?, mark4 int?, mark5 int?
-- Appeals that stand in the same file as the protocol they amend.
UPDATE result
   SET failed = :failed, mark2 = :mark2, mark3 = :mark3, mark4 = :mark4, mark5 = :mark5, is_amended = 1
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND procedure = :procedure AND revision = :revision;

-- name: result_retire :exec1
-- in: municipality municipality_id, year syear, school school_id, procedure text, revision int
UPDATE result SET is_current = 0
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND procedure = :procedure AND revision = :revision;

-- name: result_last_revision :one
-- in: municipality municipality_id, year syear, school school_id, procedure text
-- out: revision int
-- open: asked while a file is loaded, by whoever may load files
SELECT coalesce(max(revision), 0) FROM result
 WHERE municipality = :municipality AND year = :year AND organisation = :school AND procedure = :procedure;

-- name: result_of_load :many
-- in: municipality municipality_id, load load_id
-- out: result
-- open: read by whoever may load files
SELECT year, organisation, procedure, revision, is_current, participants, failed, mark2, mark3, mark4, mark5,
       left_out, is_after_retake, is_amended, load, school_ref, sheet, row_number, last_row, column_name
  FROM result WHERE municipality = :municipality AND load = :load
 ORDER BY year, organisation, procedure;

-- name: result_before :many
-- in: municipality municipality_id, load load_id
-- out: year syear, school school_id, procedure text, revision int, participants int, failed int, was_participants int, was_failed int
-- open: read by whoever may load files
-- What a load changed, with what stood there before.
SELECT n.year, n.organisation, n.procedure, n.revision, n.participants, n.failed, w.participants, w.failed
  FROM result n JOIN result w
    ON w.municipality = n.municipality AND w.year = n.year AND w.organisation = n.organisation
   AND w.procedure = n.procedure
   AND w.revision = (SELECT max(p.revision) FROM result p
        JOIN load l ON l.municipality = p.municipality AND l.id = p.load
       WHERE p.municipality = n.municipality AND p.year = n.year AND p.organisation = n.organisation
         AND p.procedure = n.procedure AND p.revision < n.revision AND l.state = 'loaded')
 WHERE n.municipality = :municipality AND n.load = :load
 ORDER BY n.year, n.organisation, n.procedure;

-- name: result_withdraw_load :exec
-- in: municipality municipality_id, load load_id
UPDATE result SET is_current = 0 WHERE municipality = :municipality AND load = :load;

-- name: result_restore_before :exec
-- in: municipality municipality_id, load load_id
-- After a load was withdrawn the newest standing revision is current again.
UPDATE result SET is_current = 1
 WHERE municipality = :municipality AND is_current = 0
   AND EXISTS (SELECT 1 FROM result n
        WHERE n.municipality = result.municipality AND n.year = result.year
          AND n.organisation = result.organisation AND n.procedure = result.procedure
          AND n.load = :load)
   AND revision = (SELECT max(p.revision) FROM result p
         JOIN load l ON l.municipality = p.municipality AND l.id = p.load
        WHERE p.municipality = result.municipality AND p.year = result.year
          AND p.organisation = result.organisation AND p.procedure = result.procedure
          AND p.load <> :load AND l.state = 'loaded');

-- name: load_dependants :many
-- in: municipality municipality_id, load load_id
-- out: what text, id int
-- open: read by whoever may load files
-- What stands on a load: runs, and later loads that corrected it.
SELECT 'run', rl.run FROM run_load rl
  JOIN run r ON r.municipality = rl.municipality AND r.id = rl.run
 WHERE rl.municipality = :municipality AND rl.load = :load AND r.state <> 'dropped'
UNION
SELECT 'load', n.load FROM result w JOIN result n
    ON n.municipality = w.municipality AND n.year = w.year AND n.organisation = w.organisation
   AND n.procedure = w.procedure AND n.revision > w.revision
  JOIN load l ON l.municipality = n.municipality AND l.id = n.load
 WHERE w.municipality = :municipality AND w.load = :load AND l.state = 'loaded'
UNION
SELECT 'load', n.load FROM observation w JOIN observation n
    ON n.municipality = w.municipality AND n.year = w.year AND n.organisation = w.organisation
   AND n.element = w.element AND n.revision > w.revision
  JOIN load l ON l.municipality = n.municipality AND l.id = n.load
 WHERE w.municipality = :municipality AND w.load = :load AND l.state = 'loaded'
UNION
SELECT 'run', s.run FROM run_step s
  JOIN official a ON a.municipality = s.municipality AND a.id = s.official
  JOIN run r ON r.municipality = s.municipality AND r.id = s.run
 WHERE a.municipality = :municipality AND a.load = :load AND r.state IN ('reconciled', 'closed')
ORDER BY 1, 2;

-- name: observation_current :one
-- in: municipality municipality_id, year syear, school school_id, element text
-- out: observation
-- open: asked while a file is loaded, by whoever may load files
SELECT year, organisation, element, revision, is_current, num, den, as_written, dated, source_note, load,
       school_ref, sheet, row_number, column_name
  FROM observation
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND element = :element AND is_current = 1;

-- name: observation_last_revision :one
-- in: municipality municipality_id, year syear, school school_id, element text
-- out: revision int
-- open: asked while a file is loaded, by whoever may load files
SELECT coalesce(max(revision), 0) FROM observation
 WHERE municipality = :municipality AND year = :year AND organisation = :school AND element = :element;

-- name: observation_of_year :many
-- in: municipality municipality_id, year syear
-- out: observation
SELECT b.year, b.organisation, b.element, b.revision, b.is_current, b.num, b.den, b.as_written, b.dated, b.source_note,
       b.load, b.school_ref, b.sheet, b.row_number, b.column_name
  FROM observation b
 WHERE b.municipality = :municipality AND b.year = :year AND b.is_current = 1
   AND {visible: b.organisation}
 ORDER BY b.organisation, b.element;

-- name: observation_of_school :many
-- in: municipality municipality_id, school school_id
-- out: observation
SELECT b.year, b.organisation, b.element, b.revision, b.is_current, b.num, b.den, b.as_written, b.dated, b.source_note,
       b.load, b.school_ref, b.sheet, b.row_number, b.column_name
  FROM observation b
 WHERE b.municipality = :municipality AND b.organisation = :school AND b.is_current = 1
   AND {visible: b.organisation}
 ORDER BY b.year, b.element;

-- name: observation_add :exec
-- in: municipality municipality_id, year syear, school school_id, element text, revision int, num int?, den int?, as_written text, dated date?, source_note text, load load_id, school_ref text, sheet text, row_number int, column_name text
INSERT INTO observation (municipality, year, organisation, element, revision, is_current, num, den, as_written,
                         dated, source_note, load, school_ref, sheet, row_number, column_name)
VALUES (:municipality, :year, :school, :element, :revision, 1, :num, :den, :as_written, :dated, :source_note,
        :load, :school_ref, :sheet, :row_number, :column_name);

-- name: observation_retire :exec1
-- in: municipality municipality_id, year syear, school school_id, element text, revision int
UPDATE observation SET is_current = 0
 WHERE municipality = :municipality AND year = :year AND organisation = :school
   AND element = :element AND revision = :revision;

-- name: observation_withdraw_load :exec
-- in: municipality municipality_id, load load_id
UPDATE observation SET is_current = 0 WHERE municipality = :municipality AND load = :load;

-- name: observation_restore_before :exec
-- in: municipality municipality_id, load load_id
UPDATE observation SET is_current = 1
 WHERE municipality = :municipality AND is_current = 0
   AND EXISTS (SELECT 1 FROM observation n
        WHERE n.municipality = observation.municipality AND n.year = observation.year
          AND n.organisation = observation.organisation AND n.element = observation.element
          AND n.load = :load)
   AND revision = (SELECT max(p.revision) FROM observation p
         JOIN load l ON l.municipality = p.municipality AND l.id = p.load
        WHERE p.municipality = observation.municipality AND p.year = observation.year
          AND p.organisation = observation.organisation AND p.element = observation.element
          AND p.load <> :load AND l.state = 'loaded');

-- name: bias_set :exec
-- in: municipality municipality_id, year syear, school school_id, marker text, is_set bool, load load_id
INSERT INTO bias_marker (municipality, year, organisation, marker, is_set, load)
VALUES (:municipality, :year, :school, :marker, :is_set, :load)
ON CONFLICT (municipality, year, organisation, marker, load) DO UPDATE SET is_set = excluded.is_set;

-- name: bias_of_year :many
-- in: municipality municipality_id, year syear
-- out: school school_id, marker text, is_set bool, load load_id
-- The newest standing load speaks for each marker.
SELECT b.organisation, b.marker, b.is_set, b.load FROM bias_marker b
 WHERE b.municipality = :municipality AND b.year = :year AND {visible: b.organisation}
   AND b.load = (SELECT max(n.load) FROM bias_marker n
        JOIN load l ON l.municipality = n.municipality AND l.id = n.load
       WHERE n.municipality = b.municipality AND n.year = b.year AND n.organisation = b.organisation
         AND n.marker = b.marker AND l.state = 'loaded')
 ORDER BY b.organisation, b.marker;
