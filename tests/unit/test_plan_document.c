/*
 * test_plan_document.c - what a printed plan loses: nothing.  A file is read,
 * kept, printed as DOCX and read again; rows, deadlines, responsibles, control
 * points, people and tasks of the order are compared.
 *
 * EVIDENCE: domain 6.1, 6.8
 */
#include "base/utf8.h"
#include "core/plans/plan_document.h"
#include "core/plans/plan_own.h"
#include "files.h"
#include "plan_text.h"
#include "room_place.h"

static void
schools(void)
{
	struct intake *in = begin();

	school(in, "01", "Вьюжинская СОШ", "sosh");
	school(in, "02", "Гимназия № 3", "gymnasium");
	(void)end(in);
}

static struct str
file_text(const char *name)
{
	struct str path = arena_fmt(mem, TESTS_DIR "/data/plans/%s.txt", name);
	FILE *f = fopen(arena_cstr(mem, path), "rb");
	char *text = arena_raw(mem, 1 << 20);

	assert_non_null(f);
	size_t n = fread(text, 1, 1 << 20, f);
	assert_int_equal(fclose(f), 0);
	return (struct str){text, n};
}

static struct plan_reading
read_again(const struct pages *pages)
{
	const struct plan_options options = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct plan_reading p;

	ok(plan_read(mem, pages, &options, &d, &p));
	return p;
}

static struct plan
kept(const struct plan_reading *reading, const char *name)
{
	const struct plan_new new = {.kind = S("municipal"),
	    .period = {DATE_NONE, DATE_NONE},
	    .group_on = DATE_NONE};
	struct plan p;
	plan_id id;

	ok(plan_from_reading(
	    &sc, &new, reading, str_of(name), str_of(name), &id));
	ok(plan_load(&sc, id, &p));
	return p;
}

static struct plan_print
how_to_print(void)
{
	return (struct plan_print){
	    .parts = PRINT_ORDER | PRINT_APPENDIX | PRINT_PEOPLE | PRINT_SHEET,
	    .body = S("Управление образования Среднеозерского округа"),
	    .document = S("приказ"),
	    .document_number = S("312-о"),
	    .document_on = day("2023-10-14"),
	    .signer_post = S("Начальник управления"),
	    .signer_name = S("И. И. Громов"),
	    .made_on = day("2023-10-20")};
}

static struct pages
printed(const struct plan *p, const struct plan_print *how)
{
	struct buf bytes = buf_open(mem, 0);
	struct pages pages;
	int fd;

	ok(doc_write(plan_doc(mem, p, how), DOC_DOCX, &bytes));
	fd = file_of(buf_str(&bytes));
	ok(pages_read(fd, PAGES_DOCX, mem, &d, &pages));
	assert_int_equal(close(fd), 0);
	return pages;
}

static void
same_text(struct str was, struct str is)
{
	struct str a = was.p ? was : S(""), b = is.p ? is : S("");

	if (!str_eq(a, b))
		print_error("was «%.*s»\nnow «%.*s»\n", STR_ARG(a), STR_ARG(b));
	assert_true(str_eq(a, b));
}

static void
same_measure(const struct plan_measure *was, const struct plan_measure *is)
{
	same_text(was->number, is->number);
	same_text(text_fold(mem, was->title), text_fold(mem, is->title));
	same_text(was->school_part, is->school_part);
	same_text(was->deadline, is->deadline);
	/* The same days too: a table of its own years keeps them. */
	assert_true(deadline_eq(&was->parsed, &is->parsed));
	same_text(was->responsible_text, is->responsible_text);
	same_text(was->result, is->result);
	same_text(was->indicator, is->indicator);
	same_text(was->report_form, is->report_form);
	/* What the file said of its carrying out is kept as a note. */
	if (was->mark.n)
		assert_true(str_find(is->note, was->mark) >= 0);
	else
		same_text(was->note, is->note);
	assert_int_equal(was->responsible.n, is->responsible.n);
	for (size_t i = 0; i < was->responsible.n; i++) {
		same_text(
		    was->responsible.all[i].text, is->responsible.all[i].text);
		assert_int_equal(was->responsible.all[i].is_collective,
		    is->responsible.all[i].is_collective);
	}
}

static struct str
section_of(const struct plan_reading *p, const struct plan_measure *m)
{
	return m->section == NO_SECTION ? S("") :
					  p->sections.p[m->section].title;
}

static const struct plan_clause *
next_task(const struct plan_reading *p, size_t *at)
{
	while (*at < p->clauses.n && p->clauses.p[*at].kind != CLAUSE_TASK)
		(*at)++;
	return *at < p->clauses.n ? &p->clauses.p[(*at)++] : NULL;
}

