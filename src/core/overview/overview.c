/* overview.c - how does the municipality stand today? */
#include "core/overview/overview.h"

#include "base/buf.h"
#include "core/access/access.h"
#include "store/q_lists.h"
#include "store/q_results.h"

const struct overview_count *
overview_at(const struct overview *o, size_t school, size_t procedure, int back)
{
	size_t year = school * OVERVIEW_YEARS + (size_t)back;

	return &o->counts[year * o->n_procedures + procedure];
}

bool
overview_applies(const struct overview *o, size_t school, size_t procedure)
{
	enum school_kind kind;

	return school_kind_parse(o->schools[school].row.kind, &kind) &&
	       (o->words->procedures[procedure].kinds >> kind & 1) != 0;
}

struct overview_count
overview_sum(
    const struct overview *o, const bool *is_chosen, size_t procedure, int back)
{
	struct overview_count sum = {-1, 0};

	for (size_t i = 0; i < o->n; i++) {
		const struct overview_count *c =
		    overview_at(o, i, procedure, back);

		if (!is_chosen[i] || c->participants < 0)
			continue;
		sum.participants =
		    c->participants +
		    (sum.participants < 0 ? 0 : sum.participants);
		sum.failed += c->failed;
	}
	return sum;
}

/* ---- schools and their results ---- */

static enum rc
read_schools(struct scope *sc, struct overview *o)
{
	struct q_school *all;
	enum rc rc = q_school_list(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &o->n);

	if (rc != RC_OK)
		return rc;
	o->schools = arena_new(sc->mem, struct overview_school, o->n + 1);
	for (size_t i = 0; i < o->n; i++) {
		struct date opened = all[i].opened_on;
		struct date closed = all[i].closed_on;

		o->schools[i] = (struct overview_school){.row = all[i],
		    .is_open =
			(date_is_none(opened) || !date_before(o->on, opened)) &&
			(date_is_none(closed) || date_before(o->on, closed))};
	}
	return RC_OK;
}

static ptrdiff_t
place_of(const struct overview *o, school_id id)
{
	for (size_t i = 0; i < o->n; i++) {
		if (o->schools[i].row.id.v == id.v)
			return (ptrdiff_t)i;
	}
	return -1;
}

struct filling {
	struct overview *o;
	school_id last; /* rows come school by school */
	ptrdiff_t at;
};

static bool
take_result(void *ctx, const struct q_result_each *row)
{
	struct filling *f = ctx;
	struct overview *o = f->o;
	ptrdiff_t p = vocabulary_procedure_find(o->words, row->procedure);
	int back = o->results_year.first - row->year.first;

	if (row->school.v != f->last.v) {
		f->last = row->school;
		f->at = place_of(o, row->school);
	}
	if (f->at < 0 || p < 0)
		return true;

	size_t year = (size_t)f->at * OVERVIEW_YEARS + (size_t)back;
	o->counts[year * o->n_procedures + (size_t)p] = (struct overview_count){
	    (int32_t)row->participants, (int32_t)row->failed};
	o->is_held[p] |= back == 0;
	return true;
}

static bool
take_result_on(void *ctx, const struct q_result_each_on *row)
{
	return take_result(ctx, &(struct q_result_each){.year = row->year,
				    .school = row->school,
				    .procedure = row->procedure,
				    .participants = row->participants,
				    .failed = row->failed});
}

static enum rc
read_results(struct scope *sc, struct overview *o)
{
	size_t n = o->n * OVERVIEW_YEARS * o->n_procedures;
	struct filling f = {.o = o, .at = -1};

	o->counts = arena_new(sc->mem, struct overview_count, n + 1);
	o->is_held = arena_new(sc->mem, bool, o->n_procedures + 1);
	for (size_t i = 0; i < n; i++)
		o->counts[i].participants = -1;
	if (may(&sc->actor, PERM_RESULTS_READ) != RC_OK)
		return RC_OK;
	struct syear first = syear_plus(o->results_year, 1 - OVERVIEW_YEARS);
	if (o->is_past)
		return q_result_each_on(sc->db, &sc->actor,
		    sc->actor.municipality, first, o->results_year, o->until,
		    take_result_on, &f);
	return q_result_each(sc->db, &sc->actor, sc->actor.municipality, first,
	    o->results_year, take_result, &f);
}

