/*
 * recognise_gia.c - protocols of ОГЭ and ЕГЭ as regional processing centres
 * send them, and results of appeals.
 *
 * One sheet may hold several exams: a title, headings, people, tail rows
 * («Средние», «Минимальная граница», «Всего участников»), and again.
 *
 * BASIS: domain-1.7 - at ОГЭ and base mathematics the mark decides (a work of
 * 12 points without geometry is a «2»), points are only compared with it; ЕГЭ
 * Russian and profile mathematics go by test points: 24 and 27.
 */
#include <string.h>

#include "base/buf.h"
#include "convert/recognise_parts.h"

struct gia {
	struct str level;
	bool by_points;
	bool is_appeals;
	size_t from; /* attempts before this block */
	int64_t rows, left_out, strangers;
	int64_t declared; /* «Всего участников», -1 */
	int64_t border;   /* «Минимальная граница», -1 */
	int64_t primary_border; /* the same under the primary points, -1 */
	uint32_t declared_row, border_row, stranger_row;
	int64_t other_grade; /* rows whose class does not suit the level */
	uint32_t other_grade_row;
	bool said_nameless;
};

static struct str
level_of_procedure(struct str procedure)
{
	static const struct str levels[] = {
	    S_INIT("oge"), S_INIT("ege"), S_INIT("gve"), S_INIT("vpr")};

	for (size_t i = 0; i < COUNT_OF(levels); i++)
		if (str_starts(procedure, levels[i]))
			return levels[i];
	return S("");
}

/* What the headings suggest; title and options know better. */
static struct str
first_level(const struct recogniser *r)
{
	struct str said = level_of_procedure(r->options->procedure);

	if (said.n)
		return said;
	if (r->options->kind == FILE_OGE_PROTOCOL)
		return S("oge");
	if (r->options->kind == FILE_EGE_PROTOCOL)
		return S("ege");
	if (r->title.level.n && !str_eq(r->title.level, S("vpr")))
		return r->title.level;
	return has_field(r, FIELD_MARK) ? S("oge") : S("ege");
}

static void
take_layout(struct recogniser *r, enum file_kind kind)
{
	for (size_t i = 0; i < layout_count; i++)
		if (layouts[i].kind == kind)
			r->head->layout = &layouts[i];
}

/* An empty column after most of the headings. */
static bool
is_sparse(const struct table_head *h)
{
	uint32_t filled = 0;

	for (uint32_t c = 0; c < h->columns; c++)
		filled += h->headings[c].n > 0;
	return h->columns >= filled + filled / 4 + 1;
}

static struct str
profile_of(struct recogniser *r, const struct gia *g)
{
	struct buf b = buf_open(r->scratch, 0);
	const struct table_head *h = r->head;
	bool is_normalised =
	    h->column_of[FIELD_CODE] >= 0 &&
	    str_eq(h->keys[h->column_of[FIELD_CODE]], S("schoolcode"));

	buf_c(&b, str_eq(g->level, S("ege")) ? N_("ЕГЭ") :
		  str_eq(g->level, S("gve")) ? N_("ГВЭ") :
					       N_("ОГЭ"));
	if (g->is_appeals)
		buf_c(&b, N_(", апелляции"));
	else if (is_normalised)
		buf_c(&b, N_(", нормализованный"));
	else
		buf_c(&b, is_sparse(h) ? N_(", разреженный") : N_(", плотный"));
	if (str_eq(r->procedure, S("ege-math-base")))
		buf_c(&b, N_(", базовая математика"));
	if (has_field(r, FIELD_DOCUMENT))
		buf_c(&b, N_(", с графой «Документ»"));
	if (!(h->fields & NAME_SET) && has_field(r, FIELD_PUPIL))
		buf_c(&b, N_(", с кодами участников"));
	return buf_str(&b);
}

void
gia_begin(struct recogniser *r)
{
	if (!r->gia)
		r->gia = arena_new(r->mem, struct gia, 1);
	struct gia *g = r->gia;
	*g = (struct gia){
	    .level = first_level(r),
	    .from = attempts_count(r),
	    .declared = -1,
	    .border = -1,
	    .primary_border = -1,
	    .is_appeals =
		has_field(r, FIELD_APPEAL) || has_field(r, FIELD_BEFORE),
	};
	block_settle(r, g->level);
	struct str settled = level_of_procedure(r->procedure);
	if (settled.n)
		g->level = settled;
	g->by_points = !has_field(r, FIELD_MARK);
	take_layout(r,
	    str_eq(g->level, S("ege")) ? FILE_EGE_PROTOCOL : FILE_OGE_PROTOCOL);
	give_head(r, profile_of(r, g), -1);
}

