/* staging.c - typed rows of an uploaded file kept as a draft. */
#include "core/results/staging.h"

#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "store/q_results.h"

/*
 * A record is one line of fields separated by tabs; its first field says
 * which row of rows.h it is.  Tabs and line ends inside a text become spaces:
 * they mean nothing in a name or a heading.
 */
struct staging {
	struct scope *sc;
	struct tx tx;
	enum rc rc;
	load_id load;
	enum file_kind kind;
	struct str profile;
	int64_t rows, refused;
	struct arena *scratch;
	struct str headings;
};

static void
put_text(struct buf *b, struct str s)
{
	buf_char(b, '\t');
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

static void
put_int(struct buf *b, int64_t n)
{
	buf_char(b, '\t');
	buf_int(b, n);
}

static void
put_ref(struct buf *b, const struct school_ref *ref)
{
	put_text(b, ref->login);
	put_text(b, ref->code);
	put_text(b, ref->name);
}

static void
put_at(struct buf *b, const struct source_cell *at)
{
	put_text(b, at->sheet);
	put_int(b, at->row);
	put_int(b, at->last_row);
	put_text(b, at->column);
}

static void
keep(struct staging *st, struct str record, bool is_refused)
{
	const struct q_load_row_add_in add = {
	    .municipality = st->sc->actor.municipality,
	    .load = st->load,
	    .number = is_refused ? st->refused++ : st->rows++,
	    .is_refused = is_refused,
	    .record = record};

	if (st->rc == RC_OK)
		st->rc = q_load_row_add(st->sc->db, &add);
	arena_reset(st->scratch);
}

static void
take_head(void *ctx, const struct file_head *head)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	if (st->kind == FILE_UNKNOWN) {
		st->kind = head->kind;
		st->profile = arena_str(st->sc->mem, head->profile);
	}
	buf_char(&b, 'h');
	put_int(&b, head->kind);
	put_text(&b, head->sheet);
	put_text(&b, head->profile);
	put_text(&b, head->procedure);
	put_int(&b, head->year.first);
	put_int(&b, head->declared_participants);
	keep(st, buf_str(&b), false);
}

static void
take_result(void *ctx, const struct result_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 'r');
	put_ref(&b, &row->school);
	put_text(&b, row->procedure);
	put_int(&b, row->year.first);
	put_int(&b, row->participants);
	put_int(&b, row->failed);
	for (int i = 0; i < 4; i++)
		put_int(&b, row->marks[i]);
	put_int(&b, row->left_out_retake);
	put_int(&b, row->left_out_previous);
	put_int(&b, row->left_out_absent);
	put_int(&b, row->left_out_gve);
	put_int(&b, row->only_after_retake);
	put_at(&b, &row->at);
	keep(st, buf_str(&b), false);
}

static void
take_school(void *ctx, const struct school_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 's');
	put_text(&b, row->code);
	put_text(&b, row->name);
	put_text(&b, row->kind);
	put_text(&b, row->locality);
	put_int(&b, row->small);
	put_text(&b, row->logins);
	put_at(&b, &row->at);
	keep(st, buf_str(&b), false);
}

static void
take_observation(void *ctx, const struct observation_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);
	char day[DATE_TEXT];

	buf_char(&b, 'o');
	put_ref(&b, &row->school);
	put_int(&b, row->period.first);
	put_text(&b, row->element);
	put_int(&b, row->is_known);
	put_int(&b, row->value.num);
	put_int(&b, row->value.den);
	put_text(&b, row->as_written);
	put_text(&b, str_of(date_iso(row->dated, day)));
	put_text(&b, row->source_note);
	put_at(&b, &row->at);
	keep(st, buf_str(&b), false);
}

static void
take_bias(void *ctx, const struct bias_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 'b');
	put_ref(&b, &row->school);
	put_int(&b, row->year.first);
	put_text(&b, row->marker);
	put_int(&b, row->is_set);
	put_at(&b, &row->at);
	keep(st, buf_str(&b), false);
}

static void
take_official(void *ctx, const struct official_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 'l');
	put_ref(&b, &row->school);
	put_text(&b, row->kind);
	put_text(&b, row->basis);
	put_at(&b, &row->at);
	keep(st, buf_str(&b), false);
}

static struct str
cells_record(struct staging *st, const struct str *cells, size_t n)
{
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 'c');
	for (size_t i = 0; i < n; i++)
		put_text(&b, cells[i]);
	return buf_str(&b);
}

static void
take_headings(void *ctx, const struct str *cells, size_t n)
{
	struct staging *st = ctx;

	keep(st, cells_record(st, cells, n), true);
}

static void
take_refused(void *ctx, const struct refused_row *row)
{
	struct staging *st = ctx;
	struct buf b = buf_open(st->scratch, 0);

	buf_char(&b, 'x');
	put_at(&b, &row->at);
	for (size_t i = 0; i < row->n; i++)
		put_text(&b, row->cells[i]);
	keep(st, buf_str(&b), true);
}

