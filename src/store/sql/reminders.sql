-- row: open_task id occurrence_id, plan plan_id, plan_title text, measure measure_id, number text, title text, deadline text, school school_id?, school_name text?, opens_on date?, due_on date?, is_outer bool, label text, mark_state text, done_on date?
-- row: letter id letter_id, once text, kind text, person person_id, address text, subject text, body text, made_at moment, state text, tries int, next_at moment?, last_error text, sent_at moment?
-- row: feed person person_id, subject text, subject_id int, made_at moment, used_at moment?

-- name: open_task_list :many
-- in: municipality municipality_id, today date, until date
-- out: open_task
-- open: asked by the program itself, to write to each person of what is theirs
-- What somebody has to do or to confirm now or soon; nothing of drafts.
SELECT c.id, c.plan, p.title, c.measure, m.number, m.title, m.deadline, c.organisation, o.name, c.opens_on, c.due_on,
       c.is_outer, c.label, c.mark_state, c.done_on
  FROM occurrence c
  JOIN plan p ON p.municipality = c.municipality AND p.id = c.plan
  JOIN measure m ON m.municipality = c.municipality AND m.id = c.measure
  LEFT JOIN organisation o ON o.municipality = c.municipality AND o.id = c.organisation
 WHERE c.municipality = :municipality AND p.edition > 0 AND p.state NOT IN ('closed', 'dropped')
   AND c.mark_state IN ('none', 'done', 'returned')
   AND (c.due_on <= :until OR c.opens_on <= :today OR c.mark_state <> 'none')
 ORDER BY c.due_on, m.number, coalesce(o.sort_key, ''), c.id;

-- name: undated_measure_list :many
-- in: municipality municipality_id
-- out: measure measure_id, plan_title text, number text, title text, deadline text
-- open: asked by the program itself, for whoever keeps the plan
-- Rows that wait for somebody's schedule.
SELECT m.id, p.title, m.number, m.title, m.deadline
  FROM measure m JOIN plan p ON p.municipality = m.municipality AND p.id = m.plan
 WHERE m.municipality = :municipality AND p.edition > 0 AND p.state NOT IN ('closed', 'dropped') AND m.is_dropped = 0
   AND EXISTS (SELECT 1 FROM occurrence c WHERE c.municipality = m.municipality AND c.measure = m.id AND c.is_outer = 1)
 ORDER BY p.id, m.position, m.id;

-- name: grants_on :many
-- in: municipality municipality_id, on_day date
-- out: person person_id, role text, school school_id?, instead_of_name text?
-- open: who answers for which school, to write to them
SELECT g.person, g.role, g.organisation, i.name
  FROM role_grant g JOIN person p ON p.municipality = g.municipality AND p.id = g.person
  LEFT JOIN person i ON i.municipality = g.municipality AND i.id = g.instead_of
 WHERE g.municipality = :municipality AND p.is_disabled = 0
   AND g.since <= :on_day AND (g.until IS NULL OR g.until >= :on_day)
 ORDER BY g.organisation, g.person, g.number;

-- name: named_list :many
-- in: municipality municipality_id
-- out: measure measure_id, person person_id?, school school_id?, is_collective bool
-- open: who is named in approved plans, to write to them
SELECT r.measure, r.person, r.organisation, r.is_collective
  FROM measure_responsible r
  JOIN measure m ON m.municipality = r.municipality AND m.id = r.measure
  JOIN plan p ON p.municipality = m.municipality AND p.id = m.plan
 WHERE r.municipality = :municipality AND p.edition > 0 AND (r.person IS NOT NULL OR r.organisation IS NOT NULL)
 ORDER BY r.measure, r.number;

-- name: correspondent_list :many
-- in: municipality municipality_id
-- out: person person_id, name text, email text?
-- open: asked by the program itself, to write to people
SELECT id, name, email FROM person WHERE municipality = :municipality AND is_disabled = 0 ORDER BY name, id;

-- name: silent_list :many
-- in: municipality municipality_id, on_day date, before moment
-- out: person person_id, name text, school_name text
-- open: told to the coordinator alone
-- People of schools who have not come in since: an entry of the journal remains when the session is long gone.
SELECT DISTINCT p.id, p.name, o.name
  FROM role_grant g
  JOIN person p ON p.municipality = g.municipality AND p.id = g.person
  JOIN organisation o ON o.municipality = g.municipality AND o.id = g.organisation
 WHERE g.municipality = :municipality AND g.role = 'school' AND p.is_disabled = 0
   AND g.since <= :on_day AND (g.until IS NULL OR g.until >= :on_day)
   AND p.id NOT IN (SELECT a.person FROM audit a
         WHERE a.municipality = :municipality AND a.action = 'session.opened' AND a.at >= :before AND a.person IS NOT NULL)
 ORDER BY o.name, p.name, p.id;

-- name: person_email :one
-- in: municipality municipality_id, id person_id
-- out: email text?
-- open: one's own address
SELECT email FROM person WHERE municipality = :municipality AND id = :id;

-- name: person_set_email :exec1
-- in: municipality municipality_id, id person_id, email text?
UPDATE person SET email = :email, version = version + 1 WHERE municipality = :municipality AND id = :id;

-- name: refusal_list :many
-- in: municipality municipality_id
-- out: person person_id, kind text
-- open: asked by the program itself, so as not to write
SELECT person, kind FROM letter_refusal WHERE municipality = :municipality ORDER BY person, kind;

