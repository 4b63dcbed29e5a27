/* objections.c - a school's word against a decision, and the answer to it. */
#include "core/methods/objections.h"

#include "base/utf8.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/methods/steps.h"
#include "core/registry/catalogue.h"
#include "store/q_registry.h"

enum { TEXT_MOST = 4000, CLAIMED_MOST = 200 };

static const struct {
	const char *code, *title;
} states[] = {
    {"open", "ждёт ответа"},
    {"accepted", "принято"},
    {"declined", "отклонено"},
    {"withdrawn", "отозвано"},
};

const char *
objection_state_title(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (str_eq(code, str_of(states[i].code)))
			return states[i].title;
	return "";
}

struct str
objection_about_text(struct arena *mem, const struct vocabulary *words,
    struct str about, struct syear year)
{
	if (!about.n)
		return S("решение в целом");

	struct str title = catalogue_title(words, about);
	if (!year.first)
		return title;
	return arena_fmt(mem, "%.*s, %.*s уч. г.", STR_ARG(title),
	    STR_ARG(syear_ru(mem, year)));
}

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

/* The disputed number must be one that the list could have looked at. */
static void
check_about(struct scope *sc, const struct vocabulary *words,
    const struct q_run *run, const struct objection_new *o)
{
	bool is_procedure = vocabulary_procedure_find(words, o->about) >= 0;
	int back = run->year.first - o->year.first;

	if (!o->about.n)
		return;
	if (!is_procedure && vocabulary_element_find(words, o->about) < 0)
		refuse(sc, "about", N_("Такого показателя в расчёте нет."));
	else if (is_procedure && (back < 1 || back > FACT_YEARS))
		refuse(sc, "year",
		    N_("Результаты этого года в расчёт не входят."));
}

