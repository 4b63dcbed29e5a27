/* plan_editions.c - what an order fixed, and what differs from it now. */
#include "base/buf.h"
#include "base/hash.h"
#include "core/plans/plan_steps.h"
#include "store/q_registry.h"

const char *const row_field_titles[FIELD_COUNT] = {
    [FIELD_SECTION] = "раздел",
    [FIELD_NUMBER] = "номер",
    [FIELD_TITLE] = "мероприятие",
    [FIELD_SCHOOL_PART] = "действия школы",
    [FIELD_DEADLINE] = "срок",
    [FIELD_RESPONSIBLE] = "ответственные",
    [FIELD_RESULT] = "результат",
    [FIELD_INDICATOR] = "показатель",
    [FIELD_REPORT_FORM] = "форма отчёта",
};

/* ---- freezing ---- */

static struct str
ids_text(struct arena *mem, const school_id *ids, size_t n)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)ids[i].v);
	return buf_str(&b);
}

static struct str
plan_schools_text(struct arena *mem, const struct plan *p)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < p->n_schools; i++)
		if (date_is_none(p->schools[i].until))
			buf_fmt(&b, "%s%lld", b.n ? " " : "",
			    (long long)p->schools[i].school.v);
	return buf_str(&b);
}

/* Every text with its length before it: no two editions spell the same. */
static void
put_hashed(struct buf *b, struct str s)
{
	buf_fmt(b, "%zu:", s.n);
	buf_put(b, s);
}

static void
hash_row(struct buf *b, const struct q_edition_measure *r)
{
	const struct str texts[] = {r->section_kind, r->section, r->number,
	    r->title, r->school_part, r->deadline, r->responsible, r->result,
	    r->indicator, r->report_form, r->evidence, r->schools};

	buf_fmt(
	    b, "%lld %lld ", (long long)r->position, (long long)r->measure.v);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		put_hashed(b, texts[i]);
	buf_char(b, '\n');
}

static void
hash_head(struct buf *b, const struct q_plan_edition *e)
{
	char from[DATE_TEXT], to[DATE_TEXT], on[DATE_TEXT];
	const struct str texts[] = {e->document, e->document_number, e->body,
	    e->title, e->schools, str_of(date_iso(e->document_on, on)),
	    str_of(date_iso(e->period_from, from)),
	    str_of(date_iso(e->period_to, to))};

	buf_fmt(b, "%lld ", (long long)e->edition);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		put_hashed(b, texts[i]);
	buf_char(b, '\n');
}

static struct q_edition_measure
frozen(struct arena *mem, const struct plan_part *part,
    const struct plan_row *row, int64_t position)
{
	return (struct q_edition_measure){.position = position,
	    .measure = row->m.id,
	    .section_kind = part->s.kind,
	    .section = part->s.title,
	    .number = row->m.number,
	    .title = row->m.title,
	    .school_part = row->m.school_part,
	    .deadline = row->m.deadline,
	    .responsible = row->m.responsible,
	    .result = row->m.result,
	    .indicator = row->m.indicator,
	    .report_form = row->m.report_form,
	    .evidence = row->m.evidence,
	    .schools = str_eq(row->m.participants, S("picked")) ?
			   ids_text(mem, row->schools, row->n_schools) :
			   row->m.participants};
}

/* The rows that stand, as the order would print them today. */
static void
live_rows(struct arena *mem, const struct plan *p,
    struct q_edition_measure **ret, size_t *ret_n)
{
	VEC(struct q_edition_measure) rows = {0};
	int64_t position = 0;

	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++)
			if (!p->parts[i].rows[k].m.is_dropped)
				*vec_push(mem, &rows) =
				    frozen(mem, &p->parts[i],
					&p->parts[i].rows[k], ++position);
	*ret = rows.p;
	*ret_n = rows.n;
}

static enum rc
add_row(struct scope *sc, plan_id plan, int64_t edition,
    const struct q_edition_measure *r)
{
	const struct q_edition_measure_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = plan,
	    .edition = edition,
	    .position = r->position,
	    .measure = r->measure,
	    .section_kind = r->section_kind,
	    .section = r->section,
	    .number = r->number,
	    .title = r->title,
	    .school_part = r->school_part,
	    .deadline = r->deadline,
	    .responsible = r->responsible,
	    .result = r->result,
	    .indicator = r->indicator,
	    .report_form = r->report_form,
	    .evidence = r->evidence,
	    .schools = r->schools};

	return q_edition_measure_add(sc->db, &add);
}

static enum rc
add_head(struct scope *sc, plan_id plan, const struct q_plan_edition *e)
{
	const struct q_plan_edition_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = plan,
	    .edition = e->edition,
	    .document = e->document,
	    .document_number = e->document_number,
	    .document_on = e->document_on,
	    .body = e->body,
	    .title = e->title,
	    .period_from = e->period_from,
	    .period_to = e->period_to,
	    .schools = e->schools,
	    .hash = e->hash,
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};

	return q_plan_edition_add(sc->db, &add);
}

static enum rc
body_of(struct scope *sc, const struct plan *p, struct str *ret)
{
	struct q_municipality place;
	struct q_school school;
	enum rc rc;

	if (p->head.school.v) {
		rc = q_school_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, p->head.school, &school);
		if (rc == RC_OK)
			*ret = school.name;
		return rc;
	}
	rc = q_municipality_by_id(
	    sc->db, sc->mem, sc->actor.municipality, &place);
	if (rc == RC_OK)
		*ret = place.body;
	return rc;
}

