/* load_read.c - a file is uploaded: what is in it, has such a one been here? */
#include "base/hash.h"
#include "convert/convert.h"
#include "core/registry/catalogue.h"
#include "core/results/kept_file.h"
#include "os/file.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

/* ---- one reading ---- */

struct reading {
	struct str signature;
	const struct str *unread; /* headings; see staging_unread() */
	size_t n_unread;
	bool has_rows;
	load_id draft;
};

static enum rc
read_once(
    struct visit *v, const struct load_in *in, int fd, struct reading *ret)
{
	struct vocabulary *words =
	    arena_new(v->scope.mem, struct vocabulary, 1);
	const struct intake_options options = {
	    .year = in->year,
	    .procedure = in->procedure,
	    .file_name = in->file->name,
	    .file_hash = hash_hex(v->scope.mem, in->file->bytes),
	    .file_size = (int64_t)in->file->bytes.n,
	    .words = words,
	    .columns = in->columns,
	    .n_columns = in->n_columns,
	};
	const struct recogniser_options how = {.kind = in->kind,
	    .file_name = in->file->name,
	    .procedure = in->procedure,
	    .year = in->year,
	    .columns = in->columns,
	    .n_columns = in->n_columns};
	struct staging *st;
	struct row_sink sink;
	enum rc rc = catalogue_read(&v->scope, words);

	if (rc == RC_OK)
		rc = staging_open(&v->scope, &options, &st);
	if (rc != RC_OK)
		return rc;
	sink = staging_sink(st);
	rc = convert_rows(fd, &how, &sink, v->scope.diag);
	rc = staging_close(st, rc, &ret->draft);
	ret->signature = staging_signature(st);
	ret->unread = staging_unread(st, &ret->n_unread);
	ret->has_rows = staging_has_rows(st);
	if (rc != RC_OK)
		return rc;
	return staging_keep_refused(&v->scope, ret->draft, &options, fd, &how);
}

/* As a person explained it: what gives no row at all is explained once more. */
static enum rc
read_as_said(
    struct visit *v, const struct load_in *in, int fd, struct reading *ret)
{
	enum rc rc = read_once(v, in, fd, ret);

	if (rc != RC_OK || in->n_columns == 0 || ret->has_rows)
		return rc;
	rc = staging_drop(&v->scope, ret->draft);
	return rc == RC_OK ? RC_INVALID : rc;
}

/* The file once more, with what an earlier one of its headings was told. */
static enum rc
read_again(struct visit *v, const struct load_in *in, int fd,
    const struct q_load_profile *from, struct reading *r)
{
	struct load_in told = *in;

	if (told.procedure.n == 0)
		told.procedure = from->said_procedure;
	if (told.year.first == 0)
		told.year = load_profile_year(from, v->scope.actor.today);
	told.columns =
	    said_columns_of(v->scope.mem, from->columns, &told.n_columns);
	if (told.n_columns > 0)
		told.kind = load_kind_of(from->kind);
	return read_once(v, &told, fd, r);
}

/*
 * What stands in a file that was not understood.  Without complaints of its
 * own: why it was not, the reading has said.
 */
static enum rc
look_into(struct visit *v, const struct load_in *in, int fd,
    struct asked_columns *ret)
{
	struct scope *sc = &v->scope;
	struct diag unheard = diag_open(sc->mem, 0);
	struct sample_words words = {.words = v->words};
	struct pages file;
	enum rc rc = matcher_open(sc, &words.schools);

	if (rc == RC_OK)
		rc = convert_pages(fd, sc->mem, &unheard, &file);
	if (rc == RC_OK)
		asked_columns_find(sc->mem, &file, in->kind, &words, ret);
	return rc == RC_INVALID || rc == RC_LIMIT ? RC_OK : rc;
}

/*
 * Was such a file explained before?  Then it is read again with those answers,
 * also when it was read without them: they may have been a correction.
 */
static enum rc
read_as_before(struct visit *v, const struct load_in *in, int fd,
    const struct diag *before, enum rc read, struct reading *r)
{
	struct load_profiles known = {0};
	enum rc rc = RC_OK;

	if (r->signature.n > 0 && in->n_columns == 0)
		rc = load_profiles_of(
		    &v->scope, r->signature, in->file->name, &known);
	if (rc != RC_OK || known.meant == NULL)
		return rc != RC_OK ? rc : read;
	if (read != RC_OK || known.meant->columns.n > 0) {
		if (read == RC_OK)
			rc = staging_drop(&v->scope, r->draft);
		if (rc != RC_OK)
			return rc;
		*v->scope.diag = *before;
		read = read_again(v, in, fd, known.meant, r);
	}
	if (read == RC_OK)
		read = staging_fill(&v->scope, r->draft, known.meant);
	return read;
}

