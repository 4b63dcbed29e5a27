/* loads.h - what the loads of files show. */
#pragma once

#include "core/results/loads.h"
#include "core/results/staging.h"
#include "web/shell.h"
#include "web/table.h"

struct load_line {
	struct q_load load;
	struct str person; /* who, as the journal of people knows them */
};

struct view_loads {
	struct shell shell;
	struct list_files files;
	struct form form;
	const struct load_line *loads;
	size_t n;
	const struct vocabulary *words;
	bool may_load;
	int32_t zone;
};

/* A spelling that is nobody's yet, and how its answer is called in the form. */
struct unknown_view {
	const struct intake_unknown *unknown;
	struct str field;
	struct str written;
};

struct view_load {
	struct shell shell;
	struct q_load load;
	struct str person, undone_by;
	const char *kind;
	bool is_draft, is_undone;
	bool may_load;
	int32_t zone;
	/* of a draft: what loading it would do */
	struct intake_report report;
	const struct unknown_view *unknown;
	size_t n_unknown;
	const struct q_school *schools;
	size_t n_schools;
	const struct complaint *complaints;
	size_t n_complaints;
	/* of a load: what it brought and what stands on it */
	const struct q_load_complaints *kept;
	size_t n_kept;
	const struct q_load_dependants *dependants;
	size_t n_dependants;
	const struct q_result_before *changed;
	size_t n_changed;
	const struct vocabulary *words;
	struct q_load
	    like; /* the last file of this kind; id 0: it is the first */
	/* of an order: what is said beside its list */
	bool is_order, has_order;
	struct form order;
	struct official_details act;
	official_id order_id; /* of a loaded one */
};

/*
 * A file as a draft of a load: read by the converter, kept as typed rows.
 * RC_CONFLICT when this very file stands loaded already.
 */
NODISCARD enum rc load_stage(struct visit *v, const struct form_file *file,
    struct syear year, struct str procedure, load_id *ret);

const char *file_kind_title(struct str code);

/* Name of a school among those the reader sees; empty when it is not. */
struct str name_of_school(
    const struct q_school *schools, size_t n, school_id id);
