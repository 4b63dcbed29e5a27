/* index.c - a list by the index of social conditions: the list, one school. */
#include "web/page/index.h"

#include <string.h>

#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "index.view.h"
#include "store/q_results.h"
#include "web/page/runs_own.h"

static const struct vocabulary_element *
element_of(const struct index_run *run, size_t input)
{
	return &run->inputs.words->elements[run->method->inputs[input].element];
}

static struct str
amount_text(
    struct arena *mem, const struct vocabulary_element *e, struct ratio v)
{
	switch (e->kind) {
	case VALUE_YES_NO:
		return v.num ? S(N_("да")) : S(N_("нет"));
	case VALUE_SHARE:
		return arena_fmt(
		    mem, "%.*s\xC2\xA0%%", STR_ARG(ratio_percent_ru(mem, v)));
	case VALUE_COUNT:
		break;
	}
	return ratio_exact(mem, v);
}

struct str
index_value_text(struct arena *mem, const struct index_run *run, size_t input,
    const struct index_value *v)
{
	return v->is_known ?
		   amount_text(mem, element_of(run, input), v->value) :
		   S("");
}

struct str
index_threshold_text(
    struct arena *mem, const struct index_run *run, size_t input)
{
	const struct index_input *in = &run->method->inputs[input];
	const struct vocabulary_element *e = element_of(run, input);
	struct str amount = amount_text(mem, e, in->threshold);

	if (e->kind == VALUE_YES_NO)
		return amount;
	return arena_fmt(mem, "%s %.*s",
	    in->more_is_worse ? "не меньше" : "не больше", STR_ARG(amount));
}

static const struct index_line *
line_of(const struct index_run *run, school_id school)
{
	for (size_t i = 0; i < run->n; i++) {
		if (run->lines[i].school->id.v == school.v)
			return &run->lines[i];
	}
	return NULL;
}

/* ---- the list ---- */

static const struct table_column fixed[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"status", S_INIT("Решение"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"index", S_INIT("Индекс"), TABLE_NUMBER, 3, 0, {0}, {0}},
    {"points", S_INIT("Баллы"), TABLE_INT, 0, 0, {0}, {0}},
    {"factors", S_INIT("Условий"), TABLE_INT, 0, 0, {0}, {0}},
    {"missing", S_INIT("Нет данных"), TABLE_INT, 0, 0, {0}, {0}},
};

enum { FIXED = COUNT_OF(fixed) };

/* And a column for each input. */
static struct list_shape
shape_of(struct arena *mem, const struct vocabulary *words,
    const struct index_method *m)
{
	struct table_column *columns =
	    arena_new(mem, struct table_column, FIXED + m->n);

	memcpy(columns, fixed, sizeof fixed);
	for (size_t i = 0; i < m->n; i++) {
		const struct vocabulary_element *e =
		    &words->elements[m->inputs[i].element];

		columns[FIXED + i] =
		    (struct table_column){.key = arena_cstr(mem, e->code),
			.title = e->title,
			.kind = TABLE_TEXT,
			.width = 16};
	}
	return (struct list_shape){m->short_title, columns, FIXED + m->n};
}

enum rc
index_shapes(struct visit *v, const struct list_shape **ret, size_t *ret_n)
{
	const struct index_method *all;
	struct list_shape *shapes;
	size_t n;
	enum rc rc = index_list(&v->scope, v->words, &all, &n);

	if (rc != RC_OK)
		return rc;
	shapes = arena_new(v->scope.mem, struct list_shape, n + 1);
	for (size_t i = 0; i < n; i++)
		shapes[i] = shape_of(v->scope.mem, v->words, &all[i]);
	*ret = shapes;
	*ret_n = n;
	return RC_OK;
}

static enum rc
index_table(struct visit *v, struct reply *rp, const struct view_index *s)
{
	struct arena *mem = v->scope.mem;
	const struct index_method *m = s->run.method;
	const struct list_shape shape = shape_of(mem, s->run.inputs.words, m);
	struct table_cell cells[FIXED + INDEX_INPUTS];
	const struct table_about about = {.title = m->short_title,
	    .made_on = v->scope.actor.today,
	    .columns = shape.columns,
	    .n = shape.n};
	struct table_out *t;

	t = table_begin(v, rp, &about, "list");
	for (size_t i = 0; i < s->n; i++) {
		const struct index_line *l = s->rows[i].l;

		if (l == NULL)
			continue;
		cells[0] = table_text(l->school->code);
		cells[1] = table_text(l->school->name);
		cells[2] = table_text(str_of(
		    v->format == AS_JSON ? method_status_codes[l->status] :
					   status_word(l->status)));
		cells[3] = l->has_score ?
			       table_number(ratio_of(l->score, 1000)) :
			       table_none();
		cells[4] = table_int(l->points);
		cells[5] = table_int(l->factors);
		cells[6] = table_int((int64_t)l->missing);
		for (size_t k = 0; k < m->n; k++) {
			struct str text =
			    index_value_text(mem, &s->run, k, &l->values[k]);

			cells[FIXED + k] =
			    text.n > 0 ? table_text(text) : table_none();
		}
		table_out_row(t, cells);
	}
	return table_out_close(t);
}

