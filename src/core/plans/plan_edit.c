/* plan_edit.c - rows of a plan: added, changed, moved, removed, numbered. */
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/deficits.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/goal.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_steps.h"

enum { TEXT_MOST = 8000 };

static struct str
text(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

static void
refuse(struct scope *sc, const char *field, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(field)}, "%s", sentence);
}

/* ---- what a row may be ------------------------------------------------------------ */

static void
check_length(struct scope *sc, const char *field, struct str s)
{
	if (s.n > TEXT_MOST)
		refuse(sc, field, N_("Текст длиннее четырёх тысяч знаков."));
}

static void
check_codes(struct scope *sc, const struct q_measure *m)
{
	struct str rest = text(m->evidence), code;
	struct evidence_kind kind;
	struct deficit deficit;

	while (rest.n && str_split(&rest, ' ', &code))
		if (!evidence_kind_find(code, &kind))
			diag_error(sc->diag,
			    (struct place){.column = S("evidence")},
			    N_("Такого вида подтверждения нет."))
			    ->value = code;
	rest = text(m->answers);
	while (rest.n && str_split(&rest, ' ', &code))
		if (!deficit_find(code, &deficit))
			diag_error(sc->diag,
			    (struct place){.column = S("answers")},
			    N_("Такого дефицита нет."))
			    ->value = code;
}

static bool
is_fraction(struct opt_int num, struct opt_int den)
{
	return num.is_known && den.is_known && den.v > 0;
}

/* A goal in numbers has its target; a change has what it starts from. */
static void
check_goal(struct scope *sc, const struct q_measure *m)
{
	enum goal_kind kind;
	enum goal_sense sense;

	if (!goal_kind_parse(m->goal, &kind)) {
		refuse(sc, "goal", N_("Такого вида результата нет."));
		return;
	}
	if (m->goal_sense.n && !goal_sense_parse(m->goal_sense, &sense))
		refuse(sc, "goal_sense", N_("Такого сравнения нет."));
	if (kind == GOAL_TEXT || kind == GOAL_YES_NO)
		return;
	if (!is_fraction(m->goal_num, m->goal_den))
		refuse(sc, "goal_num", N_("Не назван целевой показатель."));
	if (m->baseline_num.is_known &&
	    !is_fraction(m->baseline_num, m->baseline_den))
		refuse(sc, "baseline_num",
		    N_("Исходное значение записано не полностью."));
}

static enum rc
check_row(struct scope *sc, const struct q_measure *m)
{
	static const char *const participants[] = {"none", "all", "picked"};
	size_t before = sc->diag->errors;
	bool known = false;

	if (!text(m->title).n)
		refuse(sc, "title", N_("Мероприятие не названо."));
	check_length(sc, "title", m->title);
	check_length(sc, "school_part", m->school_part);
	check_length(sc, "deadline", m->deadline);
	check_length(sc, "responsible", m->responsible);
	check_length(sc, "result", m->result);
	for (size_t i = 0; i < COUNT_OF(participants); i++)
		known |= str_eq(m->participants, str_of(participants[i]));
	if (!known)
		refuse(sc, "participants", N_("Не сказано, кто участвует."));
	check_codes(sc, m);
	check_goal(sc, m);
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- may it be changed ------------------------------------------------------------- */

static enum rc
may_edit(struct scope *sc, enum perm right, plan_id id, struct q_plan *ret)
{
	enum rc rc = q_plan_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, ret);

	if (rc != RC_OK)
		return rc;
	if (ret->school.v)
		rc = may_for(sc, right, ret->school);
	else if (actor_reach(&sc->actor, right) != REACH_ALL)
		rc = RC_DENIED;
	if (rc != RC_OK)
		return rc;
	if (plan_is_open(ret))
		return RC_OK;
	diag_error(
	    sc->diag, (struct place){0}, N_("Строки плана сейчас не меняются."))
	    ->hint = S("Верните план на доработку или начните новую "
		       "редакцию.");
	return RC_CONFLICT;
}

