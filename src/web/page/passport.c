/* passport.c - everything about one school on a page. */
#include "web/page/passport.h"

#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "passport.view.h"
#include "web/page/pages.h"
#include "web/page/run_tabs.h"
#include "web/page/schools.h"

const char *
event_title(struct str kind)
{
	static const struct {
		const char *code, *title;
	} kinds[] = {{"opened", N_("открыта")},
	    {"renamed", N_("переименована")},
	    {"merged", N_("присоединена к другой школе")},
	    {"branch", N_("стала филиалом")},
	    {"separated", N_("выделена в самостоятельную школу")},
	    {"closed", N_("закрыта")}};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(kind, str_of(kinds[i].code)))
			return kinds[i].title;
	}
	return "";
}

/* ---- decisions ---- */

/* "K1=yes K2=no" to "K1". */
static struct str
holding_of(struct arena *mem, struct str criteria)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = criteria, one;

	while (str_split(&rest, ' ', &one)) {
		if (str_ends(one, S("=yes")))
			buf_fmt(&b, "%s%.*s", b.n ? " " : "",
			    STR_ARG(str_cut(one, 0, one.n - 4)));
	}
	return buf_str(&b);
}

static enum rc
read_verdicts(struct visit *v, struct view_passport *p)
{
	VEC(struct passport_verdict) shown = {0};
	struct q_verdict_of_school *all;
	size_t n;
	enum rc rc;

	if (!p->reads_lists)
		return RC_OK;
	rc = q_verdict_of_school(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.school, &all, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct passport_verdict one = {.v = all[i]};
		enum list_state state;

		if (!list_state_parse(all[i].state, &state) ||
		    !list_is_shown_to(&v->scope.actor, state))
			continue;
		for (enum method_status s = 0; s < METHOD_STATUS_COUNT; s++) {
			if (str_eq(
				all[i].status, str_of(method_status_codes[s])))
				one.status = s;
		}
		one.title = run_short_title(v, all[i].method);
		one.holding = holding_of(v->scope.mem, all[i].criteria);
		if (all[i].year.first == all[0].year.first)
			one.why = all[i].reason;
		*vec_push(v->scope.mem, &shown) = one;
	}
	p->verdicts = shown.p;
	p->n_verdicts = shown.n;
	for (size_t i = 0; i < shown.n; i++) {
		bool is_first = str_eq(shown.p[i].v.method, S("shnor"));

		if (shown.p[i].status == METHOD_LISTED &&
		    shown.p[i].why.n > 0 && (p->why == NULL || is_first))
			p->why = &shown.p[i];
	}
	return RC_OK;
}

/* ---- results ---- */

static struct share_cell
cell_of(const struct q_result *all, size_t n, struct str procedure,
    struct syear year)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].is_current && all[i].year.first == year.first &&
		    str_eq(all[i].procedure, procedure))
			return (struct share_cell){.is_known = true,
			    .failed = all[i].failed,
			    .participants = all[i].participants};
	}
	return (struct share_cell){0};
}

static bool
fill_row(const struct view_passport *p, const struct q_result *all, size_t n,
    struct str procedure, struct passport_row *row)
{
	bool is_any = false;

	for (int i = 0; i < PASSPORT_YEARS; i++) {
		row->cells[i] = cell_of(all, n, procedure, p->years[i]);
		is_any |= row->cells[i].is_known;
		if (i > 0)
			row->cells[i].turn =
			    share_turn(&row->cells[i], &row->cells[i - 1]);
	}
	return is_any;
}

