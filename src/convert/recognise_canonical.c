/*
 * recognise_canonical.c - the plain files of interfaces.md 3 that speak of
 * schools: schools, results, observations, the official list.
 *
 * Each row stands alone: two rows of one school, or two of one school's
 * logins, come out as they are; joining them is core's work.
 */
#include "base/buf.h"
#include "convert/recognise_parts.h"

struct word {
	struct str text;
	struct str code;
};

/* The code whose word begins the folded text; empty when there is none. */
static struct str
code_of(const struct word *words, size_t n, struct str folded)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(folded, words[i].code))
			return words[i].code;
	for (size_t i = 0; i < n; i++)
		if (str_starts(folded, words[i].text))
			return words[i].code;
	return S("");
}

static struct str
folded(struct recogniser *r, struct str s)
{
	return text_fold(r->scratch, s);
}

/* clang-format off */
/* Longer words before those they begin with. */
static const struct word kinds[] = {
{S_INIT("нош"), S_INIT("nosh")}, {S_INIT("начальн"), S_INIT("nosh")},
{S_INIT("оош"), S_INIT("oosh")}, {S_INIT("основн"), S_INIT("oosh")},
{S_INIT("сош"), S_INIT("sosh")}, {S_INIT("средн"), S_INIT("sosh")},
{S_INIT("гимнази"), S_INIT("gymnasium")}, {S_INIT("лицей"), S_INIT("lyceum")},
{S_INIT("коррекц"), S_INIT("correctional")}, {S_INIT("специальн"), S_INIT("correctional")},
{S_INIT("вечерн"), S_INIT("evening")}, {S_INIT("открыт"), S_INIT("evening")},
};

static const struct word localities[] = {
{S_INIT("гор"), S_INIT("urban")}, {S_INIT("пгт"), S_INIT("urban")},
{S_INIT("сел"), S_INIT("rural")}, {S_INIT("дерев"), S_INIT("rural")},
{S_INIT("пос"), S_INIT("rural")}, {S_INIT("станиц"), S_INIT("rural")},
};

static const struct word lists[] = {
{S_INIT("шнор"), S_INIT("shnor")}, {S_INIT("низк"), S_INIT("shnor")},
{S_INIT("школы с низк"), S_INIT("shnor")}, {S_INIT("школа с низк"), S_INIT("shnor")},
{S_INIT("риск"), S_INIT("risk")}, {S_INIT("рисков"), S_INIT("risk")}, {S_INIT("зона риска"), S_INIT("risk")},
{S_INIT("шнсу"), S_INIT("shnsu")}, {S_INIT("неблагоприятн"), S_INIT("shnsu")},
{S_INIT("школы, функционирующие в неблаг"), S_INIT("shnsu")},
};

/* clang-format on */

/* Empty stays empty: what is not said is not guessed. */
static struct str
worded(struct recogniser *r, struct record *rec, enum field field,
    const struct word *words, size_t n, const char *expected)
{
	struct str text = rec->field[field];

	if (!text.n)
		return S("");
	struct str code = code_of(words, n, folded(r, text));
	if (!code.n)
		refuse(r, rec, field, expected, N_("Слово не понято."));
	return code;
}

static struct str
logins_of(struct recogniser *r, struct record *rec)
{
	struct buf b = buf_open(r->scratch, 0);
	struct str text = rec->field[FIELD_LOGINS];
	size_t from = 0;

	for (size_t i = 0; i <= text.n; i++) {
		bool is_gap = i == text.n || text.p[i] == ' ' ||
			      text.p[i] == ',' || text.p[i] == ';' ||
			      text.p[i] == '\n';
		if (!is_gap)
			continue;
		if (i > from) {
			struct str one = str_cut(text, from, i), login;
			if (!login_in(one, &login) || login.n != one.n)
				refuse(r, rec, FIELD_LOGINS,
				    N_("логины вида sch… или edu… через "
				       "пробел"),
				    N_("Это не логин ФИС ОКО."));
			if (b.n)
				buf_char(&b, ' ');
			buf_put(&b, one);
		}
		from = i + 1;
	}
	return buf_str(&b);
}