/* The last number of a tail row, or the one under the score. */
static bool
tail_number(struct recogniser *r, const struct record *rec, int64_t *ret)
{
	int64_t value;
	bool found = false;
	enum field f = has_field(r, FIELD_SCORE) ? FIELD_SCORE : FIELD_MARK;

	if (cell_integer(rec->field[f], ret))
		return true;
	for (size_t i = 0; i < rec->n; i++) {
		struct str text = str_trim(rec->cells[i].text);
		ptrdiff_t colon = str_find_char(text, ':');
		if (colon >= 0)
			text = str_trim(str_from(text, (size_t)colon + 1));
		if (cell_integer(text, &value)) {
			*ret = value;
			found = true;
		}
	}
	return found;
}

static struct str
first_text(struct recogniser *r, const struct record *rec)
{
	for (size_t i = 0; i < rec->n; i++) {
		struct str text = str_trim(rec->cells[i].text);
		if (text.n)
			return text_fold(r->scratch, str_cut(text, 0, 200));
	}
	return S("");
}

static bool
is_tail(struct recogniser *r, struct gia *g, const struct record *rec)
{
	struct str text = first_text(r, rec);
	int64_t value;

	if (str_starts(text, S("минимальн"))) {
		if (tail_number(r, rec, &value)) {
			g->border = value;
			g->border_row = rec->row;
		}
		if (cell_integer(rec->field[FIELD_PRIMARY], &value))
			g->primary_border = value;
		return true;
	}
	if (str_starts(text, S("всего")) || str_starts(text, S("итого"))) {
		if (tail_number(r, rec, &value)) {
			g->declared = value;
			g->declared_row = rec->row;
		}
		return true;
	}
	return str_starts(text, S("средн"));
}

/* "01 - Русский язык 2022.06.23" among the rows: another exam begins. */
static bool
is_new_title(struct recogniser *r, const struct record *rec)
{
	struct title seen;

	if (filled_cells(rec) > 3)
		return false;
	title_clear(&seen);
	if (!title_read(r, &seen, rec->cells, rec->n) ||
	    date_is_none(seen.dated))
		return false;
	block_restart(r);
	r->title = seen;
	return true;
}

/* Headings again, perhaps of another shape, under the same title. */
static bool
is_new_heading(struct recogniser *r, const struct record *rec)
{
	struct str code = rec->field[FIELD_CODE];

	if (!code.n || (code.p[0] >= '0' && code.p[0] <= '9'))
		return false;
	struct table_head *old = r->head;
	if (!head_search(r, rec->row, rec->cells, rec->n)) {
		r->head = old;
		return false;
	}
	struct table_head *found = r->head;
	r->head = old;
	block_end(r);
	r->head = found;
	r->tables++;
	memset(r->rec.field, 0, sizeof r->rec.field); /* columns gone by now */
	gia_begin(r);
	return true;
}

static bool
has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

/*
 * Who it is: name and document; else the code of the participant; else the
 * name within the school; else nobody that could be found again.
 */
static void
person_of(struct recogniser *r, struct gia *g, const struct record *rec,
    struct attempt *t)
{
	struct str name = person_name(r, rec);
	struct str document = person_document(r, rec);
	struct str code = cell_code(rec->field[FIELD_PUPIL]);

	if (name.n)
		t->name = person_hash(r, name);
	if (name.n && (document.n || !g->is_appeals))
		t->person =
		    person_hash(r, arena_fmt(r->scratch, "%.*s|%.*s",
				       STR_ARG(name), STR_ARG(document)));
	else if (!name.n && code.n)
		t->person = person_hash(r, code);
	else if (!name.n)
		t->person =
		    person_hash(r, arena_fmt(r->scratch, "row %u of sheet %u",
				       rec->row, r->sheet_index));
	if (!name.n && !code.n && !g->said_nameless) {
		g->said_nameless = true;
		warn_at(r, rec->row,
		    N_("В строках нет ни имени, ни кода: пересдачу от первой "
		       "попытки не отличить, посчитаны все строки."));
	}
}

/* ВПЛ and ГВЭ: by category, by class, by the level of the block. */
static bool
is_left_out(struct recogniser *r, const struct gia *g, const struct record *rec,
    enum left_out *ret)
{
	static const enum field fields[] = {FIELD_CATEGORY, FIELD_GRADE};