static enum rc
check(struct scope *sc, const struct vocabulary *words, const struct q_run *run,
    const struct list_way *way, const struct objection_new *o)
{
	size_t before = sc->diag->errors;

	if (way->state != LIST_OBJECTIONS)
		refuse(sc, "",
		    N_("Возражения по этому перечню сейчас не "
		       "принимаются."));
	else if (date_before(way->term, sc->actor.today))
		diag_error(sc->diag, (struct place){0},
		    N_("Возражения принимались по %.*s."),
		    STR_ARG(date_ru(sc->mem, way->term)))
		    ->hint = S("Если числа неверны, сообщите координатору: "
			       "срок может быть продлён.");
	if (!str_trim(o->text).n)
		refuse(sc, "text", N_("Напишите, с чем школа не согласна."));
	if (utf8_length(o->text) > TEXT_MOST)
		refuse(sc, "text", N_("Возражение длиннее 4000 знаков."));
	if (utf8_length(o->claimed) > CLAIMED_MOST)
		refuse(sc, "claimed", N_("Это длиннее 200 знаков."));
	check_about(sc, words, run, o);
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

static enum rc
tell(struct scope *sc, const char *action, objection_id id,
    struct str school_name, struct str was, struct str becomes, struct str note)
{
	const struct audit_entry entry = {.action = str_of(action),
	    .object = S("objection"),
	    .object_id = id.v,
	    .object_name = school_name,
	    .was = was,
	    .becomes = becomes,
	    .note = note};

	return audit_write(sc, &entry);
}

static enum rc
store(struct scope *sc, const struct vocabulary *words,
    const struct objection_new *o, objection_id *ret)
{
	struct q_objection_add made;
	struct q_school school;
	bool is_procedure = vocabulary_procedure_find(words, o->about) >= 0;
	const struct q_objection_add_in add = {
	    .municipality = sc->actor.municipality,
	    .run = o->run,
	    .school = o->school,
	    .about = o->about.p ? o->about : S(""),
	    .year = is_procedure ? o->year : (struct syear){0},
	    .claimed = o->claimed.p ? str_trim(o->claimed) : S(""),
	    .text = str_trim(o->text),
	    .filed_by = sc->actor.person,
	    .filed_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .filed_at = sc->now};
	enum rc rc = q_objection_add(sc->db, sc->mem, &add, &made);

	if (rc == RC_OK)
		rc = q_school_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, o->school, &school);
	if (rc == RC_OK)
		rc = tell(sc, "objection.filed", made.id, school.name, S(""),
		    objection_about_text(sc->mem, words, add.about, add.year),
		    add.text);
	if (rc == RC_OK)
		rc = notify_right(sc, PERM_LISTS_MAKE, REACH_ALL,
		    &(struct notice){.kind = NOTICE_OBJECTION_FILED,
			.object = S("run"),
			.object_id = o->run.v,
			.school = o->school,
			.text = arena_fmt(sc->mem,
			    N_("%.*s возражает против решения по перечню № "
			       "%lld."),
			    STR_ARG(school.name), (long long)o->run.v)});
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

enum rc
objection_file(struct scope *sc, const struct vocabulary *words,
    const struct objection_new *o, objection_id *ret)
{
	objection_id made;
	struct list_way way;
	struct q_run run;
	autotx tx = {0};
	enum rc rc = may_for(sc, PERM_LISTS_OBJECT, o->school);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_run_by_id(
		    sc->db, sc->mem, sc->actor.municipality, o->run, &run);
	if (rc == RC_OK)
		rc = list_way_read(sc, &run, &way);
	if (rc == RC_OK)
		rc = check(sc, words, &run, &way, o);
	if (rc == RC_OK)
		rc = store(sc, words, o, &made);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made;
	return rc;
}

/* A correcting load must have brought the number that was disputed. */
static enum rc
check_load(struct scope *sc, const struct q_objection *o, load_id load)
{
	struct q_load_touches *rows;
	size_t n;
	enum rc rc = q_load_touches(sc->db, sc->mem, sc->actor.municipality,
	    load, o->school, &rows, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (!o->about.n || (str_eq(rows[i].about, o->about) &&
				       (!o->year.first || rows[i].year.first ==
							      o->year.first)))
			return RC_OK;
	diag_error(sc->diag, (struct place){.column = S("load")},
	    N_("Загрузка № %lld не исправляла %s этой школы."),
	    (long long)load.v, o->about.n ? "оспоренное число" : "чисел");
	return RC_INVALID;
}

static enum rc
close_it(struct scope *sc, const struct q_objection *o, int64_t version,
    const char *state, struct str text, load_id load)
{
	const struct q_objection_close_in close = {
	    .municipality = sc->actor.municipality,
	    .id = o->id,
	    .version = version,
	    .state = str_of(state),
	    .answer = text.p ? str_trim(text) : S(""),
	    .answered_by = sc->actor.person,
	    .answered_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .answered_at = sc->now,
	    .load = load};
	enum rc rc = q_objection_close(sc->db, &close);

	if (rc == RC_CONFLICT)
		diag_error(sc->diag, (struct place){0},
		    N_("На это возражение уже ответили."));
	if (rc != RC_OK)
		return rc;
	return tell(sc, "objection.decided", o->id, o->school_name,
	    str_of(objection_state_title(o->state)),
	    str_of(objection_state_title(str_of(state))), close.answer);
}

static enum rc
check_answer(struct scope *sc, const struct q_objection *o,
    const struct objection_answer *answer)
{
	size_t before = sc->diag->errors;
	enum rc rc = RC_OK;

	if (!str_trim(answer->text).n)
		refuse(sc, "answer",
		    N_("Школе нужен ответ словами: почему "
		       "возражение принято или отклонено."));
	if (answer->load.v && !answer->is_accepted)
		refuse(sc, "load",
		    N_("У отклонённого возражения нет исправления."));
	else if (answer->load.v)
		rc = check_load(sc, o, answer->load);
	if (rc != RC_OK)
		return rc;
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

enum rc
objection_decide(struct scope *sc, objection_id id, int64_t version,
    const struct objection_answer *answer)
{
	struct q_objection o;
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_LISTS_MAKE);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_objection_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &o);
	if (rc == RC_OK)
		rc = check_answer(sc, &o, answer);
	if (rc == RC_OK)
		rc = close_it(sc, &o, version,
		    answer->is_accepted ? "accepted" : "declined", answer->text,
		    answer->load);
	if (rc == RC_OK)
		rc = notify_right(sc, PERM_LISTS_OBJECT, REACH_OWN,
		    &(struct notice){.kind = NOTICE_OBJECTION_ANSWERED,
			.object = S("run"),
			.object_id = o.run.v,
			.school = o.school,
			.text =
			    arena_fmt(sc->mem, N_("%.*s: возражение %s. %.*s"),
				STR_ARG(o.school_name),
				answer->is_accepted ? "принято" : "отклонено",
				STR_ARG(str_trim(answer->text)))});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
objection_withdraw(struct scope *sc, objection_id id, int64_t version)
{
	struct q_objection o;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_objection_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &o);
	if (rc == RC_OK)
		rc = may_for(sc, PERM_LISTS_OBJECT, o.school);
	if (rc == RC_OK)
		rc =
		    close_it(sc, &o, version, "withdrawn", S(""), (load_id){0});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
