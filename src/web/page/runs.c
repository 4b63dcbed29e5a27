/* runs.c - the lists: all of them, a new one, one of them with its filters. */
#include "web/page/runs.h"

#include "base/vec.h"
#include "core/methods/inputs.h"
#include "core/registry/catalogue.h"
#include "runs.view.h"
#include "store/q_lists.h"
#include "web/page/pages.h"
#include "web/page/runs_own.h"

/* ---- words of a decision ---- */

static const struct {
	const char *kind, *icon, *word;
} statuses[METHOD_STATUS_COUNT] = {
    [METHOD_LISTED] = {"bad", "over", N_("в перечне")},
    [METHOD_NOT_LISTED] = {"good", "yes", N_("не в перечне")},
    [METHOD_NO_DATA] = {"none", "none", N_("нет данных")},
    [METHOD_NOT_APPLICABLE] = {"none", "off", N_("не применяется")},
};

const char *
status_kind(enum method_status s)
{
	return statuses[s].kind;
}

const char *
status_icon(enum method_status s)
{
	return statuses[s].icon;
}

const char *
status_word(enum method_status s)
{
	return statuses[s].word;
}

/* ---- all lists ---- */

static enum rc
count_statuses(struct visit *v, struct run_line_view *runs, size_t n)
{
	struct q_run_status_counts *counts;
	size_t n_counts;
	enum rc rc = q_run_status_counts(v->scope.db, v->scope.mem,
	    &v->scope.actor, v->scope.actor.municipality, &counts, &n_counts);

	for (size_t i = 0; rc == RC_OK && i < n_counts; i++) {
		for (size_t k = 0; k < n; k++) {
			if (runs[k].run.id.v != counts[i].run.v)
				continue;
			runs[k].n += (size_t)counts[i].n;
			for (enum method_status s = 0; s < METHOD_STATUS_COUNT;
			     s++) {
				if (str_eq(counts[i].status,
					str_of(method_status_codes[s])))
					runs[k].counts[s] = (size_t)counts[i].n;
			}
		}
	}
	return rc;
}

