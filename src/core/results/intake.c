/* intake.c - one file, one transaction: opening, counting, closing. */
#include "core/results/intake.h"

#include <string.h>

#include "base/utf8.h"
#include "core/access/audit.h"
#include "core/results/intake_own.h"
#include "core/results/load_profile.h"
#include "core/results/pack.h"
#include "store/q_results.h"

bool
intake_ok(struct intake *in, enum rc rc)
{
	if (rc != RC_OK && in->rc == RC_OK)
		in->rc = rc;
	return in->rc == RC_OK;
}

struct place
intake_place(const struct intake *in, const struct source_cell *at)
{
	return (struct place){.file = in->options.file_name,
	    .sheet = arena_str(in->sc->mem, at->sheet),
	    .row = at->row,
	    .column = arena_str(in->sc->mem, at->column)};
}

static bool
same_ref(const struct school_ref *a, const struct school_ref *b)
{
	return str_eq(a->login, b->login) && str_eq(a->code, b->code) &&
	       str_eq(a->name, b->name);
}

static struct school_ref
copy_ref(struct arena *mem, const struct school_ref *ref)
{
	return (struct school_ref){.login = arena_str(mem, ref->login),
	    .code = arena_str(mem, ref->code),
	    .name = arena_str(mem, ref->name)};
}

static struct match
find(struct intake *in, const struct school_ref *ref)
{
	if (in->last_mem && same_ref(ref, &in->last_ref))
		return in->last_match;
	if (!in->last_mem)
		in->last_mem = arena_open(0);
	arena_reset(in->last_mem);
	in->last_ref = copy_ref(in->last_mem, ref);
	in->last_match = matcher_find(in->matcher, in->scratch, ref);
	return in->last_match;
}

static void
complain_unknown(struct intake *in, const struct intake_unknown *u)
{
	struct arena *mem = in->sc->mem;
	struct complaint *c = diag_error(in->sc->diag, intake_place(in, &u->at),
	    "%s",
	    u->supposed.v ? N_("Школа в файле названа не так, как в реестре.") :
			    N_("Такой школы в реестре нет."));

	c->value = school_ref_text(mem, &u->ref);
	if (u->supposed.v) {
		c->expected = arena_fmt(mem, "похоже на «%.*s» (код %.*s)",
		    STR_ARG(u->supposed_name), STR_ARG(u->supposed_code));
		c->hint = arena_fmt(mem,
		    "Если это она, подтвердите один раз: "
		    "opora school alias '%.*s' %.*s",
		    STR_ARG(c->value), STR_ARG(u->supposed_code));
	} else {
		c->hint = S("Добавьте школу в реестр или укажите, какая это: "
			    "opora school alias 'как в файле' КОД");
	}
}

/* One complaint a spelling, however many rows carry it. */
static void
remember_unknown(struct intake *in, const struct school_ref *ref,
    const struct source_cell *at, const struct match *like)
{
	struct arena *mem = in->sc->mem;
	struct str key =
	    text_fold(in->scratch, school_ref_text(in->scratch, ref));
	int64_t seen = map_get(&in->unknown_at, key);

	if (seen != MAP_NONE) {
		in->unknown.p[seen].rows++;
		return;
	}
	*map_at(&in->unknown_at, arena_str(mem, key)) = (int64_t)in->unknown.n;
	struct intake_unknown *u = vec_push(mem, &in->unknown);
	*u = (struct intake_unknown){
	    .ref = copy_ref(mem, ref), .at = *at, .rows = 1};
	u->at.sheet = arena_str(mem, at->sheet);
	u->at.column = arena_str(mem, at->column);
	if (like->kind == MATCH_SUPPOSED) {
		u->supposed = like->school;
		u->supposed_name = like->name;
		u->supposed_code = like->code;
	}
	complain_unknown(in, u);
}

bool
intake_school(struct intake *in, const struct school_ref *ref,
    const struct source_cell *at, struct match *ret)
{
	struct match m = find(in, ref);

	if (m.kind > MATCH_SUPPOSED) {
		*ret = m;
		return true;
	}
	remember_unknown(in, ref, at, &m);
	return false;
}

struct syear
intake_year(struct intake *in, struct syear own, const struct source_cell *at)
{
	struct syear said = in->options.year;
	char in_row[SYEAR_TEXT], beside[SYEAR_TEXT];

	if (!own.first || !said.first || own.first == said.first)
		return own.first ? own : said;
	vec_each(struct syear, y, &in->other_years)
		if (y->first == own.first)
			return own;
	*vec_push(in->sc->mem, &in->other_years) = own;
	(void)diag_warning(in->sc->diag, intake_place(in, at),
	    N_("В файле стоит учебный год %s, а при загрузке указан %s; взят "
	       "тот, что в файле."),
	    syear_text(own, in_row), syear_text(said, beside));
	return own;
}

