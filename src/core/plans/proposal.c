/* proposal.c - what waits for a school's answer, and what the answer does. */
#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/plans/plan_own.h"
#include "core/plans/proposal_own.h"

/* ---- reading ---- */

struct reading {
	struct scope *sc;
	struct q_plan plan; /* of the school */
	struct editions editions;
	const struct q_measure *rows;
	size_t n_rows;
};

static enum rc
open_reading(struct reading *r, plan_id plan)
{
	struct scope *sc = r->sc;
	struct q_measure *rows;
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc == RC_OK)
		rc = q_plan_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, plan, &r->plan);
	if (rc == RC_OK && !r->plan.school.v)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_measure_list(sc->db, sc->mem, sc->actor.municipality,
		    plan, &rows, &r->n_rows);
	if (rc != RC_OK)
		return rc;
	r->rows = rows;
	r->editions.plan = r->plan.parent;
	return RC_OK;
}

static const struct q_measure *
row_of(const struct reading *r, measure_id id)
{
	for (size_t i = 0; id.v && i < r->n_rows; i++)
		if (r->rows[i].id.v == id.v && !r->rows[i].is_dropped)
			return &r->rows[i];
	return NULL;
}

static enum rc
fill(struct reading *r, const struct q_proposal *p, struct proposal *ret)
{
	const struct q_edition_measure *was, *is;
	const struct q_measure *row = row_of(r, p->measure);
	enum rc rc =
	    edition_row(r->sc, &r->editions, p->from_edition, p->parent, &was);

	if (rc == RC_OK)
		rc = edition_row(
		    r->sc, &r->editions, p->edition, p->parent, &is);
	if (rc != RC_OK)
		return rc;
	struct school_words a = words_of_edition(was);
	struct school_words b = words_of_edition(is);
	struct school_words now = {{{0}}};
	const struct school_words *named = is ? &b : &a;
	bool whole = !str_eq(p->change, S("changed"));

	if (row)
		now = words_of_row(row);
	*ret = (struct proposal){.p = *p,
	    .number = named->of[PROPOSED_NUMBER],
	    .title = named->of[PROPOSED_TITLE],
	    .version = row ? row->version : 0};
	for (int i = 0; i < PROPOSED_COUNT; i++) {
		if (!whole && str_eq(a.of[i], b.of[i]))
			continue;
		ret->was[i] =
		    was && !str_eq(p->change, S("added")) ? a.of[i] : S("");
		ret->becomes[i] =
		    is && !str_eq(p->change, S("dropped")) ? b.of[i] : S("");
		if (row && !str_eq(now.of[i], ret->was[i]))
			ret->now[i] = now.of[i];
	}
	return RC_OK;
}

enum rc
proposal_list(
    struct scope *sc, plan_id plan, struct proposal **ret, size_t *ret_n)
{
	struct reading r = {.sc = sc};
	struct q_proposal *all;
	struct proposal *out;
	size_t n;
	enum rc rc = open_reading(&r, plan);

	if (rc == RC_OK)
		rc = q_proposal_list(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, plan, &all, &n);
	if (rc != RC_OK)
		return rc;
	out = arena_new(sc->mem, struct proposal, n + 1);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = fill(&r, &all[i], &out[i]);
	if (rc != RC_OK)
		return rc;
	*ret = out;
	*ret_n = n;
	return RC_OK;
}

/* ---- answering ---- */

static enum rc
refuse_late(struct scope *sc, const char *sentence)
{
	diag_error(sc->diag, (struct place){0}, "%s", sentence)->hint =
	    S("Посмотрите, что изменилось, и повторите, если нужно.");
	return RC_CONFLICT;
}

static enum rc
begin(struct reading *r, plan_id plan, proposal_id id, struct proposal *ret)
{
	struct scope *sc = r->sc;
	struct q_proposal p;
	enum rc rc = open_reading(r, plan);

	if (rc == RC_OK)
		rc = may_for(sc, PERM_PLANS_ANSWER, r->plan.school);
	if (rc == RC_OK)
		rc = q_proposal_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, plan, id, &p);
	if (rc == RC_OK && !str_eq(p.state, S("open")))
		return refuse_late(
		    sc, N_("На это предложение уже ответили, или его заменило "
			   "новое."));
	return rc == RC_OK ? fill(r, &p, ret) : rc;
}

