/*
 * recognise.c - a stranger's table becomes typed rows: the two states of a
 * sheet, the complaints, and the rows that are refused.
 */
#include <sodium/crypto_shorthash.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "convert/recognise_parts.h"

const char *const file_kind_codes[FILE_KIND_COUNT] = {
    [FILE_UNKNOWN] = "unknown",
    [FILE_SCHOOLS] = "schools",
    [FILE_RESULTS] = "results",
    [FILE_PUPILS] = "pupils",
    [FILE_OBSERVATIONS] = "observations",
    [FILE_OFFICIAL_LIST] = "official-list",
    [FILE_F1] = "f1",
    [FILE_MARK_STATS] = "mark-stats",
    [FILE_MARKS_TABLE] = "marks-table",
    [FILE_SCORES_TABLE] = "scores-table",
    [FILE_BIAS_TABLE] = "bias-table",
    [FILE_COLLECTED] = "collected",
    [FILE_OGE_PROTOCOL] = "oge-protocol",
    [FILE_EGE_PROTOCOL] = "ege-protocol",
};

const char *const file_kind_titles[FILE_KIND_COUNT] = {
    [FILE_UNKNOWN] = N_("Не распознан"),
    [FILE_SCHOOLS] = N_("Список школ"),
    [FILE_RESULTS] = N_("Результаты школ"),
    [FILE_PUPILS] = N_("Результаты учеников"),
    [FILE_OBSERVATIONS] = N_("Показатели школ"),
    [FILE_OFFICIAL_LIST] = N_("Официальный перечень"),
    [FILE_F1] = N_("Ф1 Индивидуальные результаты"),
    [FILE_MARK_STATS] = N_("Статистика по отметкам"),
    [FILE_MARKS_TABLE] = N_("Сводная таблица отметок"),
    [FILE_SCORES_TABLE] = N_("Распределение первичных баллов"),
    [FILE_BIAS_TABLE] = N_("Маркеры необъективности"),
    [FILE_COLLECTED] = N_("Сборный протокол ВПР"),
    [FILE_OGE_PROTOCOL] = N_("Протокол ОГЭ"),
    [FILE_EGE_PROTOCOL] = N_("Протокол ЕГЭ"),
};

bool
has_field(const struct recogniser *r, enum field field)
{
	return r->head && (r->head->fields & HAS(field));
}

struct place
place_of(struct recogniser *r, uint32_t row, enum field field)
{
	struct place at = {.sheet = r->sheet, .row = row};

	if (field != FIELD_NONE && has_field(r, field))
		at.column = r->head->headings[r->head->column_of[field]];
	return at;
}

struct source_cell
source_of(struct recogniser *r, uint32_t row, enum field field)
{
	struct place at = place_of(r, row, field);

	return (struct source_cell){
	    .sheet = at.sheet,
	    .row = row,
	    .last_row = row,
	    .column = at.column,
	};
}

/* True when the same row was complained about in an earlier pass. */
static bool
was_said(const struct recogniser *r, uint32_t row)
{
	if (r->says_again)
		return false;
	if (r->sheet_index != r->said.sheet)
		return r->sheet_index < r->said.sheet;
	return row <= r->said.row;
}

/* Words that mean something in columns about the attempt and the person. */
static bool
is_word_of_field(enum field field, struct str folded)
{
	static const struct {
		enum field field;
		const char *words;
	} known[] = {
	    {FIELD_ATTEMPT, "main|reserve|retake|основной|основной день|"
			    "резервный|резервный день|резерв|пересдача|"
			    "повторно|дополнительный период"},
	    {FIELD_GRADUATE, "current|previous|впл|гвэ|текущий|текущего года|"
			     "прошлых лет|выпускник прошлых лет|"
			     "выпускник текущего года"},
	    {FIELD_CATEGORY, "впл|гвэ|егэ|огэ|прошлых лет|текущего года|"
			     "выпускник прошлых лет|выпускник текущего года"},
	    {FIELD_GRADE, "впл|прошлых лет|выпускник прошлых лет"},
	};
	struct str word;

	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct str words = str_of(known[i].words);
		while (known[i].field == field && str_split(&words, '|', &word))
			if (str_eq(word, folded))
				return true;
	}
	return false;
}

