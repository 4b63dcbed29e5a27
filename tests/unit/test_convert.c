/*
 * test_convert.c - what happens to the parent when a stranger's file, or the
 * child that reads it, misbehaves?
 *
 * This program is also its own converter: the child reads the file unless the
 * file asks for one of the misdeeds below.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "convert/convert.h"
#include "convert/record.h"
#include "files.h"
#include "harness.h"
#include "os/file.h"
#include "os/sandbox.h"

/* ---- the child ---- */

static void
say(const char *text)
{
	assert_int_equal(fd_write_all(STDOUT_FILENO, str_of(text)), RC_OK);
}

static void
be_locked_in(uint32_t seconds)
{
	if (sandbox_enter((struct sandbox_limits){0, seconds}) != RC_OK)
		_exit(1);
}

static void
open_a_file(void)
{
	be_locked_in(0);
	(void)open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	say("z\t0\t0\t0\t1\n");
}

static void
open_a_socket(void)
{
	be_locked_in(0);
	(void)socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	say("z\t0\t0\t0\t1\n");
}

static void
start_a_program(void)
{
	be_locked_in(0);
	(void)execl("/bin/true", "true", (char *)NULL);
	say("z\t0\t0\t0\t1\n");
}

static void
never_end(void)
{
	volatile unsigned turns = 0;

	be_locked_in(1);
	for (;;)
		turns++;
}

static void
run_out_of_memory(void)
{
	abort(); /* as arenas do */
}

static void
fall(void)
{
	(void)raise(SIGKILL);
}

static void
end_too_early(void)
{
	say("s\tv1\tШкола\tsosh\trural\t0\t\tЛист\t1\t1\tA\n");
}

static void
say_half_a_word(void)
{
	say("s\tv1\tШко");
}

static void
say_nonsense(void)
{
	say("s\tv1\n");
}

static void
say_unknown_kind(void)
{
	say("q\t1\nz\t0\t0\t0\t1\n");
}

static void
say_bad_letters(void)
{
	say("s\tv1\t\xFF\xFE\tsosh\trural\t0\t\tЛист\t1\t1\tA\nz\t0\t0\t0\t1"
	    "\n");
}

static void
go_on_after_the_end(void)
{
	say("z\t0\t0\t0\t1\ns\tv1\tШкола\tsosh\trural\t0\t\tЛист\t1\t1\tA\n");
}

static void
claim_an_unknown_outcome(void)
{
	say("z\t77\t0\t0\t1\n");
}

static void
never_end_a_line(void)
{
	for (int i = 0; i < 3000; i++)
		say("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "x");
}

static void
cells_on_each_other(void)
{
	say("p\t1\t0\t\t\nw\t0\nk\t3\t2\t0\tа\nk\t4\t1\t0\tб\nz\t0\t0\t0\t1\n");
}

static void
row_outside_a_table(void)
{
	say("p\t0\t0\t\tтекст\nw\t0\nz\t0\t0\t0\t1\n");
}

static void
count_its_complaints(void)
{
	say("e\t2\tЛист\t7\tA\tНеверное число.\tx\tчисло\tИсправьте.\n"
	    "z\t2\t5\t1\t1\n");
}

#define TOO_LONG  "слишком долго"
#define FORBIDDEN "пытался сделать то"
#define BROKEN    "повреждён"

static const struct misdeed {
	const char *file; /* first bytes of the file that asks for it */
	void (*commit)(void);
	enum rc rc;
	const char *sentence;
} misdeeds[] = {
    {"MISDEED open", open_a_file, RC_INVALID, FORBIDDEN},
    {"MISDEED socket", open_a_socket, RC_INVALID, FORBIDDEN},
    {"MISDEED exec", start_a_program, RC_INVALID, FORBIDDEN},
    {"MISDEED loop", never_end, RC_LIMIT, TOO_LONG},
    {"MISDEED memory", run_out_of_memory, RC_LIMIT, "не хватило памяти"},
    {"MISDEED killed", fall, RC_LIMIT, TOO_LONG},
    {"MISDEED early", end_too_early, RC_INVALID, BROKEN},
    {"MISDEED half", say_half_a_word, RC_INVALID, BROKEN},
    {"MISDEED nonsense", say_nonsense, RC_INVALID, BROKEN},
    {"MISDEED kind", say_unknown_kind, RC_INVALID, BROKEN},
    {"MISDEED letters", say_bad_letters, RC_INVALID, BROKEN},
    {"MISDEED after", go_on_after_the_end, RC_INVALID, BROKEN},
    {"MISDEED outcome", claim_an_unknown_outcome, RC_INVALID, BROKEN},
    {"MISDEED line", never_end_a_line, RC_INVALID, BROKEN},
};

static const struct misdeed page_misdeeds[] = {
    {"MISDEED cells", cells_on_each_other, RC_INVALID, BROKEN},
    {"MISDEED row", row_outside_a_table, RC_INVALID, BROKEN},
};

static const struct misdeed other_deeds[] = {
    {"MISDEED counts", count_its_complaints, RC_INVALID, ""},
};

static bool
commit(const struct misdeed *all, size_t n, const char *file)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].file, file) == 0) {
			all[i].commit();
			return true;
		}
	return false;
}