/* Whose data are missing: only what was held somewhere can be. */
static void
count_missing(struct arena *mem, struct overview *o)
{
	struct buf names = buf_open(mem, 0);
	size_t named = 0;

	for (size_t i = 0; i < o->n; i++) {
		struct overview_school *s = &o->schools[i];

		for (size_t p = 0; s->is_open && p < o->n_procedures; p++) {
			if (!o->is_held[p] || !overview_applies(o, i, p))
				continue;
			s->expected++;
			s->missing += overview_at(o, i, p, 0)->participants < 0;
		}
		o->n_expected += s->expected > 0;
		o->n_partly += s->missing > 0 && s->missing < s->expected;
		if (s->expected == 0 || s->missing < s->expected)
			continue;
		o->n_without++;
		if (named++ < OVERVIEW_NAMES)
			buf_fmt(&names, "%s%.*s", named > 1 ? ", " : "",
			    STR_ARG(s->row.name));
	}
	if (named > OVERVIEW_NAMES)
		buf_fmt(&names, " и ещё %zu", named - OVERVIEW_NAMES);
	o->without = buf_str(&names);
}

/* ---- the list ---- */

static bool
status_parse(struct str code, enum method_status *ret)
{
	for (enum method_status s = 0; s < METHOD_STATUS_COUNT; s++) {
		if (str_eq(code, str_of(method_status_codes[s]))) {
			*ret = s;
			return true;
		}
	}
	return false;
}

static void
take_verdict(struct overview *o, const struct q_verdict *v)
{
	struct overview_list *l = &o->list;
	ptrdiff_t at = place_of(o, v->school);
	enum method_status status;

	if (!status_parse(v->status, &status))
		return;
	l->listed += status == METHOD_LISTED;
	l->no_data += status == METHOD_NO_DATA;
	l->applicable += status != METHOD_NOT_APPLICABLE;
	if (v->margin.is_known && v->margin.v <= OVERVIEW_EDGE) {
		l->may_leave += status == METHOD_LISTED;
		l->may_enter += status == METHOD_NOT_LISTED;
	}
	if (at < 0)
		return;
	o->schools[at].has_verdict = true;
	o->schools[at].status = status;
	o->schools[at].margin = v->margin;
}

static bool
was_listed(const struct q_verdict *all, size_t n, school_id school)
{
	enum method_status status;

	for (size_t i = 0; i < n; i++) {
		if (all[i].school.v == school.v)
			return status_parse(all[i].status, &status) &&
			       status == METHOD_LISTED;
	}
	return false;
}

/* The list of the nearest earlier year: an approved one before a draft. */
static const struct q_run *
list_before(const struct q_run *all, size_t n, const struct q_run *run)
{
	const struct q_run *found = NULL;
	bool is_firm = false;

	for (size_t i = 0; i < n; i++) { /* the newest first */
		enum list_state state;

		if (!str_eq(all[i].method, run->method) ||
		    all[i].year.first >= run->year.first ||
		    !list_state_parse(all[i].state, &state) ||
		    state == LIST_DROPPED)
			continue;
		if (found == NULL || all[i].year.first > found->year.first ||
		    (all[i].year.first == found->year.first && !is_firm &&
			state >= LIST_APPROVED)) {
			found = &all[i];
			is_firm = state >= LIST_APPROVED;
		}
	}
	return found;
}

static enum rc
compare_with_before(struct scope *sc, struct overview *o,
    const struct q_run *run, const struct q_verdict *now, size_t n_now)
{
	struct overview_list *l = &o->list;
	struct q_verdict *old;
	size_t n_old;
	enum rc rc;

	if (run == NULL)
		return RC_OK;
	rc = q_verdict_list(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    run->id, &old, &n_old);
	if (rc != RC_OK)
		return rc;
	l->has_before = n_old > 0;
	l->before_year = run->year;
	for (size_t i = 0; i < n_now; i++) {
		bool is = was_listed(now, n_now, now[i].school);

		l->entered += is && !was_listed(old, n_old, now[i].school);
	}
	for (size_t i = 0; i < n_old; i++) {
		bool was = was_listed(old, n_old, old[i].school);

		l->before += was;
		l->left += was && !was_listed(now, n_now, old[i].school);
	}
	return RC_OK;
}

