/* test_doc.c - documents: the tree, HTML and DOCX parts to the letter. */
#include <zip.h>

#include "fmt/doc_tree.h"
#include "fmt/typeset.h"
#include "fmt/xml_out.h"
#include "fmt/zip_out.h"
#include "harness.h"

static struct arena *mem;
static struct buf out;
static struct doc *doc;

static struct date
day(int year, int month, int day_of_month)
{
	struct date d;

	assert_true(date_of(year, month, day_of_month, &d));
	return d;
}

static int
open_doc(void **state)
{
	mem = arena_open(0);
	out = buf_open(mem, 0);
	doc = doc_open(mem, &(struct doc_head){.title = S("Приказ"),
				.made_on = day(2027, 2, 18)});
	return 0;
}

static int
close_doc(void **state)
{
	arena_close(mem);
	return 0;
}

static struct str
html(void)
{
	buf_clear(&out);
	doc_write_html(doc, &out);
	return buf_str(&out);
}

/* One part of the archive that was written to out. */
static struct str
part(const char *name)
{
	zip_error_t error;
	zip_source_t *source =
	    zip_source_buffer_create(out.p, out.n, 0, &error);
	zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, &error);
	zip_stat_t about;

	assert_non_null(archive);
	assert_int_equal(zip_stat(archive, name, 0, &about), 0);
	char *bytes = arena_raw(mem, about.size);
	zip_file_t *file = zip_fopen(archive, name, 0);
	assert_int_equal(zip_fread(file, bytes, about.size), about.size);
	zip_fclose(file);
	zip_discard(archive);
	return (struct str){bytes, about.size};
}

static size_t
count(struct str rest, const char *what)
{
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(rest, str_of(what))) >= 0; n++)
		rest = str_from(rest, (size_t)at + strlen(what));
	return n;
}