/* The row as it stands, and its plan, which must be open. */
struct editing {
	struct scope *sc;
	enum perm right;
	struct q_plan plan;
	struct q_measure was;
};

static enum rc
open_row(struct editing *e, measure_id id, int64_t version)
{
	struct scope *sc = e->sc;
	enum rc rc = q_measure_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, &e->was);

	if (rc == RC_OK)
		rc = may_edit(sc, e->right, e->was.plan, &e->plan);
	if (rc != RC_OK)
		return rc;
	if (e->was.version == version && !e->was.is_dropped)
		return RC_OK;
	diag_error(
	    sc->diag, (struct place){0}, N_("Строку за это время изменили."))
	    ->hint = S("Посмотрите, что изменилось, и повторите.");
	return RC_CONFLICT;
}

static enum rc
tell(struct editing *e, struct str was, struct str becomes, struct str note)
{
	struct scope *sc = e->sc;
	enum rc rc = q_plan_touch(sc->db, sc->actor.municipality, e->plan.id);

	if (rc != RC_OK)
		return rc;
	return audit_write(sc, &(struct audit_entry){.action = S("plan.row"),
				   .object = S("plan"),
				   .object_id = e->plan.id.v,
				   .object_name = e->plan.title,
				   .was = was,
				   .becomes = becomes,
				   .note = note});
}

static struct str
row_name(struct arena *mem, struct str number, struct str title)
{
	return arena_fmt(mem, "%.*s%s%.*s", STR_ARG(number),
	    number.n ? " " : "", STR_ARG(title));
}

/* ---- adding -------------------------------------------------------------------------- */

/* The row after which it stands must be of the same section. */
static enum rc
place_after(struct scope *sc, plan_id plan, int64_t section, measure_id after,
    int64_t *ret_position)
{
	struct q_measure m = {0};
	enum rc rc = RC_OK;

	if (after.v)
		rc = q_measure_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, after, &m);
	if (rc == RC_OK && after.v &&
	    (m.plan.v != plan.v || m.section != section))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_measure_make_room(sc->db, sc->actor.municipality, plan,
		    section, m.position + 1);
	if (rc == RC_OK)
		*ret_position = m.position + 1;
	return rc;
}

/* What nobody said follows from the words. */
static struct q_measure
completed(struct arena *mem, const struct q_measure *m)
{
	struct q_measure row = *m;
	struct measure_sense sense = measure_sense_of(mem, text(m->responsible),
	    text(m->school_part), text(m->result), text(m->report_form));

	if (!row.evidence.n)
		row.evidence = sense.evidence;
	if (!row.participants.n)
		row.participants = sense.participants;
	if (!row.goal.n) {
		row.goal = sense.goal;
		row.goal_sense = sense.goal_sense;
		row.goal_num = sense.goal_num;
		row.goal_den = sense.goal_den;
	}
	return row;
}

enum rc
measure_insert(struct scope *sc, const struct directory *d,
    const struct q_measure *m, measure_id *ret)
{
	const struct q_measure_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = m->plan,
	    .section = m->section,
	    .position = m->position,
	    .number = text(m->number),
	    .title = text(m->title),
	    .school_part = text(m->school_part),
	    .deadline = text(m->deadline),
	    .responsible = text(m->responsible),
	    .result = text(m->result),
	    .indicator = text(m->indicator),
	    .report_form = text(m->report_form),
	    .note = text(m->note),
	    .evidence = text(m->evidence),
	    .answers = text(m->answers),
	    .basis = text(m->basis),
	    .participants = m->participants.n ? m->participants : S("none"),
	    .goal = m->goal.n ? m->goal : S("text"),
	    .goal_sense = text(m->goal_sense),
	    .goal_num = m->goal_num,
	    .goal_den = m->goal_den,
	    .parent = m->parent,
	    .source_place = text(m->source_place)};
	struct q_measure_add made;
	enum rc rc = q_measure_add(sc->db, sc->mem, &add, &made);

	if (rc == RC_OK)
		rc = measure_put_responsible(sc, d, made.id, add.responsible);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

