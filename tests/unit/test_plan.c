/*
 * test_plan.c - road maps out of documents.
 *
 * Files of tests/data/plans are documents in plain text (plan_text.h).  What
 * is recognised is printed and compared with the file beside it.
 *
 * EVIDENCE: domain 6.1, 6.2, 6.9, 10.1
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "core/plans/plan_reading.h"
#include "harness.h"
#include "plan_text.h"

enum { MAX_FILE = 1 << 20 };

static struct arena *mem;

static struct str
file_text(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return S("");
	char *text = arena_raw(mem, MAX_FILE);
	size_t n = fread(text, 1, MAX_FILE, f);
	assert_int_equal(fclose(f), 0);
	return (struct str){text, n};
}

/* ---- the answer in plain text ------------------------------------------------- */

static void
put_span(struct buf *b, const char *name, struct day_span s)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	buf_fmt(
	    b, "%s %s..%s\n", name, date_iso(s.from, from), date_iso(s.to, to));
}

static void
put_who(struct buf *b, const struct responsibles *r)
{
	static const char *const kinds[] = {[WHO_ORGANISATION] = "орг",
	    [WHO_ROLE] = "роль",
	    [WHO_PERSON] = "лицо",
	    [WHO_GROUP] = "группа"};

	for (size_t i = 0; i < r->n; i++)
		buf_fmt(b, "  %s%s: %.*s\n", kinds[r->all[i].kind],
		    r->all[i].is_collective ? " (все школы)" : "",
		    STR_ARG(r->all[i].text));
}

static void
put_field(struct buf *b, const char *name, struct str text)
{
	if (text.n)
		buf_fmt(b, "  %s: %.*s\n", name, STR_ARG(text));
}

static void
put_measure(struct buf *b, const struct plan_reading *p,
    const struct plan_measure *m, const char *mark)
{
	buf_fmt(
	    b, "%s [%.*s] %.*s\n", mark, STR_ARG(m->number), STR_ARG(m->title));
	if (m->section != NO_SECTION)
		put_field(b, "раздел", p->sections.p[m->section].title);
	put_field(b, "школа", m->school_part);
	buf_fmt(b, "  срок: %.*s = %s %.*s\n", STR_ARG(m->deadline),
	    deadline_kind_codes[m->parsed.kind], STR_ARG(m->parsed.canonical));
	put_who(b, &m->responsible);
	put_field(b, "результат", m->result);
	put_field(b, "показатель", m->indicator);
	put_field(b, "документ", m->report_form);
	put_field(b, "отметка", m->mark);
	put_field(b, "примечание", m->note);
}

static const char *const clause_words[] = {[CLAUSE_TASK] = "пункт",
    [CLAUSE_HEAD] = "кому",
    [CLAUSE_CONTROL] = "контроль",
    [CLAUSE_FORMAL] = "сам приказ"};

static struct str
printed(const struct plan_reading *p)
{
	struct buf b = buf_open(mem, 0);
	char day[DATE_TEXT];

	buf_fmt(&b, "%.*s\n", STR_ARG(p->title));
	put_span(&b, "период", p->period);
	buf_fmt(&b, "приказ %s № %.*s\n", date_iso(p->ordered, day),
	    STR_ARG(p->order_number));
	vec_each(const struct plan_table, t, &p->tables)
		buf_fmt(
		    &b, "таблица %d: %.*s\n", (int)t->kind, STR_ARG(t->title));
	vec_each(const struct plan_clause, c, &p->clauses) {
		buf_fmt(&b, "%s %.*s [%.*s] %.*s\n", clause_words[c->kind],
		    STR_ARG(c->number), STR_ARG(c->deadline),
		    STR_ARG(c->title));
		put_who(&b, &c->responsible);
	}
	vec_each(const struct plan_person, who, &p->people)
		buf_fmt(&b, "специалист %.*s | %.*s | %.*s\n",
		    STR_ARG(who->name), STR_ARG(who->post), STR_ARG(who->area));
	vec_each(const struct plan_measure, m, &p->points)
		put_measure(&b, p, m, "точка");
	vec_each(const struct plan_measure, m, &p->measures)
		put_measure(&b, p, m, "мера");
	vec_each(const struct plan_remark, w, &p->warnings)
		buf_fmt(&b, "внимание, %.*s: %.*s\n",
		    STR_ARG(plan_place_text(mem, w->at)), STR_ARG(w->text));
	vec_each(const struct plan_remark, w, &p->leftovers)
		buf_fmt(&b, "осталось, %.*s: %.*s\n",
		    STR_ARG(plan_place_text(mem, w->at)), STR_ARG(w->text));
	return buf_str(&b);
}

