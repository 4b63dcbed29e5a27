/* record.c - typed rows as lines of text, out and back. */
#include "convert/record.h"

#include <string.h>

#include "base/vec.h"

/* ---- out ---- */

void
record_text(struct buf *b, struct str s)
{
	buf_char(b, '\t');
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

void
record_int(struct buf *b, int64_t n)
{
	buf_char(b, '\t');
	buf_int(b, n);
}

static struct buf
begin(struct record_out *out, char kind)
{
	struct buf b = buf_open(out->scratch, RECORD_LONGEST);

	buf_char(&b, kind);
	return b;
}

static void
end(struct record_out *out, struct buf *b, bool is_refused)
{
	out->take(out->ctx, buf_str(b), is_refused);
	arena_reset(out->scratch);
}

static void
put_ref(struct buf *b, const struct school_ref *ref)
{
	record_text(b, ref->login);
	record_text(b, ref->code);
	record_text(b, ref->name);
}

static void
put_at(struct buf *b, const struct source_cell *at)
{
	record_text(b, at->sheet);
	record_int(b, at->row);
	record_int(b, at->last_row);
	record_text(b, at->column);
}

static void
put_date(struct buf *b, struct date d)
{
	char text[DATE_TEXT];

	record_text(b, str_of(date_iso(d, text)));
}

static void
put_head(void *ctx, const struct file_head *h)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'h');

	record_int(&b, h->kind);
	record_text(&b, h->sheet);
	record_text(&b, h->profile);
	record_text(&b, h->procedure);
	record_int(&b, h->year.first);
	put_date(&b, h->dated);
	record_int(&b, h->is_autumn);
	record_int(&b, h->declared_participants);
	end(out, &b, false);
}

static void
put_result(void *ctx, const struct result_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'r');

	put_ref(&b, &r->school);
	record_text(&b, r->procedure);
	record_int(&b, r->year.first);
	record_int(&b, r->participants);
	record_int(&b, r->failed);
	for (int i = 0; i < 4; i++)
		record_int(&b, r->marks[i]);
	record_int(&b, r->left_out_retake);
	record_int(&b, r->left_out_previous);
	record_int(&b, r->left_out_absent);
	record_int(&b, r->left_out_gve);
	record_int(&b, r->without_first);
	record_int(&b, r->only_after_retake);
	record_int(&b, r->is_autumn);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_school(void *ctx, const struct school_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 's');

	record_text(&b, r->code);
	record_text(&b, r->name);
	record_text(&b, r->kind);
	record_text(&b, r->locality);
	record_int(&b, r->small);
	record_text(&b, r->logins);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_observation(void *ctx, const struct observation_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'o');

	put_ref(&b, &r->school);
	record_int(&b, r->period.first);
	record_text(&b, r->element);
	record_int(&b, r->is_known);
	record_int(&b, r->value.num);
	record_int(&b, r->value.den);
	record_text(&b, r->as_written);
	put_date(&b, r->dated);
	record_text(&b, r->source_note);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_official(void *ctx, const struct official_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'l');

	put_ref(&b, &r->school);
	record_text(&b, r->kind);
	record_text(&b, r->basis);
	record_text(&b, r->order_number);
	put_date(&b, r->order_date);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_bias(void *ctx, const struct bias_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'b');

	put_ref(&b, &r->school);
	record_int(&b, r->year.first);
	record_text(&b, r->marker);
	record_int(&b, r->is_set);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_reference(void *ctx, const struct reference_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'f');

	record_text(&b, r->name);
	record_text(&b, r->procedure);
	record_int(&b, r->year.first);
	record_int(&b, r->participants);
	for (int i = 0; i < 4; i++)
		record_text(&b, r->percent[i]);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_amendment(void *ctx, const struct amendment_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'a');

	put_ref(&b, &r->school);
	record_text(&b, r->procedure);
	record_int(&b, r->year.first);
	record_int(&b, r->people);
	record_int(&b, r->now_passed);
	record_int(&b, r->now_failed);
	record_int(&b, r->unknown);
	record_int(&b, r->has_marks);
	for (int i = 0; i < 4; i++)
		record_int(&b, r->marks[i]);
	put_at(&b, &r->at);
	end(out, &b, false);
}

static void
put_headings(void *ctx, const struct str *cells, size_t n)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'c');

	for (size_t i = 0; i < n; i++)
		record_text(&b, cells[i]);
	end(out, &b, true);
}

static void
put_unread(void *ctx, const struct str *cells, size_t n)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'u');

	for (size_t i = 0; i < n; i++)
		record_text(&b, cells[i]);
	end(out, &b, true);
}

