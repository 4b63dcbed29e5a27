/* plan_bulk.c - what one change makes of many rows, and the way back. */
#include "core/plans/plan_bulk.h"

#include "core/access/audit.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_shift.h"

const char *const bulk_kind_codes[BULK_KIND_COUNT] = {
    "days", "year", "responsible", "section", "remove"};

const char *const bulk_kind_titles[BULK_KIND_COUNT] = {
    [BULK_DAYS] = N_("сдвинуть сроки на дни"),
    [BULK_NEXT_YEAR] = N_("перенести сроки на следующий учебный год"),
    [BULK_RESPONSIBLE] = N_("назначить других ответственных"),
    [BULK_SECTION] = N_("перенести в другой раздел"),
    [BULK_REMOVE] = N_("убрать из плана"),
};

bool
bulk_kind_parse(struct str code, enum bulk_kind *ret)
{
	for (enum bulk_kind k = 0; k < BULK_KIND_COUNT; k++)
		if (str_eq(code, str_of(bulk_kind_codes[k]))) {
			*ret = k;
			return true;
		}
	return false;
}

struct changing {
	struct scope *sc;
	const struct bulk_change *c;
	struct plan plan;
	struct deadline_context context;
	const struct plan_part *section; /* BULK_SECTION: where to */
	struct bulk_line *lines;
	size_t n, n_changed;
};

/* ---- what is asked ---- */

static void
refuse(struct scope *sc, const char *field, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(field)}, "%s", sentence);
}

static enum rc
check(struct changing *g)
{
	const struct bulk_change *c = g->c;
	size_t before = g->sc->diag->errors;

	if (!c->n)
		refuse(g->sc, "", N_("Не отмечено ни одной строки."));
	if (c->kind == BULK_DAYS &&
	    (!c->days || c->days < -BULK_DAYS_MOST || c->days > BULK_DAYS_MOST))
		refuse(g->sc, "days",
		    N_("Назовите, на сколько дней: например 14 или -7."));
	if (c->kind == BULK_RESPONSIBLE && !str_trim(c->responsible).n)
		refuse(g->sc, "responsible", N_("Не названы ответственные."));
	for (size_t i = 0; i < g->plan.n_parts; i++)
		if (g->plan.parts[i].s.id == c->section)
			g->section = &g->plan.parts[i];
	if (c->kind == BULK_SECTION && !g->section)
		refuse(g->sc, "section", N_("Такого раздела в плане нет."));
	return g->sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- what becomes of a row ---- */

static void
moved_term(struct changing *g, const struct plan_row *r, struct bulk_line *l)
{
	struct arena *mem = g->sc->mem;

	l->was = r->m.deadline;
	if (g->c->kind == BULK_DAYS) {
		if (!deadline_days_later(mem, r->m.deadline, &g->context,
			g->c->days, &l->becomes))
			l->stays = N_("в сроке нет дней, которые можно "
				      "сдвинуть");
		return;
	}
	l->becomes = words_years_later(mem, r->m.deadline, 1);
	if (str_eq(l->becomes, l->was))
		l->stays = N_("в сроке нет года: он следует за периодом плана");
}

static void
fill_line(struct changing *g, const struct plan_part *part,
    const struct plan_row *r, struct bulk_line *l)
{
	switch (g->c->kind) {
	case BULK_DAYS:
	case BULK_NEXT_YEAR:
		moved_term(g, r, l);
		return;
	case BULK_RESPONSIBLE:
		l->was = r->m.responsible;
		l->becomes = str_trim(g->c->responsible);
		if (str_eq(l->was, l->becomes))
			l->stays = N_("ответственные уже эти");
		return;
	case BULK_SECTION:
		l->was = part->s.title;
		l->becomes = g->section->s.title;
		if (part == g->section)
			l->stays = N_("строка уже в этом разделе");
		return;
	case BULK_REMOVE:
		l->was = r->m.title;
		l->becomes = S("");
		return;
	case BULK_KIND_COUNT:
		break;
	}
}

static const struct bulk_pick *
pick_of(const struct bulk_change *c, measure_id id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->picks[i].id.v == id.v)
			return &c->picks[i];
	return NULL;
}

static void
take_row(
    struct changing *g, const struct plan_part *part, const struct plan_row *r)
{
	const struct bulk_pick *pick = pick_of(g->c, r->m.id);
	struct bulk_line *l = &g->lines[g->n];

