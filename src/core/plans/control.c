/* control.c - is a control point reached, and by which figures? */
#include "core/plans/control.h"

#include "base/utf8.h"
#include "core/access/audit.h"
#include "core/plans/occurrence.h"
#include "core/plans/plan_own.h"

const char *const control_state_titles[CONTROL_STATE_COUNT] = {
    [CONTROL_MET] = N_("достигнуто"),
    [CONTROL_MISSED] = N_("не достигнуто"),
    [CONTROL_NOT_YET] = N_("пока не достигнуто"),
    [CONTROL_NO_DATA] = N_("нет данных"),
    [CONTROL_DOUBT] = N_("нужно уточнить"),
};

/* ---- the target ---- */

static bool
stored_goal(struct str kind, struct str sense, struct opt_int num,
    struct opt_int den, struct goal *ret)
{
	if (!goal_kind_parse(kind, &ret->kind) || ret->kind == GOAL_TEXT)
		return false;
	(void)goal_sense_parse(sense, &ret->sense);
	if (ret->kind == GOAL_YES_NO)
		return true;
	if (!num.is_known || !den.is_known || den.v <= 0)
		return false;
	ret->target = ratio_of(num.v, den.v);
	return true;
}

/* What a person said, what is stored with the row, what its words say. */
static struct goal
goal_of_point(
    struct arena *mem, const struct q_measure *m, const struct q_control *said)
{
	struct goal g = {0};

	if (said && said->goal.n &&
	    stored_goal(said->goal, said->goal_sense, said->goal_num,
		said->goal_den, &g))
		return g;
	if (stored_goal(m->goal, m->goal_sense, m->goal_num, m->goal_den, &g))
		return g;
	g = goal_of(mem, m->result);
	if (g.kind == GOAL_TEXT && !g.is_unclear)
		g = goal_of(mem, m->title);
	return g;
}

static bool
is_change(const struct goal *g)
{
	return g->kind == GOAL_CHANGE_PP || g->kind == GOAL_CHANGE_REL;
}

static struct str
value_text(struct arena *mem, const struct goal *g, struct ratio v)
{
	if (g->kind == GOAL_COUNT)
		return ratio_exact(mem, v);
	return arena_fmt(mem, "%.*s %%", STR_ARG(ratio_percent_ru(mem, v)));
}

/* ---- what is reached ---- */

struct pointing {
	struct scope *sc;
	const struct plan *plan;
	const struct vocabulary *words;
	struct date today;
	const struct q_control *said;
	size_t n_said;
	const struct q_control_marks *marks;
	size_t n_marks;
};

static struct date
due_of(const struct plan_row *row)
{
	struct date due = DATE_NONE;

	for (size_t i = 0; i < row->deadline.n_windows; i++)
		if (date_is_none(due) ||
		    date_before(due, row->deadline.windows[i].to))
			due = row->deadline.windows[i].to;
	return due;
}

static bool
is_over(const struct pointing *g, const struct control_point *p)
{
	struct date end =
	    date_is_none(p->due) ? g->plan->head.period_to : p->due;

	return date_before(end, g->today);
}

static enum control_state
state_of(
    const struct pointing *g, const struct control_point *p, enum goal_met met)
{
	switch (met) {
	case GOAL_MET:
		return CONTROL_MET;
	case GOAL_MISSED:
		return is_over(g, p) ? CONTROL_MISSED : CONTROL_NOT_YET;
	case GOAL_UNKNOWN:
		break;
	}
	return CONTROL_NO_DATA;
}

static bool
is_confirmed(const struct q_control_marks *k)
{
	return str_eq(k->mark_state, S("confirmed"));
}

/* The start of a change as somebody wrote it down. */
static bool
baseline_of(
    const struct q_measure *m, const struct q_control *said, struct ratio *ret)
{
	if (said && said->baseline_num.is_known && said->baseline_den.v > 0)
		*ret = ratio_of(said->baseline_num.v, said->baseline_den.v);
	else if (m->baseline_num.is_known && m->baseline_den.v > 0)
		*ret = ratio_of(m->baseline_num.v, m->baseline_den.v);
	else
		return false;
	return true;
}

/* Each participant's last confirmed term; a later term overrules. */
struct tally {
	size_t of, confirmed, with_fact, met, missed;
	struct ratio last;
	bool by_schools;
};

