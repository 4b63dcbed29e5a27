/* test_sheet.c - do the readers of tables give what a person sees? */
#include <stdlib.h>

#include "base/buf.h"
#include "files.h"
#include "fmt/csv.h"
#include "fmt/number.h"
#include "fmt/sheet.h"
#include "harness.h"

/*
 * A table as text: "[sheet]" and for each row "14: A=text B#12 C@date D?TRUE
 * E!#N/A" with the sign of the kind after the column.
 */
struct dump {
	struct buf text;
	uint32_t rows;
	uint32_t stop_after; /* rows; 0: never */
};

static bool
dump_sheet(void *ctx, struct str name, uint32_t index)
{
	struct dump *d = ctx;

	buf_fmt(&d->text, "[%.*s]\n", STR_ARG(name));
	return true;
}

static bool
dump_row(void *ctx, uint32_t row, const struct cell *cells, size_t n)
{
	static const char signs[] = {'.', '=', '#', '@', '?', '!'};
	struct dump *d = ctx;

	buf_fmt(&d->text, "%u:", row);
	for (size_t i = 0; i < n; i++) {
		if (i)
			assert_true(cells[i].column > cells[i - 1].column);
		if (cells[i].kind == CELL_EMPTY)
			continue;
		buf_fmt(&d->text, " %.*s%c%.*s",
		    STR_ARG(column_letters(d->text.mem, cells[i].column)),
		    signs[cells[i].kind], STR_ARG(cells[i].text));
	}
	buf_char(&d->text, '\n');
	return ++d->rows != d->stop_after;
}

struct reading {
	struct arena *mem;
	struct diag diag;
	struct dump dump;
	enum rc rc;
};

static struct reading
read_limited(struct arena *mem, int fd, enum sheet_format format,
    const struct sheet_limits *limits, uint32_t stop_after)
{
	struct reading r = {.mem = mem, .diag = diag_open(mem, 0)};
	struct sheet_sink sink = {
	    .ctx = &r.dump, .sheet = dump_sheet, .row = dump_row};

	r.dump.text = buf_open(mem, 0);
	r.dump.stop_after = stop_after;
	r.rc = sheet_read(fd, format, limits, &sink, &r.diag);
	(void)close(fd);
	return r;
}

static struct reading
read_fd(struct arena *mem, int fd)
{
	return read_limited(mem, fd, SHEET_UNKNOWN, &sheet_default_limits, 0);
}

static void
expect_rows(int fd, const char *expected)
{
	autoarena mem = arena_open(0);
	struct reading r = read_fd(mem, fd);

	for (size_t i = 0; i < r.diag.n; i++)
		print_message(
		    "%.*s\n", STR_ARG(complaint_line(mem, &r.diag.all[i])));
	assert_int_equal(r.rc, RC_OK);
	assert_str(buf_str(&r.dump.text), expected);
}

static void
expect_refusal(int fd, enum rc rc, const char *sentence)
{
	autoarena mem = arena_open(0);
	struct reading r = read_fd(mem, fd);

	assert_int_equal(r.rc, rc);
	assert_int_equal(r.diag.errors, 1);
	if (str_find(r.diag.all[0].text, str_of(sentence)) < 0)
		print_error("%.*s\n", STR_ARG(r.diag.all[0].text));
	assert_true(str_find(r.diag.all[0].text, str_of(sentence)) >= 0);
}

