/* index.c - the index of every school, the list, and what the weights do. */
#include "core/methods/index.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"

typedef unsigned __int128 u128;
typedef __int128 i128;

/* Weights are multiplied by ten, so that ±10 % stay whole. */
enum { TENFOLD = 10 };

/* Values in whole units: millionths of a share, a count as it is. */
static int64_t
units(const struct vocabulary_element *e, struct ratio v)
{
	i128 scale = e->kind == VALUE_COUNT ? 1 : 1000000;
	i128 doubled = 2 * scale * v.num;

	/* Half away from zero. */
	return (int64_t)((doubled + (doubled < 0 ? -v.den : v.den)) /
			 (2 * (i128)v.den));
}

static u128
root(u128 n)
{
	u128 r = 0;

	for (int bit = 63; bit >= 0; bit--) {
		u128 with = r | ((u128)1 << bit);
		if (with * with <= n)
			r = with;
	}
	return r;
}

/*
 * How far x lies from the mean in standard deviations, in thousandths.  With
 * n values of sum s and squares q: d = n·x − s, v = n·q − s², z = d / √v.
 * The nearest thousandth k is where (2k − 1)² ≤ 4·10⁶·d² / v.
 */
static int64_t
deviation(int64_t n, int64_t sum, i128 variance, int64_t x)
{
	i128 d = (i128)n * x - sum;
	u128 square;

	if (variance == 0)
		return 0;
	square = (u128)(d < 0 ? -d : d);
	square = square * square * 4000000 / (u128)variance;
	int64_t k = (int64_t)((root(square) + 1) / 2);
	return d < 0 ? -k : k;
}

/* ---- values ---- */

static bool
is_beyond(const struct index_input *in, struct ratio v)
{
	int cmp = ratio_cmp(v, in->threshold);

	return in->more_is_worse ? cmp >= 0 : cmp <= 0;
}

static void
take_values(
    struct index_run *run, struct index_line *l, struct index_value *values)
{
	for (size_t i = 0; i < run->method->n; i++) {
		const struct index_input *in = &run->method->inputs[i];
		const struct fact_value *fact =
		    &l->school->facts.elements[in->element];
		values[i].is_known = fact->is_known;
		l->missing += !fact->is_known;
		if (!fact->is_known)
			continue;
		values[i].value = fact->value;
		values[i].is_factor = is_beyond(in, fact->value);
		l->factors += values[i].is_factor;
		l->points += values[i].is_factor ? in->weight : 0;
	}
	l->values = values;
	run->complete += l->missing == 0;
}

/* The mean and spread are those of the schools that answered. */
static void
take_deviations(
    const struct index_run *run, struct index_value *values, size_t input)
{
	size_t element = run->method->inputs[input].element;
	const struct vocabulary_element *e =
	    &run->inputs.words->elements[element];
	int64_t n = 0, sum = 0;
	i128 squares = 0;

	for (size_t i = 0; i < run->n; i++) {
		const struct index_value *v =
		    &values[i * run->method->n + input];
		if (!v->is_known)
			continue;
		int64_t x = units(e, v->value);
		n++;
		sum += x;
		squares += (i128)x * x;
	}
	i128 variance = n * squares - (i128)sum * sum;
	for (size_t i = 0; i < run->n; i++) {
		struct index_value *v = &values[i * run->method->n + input];
		if (v->is_known)
			v->z = deviation(n, sum, variance, units(e, v->value));
	}
}

/* ---- decisions ---- */

struct weights {
	int64_t of[INDEX_INPUTS]; /* tenfold */
	int64_t sum;
};

static struct weights
weights_of(const struct index_method *m, ptrdiff_t changed, int64_t by)
{
	struct weights w = {0};

	for (size_t i = 0; i < m->n; i++) {
		w.of[i] = m->inputs[i].weight * TENFOLD;
		if ((ptrdiff_t)i == changed)
			w.of[i] += m->inputs[i].weight * by;
		w.sum += w.of[i];
	}
	return w;
}

/* 1000 · Σw · index: a whole number that is compared, never divided. */
static int64_t
raw_score(const struct index_run *run, const struct index_line *l,
    const struct weights *w)
{
	int64_t score = 50000 * w->sum;

	for (size_t i = 0; i < run->method->n; i++) {
		int64_t part = 10 * w->of[i] * l->values[i].z;
		score += run->method->inputs[i].more_is_worse ? -part : part;
	}
	return score;
}

