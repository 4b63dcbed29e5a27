/* reconcile.c - where our list and the region's differ, and why. */
#include "core/methods/reconcile.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/methods/library.h"
#include "core/registry/catalogue.h"
#include "store/q_registry.h"
#include "store/q_results.h"

/* A margin within which somebody else's count may well differ. */
enum { CLOSE_MARGIN = 2, NAMED_MISSING = 3, NOTE_MOST = 2000 };

const char *const difference_kind_codes[DIFFERENCE_KIND_COUNT] = {
    "both", "only_order", "only_ours", "no_data"};
const char *const difference_kind_titles[DIFFERENCE_KIND_COUNT] = {
    "в приказе и в расчёте", "только в приказе", "только в расчёте",
    "нет ни там, ни там: данных не хватило"};

struct reconciling {
	struct scope *sc;
	struct reconciliation out;
	struct vocabulary words;
	struct library library;
	bool is_method; /* the run can be computed again by a method */
	struct run run;
	struct inputs now; /* the same question asked of today's numbers */
	VEC(struct reconcile_line) lines;
};

struct causes {
	struct cause *p;
	size_t n, cap;
};

static void
add_cause(struct reconciling *r, struct causes *list, enum cause_kind kind,
    struct str text)
{
	*vec_push(r->sc->mem, list) = (struct cause){kind, text};
}

static const char *
is_there(bool in_order)
{
	return in_order ? "вошла бы в перечень" : "не вошла бы в перечень";
}

/* ---- the same question asked otherwise ---- */

/* The method with another reading or of another version. */
struct other {
	const struct method_program *program;
	struct method_slots *slots;
	enum cause_kind kind;
	struct str name; /* "При чтении «…»" */
};

struct others {
	struct other *p;
	size_t n, cap;
};

static enum rc
add_other(struct reconciling *r, struct others *list, const struct method *m,
    const struct method_choice *choice, enum cause_kind kind, struct str name)
{
	struct arena *mem = r->sc->mem;
	struct method_program *program;
	enum rc rc = method_prepare(
	    mem, m, choice, r->out.run.year, r->sc->diag, &program);

	if (rc == RC_OK)
		*vec_push(mem, list) = (struct other){
		    program, method_slots_open(mem, program), kind, name};
	return rc;
}

static enum rc
collect_readings(struct reconciling *r, struct others *list)
{
	const struct method *m = r->run.method;
	struct arena *mem = r->sc->mem;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < m->n_doubts; i++)
		for (size_t k = 0; rc == RC_OK && k < m->doubts[i].n_others;
		     k++) {
			struct method_choice c = method_default(mem, m);
			c.readings[i] = (uint8_t)(k + 1);
			rc = add_other(r, list, m, &c, CAUSE_READING,
			    arena_fmt(mem, "При другом прочтении («%.*s»)",
				STR_ARG(m->doubts[i].others[k].text)));
		}
	return rc;
}

static enum rc
collect_versions(struct reconciling *r, struct others *list)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->library.n; i++) {
		const struct method *m = r->library.methods[i];
		if (!str_eq(m->code, r->out.run.method) ||
		    str_eq(m->version, r->out.run.version))
			continue;
		rc = add_other(r, list, m, NULL, CAUSE_VERSION,
		    arena_fmt(r->sc->mem, "По редакции %.*s методики",
			STR_ARG(m->version)));
	}
	return rc;
}

static void
ask_others(struct reconciling *r, const struct others *others,
    const struct facts *facts, bool in_order, struct causes *ret)
{
	for (size_t i = 0; i < others->n; i++) {
		const struct other *o = &others->p[i];
		struct method_result now =
		    method_decide(o->program, facts, o->slots);
		if ((now.status == METHOD_LISTED) != in_order)
			continue;
		add_cause(r, ret, o->kind,
		    arena_fmt(r->sc->mem, "%.*s школа %s.", STR_ARG(o->name),
			is_there(in_order)));
	}
}

static void
ask_today(
    struct reconciling *r, school_id school, bool in_order, struct causes *ret)
{
	for (size_t i = 0; i < r->now.n; i++) {
		const struct inputs_school *s = &r->now.schools[i];
		if (s->id.v != school.v)
			continue;
		struct verdict v =
		    method_verdict(r->sc->mem, r->run.program, &s->facts);
		if ((v.status == METHOD_LISTED) == in_order)
			add_cause(r, ret, CAUSE_CHANGED,
			    arena_fmt(r->sc->mem,
				"После расчёта числа изменились: по "
				"сегодняшним школа %s.",
				is_there(in_order)));
	}
}

/* ---- what is known of the numbers ---- */

