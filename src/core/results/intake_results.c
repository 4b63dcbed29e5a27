/* intake_results.c - one row of results: added, the same, changed, summed. */
#include "convert/counts.h"
#include "core/results/intake_own.h"

const struct vocabulary_procedure *
intake_procedure(
    struct intake *in, struct str code, const struct source_cell *at)
{
	const struct vocabulary *words = in->options.words;
	ptrdiff_t place = vocabulary_procedure_find(words, code);

	if (place >= 0)
		return &words->procedures[place];
	struct complaint *c = diag_error(in->sc->diag, intake_place(in, at),
	    N_("Такой процедуры в списке нет."));
	c->value = arena_str(in->sc->mem, code);
	c->expected = S("код из списка процедур, например vpr-math-5");
	return NULL;
}

void
intake_say_no_year(struct intake *in, const struct source_cell *at)
{
	diag_error(in->sc->diag, intake_place(in, at),
	    N_("Файл не говорит, за какой он учебный год."))
	    ->hint = S("Укажите год: --year 2023/2024.");
}

/* The year and procedure of the row, from the file or from the person. */
static const struct vocabulary_procedure *
place_in_time(struct intake *in, struct result_row *row)
{
	row->year = intake_year(in, row->year, &row->at);
	if (!row->year.first) {
		intake_say_no_year(in, &row->at);
		return NULL;
	}
	if (!row->procedure.n)
		row->procedure = in->options.procedure;
	if (!row->procedure.n) {
		diag_error(in->sc->diag, intake_place(in, &row->at),
		    N_("Файл не говорит, какая это процедура."))
		    ->hint = S("Укажите её: --procedure vpr-math-5.");
		return NULL;
	}
	return intake_procedure(in, row->procedure, &row->at);
}

struct opt_int
intake_known(int32_t n)
{
	return n < 0 ? (struct opt_int){0} : opt_int(n);
}

static int64_t
left_out(const struct result_row *r)
{
	return (int64_t)r->left_out_retake + r->left_out_previous +
	       r->left_out_absent + r->left_out_gve;
}

enum rc
intake_add_revision(struct intake *in, const struct q_result_add_in *row)
{
	struct q_result_add_in add = *row;
	struct q_result_last_revision last;
	int64_t added;
	enum rc rc = q_result_last_revision(in->sc->db, in->scratch,
	    add.municipality, add.year, add.school, add.procedure, &last);

	if (rc != RC_OK)
		return rc;
	add.revision = last.revision + 1;
	rc = q_result_add(in->sc->db, &add, &added);
	return rc == RC_OK && !added ? RC_CONFLICT : rc;
}

static struct q_result_add_in
revision_of(struct intake *in, const struct result_row *row, school_id school)
{
	return (struct q_result_add_in){
	    .municipality = in->sc->actor.municipality,
	    .year = row->year,
	    .school = school,
	    .procedure = row->procedure,
	    .participants = row->participants,
	    .failed = row->failed,
	    .mark2 = intake_known(row->marks[0]),
	    .mark3 = intake_known(row->marks[1]),
	    .mark4 = intake_known(row->marks[2]),
	    .mark5 = intake_known(row->marks[3]),
	    .left_out = left_out(row),
	    .is_after_retake = row->only_after_retake,
	    .load = in->load,
	    .school_ref = school_ref_text(in->scratch, &row->school),
	    .sheet = row->at.sheet,
	    .row_number = row->at.row,
	    .last_row = row->at.last_row ? row->at.last_row : row->at.row,
	    .column_name = row->at.column};
}

/*
 * BASIS: domain 10.12 - a school with two logins has two rows in one file:
 * their counts are added before any share is looked at.
 */
static bool
add_up(
    struct intake *in, const struct result_row *row, const struct q_result *now)
{
	struct str ref = school_ref_text(in->scratch, &row->school);
	struct str rest = now->school_ref, part;

	for (; str_split(&rest, '+', &part);)
		if (str_eq(str_trim(part), ref)) {
			diag_error(in->sc->diag, intake_place(in, &row->at),
			    N_("Школа по этой процедуре стоит в файле дважды, "
			       "первый раз в строке %lld."),
			    (long long)now->row_number)
			    ->value = arena_str(in->sc->mem, ref);
			return false;
		}
	const struct q_result_sum_in sum = {
	    .municipality = in->sc->actor.municipality,
	    .year = row->year,
	    .school = now->school,
	    .procedure = row->procedure,
	    .revision = now->revision,
	    .participants = row->participants,
	    .failed = row->failed,
	    .mark2 = intake_known(row->marks[0]),
	    .mark3 = intake_known(row->marks[1]),
	    .mark4 = intake_known(row->marks[2]),
	    .mark5 = intake_known(row->marks[3]),
	    .left_out = left_out(row),
	    .school_ref = arena_fmt(in->scratch, "%.*s + %.*s",
		STR_ARG(now->school_ref), STR_ARG(ref)),
	    .last_row = row->at.last_row ? row->at.last_row : row->at.row};
	diag_note(in->sc->diag, intake_place(in, &row->at),
	    N_("Вторая строка той же школы: её числа прибавлены к первой."));
	return intake_ok(in, q_result_sum(in->sc->db, &sum));
}