	if (str_eq(g->level, S("gve"))) {
		*ret = LEFT_GVE;
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct str text = rec->field[fields[i]];
		if (text.n < 4)
			continue;
		struct str folded = text_fold(r->scratch, text);
		if (str_find(folded, S("впл")) >= 0 ||
		    str_find(folded, S("прошлых лет")) >= 0) {
			*ret = LEFT_PREVIOUS;
			return true;
		}
		if (str_find(folded, S("гвэ")) >= 0) {
			*ret = LEFT_GVE;
			return true;
		}
	}
	return false;
}

/* The exam named in the row itself: «Математика(2026.06.02)». */
static bool
exam_of_row(struct recogniser *r, const struct gia *g, struct record *rec,
    struct str *procedure, struct syear *year, struct date *dated)
{
	struct title t;
	const struct subject_code *s;

	*procedure = r->procedure;
	*year = r->year;
	*dated = r->dated;
	if (!rec->field[FIELD_EXAM].n)
		return true;
	title_clear(&t);
	(void)title_of_text(r, &t, rec->field[FIELD_EXAM]);
	s = subject_in_text(
	    r->data, g->level, text_fold(r->scratch, rec->field[FIELD_EXAM]));
	if (!s) {
		refuse(r, rec, FIELD_EXAM,
		    N_("предмет с датой: «Математика(2026.06.02)»"),
		    N_("Не понято, какой это экзамен."));
		return false;
	}
	*procedure = s->procedure;
	if (!date_is_none(t.dated)) {
		*dated = t.dated;
		*year = syear_of_exam(t.year);
	}
	return true;
}

/* A verdict, a score still to be judged, or nothing; false: complained. */
static bool
result_of(struct recogniser *r, const struct gia *g, struct record *rec,
    struct attempt *t)
{
	int64_t score;

	if (!g->by_points) {
		int mark = cell_mark(r, rec->field[FIELD_MARK]);
		if (mark == MARK_WRONG) {
			refuse(r, rec, FIELD_MARK, N_("оценка от 2 до 5"),
			    N_("Это не оценка."));
			return false;
		}
		if (mark == MARK_MISSING && !rec->field[FIELD_MARK].n &&
		    !cell_missing(r, rec->field[FIELD_PRIMARY])) {
			refuse(r, rec, FIELD_MARK, N_("оценка от 2 до 5"),
			    N_("Балл есть, а оценки нет: по баллам ОГЭ судить "
			       "об оценке нельзя."));
			return false;
		}
		t->verdict = mark > 0 ? (int16_t)mark : VERDICT_NONE;
		return true;
	}
	if (cell_missing(r, rec->field[FIELD_SCORE]))
		return true;
	if (!cell_integer(rec->field[FIELD_SCORE], &score) || score < 0 ||
	    score > 100) {
		refuse(r, rec, FIELD_SCORE,
		    N_("целое число баллов от 0 до 100"), N_("Это не балл."));
		return false;
	}
	t->score = (int16_t)score;
	return true;
}

/* The border of an exam by points, and whether the table has that year. */
static int64_t
border_of(struct recogniser *r, struct gia *g, struct str procedure,
    struct syear year)
{
	bool exact;
	const struct exam_threshold *t =
	    threshold_of(r->data, procedure, S("test"), year.first + 1, &exact);

	if (t && !exact)
		warn_at(r, 0,
		    N_("Порога %.*s за %d год в таблице порогов нет; взят "
		       "последний известный, %d."),
		    STR_ARG(procedure), year.first + 1, t->least);
	return t ? t->least : g->border;
}

static void
before_appeal(struct recogniser *r, struct gia *g, const struct record *rec,
    struct str procedure, struct syear year, struct attempt *t)
{
	int64_t value;

	if (!cell_integer(rec->field[FIELD_BEFORE], &value))
		return;
	if (!g->by_points) {
		if (value >= 2 && value <= 5)
			t->before = (int16_t)value;
		return;
	}
	int64_t border = border_of(r, g, procedure, year);
	if (border >= 0)
		t->before = value < border ? VERDICT_FAILED : VERDICT_PASSED;
}

static void
check_grade(const struct record *rec, struct gia *g)
{
	int64_t grade = grade_number(rec->field[FIELD_GRADE]);

	if (grade && (str_eq(g->level, S("ege")) ? grade < 10 : grade > 10)) {
		g->other_grade++;
		if (!g->other_grade_row)
			g->other_grade_row = rec->row;
	}
}