static void
say_missing(
    struct reconciling *r, const struct run_line *line, struct causes *ret)
{
	struct arena *mem = r->sc->mem;
	const struct verdict *v = &line->verdict;
	struct buf b = buf_open(mem, 0);

	if (!v->n_missing)
		return;
	buf_c(&b, "У нас нет данных: ");
	for (size_t i = 0; i < v->n_missing && i < NAMED_MISSING; i++) {
		const struct method_missing *m = &v->missing[i];
		buf_fmt(&b, "%s%.*s", i ? "; " : "",
		    STR_ARG(m->is_element ?
				r->words.elements[m->index].title :
				r->words.procedures[m->index].title));
		if (!m->is_element)
			buf_fmt(&b, ", %.*s уч. г.",
			    STR_ARG(syear_ru(mem, m->year)));
	}
	if (v->n_missing > NAMED_MISSING)
		buf_fmt(&b, "; и ещё %zu", v->n_missing - NAMED_MISSING);
	buf_char(&b, '.');
	add_cause(r, ret, CAUSE_MISSING, buf_str(&b));
}

/*
 * BASIS: norilsk-2.1-retakes, domain 10.6 - after a retake fewer have failed
 * than the order may have counted.
 */
static enum rc
say_retakes(struct reconciling *r, school_id school, struct causes *ret)
{
	struct arena *mem = r->sc->mem;
	struct buf b = buf_open(mem, 0);
	struct q_result *rows;
	size_t n;
	enum rc rc = q_result_of_school(r->sc->db, mem, &r->sc->actor,
	    r->sc->actor.municipality, school, &rows, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int back = r->out.run.year.first - rows[i].year.first;
		if (!rows[i].is_after_retake || back < 1 || back > FACT_YEARS)
			continue;
		buf_fmt(&b, "%s%.*s, %.*s уч. г.", b.n ? "; " : "",
		    STR_ARG(catalogue_title(&r->words, rows[i].procedure)),
		    STR_ARG(syear_ru(mem, rows[i].year)));
	}
	if (rc == RC_OK && b.n)
		add_cause(r, ret, CAUSE_RETAKE,
		    arena_fmt(mem,
			"У нас только результаты после пересдачи: %.*s. До неё "
			"не справившихся могло быть больше.",
			STR_ARG(buf_str(&b))));
	return rc;
}

static void
say_margin(
    struct reconciling *r, const struct run_line *line, struct causes *ret)
{
	const struct margin *m = &line->margin;

	if (!m->exists || m->pupils > CLOSE_MARGIN)
		return;
	add_cause(r, ret, CAUSE_MARGIN,
	    arena_fmt(r->sc->mem,
		"Решение держится на %lld %s: после апелляций или при другом "
		"подсчёте оно иное.",
		(long long)m->pupils,
		plural_ru(m->pupils, "ученике", "учениках", "учениках")));
}

static enum rc
explain(struct reconciling *r, const struct others *others,
    struct reconcile_line *line)
{
	bool in_order = line->kind == DIFFERENCE_ONLY_ORDER;
	struct causes causes = {0};
	const struct run_line *ours =
	    r->is_method ? run_line_of(&r->run, line->school) : NULL;
	struct run_line whole;
	enum rc rc = RC_OK;

	if (ours) {
		whole = run_line_whole(r->sc->mem, &r->run, ours);
		ours = &whole;
	}
	if (!line->status.n)
		add_cause(r, &causes, CAUSE_NOT_IN_RUN,
		    S("В год расчёта этой школы не было среди "
		      "действующих."));
	if (ours && ours->verdict.status == METHOD_NOT_APPLICABLE)
		add_cause(r, &causes, CAUSE_NOT_APPLICABLE,
		    S("Методика к школам этого вида не применяется."));
	if (ours)
		ask_others(r, others, &ours->school->facts, in_order, &causes);
	if (r->is_method)
		ask_today(r, line->school, in_order, &causes);
	if (ours && in_order)
		say_missing(r, ours, &causes);
	if (in_order)
		rc = say_retakes(r, line->school, &causes);
	if (ours)
		say_margin(r, ours, &causes);
	line->causes = causes.p;
	line->n_causes = causes.n;
	return rc;
}

/* ---- the two lists side by side ---- */

static const struct q_official_entry *
entry_of(const struct q_official_entry *all, size_t n, school_id school)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].school.v == school.v)
			return &all[i];
	return NULL;
}

static void
put_line(struct reconciling *r, struct reconcile_line line)
{
	r->out.counts[line.kind]++;
	*vec_push(r->sc->mem, &r->lines) = line;
}

