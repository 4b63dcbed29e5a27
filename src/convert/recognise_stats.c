/*
 * recognise_stats.c - reports that hold shares: by marks, by primary scores,
 * and the table of markers of bias.
 *
 * BASIS: domain-1.3 - the count behind a printed share is recovered exactly,
 * or the row is refused with the reason; nothing is rounded into place.
 */
#include "convert/recognise_parts.h"

/* Four cells before anything is decided about them. */
struct shares {
	struct ratio value[4];
	int places[4];
	bool is_empty[4];
	int most_places;
	struct ratio sum;
};

static bool
read_shares(struct recogniser *r, struct record *rec, enum field first,
    struct shares *s)
{
	*s = (struct shares){.sum = {0, 1}};
	for (int i = 0; i < 4; i++) {
		enum field f = (enum field)(first + i);
		struct str text = rec->field[f];
		s->value[i] = ratio_int(0);
		s->is_empty[i] = cell_missing(r, text);
		if (s->is_empty[i])
			continue;
		if (!cell_decimal(text, &s->value[i], &s->places[i]) ||
		    s->value[i].num < 0) {
			refuse(r, rec, f, N_("число, не меньше 0"),
			    N_("Это не число."));
			return false;
		}
		if (!ratio_add(s->sum, s->value[i], &s->sum)) {
			refuse(r, rec, f, N_("доля от 0 до 100"),
			    N_("Число слишком велико."));
			return false;
		}
		if (s->places[i] > s->most_places)
			s->most_places = s->places[i];
	}
	return true;
}

/* An empty cell is a zero only when the others leave it nothing else. */
static bool
empties_are_zeros(const struct shares *s, struct ratio whole)
{
	for (int i = 0; i < 4; i++)
		if (s->is_empty[i])
			return ratio_cmp(s->sum, whole) == 0;
	return true;
}

static bool
counts_fit(struct recogniser *r, struct record *rec, enum field first,
    const struct shares *s, int64_t n, int32_t marks[4])
{
	int64_t sum = 0;

	for (int i = 0; i < 4; i++) {
		if (!ratio_is_int(s->value[i]) ||
		    s->value[i].num / s->value[i].den > 10000000) {
			refuse(r, rec, (enum field)(first + i),
			    N_("целое число человек"),
			    N_("Это не число человек."));
			return false;
		}
		marks[i] = (int32_t)(s->value[i].num / s->value[i].den);
		sum += marks[i];
	}
	if (n >= 0 && sum != n) {
		refuse(r, rec, first, NULL,
		    N_("Отметок вместе %lld, а участников %lld."),
		    (long long)sum, (long long)n);
		return false;
	}
	if (n < 0 && !empties_are_zeros(s, ratio_int(-1))) {
		refuse(r, rec, first, N_("целое число человек"),
		    N_("Не указано число участников и не все отметки."));
		return false;
	}
	return true;
}

/* Shares of one whole, as a spreadsheet keeps percentages: times 100. */
static void
scale_fractions(struct shares *s)
{
	for (int i = 0; i < 4; i++) {
		s->value[i].num *= 100;
		s->places[i] = s->places[i] > 2 ? s->places[i] - 2 : 0;
	}
	s->most_places = s->most_places > 2 ? s->most_places - 2 : 0;
	s->sum.num *= 100;
}

/* |sum - 100| within half a unit of the last digit for each of the four. */
static bool
sums_to_hundred(const struct shares *s)
{
	struct ratio off;
	int64_t unit = 1;

	for (int i = 0; i < s->most_places; i++)
		unit *= 10;
	if (!ratio_sub(s->sum, ratio_int(100), &off))
		return false;
	if (off.num < 0)
		off.num = -off.num;
	return ratio_cmp(off, ratio_of(2, unit)) <= 0;
}

/*
 * As printed; then with the places of its neighbours, because a spreadsheet
 * drops the zeros of "30,00".
 */
static bool
recover(const struct shares *s, int i, int64_t n, int64_t *ret)
{
	return count_from_percent(s->value[i], s->places[i], n, ret) ||
	       count_from_percent(s->value[i], s->most_places, n, ret);
}

static void
say_not_recovered(
    struct recogniser *r, struct record *rec, enum field f, int64_t n)
{
	refuse(r, rec, f,
	    N_("доля, по которой число человек видно точно; для больших школ "
	       "нужны один-два знака после запятой"),
	    N_("По этой доле и %lld %s нельзя точно узнать, сколько человек "
	       "получили отметку."),
	    (long long)n,
	    plural_ru(n, "участнику", "участникам", "участникам"));
}

