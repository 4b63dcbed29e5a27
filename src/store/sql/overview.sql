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

-- name: run_list_on :many
-- in: municipality municipality_id, until moment
-- out: id run_id, method text, version text, year syear, settings text, inputs_hash text, hash text, summary text, person person_id?, at moment, state text, state_note text, state_on date, version_row int
-- open: that a list was drawn up is known; its schools are read by right
-- Lists as they stood before a moment, the newest first: the state is that of the last step until then.
SELECT r.id, r.method, r.version, r.year, r.settings, r.inputs_hash, r.hash, r.summary, r.person, r.at,
       coalesce((SELECT s.becomes FROM run_step s
                  WHERE s.municipality = r.municipality AND s.run = r.id AND s.at < :until
                  ORDER BY s.number DESC LIMIT 1), 'draft'),
       r.state_note, r.state_on, r.version_row
  FROM run r WHERE r.municipality = :municipality AND r.at < :until ORDER BY r.id DESC;

-- name: result_each_on :each
-- in: municipality municipality_id, from_year syear, to_year syear, until moment
-- out: year syear, school school_id, procedure text, participants int, failed int
-- The counts that stood before a moment: the last revision loaded by then whose load was not undone by then.
SELECT r.year, r.organisation, r.procedure, r.participants, r.failed
  FROM result r
  JOIN load l ON l.municipality = r.municipality AND l.id = r.load
 WHERE r.municipality = :municipality AND r.year BETWEEN :from_year AND :to_year
   AND l.at < :until AND (l.undone_at IS NULL OR l.undone_at >= :until)
   AND NOT EXISTS (SELECT 1 FROM result x JOIN load y ON y.municipality = x.municipality AND y.id = x.load
         WHERE x.municipality = r.municipality AND x.year = r.year AND x.organisation = r.organisation
           AND x.procedure = r.procedure AND x.revision > r.revision
           AND y.at < :until AND (y.undone_at IS NULL OR y.undone_at >= :until))
   AND {visible: r.organisation}
 ORDER BY r.year, r.organisation, r.procedure;

-- name: objection_open_on :many
-- in: municipality municipality_id, until moment
-- out: id objection_id, run run_id, school school_id, school_name text, filed_at moment
-- What waited for an answer at a moment; of one withdrawn it is not known since when.
SELECT b.id, b.run, b.organisation, o.name, b.filed_at
  FROM objection b
  JOIN organisation o ON o.municipality = b.municipality AND o.id = b.organisation
 WHERE b.municipality = :municipality AND b.filed_at < :until AND b.state <> 'withdrawn'
   AND (b.answered_at IS NULL OR b.answered_at >= :until)
   AND {visible: b.organisation}
 ORDER BY b.filed_at, b.id;

-- name: load_trouble_on :one
-- in: municipality municipality_id, since moment, until moment
-- out: refused_loads int, refused_rows int, newest moment?
-- open: a load is a fact about a file; its numbers are read by right elsewhere
-- Rows refused by the loads that stood at a moment, and of when the newest of them is.
SELECT coalesce(sum(CASE WHEN refused > 0 AND at >= :since THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN at >= :since THEN refused ELSE 0 END), 0),
       max(at)
  FROM load
 WHERE municipality = :municipality AND state <> 'draft' AND at < :until
   AND (undone_at IS NULL OR undone_at >= :until);

-- name: measure_in_force :many
-- in: municipality municipality_id, until moment
-- out: measure measure_id
-- open: an approved plan may be read by everybody; its tasks are read by right
-- Rows of the editions that were in force before a moment.
SELECT m.measure
  FROM edition_measure m
 WHERE m.municipality = :municipality
   AND m.edition = (SELECT max(e.edition) FROM plan_edition e
         WHERE e.municipality = m.municipality AND e.plan = m.plan AND e.at < :until)
 ORDER BY m.measure;

-- name: mark_each_on :each
-- in: municipality municipality_id, until moment
-- out: occurrence occurrence_id, kind text, on_date date?
-- open: laid over tasks that were read by right
-- Every mark made before a moment, in order.
SELECT occurrence, kind, on_date FROM mark
 WHERE municipality = :municipality AND at < :until ORDER BY occurrence, id;

-- name: answering_measure :many
-- in: municipality municipality_id, from_day date, to_day date, until moment
-- out: measure measure_id, number text, title text, answers text, plan plan_id, plan_title text, school school_id?, picked text, schools text
-- Rows of approved editions that say which deficits they answer, of plans that run in these days.
-- school: whose own plan it is; picked: schools of the row where they are picked; schools: of the edition.
SELECT w.id, m.number, m.title, w.answers, p.id, e.title, p.organisation, m.schools, e.schools
  FROM plan p
  JOIN plan_edition e ON e.municipality = p.municipality AND e.plan = p.id
   AND e.edition = (SELECT max(x.edition) FROM plan_edition x
         WHERE x.municipality = p.municipality AND x.plan = p.id AND x.at < :until)
  JOIN edition_measure m ON m.municipality = e.municipality AND m.plan = e.plan AND m.edition = e.edition
  JOIN measure w ON w.municipality = m.municipality AND w.id = m.measure
 WHERE p.municipality = :municipality AND w.answers <> '' AND e.period_to >= :from_day AND e.period_from <= :to_day
   AND (p.organisation IS NULL OR {visible: p.organisation})
 ORDER BY p.id, m.position;