/* ---- nothing is lost ----------------------------------------------------------- */

/* Letters and digits only: joining may drop a hyphen or a space. */
static struct str
bare(struct str s)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = text_fold(mem, s);

	while (rest.n) {
		struct str at = rest;
		int32_t c = utf8_next(&at);
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 0x400 && c < 0x500))
			buf_put(&b, str_cut(rest, 0, rest.n - at.n));
		rest = at;
	}
	return buf_str(&b);
}

static void
put_all(struct buf *b, const struct plan_measure *m)
{
	const struct str parts[] = {m->number, m->title, m->school_part,
	    m->deadline, m->responsible_text, m->result, m->indicator,
	    m->report_form, m->mark, m->note};

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		buf_put(b, parts[i]);
}

static bool
words_are_in(struct str all, struct str text)
{
	struct str word;

	while (str_split(&text, ' ', &word))
		if (str_find(all, bare(word)) < 0)
			return false;
	return true;
}

/* A head is said by its tasks, and what is formal by the leftovers. */
static void
put_clause(struct buf *b, const struct plan_clause *c)
{
	if (c->kind != CLAUSE_TASK)
		return;
	buf_put(b, c->number);
	buf_put(b, c->title);
	buf_put(b, c->addressee);
	buf_put(b, c->deadline);
}

/* All that the answer says, and all that it lists as left out. */
static struct str
everything(const struct plan_reading *p)
{
	struct buf out = buf_open(mem, 0);

	buf_put(&out, p->title);
	vec_each(const struct plan_table, t, &p->tables) {
		buf_put(&out, t->title);
		for (size_t c = 0; c < t->n_headings; c++)
			buf_put(&out, t->headings[c].text);
	}
	vec_each(const struct plan_section, s, &p->sections)
		buf_put(&out, s->title);
	vec_each(const struct plan_person, who, &p->people) {
		buf_put(&out, who->number);
		buf_put(&out, who->name);
		buf_put(&out, who->post);
		buf_put(&out, who->area);
	}
	vec_each(const struct plan_measure, m, &p->measures)
		put_all(&out, m);
	vec_each(const struct plan_measure, m, &p->points)
		put_all(&out, m);
	vec_each(const struct plan_clause, c, &p->clauses)
		put_clause(&out, c);
	buf_put(&out, p->control);
	vec_each(const struct plan_remark, w, &p->leftovers)
		buf_put(&out, w->text);
	/* Of the order's head the day and the number are kept. */
	struct civil day = date_civil(p->ordered);
	static const char *const months[] = {"января", "февраля", "марта",
	    "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
	    "ноября", "декабря"};
	if (!date_is_none(p->ordered))
		buf_fmt(&out, "%02d.%02d.%dг %02d %s %d года г ", day.day,
		    day.month, day.year, day.day, months[day.month - 1],
		    day.year);
	buf_fmt(&out, "от %.*s приказ распоряжение приказываю",
	    STR_ARG(p->order_number));
	return bare(buf_str(&out));
}

static void
check_said(struct str all, struct str text)
{
	bool said = str_find(all, bare(text)) >= 0 || words_are_in(all, text);

	if (!said)
		print_error("lost: %.*s\n", STR_ARG(text));
	assert_true(said);
}

/*
 * Every filled cell of every table, every paragraph, footnote and text box
 * stands somewhere in the answer, and the cells are counted right.
 */
static void
check_nothing_lost(const struct pages *pages, const struct plan_reading *p)
{
	struct str all = everything(p);
	size_t filled = 0;

	assert_true(plan_reading_is_whole(p));
	for (size_t i = 0; i < pages->n; i++) {
		check_said(all, pages->blocks[i].text);
		for (uint32_t r = 0; r < pages->blocks[i].n_rows; r++) {
			const struct grid_row *row = &pages->blocks[i].rows[r];
			for (uint32_t c = 0; c < row->n; c++) {
				check_said(all, row->cells[c].text);
				filled += str_trim(row->cells[c].text).n > 0;
			}
		}
	}
	assert_int_equal(p->cells_seen, filled);
}

