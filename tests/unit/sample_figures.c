/* sample_figures.c - pictures of the invented municipality, for tests. */
#include "sample_figures.h"

#include "base/vec.h"

#define KNOWN(k, n, words)                                                     \
	{                                                                      \
		.is_known = true, .value = {k, n}, .note = S_INIT(words)       \
	}
#define BETWEEN(k, n, from, to, words)                                         \
	{                                                                      \
		.is_known = true, .value = {k, n}, .low = {from, 1000},        \
		.high = {to, 1000}, .note = S_INIT(words)                      \
	}

static const struct str years[] = {S_INIT("2021/22"), S_INIT("2022/23"),
    S_INIT("2023/24"), S_INIT("2024/25"), S_INIT("2025/26")};

static const struct chart_point listed[] = {KNOWN(31, 128, "31 из 128"),
    KNOWN(33, 131, "33 из 131"), KNOWN(38, 136, "38 из 136"),
    KNOWN(40, 136, "40 из 136"), KNOWN(50, 132, "50 из 132 участников")};
static const struct chart_point others[] = {KNOWN(31, 402, "31 из 402"),
    KNOWN(36, 411, "36 из 411"), {.is_known = false},
    KNOWN(48, 399, "48 из 399"), KNOWN(45, 400, "45 из 400 участников")};
static const struct chart_series two[] = {
    {S_INIT("7 школ перечня"), listed}, {S_INIT("15 других школ"), others}};
static const struct chart_band bands[] = {
    {S_INIT("Помощь учителям математики"), 2, 3},
    {S_INIT("Пробные ОГЭ с разбором"), 3, 4},
    {S_INIT("Дорожная карта 2025/26"), 4, 5}};

const struct chart sample_lines = {
    .kind = CHART_LINES,
    .title = S_INIT("Не справились с ОГЭ по математике: перечень и "
		    "другие школы"),
    .labels = years,
    .n_labels = COUNT_OF(years),
    .series = two,
    .n_series = COUNT_OF(two),
    .bands = bands,
    .n_bands = COUNT_OF(bands),
    .is_percent = true,
    .has_threshold = true,
    .threshold = {3, 10},
    .threshold_name = S_INIT("30 % – порог низкого результата"),
};

const struct chart sample_bars = {
    .kind = CHART_BARS,
    .title = S_INIT("Доля не справившихся по годам"),
    .labels = years,
    .n_labels = COUNT_OF(years),
    .series = two,
    .n_series = COUNT_OF(two),
    .is_percent = true,
    .has_threshold = true,
    .threshold = {3, 10},
    .threshold_name = S_INIT("порог 30 %"),
};

static const struct str schools[] = {S_INIT("Вьюжинская СОШ"),
    S_INIT("Гимназия № 3"), S_INIT("Дальнепольская ООШ"),
    S_INIT("Лугозерская СОШ"), S_INIT("Начальная школа № 7"),
    S_INIT("Синеборская СОШ, филиал «Лесной Кордон»"), S_INIT("СОШ № 4"),
    S_INIT("Тихопольская СОШ")};
static const struct chart_point of_schools[] = {
    BETWEEN(3, 7, 158, 750, "3 из 7"), BETWEEN(2, 76, 7, 91, "2 из 76"),
    BETWEEN(0, 4, 0, 490, "0 из 4"), BETWEEN(11, 27, 245, 593, "11 из 27"),
    {.is_known = false}, BETWEEN(0, 3, 0, 561, "0 из 3"),
    BETWEEN(23, 64, 253, 482, "23 из 64"),
    BETWEEN(10, 24, 245, 612, "10 из 24")};
static const struct chart_series one[] = {{S_INIT("ОГЭ, математика"),
    of_schools}};

const struct chart sample_lying = {
    .kind = CHART_BARS,
    .title = S_INIT("ОГЭ по математике, 2025/26 уч. г."),
    .labels = schools,
    .n_labels = COUNT_OF(schools),
    .series = one,
    .n_series = COUNT_OF(one),
    .is_percent = true,
    .has_threshold = true,
    .threshold = {3, 10},
    .threshold_name = S_INIT("порог 30 %"),
};

const struct chart sample_intervals = {
    .kind = CHART_INTERVALS,
    .title = S_INIT("ОГЭ по математике с интервалами"),
    .labels = schools,
    .n_labels = COUNT_OF(schools),
    .series = one,
    .n_series = COUNT_OF(one),
    .is_percent = true,
    .has_threshold = true,
    .threshold = {3, 10},
    .threshold_name = S_INIT("порог 30 %"),
};