enum rc
measure_put_in(struct scope *sc, enum perm right, int64_t section,
    measure_id after, const struct q_measure *m, measure_id *ret)
{
	struct editing e = {.sc = sc, .right = right};
	struct q_measure row = completed(sc->mem, m);
	struct directory d;
	enum rc rc = may_edit(sc, right, m->plan, &e.plan);

	if (rc == RC_OK)
		rc = check_row(sc, &row);
	if (rc == RC_OK)
		rc = place_after(sc, m->plan, section, after, &row.position);
	if (rc == RC_OK)
		rc = directory_read(sc, &d);
	row.section = section;
	if (rc == RC_OK)
		rc = measure_insert(sc, &d, &row, ret);
	if (rc != RC_OK)
		return rc;
	return tell(&e, S(""),
	    row_name(sc->mem, text(m->number), text(m->title)),
	    S("добавлена строка"));
}

enum rc
measure_add(struct scope *sc, plan_id plan, int64_t section, measure_id after,
    const struct q_measure *m, measure_id *ret)
{
	struct q_measure row = *m;
	measure_id id;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	row.plan = plan;
	if (rc == RC_OK)
		rc = measure_put_in(
		    sc, PERM_PLANS_EDIT, section, after, &row, &id);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = id;
	return rc;
}

/* ---- changing ------------------------------------------------------------------------ */

/* Words that changed take along what followed from them. */
static struct q_measure
following(
    struct arena *mem, const struct q_measure *was, const struct q_measure *m)
{
	struct q_measure row = *m;
	struct measure_sense sense = measure_sense_of(mem, text(m->responsible),
	    text(m->school_part), text(m->result), text(m->report_form));

	if (!str_eq(text(m->report_form), was->report_form) &&
	    str_eq(text(m->evidence), was->evidence))
		row.evidence = sense.evidence;
	if ((!str_eq(text(m->responsible), was->responsible) ||
		!str_eq(text(m->school_part), was->school_part)) &&
	    str_eq(m->participants, was->participants) &&
	    !str_eq(was->participants, S("picked")))
		row.participants = sense.participants;
	if (!str_eq(text(m->result), was->result) &&
	    str_eq(m->goal, was->goal) && m->goal_num.v == was->goal_num.v &&
	    m->goal_den.v == was->goal_den.v) {
		row.goal = sense.goal;
		row.goal_sense = sense.goal_sense;
		row.goal_num = sense.goal_num;
		row.goal_den = sense.goal_den;
	}
	return row;
}

static void
put_change(struct buf *was, struct buf *now, const char *title, struct str a,
    struct str b)
{
	if (str_eq(text(a), text(b)))
		return;
	buf_fmt(was, "%s%s: %.*s", was->n ? "; " : "", title, STR_ARG(a));
	buf_fmt(now, "%s%s: %.*s", now->n ? "; " : "", title, STR_ARG(b));
}

static enum rc
tell_changes(struct editing *e, const struct q_measure *m)
{
	const struct q_measure *o = &e->was;
	struct buf was = buf_open(e->sc->mem, 0);
	struct buf now = buf_open(e->sc->mem, 0);

	put_change(&was, &now, "номер", o->number, m->number);
	put_change(&was, &now, "мероприятие", o->title, m->title);
	put_change(&was, &now, "часть школы", o->school_part, m->school_part);
	put_change(&was, &now, "срок", o->deadline, m->deadline);
	put_change(&was, &now, "ответственные", o->responsible, m->responsible);
	put_change(&was, &now, "результат", o->result, m->result);
	put_change(&was, &now, "показатель", o->indicator, m->indicator);
	put_change(&was, &now, "документ", o->report_form, m->report_form);
	put_change(&was, &now, "подтверждение", o->evidence, m->evidence);
	put_change(&was, &now, "участники", o->participants, m->participants);
	put_change(&was, &now, "дефициты", o->answers, m->answers);
	put_change(&was, &now, "примечание", o->note, m->note);
	if (!now.n) /* a goal or a schedule, which have no short words */
		put_change(&was, &now, "вид результата", o->goal, m->goal);
	return tell(e, buf_str(&was), buf_str(&now),
	    row_name(e->sc->mem, o->number, o->title));
}

