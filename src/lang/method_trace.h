/*
 * method_trace.h - reading the value of any part of a rule for one school.
 *
 * The part is expanded into the nodes of its kind of school like the rules
 * themselves; what is there already keeps its value.
 */
#pragma once

#include "lang/method_words.h"

struct reader {
	struct expansion x;
	struct words words;
	const struct method_program *p;
	const struct facts *f;
	struct span *v; /* room for METHOD_NODES and a few */
	uint32_t done;  /* nodes that have their value */
};

struct reader reader_open(
    struct arena *mem, const struct method_program *p, const struct facts *f);
struct span reader_value(
    struct reader *r, const struct expr *e, const struct env *env);

/* Years back that a condition speaks of, or 0. */
int32_t year_spoken_of(const struct expr *e, const struct env *env);
