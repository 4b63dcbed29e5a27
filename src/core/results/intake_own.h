/*
 * intake_own.h - what the files of the intake share; nobody else includes it.
 *
 * intake.c opens, closes and counts; intake_schools.c, intake_results.c and
 * intake_observations.c, intake_official.c apply one kind of row each.
 */
#pragma once

#include "base/map.h"
#include "base/vec.h"
#include "core/results/intake.h"
#include "core/results/matching.h"

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
	struct map unknown_at; /* folded spelling -> place in unknown */
	VEC(struct str) refused_lines;
	struct str refused_head;

	VEC(struct syear) other_years; /* warned of: not the one said */

	/* The row before: files go school by school. */
	struct school_ref last_ref;
	struct match last_match;
	struct arena *last_mem;
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

/* The row goes to the file of refused rows; cells in canonical columns. */
void intake_refuse(
    struct intake *in, const char *head, const struct str *cells, size_t n);

/* Remember the database's failure; returns whether all is well. */
bool intake_ok(struct intake *in, enum rc rc);

void intake_take_school(void *ctx, const struct school_row *row);
void intake_take_result(void *ctx, const struct result_row *row);
void intake_take_observation(void *ctx, const struct observation_row *row);
void intake_take_bias(void *ctx, const struct bias_row *row);
void intake_take_official(void *ctx, const struct official_row *row);

/* Inside the caller's transaction: the draft and all its rows go. */
enum rc staging_forget(struct scope *sc, load_id draft);

/* Before the commit: the order's entry in the journal. */
enum rc intake_tell_official(struct intake *in);
