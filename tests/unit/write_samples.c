/*
 * write_samples.c - writes one file of every kind into the folder given, for
 * independent readers to look at (tests/journey/test_written_files.py).
 */
#include <stdio.h>

#include "fmt/ics.h"
#include "fmt/table_out.h"
#include "os/file.h"
#include "sample_document.h"
#include "sample_figures.h"

static struct arena *mem;
static struct str folder;

static void
save(const char *name, const struct buf *bytes)
{
	struct diag d = diag_open(mem, 0);
	struct str path = arena_fmt(mem, "%.*s/%s", STR_ARG(folder), name);

	MUST(!buf_full(bytes));
	MUST(file_write(path, buf_str(bytes), &d) == RC_OK);
}

static struct date
day(int year, int month, int day_of_month)
{
	struct date d;

	MUST(date_of(year, month, day_of_month, &d));
	return d;
}

static const struct table_column result_columns[] = {
    {.key = "school", .title = S_INIT("Школа"), .kind = TABLE_TEXT},
    {.key = "code", .title = S_INIT("Код"), .kind = TABLE_TEXT},
    {.key = "pupils", .title = S_INIT("Учеников"), .kind = TABLE_INT},
    {.key = "low",
	.title = S_INIT("Доля не справившихся"),
	.kind = TABLE_SHARE,
	.count_title = S_INIT("не справились"),
	.of_title = S_INIT("участников")},
    {.key = "mean",
	.title = S_INIT("Средний балл"),
	.kind = TABLE_NUMBER,
	.places = 2},
    {.key = "day", .title = S_INIT("Дата загрузки"), .kind = TABLE_DATE},
    {.key = "small", .title = S_INIT("Малая"), .kind = TABLE_BOOL},
    {.key = "note", .title = S_INIT("Примечание"), .kind = TABLE_TEXT},
};

static void
put_results(struct table_out *t)
{
	static const char *const names[] = {"Вьюжинская СОШ", "Гимназия № 3",
	    "Дальнепольская ООШ", "Лугозерская СОШ"};

	for (int i = 0; i < 4; i++)
		table_out_row(t,
		    (struct table_cell[]){table_text(str_of(names[i])),
			table_text(arena_fmt(mem, "00%d", i + 1)),
			table_int(84 + 311 * i), table_share(3 * i, 7 + 8 * i),
			table_number(ratio_of(345 + i, 100)),
			table_date(day(2027, 3, 5 + i)), table_bool(i % 2),
			table_text(S("Сдано в срок; замечаний нет"))});
	table_out_row(
	    t, (struct table_cell[]){table_text(S("=Опасная & <школа> \"1\"")),
		   table_text(S("007")), table_none(), table_none(),
		   table_none(), table_date(DATE_NONE), table_none(),
		   table_text(S("Первая строка\nвторая\x01 строка \xFF"))});
}

static void
write_tables(void)
{
	static const struct xlsx_source sources[] = {
	    {S_INIT("Методика"), S_INIT("ШНОР, версия 3 от 01.09.2026")},
	    {S_INIT("Загрузка"), S_INIT("№ 41 от 05.06.2026, ВПР, математика")},
	};
	static const char *const names[] = {[TABLE_CSV] = "table.csv",
	    [TABLE_CSV_EXCEL] = "table-excel.csv",
	    [TABLE_JSON] = "table.json",
	    [TABLE_TERMINAL] = "table.txt",
	    [TABLE_XLSX] = "table.xlsx"};
	struct table_about about = {.title = S("Результаты: ВПР [2026]"),
	    .made_on = day(2027, 2, 18),
	    .columns = result_columns,
	    .n = COUNT_OF(result_columns),
	    .sources = sources,
	    .n_sources = COUNT_OF(sources)};

	for (int f = TABLE_CSV; f <= TABLE_XLSX; f++) {
		struct buf out = buf_open(mem, 0);
		struct table_out *t =
		    table_out_open(mem, (enum table_format)f, &about, &out);

		put_results(t);
		MUST(table_out_close(t) == RC_OK);
		save(names[f], &out);
	}
}