static int
child_main(int argc, char **argv)
{
	char file[64] = "";

	if (pread(3, file, sizeof file - 1, 0) >= 0 &&
	    (commit(misdeeds, COUNT_OF(misdeeds), file) ||
		commit(page_misdeeds, COUNT_OF(page_misdeeds), file) ||
		commit(other_deeds, COUNT_OF(other_deeds), file)))
		_exit(0);
	return converter_main(argc, argv);
}

/* ---- the parent ---- */

struct reading {
	struct diag diag;
	struct buf rows;
	struct pages pages;
	enum rc rc;
};

static void
on_school(void *ctx, const struct school_row *row)
{
	buf_fmt(ctx, "%.*s %.*s %u\n", STR_ARG(row->code), STR_ARG(row->name),
	    row->at.row);
}

static struct reading
read_rows(struct arena *mem, int fd, const char *name)
{
	struct reading r = {
	    .diag = diag_open(mem, 0), .rows = buf_open(mem, 0)};
	struct row_sink sink = {.ctx = &r.rows, .school = on_school};
	struct recogniser_options options = {
	    .file_name = str_of(name), .procedure = S("")};

	r.rc = convert_rows(fd, &options, &sink, &r.diag);
	(void)close(fd);
	return r;
}

static struct reading
read_pages(struct arena *mem, int fd)
{
	struct reading r = {.diag = diag_open(mem, 0)};

	r.rc = convert_pages(fd, mem, &r.diag, &r.pages);
	(void)close(fd);
	return r;
}

/* Exactly one complaint, which says this. */
static void
expect_refusal(const struct reading *r, enum rc rc, const char *sentence)
{
	assert_int_equal(r->rc, rc);
	assert_int_equal(r->diag.errors, 1);
	assert_int_equal(r->diag.n, 1);
	if (str_find(r->diag.all[0].text, str_of(sentence)) < 0)
		print_error("%.*s\n", STR_ARG(r->diag.all[0].text));
	assert_true(str_find(r->diag.all[0].text, str_of(sentence)) >= 0);
	assert_true(r->diag.all[0].hint.n > 0);
}

static void
good_rows(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_rows(mem,
	    file_of(S("code,name,kind,locality,small,logins\n"
		      "v1,Вьюжинская СОШ,sosh,rural,no,\n"
		      "g3,Гимназия № 3,gymnasium,urban,no,\n")),
	    "schools.csv");

	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.diag.errors, 0);
	assert_str(
	    buf_str(&r.rows), "v1 Вьюжинская СОШ 2\ng3 Гимназия № 3 3\n");
}

static void
misdeeds_end_in_a_sentence(void **state)
{
	for (size_t i = 0; i < COUNT_OF(misdeeds); i++) {
		autoarena mem = arena_open(0);
		struct reading r =
		    read_rows(mem, file_of(str_of(misdeeds[i].file)), "x.csv");
		expect_refusal(&r, misdeeds[i].rc, misdeeds[i].sentence);
	}
	for (size_t i = 0; i < COUNT_OF(page_misdeeds); i++) {
		autoarena mem = arena_open(0);
		struct reading r =
		    read_pages(mem, file_of(str_of(page_misdeeds[i].file)));
		expect_refusal(
		    &r, page_misdeeds[i].rc, page_misdeeds[i].sentence);
	}
}

