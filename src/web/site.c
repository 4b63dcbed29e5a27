/* site.c - from a request to its page: who asks, may they, is the form whole? */
#include "web/site.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "core/access/duty.h"
#include "core/access/people.h"
#include "core/access/secret.h"
#include "core/access/session.h"
#include "message.view.h"
#include "os/clock.h"
#include "os/random.h"
#include "store/q_home.h"
#include "web/api.h"
#include "web/html.h"
#include "web/route.h"
#include "web/shell.h"
#include "web_assets.h"

struct site {
	struct db *db;
	struct shelf *shelf;
};

/* ---- headers of every reply ---- */

static const struct {
	const char *name;
	struct str value;
} always[] = {
    {"Content-Security-Policy",
	S_INIT("default-src 'none'; style-src 'self'; script-src 'self'; "
	       "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
	       "frame-ancestors 'none'; base-uri 'none'")},
    {"X-Content-Type-Options", S_INIT("nosniff")},
    {"X-Frame-Options", S_INIT("DENY")},
    {"Referrer-Policy", S_INIT("same-origin")},
    {"Cross-Origin-Opener-Policy", S_INIT("same-origin")},
    {"Cross-Origin-Resource-Policy", S_INIT("same-origin")},
    {"Permissions-Policy",
	S_INIT("camera=(), microphone=(), geolocation=(), payment=()")},
};

/* Every time the browser asks whether its copy is still the page. */
static const char own_page[] = "private, no-cache";

static void
put_headers(const struct request *rq, struct reply *rp, const char *cache)
{
	for (size_t i = 0; i < COUNT_OF(always); i++)
		reply_header(rp, always[i].name, always[i].value);
	if (rq->is_secure)
		reply_header(
		    rp, "Strict-Transport-Security", S("max-age=31536000"));
	reply_header(rp, "Cache-Control", str_of(cache));
}

/* ---- cookies ---- */

/* The prefix makes browsers insist on TLS and on this very host. */
static const char *
cookie_name(const struct request *rq, const char *plain)
{
	if (!rq->is_secure)
		return plain;
	return arena_cstr(rq->mem, arena_fmt(rq->mem, "__Host-%s", plain));
}

static struct str
cookie_get(const struct request *rq, const char *plain)
{
	return request_cookie(rq, str_of(cookie_name(rq, plain)));
}

void
reply_cookie(const struct request *rq, struct reply *rp, const char *plain,
    struct str value, int64_t seconds)
{
	reply_header(rp, "Set-Cookie",
	    arena_fmt(rq->mem, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s",
		cookie_name(rq, plain), STR_ARG(value),
		rq->is_secure ? "; Secure" : "",
		seconds == 0 ?
		    "" :
		    arena_cstr(rq->mem, arena_fmt(rq->mem, "; Max-Age=%lld",
					    (long long)seconds))));
}

/* ---- who asks ---- */

static enum rc
find_bearer(struct visit *v)
{
	struct str header = request_header(v->rq, S("Authorization"));

	if (!str_starts(header, S("Bearer ")))
		return RC_NOT_FOUND;
	v->is_program = true;
	return api_token_find(
	    &v->scope, str_trim(str_from(header, 7)), &v->scope.actor);
}

/* A nobody gets a secret of their own, so that their forms carry a mark. */
static void
open_door(struct visit *v, struct reply *rp)
{
	struct str secret = cookie_get(v->rq, "door");

	if (secret.n < 20) {
		secret = random_token(v->scope.mem, 24);
		if (v->route->right == OPEN_TO_ALL && v->format == AS_PAGE)
			reply_cookie(v->rq, rp, "door", secret, 0);
	}
	v->mark = token_derive(v->scope.mem, secret, "mark");
}

static enum rc
read_views(struct visit *v)
{
	struct q_saved_view *all;
	enum rc rc =
	    q_view_list(v->scope.db, v->scope.mem, v->scope.actor.municipality,
		v->scope.actor.person, &all, &v->n_views);

	v->views = all;
	return rc;
}

