/*
 * goal.h - an expected result that is a number: «не менее 80 % педагогов»,
 * «не менее 6 команд», «снижение на 2 процентных пункта».
 *
 * The number is exact and carries its kind.  «Снижение на 10 %» may be meant
 * in points or relatively: such a result stays text, and goal_is_unclear says
 * so, for a person to decide.
 *
 * BASIS: domain 6.4 - kind: level, change_pp, change_rel, count, yes/no.
 */
#pragma once

#include "base/arena.h"
#include "base/ratio.h"
#include "base/str.h"

enum goal_kind {
	GOAL_TEXT,
	GOAL_LEVEL,      /* a share: 80/100 */
	GOAL_CHANGE_PP,  /* difference of two shares, in points: -2/100 */
	GOAL_CHANGE_REL, /* relative change: 10/100 */
	GOAL_COUNT,
	GOAL_YES_NO,
	GOAL_KIND_COUNT
};

enum goal_sense {
	GOAL_ANY, /* of text */
	GOAL_AT_LEAST,
	GOAL_MORE_THAN, /* «более 20 %»: 20 % is not enough */
	GOAL_AT_MOST,
	GOAL_LESS_THAN,
	GOAL_EXACTLY,
	GOAL_SENSE_COUNT
};

struct goal {
	enum goal_kind kind;
	enum goal_sense sense;
	struct ratio target;
	bool is_unclear; /* a change in percent, its kind is not said */
};

extern const char *const goal_kind_codes[GOAL_KIND_COUNT];
extern const char *const goal_sense_codes[GOAL_SENSE_COUNT];
bool goal_kind_parse(struct str code, enum goal_kind *ret);
bool goal_sense_parse(struct str code, enum goal_sense *ret);

/* The first number of a result that is a target; GOAL_TEXT when there is none. */
struct goal goal_of(struct arena *mem, struct str result);

/* "не менее 80 %", "не более 6", "снижение на 2 п. п."; empty for text. */
struct str goal_text(struct arena *mem, const struct goal *g);

/*
 * Is a fact enough?  For changes the fact is the value now and baseline the
 * value before; a change needs both.
 */
enum goal_met { GOAL_UNKNOWN, GOAL_MET, GOAL_MISSED };
enum goal_met goal_met(const struct goal *g, const struct ratio *fact,
    const struct ratio *baseline);