void
schools_row(struct recogniser *r, struct record *rec)
{
	struct school_row row = {
	    .code = cell_code(rec->field[FIELD_CODE]),
	    .name = rec->field[FIELD_NAME],
	    .kind = worded(r, rec, FIELD_KIND, kinds, COUNT_OF(kinds),
		N_("nosh, oosh, sosh, gymnasium, lyceum, correctional или "
		   "evening")),
	    .locality = worded(r, rec, FIELD_LOCALITY, localities,
		COUNT_OF(localities), N_("urban (город) или rural (село)")),
	    .logins = logins_of(r, rec),
	    .at = source_of(r, rec->row, FIELD_NONE),
	};
	struct str small = rec->field[FIELD_SMALL];
	int is_small = small.n ? cell_yes_no(r, small) : 0;

	if (!row.code.n)
		refuse(r, rec, FIELD_CODE, N_("код школы"),
		    N_("Не указан код школы."));
	if (!row.name.n)
		refuse(r, rec, FIELD_NAME, N_("название школы"),
		    N_("Не указано название школы."));
	if (has_field(r, FIELD_KIND) && !rec->field[FIELD_KIND].n)
		refuse(r, rec, FIELD_KIND,
		    N_("nosh, oosh, sosh, gymnasium, lyceum, correctional или "
		       "evening"),
		    N_("Не указан вид школы: без него не узнать, какие "
		       "экзамены она проводит."));
	if (is_small < 0)
		refuse(r, rec, FIELD_SMALL, N_("yes или no"),
		    N_("Ответ не понят."));
	row.small = is_small == 1;
	if (!rec->is_bad && r->sink.school)
		r->sink.school(r->sink.ctx, &row);
}

/* Year and procedure out of the row, or those of the block. */
static bool
exam_of(struct recogniser *r, struct record *rec, struct str *ret_procedure,
    struct syear *ret_year)
{
	*ret_procedure = r->procedure;
	*ret_year = r->year;
	if (rec->field[FIELD_YEAR].n) {
		if (!cell_year(r, rec->field[FIELD_YEAR], false, ret_year))
			refuse(r, rec, FIELD_YEAR,
			    N_("учебный год вида 2022/2023"),
			    N_("Это не учебный год."));
	} else if (!r->year.first) {
		refuse(r, rec, FIELD_YEAR, N_("учебный год вида 2022/2023"),
		    N_("Не сказано, за какой это год."));
	}
	if (rec->field[FIELD_PROCEDURE].n) {
		*ret_procedure = cell_procedure(r, rec->field[FIELD_PROCEDURE]);
		if (!ret_procedure->n)
			refuse(r, rec, FIELD_PROCEDURE,
			    N_("код процедуры, например vpr-math-5, oge-rus, "
			       "ege-math-base"),
			    N_("Процедура не понята."));
	} else if (!r->procedure.n) {
		refuse(r, rec, FIELD_PROCEDURE,
		    N_("код процедуры, например vpr-math-5"),
		    N_("Не сказано, что это за процедура."));
	}
	return !rec->is_bad;
}

bool
row_school(struct recogniser *r, struct record *rec, struct school_ref *ret)
{
	school_of(r, rec, ret);
	if (!school_is_empty(ret))
		return true;

	enum field at = has_field(r, FIELD_SCHOOL) ? FIELD_SCHOOL :
			has_field(r, FIELD_CODE)   ? FIELD_CODE :
			has_field(r, FIELD_LOGIN)  ? FIELD_LOGIN :
						     FIELD_NAME;
	refuse(r, rec, at, N_("код, логин или название школы"),
	    N_("Не сказано, какая это школа."));
	return false;
}

/* «Итого», «Всего», «Средние»: said, and not a school. */
bool
row_is_summary(struct recogniser *r, const struct record *rec)
{
	static const struct str words[] = {
	    S_INIT("итого"), S_INIT("всего"), S_INIT("средн")};

	static const enum field fields[] = {
	    FIELD_SCHOOL, FIELD_NAME, FIELD_CODE, FIELD_LOGIN, FIELD_ORDINAL};

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct str text = rec->field[fields[i]];
		if (text.n < 10 || (unsigned char)text.p[0] < 0x80 ||
		    text.n > 80)
			continue;
		struct str word = folded(r, text);
		for (size_t k = 0; k < COUNT_OF(words); k++) {
			/* «Средняя школа …» is a school */
			if (!str_starts(word, words[k]) ||
			    str_find(word, S("школ")) >= 0 ||
			    str_find(word, S("образоват")) >= 0)
				continue;
			note_at(r, rec->row,
			    N_("Строка «%.*s» — итог, а не школа: не "
			       "загружена."),
			    STR_ARG(text));
			return true;
		}
	}
	return false;
}

