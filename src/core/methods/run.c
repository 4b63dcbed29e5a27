/* run.c - a list drawn up, saved, recomputed. */
#include "core/methods/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "core/methods/summary.h"

static const char *const truth_words[] = {
    [TRUTH_NO] = "no", [TRUTH_YES] = "yes", [TRUTH_UNKNOWN] = "unknown"};

static struct str
criteria_text(struct arena *mem, const struct method *m,
    const struct verdict *v, bool only_holding)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < v->n_criteria; i++) {
		if (only_holding && v->criteria[i] != TRUTH_YES)
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, m->criteria[i].id);
		if (!only_holding)
			buf_fmt(&b, "=%s", truth_words[v->criteria[i]]);
	}
	return buf_str(&b);
}

static int
by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct str
low_text(
    struct arena *mem, const struct vocabulary *words, const struct verdict *v)
{
	struct str *parts = arena_new(mem, struct str, v->n_low + 1);
	struct buf b = buf_open(mem, 0);
	char year[SYEAR_TEXT];

	for (size_t i = 0; i < v->n_low; i++)
		parts[i] =
		    arena_fmt(mem, "%s:%.*s", syear_text(v->low[i].year, year),
			STR_ARG(words->procedures[v->low[i].procedure].code));
	qsort(parts, v->n_low, sizeof *parts, by_text);
	for (size_t i = 0; i < v->n_low; i++)
		buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(parts[i]));
	return buf_str(&b);
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
	buf_fmt(b, "%lld\t%s\t%.*s\t%.*s\t", (long long)l->school->id.v,
	    method_status_codes[l->verdict.status], STR_ARG(l->criteria),
	    STR_ARG(l->low));
	if (l->margin.exists)
		buf_int(b, l->margin.pupils);
	buf_char(b, '\n');
}

static struct run_line
decide(struct arena *mem, const struct method_program *p,
    const struct vocabulary *words, const struct inputs_school *s)
{
	struct verdict v = method_verdict(mem, p, &s->facts);

	return (struct run_line){.school = s,
	    .verdict = v,
	    .margin = method_margin(mem, p, &s->facts),
	    .criteria = criteria_text(mem, method_of(p), &v, false),
	    .holding = criteria_text(mem, method_of(p), &v, true),
	    .low = low_text(mem, words, &v),
	    .reason = method_sentence(mem, p, &s->facts, &v)};
}

enum rc
run_compute(struct scope *sc, const struct method *method,
    const struct method_choice *choice, const struct inputs *inputs,
    struct run *ret)
{
	struct method_program *program;
	struct buf decided = buf_open(sc->mem, (size_t)1024 * 1024 * 1024);
	enum rc rc = method_prepare(
	    sc->mem, method, choice, inputs->year, sc->diag, &program);

	if (rc != RC_OK)
		return rc;

	struct run run = {.method = method_of(program),
	    .program = program,
	    .inputs = *inputs,
	    .n = inputs->n,
	    .is_trial = choice && method_is_trial(method, choice)};
	struct run_line *lines =
	    arena_new(sc->mem, struct run_line, inputs->n + 1);
	run.settings = settings_text(sc->mem, run.method);
	buf_fmt(&decided, "%.*s\n%.*s%.*s\n", STR_ARG(inputs->hash),
	    STR_ARG(run.settings), STR_ARG(method->text));
	for (size_t i = 0; i < inputs->n; i++) {
		lines[i] = decide(
		    sc->mem, program, inputs->words, &inputs->schools[i]);
		run.counts[lines[i].verdict.status]++;
		put_line(&decided, &lines[i]);
	}
	run.lines = lines;
	run.hash = hash_hex(sc->mem, buf_str(&decided));
	run.summary = run_summary(sc->mem, &run);
	if (arena_full(sc->mem) || buf_full(&decided))
		return RC_LIMIT;
	*ret = run;
	return RC_OK;
}

static enum rc
save_line(struct scope *sc, run_id id, const struct run_line *l)
{
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

enum rc
run_save(struct scope *sc, const struct run *run, run_id *ret)
{
	struct q_run_add made;
	autotx tx = {0};

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
	    .summary = run->summary,
	    .person = sc->actor.person,
	    .at = sc->now,
	    .state_on = sc->actor.today};
	rc = q_run_add(sc->db, sc->mem, &add, &made);
	for (size_t i = 0; rc == RC_OK && i < run->n; i++)
		rc = save_line(sc, made.id, &run->lines[i]);
	for (size_t i = 0; rc == RC_OK && i < run->inputs.n_loads; i++)
		rc = q_run_load_add(sc->db, sc->actor.municipality, made.id,
		    run->inputs.loads[i]);
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
