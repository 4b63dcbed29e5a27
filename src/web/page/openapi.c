/* openapi.c - the description of the API, printed from the tables of routes and lists. */
#include "web/page/openapi.h"

#include "core/access/access.h"
#include "fmt/json.h"
#include "web/api.h"
#include "web/page/pages.h"
#include "web/table.h"

/* ---- small pieces ---- */

static void
put_ref(struct json *j, const char *key, const char *where)
{
	json_key(j, key);
	json_begin_object(j);
	json_field_str(j, "$ref", str_of(where));
	json_end(j);
}

static void
put_type(struct json *j, const char *key, const char *type)
{
	json_key(j, key);
	json_begin_object(j);
	json_field_str(j, "type", str_of(type));
	json_end(j);
}

static void
put_json_body(struct json *j, const char *type, const char *schema)
{
	json_key(j, "content");
	json_begin_object(j);
	json_key(j, type);
	json_begin_object(j);
	put_ref(j, "schema", schema);
	json_end(j);
	json_end(j);
}

static void
put_header(struct json *j, const char *name, const char *type, const char *what)
{
	json_key(j, name);
	json_begin_object(j);
	json_field_str(j, "description", str_of(what));
	put_type(j, "schema", type);
	json_end(j);
}

/* ---- one address ---- */

static void
put_query(struct json *j, const char *name, const char *type, const char *what)
{
	json_begin_object(j);
	json_field_str(j, "name", str_of(name));
	json_field_str(j, "in", S("query"));
	json_field_str(j, "description", str_of(what));
	put_type(j, "schema", type);
	json_end(j);
}

/* {school} of a path: a number, a positive one. */
static void
put_places(struct json *j, struct str path)
{
	struct str part;

	while (str_split(&path, '/', &part)) {
		if (part.n < 2 || part.p[0] != '{')
			continue;
		json_begin_object(j);
		json_field_str(j, "name", str_cut(part, 1, part.n - 1));
		json_field_str(j, "in", S("path"));
		json_key(j, "required");
		json_put_bool(j, true);
		json_key(j, "schema");
		json_begin_object(j);
		json_field_str(j, "type", S("integer"));
		json_key(j, "minimum");
		json_put_int(j, 1);
		json_end(j);
		json_end(j);
	}
}

static void
put_parameters(struct json *j, const struct route *r)
{
	json_key(j, "parameters");
	json_begin_array(j);
	put_places(j, str_of(r->path));
	put_query(j, "page", "integer", N_("которая страница списка, с 1"));
	put_query(j, "per_page", "integer",
	    N_("сколько строк на странице: до 1000, обычно 100"));
	put_query(j, "year", "integer",
	    N_("первый календарный год учебного года; обычно нынешний"));
	put_query(j, "show", "string",
	    N_("отбор, как в адресе этой же страницы; без него – всё"));
	json_end(j);
}

/* ---- what an answer is made of ---- */

/* What is not known is null; see table_out.h. */
static void
put_column(struct json *j, const struct table_column *c)
{
	static const char *const types[] = {[TABLE_TEXT] = "string",
	    [TABLE_INT] = "integer",
	    [TABLE_NUMBER] = "number",
	    [TABLE_DATE] = "string",
	    [TABLE_BOOL] = "boolean"};

	json_key(j, c->key);
	json_begin_object(j);
	json_field_str(j, "description", c->title);
	if (c->kind == TABLE_SHARE) {
		openapi_or_null(j, "#/components/schemas/Share");
		json_end(j);
		return;
	}
	openapi_types(j, types[c->kind], "null");
	if (c->kind == TABLE_DATE)
		json_field_str(j, "format", S("date"));
	json_end(j);
}

/* A row: every column always comes, and no other. */
static void
put_shape(struct json *j, const struct list_shape *s)
{
	json_begin_object(j);
	if (s->title.n > 0)
		json_field_str(j, "title", s->title);
	json_field_str(j, "type", S("object"));
	json_key(j, "properties");
	json_begin_object(j);
	for (size_t i = 0; i < s->n; i++)
		put_column(j, &s->columns[i]);
	json_end(j);
	json_key(j, "required");
	json_begin_array(j);
	for (size_t i = 0; i < s->n; i++)
		json_put_str(j, str_of(s->columns[i].key));
	json_end(j);
	json_key(j, "additionalProperties");
	json_put_bool(j, false);
	json_end(j);
}

static const struct {
	page *page;
	const struct list_table *table;
} lists[] = {

#define LIST(page, table) {page, &(table)},
#define LIST_TOO          LIST
#include "web/lists.def"
#undef LIST
#undef LIST_TOO
};

static const struct list_table *
table_of(const struct route *r)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		if (lists[i].page == r->page)
			return lists[i].table;
	}
	return NULL;
}

/* An array of rows; a page without a table is the decision card. */
static enum rc
put_answer(struct json *j, struct visit *v, const struct route *r)
{
	const struct list_table *t = table_of(r);
	const struct list_shape *shapes = NULL;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (t == NULL) {
		put_ref(j, "schema", "#/components/schemas/Card");
		return RC_OK;
	}
	if (t->shapes != NULL)
		rc = t->shapes(v, &shapes, &n);
	if (rc != RC_OK)
		return rc;
	json_key(j, "schema");
	json_begin_object(j);
	json_field_str(j, "type", S("array"));
	json_key(j, "items");
	if (t->shapes == NULL) {
		put_shape(j, &(struct list_shape){{0}, t->columns, t->n});
	} else {
		json_begin_object(j);
		json_key(j, "anyOf");
		json_begin_array(j);
		for (size_t i = 0; i < n; i++)
			put_shape(j, &shapes[i]);
		json_end(j);
		json_end(j);
	}
	json_end(j);
	return RC_OK;
}