/* Does the share print so for no number of people at all? */
static bool
fits_nobody(const struct shares *s, int i, int64_t n)
{
	struct ratio off;
	int64_t unit = 2;
	int64_t k = (2 * s->value[i].num * n + 100 * s->value[i].den) /
		    (200 * s->value[i].den);

	for (int place = 0; place < s->places[i]; place++)
		unit *= 10;
	if (!ratio_sub(ratio_of(100 * k, n), s->value[i], &off))
		return true;
	if (off.num < 0)
		off.num = -off.num;
	return ratio_cmp(off, ratio_of(1, unit)) > 0;
}

/*
 * Only the count of «2» has to be exact.  Another mark that several numbers
 * fit stays unknown, or is what the others leave over.
 */
static bool
other_marks(struct recogniser *r, struct record *rec, enum field first,
    const struct shares *s, int64_t n, int32_t marks[4])
{
	int64_t k, sum = marks[0];
	int unknown = 0, last_unknown = 0;

	for (int i = 1; i < 4; i++) {
		if (recover(s, i, n, &k)) {
			marks[i] = (int32_t)k;
			sum += k;
		} else if (fits_nobody(s, i, n)) {
			say_not_recovered(r, rec, (enum field)(first + i), n);
			return false;
		} else {
			unknown++;
			last_unknown = i;
		}
	}
	if (unknown ? sum > n : sum != n) {
		refuse(r, rec, first, NULL,
		    N_("Восстановленных отметок вместе %lld, а участников "
		       "%lld."),
		    (long long)sum, (long long)n);
		return false;
	}
	if (unknown == 1)
		marks[last_unknown] = (int32_t)(n - sum);
	return true;
}

static bool
shares_fit(struct recogniser *r, struct record *rec, enum field first,
    struct shares *s, int64_t n, int32_t marks[4])
{
	int64_t failed;

	if (ratio_cmp(s->sum, ratio_of(3, 2)) < 0 && s->sum.num > 0)
		scale_fractions(s);
	for (int i = 0; i < 4; i++) {
		marks[i] = -1;
		if (ratio_cmp(s->value[i], ratio_int(101)) > 0) {
			refuse(r, rec, (enum field)(first + i),
			    N_("доля от 0 до 100"), N_("Доля больше 100 %%."));
			return false;
		}
	}
	if (!recover(s, 0, n, &failed)) {
		say_not_recovered(r, rec, first, n);
		return false;
	}
	marks[0] = (int32_t)failed;
	if (s->is_empty[1] && s->is_empty[2] && s->is_empty[3])
		return true;
	if (!sums_to_hundred(s)) {
		refuse(r, rec, first, N_("доли, вместе дающие 100 %"),
		    N_("Доли отметок не складываются в 100 %%."));
		return false;
	}
	return other_marks(r, rec, first, s, n, marks);
}

bool
marks_of(struct recogniser *r, struct record *rec, enum field first,
    enum marks_as as, int64_t n, int32_t ret_marks[4])
{
	struct shares s;

	if (!read_shares(r, rec, first, &s))
		return false;
	if (n == 0) {
		for (int i = 0; i < 4; i++)
			ret_marks[i] = 0;
		if (s.sum.num == 0)
			return true;
		refuse(
		    r, rec, first, NULL, N_("Участников нет, а отметки есть."));
		return false;
	}
	if (s.is_empty[0] && !empties_are_zeros(&s, ratio_int(100)) &&
	    (n < 0 || !empties_are_zeros(&s, ratio_int(n)))) {
		refuse(r, rec, first, N_("число"),
		    N_("Не указано, сколько «2»: пустая клетка — это не "
		       "ноль."));
		return false;
	}
	/* 100 people and 100 %: both readings give the same counts. */
	bool as_counts =
	    as == AS_COUNTS || n < 0 ||
	    (as == AS_EITHER && (s.most_places == 0 || ratio_is_int(s.sum)) &&
		ratio_cmp(s.sum, ratio_int(n)) == 0);
	if (as == AS_EITHER && !as_counts && !sums_to_hundred(&s) &&
	    ratio_cmp(s.sum, ratio_of(3, 2)) >= 0)
		as_counts = true;
	if (as_counts)
		return counts_fit(r, rec, first, &s, n, ret_marks);
	return shares_fit(r, rec, first, &s, n, ret_marks);
}

