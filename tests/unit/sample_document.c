/* sample_document.c - documents of the invented municipality, for tests. */
#include "sample_document.h"

#include "sample_figures.h"

static const struct doc_column columns[] = {
    {S_INIT("№ п/п"), 8, false, true},
    {S_INIT("Мероприятие"), 42, false, false},
    {S_INIT("Срок"), 18, false, false},
    {S_INIT("Ответственные"), 24, false, false},
    {S_INIT("Ожидаемый результат"), 30, false, false},
    {S_INIT("Школ"), 9, true, false},
};

static const char *const verbs[] = {"Провести", "Организовать", "Обеспечить",
    "Подготовить", "Проанализировать", "Утвердить"};
static const char *const objects[] = {"диагностику учебных затруднений",
    "семинар для учителей математики", "посещение уроков с разбором",
    "пробный экзамен в форме ОГЭ", "консультации для обучающихся 9 классов",
    "анкетирование родителей", "обновление программы наставничества",
    "школьный этап олимпиады", "работу профильных групп",
    "сверку оснащения кабинетов", "обмен практиками со школой-партнёром"};
static const char *const purposes[] = {
    "в целях повышения качества подготовки выпускников",
    "с участием муниципального методического совета",
    "по итогам всероссийских проверочных работ",
    "для школ, работающих в сложных социальных условиях",
    "с учётом выявленных предметных дефицитов"};
static const char *const terms[] = {"до 15.10.2026", "октябрь 2026 г.",
    "ежеквартально", "в течение учебного года", "март – май 2027 г.",
    "по отдельному графику"};
static const char *const people[] = {"Управление образования",
    "методический центр, руководители школ", "кураторы школ",
    "заместители директоров по учебной работе", "школьные команды"};
static const char *const results[] = {"приказ, протокол заседания",
    "аналитическая справка с рекомендациями",
    "доля освоивших программу выросла не менее чем на 5 %",
    "индивидуальные маршруты учителей", "отчёт на сайте управления"};

#define PICK(words, n) words[(size_t)(n) % COUNT_OF(words)]

static void
add_measure(struct arena *mem, struct doc_table *t, int i)
{
	struct str cells[] = {
	    arena_fmt(mem, "%d.%d", i / 25 + 1, i % 25 + 1),
	    arena_fmt(mem, "%s %s %s (этап %d)", PICK(verbs, i * 7 + i / 6),
		PICK(objects, i * 5 + i / 11), PICK(purposes, i * 3 + i / 5),
		i % 9 + 1),
	    str_of(PICK(terms, i * 5 + i / 7)),
	    str_of(PICK(people, i * 2 + i / 4)),
	    str_of(PICK(results, i * 3 + i / 9)),
	    arena_fmt(mem, "%d", i * 13 % 24 + 1),
	};

	doc_row(t, DOC_ROW_BODY, cells, COUNT_OF(cells));
}

static void
add_plan(struct arena *mem, struct doc *doc, int rows)
{
	static const char *const sections[] = {"Выявление причин",
	    "Работа с учителями", "Работа с обучающимися",
	    "Ресурсы и управление"};
	struct doc_table *t = doc_table(doc, columns, COUNT_OF(columns));

	for (int i = 0; i < rows; i++) {
		if (i % 25 == 0) {
			struct str title = arena_fmt(
			    mem, "%d. %s", i / 25 + 1, PICK(sections, i / 25));
			doc_row(t, DOC_ROW_SECTION, &title, 1);
		}
		add_measure(mem, t, i);
	}
	struct str total[] = {S(""), S("Всего мероприятий"), S(""), S(""),
	    S(""), arena_fmt(mem, "%d", rows)};
	doc_row(t, DOC_ROW_TOTAL, total, COUNT_OF(total));
}

static struct date
made_on(void)
{
	struct date d = DATE_NONE;

	MUST(date_of(2027, 2, 18, &d));
	return d;
}

static void
add_order(struct doc *doc)
{
	doc_heading(doc, 1, S("ПРИКАЗ"));
	doc_requisites(doc, S("18.02.2027"), S("№ 112"));
	doc_text(doc, DOC_CENTRE,
	    S("Об утверждении дорожной карты\nадресной помощи школам"));
	doc_text(doc, DOC_PLAIN, S(""));
	doc_text(doc, DOC_BODY,
	    S("В целях повышения качества образования в школах "
	      "Среднеозерского муниципального округа, на основании "
	      "результатов всероссийских проверочных работ и "
	      "государственной итоговой аттестации приказываю:"));
	doc_text(doc, DOC_CLAUSE_1,
	    S("Утвердить дорожную карту адресной помощи школам с низкими "
	      "образовательными результатами на 2026/27 учебный год "
	      "согласно приложению."));
	doc_text(doc, DOC_CLAUSE_1, S("Руководителям школ:"));
	doc_text(doc, DOC_CLAUSE_2,
	    S("разработать школьные дорожные карты до 15.03.2027;"));
	doc_text(doc, DOC_CLAUSE_2,
	    S("представить отчёт с приложением: <форма № 1> & акт \"О "
	      "посещении\"."));
	doc_text(doc, DOC_CLAUSE_1,
	    S("Контроль за исполнением приказа оставляю за собой."));
	doc_signature(doc,
	    S("Начальник управления образования администрации "
	      "Среднеозерского муниципального округа"),
	    S("П. А. Ярцева"));
}