/* The columns have slipped when a name is a number. */
static bool
is_shifted(struct recogniser *r, struct record *rec)
{
	struct str code = cell_code(rec->field[FIELD_CODE]);

	if (!all_digits(code) || code.n > CODE_DIGITS) {
		refuse(r, rec, FIELD_CODE, N_("код школы из цифр"),
		    N_("Это не код школы."));
		return true;
	}
	if (has_digit(rec->field[FIELD_SURNAME]) &&
	    !str_starts(rec->field[FIELD_SURNAME], S("участник "))) {
		refuse(r, rec, FIELD_SURNAME, N_("фамилия"),
		    N_("На месте фамилии число: похоже, графы сдвинуты."));
		return true;
	}
	return false;
}

static void
read_person(struct recogniser *r, struct gia *g, struct record *rec)
{
	struct attempt t = {.verdict = VERDICT_NONE,
	    .before = VERDICT_NONE,
	    .score = -1,
	    .primary = -1};
	struct school_ref school = {.code = cell_code(rec->field[FIELD_CODE])};
	struct str procedure;
	struct syear year;
	struct date dated;
	enum left_out why;
	int64_t primary;

	g->rows++;
	if (is_shifted(r, rec) ||
	    !exam_of_row(r, g, rec, &procedure, &year, &dated))
		return;
	uint32_t group = attempts_group(r, &school, procedure, year, rec->row);
	if (attempts_refuse(r, rec, group))
		return;
	if (is_left_out(r, g, rec, &why)) {
		attempts_left_out(r, group, why);
		g->left_out++;
		return;
	}
	check_grade(rec, g);
	if (!result_of(r, g, rec, &t)) {
		attempts_left_out(r, group, LEFT_REFUSED);
		return;
	}
	if (t.verdict == VERDICT_NONE && t.score < 0) {
		attempts_left_out(r, group, LEFT_ABSENT);
		g->left_out++;
		return;
	}
	person_of(r, g, rec, &t);
	if (g->is_appeals)
		before_appeal(r, g, rec, procedure, year, &t);
	if (cell_integer(rec->field[FIELD_PRIMARY], &primary) && primary >= 0 &&
	    primary <= SCORES_MAX)
		t.primary = (int16_t)primary;
	struct attempt *added = attempts_add(r, group, rec->row);
	added->person = t.person;
	added->name = t.name;
	added->verdict = t.verdict;
	added->score = t.score;
	added->primary = t.primary;
	added->before = t.before;
	added->day = date_is_none(dated) ? INT32_MIN : dated.day;
	added->is_retake = is_retake_day(r->data, g->level, dated);
	added->is_appeal = g->is_appeals;
}

void
gia_row(struct recogniser *r, struct record *rec)
{
	struct gia *g = r->gia;
	bool somebody =
	    person_name(r, rec).n > 0 || rec->field[FIELD_PUPIL].n > 0;
	bool has_result = rec->field[FIELD_MARK].n || rec->field[FIELD_SCORE].n;

	if (!all_digits(cell_code(rec->field[FIELD_CODE])) &&
	    (is_tail(r, g, rec) || is_new_title(r, rec) ||
		is_new_heading(r, rec)))
		return;
	if (!rec->field[FIELD_CODE].n && !(somebody && has_result)) {
		/* captions between people; the second row of headings */
		if (rec->row > r->head->row + 1) {
			g->strangers++;
			g->stranger_row = rec->row;
		}
		return;
	}
	read_person(r, g, rec);
}

/* Points against the border, now that the tail row has been seen. */
static void
judge_points(struct recogniser *r, struct gia *g)
{
	int64_t border = border_of(r, g, r->procedure, r->year);
	size_t unjudged = 0;
	uint32_t row = 0;

	for (size_t i = g->from; i < attempts_count(r); i++) {
		struct attempt *t = attempts_at(r, i);
		if (t->verdict != VERDICT_NONE || t->score < 0)
			continue;
		if (border >= 0) {
			t->verdict =
			    t->score < border ? VERDICT_FAILED : VERDICT_PASSED;
			continue;
		}
		row = unjudged++ ? row : t->row;
		attempts_left_out(r, t->group, LEFT_REFUSED);
	}
	if (!unjudged)
		return;
	struct complaint *c = diag_error(r->d, place_of(r, row, FIELD_SCORE),
	    N_("Порог этого экзамена не известен: в протоколе нет строки "
	       "«Минимальная граница», в таблице порогов нет этой процедуры. "
	       "Строк не прочитано: %zu."),
	    unjudged);
	c->hint = S(N_("Если это русский язык или профильная математика, "
		       "укажите процедуру при загрузке."));
}

