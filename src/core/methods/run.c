/* run.c - a list drawn up, saved, recomputed. */
#include "core/methods/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "core/access/audit.h"
#include "core/methods/summary.h"

static const char *const truth_words[] = {
    [TRUTH_NO] = "no", [TRUTH_YES] = "yes", [TRUTH_UNKNOWN] = "unknown"};

/* What a combination of criteria is called; there are few of them. */
struct criteria_words {
	struct method_result of;
	const enum truth *truths;
	struct str all;     /* "K1=yes K2=no" */
	struct str holding; /* "K1" */
};

/* A run being computed: words that many schools share are made once. */
struct deciding {
	struct arena *mem;
	const struct method *method;
	const struct inputs *inputs;
	struct run_line *lines;
	size_t counts[METHOD_STATUS_COUNT];
	VEC(struct criteria_words) words;
	struct str *cells; /* "2022/2023:vpr-math-5", years back × procedures */
};

static struct str
criteria_text(struct arena *mem, const struct method *m,
    const enum truth *truths, bool only_holding)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < m->n_criteria; i++) {
		if (only_holding && truths[i] != TRUTH_YES)
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, m->criteria[i].id);
		if (!only_holding)
			buf_fmt(&b, "=%s", truth_words[truths[i]]);
	}
	return buf_str(&b);
}

static const struct criteria_words *
criteria_words(struct deciding *d, struct method_result of)
{
	bool applies = of.status != METHOD_NOT_APPLICABLE;
	size_t n = d->method->n_criteria;

	vec_each(struct criteria_words, w, &d->words)
		if (w->of.holds == of.holds && w->of.unknown == of.unknown &&
		    (w->of.status != METHOD_NOT_APPLICABLE) == applies)
			return w;

	enum truth *truths = arena_new(d->mem, enum truth, n + 1);
	for (size_t i = 0; i < n; i++)
		truths[i] = of.holds >> i & 1                 ? TRUTH_YES :
			    !applies || (of.unknown >> i & 1) ? TRUTH_UNKNOWN :
								TRUTH_NO;
	struct criteria_words *w = vec_push(d->mem, &d->words);
	*w = (struct criteria_words){.of = of,
	    .truths = truths,
	    .all = criteria_text(d->mem, d->method, truths, false),
	    .holding = criteria_text(d->mem, d->method, truths, true)};
	return w;
}

static struct str *
cell_words(struct arena *mem, const struct vocabulary *words, struct syear year)
{
	size_t n = words->n_procedures;
	struct str *cells = arena_new(mem, struct str, FACT_YEARS * n + 1);
	char text[SYEAR_TEXT];

	for (int back = 1; back <= FACT_YEARS; back++)
		for (size_t p = 0; p < n; p++)
			cells[(size_t)(back - 1) * n + p] =
			    arena_fmt(mem, "%s:%.*s",
				syear_text(syear_plus(year, -back), text),
				STR_ARG(words->procedures[p].code));
	return cells;
}

static struct str
cell_word(const struct deciding *d, const struct method_low *low)
{
	size_t back = (size_t)(d->inputs->year.first - low->year.first);

	return d->cells[(back - 1) * d->inputs->words->n_procedures +
			low->procedure];
}

/* The lows come by year and code, so the words stand in order. */
static struct str
low_text(struct deciding *d, const struct method_low *low, size_t n)
{
	size_t bytes = 0, at = 0;

	if (n == 0)
		return S("");
	for (size_t i = 0; i < n; i++)
		bytes += cell_word(d, &low[i]).n + 1;
	char *text = arena_raw(d->mem, bytes);
	for (size_t i = 0; i < n; i++) {
		struct str word = cell_word(d, &low[i]);
		if (i)
			text[at++] = ' ';
		memcpy(text + at, word.p, word.n);
		at += word.n;
	}
	return (struct str){text, at};
}

static struct str
settings_text(struct arena *mem, const struct method *m)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < m->n_settings; i++) {
		const struct method_setting *s = &m->settings[i];
		struct ratio percent;
		bool share = s->is_share &&
			     ratio_mul(s->value, ratio_int(100), &percent);
		struct str value = ratio_exact(mem, share ? percent : s->value);
		buf_fmt(&b, "%.*s = %.*s%s\n", STR_ARG(s->name), STR_ARG(value),
		    share ? " %" : "");
	}
	return buf_str(&b);
}

/* What is hashed of the verdicts: everything that was decided. */
static void
put_line(struct buf *b, const struct run_line *l)
{
	buf_fmt(b, "%lld\t%s\t%.*s\t%.*s\n", (long long)l->school->id.v,
	    method_status_codes[l->verdict.status], STR_ARG(l->criteria),
	    STR_ARG(l->low));
}

