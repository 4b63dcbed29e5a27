/* demo_schools.c - the twenty-four schools: two of them branches. */
#include "base/tsv.h"
#include "core/demo/demo.h"
#include "core/results/intake.h"
#include "store/q_registry.h"

enum { CODE, NAME, KIND, LOCALITY, SMALL, PUPILS, LOGINS, BRANCH_OF, HEAD };

static enum rc
load_list(struct demo *d)
{
	const struct intake_options o = {.file_name = S("Школы округа.xlsx"),
	    .file_hash = S("demo-schools"),
	    .file_size = 11264,
	    .words = &d->words};
	struct tsv t = tsv_open(demo_table("demo/schools.tsv"));
	struct intake_report report;
	struct intake *in;
	uint32_t row = 1;
	enum rc rc = intake_open(d->sc, &o, &in);

	if (rc != RC_OK)
		return rc;
	struct row_sink sink = intake_sink(in);
	const struct file_head head = {.kind = FILE_SCHOOLS,
	    .profile = S("список школ"),
	    .declared_participants = -1};
	sink.head(sink.ctx, &head);
	while (tsv_next(&t)) {
		const struct school_row school = {.code = t.cells[CODE],
		    .name = t.cells[NAME],
		    .kind = t.cells[KIND],
		    .locality = t.cells[LOCALITY],
		    .small = str_eq(t.cells[SMALL], S("1")),
		    .logins = t.cells[LOGINS],
		    .at = {.sheet = S("Школы"), .row = ++row}};
		sink.school(sink.ctx, &school);
	}
	return intake_close(in, RC_OK, &report);
}

static enum rc
set_details(struct demo *d, const struct tsv *t)
{
	struct scope *sc = d->sc;
	municipality_id place = sc->actor.municipality;
	struct opt_int pupils = {.is_known = true};
	school_id school, main_school;
	enum rc rc = demo_school(d, t->cells[CODE], &school);

	if (rc != RC_OK)
		return rc;
	MUST(str_to_int(t->cells[PUPILS], &pupils.v));
	const struct q_school_set_details_in set = {.municipality = place,
	    .id = school,
	    .pupils = pupils,
	    .head = t->cells[HEAD]};
	rc = q_school_set_details(sc->db, &set);
	if (rc != RC_OK || !t->cells[BRANCH_OF].n)
		return rc;
	rc = demo_school(d, t->cells[BRANCH_OF], &main_school);
	if (rc == RC_OK)
		rc = q_school_set_branch(sc->db, place, school, main_school);
	return rc;
}

enum rc
demo_schools(struct demo *d)
{
	struct tsv t = tsv_open(demo_table("demo/schools.tsv"));
	enum rc rc;

	demo_at(d, demo_day(d, 5, 9, 10));
	rc = load_list(d);
	while (rc == RC_OK && tsv_next(&t))
		rc = set_details(d, &t);
	return rc;
}