static enum rc
read_results(struct visit *v, struct view_passport *p)
{
	VEC(struct passport_row) rows = {0};
	struct q_result *all;
	size_t n;
	enum rc rc = may_for(&v->scope, PERM_RESULTS_READ, v->at.school);

	if (rc == RC_DENIED)
		return RC_OK;
	if (rc == RC_OK)
		rc = catalogue_read(&v->scope, &p->words);
	if (rc == RC_OK)
		rc = q_result_of_school(v->scope.db, v->scope.mem,
		    &v->scope.actor, v->scope.actor.municipality, v->at.school,
		    &all, &n);
	if (rc != RC_OK)
		return rc;
	if (rc == RC_OK)
		rc = peers_of(&v->scope, &p->words, v->at.school,
		    p->years[PASSPORT_YEARS - 1], &p->peers);
	if (rc != RC_OK)
		return rc;
	p->has_results = true;
	p->all_results = all;
	p->n_all_results = n;
	for (size_t i = 0; i < p->words.n_procedures; i++) {
		struct passport_row row = {.procedure = i,
		    .title = p->words.procedures[i].title_short,
		    .all = p->peers.all[i],
		    .alike = p->peers.corridors[i]};

		if (fill_row(p, all, n, p->words.procedures[i].code, &row))
			*vec_push(v->scope.mem, &rows) = row;
	}
	p->rows = rows.p;
	p->n_rows = rows.n;
	return RC_OK;
}

struct str
corridor_text(struct arena *mem, const struct corridor *c)
{
	if (c->n < PEERS_LEAST)
		return S("");
	if (ratio_cmp(c->low, c->high) == 0)
		return arena_fmt(mem, "%.*s\xC2\xA0%%",
		    STR_ARG(ratio_percent_ru(mem, c->low)));
	return arena_fmt(mem, "%.*s–%.*s\xC2\xA0%%",
	    STR_ARG(ratio_percent_ru(mem, c->low)),
	    STR_ARG(ratio_percent_ru(mem, c->high)));
}

/* ---- small groups: what chance alone may do ---- */

enum { CHANCE_MOST = 30 };

static void
draw_chances(struct visit *v, struct view_passport *p)
{
	struct arena *mem = v->scope.mem;
	struct chart_point *points =
	    arena_new(mem, struct chart_point, p->n_rows + 1);
	struct str *labels = arena_new(mem, struct str, p->n_rows + 1);
	struct chart_series *series = arena_new(mem, struct chart_series, 1);
	size_t n = 0;

	for (size_t r = 0; r < p->n_rows; r++) {
		const struct share_cell *c =
		    &p->rows[r].cells[PASSPORT_YEARS - 1];
		struct interval i;

		if (!c->is_known || c->participants == 0 ||
		    c->participants >= CHANCE_MOST)
			continue;
		i = share_interval(c->failed, c->participants);
		labels[n] = p->rows[r].title;
		points[n++] = (struct chart_point){.is_known = true,
		    .value = ratio_of(c->failed, c->participants),
		    .low = ratio_of(i.low, 1000),
		    .high = ratio_of(i.high, 1000),
		    .note = arena_fmt(mem, "%lld из %lld", (long long)c->failed,
			(long long)c->participants)};
	}
	series[0] =
	    (struct chart_series){S(N_("Доля не справившихся")), points};
	p->has_chances = n > 0;
	p->chances = (struct chart){.kind = CHART_INTERVALS,
	    .title = arena_fmt(mem,
		"Малые группы: где может лежать доля, %.*s уч. г.",
		STR_ARG(syear_ru(mem, p->years[PASSPORT_YEARS - 1]))),
	    .labels = labels,
	    .n_labels = n,
	    .series = series,
	    .n_series = 1,
	    .is_percent = true,
	    .has_threshold = true,
	    .threshold = ratio_of(3, 10),
	    .threshold_name = S(N_("30 % – низкий результат"))};
}

