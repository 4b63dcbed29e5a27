/* letters.c - one's own letters: where to, which kinds, and calendars. */
#include "web/page/letters.h"

#include "base/vec.h"
#include "core/plans/feed.h"
#include "core/plans/letters.h"
#include "core/plans/plan.h"
#include "core/plans/remind.h"
#include "letters.view.h"
#include "mail/mail.h"
#include "os/random.h"
#include "web/page/pages.h"

enum { SECRET_BYTES = 24 };

/* ---- what may be chosen ---- */

struct choices {
	struct feed_choice *p;
	size_t n, cap;
};

static void
add_choice(struct visit *v, struct choices *all, enum feed_subject subject,
    int64_t id, struct str title)
{
	*vec_push(v->scope.mem, all) = (struct feed_choice){
	    .code = arena_fmt(v->scope.mem, "%s %lld",
		feed_subject_codes[subject], (long long)id),
	    .title = title};
}

static enum rc
list_choices(struct visit *v, struct choices *all)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_plan_line *plans;
	struct q_school *schools;
	size_t n_plans, n_schools;
	enum rc rc =
	    q_plan_list(sc->db, sc->mem, &sc->actor, m, &plans, &n_plans);

	if (rc == RC_OK)
		rc = q_school_list(
		    sc->db, sc->mem, &sc->actor, m, &schools, &n_schools);
	if (rc != RC_OK)
		return rc;
	add_choice(v, all, FEED_PERSON, sc->actor.person.v,
	    S(N_("Всё, за что отвечаю я")));
	for (size_t i = 0; i < n_plans; i++)
		if (plans[i].edition > 0)
			add_choice(v, all, FEED_PLAN, plans[i].id.v,
			    arena_fmt(sc->mem, "План: %.*s",
				STR_ARG(plans[i].title)));
	for (size_t i = 0; i < n_schools; i++)
		add_choice(
		    v, all, FEED_SCHOOL, schools[i].id.v, schools[i].name);
	return RC_OK;
}

static bool
read_choice(struct str typed, enum feed_subject *subject, int64_t *id)
{
	struct str rest = typed, word;

	return str_split(&rest, ' ', &word) &&
	       feed_subject_parse(word, subject) && str_to_int(rest, id);
}

/* ---- what there is ---- */

static enum rc
list_feeds(
    struct visit *v, const struct choices *choices, struct view_letters *view)
{
	const struct scope *sc = &v->scope;
	struct q_feed *all;
	size_t n;
	enum rc rc = q_feed_list(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.person, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct feed_row *rows = arena_new(sc->mem, struct feed_row, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct feed_row){
		    .code = arena_fmt(sc->mem, "%.*s %lld",
			STR_ARG(all[i].subject), (long long)all[i].subject_id),
		    .title = S(N_("больше не видно вам")),
		    .made_at = all[i].made_at,
		    .used_at = all[i].used_at};
		for (size_t k = 0; k < choices->n; k++)
			if (str_eq(choices->p[k].code, rows[i].code))
				rows[i].title = choices->p[k].title;
	}
	view->feeds = rows;
	view->n_feeds = n;
	return RC_OK;
}

/* The form as it stands in the database. */
static enum rc
fill_form(struct visit *v, struct form *form)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_person_email kept;
	struct q_refusal_list *refused;
	bool wanted[LETTER_KIND_COUNT] = {true, true};
	size_t n;
	enum rc rc =
	    q_person_email(sc->db, sc->mem, m, sc->actor.person, &kept);

	if (rc == RC_OK)
		rc = q_refusal_list(sc->db, sc->mem, m, &refused, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum letter_kind kind;
		if (refused[i].person.v == sc->actor.person.v &&
		    letter_kind_parse(refused[i].kind, &kind))
			wanted[kind] = false;
	}
	if (rc != RC_OK)
		return rc;
	form_type(form, IN_letters_email, kept.email.p ? kept.email : S(""));
	form_type(form, IN_letters_week, wanted[LETTER_WEEK] ? S("1") : S(""));
	form_type(form, IN_letters_day, wanted[LETTER_DAY] ? S("1") : S(""));
	return RC_OK;
}

