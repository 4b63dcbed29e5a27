/*
 * recognise_vpr.c - works of ВПР pupil by pupil: «Ф1 Индивидуальные
 * результаты» of ФИС ОКО and protocols collected by a regional centre.
 *
 * BASIS: domain-3.3, domain-3.4 - codes, no names; the mark of the file is
 * taken where there is one, else the scale of that year, and it is said.
 */
#include "convert/recognise_parts.h"

int64_t
grade_number(struct str text)
{
	int64_t value = 0;
	size_t n = 0;

	text = str_trim(text);
	while (n < text.n && n < 2 && text.p[n] >= '0' && text.p[n] <= '9')
		n++;
	return str_to_int(str_cut(text, 0, n), &value) ? value : 0;
}

/* "Mat5_2021.xlsx": the digit behind the subject's name. */
static void
grade_of_file_name(struct recogniser *r)
{
	struct str name = text_fold(r->scratch, r->options->file_name);

	if (r->title.grade || !name.n)
		return;
	vec_each(struct subject_code, s, &r->data->subjects) {
		struct str names = s->names, one;
		if (!str_eq(s->level, S("vpr")))
			continue;
		while (str_split(&names, '|', &one)) {
			ptrdiff_t at = str_find(name, one);
			if (at < 0)
				continue;
			struct str rest = str_from(name, (size_t)at + one.n);
			while (str_starts(rest, S(" ")) ||
			       str_starts(rest, S("_")) ||
			       str_starts(rest, S("-")))
				rest = str_from(rest, 1);
			int64_t grade = grade_number(rest);
			if (grade < 1 || grade > 11 ||
			    (rest.n > 1 && rest.p[1] >= '0' &&
				rest.p[1] <= '9' && grade > 11))
				continue;
			r->title.grade = (int32_t)grade;
			if (!r->title.subject.n)
				r->title.subject = arena_str(r->mem, one);
			return;
		}
	}
}

void
vpr_begin(struct recogniser *r)
{
	bool is_f1 = r->head->layout->kind == FILE_F1;

	if (!is_f1)
		grade_of_file_name(r);
	block_settle(r, S("vpr"));
	r->vpr = (struct vpr_block){
	    .declared = r->title.declared, .declared_row = r->head->row};
	give_head(r,
	    is_f1                    ? S(N_("коды участников")) :
	    has_field(r, FIELD_MARK) ? S(N_("с отметками")) :
				       S(N_("без отметок, по шкале")),
	    r->title.declared);
}

/* Year and procedure of a row, out of its columns or the block. */
static bool
vpr_exam(struct recogniser *r, struct record *rec, struct str *ret_procedure,
    struct syear *ret_year)
{
	struct str subject = rec->field[FIELD_SUBJECT].n ?
				 rec->field[FIELD_SUBJECT] :
				 r->title.subject;
	int64_t grade = grade_number(rec->field[FIELD_GRADE]);

	*ret_year = r->year;
	*ret_procedure = r->procedure;
	if (rec->field[FIELD_YEAR].n &&
	    !cell_year(r, rec->field[FIELD_YEAR], true, ret_year))
		refuse(r, rec, FIELD_YEAR, N_("год вида 2021 или 2020/2021"),
		    N_("Это не год."));
	else if (!ret_year->first)
		refuse(r, rec, FIELD_YEAR, N_("год работы"),
		    N_("Не сказано, за какой это год: укажите год при "
		       "загрузке."));
	if ((!r->procedure.n || rec->field[FIELD_SUBJECT].n) && subject.n)
		*ret_procedure = autumn_programme(r, subject, grade);
	if (!ret_procedure->n)
		refuse(r, rec,
		    has_field(r, FIELD_SUBJECT) ? FIELD_SUBJECT : FIELD_GRADE,
		    N_("предмет и класс"),
		    N_("Не узнать, какая это работа: укажите процедуру при "
		       "загрузке, например vpr-math-5."));
	return !rec->is_bad;
}