static enum rc
read_plan(const struct pages *pages, struct plan_reading *ret)
{
	struct plan_options how = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct diag d = diag_open(mem, 0);

	return plan_read(mem, pages, &how, &d, ret);
}

static void
check_file(const char *name)
{
	struct str base = arena_fmt(mem, TESTS_DIR "/data/plans/%s", name);
	struct str text = file_text(
	    arena_cstr(mem, arena_fmt(mem, "%.*s.txt", STR_ARG(base))));
	const char *golden =
	    arena_cstr(mem, arena_fmt(mem, "%.*s.expected", STR_ARG(base)));
	struct pages pages = pages_of(mem, text);
	struct plan_reading p;

	assert_true(text.n > 0);
	assert_int_equal(read_plan(&pages, &p), RC_OK);
	check_nothing_lost(&pages, &p);
	struct str got = printed(&p);
	struct str expected = file_text(golden);
	if (getenv("OPORA_WRITE_EXPECTED")) {
		FILE *f = fopen(golden, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(got.p, 1, got.n, f), got.n);
		assert_int_equal(fclose(f), 0);
		return;
	}
	if (!str_eq(got, expected))
		print_error("%s:\n%.*s\n", name, STR_ARG(got));
	assert_true(str_eq(got, expected));
}

static void
order_with_clauses_and_shifted_rows(void **state)
{
	check_file("order_and_plan");
}

static void
clauses_of_the_order_are_tasks_too(void **state)
{
	check_file("clauses");
}

static void
tables_and_sections_of_their_own_years(void **state)
{
	check_file("own_years");
}

static void
tables_without_headings_go_on(void **state)
{
	check_file("headless_and_restart");
}

static void
glued_numbers_control_points_people(void **state)
{
	check_file("glued_and_points");
}

static void
unnumbered_rows_torn_in_many(void **state)
{
	check_file("unnumbered_torn");
}

static void
spreadsheet_with_merged_cells(void **state)
{
	check_file("worse");
}

static void
file_without_a_plan_is_refused_whole(void **state)
{
	struct pages pages =
	    pages_of(mem, file_text(TESTS_DIR "/data/plans/no_plan.txt"));
	struct plan_reading p;

	assert_int_equal(read_plan(&pages, &p), RC_INVALID);
	assert_int_equal(p.measures.n, 0);
	check_nothing_lost(&pages, &p);
	assert_int_equal(p.cells_left, 6);
}

/* ---- what people really bring ------------------------------------------------- */

static struct plan_reading
read_text(const char *text, struct pages *ret)
{
	struct plan_reading p;

	*ret = pages_of(mem, str_of(text));
	assert_int_equal(read_plan(ret, &p), RC_OK);
	check_nothing_lost(ret, &p);
	return p;
}

static bool
warned(const struct plan_reading *p, const char *place, const char *sentence)
{
	vec_each(const struct plan_remark, w, &p->warnings)
		if (str_find(w->text, str_of(sentence)) >= 0 &&
		    str_eq(plan_place_text(mem, w->at), str_of(place)))
			return true;
	return false;
}

static void
table_without_deadlines_says_so(void **state)
{
	struct pages pages;
	struct plan_reading p =
	    read_text("План мероприятий на 2024 год\n"
		      "| № | Мероприятие | Ответственные |\n"
		      "| 1. | Провести совещание | методисты |\n"
		      "| 2. | Посетить уроки | кураторы |\n",
		&pages);

	assert_int_equal(p.measures.n, 2);
	assert_true(warned(&p, "таблица 1", "нет графы со сроками"));
	p = read_text("План мероприятий на 2024 год\n"
		      "| № | Мероприятие | Сроки | Ответственные |\n"
		      "| 1. | Провести совещание | | методисты |\n"
		      "| 2. | Посетить уроки | май | кураторы |\n",
	    &pages);
	assert_true(warned(&p, "таблица 1, строка 2", "Срок не назван."));
	assert_false(warned(&p, "таблица 1, строка 3", "Срок не назван."));
}

