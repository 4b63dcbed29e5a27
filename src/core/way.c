/* way.c - what is missing for a step that somebody wants to take? */
#include "core/way.h"

size_t
way_find_state(const struct way_state *all, size_t n, struct str code)
{
	size_t i = 0;

	while (i < n && !str_eq(code, str_of(all[i].code)))
		i++;
	return i;
}

size_t
way_find_step(const struct way_step *all, size_t n, struct str code)
{
	size_t i = 0;

	while (i < n && !str_eq(code, str_of(all[i].code)))
		i++;
	return i;
}

static void
miss(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

static void
check_document(struct scope *sc, const struct step_details *d)
{
	if (!str_trim(d->document).n)
		miss(sc, "document", N_("Не сказано, каким документом."));
	if (!str_trim(d->document_number).n)
		miss(sc, "document_number", N_("Нет номера документа."));
	if (date_is_none(d->document_on))
		miss(sc, "document_on", N_("Нет даты документа."));
	else if (date_before(sc->actor.today, d->document_on))
		miss(sc, "document_on", N_("Дата документа ещё не наступила."));
}

void
way_check_details(
    struct scope *sc, unsigned needs, const struct step_details *d)
{
	if ((needs & NEEDS_TERM) && date_is_none(d->term))
		miss(sc, "term",
		    N_("Не сказано, по какой день принимаются возражения."));
	else if ((needs & NEEDS_TERM) && date_before(d->term, sc->actor.today))
		miss(sc, "term", N_("Этот день уже прошёл."));
	if (needs & NEEDS_DOCUMENT)
		check_document(sc, d);
	if ((needs & NEEDS_ACT) && !d->act.v)
		miss(sc, "act",
		    N_("Не выбран приказ, с которым сверен перечень."));
	if ((needs & NEEDS_REASON) && !str_trim(d->reason).n)
		miss(sc, "reason", N_("Не названа причина."));
}

struct str
document_text(
    struct arena *mem, struct str document, struct str number, struct date on)
{
	return arena_fmt(mem, "%.*s № %.*s от %.*s", STR_ARG(document),
	    STR_ARG(number), STR_ARG(date_ru(mem, on)));
}
