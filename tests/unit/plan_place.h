/*
 * plan_place.h - plans in the municipality of room_place.h: two schools, a plan
 * out of a document in plain text, the steps of its way.
 */
#pragma once

#include "core/plans/plan.h"
#include "core/plans/plan_steps.h"
#include "plan_text.h"
#include "room_place.h"

static inline void
two_schools(void)
{
	struct intake *in = begin();

	school(in, "01", "Вьюжинская СОШ", "sosh");
	school(in, "02", "Гимназия № 3", "gymnasium");
	(void)end(in);
}

static inline enum rc
try_plan(struct actor who, const char *document, plan_id *ret)
{
	const struct plan_options options = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	const struct plan_new new = {.kind = S("municipal"),
	    .period = {DATE_NONE, DATE_NONE},
	    .group_on = DATE_NONE};
	struct pages pages = pages_of(mem, str_of(document));
	struct plan_reading reading;
	struct scope s = as(who);

	ok(plan_read(mem, &pages, &options, &d, &reading));
	return plan_from_reading(
	    &s, &new, &reading, S("карта.docx"), S("abc"), ret);
}

static inline plan_id
plan_out_of(struct actor who, const char *document)
{
	plan_id id = {0};

	ok(try_plan(who, document, &id));
	return id;
}

/* As the program itself sees it. */
static inline struct plan
loaded(plan_id id)
{
	struct plan p = {0};

	ok(plan_load(&sc, id, &p));
	return p;
}

static inline const struct plan_row *
row(const struct plan *p, size_t part, size_t k)
{
	assert_true(part < p->n_parts && k < p->parts[part].n);
	return &p->parts[part].rows[k];
}

static inline void
for_schools(struct actor who, plan_id id, const char *code, const char *other)
{
	const school_id schools[] = {id_of(code), id_of(other)};
	struct scope s = as(who);

	ok(plan_set_schools(&s, id, loaded(id).head.version, schools, 2));
}

/* ---- its way ---- */

static inline struct step_details
order(const char *number, const char *on)
{
	return (struct step_details){.document = S("приказ"),
	    .document_number = str_of(number),
	    .document_on = day(on)};
}

static inline struct step_details
because(const char *reason)
{
	return (struct step_details){
	    .document_on = DATE_NONE, .reason = str_of(reason)};
}

static inline enum rc
try_step(struct actor who, plan_id id, enum plan_step step,
    struct step_details details)
{
	struct scope s = as(who);

	return plan_take_step(&s, id, loaded(id).head.version, step, &details);
}

static inline void
step(struct actor who, plan_id id, enum plan_step step,
    struct step_details details)
{
	ok(try_step(who, id, step, details));
}

static inline void
into_force(plan_id id, struct actor who, struct actor head,
    struct step_details details)
{
	step(who, id, PLAN_STEP_SUBMIT, because(""));
	step(head, id, PLAN_STEP_APPROVE, details);
}
