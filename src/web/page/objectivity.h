/* objectivity.h - what the page of results that ask for a check shows. */
#pragma once

#include "core/results/objectivity.h"
#include "web/shell.h"
#include "web/table.h"

/* Second marks beside the first. */
struct second_line {
	struct q_second s;
	struct str school, work;
	struct str first; /* "«2» 6 …", or "не справились 6 из 102" */
};

struct view_objectivity {
	struct shell shell;
	struct list_files files;
	struct objectivity o;
	const struct second_line *seconds;
	size_t n_seconds;
	const struct q_school *schools;
	size_t n_schools;
	const struct vocabulary *words;
	struct form form;      /* of second marks */
	struct form reason;    /* of a withdrawal */
	struct syear years[4]; /* to choose from */
	size_t n_years;
	bool may_edit;
	int32_t zone;
};

struct link objectivity_link(struct arena *mem, struct syear year);
