/* api.c - how do the lists answer to programs? */
#include "web/api.h"

#include "fmt/json.h"
#include "web/page/pages.h"

#define PREFIX "/api/v1"

bool
api_find(struct arena *mem, enum http_method method, struct str path,
    struct str *ret_path, struct route_match *ret)
{
	struct str bare;

	if (!str_eq(path, S(PREFIX)) && !str_starts(path, S(PREFIX "/")))
		return false;
	*ret = route_find(mem, method, path);
	*ret_path = path;
	if (ret->route != NULL)
		return true;
	bare = str_from(path, S(PREFIX).n);
	*ret = route_find(mem, method, bare);
	/* Only what a list page shows, and only under its own name. */
	if (ret->route == NULL || !(ret->route->flags & ROUTE_LIST) ||
	    ret->format != AS_PAGE) {
		struct route_match get = route_find(mem, GET, bare);

		*ret = (struct route_match){
		    .is_other_method = method != GET && get.route != NULL &&
				       (get.route->flags & ROUTE_LIST)};
		return true;
	}
	ret->format = AS_JSON;
	*ret_path = bare;
	return true;
}

/* A whole number of the query; otherwise when nothing is said. */
static bool
number_of(const struct visit *v, const char *name, int64_t otherwise,
    int64_t most, int64_t *ret)
{
	struct str said = visit_query(v, str_of(name));

	*ret = otherwise;
	if (said.n == 0)
		return true;
	if (str_to_int(said, ret) && *ret >= 1 && *ret <= most)
		return true;
	diag_error(v->scope.diag, (struct place){.column = str_of(name)},
	    N_("«%.*s» не годится: здесь стоит целое число от 1 до %lld."),
	    STR_ARG(said), (long long)most);
	return false;
}

enum rc
api_open(struct visit *v)
{
	enum { PAGES_MOST = 1000000 };

	bool is_good = number_of(v, "page", 1, PAGES_MOST, &v->api->page) &
		       number_of(v, "per_page", API_PER_PAGE, API_PER_PAGE_MOST,
			   &v->api->per_page);

	return is_good ? RC_OK : RC_INVALID;
}

struct table_out *
api_table(struct visit *v, struct reply *rp, const struct table_about *about)
{
	struct api *a = v->api;

	a->about = *about;
	a->about.skip = (size_t)((a->page - 1) * a->per_page);
	a->about.most = (size_t)a->per_page;
	a->table =
	    table_out_open(v->scope.mem, TABLE_JSON, &a->about, &rp->body);
	return a->table;
}

/* ---- the end of an answer ---- */

static void
put_link(struct visit *v, struct buf *b, const char *rel, int64_t number)
{
	struct str there = link_text(v->scope.mem,
	    visit_link(
		v, "page", arena_fmt(v->scope.mem, "%lld", (long long)number)));

	buf_fmt(b, "%s<%.*s>; rel=\"%s\"", b->n > 0 ? ", " : "", STR_ARG(there),
	    rel);
}

static void
put_pages(struct visit *v, struct reply *rp)
{
	const struct api *a = v->api;
	int64_t count = (int64_t)table_out_count(a->table);
	int64_t last = count == 0 ? 1 : (count - 1) / a->per_page + 1;
	struct buf b = buf_open(v->scope.mem, 0);

	put_link(v, &b, "first", 1);
	if (a->page > 1)
		put_link(
		    v, &b, "prev", a->page - 1 < last ? a->page - 1 : last);
	if (a->page < last)
		put_link(v, &b, "next", a->page + 1);
	put_link(v, &b, "last", last);
	reply_header(rp, "Link", buf_str(&b));
	reply_header(rp, "X-Total-Count",
	    arena_fmt(v->scope.mem, "%lld", (long long)count));
}

void
api_finish(struct visit *v, struct reply *rp)
{
	struct str tag = arena_fmt(v->scope.mem, "\"%016llx\"",
	    (unsigned long long)str_hash(buf_str(&rp->body)));

	if (v->api->table != NULL)
		put_pages(v, rp);
	reply_header(rp, "ETag", tag);
	reply_header(rp, "Vary", S("Authorization, Cookie"));
	if (str_find(request_header(v->rq, S("If-None-Match")), tag) < 0)
		return;
	rp->status = 304;
	buf_clear(&rp->body);
}

/* ---- what went wrong ---- */

static void
put_complaint(struct json *j, struct arena *mem, const struct complaint *c)
{
	json_begin_object(j);
	json_field_str(j, "text", complaint_line(mem, c));
	json_key(j, "field");
	json_put_str_or_null(j, c->at.column);
	json_key(j, "hint");
	json_put_str_or_null(j, c->hint);
	json_end(j);
}

void
api_problem(struct arena *mem, struct reply *rp, int status, const char *title,
    struct str sentence, const struct diag *d)
{
	struct json j;

	buf_clear(&rp->body);
	rp->status = status;
	rp->type = S("application/problem+json");
	if (status == 401)
		reply_header(rp, "WWW-Authenticate", S("Bearer"));
	j = json_open(&rp->body);
	json_begin_object(&j);
	json_key(&j, "status");
	json_put_int(&j, status);
	json_field_str(&j, "title", str_of(title));
	json_field_str(&j, "detail", sentence);
	json_key(&j, "complaints");
	json_begin_array(&j);
	for (size_t i = 0; d != NULL && i < d->n; i++)
		put_complaint(&j, mem, &d->all[i]);
	json_end(&j);
	json_end(&j);
	json_close(&j);
}