static void
csv_cases(void **state)
{
	static const struct {
		struct str bytes;
		const char *rows;
	} cases[] = {
	    {S_INIT("a,b\n1,2\n"), "[]\n1: A=a B=b\n2: A=1 B=2\n"},
	    {S_INIT("a;b\r\n1,5;2\r\n"), "[]\n1: A=a B=b\n2: A=1,5 B=2\n"},
	    {S_INIT("a\tb\n1;2\t3,4"), "[]\n1: A=a B=b\n2: A=1;2 B=3,4\n"},
	    {S_INIT("\xEF\xBB\xBFкод;имя\n1;СОШ\n"),
		"[]\n1: A=код B=имя\n2: A=1 B=СОШ\n"},
	    {S_INIT("\xEA\xEE\xE4;\xB9\n1;\xD1\xCE\xD8\n"),
		"[]\n1: A=код B=№\n2: A=1 B=СОШ\n"},
	    {S_INIT("\xFF\xFE\x3A\x04\t\x00\x31\x00\r\x00\n\x00"),
		"[]\n1: A=к B=1\n"},
	    {S_INIT("\xFE\xFF\x04\x3A\x00\t\x00\x31"), "[]\n1: A=к B=1\n"},
	    {S_INIT("a,\"b,\"\"c\"\"\nd\",e\n\n,,\nf"),
		"[]\n1: A=a B=b,\"c\"\nd C=e\n4: A=f\n"},
	    {S_INIT("МБОУ \"СОШ № 3\";1\n\"СОШ\" № 4;2\n"),
		"[]\n1: A=МБОУ \"СОШ № 3\" B=1\n2: A=\"СОШ\" № 4 B=2\n"},
	    {S_INIT("\"\";\"\"\"\"\n"), "[]\n1: B=\"\n"},
	    {S_INIT("sep=|\na|b,c\n"), "[]\n1: A=a B=b,c\n"},
	    {S_INIT("a;b\r1;2\r"), "[]\n1: A=a B=b\n2: A=1 B=2\n"},
	    {S_INIT(";;;12 - Обществознание 2021.06.15\n1;2;3;4\n"),
		"[]\n1: D=12 - Обществознание 2021.06.15\n"
		"2: A=1 B=2 C=3 D=4\n"},
	    {S_INIT("одна графа\nбез разделителей\n"),
		"[]\n1: A=одна графа\n2: A=без разделителей\n"},
	    {S_INIT("a;b\n1;\xE0"), "[]\n1: A=a B=b\n2: A=1 B=а\n"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		expect_rows(file_of(cases[i].bytes), cases[i].rows);
}

static void
csv_refusals(void **state)
{
	expect_refusal(file_of(S("")), RC_INVALID, "Файл пуст");
	expect_refusal(file_of(S("a,b\n1,\"2\n3,4\n")), RC_INVALID,
	    "Здесь открыта кавычка");
	expect_refusal(file_of(S("%PDF-1.4 …")), RC_INVALID, "PDF");
	expect_refusal(file_of(S("<html><table>")), RC_INVALID, "HTML");
	expect_refusal(file_of(S("\x89PNG\r\n\x1A\n")), RC_INVALID, "картинка");
	expect_refusal(file_of(S("a,b\0c\n")), RC_INVALID, "двоичные данные");
}

/* A letter, a quote and a line end cut by the end of a piece of the file. */
static void
csv_of_any_length(void **state)
{
	autoarena mem = arena_open(0);

	for (size_t shift = 0; shift < 12; shift++) {
		struct buf b = buf_open(mem, 0);
		for (size_t i = 0; i < shift; i++)
			buf_char(&b, 'x');
		buf_c(&b, ";y\n");
		while (b.n < 70000)
			buf_c(&b, "ёж;\"а\"\"б\nв\"\r\n");

		struct reading r = read_fd(mem, file_of(buf_str(&b)));
		assert_int_equal(r.rc, RC_OK);
		size_t rows =
		    (b.n - shift - 3) / strlen("ёж;\"а\"\"б\nв\"\r\n");
		assert_int_equal(r.dump.rows, rows + 1);
		struct buf want = buf_open(mem, 0);
		for (size_t i = 0; i < rows; i++)
			buf_fmt(&want, "%zu: A=ёж B=а\"б\nв\n", i + 2);
		assert_true(str_ends(buf_str(&r.dump.text), buf_str(&want)));
	}
}

/* The fast search and the plain one find the same. */
static void
csv_signs_agree(void **state)
{
	char bytes[64];
	unsigned seed = 1;

	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[i] = ";\n\xD0x,\r\"\x00"[seed >> 16 & 7];
		}
		assert_true(csv_signs(bytes, ';', '\n') ==
			    csv_signs_plain(bytes, ';', '\n'));
	}
}

static void
csv_bad_letters_are_said(void **state)
{
	autoarena mem = arena_open(0);
	struct buf b = buf_open(mem, 0);

	buf_c(&b, "школа;число\n");
	while (b.n < 70000)
		buf_c(&b, "ёж;1\n");
	buf_c(&b, "a\xFF\xFE;2\n");
	struct reading r = read_fd(mem, file_of(buf_str(&b)));
	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.diag.warnings, 1);
	assert_true(str_ends(buf_str(&r.dump.text), S("A=a?? B=2\n")));
}

static const char *
replaced(struct arena *mem, const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);

	assert_non_null(at);
	return arena_fmt(
	    mem, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old))
	    .p;
}