static struct str
stats_profile(const struct recogniser *r)
{
	return has_field(r, FIELD_GROUP) ? S(N_("отчёт ФИС ОКО")) :
					   S(N_("сводная таблица"));
}

void
stats_begin(struct recogniser *r)
{
	block_settle(r, S("vpr"));
	give_head(r, stats_profile(r), -1);
}

/* Words by which a row without a login is a school, or surely is not. */
static bool
any_word(struct str text, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(text, words[i]) >= 0)
			return true;
	return false;
}

enum group_is { GROUP_SCHOOL, GROUP_REFERENCE, GROUP_UNKNOWN };

static enum group_is
group_of(struct recogniser *r, struct str text)
{
	static const struct str school[] = {S_INIT("школ"), S_INIT("сош"),
	    S_INIT("оош"), S_INIT("нош"), S_INIT("гимназ"), S_INIT("лицей"),
	    S_INIT("интернат"), S_INIT("кадет"), S_INIT("мбоу"), S_INIT("мкоу"),
	    S_INIT("маоу"), S_INIT("образовательн"), S_INIT("училищ"),
	    S_INIT("филиал"), S_INIT("прогимназ")};
	static const struct str wider[] = {S_INIT("выборка"), S_INIT("рф"),
	    S_INIT("росси"), S_INIT("край"), S_INIT("област"),
	    S_INIT("республик"), S_INIT("округ"), S_INIT("район"),
	    S_INIT("город"), S_INIT("муниципал"), S_INIT("г.")};
	struct str login;

	if (login_in(text, &login))
		return GROUP_SCHOOL;
	struct str folded = text_fold(r->scratch, text);
	if (str_starts(folded, S("вся выборка")))
		return GROUP_REFERENCE;
	if (any_word(folded, school, COUNT_OF(school)))
		return GROUP_SCHOOL;
	if (any_word(folded, wider, COUNT_OF(wider)))
		return GROUP_REFERENCE;
	return GROUP_UNKNOWN;
}

static void
give_reference(struct recogniser *r, const struct record *rec, struct str name,
    int64_t participants, enum group_is what)
{
	struct reference_row row = {
	    .name = name,
	    .procedure = r->procedure,
	    .year = r->year,
	    .participants = participants,
	    .at = source_of(r, rec->row, FIELD_GROUP),
	};

	for (int i = 0; i < 4; i++)
		row.percent[i] = rec->field[FIELD_PCT2 + i];
	if (r->sink.reference)
		r->sink.reference(r->sink.ctx, &row);
	if (what == GROUP_UNKNOWN)
		warn_at(r, rec->row,
		    N_("Строка «%.*s» понята не как школа: в ней нет ни логина "
		       "ФИС ОКО, ни слова «школа», «гимназия», «лицей»; она "
		       "взята только для сравнения."),
		    STR_ARG(text_clip(r->scratch, name, 80)));
	else
		note_at(r, rec->row,
		    N_("Строка «%.*s» — не школа: взята только для "
		       "сравнения."),
		    STR_ARG(text_clip(r->scratch, name, 80)));
}

void
stats_row(struct recogniser *r, struct record *rec)
{
	struct result_row row = {.marks = {-1, -1, -1, -1},
	    .procedure = r->procedure,
	    .year = r->year,
	    .is_autumn = r->is_autumn};
	struct str group = rec->field[FIELD_GROUP];
	int64_t n;

	if (!row_count(r, rec, FIELD_PARTICIPANTS, &n))
		return;
	if (n < 0) { /* a caption between groups, or a row without data */
		if (!title_among_rows(r, rec) && group.n)
			note_at(r, rec->row,
			    N_("В строке «%.*s» нет числа участников: "
			       "понято как «нет данных»."),
			    STR_ARG(text_clip(r->scratch, group, 80)));
		return;
	}
	enum group_is what = group_of(r, group);
	if (what != GROUP_SCHOOL) {
		give_reference(r, rec, group, n, what);
		return;
	}
	if (!login_in(group, &row.school.login) ||
	    row.school.login.n != group.n)
		row.school.name = group;
	if (rec->field[FIELD_CODE].n)
		row.school.code = cell_code(rec->field[FIELD_CODE]);
	if (!marks_of(r, rec, FIELD_PCT2, AS_EITHER, n, row.marks))
		return;
	row.participants = (int32_t)n;
	row.failed = row.marks[0];
	row.at = source_of(r, rec->row, FIELD_PCT2);
	give_result(r, &row);
}

