/* fuzz_plan.c - does any document lose a cell on its way to a plan? */
#include "base/utf8.h"
#include "core/plans/plan_reading.h"
#include "input.h"
#include "plain_pages.h"

static void
check_text(struct str s)
{
	MUST(utf8_valid(s));
	input_touch(s);
}

static void
check_measure(const struct plan_reading *p, const struct plan_measure *m)
{
	MUST(m->table < p->tables.n);
	MUST(m->section == NO_SECTION ||
	     (m->section >= 0 && (size_t)m->section < p->sections.n));
	MUST(m->last_row >= m->at.row);
	check_text(m->number);
	check_text(m->title);
	check_text(m->school_part);
	check_text(m->deadline);
	check_text(m->parsed.canonical);
	check_text(m->responsible_text);
	check_text(m->result);
	check_text(m->indicator);
	check_text(m->report_form);
	check_text(m->mark);
	check_text(m->note);
}

static void
check_plan(struct arena *mem, const struct plan_reading *p, enum rc rc)
{
	struct buf json = buf_open(mem, 0);

	MUST(plan_reading_is_whole(p));
	MUST(rc != RC_OK || p->measures.n + p->points.n > 0);
	vec_each(struct plan_measure, m, &p->measures)
		check_measure(p, m);
	vec_each(struct plan_measure, m, &p->points)
		check_measure(p, m);
	vec_each(struct plan_remark, r, &p->warnings)
		check_text(r->text);
	vec_each(struct plan_remark, r, &p->leftovers)
		check_text(r->text);
	plan_reading_json(p, &json);
	check_text(buf_str(&json));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};

	if (!utf8_valid(text) || str_find_char(text, 0) >= 0)
		return 0; /* the readers give neither */

	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	const struct plan_options nothing_said = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct pages pages = plain_pages(mem, text);
	struct plan_reading plan;
	enum rc rc = plan_read(mem, &pages, &nothing_said, &d, &plan);

	MUST((rc == RC_OK) == (d.errors == 0) || rc == RC_LIMIT);
	check_plan(mem, &plan, rc);
	return 0;
}
