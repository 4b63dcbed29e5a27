/*
 * recognise_pupils.c - millions of pupil rows, counted as they pass.
 *
 * A group is one school, year and procedure.  In files as people have them
 * the rows of a group stand together; such a run of rows is a segment, and its
 * codes are kept only while it lasts.  Within a segment people are told apart
 * exactly: as long as codes ascend and every row is a first attempt nothing
 * has to be looked up, otherwise the segment is sorted when it ends.
 *
 * When a group comes back later in the file and a code is not above all its
 * codes so far, earlier segments would be needed.  Then the pass is given up
 * and the file is read again (recogniser_again), this time keeping eight bytes
 * a row to the end.  Both ways give the same counts; a test shuffles to see.
 *
 *	key of a row:  tally 24 | code 36 | rank 2 | outcome 2
 *	rank:          0 main, 1 reserve, 2 retake
 *	outcome:       mark - 2, or by points: 0 failed, 1 passed
 *
 * BASIS: norilsk-2.1-retakes, norilsk-2.1-previous - the first valid result of
 * each pupil counts; those of retakes and of earlier graduates do not.
 */
#include "convert/recognise_pupils.h"

#include <stdlib.h>
#include <string.h>

/* The judge of an exam: by marks, or by points against a threshold. */
static void
exam_judge(struct recogniser *r, struct pupils *p, struct exam *e)
{
	bool exact;
	const struct exam_threshold *t = threshold_of(
	    r->data, e->procedure, S("test"), e->year.first + 1, &exact);

	e->by_points = t != NULL;
	e->least = t ? t->least : 0;
	if (p->mark_at < 0)
		e->scale = scale_of(r->data, e->procedure, e->year.first + 1);
	if (t && !exact)
		warn_at(r, 0,
		    N_("Порога %.*s за %d год в таблице порогов нет; взят "
		       "последний известный, %d."),
		    STR_ARG(e->procedure), e->year.first + 1, e->least);
}

static int32_t
exam_find(struct recogniser *r, struct pupils *p, struct str procedure,
    struct syear year)
{
	for (size_t i = 0; i < p->exams.n; i++)
		if (p->exams.p[i].year.first == year.first &&
		    str_eq(p->exams.p[i].procedure, procedure))
			return (int32_t)i;
	if (p->exams.n == UINT16_MAX)
		return -1;
	struct exam *e = vec_push(r->mem, &p->exams);
	*e = (struct exam){
	    .procedure = arena_str(r->mem, procedure), .year = year};
	exam_judge(r, p, e);
	return (int32_t)(p->exams.n - 1);
}

static uint32_t
school_find(struct recogniser *r, struct pupils *p, const struct school_ref *s)
{
	struct str key = arena_fmt(r->scratch, "%.*s\x1f%.*s\x1f%.*s",
	    STR_ARG(s->login), STR_ARG(s->code), STR_ARG(s->name));
	int64_t at = map_get(&p->school_places, key);

	if (at != MAP_NONE)
		return (uint32_t)at;
	*map_at(&p->school_places, arena_str(r->mem, key)) =
	    (int64_t)p->schools.n;
	*vec_push(r->mem, &p->schools) =
	    (struct school_ref){arena_str(r->mem, s->login),
		arena_str(r->mem, s->code), arena_str(r->mem, s->name)};
	return (uint32_t)(p->schools.n - 1);
}

