/* overview_heat.c - how do schools and procedures stand beside each other? */
#include "base/vec.h"
#include "web/page/overview_own.h"
#include "web/show.h"

/* "ВПР, математика, 5 класс" into "ВПР" and "математика 5 кл." */
static struct heat_column
column_of(struct arena *mem, const struct view_overview *s, size_t p)
{
	struct str title = s->o.words->procedures[p].title, rest = title;
	struct overview_count sum = overview_sum(&s->o, s->is_shown, p, 0);
	struct heat_column c = {.procedure = p};

	if (str_split(&rest, ',', &c.exam))
		c.rest = str_trim(rest);
	if (str_ends(c.rest, S(" класс")))
		c.rest = arena_fmt(mem, "%.*s %d\xC2\xA0кл.",
		    STR_ARG(s->o.words->procedures[p].subject),
		    s->o.words->procedures[p].grade);
	if (sum.participants > 0) {
		c.total =
		    show_share(mem, ratio_of(sum.failed, sum.participants));
		c.total_of =
		    arena_fmt(mem, "%d из %d", sum.failed, sum.participants);
	}
	return c;
}

static struct share_cell
share_of(const struct overview_count *c)
{
	if (c->participants < 0)
		return (struct share_cell){0};
	return (struct share_cell){.is_known = true,
	    .failed = c->failed,
	    .participants = c->participants};
}

static const char *
why_not(const struct view_overview *s, size_t school, size_t p,
    const struct overview_count *c)
{
	const struct vocabulary_procedure *procedure =
	    &s->o.words->procedures[p];

	if (c->participants > 0)
		return NULL;
	if (c->participants == 0)
		return N_("нет участников");
	if (overview_applies(&s->o, school, p))
		return N_("нет данных");
	if (procedure->grade >= 10)
		return N_("11 класса нет");
	return N_("не проводится");
}

/* Neighbours that say the same become one place. */
static void
fill_row(const struct visit *v, struct view_overview *s, size_t school,
    struct heat_row *row)
{
	VEC(struct heat_place) places = {0};

	for (size_t k = 0; k < s->n_columns; k++) {
		size_t p = s->columns[k].procedure;
		const struct overview_count *c =
		    overview_at(&s->o, school, p, 0);
		struct share_cell was =
		    share_of(overview_at(&s->o, school, p, 1));
		struct heat_place place = {.cell = share_of(c),
		    .why = why_not(s, school, p, c),
		    .span = 1};

		if (place.why != NULL && places.n > 0 &&
		    places.p[places.n - 1].why == place.why) {
			places.p[places.n - 1].span++;
			continue;
		}
		place.cell.turn = share_turn(&place.cell, &was);
		if (place.why == NULL)
			s->n_low += 10 * place.cell.failed >=
				    3 * place.cell.participants;
		*vec_push(v->scope.mem, &places) = place;
	}
	row->places = places.p;
	row->n = places.n;
}

void
overview_heat(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	VEC(struct heat_column) columns = {0};
	struct heat_row *rows = arena_new(mem, struct heat_row, s->n_shown + 1);
	size_t n = 0;

	for (size_t p = 0; p < s->o.n_procedures; p++) {
		if (s->o.is_held[p])
			*vec_push(mem, &columns) = column_of(mem, s, p);
	}
	s->columns = columns.p;
	s->n_columns = columns.n;
	for (size_t i = 0; i < s->o.n; i++) {
		const struct overview_school *school = &s->o.schools[i];

		if (!s->is_shown[i])
			continue;
		rows[n].school = school;
		rows[n].is_listed =
		    school->has_verdict && school->status == METHOD_LISTED;
		if (school->has_verdict)
			rows[n].card =
			    link_card(s->o.list.run.id, school->row.id);
		fill_row(v, s, i, &rows[n++]);
	}
	s->rows = rows;
}