struct row_sink
staging_sink(struct staging *st)
{
	return (struct row_sink){.ctx = st,
	    .head = take_head,
	    .headings = take_headings,
	    .school = take_school,
	    .result = take_result,
	    .observation = take_observation,
	    .official = take_official,
	    .bias = take_bias,
	    .refused = take_refused};
}

enum rc
staging_open(
    struct scope *sc, const struct intake_options *o, struct staging **ret)
{
	struct staging *st = arena_new(sc->mem, struct staging, 1);
	struct q_load_add made;
	enum rc rc = intake_refuse_known_file(sc, o);

	if (rc != RC_OK)
		return rc;
	st->sc = sc;
	rc = tx_begin(sc->db, &st->tx);
	if (rc != RC_OK)
		return rc;
	const struct q_load_add_in add = {
	    .municipality = sc->actor.municipality,
	    .kind = S("unknown"),
	    .profile = S(""),
	    .file_name = o->file_name,
	    .file_hash = o->file_hash,
	    .file_size = o->file_size,
	    .said_year = o->year,
	    .said_procedure = o->procedure,
	    .state = S("draft"),
	    .person = sc->actor.person,
	    .at = sc->now};
	rc = q_load_add(sc->db, sc->mem, &add, &made);
	if (rc != RC_OK) {
		tx_rollback(&st->tx);
		return rc;
	}
	st->load = made.id;
	st->scratch = arena_open(0);
	*ret = st;
	return RC_OK;
}

enum rc
staging_close(struct staging *st, enum rc read, load_id *ret_draft)
{
	struct scope *sc = st->sc;
	const struct q_load_count_in count = {
	    .municipality = sc->actor.municipality,
	    .id = st->load,
	    .kind = str_of(file_kind_codes[st->kind]),
	    .profile = st->profile,
	    .state = S("draft"),
	    .rows_read = st->rows,
	    .refused = st->refused};
	enum rc rc = st->rc;

	if (rc == RC_OK && read != RC_OK && (read != RC_INVALID || !st->rows))
		rc = read;
	if (rc == RC_OK)
		rc = q_load_count(sc->db, &count);
	if (rc == RC_OK)
		rc = intake_keep_complaints(sc, st->load);
	if (rc == RC_OK)
		rc = tx_commit(&st->tx);
	tx_rollback(&st->tx); /* nothing to do after a commit */
	arena_close(st->scratch);
	if (rc == RC_OK)
		*ret_draft = st->load;
	return rc;
}

/* ---- back from the records ---- */

enum { MAX_FIELDS = 64 };

struct fields {
	struct str all[MAX_FIELDS];
	size_t n, at;
	bool is_broken;
};

static struct fields
split(struct str record)
{
	struct fields f = {0};

	while (f.n < MAX_FIELDS && str_split(&record, '\t', &f.all[f.n]))
		f.n++;
	f.at = 1;
	return f;
}

static struct str
text(struct fields *f)
{
	if (f->at >= f->n) {
		f->is_broken = true;
		return S("");
	}
	return f->all[f->at++];
}

static int64_t
integer(struct fields *f)
{
	int64_t n = 0;

	if (!str_to_int(text(f), &n))
		f->is_broken = true;
	return n;
}

static struct school_ref
ref(struct fields *f)
{
	struct school_ref r;

	r.login = text(f);
	r.code = text(f);
	r.name = text(f);
	return r;
}

static struct source_cell
at(struct fields *f)
{
	struct source_cell c;

	c.sheet = text(f);
	c.row = (uint32_t)integer(f);
	c.last_row = (uint32_t)integer(f);
	c.column = text(f);
	return c;
}

static void
give_head(struct fields *f, const struct row_sink *sink)
{
	struct file_head h = {0};
	int64_t kind = integer(f);

	h.kind = kind >= 0 && kind < FILE_KIND_COUNT ? (enum file_kind)kind :
						       FILE_UNKNOWN;
	h.sheet = text(f);
	h.profile = text(f);
	h.procedure = text(f);
	h.year.first = (int32_t)integer(f);
	h.declared_participants = (int32_t)integer(f);
	if (sink->head)
		sink->head(sink->ctx, &h);
}

static void
give_result(struct fields *f, const struct row_sink *sink)
{
	struct result_row r = {0};

	r.school = ref(f);
	r.procedure = text(f);
	r.year.first = (int32_t)integer(f);
	r.participants = (int32_t)integer(f);
	r.failed = (int32_t)integer(f);
	for (int i = 0; i < 4; i++)
		r.marks[i] = (int32_t)integer(f);
	r.left_out_retake = (int32_t)integer(f);
	r.left_out_previous = (int32_t)integer(f);
	r.left_out_absent = (int32_t)integer(f);
	r.left_out_gve = (int32_t)integer(f);
	r.only_after_retake = integer(f) != 0;
	r.at = at(f);
	if (!f->is_broken && sink->result)
		sink->result(sink->ctx, &r);
}

