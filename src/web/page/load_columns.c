/* load_columns.c - which columns are these? */
#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "core/results/kept_file.h"
#include "load_profiles.view.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

/* ---- kinds ---- */

/* clang-format off */
const struct load_kind load_kinds[] = {
	{FILE_RESULTS, N_("Нужны школа, сколько участников и сколько из них не справились (или отметки); процедура и учебный год – графой или здесь внизу.")},
	{FILE_OBSERVATIONS, N_("Нужны школа, показатель и его значение; учебный год – графой или здесь внизу.")},
	{FILE_PUPILS, N_("Нужны школа, код ученика и отметка или балл; процедура и учебный год – графой или здесь внизу. Имена и документы программа отбрасывает, из строк получаются только числа по школам.")},
	{FILE_SCHOOLS, N_("Нужны код и название школы; вид, местность и логины – если они есть.")},
	{FILE_OFFICIAL_LIST, N_("Нужны школа и перечень, в который она включена (ШНОР, зона риска или ШНСУ); номер и дату приказа программа спросит потом.")},
};
/* clang-format on */

const size_t n_load_kinds = COUNT_OF(load_kinds);

static const char *
needs_of(enum file_kind kind)
{
	for (size_t i = 0; i < n_load_kinds; i++)
		if (load_kinds[i].kind == kind)
			return load_kinds[i].needs;
	return load_kinds[0].needs;
}

enum file_kind
load_kind_of(struct str code)
{
	for (size_t i = 0; i < n_load_kinds; i++)
		if (str_eq(code, str_of(file_kind_codes[load_kinds[i].kind])))
			return load_kinds[i].kind;
	return FILE_UNKNOWN;
}

const char *
load_meaning(struct str kind, struct str name)
{
	enum file_kind k = load_kind_of(kind);
	const struct recognise_column *c =
	    column_of_kind(k == FILE_UNKNOWN ? FILE_RESULTS : k, name);

	return c ? c->meaning : NULL;
}

/* ---- answers ---- */

static struct str
field_at(struct arena *mem, const char *what, size_t i)
{
	return arena_fmt(mem, "%s-%zu", what, i);
}

const struct said_column *
load_said_columns(struct visit *v, enum file_kind kind, size_t *ret_n)
{
	struct arena *mem = v->scope.mem;
	VEC(struct said_column) said = {0};

	for (size_t i = 0; i < SAID_COLUMNS_MOST; i++) {
		struct str heading =
		    str_trim(form_raw(v->rq, field_at(mem, "heading", i)));
		struct str name = form_raw(v->rq, field_at(mem, "meaning", i));

		if (heading.n > 0 && column_of_kind(kind, name))
			*vec_push(mem, &said) =
			    (struct said_column){heading, name};
	}
	*ret_n = said.n;
	return said.p;
}

void
load_asked_again(
    struct visit *v, enum file_kind kind, struct asked_columns *ret)
{
	struct arena *mem = v->scope.mem;
	struct str *all = arena_new(mem, struct str, SAID_COLUMNS_MOST);

	for (size_t i = 0; i < SAID_COLUMNS_MOST; i++)
		all[i] = form_raw(v->rq, field_at(mem, "heading", i));
	asked_columns_named(mem, all, SAID_COLUMNS_MOST, kind, ret);
}

static struct str
said_of(const struct load_in *in, struct str heading)
{
	for (size_t i = 0; i < in->n_columns; i++)
		if (str_eq(in->columns[i].heading, heading))
			return in->columns[i].name;
	return S("");
}

/* ---- the question ---- */

static void
fill_headings(struct visit *v, const struct load_in *in,
    const struct asked_columns *asked, struct view_columns *s)
{
	struct arena *mem = v->scope.mem;
	struct heading_view *all =
	    arena_new(mem, struct heading_view, asked->n + 1);

	for (size_t i = 0; i < asked->n; i++)
		all[i] = (struct heading_view){&asked->all[i],
		    field_at(mem, "heading", i), field_at(mem, "meaning", i),
		    said_of(in, asked->all[i].heading)};
	s->headings = all;
	s->n = asked->n;
}

/*
 * Why it was not understood, where that says more than the question itself:
 * of rows, not that the table as a whole is unknown.
 */
static void
fill_complaints(struct visit *v, struct view_columns *s)
{
	const struct diag *d = v->scope.diag;
	struct complaint *all =
	    arena_new(v->scope.mem, struct complaint, d->n + 1);

	for (size_t i = 0; i < d->n && s->n_complaints < COMPLAINTS_SHOWN; i++)
		if (d->all[i].severity == SEV_ERROR && d->all[i].at.row > 0)
			all[s->n_complaints++] = d->all[i];
	s->complaints = all;
}

enum rc
load_ask(struct visit *v, struct reply *rp, const struct load_in *in,
    const struct asked_columns *asked)
{
	const struct form_load *f = v->form.value;
	struct view_columns s = {
	    .shell = shell_open(v, SECTION_loads, S(N_("Какие это графы?"))),
	    .form = v->form,
	    .kind = asked->kind,
	    .needs = needs_of(asked->kind),
	    .is_again = in->n_columns > 0 && !f->show,
	    .words = v->words,
	};
	enum rc rc = RC_OK;

	s.is_expired = f->kept.n > 0 && in->file->bytes.n == 0;
	if (in->file->bytes.n > 0)
		rc = kept_file_put(&v->scope, v->token, in->file->name,
		    in->file->bytes, &s.kept);
	if (rc != RC_OK)
		return rc;
	s.file_name = in->file->name;
	fill_headings(v, in, asked, &s);
	fill_complaints(v, &s);
	s.meanings = columns_of_kind(v->scope.mem, s.kind, &s.n_meanings);
	shell_crumb(&s.shell, S(N_("Загрузки")), link_loads());
	rp->status = 422;
	view_load_columns(&rp->body, &s);
	return RC_OK;
}
