/*
 * plan_templates.h - what a new plan begins with: the columns of its appendix
 * and its sections, one file of data/plan-templates/ each.
 *
 * A template is only a beginning: the draft made from it is changed like any
 * other and remembers its name as its source.
 *
 * BASIS: domain 6.1, 6.2 - the column sets and sections met; features C14.
 */
#pragma once

#include "core/plans/plan.h"

enum { TEMPLATES_MOST = 8, TEMPLATE_SECTIONS_MOST = 16 };

struct plan_template_section {
	struct str kind; /* measures, mechanisms, points */
	struct str title;
};

struct plan_template {
	struct str code; /* "results" */
	struct str name, about;
	struct str columns; /* codes of plan_columns.h */
	struct str title;   /* to begin the plan's own with */
	struct plan_template_section sections[TEMPLATE_SECTIONS_MOST];
	size_t n;
};

/* From the shortest to the longest; returns how many. */
size_t plan_templates(struct plan_template ret[TEMPLATES_MOST]);
bool plan_template_find(struct str code, struct plan_template *ret);

/*
 * A draft with the template's columns and empty sections; what head names
 * itself is kept.  RC_INVALID: there is no such template.
 */
NODISCARD enum rc plan_from_template(struct scope *sc,
    const struct plan_new *head, struct str code, plan_id *ret);
