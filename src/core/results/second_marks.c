/* second_marks.c - what a repeated check gave, beside the first marks. */
#include "base/utf8.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/registry/catalogue.h"
#include "core/results/objectivity.h"
#include "store/q_registry.h"
#include "store/q_results.h"

enum { TEXT_MOST = 1000 };

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

static struct str
marks_text(struct arena *mem, const int64_t m[4])
{
	return arena_fmt(mem, "«2» %lld, «3» %lld, «4» %lld, «5» %lld",
	    (long long)m[0], (long long)m[1], (long long)m[2], (long long)m[3]);
}

/* The works that are checked again are those that were checked at first. */
static enum rc
check(struct scope *sc, const struct second_new *s, struct q_result *ret_first)
{
	size_t before = sc->diag->errors;
	int64_t sum = 0;
	enum rc rc = q_result_current(sc->db, sc->mem, sc->actor.municipality,
	    s->year, s->school, s->procedure, ret_first);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	for (int i = 0; i < 4; i++) {
		if (s->marks[i] < 0 || s->marks[i] > 100000)
			refuse(sc, "marks",
			    N_("Число работ не может быть таким."));
		sum += s->marks[i];
	}
	if (rc == RC_NOT_FOUND)
		refuse(sc, "procedure",
		    N_("Первых отметок этой работы в базе нет: сравнивать не с "
		       "чем."));
	else if (sum == 0)
		refuse(sc, "marks", N_("Не указано ни одной работы."));
	else if (sum > ret_first->participants)
		diag_error(sc->diag, (struct place){.column = S("marks")},
		    N_("Проверено %lld работ, а участников было %lld."),
		    (long long)sum, (long long)ret_first->participants);
	if (!str_trim(s->document).n)
		refuse(sc, "document",
		    N_("Назовите акт повторной проверки: номер и дату."));
	if (utf8_length(s->document) > TEXT_MOST ||
	    utf8_length(s->note) > TEXT_MOST)
		refuse(sc, "note", N_("Это длиннее 1000 знаков."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

static enum rc
tell(struct scope *sc, const char *action, int64_t id, struct str name,
    struct str was, struct str becomes, struct str note)
{
	const struct audit_entry entry = {.action = str_of(action),
	    .object = S("second"),
	    .object_id = id,
	    .object_name = name,
	    .was = was,
	    .becomes = becomes,
	    .note = note};

	return audit_write(sc, &entry);
}

static struct str
name_of(struct scope *sc, const struct vocabulary *words,
    const struct q_school *school, const struct second_new *s)
{
	return arena_fmt(sc->mem, "%.*s: %.*s, %.*s уч. г.",
	    STR_ARG(school->name),
	    STR_ARG(catalogue_title(words, s->procedure)),
	    STR_ARG(syear_ru(sc->mem, s->year)));
}

static struct str
first_text(struct arena *mem, const struct q_result *r)
{
	if (!r->mark2.is_known || !r->mark5.is_known)
		return arena_fmt(mem, "не справились %lld из %lld",
		    (long long)r->failed, (long long)r->participants);
	return marks_text(
	    mem, (int64_t[]){r->mark2.v, r->mark3.v, r->mark4.v, r->mark5.v});
}

enum rc
second_marks_add(struct scope *sc, const struct vocabulary *words,
    const struct second_new *s, int64_t *ret)
{
	struct q_second_add made;
	struct q_school school;
	struct q_result first;
	autotx tx = {0};
	enum rc rc = may_for(sc, PERM_BIAS_EDIT, s->school);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = check(sc, s, &first);
	if (rc == RC_OK)
		rc = q_school_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, s->school, &school);
	if (rc != RC_OK)
		return rc;

	const struct q_second_add_in add = {
	    .municipality = sc->actor.municipality,
	    .school = s->school,
	    .year = s->year,
	    .procedure = s->procedure,
	    .mark2 = s->marks[0],
	    .mark3 = s->marks[1],
	    .mark4 = s->marks[2],
	    .mark5 = s->marks[3],
	    .document = str_trim(s->document),
	    .note = s->note.p ? str_trim(s->note) : S(""),
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	rc = q_second_add(sc->db, sc->mem, &add, &made);
	if (rc == RC_OK)
		rc = tell(sc, "second.added", made.id,
		    name_of(sc, words, &school, s), first_text(sc->mem, &first),
		    marks_text(sc->mem, s->marks), add.document);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

enum rc
second_marks_withdraw(struct scope *sc, int64_t id, struct str reason)
{
	struct q_second s;
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_BIAS_EDIT);

	if (rc == RC_OK && !str_trim(reason).n) {
		refuse(sc, "reason", N_("Не названа причина."));
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_second_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &s);
	if (rc == RC_OK)
		rc = q_second_withdraw(sc->db, sc->actor.municipality, id);
	if (rc == RC_OK)
		rc = tell(sc, "second.withdrawn", id, s.document,
		    marks_text(sc->mem,
			(int64_t[]){s.mark2, s.mark3, s.mark4, s.mark5}),
		    S(""), str_trim(reason));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
