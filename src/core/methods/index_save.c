/* index_save.c - a run of an index kept beside the runs of methods. */
#include "core/access/audit.h"
#include "core/methods/index.h"
#include "store/q_methods.h"

static enum rc
save_line(struct scope *sc, const struct index_run *run, run_id id,
    const struct index_line *l)
{
	const struct q_verdict_add_in add = {
	    .municipality = sc->actor.municipality,
	    .run = id,
	    .school = l->school->id,
	    .name = l->school->name,
	    .sort_key = l->school->sort_key,
	    .code = l->school->code,
	    .status = str_of(method_status_codes[l->status]),
	    .criteria =
		l->has_score ?
		    arena_fmt(sc->mem, "index=%lld", (long long)l->score) :
		    arena_fmt(sc->mem, "points=%lld factors=%lld",
			(long long)l->points, (long long)l->factors),
	    .low = S(""),
	    .reason = l->reason,
	    .missing = (int64_t)l->missing,
	    .is_small = false};

	return q_verdict_add(sc->db, &add);
}

static enum rc
tell(struct scope *sc, const struct index_run *run, run_id id)
{
	const struct audit_entry entry = {.action = S("run.made"),
	    .object = S("run"),
	    .object_id = id.v,
	    .object_name = arena_fmt(sc->mem, "%.*s, %.*s уч. г.",
		STR_ARG(run->method->code),
		STR_ARG(syear_ru(sc->mem, run->inputs.year))),
	    .becomes = arena_fmt(
		sc->mem, "школ в перечне: %zu", run->counts[METHOD_LISTED])};

	return audit_write(sc, &entry);
}

enum rc
index_save(struct scope *sc, const struct index_run *run, run_id *ret)
{
	struct q_run_add made;
	autotx tx = {0};
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
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
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
check_hash(struct scope *sc, const struct q_run *row, struct str hash)
{
	if (str_eq(row->hash, hash))
		return RC_OK;
	diag_error(sc->diag, (struct place){0},
	    N_("Расчёт № %lld при повторении даёт другой результат: "
	       "сохранённые данные или программа изменены."),
	    (long long)row->id.v)
	    ->hint = S("Сообщите администратору: нужна проверка копии базы.");
	return RC_INVALID;
}

enum rc
index_reopen(struct scope *sc, const struct vocabulary *words, run_id id,
    struct index_run *ret)
{
	struct index_method *method =
	    arena_new(sc->mem, struct index_method, 1);
	municipality_id place = sc->actor.municipality;
	struct q_run_frozen frozen;
	struct inputs inputs;
	struct index_run run;
	struct q_run row;
	enum rc rc = q_run_by_id(sc->db, sc->mem, place, id, &row);

	if (rc == RC_OK)
		rc = q_run_frozen(sc->db, sc->mem, place, id, &frozen);
	if (rc == RC_OK)
		rc = inputs_parse(sc, words, frozen.inputs, &inputs);
	if (rc == RC_OK)
		rc = index_parse(
		    sc, words, row.method, frozen.method_text, method);
	if (rc == RC_OK)
		rc = index_compute(sc, method, &inputs, &run);
	if (rc == RC_OK)
		rc = check_hash(sc, &row, run.hash);
	if (rc == RC_OK)
		*ret = run;
	return rc;
}