/* The two procedures most schools have in common, as curves. */
static void
draw_chart(struct visit *v, struct view_passport *p)
{
	static const char *const wanted[] = {"ОГЭ математика", "ОГЭ русский"};
	struct arena *mem = v->scope.mem;
	struct chart_series *series = arena_new(mem, struct chart_series, 2);
	struct str *labels = arena_new(mem, struct str, PASSPORT_YEARS);
	size_t n = 0;

	for (size_t w = 0; w < COUNT_OF(wanted); w++) {
		for (size_t r = 0; r < p->n_rows; r++) {
			struct chart_point *points;

			if (!str_starts(p->rows[r].title, str_of(wanted[w])))
				continue;
			points =
			    arena_new(mem, struct chart_point, PASSPORT_YEARS);
			for (int y = 0; y < PASSPORT_YEARS; y++) {
				const struct share_cell *c =
				    &p->rows[r].cells[y];

				if (!c->is_known || c->participants == 0)
					continue;
				points[y] =
				    (struct chart_point){.is_known = true,
					.value = ratio_of(
					    c->failed, c->participants),
					.note = arena_fmt(mem, "%lld из %lld",
					    (long long)c->failed,
					    (long long)c->participants)};
			}
			series[n++] =
			    (struct chart_series){p->rows[r].title, points};
		}
	}
	for (int y = 0; y < PASSPORT_YEARS; y++)
		labels[y] = syear_ru(mem, p->years[y]);
	p->has_chart = n > 0;
	p->chart = (struct chart){.kind = CHART_LINES,
	    .title = S(N_("Доля не справившихся с ОГЭ по годам")),
	    .labels = labels,
	    .n_labels = PASSPORT_YEARS,
	    .series = series,
	    .n_series = n,
	    .is_percent = true,
	    .has_threshold = true,
	    .threshold = ratio_of(3, 10),
	    .threshold_name = S(N_("30 % – низкий результат"))};
}

/* ---- context ---- */

static struct str
value_text(struct arena *mem, const struct vocabulary_element *e,
    const struct q_observation *o)
{
	if (!o->num.is_known || !o->den.is_known)
		return S("");
	if (e->kind == VALUE_YES_NO)
		return o->num.v != 0 ? S(N_("да")) : S(N_("нет"));
	if (e->kind == VALUE_SHARE)
		return o->as_written.n > 0 &&
			       str_find_char(o->as_written, '%') < 0 ?
			   arena_fmt(
			       mem, "%.*s\xC2\xA0%%", STR_ARG(o->as_written)) :
			   o->as_written;
	return o->as_written;
}

/* The blocks of the table of risks and of the social passport, by number. */
static const struct {
	const char *number; /* how the numbers of its elements begin */
	const char *title;
} blocks[] = {
    {"1", N_("Материально-техническая база")},
    {"2", N_("Кадровые условия")},
    {"3", N_("Контингент обучающихся")},
    {"4", N_("Образовательные результаты")},
    {"С", N_("Семьи учеников")},
    {"К", N_("Специалисты школы")},
};

static void
fill_block(struct visit *v, struct view_passport *p, size_t block)
{
	VEC(struct passport_value) values = {0};
	struct passport_block b = {.title = blocks[block].title};

	for (size_t e = 0; e < p->words.n_elements; e++) {
		const struct vocabulary_element *el = &p->words.elements[e];

		if (!str_starts(el->number, str_of(blocks[block].number)))
			continue;
		for (size_t i = 0; i < p->n_answers; i++) {
			const struct q_observation *o = &p->answers[i];
			bool breaks;

			if (o->year.first != p->values_year.first ||
			    !str_eq(o->element, el->code))
				continue;
			breaks = answer_is_breach(
			    &p->words, o, p->answers, p->n_answers);
			b.breaches += breaks;
			*vec_push(v->scope.mem, &values) =
			    (struct passport_value){el->number, el->title,
				value_text(v->scope.mem, el, o), o->source_note,
				breaks};
		}
	}
	b.values = values.p;
	b.n = values.n;
	if (b.n > 0)
		p->blocks[p->n_blocks++] = b;
}

static enum rc
read_values(struct visit *v, struct view_passport *p)
{
	struct q_observation *all;
	enum rc rc;

	if (!p->has_results)
		return RC_OK;
	rc = q_observation_of_school(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.school, &all, &p->n_answers);
	if (rc != RC_OK)
		return rc;
	p->answers = all;
	for (size_t i = 0; i < p->n_answers; i++) {
		if (all[i].year.first > p->values_year.first)
			p->values_year = all[i].year;
	}
	for (size_t b = 0; b < COUNT_OF(blocks); b++)
		fill_block(v, p, b);
	return RC_OK;
}

