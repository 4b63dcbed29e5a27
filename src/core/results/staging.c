/* staging.c - typed rows of an uploaded file kept as a draft. */
#include "core/results/staging.h"

#include <string.h>

#include "convert/convert.h"
#include "convert/record.h"
#include "core/methods/official.h"
#include "core/results/intake_own.h"
#include "store/q_results.h"

struct staging {
	struct scope *sc;
	struct tx tx;
	enum rc rc;
	load_id load;
	enum file_kind kind;
	struct str profile;
	int64_t rows, refused;
	int64_t heads; /* among the rows: what only opens a table */
	bool is_whole; /* the file was read to its end */
	struct str signature, columns;
	const struct str *unread;
	size_t n_unread;
	struct record_out records;
	struct row_sink sink; /* the records' sink, with an eye on the head */
};

static void
keep(void *ctx, struct str record, bool is_refused)
{
	struct staging *st = ctx;
	const struct q_load_row_add_in add = {
	    .municipality = st->sc->actor.municipality,
	    .load = st->load,
	    .number = is_refused ? st->refused++ : st->rows++,
	    .is_refused = is_refused,
	    .record = record};

	if (st->rc == RC_OK)
		st->rc = q_load_row_add(st->sc->db, &add);
}

/* ctx is the record writer; the staging is the writer's own ctx. */
static void
take_head(void *ctx, const struct file_head *head)
{
	struct record_out *records = ctx;
	struct staging *st = records->ctx;

	if (st->kind == FILE_UNKNOWN) {
		st->kind = head->kind;
		st->profile = arena_str(st->sc->mem, head->profile);
	}
	records->sink.head(ctx, head);
	st->heads++;
}

/* The first table of a file is what it is known by. */
static void
take_headings(void *ctx, const struct str *cells, size_t n)
{
	struct record_out *records = ctx;
	struct staging *st = records->ctx;

	if (st->signature.n == 0)
		st->signature = load_signature(st->sc->mem, cells, n);
	records->sink.headings(ctx, cells, n);
}

static void
take_unread(void *ctx, const struct str *cells, size_t n)
{
	struct record_out *records = ctx;
	struct staging *st = records->ctx;
	struct str *copy;

	if (st->n_unread > 0)
		return;
	copy = arena_new(st->sc->mem, struct str, n + 1);
	for (size_t i = 0; i < n; i++)
		copy[i] = arena_str(st->sc->mem, cells[i]);
	st->unread = copy;
	st->n_unread = n;
	if (st->signature.n == 0)
		st->signature = load_signature(st->sc->mem, cells, n);
}

static void
take_whole(void *ctx)
{
	struct record_out *records = ctx;
	struct staging *st = records->ctx;

	st->is_whole = true;
}

struct row_sink
staging_sink(struct staging *st)
{
	return st->sink;
}

struct str
staging_signature(const struct staging *st)
{
	return st->signature;
}

const struct str *
staging_unread(const struct staging *st, size_t *ret_n)
{
	*ret_n = st->n_unread;
	return st->unread;
}

bool
staging_has_rows(const struct staging *st)
{
	return st->rows > st->heads;
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
	st->columns = said_columns_text(sc->mem, o->columns, o->n_columns);
	record_out_open(&st->records, arena_open(0), st, keep);
	st->sink = st->records.sink;
	st->sink.head = take_head;
	st->sink.headings = take_headings;
	st->sink.unread = take_unread;
	st->sink.whole = take_whole;
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

	if (rc == RC_OK && read != RC_OK &&
	    (read != RC_INVALID || !st->is_whole || !st->rows))
		rc = read;
	if (rc == RC_OK)
		rc = q_load_count(sc->db, &count);
	if (rc == RC_OK && st->signature.n > 0)
		rc = q_load_heading_add(
		    sc->db, &(struct q_load_heading_add_in){
				.municipality = sc->actor.municipality,
				.load = st->load,
				.signature = st->signature,
				.columns = st->columns});
	if (rc == RC_OK)
		rc = intake_keep_complaints(sc, st->load);
	if (rc == RC_OK)
		rc = tx_commit(&st->tx);
	tx_rollback(&st->tx); /* nothing to do after a commit */
	arena_close(st->records.scratch);
	if (rc == RC_OK)
		*ret_draft = st->load;
	return rc;
}

struct replay {
	struct arena *mem; /* of one record */
	const struct row_sink *sink;
	bool is_broken;
};

static bool
give(void *ctx, const struct q_load_row_each *row)
{
	struct replay *r = ctx;

	if (!record_give(r->mem, row->record, r->sink))
		r->is_broken = true;
	arena_reset(r->mem);
	return !r->is_broken;
}

enum rc
staging_replay(struct scope *sc, load_id draft, const struct row_sink *sink)
{
	municipality_id place = sc->actor.municipality;
	autoarena mem = arena_open(0);
	struct replay r = {.mem = mem, .sink = sink};
	enum rc rc = q_load_row_each(sc->db, place, draft, false, give, &r);

	if (rc == RC_OK && !r.is_broken)
		rc = q_load_row_each(sc->db, place, draft, true, give, &r);
	if (!r.is_broken)
		return rc;
	diag_error(sc->diag, (struct place){0},
	    N_("Этот черновик сохранила прежняя версия программы, и прочитать "
	       "его уже нельзя."))
	    ->hint = S(N_(
	    "Откажитесь от черновика и прочитайте файл снова: ничего из него "
	    "ещё не загружено."));
	return RC_CONFLICT;
}

