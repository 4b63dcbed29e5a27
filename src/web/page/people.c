/* people.c - accounts: who may come in, with which roles; the table of rights. */
#include "web/page/people.h"

#include "base/vec.h"
#include "core/access/people.h"
#include "core/access/session.h"
#include "os/random.h"
#include "people.view.h"
#include "web/page/pages.h"

/* ---- the list ---- */

static const struct table_column people_columns[] = {
    {"login", S_INIT("Имя для входа"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"name", S_INIT("Имя"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"post", S_INIT("Должность"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"open", S_INIT("Открыта"), TABLE_BOOL, 0, 10, {0}, {0}},
};

const struct list_table people_list = LIST_OF(people_columns);

static enum rc
people_table(
    struct visit *v, struct reply *rp, const struct q_person *all, size_t n)
{
	const struct table_about about = {.title = S("Учётные записи"),
	    .made_on = v->scope.actor.today,
	    .columns = people_columns,
	    .n = COUNT_OF(people_columns)};
	struct table_out *t = table_begin(v, rp, &about, "people");

	for (size_t i = 0; i < n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_text(all[i].login),
			   table_text(all[i].name), table_text(all[i].post),
			   table_bool(!all[i].is_disabled)});
	return table_out_close(t);
}

enum rc
page_people(struct visit *v, struct reply *rp)
{
	struct view_people p = {
	    .shell = shell_open(v, SECTION_people, S(N_("Учётные записи"))),
	    .form = v->form.number == FORM_person ?
			v->form :
			form_open(v->scope.mem, FORM_person),
	    .files = list_files(v),
	};
	struct q_person *all;
	enum rc rc = q_person_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &p.n);

	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return people_table(v, rp, all, p.n);
	p.people = all;
	view_people(&rp->body, &p);
	return RC_OK;
}

enum rc
do_person(struct visit *v, struct reply *rp)
{
	const struct form_person *f = v->form.value;
	person_id id;
	enum rc rc = person_add(&v->scope, f->login, f->name, f->post, &id);

	if (rc == RC_CONFLICT)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_person(id),
	    N_("Учётная запись добавлена. Дайте ей роль и выдайте "
	       "приглашение."));
}

/* ---- one person ---- */

static struct str
school_name(const struct view_person *p, school_id id)
{
	for (size_t i = 0; i < p->n_schools; i++) {
		if (p->schools[i].id.v == id.v)
			return p->schools[i].name;
	}
	return S(N_("весь округ"));
}

static bool
is_present(const struct q_grant *g, struct date today)
{
	return !date_before(today, g->since) &&
	       (date_is_none(g->until) || !date_before(g->until, today));
}

static void
list_grants(
    struct visit *v, struct view_person *p, const struct q_grant *all, size_t n)
{
	struct grant_line *lines =
	    arena_new(v->scope.mem, struct grant_line, n + 1);

	for (size_t i = 0; i < n; i++) {
		enum role role;

		if (!role_by_code(all[i].role, &role))
			continue;
		lines[p->n++] = (struct grant_line){
		    .number = all[i].number,
		    .role = role_title(role),
		    .where = school_name(p, all[i].organisation),
		    .since = all[i].since,
		    .until = all[i].until,
		    .is_lent = all[i].instead_of.v != 0,
		    .holds = is_present(&all[i], v->scope.actor.today),
		};
	}
	p->grants = lines;
}

static enum rc
fill_person(struct visit *v, struct view_person *p)
{
	municipality_id m = v->scope.actor.municipality;
	struct q_school *schools;
	struct q_grant *grants;
	size_t n;
	enum rc rc = q_person_by_id(
	    v->scope.db, v->scope.mem, m, v->at.person, &p->person);

	if (rc != RC_OK)
		return rc;
	rc = factor_is_on(&v->scope, m, v->at.person, &p->has_factor);
	if (rc == RC_OK)
		rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
		    m, &schools, &p->n_schools);
	if (rc != RC_OK)
		return rc;
	p->schools = schools;
	rc = q_grant_list(
	    v->scope.db, v->scope.mem, m, v->at.person, &grants, &n);
	if (rc != RC_OK)
		return rc;
	list_grants(v, p, grants, n);
	return RC_OK;
}

static enum rc
show_person(struct visit *v, struct reply *rp, struct str invitation)
{
	struct view_person p = {
	    .form = v->form.number == FORM_grant ?
			v->form :
			form_open(v->scope.mem, FORM_grant),
	    .invitation = invitation,
	};
	enum rc rc = fill_person(v, &p);

	if (rc != RC_OK)
		return rc;
	if (p.form.typed[IN_grant_since].n == 0)
		form_type(&p.form, IN_grant_since,
		    date_ru(v->scope.mem, v->scope.actor.today));
	p.shell = shell_open(v, SECTION_people, p.person.name);
	shell_crumb(&p.shell, S(N_("Учётные записи")), link_people());
	view_person(&rp->body, &p);
	return RC_OK;
}

