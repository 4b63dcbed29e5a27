/* recognise_data.c - the tables of data/ that say what a file does not. */
#include "base/tsv.h"
#include "convert/recognise_parts.h"

/* Which of a table's names stands where, for the complaint and the count. */
struct table {
	const char *name;
	size_t columns; /* at least so many filled in a row */
};

typedef void (*row_reader)(struct arena *mem, const struct str *cells,
    struct diag *d, struct place at, struct recognise_data *data);

static int64_t
number(struct str s, struct diag *d, struct place at)
{
	int64_t value = 0;

	if (!str_to_int(s, &value) || value < INT32_MIN || value > INT32_MAX) {
		struct complaint *c =
		    diag_error(d, at, N_("Здесь должно быть целое число."));
		c->value = s;
		return 0;
	}
	return value;
}

static void
each_row(struct arena *mem, const struct table *t, struct str text,
    row_reader read, struct diag *d, struct recognise_data *data)
{
	struct tsv rows = tsv_open(text);

	while (tsv_next(&rows)) {
		struct place at = {.file = str_of(t->name), .row = rows.line};

		if (rows.n < t->columns)
			(void)diag_error(d, at,
			    N_("В строке таблицы меньше граф, чем нужно."));
		else
			read(mem, rows.cells, d, at, data);
	}
}

static void
read_subject(struct arena *mem, const struct str *c, struct diag *d,
    struct place at, struct recognise_data *data)
{
	*vec_push(mem, &data->subjects) = (struct subject_code){
	    .level = c[0], .code = c[1], .procedure = c[2], .names = c[3]};
}

static void
read_threshold(struct arena *mem, const struct str *c, struct diag *d,
    struct place at, struct recognise_data *data)
{
	*vec_push(mem, &data->thresholds) = (struct exam_threshold){
	    .from = (int32_t)number(c[0], d, at),
	    .to = (int32_t)number(c[1], d, at),
	    .procedure = c[2],
	    .scale = c[3],
	    .least = (int32_t)number(c[4], d, at),
	};
}

static void
read_scale(struct arena *mem, const struct str *c, struct diag *d,
    struct place at, struct recognise_data *data)
{
	*vec_push(mem, &data->scales) = (struct vpr_scale){
	    .from = (int32_t)number(c[0], d, at),
	    .to = (int32_t)number(c[1], d, at),
	    .subject_grade = c[2],
	    .upper = {(int32_t)number(c[3], d, at),
		(int32_t)number(c[4], d, at), (int32_t)number(c[5], d, at)},
	    .top = c[6].n ? (int32_t)number(c[6], d, at) : -1,
	};
}

/* "07-04" to 704. */
static int32_t
month_day(struct str s, struct diag *d, struct place at)
{
	return (int32_t)(number(str_cut(s, 0, 2), d, at) * 100 +
			 number(str_from(s, 3), d, at));
}

static void
read_retake(struct arena *mem, const struct str *c, struct diag *d,
    struct place at, struct recognise_data *data)
{
	*vec_push(mem, &data->retakes) = (struct retake_days){
	    .level = c[0],
	    .from = (int32_t)number(c[1], d, at),
	    .to = (int32_t)number(c[2], d, at),
	    .first_day = month_day(c[3], d, at),
	    .last_day = month_day(c[4], d, at),
	};
}

static void
read_element(struct arena *mem, const struct str *c, struct diag *d,
    struct place at, struct recognise_data *data)
{
	*vec_push(mem, &data->elements) = (struct observed_element){
	    .code = c[0],
	    .is_share = str_eq(c[2], S("share")),
	    .is_count = str_eq(c[2], S("count")),
	    .title = text_fold(mem, c[3]),
	};
}

enum rc
recognise_data_read(struct arena *mem, const struct recognise_texts *texts,
    struct diag *d, struct recognise_data *ret)
{
	struct recognise_data data = {0};

	const struct {
		struct table table;
		struct str text;
		row_reader read;
	} tables[] = {
	    {{"subject-codes.tsv", 4}, texts->subject_codes, read_subject},
	    {{"thresholds.tsv", 5}, texts->thresholds, read_threshold},
	    {{"scales/vpr.tsv", 6}, texts->vpr_scales, read_scale},
	    {{"retakes.tsv", 5}, texts->retakes, read_retake},
	    {{"elements.tsv", 4}, texts->elements, read_element},
	};

	size_t before = d->errors;

	for (size_t i = 0; i < COUNT_OF(tables); i++)
		each_row(mem, &tables[i].table, tables[i].text, tables[i].read,
		    d, &data);
	if (d->errors != before)
		return RC_INVALID;
	*ret = data;
	return RC_OK;
}

