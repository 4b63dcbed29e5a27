/* overview_curves.c - how does it go over the years? */
#include "base/vec.h"
#include "web/page/overview_own.h"
#include "web/show.h"

/* The procedure of the address, or the first examination of the ninth grade. */
static size_t
chosen_procedure(const struct visit *v, struct view_overview *s)
{
	struct str said = visit_query(v, S("curve"));
	VEC(struct curve_choice) choices = {0};
	size_t chosen = s->o.n_procedures;

	for (size_t p = 0; p < s->o.n_procedures; p++) {
		struct str code = s->o.words->procedures[p].code;

		if (!s->o.is_held[p])
			continue;
		if (chosen == s->o.n_procedures || str_eq(code, said) ||
		    (said.n == 0 && str_eq(code, S("oge-math"))))
			chosen = p;
	}
	for (size_t p = 0; p < s->o.n_procedures; p++) {
		if (s->o.is_held[p])
			*vec_push(v->scope.mem, &choices) =
			    (struct curve_choice){
				s->o.words->procedures[p].code,
				s->o.words->procedures[p].title, p == chosen};
	}
	s->choices = choices.p;
	s->n_choices = choices.n;
	return chosen;
}

/* Schools of the list against the others; without a list, all of them. */
static size_t
split_schools(const struct visit *v, struct view_overview *s, bool *sides[2])
{
	size_t n[2] = {0, 0};

	for (int side = 0; side < 2; side++)
		sides[side] = arena_new(v->scope.mem, bool, s->o.n + 1);
	for (size_t i = 0; i < s->o.n; i++) {
		const struct overview_school *school = &s->o.schools[i];
		bool is_listed =
		    school->has_verdict && school->status == METHOD_LISTED;

		if (!s->is_shown[i])
			continue;
		sides[!is_listed][i] = true;
		n[!is_listed]++;
	}
	if (n[0] > 0 && n[1] > 0) {
		s->line_names[0] = S(N_("Школы перечня"));
		s->line_names[1] = S(N_("Другие школы"));
		return 2;
	}
	if (n[0] == 0)
		sides[0] = sides[1];
	s->line_names[0] =
	    n[0] > 0 ? S(N_("Школы перечня")) : S(N_("Показанные школы"));
	return 1;
}

static void
fill_line(const struct visit *v, struct view_overview *s, const bool *side,
    size_t procedure, size_t number, struct chart_point *points)
{
	struct arena *mem = v->scope.mem;

	for (int y = 0; y < OVERVIEW_YEARS; y++) {
		int back = OVERVIEW_YEARS - 1 - y;
		struct overview_count sum =
		    overview_sum(&s->o, side, procedure, back);
		struct ratio share;

		if (sum.participants <= 0)
			continue;
		share = ratio_of(sum.failed, sum.participants);
		points[y] = (struct chart_point){.is_known = true,
		    .value = share,
		    .note = arena_fmt(
			mem, "%d из %d", sum.failed, sum.participants)};
		s->lines[y].share[number] = show_share(mem, share);
		s->lines[y].of[number] = points[y].note;
	}
}

static void
draw_curve(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	size_t procedure = chosen_procedure(v, s);
	struct chart_series *series = arena_new(mem, struct chart_series, 2);
	struct str *labels = arena_new(mem, struct str, OVERVIEW_YEARS);
	bool *sides[2];

	if (procedure == s->o.n_procedures || s->n_shown == 0)
		return;
	for (int y = 0; y < OVERVIEW_YEARS; y++) {
		labels[y] = syear_ru(
		    mem, syear_plus(s->o.results_year, y + 1 - OVERVIEW_YEARS));
		s->lines[y].label = labels[y];
	}
	s->n_line_names = split_schools(v, s, sides);
	for (size_t i = 0; i < s->n_line_names; i++) {
		struct chart_point *points =
		    arena_new(mem, struct chart_point, OVERVIEW_YEARS);

		fill_line(v, s, sides[i], procedure, i, points);
		series[i] = (struct chart_series){s->line_names[i], points};
	}
	s->has_curve = true;
	s->curve_title = s->o.words->procedures[procedure].title;
	s->curve = (struct chart){.kind = CHART_LINES,
	    .title = arena_fmt(mem, "Доля не справившихся по годам: %.*s",
		STR_ARG(s->curve_title)),
	    .labels = labels,
	    .n_labels = OVERVIEW_YEARS,
	    .series = series,
	    .n_series = s->n_line_names,
	    .is_percent = true,
	    .has_threshold = true,
	    .threshold = ratio_of(3, 10),
	    .threshold_name = S(N_("30 % – низкий результат"))};
}

static void
draw_lists(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	struct chart_series *series = arena_new(mem, struct chart_series, 1);
	struct chart_point *points =
	    arena_new(mem, struct chart_point, OVERVIEW_LISTS);
	struct str *labels = arena_new(mem, struct str, OVERVIEW_LISTS);
	size_t known = 0;

	for (int y = 0; y < OVERVIEW_LISTS; y++) {
		const struct overview_year *of = &s->o.years[y];

		labels[y] = syear_ru(mem, of->year);
		if (!of->is_there)
			continue;
		known++;
		points[y] = (struct chart_point){.is_known = true,
		    .value = ratio_int((int64_t)of->listed),
		    .note = arena_fmt(
			mem, "%zu из %zu", of->listed, of->applicable)};
	}
	series[0] = (struct chart_series){S(N_("Школ в перечне")), points};
	s->has_lists = known > 1;
	s->lists = (struct chart){.kind = CHART_BARS,
	    .title = arena_fmt(
		mem, "Школ в перечне %.*s по годам", STR_ARG(s->o.list.title)),
	    .labels = labels,
	    .n_labels = OVERVIEW_LISTS,
	    .series = series,
	    .n_series = 1};
}

void
overview_curves(const struct visit *v, struct view_overview *s)
{
	draw_curve(v, s);
	draw_lists(v, s);
}