struct str
intake_counts_text(struct arena *mem, int64_t failed, int64_t participants)
{
	return arena_fmt(
	    mem, "%lld из %lld", (long long)failed, (long long)participants);
}

static bool
same_marks(const struct q_result *now, const struct result_row *row)
{
	const struct opt_int was[] = {
	    now->mark2, now->mark3, now->mark4, now->mark5};

	for (int i = 0; i < 4; i++) {
		struct opt_int is = intake_known(row->marks[i]);
		if (is.is_known != was[i].is_known ||
		    (is.is_known && is.v != was[i].v))
			return false;
	}
	return now->participants == row->participants &&
	       now->failed == row->failed;
}

/* Another number than the one that stands: the next revision. */
static void
correct(struct intake *in, const struct q_result_add_in *row,
    const struct q_result *now, const struct match *school,
    const struct vocabulary_procedure *p)
{
	const struct q_result_retire_in retire = {
	    .municipality = row->municipality,
	    .year = row->year,
	    .school = row->school,
	    .procedure = row->procedure,
	    .revision = now->revision};

	if (intake_ok(in, q_result_retire(in->sc->db, &retire)) &&
	    intake_ok(in, intake_add_revision(in, row)))
		intake_note(in, CHANGE_CHANGED, school, row->year, p->title,
		    intake_counts_text(
			in->scratch, now->failed, now->participants),
		    intake_counts_text(
			in->scratch, row->failed, row->participants));
}

static void
note_added(struct intake *in, const struct q_result_add_in *row,
    const struct match *school, const struct vocabulary_procedure *p)
{
	intake_note(in, CHANGE_ADDED, school, row->year, p->title, S(""),
	    intake_counts_text(in->scratch, row->failed, row->participants));
}

/* As the first of its number; false: it is not the first. */
static bool
put_first(struct intake *in, const struct q_result_add_in *row,
    const struct match *school, const struct vocabulary_procedure *p)
{
	struct q_result_add_in first = *row;
	int64_t added = 0;

	first.revision = 1;
	if (!intake_ok(in, q_result_add(in->sc->db, &first, &added)))
		return true;
	if (added)
		note_added(in, row, school, p);
	return added != 0;
}

/*
 * Files are new or known as a whole, so each row is taken for what the one
 * before it was: put in without asking, or asked about first.  False: the row
 * is refused.
 */
static bool
apply(struct intake *in, const struct result_row *row,
    const struct match *school, const struct vocabulary_procedure *p)
{
	const struct q_result_add_in add = revision_of(in, row, school->school);
	struct q_result now;

	if (!in->was_there && put_first(in, &add, school, p))
		return true;
	enum rc rc = q_result_current(in->sc->db, in->scratch, add.municipality,
	    add.year, add.school, add.procedure, &now);
	in->was_there = rc == RC_OK;
	if (rc == RC_NOT_FOUND) { /* new, or what was there is withdrawn */
		if (intake_ok(in, intake_add_revision(in, &add)))
			note_added(in, &add, school, p);
		return true;
	}
	if (!intake_ok(in, rc))
		return true;
	if (now.load.v == in->load.v)
		return add_up(in, row, &now);
	if (same_marks(&now, row))
		in->same++;
	else
		correct(in, &add, &now, school, p);
	return true;
}

void
intake_take_result(void *ctx, const struct result_row *given)
{
	struct intake *in = ctx;
	struct result_row row = *given;
	struct match school;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;

	const struct vocabulary_procedure *p = place_in_time(in, &row);
	const char *fault = result_fault(&row);
	if (fault)
		diag_error(in->sc->diag, intake_place(in, &row.at), "%s", fault)
		    ->value = intake_counts_text(
		    in->sc->mem, row.failed, row.participants);
	bool good =
	    intake_school(in, &row.school, &row.at, &school) && p && !fault;
	if (!good || !apply(in, &row, &school, p))
		intake_refuse(in, &row.at);
	arena_reset(in->scratch);
}