static void
add_note(struct doc *doc)
{
	doc_page_break(doc);
	doc_heading(doc, 1, S("Аналитическая справка"));
	doc_heading(doc, 2, S("Что показали результаты"));
	doc_text(doc, DOC_STRONG, S("7 из 22 школ имеют низкие результаты."));
	doc_text(doc, DOC_BODY,
	    S("Доля не справившихся с ОГЭ по математике в школах перечня "
	      "составила 37,9 % (50 из 132 участников)."));
	doc_text(doc, DOC_BULLET, S("выросла в трёх школах;"));
	doc_text(doc, DOC_BULLET, S("снизилась в двух школах."));
	doc_chart(doc, &sample_lines);
	doc_text(doc, DOC_SMALL,
	    S("Источник: загрузки № 41–47 от 05.06.2026.\nСовпадение во "
	      "времени не доказывает действия меры."));
	doc_heading(doc, 3, S("По школам"));
	doc_heat(doc, &sample_heat);
	doc_text(doc, DOC_RIGHT, S("Справку составил методический центр"));
}

static void
add_appendix(struct arena *mem, struct doc *doc, int rows)
{
	struct ribbon *ribbon = arena_new(mem, struct ribbon, 1);

	*ribbon = sample_ribbon(mem, 12);
	doc_page_form(doc, true, false);
	doc_approved(
	    doc, S("УТВЕРЖДЕНА\nприказом управления образования\nот 18.02.2027 "
		   "№ 112"));
	doc_heading(doc, 1, S("Дорожная карта адресной помощи школам"));
	add_plan(mem, doc, rows);
	doc_ribbon(doc, ribbon);
	doc_restart_clauses(doc);
	doc_text(doc, DOC_CLAUSE_1, S("Срок действия карты – один год."));
	doc_page_form(doc, false, true);
	doc_chart(doc, &sample_intervals);
}

struct doc *
sample_order(struct arena *mem, int rows)
{
	struct doc *doc = doc_open(mem,
	    &(struct doc_head){.title = S("Приказ № 112 «О карте» & <прочее>"),
		.organisation = S("Управление образования администрации "
				  "Среднеозерского муниципального округа"),
		.footer = S("Редакция № 2 от 18.02.2027"),
		.made_on = made_on()});

	add_order(doc);
	add_note(doc);
	add_appendix(mem, doc, rows);
	return doc;
}

struct doc *
sample_road_map(struct arena *mem, int rows)
{
	struct doc *doc =
	    doc_open(mem, &(struct doc_head){.title = S("Дорожная карта"),
			      .footer = S("Дорожная карта, редакция № 2"),
			      .landscape = true,
			      .made_on = made_on()});

	doc_heading(doc, 1, S("Дорожная карта адресной помощи школам"));
	add_plan(mem, doc, rows);
	return doc;
}

struct doc *
sample_empty(struct arena *mem)
{
	return doc_open(mem, &(struct doc_head){.made_on = made_on()});
}

struct doc *
sample_awkward(struct arena *mem)
{
	struct doc *doc = sample_empty(mem);
	struct buf tall = buf_open(mem, 0), wide = buf_open(mem, 0);
	struct doc_table *t = doc_table(doc, columns, COUNT_OF(columns));

	for (int i = 1; i <= 300; i++)
		buf_fmt(&tall, "строка %d\n", i);
	for (int i = 0; i < 900; i++)
		buf_c(&wide, i % 10 ? "щ" : "Щ");
	struct str cells[] = {S("1"), buf_str(&tall), S("бок о бок")};
	doc_row(t, DOC_ROW_BODY, cells, COUNT_OF(cells));
	cells[1] = buf_str(&wide);
	doc_row(t, DOC_ROW_BODY, cells, COUNT_OF(cells));
	doc_row(t, DOC_ROW_SECTION, cells, 0);
	(void)doc_table(doc, columns, 1);
	doc_text(doc, DOC_BODY, buf_str(&wide));
	doc_text(doc, DOC_BODY,
	    S("bad \xFF byte\x01, два  пробела, 漢字, שלום,\n\nпусто выше"));
	doc_text(doc, DOC_BODY, (struct str){NULL, 0});
	for (int i = 0; i < 80; i++)
		doc_heading(doc, 2, S("Заголовок за заголовком"));
	doc_page_break(doc);
	doc_page_break(doc);
	doc_signature(doc, S(""), S(""));
	return doc;
}