/* What the frame of a page shows of this person. */
static enum rc
read_frame(struct visit *v)
{
	struct q_notice_unread unread;
	enum rc rc;

	if (v->format != AS_PAGE || v->rq->method != GET)
		return RC_OK;
	rc = q_notice_unread(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->scope.actor.person, &unread);
	if (rc != RC_OK)
		return rc;
	v->unread = unread.n;
	return v->route->flags & ROUTE_LIST ? read_views(v) : RC_OK;
}

static enum rc
find_actor(struct visit *v, struct reply *rp)
{
	struct str token = cookie_get(v->rq, "opora");
	struct session s;
	enum rc rc = find_bearer(v);

	if (rc != RC_NOT_FOUND)
		return rc;
	rc = token.n > 0 ? session_find(&v->scope, token, &s) : RC_SIGN_IN;
	if (rc == RC_SIGN_IN) {
		open_door(v, rp);
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	v->token = token;
	v->mark = token_derive(v->scope.mem, token, "mark");
	v->needs_code = s.needs_code;
	if (s.needs_code) {
		v->waiting = s.actor.name;
		return RC_OK;
	}
	v->scope.actor = s.actor;
	v->until = s.until;
	return read_frame(v);
}

static struct syear
chosen_year(const struct visit *v)
{
	struct str said = visit_query(v, S("year"));
	int64_t first;

	if (said.n == 0)
		said = request_cookie(v->rq, S("year"));
	if (str_to_int(said, &first) && first >= 2000 && first <= 2100)
		return (struct syear){(int32_t)first};
	return syear_of(v->scope.actor.today);
}

static void
take_notice(struct visit *v, struct reply *rp)
{
	struct str said = request_cookie(v->rq, S("done"));

	if (said.n == 0 || v->format != AS_PAGE)
		return;
	if (url_decode(v->scope.mem, said, &v->notice))
		reply_header(rp, "Set-Cookie", S("done=; Path=/; Max-Age=0"));
}

/* The place, the day, the actor. */
static enum rc
begin(struct visit *v, struct reply *rp)
{
	enum rc rc = q_municipality_first(v->scope.db, v->scope.mem, &v->place);

	if (rc == RC_NOT_FOUND) {
		diag_error(v->scope.diag, (struct place){0},
		    N_("В этой базе данных ещё нет округа. Заведите его "
		       "командой «opora init» или «opora demo»."));
		return RC_BUSY;
	}
	if (rc != RC_OK)
		return rc;
	v->scope.actor = actor_nobody(
	    v->place.id, clock_today((int32_t)v->place.zone_minutes));
	rc = find_actor(v, rp);
	if (rc != RC_OK)
		return rc;
	v->scope.actor.address = v->rq->address;
	v->year = chosen_year(v);
	if (v->rq->method == GET)
		take_notice(v, rp);
	return RC_OK;
}

/* ---- may they ---- */

static enum rc
check_right(const struct visit *v)
{
	int right = v->route->right;

	if (right == OPEN_TO_ALL)
		return RC_OK;
	if (actor_is_nobody(&v->scope.actor) && v->scope.actor.person.v == 0)
		return RC_SIGN_IN;
	if (right == OPEN_TO_SIGNED_IN)
		return RC_OK;
	return may(&v->scope.actor, (enum perm)right);
}

/* The pages one may open before the second step is set up. */
static bool
is_before_factor(const struct visit *v)
{
	struct str path = str_of(v->route->path);

	return v->route->right == OPEN_TO_ALL || str_eq(path, S("/account")) ||
	       str_starts(path, S("/account/"));
}

static enum rc
check_factor(struct visit *v, bool *ret_owed)
{
	enum rc rc;

	*ret_owed = false;
	if (is_before_factor(v))
		return RC_OK;
	rc = factor_is_owed(&v->scope, ret_owed);
	if (rc != RC_OK || !*ret_owed)
		return rc;
	diag_error(v->scope.diag, (struct place){0},
	    N_("Вам видны все школы, поэтому вход надо подтверждать вторым "
	       "шагом. Включите его в «Моей учётной записи»."));
	return v->rq->method == GET && v->format == AS_PAGE && !v->is_program ?
		   RC_OK :
		   RC_DENIED;
}

/* "https://host:port" of the Origin header against Host. */
static bool
is_own_origin(const struct request *rq)
{
	struct str origin = request_header(rq, S("Origin"));
	struct str site = request_header(rq, S("Sec-Fetch-Site"));
	ptrdiff_t slashes = str_find(origin, S("://"));

	if (site.n > 0 && !str_eq(site, S("same-origin")) &&
	    !str_eq(site, S("none")))
		return false;
	if (origin.n == 0)
		return true;
	return slashes > 0 && str_eq(str_from(origin, (size_t)slashes + 3),
				  request_header(rq, S("Host")));
}

static enum rc
check_form(struct visit *v)
{
	if (v->rq->method != POST)
		return RC_OK;
	if (!v->is_program &&
	    (!is_own_origin(v->rq) ||
		!token_same(v->mark, form_raw(v->rq, S("mark"))))) {
		diag_error(v->scope.diag, (struct place){0},
		    N_("Страница с этой формой устарела или открыта на другом "
		       "сайте. Вернитесь, обновите страницу и повторите."));
		return RC_DENIED;
	}
	v->form = form_read(v->rq, v->route->form);
	return v->form.n_bad > 0 ? RC_INVALID : RC_OK;
}

/* ---- answers ---- */

static const char *
status_title(int status)
{
	switch (status) {
	case 400:
		return N_("Запрос не понят");
	case 401:
		return N_("Нужно войти");
	case 403:
		return N_("Нет права");
	case 404:
		return N_("Такой страницы нет");
	case 405:
		return N_("Так эту страницу не открыть");
	case 409:
		return N_("Уже изменено");
	case 411:
	case 422:
		return N_("В данных есть ошибки");
	case 413:
		return N_("Слишком большой файл");
	case 429:
		return N_("Слишком много попыток");
	case 431:
		return N_("Слишком длинный запрос");
	case 503:
		return N_("Программа занята");
	default:
		return N_("Внутренний сбой");
	}
}

static const char *
status_sentence(int status)
{
	switch (status) {
	case 400:
		return N_("Программа не разобрала этот запрос. Откройте "
			  "страницу заново.");
	case 404:
		return N_("Возможно, её адрес записан с ошибкой или она вам не "
			  "видна.");
	case 405:
		return N_("Эта страница отвечает на другой вид запроса. "
			  "Откройте её по ссылке.");
	case 411:
		return N_("Программа не знает, сколько данных ей передают. "
			  "Передайте форму целиком.");
	case 413:
		return N_("Форма не может быть больше 256 КБ, файл – больше "
			  "64 МБ. Разделите файл на части.");
	case 431:
		return N_("В запросе слишком много заголовков. Удалите лишние "
			  "cookie этого сайта.");
	case 503:
		return N_("Повторите через минуту.");
	default:
		return N_("Данные не изменены; сведения записаны в журнал "
			  "программы.");
	}
}

void
site_refuse(const struct request *rq, struct reply *rp, int status)
{
	struct shell s = {.title = str_of(status_title(status))};

	rp->status = status;
	put_headers(rq, rp, "no-store");
	if (str_starts(rq->path, S("/api/"))) {
		api_problem(rq->mem, rp, status, status_title(status),
		    str_of(status_sentence(status)), NULL);
		return;
	}
	view_refusal(&rp->body, &s, status_sentence(status));
}

/* Complaints as JSON for those who asked for data. */
static void
say_plainly(const struct visit *v, struct reply *rp, struct str sentence)
{
	rp->type = S("text/plain; charset=utf-8");
	buf_clear(&rp->body);
	for (size_t i = 0; i < v->scope.diag->n; i++) {
		buf_put(&rp->body,
		    complaint_line(v->scope.mem, &v->scope.diag->all[i]));
		buf_char(&rp->body, '\n');
	}
	if (v->scope.diag->n == 0) {
		buf_put(&rp->body, sentence);
		buf_char(&rp->body, '\n');
	}
}

static void
answer_failure(struct visit *v, struct reply *rp, enum rc rc)
{
	struct view_message m = {.sentence = str_of(rc_sentence(rc)),
	    .complaints = v->scope.diag->all,
	    .n_complaints = v->scope.diag->n};

	rp->status = rc_http_status(rc);
	if (v->api != NULL) {
		api_problem(v->scope.mem, rp, rp->status,
		    status_title(rp->status), m.sentence, v->scope.diag);
		return;
	}
	if (v->format != AS_PAGE || v->is_program) {
		say_plainly(v, rp, m.sentence);
		return;
	}
	buf_clear(&rp->body);
	rp->type = S("text/html; charset=utf-8");
	m.shell = shell_open(v, SECTION_none, str_of(status_title(rp->status)));
	if (m.shell.who.n > 0)
		view_message(&rp->body, &m);
	else
		view_message_outside(&rp->body, &m);
}

/* Not signed in: to the door and back again. */
static enum rc
ask_to_sign_in(struct visit *v, struct reply *rp)
{
	struct shell s = shell_open(v, SECTION_none, S(""));

	if (v->rq->method != GET || v->format != AS_PAGE || v->is_program)
		return RC_SIGN_IN;
	return reply_see_other(v, rp,
	    link_with(v->scope.mem,
		v->needs_code ? link_sign_in_code() : link_sign_in(), "back",
		s.here));
}

/* A refused form is shown again, with the reasons beside its fields. */
static enum rc
show_again(struct visit *v, struct reply *rp)
{
	enum rc rc;

	form_take_complaints(&v->form, v->scope.diag);
	buf_clear(&rp->body);
	rc = v->route->again(v, rp);
	if (rc == RC_OK && rp->status == 200)
		rp->status = 422;
	return rc;
}

static enum rc
run_page(struct visit *v, struct reply *rp)
{
	autotx tx = {0};
	enum rc rc;

	/* What a page reads, it reads from one state of the database. */
	if (v->rq->method == GET && !(v->route->flags & ROUTE_WRITES)) {
		rc = tx_read(v->scope.db, &tx);
		if (rc != RC_OK)
			return rc;
	}
	return v->route->page(v, rp);
}

/*
 * A page depends on the request, on what is stored and on the day, never on
 * the hour; the session has to be looked at now and then to stay alive.  What
 * is said once is not said again, and documents carry the moment they were
 * made.
 */
static void
promise(const struct visit *v, struct reply *rp)
{
	unsigned never = ROUTE_WRITES | ROUTE_SECRET | ROUTE_CLOCK;
	int32_t zone = (int32_t)v->place.zone_minutes;
	struct moment midnight =
	    moment_of_day(date_plus(moment_date(v->rq->now, zone), 1), zone);

	if (v->rq->method != GET || (rp->status != 200 && rp->status != 304) ||
	    (v->route->flags & never) || moment_is_none(v->until) ||
	    reply_get_header(rp, "Set-Cookie").n > 0 ||
	    !(str_starts(rp->type, S("text/")) ||
		str_starts(rp->type, S("application/json"))))
		return;
	rp->same_until =
	    v->until.second < midnight.second ? v->until : midnight;
}

static enum rc
answer(struct visit *v, struct reply *rp)
{
	bool owed;
	enum rc rc = begin(v, rp);

	if (rc == RC_OK)
		rc = check_right(v);
	if (rc == RC_SIGN_IN)
		return ask_to_sign_in(v, rp);
	if (rc == RC_OK)
		rc = check_factor(v, &owed);
	if (rc == RC_OK && owed)
		return reply_done(v, rp, link_account_factor(),
		    N_("Вам видны все школы: включите второй шаг входа, и "
		       "можно будет работать."));
	if (rc != RC_OK)
		return rc;
	rc = v->api != NULL ? api_open(v) : check_form(v);
	if (rc == RC_OK)
		rc = run_page(v, rp);
	if (rc == RC_OK && v->api != NULL)
		api_finish(v, rp);
	if (rc == RC_OK)
		promise(v, rp);
	if (rc == RC_INVALID && v->route->again != NULL)
		rc = show_again(v, rp);
	return rc;
}

void
site_answer(struct site *site, struct request *rq, struct reply *rp)
{
	struct api api = {.path = rq->path};
	struct route_match m;
	bool is_api = api_find(rq->mem, rq->method, rq->path, &api.path, &m);
	struct diag d = diag_open(rq->mem, 200);
	struct visit v = {
	    .rq = rq,
	    .words = shelf_words(site->shelf),
	    .shelf = site->shelf,
	    .until = MOMENT_NONE,
	    .scope = {.db = site->db,
		.mem = rq->mem,
		.now = rq->now,
		.diag = &d},
	};
	enum rc rc;

	if (!is_api)
		m = route_find(rq->mem, rq->method, rq->path);
	else
		v.api = &api;
	v.route = m.route;
	v.at = m.at;
	v.format = m.format;
	if (m.route == NULL) {
		site_refuse(rq, rp, m.is_other_method ? 405 : 404);
		if (m.is_other_method)
			reply_header(rp, "Allow", S("GET, HEAD, POST"));
		return;
	}
	if (m.route->flags & ROUTE_SECRET)
		rp->logged = str_of(m.route->path);
	put_headers(rq, rp, own_page);
	rc = answer(&v, rp);
	if (rc != RC_OK)
		answer_failure(&v, rp, rc);
}

size_t
site_kinds(void)
{
	return n_routes + 1; /* and what has no route */
}

size_t
site_kind(const struct request *rq)
{
	struct route_match m;
	struct str path;

	if (!api_find(rq->mem, rq->method, rq->path, &path, &m))
		m = route_find(rq->mem, rq->method, rq->path);
	return m.route == NULL ? n_routes : (size_t)(m.route - routes);
}

void
site_unchanged(struct reply *rp, struct str tag)
{
	rp->status = 304;
	buf_clear(&rp->body);
	reply_header(rp, "ETag", tag);
	reply_header(rp, "Cache-Control", str_of(own_page));
	reply_header(rp, "Vary", S("Accept-Encoding"));
}

enum rc
site_state(struct site *site, struct arena *mem, struct str *ret)
{
	return db_state(site->db, mem, ret);
}

/* ---- files of the program ---- */

static struct str
type_of(struct str name)
{
	if (str_ends(name, S(".css")))
		return S("text/css; charset=utf-8");
	if (str_ends(name, S(".js")))
		return S("text/javascript; charset=utf-8");
	return S("image/svg+xml");
}

static bool
accepts_gzip(const struct request *rq)
{
	return str_find(request_header(rq, S("Accept-Encoding")), S("gzip")) >=
	       0;
}

bool
site_asset(const struct request *rq, struct reply *rp)
{
	const struct embedded *file;
	struct str tag;

	if (rq->method != GET || !str_starts(rq->path, S("/assets/")))
		return false;
	file = embedded_find(&web_assets, str_from(rq->path, 8));
	if (file == NULL)
		return false;
	/* The address names the bytes: with it they never change. */
	put_headers(rq, rp,
	    str_eq(rq->query, file->hash) ?
		"public, max-age=31536000, immutable" :
		"no-cache");
	tag = arena_fmt(rq->mem, "\"%.*s\"", STR_ARG(file->hash));
	reply_header(rp, "ETag", tag);
	reply_header(rp, "Vary", S("Accept-Encoding"));
	rp->type = type_of(file->name);
	if (str_find(request_header(rq, S("If-None-Match")), tag) >= 0) {
		rp->status = 304;
		return true;
	}
	if (file->gzip.n > 0 && accepts_gzip(rq)) {
		reply_header(rp, "Content-Encoding", S("gzip"));
		reply_borrow(rp, file->gzip);
	} else {
		reply_borrow(rp, file->bytes);
	}
	return true;
}

/* ---- opening ---- */

enum rc
site_open(struct str db, struct shelf *shelf, struct diag *d, struct site **ret)
{
	struct site *site;
	struct db *opened = NULL;
	enum rc rc = db_open(db, false, d, &opened);

	if (rc != RC_OK)
		return rc;
	rc = db_migrate(opened, d, NULL, NULL);
	if (rc != RC_OK) {
		db_close(opened);
		return rc;
	}
	site = calloc(1, sizeof *site);
	MUST(site != NULL);
	site->db = opened;
	site->shelf = shelf;
	*ret = site;
	return RC_OK;
}

void
site_close(struct site *site)
{
	db_close(site->db);
	free(site);
}