/* A word in a file about people is repeated only where it is understood. */
static bool
is_known_word(struct recogniser *r, enum field field, struct str value)
{
	static const struct str levels[] = {
	    S_INIT("vpr"), S_INIT("oge"), S_INIT("ege"), S_INIT("gve")};

	if (field == FIELD_CODE)
		return false;
	if (HAS(field) & SCHOOL_SET)
		return true;
	if (field == FIELD_VARIANT || field == FIELD_MARK ||
	    field == FIELD_SCORE)
		return cell_missing(r, value);
	if (field == FIELD_PROCEDURE)
		return cell_procedure(r, value).n > 0;
	struct str folded = text_fold(r->scratch, value);
	if (is_word_of_field(field, folded))
		return true;
	if (field != FIELD_EXAM && field != FIELD_SUBJECT)
		return false;
	for (size_t i = 0; i < COUNT_OF(levels); i++)
		if (subject_in_text(r->data, levels[i], folded))
			return true;
	return false;
}

/*
 * What may be repeated to people of a cell in a file about people: no unknown
 * word (it may be a name in a shifted column), no long number (a document).
 */
static struct str
shown_value(struct recogniser *r, enum field field, struct str value)
{
	size_t letters = 0, digits = 0;

	if (!r->head || !r->head->layout->holds_people)
		return text_clip(r->scratch, value, 80);
	if (HAS(field) & PERSON_SET)
		return S("");
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		digits += c >= '0' && c <= '9';
		letters += (c >= 0xC0) || (c >= 'A' && c <= 'Z') ||
			   (c >= 'a' && c <= 'z');
	}
	if (letters > 1 && !is_known_word(r, field, value))
		return S(N_("(текст скрыт)"));
	bool is_place = HAS(field) & (SCHOOL_SET | HAS(FIELD_YEAR));
	if (letters == 0 && digits > (is_place ? CODE_DIGITS : 3))
		return S(N_("(число скрыто)"));
	return text_clip(r->scratch, value, 80);
}

void
refuse(struct recogniser *r, struct record *rec, enum field field,
    const char *expected, const char *format, ...)
{
	char text[512];
	va_list ap;

	rec->is_bad = true;
	if (was_said(r, rec->row))
		return;
	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);

	struct complaint *c =
	    diag_error(r->d, place_of(r, rec->row, field), "%s", text);
	if (c == &r->d->spare)
		return;
	struct str value = shown_value(r, field, rec->field[field]);
	c->value = value.n ? arena_str(r->d->mem, value) : S("");
	c->expected = expected ? str_of(expected) : S("");
}

void
warn_at(struct recogniser *r, uint32_t row, const char *format, ...)
{
	char text[512];
	va_list ap;

	if (was_said(r, row ? row : r->row))
		return;
	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	(void)diag_warning(r->d, place_of(r, row, FIELD_NONE), "%s", text);
}

void
note_at(struct recogniser *r, uint32_t row, const char *format, ...)
{
	char text[512];
	va_list ap;

	if (was_said(r, row ? row : r->row))
		return;
	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	(void)diag_note(r->d, place_of(r, row, FIELD_NONE), "%s", text);
}

void
give_result(struct recogniser *r, const struct result_row *row)
{
	if (r->sink.result)
		r->sink.result(r->sink.ctx, row);
}

static struct str
key_of_row(struct arena *mem, struct str sheet, uint32_t row)
{
	return arena_fmt(mem, "%u\x1f%.*s", row, STR_ARG(sheet));
}

bool
is_asked_back(struct recogniser *r, struct str sheet, uint32_t row)
{
	return r->options->n_give_back &&
	       map_get(&r->asked_back, key_of_row(r->scratch, sheet, row)) !=
		   MAP_NONE;
}

static void
take_asked(struct recogniser *r)
{
	const struct recogniser_options *o = r->options;

	r->asked_back = map_open(r->mem);
	for (size_t i = 0; i < o->n_give_back; i++)
		*map_at(
		    &r->asked_back, key_of_row(r->mem, o->give_back[i].sheet,
					o->give_back[i].row)) = 1;
}

void
say_spoiled(struct recogniser *r, const struct result_row *row)
{
	struct place at = {.sheet = row->at.sheet, .row = row->at.row};

	(void)diag_warning(r->d, at,
	    N_("%.*s, %.*s: результат не посчитан, потому что в его строках "
	       "есть ошибки. Все строки школы по этой процедуре отклонены "
	       "вместе, чтобы исправленные загрузились целиком."),
	    STR_ARG(school_label(r->scratch, &row->school)),
	    STR_ARG(row->procedure));
}

uint64_t
person_hash(struct recogniser *r, struct str text)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t hash = 0;

	(void)crypto_shorthash(
	    out, (const unsigned char *)text.p, text.n, r->options->person_key);
	for (size_t i = 0; i < sizeof out; i++)
		hash = hash << 8 | out[i];
	return hash;
}

