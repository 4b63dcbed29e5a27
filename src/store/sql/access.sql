-- row: person id person_id, login text, name text, post text, is_disabled bool, has_password bool, version int
-- row: grant number int, role text, organisation school_id?, since date, until date?, instead_of person_id?
-- row: session person person_id, started_at moment, used_at moment, address text, agent text, needs_code bool
-- row: audit number int, at moment, person person_id?, person_name text, address text, action text, object text, object_id int, object_name text, was text, becomes text, note text, hash text

-- name: person_add :one
-- in: municipality municipality_id, login text, name text, post text
-- out: id person_id
INSERT INTO person (municipality, id, login, name, post, password_hash, is_disabled, version)
SELECT :municipality, coalesce(max(id), 0) + 1, :login, :name, :post, NULL, 0, 1
  FROM person WHERE municipality = :municipality
RETURNING id;

-- name: person_list :many
-- in: municipality municipality_id
-- out: person
-- open: asked by whoever may manage accounts
SELECT id, login, name, post, is_disabled, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END, version
  FROM person WHERE municipality = :municipality ORDER BY name, id;

-- name: person_by_id :one
-- in: municipality municipality_id, id person_id
-- out: person
-- open: names of colleagues stand in every journal
SELECT id, login, name, post, is_disabled, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END, version
  FROM person WHERE municipality = :municipality AND id = :id;

-- name: person_for_sign_in :one
-- in: login text
-- out: municipality municipality_id, id person_id, name text, password_hash text?, is_disabled bool
-- open: asked before anybody is known
SELECT municipality, id, name, password_hash, is_disabled FROM person WHERE login = :login;

-- name: person_set_password :exec1
-- in: municipality municipality_id, id person_id, password_hash text
UPDATE person SET password_hash = :password_hash, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: person_set :exec1
-- in: municipality municipality_id, id person_id, version int, name text, post text
-- Nothing changes when somebody else changed the person first.
UPDATE person SET name = :name, post = :post, version = version + 1
 WHERE municipality = :municipality AND id = :id AND version = :version;

-- name: person_set_disabled :exec1
-- in: municipality municipality_id, id person_id, is_disabled bool
UPDATE person SET is_disabled = :is_disabled, version = version + 1
 WHERE municipality = :municipality AND id = :id;

-- name: grant_add :exec
-- in: municipality municipality_id, person person_id, role text, organisation school_id?, since date, until date?, instead_of person_id?
INSERT INTO role_grant (municipality, person, number, role, organisation, since, until, instead_of)
SELECT :municipality, :person, coalesce(max(number), 0) + 1, :role, :organisation, :since, :until, :instead_of
  FROM role_grant WHERE municipality = :municipality AND person = :person;

-- name: grant_list :many
-- in: municipality municipality_id, person person_id
-- out: grant
-- open: the rights of the person who asks, or asked by who manages accounts
SELECT number, role, organisation, since, until, instead_of FROM role_grant
 WHERE municipality = :municipality AND person = :person ORDER BY number;

-- name: grant_end :exec1
-- in: municipality municipality_id, person person_id, number int, until date
UPDATE role_grant SET until = :until
 WHERE municipality = :municipality AND person = :person AND number = :number;

-- name: session_add :exec
-- in: token_hash text, municipality municipality_id, person person_id, at moment, address text, agent text, needs_code bool
INSERT INTO session (token_hash, municipality, person, started_at, used_at, address, agent, needs_code)
VALUES (:token_hash, :municipality, :person, :at, :at, :address, :agent, :needs_code);

-- name: session_find :one
-- in: token_hash text
-- out: municipality municipality_id, person person_id, name text, is_disabled bool, started_at moment, used_at moment, needs_code bool
-- open: asked before anybody is known
SELECT s.municipality, s.person, p.name, p.is_disabled, s.started_at, s.used_at, s.needs_code
  FROM session s JOIN person p ON p.municipality = s.municipality AND p.id = s.person
 WHERE s.token_hash = :token_hash;

-- name: session_touch :exec
-- in: token_hash text, used_at moment
UPDATE session SET used_at = :used_at WHERE token_hash = :token_hash;

-- name: session_code_done :exec1
-- in: token_hash text
UPDATE session SET needs_code = 0 WHERE token_hash = :token_hash;

