/*
 * deadline_token.h - a phrase as tokens: what printing has spoilt is mended
 * here, before any grammar looks at it.
 *
 * Mending follows rules about letters, never lists of spoilt phrases: Latin
 * look-alikes, a letter inside a number, a word torn by a line break, two
 * months printed as one word.  A word is known by its stem and the endings its
 * declension allows, so every case is read.
 */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum token_kind {
	T_END,
	T_WORD,
	T_NUMBER,
	T_ROMAN,
	T_ISO, /* 2023-10-01 */
	T_DASH,
	T_DOTS, /* .. between ISO days */
	T_DOT,
	T_COMMA,
	T_SEMICOLON,
	T_COLON,
	T_SLASH,
	T_OPEN,
	T_CLOSE,
	T_BLANK, /* ___: a form nobody filled in */
	T_OTHER,
};

/* What a known word is for the grammar; W_NONE is any other word. */
enum word_class {
	W_NONE,
	W_MONTH,    /* value 1..12 */
	W_WEEKDAY,  /* value 1..7 */
	W_ORDINAL,  /* first, second … 10; -1 last */
	W_CARDINAL, /* one, two … */
	W_UNIT,     /* value enum word_unit */
	W_EACHLY,   /* monthly, yearly: value enum deadline_unit */
	W_EVERY,
	W_PART,    /* value enum part of deadline_syntax.h */
	W_BY,      /* до */
	W_TOWARDS, /* к */
	W_PO,
	W_BUT, /* но, printed for по */
	W_FROM,
	W_IN,
	W_ON,
	W_PER, /* за */
	W_VIA, /* через */
	W_AND,
	W_NOT,
	W_LATER,
	W_EARLIER,
	W_LESS,    /* менее, реже */
	W_ATLEAST, /* минимум */
	W_TERM,    /* срок */
	W_TIMES,
	W_TIMES_N, /* дважды: value 2 */
	W_DURING,
	W_ALL,
	W_CONSTANT,
	W_PLAN, /* план, график, расписание */
	W_ACCORDING,
	W_FIXED, /* установленный, утверждённый */
	W_REQUEST,
	W_MEASURE, /* мере, as in "по мере" */
	W_NECESSITY,
	W_SCHOOL, /* учебный */
	W_CALENDAR,
	W_DAY_OF, /* число */
	W_INCLUSIVE,
	W_CURRENT,
	W_NEXT,
	W_REPORTED, /* отчетный */
	W_SUMMARY,  /* итогам, окончании */
	W_AFTER,
	W_BEFORE, /* перед, накануне */
	W_MOMENT, /* момента, дня */
	W_BREAK,  /* каникулы */
	W_SEASON, /* value 1 winter .. 4 autumn */
	W_EXAM,
	W_HOLDING, /* проведения */
	W_EXCEPT,
	W_THEN,     /* далее */
	W_STARTING, /* начиная */
	W_WORKING,  /* рабочий */
	W_ORDER,    /* приказ, распоряжение */
	W_ISSUE,    /* издания, подписания */
	W_CLOCK,    /* ч, мск */
	W_NO,       /* нет */
	W_CASE,     /* случае */
	W_SUCH,     /* необходимый adverb "при" */
	W_EXPIRED,  /* истечении */
	W_SINGLE, /* "двухнедельный": value in words of unit below */
	W_WHICH,  /* чем */
	W_STEADY, /* основе */
	W_CLASS,  /* класс, этап: what a number beside it counts */
	W_NEW,    /* новый, of a year */
};

enum word_unit {
	U_DAY,
	U_WEEK,
	U_MONTH,
	U_QUARTER,
	U_HALF,
	U_YEAR,
	U_TERM, /* of the school year */
	U_TRIMESTER,
	U_DECADE,
	U_PART, /* половина */
	U_PERIOD,
};

struct token {
	enum token_kind kind;
	struct str raw;    /* as printed, joined when it was torn */
	struct str word;   /* lower case, one alphabet */
	struct str before; /* what stands between it and the token before */
	size_t from, to;   /* bytes of the phrase it was read from, with its dot */
	enum word_class class;
	int value; /* of the word's class, of a number, of a day in ISO */
	int digits;
	bool glued;       /* nothing between it and the token before */
	bool abbreviated; /* a dot follows */
	bool plural_to;   /* -ам, -ям: "по средам" */
	struct date iso;
};

struct tokens {
	struct token *all; /* closed by T_END */
	size_t n;
	bool mended_number; /* a letter was read as a digit */
	bool mended_word;   /* a misprint was read as the nearest word */
	struct str mended_from, mended_to;
};

/* misprints: a word that is not known is taken for the nearest known one. */
struct tokens tokens_of(struct arena *mem, struct str phrase, bool misprints);

/* What is printed from one token to before another, spaces made single. */
struct str tokens_text(
    struct arena *mem, const struct tokens *t, size_t from, size_t to);

/* For the test of the table itself. */
bool word_table_is_sorted(void);