enum rc
load_stage(struct visit *v, const struct load_in *in,
    struct asked_columns *ret_asked, load_id *ret)
{
	struct diag before = *v->scope.diag;
	struct reading r = {0};
	autofd fd = -1;
	enum rc looked = RC_OK, rc = fd_in_memory(in->file->bytes, &fd);

	if (rc == RC_OK)
		rc = read_as_said(v, in, fd, &r);
	if (rc == RC_INVALID)
		looked = look_into(v, in, fd, ret_asked);
	if (looked != RC_OK)
		return looked;
	if (rc == RC_INVALID && ret_asked->n == 0) /* too long a file */
		asked_columns_named(
		    v->scope.mem, r.unread, r.n_unread, in->kind, ret_asked);
	if (r.signature.n == 0)
		r.signature = load_signature(
		    v->scope.mem, ret_asked->headings, ret_asked->n_headings);
	if (rc == RC_OK || rc == RC_INVALID)
		rc = read_as_before(v, in, fd, &before, rc, &r);
	if (rc == RC_OK)
		*ret = r.draft;
	return rc;
}

/* ---- the form ---- */

/* The file as it was chosen, pasted, or kept from the step before. */
static enum rc
file_of(struct visit *v, struct form_file *ret)
{
	const struct form_load *f = v->form.value;

	if (f->file.bytes.n > 0) {
		*ret = f->file;
		return RC_OK;
	}
	if (f->text.n > 0) {
		*ret = (struct form_file){
		    S(N_("вставленная таблица.csv")), f->text};
		return RC_OK;
	}
	return kept_file_get(
	    &v->scope, v->token, f->kept, &ret->name, &ret->bytes);
}

/* No file: it was never chosen, or what was kept of it is gone. */
static enum rc
refuse_without_file(struct visit *v, struct reply *rp, const struct load_in *in)
{
	const struct form_load *f = v->form.value;
	struct asked_columns asked;

	load_asked_again(v, in->kind, &asked);
	if (f->kept.n > 0 && asked.n > 0)
		return load_ask(v, rp, in, &asked);
	form_refuse(&v->form, IN_load_file,
	    S(N_("Выберите файл или вставьте таблицу.")));
	return RC_INVALID;
}

/* The columns of another kind of table are asked; nothing is read yet. */
static enum rc
show_kind(struct visit *v, struct reply *rp, const struct load_in *in)
{
	struct asked_columns asked = {.kind = in->kind};
	autofd fd = -1;
	enum rc rc = fd_in_memory(in->file->bytes, &fd);

	if (rc == RC_OK)
		rc = look_into(v, in, fd, &asked);
	if (asked.n == 0)
		load_asked_again(v, in->kind, &asked);
	return rc == RC_OK ? load_ask(v, rp, in, &asked) : rc;
}

enum rc
do_load(struct visit *v, struct reply *rp)
{
	const struct form_load *f = v->form.value;
	struct form_file file = {0};
	struct load_in in = {.file = &file,
	    .kind = load_kind_of(f->kind),
	    .year = {f->year == NUMBER_NONE ? 0 : (int32_t)f->year},
	    .procedure = f->procedure};
	struct asked_columns asked = {0};
	load_id draft;
	enum rc rc = file_of(v, &file);

	in.columns = load_said_columns(v, in.kind, &in.n_columns);
	if (rc == RC_NOT_FOUND)
		return refuse_without_file(v, rp, &in);
	if (rc == RC_OK && f->show)
		return show_kind(v, rp, &in);
	if (rc == RC_OK)
		rc = load_stage(v, &in, &asked, &draft);
	if (rc == RC_INVALID && asked.n > 0)
		return load_ask(v, rp, &in, &asked);
	if (rc == RC_CONFLICT || rc == RC_LIMIT)
		return RC_INVALID;
	if (rc == RC_OK)
		rc = kept_file_drop(&v->scope, v->token);
	if (rc != RC_OK)
		return rc;
	return reply_see_other(v, rp, link_load(draft));
}