/* What follows from the numbers together. */
static void
draw_conclusions(struct visit *v, struct view_passport *p)
{
	struct arena *mem = v->scope.mem;
	struct cohort *cohorts;
	struct deficit *deficits;

	if (!p->has_results)
		return;
	cohorts_of(mem, &p->words, p->all_results, p->n_all_results,
	    p->years[PASSPORT_YEARS - 1], &cohorts, &p->n_cohorts);
	deficits_of(mem, &p->words, p->all_results, p->n_all_results,
	    p->answers, p->n_answers, v->year, &deficits, &p->n_deficits);
	p->cohorts = cohorts;
	p->deficits = deficits;
	draw_chart(v, p);
	draw_chances(v, p);
}

/* ---- groups, people, objections ---- */

static enum rc
read_groups(struct visit *v, struct view_passport *p)
{
	struct status status;
	enum rc rc = status_on(&v->scope, v->scope.actor.today, &status);

	if (rc == RC_OK)
		p->n_stays = status_of(&status, v->at.school, &p->stays);
	return rc;
}

static enum rc
read_people(struct visit *v, struct view_passport *p)
{
	const struct scope *sc = &v->scope;
	struct q_people_of_school *people;
	struct q_objection *objections;
	enum rc rc = q_people_of_school(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, v->at.school, sc->actor.today, &people,
	    &p->n_people);

	if (rc != RC_OK)
		return rc;
	p->people = people;
	if (!p->reads_lists)
		return RC_OK;
	rc = q_objection_of_school(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, v->at.school, &objections,
	    &p->n_objections);
	p->objections = objections;
	return rc;
}

/* ---- the page ---- */

static enum rc
read_history(struct visit *v, struct view_passport *p)
{
	const struct scope *sc = &v->scope;
	struct q_school_events *events;
	struct q_audit *journal;
	enum rc rc = q_school_events(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, v->at.school, &events, &p->n_events);

	if (rc != RC_OK)
		return rc;
	p->events = events;
	if (may(&sc->actor, PERM_AUDIT_READ) != RC_OK)
		return RC_OK;
	rc = q_audit_of_object(sc->db, sc->mem, sc->actor.municipality,
	    S("school"), v->at.school.v, &journal, &p->n_journal);
	p->journal = journal;
	return rc;
}

enum rc
page_school(struct visit *v, struct reply *rp)
{
	struct view_passport p = {.zone = (int32_t)v->place.zone_minutes,
	    .reads_lists = may(&v->scope.actor, PERM_LISTS_READ) == RC_OK};
	struct q_school other;
	enum rc rc = q_school_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.school, &p.school);

	if (rc != RC_OK)
		return rc;
	for (int i = 0; i < PASSPORT_YEARS; i++)
		p.years[i] = syear_plus(v->year, i - PASSPORT_YEARS);
	if (p.school.branch_of.v != 0 &&
	    q_school_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
		v->scope.actor.municipality, p.school.branch_of,
		&other) == RC_OK)
		p.branch_of = other.name;
	rc = read_verdicts(v, &p);
	if (rc == RC_OK)
		rc = read_results(v, &p);
	if (rc == RC_OK)
		rc = read_values(v, &p);
	if (rc == RC_OK)
		rc = read_groups(v, &p);
	if (rc == RC_OK)
		rc = read_people(v, &p);
	if (rc == RC_OK)
		rc = read_history(v, &p);
	if (rc != RC_OK)
		return rc;
	draw_conclusions(v, &p);
	p.shell = shell_open(v, SECTION_schools, p.school.name);
	shell_crumb(&p.shell, S(N_("Школы")), link_schools());
	view_passport(&rp->body, &p);
	return RC_OK;
}
