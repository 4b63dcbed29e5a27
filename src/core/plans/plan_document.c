/* plan_document.c - a plan as the order a department signs. */
#include "core/plans/plan_document.h"

#include "base/utf8.h"
#include "core/plans/recognise.h"

struct writer {
	struct arena *mem;
	struct doc *doc;
	const struct plan *plan;
	const struct plan_print *how;
	int appendix; /* appendices begun */
};

/* ---- words that change their form ---- */

/* The first word decides: "Дорожная карта" is she, "План" is he. */
static const char *
approved_word(struct arena *mem, struct str title)
{
	static const struct {
		const char *begins;
		const char *word;
	} words[] = {
	    {"план", "УТВЕРЖДЕН"},
	    {"комплекс", "УТВЕРЖДЕН"},
	    {"перечень", "УТВЕРЖДЕН"},
	    {"муниципальный", "УТВЕРЖДЕН"},
	    {"мероприятия", "УТВЕРЖДЕНЫ"},
	    {"меры", "УТВЕРЖДЕНЫ"},
	};
	struct str folded = text_fold(mem, title);

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_starts(folded, str_of(words[i].begins)))
			return words[i].word;
	return "УТВЕРЖДЕНА";
}

/* "приказом", "постановлением" */
static struct str
by_document(struct arena *mem, struct str document)
{
	struct str folded = text_fold(mem, document);

	if (str_ends(folded, S("ие")))
		return arena_fmt(mem, "%.*sм", STR_ARG(folded));
	return arena_fmt(mem, "%.*sом", STR_ARG(folded));
}

/* "Управление образования …" of whom: the word that leads is declined. */
static struct str
body_of(struct arena *mem, struct str body)
{
	static const struct {
		const char *nominative, *genitive;
	} words[] = {
	    {"управление", "управления"},
	    {"отдел", "отдела"},
	    {"комитет", "комитета"},
	    {"департамент", "департамента"},
	    {"администрация", "администрации"},
	    {"министерство", "министерства"},
	};
	struct str rest = body, first = {0};

	(void)str_split(&rest, ' ', &first);
	struct str folded = text_fold(mem, first);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(folded, str_of(words[i].nominative)))
			return arena_fmt(
			    mem, "%s %.*s", words[i].genitive, STR_ARG(rest));
	return S("");
}

/* "дорожной карты", "дорожную карту": the first words in another case. */
struct title_word {
	const char *nominative, *genitive, *accusative;
};

static const struct title_word title_words[] = {
    {"Дорожная карта", "дорожной карты", "прилагаемую дорожную карту"},
    {"План", "плана", "прилагаемый план"},
    {"Программа", "программы", "прилагаемую программу"},
    {"Муниципальная программа", "муниципальной программы",
	"прилагаемую муниципальную программу"},
    {"Муниципальная дорожная карта", "муниципальной дорожной карты",
	"прилагаемую муниципальную дорожную карту"},
    {"Муниципальный план", "муниципального плана",
	"прилагаемый муниципальный план"},
    {"Комплексный план", "комплексного плана", "прилагаемый комплексный план"},
    {"Комплекс", "комплекса", "прилагаемый комплекс"},
    {"Перечень", "перечня", "прилагаемый перечень"},
};

static const struct title_word *
title_word_of(struct str title)
{
	for (size_t i = 0; i < COUNT_OF(title_words); i++) {
		struct str begins = str_of(title_words[i].nominative);

		if (str_starts(title, begins) &&
		    (title.n == begins.n || title.p[begins.n] == ' '))
			return &title_words[i];
	}
	return NULL;
}

/* The title with its first words in that case, or in quotes as it is. */
static struct str
title_in_case(struct arena *mem, struct str title, bool genitive)
{
	const struct title_word *w = title_word_of(title);

	if (!w)
		return arena_fmt(mem, "%s «%.*s»",
		    genitive ? "документа" : "прилагаемый документ",
		    STR_ARG(title));
	return arena_fmt(mem, "%s%.*s", genitive ? w->genitive : w->accusative,
	    STR_ARG(str_from(title, str_of(w->nominative).n)));
}

