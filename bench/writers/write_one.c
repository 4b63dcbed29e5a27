/*
 * write_one.c - writes one document or workbook to standard output, for
 * writers.sh: "docx 200", "pdf 200", "odt 200", "xlsx 50000", "csv 50000".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fmt/table_out.h"
#include "os/file.h"
#include "sample_document.h"

enum { COLUMNS = 12 };

/* Texts, whole numbers, decimals and days, as a list of results has. */
static const struct table_column columns[COLUMNS] = {
    {.key = "school", .title = S_INIT("Школа"), .kind = TABLE_TEXT},
    {.key = "code", .title = S_INIT("Код"), .kind = TABLE_TEXT},
    {.key = "year", .title = S_INIT("Год"), .kind = TABLE_TEXT},
    {.key = "procedure", .title = S_INIT("Процедура"), .kind = TABLE_TEXT},
    {.key = "participants", .title = S_INIT("Участников"), .kind = TABLE_INT},
    {.key = "failed", .title = S_INIT("Не справились"), .kind = TABLE_INT},
    {.key = "mark3", .title = S_INIT("«3»"), .kind = TABLE_INT},
    {.key = "mark4", .title = S_INIT("«4»"), .kind = TABLE_INT},
    {.key = "mark5", .title = S_INIT("«5»"), .kind = TABLE_INT},
    {.key = "mean",
	.title = S_INIT("Средний балл"),
	.kind = TABLE_NUMBER,
	.places = 2},
    {.key = "day", .title = S_INIT("Дата"), .kind = TABLE_DATE},
    {.key = "note", .title = S_INIT("Примечание"), .kind = TABLE_TEXT},
};

static void
add_row(struct arena *work, struct table_out *t, int i, struct date from)
{
	struct table_cell cells[COLUMNS] = {
	    table_text(arena_fmt(work, "Школа № %d", i % 900 + 1)),
	    table_text(arena_fmt(work, "%06d", i * 37 % 1000000)),
	    table_text(S("2025/2026")),
	    table_text(i % 2 ? S("vpr-math-5") : S("oge-rus")),
	    table_int(i % 97 + 3),
	    table_int(i % 13),
	    table_int(i % 31),
	    table_int(i % 29),
	    table_int(i % 11),
	    table_number(ratio_of(200 + i % 300, 100)),
	    table_date(date_plus(from, i % 300)),
	    table_text(arena_fmt(work, "загрузка %d, строка %d", i % 60, i)),
	};

	table_out_row(t, cells);
}

static enum rc
write_table(
    struct arena *mem, enum table_format format, int rows, struct buf *out)
{
	struct date from;
	autoarena work = arena_open(0);

	MUST(date_of(2026, 1, 12, &from));
	struct table_about about = {.title = S("Результаты"),
	    .made_on = from,
	    .columns = columns,
	    .n = COLUMNS};
	struct table_out *t = table_out_open(mem, format, &about, out);

	for (int i = 0; i < rows; i++) {
		add_row(work, t, i, from);
		arena_reset(work);
	}
	return table_out_close(t);
}

int
main(int argc, char **argv)
{
	autoarena mem = arena_open((size_t)1 << 30);
	struct buf out = buf_open(mem, (size_t)1 << 30);
	enum rc rc;

	if (argc != 3) {
		(void)fputs("usage: write_one KIND ROWS\n", stderr);
		return 64;
	}
	const char *kind = argv[1];
	int rows = atoi(argv[2]);
	if (strcmp(kind, "xlsx") == 0)
		rc = write_table(mem, TABLE_XLSX, rows, &out);
	else if (strcmp(kind, "csv") == 0)
		rc = write_table(mem, TABLE_CSV, rows, &out);
	else
		rc = doc_write(sample_road_map(mem, rows),
		    doc_format_of(arena_fmt(mem, ".%s", kind)), &out);
	if (rc == RC_OK)
		rc = fd_write_all(1, buf_str(&out));
	return rc_exit_status(rc);
}