static enum rc
put_found(struct json *j, struct visit *v, const struct route *r)
{
	enum rc rc;

	json_key(j, "200");
	json_begin_object(j);
	json_field_str(
	    j, "description", S(N_("строки списка или один объект")));
	json_key(j, "headers");
	json_begin_object(j);
	put_header(j, "ETag", "string", N_("меняется вместе с ответом"));
	put_header(j, "Link", "string", N_("first, prev, next, last"));
	put_header(j, "X-Total-Count", "integer", N_("сколько строк всего"));
	json_end(j);
	json_key(j, "content");
	json_begin_object(j);
	json_key(j, "application/json");
	json_begin_object(j);
	rc = put_answer(j, v, r);
	json_end(j);
	json_end(j);
	json_end(j);
	json_key(j, "304");
	json_begin_object(j);
	json_field_str(
	    j, "description", S(N_("не изменилось (If-None-Match)")));
	json_end(j);
	return rc;
}

static enum rc
put_responses(struct json *j, struct visit *v, const struct route *r)
{
	static const struct {
		const char *status, *what;
	} problems[] = {{"401", N_("нет ключа, или он не действует")},
	    {"403", N_("нет права")},
	    {"404", N_("нет такого объекта, или он вам не виден")},
	    {"422", N_("запрос записан с ошибкой")}};

	enum rc rc;

	json_key(j, "responses");
	json_begin_object(j);
	rc = put_found(j, v, r);
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		json_key(j, problems[i].status);
		json_begin_object(j);
		json_field_str(j, "description", str_of(problems[i].what));
		put_json_body(j, "application/problem+json",
		    "#/components/schemas/Problem");
		json_end(j);
	}
	json_end(j);
	return rc;
}

/* "/runs/{run}/schools/{school}" is runs_run_schools_school. */
static struct str
operation_id(struct arena *mem, struct str path)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 1; i < path.n; i++) {
		if (path.p[i] == '/')
			buf_char(&b, '_');
		else if (path.p[i] != '{' && path.p[i] != '}')
			buf_char(&b, path.p[i]);
	}
	return buf_str(&b);
}

static enum rc
put_route(struct json *j, struct visit *v, const struct route *r)
{
	struct arena *mem = v->scope.mem;
	bool is_open = r->right >= PERM_COUNT;
	enum rc rc;

	json_key_str(j, str_of(r->path));
	json_begin_object(j);
	json_key(j, "get");
	json_begin_object(j);
	json_field_str(j, "operationId", operation_id(mem, str_of(r->path)));
	json_field_str(j, "summary",
	    arena_fmt(mem, N_("то же, что на странице %s"), r->path));
	json_field_str(j, "description",
	    is_open ? S(N_("Доступно всем, у кого есть ключ.")) :
		      arena_fmt(mem, N_("Нужно право «%s» (%s)."),
			  perm_title((enum perm)r->right),
			  perm_name((enum perm)r->right)));
	put_parameters(j, r);
	rc = put_responses(j, v, r);
	json_end(j);
	json_end(j);
	return rc;
}

static void
put_components(struct json *j)
{
	json_key(j, "components");
	json_begin_object(j);
	json_key(j, "securitySchemes");
	json_begin_object(j);
	json_key(j, "token");
	json_begin_object(j);
	json_field_str(j, "type", S("http"));
	json_field_str(j, "scheme", S("bearer"));
	json_field_str(j, "description",
	    S(N_("ключ для программ из «Моей учётной записи»")));
	json_end(j);
	json_end(j);
	json_key(j, "schemas");
	json_begin_object(j);
	openapi_shared(j);
	json_end(j);
	json_end(j);
}

static void
put_head(struct json *j, const struct visit *v)
{
	json_field_str(j, "openapi", S("3.1.0"));
	json_key(j, "info");
	json_begin_object(j);
	json_field_str(j, "title",
	    arena_fmt(v->scope.mem, N_("Опора, %.*s"), STR_ARG(v->place.name)));
	json_field_str(j, "version", S("1"));
	json_field_str(j, "description",
	    S(N_("Списки программы для других программ: те же запросы, права "
		 "и отборы, что на страницах. Только чтение.")));
	json_end(j);
	json_key(j, "servers");
	json_begin_array(j);
	json_begin_object(j);
	json_field_str(j, "url", S("/api/v1"));
	json_end(j);
	json_end(j);
	json_key(j, "security");
	json_begin_array(j);
	json_begin_object(j);
	json_key(j, "token");
	json_begin_array(j);
	json_end(j);
	json_end(j);
	json_end(j);
}

enum rc
page_openapi(struct visit *v, struct reply *rp)
{
	struct json j = json_open(&rp->body);
	enum rc rc = RC_OK;

	rp->type = S("application/json");
	json_begin_object(&j);
	put_head(&j, v);
	json_key(&j, "paths");
	json_begin_object(&j);
	for (size_t i = 0; rc == RC_OK && i < n_routes; i++) {
		if (routes[i].method == GET && (routes[i].flags & ROUTE_LIST))
			rc = put_route(&j, v, &routes[i]);
	}
	if (rc != RC_OK)
		return rc;
	json_end(&j);
	put_components(&j);
	json_end(&j);
	json_close(&j);
	return RC_OK;
}
