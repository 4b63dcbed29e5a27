/* status.c - the orders one after another become stays in groups. */
#include "core/methods/status.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core_data.h" /* written by tools/embed.py */

const char *const exit_kind_codes[EXIT_KIND_COUNT] = {
    "next-list", "act", "years"};

struct str
exit_rule_text(struct arena *mem, const struct exit_rule *rule)
{
	switch (rule->kind) {
	case EXIT_NEXT_LIST:
		return S("Школа выходит из группы, когда её нет в приказе на "
			 "следующий учебный год.");
	case EXIT_BY_ACT:
		return S("Школа выходит из группы только по приказу, который "
			 "её исключает.");
	case EXIT_YEARS:
		return arena_fmt(mem,
		    "Школа выходит из группы через %lld %s после последнего "
		    "приказа, в котором она названа.",
		    (long long)rule->years,
		    plural_ru(rule->years, "год", "года", "лет"));
	case EXIT_KIND_COUNT:
		break;
	}
	UNREACHABLE();
}

bool
exit_kind_parse(struct str code, enum exit_kind *ret)
{
	for (int k = 0; k < EXIT_KIND_COUNT; k++)
		if (str_eq(code, str_of(exit_kind_codes[k]))) {
			*ret = (enum exit_kind)k;
			return true;
		}
	return false;
}

/* "shnor <tab> next-list <tab> 0 <tab> source" */
static bool
parse_row(const struct str part[4], struct exit_rule rules[OFFICIAL_KIND_COUNT])
{
	struct exit_rule rule;
	enum official_kind kind;

	if (!official_kind_parse(part[0], &kind) ||
	    !exit_kind_parse(part[1], &rule.kind) ||
	    !str_to_int(part[2], &rule.years))
		return false;
	rule.source = part[3];
	rules[kind] = rule;
	return true;
}

static void
read_shipped(struct exit_rule rules[OFFICIAL_KIND_COUNT])
{
	const struct embedded *f =
	    embedded_find(&core_data, S("exit-rules.tsv"));

	MUST(f);
	struct tsv t = tsv_open(f->bytes);
	while (tsv_next(&t))
		MUST(t.n == 4 && parse_row(t.cells, rules));
}

enum rc
exit_rules_read(struct scope *sc, struct exit_rule ret[OFFICIAL_KIND_COUNT])
{
	struct exit_rule rules[OFFICIAL_KIND_COUNT] = {0};
	struct q_exit_rule_list *own;
	enum official_kind kind;
	size_t n;
	enum rc rc =
	    q_exit_rule_list(sc->db, sc->mem, sc->actor.municipality, &own, &n);

	if (rc != RC_OK)
		return rc;
	read_shipped(rules);
	for (size_t i = 0; i < n; i++) {
		if (!official_kind_parse(own[i].kind, &kind) ||
		    !exit_kind_parse(own[i].rule, &rules[kind].kind))
			return RC_FAILED;
		rules[kind].years = own[i].years;
		rules[kind].source = own[i].source;
	}
	for (size_t k = 0; k < OFFICIAL_KIND_COUNT; k++)
		ret[k] = rules[k];
	return RC_OK;
}