static void
every_byte_of_a_text_is_safe_in_xml(void **state)
{
	for (int c = 0; c < 256; c++) {
		char byte = (char)c;

		buf_clear(&out);
		xml_put(&out, (struct str){&byte, 1});
		struct str s = buf_str(&out);
		switch (c) {
		case '&':
			assert_str(s, "&amp;");
			break;
		case '<':
			assert_str(s, "&lt;");
			break;
		case '>':
			assert_str(s, "&gt;");
			break;
		case '"':
			assert_str(s, "&quot;");
			break;
		default:
			if (c >= 0x80 ||
			    (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
				assert_str(s, "\xEF\xBF\xBD");
			else
				assert_str(s, arena_fmt(mem, "%c", c).p);
		}
	}
	buf_clear(&out);
	xml_put(&out, S("\xEF\xBF\xBE|\xEF\xBF\xBF|😀"));
	assert_str(buf_str(&out), "\xEF\xBF\xBD|\xEF\xBF\xBD|😀");
}

/* Whatever bytes a title holds, the file stays XML that a reader takes. */
static void
text_is_made_fit_for_xml(void **state)
{
	static const struct {
		const char *text, *xml;
	} cases[] = {{"Ёлка, щит & «мир»", "Ёлка, щит &amp; «мир»"},
	    {"<a b=\"c\">", "&lt;a b=&quot;c&quot;&gt;"},
	    {"a\tб\nв", "a\tб\nв"}, {"a\x01\x0Bб", "a\uFFFD\uFFFDб"},
	    {"б\xD0", "б\uFFFD"}, {"\xD0я", "\uFFFDя"},
	    {"\xEF\xBF\xBE", "\uFFFD"}, {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
	    {"№ 5 – €", "№ 5 – €"}, {"", ""}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf b = buf_open(mem, 0);
		xml_put(&b, str_of(cases[i].text));
		assert_str(buf_str(&b), cases[i].xml);
	}
}

static void
clauses_are_numbered_and_begin_again(void **state)
{
	doc_text(doc, DOC_CLAUSE_1, S("a"));
	doc_text(doc, DOC_CLAUSE_2, S("b"));
	doc_text(doc, DOC_CLAUSE_2, S("c"));
	doc_text(doc, DOC_CLAUSE_1, S("d"));
	doc_text(doc, DOC_CLAUSE_2, S("e"));
	doc_restart_clauses(doc);
	doc_restart_clauses(doc);
	doc_text(doc, DOC_CLAUSE_1, S("f"));
	assert_str(html(),
	    "<p>1. a</p>\n<p>1.1. b</p>\n<p>1.2. c</p>\n<p>2. d</p>\n"
	    "<p>2.1. e</p>\n<p>1. f</p>\n");
	assert_int_equal(doc_write_docx(doc, &out), RC_OK);
}

static void
html_to_the_letter(void **state)
{
	static const struct doc_column columns[] = {
	    {S_INIT("№"), 1, false, true}, {S_INIT("Дело"), 3, false, false},
	    {S_INIT("Школ"), 1, true, false}};
	struct str cells[] = {S("1"), S("a<b\nc"), S("9")};

	doc_approved(doc, S("УТВЕРЖДЕНО\nприказом"));
	doc_heading(doc, 1, S("Карта"));
	doc_requisites(doc, S("18.02.2027"), S("№ 1"));
	struct doc_table *t = doc_table(doc, columns, 3);
	doc_row(t, DOC_ROW_SECTION, &(struct str){"Раздел", 12}, 1);
	doc_row(t, DOC_ROW_BODY, cells, 3);
	doc_row(t, DOC_ROW_TOTAL, cells, 1);
	doc_text(doc, DOC_BULLET, S("раз"));
	doc_page_break(doc);
	doc_text(doc, DOC_STRONG, S("главное"));
	doc_signature(doc, S("Начальник"), S("П. А. Ярцева"));
	assert_str(html(),
	    "<div class=\"app\"><p>УТВЕРЖДЕНО<br>приказом</p>\n</div>\n"
	    "<h1>Карта</h1>\n"
	    "<p class=\"req\"><span>18.02.2027</span> <span>№ 1</span></p>\n"
	    "<table>\n<thead><tr><th scope=\"col\">№</th>"
	    "<th scope=\"col\">Дело</th><th scope=\"col\">Школ</th></tr>"
	    "</thead>\n<tbody>\n"
	    "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">Раздел"
	    "</th></tr>\n"
	    "<tr><td class=\"c\">1</td><td>a&lt;b<br>c</td>"
	    "<td class=\"r\">9</td></tr>\n"
	    "<tr class=\"total\"><td class=\"c\">1</td><td></td>"
	    "<td class=\"r\"></td></tr>\n"
	    "</tbody>\n</table>\n"
	    "<p>– раз</p>\n<hr class=\"page\">\n"
	    "<p class=\"lft strong\">главное</p>\n"
	    "<div class=\"sign\"><p>Начальник</p>\n<p class=\"line\"></p>\n"
	    "<p>П. А. Ярцева</p>\n</div>\n");
}

static void
docx_says_what_word_needs(void **state)
{
	static const struct doc_column columns[] = {
	    {S_INIT("№"), 1, false, true}, {S_INIT("Дело"), 9, false, false}};

	doc_text(doc, DOC_BODY, S("a & b\n c"));
	struct doc_table *t = doc_table(doc, columns, 2);
	doc_row(t, DOC_ROW_BODY, &(struct str){"1", 1}, 1);
	doc_page_form(doc, true, true);
	doc_text(doc, DOC_CENTRE, S("лежит"));
	assert_int_equal(doc_write_docx(doc, &out), RC_OK);

	struct str body = part("word/document.xml");
	assert_int_equal(
	    count(body, "<w:p><w:pPr><w:pStyle w:val=\"Body\"/></w:pPr>"
			"<w:r><w:t>a &amp; b</w:t>"
			"<w:br/><w:t xml:space=\"preserve\"> c</w:t></w:r>"
			"</w:p>"),
	    1);
	/* 165 mm are 9354 twentieths of a point, shared 1 to 9 */
	assert_int_equal(count(body, "<w:gridCol w:w=\"935\"/>"
				     "<w:gridCol w:w=\"8419\"/>"),
	    1);
	assert_int_equal(count(body, "<w:tblHeader/>"), 1);
	assert_int_equal(count(body, "<w:cantSplit/>"), 2);
	assert_int_equal(
	    count(body, "<w:pgSz w:w=\"11905\" w:h=\"16837\"/>"), 1);
	assert_int_equal(count(body, "<w:pgSz w:w=\"23811\" w:h=\"16837\" "
				     "w:orient=\"landscape\"/>"),
	    1);
	assert_int_equal(count(body, "<w:titlePg/>"), 1);
	assert_int_equal(count(part("word/footer3.xml"), " NUMPAGES "), 1);
}

static void
archive_keeps_its_parts_in_order(void **state)
{
	struct zip_out *zip = zip_out_open(&out);

	zip_out_part(zip, "b", ZIP_STORED);
	zip_out_put(zip, S("первый"));
	zip_out_part(zip, "a", ZIP_PACKED);
	zip_out_put(zip, S("вто"));
	zip_out_put(zip, S("рой"));
	assert_int_equal(zip_out_close(zip), RC_OK);
	assert_str(part("a"), "второй");
	/* the first entry: stored, of 1980-01-01, its name and bytes plain */
	assert_memory_equal(out.p, "PK\x03\x04", 4);
	assert_memory_equal(out.p + 8, "\0\0\0\0\x21\0", 6);
	assert_memory_equal(out.p + 30, "bпервый", 13);
}

static double
width_of(const struct set_text *t, size_t line)
{
	return t->lines[line].width;
}

static void
lines_break_after_spaces_and_hyphens(void **state)
{
	struct typeset *ts = typeset_open(mem, paper_lib());
	struct set_text one =
	    typeset_text(ts, LOOK_CELL, 1000, S("социально-значимый проект"));

	assert_int_equal(one.n, 1);
	assert_int_equal(one.lines[0].spaces, 1);
	assert_true(one.lines[0].ends_text);
	/* just too narrow for all, then for the hyphenated word */
	struct set_text two = typeset_text(ts, LOOK_CELL, width_of(&one, 0) - 1,
	    S("социально-значимый проект"));
	assert_int_equal(two.n, 2);
	assert_false(two.lines[0].ends_text);
	struct set_text three = typeset_text(ts, LOOK_CELL,
	    width_of(&two, 0) - 1, S("социально-значимый проект"));
	assert_int_equal(three.n, 2);
	assert_int_equal(three.lines[0].n, 1);
	assert_int_equal(three.lines[1].n, 2);
	typeset_close(ts);
}

static void
no_line_is_wider_than_its_place(void **state)
{
	static const char text[] =
	    "Провести анкетирование учителей, обучающихся и родителей о "
	    "причинах учебных затруднений в 2026/2027 учебном году, "
	    "ААААААААААААААААААААААААААААААААААА — и 漢字 тоже.\n\nКонец";
	struct typeset *ts = typeset_open(mem, paper_lib());

	for (double width = 60; width < 400; width += 7) {
		struct set_text t =
		    typeset_text(ts, LOOK_CELL, width, str_of(text));

		for (size_t i = 0; i < t.n; i++)
			assert_true(width_of(&t, i) <= width + 0.02);
		assert_int_equal(t.lines[t.n - 2].n, 0);
		assert_true(t.lines[t.n - 1].ends_text);
	}
	typeset_close(ts);
}

static void
missing_text_is_one_empty_line(void **state)
{
	struct typeset *ts = typeset_open(mem, paper_lib());
	struct set_text t =
	    typeset_text(ts, LOOK_BODY, 100, (struct str){NULL, 0});

	assert_int_equal(t.n, 1);
	assert_int_equal(t.lines[0].n, 0);
	typeset_close(ts);
}

static void
format_is_told_by_the_name(void **state)
{
	assert_int_equal(doc_format_of(S("Отчёт.DOCX")), DOC_DOCX);
	assert_int_equal(doc_format_of(S("a.pdf")), DOC_PDF);
	assert_int_equal(doc_format_of(S("a.odt")), DOC_ODT);
	assert_int_equal(doc_format_of(S("a.html")), DOC_HTML);
	assert_int_equal(doc_format_of(S("pdf")), DOC_UNKNOWN);
	assert_int_equal(doc_write(doc, DOC_UNKNOWN, &out), RC_USAGE);
}

static void
full_buffer_is_a_limit(void **state)
{
	doc_text(doc, DOC_BODY, S("Текст"));
	for (int f = DOC_DOCX; f <= DOC_HTML; f++) {
		struct buf tight = buf_open(mem, 10);

		assert_int_equal(
		    doc_write(doc, (enum doc_format)f, &tight), RC_LIMIT);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_doc, close_doc)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_byte_of_a_text_is_safe_in_xml),
	    TEST(text_is_made_fit_for_xml),
	    TEST(clauses_are_numbered_and_begin_again),
	    TEST(html_to_the_letter),
	    TEST(docx_says_what_word_needs),
	    TEST(archive_keeps_its_parts_in_order),
	    TEST(lines_break_after_spaces_and_hyphens),
	    TEST(no_line_is_wider_than_its_place),
	    TEST(missing_text_is_one_empty_line),
	    TEST(format_is_told_by_the_name),
	    TEST(full_buffer_is_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
