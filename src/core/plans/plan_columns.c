/* plan_columns.c - which columns does this plan print, and what stands over them? */
#include "core/plans/plan_columns.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "core_data.h" /* written by tools/embed.py */
#include "store/q_plans.h"

enum { COL_SET, COL_TABLE, COL_COLUMN, COL_HEADING, COL_WIDTH, COL_TITLE };

const char *const print_column_codes[PRINT_COLUMN_COUNT] = {
    [PRINT_NUMBER] = "number",
    [PRINT_TITLE] = "title",
    [PRINT_SCHOOL_PART] = "school_part",
    [PRINT_DEADLINE] = "deadline",
    [PRINT_RESPONSIBLE] = "responsible",
    [PRINT_RESULT] = "result",
    [PRINT_INDICATOR] = "indicator",
    [PRINT_REPORT_FORM] = "report_form",
    [PRINT_NOTE] = "note",
    [PRINT_MARK] = "mark",
};

bool
print_column_parse(struct str code, enum print_column *ret)
{
	for (enum print_column c = 0; c < PRINT_COLUMN_COUNT; c++)
		if (str_eq(code, str_of(print_column_codes[c]))) {
			*ret = c;
			return true;
		}
	return false;
}

struct str
measure_cell(const struct q_measure *m, enum print_column column)
{
	switch (column) {
	case PRINT_NUMBER:
		return m->number;
	case PRINT_TITLE:
		return m->title;
	case PRINT_SCHOOL_PART:
		return m->school_part;
	case PRINT_DEADLINE:
		return m->deadline;
	case PRINT_RESPONSIBLE:
		return m->responsible;
	case PRINT_RESULT:
		return m->result;
	case PRINT_INDICATOR:
		return m->indicator;
	case PRINT_REPORT_FORM:
		return m->report_form;
	case PRINT_NOTE:
		return m->note;
	case PRINT_MARK:
	case PRINT_COLUMN_COUNT:
		break;
	}
	return S("");
}

static struct tsv
table(void)
{
	const struct embedded *f =
	    embedded_find(&core_data, S("plan-columns.tsv"));

	MUST(f);
	return tsv_open(f->bytes);
}

/* One column as a set of the table prints it. */
static bool
find_column(struct str set, struct str of_table, enum print_column column,
    struct printed_column *ret)
{
	struct tsv t = table();
	int64_t width;

	while (tsv_next(&t)) {
		if (!str_eq(t.cells[COL_SET], set) ||
		    !str_eq(t.cells[COL_TABLE], of_table) ||
		    !str_eq(t.cells[COL_COLUMN],
			str_of(print_column_codes[column])))
			continue;
		MUST(str_to_int(t.cells[COL_WIDTH], &width));
		*ret = (struct printed_column){
		    column, t.cells[COL_HEADING], (uint16_t)width};
		return true;
	}
	return false;
}

bool
printed_columns_have(const struct printed_columns *c, enum print_column column)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->all[i].column == column)
			return true;
	return false;
}

void
printed_columns_add(struct printed_columns *c, enum print_column column)
{
	struct printed_column new;
	size_t at = c->n;

	if (printed_columns_have(c, column))
		return;
	MUST(find_column(S("any"), S("measures"), column, &new));
	while (at > 0 && c->all[at - 1].column > column)
		at--;
	for (size_t i = c->n; i > at; i--)
		c->all[i] = c->all[i - 1];
	c->all[at] = new;
	c->n++;
}

void
printed_columns_drop(struct printed_columns *c, enum print_column column)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->all[i].column != column)
			c->all[n++] = c->all[i];
	c->n = n;
}

struct str
printed_columns_codes(struct arena *mem, const struct printed_columns *c)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < c->n; i++)
		buf_fmt(&b, "%s%s", i ? " " : "",
		    print_column_codes[c->all[i].column]);
	return buf_str(&b);
}

/* ---- sets ---- */

/* The set begins at its first row, which also carries its title. */
size_t
column_sets(struct arena *mem, struct column_set ret[COLUMN_SETS_MOST])
{
	struct tsv t = table();
	size_t n = 0;

	while (tsv_next(&t)) {
		struct column_set *last = n ? &ret[n - 1] : NULL;

		if (last && str_eq(last->code, t.cells[COL_SET])) {
			last->columns =
			    arena_fmt(mem, "%.*s %.*s", STR_ARG(last->columns),
				STR_ARG(t.cells[COL_COLUMN]));
			continue;
		}
		if (!t.cells[COL_TITLE].n)
			break;
		MUST(n < COLUMN_SETS_MOST);
		ret[n++] = (struct column_set){
		    t.cells[COL_SET], t.cells[COL_TITLE], t.cells[COL_COLUMN]};
	}
	return n;
}

static bool
set_is(struct str set, const struct printed_columns *c)
{
	struct tsv t = table();
	size_t n = 0;

	while (tsv_next(&t)) {
		if (!str_eq(t.cells[COL_SET], set))
			continue;
		if (n >= c->n ||
		    !str_eq(t.cells[COL_COLUMN],
			str_of(print_column_codes[c->all[n].column])))
			return false;
		n++;
	}
	return n == c->n;
}

/* The set that has these very columns, or "any". */
static struct str
set_of(const struct printed_columns *c)
{
	struct tsv t = table();
	struct str last = {0};

	while (tsv_next(&t)) {
		if (str_eq(last, t.cells[COL_SET]))
			continue;
		last = t.cells[COL_SET];
		if (t.cells[COL_TITLE].n && set_is(last, c))
			return last;
	}
	return S("any");
}

struct printed_columns
printed_columns_of(struct str codes)
{
	struct printed_columns c = {0};
	enum print_column column;
	struct str code;

	if (!str_trim(codes).n)
		codes = S("number title deadline responsible result");
	while (str_split(&codes, ' ', &code))
		if (print_column_parse(code, &column) &&
		    !printed_columns_have(&c, column))
			c.all[c.n++] =
			    (struct printed_column){.column = column};
	const struct str set = set_of(&c);
	for (size_t i = 0; i < c.n; i++)
		MUST(find_column(
		    set, S("measures"), c.all[i].column, &c.all[i]));
	return c;
}

struct printed_columns
printed_columns_for(const char *of_table)
{
	struct printed_columns c = {0};
	struct tsv t = table();

	while (tsv_next(&t)) {
		enum print_column column;

		if (!str_eq(t.cells[COL_SET], S("any")) ||
		    !str_eq(t.cells[COL_TABLE], str_of(of_table)))
			continue;
		MUST(print_column_parse(t.cells[COL_COLUMN], &column));
		MUST(find_column(
		    S("any"), str_of(of_table), column, &c.all[c.n++]));
	}
	return c;
}