static void
same_tasks(const struct plan_reading *was, const struct plan_reading *is)
{
	size_t a = 0, b = 0;
	const struct plan_clause *x, *y;

	do {
		x = next_task(was, &a);
		y = next_task(is, &b);
		assert_int_equal(x == NULL, y == NULL);
		if (!x)
			break;
		same_text(x->deadline, y->deadline);
		assert_int_equal(x->responsible.n, y->responsible.n);
		same_text(x->addressee, y->addressee);
		struct str end = x->title;
		while (end.n &&
		       (end.p[end.n - 1] == '.' || end.p[end.n - 1] == ';'))
			end.n--;
		same_text(end, y->title);
	} while (x);
}

static void
same_plan(const struct plan_reading *was, const struct plan_reading *is)
{
	assert_int_equal(was->measures.n, is->measures.n);
	for (size_t i = 0; i < was->measures.n; i++) {
		same_measure(&was->measures.p[i], &is->measures.p[i]);
		if (was->measures.p[i].section != NO_SECTION)
			assert_true(str_starts(
			    text_fold(mem, section_of(is, &is->measures.p[i])),
			    text_fold(
				mem, section_of(was, &was->measures.p[i]))));
	}
	assert_int_equal(was->points.n, is->points.n);
	for (size_t i = 0; i < was->points.n; i++)
		same_measure(&was->points.p[i], &is->points.p[i]);
	assert_int_equal(was->people.n, is->people.n);
	for (size_t i = 0; i < was->people.n; i++) {
		same_text(was->people.p[i].name, is->people.p[i].name);
		same_text(was->people.p[i].post, is->people.p[i].post);
		same_text(was->people.p[i].area, is->people.p[i].area);
	}
	same_tasks(was, is);
	assert_true(plan_reading_is_whole(is));
}

static void
goes_round(const struct pages *pages, const char *name)
{
	struct plan_print how = how_to_print();
	struct plan_reading was = read_again(pages), is;
	struct plan p = kept(&was, name);
	struct pages again = printed(&p, &how);

	is = read_again(&again);
	same_plan(&was, &is);
	assert_int_equal(is.ordered.day, how.document_on.day);
	same_text(how.document_number, is.order_number);
	assert_int_equal(is.period.from.day, p.head.period_from.day);
	assert_int_equal(is.period.to.day, p.head.period_to.day);
}

static void
printed_plan_is_the_plan(void **state)
{
	static const char *const names[] = {"order_and_plan",
	    "headless_and_restart", "glued_and_points", "unnumbered_torn",
	    "clauses", "own_years", "worse"};

	schools();
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct pages pages = pages_of(mem, file_text(names[i]));

		goes_round(&pages, names[i]);
	}
}

static void
source_plans_lose_nothing_on_paper(void **state)
{
	static const char *const names[] = {
	    "pechenga", "barabinsk", "buinsk", "georgievsk", "norilsk"};

	schools();
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct str path = arena_fmt(mem,
		    TESTS_DIR "/../../shared/data/roadmaps/%s.docx", names[i]);
		int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
		struct pages pages;

		assert_true(fd >= 0);
		ok(pages_read(fd, PAGES_DOCX, mem, &d, &pages));
		assert_int_equal(close(fd), 0);
		print_message("%s\n", names[i]);
		goes_round(&pages, names[i]);
	}
}

/* Everything the document says, for looking words up in it. */
static struct str
words_of(const struct pages *pages)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < pages->n; i++) {
		const struct block *block = &pages->blocks[i];

		buf_put(&b, block->text);
		buf_char(&b, '\n');
		for (uint32_t r = 0; r < block->n_rows; r++)
			for (uint32_t c = 0; c < block->rows[r].n; c++)
				buf_fmt(&b, "%.*s\n",
				    STR_ARG(block->rows[r].cells[c].text));
	}
	return buf_str(&b);
}

static void
says(struct str all, const char *words_there)
{
	if (str_find(all, str_of(words_there)) < 0)
		print_error("no «%s» in\n%.*s\n", words_there, STR_ARG(all));
	assert_true(str_find(all, str_of(words_there)) >= 0);
}