static struct str
hash_of(struct arena *mem, const struct run *run)
{
	struct buf b = buf_open(mem, (size_t)1024 * 1024 * 1024);

	if (!run->inputs.hash.n)
		return S("");
	buf_fmt(&b, "%.*s\n%.*s%.*s\n", STR_ARG(run->inputs.hash),
	    STR_ARG(run->settings), STR_ARG(run->method->text));
	for (size_t i = 0; i < run->n; i++)
		put_line(&b, &run->lines[i]);
	return hash_hex(mem, buf_str(&b));
}

static const struct facts *
facts_at(void *ctx, size_t i)
{
	const struct deciding *d = ctx;

	return &d->inputs->schools[i].facts;
}

static void
take_decision(void *ctx, size_t i, const struct method_decision *made)
{
	struct deciding *d = ctx;
	const struct criteria_words *words = criteria_words(d, made->result);
	struct method_low *low = NULL;
	struct run_line *l = &d->lines[i];

	if (made->n_low) {
		low = arena_new(d->mem, struct method_low, made->n_low);
		memcpy(low, made->low, made->n_low * sizeof *low);
	}
	*l = (struct run_line){.school = &d->inputs->schools[i],
	    .verdict = {.status = made->result.status,
		.n_criteria = d->method->n_criteria,
		.criteria = words->truths,
		.low = low,
		.n_low = made->n_low},
	    .criteria = words->all,
	    .holding = words->holding,
	    .low = low_text(d, low, made->n_low)};
	for (size_t k = 0; k < made->n_low; k++)
		l->verdict.is_small |=
		    made->result.status == METHOD_LISTED && low[k].is_small;
	d->counts[made->result.status]++;
}

enum rc
run_compute(struct scope *sc, const struct method *method,
    const struct method_choice *choice, const struct inputs *inputs,
    struct run *ret)
{
	struct method_program *program;
	enum rc rc = method_prepare(
	    sc->mem, method, choice, inputs->year, sc->diag, &program);

	if (rc != RC_OK)
		return rc;

	struct run run = {.method = method_of(program),
	    .program = program,
	    .inputs = *inputs,
	    .n = inputs->n,
	    .is_trial = choice && method_is_trial(method, choice)};
	struct deciding d = {.mem = sc->mem,
	    .method = run.method,
	    .inputs = inputs,
	    .lines = arena_new(sc->mem, struct run_line, inputs->n + 1),
	    .cells = cell_words(sc->mem, inputs->words, inputs->year)};
	method_decide_many(program, facts_at, inputs->n, take_decision, &d);
	run.lines = d.lines;
	memcpy(run.counts, d.counts, sizeof run.counts);
	run.settings = settings_text(sc->mem, run.method);
	run.hash = hash_of(sc->mem, &run);
	if (arena_full(sc->mem))
		return RC_LIMIT;
	*ret = run;
	return RC_OK;
}

struct run_line
run_line_whole(
    struct arena *mem, const struct run *run, const struct run_line *line)
{
	const struct facts *f = &line->school->facts;
	struct run_line whole = *line;

	if (line->is_whole)
		return whole;
	whole.is_whole = true;
	whole.verdict = method_verdict(mem, run->program, f);
	whole.margin = method_margin(mem, run->program, f);
	whole.reason = method_sentence(mem, run->program, f, &whole.verdict);
	return whole;
}

static enum rc
save_line(struct scope *sc, const struct run *run, run_id id,
    const struct run_line *line)
{
	autoarena mem = arena_open(0);
	struct run_line whole = run_line_whole(mem, run, line);
	const struct run_line *l = &whole;
	const struct q_verdict_add_in add = {
	    .municipality = sc->actor.municipality,
	    .run = id,
	    .school = l->school->id,
	    .name = l->school->name,
	    .sort_key = l->school->sort_key,
	    .code = l->school->code,
	    .status = str_of(method_status_codes[l->verdict.status]),
	    .criteria = l->criteria,
	    .low = l->low,
	    .reason = l->reason,
	    .margin = {l->margin.exists, l->margin.pupils},
	    .missing = (int64_t)l->verdict.n_missing,
	    .is_small = l->verdict.is_small};

	return q_verdict_add(sc->db, &add);
}