static void
rows_are_counted_from_one(void **state)
{
	autoarena mem = arena_open(0);
	struct row_sink nobody = {0};

	assert_true(
	    record_give(mem, S("x\tЛист\t5\t7\tA\tЛист\t2\tкод"), &nobody));
	assert_false(
	    record_give(mem, S("x\tЛист\t-5\t7\tA\tЛист\t2\tкод"), &nobody));
	assert_false(record_give(
	    mem, S("x\tЛист\t4294967291\t7\tA\tЛист\t2\tкод"), &nobody));
}

/*
 * A text that does not fit ends its record where the room ends: nothing comes
 * behind it, so the other side sees a broken record and not an empty cell.
 */
static void
a_text_too_long_ends_its_record(void **state)
{
	autoarena mem = arena_open(0);
	struct buf b = buf_open(mem, 16);

	buf_char(&b, 's');
	record_text(&b, S("a text that is longer than the record"));
	record_int(&b, 7);
	assert_str(buf_str(&b), "s\ta text that is");
	assert_true(buf_full(&b));
}

/* More mistakes than are kept are still counted. */
static void
all_complaints_are_counted(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r =
	    read_rows(mem, file_of(S("MISDEED counts")), "x.csv");

	assert_int_equal(r.rc, RC_INVALID);
	assert_int_equal(r.diag.n, 1);
	assert_int_equal(r.diag.errors, 5);
	assert_int_equal(r.diag.warnings, 1);
	assert_str(complaint_line(mem, &r.diag.all[0]),
	    "лист «Лист», строка 7, графа «A»: Неверное число. Стоит «x». "
	    "Ожидалось: число. Исправьте.");
}

#define XML "<?xml version=\"1.0\"?>"
#define OFFICE                                                                 \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static int
book_of(const char *sheet_xml)
{
	const struct part parts[] = {
	    {"[Content_Types].xml", XML "<Types/>"},
	    {"_rels/.rels",
		XML "<Relationships><Relationship Id=\"a\" Type=\"" OFFICE
		    "officeDocument\" Target=\"xl/book.xml\"/>"
		    "</Relationships>"},
	    {"xl/book.xml",
		XML "<workbook><sheets><sheet name=\"Школы\" id=\"s\"/>"
		    "</sheets></workbook>"},
	    {"xl/_rels/book.xml.rels",
		XML "<Relationships><Relationship Id=\"s\" Type=\"" OFFICE
		    "worksheet\" Target=\"one.xml\"/></Relationships>"},
	    {"xl/one.xml", sheet_xml},
	};

	return zip_of(parts, COUNT_OF(parts));
}

#define T(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

/*
 * A part that says it unpacks to 4 GB: the size stands in the archive's list
 * of parts, which ends the file.
 */
static void
zip_bomb(void **state)
{
	autoarena mem = arena_open(0);
	int fd = book_of(XML "<worksheet/>");
	char bytes[16384];
	ssize_t n = pread(fd, bytes, sizeof bytes, 0);
	bool is_found = false;

	for (ssize_t i = 0; i + 46 < n; i++)
		if (memcmp(bytes + i, "PK\x01\x02", 4) == 0 &&
		    memcmp(bytes + i + 46, "xl/one.xml", 10) == 0) {
			assert_int_equal(
			    pwrite(fd, "\xF0\xFF\xFF\xFF", 4, i + 24), 4);
			is_found = true;
		}
	assert_true(is_found);
	struct reading r = read_rows(mem, fd, "bomb.xlsx");
	expect_refusal(&r, RC_LIMIT, "МБ данных");
}

