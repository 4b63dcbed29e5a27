/* loads.c - files come in: questions, check, load, undo (upload: load_read.c). */
#include "web/page/loads.h"

#include "base/buf.h"
#include "core/registry/catalogue.h"
#include "core/results/matching.h"
#include "loads.view.h"
#include "store/q_access.h"
#include "web/page/orders.h"
#include "web/page/pages.h"

const char *
file_kind_title(struct str code)
{
	for (int k = 0; k < FILE_KIND_COUNT; k++) {
		if (str_eq(code, str_of(file_kind_codes[k])))
			return file_kind_titles[k];
	}
	return N_("вид файла не узнан");
}

struct str
name_of_school(const struct q_school *schools, size_t n, school_id id)
{
	for (size_t i = 0; i < n; i++) {
		if (schools[i].id.v == id.v)
			return schools[i].name;
	}
	return S("");
}

static struct str
name_of_person(const struct q_person *people, size_t n, person_id id)
{
	for (size_t i = 0; i < n; i++) {
		if (people[i].id.v == id.v)
			return people[i].name;
	}
	return id.v == 0 ? S(N_("командная строка")) : S("");
}

/* ---- all loads ---- */

static const struct table_column columns[] = {
    {"id", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"file", S_INIT("Файл"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"kind", S_INIT("Вид"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"at", S_INIT("Когда"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"person", S_INIT("Кто"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"added", S_INIT("Добавлено"), TABLE_INT, 0, 0, {0}, {0}},
    {"changed", S_INIT("Изменено"), TABLE_INT, 0, 0, {0}, {0}},
    {"refused", S_INIT("Отклонено"), TABLE_INT, 0, 0, {0}, {0}},
    {"state", S_INIT("Состояние"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"sha256", S_INIT("SHA-256"), TABLE_TEXT, 0, 20, {0}, {0}},
};

const struct list_table loads_list = LIST_OF(columns);

static const char *
state_word(struct str state)
{
	return str_eq(state, S("draft"))  ? N_("черновик") :
	       str_eq(state, S("undone")) ? N_("отменена") :
					    N_("загружено");
}

static enum rc
loads_table(struct visit *v, struct reply *rp, const struct view_loads *s)
{
	const struct table_about about = {.title = S("Загрузки"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "loads");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_load *l = &s->loads[i].load;

		table_out_row(
		    t, (struct table_cell[]){table_int(l->id.v),
			   table_text(l->file_name),
			   table_text(str_of(file_kind_title(l->kind))),
			   table_text(moment_ru(v->scope.mem, l->at, s->zone)),
			   table_text(s->loads[i].person), table_int(l->added),
			   table_int(l->changed), table_int(l->refused),
			   table_text(str_of(state_word(l->state))),
			   table_text(l->file_hash)});
	}
	return table_out_close(t);
}

enum rc
page_loads(struct visit *v, struct reply *rp)
{
	municipality_id m = v->scope.actor.municipality;
	struct view_loads s = {
	    .shell = shell_open(v, SECTION_loads, S(N_("Загрузки"))),
	    .files = list_files(v),
	    .form = v->form.number == FORM_load ?
			v->form :
			form_open(v->scope.mem, FORM_load),
	    .words = v->words,
	    .may_load = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct q_load *all;
	struct q_person *people;
	size_t n_people;
	enum rc rc = q_load_list(v->scope.db, v->scope.mem, m, &all, &s.n);

	if (rc == RC_OK)
		rc = q_person_list(
		    v->scope.db, v->scope.mem, m, &people, &n_people);
	if (rc != RC_OK)
		return rc;
	struct load_line *lines =
	    arena_new(v->scope.mem, struct load_line, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		lines[i] = (struct load_line){
		    all[i], name_of_person(people, n_people, all[i].person)};
	s.loads = lines;
	if (v->format != AS_PAGE)
		return loads_table(v, rp, &s);
	view_loads(&rp->body, &s);
	return RC_OK;
}

/* ---- one load ---- */

static enum rc
apply(struct visit *v, const struct q_load *load, bool check_only, bool partial,
    struct intake_report *ret)
{
	struct vocabulary *words =
	    arena_new(v->scope.mem, struct vocabulary, 1);
	struct intake_options options = {.check_only = check_only,
	    .partial = partial,
	    .year = load->said_year,
	    .procedure = load->said_procedure,
	    .words = words};
	enum rc rc = catalogue_read(&v->scope, words);

	if (rc == RC_OK)
		rc = staging_apply(&v->scope, load->id, &options, ret);
	return rc;
}

/* The answer's field is named by the spelling, so it cannot go to another. */
static struct str
field_of(struct arena *mem, const struct school_ref *ref)
{
	struct str all = arena_fmt(mem, "%.*s\n%.*s\n%.*s", STR_ARG(ref->login),
	    STR_ARG(ref->code), STR_ARG(ref->name));

	return arena_fmt(
	    mem, "school-%016llx", (unsigned long long)str_hash(all));
}

/* An order needs its number and day before its list means anything. */
static enum rc
fill_order(struct visit *v, struct view_load *s)
{
	enum rc rc = staging_order(&v->scope, s->load.id, &s->act);

	s->has_order = rc == RC_OK;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	s->order = v->form.number == FORM_order ?
		       v->form :
		       form_open(v->scope.mem, FORM_order);
	if (s->has_order && v->form.number != FORM_order)
		order_type(v->scope.mem, &s->order, &s->act);
	return RC_OK;
}

/* Which profile filled the answers in, and what else has these headings. */
static enum rc
fill_profile(struct visit *v, struct view_load *s)
{
	const struct scope *sc = &v->scope;
	struct q_load_heading_of of;
	struct load_profiles alike;
	enum rc rc = q_load_heading_of(
	    sc->db, sc->mem, sc->actor.municipality, s->load.id, &of);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = load_profiles_of(
		    &v->scope, of.signature, s->load.file_name, &alike);
	if (rc != RC_OK)
		return rc;
	s->profiles = alike.all;
	s->n_profiles = alike.n;
	s->columns = said_columns_of(sc->mem, of.columns, &s->n_columns);
	for (size_t i = 0; of.profile.is_known && i < alike.n; i++) {
		if (alike.all[i].id == of.profile.v)
			s->filled = &alike.all[i];
	}
	return RC_OK;
}

static enum rc
fill_draft(struct visit *v, struct view_load *s)
{
	struct arena *mem = v->scope.mem;
	enum rc rc = s->is_order ? fill_order(v, s) : RC_OK;

	v->scope.diag->n = 0; /* a refused form has taken what it was told */
	if (rc == RC_OK)
		rc = apply(v, &s->load, true, false, &s->report);
	s->is_stuck = rc == RC_CONFLICT; /* why, the complaints say */
	if (rc != RC_OK && rc != RC_INVALID && !s->is_stuck)
		return rc;
	struct unknown_view *unknown =
	    arena_new(mem, struct unknown_view, s->report.n_unknown + 1);
	for (size_t i = 0; i < s->report.n_unknown; i++) {
		const struct intake_unknown *u = &s->report.unknown[i];

		unknown[s->n_unknown++] = (struct unknown_view){
		    u, field_of(mem, &u->ref), school_ref_text(mem, &u->ref)};
	}
	struct q_load_complaints *kept;
	rc = q_load_complaints(v->scope.db, mem, v->scope.actor.municipality,
	    s->load.id, &kept, &s->n_kept);
	if (rc != RC_OK)
		return rc;
	s->kept = kept;
	s->unknown = unknown;
	rc = q_load_like(v->scope.db, mem, v->scope.actor.municipality,
	    s->load.kind, s->load.profile, s->load.id, &s->like);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	s->complaints = v->scope.diag->all;
	s->n_complaints = v->scope.diag->n;
	return fill_profile(v, s);
}

static enum rc
fill_loaded(struct visit *v, struct view_load *s)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_load_complaints *kept;
	struct q_load_dependants *dependants;
	struct q_result_before *changed;
	enum rc rc = q_load_complaints(
	    sc->db, sc->mem, m, s->load.id, &kept, &s->n_kept);

	if (rc == RC_OK)
		rc = q_load_dependants(sc->db, sc->mem, m, s->load.id,
		    &dependants, &s->n_dependants);
	if (rc == RC_OK)
		rc = q_result_before(
		    sc->db, sc->mem, m, s->load.id, &changed, &s->n_changed);
	if (rc != RC_OK)
		return rc;
	s->kept = kept;
	s->dependants = dependants;
	s->changed = changed;
	return RC_OK;
}

static enum rc
read_load(struct visit *v, struct view_load *s)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	struct q_school *schools;
	struct q_person *people;
	size_t n;
	enum rc rc = q_load_by_id(sc->db, sc->mem, m, v->at.load, &s->load);

	if (rc == RC_OK)
		rc = q_school_list(
		    sc->db, sc->mem, &sc->actor, m, &schools, &s->n_schools);
	if (rc == RC_OK)
		rc = q_person_list(sc->db, sc->mem, m, &people, &n);
	if (rc != RC_OK)
		return rc;
	s->schools = schools;
	s->person = name_of_person(people, n, s->load.person);
	s->undone_by = name_of_person(people, n, s->load.undone_by);
	s->kind = file_kind_title(s->load.kind);
	s->is_draft = str_eq(s->load.state, S("draft"));
	s->is_undone = str_eq(s->load.state, S("undone"));
	s->is_order =
	    str_eq(s->load.kind, str_of(file_kind_codes[FILE_OFFICIAL_LIST]));
	if (s->is_order && !s->is_draft && !s->is_undone) {
		struct q_official act;

		rc = q_official_of_load(sc->db, sc->mem, m, s->load.id, &act);
		if (rc == RC_OK)
			s->order_id = act.id;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
page_load(struct visit *v, struct reply *rp)
{
	struct view_load s = {
	    .words = v->words,
	    .may_load = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = read_load(v, &s);

	if (rc == RC_OK)
		rc = s.is_draft ? fill_draft(v, &s) : fill_loaded(v, &s);
	if (rc != RC_OK)
		return rc;
	s.shell = shell_open(v, SECTION_loads,
	    arena_fmt(v->scope.mem, "Загрузка № %lld", (long long)s.load.id.v));
	shell_crumb(&s.shell, S(N_("Загрузки")), link_loads());
	view_load(&rp->body, &s);
	return RC_OK;
}

/* Which school is meant: the answers are remembered as spellings. */
enum rc
do_load_schools(struct visit *v, struct reply *rp)
{
	struct view_load s = {0};
	enum rc rc = read_load(v, &s);

	if (rc == RC_OK && !s.is_draft)
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = fill_draft(v, &s);
	for (size_t i = 0; rc == RC_OK && i < s.n_unknown; i++) {
		struct str said = form_raw(v->rq, s.unknown[i].field);
		int64_t id;

		if (str_to_int(said, &id) && id > 0)
			rc = match_confirm(&v->scope,
			    &s.unknown[i].unknown->ref, (school_id){id});
	}
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_load(v->at.load),
	    N_("Названия школ запомнены: в следующий раз спрашивать не "
	       "придётся."));
}

/* The year and the procedure, where the file does not say them. */
enum rc
do_load_said(struct visit *v, struct reply *rp)
{
	const struct form_load_said *f = v->form.value;
	enum rc rc = staging_say(&v->scope, v->at.load,
	    (struct syear){f->year == NUMBER_NONE ? 0 : (int32_t)f->year},
	    f->procedure);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_load(v->at.load),
	    N_("Файл прочитан заново с тем, что вы сказали."));
}

/* The order's number, day and issuer, said of a draft. */
enum rc
do_load_order(struct visit *v, struct reply *rp)
{
	const struct official_details act = order_details(v->form.value);
	enum rc rc = staging_say_order(&v->scope, v->at.load, &act);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_load(v->at.load), N_("Реквизиты приказа записаны."));
}

enum rc
do_load_apply(struct visit *v, struct reply *rp)
{
	const struct form_load_apply *f = v->form.value;
	struct q_load load;
	struct intake_report report;
	enum rc rc = q_load_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.load, &load);

	if (rc == RC_OK && !str_eq(load.state, S("draft")))
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = apply(v, &load, false, f->partial, &report);
	if (rc != RC_OK)
		return rc;
	struct q_official act;
	if (q_official_of_load(v->scope.db, v->scope.mem,
		v->scope.actor.municipality, report.load, &act) == RC_OK)
		return reply_done(
		    v, rp, link_order(act.id), N_("Приказ загружен."));
	return reply_done(v, rp, link_load(report.load), N_("Файл загружен."));
}

enum rc
do_load_drop(struct visit *v, struct reply *rp)
{
	enum rc rc = staging_drop(&v->scope, v->at.load);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_loads(),
	    N_("Черновик загрузки удалён, ничего не записано."));
}

enum rc
do_load_undo(struct visit *v, struct reply *rp)
{
	enum rc rc = load_undo(&v->scope, v->at.load);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_load(v->at.load),
	    N_("Загрузка отменена: прежние числа снова действуют."));
}

/* ---- the refused rows, in the shape that loads back once mended ---- */

static bool
put_record(void *of, const struct q_load_row_each *row)
{
	struct buf *out = of;

	buf_put(out, row->record);
	if (row->record.n == 0 || row->record.p[row->record.n - 1] != '\n')
		buf_char(out, '\n');
	return true;
}

enum rc
page_load_refused(struct visit *v, struct reply *rp)
{
	struct q_load load;
	struct intake_report report = {0};
	enum rc rc = q_load_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.load, &load);

	if (rc != RC_OK)
		return rc;
	rp->type = S("text/csv; charset=utf-8");
	reply_header(rp, "Content-Disposition",
	    arena_fmt(v->scope.mem, "attachment; filename=\"refused-%lld.csv\"",
		(long long)load.id.v));
	buf_c(&rp->body, "\xEF\xBB\xBF");
	if (!str_eq(load.state, S("draft")))
		return q_load_row_each(v->scope.db, v->scope.actor.municipality,
		    load.id, true, put_record, &rp->body);
	rc = apply(v, &load, true, true, &report);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	buf_put(&rp->body, report.refused_csv);
	return RC_OK;
}