/* Among the lowest: fewer schools lie below than the share allows. */
static bool
is_lowest(const struct index_run *run, const struct index_line *lines,
    const struct weights *w, int64_t score)
{
	int64_t below = 0, all = 0;

	for (size_t i = 0; i < run->n; i++) {
		if (lines[i].missing)
			continue;
		all++;
		below += raw_score(run, &lines[i], w) < score;
	}
	return ratio_cmp(ratio_of(below, all), run->method->lowest) < 0;
}

static enum method_status
by_deviations(const struct index_run *run, const struct index_line *lines,
    const struct index_line *l, const struct weights *w)
{
	int64_t score;

	if (l->missing)
		return METHOD_NO_DATA;
	score = raw_score(run, l, w);
	bool listed = run->method->lowest.den ?
			  is_lowest(run, lines, w, score) :
			  score < run->method->limit_index * w->sum;
	return listed ? METHOD_LISTED : METHOD_NOT_LISTED;
}

/* What is missing may still add its weight. */
static enum method_status
by_sum(int64_t least, int64_t may_add, int64_t limit)
{
	if (least >= limit)
		return METHOD_LISTED;
	return least + may_add < limit ? METHOD_NOT_LISTED : METHOD_NO_DATA;
}

static enum method_status
by_points(const struct index_run *run, const struct index_line *l,
    const struct weights *w)
{
	int64_t points = 0, may_add = 0;

	for (size_t i = 0; i < run->method->n; i++) {
		points += l->values[i].is_factor ? w->of[i] : 0;
		may_add += l->values[i].is_known ? 0 : w->of[i];
	}
	return by_sum(points, may_add, run->method->limit_points * TENFOLD);
}

static enum method_status
decide(const struct index_run *run, const struct index_line *lines,
    const struct index_line *l, const struct weights *w)
{
	switch (run->mode) {
	case INDEX_DEVIATIONS:
		return by_deviations(run, lines, l, w);
	case INDEX_POINTS:
		return by_points(run, l, w);
	case INDEX_FACTORS:
		return by_sum(l->factors, (int64_t)l->missing,
		    run->method->limit_factors);
	case INDEX_MODES:
		break;
	}
	UNREACHABLE();
}

/* ---- words ---- */

struct str
index_score_text(struct arena *mem, int64_t score)
{
	return ratio_ru(mem, ratio_of(score, 1000), 1);
}

static struct str
value_text(
    struct arena *mem, const struct vocabulary_element *e, struct ratio v)
{
	switch (e->kind) {
	case VALUE_YES_NO:
		return v.num ? S("да") : S("нет");
	case VALUE_SHARE:
		return arena_fmt(
		    mem, "%.*s %%", STR_ARG(ratio_percent_ru(mem, v)));
	case VALUE_COUNT:
		break;
	}
	return ratio_exact(mem, v);
}

/* "доля детей … – 34,0 %; …": the conditions that are hard. */
static void
put_factors(struct arena *mem, struct buf *b, const struct index_run *run,
    const struct index_line *l)
{
	bool first = true;

	for (size_t i = 0; i < run->method->n; i++) {
		if (!l->values[i].is_factor)
			continue;
		const struct vocabulary_element *e =
		    &run->inputs.words
			 ->elements[run->method->inputs[i].element];
		buf_fmt(b, "%s%.*s – %.*s",
		    first ? " Неблагоприятные условия: " : "; ",
		    STR_ARG(e->title),
		    STR_ARG(value_text(mem, e, l->values[i].value)));
		first = false;
	}
	if (!first)
		buf_char(b, '.');
}

static struct str
reason_of(
    struct arena *mem, const struct index_run *run, const struct index_line *l)
{
	struct buf b = buf_open(mem, 0);

	if (l->status == METHOD_NO_DATA) {
		buf_fmt(&b, "Нет данных по %zu из %zu показателей.", l->missing,
		    run->method->n);
	} else if (run->mode == INDEX_DEVIATIONS) {
		buf_fmt(&b, "Индекс %.*s.",
		    STR_ARG(index_score_text(mem, l->score)));
	} else if (run->mode == INDEX_POINTS) {
		buf_fmt(&b, "Баллов: %lld.", (long long)l->points);
	} else {
		buf_fmt(&b, "Неблагоприятных условий: %lld из %zu.",
		    (long long)l->factors, run->method->n);
	}
	put_factors(mem, &b, run, l);
	return buf_str(&b);
}

