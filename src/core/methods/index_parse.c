/* index_parse.c - the file of an index: which inputs, weights and limits. */
#include "base/embedded.h"
#include "base/vec.h"
#include "core/methods/index.h"
#include "core_data.h" /* written by tools/embed.py */

const char *const index_mode_codes[INDEX_MODES] = {
    "index", "points", "factors"};
const char *const index_mode_titles[INDEX_MODES] = {
    "индекс по отклонениям от среднего", "баллы за неблагоприятные условия",
    "число неблагоприятных условий"};

enum { MAX_FIELDS = 5, WEIGHT_MOST = 1000 };

struct reading {
	struct scope *sc;
	const struct vocabulary *words;
	struct place at;
	struct index_method m;
	VEC(struct index_input) inputs;
	struct str part[MAX_FIELDS];
	size_t n;
};

static bool
wrong(struct reading *r, struct str value, const char *expected)
{
	struct complaint *c =
	    diag_error(r->sc->diag, r->at, N_("Строка индекса не понята."));

	c->value = value;
	c->expected = str_of(expected);
	return false;
}

static bool
take_text(struct reading *r, struct str *field)
{
	if (r->n != 2 || !r->part[1].n)
		return wrong(r, r->part[0], N_("одно значение после имени"));
	if (field->n)
		return wrong(r, r->part[0], N_("это имя один раз"));
	*field = r->part[1];
	return true;
}

static bool
take_int(struct reading *r, int64_t least, int64_t most, int64_t *field)
{
	int64_t v;

	if (r->n != 2 || !str_to_int(r->part[1], &v) || v < least || v > most)
		return wrong(r, r->part[0], N_("целое число в своих пределах"));
	*field = v;
	return true;
}

static bool
take_mode(struct reading *r)
{
	for (int m = 0; m < INDEX_MODES; m++)
		if (str_eq(r->part[1], str_of(index_mode_codes[m]))) {
			r->m.mode = (enum index_mode)m;
			return true;
		}
	return wrong(r, r->part[1], "index, points или factors");
}

static bool
take_limit(struct reading *r)
{
	struct ratio v, scaled;

	if (!ratio_parse(r->part[1], &v) ||
	    !ratio_mul(v, ratio_int(1000), &scaled) ||
	    scaled.num % scaled.den != 0 || v.num < 0 ||
	    ratio_cmp(v, ratio_int(100)) > 0)
		return wrong(r, r->part[1],
		    N_("число от 0 до 100, не больше трёх цифр "
		       "после запятой"));
	r->m.limit_index = scaled.num / scaled.den;
	return true;
}

static bool
take_lowest(struct reading *r)
{
	struct ratio v;

	if (!ratio_parse(r->part[1], &v) || v.num <= 0 ||
	    ratio_cmp(v, ratio_int(100)) > 0 ||
	    !ratio_div(v, ratio_int(100), &r->m.lowest))
		return wrong(r, r->part[1], N_("процент школ"));
	return true;
}

/* "input <element> <weight> more|less <threshold>" */
static bool
take_input(struct reading *r)
{
	struct index_input in = {0};
	ptrdiff_t e = vocabulary_element_find(r->words, r->part[1]);

	if (r->n != 5)
		return wrong(
		    r, r->part[0], N_("показатель, вес, more или less, порог"));
	if (e < 0)
		return wrong(r, r->part[1], N_("код показателя"));
	vec_each(struct index_input, other, &r->inputs)
		if (other->element == (size_t)e)
			return wrong(
			    r, r->part[1], N_("каждый показатель один раз"));
	if (!str_to_int(r->part[2], &in.weight) || in.weight < 1 ||
	    in.weight > WEIGHT_MOST)
		return wrong(r, r->part[2], N_("вес от 1 до 1000"));
	in.more_is_worse = str_eq(r->part[3], S("more"));
	if (!in.more_is_worse && !str_eq(r->part[3], S("less")))
		return wrong(r, r->part[3], N_("more или less"));
	if (!ratio_parse(r->part[4], &in.threshold) || in.threshold.num < 0)
		return wrong(r, r->part[4], N_("порог числом"));
	if (r->words->elements[e].kind == VALUE_SHARE &&
	    !ratio_div(in.threshold, ratio_int(100), &in.threshold))
		return wrong(r, r->part[4], N_("порог процентом"));
	if (r->inputs.n == INDEX_INPUTS)
		return wrong(r, r->part[1], N_("не больше 32 показателей"));
	in.element = (size_t)e;
	*vec_push(r->sc->mem, &r->inputs) = in;
	return true;
}

