/* school_periods.c - what are the periods of a school year called? */
#include "base/utf8.h"
#include "core/plans/school_calendar.h"

/* clang-format off */
static const struct {
	struct str code;
	struct str title;
	const char *words; /* beside the title; folded, separated by "|" */
} periods[] = {
	{S_INIT("quarter-1"),    S_INIT("1 четверть"),       "i четверть|первая четверть"},
	{S_INIT("quarter-2"),    S_INIT("2 четверть"),       "ii четверть|вторая четверть"},
	{S_INIT("quarter-3"),    S_INIT("3 четверть"),       "iii четверть|третья четверть"},
	{S_INIT("quarter-4"),    S_INIT("4 четверть"),       "iv четверть|четвертая четверть"},
	{S_INIT("half-1"),       S_INIT("1 полугодие"),      "i полугодие|первое полугодие"},
	{S_INIT("half-2"),       S_INIT("2 полугодие"),      "ii полугодие|второе полугодие"},
	{S_INIT("trimester-1"),  S_INIT("1 триместр"),       "i триместр|первый триместр"},
	{S_INIT("trimester-2"),  S_INIT("2 триместр"),       "ii триместр|второй триместр"},
	{S_INIT("trimester-3"),  S_INIT("3 триместр"),       "iii триместр|третий триместр"},
	{S_INIT("break-autumn"), S_INIT("осенние каникулы"),  ""},
	{S_INIT("break-winter"), S_INIT("зимние каникулы"),   ""},
	{S_INIT("break-spring"), S_INIT("весенние каникулы"), ""},
	{S_INIT("break-summer"), S_INIT("летние каникулы"),   ""},
	{S_INIT("teaching"),     S_INIT("занятия"),           "учебный год"},
	{S_INIT("exam"),         S_INIT("экзамен"),           "экзамены|процедура"},
	{S_INIT("day-off"),      S_INIT("выходной"),          "выходные|нерабочий день|нерабочие дни"},
	{S_INIT("working-day"),  S_INIT("рабочий день"),      "рабочие дни"},
};

/* clang-format on */

struct str
school_period_code(struct arena *mem, struct str typed)
{
	struct str folded = text_fold(mem, typed), word;

	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		struct str rest = str_of(periods[i].words);

		if (str_eq(folded, periods[i].code) ||
		    str_eq(folded, periods[i].title))
			return periods[i].code;
		while (str_split(&rest, '|', &word))
			if (word.n && str_eq(folded, word))
				return periods[i].code;
	}
	return S("");
}

struct str
school_period_title(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(periods); i++)
		if (str_eq(periods[i].code, code))
			return periods[i].title;
	return code;
}
