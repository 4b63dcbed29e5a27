/* proposal_words.c - what does a row of the municipality say to a school? */
#include "core/plans/plan_own.h"
#include "core/plans/proposal_own.h"

const char *const proposed_field_titles[PROPOSED_COUNT] = {
    [PROPOSED_NUMBER] = "номер",
    [PROPOSED_TITLE] = "мероприятие",
    [PROPOSED_DEADLINE] = "срок",
    [PROPOSED_RESULT] = "результат",
    [PROPOSED_INDICATOR] = "показатель",
    [PROPOSED_REPORT_FORM] = "форма отчёта",
};

/* ---- a row as the school's road map would have it ---- */

struct school_words
words_of_edition(const struct q_edition_measure *r)
{
	struct school_words w = {{{0}}};

	if (!r)
		return w;
	w.of[PROPOSED_NUMBER] = r->number;
	w.of[PROPOSED_TITLE] = school_title(r->title, r->school_part);
	w.of[PROPOSED_DEADLINE] = r->deadline;
	w.of[PROPOSED_RESULT] = r->result;
	w.of[PROPOSED_INDICATOR] = r->indicator;
	w.of[PROPOSED_REPORT_FORM] = r->report_form;
	return w;
}

struct school_words
words_of_row(const struct q_measure *m)
{
	return (struct school_words){{[PROPOSED_NUMBER] = m->number,
	    [PROPOSED_TITLE] = m->title,
	    [PROPOSED_DEADLINE] = m->deadline,
	    [PROPOSED_RESULT] = m->result,
	    [PROPOSED_INDICATOR] = m->indicator,
	    [PROPOSED_REPORT_FORM] = m->report_form}};
}

bool
words_differ(const struct school_words *a, const struct school_words *b)
{
	for (int i = 0; i < PROPOSED_COUNT; i++)
		if (!str_eq(a->of[i], b->of[i]))
			return true;
	return false;
}

/* ---- editions of the municipal plan ---- */

enum rc
edition_rows(struct scope *sc, struct editions *e, int64_t edition,
    const struct edition_rows **ret)
{
	size_t i = 0;

	while (i < EDITIONS_AT_ONCE - 1 && e->kept[i].edition &&
	       e->kept[i].edition != edition)
		i++;
	*ret = &e->kept[i];
	if (e->kept[i].edition == edition)
		return RC_OK;
	e->kept[i].edition = edition;
	return q_edition_measure_list(sc->db, sc->mem, sc->actor.municipality,
	    e->plan, edition, &e->kept[i].all, &e->kept[i].n);
}

enum rc
edition_row(struct scope *sc, struct editions *e, int64_t edition,
    measure_id measure, const struct q_edition_measure **ret)
{
	const struct edition_rows *rows;
	enum rc rc = edition_rows(sc, e, edition, &rows);

	*ret = NULL;
	for (size_t i = 0; rc == RC_OK && i < rows->n; i++)
		if (rows->all[i].measure.v == measure.v)
			*ret = &rows->all[i];
	return rc;
}

/* ---- the end of a proposal ---- */

enum rc
proposal_close(struct scope *sc, proposal_id id, const char *state,
    struct str reason, bool by_person)
{
	const struct q_proposal_close_in in = {
	    .municipality = sc->actor.municipality,
	    .id = id,
	    .state = str_of(state),
	    .reason = reason,
	    .person_name =
		by_person && sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};

	return q_proposal_close(sc->db, &in);
}
