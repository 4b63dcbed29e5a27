/* objectivity.c - which results ask for a check, and what a second look gave. */
#include "web/page/objectivity.h"

#include "base/vec.h"
#include "core/access/audit.h"
#include "core/registry/catalogue.h"
#include "objectivity.view.h"
#include "store/q_registry.h"
#include "store/q_results.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

struct link
objectivity_link(struct arena *mem, struct syear year)
{
	return link_with(mem, link_objectivity(), "results",
	    arena_fmt(mem, "%d", (int)year.first));
}

/* Results of the year before the chosen one, or of the year that is asked. */
static struct syear
year_of_results(const struct visit *v)
{
	int64_t first;

	if (v->form.number == FORM_second &&
	    str_to_int(v->form.typed[IN_second_year], &first))
		return (struct syear){(int32_t)first};
	if (str_to_int(visit_query(v, S("results")), &first) && first >= 2000 &&
	    first <= 2100)
		return (struct syear){(int32_t)first};
	return syear_plus(v->year, -1);
}

static const struct table_column columns[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"markers", S_INIT("Признаки, присланные сверху"), TABLE_TEXT, 0, 24, {0},
	{0}},
    {"years", S_INIT("Лет с признаками из трёх"), TABLE_INT, 0, 0, {0}, {0}},
    {"signs", S_INIT("Что требует проверки"), TABLE_TEXT, 0, 90, {0}, {0}},
    {"hidden", S_INIT("Низкий результат мог не проявиться"), TABLE_BOOL, 0, 0,
	{0}, {0}},
};

const struct list_table objectivity_list = LIST_OF(columns);

static enum rc
objectivity_table(
    struct visit *v, struct reply *rp, const struct objectivity *o)
{
	const struct table_about about = {.title = S("Требует проверки"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "objectivity");

	for (size_t i = 0; i < o->n; i++) {
		const struct objectivity_line *l = &o->lines[i];
		struct buf b = buf_open(v->scope.mem, 0);

		for (size_t k = 0; k < l->n_signs; k++)
			buf_fmt(&b, "%s%.*s", k ? " " : "",
			    STR_ARG(l->signs[k].text));
		table_out_row(
		    t, (struct table_cell[]){table_text(l->code),
			   table_text(l->name), table_text(l->markers),
			   table_int(l->years), table_text(buf_str(&b)),
			   table_bool(l->may_hide_low)});
	}
	return table_out_close(t);
}

/* Who looked, and at what: in the same transaction as the reading. */
static enum rc
read_and_tell(
    struct visit *v, const struct vocabulary *words, struct objectivity *ret)
{
	struct objectivity o;
	autotx tx = {0};
	enum rc rc = tx_begin(v->scope.db, &tx);

	if (rc == RC_OK)
		rc = objectivity_of_year(
		    &v->scope, words, year_of_results(v), &o);
	if (rc == RC_OK)
		rc = audit_write(&v->scope,
		    &(struct audit_entry){.action = S("read.sensitive"),
			.object = S("objectivity"),
			.object_id = o.year.first,
			.object_name = arena_fmt(v->scope.mem,
			    "объективность результатов, %.*s уч. г.",
			    STR_ARG(syear_ru(v->scope.mem, o.year)))});
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = o;
	return rc;
}

static struct str
first_marks(struct visit *v, const struct q_second *s)
{
	struct q_result r;

	if (q_result_current(v->scope.db, v->scope.mem,
		v->scope.actor.municipality, s->year, s->school, s->procedure,
		&r) != RC_OK)
		return S("");
	if (r.mark2.is_known && r.mark3.is_known && r.mark4.is_known &&
	    r.mark5.is_known)
		return arena_fmt(v->scope.mem,
		    "«2» %lld, «3» %lld, «4» %lld, «5» %lld",
		    (long long)r.mark2.v, (long long)r.mark3.v,
		    (long long)r.mark4.v, (long long)r.mark5.v);
	return arena_fmt(v->scope.mem, "не справились %lld из %lld",
	    (long long)r.failed, (long long)r.participants);
}

static void
take_seconds(struct visit *v, struct view_objectivity *s)
{
	VEC(struct second_line) lines = {0};

	for (size_t i = 0; i < s->o.n; i++) {
		const struct objectivity_line *l = &s->o.lines[i];

		for (size_t k = 0; k < l->n_seconds; k++)
			*vec_push(v->scope.mem, &lines) =
			    (struct second_line){.s = l->seconds[k],
				.school = l->name,
				.work = catalogue_title(
				    s->words, l->seconds[k].procedure),
				.first = first_marks(v, &l->seconds[k])};
	}
	s->seconds = lines.p;
	s->n_seconds = lines.n;
}

static struct form
form_or_blank(const struct visit *v, enum form_number number)
{
	return v->form.number == number ? v->form :
					  form_open(v->scope.mem, number);
}

enum rc
page_objectivity(struct visit *v, struct reply *rp)
{
	struct scope *sc = &v->scope;
	struct vocabulary words;
	struct view_objectivity s = {
	    .files = list_files(v),
	    .words = &words,
	    .form = form_or_blank(v, FORM_second),
	    .reason = form_or_blank(v, FORM_reason),
	    .may_edit = may(&sc->actor, PERM_BIAS_EDIT) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct q_school *schools;
	enum rc rc = catalogue_read(sc, &words);

	if (rc == RC_OK)
		rc = read_and_tell(v, &words, &s.o);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return objectivity_table(v, rp, &s.o);
	rc = q_school_list(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    &schools, &s.n_schools);
	if (rc != RC_OK)
		return rc;
	s.schools = schools;
	for (int back = 1; back <= (int)COUNT_OF(s.years); back++)
		s.years[s.n_years++] =
		    syear_plus(syear_of(sc->actor.today), -back);
	take_seconds(v, &s);
	s.shell = shell_open(
	    v, SECTION_objectivity, S(N_("Объективность результатов")));
	view_objectivity(&rp->body, &s);
	return RC_OK;
}

/* The domain speaks of all four marks; the form has a field for each. */
static void
point_at_marks(const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		if (str_eq(d->all[i].at.column, S("marks")))
			d->all[i].at.column = S("mark2");
	}
}

enum rc
do_second(struct visit *v, struct reply *rp)
{
	const struct form_second *f = v->form.value;
	const struct second_new again = {.school = {f->school},
	    .year = {(int32_t)f->year},
	    .procedure = f->procedure,
	    .marks = {f->mark2, f->mark3, f->mark4, f->mark5},
	    .document = f->document,
	    .note = f->note};
	struct vocabulary words;
	int64_t id;
	enum rc rc = catalogue_read(&v->scope, &words);

	if (rc == RC_OK)
		rc = second_marks_add(&v->scope, &words, &again, &id);
	point_at_marks(v->scope.diag);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, objectivity_link(v->scope.mem, again.year),
	    N_("Отметки повторной проверки записаны рядом с первыми."));
}

enum rc
do_second_withdraw(struct visit *v, struct reply *rp)
{
	const struct form_reason *f = v->form.value;
	enum rc rc = second_marks_withdraw(&v->scope, v->at.number, f->reason);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_objectivity(),
	    N_("Отметки повторной проверки сняты; запись осталась в журнале."));
}