	if (!pick)
		return;
	*l = (struct bulk_line){
	    .pick = *pick, .number = r->m.number, .title = r->m.title};
	if (r->m.is_dropped)
		l->stays = N_("строка уже снята");
	else if (r->m.version != pick->version)
		diag_error(g->sc->diag, (struct place){0},
		    N_("Строку «%.*s» за это время изменили."),
		    STR_ARG(r->m.title))
		    ->hint = S("Посмотрите, что изменилось, и повторите.");
	else
		fill_line(g, part, r, l);
	g->n_changed += !l->stays;
	g->n++;
}

static enum rc
look(struct changing *g, plan_id plan)
{
	struct scope *sc = g->sc;
	size_t before;
	enum rc rc = plan_load(sc, plan, &g->plan);

	if (rc == RC_OK)
		rc = plan_may_edit(sc, PERM_PLANS_EDIT, plan);
	if (rc == RC_OK)
		rc = check(g);
	if (rc != RC_OK)
		return rc;
	before = sc->diag->errors;
	g->context = plan_context(&g->plan);
	g->lines = arena_new(sc->mem, struct bulk_line, g->c->n + 1);
	for (size_t i = 0; i < g->plan.n_parts; i++)
		for (size_t k = 0; k < g->plan.parts[i].n; k++)
			take_row(
			    g, &g->plan.parts[i], &g->plan.parts[i].rows[k]);
	return sc->diag->errors > before ? RC_CONFLICT : RC_OK;
}

enum rc
plan_bulk_look(struct scope *sc, plan_id plan, const struct bulk_change *c,
    struct bulk_preview *ret)
{
	struct changing g = {.sc = sc, .c = c};
	enum rc rc = look(&g, plan);

	if (rc == RC_OK)
		*ret = (struct bulk_preview){g.lines, g.n, g.n_changed};
	return rc;
}

/* ---- doing ---- */

static const struct plan_row *
row_of(const struct plan *p, measure_id id)
{
	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++)
			if (p->parts[i].rows[k].m.id.v == id.v)
				return &p->parts[i].rows[k];
	UNREACHABLE();
}

static struct str
ids_text(struct arena *mem, const school_id *ids, size_t n)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)ids[i].v);
	return buf_str(&b);
}

/* Last in its new section, after those moved there before it. */
static enum rc
move_row(struct changing *g, const struct plan_row *r, measure_id *last)
{
	enum rc rc;

	if (!last->v && g->section->n)
		*last = g->section->rows[g->section->n - 1].m.id;
	rc = measure_move_to(g->sc, PERM_PLANS_EDIT, r->m.id, r->m.version,
	    g->section->s.id, *last);
	*last = r->m.id;
	return rc;
}

static enum rc
change_row(struct changing *g, const struct bulk_line *l, measure_id *last)
{
	const struct plan_row *r = row_of(&g->plan, l->pick.id);
	struct q_measure row = r->m;

	if (g->c->kind == BULK_REMOVE)
		return measure_take_out(
		    g->sc, PERM_PLANS_EDIT, r->m.id, r->m.version);
	if (g->c->kind == BULK_SECTION)
		return move_row(g, r, last);
	if (g->c->kind == BULK_RESPONSIBLE)
		row.responsible = l->becomes;
	else
		row.deadline = l->becomes;
	return measure_rewrite(g->sc, PERM_PLANS_EDIT, r->m.version, &row);
}

static enum rc
keep_and_change(struct changing *g, int64_t number)
{
	struct scope *sc = g->sc;
	municipality_id m = sc->actor.municipality;
	measure_id last = {0};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < g->n; i++) {
		const struct bulk_line *l = &g->lines[i];
		const struct plan_row *r = row_of(&g->plan, l->pick.id);
		if (l->stays)
			continue;
		rc = q_bulk_row_keep(sc->db, m, number, l->pick.id,
		    ids_text(sc->mem, r->schools, r->n_schools));
		if (rc == RC_OK)
			rc = change_row(g, l, &last);
	}
	if (rc == RC_OK)
		rc = q_bulk_row_left(sc->db, m, g->plan.head.id, number);
	return rc;
}

static enum rc
tell(struct scope *sc, const struct q_plan *plan, struct str becomes)
{
	return audit_write(
	    sc, &(struct audit_entry){.action = S("plan.changed"),
		    .object = S("plan"),
		    .object_id = plan->id.v,
		    .object_name = plan->title,
		    .becomes = becomes});
}