static enum rc
write_row(struct scope *sc, const struct q_measure *m, int64_t version)
{
	const struct q_measure_set_in set = {
	    .municipality = sc->actor.municipality,
	    .id = m->id,
	    .version = version,
	    .number = text(m->number),
	    .title = text(m->title),
	    .school_part = text(m->school_part),
	    .deadline = text(m->deadline),
	    .responsible = text(m->responsible),
	    .result = text(m->result),
	    .indicator = text(m->indicator),
	    .report_form = text(m->report_form),
	    .note = text(m->note),
	    .evidence = text(m->evidence),
	    .answers = text(m->answers),
	    .basis = text(m->basis),
	    .participants = m->participants,
	    .goal = m->goal,
	    .goal_sense = text(m->goal_sense),
	    .goal_num = m->goal_num,
	    .goal_den = m->goal_den,
	    .baseline_num = m->baseline_num,
	    .baseline_den = m->baseline_den,
	    .baseline_on =
		m->baseline_num.is_known ? m->baseline_on : DATE_NONE,
	    .schedule = m->schedule};

	return q_measure_set(sc->db, &set);
}

static enum rc
change(struct editing *e, int64_t version, const struct q_measure *m)
{
	struct scope *sc = e->sc;
	struct directory d;
	enum rc rc = check_row(sc, m);

	if (rc == RC_OK)
		rc = write_row(sc, m, version);
	if (rc == RC_OK && !str_eq(text(m->responsible), e->was.responsible)) {
		rc = directory_read(sc, &d);
		if (rc == RC_OK)
			rc = measure_put_responsible(
			    sc, &d, m->id, text(m->responsible));
	}
	return rc == RC_OK ? tell_changes(e, m) : rc;
}

enum rc
measure_rewrite(struct scope *sc, enum perm right, int64_t version,
    const struct q_measure *m)
{
	struct editing e = {.sc = sc, .right = right};
	enum rc rc = open_row(&e, m->id, version);

	if (rc != RC_OK)
		return rc;
	struct q_measure row = following(sc->mem, &e.was, m);
	return change(&e, version, &row);
}

enum rc
measure_change(struct scope *sc, int64_t version, const struct q_measure *m)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = measure_rewrite(sc, PERM_PLANS_EDIT, version, m);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- its schools ----------------------------------------------------------------------- */

static bool
plan_has(const struct q_plan_school *all, size_t n, school_id id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].school.v == id.v && date_is_none(all[i].until))
			return true;
	return n == 0;
}

static enum rc
put_schools(struct editing *e, const school_id *schools, size_t n)
{
	struct scope *sc = e->sc;
	municipality_id place = sc->actor.municipality;
	struct q_plan_school *of_plan;
	size_t n_plan;
	enum rc rc = q_plan_school_list(
	    sc->db, sc->mem, place, e->plan.id, &of_plan, &n_plan);

	if (rc == RC_OK)
		rc = q_measure_school_clear(sc->db, place, e->was.id);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!plan_has(of_plan, n_plan, schools[i])) {
			refuse(
			    sc, "schools", N_("Школа не входит в этот план."));
			return RC_INVALID;
		}
		rc = q_measure_school_add(sc->db, place, e->was.id, schools[i]);
	}
	return rc;
}