static const struct table_column runs_columns[] = {
    {"id", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"method", S_INIT("Методика"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"version", S_INIT("Версия"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"year", S_INIT("Учебный год"), TABLE_TEXT, 0, 12, {0}, {0}},
    {"state", S_INIT("Ступень"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"listed", S_INIT("В перечне"), TABLE_INT, 0, 10, {0}, {0}},
    {"schools", S_INIT("Школ"), TABLE_INT, 0, 10, {0}, {0}},
    {"hash", S_INIT("Контрольная сумма"), TABLE_TEXT, 0, 20, {0}, {0}},
};

const struct list_table runs_list = LIST_OF(runs_columns);

static enum rc
runs_table(struct visit *v, struct reply *rp, const struct view_runs *s)
{
	const struct table_about about = {.title = S("Перечни"),
	    .made_on = v->scope.actor.today,
	    .columns = runs_columns,
	    .n = COUNT_OF(runs_columns)};
	struct table_out *t = table_begin(v, rp, &about, "lists");

	for (size_t i = 0; i < s->n; i++) {
		const struct run_line_view *r = &s->runs[i];

		table_out_row(
		    t, (struct table_cell[]){table_int(r->run.id.v),
			   table_text(r->title), table_text(r->run.version),
			   table_text(syear_ru(v->scope.mem, r->run.year)),
			   table_text(str_of(list_states[r->state].title)),
			   table_int((int64_t)r->counts[METHOD_LISTED]),
			   table_int((int64_t)r->n), table_text(r->run.hash)});
	}
	return table_out_close(t);
}

enum rc
page_runs(struct visit *v, struct reply *rp)
{
	struct view_runs s = {
	    .shell = shell_open(v, SECTION_runs, S(N_("Перечни"))),
	    .files = list_files(v),
	    .form = v->form.number == FORM_run ?
			v->form :
			form_open(v->scope.mem, FORM_run),
	    .library = visit_library(v),
	    .may_make = may(&v->scope.actor, PERM_LISTS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct q_run *all;
	enum rc rc = q_run_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &s.n);

	if (rc != RC_OK)
		return rc;
	struct run_line_view *runs =
	    arena_new(v->scope.mem, struct run_line_view, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		runs[i].run = all[i];
		runs[i].title = run_short_title(v, all[i].method);
		if (!list_state_parse(all[i].state, &runs[i].state))
			return RC_FAILED;
	}
	rc = count_statuses(v, runs, s.n);
	if (rc != RC_OK)
		return rc;
	s.runs = runs;
	if (s.may_make)
		rc = index_list(&v->scope, v->words, &s.indexes, &s.n_indexes);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return runs_table(v, rp, &s);
	view_runs(&rp->body, &s);
	return RC_OK;
}

/* ---- a new list ---- */

static enum rc
compute(
    struct visit *v, struct str method_name, struct syear year, struct run *ret)
{
	struct scope *sc = &v->scope;
	struct vocabulary *words = arena_new(sc->mem, struct vocabulary, 1);
	const struct method *method = NULL;
	struct library library;
	struct inputs inputs;
	enum rc rc = catalogue_read(sc, words);

	if (rc == RC_OK)
		rc = library_read(sc, words, &library);
	if (rc == RC_OK)
		rc = library_find(
		    sc, &library, method_name, sc->actor.today, &method);
	if (rc == RC_OK)
		rc = inputs_collect(sc, words, year, &inputs);
	if (rc == RC_OK)
		rc = run_compute(sc, method, NULL, &inputs, ret);
	return rc;
}

static enum rc
compute_index(
    struct visit *v, struct str name, struct syear year, struct index_run *ret)
{
	struct scope *sc = &v->scope;
	struct vocabulary *words = arena_new(sc->mem, struct vocabulary, 1);
	struct index_method *method =
	    arena_new(sc->mem, struct index_method, 1);
	struct inputs inputs;
	enum rc rc = catalogue_read(sc, words);

	if (rc == RC_OK)
		rc = index_find(sc, words, name, method);
	if (rc == RC_OK)
		rc = inputs_collect(sc, words, year, &inputs);
	return rc == RC_OK ? index_compute(sc, method, &inputs, ret) : rc;
}

static bool
is_index(const struct visit *v, struct str name)
{
	return run_is_index(v, &(struct q_run){.method = name});
}

/* The same list is not kept twice. */
static enum rc
save_once(struct visit *v, struct reply *rp, const struct run *run,
    const struct index_run *index)
{
	struct q_run_same same;
	run_id id;
	enum rc rc = q_run_same(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, run ? run->hash : index->hash, &same);

	if (rc == RC_OK)
		return reply_done(v, rp, link_run(same.id),
		    N_("С тех пор ничего не изменилось: расчёт совпал с этим "
		       "перечнем до последнего знака."));
	if (rc == RC_NOT_FOUND)
		rc = run ? run_save(&v->scope, run, &id) :
			   index_save(&v->scope, index, &id);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_run(id), N_("Перечень рассчитан."));
}

enum rc
do_run(struct visit *v, struct reply *rp)
{
	const struct form_run *f = v->form.value;
	const struct syear year = {(int32_t)f->year};
	struct index_run index;
	struct run run;
	enum rc rc;

	if (is_index(v, f->method)) {
		rc = compute_index(v, f->method, year, &index);
		if (rc == RC_OK)
			return save_once(v, rp, NULL, &index);
	} else {
		rc = compute(v, f->method, year, &run);
		if (rc == RC_OK)
			return save_once(v, rp, &run, NULL);
	}
	return rc == RC_NOT_FOUND ? RC_INVALID : rc;
}

/* ---- one list ---- */

enum {
	ALL,
	LISTED,
	NOT_LISTED,
	NO_DATA,
	NOT_APPLICABLE,
	MARGIN_ONE,
	TURNED,
	SMALL_GROUPS
};

static const struct filter_choice choices[] = {
    [ALL] = {"", N_("Все")},
    [LISTED] = {"listed", N_("В перечне")},
    [NOT_LISTED] = {"not_listed", N_("Не в перечне")},
    [NO_DATA] = {"no_data", N_("Нет данных")},
    [NOT_APPLICABLE] = {"not_applicable", N_("Не применяется")},
    [MARGIN_ONE] = {"edge", N_("Запас 1 ученик")},
    [TURNED] = {"turned", N_("Изменения за год")},
    [SMALL_GROUPS] = {"small", N_("Малые группы")},
};

static uint32_t
belongs(const struct listing_row *r)
{
	static const int of_status[METHOD_STATUS_COUNT] = {
	    [METHOD_LISTED] = LISTED,
	    [METHOD_NOT_LISTED] = NOT_LISTED,
	    [METHOD_NO_DATA] = NO_DATA,
	    [METHOD_NOT_APPLICABLE] = NOT_APPLICABLE};

	return (uint32_t)1 << of_status[r->status] |
	       (uint32_t)(r->margin.is_known && r->margin.v == 1)
		   << MARGIN_ONE |
	       (uint32_t)(r->turn != TURN_NONE) << TURNED |
	       (uint32_t)r->is_small << SMALL_GROUPS;
}

static const char *
truth_code(enum truth t)
{
	return t == TRUTH_YES ? "yes" : t == TRUTH_NO ? "no" : "";
}

/* A list has a column for each criterion of its method. */
enum { RUN_CRITERIA = 3, RUN_COLUMNS = LISTING_CRITERIA + 5 };

static size_t
run_columns(struct arena *mem, const struct str *criteria, size_t n_criteria,
    struct table_column columns[RUN_COLUMNS])
{
	static const struct table_column first[RUN_CRITERIA] = {
	    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
	    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
	    {"status", S_INIT("Решение"), TABLE_TEXT, 0, 16, {0}, {0}},
	};
	static const struct table_column last[] = {
	    {"reason", S_INIT("Причина"), TABLE_TEXT, 0, 70, {0}, {0}},
	    {"margin", S_INIT("Запас, учеников"), TABLE_INT, 0, 0, {0}, {0}},
	};
	size_t k = 0;

	for (size_t i = 0; i < COUNT_OF(first); i++)
		columns[k++] = first[i];
	for (size_t c = 0; c < n_criteria && c < LISTING_CRITERIA; c++)
		columns[k++] =
		    (struct table_column){.key = arena_cstr(mem, criteria[c]),
			.title = criteria[c],
			.kind = TABLE_TEXT};
	for (size_t i = 0; i < COUNT_OF(last); i++)
		columns[k++] = last[i];
	return k;
}

/* For a description a criterion says what it asks and how it answers. */
static struct list_shape
shape_of_method(struct arena *mem, const struct method *m)
{
	struct table_column *columns =
	    arena_new(mem, struct table_column, RUN_COLUMNS);
	struct str ids[LISTING_CRITERIA];
	size_t n =
	    m->n_criteria < LISTING_CRITERIA ? m->n_criteria : LISTING_CRITERIA;
	struct list_shape s = {.columns = columns};

	for (size_t c = 0; c < n; c++)
		ids[c] = m->criteria[c].id;
	s.n = run_columns(mem, ids, n, columns);
	for (size_t c = 0; c < n; c++)
		columns[RUN_CRITERIA + c].title =
		    arena_fmt(mem, N_("%.*s: yes или no; null – нет данных"),
			STR_ARG(m->criteria[c].title));
	s.title = arena_fmt(mem, N_("%.*s, редакция %.*s"),
	    STR_ARG(m->short_title), STR_ARG(m->version));
	return s;
}

/* One shape for each method and each index there is. */
static enum rc
run_shapes(struct visit *v, const struct list_shape **ret, size_t *ret_n)
{
	const struct library *library = visit_library(v);
	struct arena *mem = v->scope.mem;
	VEC(struct list_shape) all = {0};
	enum rc rc;

	for (size_t m = 0; m < library->n; m++)
		*vec_push(mem, &all) =
		    shape_of_method(mem, library->methods[m]);
	rc = index_shapes(v, ret, ret_n);
	for (size_t i = 0; rc == RC_OK && i < *ret_n; i++)
		*vec_push(mem, &all) = (*ret)[i];
	*ret = all.p;
	*ret_n = all.n;
	return rc;
}

const struct list_table run_list = {.shapes = run_shapes};

static enum rc
run_table(struct visit *v, struct reply *rp, const struct view_run *s)
{
	struct table_column columns[RUN_COLUMNS];
	struct table_cell cells[RUN_COLUMNS];
	struct table_about about = {.title = s->list.short_title,
	    .made_on = v->scope.actor.today,
	    .columns = columns};
	struct str ids[LISTING_CRITERIA];
	struct table_out *t;
	size_t k;

	for (size_t c = 0; c < s->list.n_criteria; c++)
		ids[c] = s->list.criteria[c].id;
	about.n = run_columns(v->scope.mem, ids, s->list.n_criteria, columns);
	t = table_begin(v, rp, &about, "list");
	for (size_t i = 0; i < s->n; i++) {
		const struct listing_row *r = &s->rows[i];

		k = 0;
		cells[k++] = table_text(r->code);
		cells[k++] = table_text(r->name);
		cells[k++] = table_text(str_of(
		    v->format == AS_JSON ? method_status_codes[r->status] :
					   status_word(r->status)));
		for (size_t c = 0; c < s->list.n_criteria; c++)
			cells[k++] =
			    r->criteria[c] == TRUTH_UNKNOWN ?
				table_none() :
				table_text(str_of(truth_code(r->criteria[c])));
		cells[k++] = table_text(r->reason);
		cells[k++] =
		    r->margin.is_known ? table_int(r->margin.v) : table_none();
		table_out_row(t, cells);
	}
	return table_out_close(t);
}

static void
filter_rows(struct visit *v, struct view_run *s)
{
	VEC(struct listing_row) kept = {0};

	for (size_t i = 0; i < s->list.n; i++) {
		uint32_t bits = belongs(&s->list.rows[i]);

		filter_count(&s->filter, bits);
		if (filter_lets(&s->filter, bits))
			*vec_push(v->scope.mem, &kept) = s->list.rows[i];
	}
	s->rows = kept.p;
	s->n = kept.n;
}

/* The last step that brought the list to this state. */
static const struct q_run_step *
step_into(const struct list_way *way, enum list_state state)
{
	const struct q_run_step *found = NULL;

	for (size_t i = 0; i < way->n; i++) {
		if (str_eq(
			way->steps[i].becomes, str_of(list_states[state].code)))
			found = &way->steps[i];
	}
	return found;
}

static struct str
step_note(struct visit *v, const struct q_run_step *step)
{
	if (step->document_number.n > 0)
		return document_text(v->scope.mem, step->document,
		    step->document_number, step->document_on);
	if (!date_is_none(step->term))
		return arena_fmt(v->scope.mem, "принимаются по %.*s",
		    STR_ARG(date_ru(v->scope.mem, step->term)));
	return step->person_name;
}

static const char *
title_of_state(struct str code)
{
	enum list_state s;

	return list_state_parse(code, &s) ? list_states[s].title : "";
}

struct str
way_text(struct arena *mem, const struct q_run_step *step)
{
	struct buf b = buf_open(mem, 0);

	buf_fmt(&b, "%s → %s", title_of_state(step->was),
	    title_of_state(step->becomes));
	if (!date_is_none(step->term))
		buf_fmt(&b, ", по %.*s", STR_ARG(date_ru(mem, step->term)));
	if (step->document_number.n > 0)
		buf_fmt(&b, ", %.*s",
		    STR_ARG(document_text(mem, step->document,
			step->document_number, step->document_on)));
	if (step->person_name.n > 0)
		buf_fmt(&b, ": %.*s", STR_ARG(step->person_name));
	return buf_str(&b);
}

static void
fill_bar(struct visit *v, struct view_run *s)
{
	for (enum list_state st = LIST_DRAFT; st <= LIST_CLOSED; st++) {
		const struct q_run_step *step = step_into(&s->way, st);
		bool was = st <= s->way.state && s->way.state != LIST_DROPPED;

		s->steps[s->n_steps++] = (struct step_view){.state = st,
		    .is_done = was && st != s->way.state,
		    .is_now = st == s->way.state,
		    .on = !was ? DATE_NONE :
			  step ? step->on_date :
			  st == LIST_DRAFT ?
				 moment_date(s->list.run.at, s->zone) :
				 DATE_NONE,
		    .note = was && step ? step_note(v, step) : S("")};
	}
}

static enum rc
fill_steps(struct visit *v, struct view_run *s)
{
	struct q_official *acts;
	enum rc rc = list_way_read(&v->scope, &s->list.run, &s->way);

	if (rc != RC_OK)
		return rc;
	if (!list_is_shown_to(&v->scope.actor, s->way.state))
		return RC_NOT_FOUND;
	fill_bar(v, s);
	for (enum list_step st = 0; st < LIST_STEP_COUNT; st++) {
		if (list_step_is_open(&v->scope.actor, s->way.state, st))
			s->open[s->n_open++] = st;
	}
	s->refused = LIST_STEP_COUNT;
	if (s->form.number == FORM_run_step)
		(void)list_step_parse(
		    s->form.typed[IN_run_step_step], &s->refused);
	rc = q_official_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, &acts, &s->n_acts);
	s->acts = acts;
	return rc;
}

/* ---- beside the region's order ---- */

enum act_word
act_word(const struct act_view *a, const struct listing_row *row)
{
	bool ours = row->status == METHOD_LISTED, theirs = false;

	for (size_t i = 0; i < a->n; i++) {
		if (a->entries[i].school.v == row->school.v &&
		    !a->entries[i].is_exit)
			theirs = true;
	}
	return ours && theirs ? ACT_BOTH :
	       ours           ? ACT_ONLY_OURS :
	       theirs         ? ACT_ONLY_ORDER :
				ACT_NEITHER;
}

static enum rc
read_act(struct visit *v, struct view_run *s)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_official_entry *all;
	size_t n;
	struct q_official_latest latest;
	VEC(struct q_official_entry) kept = {0};
	enum rc rc = q_official_latest(
	    sc->db, sc->mem, m, s->list.run.method, s->list.run.year, &latest);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = q_official_by_id(
		    sc->db, sc->mem, m, latest.id, &s->act.act);
	if (rc == RC_OK)
		rc = q_official_entry_list(
		    sc->db, sc->mem, &sc->actor, m, s->act.act.id, &all, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(all[i].kind, s->list.run.method))
			*vec_push(sc->mem, &kept) = all[i];
	}
	s->act.entries = kept.p;
	s->act.n = kept.n;
	for (size_t i = 0; i < s->list.n; i++) {
		enum act_word w = act_word(&s->act, &s->list.rows[i]);

		s->act.n_different += w == ACT_ONLY_ORDER || w == ACT_ONLY_OURS;
	}
	return RC_OK;
}

