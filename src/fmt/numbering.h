/*
 * numbering.h - the numbers that Word prints before paragraphs and does not
 * keep in their text.
 *
 * A list definition has nine levels, each with a form such as "%1.%2." and a
 * way to write its own count.  Lists that share a definition go on counting
 * together, unless one says where it starts.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum { LIST_LEVELS = 9 };

enum number_form {
	FORM_DECIMAL,
	FORM_DECIMAL_ZERO, /* 01 */
	FORM_ROMAN_UPPER,
	FORM_ROMAN_LOWER,
	FORM_LATIN_UPPER,
	FORM_LATIN_LOWER,
	FORM_RUSSIAN_UPPER,
	FORM_RUSSIAN_LOWER,
	FORM_BULLET,
	FORM_NONE,
};

struct list_level {
	struct str text; /* "%1.%2." */
	enum number_form form;
	uint32_t start;
	int restart_after; /* levels above this one restart it; 0: none does */
	bool is_legal;     /* all its numbers in decimal */
};

/* Definition and the counts reached in it. */
struct list_definition {
	struct list_level levels[LIST_LEVELS];
	uint32_t counts[LIST_LEVELS];
	bool is_set[LIST_LEVELS];
};

/* Levels as they are when nothing is said: "1." … */
void list_definition_reset(struct list_definition *def);

/* The next paragraph of the list at this level: its label. */
struct str list_next(
    struct arena *mem, struct list_definition *def, unsigned level);

/* "iv", "IV", "г" and the like. */
struct str number_written(struct arena *mem, uint32_t n, enum number_form form);

/* "-" and dashes as they are, every other sign of a list as "•". */
struct str bullet_of(struct str sign);