static struct str
formula_of(struct arena *mem, const struct index_run *run)
{
	const struct index_method *m = run->method;
	struct buf b = buf_open(mem, 0);
	int64_t sum = 0;

	for (size_t i = 0; i < m->n; i++)
		sum += m->inputs[i].weight;
	if (run->mode == INDEX_FACTORS)
		return S("Считается, сколько условий неблагоприятны.");
	buf_c(&b, run->mode == INDEX_DEVIATIONS ? "Индекс = 50 + 10 × (" :
						  "Баллы = ");
	for (size_t i = 0; i < m->n; i++) {
		const struct index_input *in = &m->inputs[i];
		struct str title =
		    run->inputs.words->elements[in->element].title;
		bool minus = run->mode == INDEX_DEVIATIONS && in->more_is_worse;
		buf_c(&b, i ? (minus ? " − " : " + ") : (minus ? "− " : ""));
		buf_fmt(&b, "%lld × %s(%.*s)", (long long)in->weight,
		    run->mode == INDEX_DEVIATIONS ? "z" : "порог",
		    STR_ARG(title));
	}
	if (run->mode == INDEX_DEVIATIONS)
		buf_fmt(&b,
		    ") / %lld, где z – отклонение от среднего по "
		    "муниципалитету, делённое на среднее квадратическое "
		    "отклонение и округлённое до тысячной",
		    (long long)sum);
	else
		buf_c(&b, ", где «порог» – 1, если условие за порогом, и 0, "
			  "если нет");
	buf_char(&b, '.');
	return buf_str(&b);
}

static struct str
rule_of(struct arena *mem, const struct index_run *run)
{
	const struct index_method *m = run->method;
	struct ratio percent;

	switch (run->mode) {
	case INDEX_DEVIATIONS:
		if (!m->lowest.den)
			return arena_fmt(mem,
			    "В перечне школы с индексом ниже %.*s.",
			    STR_ARG(ratio_exact(
				mem, ratio_of(m->limit_index, 1000))));
		(void)ratio_mul(m->lowest, ratio_int(100), &percent);
		return arena_fmt(mem,
		    "В перечне %.*s %% школ с самым низким индексом.",
		    STR_ARG(ratio_exact(mem, percent)));
	case INDEX_POINTS:
		return arena_fmt(mem,
		    "В перечне школы, набравшие не меньше %lld баллов.",
		    (long long)m->limit_points);
	case INDEX_FACTORS:
		return arena_fmt(mem,
		    "В перечне школы, у которых неблагоприятны не меньше %lld "
		    "условий из %zu.",
		    (long long)m->limit_factors, m->n);
	case INDEX_MODES:
		break;
	}
	UNREACHABLE();
}

static struct str
summary_of(struct arena *mem, const struct index_run *run)
{
	struct buf b = buf_open(mem, 0);
	bool first = true;

	buf_fmt(&b, "В %.*s учебном году в перечень «%.*s» %s %zu %s из %zu.",
	    STR_ARG(syear_ru(mem, run->inputs.year)),
	    STR_ARG(run->method->title),
	    run->counts[METHOD_LISTED] == 1 ? "вошла" : "вошли",
	    run->counts[METHOD_LISTED],
	    plural_ru(
		(int64_t)run->counts[METHOD_LISTED], "школа", "школы", "школ"),
	    run->n);
	for (size_t i = 0; i < run->n; i++) {
		if (run->lines[i].status != METHOD_LISTED)
			continue;
		buf_fmt(&b, "%s%.*s", first ? " Это " : ", ",
		    STR_ARG(run->lines[i].school->name));
		first = false;
	}
	if (!first)
		buf_char(&b, '.');
	if (run->counts[METHOD_NO_DATA])
		buf_fmt(&b, " Не хватает данных по %zu %s.",
		    run->counts[METHOD_NO_DATA],
		    plural_ru((int64_t)run->counts[METHOD_NO_DATA], "школе",
			"школам", "школам"));
	return buf_str(&b);
}

/* ---- the run ---- */