static void
compare_border(struct recogniser *r, const struct gia *g)
{
	bool exact;
	const struct exam_threshold *t = threshold_of(r->data, r->procedure,
	    g->by_points ? S("test") : S("primary"), r->year.first + 1, &exact);
	int64_t printed = g->by_points ? g->border : g->primary_border;

	if (printed < 0 || !t || !exact || t->least == printed)
		return;
	if (g->by_points)
		warn_at(r, g->border_row,
		    N_("В протоколе минимальная граница %lld, а в таблице "
		       "порогов %d; справился ли человек, решено по таблице."),
		    (long long)printed, t->least);
	else
		note_at(r, g->border_row,
		    N_("В протоколе минимальная граница %lld, а в таблице "
		       "порогов %d: своя граница региона. Решает оценка."),
		    (long long)printed, t->least);
}

/* People whose mark and points disagree, and the first of them. */
struct disagreement {
	int64_t passed_below, failed_above;
	uint32_t below_row, above_row;
};

static struct disagreement
disagreement_of(struct recogniser *r, const struct gia *g, int64_t border)
{
	struct disagreement d = {0};

	for (size_t i = g->from; i < attempts_count(r); i++) {
		const struct attempt *a = attempts_at(r, i);
		if (a->primary < 0 || a->verdict < 2)
			continue;
		if (a->verdict > 2 && a->primary < border)
			d.below_row = d.passed_below++ ? d.below_row : a->row;
		if (a->verdict == 2 && a->primary >= border)
			d.above_row = d.failed_above++ ? d.above_row : a->row;
	}
	return d;
}

/* Points are only compared with marks; a region may set its own border. */
static void
compare_marks(struct recogniser *r, const struct gia *g)
{
	bool exact;
	const struct exam_threshold *t = threshold_of(
	    r->data, r->procedure, S("primary"), r->year.first + 1, &exact);

	if (!t || !exact || g->by_points)
		return;
	int64_t border = g->primary_border >= 0 ? g->primary_border : t->least;
	struct disagreement d = disagreement_of(r, g, border);
	if (d.passed_below)
		warn_at(r, d.below_row,
		    N_("Оценка «3» и выше при баллах ниже %lld: людей %lld. "
		       "Решает оценка; проверьте, не своя ли граница в "
		       "регионе."),
		    (long long)border, (long long)d.passed_below);
	if (d.failed_above && str_eq(r->procedure, S("oge-math")))
		note_at(r, d.above_row,
		    N_("Оценка «2» при баллах не ниже %lld: людей %lld (мало "
		       "баллов по геометрии). Решает оценка."),
		    (long long)border, (long long)d.failed_above);
	else if (d.failed_above)
		warn_at(r, d.above_row,
		    N_("Оценка «2» при баллах не ниже %lld: людей %lld. Решает "
		       "оценка."),
		    (long long)border, (long long)d.failed_above);
}

/* Refused rows judged by the protocol's own border come back with it. */
static void
give_border(struct recogniser *r, const struct gia *g)
{
	const struct table_head *h = r->head;
	struct str *cells = arena_new(r->scratch, struct str, h->columns);
	int32_t score = h->column_of[FIELD_SCORE];

	if (!g->by_points || g->border < 0 || score < 1)
		return;
	cells[0] = S(N_("Минимальная граница"));
	cells[score] = arena_fmt(r->scratch, "%lld", (long long)g->border);
	give_tail(r, cells, h->columns);
}

void
gia_end(struct recogniser *r)
{
	struct gia *g = r->gia;
	int64_t valid = (int64_t)(attempts_count(r) - g->from);

	if (g->by_points)
		judge_points(r, g);
	compare_border(r, g);
	compare_marks(r, g);
	if (g->declared >= 0 && g->declared != valid &&
	    g->declared != g->rows && g->declared != valid + g->left_out)
		warn_at(r, g->declared_row,
		    N_("В протоколе указано участников: %lld, а прочитано "
		       "строк: %lld, из них с результатом: %lld."),
		    (long long)g->declared, (long long)g->rows,
		    (long long)valid);
	if (g->other_grade)
		warn_at(r, g->other_grade_row,
		    N_("Класс не подходит к экзамену (%s): строк %lld. "
		       "Проверьте, тот ли это экзамен."),
		    str_eq(g->level, S("ege")) ? N_("ЕГЭ") : N_("ОГЭ"),
		    (long long)g->other_grade);
	if (g->strangers)
		note_at(r, g->stranger_row,
		    N_("Строк без кода школы и без человека, не прочитанных: "
		       "%lld; последняя из них эта."),
		    (long long)g->strangers);
	give_border(r, g);
	g->from = attempts_count(r);
}