static void
put_verdict(struct reconciling *r, const struct q_verdict *v,
    const struct q_official_entry *e)
{
	bool ours = str_eq(v->status, S("listed"));
	bool unsure = str_eq(v->status, S("no_data"));

	if (!ours && !e && !unsure) {
		r->out.neither++;
		return;
	}
	put_line(r, (struct reconcile_line){.school = v->school,
			.name = v->name,
			.code = v->code,
			.kind = ours && e ? DIFFERENCE_NONE :
				e         ? DIFFERENCE_ONLY_ORDER :
				ours      ? DIFFERENCE_ONLY_OURS :
					    DIFFERENCE_NO_DATA,
			.status = v->status,
			.reason = v->reason,
			.basis = e ? e->basis : S("")});
}

static bool
has_school(const struct q_verdict *all, size_t n, school_id school)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].school.v == school.v)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	const struct reconcile_line *x = a, *y = b;

	return str_cmp(x->sort_key, y->sort_key);
}

/* The entries of this run's kind that put schools on. */
static size_t
keep_kind(struct reconciling *r, struct q_official_entry *all, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].kind, r->out.run.method) && !all[i].is_exit)
			all[kept++] = all[i];
	return kept;
}

static enum rc
no_such_kind(struct reconciling *r)
{
	diag_error(r->sc->diag, (struct place){.column = S("act")},
	    N_("В приказе № %.*s нет школ перечня «%.*s» на этот год."),
	    STR_ARG(r->out.act.number),
	    STR_ARG(official_kind_title(r->out.run.method)));
	return RC_INVALID;
}

static enum rc
lay_side_by_side(struct reconciling *r)
{
	struct scope *sc = r->sc;
	municipality_id place = sc->actor.municipality;
	struct q_official_entry *entries;
	struct q_verdict *verdicts;
	size_t n, n_entries;
	enum rc rc = q_verdict_list(
	    sc->db, sc->mem, &sc->actor, place, r->out.run.id, &verdicts, &n);

	if (rc == RC_OK)
		rc = q_official_entry_list(sc->db, sc->mem, &sc->actor, place,
		    r->out.act.id, &entries, &n_entries);
	if (rc != RC_OK)
		return rc;
	n_entries = keep_kind(r, entries, n_entries);
	if (!n_entries || r->out.act.year.first != r->out.run.year.first)
		return no_such_kind(r);
	for (size_t i = 0; i < n; i++)
		put_verdict(r, &verdicts[i],
		    entry_of(entries, n_entries, verdicts[i].school));
	for (size_t i = 0; i < n_entries; i++)
		if (!has_school(verdicts, n, entries[i].school))
			put_line(r,
			    (struct reconcile_line){.school = entries[i].school,
				.name = entries[i].school_name,
				.code = entries[i].code,
				.kind = DIFFERENCE_ONLY_ORDER,
				.status = S(""),
				.reason = S(""),
				.basis = entries[i].basis});
	vec_each(struct reconcile_line, line, &r->lines)
		line->sort_key = text_sort_key(sc->mem, line->name);
	if (r->lines.n)
		qsort(r->lines.p, r->lines.n, sizeof *r->lines.p, by_name);
	return RC_OK;
}

