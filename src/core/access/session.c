/* session.c - who may come in, and who is still in? */
#include "core/access/session.h"

#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/access/people.h"
#include "core/access/secret.h"
#include "store/q_access.h"

/* Written at most this often, so that reading a page writes nothing. */
enum { TOUCH_SECONDS = 300 };

static struct moment
ago(const struct scope *sc, int64_t seconds)
{
	return (struct moment){sc->now.second - seconds};
}

/* ---- counting failures ---- */

static struct str
subject_of(struct scope *sc, const char *kind, struct str value)
{
	return arena_fmt(sc->mem, "%s %.*s", kind, STR_ARG(value));
}

static enum rc
is_past(struct scope *sc, struct str subject, int64_t most, bool *ret)
{
	struct q_failure_get f;
	enum rc rc = q_failure_get(sc->db, sc->mem, subject, &f);

	if (rc == RC_NOT_FOUND) {
		*ret = false;
		return RC_OK;
	}
	if (rc == RC_OK)
		*ret = f.failures >= most &&
		       f.since.second >= ago(sc, FAILURE_WINDOW_SECONDS).second;
	return rc;
}

static enum rc
is_blocked(struct scope *sc, struct str login, struct str address, bool *ret)
{
	bool by_login, by_address;
	enum rc rc = is_past(
	    sc, subject_of(sc, "login", login), FAILURES_BY_ACCOUNT, &by_login);

	if (rc != RC_OK)
		return rc;
	rc = is_past(sc, subject_of(sc, "address", address),
	    FAILURES_BY_ADDRESS, &by_address);
	if (rc == RC_OK)
		*ret = by_login || by_address;
	return rc;
}

/* Inside the caller's transaction. */
static enum rc
count_failure(struct scope *sc, struct str login, struct str address)
{
	struct moment window = ago(sc, FAILURE_WINDOW_SECONDS);
	enum rc rc = q_failure_count(
	    sc->db, subject_of(sc, "login", login), sc->now, window);

	if (rc != RC_OK)
		return rc;
	return q_failure_count(
	    sc->db, subject_of(sc, "address", address), sc->now, window);
}

static enum rc
refuse(struct scope *sc, const struct sign_in *in, struct str login)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc != RC_OK)
		return rc;
	rc = count_failure(sc, login, in->address);
	if (rc != RC_OK)
		return rc;
	/* What was typed may be a password by mistake: it is not kept. */
	rc = audit_write(
	    sc, &(struct audit_entry){
		    .action = S("session.refused"), .object = S("session")});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

/* ---- getting in ---- */

enum rc
factor_is_on(struct scope *sc, municipality_id m, person_id p, bool *ret)
{
	struct q_factor_get f;
	enum rc rc = q_factor_get(sc->db, sc->mem, m, p, &f);

	if (rc == RC_NOT_FOUND) {
		*ret = false;
		return RC_OK;
	}
	if (rc == RC_OK)
		*ret = f.is_on;
	return rc;
}

static enum rc
open_session(struct scope *sc, const struct sign_in *in,
    const struct q_person_for_sign_in *p, struct str login,
    enum sign_in_outcome *ret)
{
	bool needs_code;
	autotx tx = {0};
	enum rc rc = factor_is_on(sc, p->municipality, p->id, &needs_code);

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_session_add(
	    sc->db, &(struct q_session_add_in){
			.token_hash = token_hash(sc->mem, in->token),
			.municipality = p->municipality,
			.person = p->id,
			.at = sc->now,
			.address = in->address,
			.agent = str_cut(in->agent, 0,
			    in->agent.n < 200 ? in->agent.n : 200),
			.needs_code = needs_code,
		    });
	if (rc != RC_OK)
		return rc;
	rc = q_failure_forget(sc->db, subject_of(sc, "login", login));
	if (rc != RC_OK)
		return rc;
	if (!needs_code)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("session.opened"),
			    .object = S("session")});
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = needs_code ? SIGN_IN_NEEDS_CODE : SIGN_IN_DONE;
	return rc;
}

enum rc
sign_in(struct scope *sc, const struct sign_in *in, enum sign_in_outcome *ret)
{
	struct str login = login_fold(sc->mem, in->login);
	struct q_person_for_sign_in p = {0};
	bool blocked, known;
	enum rc rc = is_blocked(sc, login, in->address, &blocked);

	if (rc != RC_OK)
		return rc;
	if (blocked) {
		*ret = SIGN_IN_TOO_MANY;
		return RC_OK;
	}
	sc->actor.address = in->address;
	rc = q_person_for_sign_in(sc->db, sc->mem, login, &p);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	known = rc == RC_OK && !p.is_disabled;
	if (!password_is(
		sc->mem, in->password, known ? p.password_hash : S("")) ||
	    !known) {
		*ret = SIGN_IN_WRONG;
		return refuse(sc, in, login);
	}
	sc->actor.municipality = p.municipality;
	sc->actor.person = p.id;
	sc->actor.name = p.name;
	return open_session(sc, in, &p, login, ret);
}