struct str
plan_period_text(struct arena *mem, struct day_span period)
{
	char year[SYEAR_TEXT];
	struct civil from, to;

	if (date_is_none(period.from) || date_is_none(period.to))
		return S("");
	from = date_civil(period.from);
	to = date_civil(period.to);
	if (from.month == 9 && from.day == 1 && to.year == from.year + 1 &&
	    to.month >= 5 && to.month <= 8)
		return arena_fmt(mem, "на %s учебный год",
		    syear_text(syear_of(period.from), year));
	if (from.month != 1 || from.day != 1 || to.month != 12 || to.day != 31)
		return arena_fmt(mem, "на период с %.*s по %.*s",
		    STR_ARG(date_ru(mem, period.from)),
		    STR_ARG(date_ru(mem, period.to)));
	if (from.year == to.year)
		return arena_fmt(mem, "на %d год", from.year);
	return arena_fmt(mem, "на %d–%d годы", from.year, to.year);
}

static struct str
full_title(const struct writer *w)
{
	struct day_span said;
	struct str title = w->plan->head.title;

	if (period_in(title, &said))
		return title;
	return arena_fmt(w->mem, "%.*s\n%.*s", STR_ARG(title),
	    STR_ARG(plan_period_text(
		w->mem, (struct day_span){w->plan->head.period_from,
			    w->plan->head.period_to})));
}

/* ---- the details of the order ---- */

static bool
is_project(const struct writer *w)
{
	return !w->how->document_number.n || date_is_none(w->how->document_on);
}

static struct str
document_word(const struct writer *w)
{
	return w->how->document.n ? w->how->document : S("приказ");
}

static struct str
upper(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);

	/* а-я are in two rows of the table, ё stands aside. */
	while (s.n) {
		struct str at = s;
		int32_t c = utf8_next(&at);

		if (c >= 0x430 && c <= 0x44F)
			c -= 0x20;
		else if (c == 0x451)
			c = 0x401;
		if (c >= 0x400 && c <= 0x45F) {
			buf_char(&b, (char)(0xC0 | c >> 6));
			buf_char(&b, (char)(0x80 | (c & 0x3F)));
		} else {
			buf_put(&b, str_cut(s, 0, s.n - at.n));
		}
		s = at;
	}
	return buf_str(&b);
}

static struct str
day_text(const struct writer *w)
{
	return is_project(w) ? S("«___» ____________ 20___ г.") :
			       date_ru(w->mem, w->how->document_on);
}

static struct str
number_text(const struct writer *w)
{
	return is_project(w) ? S("№ ________") :
			       arena_fmt(w->mem, "№ %.*s",
				   STR_ARG(w->how->document_number));
}

static void
approved_block(struct writer *w)
{
	struct arena *mem = w->mem;
	const char *word = approved_word(mem, w->plan->head.title);
	struct str body = body_of(mem, w->how->body);

	if (w->how->school.n) {
		doc_approved(w->doc,
		    arena_fmt(mem,
			"УТВЕРЖДАЮ\nДиректор %.*s\n____________ / %.*s\n%.*s",
			STR_ARG(w->how->school),
			STR_ARG(w->how->signer_name.n ? w->how->signer_name :
							S("______________")),
			STR_ARG(day_text(w))));
		return;
	}
	doc_approved(w->doc,
	    arena_fmt(mem, "%s\n%.*s%s%.*s\nот %.*s %.*s", word,
		STR_ARG(by_document(mem, document_word(w))), body.n ? "\n" : "",
		STR_ARG(body), STR_ARG(day_text(w)), STR_ARG(number_text(w))));
}

/* ---- the order ---- */

static void
order_head(struct writer *w)
{
	struct arena *mem = w->mem;

	if (is_project(w))
		doc_text(w->doc, DOC_RIGHT, S("Проект"));
	doc_text(w->doc, DOC_CENTRE, upper(mem, w->how->body));
	doc_heading(w->doc, 1, upper(mem, document_word(w)));
	doc_requisites(w->doc, day_text(w), number_text(w));
	if (w->how->place.n)
		doc_text(w->doc, DOC_CENTRE, w->how->place);
	doc_text(w->doc, DOC_PLAIN, S(""));
	doc_text(w->doc, DOC_CENTRE,
	    arena_fmt(mem, "Об утверждении %.*s",
		STR_ARG(title_in_case(mem, w->plan->head.title, true))));
	doc_text(w->doc, DOC_PLAIN, S(""));
}

/* Acts of the basis stand one a line; in the sentence commas join them. */
static struct str
preamble(struct writer *w)
{
	struct buf b = buf_open(w->mem, 0);
	struct str rest = w->plan->head.basis, line;
	struct str aim = str_trim(w->plan->head.aim);

	if (aim.n)
		buf_fmt(&b, "В целях: %.*s", STR_ARG(aim));
	for (bool first = true; str_split(&rest, '\n', &line);) {
		line = str_trim(line);
		if (!line.n)
			continue;
		buf_c(&b, !first ? ", " :
			  aim.n  ? ", на основании: " :
				   "На основании: ");
		buf_put(&b, line);
		first = false;
	}
	if (!b.n)
		buf_c(&b, "В целях адресной поддержки школ и повышения "
			  "качества образования");
	return buf_str(&b);
}

