/* load_read.c - a file is uploaded: what is in it, has such a one been here? */
#include "base/hash.h"
#include "base/vec.h"
#include "convert/convert.h"
#include "core/registry/catalogue.h"
#include "load_profiles.view.h"
#include "os/file.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

/* ---- one reading ---- */

struct reading {
	struct str signature;
	struct load_unread unread;
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
	const struct recogniser_options how = {.file_name = in->file->name,
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
	ret->unread.headings = staging_unread(st, &ret->unread.n);
	if (rc != RC_OK)
		return rc;
	return staging_keep_refused(&v->scope, ret->draft, &options, fd, &how);
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
	return read_once(v, &told, fd, r);
}

enum rc
load_stage(struct visit *v, const struct load_in *in,
    struct load_unread *ret_unread, load_id *ret)
{
	struct diag before = *v->scope.diag;
	struct reading r = {0};
	struct load_profiles known = {0};
	autofd fd = -1;
	enum rc found = RC_OK, rc = fd_in_memory(in->file->bytes, &fd);

	if (rc == RC_OK)
		rc = read_once(v, in, fd, &r);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	if (r.signature.n > 0 && in->n_columns == 0)
		found = load_profiles_of(
		    &v->scope, r.signature, in->file->name, &known);
	if (found != RC_OK)
		return found;
	if (known.meant != NULL &&
	    (rc != RC_OK || known.meant->columns.n > 0)) {
		if (rc == RC_OK)
			rc = staging_drop(&v->scope, r.draft);
		if (rc == RC_OK || rc == RC_INVALID) {
			*v->scope.diag = before;
			rc = read_again(v, in, fd, known.meant, &r);
		}
	}
	if (rc == RC_OK && known.meant != NULL)
		rc = staging_fill(&v->scope, r.draft, known.meant);
	*ret_unread = r.unread;
	if (rc == RC_OK)
		*ret = r.draft;
	return rc;
}

/* ---- which columns are these ---- */

static struct str
field_at(struct arena *mem, const char *what, size_t i)
{
	return arena_fmt(mem, "%s-%zu", what, i);
}

/* What a table of results may have, each column once. */
static const struct recognise_column *const *
meanings_of(struct arena *mem, size_t *ret_n)
{
	VEC(const struct recognise_column *) all = {0};
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; i < n; i++) {
		if ((c[i].kinds & 1u << FILE_RESULTS) && !c[i].is_personal &&
		    c[i].meaning != NULL)
			*vec_push(mem, &all) = &c[i];
	}
	*ret_n = all.n;
	return all.p;
}

const char *
load_meaning(struct str name)
{
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; i < n; i++) {
		if ((c[i].kinds & 1u << FILE_RESULTS) &&
		    str_eq(str_of(c[i].name), name))
			return c[i].meaning;
	}
	return NULL;
}

/* The answers of the form; only names of columns are let through. */
static const struct said_column *
said_in_form(struct visit *v, size_t *ret_n)
{
	struct arena *mem = v->scope.mem;
	VEC(struct said_column) said = {0};
	size_t n_meanings;
	const struct recognise_column *const *m = meanings_of(mem, &n_meanings);

	for (size_t i = 0; i < SAID_COLUMNS_MOST; i++) {
		struct str heading =
		    str_trim(form_raw(v->rq, field_at(mem, "heading", i)));
		struct str name = form_raw(v->rq, field_at(mem, "meaning", i));

		for (size_t k = 0; heading.n > 0 && k < n_meanings; k++) {
			if (str_eq(name, str_of(m[k]->name)))
				*vec_push(mem, &said) =
				    (struct said_column){heading, name};
		}
	}
	*ret_n = said.n;
	return said.p;
}

static struct str
said_of(const struct load_in *in, struct str heading)
{
	for (size_t i = 0; i < in->n_columns; i++) {
		if (str_eq(in->columns[i].heading, heading))
			return in->columns[i].name;
	}
	return S("");
}

/* Nothing was made of the file: its headings are shown to be named. */
static enum rc
ask_columns(struct visit *v, struct reply *rp, const struct load_in *in,
    const struct load_unread *unread)
{
	struct arena *mem = v->scope.mem;
	struct view_columns s = {
	    .shell = shell_open(v, SECTION_loads, S(N_("Какие это графы?"))),
	    .form = v->form,
	    .is_again = in->n_columns > 0,
	    .words = v->words,
	};
	struct heading_view *all =
	    arena_new(mem, struct heading_view, unread->n + 1);

	for (size_t i = 0; i < unread->n && s.n < SAID_COLUMNS_MOST; i++) {
		struct str h = str_trim(unread->headings[i]);

		if (h.n == 0)
			continue;
		all[s.n] =
		    (struct heading_view){h, field_at(mem, "heading", s.n),
			field_at(mem, "meaning", s.n), said_of(in, h)};
		s.n++;
	}
	s.headings = all;
	s.meanings = meanings_of(mem, &s.n_meanings);
	shell_crumb(&s.shell, S(N_("Загрузки")), link_loads());
	rp->status = 422;
	view_load_columns(&rp->body, &s);
	return RC_OK;
}

enum rc
do_load(struct visit *v, struct reply *rp)
{
	const struct form_load *f = v->form.value;
	const struct form_file pasted = {
	    S(N_("вставленная таблица.csv")), f->text};
	bool is_file = f->file.bytes.n > 0;
	struct load_in in = {.file = is_file ? &f->file : &pasted,
	    .year = {f->year == NUMBER_NONE ? 0 : (int32_t)f->year},
	    .procedure = f->procedure};
	struct load_unread unread = {0};
	load_id draft;
	enum rc rc;

	if (!is_file && f->text.n == 0) {
		form_refuse(&v->form, IN_load_file,
		    S(N_("Выберите файл или вставьте таблицу.")));
		return RC_INVALID;
	}
	in.columns = said_in_form(v, &in.n_columns);
	rc = load_stage(v, &in, &unread, &draft);
	if (rc == RC_INVALID && unread.n > 0)
		return ask_columns(v, rp, &in, &unread);
	if (rc == RC_CONFLICT || rc == RC_LIMIT)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	return reply_see_other(v, rp, link_load(draft));
}