/* A whole number of people that fits; -1 when the cell is empty. */
bool
row_count(
    struct recogniser *r, struct record *rec, enum field field, int64_t *ret)
{
	struct str text = rec->field[field];
	int64_t value;

	*ret = -1;
	if (cell_missing(r, text))
		return true;
	if (!cell_integer(text, &value) || value < 0 || value > 10000000) {
		refuse(r, rec, field, N_("целое число человек, не меньше 0"),
		    N_("Это не число участников."));
		return false;
	}
	*ret = value;
	return true;
}

void
results_begin(struct recogniser *r)
{
	give_head(r, S(""), -1);
}

/* failed, when the file says it straight. */
static void
failed_of(struct recogniser *r, struct record *rec, struct result_row *row)
{
	int64_t failed;

	if (!row_count(r, rec, FIELD_FAILED, &failed))
		return;
	if (failed < 0 && row->participants > 0)
		refuse(r, rec, FIELD_FAILED, N_("целое число"),
		    N_("Не указано, сколько человек не справились: пустая "
		       "клетка — это не ноль."));
	else if (failed > row->participants)
		refuse(r, rec, FIELD_FAILED, NULL,
		    N_("Не справившихся больше, чем участников (%d)."),
		    row->participants);
	else
		row->failed = failed < 0 ? 0 : (int32_t)failed;
}

/* "mark2" is a count; a bare "2" may head counts or percentages. */
static enum marks_as
marks_as(const struct recogniser *r)
{
	const struct table_head *head = r->head;
	struct str key = head->keys[head->column_of[FIELD_MARK2]];

	return str_eq(key, S("2")) ? AS_EITHER : AS_COUNTS;
}

static void
counts_of(struct recogniser *r, struct record *rec, struct result_row *row,
    int64_t participants)
{
	bool by_marks = has_field(r, FIELD_MARK2);
	bool by_percent = has_field(r, FIELD_PCT2);
	bool fit = true;

	row->participants = participants < 0 ? 0 : (int32_t)participants;
	if (by_marks && (rec->field[FIELD_MARK2].n || !by_percent))
		fit = marks_of(
		    r, rec, FIELD_MARK2, marks_as(r), participants, row->marks);
	else if (by_percent &&
		 (rec->field[FIELD_PCT2].n || !has_field(r, FIELD_FAILED)))
		fit = marks_of(
		    r, rec, FIELD_PCT2, AS_PERCENT, participants, row->marks);
	if (!fit || rec->is_bad)
		return;
	if (row->marks[0] >= 0 && participants < 0)
		row->participants = row->marks[0] + row->marks[1] +
				    row->marks[2] + row->marks[3];
	if (has_field(r, FIELD_FAILED) && rec->field[FIELD_FAILED].n)
		failed_of(r, rec, row);
	else if (row->marks[0] >= 0)
		row->failed = row->marks[0];
	else
		failed_of(r, rec, row);
}

void
results_row(struct recogniser *r, struct record *rec)
{
	struct result_row row = {.marks = {-1, -1, -1, -1}};
	int64_t participants;

	if (row_is_summary(r, rec))
		return;
	bool whose = row_school(r, rec, &row.school);
	bool which = exam_of(r, rec, &row.procedure, &row.year);
	if (!row_count(r, rec, FIELD_PARTICIPANTS, &participants))
		return;
	bool says_marks = rec->field[FIELD_MARK2].n > 0;
	if (participants < 0 && !says_marks) {
		if (rec->field[FIELD_FAILED].n || rec->field[FIELD_PCT2].n)
			refuse(r, rec, FIELD_PARTICIPANTS,
			    N_("целое число человек"),
			    N_("Не указано число участников."));
		else if (whose && which)
			note_at(r, rec->row,
			    N_("Число участников не указано: понято как "
			       "«нет данных», строка не загружена."));
		return;
	}
	counts_of(r, rec, &row, participants);
	if (rec->is_bad)
		return;
	row.at = source_of(r, rec->row,
	    has_field(r, FIELD_FAILED) ? FIELD_FAILED :
	    has_field(r, FIELD_MARK2)  ? FIELD_MARK2 :
					 FIELD_PCT2);
	give_result(r, &row);
}