static void
ten_million_rows(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_rows(mem,
	    book_of(XML "<worksheet><row>" T("code") T("name") T("kind")
		    T("locality") T("small")
			T("logins") "</row>"
				    "<row r=\"10000000\">" T("v1") T("Школа")
					T("sosh") T("rural")
					    T("no") "</row></worksheet>"),
	    "long.xlsx");

	expect_refusal(&r, RC_LIMIT, "больше 1048576 строк");
}

static void
plan_of_too_many_rows(void **state)
{
	autoarena mem = arena_open(0);
	struct buf b = buf_open(mem, 0);

	for (int i = 0; i < 60000; i++)
		buf_c(&b, "1.1;Совещание;май\n");
	struct reading r = read_pages(mem, file_of(buf_str(&b)));
	expect_refusal(&r, RC_LIMIT, "больше 50000 строк");
}

static void
billion_laughs(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_rows(mem,
	    book_of("<!DOCTYPE w [<!ENTITY a \"ха\">"
		    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
		    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
		    "<worksheet><row><c><v>&c;</v></c></row></worksheet>"),
	    "laughs.xlsx");

	assert_int_equal(r.rc, RC_INVALID);
	assert_true(str_find(r.diag.all[0].text, S("DOCTYPE")) >= 0);
}

static void
lying_and_broken_files(void **state)
{
	autoarena mem = arena_open(0);
	int fd = book_of(XML "<worksheet/>");
	char bytes[16384];
	size_t n = (size_t)pread(fd, bytes, sizeof bytes, 0);
	struct reading r;

	(void)close(fd);
	r = read_rows(mem, file_of((struct str){bytes, n / 2}), "cut.xlsx");
	expect_refusal(&r, RC_INVALID, "файл повреждён");
	r = read_rows(mem, file_of(S("%PDF-1.7\n…")), "results.xlsx");
	expect_refusal(&r, RC_INVALID, "PDF");
	r = read_pages(mem, file_of(S("%PDF-1.7\n…")));
	expect_refusal(&r, RC_INVALID, "PDF");
	assert_true(str_find(r.diag.all[0].hint, S("DOCX, ODT, XLSX")) >= 0);
}

static void
pages_of_a_document(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_pages(mem, fixture("pages/plan.docx"));

	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.pages.n, 11);
	assert_int_equal(r.pages.blocks[0].heading, 1);
	assert_str(r.pages.blocks[5].list_label, "1.");

	const struct block *table = &r.pages.blocks[7];
	assert_int_equal(table->kind, BLOCK_TABLE);
	assert_int_equal(table->number, 8);
	assert_int_equal(table->n_rows, 5);
	assert_int_equal(table->rows[1].cells[0].span, 4);
	assert_str(table->rows[2].cells[1].text, "Совещание\nдиректоров");
	assert_true(table->rows[3].cells[2].continues);
	assert_int_equal(r.diag.n, 1); /* the inner table is told */
}

/* A sheet is its name and one table; columns keep their places. */
static void
pages_of_a_workbook(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = read_pages(mem, fixture("sheets/values.xlsx"));

	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.pages.n, 6);
	assert_str(r.pages.blocks[0].text, "Значения");
	assert_int_equal(r.pages.blocks[1].n_rows, 17);
	assert_int_equal(r.pages.blocks[1].rows[1].cells[1].column, 2);
	assert_str(r.pages.blocks[1].rows[1].cells[1].text, "111002");
	assert_str(r.pages.blocks[5].rows[0].cells[0].text, "видно и это");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_rows),
	    cmocka_unit_test(misdeeds_end_in_a_sentence),
	    cmocka_unit_test(rows_are_counted_from_one),
	    cmocka_unit_test(a_text_too_long_ends_its_record),
	    cmocka_unit_test(all_complaints_are_counted),
	    cmocka_unit_test(zip_bomb),
	    cmocka_unit_test(ten_million_rows),
	    cmocka_unit_test(plan_of_too_many_rows),
	    cmocka_unit_test(billion_laughs),
	    cmocka_unit_test(lying_and_broken_files),
	    cmocka_unit_test(pages_of_a_document),
	    cmocka_unit_test(pages_of_a_workbook),
	};

	if (argc > 1 && strcmp(argv[1], "converter") == 0)
		return child_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
