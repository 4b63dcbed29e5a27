/*
 * recognise_title.c - what stands above the headings or in the file's name:
 * which work, when, whose.
 *
 *	01 - Русский язык 2022.06.23          a protocol; NN_YYYY.MM.DD a file
 *	Английский язык п:2022.06.14; у:…     a protocol of two days
 *	ВПР 2025 Русский язык 5 класс         Ф1 and other reports of ФИС ОКО
 *	Предмет: | Математика                 rows of two cells above a table
 *	Вьюжинская СОШ (edu000101) | … Кол-во участников: 12
 */
#include "convert/recognise_parts.h"

void
title_clear(struct title *t)
{
	*t = (struct title){.dated = DATE_NONE, .declared = -1};
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The first YYYY.MM.DD, DD.MM.YYYY or YYYY-MM-DD of a text. */
static bool
date_in(struct str text, size_t *ret_at, struct date *ret)
{
	for (size_t i = 0; i + 10 <= text.n; i++) {
		if (!is_digit(text.p[i]) || (i && is_digit(text.p[i - 1])))
			continue;
		if (i + 10 < text.n && is_digit(text.p[i + 10]))
			continue;
		if (date_parse_loose(str_cut(text, i, i + 10), ret)) {
			*ret_at = i;
			return true;
		}
	}
	return false;
}

/* 2015..2100 standing alone. */
static bool
year_in(struct str text, size_t *ret_after, int32_t *ret)
{
	int64_t year;

	for (size_t i = 0; i + 4 <= text.n; i++) {
		if ((i && is_digit(text.p[i - 1])) ||
		    (i + 4 < text.n && is_digit(text.p[i + 4])))
			continue;
		if (all_digits(str_cut(text, i, i + 4)) &&
		    str_to_int(str_cut(text, i, i + 4), &year) &&
		    year >= 2010 && year <= 2100) {
			*ret = (int32_t)year;
			*ret_after = i + 4;
			return true;
		}
	}
	return false;
}

/* The number before the word, one or two digits: "5 класс". */
static int32_t
number_before(struct str text, size_t at)
{
	int64_t value;
	size_t to = at;

	while (to > 0 && (text.p[to - 1] == ' ' || text.p[to - 1] == '-'))
		to--;
	size_t from = to;
	while (from > 0 && is_digit(text.p[from - 1]) && to - from < 2)
		from--;
	if (from == to || !str_to_int(str_cut(text, from, to), &value))
		return 0;
	return (int32_t)value;
}

static void
read_grade(struct title *t, struct str folded)
{
	static const struct str word = S_INIT("класс");
	ptrdiff_t programme = str_find(folded, S("по программе"));
	size_t from = programme < 0 ? 0 : (size_t)programme;
	ptrdiff_t at = str_find(str_from(folded, from), word);

	if (at < 0)
		return;
	int32_t grade = number_before(folded, from + (size_t)at);
	if (grade < 1 || grade > 12)
		return;
	t->grade = grade;
	t->is_programme_grade = programme >= 0;
}

static void
read_level(struct title *t, struct str folded)
{
	static const struct {
		struct str word, level;
	} words[] = {{S_INIT("впр"), S_INIT("vpr")},
	    {S_INIT("всероссийск"), S_INIT("vpr")},
	    {S_INIT("гвэ"), S_INIT("gve")}, {S_INIT("огэ"), S_INIT("oge")},
	    {S_INIT("егэ"), S_INIT("ege")}};

	for (size_t i = 0; i < COUNT_OF(words) && !t->level.n; i++) {
		ptrdiff_t at = str_find(folded, words[i].word);
		/* «кегэ» is the computer form, not a level's name */
		if (at >= 0 &&
		    !(at >= 2 &&
			str_eq(str_cut(folded, (size_t)at - 2, (size_t)at),
			    S("к"))))
			t->level = words[i].level;
	}
}

/* "01 - Русский язык " before the date. */
static void
read_coded_subject(struct recogniser *r, struct title *t, struct str before)
{
	size_t n = 0;

	before = str_trim(before);
	while (n < before.n && is_digit(before.p[n]))
		n++;
	struct str rest = str_trim(str_from(before, n));
	bool dash = str_starts(rest, S("-")) || str_starts(rest, S("–")) ||
		    str_starts(rest, S("—")) || str_starts(rest, S("_")) ||
		    !rest.n;
	if (n > 0 && n <= 3 && dash)
		t->code = arena_str(r->mem, str_cut(before, 0, n));
	if (before.n)
		t->subject = text_fold(r->mem, before);
}

/* One text: a title, the name of a file, the column «Экзамен». */
bool
title_of_text(struct recogniser *r, struct title *t, struct str text)
{
	struct str folded = text_fold(r->scratch, text);
	size_t at;
	int32_t year;
	bool found = false;

	read_level(t, folded);
	read_grade(t, folded);
	if (date_in(folded, &at, &t->dated)) {
		t->year = date_civil(t->dated).year;
		read_coded_subject(r, t, str_cut(folded, 0, at));
		found = true;
	} else if (year_in(folded, &at, &year)) {
		t->year = year;
		found = true;
	}
	if (!t->subject.n && (t->level.n || t->grade)) {
		t->subject = text_fold(r->mem, text);
		found = true;
	}
	return found || t->level.n;
}

/* "Предмет: Математика", or the value in the next cell. */
static struct str
labelled(struct str folded, const struct cell *cells, size_t n, size_t i)
{
	ptrdiff_t colon = str_find_char(folded, ':');
	struct str rest =
	    colon < 0 ? S("") : str_trim(str_from(folded, (size_t)colon + 1));

	if (rest.n || i + 1 >= n)
		return rest;
	return cells[i + 1].text;
}

static bool
read_label(struct recogniser *r, struct title *t, struct str folded,
    const struct cell *cells, size_t n, size_t i)
{
	struct str value = labelled(folded, cells, n, i);
	size_t at;

	if (str_starts(folded, S("предмет"))) {
		t->subject = text_fold(r->mem, value);
	} else if (str_starts(folded, S("дата"))) {
		if (date_in(value, &at, &t->dated))
			t->year = date_civil(t->dated).year;
	} else if (str_starts(folded, S("класс")) && value.n) {
		int64_t grade;
		if (cell_integer(cell_code(value), &grade) && grade >= 1 &&
		    grade <= 12)
			t->grade = (int32_t)grade;
	} else {
		return false;
	}
	return value.n > 0;
}

/* «Кол-во участников: 12» beside an organisation. */
static bool
read_declared(struct recogniser *r, struct title *t, struct str folded,
    const struct cell *cells, size_t n)
{
	ptrdiff_t at = str_find(folded, S("участников"));
	struct str login;
	int64_t declared;

	if (at < 0)
		return false;
	struct str rest =
	    str_from(folded, (size_t)at + sizeof "участников" - 1);
	rest = str_trim(rest);
	if (!str_starts(rest, S(":")))
		return false;
	rest = str_trim(str_from(rest, 1));
	size_t digits = 0;
	while (digits < rest.n && is_digit(rest.p[digits]))
		digits++;
	if (!str_to_int(str_cut(rest, 0, digits), &declared))
		return false;
	t->declared = (t->declared > 0 ? t->declared : 0) + declared;
	for (size_t i = 0; i < n; i++)
		if (login_in(cells[i].text, &login)) {
			t->school.login = arena_str(r->mem, login);
			t->school.name =
			    arena_str(r->mem, str_trim(cells[i].text));
			break;
		}
	return true;
}

/* Reports of ФИС ОКО from which no results can be counted. */
static struct str
other_report(struct str folded)
{
	static const struct {
		struct str word, title;
	} reports[] = {
	    {S_INIT("сравнение отметок"),
		S_INIT("Сравнение отметок с отметками по журналу")},
	    {S_INIT("выполнение заданий"), S_INIT("Выполнение заданий")},
	    {S_INIT("достижение планируемых"),
		S_INIT("Достижение планируемых результатов")},
	    {S_INIT("понизили"),
		S_INIT("Сравнение отметок с отметками по журналу")},
	};

	for (size_t i = 0; i < COUNT_OF(reports); i++)
		if (str_starts(folded, reports[i].word))
			return reports[i].title;
	return S("");
}

bool
title_read(
    struct recogniser *r, struct title *t, const struct cell *cells, size_t n)
{
	bool found = false;
	size_t filled = 0;

	for (size_t i = 0; i < n; i++)
		filled += cells[i].text.n > 0;
	for (size_t i = 0; i < n; i++) {
		struct str folded = text_fold(r->scratch, cells[i].text);
		struct str other = other_report(folded);
		if (other.n)
			t->other_report = other;
		if (folded.n < 3 || filled > 6)
			continue;
		if (read_declared(r, t, folded, cells, n) ||
		    read_label(r, t, folded, cells, n, i)) {
			found = true;
			continue;
		}
		struct title seen;
		title_clear(&seen);
		if (filled > 3 || !title_of_text(r, &seen, cells[i].text))
			continue;
		if (seen.subject.n) {
			t->subject = seen.subject;
			t->code = seen.code;
		}
		if (seen.level.n)
			t->level = seen.level;
		if (!date_is_none(seen.dated))
			t->dated = seen.dated;
		if (seen.year) {
			t->year = seen.year;
			t->is_year_of_name = false;
		}
		if (seen.grade) {
			t->grade = seen.grade;
			t->is_programme_grade = seen.is_programme_grade;
		}
		found |= seen.subject.n > 0 || !date_is_none(seen.dated);
	}
	return found;
}

struct str
vpr_procedure(struct recogniser *r, struct str subject, int64_t grade)
{
	struct str folded = text_fold(r->scratch, subject);
	const struct subject_code *s = NULL;

	if (all_digits(cell_code(folded)))
		s = subject_by_code(r->data, S("vpr"), folded);
	if (!s)
		s = subject_in_text(r->data, S("vpr"), folded);
	if (!s || grade < 1 || grade > 11)
		return S("");
	return procedure_at_grade(r->mem, s, grade);
}

/*
 * BASIS: domain-1.6 - a work written in autumn is about the programme of the
 * grade before; its results belong to that programme and to the school year in
 * which it was studied.
 */
struct str
autumn_programme(struct recogniser *r, struct str subject, int64_t grade)
{
	if (!r->is_autumn || r->title.is_programme_grade)
		return vpr_procedure(r, subject, grade);
	if (r->options->autumn == AUTUMN_ACTUAL)
		return vpr_procedure(r, subject, grade - 1);
	return vpr_procedure(r, subject, grade);
}

static void
settle_vpr(struct recogniser *r)
{
	struct title *t = &r->title;

	if (!date_is_none(t->dated) && date_civil(t->dated).month >= 9)
		r->is_autumn = true;
	if (r->options->autumn != AUTUMN_NOT_SAID)
		r->is_autumn = true;
	if (!t->grade || !t->subject.n)
		return;
	r->procedure = autumn_programme(r, t->subject, t->grade);
	if (r->is_autumn && r->options->autumn == AUTUMN_NOT_SAID &&
	    !t->is_programme_grade)
		warn_at(r, 0,
		    N_("Работа написана осенью; класс %d понят как класс "
		       "программы, а не тот, в котором учатся дети. Если "
		       "это не так, укажите это при загрузке."),
		    t->grade);
}

/*
 * Which of the levels the pair of code and name belongs to; the code alone
 * means nothing.
 */
static const struct subject_code *
settle_exam(struct recogniser *r, struct str level)
{
	static const struct str levels[] = {
	    S_INIT("oge"), S_INIT("ege"), S_INIT("gve")};
	const struct title *t = &r->title;
	const struct subject_code *s = NULL;

	if (t->code.n) {
		s = subject_by_code(r->data, level, t->code);
		if (s && names_in_text(s->names, t->subject))
			return s;
		for (size_t i = 0; i < COUNT_OF(levels); i++) {
			const struct subject_code *other =
			    subject_by_code(r->data, levels[i], t->code);
			if (other && names_in_text(other->names, t->subject))
				return other;
		}
	}
	const struct subject_code *named =
	    t->subject.n ? subject_in_text(r->data, level, t->subject) : NULL;
	return named ? named : s;
}

/*
 * What the person said beside the file.  A procedure is theirs to say: titles
 * name subjects in many ways.  A year only fills a gap: a file that says its
 * own is not moved into another.
 */
static void
settle_options(struct recogniser *r)
{
	const struct recogniser_options *o = r->options;

	if (o->procedure.n) {
		if (r->procedure.n && !str_eq(r->procedure, o->procedure))
			warn_at(r, 0,
			    N_("В файле названа процедура «%.*s», а при "
			       "загрузке указана «%.*s»; взята указанная."),
			    STR_ARG(r->procedure), STR_ARG(o->procedure));
		r->procedure = o->procedure;
	}
	if (o->year.first) {
		bool is_in_file = r->year.first && !r->title.is_year_of_name;
		char in_file[SYEAR_TEXT], said[SYEAR_TEXT];
		if (is_in_file && r->year.first != o->year.first)
			warn_at(r, 0,
			    N_("В файле назван учебный год %s, а при загрузке "
			       "указан %s; взят тот, что в файле."),
			    syear_text(r->year, in_file),
			    syear_text(o->year, said));
		if (!is_in_file)
			r->year = o->year;
	}
}

void
block_settle(struct recogniser *r, struct str level)
{
	struct title named;

	title_clear(&named);
	r->procedure = S("");
	r->is_autumn = false;
	if (r->options->file_name.n &&
	    title_of_text(r, &named, r->options->file_name)) {
		struct title *t = &r->title;
		if (!t->subject.n && !t->code.n) {
			t->subject = named.subject;
			t->code = named.code;
		}
		if (date_is_none(t->dated))
			t->dated = named.dated;
		if (!t->year) {
			t->year = named.year;
			t->is_year_of_name = named.year != 0;
		}
		if (!t->grade)
			t->grade = named.grade;
	}
	r->dated = r->title.dated;
	r->year = syear_of_exam(r->title.year);
	if (str_eq(level, S("vpr"))) {
		settle_vpr(r);
	} else if (r->title.code.n || r->title.subject.n) {
		const struct subject_code *s = settle_exam(r, level);
		if (s)
			r->procedure = s->procedure;
	}
	settle_options(r);
}

struct str
title_text(struct recogniser *r, struct arena *mem)
{
	const struct title *t = &r->title;
	const struct subject_code *s = NULL;
	struct str day = S(""), name;

	if (!r->procedure.n || r->head->layout->kind <= FILE_OFFICIAL_LIST ||
	    r->options->procedure.n)
		return S("");
	if (!date_is_none(r->dated)) {
		struct civil c = date_civil(r->dated);
		day = arena_fmt(mem, "%04d.%02d.%02d", c.year, c.month, c.day);
	}
	bool is_vpr = str_starts(r->procedure, S("vpr-"));
	vec_each(struct subject_code, one, &r->data->subjects) {
		struct str settled = procedure_at_grade(mem, one, t->grade);
		if (!s && (is_vpr ? names_in_text(one->names, t->subject) &&
					str_eq(one->level, S("vpr")) :
				    str_eq(settled, r->procedure)))
			s = one;
	}
	if (!s)
		return S("");
	name = s->names;
	struct str first;
	(void)str_split(&name, '|', &first);
	if (!is_vpr)
		return arena_fmt(mem, "%.*s - %.*s %.*s", STR_ARG(s->code),
		    STR_ARG(first), STR_ARG(day));
	struct str year = day.n ? day : arena_fmt(mem, "%d", r->year.first + 1);
	return arena_fmt(mem,
	    t->is_programme_grade ? "ВПР %.*s (по программе %d класса) %.*s" :
				    "ВПР %.*s %d класс %.*s",
	    STR_ARG(first), t->grade, STR_ARG(year));
}

size_t
filled_cells(const struct record *rec)
{
	size_t filled = 0;

	for (size_t i = 0; i < rec->n; i++)
		filled += str_trim(rec->cells[i].text).n > 0;
	return filled;
}

bool
title_among_rows(struct recogniser *r, const struct record *rec)
{
	struct title seen;

	if (filled_cells(rec) > 2)
		return false;
	title_clear(&seen);
	if (!title_read(r, &seen, rec->cells, rec->n) ||
	    !str_eq(seen.level, S("vpr")) || !seen.grade)
		return false;
	seen.school = r->title.school;
	seen.declared = -1;
	r->title = seen;
	block_settle(r, S("vpr"));
	r->block++;
	return true;
}
