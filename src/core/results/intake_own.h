/*
 * intake_own.h - what the files of the intake share; nobody else includes it.
 *
 * intake.c opens, closes and counts; intake_refused.c keeps what is refused;
 * intake_schools.c, intake_results.c, intake_appeals.c, intake_observations.c
 * and intake_official.c apply one kind of row each.
 */
#pragma once

#include "base/map.h"
#include "base/vec.h"
#include "core/results/intake.h"
#include "core/results/matching.h"
#include "store/q_results.h"

struct intake {
	struct scope *sc;
	struct intake_options options;
	struct arena *scratch; /* reset after every row */
	struct matcher *matcher;
	struct tx tx;
	enum rc
	    rc; /* the first failure of the database; later rows do nothing */
	load_id load;
	load_id draft; /* dropped with the commit; 0: none */
	enum file_kind kind;
	struct str profile;
	int64_t rows_read, added, changed, same, refused;
	bool is_whole;        /* the file was read to its end */
	size_t errors_before; /* complaints that were there when it opened */

	official_id act;     /* 0 until its first school came */
	bool is_act_refused; /* its details are wrong, which was said once */
	VEC(struct intake_change) changes;
	VEC(struct intake_unknown) unknown;
	struct map unknown_at;         /* folded spelling -> place in unknown */
	VEC(struct row_at) refused_at; /* refused here, not by the reader */
	struct map refused_places;
	VEC(struct str) refused_lines; /* captions and rows, as CSV */
	int64_t refused_rows;          /* of these lines */
	struct str refused_head;
	bool said_lines;   /* that there are too many of them */
	bool is_rereading; /* for the refused rows alone */

	VEC(struct syear) other_years; /* warned of: not the one said */
	bool said_appeals; /* what is taken for granted about them */

	/* The row before: files go school by school. */
	struct school_ref last_ref;
	struct match last_match;
	struct arena *last_mem;
	bool was_there; /* its number, before it came */
};

struct place intake_place(
    const struct intake *in, const struct source_cell *at);

/*
 * The school of a row; false when it is unknown or only supposed: then the
 * row is refused, with a complaint at the first row of each spelling.
 */
bool intake_school(struct intake *in, const struct school_ref *ref,
    const struct source_cell *at, struct match *ret);

/*
 * The year of a row: its own, or the one the person said.  Where they differ
 * the row's stands, with a warning for each such year.
 */
struct syear intake_year(
    struct intake *in, struct syear own, const struct source_cell *at);

/* A row that says nothing new is counted; others are counted and listed. */
void intake_note(struct intake *in, enum change_kind kind,
    const struct match *school, struct syear year, struct str what,
    struct str was, struct str becomes);

/* The row does not stand; what it came of goes to the file of refused rows. */
void intake_refuse(struct intake *in, const struct source_cell *at);

/* intake_refused.c: the reader's own refusals, and the file of them all. */
void intake_take_headings(void *ctx, const struct str *cells, size_t n);
void intake_take_refused(void *ctx, const struct refused_row *row);
enum rc intake_keep_refused(struct intake *in);
struct str intake_refused_file(const struct intake *in);

/* The procedure of that code; NULL when the catalogue has none. */
const struct vocabulary_procedure *intake_procedure(
    struct intake *in, struct str code, const struct source_cell *at);

/* Said of a file that says neither. */
void intake_say_no_year(struct intake *in, const struct source_cell *at);

struct opt_int intake_known(int32_t n); /* -1: not known */
struct str intake_counts_text(
    struct arena *mem, int64_t failed, int64_t participants);

/* The next revision of a number becomes current. */
enum rc intake_add_revision(
    struct intake *in, const struct q_result_add_in *row);

/* Remember the database's failure; returns whether all is well. */
bool intake_ok(struct intake *in, enum rc rc);

void intake_take_school(void *ctx, const struct school_row *row);
void intake_take_result(void *ctx, const struct result_row *row);
void intake_take_observation(void *ctx, const struct observation_row *row);
void intake_take_amendment(void *ctx, const struct amendment_row *row);
void intake_take_bias(void *ctx, const struct bias_row *row);
void intake_take_official(void *ctx, const struct official_row *row);

/* Inside the caller's transaction: the draft and all its rows go. */
enum rc staging_forget(struct scope *sc, load_id draft);

/* Before the commit: the order's entry in the journal. */
enum rc intake_tell_official(struct intake *in);