static const struct chart_point nothing[5] = {{.is_known = false}};
static const struct chart_series empty[] = {{S_INIT("Школы"), nothing}};

const struct chart sample_unknown = {
    .kind = CHART_LINES,
    .title = S_INIT("Ещё не измерено"),
    .labels = years,
    .n_labels = COUNT_OF(years),
    .series = empty,
    .n_series = 1,
};

static const struct str procedures[] = {S_INIT("ВПР математика, 5 кл."),
    S_INIT("ВПР русский, 5 кл."), S_INIT("ОГЭ математика"),
    S_INIT("ЕГЭ мат. базовая"), S_INIT("ЕГЭ русский")};
static const struct heat_cell cells[] = {
    {true, 1, 7, true, {0}}, {true, 0, 7, true, {0}}, {true, 3, 7, true, {0}},
    {true, 0, 3, true, {0}}, {true, 0, 3, true, {0}},

    {true, 4, 85, false, {0}}, {true, 0, 85, false, {0}},
    {true, 2, 76, false, {0}}, {true, 0, 20, false, {0}},
    {true, 0, 41, false, {0}},

    {true, 0, 4, true, {0}}, {true, 0, 4, true, {0}}, {true, 0, 4, true, {0}},
    {.note = S_INIT("11 класса нет")}, {.note = S_INIT("11 класса нет")},

    {true, 5, 30, false, {0}}, {true, 6, 31, false, {0}},
    {true, 11, 27, false, {0}}, {true, 0, 7, true, {0}},
    {true, 0, 12, false, {0}},

    {.note = S_INIT("начальная школа: не участвует")},
    {.note = S_INIT("начальная школа: не участвует")},
    {.note = S_INIT("начальная школа: не участвует")},
    {.note = S_INIT("начальная школа: не участвует")},
    {.note = S_INIT("начальная школа: не участвует")},

    {true, 0, 4, true, {0}}, {0}, {true, 0, 3, true, {0}}, {0}, {0},

    {true, 24, 71, false, {0}}, {true, 15, 70, false, {0}},
    {true, 23, 64, false, {0}}, {true, 0, 10, false, {0}},
    {true, 2, 19, false, {0}},

    {true, 6, 26, false, {0}}, {true, 1, 23, false, {0}},
    {true, 10, 24, false, {0}}, {true, 0, 4, true, {0}},
    {true, 1, 8, true, {0}},
};

const struct heat sample_heat = {
    .title = S_INIT("Доля не справившихся по процедурам, 2025/26 уч. г."),
    .columns = procedures,
    .n_columns = COUNT_OF(procedures),
    .rows = schools,
    .n_rows = COUNT_OF(schools),
    .cells = cells,
};

/* ---- the ribbon ---------------------------------------------------------- */

static struct date
day(int year, int month, int day_of_month)
{
	struct date d = DATE_NONE;

	MUST(date_of(year, month, day_of_month, &d));
	return d;
}

static const struct ribbon_mark *
marks(struct arena *mem, size_t n, const struct ribbon_mark *from)
{
	struct ribbon_mark *copy = arena_new(mem, struct ribbon_mark, n);

	for (size_t i = 0; i < n; i++)
		copy[i] = from[i];
	return copy;
}

#define MARKS(...)                                                             \
	.marks = marks(mem,                                                    \
	    sizeof((struct ribbon_mark[]){__VA_ARGS__}) /                      \
		sizeof(struct ribbon_mark),                                    \
	    (struct ribbon_mark[]){__VA_ARGS__}),                              \
	.n_marks = sizeof((struct ribbon_mark[]){__VA_ARGS__}) /               \
	    sizeof(struct ribbon_mark)