static void
give_school(struct fields *f, const struct row_sink *sink)
{
	struct school_row r = {0};

	r.code = text(f);
	r.name = text(f);
	r.kind = text(f);
	r.locality = text(f);
	r.small = integer(f) != 0;
	r.logins = text(f);
	r.at = at(f);
	if (!f->is_broken && sink->school)
		sink->school(sink->ctx, &r);
}

static void
give_observation(struct fields *f, const struct row_sink *sink)
{
	struct observation_row r = {.dated = DATE_NONE};

	r.school = ref(f);
	r.period.first = (int32_t)integer(f);
	r.element = text(f);
	r.is_known = integer(f) != 0;
	r.value.num = integer(f);
	r.value.den = integer(f);
	r.as_written = text(f);
	(void)date_parse(text(f), &r.dated);
	r.source_note = text(f);
	r.at = at(f);
	if (!f->is_broken && sink->observation)
		sink->observation(sink->ctx, &r);
}

static void
give_bias(struct fields *f, const struct row_sink *sink)
{
	struct bias_row r = {0};

	r.school = ref(f);
	r.year.first = (int32_t)integer(f);
	r.marker = text(f);
	r.is_set = integer(f) != 0;
	r.at = at(f);
	if (!f->is_broken && sink->bias)
		sink->bias(sink->ctx, &r);
}

static void
give_official(struct fields *f, const struct row_sink *sink)
{
	struct official_row r = {0};

	r.school = ref(f);
	r.kind = text(f);
	r.basis = text(f);
	r.at = at(f);
	if (!f->is_broken && sink->official)
		sink->official(sink->ctx, &r);
}

static void
give_refused(struct fields *f, const struct row_sink *sink)
{
	struct refused_row r = {.at = at(f)};

	r.cells = &f->all[f->at < f->n ? f->at : f->n];
	r.n = f->n - f->at;
	if (!f->is_broken && sink->refused)
		sink->refused(sink->ctx, &r);
}

static bool
give(void *ctx, const struct q_load_row_each *row)
{
	const struct row_sink *sink = ctx;
	struct fields f = split(row->record);

	switch (row->record.n ? row->record.p[0] : 0) {
	case 'h':
		give_head(&f, sink);
		break;
	case 'r':
		give_result(&f, sink);
		break;
	case 's':
		give_school(&f, sink);
		break;
	case 'o':
		give_observation(&f, sink);
		break;
	case 'b':
		give_bias(&f, sink);
		break;
	case 'l':
		give_official(&f, sink);
		break;
	case 'x':
		give_refused(&f, sink);
		break;
	case 'c':
		if (sink->headings)
			sink->headings(sink->ctx, &f.all[1], f.n - 1);
		break;
	default:
		break;
	}
	return true;
}

enum rc
staging_replay(struct scope *sc, load_id draft, const struct row_sink *sink)
{
	municipality_id place = sc->actor.municipality;
	enum rc rc = q_load_row_each(
	    sc->db, place, draft, false, give, (void *)(uintptr_t)sink);

	if (rc != RC_OK)
		return rc;
	return q_load_row_each(
	    sc->db, place, draft, true, give, (void *)(uintptr_t)sink);
}

static enum rc
drop_rows(struct scope *sc, load_id draft)
{
	municipality_id place = sc->actor.municipality;
	enum rc rc = q_load_row_clear(sc->db, place, draft, false);

	if (rc == RC_OK)
		rc = q_load_row_clear(sc->db, place, draft, true);
	if (rc == RC_OK)
		rc = q_load_complaint_clear(sc->db, place, draft);
	return rc == RC_OK ? q_load_drop(sc->db, place, draft) : rc;
}

enum rc
staging_drop(struct scope *sc, load_id draft)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = drop_rows(sc, draft);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
staging_apply(struct scope *sc, load_id draft,
    const struct intake_options *options, struct intake_report *ret)
{
	struct intake_options o = *options;
	struct intake *in;
	struct q_load row;
	enum rc rc =
	    q_load_by_id(sc->db, sc->mem, sc->actor.municipality, draft, &row);

	if (rc != RC_OK)
		return rc;
	if (!str_eq(row.state, S("draft")))
		return RC_CONFLICT;
	o.file_name = row.file_name;
	o.file_hash = row.file_hash;
	o.file_size = row.file_size;
	rc = intake_open(sc, &o, &in);
	if (rc != RC_OK)
		return rc;
	struct row_sink sink = intake_sink(in);
	rc = intake_close(in, staging_replay(sc, draft, &sink), ret);
	if (rc == RC_OK && !o.check_only)
		rc = staging_drop(sc, draft);
	return rc;
}