static void
order_preamble(struct writer *w)
{
	bool commands = str_eq(document_word(w), S("приказ"));

	doc_text(w->doc, DOC_BODY, preamble(w));
	doc_text(
	    w->doc, DOC_BODY, commands ? S("ПРИКАЗЫВАЮ:") : S("ПОСТАНОВЛЯЮ:"));
}

static struct str
clause_text(struct arena *mem, const struct q_measure *m)
{
	const struct deadline_context anywhere = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct str title = str_trim(m->title), phrase;
	struct deadline other;

	while (title.n &&
	       (title.p[title.n - 1] == '.' || title.p[title.n - 1] == ';'))
		title.n--;
	if (!m->deadline.n)
		return arena_fmt(mem, "%.*s.", STR_ARG(title));
	/* A text with a deadline of its own must not swallow the clause's. */
	bool has_other = deadline_find(mem, title, &anywhere, &phrase, &other);
	return arena_fmt(mem, "%.*s%s%.*s.", STR_ARG(title),
	    has_other ? CLAUSE_OWN_TERM : " ", STR_ARG(m->deadline));
}

/*
 * Clauses that are tasks: one addressee's together under a clause of their
 * own, as orders print them.
 */
static void
order_tasks(struct writer *w, const struct plan_part *part)
{
	struct str addressee = {0};

	for (size_t i = 0; i < part->n; i++) {
		const struct q_measure *m = &part->rows[i].m;

		if (m->is_dropped)
			continue;
		if (!m->responsible.n) {
			addressee = (struct str){0};
			doc_text(w->doc, DOC_CLAUSE_1, clause_text(w->mem, m));
			continue;
		}
		if (!str_eq(addressee, m->responsible)) {
			addressee = m->responsible;
			doc_text(w->doc, DOC_CLAUSE_1,
			    arena_fmt(w->mem, "%.*s:", STR_ARG(addressee)));
		}
		doc_text(w->doc, DOC_CLAUSE_2, clause_text(w->mem, m));
	}
}

static bool
has_people(const struct writer *w)
{
	return (w->how->parts & PRINT_PEOPLE) && w->plan->n_people > 0;
}

static void
order_clauses(struct writer *w)
{
	struct arena *mem = w->mem;
	struct str control = str_trim(w->plan->head.control);

	doc_text(w->doc, DOC_CLAUSE_1,
	    arena_fmt(mem, "Утвердить %.*s (приложение%s).",
		STR_ARG(title_in_case(mem, w->plan->head.title, false)),
		has_people(w) ? " 1" : ""));
	if (has_people(w))
		doc_text(w->doc, DOC_CLAUSE_1,
		    S("Утвердить список ответственных (приложение 2)."));
	for (size_t i = 0; i < w->plan->n_parts; i++)
		if (str_eq(w->plan->parts[i].s.kind, S("order")))
			order_tasks(w, &w->plan->parts[i]);
	if (!control.n)
		control = S("оставляю за собой");
	while (control.n && control.p[control.n - 1] == '.')
		control.n--;
	doc_text(w->doc, DOC_CLAUSE_1,
	    str_starts(text_fold(mem, control), S("контроль")) ?
		arena_fmt(mem, "%.*s.", STR_ARG(control)) :
		arena_fmt(
		    mem, "Контроль за исполнением %.*s.", STR_ARG(control)));
}

static void
print_order(struct writer *w)
{
	order_head(w);
	order_preamble(w);
	order_clauses(w);
	doc_text(w->doc, DOC_PLAIN, S(""));
	doc_signature(w->doc,
	    w->how->signer_post.n ? w->how->signer_post : S("Руководитель"),
	    w->how->signer_name);
}

/* ---- appendices ---- */

/* Five columns and more lie. */
static bool
lies(const struct writer *w)
{
	struct printed_columns c = printed_columns_of(
	    w->how->columns.n ? w->how->columns : w->plan->head.columns);

	return c.n >= 5;
}