/* "1", "01" and "1.0" are one code. */
static bool
same_code(struct str a, struct str b)
{
	int64_t x, y;

	a = cell_code(a);
	b = cell_code(b);
	if (str_to_int(a, &x) && str_to_int(b, &y))
		return x == y;
	return a.n > 0 && str_eq(a, b);
}

const struct subject_code *
subject_by_code(
    const struct recognise_data *data, struct str level, struct str code)
{
	vec_each(struct subject_code, s, &data->subjects)
		if (str_eq(s->level, level) && same_code(s->code, code))
			return s;
	return NULL;
}

static bool
is_letter_at(struct str s, size_t i)
{
	if (i >= s.n)
		return false;
	unsigned char c = (unsigned char)s.p[i];
	return c >= 0x80 || (c >= 'a' && c <= 'z');
}

/* The letter before place i of UTF-8 text: its last byte decides. */
static bool
is_whole_word(struct str text, size_t at, size_t n)
{
	return !(at > 0 && is_letter_at(text, at - 1)) &&
	       !is_letter_at(text, at + n);
}

/* Bytes of the longest of the names that stands in the text as a word. */
static size_t
longest_name(struct str names, struct str text)
{
	struct str name;
	size_t best = 0;

	while (str_split(&names, '|', &name)) {
		size_t from = 0;
		ptrdiff_t at;
		while (name.n > best &&
		       (at = str_find(str_from(text, from), name)) >= 0) {
			if (is_whole_word(text, from + (size_t)at, name.n))
				best = name.n;
			from += (size_t)at + name.n;
		}
	}
	return best;
}

bool
names_in_text(struct str names, struct str folded)
{
	return longest_name(names, folded) > 0;
}

const struct subject_code *
subject_in_text(
    const struct recognise_data *data, struct str level, struct str folded)
{
	const struct subject_code *best = NULL;
	size_t best_n = 0;

	vec_each(struct subject_code, s, &data->subjects) {
		if (!str_eq(s->level, level))
			continue;
		size_t n = longest_name(s->names, folded);
		if (n > best_n) {
			best = s;
			best_n = n;
		}
	}
	return best;
}

struct str
procedure_at_grade(
    struct arena *mem, const struct subject_code *s, int64_t grade)
{
	ptrdiff_t at = str_find(s->procedure, S("{grade}"));

	if (at < 0)
		return s->procedure;
	return arena_fmt(
	    mem, "%.*s%lld", (int)at, s->procedure.p, (long long)grade);
}

const struct exam_threshold *
threshold_of(const struct recognise_data *data, struct str procedure,
    struct str scale, int32_t calendar_year, bool *ret_exact)
{
	const struct exam_threshold *nearest = NULL;

	*ret_exact = false;
	vec_each(struct exam_threshold, t, &data->thresholds) {
		if (!str_eq(t->procedure, procedure) ||
		    !str_eq(t->scale, scale))
			continue;
		if (calendar_year >= t->from && calendar_year <= t->to) {
			*ret_exact = true;
			return t;
		}
		if (calendar_year > t->to && (!nearest || t->to > nearest->to))
			nearest = t;
	}
	return nearest;
}

const struct vpr_scale *
scale_of(const struct recognise_data *data, struct str procedure,
    int32_t calendar_year)
{
	if (!str_starts(procedure, S("vpr-")))
		return NULL;

	struct str work = str_from(procedure, 4);
	vec_each(struct vpr_scale, s, &data->scales)
		if (str_eq(s->subject_grade, work) &&
		    calendar_year >= s->from && calendar_year <= s->to)
			return s;
	return NULL;
}

bool
is_retake_day(
    const struct recognise_data *data, struct str level, struct date day)
{
	if (date_is_none(day))
		return false;

	struct civil c = date_civil(day);
	int32_t in_year = c.month * 100 + c.day;
	vec_each(struct retake_days, r, &data->retakes)
		if (str_eq(r->level, level) && c.year >= r->from &&
		    c.year <= r->to && in_year >= r->first_day &&
		    in_year <= r->last_day)
			return true;
	return false;
}

const struct observed_element *
element_of(
    const struct recognise_data *data, struct str text, struct arena *scratch)
{
	vec_each(struct observed_element, e, &data->elements)
		if (str_eq(e->code, text))
			return e;

	struct str folded = text_fold(scratch, text);
	vec_each(struct observed_element, e, &data->elements)
		if (str_eq(e->code, folded) || str_eq(e->title, folded))
			return e;
	return NULL;
}