enum rc
page_person(struct visit *v, struct reply *rp)
{
	return show_person(v, rp, S(""));
}

/* Shown once, to be given to its owner; only its hash is kept. */
enum rc
do_person_invite(struct visit *v, struct reply *rp)
{
	struct str token = random_token(v->scope.mem, 32);
	enum rc rc = person_invite(&v->scope, v->at.person, token);

	if (rc != RC_OK)
		return rc;
	return show_person(v, rp,
	    arena_fmt(v->scope.mem, "%s://%.*s/invitation/%.*s",
		v->rq->is_secure ? "https" : "http",
		STR_ARG(request_header(v->rq, S("Host"))), STR_ARG(token)));
}

enum rc
do_person_state(struct visit *v, struct reply *rp)
{
	struct q_person p;
	enum rc rc = q_person_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.person, &p);

	if (rc != RC_OK)
		return rc;
	if (p.id.v == v->scope.actor.person.v) {
		diag_error(v->scope.diag, (struct place){0},
		    N_("Свою учётную запись закрыть нельзя: некому будет "
		       "открыть её снова."));
		return RC_INVALID;
	}
	rc = person_set_disabled(&v->scope, p.id, !p.is_disabled);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_person(p.id),
	    p.is_disabled ? N_("Учётная запись открыта снова.") :
			    N_("Учётная запись закрыта, её сеансы завершены."));
}

/* For whoever has lost the telephone with the codes. */
enum rc
do_person_factor_off(struct visit *v, struct reply *rp)
{
	enum rc rc = factor_remove(&v->scope, v->at.person);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_person(v->at.person),
	    N_("Второй шаг входа выключен, человек об этом извещён."));
}

enum rc
do_grant(struct visit *v, struct reply *rp)
{
	const struct form_grant *f = v->form.value;
	struct grant g = {
	    .school = {f->school == NUMBER_NONE ? 0 : f->school},
	    .since = f->since,
	    .until = f->until,
	};
	enum rc rc;

	if (!role_by_code(f->role, &g.role)) {
		form_refuse(&v->form, IN_grant_role, S(N_("Такой роли нет.")));
		return RC_INVALID;
	}
	rc = person_grant(&v->scope, v->at.person, &g);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_person(v->at.person), N_("Роль дана."));
}

enum rc
do_grant_end(struct visit *v, struct reply *rp)
{
	enum rc rc = person_grant_end(&v->scope, v->at.person, v->at.number);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_person(v->at.person), N_("Роль прекращена."));
}

/* ---- the table of rights ---- */

struct role_rows
role_list(void)
{
	struct role_rows all = {.n = ROLE_COUNT};

	for (enum role r = 0; r < ROLE_COUNT; r++)
		all.p[r] = (struct role_row){r, role_code(r), role_title(r)};
	return all;
}

struct perm_rows
perm_list(void)
{
	struct perm_rows all = {.n = PERM_COUNT};

	for (enum perm p = 0; p < PERM_COUNT; p++)
		all.p[p] = (struct perm_row){p, perm_title(p)};
	return all;
}

const char *
reach_word(enum role r, enum perm p)
{
	switch (role_reach(r, p)) {
	case REACH_ALL:
		return N_("все");
	case REACH_OWN:
		return N_("свои");
	case REACH_NONE:
		return "";
	}
	UNREACHABLE();
}

static const struct table_column rights_columns[ROLE_COUNT + 2] = {
    {"right", S_INIT("Право"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"allows", S_INIT("Что позволяет"), TABLE_TEXT, 0, 44, {0}, {0}},
#define ROLE(name, code, title)                                                \
	{code, S_INIT(title), TABLE_TEXT, 0, 0, {0}, {0}},
#include "core/access/roles.def"
#undef ROLE
};

const struct list_table rights_list = LIST_OF(rights_columns);

static enum rc
rights_table(struct visit *v, struct reply *rp)
{
	struct table_cell cells[ROLE_COUNT + 2];
	const struct table_about about = {.title = S("Роли и права"),
	    .made_on = v->scope.actor.today,
	    .columns = rights_columns,
	    .n = COUNT_OF(rights_columns)};
	struct table_out *t;

	t = table_begin(v, rp, &about, "rights");
	for (enum perm p = 0; p < PERM_COUNT; p++) {
		cells[0] = table_text(str_of(perm_name(p)));
		cells[1] = table_text(str_of(perm_title(p)));
		for (enum role r = 0; r < ROLE_COUNT; r++)
			cells[r + 2] = table_text(str_of(reach_word(r, p)));
		table_out_row(t, cells);
	}
	return table_out_close(t);
}

enum rc
page_rights(struct visit *v, struct reply *rp)
{
	struct view_rights s = {
	    .shell = shell_open(v, SECTION_rights, S(N_("Роли и права"))),
	    .files = list_files(v),
	};

	if (v->format != AS_PAGE)
		return rights_table(v, rp);
	view_rights(&rp->body, &s);
	return RC_OK;
}