static enum rc
do_change(struct changing *g)
{
	struct scope *sc = g->sc;
	struct q_bulk_add made;
	const struct q_bulk_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = g->plan.head.id,
	    .kind = str_of(bulk_kind_codes[g->c->kind]),
	    .rows = (int64_t)g->n_changed,
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	enum rc rc = q_bulk_add(sc->db, sc->mem, &add, &made);

	if (rc == RC_OK)
		rc = keep_and_change(g, made.number);
	if (rc != RC_OK)
		return rc;
	return tell(sc, &g->plan.head,
	    arena_fmt(sc->mem, "%s, строк: %zu", bulk_kind_titles[g->c->kind],
		g->n_changed));
}

enum rc
plan_bulk_do(struct scope *sc, plan_id plan, const struct bulk_change *c,
    size_t *ret_changed)
{
	struct changing g = {.sc = sc, .c = c};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = look(&g, plan);
	if (rc == RC_OK && !g.n_changed) {
		refuse(sc, "", N_("Ни одна из отмеченных строк не меняется."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = do_change(&g);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret_changed = g.n_changed;
	return rc;
}

/* ---- the way back ---- */

enum rc
plan_bulk_last(struct scope *sc, plan_id plan, struct q_bulk *ret)
{
	return q_bulk_last(sc->db, sc->mem, sc->actor.municipality, plan, ret);
}

/* A row that is gone is made anew where it stood. */
static enum rc
put_back(struct scope *sc, const struct directory *d,
    const struct q_measure *was, struct str schools)
{
	struct str id;
	measure_id made;
	int64_t n;
	enum rc rc = measure_insert(sc, d, was, &made);

	if (rc == RC_OK)
		rc = measure_restore(sc, was, made, 1);
	while (rc == RC_OK && schools.n && str_split(&schools, ' ', &id))
		if (str_to_int(id, &n))
			rc = q_measure_school_add(sc->db,
			    sc->actor.municipality, made, (school_id){n});
	return rc;
}

static enum rc
undo_row(struct scope *sc, const struct directory *d,
    const struct q_measure *was, const struct q_bulk_row_list *left)
{
	municipality_id m = sc->actor.municipality;
	enum rc rc;

	if (!left->left_version)
		return put_back(sc, d, was, left->schools);
	rc = measure_restore(sc, was, was->id, left->left_version);
	if (rc == RC_OK)
		rc = q_measure_responsible_clear(sc->db, m, was->id);
	if (rc == RC_OK)
		rc = measure_put_responsible(sc, d, was->id, was->responsible);
	if (rc == RC_CONFLICT)
		diag_error(sc->diag, (struct place){0},
		    N_("Строку «%.*s» после этого изменили: вернуть всё сразу "
		       "уже нельзя."),
		    STR_ARG(was->title));
	return rc;
}

static enum rc
undo(struct scope *sc, plan_id plan, int64_t number)
{
	municipality_id m = sc->actor.municipality;
	struct q_bulk_row_list *left;
	struct q_measure *was;
	struct directory d;
	size_t n, n_was;
	enum rc rc =
	    q_bulk_row_list(sc->db, sc->mem, m, plan, number, &left, &n);

	if (rc == RC_OK)
		rc = q_bulk_row_measures(
		    sc->db, sc->mem, m, plan, number, &was, &n_was);
	if (rc == RC_OK)
		rc = directory_read(sc, &d);
	for (size_t i = 0; rc == RC_OK && i < n && i < n_was; i++)
		rc = undo_row(sc, &d, &was[i], &left[i]);
	return rc;
}

enum rc
plan_bulk_undo(struct scope *sc, plan_id id, int64_t number)
{
	municipality_id m = sc->actor.municipality;
	struct q_bulk last;
	struct q_plan plan;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_may_edit(sc, PERM_PLANS_EDIT, id);
	if (rc == RC_OK)
		rc = q_plan_by_id(sc->db, sc->mem, &sc->actor, m, id, &plan);
	if (rc == RC_OK)
		rc = plan_bulk_last(sc, id, &last);
	if (rc == RC_OK && last.number != number)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = undo(sc, id, number);
	if (rc == RC_OK)
		rc = q_bulk_close(sc->db, m, id, number);
	if (rc == RC_OK)
		rc = q_plan_touch(sc->db, m, id);
	if (rc == RC_OK)
		rc = tell(sc, &plan,
		    arena_fmt(sc->mem,
			"отменено изменение нескольких строк: "
			"%lld",
			(long long)last.rows));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