static void
value_of(struct recogniser *r, struct record *rec,
    const struct observed_element *known, struct observation_row *row)
{
	struct str text = rec->field[FIELD_VALUE];
	int places;

	row->as_written = text;
	if (cell_missing(r, text))
		return;
	bool wants_number = !known || known->is_share || known->is_count;
	bool wants_answer = !known || !wants_number;
	int answer = wants_answer ? cell_yes_no(r, text) : -1;
	bool is_number = cell_decimal(text, &row->value, &places);

	if (wants_number && is_number) {
		bool too_much = known && known->is_share &&
				ratio_cmp(row->value, ratio_int(100)) > 0;
		if (known && (row->value.num < 0 || too_much))
			refuse(r, rec, FIELD_VALUE,
			    known->is_share ? N_("от 0 до 100") :
					      N_("не меньше 0"),
			    N_("Число выходит за пределы."));
	} else if (answer >= 0) {
		row->value = ratio_int(answer);
	} else {
		refuse(r, rec, FIELD_VALUE,
		    !known ? N_("число, yes, no или пусто") :
		    known->is_share ? N_("число процентов или пусто") :
		    known->is_count ? N_("число или пусто") :
				      N_("yes, no или пусто"),
		    N_("Значение не понято."));
	}
	row->is_known = !rec->is_bad;
}

void
observations_row(struct recogniser *r, struct record *rec)
{
	struct observation_row row = {
	    .period = r->year,
	    .value = ratio_int(0),
	    .dated = DATE_NONE,
	    .source_note = rec->field[FIELD_SOURCE],
	    .at = source_of(r, rec->row, FIELD_VALUE),
	};
	const struct observed_element *known =
	    element_of(r->data, rec->field[FIELD_ELEMENT], r->scratch);

	(void)row_school(r, rec, &row.school);
	row.element = known ? known->code : rec->field[FIELD_ELEMENT];
	if (!row.element.n)
		refuse(r, rec, FIELD_ELEMENT, N_("код показателя"),
		    N_("Не сказано, какой это показатель."));
	if (rec->field[FIELD_YEAR].n ?
		!cell_year(r, rec->field[FIELD_YEAR], false, &row.period) :
		!r->year.first)
		refuse(r, rec, FIELD_YEAR, N_("учебный год вида 2023/2024"),
		    N_("Не понято, за какой это учебный год."));
	if (rec->field[FIELD_DATE].n &&
	    !date_parse_loose(rec->field[FIELD_DATE], &row.dated))
		refuse(r, rec, FIELD_DATE, N_("дата вида 20.09.2023"),
		    N_("Это не дата."));
	value_of(r, rec, known, &row);
	if (!rec->is_bad && r->sink.observation)
		r->sink.observation(r->sink.ctx, &row);
}

void
official_row(struct recogniser *r, struct record *rec)
{
	struct official_row row = {
	    .kind = worded(r, rec, FIELD_KIND, lists, COUNT_OF(lists),
		N_("shnor, risk или shnsu")),
	    .basis = rec->field[FIELD_BASIS],
	    .order_number = rec->field[FIELD_ORDER_NUMBER],
	    .order_date = DATE_NONE,
	    .at = source_of(r, rec->row, FIELD_KIND),
	};

	(void)row_school(r, rec, &row.school);
	if (!rec->field[FIELD_KIND].n)
		refuse(r, rec, FIELD_KIND, N_("shnor, risk или shnsu"),
		    N_("Не сказано, в каком перечне школа."));
	if (rec->field[FIELD_ORDER_DATE].n &&
	    !date_parse_loose(rec->field[FIELD_ORDER_DATE], &row.order_date))
		refuse(r, rec, FIELD_ORDER_DATE, N_("дата вида 31.10.2023"),
		    N_("Это не дата."));
	if (!rec->is_bad && r->sink.official)
		r->sink.official(r->sink.ctx, &row);
}