enum rc
page_run(struct visit *v, struct reply *rp)
{
	struct view_run s = {
	    .files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices)),
	    .form = v->form.number == FORM_run_step ?
			v->form :
			form_open(v->scope.mem, FORM_run_step),
	    .may_try = may(&v->scope.actor, PERM_LISTS_TRY) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = listing_read(
	    &v->scope, v->words, visit_library(v), v->at.run, &s.list);

	if (rc == RC_OK)
		rc = fill_steps(v, &s);
	if (rc == RC_OK)
		rc = read_act(v, &s);
	if (rc == RC_OK)
		rc = run_tabs_fill(v, &s.list.run, TAB_DECISIONS, &s.tabs);
	if (rc != RC_OK)
		return rc;
	filter_rows(v, &s);
	s.shell = shell_open(v, SECTION_runs, run_title(v, &s.list.run));
	shell_crumb(&s.shell, S(N_("Перечни")), link_runs());
	if (run_is_index(v, &s.list.run))
		return answer_index(v, rp, &s);
	if (v->format != AS_PAGE)
		return run_table(v, rp, &s);
	if (s.may_try)
		rc = trial_fill(v, &s);
	if (rc != RC_OK)
		return rc;
	view_run(&rp->body, &s);
	return RC_OK;
}

enum rc
do_run_step(struct visit *v, struct reply *rp)
{
	const struct form_run_step *f = v->form.value;
	enum list_step step;
	const struct step_details details = {
	    .term = f->term,
	    .document = f->document,
	    .document_number = f->document_number,
	    .document_on = f->document_on,
	    .act = {f->act == NUMBER_NONE ? 0 : f->act},
	    .reason = f->reason,
	};
	enum rc rc;

	if (!list_step_parse(f->step, &step))
		return RC_NOT_FOUND;
	rc = list_take_step(&v->scope, v->at.run, f->version, step, &details);
	/* The page comes back with the list as it is now and what was typed. */
	if (rc == RC_CONFLICT) {
		rp->status = 409;
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_run(v->at.run),
	    list_states[list_steps[step].to].meaning);
}