static enum rc
put_notes(struct reconciling *r)
{
	struct q_difference_note *notes;
	size_t n;
	enum rc rc = q_difference_note_list(r->sc->db, r->sc->mem,
	    &r->sc->actor, r->sc->actor.municipality, r->out.run.id,
	    r->out.act.id, &notes, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		vec_each(struct reconcile_line, line, &r->lines)
			if (line->school.v == notes[i].school.v)
				line->note = notes[i];
	return rc;
}

static bool
is_difference(const struct reconcile_line *line)
{
	return line->kind == DIFFERENCE_ONLY_ORDER ||
	       line->kind == DIFFERENCE_ONLY_OURS;
}

static enum rc
explain_all(struct reconciling *r)
{
	struct others others = {0};
	enum rc rc = RC_OK;

	if (!r->out.counts[DIFFERENCE_ONLY_ORDER] &&
	    !r->out.counts[DIFFERENCE_ONLY_OURS])
		return RC_OK;
	if (r->is_method) {
		rc = inputs_collect(r->sc, &r->words, r->out.run.year, &r->now);
		if (rc == RC_OK)
			rc = collect_readings(r, &others);
		if (rc == RC_OK)
			rc = collect_versions(r, &others);
	}
	for (size_t i = 0; rc == RC_OK && i < r->lines.n; i++) {
		struct reconcile_line *line = &r->lines.p[i];
		if (!is_difference(line))
			continue;
		rc = explain(r, &others, line);
		r->out.unexplained += !line->n_causes && !line->note.version;
	}
	return rc;
}

/* Lists of an index have no method to ask again. */
static enum rc
reopen(struct reconciling *r)
{
	struct q_run row;

	r->is_method = library_newest(&r->library, r->out.run.method) != NULL;
	if (!r->is_method)
		return RC_OK;
	return run_reopen(r->sc, &r->words, r->out.run.id, &row, &r->run);
}

enum rc
reconcile(
    struct scope *sc, run_id run, official_id act, struct reconciliation *ret)
{
	struct reconciling r = {.sc = sc};
	municipality_id place = sc->actor.municipality;
	enum rc rc = q_run_by_id(sc->db, sc->mem, place, run, &r.out.run);

	if (rc == RC_OK)
		rc = q_official_by_id(sc->db, sc->mem, place, act, &r.out.act);
	if (rc == RC_OK)
		rc = catalogue_read(sc, &r.words);
	if (rc == RC_OK)
		rc = library_read(sc, &r.words, &r.library);
	if (rc == RC_OK)
		rc = lay_side_by_side(&r);
	if (rc == RC_OK)
		rc = put_notes(&r);
	if (rc == RC_OK)
		rc = reopen(&r);
	if (rc == RC_OK)
		rc = explain_all(&r);
	if (rc != RC_OK)
		return rc;
	r.out.lines = r.lines.p;
	r.out.n = r.lines.n;
	*ret = r.out;
	return RC_OK;
}

enum rc
reconcile_unexplained(
    struct scope *sc, const struct q_run *run, official_id act, size_t *ret)
{
	struct reconciliation all;
	enum rc rc = reconcile(sc, run->id, act, &all);

	if (rc == RC_OK)
		*ret = all.unexplained;
	return rc;
}

/* ---- a person's word ---- */

static enum rc
write_note(struct scope *sc, run_id run, official_id act, school_id school,
    int64_t version, struct str text)
{
	const struct q_difference_note_add_in add = {
	    .municipality = sc->actor.municipality,
	    .run = run,
	    .official = act,
	    .school = school,
	    .text = text,
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	const struct q_difference_note_set_in set = {
	    .municipality = sc->actor.municipality,
	    .run = run,
	    .official = act,
	    .school = school,
	    .version = version,
	    .text = text,
	    .person = sc->actor.person,
	    .person_name = add.person_name,
	    .at = sc->now};

	return version ? q_difference_note_set(sc->db, &set) :
			 q_difference_note_add(sc->db, &add);
}

static const struct q_difference_note *
note_of(const struct q_difference_note *all, size_t n, school_id school)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].school.v == school.v)
			return &all[i];
	return NULL;
}

static enum rc
check_note(struct scope *sc, const struct q_run *row, struct str text)
{
	size_t before = sc->diag->errors;
	struct place at = {.column = S("text")};

	if (!str_eq(row->state, S("approved")) &&
	    !str_eq(row->state, S("draft")) &&
	    !str_eq(row->state, S("objections")))
		diag_error(sc->diag, (struct place){0},
		    N_("Сверка этого перечня завершена."));
	if (!text.n)
		diag_error(sc->diag, at, N_("Объяснение пусто."));
	if (utf8_length(text) > NOTE_MOST)
		diag_error(sc->diag, at, N_("Объяснение длиннее 2000 знаков."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

enum rc
reconcile_explain(struct scope *sc, run_id run, official_id act,
    school_id school, int64_t version, struct str text)
{
	municipality_id place = sc->actor.municipality;
	struct q_difference_note *notes;
	struct q_school seen;
	struct q_run row;
	size_t n;
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_LISTS_MAKE);

	text = str_trim(text);
	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_run_by_id(sc->db, sc->mem, place, run, &row);
	if (rc == RC_OK)
		rc = check_note(sc, &row, text);
	if (rc == RC_OK)
		rc = q_school_by_id(
		    sc->db, sc->mem, &sc->actor, place, school, &seen);
	if (rc == RC_OK)
		rc = q_difference_note_list(
		    sc->db, sc->mem, &sc->actor, place, run, act, &notes, &n);
	if (rc != RC_OK)
		return rc;

	const struct q_difference_note *was = note_of(notes, n, school);
	if ((was ? was->version : 0) != version)
		return RC_CONFLICT;
	rc = write_note(sc, run, act, school, version, text);
	if (rc != RC_OK)
		return rc;

	const struct audit_entry entry = {.action = S("run.explained"),
	    .object = S("run"),
	    .object_id = run.v,
	    .object_name = seen.name,
	    .was = was ? was->text : S(""),
	    .becomes = text};
	rc = audit_write(sc, &entry);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