/* The same number for the same text within the file, from 1. */
static uint32_t
serial_of(
    struct recogniser *r, struct map *serials, uint32_t *last, struct str text)
{
	uint64_t hash = person_hash(r, text);
	struct str key = {(const char *)&hash, sizeof hash};

	if (map_get(serials, key) == MAP_NONE)
		*map_at(serials, arena_str(r->mem, key)) = ++*last;
	return (uint32_t)map_get(serials, key);
}

/*
 * What stands instead of a cell about a person.  «участник 17» in the first
 * column of the name, or of the code where there is no name; a number of its
 * own for each document.  People told apart by name and document, or found by
 * name alone, are so again when the rows come back.
 */
static struct str
pseudonym(struct recogniser *r, const struct record *rec, enum field f,
    enum field first[2])
{
	struct str name = person_name(r, rec);
	bool is_document = (HAS(f) & DOCUMENT_SET) != 0;
	enum field *column = &first[is_document];

	if ((f == FIELD_PUPIL && name.n) || f == FIELD_PRIVATE ||
	    (*column != FIELD_NONE && *column != f))
		return S("");
	*column = f;
	if (is_document)
		return arena_fmt(r->scratch, "%u",
		    serial_of(r, &r->documents, &r->last_document,
			person_document(r, rec)));
	return arena_fmt(r->scratch, N_("участник %u"),
	    serial_of(r, &r->people, &r->last_person,
		name.n ? name : cell_code(rec->field[FIELD_PUPIL])));
}

/* Points for a task: too short for a name or a document. */
static bool
is_harmless(struct str text)
{
	int64_t points;

	return text.n <= 2 &&
	       (text.n == 1 || (str_to_int(text, &points) && points >= 0) ||
		   str_eq(text, S("Х")) || str_eq(text, S("х")));
}

/* Nothing is lost when such a cell comes back empty. */
static bool
is_unread(struct recogniser *r, enum field f, uint32_t column)
{
	const uint64_t unread = HAS(FIELD_ORDINAL) | HAS(FIELD_PLACE) |
				HAS(FIELD_ANSWERS) | HAS(FIELD_UNREAD) |
				HAS(FIELD_APPEAL) | HAS(FIELD_MUNICIPALITY);

	return f == FIELD_NONE ? !column_is_task(r, column) :
				 (HAS(f) & unread) != 0;
}

/* What may not be repeated is hidden, so that it is asked about again. */
static struct str
refused_cell(struct recogniser *r, const struct record *rec, struct str text,
    uint32_t column, enum field first[2])
{
	enum field f = column < r->head->columns ?
			   (enum field)r->head->field_of[column] :
			   FIELD_NONE;

	if (!r->head->layout->holds_people || !str_trim(text).n)
		return text;
	if (f != FIELD_NONE && (HAS(f) & PERSON_SET))
		return pseudonym(r, rec, f, first);
	if (f == FIELD_NONE ? is_harmless(text) :
			      str_eq(shown_value(r, f, text), text))
		return text;
	return is_unread(r, f, column) ? S("") : S(N_("(скрыто)"));
}

static void
give_caption(struct recogniser *r, const struct str *cells, size_t n)
{
	const struct refused_row row = {
	    .at = {.sheet = r->sheet}, .cells = cells, .n = n};

	r->sink.refused(r->sink.ctx, &row);
}

void
give_tail(struct recogniser *r, const struct str *cells, size_t n)
{
	if (r->sink.refused && r->captioned == r->block)
		give_caption(r, cells, n);
}

/* What stands above the rows of this block, before its first refused one. */
static void
give_captions(struct recogniser *r)
{
	const struct table_head *head = r->head;
	struct str title;

	if (r->captioned == r->block)
		return;
	r->captioned = r->block;
	title = title_text(r, r->scratch);
	if (title.n)
		give_caption(r, &title, 1);
	if (head->layout->kind == FILE_F1 && r->title.school.login.n) {
		const struct str school[] = {r->title.school.name,
		    arena_fmt(r->scratch, N_("Кол-во участников: %lld"),
			(long long)(r->vpr.declared > 0 ? r->vpr.declared :
							  0))};
		give_caption(r, school, COUNT_OF(school));
	}
	bool is_same = head->columns == r->last_columns;
	for (uint32_t c = 0; is_same && c < head->columns; c++)
		is_same = str_eq(head->headings[c], r->last_headings[c]);
	if (!is_same)
		give_caption(r, head->headings, head->columns);
	r->last_headings = head->headings;
	r->last_columns = head->columns;
}

