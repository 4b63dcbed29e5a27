/*
 * intake_appeals.c - appeals that came without the protocol they amend: what
 * do they change in the counts that stand?
 *
 * Of people only counts are kept, so an appeal is applied when the counts
 * change by exactly what the file says: the result before and after is known
 * of everyone, the protocol stands, and no appeals were applied to it before.
 * Else it is refused with the reason.  Whether the protocol came before the
 * appeals nobody can tell from the counts; that is said, with было and стало.
 *
 * BASIS: domain-3.5
 */
#include "core/results/intake_own.h"

enum { MARKS = 4 };

struct counts {
	int64_t participants, failed;
	struct opt_int marks[MARKS];
};

static struct counts
counts_of(const struct q_result *r)
{
	return (struct counts){r->participants, r->failed,
	    {r->mark2, r->mark3, r->mark4, r->mark5}};
}

/* False: no counts of people can have changed like that. */
static bool
amend(struct counts *c, const struct amendment_row *row)
{
	c->failed += row->now_failed - row->now_passed;
	for (int i = 0; i < MARKS; i++) {
		if (!c->marks[i].is_known)
			continue;
		if (row->has_marks)
			c->marks[i].v += row->marks[i];
		else if (i == 0)
			c->marks[i].v = c->failed;
		else /* passed, but with which mark is not known */
			c->marks[i] = (struct opt_int){0};
		if (c->marks[i].is_known && c->marks[i].v < 0)
			return false;
	}
	return c->failed >= 0 && c->failed <= c->participants;
}

static bool
changes_nothing(const struct amendment_row *row)
{
	int32_t moved = row->now_failed + row->now_passed;

	for (int i = 0; i < MARKS; i++)
		moved += row->marks[i] != 0;
	return moved == 0;
}

static bool
refuse(struct intake *in, const struct amendment_row *row, struct str text,
    const char *hint)
{
	struct complaint *c = diag_error(
	    in->sc->diag, intake_place(in, &row->at), "%.*s", STR_ARG(text));

	c->value = school_ref_text(in->sc->mem, &row->school);
	c->hint = str_of(hint);
	return false;
}

/* Why these appeals cannot be applied, whatever they say; true: they can. */
static bool
is_exact(struct intake *in, const struct amendment_row *row,
    const struct vocabulary_procedure *p, enum rc found,
    const struct q_result *now)
{
	struct arena *mem = in->sc->mem;

	if (row->unknown)
		return refuse(in, row,
		    arena_fmt(mem,
			N_("Апелляции не учтены: в файле не сказано, каким "
			   "результат был до них (людей: %d)."),
			row->unknown),
		    N_("Загрузите протокол, выгруженный после апелляций."));
	if (found == RC_NOT_FOUND)
		return refuse(in, row,
		    arena_fmt(mem,
			N_("Апелляции не учтены: результата, который они "
			   "меняют, в базе нет (%.*s, %.*s)."),
			STR_ARG(p->title), STR_ARG(syear_ru(mem, row->year))),
		    N_("Сначала загрузите протокол, потом апелляции."));
	if (now->is_amended && now->load.v != in->load.v)
		return refuse(in, row,
		    arena_fmt(mem,
			N_("Апелляции не учтены: к этому результату они уже "
			   "применены загрузкой № %lld, а те же это люди или "
			   "другие, по числам не узнать."),
			(long long)now->load.v),
		    N_("Загрузите протокол, выгруженный после апелляций, или "
		       "отмените ту загрузку и загрузите все апелляции одним "
		       "файлом."));
	return true;
}

static void
say_taken_for_granted(struct intake *in, const struct amendment_row *row)
{
	if (in->said_appeals)
		return;
	in->said_appeals = true;
	(void)diag_warning(in->sc->diag, intake_place(in, &row->at),
	    N_("Апелляции применены к загруженным числам. Это верно, если "
	       "протокол выгружен до апелляций и они не о пересдачах: "
	       "проверьте, что было и что стало."));
}

