-- row: notice number int, kind text, at moment, object text, object_id int, organisation school_id?, text text, by_name text, read_at moment?
-- row: saved_view id int, person person_id, person_name text, page text, query text, name text, is_shared bool, at moment

-- name: notice_add :exec
-- in: municipality municipality_id, person person_id, kind text, at moment, object text, object_id int, organisation school_id?, text text, by_name text
-- Nothing is added for somebody who does not want to hear of this kind.
INSERT INTO notice (municipality, person, number, kind, at, object, object_id, organisation, text, by_name)
SELECT :municipality, :person, coalesce(max(n.number), 0) + 1, :kind, :at, :object, :object_id, :organisation, :text, :by_name
  FROM notice n
 WHERE n.municipality = :municipality AND n.person = :person
HAVING NOT EXISTS (SELECT 1 FROM notice_off o
        WHERE o.municipality = :municipality AND o.person = :person AND o.kind = :kind);

-- name: notice_list :many
-- in: municipality municipality_id, person person_id, before int, most int
-- out: notice
-- open: one's own notices
SELECT number, kind, at, object, object_id, organisation, text, by_name, read_at FROM notice
 WHERE municipality = :municipality AND person = :person AND number < :before
 ORDER BY number DESC LIMIT :most;

-- name: notice_by_number :one
-- in: municipality municipality_id, person person_id, number int
-- out: notice
-- open: one's own notices
SELECT number, kind, at, object, object_id, organisation, text, by_name, read_at FROM notice
 WHERE municipality = :municipality AND person = :person AND number = :number;

-- name: notice_unread :one
-- in: municipality municipality_id, person person_id
-- out: n int
-- open: one's own notices
SELECT count(*) FROM notice WHERE municipality = :municipality AND person = :person AND read_at IS NULL;

-- name: notice_read :exec
-- in: municipality municipality_id, person person_id, number int, at moment
UPDATE notice SET read_at = :at
 WHERE municipality = :municipality AND person = :person AND number = :number AND read_at IS NULL;

-- name: notice_read_all :exec
-- in: municipality municipality_id, person person_id, up_to int, at moment
-- What came after the page was shown stays unread.
UPDATE notice SET read_at = :at
 WHERE municipality = :municipality AND person = :person AND number <= :up_to AND read_at IS NULL;

-- name: notice_off_list :many
-- in: municipality municipality_id, person person_id
-- out: kind text
-- open: one's own settings
SELECT kind FROM notice_off WHERE municipality = :municipality AND person = :person ORDER BY kind;

-- name: notice_off_clear :exec
-- in: municipality municipality_id, person person_id
DELETE FROM notice_off WHERE municipality = :municipality AND person = :person;

-- name: notice_off_add :exec
-- in: municipality municipality_id, person person_id, kind text
INSERT INTO notice_off (municipality, person, kind) VALUES (:municipality, :person, :kind);

-- name: grant_holders :many
-- in: municipality municipality_id, today date
-- out: person person_id, role text, organisation school_id?
-- open: read to know whom an event is to be told
-- Everybody who may come in today, with every role.
SELECT g.person, g.role, g.organisation
  FROM role_grant g JOIN person p ON p.municipality = g.municipality AND p.id = g.person
 WHERE g.municipality = :municipality AND p.is_disabled = 0
   AND g.since <= :today AND (g.until IS NULL OR g.until >= :today)
 ORDER BY g.person, g.number;

-- name: run_schools :many
-- in: municipality municipality_id, run run_id
-- out: school school_id
-- open: read to know whom a list is to be told
SELECT organisation FROM verdict WHERE municipality = :municipality AND run = :run ORDER BY organisation;

-- name: view_add :one
-- in: municipality municipality_id, person person_id, person_name text, page text, query text, name text, is_shared bool, at moment
-- out: id int
INSERT INTO saved_view (municipality, id, person, person_name, page, query, name, is_shared, at)
SELECT :municipality, coalesce(max(id), 0) + 1, :person, :person_name, :page, :query, :name, :is_shared, :at
  FROM saved_view WHERE municipality = :municipality
RETURNING id;