/* The section of the same name; a new one stands last. */
static enum rc
own_section(struct reading *r, const struct q_edition_measure *is, int64_t *ret)
{
	struct scope *sc = r->sc;
	municipality_id m = sc->actor.municipality;
	struct q_plan_section *all;
	struct q_plan_section_add made;
	int64_t last = 0;
	size_t n;
	enum rc rc =
	    q_plan_section_list(sc->db, sc->mem, m, r->plan.id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		last = all[i].position;
		if (str_eq(all[i].title, is->section) &&
		    str_eq(all[i].kind, is->section_kind)) {
			*ret = all[i].id;
			return RC_OK;
		}
	}
	if (rc == RC_OK)
		rc = q_plan_section_add(sc->db, sc->mem,
		    &(struct q_plan_section_add_in){.municipality = m,
			.plan = r->plan.id,
			.position = last + 1,
			.kind = is->section_kind,
			.number = S(""),
			.title = is->section},
		    &made);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

static measure_id
last_of_section(const struct reading *r, int64_t section)
{
	measure_id last = {0};

	for (size_t i = 0; i < r->n_rows; i++)
		if (r->rows[i].section == section)
			last = r->rows[i].id;
	return last;
}

static enum rc
take_added(struct reading *r, const struct proposal *p)
{
	struct scope *sc = r->sc;
	const struct q_edition_measure *is;
	struct q_school whose;
	measure_id made;
	int64_t section;
	enum rc rc =
	    edition_row(sc, &r->editions, p->p.edition, p->p.parent, &is);

	if (rc == RC_OK && !is)
		rc = RC_FAILED;
	if (rc == RC_OK)
		rc = q_school_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, r->plan.school, &whose);
	if (rc == RC_OK)
		rc = own_section(r, is, &section);
	if (rc != RC_OK)
		return rc;
	const struct q_measure row = {.plan = r->plan.id,
	    .number = p->becomes[PROPOSED_NUMBER],
	    .title = p->becomes[PROPOSED_TITLE],
	    .deadline = p->becomes[PROPOSED_DEADLINE],
	    .result = p->becomes[PROPOSED_RESULT],
	    .indicator = p->becomes[PROPOSED_INDICATOR],
	    .report_form = p->becomes[PROPOSED_REPORT_FORM],
	    .evidence = is->evidence,
	    .responsible = whose.name,
	    .participants = S("none"),
	    .parent = p->p.parent};
	return measure_put_in(sc, PERM_PLANS_ANSWER, section,
	    last_of_section(r, section), &row, &made);
}

static void
put(struct str *to, struct str becomes)
{
	if (becomes.p)
		*to = becomes;
}

static enum rc
take_changed(struct reading *r, const struct proposal *p)
{
	const struct q_measure *now = row_of(r, p->p.measure);
	struct q_measure row;

	if (!now)
		return refuse_late(r->sc,
		    N_("Этой строки в дорожной карте школы больше нет."));
	row = *now;
	put(&row.number, p->becomes[PROPOSED_NUMBER]);
	put(&row.title, p->becomes[PROPOSED_TITLE]);
	put(&row.deadline, p->becomes[PROPOSED_DEADLINE]);
	put(&row.result, p->becomes[PROPOSED_RESULT]);
	put(&row.indicator, p->becomes[PROPOSED_INDICATOR]);
	put(&row.report_form, p->becomes[PROPOSED_REPORT_FORM]);
	return measure_rewrite(r->sc, PERM_PLANS_ANSWER, now->version, &row);
}

/* A row the school took out itself meanwhile needs nothing more. */
static enum rc
take_dropped(struct reading *r, const struct proposal *p)
{
	const struct q_measure *now = row_of(r, p->p.measure);

	return now ? measure_take_out(
			 r->sc, PERM_PLANS_ANSWER, now->id, now->version) :
		     RC_OK;
}

static struct str
words_in_line(struct arena *mem, const struct str of[PROPOSED_COUNT])
{
	struct buf b = buf_open(mem, 0);

	for (int i = 0; i < PROPOSED_COUNT; i++)
		if (of[i].n)
			buf_fmt(&b, "%s%s: %.*s", b.n ? "; " : "",
			    proposed_field_titles[i], STR_ARG(of[i]));
	return buf_str(&b);
}

