/* openapi_shared.c - what several answers of the API are made of. */
#include "base/arena.h"
#include "web/page/openapi.h"

void
openapi_types(struct json *j, const char *one, const char *other)
{
	json_key(j, "type");
	json_begin_array(j);
	json_put_str(j, str_of(one));
	json_put_str(j, str_of(other));
	json_end(j);
}

void
openapi_or_null(struct json *j, const char *where)
{
	json_key(j, "anyOf");
	json_begin_array(j);
	json_begin_object(j);
	json_field_str(j, "$ref", str_of(where));
	json_end(j);
	json_begin_object(j);
	json_field_str(j, "type", S("null"));
	json_end(j);
	json_end(j);
}

/* A tree of objects, written as lines: how deep, its name, its type, what. */
struct schema_line {
	int depth;
	const char *key;
	const char *type; /* "string", "[]": an array of what stands deeper */
	bool is_required;
	const char *what; /* NULL: its name says it */
};

/* clang-format off */
static const struct schema_line share_lines[] = {
	{0, "percent", "number?",  true, N_("доля в процентах")},
	{0, "count",   "integer",  true, N_("сколько")},
	{0, "of",      "integer",  true, N_("из скольких")},
};

static const struct schema_line card_lines[] = {
	{0, "school",   "string",  true,  N_("код школы")},
	{0, "name",     "string",  true,  N_("название школы")},
	{0, "method",   "string",  true,  N_("код методики")},
	{0, "version",  "string",  true,  N_("редакция методики")},
	{0, "year",     "string",  true,  N_("учебный год перечня: 2022/2023")},
	{0, "status",   "string",  true,  N_("решение: listed, not_listed, no_data, not_applicable")},
	{0, "sentence", "string",  true,  N_("решение предложением")},
	{0, "criteria", "[]",      true,  N_("критерии методики")},
	{1, "id",       "string",  true,  NULL},
	{1, "title",    "string",  true,  NULL},
	{1, "holds",    "boolean?", true, N_("выполнен; null – нет данных")},
	{0, "margin",   "{}",      true,  N_("запас: чего не хватило до другого решения")},
	{1, "pupils",   "integer?", true, N_("скольких учеников; null – решение от них не зависит")},
	{1, "changes",  "[]",      true,  NULL},
	{2, "procedure", "string", true,  NULL},
	{2, "year",     "string",  true,  NULL},
	{2, "from",     "integer", true,  N_("не справились на деле")},
	{2, "to",       "integer", true,  N_("при скольких решение другое")},
	{1, "sentence", "string",  true,  NULL},
	{0, "low",      "[]",      true,  N_("низкие результаты")},
	{1, "procedure", "string", true,  NULL},
	{1, "year",     "string",  true,  NULL},
	{1, "participants", "integer", true, NULL},
	{1, "failed",   "integer", true,  NULL},
	{1, "small",    "boolean", true,  N_("малая группа")},
	{0, "missing",  "[]",      true,  N_("каких данных нет и почему")},
	{1, "element",  "string",  false, N_("показатель таблицы рисков")},
	{1, "procedure", "string", false, NULL},
	{1, "year",     "string",  false, NULL},
	{1, "reason",   "string",  true,  NULL},
	{0, "small",    "boolean", true,  N_("решение держится на малой группе")},
	{0, "edge",     "string",  true,  N_("что изменит один результат этого года")},
	{0, "tree",     "Step",    true,  N_("как получено решение")},
	{0, "sources",  "[]",      true,  N_("откуда числа")},
	{1, "procedure", "string", true,  NULL},
	{1, "year",     "string",  true,  NULL},
	{1, "participants", "integer", true, NULL},
	{1, "failed",   "integer", true,  NULL},
	{1, "load",     "integer", true,  N_("номер загрузки")},
	{1, "file",     "string",  true,  NULL},
	{1, "sheet",    "string",  true,  NULL},
	{1, "row",      "integer", true,  NULL},
	{1, "column",   "string",  true,  NULL},
	{1, "revision", "integer", true,  NULL},
	{0, "hash",     "string",  true,  N_("контрольная сумма расчёта")},
	{0, "trial",    "boolean", true,  N_("пробный расчёт, не решение")},
};