enum rc
sign_in_code(struct scope *sc, struct str token, struct str code,
    enum sign_in_outcome *ret)
{
	struct str hash = token_hash(sc->mem, token);
	struct q_session_find s;
	struct q_factor_get f;
	struct str subject;
	bool blocked;
	int64_t step;
	autotx tx = {0};
	enum rc rc = q_session_find(sc->db, sc->mem, hash, &s);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_SIGN_IN : rc;
	rc = q_factor_get(sc->db, sc->mem, s.municipality, s.person, &f);
	if (rc != RC_OK)
		return rc;
	subject = arena_fmt(sc->mem, "code %lld %lld",
	    (long long)s.municipality.v, (long long)s.person.v);
	rc = is_past(sc, subject, FAILURES_BY_ACCOUNT, &blocked);
	if (rc != RC_OK)
		return rc;
	if (blocked) {
		*ret = SIGN_IN_TOO_MANY;
		return RC_OK;
	}
	sc->actor.municipality = s.municipality;
	sc->actor.person = s.person;
	sc->actor.name = s.name;

	bool right = totp_check(sc->mem, f.secret, code, sc->now, &step);
	rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK && right) {
		rc = q_factor_step(sc->db, s.municipality, s.person, step);
		right = rc != RC_CONFLICT; /* this code was used already */
		if (rc == RC_CONFLICT)
			rc = RC_OK;
	}
	if (rc == RC_OK && right)
		rc = q_session_code_done(sc->db, hash);
	if (rc == RC_OK && !right)
		rc = q_failure_count(
		    sc->db, subject, sc->now, ago(sc, FAILURE_WINDOW_SECONDS));
	if (rc == RC_OK)
		rc = audit_write(sc, &(struct audit_entry){
					 .action = right ? S("session.opened") :
							   S("session.refused"),
					 .object = S("session")});
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = right ? SIGN_IN_DONE : SIGN_IN_WRONG;
	return rc;
}

/* ---- staying in ---- */

static bool
has_ended(const struct scope *sc, const struct q_session_find *s)
{
	return s->is_disabled ||
	       s->used_at.second < ago(sc, SESSION_IDLE_SECONDS).second ||
	       s->started_at.second < ago(sc, SESSION_MOST_SECONDS).second;
}

/* It is to be touched then, or ends. */
static struct moment
next_look(const struct q_session_find *s)
{
	int64_t touch = s->used_at.second + TOUCH_SECONDS;
	int64_t end = s->started_at.second + SESSION_MOST_SECONDS;

	return (struct moment){touch < end ? touch : end};
}

enum rc
session_find(struct scope *sc, struct str token, struct session *ret)
{
	struct str hash = token_hash(sc->mem, token);
	struct q_session_find s;
	struct session found;
	enum rc rc = q_session_find(sc->db, sc->mem, hash, &s);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && has_ended(sc, &s)))
		return RC_SIGN_IN;
	if (rc != RC_OK)
		return rc;
	rc = actor_of(sc, s.municipality, s.person, s.name, &found.actor);
	if (rc != RC_OK)
		return rc;
	found.needs_code = s.needs_code;

	/* A writer at work is no reason to refuse a reader. */
	if (s.used_at.second < ago(sc, TOUCH_SECONDS).second) {
		rc = q_session_touch(sc->db, hash, sc->now);
		if (rc != RC_OK && rc != RC_BUSY)
			return rc;
		if (rc == RC_OK)
			s.used_at = sc->now;
	}
	found.until = next_look(&s);
	*ret = found;
	return RC_OK;
}

static enum rc
closed(struct scope *sc, const char *action)
{
	return audit_write(sc, &(struct audit_entry){.action = str_of(action),
				   .object = S("session")});
}

enum rc
session_close(struct scope *sc, struct str token)
{
	int64_t n = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc != RC_OK)
		return rc;
	rc = q_session_end(sc->db, token_hash(sc->mem, token), &n);
	if (rc == RC_OK && n > 0)
		rc = closed(sc, "session.closed");
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
session_close_others(struct scope *sc, struct str token, int64_t *ret_closed)
{
	int64_t n = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc != RC_OK)
		return rc;
	rc = q_session_end_all(sc->db, sc->actor.municipality, sc->actor.person,
	    token_hash(sc->mem, token), &n);
	if (rc == RC_OK)
		rc = closed(sc, "session.closed_all");
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret_closed = n;
	return rc;
}