static void
put_refused(void *ctx, const struct refused_row *r)
{
	struct record_out *out = ctx;
	struct buf b = begin(out, 'x');

	put_at(&b, &r->at);
	record_text(&b, r->back.sheet);
	record_int(&b, r->back.row);
	for (size_t i = 0; i < r->n; i++)
		record_text(&b, r->cells[i]);
	end(out, &b, true);
}

void
record_out_open(struct record_out *out, struct arena *scratch, void *ctx,
    void (*take)(void *ctx, struct str record, bool is_refused))
{
	*out = (struct record_out){.scratch = scratch,
	    .ctx = ctx,
	    .take = take,
	    .sink = {.ctx = out,
		.head = put_head,
		.headings = put_headings,
		.unread = put_unread,
		.school = put_school,
		.result = put_result,
		.observation = put_observation,
		.official = put_official,
		.bias = put_bias,
		.reference = put_reference,
		.amendment = put_amendment,
		.refused = put_refused}};
}

/* ---- back ---- */

void
record_split(struct record_in *in, struct str record)
{
	in->n = 0;
	in->at = 1;
	in->is_broken = false;
	while (in->n < RECORD_FIELDS &&
	       str_split(&record, '\t', &in->fields[in->n]))
		in->n++;
}

struct str
record_next_text(struct record_in *in)
{
	if (in->at >= in->n) {
		in->is_broken = true;
		return S("");
	}
	return in->fields[in->at++];
}

int64_t
record_next_int(struct record_in *in)
{
	int64_t n = 0;

	if (!str_to_int(record_next_text(in), &n))
		in->is_broken = true;
	return n;
}

static int32_t
next_count(struct record_in *in)
{
	int64_t n = record_next_int(in);

	if (n < INT32_MIN || n > INT32_MAX)
		in->is_broken = true;
	return in->is_broken ? 0 : (int32_t)n;
}

static uint32_t
next_row(struct record_in *in)
{
	int32_t n = next_count(in);

	if (n < 0)
		in->is_broken = true;
	return in->is_broken ? 0 : (uint32_t)n;
}

static struct syear
next_year(struct record_in *in)
{
	int64_t n = record_next_int(in);

	if (n != 0 && (n < 1990 || n > 2200))
		in->is_broken = true;
	return (struct syear){in->is_broken ? 0 : (int32_t)n};
}

static struct date
next_date(struct record_in *in)
{
	struct str text = record_next_text(in);
	struct date d = DATE_NONE;

	if (text.n && !date_parse(text, &d))
		in->is_broken = true;
	return d;
}

static struct school_ref
next_ref(struct record_in *in)
{
	struct school_ref r;

	r.login = record_next_text(in);
	r.code = record_next_text(in);
	r.name = record_next_text(in);
	return r;
}

static struct source_cell
next_at(struct record_in *in)
{
	struct source_cell c;

	c.sheet = record_next_text(in);
	c.row = next_row(in);
	c.last_row = next_row(in);
	c.column = record_next_text(in);
	return c;
}

static void
give_head(struct record_in *in, const struct row_sink *sink)
{
	struct file_head h = {0};
	int64_t kind = record_next_int(in);

	if (kind < 0 || kind >= FILE_KIND_COUNT)
		in->is_broken = true;
	h.kind = in->is_broken ? FILE_UNKNOWN : (enum file_kind)kind;
	h.sheet = record_next_text(in);
	h.profile = record_next_text(in);
	h.procedure = record_next_text(in);
	h.year = next_year(in);
	h.dated = next_date(in);
	h.is_autumn = record_next_int(in) != 0;
	h.declared_participants = next_count(in);
	if (!in->is_broken && sink->head)
		sink->head(sink->ctx, &h);
}

static void
give_result(struct record_in *in, const struct row_sink *sink)
{
	struct result_row r = {0};

	r.school = next_ref(in);
	r.procedure = record_next_text(in);
	r.year = next_year(in);
	r.participants = next_count(in);
	r.failed = next_count(in);
	for (int i = 0; i < 4; i++)
		r.marks[i] = next_count(in);
	r.left_out_retake = next_count(in);
	r.left_out_previous = next_count(in);
	r.left_out_absent = next_count(in);
	r.left_out_gve = next_count(in);
	r.without_first = next_count(in);
	r.only_after_retake = record_next_int(in) != 0;
	r.is_autumn = record_next_int(in) != 0;
	r.at = next_at(in);
	if (!in->is_broken && sink->result)
		sink->result(sink->ctx, &r);
}