static struct tally
tally_marks(const struct pointing *g, const struct control_point *p,
    const struct ratio *baseline)
{
	struct tally t = {0};

	for (size_t i = 0; i < g->n_marks; i++) {
		const struct q_control_marks *k = &g->marks[i];
		bool is_last = true, is_first = true;

		if (k->measure.v != p->row->m.id.v)
			continue;
		for (size_t j = 0; j < g->n_marks; j++) {
			const struct q_control_marks *o = &g->marks[j];

			if (o->measure.v != k->measure.v ||
			    o->school.v != k->school.v)
				continue;
			is_first &= o->window_no >= k->window_no;
			is_last &=
			    !(o->window_no > k->window_no && is_confirmed(o));
		}
		t.of += is_first;
		t.by_schools |= k->school.v != 0;
		if (!is_confirmed(k) || !is_last)
			continue;
		t.confirmed++;
		if (!k->fact_num.is_known || k->fact_den.v <= 0)
			continue;
		t.with_fact++;
		t.last = ratio_of(k->fact_num.v, k->fact_den.v);
		enum goal_met met = goal_met(&p->goal, &t.last, baseline);
		t.met += met == GOAL_MET;
		t.missed += met == GOAL_MISSED;
	}
	return t;
}

static void
judge_yes_no(const struct pointing *g, struct control_point *p)
{
	struct tally t = tally_marks(g, p, NULL);
	bool all = t.of && t.confirmed == t.of;

	if (t.by_schools)
		p->reached =
		    arena_fmt(g->sc->mem, "%zu из %zu школ", t.confirmed, t.of);
	p->state = !t.of ? CONTROL_NO_DATA :
			   state_of(g, p, all ? GOAL_MET : GOAL_MISSED);
}

static void
judge_by_marks(const struct pointing *g, struct control_point *p)
{
	struct arena *mem = g->sc->mem;
	struct ratio start;
	bool has_start = baseline_of(&p->row->m, p->said, &start);
	struct tally t = tally_marks(g, p, has_start ? &start : NULL);

	if (has_start && is_change(&p->goal))
		p->before = value_text(mem, &p->goal, start);
	p->state = CONTROL_NO_DATA;
	if (!t.with_fact) {
		if (t.confirmed)
			p->doubt = S(N_("Отметка подтверждена, а достигнутое "
					"значение в ней не названо."));
		return;
	}
	p->reached =
	    t.by_schools ?
		arena_fmt(mem, "цель достигли %zu из %zu школ", t.met, t.of) :
		value_text(mem, &p->goal, t.last);
	if (is_change(&p->goal) && !has_start) {
		p->state = CONTROL_DOUBT;
		p->doubt = S(N_("Не сказано, от какого значения считать "
				"изменение."));
		return;
	}
	if (t.missed)
		p->state = state_of(g, p, GOAL_MISSED);
	else if (t.met == t.of)
		p->state = CONTROL_MET;
}

/* ---- counted from results ---- */

static enum rc
share_of(const struct pointing *g, const struct q_control *said,
    struct syear year, struct ratio *ret, struct str *ret_text)
{
	struct scope *sc = g->sc;
	struct q_control_counts c;
	enum rc rc = q_control_counts(sc->db, sc->mem, sc->actor.municipality,
	    g->plan->head.id, said->procedure, year, &c);

	if (rc != RC_OK || c.participants <= 0)
		return rc == RC_OK ? RC_NOT_FOUND : rc;
	int64_t n = str_eq(said->value, S("failed")) ?
			c.failed :
			c.participants - c.failed;
	*ret = ratio_of(n, c.participants);
	*ret_text = arena_fmt(sc->mem, "%.*s %% (%lld из %lld, школ: %lld)",
	    STR_ARG(ratio_percent_ru(sc->mem, ratio_of(n, c.participants))),
	    (long long)n, (long long)c.participants, (long long)c.schools);
	return RC_OK;
}