enum rc
measure_set_schools(struct scope *sc, measure_id id, int64_t version,
    const school_id *schools, size_t n)
{
	struct editing e = {.sc = sc, .right = PERM_PLANS_EDIT};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = open_row(&e, id, version);
	if (rc == RC_OK)
		rc = put_schools(&e, schools, n);
	if (rc != RC_OK)
		return rc;
	struct q_measure row = e.was;
	row.participants = n ? S("picked") :
			       measure_sense_of(sc->mem, row.responsible,
				   row.school_part, row.result, row.report_form)
				   .participants;
	rc = write_row(sc, &row, version);
	if (rc == RC_OK)
		rc = tell(&e, S(""),
		    arena_fmt(sc->mem, "участвуют школ: %zu", n),
		    row_name(sc->mem, e.was.number, e.was.title));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- removing and moving ------------------------------------------------------------------ */

/* What an order fixed stays; it is only taken out of the working copy. */
static enum rc
remove_row(struct editing *e, int64_t version)
{
	struct scope *sc = e->sc;
	municipality_id place = sc->actor.municipality;
	measure_id id = e->was.id;
	struct q_measure_in_edition fixed;
	enum rc rc = q_measure_in_edition(
	    sc->db, sc->mem, place, e->plan.id, id, &fixed);

	if (rc == RC_OK)
		return q_measure_drop(sc->db, place, id, version, true);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = q_measure_responsible_clear(sc->db, place, id);
	if (rc == RC_OK)
		rc = q_measure_school_clear(sc->db, place, id);
	return rc == RC_OK ? q_measure_delete(sc->db, place, id, version) : rc;
}

enum rc
measure_take_out(
    struct scope *sc, enum perm right, measure_id id, int64_t version)
{
	struct editing e = {.sc = sc, .right = right};
	enum rc rc = open_row(&e, id, version);

	if (rc == RC_OK)
		rc = remove_row(&e, version);
	if (rc != RC_OK)
		return rc;
	return tell(&e, row_name(sc->mem, e.was.number, e.was.title), S(""),
	    S("убрана строка"));
}

enum rc
measure_remove(struct scope *sc, measure_id id, int64_t version)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = measure_take_out(sc, PERM_PLANS_EDIT, id, version);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
measure_move_to(struct scope *sc, enum perm right, measure_id id,
    int64_t version, int64_t section, measure_id after)
{
	struct editing e = {.sc = sc, .right = right};
	int64_t position;
	enum rc rc = open_row(&e, id, version);

	if (rc == RC_OK)
		rc = place_after(sc, e.plan.id, section, after, &position);
	if (rc == RC_OK)
		rc = q_measure_place(
		    sc->db, &(struct q_measure_place_in){
				.municipality = sc->actor.municipality,
				.id = id,
				.version = version,
				.section = section,
				.position = position});
	if (rc != RC_OK)
		return rc;
	return tell(&e, S(""), S(""),
	    arena_fmt(sc->mem, "передвинута строка %.*s",
		STR_ARG(row_name(sc->mem, e.was.number, e.was.title))));
}

enum rc
measure_move(struct scope *sc, measure_id id, int64_t version, int64_t section,
    measure_id after)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = measure_move_to(
		    sc, PERM_PLANS_EDIT, id, version, section, after);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- back as it was ------------------------------------------------------------------------ */

enum rc
plan_check_version(struct scope *sc, const struct q_plan *plan, int64_t version)
{
	if (plan->version == version)
		return RC_OK;
	diag_error(
	    sc->diag, (struct place){0}, N_("План за это время изменили."))
	    ->hint = S("Посмотрите, что изменилось, и повторите.");
	return RC_CONFLICT;
}

enum rc
plan_may_edit(struct scope *sc, enum perm right, plan_id id)
{
	struct q_plan plan;

	return may_edit(sc, right, id, &plan);
}

enum rc
measure_restore(struct scope *sc, const struct q_measure *was, measure_id id,
    int64_t version)
{
	municipality_id m = sc->actor.municipality;
	struct q_measure row = *was;
	enum rc rc;

	row.id = id;
	rc = write_row(sc, &row, version);
	if (rc == RC_OK)
		rc = q_measure_place(
		    sc->db, &(struct q_measure_place_in){.municipality = m,
				.id = id,
				.version = version + 1,
				.section = was->section,
				.position = was->position});
	if (rc == RC_OK)
		rc = q_measure_drop(sc->db, m, id, version + 2, false);
	return rc;
}