static struct str
method_title(const struct library *library, struct str code)
{
	for (size_t i = 0; i < library->n; i++) {
		const struct method *m = library->methods[i];

		if (str_eq(m->code, code))
			return m->short_title.n > 0 ? m->short_title : m->title;
	}
	return code;
}

/* What stands approved before the newest draft. */
static const struct q_run *
list_of(const struct scope *sc, const struct q_run *all, size_t n,
    struct str method, struct syear year)
{
	const struct q_run *found = NULL;
	enum list_state best = LIST_DRAFT, state;

	for (size_t i = 0; i < n; i++) { /* the newest first */
		if (!str_eq(all[i].method, method) ||
		    all[i].year.first != year.first ||
		    !list_state_parse(all[i].state, &state) ||
		    state == LIST_DROPPED ||
		    !list_is_shown_to(&sc->actor, state))
			continue;
		if (found == NULL || state > best) {
			found = &all[i];
			best = state;
		}
	}
	return found;
}

static enum rc
read_years(struct scope *sc, struct overview *o, const struct q_run *all,
    size_t n, struct str method)
{
	struct q_run_status_counts *counts;
	size_t n_counts;
	enum rc rc = q_run_status_counts(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, &counts, &n_counts);

	for (int y = 0; rc == RC_OK && y < OVERVIEW_LISTS; y++) {
		struct overview_year *to = &o->years[y];
		const struct q_run *run;

		to->year = syear_plus(o->year, y + 1 - OVERVIEW_LISTS);
		run = list_of(sc, all, n, method, to->year);
		if (run == NULL)
			continue;
		to->run = run->id;
		for (size_t i = 0; i < n_counts; i++) {
			enum method_status status;

			if (counts[i].run.v != run->id.v ||
			    !status_parse(counts[i].status, &status))
				continue;
			to->is_there = true;
			if (status == METHOD_LISTED)
				to->listed = (size_t)counts[i].n;
			if (status != METHOD_NOT_APPLICABLE)
				to->applicable += (size_t)counts[i].n;
		}
	}
	return rc;
}

/* All lists: as they are, or as they stood on the day. */
static enum rc
read_runs(struct scope *sc, const struct overview *o, struct q_run **ret,
    size_t *ret_n)
{
	struct q_run_list_on *then;
	enum rc rc;

	if (!o->is_past)
		return q_run_list(
		    sc->db, sc->mem, sc->actor.municipality, ret, ret_n);
	rc = q_run_list_on(
	    sc->db, sc->mem, sc->actor.municipality, o->until, &then, ret_n);
	if (rc != RC_OK)
		return rc;
	*ret = arena_new(sc->mem, struct q_run, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct q_run){.id = then[i].id,
		    .method = then[i].method,
		    .version = then[i].version,
		    .year = then[i].year,
		    .person = then[i].person,
		    .at = then[i].at,
		    .state = then[i].state};
	return RC_OK;
}

static enum rc
read_list(struct scope *sc, const struct library *library, struct str method,
    struct overview *o)
{
	const struct q_run *run;
	struct q_verdict *verdicts;
	struct q_run *all;
	size_t n, n_verdicts;
	enum rc rc;

	if (may(&sc->actor, PERM_LISTS_READ) != RC_OK)
		return RC_OK;
	rc = read_runs(sc, o, &all, &n);
	if (rc == RC_OK)
		rc = read_years(sc, o, all, n, method);
	if (rc != RC_OK)
		return rc;
	o->list.title = method_title(library, method);
	run = list_of(sc, all, n, method, o->year);
	if (run == NULL)
		return RC_OK;
	o->list.run = *run;
	rc = q_verdict_list(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    run->id, &verdicts, &n_verdicts);
	if (rc != RC_OK)
		return rc;
	o->list.is_there = n_verdicts > 0;
	if (!list_state_parse(run->state, &o->list.state))
		return RC_FAILED;
	for (size_t i = 0; i < n_verdicts; i++)
		take_verdict(o, &verdicts[i]);
	return compare_with_before(
	    sc, o, list_before(all, n, run), verdicts, n_verdicts);
}