static void
begin_appendix(struct writer *w, bool landscape, bool a3)
{
	bool is_first_page = !(w->how->parts & PRINT_ORDER) && !w->appendix;

	w->appendix++;
	if (!is_first_page)
		doc_page_form(w->doc, landscape, a3);
	if ((w->how->parts & PRINT_ORDER) && !w->how->school.n)
		doc_text(w->doc, DOC_RIGHT,
		    has_people(w) ?
			arena_fmt(w->mem, "Приложение %d", w->appendix) :
			S("Приложение"));
}

static void
print_appendix(struct writer *w)
{
	begin_appendix(w, lies(w), w->how->a3);
	approved_block(w);
	doc_heading(w->doc, 1, full_title(w));
	plan_print_tables(w->mem, w->doc, w->plan, w->how);
}

static void
print_people(struct writer *w)
{
	static const struct doc_column columns[] = {
	    {S_INIT("№ п/п"), 6, false, true},
	    {S_INIT("Фамилия, имя, отчество"), 34, false, false},
	    {S_INIT("Место работы, должность"), 38, false, false},
	    {S_INIT("Ответственный за направление"), 30, false, false},
	};
	struct doc_table *t;

	begin_appendix(w, false, false);
	doc_heading(w->doc, 1, S("Список ответственных"));
	t = doc_table(w->doc, columns, COUNT_OF(columns));
	for (size_t i = 0; i < w->plan->n_people; i++) {
		const struct q_plan_person *who = &w->plan->people[i];

		doc_row(t, DOC_ROW_BODY,
		    (struct str[]){arena_fmt(w->mem, "%zu.", i + 1), who->name,
			who->post, who->area},
		    COUNT_OF(columns));
	}
}

static struct str
acquainted_word(struct arena *mem, const struct plan_acquainted *a)
{
	if (date_is_none(a->on))
		return S("");
	return arena_fmt(mem, "%.*s, %s", STR_ARG(date_ru(mem, a->on)),
	    a->is_on_paper ? "на бумаге" :
			     "в программе, по своей учётной "
			     "записи");
}

static void
print_sheet(struct writer *w)
{
	static const struct doc_column columns[] = {
	    {S_INIT("№ п/п"), 6, false, true},
	    {S_INIT("Фамилия, инициалы"), 26, false, false},
	    {S_INIT("Должность"), 30, false, false},
	    {S_INIT("Дата"), 26, false, false},
	    {S_INIT("Подпись"), 16, false, false},
	};
	struct doc_table *t;

	doc_page_form(w->doc, false, false);
	doc_heading(w->doc, 1, S("Лист ознакомления"));
	doc_text(w->doc, DOC_CENTRE,
	    is_project(w) ? S("с документом") :
			    arena_fmt(w->mem, "с документом: %.*s от %.*s %.*s",
				STR_ARG(document_word(w)), STR_ARG(day_text(w)),
				STR_ARG(number_text(w))));
	doc_text(w->doc, DOC_PLAIN, S(""));
	t = doc_table(w->doc, columns, COUNT_OF(columns));
	for (size_t i = 0; i < w->how->n_acquainted; i++) {
		const struct plan_acquainted *a = &w->how->acquainted[i];

		doc_row(t, DOC_ROW_BODY,
		    (struct str[]){arena_fmt(w->mem, "%zu.", i + 1), a->name,
			a->organisation.n ?
			    arena_fmt(w->mem, "%.*s%s%.*s", STR_ARG(a->post),
				a->post.n ? ", " : "",
				STR_ARG(a->organisation)) :
			    a->post,
			acquainted_word(w->mem, a), S("")},
		    COUNT_OF(columns));
	}
}

struct doc *
plan_doc(struct arena *mem, const struct plan *p, const struct plan_print *how)
{
	struct writer w = {.mem = mem, .plan = p, .how = how};
	bool only = !(how->parts & PRINT_ORDER);
	const struct doc_head head = {.title = p->head.title,
	    .footer =
		date_is_none(how->document_on) || !how->document_number.n ?
		    S("Проект") :
		    arena_fmt(mem, "%.*s от %.*s № %.*s",
			STR_ARG(text_capital(mem, document_word(&w))),
			STR_ARG(date_ru(mem, how->document_on)),
			STR_ARG(how->document_number)),
	    .landscape = only && (how->parts & PRINT_APPENDIX) && lies(&w),
	    .a3 = only && how->a3,
	    .made_on = how->made_on};

	w.doc = doc_open(mem, &head);
	if (how->parts & PRINT_ORDER)
		print_order(&w);
	if (how->parts & PRINT_APPENDIX)
		print_appendix(&w);
	if (has_people(&w))
		print_people(&w);
	if (how->parts & PRINT_SHEET)
		print_sheet(&w);
	return w.doc;
}