/* Year, subject and grade stand in the row itself. */
static void
flat_exam(struct recogniser *r, struct record *rec, struct result_row *row)
{
	int64_t grade;

	row->year = r->options->year;
	if (rec->field[FIELD_YEAR].n || !row->year.first) {
		if (!cell_year(r, rec->field[FIELD_YEAR], true, &row->year))
			refuse(r, rec, FIELD_YEAR,
			    N_("год вида 2023 или 2022/2023"),
			    N_("Это не год."));
	}
	if (!cell_integer(cell_code(rec->field[FIELD_GRADE]), &grade) ||
	    grade < 1 || grade > 11) {
		refuse(r, rec, FIELD_GRADE, N_("класс от 1 до 11"),
		    N_("Это не класс."));
		return;
	}
	row->procedure = vpr_procedure(r, rec->field[FIELD_SUBJECT], grade);
	if (!row->procedure.n)
		refuse(r, rec, FIELD_SUBJECT,
		    N_("предмет ВПР, например «Математика»"),
		    N_("Предмет не известен."));
}

void
marks_table_row(struct recogniser *r, struct record *rec)
{
	struct result_row row = {.marks = {-1, -1, -1, -1}};
	int64_t n;

	if (row_is_summary(r, rec))
		return;
	(void)row_school(r, rec, &row.school);
	flat_exam(r, rec, &row);
	if (!row_count(r, rec, FIELD_PARTICIPANTS, &n) || rec->is_bad)
		return;
	if (n < 0) {
		note_at(r, rec->row,
		    N_("Число участников не указано: понято как «нет "
		       "данных»."));
		return;
	}
	if (!marks_of(r, rec, FIELD_PCT2, AS_EITHER, n, row.marks))
		return;
	row.participants = (int32_t)n;
	row.failed = row.marks[0];
	row.at = source_of(r, rec->row, FIELD_PCT2);
	give_result(r, &row);
}

/* How many people had each primary score. */
struct scores {
	int64_t count[SCORES_MAX + 1];
	int64_t sum;
	bool is_percent;
};

/* Are the cells of this row shares or counts? */
static bool
scores_are_counts(struct recogniser *r, const struct record *rec, int64_t n)
{
	struct ratio sum = ratio_int(0);
	int64_t score;

	for (size_t i = 0; i < rec->n; i++) {
		const struct cell *c = &rec->cells[i];
		struct ratio value;
		int places;
		if (c->column >= r->head->columns ||
		    !str_to_int(r->head->keys[c->column], &score) ||
		    !cell_decimal(c->text, &value, &places))
			continue;
		if (!ratio_add(sum, value, &sum))
			return false;
	}
	return n != 100 && ratio_cmp(sum, ratio_int(n)) == 0;
}

static bool
score_cell(struct recogniser *r, struct record *rec, const struct cell *c,
    int64_t n, struct scores *s)
{
	struct ratio value;
	int64_t score, count;
	int places;

	if (c->column >= r->head->columns ||
	    !str_to_int(r->head->keys[c->column], &score) || score < 0 ||
	    score > SCORES_MAX || cell_missing(r, str_trim(c->text)))
		return true;
	if (!cell_decimal(c->text, &value, &places)) {
		refuse(r, rec, FIELD_PARTICIPANTS, N_("число"),
		    N_("Под баллом %lld стоит не число."), (long long)score);
		return false;
	}
	if (!s->is_percent && ratio_is_int(value)) {
		count = value.num / value.den;
	} else if (!count_from_percent(value, places, n, &count)) {
		refuse(r, rec, FIELD_PARTICIPANTS, NULL,
		    N_("По доле под баллом %lld и %lld %s нельзя точно узнать "
		       "число человек."),
		    (long long)score, (long long)n,
		    plural_ru(n, "участнику", "участникам", "участникам"));
		return false;
	}
	s->count[score] += count;
	s->sum += count;
	return true;
}

static const struct vpr_scale *
scale_for_row(
    struct recogniser *r, struct record *rec, const struct result_row *row)
{
	const struct vpr_scale *scale =
	    scale_of(r->data, row->procedure, row->year.first + 1);

