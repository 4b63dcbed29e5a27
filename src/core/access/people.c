/* people.c - who has an account, and which roles? */
#include "core/access/people.h"

#include "base/utf8.h"
#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/access/secret.h"
#include "store/q_access.h"
#include "store/q_registry.h"

struct str
login_fold(struct arena *mem, struct str login)
{
	return text_lower(mem, str_trim(login));
}

static bool
is_login(struct str s)
{
	if (s.n < 2 || s.n > 80)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= 0x20 || c == 0x7f || c == '/' || c == '"')
			return false;
	}
	return utf8_valid(s);
}

static enum rc
check_new(struct scope *sc, struct str login, struct str name)
{
	if (!is_login(login))
		diag_error(sc->diag, (struct place){.column = S("login")},
		    N_("Имя для входа: от 2 до 80 знаков без пробелов."))
		    ->value = login;
	if (name.n == 0 || name.n > 200)
		diag_error(sc->diag, (struct place){.column = S("name")},
		    N_("Напишите фамилию и инициалы."));
	return sc->diag->errors > 0 ? RC_INVALID : RC_OK;
}

static struct audit_entry
about(struct q_person *p, const char *action)
{
	return (struct audit_entry){
	    .action = str_of(action),
	    .object = S("person"),
	    .object_id = p->id.v,
	    .object_name = p->name,
	};
}

static enum rc
find(struct scope *sc, person_id id, struct q_person *ret)
{
	return q_person_by_id(sc->db, sc->mem, sc->actor.municipality, id, ret);
}

enum rc
person_add(struct scope *sc, struct str login, struct str name, struct str post,
    person_id *ret)
{
	struct str folded = login_fold(sc->mem, login);
	struct q_person_add added;
	autotx tx = {0};
	enum rc rc = check_new(sc, folded, str_trim(name));

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_person_add(sc->db, sc->mem, sc->actor.municipality, folded,
	    str_trim(name), post, &added);
	if (rc == RC_CONFLICT)
		diag_error(sc->diag, (struct place){.column = S("login")},
		    N_("Такое имя для входа уже есть."))
		    ->value = folded;
	if (rc != RC_OK)
		return rc;
	rc = audit_write(sc, &(struct audit_entry){.action = S("person.added"),
				 .object = S("person"),
				 .object_id = added.id.v,
				 .object_name = str_trim(name),
				 .becomes = folded});
	if (rc != RC_OK)
		return rc;
	rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = added.id;
	return rc;
}

/* Refused with the reason beside the field. */
static enum rc
check_and_hash(struct scope *sc, struct str password, struct str login,
    struct str *ret_hash)
{
	struct str fault = password_fault(password, login);

	if (fault.n == 0)
		return password_hash(sc->mem, password, ret_hash);
	diag_error(sc->diag, (struct place){.column = S("password")}, "%.*s",
	    STR_ARG(fault));
	return RC_INVALID;
}