static void
notes_and_boxes_are_listed_by_name(void **state)
{
	static const char text[] =
	    "План мероприятий на 2024 год\n"
	    "Согласовано с советом\n"
	    "кроме начальных школ\n"
	    "Приложение к приказу\n"
	    "| № | Мероприятие | Сроки | Ответственные |\n"
	    "| 1. | Провести совещание | май | методисты |\n";

	static const enum block_kind kinds[] = {BLOCK_PARAGRAPH, BLOCK_TEXT_BOX,
	    BLOCK_FOOTNOTE, BLOCK_HEADER, BLOCK_TABLE};

	static const char *const left[] = {"Надпись в рамке: Согласовано",
	    "Сноска: кроме начальных", "Колонтитул: Приложение"};
	struct pages pages = pages_of(mem, str_of(text));
	struct plan_reading p;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		pages.blocks[i].kind = kinds[i];
	assert_int_equal(read_plan(&pages, &p), RC_OK);
	check_nothing_lost(&pages, &p);
	assert_int_equal(p.leftovers.n, COUNT_OF(left));
	for (size_t i = 0; i < COUNT_OF(left); i++)
		assert_true(str_starts(p.leftovers.p[i].text, str_of(left[i])));
}

static void
five_thousand_rows_are_read(void **state)
{
	struct buf b = buf_open(mem, 0);
	struct plan_reading p;

	buf_c(&b, "План мероприятий на 2024 год\n"
		  "| № | Мероприятие | Сроки | Ответственные |\n");
	for (int i = 0; i < 5000; i++)
		buf_fmt(&b, "| %d. | Провести дело %d | %s | методисты |\n",
		    i + 1, i + 1, i % 2 ? "до 15 мая" : "1 раз в квартал");
	struct pages pages = pages_of(mem, buf_str(&b));
	assert_int_equal(read_plan(&pages, &p), RC_OK);
	assert_int_equal(p.measures.n, 5000);
	assert_int_equal(p.warnings.n, 0);
	assert_int_equal(p.cells_seen, 5001 * 4);
	assert_int_equal(p.cells_left, 0);
	assert_int_equal(p.measures.p[4998].parsed.n_windows, 4);
}

/* ---- the five source plans ------------------------------------------------------ */

struct golden {
	const char *file;
	size_t measures, points, people, orders;
	int sections[8];
	const char *from, *to, *ordered;
};

/* EVIDENCE: domain 10.1, counted by hand there. */
static const struct golden goldens[] = {
    {"pechenga", 35, 0, 0, 3, {11, 14, 10}, "2023-09-01", "2024-08-31",
	"2023-10-31"},
    {"barabinsk", 47, 0, 0, 1, {5, 7, 32, 3}, "2024-01-01", "2024-12-31",
	"2024-04-03"},
    {"buinsk", 40, 0, 0, 0, {11, 2, 16, 5, 4, 2}, "2021-09-01", "2022-08-31",
	""},
    {"georgievsk", 30, 8, 6, 0, {3, 5, 7, 7, 3}, "2023-01-01", "2024-12-31",
	"2023-03-07"},
    {"norilsk", 32, 0, 0, 0, {9, 12, 2, 2}, "2022-01-01", "2024-12-31", ""},
};

static void
check_golden(const struct golden *g, const struct plan_reading *p)
{
	char day[DATE_TEXT];
	size_t orders = 0;

	assert_int_equal(p->measures.n, g->measures);
	assert_int_equal(p->points.n, g->points);
	assert_int_equal(p->people.n, g->people);
	vec_each(const struct plan_clause, c, &p->clauses)
		orders += c->deadline.n > 0;
	assert_int_equal(orders, g->orders);
	assert_string_equal(date_iso(p->period.from, day), g->from);
	assert_string_equal(date_iso(p->period.to, day), g->to);
	assert_string_equal(date_iso(p->ordered, day), g->ordered);
	for (size_t s = 0; s < p->sections.n && s < COUNT_OF(g->sections);
	     s++) {
		int n = 0;
		vec_each(const struct plan_measure, m, &p->measures)
			n += m->section == (ptrdiff_t)s;
		assert_int_equal(n, g->sections[s]);
	}
}

static void
source_plans_have_their_golden_counts(void **state)
{
	for (size_t i = 0; i < COUNT_OF(goldens); i++) {
		struct str path = arena_fmt(mem,
		    TESTS_DIR "/../../shared/data/roadmaps/%s.docx",
		    goldens[i].file);
		int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
		struct diag d = diag_open(mem, 0);
		struct plan_reading p;
		struct pages pages;
		assert_true(fd >= 0);
		assert_int_equal(
		    pages_read(fd, pages_format_of(fd), mem, &d, &pages),
		    RC_OK);
		assert_int_equal(close(fd), 0);
		assert_int_equal(read_plan(&pages, &p), RC_OK);
		check_nothing_lost(&pages, &p);
		check_golden(&goldens[i], &p);
	}
}