-- name: session_end :execn
-- in: token_hash text
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_list :many
-- in: municipality municipality_id, person person_id
-- out: token_hash text, started_at moment, used_at moment, address text, agent text
-- open: one's own sessions
SELECT token_hash, started_at, used_at, address, agent FROM session
 WHERE municipality = :municipality AND person = :person AND needs_code = 0
 ORDER BY used_at DESC;

-- name: session_end_all :execn
-- in: municipality municipality_id, person person_id, but_for text
DELETE FROM session WHERE municipality = :municipality AND person = :person AND token_hash <> :but_for;

-- name: session_forget_old :execn
-- in: started_before moment, used_before moment
DELETE FROM session WHERE started_at < :started_before OR used_at < :used_before;

-- name: failure_get :one
-- in: subject text
-- out: failures int, since moment
-- open: asked before anybody is known
SELECT failures, since FROM sign_in_failure WHERE subject = :subject;

-- name: failure_count :exec
-- in: subject text, at moment, begins_after moment
-- One more; a count that began too long ago begins anew.
INSERT INTO sign_in_failure (subject, failures, since) VALUES (:subject, 1, :at)
ON CONFLICT (subject) DO UPDATE SET
  failures = CASE WHEN sign_in_failure.since < :begins_after THEN 1 ELSE sign_in_failure.failures + 1 END,
  since = CASE WHEN sign_in_failure.since < :begins_after THEN excluded.since ELSE sign_in_failure.since END;

-- name: failure_forget :exec
-- in: subject text
DELETE FROM sign_in_failure WHERE subject = :subject;

-- name: failure_forget_old :execn
-- in: before moment
DELETE FROM sign_in_failure WHERE since < :before;

-- name: link_add :exec
-- in: token_hash text, municipality municipality_id, person person_id, made_by person_id?, made_at moment, expires_at moment
INSERT INTO one_time_link (token_hash, municipality, person, made_by, made_at, expires_at)
VALUES (:token_hash, :municipality, :person, :made_by, :made_at, :expires_at);

-- name: link_find :one
-- in: token_hash text, now moment
-- out: municipality municipality_id, person person_id, name text, login text
-- open: asked before anybody is known
SELECT l.municipality, l.person, p.name, p.login
  FROM one_time_link l JOIN person p ON p.municipality = l.municipality AND p.id = l.person
 WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :now AND p.is_disabled = 0;

-- name: link_use :exec1
-- in: token_hash text, used_at moment
-- A link works once: the second of two at the same moment changes nothing.
UPDATE one_time_link SET used_at = :used_at WHERE token_hash = :token_hash AND used_at IS NULL;

-- name: link_drop_of :exec
-- in: municipality municipality_id, person person_id, used_at moment
UPDATE one_time_link SET used_at = :used_at
 WHERE municipality = :municipality AND person = :person AND used_at IS NULL;

-- name: token_add :exec
-- in: token_hash text, municipality municipality_id, person person_id, name text, made_at moment, expires_on date
INSERT INTO api_token (token_hash, municipality, person, number, name, made_at, expires_on, is_revoked)
SELECT :token_hash, :municipality, :person, coalesce(max(number), 0) + 1, :name, :made_at, :expires_on, 0
  FROM api_token WHERE municipality = :municipality AND person = :person;

-- name: token_find :one
-- in: token_hash text, today date
-- out: municipality municipality_id, person person_id, name text, is_disabled bool, used_at moment?
-- open: asked before anybody is known
SELECT t.municipality, t.person, p.name, p.is_disabled, t.used_at
  FROM api_token t JOIN person p ON p.municipality = t.municipality AND p.id = t.person
 WHERE t.token_hash = :token_hash AND t.is_revoked = 0 AND t.expires_on >= :today;

-- name: token_touch :exec
-- in: token_hash text, used_at moment
UPDATE api_token SET used_at = :used_at WHERE token_hash = :token_hash;

-- name: token_list :many
-- in: municipality municipality_id, person person_id
-- out: number int, name text, made_at moment, used_at moment?, expires_on date
-- open: one's own tokens
SELECT number, name, made_at, used_at, expires_on FROM api_token
 WHERE municipality = :municipality AND person = :person AND is_revoked = 0 ORDER BY number;

