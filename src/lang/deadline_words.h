/*
 * deadline_words.h - the words the language of deadlines knows.
 */
#pragma once

#include "lang/deadline_token.h"

/* Declensions: which endings a stem takes. */
enum endings {
	E_FIXED,
	E_MASC,      /* план, месяц */
	E_MASC_SOFT, /* январь */
	E_DAY,       /* дня, дней */
	E_MAY,       /* май */
	E_FEM,       /* среда, декада */
	E_FEM_SOFT,  /* неделя */
	E_FEM_SIGN,  /* четверть */
	E_FEM_IYA,   /* ситуация */
	E_NEUT_IE,   /* полугодие */
	E_NEUT_JE,   /* воскресенье */
	E_NEUT_O,    /* число, начало */
	E_ADJ,       /* учебный, ежемесячно */
	E_ADJ_SOFT,  /* последний */
	E_COUNT
};

struct word {
	const char *stem;
	uint8_t endings;
	uint8_t class;
	int16_t value;
	bool mendable; /* a misprint of it is recognised */
};

/* By stem, in byte order; one stem may stand for several words. */
extern const struct word deadline_words[];
extern const size_t deadline_n_words;

/* Endings of a declension, separated by spaces; "" first where bare. */
extern const char *const deadline_endings[E_COUNT];
