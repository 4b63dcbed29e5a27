/* sheet.c - what kind of table a file is, and the reader for it. */
#include "fmt/sheet.h"

#include "fmt/content.h"
#include "fmt/formats.h"

/*
 * A workbook cannot have more rows or columns than Excel shows; a CSV file of
 * a whole country can.
 */
const struct sheet_limits sheet_default_limits = {
    .unpacked = (uint64_t)1024 * 1024 * 1024,
    .rows = 1048576,
    .lines = 200 * 1000 * 1000,
    .columns = 16384,
    .cell_bytes = 128 * 1024,
};

static enum sheet_format
format_of(enum content content)
{
	switch (content) {
	case CONTENT_TEXT:
	case CONTENT_EMPTY:
		return SHEET_CSV;
	case CONTENT_XLSX:
		return SHEET_XLSX;
	case CONTENT_ODS:
		return SHEET_ODS;
	case CONTENT_XLS:
		return SHEET_XLS;
	case CONTENT_DOCX:
	case CONTENT_ODT:
	case CONTENT_DOC:
	case CONTENT_XLS_95:
	case CONTENT_XLSB:
	case CONTENT_PASSWORD:
	case CONTENT_ZIP:
	case CONTENT_ARCHIVE:
	case CONTENT_PDF:
	case CONTENT_HTML:
	case CONTENT_XML:
	case CONTENT_RTF:
	case CONTENT_PICTURE:
	case CONTENT_BINARY:
		return SHEET_UNKNOWN;
	}
	UNREACHABLE();
}

enum sheet_format
sheet_format_of(int fd)
{
	return format_of(content_of(fd));
}

static enum rc
read_as(int fd, enum sheet_format format, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	switch (format) {
	case SHEET_CSV:
		return csv_read(fd, limits, sink, d);
	case SHEET_XLSX:
		return xlsx_read(fd, limits, sink, d);
	case SHEET_ODS:
		return ods_read(fd, limits, sink, d);
	case SHEET_XLS:
		return xls_read(fd, limits, sink, d);
	case SHEET_UNKNOWN:
		break;
	}
	UNREACHABLE();
}

enum rc
sheet_read(int fd, enum sheet_format format, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	enum content content = content_of(fd);
	enum sheet_format found = format_of(content);

	if (content == CONTENT_EMPTY) {
		diag_error(d, (struct place){0}, N_("Файл пуст."))->hint =
		    S(N_("Выберите файл, в котором есть таблица."));
		return RC_INVALID;
	}
	if (found == SHEET_UNKNOWN ||
	    (format != SHEET_UNKNOWN && format != found)) {
		content_refuse(content, S("CSV, XLSX, ODS или XLS"), d);
		return RC_INVALID;
	}
	return read_as(fd, found, limits, sink, d);
}

struct str
column_letters(struct arena *mem, uint32_t column)
{
	char letters[8];
	char *p = letters + sizeof letters;
	uint64_t n = (uint64_t)column + 1;

	for (; n; n = (n - 1) / 26)
		*--p = (char)('A' + (n - 1) % 26);
	return arena_str(
	    mem, (struct str){p, (size_t)(letters + sizeof letters - p)});
}