/* Which group a row belongs to, when it is not the one before. */
static bool
group_of_row(struct recogniser *r, struct pupils *p, struct record *rec)
{
	struct school_ref school;
	struct str procedure = r->procedure;
	struct syear year = r->year;

	bool known = row_school(r, rec, &school);
	if (rec->field[FIELD_YEAR].n ?
		!cell_year(r, rec->field[FIELD_YEAR], false, &year) :
		!year.first)
		refuse(r, rec, FIELD_YEAR, N_("учебный год вида 2022/2023"),
		    N_("Не понято, за какой это учебный год."));
	if (rec->field[FIELD_PROCEDURE].n)
		procedure = cell_procedure(r, rec->field[FIELD_PROCEDURE]);
	if (!procedure.n)
		refuse(r, rec, FIELD_PROCEDURE,
		    N_("код процедуры, например vpr-math-5 или ege-rus"),
		    N_("Не понято, какая это процедура."));
	if (!known || rec->is_bad)
		return false;

	int32_t exam = exam_find(r, p, procedure, year);
	if (exam < 0 || p->tallies >= TALLIES_MAX) {
		refuse(r, rec, FIELD_PROCEDURE, NULL,
		    N_("В файле слишком много разных школ и процедур."));
		return false;
	}
	uint32_t place = school_find(r, p, &school);
	uint32_t at = tally_find(r, p, place, (uint32_t)exam, rec->row);
	tally_enter(r, p, at, (uint32_t)exam);
	p->now->last_row = rec->row;
	plain_learn(r, p, rec, place, (uint32_t)exam);
	rec->has_group = true;
	return true;
}

static enum rank
rank_of(struct recogniser *r, struct str s)
{
	static const struct {
		struct str word;
		enum rank rank;
	} words[] = {{S_INIT("main"), RANK_MAIN}, {S_INIT("основн"), RANK_MAIN},
	    {S_INIT("reserve"), RANK_RESERVE}, {S_INIT("резерв"), RANK_RESERVE},
	    {S_INIT("retake"), RANK_RETAKE}, {S_INIT("пересдач"), RANK_RETAKE},
	    {S_INIT("повторн"), RANK_RETAKE},
	    {S_INIT("дополнительн"), RANK_RETAKE}};

	if (!s.n)
		return RANK_MAIN;
	struct str folded = text_fold(r->scratch, s);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_starts(folded, words[i].word))
			return words[i].rank;
	return RANK_WRONG;
}

/* 1, or 0 in the pass that only names rows: they were counted before. */
static int32_t
counts_now(const struct pupils *p)
{
	return p->mode != MODE_NAME;
}

/* Rows of people who are not asked about: counted by reason. */
static bool
is_left_out(struct recogniser *r, struct pupils *p, struct record *rec)
{
	struct str folded = text_fold(r->scratch, rec->field[FIELD_GRADUATE]);

	if (!folded.n || str_starts(folded, S("current")) ||
	    str_starts(folded, S("текущ")) ||
	    str_find(folded, S("текущего")) >= 0)
		return false;
	if (str_find(folded, S("гвэ")) >= 0) {
		extras_of(r, p, p->now)->gve += counts_now(p);
	} else if (str_starts(folded, S("previous")) ||
		   str_starts(folded, S("впл")) ||
		   str_find(folded, S("прошл")) >= 0) {
		extras_of(r, p, p->now)->previous += counts_now(p);
	} else {
		refuse(r, rec, FIELD_GRADUATE,
		    N_("current, previous или пусто"),
		    N_("Не понято, какого года выпускник."));
	}
	return true;
}

/* "24", "24.0": a score in whole points. */
static bool
score_of(struct recogniser *r, struct record *rec, int64_t top, int64_t *ret)
{
	if (cell_integer(rec->field[FIELD_SCORE], ret) && *ret >= 0 &&
	    *ret <= top)
		return true;
	refuse(r, rec, FIELD_SCORE,
	    top == 100 ? N_("целое число баллов от 0 до 100") :
			 N_("целое число баллов не больше высшего по шкале"),
	    N_("Это не балл."));
	return false;
}

static uint32_t
outcome_by_points(struct recogniser *r, struct pupils *p, struct record *rec)
{
	int64_t score;
	int mark;

	if (!cell_missing(r, rec->field[FIELD_SCORE])) {
		if (!score_of(r, rec, 100, &score))
			return OUTCOME_BAD;
		return score < p->exam->least ? OUTCOME_FAILED : OUTCOME_PASSED;
	}
	mark = cell_mark(r, rec->field[FIELD_MARK]);
	if (mark == MARK_MISSING)
		return OUTCOME_NONE;
	if (mark == MARK_WRONG) {
		refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5 или пусто"),
		    N_("Это не отметка."));
		return OUTCOME_BAD;
	}
	if (!p->exam->said_mark_used) {
		p->exam->said_mark_used = true;
		warn_at(r, rec->row,
		    N_("Для %.*s нет балла; справился ли ученик, решено по "
		       "отметке."),
		    STR_ARG(p->exam->procedure));
	}
	return mark == 2 ? OUTCOME_FAILED : OUTCOME_PASSED;
}