static enum rc
read_shifts(struct visit *v, struct view_index *s)
{
	struct index_shift *all;
	size_t n;
	enum rc rc = index_sensitivity(&v->scope, &s->run, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct shift_view *views =
	    arena_new(v->scope.mem, struct shift_view, n + 1);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct shift_view){
		    element_of(&s->run, all[i].input)->title, all[i].up,
		    all[i].enter, all[i].leave};
	s->shifts = views;
	s->n_shifts = n;
	return RC_OK;
}

enum rc
answer_index(struct visit *v, struct reply *rp, struct view_run *list)
{
	struct scope *sc = &v->scope;
	struct vocabulary *words = arena_new(sc->mem, struct vocabulary, 1);
	struct view_index s = {.list = list,
	    .n = list->n,
	    .sees_all = actor_reach(&sc->actor, PERM_LISTS_READ) == REACH_ALL};
	enum rc rc = catalogue_read(sc, words);

	if (rc == RC_OK)
		rc = index_reopen(sc, words, v->at.run, &s.run);
	if (rc == RC_OK && s.sees_all)
		rc = read_shifts(v, &s);
	if (rc != RC_OK)
		return rc;
	struct index_row *rows =
	    arena_new(sc->mem, struct index_row, list->n + 1);
	for (size_t i = 0; i < list->n; i++)
		rows[i] = (struct index_row){
		    &list->rows[i], line_of(&s.run, list->rows[i].school)};
	s.rows = rows;
	if (v->format != AS_PAGE)
		return index_table(v, rp, &s);
	view_index(&rp->body, &s);
	return RC_OK;
}

/* ---- one school ---- */

/* What an input adds to the index: ±10 · w · z / Σw, to a hundredth. */
static struct str
adds_text(struct arena *mem, const struct index_run *run, size_t input,
    const struct index_value *v)
{
	const struct index_input *in = &run->method->inputs[input];
	int64_t sum = 0, part = 10 * in->weight * v->z;
	struct str text;

	for (size_t i = 0; i < run->method->n; i++)
		sum += run->method->inputs[i].weight;
	if (in->more_is_worse)
		part = -part;
	if (run->mode == INDEX_POINTS)
		return v->is_factor ?
			   arena_fmt(mem, "+%lld", (long long)in->weight) :
			   S("0");
	if (run->mode != INDEX_DEVIATIONS)
		return v->is_factor ? S("+1") : S("0");
	text = ratio_ru(mem, ratio_of(part, 1000 * sum), 2);
	return part > 0 ? arena_fmt(mem, "+%.*s", STR_ARG(text)) : text;
}

static enum rc
read_parts(struct visit *v, struct view_index_card *c)
{
	const struct scope *sc = &v->scope;
	const struct index_method *m = c->index.method;
	struct index_part *parts =
	    arena_new(sc->mem, struct index_part, m->n + 1);
	struct q_observation *now;
	size_t n;
	enum rc rc = q_observation_of_school(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, v->at.school, &now, &n);

	for (size_t i = 0; rc == RC_OK && i < m->n; i++) {
		const struct index_value *value = &c->line->values[i];
		const struct vocabulary_element *e = element_of(&c->index, i);
		struct index_part *p = &parts[c->n++];

		*p = (struct index_part){.number = e->number,
		    .title = e->title,
		    .value = index_value_text(sc->mem, &c->index, i, value),
		    .threshold = index_threshold_text(sc->mem, &c->index, i),
		    .is_factor = value->is_factor,
		    .weight = m->inputs[i].weight};
		if (value->is_known) {
			p->adds = adds_text(sc->mem, &c->index, i, value);
			p->z = ratio_ru(sc->mem, ratio_of(value->z, 1000), 3);
		}
		for (size_t k = 0; k < n; k++) {
			if (now[k].year.first == c->run.year.first &&
			    str_eq(now[k].element, e->code))
				p->load = now[k].load;
		}
	}
	c->parts = parts;
	return rc;
}

static enum rc
fill_box(struct visit *v, struct view_index_card *c)
{
	const struct index_method *m = c->index.method;
	struct disputed *all =
	    arena_new(v->scope.mem, struct disputed, m->n + 1);

	for (size_t i = 0; i < m->n; i++)
		all[i] = (struct disputed){element_of(&c->index, i)->code,
		    element_of(&c->index, i)->title};
	return objection_box_fill(v, &c->run, all, m->n, &c->box);
}

enum rc
answer_index_card(struct visit *v, struct reply *rp, const struct q_run *run)
{
	struct scope *sc = &v->scope;
	struct vocabulary *words = arena_new(sc->mem, struct vocabulary, 1);
	struct view_index_card c = {
	    .run = *run,
	    .may_see_loads = may(&sc->actor, PERM_LOADS_READ) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = may_for(sc, PERM_LISTS_READ, v->at.school);

	if (rc == RC_OK && v->format != AS_PAGE)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK && !list_state_parse(run->state, &c.state))
		rc = RC_FAILED;
	if (rc == RC_OK)
		rc = catalogue_read(sc, words);
	if (rc == RC_OK)
		rc = index_reopen(sc, words, v->at.run, &c.index);
	if (rc != RC_OK)
		return rc;
	c.line = line_of(&c.index, v->at.school);
	if (c.line == NULL)
		return RC_NOT_FOUND;
	rc = read_parts(v, &c);
	if (rc == RC_OK)
		rc = fill_box(v, &c);
	if (rc != RC_OK)
		return rc;
	c.shell = run_shell(v, run, c.line->school->name);
	view_index_card(&rp->body, &c);
	return RC_OK;
}