/* Within one load: the protocol or other appeals stand in the same file. */
static enum rc
change_in_place(struct intake *in, const struct amendment_row *row,
    const struct q_result *now, const struct counts *c)
{
	const struct q_result_amend_in amend = {
	    .municipality = in->sc->actor.municipality,
	    .year = row->year,
	    .school = now->school,
	    .procedure = row->procedure,
	    .revision = now->revision,
	    .failed = c->failed,
	    .mark2 = c->marks[0],
	    .mark3 = c->marks[1],
	    .mark4 = c->marks[2],
	    .mark5 = c->marks[3]};

	return q_result_amend(in->sc->db, &amend);
}

static enum rc
revise(struct intake *in, const struct amendment_row *row,
    const struct q_result *now, const struct counts *c)
{
	municipality_id place = in->sc->actor.municipality;
	const struct q_result_retire_in retire = {.municipality = place,
	    .year = row->year,
	    .school = now->school,
	    .procedure = row->procedure,
	    .revision = now->revision};
	const struct q_result_add_in add = {.municipality = place,
	    .year = row->year,
	    .school = now->school,
	    .procedure = row->procedure,
	    .participants = c->participants,
	    .failed = c->failed,
	    .mark2 = c->marks[0],
	    .mark3 = c->marks[1],
	    .mark4 = c->marks[2],
	    .mark5 = c->marks[3],
	    .left_out = now->left_out,
	    .is_after_retake = now->is_after_retake,
	    .is_amended = true,
	    .load = in->load,
	    .school_ref = school_ref_text(in->scratch, &row->school),
	    .sheet = row->at.sheet,
	    .row_number = row->at.row,
	    .last_row = row->at.last_row ? row->at.last_row : row->at.row,
	    .column_name = row->at.column};
	enum rc rc = q_result_retire(in->sc->db, &retire);

	return rc == RC_OK ? intake_add_revision(in, &add) : rc;
}

/* False: the row is refused. */
static bool
apply(struct intake *in, const struct amendment_row *row,
    const struct match *school, const struct vocabulary_procedure *p)
{
	struct q_result now;
	enum rc rc = q_result_current(in->sc->db, in->scratch,
	    in->sc->actor.municipality, row->year, school->school,
	    row->procedure, &now);

	if (rc != RC_NOT_FOUND && !intake_ok(in, rc))
		return true;
	if (!is_exact(in, row, p, rc, &now))
		return false;
	if (changes_nothing(row)) {
		in->same++;
		return true;
	}

	struct counts c = counts_of(&now);
	struct str was =
	    intake_counts_text(in->scratch, now.failed, now.participants);
	if (!amend(&c, row))
		return refuse(in, row,
		    arena_fmt(in->sc->mem,
			N_("Апелляции не учтены: они не сходятся с "
			   "загруженными числами (не справились %.*s)."),
			STR_ARG(was)),
		    N_("Похоже, протокол выгружен после апелляций и они в нём "
		       "уже учтены."));
	say_taken_for_granted(in, row);
	rc = now.load.v == in->load.v ? change_in_place(in, row, &now, &c) :
					revise(in, row, &now, &c);
	if (intake_ok(in, rc))
		intake_note(in, CHANGE_CHANGED, school, row->year, p->title,
		    was,
		    intake_counts_text(in->scratch, c.failed, c.participants));
	return true;
}

void
intake_take_amendment(void *ctx, const struct amendment_row *given)
{
	struct intake *in = ctx;
	struct amendment_row row = *given;
	struct match school;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;
	row.year = intake_year(in, row.year, &row.at);
	if (!row.year.first)
		intake_say_no_year(in, &row.at);

	const struct vocabulary_procedure *p =
	    intake_procedure(in, row.procedure, &row.at);
	bool good = intake_school(in, &row.school, &row.at, &school) && p &&
		    row.year.first;
	if (!good || !apply(in, &row, &school, p))
		intake_refuse(in, &row.at);
	arena_reset(in->scratch);
}