enum rc
plan_freeze(struct scope *sc, const struct plan *p, int64_t edition,
    const struct step_details *details)
{
	struct q_edition_measure *rows;
	size_t n;
	struct buf hashed = buf_open(sc->mem, 0);
	struct q_plan_edition e = {.edition = edition,
	    .document = str_trim(details->document),
	    .document_number = str_trim(details->document_number),
	    .document_on = details->document_on,
	    .title = p->head.title,
	    .period_from = p->head.period_from,
	    .period_to = p->head.period_to,
	    .schools = plan_schools_text(sc->mem, p)};
	enum rc rc = body_of(sc, p, &e.body);

	if (rc != RC_OK)
		return rc;
	live_rows(sc->mem, p, &rows, &n);
	hash_head(&hashed, &e);
	for (size_t i = 0; i < n; i++)
		hash_row(&hashed, &rows[i]);
	e.hash = hash_hex(sc->mem, buf_str(&hashed));
	rc = add_head(sc, p->head.id, &e);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = add_row(sc, p->head.id, edition, &rows[i]);
	return rc;
}

static enum rc
read_edition(struct scope *sc, plan_id id, int64_t edition,
    struct q_plan_edition *ret, struct q_edition_measure **ret_rows,
    size_t *ret_n)
{
	struct q_plan_edition *all;
	size_t n, i = 0;
	enum rc rc = q_plan_edition_list(
	    sc->db, sc->mem, sc->actor.municipality, id, &all, &n);

	if (rc != RC_OK)
		return rc;
	while (i < n && all[i].edition != edition)
		i++;
	if (i == n)
		return RC_NOT_FOUND;
	*ret = all[i];
	return q_edition_measure_list(sc->db, sc->mem, sc->actor.municipality,
	    id, edition, ret_rows, ret_n);
}

enum rc
plan_edition_verify(
    struct scope *sc, plan_id id, int64_t edition, bool *ret_whole)
{
	struct buf hashed = buf_open(sc->mem, 0);
	struct q_plan_edition e;
	struct q_edition_measure *rows;
	size_t n;
	enum rc rc = read_edition(sc, id, edition, &e, &rows, &n);

	if (rc != RC_OK)
		return rc;
	hash_head(&hashed, &e);
	for (size_t i = 0; i < n; i++)
		hash_row(&hashed, &rows[i]);
	*ret_whole = str_eq(hash_hex(sc->mem, buf_str(&hashed)), e.hash);
	return RC_OK;
}

/* ---- comparing ---- */

static void
fields_of(const struct q_edition_measure *r, struct str ret[FIELD_COUNT])
{
	ret[FIELD_SECTION] = r->section;
	ret[FIELD_NUMBER] = r->number;
	ret[FIELD_TITLE] = r->title;
	ret[FIELD_SCHOOL_PART] = r->school_part;
	ret[FIELD_DEADLINE] = r->deadline;
	ret[FIELD_RESPONSIBLE] = r->responsible;
	ret[FIELD_RESULT] = r->result;
	ret[FIELD_INDICATOR] = r->indicator;
	ret[FIELD_REPORT_FORM] = r->report_form;
}

/* Either may be NULL; false when nothing differs. */
static bool
difference(const struct q_edition_measure *was,
    const struct q_edition_measure *is, struct row_difference *ret)
{
	struct str a[FIELD_COUNT] = {{0}}, b[FIELD_COUNT] = {{0}};
	const struct q_edition_measure *shown = is ? is : was;
	bool differs = !was || !is;

	*ret = (struct row_difference){.measure = shown->measure,
	    .change = !was ? ROW_ADDED :
		      !is  ? ROW_DROPPED :
			     ROW_CHANGED,
	    .number = shown->number,
	    .title = shown->title};
	if (was)
		fields_of(was, a);
	if (is)
		fields_of(is, b);
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (was && is && str_eq(a[i], b[i]))
			continue;
		ret->was[i] = was ? a[i] : S("");
		ret->becomes[i] = is ? b[i] : S("");
		differs = true;
	}
	return differs;
}

static const struct q_edition_measure *
find(const struct q_edition_measure *rows, size_t n, measure_id id)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].measure.v == id.v)
			return &rows[i];
	return NULL;
}

static void
compare(struct arena *mem, const struct q_edition_measure *was, size_t n_was,
    const struct q_edition_measure *is, size_t n_is,
    struct row_difference **ret, size_t *ret_n)
{
	VEC(struct row_difference) out = {0};
	struct row_difference d;

	for (size_t i = 0; i < n_is; i++)
		if (difference(find(was, n_was, is[i].measure), &is[i], &d))
			*vec_push(mem, &out) = d;
	for (size_t i = 0; i < n_was; i++)
		if (!find(is, n_is, was[i].measure) &&
		    difference(&was[i], NULL, &d))
			*vec_push(mem, &out) = d;
	*ret = out.p;
	*ret_n = out.n;
}

enum rc
plan_compare(struct scope *sc, const struct plan *p, int64_t edition,
    struct row_difference **ret, size_t *ret_n)
{
	struct q_plan_edition e;
	struct q_edition_measure *was, *is;
	size_t n_was, n_is;
	enum rc rc = read_edition(sc, p->head.id, edition, &e, &was, &n_was);

	if (rc != RC_OK)
		return rc;
	live_rows(sc->mem, p, &is, &n_is);
	compare(sc->mem, was, n_was, is, n_is, ret, ret_n);
	return RC_OK;
}