static bool
vpr_school(struct recogniser *r, struct record *rec, struct school_ref *ret)
{
	school_of(r, rec, ret);
	if (school_is_empty(ret))
		*ret = r->title.school;
	if (!school_is_empty(ret))
		return true;
	return row_school(r, rec, ret);
}

static void
add_person(
    struct recogniser *r, const struct record *rec, uint32_t group, int mark)
{
	struct str code = cell_code(rec->field[FIELD_PUPIL]);
	struct attempt *t = attempts_add(r, group, rec->row);
	/* without a code each row is a person of its own */
	struct str who = code.n ? code :
				  arena_fmt(r->scratch, "row %u of sheet %u",
				      rec->row, r->sheet_index);

	t->person = person_hash(r, who);
	t->verdict = (int16_t)mark;
	t->day = date_is_none(r->dated) ? INT32_MIN : r->dated.day;
	r->vpr.participants++;
}

/* A row between pupils: another organisation with its own count. */
static bool
organisation_row(struct recogniser *r, const struct record *rec)
{
	struct title seen;

	if (filled_cells(rec) > 4)
		return false;
	if (title_among_rows(r, rec))
		return true;
	title_clear(&seen);
	(void)title_read(r, &seen, rec->cells, rec->n);
	if (seen.declared < 0)
		return false;
	r->title.school = seen.school;
	r->vpr.declared =
	    (r->vpr.declared > 0 ? r->vpr.declared : 0) + seen.declared;
	return true;
}

void
f1_row(struct recogniser *r, struct record *rec)
{
	struct school_ref school;
	struct str procedure;
	struct syear year;

	if (organisation_row(r, rec) ||
	    (!rec->field[FIELD_PUPIL].n && !rec->field[FIELD_MARK].n))
		return;
	r->vpr.rows++;
	bool known = vpr_school(r, rec, &school);
	if (!vpr_exam(r, rec, &procedure, &year) || !known)
		return;
	uint32_t group = attempts_group(r, &school, procedure, year, rec->row);
	if (attempts_refuse(r, rec, group))
		return;
	int mark = cell_mark(r, rec->field[FIELD_MARK]);
	bool is_absent = rec->field[FIELD_VARIANT].n &&
			 cell_missing(r, rec->field[FIELD_VARIANT]) &&
			 mark == MARK_MISSING;

	if (!rec->field[FIELD_PUPIL].n)
		refuse(r, rec, FIELD_PUPIL, N_("код участника"),
		    N_("Нет кода участника."));
	else if (mark == MARK_WRONG)
		refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5 или X"),
		    N_("Это не отметка."));
	else if (mark == MARK_MISSING && !is_absent &&
		 !rec->field[FIELD_MARK].n &&
		 !cell_missing(r, rec->field[FIELD_PRIMARY]))
		refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5 или X"),
		    N_("Балл есть, а отметки нет."));
	else if (mark == MARK_MISSING)
		attempts_left_out(r, group, LEFT_ABSENT);
	else
		add_person(r, rec, group, mark);
	if (rec->is_bad)
		attempts_left_out(r, group, LEFT_REFUSED);
}

void
f1_end(struct recogniser *r)
{
	const struct vpr_block *b = &r->vpr;

	if (b->declared < 0 || b->declared == b->participants ||
	    b->declared == b->rows)
		return;
	warn_at(r, b->declared_row,
	    N_("В файле объявлено участников: %lld, а прочитано строк: %lld, "
	       "из них с отметкой: %lld. Проверьте, весь ли файл загружен."),
	    (long long)b->declared, (long long)b->rows,
	    (long long)b->participants);
}

bool
column_is_task(const struct recogniser *r, uint32_t column)
{
	const struct table_head *h = r->head;
	int32_t from = h->column_of[FIELD_VARIANT];
	int32_t to = h->column_of[FIELD_GRADE];

	if (h->field_of[column] != FIELD_NONE || !h->keys[column].n)
		return false;
	if (str_starts(h->keys[column], S("балл за")))
		return true;
	return from >= 0 && to > from && (int32_t)column > from &&
	       (int32_t)column < to;
}