/* The same values out of three formats. */
static void
values(void **state)
{
	static const char expected[] =
	    "[Значения]\n"
	    "1: A=текст C=Вьюжинская СОШ D=объединено\n"
	    "2: A=целое C#111002\n"
	    "3: A=дробь C#18.6\n"
	    "4: A=сумма C#0.3\n"
	    "5: A=отрицательное C#-2.5\n"
	    "6: A=большое C#1234567890123\n"
	    "7: A=процент C#37.5%\n"
	    "8: A=дата C@2026-11-24\n"
	    "9: A=дата и время C@2026-11-24 13:05\n"
	    "10: A=время C=13:05\n"
	    "11: A=своя дата C@1999-12-31\n"
	    "12: A=да C?TRUE\n"
	    "13: A=нет C?FALSE\n"
	    "14: A=код текстом C=007\n"
	    "15: A=две строки C=первая\nвторая\n"
	    "16: A=знаки C=<МБОУ> & \"СОШ\"\n"
	    "20: A=после пустых\n"
	    "[Второй лист]\n"
	    "2: B=Гимназия № 3\n"
	    "[Скрытый]\n"
	    "1: A=видно и это\n";

	autoarena mem = arena_open(0);

	expect_rows(fixture("sheets/values.xlsx"), expected);
	expect_rows(fixture("sheets/values.xls"), expected);
	/* LibreOffice writes TRUE into ODS as a 1 that is shown as TRUE. */
	expect_rows(fixture("sheets/values.ods"),
	    replaced(mem, replaced(mem, expected, "C?TRUE", "C#1"), "C?FALSE",
		"C#0"));
}

/* ODS keeps no truth values of formulas, only how they are shown. */
static void
formulas(void **state)
{
	static const char expected[] =
	    "[Формулы]\n1: A#10 B#2.5 C=СОШ № 10 D?TRUE E!#DIV/0!\n";

	expect_rows(fixture("sheets/formulas.xlsx"), expected);
	expect_rows(fixture("sheets/formulas.xls"), expected);
	expect_rows(fixture("sheets/formulas.ods"),
	    "[Формулы]\n1: A#10 B#2.5 C=СОШ № 10 D#1 E!#DIV/0!\n");
	expect_rows(
	    fixture("sheets/since1904.xlsx"), "[Sheet]\n1: A@2026-11-24\n");
}

#define XML  "<?xml version=\"1.0\"?>"
#define RELS XML "<Relationships>"
#define OFFICE                                                                 \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* A workbook of one sheet; parts may be replaced. */
static int
book_of(const char *sheet_xml, const char *strings_xml)
{
	struct part parts[] = {
	    {"[Content_Types].xml", XML "<Types/>"},
	    {"_rels/.rels", RELS "<Relationship Id=\"a\" Type=\"" OFFICE
				 "officeDocument\" Target=\"/xl/book.xml\"/>"
				 "</Relationships>"},
	    {"xl/book.xml",
		XML "<workbook><sheets><sheet name=\"Лист\" r:id=\"s\" "
		    "xmlns:r=\"x\"/></sheets></workbook>"},
	    {"xl/_rels/book.xml.rels",
		RELS "<Relationship Id=\"s\" Type=\"" OFFICE
		     "worksheet\" Target=\"../xl/other/one.xml\"/>"
		     "<Relationship Id=\"t\" Type=\"" OFFICE
		     "sharedStrings\" Target=\"strings.xml\"/>"
		     "</Relationships>"},
	    {"xl/other/one.xml", sheet_xml},
	    {"xl/strings.xml", strings_xml},
	};

	return zip_of(parts, COUNT_OF(parts));
}

static void
xlsx_rare_forms(void **state)
{
	expect_rows(
	    book_of(XML
		"<x:worksheet xmlns:x=\"y\"><x:sheetData>"
		"<x:row><x:c t=\"inlineStr\"><x:is><x:r><x:t>два </x:t></x:r>"
		"<x:r><x:t>куска</x:t></x:r><x:rPh><x:t>нет</x:t></x:rPh>"
		"</x:is></x:c><x:c><x:v>1E3</x:v></x:c></x:row>"
		"<x:row r=\"5\"><x:c r=\"C5\" t=\"s\"><x:v>1</x:v></x:c>"
		"<x:c r=\"A5\" t=\"d\"><x:v>2026-11-24T00:00:00</x:v></x:c>"
		"<x:c r=\"D5\" t=\"str\"><x:f>1</x:f><x:v></x:v></x:c>"
		"<x:c r=\"E5\" t=\"e\"><x:v>#N/A</x:v></x:c></x:row>"
		"<x:row r=\"6\"><x:c r=\"A6\" "
		"t=\"s\"><x:v>0</x:v></x:c></x:row>"
		"</x:sheetData></x:worksheet>",
		XML "<sst><si><t>а_x000D_\nб</t></si>"
		    "<si><r><t>Гимна</t></r><r><t>зия</t></r>"
		    "<rPh><t>нет</t></rPh></si></sst>"),
	    "[Лист]\n1: A=два куска B#1000\n5: A@2026-11-24 C=Гимназия "
	    "E!#N/A\n6: A=а\nб\n");
}