enum rc
staging_fill(struct scope *sc, load_id draft, const struct q_load_profile *from)
{
	municipality_id place = sc->actor.municipality;
	struct syear year = load_profile_year(from, sc->actor.today);
	struct q_load row;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_load_by_id(sc->db, sc->mem, place, draft, &row);
	if (rc == RC_OK)
		rc = q_load_say(sc->db, place, draft,
		    row.said_year.first > 0 ? row.said_year : year,
		    row.said_procedure.n > 0 ? row.said_procedure :
					       from->said_procedure);
	if (rc == RC_OK)
		rc = q_load_heading_filled(
		    sc->db, place, draft, opt_int(from->id));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
staging_say(
    struct scope *sc, load_id draft, struct syear year, struct str procedure)
{
	municipality_id place = sc->actor.municipality;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_load_say(sc->db, place, draft, year, procedure);
	if (rc == RC_OK)
		rc = q_load_heading_filled(
		    sc->db, place, draft, (struct opt_int){0});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- an order's details beside its draft ---- */

static enum rc
check_draft(struct scope *sc, load_id draft)
{
	struct q_load row;
	enum rc rc =
	    q_load_by_id(sc->db, sc->mem, sc->actor.municipality, draft, &row);

	if (rc != RC_OK)
		return rc;
	return str_eq(row.state, S("draft")) ? RC_OK : RC_CONFLICT;
}

enum rc
staging_say_order(
    struct scope *sc, load_id draft, const struct official_details *act)
{
	autotx tx = {0};
	const struct q_load_order_set_in set = {
	    .municipality = sc->actor.municipality,
	    .load = draft,
	    .number = str_trim(act->number),
	    .on_date = act->on,
	    .issuer = act->issuer.p ? str_trim(act->issuer) : S(""),
	    .title = act->title.p ? str_trim(act->title) : S(""),
	    .year = act->year,
	    .kind = act->kind.p ? act->kind : S(""),
	    .basis = act->basis.p ? str_trim(act->basis) : S(""),
	    .is_exit = act->is_exit};
	enum rc rc = official_check(sc, act);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = check_draft(sc, draft);
	if (rc == RC_OK)
		rc = q_load_order_set(sc->db, &set);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
staging_order(struct scope *sc, load_id draft, struct official_details *ret)
{
	struct q_load_order row;
	enum rc rc = q_load_order_of(
	    sc->db, sc->mem, sc->actor.municipality, draft, &row);

	if (rc != RC_OK)
		return rc;
	*ret = (struct official_details){.number = row.number,
	    .on = row.on_date,
	    .issuer = row.issuer,
	    .title = row.title,
	    .year = row.year,
	    .kind = row.kind,
	    .basis = row.basis,
	    .is_exit = row.is_exit};
	return RC_OK;
}

enum rc
staging_forget(struct scope *sc, load_id draft)
{
	municipality_id place = sc->actor.municipality;
	enum rc rc = q_load_row_clear(sc->db, place, draft, false);

	if (rc == RC_OK)
		rc = q_load_row_clear(sc->db, place, draft, true);
	if (rc == RC_OK)
		rc = q_load_complaint_clear(sc->db, place, draft);
	if (rc == RC_OK)
		rc = q_load_order_clear(sc->db, place, draft);
	if (rc == RC_OK)
		rc = q_load_heading_clear(sc->db, place, draft);
	return rc == RC_OK ? q_load_drop(sc->db, place, draft) : rc;
}

enum rc
staging_drop(struct scope *sc, load_id draft)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = staging_forget(sc, draft);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
staging_apply(struct scope *sc, load_id draft,
    const struct intake_options *options, struct intake_report *ret)
{
	struct intake_options o = *options;
	struct official_details act;
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
	rc = staging_order(sc, draft, &act);
	if (rc == RC_OK)
		o.act = &act;
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = intake_open(sc, &o, &in);
	if (rc != RC_OK)
		return rc;
	in->draft = draft;

	struct row_sink sink = intake_sink(in);
	return intake_close(in, staging_replay(sc, draft, &sink), ret);
}

/* The rows a reading gives back take the place of those kept before. */
static enum rc
replace_refused(struct scope *sc, load_id draft, int fd,
    const struct recogniser_options *how)
{
	autoarena mem = arena_open(0);
	autotx tx = {0};
	struct diag unheard = diag_open(mem, 0);
	struct staging st = {.sc = sc, .load = draft};
	struct row_sink refused;
	enum rc read, rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_load_row_clear(
		    sc->db, sc->actor.municipality, draft, true);
	if (rc != RC_OK)
		return rc;
	record_out_open(&st.records, arena_open(0), &st, keep);
	refused = (struct row_sink){.ctx = st.records.sink.ctx,
	    .headings = st.records.sink.headings,
	    .refused = st.records.sink.refused};
	read = convert_rows(fd, how, &refused, &unheard);
	arena_close(st.records.scratch);
	if (read != RC_OK && read != RC_INVALID)
		return read;
	return st.rc == RC_OK ? tx_commit(&tx) : st.rc;
}

enum rc
staging_keep_refused(struct scope *sc, load_id draft,
    const struct intake_options *options, int fd,
    const struct recogniser_options *how)
{
	struct scope quiet = *sc;
	struct intake_options check = *options;
	struct recogniser_options again = *how;
	struct diag unheard = diag_open(sc->mem, 0);
	struct intake_report report;
	enum rc rc;

	quiet.diag = &unheard;
	check.check_only = check.partial = true;
	rc = staging_apply(&quiet, draft, &check, &report);
	if ((rc != RC_OK && rc != RC_INVALID) || !report.n_refused_at)
		return rc == RC_INVALID ? RC_OK : rc;
	again.give_back = report.refused_at;
	again.n_give_back = report.n_refused_at;
	return replace_refused(sc, draft, fd, &again);
}
