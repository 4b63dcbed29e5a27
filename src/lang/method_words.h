/*
 * method_words.h - rules in Russian, for the prose of a method and for the
 * cards of its decisions.
 *
 * The same generator speaks in two ways: without a program "в предыдущем
 * учебном году", with one "в 2022/23 учебном году"; a variable that has a
 * value is named by it.
 */
#pragma once

#include "base/buf.h"
#include "lang/method_program.h"

struct words {
	struct arena *mem;
	const struct method *m;
	const struct ratio *settings;
	bool has_year;
	struct syear year; /* of the list */
};

/* A condition as a clause, an amount as a noun phrase. */
struct str words_expr(
    const struct words *w, const struct expr *e, const struct env *env);

/* "не меньше 30 %" */
struct str words_threshold(
    const struct words *w, const struct expr *compare, const struct env *env);

/* "2022/23 учебном году" is in the case of "в". */
struct str words_year(const struct words *w, int32_t back);
struct str words_procedure(const struct words *w, int32_t procedure);
struct str words_element(const struct words *w, int32_t element);

/* "30 %", "29,97 %": as many digits as tell it from a round number. */
struct str words_share(struct arena *mem, struct ratio r);

/* "2", "37,5 %", "да", "нет данных", "от 1 до 3", "не меньше 4 %" */
struct str words_span(struct arena *mem, struct span s, enum expr_type type);

/* "критерий 1" of K1 */
struct str words_criterion(struct arena *mem, struct str id);

/* "одной", "двум" …: how many, before a feminine noun in the dative. */
struct str words_number_dative(struct arena *mem, int64_t n);