/* Several tables of a report in one workbook. */
static void
write_book(void)
{
	struct table_about about = {.title = S("Результаты"),
	    .made_on = day(2027, 2, 18),
	    .columns = result_columns,
	    .n = COUNT_OF(result_columns)};
	struct buf out = buf_open(mem, 0);
	autoxlsx book =
	    xlsx_out_open(mem, S("Отчёт за полугодие"), about.made_on);

	for (int i = 0; i < 3; i++) {
		struct table_out *t = table_out_sheet(mem, &about, book);

		put_results(t);
		MUST(table_out_close(t) == RC_OK);
	}
	MUST(xlsx_out_close(book, &out) == RC_OK);
	save("book.xlsx", &out);
}

static void
write_calendar(void)
{
	struct buf out = buf_open(mem, 0);
	struct moment now;

	MUST(moment_parse(S("2027-02-18T07:42:05Z"), &now));
	struct ics cal = ics_open(&out, S("Дорожная карта 2026/27"), now);

	ics_event(
	    &cal, &(struct ics_event){.uid = S("m12-2027-03-31@opora"),
		      .sequence = 1,
		      .from = day(2027, 3, 31),
		      .to = day(2027, 3, 31),
		      .summary = S("2.2. Провести пробный ОГЭ; разбор ошибок, "
				   "сводка по школам \\ для кураторов"),
		      .description = S("Отвечают: заместители директоров.\n"
				       "Отметка: акт, протокол."),
		      .category = S("Дорожная карта, 2026/27"),
		      .url = S("https://opora.example/tasks/12"),
		      .remind_days = 14});
	ics_event(&cal, &(struct ics_event){.uid = S("m13@opora"),
			    .from = day(2026, 10, 1),
			    .to = day(2026, 10, 5),
			    .summary = S("Отчёт куратора"),
			    .rrule = S("FREQ=MONTHLY;INTERVAL=2;COUNT=4"),
			    .is_cancelled = true});
	ics_close(&cal);
	save("calendar.ics", &out);
}

static void
save_chart(const char *name, const struct chart *chart)
{
	struct buf out = buf_open(mem, 0);

	chart_svg(chart, 640, 0, &out);
	save(name, &out);
}

static void
write_figures(void)
{
	struct buf out = buf_open(mem, 0);

	save_chart("lines.svg", &sample_lines);
	save_chart("bars.svg", &sample_bars);
	save_chart("lying.svg", &sample_lying);
	save_chart("intervals.svg", &sample_intervals);
	save_chart("unknown.svg", &sample_unknown);
	heat_svg(&sample_heat, 640, &out);
	save("heat.svg", &out);
	for (int months = 12; months <= 24; months += 12) {
		struct ribbon r = sample_ribbon(mem, (uint8_t)months);

		buf_clear(&out);
		ribbon_svg(&r, 1240, &out);
		save(months == 12 ? "ribbon-12.svg" : "ribbon-24.svg", &out);
	}
}

static void
write_document(const char *name, struct doc *(*make)(struct arena *))
{
	static const char *const endings[] = {"docx", "odt", "pdf", "html"};

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		struct str file = arena_fmt(mem, "%s.%s", name, endings[i]);
		struct buf out = buf_open(mem, 0);

		MUST(doc_write(make(mem), doc_format_of(file), &out) == RC_OK);
		save(arena_cstr(mem, file), &out);
	}
}

static struct doc *
order_of_60_rows(struct arena *work)
{
	return sample_order(work, 60);
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		(void)fputs("usage: write_samples FOLDER\n", stderr);
		return 64;
	}
	mem = arena_open(0);
	folder = str_of(argv[1]);
	write_tables();
	write_book();
	write_calendar();
	write_figures();
	write_document("order", order_of_60_rows);
	write_document("awkward", sample_awkward);
	write_document("empty", sample_empty);
	arena_close(mem);
	return 0;
}
