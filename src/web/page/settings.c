/* settings.c - the municipality's settings, and who stands in for whom. */
#include "web/page/settings.h"

#include "core/access/duty.h"
#include "core/access/people.h"
#include "settings.view.h"
#include "web/page/pages.h"

enum rc
page_settings(struct visit *v, struct reply *rp)
{
	struct view_settings s = {
	    .shell = shell_open(v, SECTION_settings, S(N_("Настройки"))),
	    .form = v->form.number == FORM_settings ?
			v->form :
			form_open(v->scope.mem, FORM_settings),
	};
	enum rc rc = factor_duty_read(&v->scope, &s.factor_from);

	if (rc != RC_OK)
		return rc;
	if (v->form.number != FORM_settings)
		form_type(&s.form, IN_settings_factor_from,
		    date_ru(v->scope.mem, s.factor_from));
	view_settings(&rp->body, &s);
	return RC_OK;
}

enum rc
do_settings(struct visit *v, struct reply *rp)
{
	const struct form_settings *f = v->form.value;
	enum rc rc = factor_duty_set(&v->scope, f->factor_from);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_settings(), N_("Настройки сохранены."));
}

/* ---- deputies ---- */

enum rc
page_deputy(struct visit *v, struct reply *rp)
{
	const struct scope *sc = &v->scope;
	struct view_deputy s = {
	    .shell = shell_open(v, SECTION_none, S(N_("Замещение"))),
	    .form = v->form.number == FORM_deputy ?
			v->form :
			form_open(sc->mem, FORM_deputy),
	};
	struct q_deputy_candidates *people;
	struct q_deputies_of *deputies;
	enum rc rc = q_deputy_candidates(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, sc->actor.person, &people, &s.n_people);

	if (rc == RC_OK)
		rc = q_deputies_of(sc->db, sc->mem, sc->actor.municipality,
		    sc->actor.person, sc->actor.today, &deputies, &s.n);
	if (rc != RC_OK)
		return rc;
	s.people = people;
	s.deputies = deputies;
	if (s.form.typed[IN_deputy_since].n == 0)
		form_type(&s.form, IN_deputy_since,
		    date_ru(sc->mem, sc->actor.today));
	shell_crumb(&s.shell, S(N_("Моя учётная запись")), link_account());
	view_deputy(&rp->body, &s);
	return RC_OK;
}

enum rc
do_deputy(struct visit *v, struct reply *rp)
{
	const struct form_deputy *f = v->form.value;
	enum rc rc = person_deputise(&v->scope, v->scope.actor.person,
	    (person_id){f->person}, f->since, f->until);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_account_deputy(), N_("Замещение назначено."));
}

enum rc
do_deputy_end(struct visit *v, struct reply *rp)
{
	enum rc rc = person_deputy_end(&v->scope, v->at.person);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_account_deputy(), N_("Замещение прекращено."));
}