enum rc
person_set_password(struct scope *sc, person_id person, struct str password)
{
	struct q_person p;
	struct str hash;
	autotx tx = {0};
	enum rc rc = find(sc, person, &p);

	if (rc != RC_OK)
		return rc;
	rc = check_and_hash(sc, password, p.login, &hash);
	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc =
	    q_person_set_password(sc->db, sc->actor.municipality, person, hash);
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry = about(&p, "person.password");
	rc = audit_write(sc, &entry);
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
person_set_disabled(struct scope *sc, person_id person, bool is_disabled)
{
	struct q_person p;
	int64_t ended;
	autotx tx = {0};
	enum rc rc = find(sc, person, &p);

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_person_set_disabled(
	    sc->db, sc->actor.municipality, person, is_disabled);
	if (rc == RC_OK && is_disabled)
		rc = q_session_end_all(
		    sc->db, sc->actor.municipality, person, S(""), &ended);
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry =
	    about(&p, is_disabled ? "person.disabled" : "person.enabled");
	rc = audit_write(sc, &entry);
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

/* ---- roles ---- */

static enum rc
place_name(struct scope *sc, school_id school, struct str *ret)
{
	struct q_school s;
	enum rc rc;

	if (school.v == 0) {
		*ret = S(N_("весь округ"));
		return RC_OK;
	}
	rc = q_school_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, school, &s);
	if (rc == RC_OK)
		*ret = s.name;
	return rc;
}

/* Inside the caller's transaction. */
static enum rc
grant_one(struct scope *sc, struct q_person *p, const struct grant *g,
    const char *action)
{
	struct str where;
	enum rc rc = place_name(sc, g->school, &where);

	if (rc != RC_OK)
		return rc;
	rc = q_grant_add(sc->db, &(struct q_grant_add_in){
				     .municipality = sc->actor.municipality,
				     .person = p->id,
				     .role = str_of(role_code(g->role)),
				     .organisation = g->school,
				     .since = g->since,
				     .until = g->until,
				     .instead_of = g->instead_of,
				 });
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry = about(p, action);
	entry.becomes =
	    arena_fmt(sc->mem, "%s: %.*s", role_title(g->role), STR_ARG(where));
	return audit_write(sc, &entry);
}

/* "с 01.09.2026 по 31.08.2027" */
static struct str
period_text(struct arena *mem, struct date since, struct date until)
{
	if (date_is_none(until))
		return arena_fmt(mem, "с %.*s", STR_ARG(date_ru(mem, since)));
	return arena_fmt(mem, "с %.*s по %.*s", STR_ARG(date_ru(mem, since)),
	    STR_ARG(date_ru(mem, until)));
}

static enum rc
tell_granted(struct scope *sc, person_id person, const struct grant *grant)
{
	return notify_person(sc, person,
	    &(struct notice){.kind = NOTICE_ROLE_GRANTED,
		.object = S("person"),
		.object_id = person.v,
		.school = grant->school,
		.text = arena_fmt(sc->mem, N_("Вам дана роль «%s» %.*s."),
		    role_title(grant->role),
		    STR_ARG(
			period_text(sc->mem, grant->since, grant->until)))});
}

enum rc
person_grant(struct scope *sc, person_id person, const struct grant *grant)
{
	struct q_person p;
	autotx tx = {0};
	enum rc rc = find(sc, person, &p);

	if (rc != RC_OK)
		return rc;
	if (!date_is_none(grant->until) &&
	    date_before(grant->until, grant->since)) {
		diag_error(sc->diag, (struct place){.column = S("until")},
		    N_("Последний день роли раньше первого."));
		return RC_INVALID;
	}
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = grant_one(sc, &p, grant, "person.granted");
	/* Whoever fills an empty database gives roles to people not in yet. */
	if (rc == RC_OK && sc->actor.person.v != 0)
		rc = tell_granted(sc, person, grant);
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
person_grant_end(struct scope *sc, person_id person, int64_t number)
{
	struct q_person p;
	autotx tx = {0};
	enum rc rc = find(sc, person, &p);

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_grant_end(sc->db, sc->actor.municipality, person, number,
	    date_plus(sc->actor.today, -1));
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry = about(&p, "person.grant_ended");
	entry.note = arena_fmt(sc->mem, "№ %lld", (long long)number);
	rc = audit_write(sc, &entry);
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

static bool
holds(const struct q_grant *g, struct date day)
{
	return !date_before(day, g->since) &&
	       (date_is_none(g->until) || !date_before(g->until, day));
}

enum rc
person_deputy_end(struct scope *sc, person_id deputy)
{
	struct q_person p;
	int64_t n = 0;
	autotx tx = {0};
	enum rc rc = find(sc, deputy, &p);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_deputy_end(sc->db, sc->actor.municipality,
		    sc->actor.person, deputy, date_plus(sc->actor.today, -1),
		    &n);
	if (rc == RC_OK && n == 0)
		rc = RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry = about(&p, "person.grant_ended");
	entry.was =
	    arena_fmt(sc->mem, N_("замещение: %.*s"), STR_ARG(sc->actor.name));
	rc = audit_write(sc, &entry);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

static enum rc
check_deputy(struct scope *sc, person_id person, person_id deputy,
    struct date since, struct date until)
{
	size_t before = sc->diag->errors;

	if (person.v == deputy.v)
		diag_error(sc->diag, (struct place){.column = S("person")},
		    N_("Замещать может другой человек."));
	if (date_is_none(until))
		diag_error(sc->diag, (struct place){.column = S("until")},
		    N_("Не сказано, по какой день."));
	else if (date_before(until, since))
		diag_error(sc->diag, (struct place){.column = S("until")},
		    N_("Последний день раньше первого."));
	else if (date_before(until, sc->actor.today))
		diag_error(sc->diag, (struct place){.column = S("until")},
		    N_("Этот день уже прошёл."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

enum rc
person_deputise(struct scope *sc, person_id person, person_id deputy,
    struct date since, struct date until)
{
	struct q_person p = {0}, from = {0};
	size_t lent = 0;
	struct q_grant *all;
	size_t n;
	autotx tx = {0};
	enum rc rc = find(sc, deputy, &p);

	if (rc == RC_OK)
		rc = find(sc, person, &from);
	if (rc != RC_OK)
		return rc;
	rc = check_deputy(sc, person, deputy, since, until);
	if (rc != RC_OK)
		return rc;
	rc = q_grant_list(
	    sc->db, sc->mem, sc->actor.municipality, person, &all, &n);
	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct grant g = {.school = all[i].organisation,
		    .since = since,
		    .until = until,
		    .instead_of = person};

		/* What was itself lent is not lent on. */
		if (!holds(&all[i], sc->actor.today) ||
		    all[i].instead_of.v != 0 ||
		    !role_by_code(all[i].role, &g.role))
			continue;
		rc = grant_one(sc, &p, &g, "person.deputy");
		if (rc != RC_OK)
			return rc;
		lent++;
	}
	if (lent == 0) {
		diag_error(sc->diag, (struct place){.column = S("person")},
		    N_("Передавать нечего: своих ролей сейчас нет."));
		return RC_INVALID;
	}
	rc = notify_person(sc, deputy,
	    &(struct notice){.kind = NOTICE_DEPUTY,
		.object = S("person"),
		.object_id = person.v,
		.text = arena_fmt(sc->mem, N_("Вы замещаете: %.*s, %.*s."),
		    STR_ARG(from.name),
		    STR_ARG(period_text(sc->mem, since, until)))});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

/* ---- invitations ---- */

enum rc
person_invite(struct scope *sc, person_id person, struct str token)
{
	struct q_person p;
	autotx tx = {0};
	enum rc rc = find(sc, person, &p);

	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_link_drop_of(sc->db, sc->actor.municipality, person, sc->now);
	if (rc != RC_OK)
		return rc;
	rc = q_link_add(
	    sc->db, &(struct q_link_add_in){
			.token_hash = token_hash(sc->mem, token),
			.municipality = sc->actor.municipality,
			.person = person,
			.made_by = sc->actor.person,
			.made_at = sc->now,
			.expires_at = {sc->now.second +
				       (int64_t)INVITATION_DAYS * 86400},
		    });
	if (rc != RC_OK)
		return rc;
	struct audit_entry entry = about(&p, "person.invited");
	rc = audit_write(sc, &entry);
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

enum rc
invitation_find(struct scope *sc, struct str token, struct invited *ret)
{
	struct q_link_find found;
	enum rc rc = q_link_find(
	    sc->db, sc->mem, token_hash(sc->mem, token), sc->now, &found);

	if (rc == RC_OK)
		*ret = (struct invited){
		    found.municipality, found.person, found.name, found.login};
	return rc;
}

enum rc
invitation_accept(struct scope *sc, struct str token, struct str password)
{
	struct invited who;
	struct str hash;
	autotx tx = {0};
	enum rc rc = invitation_find(sc, token, &who);

	if (rc != RC_OK)
		return rc;
	rc = check_and_hash(sc, password, who.login, &hash);
	if (rc != RC_OK)
		return rc;
	sc->actor.municipality = who.municipality;
	sc->actor.person = who.person;
	sc->actor.name = who.name;
	rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;
	rc = q_link_use(sc->db, token_hash(sc->mem, token), sc->now);
	if (rc != RC_OK)
		return rc;
	rc = q_person_set_password(sc->db, who.municipality, who.person, hash);
	if (rc != RC_OK)
		return rc;
	rc = audit_write(
	    sc, &(struct audit_entry){.action = S("person.password"),
		    .object = S("person"),
		    .object_id = who.person.v,
		    .object_name = who.name});
	if (rc != RC_OK)
		return rc;
	return tx_commit(&tx);
}

/* ---- the person as an actor ---- */

enum rc
actor_of(struct scope *sc, municipality_id municipality, person_id person,
    struct str name, struct actor *ret)
{
	struct actor a = sc->actor;
	struct q_grant *all;
	size_t n;
	enum rc rc =
	    q_grant_list(sc->db, sc->mem, municipality, person, &all, &n);

	if (rc != RC_OK)
		return rc;
	a.municipality = municipality;
	a.person = person;
	a.name = name;
	a.sees_all = false;
	a.roles = 0;
	person_id lender = {0};
	for (size_t i = 0; i < n; i++) {
		enum role role;

		if (!holds(&all[i], a.today) ||
		    !role_by_code(all[i].role, &role))
			continue;
		a.roles |= (uint32_t)1 << role;
		if (all[i].organisation.v == 0)
			a.sees_all = true;
		if (all[i].instead_of.v != 0)
			lender = all[i].instead_of;
	}
	if (lender.v != 0) {
		struct q_person p;

		rc = q_person_by_id(sc->db, sc->mem, municipality, lender, &p);
		if (rc != RC_OK)
			return rc;
		a.name = arena_fmt(
		    sc->mem, "%.*s (за: %.*s)", STR_ARG(name), STR_ARG(p.name));
	}
	*ret = a;
	return RC_OK;
}