static struct str
hash_of(struct arena *mem, const struct index_run *run)
{
	struct buf b = buf_open(mem, (size_t)1024 * 1024 * 1024);

	buf_fmt(&b, "%.*s\n%.*s\n%.*s\n", STR_ARG(run->inputs.hash),
	    STR_ARG(run->settings), STR_ARG(run->method->text));
	for (size_t i = 0; i < run->n; i++) {
		const struct index_line *l = &run->lines[i];
		buf_fmt(&b, "%lld\t%s\t%lld\t%lld\t%lld\n",
		    (long long)l->school->id.v, method_status_codes[l->status],
		    (long long)l->score, (long long)l->points,
		    (long long)l->factors);
	}
	return hash_hex(mem, buf_str(&b));
}

static void
decide_all(struct arena *mem, struct index_run *run, struct index_line *lines)
{
	struct weights w = weights_of(run->method, -1, 0);

	for (size_t i = 0; i < run->n; i++) {
		struct index_line *l = &lines[i];
		l->has_score = run->mode == INDEX_DEVIATIONS && l->missing == 0;
		if (l->has_score) {
			int64_t raw = raw_score(run, l, &w);
			int64_t half = raw < 0 ? -w.sum / 2 : w.sum / 2;
			l->score = (raw + half) / w.sum;
		}
		l->status = decide(run, lines, l, &w);
		l->reason = reason_of(mem, run, l);
		run->counts[l->status]++;
	}
}

enum rc
index_compute(struct scope *sc, const struct index_method *method,
    const struct inputs *inputs, struct index_run *ret)
{
	struct index_run run = {.method = method,
	    .inputs = *inputs,
	    .mode = method->mode,
	    .n = inputs->n};
	struct index_line *lines =
	    arena_new(sc->mem, struct index_line, inputs->n + 1);
	struct index_value *values =
	    arena_new(sc->mem, struct index_value, inputs->n * method->n + 1);

	run.lines = lines;
	for (size_t i = 0; i < run.n; i++) {
		lines[i].school = &inputs->schools[i];
		take_values(&run, &lines[i], values + i * method->n);
	}
	if (run.mode == INDEX_DEVIATIONS &&
	    run.complete < (size_t)method->least) {
		run.mode = INDEX_POINTS;
		run.fell_back = true;
	}
	for (size_t i = 0; run.mode == INDEX_DEVIATIONS && i < method->n; i++)
		take_deviations(&run, values, i);
	decide_all(sc->mem, &run, lines);
	run.formula = formula_of(sc->mem, &run);
	run.rule = rule_of(sc->mem, &run);
	run.settings =
	    arena_fmt(sc->mem, "mode = %s\n", index_mode_codes[run.mode]);
	run.summary = summary_of(sc->mem, &run);
	run.hash = hash_of(sc->mem, &run);
	if (arena_full(sc->mem))
		return RC_LIMIT;
	*ret = run;
	return RC_OK;
}

static void
put_name(struct buf *b, const struct index_line *l)
{
	buf_fmt(b, "%s%.*s", b->n ? ", " : "", STR_ARG(l->school->name));
}

enum rc
index_sensitivity(struct scope *sc, const struct index_run *run,
    struct index_shift **ret, size_t *ret_n)
{
	VEC(struct index_shift) list = {0};

	for (size_t i = 0; run->mode != INDEX_FACTORS && i < run->method->n;
	     i++)
		for (int up = 0; up < 2; up++) {
			struct weights w =
			    weights_of(run->method, (ptrdiff_t)i, up ? 1 : -1);
			struct buf enter = buf_open(sc->mem, 0);
			struct buf leave = buf_open(sc->mem, 0);
			for (size_t s = 0; s < run->n; s++) {
				const struct index_line *l = &run->lines[s];
				bool was = l->status == METHOD_LISTED;
				bool now = decide(run, run->lines, l, &w) ==
					   METHOD_LISTED;
				if (was != now)
					put_name(now ? &enter : &leave, l);
			}
			if (enter.n || leave.n)
				*vec_push(sc->mem, &list) =
				    (struct index_shift){i, up != 0,
					buf_str(&enter), buf_str(&leave)};
		}
	if (arena_full(sc->mem))
		return RC_LIMIT;
	*ret = list.p;
	*ret_n = list.n;
	return RC_OK;
}
