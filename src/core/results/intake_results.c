/* intake_results.c - one row of results: added, the same, changed, summed. */
#include "convert/counts.h"
#include "core/results/intake_own.h"
#include "store/q_results.h"

static const char head[] =
    "school,year,procedure,participants,failed,mark2,mark3,mark4,mark5";

static struct str
number(struct arena *mem, int64_t n)
{
	return n < 0 ? S("") : arena_fmt(mem, "%lld", (long long)n);
}

static void
refuse(struct intake *in, const struct result_row *row)
{
	struct arena *mem = in->sc->mem;
	char year[SYEAR_TEXT];
	const struct str cells[] = {
	    arena_str(mem, row->school.login.n ? row->school.login :
			   row->school.code.n  ? row->school.code :
						 row->school.name),
	    arena_str(mem, str_of(syear_text(row->year, year))),
	    arena_str(mem, row->procedure), number(mem, row->participants),
	    number(mem, row->failed), number(mem, row->marks[0]),
	    number(mem, row->marks[1]), number(mem, row->marks[2]),
	    number(mem, row->marks[3])};

	intake_refuse(in, head, cells, COUNT_OF(cells));
}

static const struct vocabulary_procedure *
procedure_of(const struct intake *in, struct str code)
{
	const struct vocabulary *words = in->options.words;

	for (size_t i = 0; i < words->n_procedures; i++)
		if (str_eq(code, words->procedures[i].code))
			return &words->procedures[i];
	return NULL;
}

/* The year and procedure of the row, from the file or from the person. */
static const struct vocabulary_procedure *
place_in_time(struct intake *in, struct result_row *row)
{
	struct place at = intake_place(in, &row->at);

	row->year = intake_year(in, row->year, &row->at);
	if (!row->year.first) {
		diag_error(in->sc->diag, at,
		    N_("Файл не говорит, за какой он учебный год."))
		    ->hint = S("Укажите год: --year 2023/2024.");
		return NULL;
	}
	if (!row->procedure.n)
		row->procedure = in->options.procedure;
	if (!row->procedure.n) {
		diag_error(in->sc->diag, at,
		    N_("Файл не говорит, какая это процедура."))
		    ->hint = S("Укажите её: --procedure vpr-math-5.");
		return NULL;
	}
	const struct vocabulary_procedure *p = procedure_of(in, row->procedure);
	if (!p) {
		struct complaint *c = diag_error(
		    in->sc->diag, at, N_("Такой процедуры в списке нет."));
		c->value = arena_str(in->sc->mem, row->procedure);
		c->expected = S("код из списка процедур, например vpr-math-5");
	}
	return p;
}

static struct opt_int
known(int32_t n)
{
	return n < 0 ? (struct opt_int){0} : opt_int(n);
}

static int64_t
left_out(const struct result_row *r)
{
	return (int64_t)r->left_out_retake + r->left_out_previous +
	       r->left_out_absent + r->left_out_gve;
}

static enum rc
add_revision(struct intake *in, const struct result_row *row, school_id school)
{
	struct q_result_last_revision last;
	municipality_id place = in->sc->actor.municipality;
	enum rc rc = q_result_last_revision(in->sc->db, in->scratch, place,
	    row->year, school, row->procedure, &last);

	if (rc != RC_OK)
		return rc;
	const struct q_result_add_in add = {.municipality = place,
	    .year = row->year,
	    .school = school,
	    .procedure = row->procedure,
	    .revision = last.revision + 1,
	    .participants = row->participants,
	    .failed = row->failed,
	    .mark2 = known(row->marks[0]),
	    .mark3 = known(row->marks[1]),
	    .mark4 = known(row->marks[2]),
	    .mark5 = known(row->marks[3]),
	    .left_out = left_out(row),
	    .is_after_retake = row->only_after_retake,
	    .load = in->load,
	    .school_ref = school_ref_text(in->scratch, &row->school),
	    .sheet = row->at.sheet,
	    .row_number = row->at.row,
	    .last_row = row->at.last_row ? row->at.last_row : row->at.row,
	    .column_name = row->at.column};
	return q_result_add(in->sc->db, &add);
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
	    .mark2 = known(row->marks[0]),
	    .mark3 = known(row->marks[1]),
	    .mark4 = known(row->marks[2]),
	    .mark5 = known(row->marks[3]),
	    .left_out = left_out(row),
	    .school_ref = arena_fmt(in->scratch, "%.*s + %.*s",
		STR_ARG(now->school_ref), STR_ARG(ref)),
	    .last_row = row->at.last_row ? row->at.last_row : row->at.row};
	diag_note(in->sc->diag, intake_place(in, &row->at),
	    N_("Вторая строка той же школы: её числа прибавлены к первой."));
	return intake_ok(in, q_result_sum(in->sc->db, &sum));
}

static struct str
counts_text(struct arena *mem, int64_t failed, int64_t participants)
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
		struct opt_int is = known(row->marks[i]);
		if (is.is_known != was[i].is_known ||
		    (is.is_known && is.v != was[i].v))
			return false;
	}
	return now->participants == row->participants &&
	       now->failed == row->failed;
}

/* False: the row is refused. */
static bool
apply(struct intake *in, const struct result_row *row,
    const struct match *school, const struct vocabulary_procedure *p)
{
	struct q_result now;
	enum rc rc = q_result_current(in->sc->db, in->scratch,
	    in->sc->actor.municipality, row->year, school->school,
	    row->procedure, &now);
	struct str becomes =
	    counts_text(in->scratch, row->failed, row->participants);

	if (rc == RC_NOT_FOUND) {
		if (intake_ok(in, add_revision(in, row, school->school)))
			intake_note(in, CHANGE_ADDED, school, row->year,
			    p->title, S(""), becomes);
		return true;
	}
	if (!intake_ok(in, rc))
		return true;
	if (now.load.v == in->load.v)
		return add_up(in, row, &now);
	if (same_marks(&now, row)) {
		in->same++;
		return true;
	}
	const struct q_result_retire_in retire = {
	    .municipality = in->sc->actor.municipality,
	    .year = row->year,
	    .school = school->school,
	    .procedure = row->procedure,
	    .revision = now.revision};
	if (intake_ok(in, q_result_retire(in->sc->db, &retire)) &&
	    intake_ok(in, add_revision(in, row, school->school)))
		intake_note(in, CHANGE_CHANGED, school, row->year, p->title,
		    counts_text(in->scratch, now.failed, now.participants),
		    becomes);
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
		    ->value =
		    counts_text(in->sc->mem, row.failed, row.participants);
	bool good =
	    intake_school(in, &row.school, &row.at, &school) && p && !fault;
	if (!good || !apply(in, &row, &school, p))
		refuse(in, &row);
	arena_reset(in->scratch);
}
