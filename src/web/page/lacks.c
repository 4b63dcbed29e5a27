/* lacks.c - the page of deficits: of which school, shown by what, answered by what? */
#include "web/page/lacks.h"

#include "lacks.view.h"
#include "web/page/overview_own.h"
#include "web/page/pages.h"

enum { ALL, WITHOUT, ANSWERED };

static const struct filter_choice answers[] = {
    [ALL] = {"", N_("Все дефициты")},
    [WITHOUT] = {"without", N_("Без меры")},
    [ANSWERED] = {"answered", N_("С мерой")},
};

enum { LISTED = 1, OTHERS };

static const struct filter_choice groups[] = {
    [ALL] = {"", N_("Все школы")},
    [LISTED] = {"listed", N_("В перечне")},
    [OTHERS] = {"others", N_("Другие школы")},
};

static const struct table_column columns[] = {
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 34, {0}, {0}},
    {"deficit", S_INIT("Дефицит"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"shown_by", S_INIT("Чем показан"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"number", S_INIT("№ мероприятия"), TABLE_TEXT, 0, 12, {0}, {0}},
    {"measure", S_INIT("Мероприятие"), TABLE_TEXT, 0, 50, {0}, {0}},
    {"plan", S_INIT("План"), TABLE_TEXT, 0, 40, {0}, {0}},
};

const struct list_table lacks_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_lacks *s)
{
	const struct table_about about = {
	    .title = arena_fmt(v->scope.mem, "Дефициты школ на %.*s",
		STR_ARG(date_ru(v->scope.mem, s->o.on))),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "deficits");

	for (size_t i = 0; i < s->n; i++) {
		const struct lack *l = s->shown[i];
		const struct q_answering_measure *m = l->measure;

		table_out_row(t,
		    (struct table_cell[]){table_text(l->school->row.code),
			table_text(l->school->row.name),
			table_text(l->deficit.title),
			table_text(l->deficit.shown_by),
			m != NULL ? table_text(m->number) : table_none(),
			m != NULL ? table_text(m->title) : table_none(),
			m != NULL ? table_text(m->plan_title) : table_none()});
	}
	return table_out_close(t);
}

static void
choose(struct visit *v, const struct lacks *lacks, struct view_lacks *s)
{
	s->answered = filter_open(v, "show", answers, COUNT_OF(answers));
	s->group = filter_open(v, "schools", groups, COUNT_OF(groups));
	s->shown = arena_new(v->scope.mem, const struct lack *, lacks->n + 1);
	for (size_t i = 0; i < lacks->n; i++) {
		const struct lack *l = &lacks->all[i];
		uint32_t answer = (uint32_t)1
				  << (l->measure != NULL ? ANSWERED : WITHOUT);
		uint32_t group = (uint32_t)1
				 << (l->is_listed ? LISTED : OTHERS);

		if (filter_lets(&s->group, group))
			filter_count(&s->answered, answer);
		if (filter_lets(&s->answered, answer))
			filter_count(&s->group, group);
		if (filter_lets(&s->group, group) &&
		    filter_lets(&s->answered, answer))
			s->shown[s->n++] = l;
	}
}

enum rc
page_lacks(struct visit *v, struct reply *rp)
{
	struct view_lacks s = {.files = list_files(v)};
	struct overview_day day = overview_day(v);
	struct lacks lacks;
	enum rc rc =
	    overview_read(&v->scope, v->words, visit_library(v), &day.asked, &s.o);

	if (rc == RC_OK)
		rc = lacks_read(&v->scope, &s.o, &lacks);
	if (rc != RC_OK)
		return rc;
	choose(v, &lacks, &s);
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	s.shell = shell_open(v, SECTION_overview, S(N_("Дефициты школ")));
	shell_crumb(&s.shell, S(N_("Сводка")), link_overview());
	view_lacks(&rp->body, &s);
	return RC_OK;
}