static void
give_school(struct record_in *in, const struct row_sink *sink)
{
	struct school_row r = {0};

	r.code = record_next_text(in);
	r.name = record_next_text(in);
	r.kind = record_next_text(in);
	r.locality = record_next_text(in);
	r.small = record_next_int(in) != 0;
	r.logins = record_next_text(in);
	r.at = next_at(in);
	if (!in->is_broken && sink->school)
		sink->school(sink->ctx, &r);
}

static void
give_observation(struct record_in *in, const struct row_sink *sink)
{
	struct observation_row r = {0};

	r.school = next_ref(in);
	r.period = next_year(in);
	r.element = record_next_text(in);
	r.is_known = record_next_int(in) != 0;
	r.value.num = record_next_int(in);
	r.value.den = record_next_int(in);
	r.as_written = record_next_text(in);
	r.dated = next_date(in);
	r.source_note = record_next_text(in);
	r.at = next_at(in);
	if (r.is_known && r.value.den <= 0)
		in->is_broken = true;
	if (!in->is_broken && sink->observation)
		sink->observation(sink->ctx, &r);
}

static void
give_official(struct record_in *in, const struct row_sink *sink)
{
	struct official_row r = {0};

	r.school = next_ref(in);
	r.kind = record_next_text(in);
	r.basis = record_next_text(in);
	r.order_number = record_next_text(in);
	r.order_date = next_date(in);
	r.at = next_at(in);
	if (!in->is_broken && sink->official)
		sink->official(sink->ctx, &r);
}

static void
give_bias(struct record_in *in, const struct row_sink *sink)
{
	struct bias_row r = {0};

	r.school = next_ref(in);
	r.year = next_year(in);
	r.marker = record_next_text(in);
	r.is_set = record_next_int(in) != 0;
	r.at = next_at(in);
	if (!in->is_broken && sink->bias)
		sink->bias(sink->ctx, &r);
}

static void
give_reference(struct record_in *in, const struct row_sink *sink)
{
	struct reference_row r = {0};

	r.name = record_next_text(in);
	r.procedure = record_next_text(in);
	r.year = next_year(in);
	r.participants = record_next_int(in);
	for (int i = 0; i < 4; i++)
		r.percent[i] = record_next_text(in);
	r.at = next_at(in);
	if (!in->is_broken && sink->reference)
		sink->reference(sink->ctx, &r);
}

static void
give_amendment(struct record_in *in, const struct row_sink *sink)
{
	struct amendment_row r = {0};

	r.school = next_ref(in);
	r.procedure = record_next_text(in);
	r.year = next_year(in);
	r.people = next_count(in);
	r.now_passed = next_count(in);
	r.now_failed = next_count(in);
	r.unknown = next_count(in);
	r.has_marks = record_next_int(in) != 0;
	for (int i = 0; i < 4; i++)
		r.marks[i] = next_count(in);
	r.at = next_at(in);
	if (!in->is_broken && sink->amendment)
		sink->amendment(sink->ctx, &r);
}

static void
give_refused(struct record_in *in, const struct row_sink *sink)
{
	struct refused_row r = {.at = next_at(in)};

	r.back.sheet = record_next_text(in);
	r.back.row = next_row(in);
	if (in->is_broken)
		return;
	r.cells = &in->fields[in->at];
	r.n = in->n - in->at;
	if (sink->refused)
		sink->refused(sink->ctx, &r);
}

static void
give_headings(struct record_in *in, const struct row_sink *sink)
{
	if (sink->headings)
		sink->headings(sink->ctx, &in->fields[1], in->n - 1);
}

static void
give_unread(struct record_in *in, const struct row_sink *sink)
{
	if (sink->unread)
		sink->unread(sink->ctx, &in->fields[1], in->n - 1);
}

bool
record_give(struct arena *mem, struct str record, const struct row_sink *sink)
{
	static const struct {
		char kind;
		void (*give)(struct record_in *in, const struct row_sink *sink);
	} kinds[] = {{'h', give_head}, {'r', give_result}, {'s', give_school},
	    {'o', give_observation}, {'l', give_official}, {'b', give_bias},
	    {'f', give_reference}, {'a', give_amendment}, {'x', give_refused},
	    {'c', give_headings}, {'u', give_unread}};
	struct record_in *in = arena_raw(mem, sizeof *in);

	record_split(in, record);
	if (!in->n || in->fields[0].n != 1)
		return false;
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].kind == in->fields[0].p[0]) {
			kinds[i].give(in, sink);
			return !in->is_broken;
		}
	return false;
}