/* No marks in the whole file: the scale of that year, and it is said. */
static uint32_t
outcome_by_scale(struct recogniser *r, struct pupils *p, struct record *rec)
{
	const struct vpr_scale *scale = p->exam->scale;
	int64_t score;

	if (cell_missing(r, rec->field[FIELD_SCORE]))
		return OUTCOME_NONE;
	if (!scale) {
		refuse(r, rec, FIELD_SCORE, NULL,
		    N_("Отметок в файле нет, а шкалы для %.*s за %d год нет: "
		       "отметку не узнать."),
		    STR_ARG(p->exam->procedure), p->exam->year.first + 1);
		return OUTCOME_BAD;
	}
	if (!score_of(
		r, rec, scale->top >= 0 ? scale->top : SCORES_MAX, &score))
		return OUTCOME_BAD;
	if (!r->has_scores_warning) {
		r->has_scores_warning = true;
		warn_at(r, rec->row,
		    N_("Отметок в файле нет: они получены из первичных баллов "
		       "по шкале, которая от года к году меняется."));
	}
	return score <= scale->upper[0] ? 0 :
	       score <= scale->upper[1] ? 1 :
	       score <= scale->upper[2] ? 2 :
					  3;
}

static uint32_t
outcome_of(struct recogniser *r, struct pupils *p, struct record *rec)
{
	if (p->exam->by_points)
		return outcome_by_points(r, p, rec);
	if (p->mark_at < 0)
		return outcome_by_scale(r, p, rec);

	int mark = cell_mark(r, rec->field[FIELD_MARK]);
	if (mark > 0)
		return (uint32_t)mark - 2;
	if (mark == MARK_WRONG) {
		refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5 или пусто"),
		    N_("Это не отметка."));
		return OUTCOME_BAD;
	}
	if (rec->field[FIELD_MARK].n == 0 &&
	    !cell_missing(r, rec->field[FIELD_SCORE])) {
		refuse(r, rec, FIELD_MARK, N_("отметка от 2 до 5"),
		    N_("Балл есть, а отметки нет: по баллу о ней судить "
		       "нельзя."));
		return OUTCOME_BAD;
	}
	return OUTCOME_NONE;
}

/* A number as it is, a word by its place among the words. */
static uint64_t
code_of(struct recogniser *r, struct pupils *p, struct str text)
{
	int64_t number;
	struct str code = cell_code(text);

	if (all_digits(code) && str_to_int(code, &number) &&
	    (uint64_t)number < CODE_IS_WORD)
		return (uint64_t)number;
	if (!p->words_mem) {
		p->words_mem = arena_open((size_t)1 << 31);
		p->words = map_open(p->words_mem);
	}
	int64_t at = map_get(&p->words, code);
	if (at == MAP_NONE) {
		at = (int64_t)p->word_count++;
		*map_at(&p->words, arena_str(p->words_mem, code)) = at;
	}
	return CODE_IS_WORD | (uint64_t)at;
}

static bool
is_conflict(const struct pupils *p, uint64_t person)
{
	size_t from = 0, to = p->conflicts.n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (p->conflicts.p[middle] < person)
			from = middle + 1;
		else
			to = middle;
	}
	return from < p->conflicts.n && p->conflicts.p[from] == person;
}

static struct str
sheet_of(
    const struct recogniser *r, const struct pupils *p, const struct tally *t)
{
	return t->sheet < p->sheets.n ? p->sheets.p[t->sheet] : r->sheet;
}

/* Groups the consumer refused in an earlier reading. */
static void
mark_asked(struct recogniser *r, struct pupils *p)
{
	for (uint32_t i = 0; r->options->n_give_back && i < p->tallies; i++) {
		struct tally *t = tally_at(p, i);

		if (!is_asked_back(r, sheet_of(r, p, t), t->first_row))
			continue;
		struct extras *e = extras_of(r, p, t);
		e->is_spoiled = e->is_back = true;
	}
}