static enum rc
judge_by_results(const struct pointing *g, struct control_point *p)
{
	const struct q_control *said = p->said;
	struct ratio now, start;
	bool has_start = baseline_of(&p->row->m, said, &start);
	enum rc rc = share_of(g, said, said->year, &now, &p->reached);

	p->state = CONTROL_NO_DATA;
	if (rc == RC_NOT_FOUND) {
		p->doubt = arena_fmt(g->sc->mem,
		    "Результатов школ плана за %.*s учебный год ещё нет.",
		    STR_ARG(syear_ru(g->sc->mem, said->year)));
		return RC_OK;
	}
	if (rc == RC_OK && said->baseline_year.first) {
		rc = share_of(g, said, said->baseline_year, &start, &p->before);
		has_start = rc == RC_OK;
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	if (rc != RC_OK)
		return rc;
	if (is_change(&p->goal) && !has_start) {
		p->state = CONTROL_DOUBT;
		p->doubt = S(N_("Не сказано, от какого значения считать "
				"изменение."));
		return RC_OK;
	}
	p->state =
	    state_of(g, p, goal_met(&p->goal, &now, has_start ? &start : NULL));
	return RC_OK;
}

/* ---- one point ---- */

static ptrdiff_t
named_procedure(const struct pointing *g, const struct q_measure *m)
{
	struct arena *mem = g->sc->mem;
	struct str words =
	    text_fold(mem, arena_fmt(mem, "%.*s %.*s %.*s", STR_ARG(m->title),
			       STR_ARG(m->result), STR_ARG(m->indicator)));

	for (size_t i = 0; i < g->words->n_procedures; i++) {
		struct str title = g->words->procedures[i].title_dative;

		if (title.n && str_find(words, text_fold(mem, title)) >= 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

static enum rc
judge(const struct pointing *g, const struct plan_row *row,
    struct control_point *p)
{
	*p =
	    (struct control_point){.row = row, .due = due_of(row), .named = -1};
	for (size_t i = 0; i < g->n_said; i++)
		if (g->said[i].measure.v == row->m.id.v)
			p->said = &g->said[i];
	p->goal = goal_of_point(g->sc->mem, &row->m, p->said);
	if (!p->said)
		p->named = named_procedure(g, &row->m);
	if (p->goal.is_unclear) {
		p->state = CONTROL_DOUBT;
		p->doubt = S(N_("Изменение в процентах можно понять как "
				"процентные пункты и как долю от прежнего: "
				"скажите, что из двух."));
		return RC_OK;
	}
	p->target = goal_text(g->sc->mem, &p->goal);
	if (p->goal.kind == GOAL_TEXT || p->goal.kind == GOAL_YES_NO) {
		judge_yes_no(g, p);
		return RC_OK;
	}
	if (p->said && !str_eq(p->said->value, S("mark")))
		return judge_by_results(g, p);
	judge_by_marks(g, p);
	if (p->named >= 0 && p->state == CONTROL_NO_DATA)
		p->doubt = arena_fmt(g->sc->mem,
		    "В строке названа процедура: %.*s. Скажите, считать ли по "
		    "её результатам и за какой год.",
		    STR_ARG(g->words->procedures[p->named].title));
	return RC_OK;
}

static enum rc
read_figures(struct pointing *g)
{
	struct scope *sc = g->sc;
	struct q_control *said;
	struct q_control_marks *marks;
	enum rc rc = q_control_list(sc->db, sc->mem, sc->actor.municipality,
	    g->plan->head.id, &said, &g->n_said);

	if (rc == RC_OK)
		rc = q_control_marks(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, g->plan->head.id, &marks,
		    &g->n_marks);
	if (rc != RC_OK)
		return rc;
	g->said = said;
	g->marks = marks;
	return RC_OK;
}

enum rc
control_points(struct scope *sc, const struct plan *p,
    const struct vocabulary *words, struct date today,
    struct control_point **ret, size_t *ret_n)
{
	struct pointing g = {
	    .sc = sc, .plan = p, .words = words, .today = today};
	VEC(struct control_point) all = {0};
	enum rc rc = read_figures(&g);

	for (size_t i = 0; rc == RC_OK && i < p->n_parts; i++)
		for (size_t k = 0; rc == RC_OK && k < p->parts[i].n; k++) {
			const struct plan_row *row = &p->parts[i].rows[k];

			if (!str_eq(p->parts[i].s.kind, S("points")) ||
			    row->m.is_dropped)
				continue;
			rc = judge(&g, row, vec_push(sc->mem, &all));
		}
	if (rc != RC_OK)
		return rc;
	*ret = all.p;
	*ret_n = all.n;
	return RC_OK;
}

struct str
control_text(struct arena *mem, const struct control_point *p)
{
	struct buf b = buf_open(mem, 0);

	buf_put(&b, str_of(control_state_titles[p->state]));
	if (p->reached.n)
		buf_fmt(&b, ": %.*s", STR_ARG(p->reached));
	if (p->before.n)
		buf_fmt(&b, ", было %.*s", STR_ARG(p->before));
	if (p->target.n && !p->row->m.result.n)
		buf_fmt(&b, "%s цель %.*s", p->reached.n ? "," : ":",
		    STR_ARG(p->target));
	return buf_str(&b);
}

/* ---- what a person says of it ---- */

static void
refuse(struct scope *sc, const char *field, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(field)}, "%s", sentence);
}

/* A share is kept as a fraction of one, like the facts of marks. */
static bool
read_value(struct str text, enum goal_kind kind, struct opt_int *num,
    struct opt_int *den)
{
	struct ratio v;

	if (!ratio_parse(str_trim(text), &v))
		return false;
	*num = opt_int(v.num);
	*den = opt_int(kind == GOAL_COUNT ? v.den : v.den * 100);
	return true;
}

static void
read_goal(struct scope *sc, const struct control_said *said,
    struct q_control_set_in *in)
{
	enum goal_kind kind = GOAL_LEVEL;
	enum goal_sense sense = GOAL_ANY;

	if (said->goal.n && !goal_kind_parse(said->goal, &kind))
		refuse(sc, "goal", N_("Такого вида цели нет."));
	else if (said->goal.n && kind != GOAL_YES_NO && kind != GOAL_TEXT &&
		 !read_value(said->target, kind, &in->goal_num, &in->goal_den))
		refuse(sc, "target",
		    N_("Цель – число, например 25 или 12,5; снижение – со "
		       "знаком минус."));
	if (said->goal.n && kind != GOAL_YES_NO && kind != GOAL_TEXT &&
	    (!goal_sense_parse(said->sense, &sense) || sense == GOAL_ANY))
		refuse(sc, "sense", N_("Не сказано, как сравнивать."));
	if (str_trim(said->baseline).n &&
	    !read_value(
		said->baseline, kind, &in->baseline_num, &in->baseline_den))
		refuse(sc, "baseline", N_("Исходное значение – число."));
}

static void
read_source(struct scope *sc, const struct vocabulary *words,
    const struct control_said *said, struct q_control_set_in *in)
{
	if (str_eq(said->value, S("mark")))
		return;
	if (!str_eq(said->value, S("failed")) &&
	    !str_eq(said->value, S("passed"))) {
		refuse(sc, "value", N_("Не сказано, откуда брать значение."));
		return;
	}
	if (vocabulary_procedure_find(words, said->procedure) < 0)
		refuse(sc, "procedure", N_("Не выбрана процедура."));
	if (!syear_parse(said->year, &in->year))
		refuse(sc, "year", N_("Не назван учебный год: 2025/2026."));
	if (said->baseline_year.n &&
	    !syear_parse(said->baseline_year, &in->baseline_year))
		refuse(sc, "baseline_year",
		    N_("Учебный год записан не так: 2025/2026."));
}

static struct str
or_empty(struct str s)
{
	return s.p ? s : S("");
}

static enum rc
may_say(struct scope *sc, measure_id id, struct q_plan *ret)
{
	municipality_id m = sc->actor.municipality;
	struct q_measure row;
	enum rc rc = q_measure_by_id(sc->db, sc->mem, &sc->actor, m, id, &row);

	if (rc == RC_OK)
		rc =
		    q_plan_by_id(sc->db, sc->mem, &sc->actor, m, row.plan, ret);
	if (rc != RC_OK)
		return rc;
	if (ret->school.v)
		return may_for(sc, PERM_PLANS_EDIT, ret->school);
	return actor_reach(&sc->actor, PERM_PLANS_EDIT) == REACH_ALL ?
		   RC_OK :
		   RC_DENIED;
}

static enum rc
say(struct scope *sc, measure_id id, const struct q_plan *plan,
    const struct q_control_set_in *in)
{
	enum rc rc = q_control_set(sc->db, in);

	if (rc != RC_OK)
		return rc;
	return audit_write(
	    sc, &(struct audit_entry){.action = S("plan.control"),
		    .object = S("plan"),
		    .object_id = plan->id.v,
		    .object_name = plan->title,
		    .becomes = arena_fmt(sc->mem,
			"строка № %lld: цель %.*s, значение %.*s %.*s",
			(long long)id.v, STR_ARG(in->goal), STR_ARG(in->value),
			STR_ARG(in->procedure))});
}

enum rc
control_say(struct scope *sc, measure_id id, const struct vocabulary *words,
    const struct control_said *said)
{
	size_t before = sc->diag->errors;
	struct q_control_set_in in = {.municipality = sc->actor.municipality,
	    .measure = id,
	    .goal = or_empty(said->goal),
	    .goal_sense = or_empty(said->sense),
	    .value = said->value,
	    .procedure = or_empty(said->procedure),
	    .person_name = or_empty(sc->actor.name),
	    .at = sc->now};
	struct q_plan plan;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = may_say(sc, id, &plan);
	if (rc != RC_OK)
		return rc;
	read_goal(sc, said, &in);
	read_source(sc, words, said, &in);
	if (sc->diag->errors > before)
		return RC_INVALID;
	rc = say(sc, id, &plan, &in);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