/*
 * Out through the sink in the file's own shape.  A row of a group waits for
 * the pass in which its whole group goes out, in the order of the file.
 */
static void
give_refused(struct recogniser *r, const struct record *rec)
{
	enum field first[2] = {FIELD_NONE, FIELD_NONE};

	bool is_later = rec->has_group && !r->refuses_groups;

	if (!r->sink.refused || is_later || was_said(r, rec->row))
		return;

	uint32_t columns = r->head->columns;
	struct str *cells = arena_new(r->scratch, struct str, columns);
	give_captions(r);
	for (size_t i = 0; i < rec->n; i++) {
		const struct cell *c = &rec->cells[i];
		if (c->column < columns)
			cells[c->column] =
			    refused_cell(r, rec, c->text, c->column, first);
	}
	struct refused_row row = {
	    .at = source_of(r, rec->row, FIELD_NONE),
	    .back = rec->back,
	    .cells = cells,
	    .n = columns,
	};
	r->sink.refused(r->sink.ctx, &row);
}

/* str_trim, without its work where the ends are plainly no blanks. */
static struct str
trimmed(struct str s)
{
	unsigned char first, last;

	if (s.n == 0)
		return s;
	first = (unsigned char)s.p[0];
	last = (unsigned char)s.p[s.n - 1];
	if (first > ' ' && first < 0x80 && last > ' ' && last < 0x80)
		return s;
	return str_trim(s);
}

static void
fill_record(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	struct record *rec = &r->rec;
	const struct table_head *head = r->head;

	for (uint64_t set = head->fields; set; set &= set - 1)
		rec->field[__builtin_ctzll(set)] = S("");
	rec->row = row;
	rec->cells = cells;
	rec->n = n;
	rec->is_bad = false;
	rec->has_group = false;
	rec->back = (struct row_at){0};
	for (size_t i = 0; i < n && cells[i].column < head->columns; i++) {
		uint32_t c = cells[i].column;
		enum field f = (enum field)head->field_of[c];
		if (f != FIELD_NONE && head->column_of[f] == (int32_t)c)
			rec->field[f] = trimmed(cells[i].text);
	}
}

static bool
row_is_empty(const struct cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (trimmed(cells[i].text).n)
			return false;
	return true;
}

/*
 * Three quarters of the filled cells are the headings of their own columns;
 * with fewer it may be another table that begins alike (appeals beneath their
 * protocol).
 * The first of them decides at once in nearly every row.
 */
static bool
repeats_headings(struct recogniser *r, const struct cell *cells, size_t n)
{
	const struct table_head *head = r->head;
	size_t same = 0, filled = 0;

	if (n == 0 || cells[0].column >= head->columns ||
	    !str_eq(trimmed(cells[0].text), head->headings[cells[0].column]))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct cell *c = &cells[i];
		if (!c->text.n || c->column >= head->columns)
			continue;
		filled++;
		same += str_eq(trimmed(c->text), head->headings[c->column]);
	}
	return same >= 2 && same * 4 >= filled * 3;
}

/* A plain file's own columns that mean nothing to us: said, not passed over. */
static void
note_unread(struct recogniser *r)
{
	const struct table_head *head = r->head;
	struct str list = S("");

	if (head->layout->kind > FILE_OFFICIAL_LIST)
		return;
	for (uint32_t c = 0; c < head->columns; c++)
		if (head->field_of[c] == FIELD_NONE && head->headings[c].n)
			list = arena_fmt(r->scratch, "%.*s%s«%.*s»",
			    STR_ARG(list), list.n ? ", " : "",
			    STR_ARG(
				text_clip(r->scratch, head->headings[c], 40)));
	if (list.n)
		note_at(r, head->row, N_("Эти графы не читаются: %.*s."),
		    STR_ARG(text_clip(r->scratch, list, 200)));
}

void
give_head(struct recogniser *r, struct str profile, int64_t declared)
{
	struct file_head head = {
	    .kind = r->head->layout->kind,
	    .sheet = r->sheet,
	    .profile = profile,
	    .procedure = r->procedure,
	    .year = r->year,
	    .dated = r->dated,
	    .is_autumn = r->is_autumn,
	    .declared_participants =
		declared < 0 || declared > INT32_MAX ? -1 : (int32_t)declared,
	};

	r->block++;
	if (!r->last_headings) {
		r->last_headings = r->head->headings;
		r->last_columns = r->head->columns;
	}
	if (was_said(r, r->head->row))
		return;
	if (r->sink.head)
		r->sink.head(r->sink.ctx, &head);
	if (r->sink.headings)
		r->sink.headings(
		    r->sink.ctx, r->head->headings, r->head->columns);
	note_unread(r);
}