static enum rc
check_rule(struct scope *sc, const struct exit_rule *rule)
{
	size_t before = sc->diag->errors;

	if (rule->kind == EXIT_YEARS && (rule->years < 1 || rule->years > 10))
		diag_error(sc->diag, (struct place){.column = S("years")},
		    N_("Число лет – от 1 до 10."));
	if (!str_trim(rule->source).n)
		diag_error(sc->diag, (struct place){.column = S("source")},
		    N_("Назовите акт, из которого следует правило, или "
		       "напишите, что это настройка муниципалитета."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

enum rc
exit_rule_change(
    struct scope *sc, enum official_kind kind, const struct exit_rule *rule)
{
	struct exit_rule was[OFFICIAL_KIND_COUNT];
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_SETTINGS_EDIT);

	if (rc == RC_OK)
		rc = check_rule(sc, rule);
	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = exit_rules_read(sc, was);
	if (rc != RC_OK)
		return rc;

	const struct q_exit_rule_set_in set = {
	    .municipality = sc->actor.municipality,
	    .kind = str_of(official_kind_codes[kind]),
	    .rule = str_of(exit_kind_codes[rule->kind]),
	    .years = rule->kind == EXIT_YEARS ? rule->years : 0,
	    .source = str_trim(rule->source)};
	const struct audit_entry entry = {.action = S("setting.changed"),
	    .object = S("exit_rule"),
	    .object_name = str_of(official_kind_titles[kind]),
	    .was = exit_rule_text(sc->mem, &was[kind]),
	    .becomes = exit_rule_text(sc->mem, rule),
	    .note = set.source};
	rc = q_exit_rule_set(sc->db, &set);
	if (rc == RC_OK)
		rc = audit_write(sc, &entry);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- orders to stays ---- */

struct stay {
	struct membership m;
	struct syear year; /* of the last order that named the school */
	struct date named; /* its day */
	official_id by;    /* the last order that named it */
};

struct walk {
	struct scope *sc;
	struct date on;
	struct exit_rule rules[OFFICIAL_KIND_COUNT];
	VEC(struct stay) stays;
};

static struct str
act_text(struct arena *mem, struct str number, struct date on)
{
	return arena_fmt(
	    mem, "№ %.*s от %.*s", STR_ARG(number), STR_ARG(date_ru(mem, on)));
}

static struct stay *
present(struct walk *w, enum official_kind kind, school_id school)
{
	vec_each(struct stay, s, &w->stays)
		if (s->m.kind == kind && s->m.school.v == school.v &&
		    date_is_none(s->m.until))
			return s;
	return NULL;
}

static void
leave(struct stay *s, struct date last, official_id act, struct str by)
{
	/* Put on and off by orders of one day: it was there that day. */
	s->m.until = date_before(last, s->m.since) ? s->m.since : last;
	s->m.left = act;
	s->m.left_by = by;
}

static struct date
years_later(struct date d, int64_t years)
{
	struct civil c = date_civil(d);
	struct date ret;

	if (date_of(c.year + (int32_t)years, c.month, c.day, &ret))
		return ret;
	return date_month_last(c.year + (int32_t)years, c.month);
}

/* Terms that ran out by a day. */
static void
expire(struct walk *w, struct date by)
{
	vec_each(struct stay, s, &w->stays) {
		const struct exit_rule *rule = &w->rules[s->m.kind];
		if (rule->kind != EXIT_YEARS || !date_is_none(s->m.until))
			continue;
		struct date end = years_later(s->named, rule->years);
		if (!date_before(by, end))
			leave(s, date_plus(end, -1), (official_id){0},
			    S("истёк срок"));
	}
}

static void
enter(struct walk *w, const struct q_official_entry_all *e,
    enum official_kind kind)
{
	struct stay *s = present(w, kind, e->school);
	struct arena *mem = w->sc->mem;

	if (!s) {
		s = vec_push(mem, &w->stays);
		s->m = (struct membership){.school = e->school,
		    .kind = kind,
		    .since = e->on_date,
		    .until = DATE_NONE,
		    .entered = e->official,
		    .entered_by = act_text(mem, e->act_number, e->on_date),
		    .left_by = S("")};
	}
	s->m.type = e->basis;
	s->year = e->year;
	s->named = e->on_date;
	s->by = e->official;
}

/* An order for a later year that no longer names the school. */
static void
drop_unnamed(
    struct walk *w, const struct q_official *act, enum official_kind kind)
{
	if (w->rules[kind].kind != EXIT_NEXT_LIST)
		return;
	vec_each(struct stay, s, &w->stays)
		if (s->m.kind == kind && date_is_none(s->m.until) &&
		    s->year.first < act->year.first)
			leave(s, date_plus(act->on_date, -1), act->id,
			    act_text(w->sc->mem, act->number, act->on_date));
}

static void
take_act(struct walk *w, official_id act,
    const struct q_official_entry_all *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum official_kind kind;
		struct stay *s;

		if (all[i].official.v != act.v ||
		    !official_kind_parse(all[i].kind, &kind))
			continue;
		if (!all[i].is_exit)
			enter(w, &all[i], kind);
		else if ((s = present(w, kind, all[i].school)))
			leave(s, date_plus(all[i].on_date, -1), act,
			    act_text(
				w->sc->mem, all[i].act_number, all[i].on_date));
	}
}

/* acts: the newest first, as they are listed. */
static void
walk_acts(struct walk *w, const struct q_official *acts, size_t n_acts,
    const struct q_official_kind_list *kinds, size_t n_kinds,
    const struct q_official_entry_all *entries, size_t n)
{
	for (size_t a = n_acts; a-- > 0;) {
		if (date_before(w->on, acts[a].on_date))
			continue;
		expire(w, acts[a].on_date);
		take_act(w, acts[a].id, entries, n);
		for (size_t k = 0; k < n_kinds; k++) {
			enum official_kind kind;
			if (kinds[k].official.v == acts[a].id.v &&
			    official_kind_parse(kinds[k].kind, &kind))
				drop_unnamed(w, &acts[a], kind);
		}
	}
	expire(w, w->on);
}

static int
by_school_and_time(const void *a, const void *b)
{
	const struct membership *x = a, *y = b;

	if (x->school.v != y->school.v)
		return x->school.v < y->school.v ? -1 : 1;
	if (x->since.day != y->since.day)
		return x->since.day < y->since.day ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

static void
count(struct status *status)
{
	school_id last = {0};

	for (size_t i = 0; i < status->n; i++) {
		const struct membership *m = &status->stays[i];
		if (!date_is_none(m->until))
			continue;
		status->counts[m->kind]++;
		status->schools += m->school.v != last.v;
		last = m->school;
	}
}

enum rc
status_on(struct scope *sc, struct date on, struct status *ret)
{
	struct walk w = {.sc = sc, .on = on};
	municipality_id place = sc->actor.municipality;
	struct q_official *acts;
	struct q_official_kind_list *kinds;
	struct q_official_entry_all *entries;
	size_t n_acts, n_kinds, n;
	enum rc rc = exit_rules_read(sc, w.rules);

	if (rc == RC_OK)
		rc = q_official_list(sc->db, sc->mem, place, &acts, &n_acts);
	if (rc == RC_OK)
		rc = q_official_kind_list(
		    sc->db, sc->mem, place, on, &kinds, &n_kinds);
	if (rc == RC_OK)
		rc = q_official_entry_all(
		    sc->db, sc->mem, &sc->actor, place, on, &entries, &n);
	if (rc != RC_OK)
		return rc;
	walk_acts(&w, acts, n_acts, kinds, n_kinds, entries, n);

	struct status status = {.n = w.stays.n};
	struct membership *stays =
	    arena_new(sc->mem, struct membership, status.n + 1);
	for (size_t i = 0; i < status.n; i++)
		stays[i] = w.stays.p[i].m;
	qsort(stays, status.n, sizeof *stays, by_school_and_time);
	status.stays = stays;
	count(&status);
	*ret = status;
	return RC_OK;
}

size_t
status_of(const struct status *status, school_id school,
    const struct membership **ret)
{
	size_t first = 0, n = 0;

	while (first < status->n && status->stays[first].school.v != school.v)
		first++;
	while (first + n < status->n &&
	       status->stays[first + n].school.v == school.v)
		n++;
	*ret = status->stays + first;
	return n;
}