/* ---- what waits ---- */

static enum rc
read_objections_on(struct scope *sc, struct overview *o)
{
	struct overview_objections *ret = &o->objections;
	struct q_objection_open_on *then;
	enum rc rc = q_objection_open_on(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, o->until, &then, &ret->n);

	if (rc != RC_OK || ret->n == 0)
		return rc;
	ret->oldest = then[0].filed_at;
	ret->school = then[0].school_name;
	ret->run = then[0].run;
	return RC_OK;
}

static enum rc
read_objections(struct scope *sc, struct overview *o)
{
	struct overview_objections *ret = &o->objections;
	struct q_objection_open *all;
	enum rc rc;

	if (may(&sc->actor, PERM_LISTS_READ) != RC_OK)
		return RC_OK;
	if (o->is_past)
		return read_objections_on(sc, o);
	rc = q_objection_open(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &ret->n);
	if (rc != RC_OK || ret->n == 0)
		return rc;
	ret->oldest = all[0].filed_at;
	ret->school = all[0].school_name;
	ret->run = all[0].run;
	return RC_OK;
}

static enum rc
read_loads_on(struct scope *sc, struct overview *o, struct moment since)
{
	struct q_load_trouble_on t;
	enum rc rc = q_load_trouble_on(
	    sc->db, sc->mem, sc->actor.municipality, since, o->until, &t);

	if (rc != RC_OK)
		return rc;
	o->data_at = t.newest;
	if (may(&sc->actor, PERM_LOADS_READ) == RC_OK)
		o->loads = (struct overview_loads){.is_seen = true,
		    .refused_loads = t.refused_loads,
		    .refused_rows = t.refused_rows};
	return RC_OK;
}

static enum rc
read_loads(struct scope *sc, struct overview *o)
{
	municipality_id m = sc->actor.municipality;
	struct moment since = {(int64_t)syear_from(o->year).day * 86400};
	struct q_load_trouble t;
	struct q_load_newest newest;
	enum rc rc;

	if (o->is_past)
		return read_loads_on(sc, o, since);
	rc = q_load_newest(sc->db, sc->mem, m, &newest);
	o->data_at = rc == RC_OK ? newest.at : MOMENT_NONE;
	if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	if (rc != RC_OK || may(&sc->actor, PERM_LOADS_READ) != RC_OK)
		return rc;
	rc = q_load_trouble(sc->db, sc->mem, m, since, &t);
	if (rc == RC_OK)
		o->loads = (struct overview_loads){
		    true, t.drafts, t.refused_loads, t.refused_rows};
	return rc;
}

enum rc
overview_read(struct scope *sc, const struct vocabulary *words,
    const struct library *library, const struct overview_asked *asked,
    struct overview *ret)
{
	struct date today = sc->actor.today;
	bool is_past =
	    !date_is_none(asked->on) && date_before(asked->on, today);
	struct overview o = {.on = is_past ? asked->on : today,
	    .is_past = is_past,
	    .until = is_past ? asked->until : MOMENT_NONE,
	    .year = asked->year,
	    .results_year = syear_plus(asked->year, -1),
	    .words = words,
	    .n_procedures = words->n_procedures,
	    .data_at = MOMENT_NONE};
	enum rc rc = read_schools(sc, &o);

	if (rc == RC_OK)
		rc = read_results(sc, &o);
	if (rc == RC_OK)
		rc = read_list(sc, library, asked->method, &o);
	if (rc == RC_OK)
		rc = read_objections(sc, &o);
	if (rc == RC_OK)
		rc = read_loads(sc, &o);
	if (rc == RC_OK)
		rc = overview_tasks_read(sc, o.on, o.until, &o.tasks);
	if (rc != RC_OK)
		return rc;
	count_missing(sc->mem, &o);
	*ret = o;
	return RC_OK;
}