void
intake_note(struct intake *in, enum change_kind kind,
    const struct match *school, struct syear year, struct str what,
    struct str was, struct str becomes)
{
	struct arena *mem = in->sc->mem;

	if (kind == CHANGE_ADDED)
		in->added++;
	else
		in->changed++;
	/* Changes are what a person must see; room is kept for them. */
	size_t limit =
	    kind == CHANGE_CHANGED ? INTAKE_LISTED : INTAKE_LISTED / 2;
	if (in->changes.n >= limit)
		return;
	*vec_push(mem, &in->changes) = (struct intake_change){.kind = kind,
	    .school = arena_str(mem, school->name),
	    .code = arena_str(mem, school->code),
	    .year = year,
	    .what = arena_str(mem, what),
	    .was = arena_str(mem, was),
	    .becomes = arena_str(mem, becomes)};
}

static void
take_head(void *ctx, const struct file_head *head)
{
	struct intake *in = ctx;

	if (in->kind == FILE_UNKNOWN) {
		in->kind = head->kind;
		in->profile = arena_str(in->sc->mem, head->profile);
	}
}

enum rc
intake_refuse_known_file(struct scope *sc, const struct intake_options *o)
{
	struct q_load was;
	enum rc rc = q_load_same_file(sc->db, sc->mem, sc->actor.municipality,
	    o->file_hash, o->year, o->procedure, &was);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	diag_error(sc->diag, (struct place){.file = o->file_name},
	    N_("Этот самый файл уже загружен: загрузка № %lld от %.*s."),
	    (long long)was.id.v, STR_ARG(moment_ru(sc->mem, was.at, 0)))
	    ->hint =
	    S("Если его надо загрузить заново, сначала отмените ту загрузку.");
	return RC_CONFLICT;
}

enum rc
intake_open(
    struct scope *sc, const struct intake_options *options, struct intake **ret)
{
	struct intake *in = arena_new(sc->mem, struct intake, 1);
	enum rc rc = intake_refuse_known_file(sc, options);

	if (rc != RC_OK)
		return rc;
	in->sc = sc;
	in->options = *options;
	in->errors_before = sc->diag->errors;
	in->unknown_at = map_open(sc->mem);
	in->refused_places = map_open(sc->mem);
	rc = matcher_open(sc, &in->matcher);
	if (rc != RC_OK)
		return rc;
	rc = tx_begin(sc->db, &in->tx);
	if (rc != RC_OK)
		return rc;

	struct q_load_add load;
	const struct q_load_add_in add = {
	    .municipality = sc->actor.municipality,
	    .kind = S("unknown"),
	    .profile = S(""),
	    .file_name = options->file_name,
	    .file_hash = options->file_hash,
	    .file_size = options->file_size,
	    .said_year = options->year,
	    .said_procedure = options->procedure,
	    .state = S("loaded"),
	    .person = sc->actor.person,
	    .at = sc->now};
	rc = q_load_add(sc->db, sc->mem, &add, &load);
	if (rc != RC_OK) {
		tx_rollback(&in->tx);
		return rc;
	}
	in->load = load.id;
	in->scratch = arena_open(0);
	*ret = in;
	return RC_OK;
}

static void
take_whole(void *ctx)
{
	struct intake *in = ctx;

	in->is_whole = true;
}

/* A file that is wrong all over is not worth reading to its end. */
static bool
is_enough(void *ctx)
{
	struct intake *in = ctx;

	if (in->refused < INTAKE_HOPELESS || in->rc != RC_OK)
		return in->rc != RC_OK;
	diag_error(in->sc->diag, (struct place){.file = in->options.file_name},
	    N_("Отклонено уже %lld строк, дальше файл не читался."),
	    (long long)in->refused);
	in->rc = RC_LIMIT;
	return true;
}

struct row_sink
intake_sink(struct intake *in)
{
	return (struct row_sink){.ctx = in,
	    .head = take_head,
	    .headings = intake_take_headings,
	    .school = intake_take_school,
	    .result = intake_take_result,
	    .observation = intake_take_observation,
	    .amendment = intake_take_amendment,
	    .bias = intake_take_bias,
	    .official = intake_take_official,
	    .refused = intake_take_refused,
	    .whole = take_whole,
	    .enough = is_enough};
}