static void
add_rows(struct arena *mem, struct ribbon_row *rows)
{
	*rows++ = (struct ribbon_row){.is_section = true,
	    .number = S("1"),
	    .label = S("Выявление школ и причин низких результатов")};
	*rows++ = (struct ribbon_row){.number = S("1.1"),
	    .label = S("Утвердить перечень школ с низкими результатами"),
	    .link = S("/plans/2/measures/1"),
	    .result = S("исполнено"),
	    .state = RIBBON_DONE,
	    MARKS({RIBBON_DIAMOND, RIBBON_DONE, DATE_NONE, day(2026, 9, 30),
		0, 0, S("до 30.09.2026")})};
	*rows++ = (struct ribbon_row){.number = S("1.2"),
	    .label = S("Провести анкетирование учителей, обучающихся и "
		       "родителей о причинах учебных затруднений"),
	    .result = S("7 из 9"),
	    .state = RIBBON_RUNNING,
	    MARKS({RIBBON_BAR, RIBBON_RUNNING, day(2026, 10, 1),
		day(2027, 3, 15), 7, 9, S("октябрь – 15 марта")})};
	*rows++ = (struct ribbon_row){.is_section = true,
	    .number = S("2"),
	    .label = S("Работа с учителями")};
	*rows++ = (struct ribbon_row){.number = S("2.1"),
	    .label = S("Сдавать отчёты кураторов"),
	    .result = S("просрочено 1"),
	    .state = RIBBON_LATE,
	    MARKS({RIBBON_TICK, RIBBON_DONE, DATE_NONE, day(2026, 10, 31), 0,
		      0, S("ежеквартально")},
		{RIBBON_TICK, RIBBON_LATE, DATE_NONE, day(2027, 1, 31), 0, 0,
		    S("ежеквартально")},
		{RIBBON_TICK, RIBBON_PLANNED, DATE_NONE, day(2027, 4, 30), 0,
		    0, S("ежеквартально")},
		{RIBBON_TICK, RIBBON_PLANNED, DATE_NONE, day(2027, 7, 31), 0,
		    0, S("ежеквартально")})};
	*rows++ = (struct ribbon_row){.number = S("2.2"),
	    .label = S("Сопровождать молодых учителей"),
	    .result = S("идёт"),
	    .state = RIBBON_RUNNING,
	    MARKS({RIBBON_HOLLOW, RIBBON_RUNNING, day(2026, 9, 1),
		day(2027, 8, 31), 0, 0, S("в течение года")})};
	*rows++ = (struct ribbon_row){.number = S("2.3"),
	    .label = S("Курсы повышения квалификации"),
	    .result = S("ждёт графика"),
	    MARKS({RIBBON_DOTTED, RIBBON_PLANNED, day(2026, 9, 1),
		day(2027, 5, 31), 0, 0, S("по графику института")})};
	*rows++ = (struct ribbon_row){.number = S("2.4"),
	    .label = S("Провести пробный ОГЭ с разбором ошибок"),
	    .result = S("просрочено"),
	    .state = RIBBON_LATE,
	    MARKS({RIBBON_BAR, RIBBON_LATE, day(2026, 11, 1),
		day(2027, 1, 20), 0, 0, S("ноябрь – 20 января")})};
	*rows++ = (struct ribbon_row){.number = S("2.5"),
	    .label = S("Подвести итоги года"),
	    .result = S("впереди"),
	    MARKS({RIBBON_BAR, RIBBON_PLANNED, day(2027, 5, 15),
		      day(2027, 6, 20), 0, 0, S("май – июнь")},
		{RIBBON_DIAMOND, RIBBON_LATE, DATE_NONE, day(2027, 2, 1), 0,
		    0, S("промежуточные итоги")},
		{RIBBON_DIAMOND, RIBBON_PLANNED, DATE_NONE, day(2027, 8, 31),
		    0, 0, S("итоги")},
		{RIBBON_BAR, RIBBON_DONE, day(2026, 8, 1), day(2026, 9, 20),
		    0, 0, S("август – сентябрь")})};
}

struct ribbon
sample_ribbon(struct arena *mem, uint8_t months)
{
	enum { ROWS = 9 };
	struct ribbon_row *rows = arena_new(mem, struct ribbon_row, ROWS);
	struct ribbon_span *holidays = arena_new(mem, struct ribbon_span, 3);
	struct ribbon_span *exams = arena_new(mem, struct ribbon_span, 2);

	add_rows(mem, rows);
	holidays[0] = (struct ribbon_span){
	    day(2026, 10, 26), day(2026, 11, 3), S("осенние каникулы")};
	holidays[1] = (struct ribbon_span){
	    day(2026, 12, 31), day(2027, 1, 10), S("зимние каникулы")};
	holidays[2] = (struct ribbon_span){
	    day(2027, 6, 1), day(2027, 8, 31), S("летние каникулы")};
	exams[0] = (struct ribbon_span){
	    day(2027, 4, 12), day(2027, 5, 15), S("ВПР")};
	exams[1] = (struct ribbon_span){
	    day(2027, 5, 24), day(2027, 6, 25), S("ОГЭ и ЕГЭ")};
	return (struct ribbon){.title = S("Дорожная карта 2026/27 уч. г."),
	    .first = day(2026, 9, 1),
	    .months = months,
	    .today = day(2027, 2, 18),
	    .holidays = holidays,
	    .n_holidays = 3,
	    .exams = exams,
	    .n_exams = 2,
	    .rows = rows,
	    .n_rows = ROWS,
	    .has_legend = true};
}