static enum rc
tell(struct scope *sc, const struct run *run, run_id id)
{
	struct str year = syear_ru(sc->mem, run->inputs.year);
	const struct audit_entry entry = {.action = S("run.made"),
	    .object = S("run"),
	    .object_id = id.v,
	    .object_name = run->method->title,
	    .becomes = arena_fmt(sc->mem, "%.*s, в перечне %zu из %zu",
		STR_ARG(year), run->counts[METHOD_LISTED], run->n)};

	return audit_write(sc, &entry);
}

enum rc
run_save(struct scope *sc, const struct run *run, run_id *ret)
{
	struct q_run_add made;
	autotx tx = {0};

	MUST(run->hash.n || run->is_trial);
	if (run->is_trial) {
		diag_error(sc->diag, (struct place){0},
		    N_("Пробный расчёт не сохраняется: это не решение."))
		    ->hint = S("Рассчитайте по методике без изменений.");
		return RC_INVALID;
	}
	enum rc rc = tx_begin(sc->db, &tx);
	if (rc != RC_OK)
		return rc;

	const struct q_run_add_in add = {.municipality = sc->actor.municipality,
	    .method = run->method->code,
	    .version = run->method->version,
	    .year = run->inputs.year,
	    .settings = run->settings,
	    .method_text = run->method->text,
	    .inputs = run->inputs.text,
	    .inputs_hash = run->inputs.hash,
	    .hash = run->hash,
	    .summary = run_summary(sc->mem, run),
	    .person = sc->actor.person,
	    .at = sc->now,
	    .state_on = sc->actor.today};
	rc = q_run_add(sc->db, sc->mem, &add, &made);
	for (size_t i = 0; rc == RC_OK && i < run->n; i++)
		rc = save_line(sc, run, made.id, &run->lines[i]);
	for (size_t i = 0; rc == RC_OK && i < run->inputs.n_loads; i++)
		rc = q_run_load_add(sc->db, sc->actor.municipality, made.id,
		    run->inputs.loads[i]);
	if (rc == RC_OK)
		rc = tell(sc, run, made.id);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

static enum rc
check_hash(struct scope *sc, const struct q_run *row, const struct run *run)
{
	if (str_eq(row->hash, run->hash))
		return RC_OK;
	diag_error(sc->diag, (struct place){0},
	    N_("Расчёт № %lld при повторении даёт другой результат: "
	       "сохранённые "
	       "данные или программа изменены."),
	    (long long)row->id.v)
	    ->hint = S("Сообщите администратору: нужна проверка копии базы.");
	return RC_INVALID;
}

enum rc
run_reopen(struct scope *sc, const struct vocabulary *words, run_id id,
    struct q_run *ret_row, struct run *ret)
{
	municipality_id place = sc->actor.municipality;
	struct q_run_frozen frozen;
	struct inputs inputs;
	struct method *method;
	struct q_run row;
	struct run run;
	enum rc rc = q_run_by_id(sc->db, sc->mem, place, id, &row);

	if (rc == RC_OK)
		rc = q_run_frozen(sc->db, sc->mem, place, id, &frozen);
	if (rc == RC_OK)
		rc = inputs_parse(sc, words, frozen.inputs, &inputs);
	if (rc == RC_OK)
		rc = method_parse(sc->mem, row.method, frozen.method_text,
		    words, sc->diag, &method);
	if (rc == RC_OK)
		rc = run_compute(sc, method, NULL, &inputs, &run);
	if (rc == RC_OK)
		rc = check_hash(sc, &row, &run);
	if (rc != RC_OK)
		return rc;
	*ret_row = row;
	*ret = run;
	return RC_OK;
}

const struct run_line *
run_line_of(const struct run *run, school_id school)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->lines[i].school->id.v == school.v)
			return &run->lines[i];
	return NULL;
}

static bool
same_verdict(const struct run_line *a, const struct run_line *b)
{
	return a->verdict.status == b->verdict.status &&
	       str_eq(a->criteria, b->criteria);
}

void
run_compare(struct arena *mem, const struct run *before,
    const struct run *after, struct run_difference **ret, size_t *ret_n)
{
	VEC(struct run_difference) list = {0};

	for (size_t i = 0; i < after->n; i++) {
		const struct run_line *now = &after->lines[i];
		const struct run_line *was =
		    i < before->n &&
			    before->lines[i].school->id.v == now->school->id.v ?
			&before->lines[i] :
			run_line_of(before, now->school->id);
		if (!was || !same_verdict(was, now))
			*vec_push(mem, &list) =
			    (struct run_difference){was, now};
	}
	for (size_t i = 0; i < before->n; i++)
		if (!run_line_of(after, before->lines[i].school->id))
			*vec_push(mem, &list) =
			    (struct run_difference){&before->lines[i], NULL};
	*ret = list.p;
	*ret_n = list.n;
}