/* What a table said that this pass is not about stands. */
static bool
is_done_before(const struct recogniser *r, uint32_t row)
{
	const struct layout *l = r->head->layout;
	bool is_about =
	    r->refuses_groups ? l->holds_people : l->kind == FILE_PUPILS;

	return r->pass && !is_about && was_said(r, row);
}

void
block_end(struct recogniser *r)
{
	if (r->head && r->head->layout->end && !is_done_before(r, r->head->row))
		r->head->layout->end(r);
	r->head = NULL;
}

static void
block_begin(struct recogniser *r)
{
	memset(r->rec.field, 0, sizeof r->rec.field);
	r->tables++;
	r->procedure = r->options->procedure;
	r->year = r->options->year;
	r->dated = DATE_NONE;
	r->is_autumn = false;
	if (r->head->layout->begin)
		r->head->layout->begin(r);
	else
		give_head(r, S(""), -1);
}

void
block_restart(struct recogniser *r)
{
	struct table_head *head = r->head;

	block_end(r);
	r->resume = head;
	r->searched = 0;
	r->above_columns = 0;
	arena_reset(r->search);
}

/* After a title without headings of its own the old ones go on. */
static bool
resumes(const struct recogniser *r, const struct cell *cells, size_t n)
{
	if (!r->resume)
		return false;

	int32_t code = r->resume->column_of[FIELD_CODE];
	for (size_t i = 0; i < n; i++)
		if ((int32_t)cells[i].column == code)
			return all_digits(cell_code(cells[i].text));
	return false;
}

static void read_row(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n);

static void
search_row(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	if (r->searched >= SEARCH_ROWS || row_is_empty(cells, n))
		return;
	r->searched++;
	bool goes_on = resumes(r, cells, n);
	if (goes_on)
		r->head = r->resume;
	else if (!head_search(r, row, cells, n)) {
		(void)title_read(r, &r->title, cells, n);
		return;
	}
	r->resume = NULL;
	block_begin(r);
	arena_reset(r->search);
	r->above_columns = 0;
	if (goes_on)
		read_row(r, row, cells, n);
}

static void
read_row(struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	if (row_is_empty(cells, n) || repeats_headings(r, cells, n) ||
	    is_done_before(r, row))
		return;
	fill_record(r, row, cells, n);
	r->head->layout->row(r, &r->rec);
	if (!r->rec.is_bad && !r->rec.has_group &&
	    is_asked_back(r, r->sheet, row)) {
		r->rec.is_bad = true;
		r->rec.back = (struct row_at){r->sheet, row};
	}
	if (r->rec.is_bad)
		give_refused(r, &r->rec);
	r->says_again = false;
}

static bool
on_row(void *ctx, uint32_t row, const struct cell *cells, size_t n)
{
	struct recogniser *r = ctx;

	r->row = row;
	if (r->is_void)
		return false;
	if (!r->head)
		search_row(r, row, cells, n);
	else if (!pupils_pass(r, row, cells, n))
		read_row(r, row, cells, n);
	if (arena_used(r->scratch))
		arena_reset(r->scratch);
	return !r->is_void && !arena_full(r->mem) && !arena_full(r->d->mem);
}

/* Nothing was found on a sheet that has rows. */
static void
say_not_recognised(struct recogniser *r)
{
	struct place at = {.sheet = r->sheet};
	const struct title *t = &r->title;

	if (r->sink.unread && r->unread_score > 0)
		r->sink.unread(r->sink.ctx, r->unread, r->unread_columns);
	if (t->other_report.n) {
		(void)diag_warning(r->d, at,
		    N_("Это отчёт «%.*s»: результатов школ по нему не "
		       "посчитать. Загрузите «Статистику по отметкам» или "
		       "«Индивидуальные результаты» (Ф1)."),
		    STR_ARG(t->other_report));
		return;
	}
	if (!r->nearest) {
		(void)diag_note(r->d, at,
		    N_("На листе нет таблицы с известными заголовками в "
		       "первых %d строках."),
		    SEARCH_ROWS);
		return;
	}
	at.row = r->nearest_row;
	struct complaint *c = diag_note(r->d, at,
	    N_("Лист не распознан. Ближе всего он к виду «%s»."),
	    file_kind_titles[r->nearest->kind]);
	if (c == &r->d->spare)
		return;
	struct str missing =
	    missing_fields(r->d->mem, r->nearest, r->nearest_fields);
	if (missing.n)
		c->hint = arena_fmt(
		    r->d->mem, N_("Не хватает граф: %.*s."), STR_ARG(missing));
}