-- name: token_revoke :exec1
-- in: municipality municipality_id, person person_id, number int
UPDATE api_token SET is_revoked = 1
 WHERE municipality = :municipality AND person = :person AND number = :number AND is_revoked = 0;

-- name: factor_get :one
-- in: municipality municipality_id, person person_id
-- out: secret text, is_on bool, last_step int
-- open: read to check a code; never shown again once it is on
SELECT secret, is_on, last_step FROM second_factor WHERE municipality = :municipality AND person = :person;

-- name: factor_set :exec
-- in: municipality municipality_id, person person_id, secret text
INSERT INTO second_factor (municipality, person, secret, is_on, last_step)
VALUES (:municipality, :person, :secret, 0, 0)
ON CONFLICT (municipality, person) DO UPDATE SET secret = excluded.secret, is_on = 0, last_step = 0;

-- name: factor_step :exec1
-- in: municipality municipality_id, person person_id, step int
-- A code works once: an older or the same step changes nothing.
UPDATE second_factor SET last_step = :step, is_on = 1
 WHERE municipality = :municipality AND person = :person AND last_step < :step;

-- name: factor_drop :exec
-- in: municipality municipality_id, person person_id
DELETE FROM second_factor WHERE municipality = :municipality AND person = :person;

-- name: audit_head_make :exec
-- in: municipality municipality_id
INSERT INTO audit_head (municipality, number, hash) VALUES (:municipality, 0, '')
ON CONFLICT (municipality) DO NOTHING;

-- name: audit_next :one
-- in: municipality municipality_id
-- out: number int, hash text
-- Takes the next number and holds the chain until the transaction ends.
UPDATE audit_head SET number = number + 1 WHERE municipality = :municipality RETURNING number, hash;

-- name: audit_head_set :exec1
-- in: municipality municipality_id, hash text
UPDATE audit_head SET hash = :hash WHERE municipality = :municipality;

-- name: audit_add :exec
-- in: municipality municipality_id, number int, at moment, person person_id?, person_name text, address text, action text, object text, object_id int, object_name text, was text, becomes text, note text, hash text
INSERT INTO audit (municipality, number, at, person, person_name, address, action, object, object_id, object_name, was, becomes, note, hash)
VALUES (:municipality, :number, :at, :person, :person_name, :address, :action, :object, :object_id, :object_name, :was, :becomes, :note, :hash);

-- name: audit_each :each
-- in: municipality municipality_id
-- out: audit
-- open: read to verify the chain
SELECT number, at, person, person_name, address, action, object, object_id, object_name, was, becomes, note, hash
  FROM audit WHERE municipality = :municipality ORDER BY number;

-- name: audit_head_get :one
-- in: municipality municipality_id
-- out: number int, hash text
-- open: read to verify the chain
SELECT number, hash FROM audit_head WHERE municipality = :municipality;

-- name: audit_page :many
-- in: municipality municipality_id, before int, most int
-- out: audit
-- open: asked by whoever may read the journal
-- The newest entries below a number.
SELECT number, at, person, person_name, address, action, object, object_id, object_name, was, becomes, note, hash
  FROM audit WHERE municipality = :municipality AND number < :before ORDER BY number DESC LIMIT :most;

-- name: audit_of_object :many
-- in: municipality municipality_id, object text, object_id int
-- out: audit
-- open: the history of an object the asker was allowed to see
SELECT number, at, person, person_name, address, action, object, object_id, object_name, was, becomes, note, hash
  FROM audit WHERE municipality = :municipality AND object = :object AND object_id = :object_id ORDER BY number DESC;

-- name: audit_find :many
-- in: municipality municipality_id, before int, most int, person person_id, since moment, until moment, action text, object text
-- out: audit
-- open: asked by whoever may read the journal
-- The newest entries below a number that fit; person 0, an empty action or object: any.
SELECT number, at, person, person_name, address, action, object, object_id, object_name, was, becomes, note, hash
  FROM audit
 WHERE municipality = :municipality AND number < :before AND at >= :since AND at < :until
   AND (:person = 0 OR person = :person) AND (:action = '' OR action = :action) AND (:object = '' OR object = :object)
 ORDER BY number DESC LIMIT :most;