enum rc
intake_keep_complaints(struct scope *sc, load_id load)
{
	const struct diag *d = sc->diag;

	for (size_t i = 0; i < d->n; i++) {
		const struct complaint *c = &d->all[i];
		const struct q_load_complaint_add_in row = {
		    .municipality = sc->actor.municipality,
		    .load = load,
		    .number = (int64_t)i + 1,
		    .severity = c->severity,
		    .sheet = c->at.sheet,
		    .row_number = c->at.row,
		    .column_name = c->at.column,
		    .text = c->text,
		    .value = c->value,
		    .expected = c->expected,
		    .hint = c->hint};
		enum rc rc = q_load_complaint_add(sc->db, &row);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* The outcome without the database: RC_OK when it may be committed. */
static enum rc
outcome(const struct intake *in, enum rc read)
{
	bool only_refused = read == RC_INVALID && in->is_whole;
	if (read != RC_OK && !(only_refused && in->options.partial))
		return read;
	if (in->rc != RC_OK)
		return in->rc;
	if (arena_full(in->sc->mem))
		return RC_LIMIT;
	bool wrong = in->refused || in->sc->diag->errors > in->errors_before;
	return wrong && !in->options.partial ? RC_INVALID : RC_OK;
}

static enum rc
tell(struct intake *in)
{
	struct scope *sc = in->sc;
	const struct audit_entry entry = {.action = S("load.loaded"),
	    .object = S("load"),
	    .object_id = in->load.v,
	    .object_name = in->options.file_name,
	    .becomes = arena_fmt(sc->mem,
		"добавлено %lld, изменено %lld, отклонено %lld",
		(long long)in->added, (long long)in->changed,
		(long long)in->refused)};

	return audit_write(sc, &entry);
}

/* What was chosen about the draft, for the next file of its headings. */
static enum rc
remember_choice(struct intake *in)
{
	struct q_load_heading_of of;
	enum rc rc = q_load_heading_of(in->sc->db, in->sc->mem,
	    in->sc->actor.municipality, in->draft, &of);

	if (rc == RC_NOT_FOUND || in->kind == FILE_OFFICIAL_LIST)
		return RC_OK; /* an order has details of its own each time */
	if (rc != RC_OK)
		return rc;
	return load_profile_remember(
	    in->sc, &(struct load_choice){.signature = of.signature,
			.kind = str_of(file_kind_codes[in->kind]),
			.profile = in->profile,
			.file_name = in->options.file_name,
			.procedure = in->options.procedure,
			.year = in->options.year,
			.columns = of.columns,
			.load = in->load});
}

static enum rc
store(struct intake *in)
{
	const struct q_load_count_in count = {
	    .municipality = in->sc->actor.municipality,
	    .id = in->load,
	    .kind = str_of(file_kind_codes[in->kind]),
	    .profile = in->profile,
	    .state = S("loaded"),
	    .rows_read = in->rows_read,
	    .added = in->added,
	    .changed = in->changed,
	    .same = in->same,
	    .refused = in->refused};
	enum rc rc = q_load_count(in->sc->db, &count);

	if (rc == RC_OK)
		rc = intake_keep_complaints(in->sc, in->load);
	if (rc == RC_OK && in->refused_rows)
		rc = intake_keep_refused(in);
	if (rc == RC_OK && in->act.v)
		rc = intake_tell_official(in);
	if (rc == RC_OK)
		rc = pack_rebuild_of_load(in->sc, in->load);
	if (rc == RC_OK)
		rc = tell(in);
	if (rc == RC_OK && in->draft.v)
		rc = remember_choice(in);
	if (rc == RC_OK && in->draft.v)
		rc = staging_forget(in->sc, in->draft);
	if (rc == RC_OK)
		rc = tx_commit(&in->tx);
	return rc;
}

enum rc
intake_close(struct intake *in, enum rc read, struct intake_report *ret)
{
	enum rc rc = outcome(in, read);
	bool stored = false;

	if (rc == RC_OK && !in->options.check_only) {
		rc = store(in);
		stored = rc == RC_OK;
	}
	tx_rollback(&in->tx); /* nothing to do after a commit */
	arena_close(in->scratch);
	arena_close(in->last_mem);
	*ret = (struct intake_report){.load = stored ? in->load : (load_id){0},
	    .kind = in->kind,
	    .profile = in->profile,
	    .rows_read = in->rows_read,
	    .added = in->added,
	    .changed = in->changed,
	    .same = in->same,
	    .refused = in->refused,
	    .changes = in->changes.p,
	    .n_changes = in->changes.n,
	    .unknown = in->unknown.p,
	    .n_unknown = in->unknown.n,
	    .refused_at = in->refused_at.p,
	    .n_refused_at = in->refused_at.n,
	    .refused_csv = intake_refused_file(in)};
	return rc;
}
