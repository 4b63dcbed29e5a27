/* plan_number.c - the rows of a plan numbered anew, in the plan's own manner. */
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_steps.h"

/* "2.3." - dotted with its section; "14" - through the plan or a section. */
struct manner {
	bool has_section; /* two parts */
	bool has_dot;     /* a dot at the end */
	bool restarts;    /* from 1 in every section */
};

static bool
is_counted(const struct plan_part *part)
{
	return !str_eq(part->s.kind, S("order"));
}

static struct manner
manner_of(const struct plan *p)
{
	size_t numbered = 0, parts = 0, dotted = 0, ones = 0, sections = 0;

	for (size_t i = 0; i < p->n_parts; i++) {
		sections += is_counted(&p->parts[i]) && p->parts[i].n;
		for (size_t k = 0;
		     is_counted(&p->parts[i]) && k < p->parts[i].n; k++) {
			struct str number = p->parts[i].rows[k].m.number;
			bool dot = str_ends(number, S("."));
			struct str bare =
			    dot ? str_cut(number, 0, number.n - 1) : number;
			numbered += number.n > 0;
			dotted += dot;
			parts += str_find(bare, S(".")) >= 0;
			ones += k == 0 && str_eq(bare, S("1"));
		}
	}
	/* Nobody numbered it: by sections, if there are any. */
	return (struct manner){
	    .has_section = numbered ? parts * 2 > numbered : sections > 1,
	    .has_dot = numbered ? dotted * 2 > numbered : true,
	    .restarts = ones > 1};
}

/* "2. Учителя" is the second, whatever stands before it. */
static int64_t
section_number(const struct plan_part *part, int64_t otherwise)
{
	struct str s = part->s.number.n ? part->s.number : part->s.title;
	int64_t n;
	size_t i = 0;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	bool ends = i == s.n || s.p[i] == '.' || s.p[i] == ' ';
	return i && i < 4 && ends && str_to_int(str_cut(s, 0, i), &n) ?
		   n :
		   otherwise;
}

static struct str
number_text(struct arena *mem, struct manner how, int64_t section, int64_t row)
{
	const char *dot = how.has_dot ? "." : "";

	if (how.has_section)
		return arena_fmt(mem, "%lld.%lld%s", (long long)section,
		    (long long)row, dot);
	return arena_fmt(mem, "%lld%s", (long long)row, dot);
}

/* Control points and mechanisms are counted for themselves. */
static enum rc
number_rows(struct scope *sc, const struct plan *p, size_t *ret_changed)
{
	struct manner how = manner_of(p);
	int64_t section = 0, row = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < p->n_parts; i++) {
		const struct plan_part *part = &p->parts[i];
		struct manner own = how;
		if (!is_counted(part))
			continue;
		section = section_number(part, section + 1);
		if (!str_eq(part->s.kind, S("measures"))) {
			own.has_section = false;
			row = 0;
		}
		if (own.has_section || own.restarts)
			row = 0;
		for (size_t k = 0; rc == RC_OK && k < part->n; k++) {
			const struct q_measure *m = &part->rows[k].m;
			if (m->is_dropped)
				continue;
			struct str number =
			    number_text(sc->mem, own, section, ++row);
			if (str_eq(number, m->number))
				continue;
			++*ret_changed;
			rc = q_measure_number(
			    sc->db, sc->actor.municipality, m->id, number);
		}
	}
	return rc;
}

static enum rc
may_number(struct scope *sc, const struct plan *p, int64_t version)
{
	enum rc rc = p->head.school.v ?
			 may_for(sc, PERM_PLANS_EDIT, p->head.school) :
			 may(&sc->actor, PERM_PLANS_EDIT);

	if (rc != RC_OK)
		return rc;
	if (!p->head.school.v &&
	    actor_reach(&sc->actor, PERM_PLANS_EDIT) != REACH_ALL)
		return RC_DENIED;
	if (p->head.version == version && plan_is_open(&p->head))
		return RC_OK;
	diag_error(sc->diag, (struct place){0},
	    N_("План за это время изменили, или его строки сейчас не "
	       "меняются."));
	return RC_CONFLICT;
}

enum rc
plan_renumber(struct scope *sc, plan_id id, int64_t version)
{
	struct plan p;
	size_t changed = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_load(sc, id, &p);
	if (rc == RC_OK)
		rc = may_number(sc, &p, version);
	if (rc == RC_OK)
		rc = number_rows(sc, &p, &changed);
	if (rc != RC_OK || !changed)
		return rc;
	rc = q_plan_touch(sc->db, sc->actor.municipality, id);
	if (rc == RC_OK)
		rc = audit_write(sc,
		    &(struct audit_entry){.action = S("plan.row"),
			.object = S("plan"),
			.object_id = id.v,
			.object_name = p.head.title,
			.becomes =
			    arena_fmt(sc->mem, "новых номеров: %zu", changed),
			.note = S("нумерация")});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