/*
 * In the last pass: every row of a group with a mistake goes out as refused,
 * so that the group loads back whole; those of a pupil with two results are
 * named.
 */
static void
refuse_group(struct recogniser *r, struct pupils *p, struct record *rec)
{
	struct str text = rec->field[FIELD_PUPIL];

	bool was_bad = rec->is_bad;

	if (!p->now->extras || !extras_of(r, p, p->now)->is_spoiled)
		return;
	r->says_again = true;
	rec->is_bad = true;
	if (extras_of(r, p, p->now)->is_back)
		rec->back =
		    (struct row_at){sheet_of(r, p, p->now), p->now->first_row};
	if (was_bad || !text.n ||
	    rank_of(r, rec->field[FIELD_ATTEMPT]) == RANK_RETAKE ||
	    outcome_of(r, p, rec) >= OUTCOME_NONE)
		return;
	uint64_t person =
	    (uint64_t)p->now_at << CODE_BITS | code_of(r, p, text);
	if (is_conflict(p, person))
		refuse(r, rec, FIELD_PUPIL,
		    N_("один результат ученика за день"),
		    N_("Код этого ученика встречается в файле несколько раз с "
		       "разными результатами одного дня: какой из них первый, "
		       "не узнать."));
}

void
pupils_row(struct recogniser *r, struct record *rec)
{
	struct pupils *p = r->pupils;
	enum rank rank = rank_of(r, rec->field[FIELD_ATTEMPT]);

	if (!group_of_row(r, p, rec))
		return;
	if (rank == RANK_WRONG)
		refuse(r, rec, FIELD_ATTEMPT,
		    N_("main, reserve, retake или пусто"),
		    N_("Не понято, какая это попытка."));
	if (!is_left_out(r, p, rec)) {
		uint32_t outcome = outcome_of(r, p, rec);
		if (outcome < OUTCOME_NONE && !rec->field[FIELD_PUPIL].n)
			refuse(r, rec, FIELD_PUPIL, N_("код ученика"),
			    N_("Нет кода: учеников не отличить друг от "
			       "друга."));
		if (!rec->is_bad && outcome == OUTCOME_NONE)
			extras_of(r, p, p->now)->absent += counts_now(p);
		else if (!rec->is_bad && p->mode != MODE_NAME)
			count_row(r, p, code_of(r, p, rec->field[FIELD_PUPIL]),
			    rank, outcome);
	}
	if (rec->is_bad)
		extras_of(r, p, p->now)->refused += counts_now(p);
	if (p->mode == MODE_NAME)
		refuse_group(r, p, rec);
}

void
pupils_begin(struct recogniser *r)
{
	const struct table_head *head = r->head;

	if (!r->pupils) {
		r->pupils = arena_new(r->mem, struct pupils, 1);
		r->pupils->school_places = map_open(r->mem);
	}
	struct pupils *p = r->pupils;
	p->mark_at = head->column_of[FIELD_MARK];
	p->score_at = head->column_of[FIELD_SCORE];
	plain_begin(r, p);
	if (p->sheets.n < UINT16_MAX)
		*vec_push(r->mem, &p->sheets) = r->sheet;
	p->column = head->headings[p->mark_at >= 0 ? p->mark_at : p->score_at];
	give_head(r, S(""), -1);
}

void
pupils_end(struct recogniser *r)
{
	tally_leave(r, r->pupils);
}

static void
forget_counts(struct pupils *p)
{
	for (uint32_t i = 0; i < p->tallies; i++) {
		struct tally *t = tally_at(p, i);
		memset(t->counts, 0, sizeof t->counts);
		t->extras = 0;
		t->top = 0;
	}
	p->extras.n = 0;
	p->conflicts.n = 0;
}