-- name: view_list :many
-- in: municipality municipality_id, person person_id
-- out: saved_view
-- open: one's own views, and those given to all; a view is an address, no data
SELECT id, person, person_name, page, query, name, is_shared, at FROM saved_view
 WHERE municipality = :municipality AND (person = :person OR is_shared = 1)
 ORDER BY name, id;

-- name: view_count :one
-- in: municipality municipality_id, person person_id
-- out: n int
-- open: one's own views
SELECT count(*) FROM saved_view WHERE municipality = :municipality AND person = :person;

-- name: view_drop :exec1
-- in: municipality municipality_id, person person_id, id int
DELETE FROM saved_view WHERE municipality = :municipality AND person = :person AND id = :id;

-- name: setting_get :one
-- in: municipality municipality_id, code text
-- out: value text
-- open: settings of the place are no secret
SELECT value FROM setting WHERE municipality = :municipality AND code = :code;

-- name: setting_set :exec
-- in: municipality municipality_id, code text, value text
INSERT INTO setting (municipality, code, value) VALUES (:municipality, :code, :value)
ON CONFLICT (municipality, code) DO UPDATE SET value = excluded.value;

-- name: deputy_candidates :many
-- in: municipality municipality_id, but person_id
-- out: id person_id, name text, post text
-- Whom one may ask: people of the municipality, and of the schools one sees.
SELECT DISTINCT p.id, p.name, p.post
  FROM person p JOIN role_grant g ON g.municipality = p.municipality AND g.person = p.id
 WHERE p.municipality = :municipality AND p.id <> :but AND p.is_disabled = 0 AND p.password_hash IS NOT NULL
   AND (g.organisation IS NULL OR {visible: g.organisation})
 ORDER BY p.name, p.id;

-- name: deputies_of :many
-- in: municipality municipality_id, person person_id, today date
-- out: person person_id, name text, since date, until date
-- open: who stands in for oneself
SELECT DISTINCT p.id, p.name, g.since, g.until
  FROM role_grant g JOIN person p ON p.municipality = g.municipality AND p.id = g.person
 WHERE g.municipality = :municipality AND g.instead_of = :person AND g.until >= :today
 ORDER BY g.since, p.name, p.id;

-- name: deputy_end :execn
-- in: municipality municipality_id, person person_id, deputy person_id, until date
-- What was lent ends, also what has not begun.
UPDATE role_grant SET until = :until
 WHERE municipality = :municipality AND person = :deputy AND instead_of = :person AND until > :until;

-- name: plan_title :many
-- in: municipality municipality_id
-- out: id plan_id, title text, school_name text
-- What a search looks at: plans the actor may open, the newest first.
SELECT p.id, p.title, coalesce(o.name, '')
  FROM plan p
  LEFT JOIN organisation o ON o.municipality = p.municipality AND o.id = p.organisation
 WHERE p.municipality = :municipality AND ((p.organisation IS NULL AND p.edition > 0) OR {visible: p.organisation})
 ORDER BY p.period_from DESC, p.id;

-- name: measure_title :many
-- in: municipality municipality_id
-- out: id measure_id, number text, title text, plan_title text
-- Rows of those plans as they print them.
SELECT m.id, m.number, m.title, p.title
  FROM measure m
  JOIN plan p ON p.municipality = m.municipality AND p.id = m.plan
 WHERE m.municipality = :municipality AND m.is_dropped = 0
   AND ((p.organisation IS NULL AND p.edition > 0) OR {visible: p.organisation})
 ORDER BY p.period_from DESC, p.id, m.section, m.position, m.id;

-- name: evidence_title :many
-- in: municipality municipality_id
-- out: task occurrence_id, title text, number text, file_name text, school_name text
-- Papers that prove what was done.
SELECT e.occurrence, e.title, e.number, e.file_name, coalesce(o.name, '')
  FROM evidence e
  JOIN occurrence c ON c.municipality = e.municipality AND c.id = e.occurrence
  LEFT JOIN organisation o ON o.municipality = c.municipality AND o.id = c.organisation
 WHERE e.municipality = :municipality AND e.is_withdrawn = 0
   AND (c.organisation IS NULL OR {visible: c.organisation})
 ORDER BY e.id DESC;