static void
sheet_end(struct recogniser *r)
{
	if (r->head)
		block_end(r);
	else if (r->searched && r->sheet_tables == r->tables &&
		 !was_said(r, r->row))
		say_not_recognised(r);
	r->searched = 0;
}

static bool
on_sheet(void *ctx, struct str name, uint32_t index)
{
	struct recogniser *r = ctx;

	sheet_end(r);
	if (r->is_void)
		return false;
	r->sheet = arena_str(r->d->mem, name);
	r->sheet_index++;
	r->sheet_tables = r->tables;
	r->searched = 0;
	r->row = 0;
	r->resume = NULL;
	r->above_columns = 0;
	r->nearest = NULL;
	r->nearest_score = r->unread_score = 0;
	title_clear(&r->title);
	arena_reset(r->search);
	return true;
}

static size_t
on_lines(void *ctx, uint32_t row, struct str lines, char separator,
    uint32_t *ret_rows)
{
	struct recogniser *r = ctx;

	*ret_rows = 0;
	if (!r->head || !r->pupils || r->is_void || arena_full(r->mem) ||
	    arena_full(r->d->mem))
		return 0;
	size_t taken = pupils_lines(r, row, lines, separator, ret_rows);
	if (*ret_rows)
		r->row = row + *ret_rows - 1;
	return taken;
}

struct recogniser *
recogniser_open(struct arena *mem, const struct recogniser_options *options,
    const struct row_sink *sink, struct diag *d)
{
	struct recogniser *r = arena_new(mem, struct recogniser, 1);

	r->mem = mem;
	r->scratch = arena_open(0);
	r->search = arena_open(0);
	r->options = options;
	r->data = options->data;
	r->sink = *sink;
	r->d = d;
	r->errors_before = d->errors;
	r->procedure_words = map_open(mem);
	r->people = map_open(mem);
	r->documents = map_open(mem);
	take_asked(r);
	title_clear(&r->title);
	return r;
}

struct sheet_sink
recogniser_sink(struct recogniser *r)
{
	return (struct sheet_sink){
	    .ctx = r, .sheet = on_sheet, .row = on_row, .lines = on_lines};
}

/* From the first row once more; what was said so far is not said again. */
static void
read_again(struct recogniser *r)
{
	if (!was_said(r, r->row))
		r->said = (struct said_until){r->sheet_index, r->row};
	r->pass++;
	r->is_void = false;
	r->sheet_index = 0;
	r->tables = 0;
	r->sheet_tables = 0;
	r->searched = 0;
}

static bool
settle(struct recogniser *r)
{
	bool pupils = pupils_settle(r);
	bool people = attempts_settle(r);

	r->is_settled = true;
	return pupils || people;
}

bool
recogniser_again(struct recogniser *r)
{
	sheet_end(r);
	if (r->is_settled)
		return false;
	if (pupils_recount(r)) {
		read_again(r);
		return true;
	}
	if (!settle(r))
		return false;
	r->refuses_groups = true;
	pupils_refuse_groups(r);
	read_again(r);
	return true;
}

enum rc
recogniser_close(struct recogniser *r)
{
	enum rc rc = RC_OK;

	sheet_end(r);
	if (!r->is_settled)
		(void)settle(r);
	if (r->pupils)
		pupils_close(r);
	if (r->attempts)
		attempts_close(r);
	if (!r->tables) {
		struct complaint *c = diag_error(r->d, (struct place){0},
		    N_("Файл не распознан: в нём нет ни одной таблицы с "
		       "известными заголовками."));
		c->hint = S(N_("Список заголовков, которые понимает "
			       "программа, напечатан в руководстве."));
		rc = RC_INVALID;
	}
	if (r->d->errors > r->errors_before)
		rc = RC_INVALID;
	if (arena_full(r->mem) || arena_full(r->d->mem)) {
		(void)diag_error(r->d, (struct place){.sheet = r->sheet},
		    N_("Файл слишком велик: не хватило отведённой памяти."));
		rc = RC_LIMIT;
	}
	arena_close(r->scratch);
	arena_close(r->search);
	return rc;
}
