/* loads.h - what the loads of files show. */
#pragma once

#include "core/results/asked_columns.h"
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

/* A heading nobody knows, and how its answer is called in the form. */
struct heading_view {
	const struct asked_column *column;
	struct str heading_field, meaning_field;
	struct str typed; /* a canonical name, or empty */
};

struct view_columns {
	struct shell shell;
	struct form form; /* FORM_load, as it was sent */
	enum file_kind kind;
	const char *needs;
	const struct heading_view *headings;
	size_t n;
	const struct recognise_column *const *meanings; /* of this kind */
	size_t n_meanings;
	struct str
	    kept; /* the file, for the next step; empty: choose it again */
	struct str file_name;
	bool is_expired; /* it was kept, and its time is over */
	bool is_again;   /* what was said did not suffice */
	const struct complaint *complaints;
	size_t n_complaints;
	const struct vocabulary *words;
};

struct profile_line {
	struct q_load_profile p;
	const struct said_column *columns;
	size_t n;
};

struct view_profiles {
	struct shell shell;
	struct list_files files;
	const struct profile_line *all;
	size_t n;
	struct form form;
	int64_t refused; /* the profile whose new name was refused; 0: none */
	const struct vocabulary *words;
	bool may_change;
	int32_t zone;
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
	    like;      /* the last file of this kind; id 0: it is the first */
	bool is_stuck; /* a draft that can only be given up */
	const struct q_load_profile *filled;   /* the answers; or NULL */
	const struct q_load_profile *profiles; /* of these headings */
	size_t n_profiles;
	const struct said_column *columns; /* it was read with */
	size_t n_columns;
	/* of an order: what is said beside its list */
	bool is_order, has_order;
	struct form order;
	struct official_details act;
	official_id order_id; /* of a loaded one */
};

/* A file and what a person said beside it. */
struct load_in {
	const struct form_file *file;
	enum file_kind kind; /* FILE_UNKNOWN: tell by the headings */
	struct syear year;
	struct str procedure;
	const struct said_column *columns;
	size_t n_columns;
};

/*
 * A file as a draft of a load: read by the converter, kept as typed rows, with
 * what an earlier file of these headings was told filled in.  RC_CONFLICT when
 * this very file stands loaded already.  With RC_INVALID, when nothing was made
 * of it, ret_asked has its headings, if it has any.
 */
NODISCARD enum rc load_stage(struct visit *v, const struct load_in *in,
    struct asked_columns *ret_asked, load_id *ret);

/*
 * load_columns.c: nothing was made of the file, its headings are shown to be
 * named; answers in the form that was sent stay.
 */
enum { COMPLAINTS_SHOWN = 5 };
NODISCARD enum rc load_ask(struct visit *v, struct reply *rp,
    const struct load_in *in, const struct asked_columns *asked);

/* The answers of that form; only names of columns of its kind are taken. */
const struct said_column *load_said_columns(
    struct visit *v, enum file_kind kind, size_t *ret_n);

/* The headings as that form had them, when the file itself is gone. */
void load_asked_again(
    struct visit *v, enum file_kind kind, struct asked_columns *ret);

/* Kinds of tables a person may name, and what such a table has to say. */
struct load_kind {
	enum file_kind kind;
	const char *needs;
};
extern const struct load_kind load_kinds[];
extern const size_t n_load_kinds;

/* Of a code; FILE_UNKNOWN: of none of these. */
enum file_kind load_kind_of(struct str code);

/* What the column says in a table of that kind (a code of rows.h). */
const char *load_meaning(struct str kind, struct str name);

/* The sentence of a year that counts from the day: "нынешний". */
struct str year_shift_words(struct arena *mem, struct opt_int shift);

const char *file_kind_title(struct str code);

/* Name of a school among those the reader sees; empty when it is not. */
struct str name_of_school(
    const struct q_school *schools, size_t n, school_id id);