static const struct schema_line step_lines[] = {
	{0, "text",      "string",   true,  N_("правило словами")},
	{0, "holds",     "boolean?", false, N_("выполнено; null – нет данных")},
	{0, "value",     "string",   false, NULL},
	{0, "threshold", "string",   false, NULL},
	{0, "procedure", "string",   false, NULL},
	{0, "year",      "string",   false, NULL},
	{0, "participants", "integer", false, NULL},
	{0, "failed",    "integer",  false, NULL},
	{0, "element",   "string",   false, NULL},
	{0, "missing",   "string",   false, N_("почему нет данных")},
	{0, "of",        "Step[]",   false, N_("из каких правил")},
};

static const struct schema_line problem_lines[] = {
	{0, "status",     "integer", true,  NULL},
	{0, "title",      "string",  true,  NULL},
	{0, "detail",     "string",  true,  N_("предложение для человека")},
	{0, "complaints", "[]",      true,  N_("каждая ошибка")},
	{1, "text",       "string",  true,  NULL},
	{1, "field",      "string?", true,  N_("поле запроса")},
	{1, "hint",       "string?", true,  N_("что сделать")},
};
/* clang-format on */

static size_t put_lines(
    struct json *j, const struct schema_line *all, size_t n, size_t at);

/* The schema of one line, and of those that stand deeper below it. */
static size_t
put_line(struct json *j, const struct schema_line *all, size_t n, size_t at)
{
	const struct schema_line *l = &all[at++];
	struct str type = str_of(l->type);
	bool is_array = str_ends(type, S("[]"));

	json_key(j, l->key);
	json_begin_object(j);
	if (l->what != NULL)
		json_field_str(j, "description", str_of(l->what));
	if (is_array) {
		json_field_str(j, "type", S("array"));
		json_key(j, "items");
		json_begin_object(j);
	}
	if (str_starts(type, S("Step")))
		json_field_str(j, "$ref", S("#/components/schemas/Step"));
	else if (at < n && all[at].depth > l->depth)
		at = put_lines(j, all, n, at);
	else if (str_ends(type, S("?")))
		openapi_types(j,
		    str_eq(type, S("boolean?")) ? "boolean" :
		    str_eq(type, S("integer?")) ? "integer" :
		    str_eq(type, S("string?"))  ? "string" :
						  "number",
		    "null");
	else
		json_field_str(j, "type", type);
	if (is_array)
		json_end(j);
	json_end(j);
	return at;
}

/* An object of the lines of this depth; returns where it ends. */
static size_t
put_lines(struct json *j, const struct schema_line *all, size_t n, size_t at)
{
	int depth = all[at].depth;
	size_t from = at;

	json_field_str(j, "type", S("object"));
	json_key(j, "properties");
	json_begin_object(j);
	while (at < n && all[at].depth == depth)
		at = put_line(j, all, n, at);
	json_end(j);
	json_key(j, "required");
	json_begin_array(j);
	for (size_t i = from; i < at; i++) {
		if (all[i].depth == depth && all[i].is_required)
			json_put_str(j, str_of(all[i].key));
	}
	json_end(j);
	json_key(j, "additionalProperties");
	json_put_bool(j, false);
	return at;
}

static void
put_object(struct json *j, const char *name, const char *what,
    const struct schema_line *all, size_t n)
{
	json_key(j, name);
	json_begin_object(j);
	json_field_str(j, "description", str_of(what));
	(void)put_lines(j, all, n, 0);
	json_end(j);
}

void
openapi_shared(struct json *j)
{
	put_object(j, "Share", N_("доля и два счёта, из которых она сделана"),
	    share_lines, COUNT_OF(share_lines));
	put_object(j, "Card", N_("карточка решения по одной школе"), card_lines,
	    COUNT_OF(card_lines));
	put_object(j, "Step", N_("правило методики и то, что из него вышло"),
	    step_lines, COUNT_OF(step_lines));
	put_object(j, "Problem", N_("что не так с запросом"), problem_lines,
	    COUNT_OF(problem_lines));
}