/* -1: nothing was done; -2: complained about. */
static int64_t
sum_of_tasks(struct recogniser *r, struct record *rec)
{
	struct ratio sum = ratio_int(0), value;
	bool any = false;
	int places;

	for (size_t i = 0; i < rec->n; i++) {
		const struct cell *c = &rec->cells[i];
		struct str text = str_trim(c->text);
		if (c->column >= r->head->columns ||
		    !column_is_task(r, c->column) || cell_missing(r, text) ||
		    str_eq(text, S("N")) || str_eq(text, S("Н")))
			continue;
		if (!cell_decimal(text, &value, &places) ||
		    !ratio_add(sum, value, &sum)) {
			refuse(r, rec, FIELD_NONE, N_("число баллов"),
			    N_("За задание «%.*s» стоит не число."),
			    STR_ARG(r->head->headings[c->column]));
			return -2;
		}
		any = true;
	}
	if (!any)
		return -1;
	return ratio_is_int(sum) ? sum.num / sum.den : -1;
}

/* Out of primary points; 0 when there is nothing to judge. */
static int
mark_by_scale(struct recogniser *r, struct record *rec, struct str procedure,
    struct syear year)
{
	int64_t score = -1;
	const struct vpr_scale *scale;

	if (!cell_missing(r, rec->field[FIELD_PRIMARY])) {
		if (!cell_integer(rec->field[FIELD_PRIMARY], &score) ||
		    score < 0 || score > SCORES_MAX) {
			refuse(r, rec, FIELD_PRIMARY, N_("число баллов"),
			    N_("Это не балл."));
			return MARK_WRONG;
		}
	} else {
		score = sum_of_tasks(r, rec);
	}
	if (score < 0)
		return score == -1 ? MARK_MISSING : MARK_WRONG;
	scale = scale_of(r->data, procedure, year.first + 1);
	if (!scale) {
		refuse(r, rec, FIELD_PRIMARY, NULL,
		    N_("Отметок в файле нет, а шкалы для %.*s за %d год нет: "
		       "отметку не узнать."),
		    STR_ARG(procedure), year.first + 1);
		return MARK_WRONG;
	}
	if (!r->has_scores_warning) {
		r->has_scores_warning = true;
		warn_at(r, rec->row,
		    N_("Отметок в файле нет: они получены из первичных баллов "
		       "по шкале, которая от года к году меняется. Если есть "
		       "файл с отметками, загрузите его."));
	}
	return score <= scale->upper[0] ? 2 :
	       score <= scale->upper[1] ? 3 :
	       score <= scale->upper[2] ? 4 :
					  5;
}

void
collected_row(struct recogniser *r, struct record *rec)
{
	struct school_ref school;
	struct str procedure;
	struct syear year;
	int mark;

	if (row_is_summary(r, rec) || title_among_rows(r, rec))
		return;
	bool known = vpr_school(r, rec, &school);
	if (!vpr_exam(r, rec, &procedure, &year) || !known)
		return;
	uint32_t group = attempts_group(r, &school, procedure, year, rec->row);
	if (attempts_refuse(r, rec, group))
		return;
	if (rec->field[FIELD_VARIANT].n &&
	    cell_missing(r, rec->field[FIELD_VARIANT])) {
		attempts_left_out(r, group, LEFT_ABSENT);
		return;
	}
	if (has_field(r, FIELD_MARK)) {
		mark = cell_mark(r, rec->field[FIELD_MARK]);
		if (mark == MARK_WRONG)
			refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5"),
			    N_("Это не отметка."));
	} else {
		mark = mark_by_scale(r, rec, procedure, year);
	}
	if (rec->is_bad)
		attempts_left_out(r, group, LEFT_REFUSED);
	else if (mark == MARK_MISSING)
		attempts_left_out(r, group, LEFT_ABSENT);
	else
		add_person(r, rec, group, mark);
}
