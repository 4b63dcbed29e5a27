/* method_examples.c - do the examples of a method come out as it says? */
#include "base/buf.h"
#include "lang/method_program.h"

static struct str
outcome_text(struct arena *mem, const struct method *m,
    enum method_status status, uint32_t criteria)
{
	struct buf b = buf_open(mem, 0);

	buf_c(&b, method_status_codes[status]);
	for (size_t i = 0; i < m->n_criteria; i++)
		if (criteria >> i & 1)
			buf_fmt(&b, " %.*s", STR_ARG(m->criteria[i].id));
	return buf_str(&b);
}

static enum rc
run_example(struct arena *mem, const struct method *m,
    const struct method_example *ex, struct diag *d)
{
	struct method_program *p;
	enum rc rc = method_prepare_changed(
	    mem, m, ex->changes, ex->n_changes, ex->year, d, &p);

	if (rc != RC_OK)
		return rc;
	struct method_result r =
	    method_decide(p, &ex->facts, method_slots_open(mem, p));
	if (r.status == ex->status && r.holds == ex->criteria)
		return RC_OK;

	struct complaint *c =
	    diag_error(d, ex->at, N_("Пример выходит иначе, чем сказано."));
	c->value = outcome_text(d->mem, m, r.status, r.holds);
	c->expected = outcome_text(d->mem, m, ex->status, ex->criteria);
	return RC_INVALID;
}

enum rc
method_check_examples(
    struct arena *mem, const struct method *m, struct diag *d, size_t *ret_run)
{
	enum rc worst = RC_OK;

	for (size_t i = 0; i < m->n_examples; i++) {
		enum rc rc = run_example(mem, m, &m->examples[i], d);
		if (rc != RC_OK)
			worst = rc;
	}
	*ret_run = m->n_examples;
	return worst;
}