	if (!scale) {
		char year[SYEAR_TEXT];
		refuse(r, rec, FIELD_NONE, NULL,
		    N_("В файле баллы без отметок, а шкалы перевода для %.*s "
		       "за %s нет: сколько «2», не узнать."),
		    STR_ARG(row->procedure), syear_text(row->year, year));
		return NULL;
	}
	if (!r->has_scores_warning) {
		r->has_scores_warning = true;
		warn_at(r, rec->row,
		    N_("Отметок в файле нет: они получены из первичных баллов "
		       "по шкале, которая от года к году меняется. Если есть "
		       "файл с отметками, загрузите его."));
	}
	return scale;
}

void
scores_row(struct recogniser *r, struct record *rec)
{
	struct result_row row = {.procedure = r->procedure,
	    .year = r->year,
	    .is_autumn = r->is_autumn};
	struct scores s = {.is_percent = true};
	int64_t n;

	if (row_is_summary(r, rec) ||
	    !row_count(r, rec, FIELD_PARTICIPANTS, &n))
		return;
	if (n < 0) {
		(void)title_among_rows(r, rec);
		return;
	}
	if (has_field(r, FIELD_GROUP)) {
		struct str group = rec->field[FIELD_GROUP];
		enum group_is what = group_of(r, group);
		if (what != GROUP_SCHOOL) {
			give_reference(r, rec, group, n, what);
			return;
		}
		if (!login_in(group, &row.school.login) ||
		    row.school.login.n != group.n)
			row.school.name = group;
	} else {
		(void)row_school(r, rec, &row.school);
		flat_exam(r, rec, &row);
	}
	s.is_percent = !scores_are_counts(r, rec, n);
	const struct vpr_scale *scale =
	    rec->is_bad ? NULL : scale_for_row(r, rec, &row);
	if (!scale)
		return;
	for (size_t i = 0; i < rec->n; i++)
		if (!score_cell(r, rec, &rec->cells[i], n, &s))
			return;
	if (s.sum != n) {
		refuse(r, rec, FIELD_PARTICIPANTS, NULL,
		    N_("По баллам выходит %lld человек, а участников %lld."),
		    (long long)s.sum, (long long)n);
		return;
	}
	for (int64_t score = 0; score <= SCORES_MAX; score++) {
		int mark = score <= scale->upper[0] ? 0 :
			   score <= scale->upper[1] ? 1 :
			   score <= scale->upper[2] ? 2 :
						      3;
		row.marks[mark] += (int32_t)s.count[score];
	}
	row.participants = (int32_t)n;
	row.failed = row.marks[0];
	row.at = source_of(r, rec->row, FIELD_PARTICIPANTS);
	give_result(r, &row);
}

/* "4 РУ": a grade and a short word. */
static bool
is_marker(struct str key)
{
	size_t digits = 0;

	while (digits < key.n && key.p[digits] >= '0' && key.p[digits] <= '9')
		digits++;
	struct str word = str_trim(str_from(key, digits));
	return digits >= 1 && digits <= 2 && word.n >= 2 && word.n <= 12 &&
	       str_find_char(word, '%') < 0;
}

void
bias_row(struct recogniser *r, struct record *rec)
{
	struct bias_row row = {.at = source_of(r, rec->row, FIELD_NONE)};
	int64_t declared, sum = 0;

	(void)row_school(r, rec, &row.school);
	if (!cell_year(r, rec->field[FIELD_YEAR], true, &row.year))
		refuse(r, rec, FIELD_YEAR, N_("год вида 2023 или 2022/2023"),
		    N_("Это не год."));
	if (!row_count(r, rec, FIELD_MARKERS, &declared) || rec->is_bad)
		return;
	for (int give = 0; give < 2; give++)
		for (size_t i = 0; i < rec->n; i++) {
			const struct cell *c = &rec->cells[i];
			if (c->column >= r->head->columns ||
			    !is_marker(r->head->keys[c->column]) ||
			    cell_missing(r, str_trim(c->text)))
				continue;
			int is_set = cell_yes_no(r, c->text);
			if (is_set < 0 && !give) {
				refuse(r, rec, FIELD_NONE, N_("0 или 1"),
				    N_("Под «%.*s» стоит не 0 и не 1."),
				    STR_ARG(r->head->headings[c->column]));
				return;
			}
			sum += give ? 0 : is_set;
			row.marker = r->head->headings[c->column];
			row.is_set = is_set == 1;
			row.at.column = row.marker;
			if (give && r->sink.bias)
				r->sink.bias(r->sink.ctx, &row);
		}
	if (declared >= 0 && declared != sum)
		warn_at(r, rec->row,
		    N_("Маркеров указано %lld, а по графам их %lld."),
		    (long long)declared, (long long)sum);
}
