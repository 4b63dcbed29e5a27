/* demo_results.c - five years of results and the answers of two Octobers. */
#include "base/map.h"
#include "base/tsv.h"
#include "core/demo/demo.h"
#include "core/results/intake.h"

enum { SCHOOL, BACK, PROCEDURE, PARTICIPANTS, FAILED };

enum { ELEMENT = 2, VALUE = 3 };

/* Files come by level: ВПР in spring, ОГЭ and ЕГЭ in July. */
static const struct {
	const char *prefix, *exam, *file, *profile;
	int month, day;
} levels[] = {
    {"vpr", "ВПР", "отметки по школам.xlsx", "сводная таблица отметок", 6, 3},
    {"oge", "ОГЭ", "протоколы.xlsx", "ОГЭ, обычный", 7, 8},
    {"ege", "ЕГЭ", "протоколы.xlsx", "ЕГЭ, обычный", 7, 10},
};

static int64_t
number(struct str s)
{
	int64_t n = 0;

	MUST(str_to_int(s, &n));
	return n;
}

/* The file of one level and year; the year before last lacks one school. */
static enum rc
load_level(struct demo *d, size_t level, int back)
{
	struct arena *mem = d->sc->mem;
	struct syear year = syear_plus(d->year, -back);
	struct tsv t = tsv_open(demo_table("demo/results.tsv"));
	const struct intake_options o = {
	    .file_name = arena_fmt(mem, "%s %d, %s", levels[level].exam,
		year.first + 1, levels[level].file),
	    .file_hash = arena_fmt(mem, "demo-%zu-%d", level, back),
	    .file_size = 40960 + 1024 * back,
	    .words = &d->words};
	struct intake_report report;
	struct intake *in;
	uint32_t row = 6;
	enum rc rc;

	demo_at(d, demo_day(d, back, levels[level].month, levels[level].day));
	rc = intake_open(d->sc, &o, &in);
	if (rc != RC_OK)
		return rc;
	struct row_sink sink = intake_sink(in);
	const struct file_head head = {.kind = level == 0 ? FILE_MARKS_TABLE :
					       level == 1 ? FILE_OGE_PROTOCOL :
							    FILE_EGE_PROTOCOL,
	    .profile = str_of(levels[level].profile),
	    .declared_participants = -1};
	sink.head(sink.ctx, &head);
	while (tsv_next(&t)) {
		if (number(t.cells[BACK]) != back ||
		    !str_starts(
			t.cells[PROCEDURE], str_of(levels[level].prefix)))
			continue;
		int64_t failed = number(t.cells[FAILED]);
		/* One appeal is still to come; see load_appeals(). */
		if (back == 1 && str_eq(t.cells[SCHOOL], S("0107")) &&
		    str_eq(t.cells[PROCEDURE], S("oge-math")))
			failed++;
		const struct result_row result = {
		    .school = {.code = t.cells[SCHOOL]},
		    .procedure = t.cells[PROCEDURE],
		    .year = year,
		    .participants = (int32_t)number(t.cells[PARTICIPANTS]),
		    .failed = (int32_t)failed,
		    .marks = {-1, -1, -1, -1},
		    .at = {.sheet = t.cells[PROCEDURE],
			.row = ++row,
			.column = S("не справились")}};
		sink.result(sink.ctx, &result);
	}
	return intake_close(in, RC_OK, &report);
}

/* An appeal changed one mark: the number has a second revision. */
static enum rc
load_appeals(struct demo *d)
{
	struct syear year = syear_plus(d->year, -1);
	const struct intake_options o = {
	    .file_name = arena_fmt(d->sc->mem,
		"ОГЭ %d, математика, после апелляций.xlsx", year.first + 1),
	    .file_hash = S("demo-appeals"),
	    .file_size = 18432,
	    .words = &d->words};
	const struct result_row result = {.school = {.code = S("0107")},
	    .procedure = S("oge-math"),
	    .year = year,
	    .participants = 27,
	    .failed = 11,
	    .marks = {-1, -1, -1, -1},
	    .at = {.sheet = S("Апелляции"), .row = 9, .column = S("Оценка")}};
	const struct file_head head = {.kind = FILE_OGE_PROTOCOL,
	    .profile = S("ОГЭ, апелляции"),
	    .declared_participants = -1};
	struct intake_report report;
	struct intake *in;
	enum rc rc;

	demo_at(d, demo_day(d, 1, 7, 17));
	rc = intake_open(d->sc, &o, &in);
	if (rc != RC_OK)
		return rc;
	struct row_sink sink = intake_sink(in);
	sink.head(sink.ctx, &head);
	sink.result(sink.ctx, &result);
	return intake_close(in, RC_OK, &report);
}

static void
give_answer(
    struct demo *d, struct row_sink *sink, const struct tsv *t, uint32_t row)
{
	struct observation_row o = {.school = {.code = t->cells[SCHOOL]},
	    .period = syear_plus(d->year, -(int)number(t->cells[BACK])),
	    .element = t->cells[ELEMENT],
	    .as_written = t->cells[VALUE],
	    .dated = demo_day(d, (int)number(t->cells[BACK]), 10, 1),
	    .source_note = S("ОО-1, ОО-2"),
	    .at = {
		.sheet = S("Показатели"), .row = row, .column = S("значение")}};

	if (str_eq(o.as_written, S("yes")) || str_eq(o.as_written, S("no"))) {
		o.is_known = true;
		o.value = ratio_int(str_eq(o.as_written, S("yes")));
	} else if (o.as_written.n) {
		o.is_known = ratio_parse(o.as_written, &o.value);
	}
	sink->observation(sink->ctx, &o);
}

static enum rc
load_answers(struct demo *d, int back)
{
	struct arena *mem = d->sc->mem;
	struct tsv t = tsv_open(demo_table("demo/observations.tsv"));
	const struct intake_options o = {
	    .file_name = arena_fmt(
		mem, "Таблица рисков, октябрь %d.xlsx", d->year.first - back),
	    .file_hash = arena_fmt(mem, "demo-answers-%d", back),
	    .file_size = 22528,
	    .words = &d->words};
	const struct file_head head = {.kind = FILE_OBSERVATIONS,
	    .profile = S("показатели школ"),
	    .declared_participants = -1};
	struct intake_report report;
	struct intake *in;
	uint32_t row = 1;
	enum rc rc;

	demo_at(d, demo_day(d, back, 10, 12));
	rc = intake_open(d->sc, &o, &in);
	if (rc != RC_OK)
		return rc;
	struct row_sink sink = intake_sink(in);
	sink.head(sink.ctx, &head);
	while (tsv_next(&t)) {
		row++;
		if (number(t.cells[BACK]) == back)
			give_answer(d, &sink, &t, row);
	}
	return intake_close(in, RC_OK, &report);
}

enum rc
demo_results(struct demo *d)
{
	enum rc rc = RC_OK;

	for (int back = 5; rc == RC_OK && back >= 1; back--)
		for (size_t l = 0; rc == RC_OK && l < COUNT_OF(levels); l++)
			rc = load_level(d, l, back);
	if (rc == RC_OK)
		rc = load_appeals(d);
	for (int back = 1; rc == RC_OK && back >= 0; back--)
		if (back > 0 ||
		    d->sc->actor.today.day >= demo_day(d, 0, 10, 12).day)
			rc = load_answers(d, back);
	return rc;
}