static void
xlsx_refusals(void **state)
{
	static const char good[] = XML "<worksheet/>";
	static const char strings[] = XML "<sst/>";

	expect_refusal(
	    book_of(XML "<worksheet><row r=\"2\"/><row r=\"1\"/>", strings),
	    RC_INVALID, "испорчен");
	expect_refusal(
	    book_of(
		XML "<worksheet><row><c t=\"s\"><v>7</v></c></row>", strings),
	    RC_INVALID, "испорчен");
	expect_refusal(
	    book_of(XML "<worksheet><row>", strings), RC_INVALID, "повреждён");
	expect_refusal(
	    book_of("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><worksheet/>", strings),
	    RC_INVALID, "DOCTYPE");
	expect_refusal(
	    book_of(good, "<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">"
			  "]><sst><si><t>&c;</t></si></sst>"),
	    RC_INVALID, "DOCTYPE");
	expect_refusal(
	    book_of(XML "<worksheet><row><c r=\"XFE1\"><v>1</v></c></row>",
		strings),
	    RC_LIMIT, "столбцов");
	expect_refusal(
	    book_of(XML "<worksheet><row r=\"1048577\"><c><v>1</v></c></row>",
		strings),
	    RC_LIMIT, "больше 1048576 строк");
	expect_refusal(
	    file_of(S("PK\x03\x04 and nothing else")), RC_INVALID, "ZIP");
}

/*
 * A part of a good file, as a broken download leaves it, is refused; unless
 * what is missing is none of the table, as at the end of some XLS.
 */
static void
truncated_files(void **state)
{
	static const char *const names[] = {
	    "sheets/values.xlsx", "sheets/values.ods", "sheets/values.xls"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		autoarena mem = arena_open(0);
		int fd = fixture(names[i]);
		char bytes[65536];
		ssize_t n = read(fd, bytes, sizeof bytes);
		struct reading whole = read_fd(mem, fd);
		for (int part = 1; part < 32; part++) {
			struct str cut = {bytes, (size_t)(n * part / 32)};
			struct reading r = read_fd(mem, file_of(cut));
			if (r.rc == RC_OK) {
				assert_true(str_eq(buf_str(&r.dump.text),
				    buf_str(&whole.dump.text)));
				continue;
			}
			assert_int_equal(r.rc, RC_INVALID);
			assert_int_equal(r.diag.errors, 1);
		}
	}
}

static void
lying_about_the_type(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_limited(mem, fixture("sheets/values.ods"),
	    SHEET_XLSX, &sheet_default_limits, 0);

	assert_int_equal(r.rc, RC_INVALID);
	assert_str(r.diag.all[0].text, "Внутри этого файла таблица ODS.");
	r = read_limited(
	    mem, file_of(S("a,b")), SHEET_XLS, &sheet_default_limits, 0);
	assert_int_equal(r.rc, RC_INVALID);
	assert_str(r.diag.all[0].text, "Внутри этого файла простой текст.");
}

static void
put32(char *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(value >> 8 * i);
}

/* The older container with one stream: header, table, directory. */
static int
ole_of(const char *stream)
{
	char bytes[3 * 512] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	char *fat = bytes + 512, *entry = bytes + 1024;

	bytes[30] = 9;
	put32(bytes + 44, 1);
	put32(bytes + 48, 1);
	memset(bytes + 76, 0xFF, 512 - 76);
	put32(bytes + 76, 0);
	memset(fat, 0xFF, 512);
	put32(fat, 0xFFFFFFFD);
	put32(fat + 4, 0xFFFFFFFE);
	for (size_t i = 0; stream[i]; i++)
		entry[i * 2] = stream[i];
	entry[64] = (char)(strlen(stream) * 2 + 2);
	entry[66] = 2;
	return file_of((struct str){bytes, sizeof bytes});
}

