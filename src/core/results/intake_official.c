/* intake_official.c - the schools of an order, and the order itself. */
#include "core/access/audit.h"
#include "core/methods/official.h"
#include "core/results/intake_own.h"

/* What the person said of the order, and what the rows add to it. */
static struct official_details
details_of(const struct intake *in, const struct official_row *row)
{
	struct official_details act = {.on = DATE_NONE};

	if (in->options.act)
		act = *in->options.act;
	if (!act.number.n)
		act.number = row->order_number;
	if (date_is_none(act.on))
		act.on = row->order_date;
	if (!act.year.first)
		act.year = in->options.year;
	if (!act.year.first && !date_is_none(act.on))
		act.year = syear_of(act.on);
	return act;
}

static enum rc
refuse_known_act(struct intake *in, const struct official_details *act)
{
	struct q_official_same same;
	enum rc rc = q_official_same(in->sc->db, in->scratch,
	    in->sc->actor.municipality, act->number, act->on, &same);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	diag_error(in->sc->diag, (struct place){.file = in->options.file_name},
	    N_("Приказ № %.*s от %.*s уже загружен: загрузка № %lld."),
	    STR_ARG(act->number), STR_ARG(date_ru(in->sc->mem, act->on)),
	    (long long)same.load.v)
	    ->hint = S("Если список надо заменить, сначала отмените её.");
	return RC_INVALID;
}

/* With the first school that is found; a list of none is no order. */
static bool
open_act(struct intake *in, const struct official_row *row)
{
	struct official_details act = details_of(in, row);
	struct q_official_add made;
	enum rc rc;

	if (in->is_act_refused)
		return false;
	rc = official_check(in->sc, &act);
	if (rc == RC_OK)
		rc = refuse_known_act(in, &act);
	in->is_act_refused = rc == RC_INVALID;
	if (rc == RC_INVALID)
		return false;
	if (!intake_ok(in, rc))
		return false;
	const struct q_official_add_in add = {
	    .municipality = in->sc->actor.municipality,
	    .load = in->load,
	    .number = str_trim(act.number),
	    .on_date = act.on,
	    .issuer = act.issuer.p ? str_trim(act.issuer) : S(""),
	    .title = act.title.p ? str_trim(act.title) : S(""),
	    .year = act.year};
	if (!intake_ok(
		in, q_official_add(in->sc->db, in->scratch, &add, &made)))
		return false;
	in->act = made.id;
	return true;
}

static bool
stands_already(struct intake *in, const struct official_row *row,
    const struct match *school, struct str kind)
{
	struct q_official_entry_at at;
	enum rc rc = q_official_entry_at(in->sc->db, in->scratch,
	    in->sc->actor.municipality, in->act, kind, school->school, &at);

	if (rc == RC_NOT_FOUND || !intake_ok(in, rc))
		return false;
	diag_error(in->sc->diag, intake_place(in, &row->at),
	    N_("«%.*s» стоит в списке дважды, первый раз в строке %lld."),
	    STR_ARG(school->name), (long long)at.row_number);
	return true;
}

static bool
apply(struct intake *in, const struct official_row *row,
    const struct match *school, enum official_kind kind)
{
	const struct official_details *said = in->options.act;
	struct str code = str_of(official_kind_codes[kind]);
	struct str basis = row->basis.n ? row->basis : S("");

	if (!basis.n && said && said->basis.n)
		basis = said->basis;
	if (!in->act.v && !open_act(in, row))
		return false;
	if (stands_already(in, row, school, code))
		return false;
	const struct q_official_entry_add_in add = {
	    .municipality = in->sc->actor.municipality,
	    .official = in->act,
	    .kind = code,
	    .school = school->school,
	    .as_written = school_ref_text(in->scratch, &row->school),
	    .basis = basis,
	    .is_exit = said && said->is_exit,
	    .sheet = row->at.sheet,
	    .row_number = row->at.row};
	if (intake_ok(in, q_official_entry_add(in->sc->db, &add)))
		intake_note(in, CHANGE_ADDED, school, (struct syear){0},
		    str_of(official_kind_titles[kind]), S(""), basis);
	return true;
}

/* The row's own kind, or the one that was said for the whole list. */
static bool
kind_of(
    struct intake *in, const struct official_row *row, enum official_kind *ret)
{
	struct str code = row->kind;

	if (!code.n && in->options.act)
		code = in->options.act->kind;
	if (official_kind_parse(code, ret))
		return true;
	struct complaint *c = diag_error(in->sc->diag,
	    intake_place(in, &row->at), N_("Не понято, какой это перечень."));
	c->value = arena_str(in->sc->mem, code);
	c->expected = S("shnor, risk или shnsu");
	return false;
}

void
intake_take_official(void *ctx, const struct official_row *row)
{
	struct intake *in = ctx;
	enum official_kind kind;
	struct match school;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;
	bool good = kind_of(in, row, &kind);
	good = intake_school(in, &row->school, &row->at, &school) && good;
	if (!good || !apply(in, row, &school, kind))
		intake_refuse(in, &row->at);
	arena_reset(in->scratch);
}

enum rc
intake_tell_official(struct intake *in)
{
	struct scope *sc = in->sc;
	struct q_official act;
	enum rc rc = q_official_of_load(
	    sc->db, sc->mem, sc->actor.municipality, in->load, &act);

	if (rc != RC_OK)
		return rc;
	const struct audit_entry entry = {.action = S("official.loaded"),
	    .object = S("official"),
	    .object_id = act.id.v,
	    .object_name = official_text(sc->mem, &act),
	    .becomes = arena_fmt(sc->mem, "школ: %lld", (long long)act.entries),
	    .note = in->options.file_name};
	return audit_write(sc, &entry);
}