/* ---- responsibles ---------------------------------------------------------------- */

static const struct {
	const char *cell;
	const char *parts[6];
} cells[] = {
    {"отдел образования МБОУ СОШ № 3 МБУ «ММЦ»",
	{"отдел образования", "МБОУ СОШ № 3", "МБУ «ММЦ»"}},
    {"Управление образования, МКУ ЦИМО Руководители ОО",
	{"Управление образования", "МКУ ЦИМО", "Руководители ОО"}},
    {"Вьюжина А.П.\nОзёров П. С.", {"Вьюжина А.П.", "Озёров П. С."}},
    {"Вьюжина А.П., Озёров П.С.", {"Вьюжина А.П.", "Озёров П.С."}},
    {"Ручьёв И.О., директор МБОУ СОШ №5 пос. Озёрный",
	{"Ручьёв И.О., директор МБОУ СОШ №5 пос. Озёрный"}},
    {"МБУ «ММЦ» (РМО заместителей директоров) МБОУ СОШ № 3",
	{"МБУ «ММЦ» (РМО заместителей директоров)", "МБОУ СОШ № 3"}},
    {"Муниципальная рабочая группа Руководители ОО",
	{"Муниципальная рабочая группа", "Руководители ОО"}},
    {"Методисты Руководители ОО", {"Методисты", "Руководители ОО"}},
    {"И.о. директора МБУ «ММЦ» (Озёров П.С.)",
	{"И.о. директора МБУ «ММЦ» (Озёров П.С.)"}},
    {"муниципальный координатор, кураторы школ",
	{"муниципальный координатор", "кураторы школ"}},
    {"Озёров П.С. Директора ОО", {"Озёров П.С.", "Директора ОО"}},
    {"МБУ «МЦ», ОУ", {"МБУ «МЦ»", "ОУ"}},
    {"Управление образования администрации Озёрного района",
	{"Управление образования администрации Озёрного района"}},
    {"МБУ «МЦ» администрации школ", {"МБУ «МЦ»", "администрации школ"}},
    {"Отделу образования (Вьюжиной А.П.), методистам МБУ «МЦ»",
	{"Отделу образования (Вьюжиной А.П.)", "методистам МБУ «МЦ»"}},
    {"", {NULL}},
};

static void
responsibles_are_cut_where_a_new_one_begins(void **state)
{
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct responsibles r =
		    responsibles_of(mem, str_of(cells[i].cell));
		size_t n = 0;
		while (n < COUNT_OF(cells[i].parts) && cells[i].parts[n]) {
			assert_true(n < r.n);
			assert_str(r.all[n].text, cells[i].parts[n]);
			n++;
		}
		assert_int_equal(r.n, n);
	}
}

static int
open_arena(void **state)
{
	mem = arena_open(0);
	return 0;
}

static int
close_arena(void **state)
{
	arena_close(mem);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(order_with_clauses_and_shifted_rows),
	    cmocka_unit_test(clauses_of_the_order_are_tasks_too),
	    cmocka_unit_test(tables_and_sections_of_their_own_years),
	    cmocka_unit_test(tables_without_headings_go_on),
	    cmocka_unit_test(glued_numbers_control_points_people),
	    cmocka_unit_test(unnumbered_rows_torn_in_many),
	    cmocka_unit_test(spreadsheet_with_merged_cells),
	    cmocka_unit_test(file_without_a_plan_is_refused_whole),
	    cmocka_unit_test(table_without_deadlines_says_so),
	    cmocka_unit_test(notes_and_boxes_are_listed_by_name),
	    cmocka_unit_test(five_thousand_rows_are_read),
	    cmocka_unit_test(responsibles_are_cut_where_a_new_one_begins),
	    cmocka_unit_test(source_plans_have_their_golden_counts),
	};

	bool shared =
	    is_there(TESTS_DIR "/../../shared/data/roadmaps/buinsk.docx");

	return _cmocka_run_group_tests("plan", tests,
	    COUNT_OF(tests) - (shared ? 0 : 1), open_arena, close_arena);
}