static void
order_has_its_parts(void **state)
{
	struct pages file = pages_of(mem, file_text("glued_and_points"));
	struct plan_reading reading = read_again(&file);
	struct plan_print how = how_to_print();
	const struct plan_acquainted who[] = {
	    {S("Лапин О. В."), S("директор"), S("Гимназия № 3"),
		day("2023-10-16"), false},
	    {S("Снегирёва А. О."), S("директор"), S("Вьюжинская СОШ"),
		DATE_NONE, false}};
	struct plan p;

	schools();
	p = kept(&reading, "glued");
	p.head.basis = S("приказ министерства от 01.09.2023 № 7\nустав");
	p.head.control = S("возложить на заместителя начальника");
	how.acquainted = who;
	how.n_acquainted = COUNT_OF(who);

	struct pages pages = printed(&p, &how);
	struct str all = words_of(&pages);
	says(all, "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ СРЕДНЕОЗЕРСКОГО ОКРУГА");
	says(all, "ПРИКАЗ");
	says(all, "Об утверждении дорожной карты по поддержке школ");
	says(all, "На основании: приказ министерства от 01.09.2023 № 7, "
		  "устав");
	says(all, "ПРИКАЗЫВАЮ:");
	says(all, "Контроль за исполнением возложить на заместителя");
	says(all, "УТВЕРЖДЕНА");
	says(all, "приказом\nуправления образования Среднеозерского округа\n"
		  "от 14.10.2023 № 312-о");
	says(all, "Приложение 1");
	says(all, "Список ответственных");
	says(all, "Лист ознакомления");
	says(all, "16.10.2023, в программе, по своей учётной записи");
}

/* Without an order it says that it is a project and leaves room for details. */
static void
project_says_so(void **state)
{
	struct pages file = pages_of(mem, file_text("order_and_plan"));
	struct plan_reading reading = read_again(&file);
	struct plan_print how = {.parts = PRINT_ORDER | PRINT_APPENDIX,
	    .body = S("Управление образования"),
	    .document_on = DATE_NONE,
	    .made_on = day("2023-10-20")};
	struct plan p;

	schools();
	p = kept(&reading, "project");
	struct pages pages = printed(&p, &how);
	struct str all = words_of(&pages);
	says(all, "Проект");
	says(all, "№ ________");
	says(all, "УТВЕРЖДЕН\nприказом\nуправления образования\n");
}

static void
columns_are_the_municipalitys_own(void **state)
{
	struct printed_columns c =
	    printed_columns_of(S("number title deadline responsible result"));
	struct column_set sets[COLUMN_SETS_MOST];

	assert_int_equal(c.n, 5);
	assert_str(c.all[4].heading, "Результаты исполнения");
	/* No set has these: the usual headings. */
	c = printed_columns_of(S("title deadline nonsense title mark"));
	assert_int_equal(c.n, 3);
	assert_str(c.all[2].heading, "Отметка об исполнении");
	printed_columns_add(&c, PRINT_SCHOOL_PART);
	assert_str(
	    printed_columns_codes(mem, &c), "title school_part deadline mark");
	printed_columns_drop(&c, PRINT_DEADLINE);
	assert_str(printed_columns_codes(mem, &c), "title school_part mark");
	assert_int_equal(column_sets(mem, sets), 5);
	assert_str(sets[3].columns,
	    "title deadline responsible indicator report_form");
}

static void
period_is_said_in_words(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} cases[] = {
	    {"2026-09-01", "2027-08-31", "на 2026/2027 учебный год"},
	    {"2026-09-01", "2027-05-31", "на 2026/2027 учебный год"},
	    {"2026-01-01", "2026-12-31", "на 2026 год"},
	    {"2024-01-01", "2026-12-31", "на 2024–2026 годы"},
	    {"2026-02-01", "2026-05-15",
		"на период с 01.02.2026 по 15.05.2026"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(
		    plan_period_text(mem, (struct day_span){day(cases[i].from),
					      day(cases[i].to)}),
		    cases[i].text);
}

static void
workbook_is_written(void **state)
{
	struct pages file = pages_of(mem, file_text("order_and_plan"));
	struct plan_reading reading = read_again(&file);
	struct plan_print how = how_to_print();
	struct buf out = buf_open(mem, 0);
	struct plan p;

	schools();
	p = kept(&reading, "workbook");
	const struct plan_mark_text mark = {
	    p.parts[0].rows[0].m.id, 7, 9, S("7 из 9")};
	how.marks = &mark;
	how.n_marks = 1;
	ok(plan_table(mem, &p, &how, TABLE_CSV, &out));
	says(buf_str(&out),
	    "1. Организация работы,1.1.,Составить план работы школы,,до "
	    "01.11.2024,,2024-11-01,1,Вьюжинская СОШ,,,,,7,9,7 из 9");
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    on(printed_plan_is_the_plan, "sqlite"),
	    on(order_has_its_parts, "sqlite"),
	    on(project_says_so, "sqlite"),
	    on(columns_are_the_municipalitys_own, "sqlite"),
	    on(period_is_said_in_words, "sqlite"),
	    on(workbook_is_written, "sqlite"),
	    on(source_plans_lose_nothing_on_paper, "sqlite"),
	};

	bool shared =
	    is_there(TESTS_DIR "/../../shared/data/roadmaps/buinsk.docx");

	return run_on_databases(all, COUNT_OF(all) - (shared ? 0 : 1));
}
