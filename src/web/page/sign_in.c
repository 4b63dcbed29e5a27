/* sign_in.c - the door: name and password, the second step, an invitation. */
#include "web/page/sign_in.h"

#include "core/access/people.h"
#include "core/access/session.h"
#include "os/random.h"
#include "sign_in.view.h"
#include "web/page/pages.h"

enum { TOKEN_BYTES = 32 };

static struct view_sign_in
view_of(const struct visit *v, enum form_number number, const char *title)
{
	bool is_again = v->form.number == number;

	return (struct view_sign_in){
	    .shell = shell_open(v, SECTION_none, str_of(title)),
	    .form = is_again ? v->form : form_open(v->scope.mem, number),
	    .problem = v->form.fault,
	    .back = visit_query(v, S("back")),
	};
}

enum rc
page_sign_in(struct visit *v, struct reply *rp)
{
	struct view_sign_in s = view_of(v, FORM_sign_in, N_("Вход"));

	if (v->token.n > 0 && !v->needs_code)
		return reply_see_other(v, rp, link_home());
	if (v->form.number == FORM_sign_in)
		s.back = v->form.typed[IN_sign_in_back];
	view_sign_in(&rp->body, &s);
	return RC_OK;
}

/* 429 with a sentence; the form keeps the name that was typed. */
static enum rc
too_many(struct visit *v, struct reply *rp)
{
	rp->status = 429;
	reply_header(rp, "Retry-After",
	    arena_fmt(v->scope.mem, "%d", FAILURE_WINDOW_SECONDS));
	v->form.fault = S(N_("Слишком много неудачных попыток. Подождите "
			     "четверть часа и попробуйте снова."));
	return v->route->again(v, rp);
}

enum rc
do_sign_in(struct visit *v, struct reply *rp)
{
	const struct form_sign_in *f = v->form.value;
	struct link back = link_back(v->scope.mem, f->back);
	enum sign_in_outcome outcome;
	const struct sign_in in = {
	    .login = f->login,
	    .password = f->password,
	    .token = random_token(v->scope.mem, TOKEN_BYTES),
	    .address = v->rq->address,
	    .agent = request_header(v->rq, S("User-Agent")),
	};
	enum rc rc = sign_in(&v->scope, &in, &outcome);

	if (rc != RC_OK)
		return rc;
	switch (outcome) {
	case SIGN_IN_TOO_MANY:
		return too_many(v, rp);
	case SIGN_IN_WRONG:
		v->form.fault = S(N_("Имя для входа или пароль не подошли."));
		return RC_INVALID;
	case SIGN_IN_DONE:
		break;
	case SIGN_IN_NEEDS_CODE:
		back = link_with(v->scope.mem, link_sign_in_code(), "back",
		    link_text(v->scope.mem, back));
		break;
	}
	reply_cookie(v->rq, rp, "opora", in.token, 0);
	return reply_see_other(v, rp, back);
}

/* ---- the second step ---- */

enum rc
page_sign_in_code(struct visit *v, struct reply *rp)
{
	struct view_sign_in s =
	    view_of(v, FORM_sign_in_code, N_("Второй шаг входа"));

	if (!v->needs_code)
		return reply_see_other(v, rp, link_home());
	if (v->form.number == FORM_sign_in_code)
		s.back = v->form.typed[IN_sign_in_code_back];
	s.name = v->waiting;
	view_sign_in_code(&rp->body, &s);
	return RC_OK;
}

enum rc
do_sign_in_code(struct visit *v, struct reply *rp)
{
	const struct form_sign_in_code *f = v->form.value;
	enum sign_in_outcome outcome;
	enum rc rc;

	if (!v->needs_code)
		return reply_see_other(v, rp, link_home());
	rc = sign_in_code(&v->scope, v->token, f->code, &outcome);
	if (rc != RC_OK)
		return rc;
	if (outcome == SIGN_IN_TOO_MANY)
		return too_many(v, rp);
	if (outcome != SIGN_IN_DONE) {
		form_refuse(&v->form, IN_sign_in_code_code,
		    S(N_("Код не подошёл. Дождитесь следующего и введите "
			 "его.")));
		return RC_INVALID;
	}
	return reply_see_other(v, rp, link_back(v->scope.mem, f->back));
}

enum rc
do_sign_out(struct visit *v, struct reply *rp)
{
	enum rc rc;

	if (v->token.n > 0) {
		rc = session_close(&v->scope, v->token);
		if (rc != RC_OK)
			return rc;
	}
	reply_cookie(v->rq, rp, "opora", S("none"), 1);
	return reply_see_other(v, rp, link_sign_in());
}

/* ---- an invitation ---- */

enum rc
page_invitation(struct visit *v, struct reply *rp)
{
	struct view_sign_in s = view_of(v, FORM_invited, N_("Приглашение"));
	struct invited who;
	enum rc rc = invitation_find(&v->scope, v->at.word, &who);

	if (rc == RC_NOT_FOUND) {
		diag_error(v->scope.diag, (struct place){0},
		    N_("Эта ссылка уже использована или её срок прошёл."))
		    ->hint = S(N_("Попросите администратора выдать новую."));
		return RC_NOT_FOUND;
	}
	if (rc != RC_OK)
		return rc;
	s.name = who.name;
	s.login = who.login;
	s.to = (struct link){.address = v->rq->path};
	view_invitation(&rp->body, &s);
	return RC_OK;
}

enum rc
do_invitation(struct visit *v, struct reply *rp)
{
	const struct form_invited *f = v->form.value;
	enum rc rc;

	if (!str_eq(f->password, f->again)) {
		form_refuse(&v->form, IN_invited_again,
		    S(N_("Пароли не совпали. Введите их ещё раз.")));
		return RC_INVALID;
	}
	rc = invitation_accept(&v->scope, v->at.word, f->password);
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_sign_in(), N_("Пароль задан. Войдите с ним."));
}