static void
older_container(void **state)
{
	expect_refusal(
	    ole_of("EncryptedPackage"), RC_INVALID, "защищён паролем");
	expect_refusal(ole_of("WordDocument"), RC_INVALID, "старого Word");
	expect_refusal(ole_of("Book"), RC_INVALID, "Excel 95");
	expect_refusal(ole_of("Workbook"), RC_INVALID, "XLS повреждён");
	expect_refusal(ole_of("Something"), RC_INVALID, "двоичные данные");
}

static void
zip_bomb(void **state)
{
	autoarena mem = arena_open(0);
	struct sheet_limits limits = sheet_default_limits;
	char *zeros = arena_new(mem, char, 3000001);
	struct reading r;

	memset(zeros, ' ', 3000000);
	limits.unpacked = 2000000;
	r = read_limited(
	    mem, book_of(zeros, XML "<sst/>"), SHEET_UNKNOWN, &limits, 0);
	assert_int_equal(r.rc, RC_LIMIT);
	assert_int_equal(r.diag.errors, 1);
	assert_true(str_find(r.diag.all[0].text, S("больше 2 МБ")) >= 0);
}

static void
sink_may_stop(void **state)
{
	static const char *const names[] = {
	    "sheets/values.xlsx", "sheets/values.ods", "sheets/values.xls"};
	autoarena mem = arena_open(0);

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct reading r = read_limited(mem, fixture(names[i]),
		    SHEET_UNKNOWN, &sheet_default_limits, 3);
		assert_int_equal(r.rc, RC_OK);
		assert_int_equal(r.dump.rows, 3);
	}
	struct reading r = read_limited(mem, file_of(S("1\n2\n3\n4\n")),
	    SHEET_CSV, &sheet_default_limits, 3);
	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.dump.rows, 3);
}

#define CELL(attributes, inside)                                               \
	"<table:table-cell " attributes ">" inside "</table:table-cell>"
#define TEXT(inside) "<text:p>" inside "</text:p>"

static void
ods_repeats(void **state)
{
	static const char
	    content[] =
		XML "<o:d xmlns:o=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" "
		    "xmlns:office=\"of\"><table:table table:name=\"Лист\">"
		    "<table:table-row>" CELL(
			"table:number-columns-repeated=\"2\"", "")
			CELL("table:number-columns-repeated=\"3\"", TEXT("а")) "<table:covered-table-cell>" TEXT(
			    "скрыто") "</table:covered-table-cell>" CELL("",
			    TEXT("б<text:s text:c=\"3\"/>в<text:line-break/>г")
				TEXT(
				    "<text:span>д</text:span>") "<office:"
								"annotation"
								">" TEXT(
								    "замет"
								    "ка") "</"
									  "offi"
									  "ce:"
									  "anno"
									  "tati"
									  "on>")
			    CELL("table:number-columns-repeated=\"16000\"",
				"") "</table:table-row>"
				    "<table:table-row "
				    "table:number-rows-repeated=\"2\">" CELL(
					"office:value-type=\"float\" "
					"office:value=\"5\"",
					TEXT(
					    "5,00")) "</table:table-row>"
						     "<table:table-row "
						     "table:number-rows-"
						     "repeated="
						     "\"1048570\">" CELL(
							 "table:number-columns-"
							 "repeated=\"16384\"",
							 "") "</"
							     "table:table-row><"
							     "/table:table></"
							     "o:d>";
	struct part parts[] = {
	    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
	    {"content.xml", content},
	};

	expect_rows(zip_of(parts, COUNT_OF(parts)),
	    "[Лист]\n1: C=а D=а E=а G=б   в\nг\nд\n2: A#5\n3: A#5\n");
}

static void
numbers(void **state)
{
	static const struct {
		const char *raw;
		int shift;
		const char *text;
	} cases[] = {{"18.600000000000001", 0, "18.6"}, {"0.1", 0, "0.1"},
	    {"1.0", 0, "1"}, {"111002", 0, "111002"}, {"-0", 0, "0"},
	    {"0.30000000000000004", 0, "0.3"}, {"1E3", 0, "1000"},
	    {"1.5e-3", 0, "0.0015"},
	    {"12345678901234567", 0, "12345678901234567"},
	    {"99999999999999.9951", 0, "100000000000000"},
	    {"0.29999999999999999", 2, "30"}, {"007", 0, "7"},
	    {"-2.50", 0, "-2.5"}, {".5", 0, "0.5"}, {"1e400", 0, NULL},
	    {"", 0, NULL}, {"x", 0, NULL}, {"1.2.3", 0, NULL}, {"1e", 0, NULL},
	    {"-", 0, NULL}, {"NaN", 0, NULL}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char out[NUMBER_TEXT];
		struct str text = {0};
		bool good = number_text(
		    str_of(cases[i].raw), cases[i].shift, out, &text);
		assert_int_equal(good, cases[i].text != NULL);
		if (good)
			assert_str(text, cases[i].text);
	}
}