static enum rc
show(struct visit *v, struct reply *rp, struct str new_address)
{
	struct view_letters view = {
	    .shell = shell_open(v, SECTION_none, S(N_("Письма и календарь"))),
	    .form = form_open(v->scope.mem, FORM_letters),
	    .feed = form_open(v->scope.mem, FORM_feed),
	    .new_address = new_address,
	    .zone = (int32_t)v->place.zone_minutes};
	struct mail_settings settings;
	struct choices choices = {0};
	struct q_letter *letters;
	enum rc rc = list_choices(v, &choices);

	if (rc == RC_OK)
		rc = list_feeds(v, &choices, &view);
	if (rc == RC_OK)
		rc = q_letter_of_person(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, v->scope.actor.person,
		    &letters, &view.n_letters);
	if (rc == RC_OK && v->form.number == FORM_letters)
		view.form = v->form;
	else if (rc == RC_OK)
		rc = fill_form(v, &view.form);
	if (rc != RC_OK)
		return rc;
	shell_crumb(&view.shell, S(N_("Моя учётная запись")), link_account());
	view.letters = letters;
	view.choices = choices.p;
	view.n_choices = choices.n;
	view.has_server =
	    mail_settings_read(v->scope.mem, v->scope.diag, &settings) == RC_OK;
	view_letters(&rp->body, &view);
	return RC_OK;
}

enum rc
page_letters(struct visit *v, struct reply *rp)
{
	return show(v, rp, S(""));
}

/* ---- changes ---- */

enum rc
do_letters(struct visit *v, struct reply *rp)
{
	const struct form_letters *f = v->form.value;
	enum rc rc =
	    letter_address_set(&v->scope, v->scope.actor.person, f->email);

	if (rc == RC_INVALID)
		form_refuse(&v->form, IN_letters_email,
		    S(N_("Это не адрес электронной почты: нужен вида "
			 "ivanova@okrug.example.")));
	if (rc == RC_OK)
		rc = letter_kind_want(&v->scope, LETTER_WEEK, f->week);
	if (rc == RC_OK)
		rc = letter_kind_want(&v->scope, LETTER_DAY, f->day);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_letters(), N_("Записано."));
}

enum rc
do_feed(struct visit *v, struct reply *rp)
{
	const struct form_feed *f = v->form.value;
	struct str secret = random_token(v->scope.mem, SECRET_BYTES);
	enum feed_subject subject;
	int64_t id;
	enum rc rc;

	if (!read_choice(f->subject, &subject, &id))
		return RC_NOT_FOUND;
	rc = feed_make(&v->scope, secret, subject, id);
	if (rc != RC_OK)
		return rc;
	v->form.number = FORM_none;
	return show(v, rp,
	    arena_fmt(v->scope.mem, "%s://%.*s/calendar/%.*s.ics",
		v->rq->is_secure ? "https" : "http",
		STR_ARG(request_header(v->rq, S("Host"))), STR_ARG(secret)));
}

enum rc
do_feed_end(struct visit *v, struct reply *rp)
{
	const struct form_feed *f = v->form.value;
	enum feed_subject subject;
	int64_t id;
	enum rc rc;

	if (!read_choice(f->subject, &subject, &id))
		return RC_NOT_FOUND;
	rc = feed_revoke(&v->scope, subject, id);
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_letters(), N_("Адрес больше не действует."));
}

/* ---- the calendar itself ---- */

enum rc
page_calendar_feed(struct visit *v, struct reply *rp)
{
	struct str secret = v->at.word;
	struct mail_settings settings;
	enum rc rc;

	if (!str_ends(secret, S(".ics")))
		return RC_NOT_FOUND;
	secret.n -= S(".ics").n;
	rc = mail_settings_read(v->scope.mem, v->scope.diag, &settings);
	rc = feed_calendar(&v->scope, secret,
	    rc == RC_INVALID ? S("") : settings.site, &rp->body);
	if (rc != RC_OK)
		return rc;
	rp->type = S("text/calendar; charset=utf-8");
	reply_header(
	    rp, "Content-Disposition", S("inline; filename=\"opora.ics\""));
	return RC_OK;
}