-- name: refusal_add :exec
-- in: municipality municipality_id, person person_id, kind text
INSERT INTO letter_refusal (municipality, person, kind) VALUES (:municipality, :person, :kind)
ON CONFLICT (municipality, person, kind) DO NOTHING;

-- name: refusal_drop :exec
-- in: municipality municipality_id, person person_id, kind text
DELETE FROM letter_refusal WHERE municipality = :municipality AND person = :person AND kind = :kind;

-- name: letter_add :execn
-- in: municipality municipality_id, once text, kind text, person person_id, address text, subject text, body text, made_at moment
-- Nothing happens when this very letter was written already.
INSERT INTO letter (municipality, id, once, kind, person, address, subject, body, made_at, state, tries, next_at, last_error)
SELECT :municipality, coalesce((SELECT max(id) FROM letter WHERE municipality = :municipality), 0) + 1, :once, :kind, :person,
       :address, :subject, :body, :made_at, 'waiting', 0, :made_at, ''
 WHERE NOT EXISTS (SELECT 1 FROM letter WHERE municipality = :municipality AND once = :once);

-- name: letter_is_written :one
-- in: municipality municipality_id, once text
-- out: id letter_id
-- open: asked by the program itself, so as not to write twice
SELECT id FROM letter WHERE municipality = :municipality AND once = :once;

-- name: letter_next :one
-- in: municipality municipality_id, now moment
-- out: letter
-- open: asked by the program itself, to send it
SELECT id, once, kind, person, address, subject, body, made_at, state, tries, next_at, last_error, sent_at
  FROM letter WHERE municipality = :municipality AND state = 'waiting' AND next_at <= :now ORDER BY next_at, id LIMIT 1;

-- name: letter_claim :exec1
-- in: municipality municipality_id, id letter_id, now moment
-- Only one of two processes gets it.
UPDATE letter SET state = 'sending', tries = tries + 1, next_at = :now
 WHERE municipality = :municipality AND id = :id AND state = 'waiting';

-- name: letter_set_sent :exec1
-- in: municipality municipality_id, id letter_id, now moment
UPDATE letter SET state = 'sent', sent_at = :now, next_at = NULL, last_error = ''
 WHERE municipality = :municipality AND id = :id AND state = 'sending';

-- name: letter_set_waiting :exec1
-- in: municipality municipality_id, id letter_id, next_at moment, last_error text
UPDATE letter SET state = 'waiting', next_at = :next_at, last_error = :last_error
 WHERE municipality = :municipality AND id = :id AND state = 'sending';

-- name: letter_set_refused :exec1
-- in: municipality municipality_id, id letter_id, last_error text
UPDATE letter SET state = 'refused', next_at = NULL, last_error = :last_error
 WHERE municipality = :municipality AND id = :id AND state = 'sending';

-- name: letter_give_up :execn
-- in: municipality municipality_id, claimed_before moment, last_error text
-- A process was killed while it sent: whether the letter went, nobody knows.
UPDATE letter SET state = 'refused', next_at = NULL, last_error = :last_error
 WHERE municipality = :municipality AND state = 'sending' AND next_at < :claimed_before;

-- name: letter_of_person :many
-- in: municipality municipality_id, person person_id
-- out: letter
-- open: one's own letters
SELECT id, once, kind, person, address, subject, body, made_at, state, tries, next_at, last_error, sent_at
  FROM letter WHERE municipality = :municipality AND person = :person ORDER BY id DESC LIMIT 20;

-- name: letter_list :many
-- in: municipality municipality_id, state text
-- out: letter
-- open: asked by whoever keeps the program
-- The newest first; an empty state: of every state.
SELECT id, once, kind, person, address, subject, body, made_at, state, tries, next_at, last_error, sent_at
  FROM letter WHERE municipality = :municipality AND (:state = '' OR state = :state) ORDER BY id DESC LIMIT 1000;

-- name: feed_add :exec
-- in: secret_hash text, municipality municipality_id, person person_id, subject text, subject_id int, made_at moment
INSERT INTO calendar_feed (secret_hash, municipality, person, subject, subject_id, made_at, is_revoked)
VALUES (:secret_hash, :municipality, :person, :subject, :subject_id, :made_at, 0);

-- name: feed_find :one
-- in: secret_hash text
-- out: municipality municipality_id, person person_id, name text, subject text, subject_id int, used_at moment?
-- open: asked before anybody is known
SELECT f.municipality, f.person, p.name, f.subject, f.subject_id, f.used_at
  FROM calendar_feed f JOIN person p ON p.municipality = f.municipality AND p.id = f.person
 WHERE f.secret_hash = :secret_hash AND f.is_revoked = 0 AND p.is_disabled = 0;

-- name: feed_touch :exec
-- in: secret_hash text, used_at moment
UPDATE calendar_feed SET used_at = :used_at WHERE secret_hash = :secret_hash;

-- name: feed_list :many
-- in: municipality municipality_id, person person_id
-- out: feed
-- open: one's own addresses
SELECT person, subject, subject_id, made_at, used_at FROM calendar_feed
 WHERE municipality = :municipality AND person = :person AND is_revoked = 0 ORDER BY made_at, subject, subject_id;

-- name: feed_revoke :execn
-- in: municipality municipality_id, person person_id, subject text, subject_id int
UPDATE calendar_feed SET is_revoked = 1
 WHERE municipality = :municipality AND person = :person AND subject = :subject AND subject_id = :subject_id AND is_revoked = 0;