/* Codes were let go that are needed: the file has to be counted once more. */
bool
pupils_recount(struct recogniser *r)
{
	struct pupils *p = r->pupils;

	if (!p || !p->is_scattered || p->mode != MODE_STREAM)
		return false;
	forget_counts(p);
	forget_words(p);
	p->sheets.n = 0;
	p->mode = MODE_KEEP;
	p->words_last = true;
	return true;
}

/* True when a group has a mistake in it: its rows have to be seen once more. */
bool
pupils_settle(struct recogniser *r)
{
	struct pupils *p = r->pupils;
	bool any = false;

	if (!p)
		return false;
	if (p->mode == MODE_KEEP) {
		keys_sort(&p->kept);
		count_sorted(r, p, p->kept.p, p->kept.n);
		p->kept.n = 0;
	}
	mark_asked(r, p);
	keys_sort(&p->conflicts);
	for (size_t i = 0; i < p->conflicts.n; i++)
		extras_of(r, p,
		    tally_at(p, (uint32_t)(p->conflicts.p[i] >> CODE_BITS)))
		    ->is_spoiled = true;
	vec_each(struct extras, e, &p->extras) {
		e->is_spoiled |= e->refused > 0;
		any |= e->is_spoiled;
	}
	return any;
}

void
pupils_refuse_groups(struct recogniser *r)
{
	if (!r->pupils)
		return;
	r->pupils->sheets.n = 0;
	r->pupils->mode = MODE_NAME;
}

static void
say_extras(struct recogniser *r, struct pupils *p, const struct tally *t,
    const struct extras *e, struct str sheet)
{
	struct str school = school_label(r->scratch, &p->schools.p[t->school]);
	const struct exam *exam = &p->exams.p[t->exam];
	char year[SYEAR_TEXT];
	struct place at = {.sheet = sheet, .row = t->first_row};

	if (e->twice)
		(void)diag_warning(r->d, at,
		    N_("%.*s, %.*s за %s: строк, повторяющих код и результат "
		       "другой строки: %d. Каждый ученик посчитан один раз."),
		    STR_ARG(school), STR_ARG(exam->procedure),
		    syear_text(exam->year, year), e->twice);
	if (e->without_first)
		(void)diag_warning(r->d, at,
		    N_("%.*s, %.*s за %s: учеников, у которых в файле есть "
		       "только пересдача: %d. Результат до пересдачи "
		       "отсутствует, они не посчитаны."),
		    STR_ARG(school), STR_ARG(exam->procedure),
		    syear_text(exam->year, year), e->without_first);
}

static void
give_tally(struct recogniser *r, struct pupils *p, const struct tally *t,
    struct str sheet)
{
	static const struct extras none = {0};
	const struct extras *e =
	    t->extras ? &p->extras.p[t->extras - 1] : &none;
	const struct exam *exam = &p->exams.p[t->exam];
	struct result_row row = {
	    .school = p->schools.p[t->school],
	    .procedure = exam->procedure,
	    .year = exam->year,
	    .failed = (int32_t)t->counts[OUTCOME_FAILED],
	    .left_out_retake = e->retake,
	    .left_out_previous = e->previous,
	    .left_out_absent = e->absent,
	    .left_out_gve = e->gve,
	    .without_first = e->without_first,
	    .at = {sheet, t->first_row, t->last_row, p->column},
	};

	for (int i = 0; i < 4; i++) {
		row.participants += (int32_t)t->counts[i];
		row.marks[i] = exam->by_points ? -1 : (int32_t)t->counts[i];
	}
	row.only_after_retake = row.participants == 0 && e->without_first > 0;
	if (e->is_spoiled) {
		say_spoiled(r, &row);
		return;
	}
	if (t->extras)
		say_extras(r, p, t, e, sheet);
	give_result(r, &row);
}

void
pupils_close(struct recogniser *r)
{
	struct pupils *p = r->pupils;

	for (uint32_t i = 0; i < p->tallies; i++) {
		const struct tally *t = tally_at(p, i);
		give_tally(r, p, t, sheet_of(r, p, t));
		if (arena_used(r->scratch))
			arena_reset(r->scratch);
	}
	free(p->segment.p);
	free(p->kept.p);
	free(p->conflicts.p);
	arena_close(p->words_mem);
}