static void
serials(void **state)
{
	static const struct {
		const char *raw;
		enum number_style style;
		bool since_1904;
		const char *text;
	} cases[] = {{"1", NUMBER_DATE, false, "1900-01-01"},
	    {"59", NUMBER_DATE, false, "1900-02-28"},
	    {"60", NUMBER_DATE, false, NULL},
	    {"61", NUMBER_DATE, false, "1900-03-01"},
	    {"46350", NUMBER_DATE, false, "2026-11-24"},
	    {"44888", NUMBER_DATE, true, "2026-11-24"},
	    {"46350.545138888891", NUMBER_DATETIME, false, "2026-11-24 13:05"},
	    {"46350.99999999", NUMBER_DATETIME, false, "2026-11-25"},
	    {"46350.5451", NUMBER_DATE, false, "2026-11-24"},
	    {"0.5", NUMBER_TIME, false, "12:00"},
	    {"0.50001157407", NUMBER_TIME, false, "12:00:01"},
	    {"1.5", NUMBER_ELAPSED, false, "36:00"},
	    {"2958465", NUMBER_DATE, false, "9999-12-31"},
	    {"2958466", NUMBER_DATE, false, NULL},
	    {"-1", NUMBER_DATE, false, NULL}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char out[NUMBER_TEXT];
		struct str text = {0};
		bool good = serial_text(str_of(cases[i].raw), cases[i].style,
		    cases[i].since_1904, out, &text);
		assert_int_equal(good, cases[i].text != NULL);
		if (good)
			assert_str(text, cases[i].text);
	}
}

static void
styles(void **state)
{
	static const struct {
		const char *code;
		enum number_style style;
	} cases[] = {{"General", NUMBER_PLAIN}, {"Standard", NUMBER_PLAIN},
	    {"0.00", NUMBER_PLAIN}, {"0.0%", NUMBER_PERCENT},
	    {"#,##0%", NUMBER_PERCENT}, {"dd.mm.yyyy", NUMBER_DATE},
	    {"[$-419]d mmmm yyyy\" г.\";@", NUMBER_DATE},
	    {"dd/mm/yy hh:mm", NUMBER_DATETIME}, {"h:mm;@", NUMBER_TIME},
	    {"[h]:mm:ss", NUMBER_ELAPSED}, {"mm:ss.0", NUMBER_TIME},
	    {"[Red]0.00", NUMBER_PLAIN}, {"0\" дней hd\"", NUMBER_PLAIN},
	    {"0\\d", NUMBER_PLAIN}, {"mmmm", NUMBER_DATE}, {"\"", NUMBER_PLAIN},
	    {"[", NUMBER_PLAIN}, {"# ?/?", NUMBER_PLAIN}};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(number_style_of_code(str_of(cases[i].code)),
		    cases[i].style);
}

static void
letters(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(column_letters(mem, 0), "A");
	assert_str(column_letters(mem, 25), "Z");
	assert_str(column_letters(mem, 26), "AA");
	assert_str(column_letters(mem, 16383), "XFD");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(csv_cases),
	    cmocka_unit_test(csv_refusals),
	    cmocka_unit_test(csv_of_any_length),
	    cmocka_unit_test(csv_signs_agree),
	    cmocka_unit_test(csv_bad_letters_are_said),
	    cmocka_unit_test(values),
	    cmocka_unit_test(formulas),
	    cmocka_unit_test(xlsx_rare_forms),
	    cmocka_unit_test(xlsx_refusals),
	    cmocka_unit_test(truncated_files),
	    cmocka_unit_test(lying_about_the_type),
	    cmocka_unit_test(older_container),
	    cmocka_unit_test(zip_bomb),
	    cmocka_unit_test(sink_may_stop),
	    cmocka_unit_test(ods_repeats),
	    cmocka_unit_test(numbers),
	    cmocka_unit_test(serials),
	    cmocka_unit_test(styles),
	    cmocka_unit_test(letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
