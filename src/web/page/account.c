/* account.c - one's own account: password, second step, sessions, tokens. */
#include "web/page/account.h"

#include "account.view.h"
#include "base/vec.h"
#include "core/access/people.h"
#include "core/access/secret.h"
#include "core/access/session.h"
#include "os/random.h"
#include "web/page/pages.h"

enum { TOKEN_BYTES = 32 };

static struct form
form_or_empty(const struct visit *v, enum form_number number)
{
	return v->form.number == number ? v->form :
					  form_open(v->scope.mem, number);
}

static void
list_roles(const struct visit *v, struct view_account *a)
{
	const char **titles = arena_new(v->scope.mem, const char *, ROLE_COUNT);

	for (enum role r = 0; r < ROLE_COUNT; r++) {
		if (v->scope.actor.roles >> r & 1)
			titles[a->n_roles++] = role_title(r);
	}
	a->roles = titles;
}

static enum rc
fill(struct visit *v, struct view_account *a)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_session_list *sessions;
	struct q_token_list *tokens;
	struct str secret;
	enum rc rc =
	    q_person_by_id(sc->db, sc->mem, m, sc->actor.person, &a->person);

	if (rc != RC_OK)
		return rc;
	rc = q_session_list(
	    sc->db, sc->mem, m, sc->actor.person, &sessions, &a->n_sessions);
	if (rc != RC_OK)
		return rc;
	rc = q_token_list(
	    sc->db, sc->mem, m, sc->actor.person, &tokens, &a->n_tokens);
	if (rc != RC_OK)
		return rc;
	a->sessions = sessions;
	a->tokens = tokens;
	a->here = token_hash(sc->mem, v->token);
	rc = factor_state(&v->scope, &a->has_factor, &secret);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
show(struct visit *v, struct reply *rp, struct str new_token)
{
	struct view_account a = {
	    .shell = shell_open(v, SECTION_none, S(N_("Моя учётная запись"))),
	    .password = form_or_empty(v, FORM_password),
	    .token = form_or_empty(v, FORM_token),
	    .look = form_or_empty(v, FORM_look),
	    .new_token = new_token,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = fill(v, &a);

	if (rc != RC_OK)
		return rc;
	list_roles(v, &a);
	if (a.shell.is_contrast)
		form_type(&a.look, IN_look_contrast, S("1"));
	if (a.token.typed[IN_token_until].n == 0)
		form_type(&a.token, IN_token_until,
		    date_ru(
			v->scope.mem, date_plus(v->scope.actor.today, 180)));
	view_account(&rp->body, &a);
	return RC_OK;
}

enum rc
page_account(struct visit *v, struct reply *rp)
{
	return show(v, rp, S(""));
}

enum rc
do_account_password(struct visit *v, struct reply *rp)
{
	const struct form_password *f = v->form.value;
	struct q_person_for_sign_in kept;
	struct q_person p;
	enum rc rc = q_person_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->scope.actor.person, &p);

	if (rc != RC_OK)
		return rc;
	rc = q_person_for_sign_in(v->scope.db, v->scope.mem, p.login, &kept);
	if (rc != RC_OK)
		return rc;
	if (!password_is(v->scope.mem, f->old, kept.password_hash))
		form_refuse(&v->form, IN_password_old,
		    S(N_("Нынешний пароль не такой.")));
	if (!str_eq(f->password, f->again))
		form_refuse(&v->form, IN_password_again,
		    S(N_("Пароли не совпали. Введите их ещё раз.")));
	if (v->form.n_bad > 0)
		return RC_INVALID;
	rc = person_set_password(&v->scope, p.id, f->password);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_account(), N_("Пароль сменён."));
}

enum rc
do_account_sessions(struct visit *v, struct reply *rp)
{
	int64_t closed;
	enum rc rc = session_close_others(&v->scope, v->token, &closed);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_account(), N_("Вы вышли везде, кроме этого места."));
}

/* ---- second step ---- */

static struct str
in_fours(struct arena *mem, struct str secret)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < secret.n; i++) {
		if (i > 0 && i % 4 == 0)
			buf_char(&b, ' ');
		buf_char(&b, secret.p[i]);
	}
	return buf_str(&b);
}

/* A secret not yet confirmed is offered again: the page may be reloaded. */
static enum rc
offered_secret(struct visit *v, struct str *ret)
{
	bool is_on;
	enum rc rc = factor_state(&v->scope, &is_on, ret);

	if (rc == RC_OK && !is_on)
		return RC_OK;
	if (rc == RC_OK)
		return RC_CONFLICT;
	if (rc != RC_NOT_FOUND)
		return rc;

	struct str bytes = random_token(v->scope.mem, TOTP_SECRET_BYTES);
	*ret = base32(
	    v->scope.mem, (const unsigned char *)bytes.p, TOTP_SECRET_BYTES);
	return factor_offer(&v->scope, *ret);
}

enum rc
page_factor(struct visit *v, struct reply *rp)
{
	struct view_factor f = {
	    .shell = shell_open(v, SECTION_none, S(N_("Второй шаг входа"))),
	    .form = form_or_empty(v, FORM_factor),
	};
	struct str secret;
	enum rc rc = offered_secret(v, &secret);

	if (rc == RC_CONFLICT)
		return reply_see_other(v, rp, link_account());
	if (rc != RC_OK)
		return rc;
	shell_crumb(&f.shell, S(N_("Моя учётная запись")), link_account());
	f.secret = in_fours(v->scope.mem, secret);
	f.address = arena_fmt(v->scope.mem,
	    "otpauth://totp/Opora?secret=%.*s&issuer=Opora", STR_ARG(secret));
	view_factor(&rp->body, &f);
	return RC_OK;
}

enum rc
do_factor(struct visit *v, struct reply *rp)
{
	const struct form_factor *f = v->form.value;
	enum rc rc = factor_confirm(&v->scope, f->code);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_account(), N_("Второй шаг включён."));
}

enum rc
do_factor_off(struct visit *v, struct reply *rp)
{
	enum rc rc = factor_remove(&v->scope, v->scope.actor.person);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_account(), N_("Второй шаг выключен."));
}

/* ---- tokens of programs, look ---- */

enum rc
do_token(struct visit *v, struct reply *rp)
{
	const struct form_token *f = v->form.value;
	struct str token = random_token(v->scope.mem, TOKEN_BYTES);
	enum rc rc;

	if (!date_before(v->scope.actor.today, f->until)) {
		form_refuse(
		    &v->form, IN_token_until, S(N_("Этот день уже прошёл.")));
		return RC_INVALID;
	}
	rc = api_token_add(&v->scope, token, f->name, f->until);
	if (rc != RC_OK)
		return rc;
	v->form.number = FORM_none;
	return show(v, rp, token);
}

enum rc
do_token_end(struct visit *v, struct reply *rp)
{
	enum rc rc = api_token_revoke(&v->scope, v->at.number);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_account(), N_("Ключ отозван."));
}

enum rc
do_look(struct visit *v, struct reply *rp)
{
	const struct form_look *f = v->form.value;

	reply_header(rp, "Set-Cookie",
	    f->contrast ?
		S("look=contrast; Path=/; Max-Age=31536000; SameSite=Lax") :
		S("look=; Path=/; Max-Age=0"));
	return reply_see_other(v, rp, link_account());
}
