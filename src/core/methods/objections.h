/*
 * objections.h - what a school says against a list before it is approved, and
 * what it is answered.
 *
 * A school speaks of its own decision, while objections are taken; it may
 * name the number it disputes (a procedure of a year, or an answer of the
 * table of risks).  The coordinator accepts or declines with a reason; an
 * accepted one points to the load that put the number right, so the list has
 * to be drawn up anew.
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"
#include "store/q_room.h"

struct objection_new {
	run_id run;
	school_id school;
	struct str about; /* code of a procedure or element; empty: no number */
	struct syear year;  /* of a procedure's result */
	struct str claimed; /* what it should be */
	struct str text;
};

/* RC_INVALID names the field in the complaint's column. */
NODISCARD enum rc objection_file(struct scope *sc,
    const struct vocabulary *words, const struct objection_new *o,
    objection_id *ret);

struct objection_answer {
	bool is_accepted;
	struct str text;
	load_id load; /* that put the disputed number right; 0: none */
};

/* version: as the author of the answer saw the objection. */
NODISCARD enum rc objection_decide(struct scope *sc, objection_id id,
    int64_t version, const struct objection_answer *answer);

/* The school takes it back. */
NODISCARD enum rc objection_withdraw(
    struct scope *sc, objection_id id, int64_t version);

/* "открыто", "принято" … */
const char *objection_state_title(struct str code);

/* "ОГЭ, математика, 2022/23 уч. г.", or "решение в целом". */
struct str objection_about_text(struct arena *mem,
    const struct vocabulary *words, struct str about, struct syear year);