/* The last answer of a school is what the municipality waits for. */
static enum rc
tell_municipality(struct reading *r)
{
	struct scope *sc = r->sc;
	struct q_proposal *all;
	size_t n, taken = 0, declined = 0;
	enum rc rc = q_proposal_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, r->plan.id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (str_eq(all[i].state, S("open")))
			return RC_OK;
		if (all[i].edition != all[0].edition)
			continue;
		taken += str_eq(all[i].state, S("taken"));
		declined += str_eq(all[i].state, S("declined"));
	}
	if (rc != RC_OK)
		return rc;
	const struct notice told = {.kind = NOTICE_PROPOSAL_ANSWERED,
	    .object = S("proposals"),
	    .object_id = r->plan.id.v,
	    .school = r->plan.school,
	    .text = arena_fmt(sc->mem,
		"Школа ответила на все предложения округа: принято %zu, "
		"отклонено %zu. «%.*s».",
		taken, declined, STR_ARG(r->plan.title))};
	return notify_right(sc, PERM_PLANS_EDIT, REACH_ALL, &told);
}

static enum rc
finish(struct reading *r, const struct proposal *p, const char *state,
    struct str reason)
{
	struct scope *sc = r->sc;
	bool taken = str_eq(str_of(state), S("taken"));
	enum rc rc = proposal_close(sc, p->p.id, state, reason, true);

	if (rc != RC_OK)
		return rc;
	return audit_write(sc,
	    &(struct audit_entry){.action = S("proposal.answered"),
		.object = S("plan"),
		.object_id = r->plan.id.v,
		.object_name = r->plan.title,
		.was = words_in_line(sc->mem, p->was),
		.becomes = words_in_line(sc->mem, p->becomes),
		.note = taken ? arena_fmt(sc->mem, "принято: %.*s %.*s",
				    STR_ARG(p->number), STR_ARG(p->title)) :
				arena_fmt(sc->mem, "отклонено: %.*s %.*s; %.*s",
				    STR_ARG(p->number), STR_ARG(p->title),
				    STR_ARG(reason))});
}

static enum rc
take(struct reading *r, const struct proposal *p)
{
	struct scope *sc = r->sc;
	enum rc rc = plan_open_for(sc, PERM_PLANS_ANSWER, r->plan.id,
	    arena_fmt(sc->mem, "изменена дорожная карта округа, редакция %lld",
		(long long)p->p.edition));

	if (rc != RC_OK)
		return rc;
	rc = str_eq(p->p.change, S("added"))   ? take_added(r, p) :
	     str_eq(p->p.change, S("dropped")) ? take_dropped(r, p) :
						 take_changed(r, p);
	return rc == RC_OK ? finish(r, p, "taken", S("")) : rc;
}

enum rc
proposal_take(struct scope *sc, plan_id plan, proposal_id id, int64_t version)
{
	struct reading r = {.sc = sc};
	struct proposal p;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = begin(&r, plan, id, &p);
	if (rc == RC_OK && p.version != version)
		rc = refuse_late(sc, N_("Строку школы за это время изменили."));
	if (rc == RC_OK)
		rc = take(&r, &p);
	if (rc == RC_OK)
		rc = tell_municipality(&r);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
proposal_take_all(struct scope *sc, plan_id plan)
{
	struct proposal *all;
	size_t n;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = proposal_list(sc, plan, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct reading r = {.sc = sc};
		struct proposal p;

		if (!str_eq(all[i].p.state, S("open")))
			continue;
		rc = begin(&r, plan, all[i].p.id, &p);
		if (rc == RC_OK)
			rc = take(&r, &p);
		if (rc == RC_OK)
			rc = tell_municipality(&r);
	}
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
proposal_decline(
    struct scope *sc, plan_id plan, proposal_id id, struct str reason)
{
	struct reading r = {.sc = sc};
	struct proposal p;
	struct str why = reason.p ? str_trim(reason) : S("");
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = begin(&r, plan, id, &p);
	if (rc == RC_OK && !why.n) {
		diag_error(sc->diag, (struct place){.column = S("reason")},
		    N_("Не названа причина отказа."));
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = finish(&r, &p, "declined", why);
	if (rc == RC_OK)
		rc = tell_municipality(&r);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