static bool
take_line(struct reading *r)
{
	struct str key = r->part[0];
	struct index_method *m = &r->m;

	if (str_eq(key, S("input")))
		return take_input(r);
	if (r->n < 2)
		return wrong(r, key, N_("имя и значение"));
	if (str_eq(key, S("index")))
		return take_text(r, &m->code);
	if (str_eq(key, S("title")))
		return take_text(r, &m->title);
	if (str_eq(key, S("short")))
		return take_text(r, &m->short_title);
	if (str_eq(key, S("version")))
		return take_text(r, &m->version);
	if (str_eq(key, S("source")))
		return take_text(r, &m->source);
	if (str_eq(key, S("mode")))
		return take_mode(r);
	if (str_eq(key, S("limit-index")))
		return take_limit(r);
	if (str_eq(key, S("lowest")))
		return take_lowest(r);
	if (str_eq(key, S("limit-points")))
		return take_int(
		    r, 1, INDEX_INPUTS * WEIGHT_MOST, &m->limit_points);
	if (str_eq(key, S("limit-factors")))
		return take_int(r, 1, INDEX_INPUTS, &m->limit_factors);
	if (str_eq(key, S("least")))
		return take_int(r, 3, 1000, &m->least);
	return wrong(r, key, N_("известное имя: index, title, mode, input …"));
}

static void
split(struct reading *r, struct str line)
{
	r->n = 0;
	for (size_t i = 0; i < MAX_FIELDS; i++)
		r->part[i] = S("");
	while (r->n < MAX_FIELDS && str_split(&line, '\t', &r->part[r->n])) {
		r->part[r->n] = str_trim(r->part[r->n]);
		r->n++;
	}
}

/* What no line said. */
static void
check_whole(struct reading *r)
{
	const struct index_method *m = &r->m;

	const struct {
		bool is_there;
		const char *what;
	} must[] = {
	    {m->code.n > 0, "index"},
	    {m->title.n > 0, "title"},
	    {m->version.n > 0, "version"},
	    {m->source.n > 0, "source"},
	    {m->limit_index > 0 || m->lowest.den, "limit-index или lowest"},
	    {m->limit_points > 0, "limit-points"},
	    {m->limit_factors > 0, "limit-factors"},
	    {r->inputs.n > 0, "input"},
	};

	r->at.row = 0;
	for (size_t i = 0; i < COUNT_OF(must); i++)
		if (!must[i].is_there)
			diag_error(r->sc->diag, r->at,
			    N_("В файле индекса нет строки %s."), must[i].what);
}

enum rc
index_parse(struct scope *sc, const struct vocabulary *words, struct str file,
    struct str text, struct index_method *ret)
{
	struct reading r = {.sc = sc,
	    .words = words,
	    .at = {.file = file},
	    .m = {.text = arena_str(sc->mem, text), .least = 8}};
	size_t before = sc->diag->errors;
	struct str rest = r.m.text, line;

	if (text.n > INDEX_BYTES)
		return RC_LIMIT;
	while (str_split(&rest, '\n', &line)) {
		r.at.row++;
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		split(&r, line);
		(void)take_line(&r);
	}
	check_whole(&r);
	if (sc->diag->errors > before)
		return RC_INVALID;
	r.m.inputs = r.inputs.p;
	r.m.n = r.inputs.n;
	*ret = r.m;
	return RC_OK;
}

enum rc
index_find(struct scope *sc, const struct vocabulary *words, struct str code,
    struct index_method *ret)
{
	struct str name =
	    arena_fmt(sc->mem, "indexes/%.*s.index", STR_ARG(code));
	const struct embedded *f = embedded_find(&core_data, name);

	if (!f) {
		diag_error(
		    sc->diag, (struct place){0}, N_("Такого индекса нет."))
		    ->value = code;
		return RC_NOT_FOUND;
	}
	return index_parse(sc, words, name, f->bytes, ret);
}

enum rc
index_list(struct scope *sc, const struct vocabulary *words,
    const struct index_method **ret, size_t *ret_n)
{
	VEC(struct index_method) all = {0};

	for (size_t i = 0; i < core_data.n; i++) {
		const struct embedded *f = &core_data.files[i];

		if (!str_ends(f->name, S(".index")))
			continue;
		enum rc rc = index_parse(
		    sc, words, f->name, f->bytes, vec_push(sc->mem, &all));
		if (rc != RC_OK)
			return rc;
	}
	*ret = all.p;
	*ret_n = all.n;
	return RC_OK;
}