enum rc
session_forget_old(struct scope *sc, int64_t *ret_forgotten)
{
	int64_t sessions = 0, counts = 0;
	enum rc rc = q_session_forget_old(sc->db, ago(sc, SESSION_MOST_SECONDS),
	    ago(sc, SESSION_IDLE_SECONDS), &sessions);

	if (rc != RC_OK)
		return rc;
	rc = q_failure_forget_old(
	    sc->db, ago(sc, FAILURE_WINDOW_SECONDS), &counts);
	if (rc == RC_OK)
		*ret_forgotten = sessions + counts;
	return rc;
}

/* ---- tokens of programs ---- */

enum rc
api_token_add(
    struct scope *sc, struct str token, struct str name, struct date expires_on)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc != RC_OK)
		return rc;
	rc = q_token_add(sc->db, &(struct q_token_add_in){
				     .token_hash = token_hash(sc->mem, token),
				     .municipality = sc->actor.municipality,
				     .person = sc->actor.person,
				     .name = name,
				     .made_at = sc->now,
				     .expires_on = expires_on,
				 });
	if (rc != RC_OK)
		return rc;
	rc = audit_write(sc, &(struct audit_entry){.action = S("token.made"),
				 .object = S("person"),
				 .object_id = sc->actor.person.v,
				 .object_name = sc->actor.name,
				 .becomes = name});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
api_token_find(struct scope *sc, struct str token, struct actor *ret)
{
	struct str hash = token_hash(sc->mem, token);
	struct q_token_find t;
	enum rc rc = q_token_find(sc->db, sc->mem, hash, sc->actor.today, &t);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && t.is_disabled))
		return RC_SIGN_IN;
	if (rc != RC_OK)
		return rc;
	if (moment_is_none(t.used_at) ||
	    t.used_at.second < ago(sc, TOUCH_SECONDS).second) {
		rc = q_token_touch(sc->db, hash, sc->now);
		if (rc != RC_OK && rc != RC_BUSY)
			return rc;
	}
	return actor_of(sc, t.municipality, t.person, t.name, ret);
}

enum rc
api_token_revoke(struct scope *sc, int64_t number)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc != RC_OK)
		return rc;
	rc = q_token_revoke(
	    sc->db, sc->actor.municipality, sc->actor.person, number);
	if (rc != RC_OK)
		return rc == RC_CONFLICT ? RC_NOT_FOUND : rc;
	rc = audit_write(
	    sc, &(struct audit_entry){.action = S("token.revoked"),
		    .object = S("person"),
		    .object_id = sc->actor.person.v,
		    .object_name = sc->actor.name,
		    .note = arena_fmt(sc->mem, "№ %lld", (long long)number)});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

/* ---- second factor ---- */

enum rc
factor_offer(struct scope *sc, struct str secret)
{
	return q_factor_set(
	    sc->db, sc->actor.municipality, sc->actor.person, secret);
}

enum rc
factor_confirm(struct scope *sc, struct str code)
{
	struct q_factor_get f;
	int64_t step;
	autotx tx = {0};
	enum rc rc = q_factor_get(
	    sc->db, sc->mem, sc->actor.municipality, sc->actor.person, &f);

	if (rc != RC_OK)
		return rc;
	if (!totp_check(sc->mem, f.secret, code, sc->now, &step)) {
		diag_error(sc->diag, (struct place){.column = S("code")},
		    N_("Код не подошёл. Проверьте время на телефоне и введите "
		       "новый код."));
		return RC_INVALID;
	}
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_factor_step(
	    sc->db, sc->actor.municipality, sc->actor.person, step);
	if (rc != RC_OK)
		return rc;
	rc = audit_write(
	    sc, &(struct audit_entry){.action = S("person.factor_on"),
		    .object = S("person"),
		    .object_id = sc->actor.person.v,
		    .object_name = sc->actor.name});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
factor_remove(struct scope *sc, person_id person)
{
	struct q_person p;
	autotx tx = {0};
	enum rc rc =
	    q_person_by_id(sc->db, sc->mem, sc->actor.municipality, person, &p);

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_factor_drop(sc->db, sc->actor.municipality, person);
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("person.factor_off"),
			    .object = S("person"),
			    .object_id = person.v,
			    .object_name = p.name});
	if (rc == RC_OK)
		rc = notify_person(sc, person,
		    &(struct notice){.kind = NOTICE_FACTOR_OFF,
			.object = S("person"),
			.object_id = person.v,
			.text = S(N_("Администратор выключил ваш второй шаг "
				     "входа. Если вы об этом не просили, "
				     "скажите ему сразу."))});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
factor_state(struct scope *sc, bool *ret_is_on, struct str *ret_secret)
{
	struct q_factor_get f;
	enum rc rc = q_factor_get(
	    sc->db, sc->mem, sc->actor.municipality, sc->actor.person, &f);

	if (rc != RC_OK)
		return rc;
	*ret_is_on = f.is_on;
	*ret_secret = f.secret;
	return RC_OK;
}
