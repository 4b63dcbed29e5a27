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
#include <stdlib.h>
#include <string.h>

#include "convert/recognise_parts.h"

enum {
	TALLY_CHUNK = 4096,
	TALLIES_MAX = 1 << 24,
	CODE_BITS = 36,
	OUTCOME_BITS = 2,
	RANK_BITS = 2,
	LOW_BITS = OUTCOME_BITS + RANK_BITS,
	ID_COLUMNS = 8,
	ID_BYTES = 512,
};

#define CODE_IS_WORD ((uint64_t)1 << (CODE_BITS - 1))
#define CODE_MASK    (((uint64_t)1 << CODE_BITS) - 1)
#define TOP_UNKNOWN  UINT32_MAX

enum rank { RANK_MAIN, RANK_RESERVE, RANK_RETAKE, RANK_WRONG };

enum outcome {
	OUTCOME_FAILED = 0, /* or mark 2; the marks follow */
	OUTCOME_PASSED = 1,
	OUTCOME_NONE = 4, /* absent: not a participant */
	OUTCOME_BAD = 5,  /* complained about */
};

enum mode { MODE_STREAM, MODE_KEEP, MODE_NAME };

struct exam {
	struct str year_text, procedure; /* procedure: the code */
	struct syear year;
	bool by_points;
	int32_t least;
	bool said_mark_used;
	const struct vpr_scale *scale; /* when the file has no marks */
};

/* Rare counts live beside the tally that has them. */
struct extras {
	int32_t retake, previous, absent, gve, refused, without_first, twice;
};

struct tally {
	uint32_t school;
	uint16_t exam;
	uint16_t sheet;
	uint32_t first_row, last_row;
	uint32_t counts[4]; /* by outcome */
	uint32_t extras;    /* place + 1, 0 for none */
	uint32_t top;       /* the highest code so far + 1, or TOP_UNKNOWN */
};

/* Keys of rows; grows by realloc, as it may be most of the memory. */
struct keys {
	uint64_t *p;
	size_t n, cap;
};

/* Texts of the cells that say the group, of the last row. */
struct identity {
	uint32_t columns[ID_COLUMNS];
	struct str text[ID_COLUMNS];
	size_t n;
	char bytes[ID_BYTES];
	bool is_kept; /* text is filled */
};

struct pupils {
	enum mode mode;
	struct identity id;
	int32_t code_at, mark_at, score_at, attempt_at, graduate_at;

	struct map school_places;
	VEC(struct school_ref) schools;
	VEC(struct exam) exams;
	VEC(struct str) sheets;
	struct str column;

	VEC(struct tally *) chunks;
	uint32_t tallies;
	uint32_t *slots; /* tally + 1, open addressing */
	uint32_t slot_cap;
	VEC(struct extras) extras;

	struct tally *now; /* NULL between segments */
	uint32_t now_at;
	struct exam *exam;
	struct keys segment;
	bool is_plain; /* first attempts in ascending codes so far */
	uint32_t counts[4];
	uint64_t last;  /* code + 1 of the row before, in a plain segment */
	uint64_t floor; /* code + 1 below which the group was seen before */

	struct map words; /* codes that are not numbers */
	struct arena *words_mem;
	uint64_t word_count;
	bool words_last; /* their places hold for the file, not a segment */

	struct keys kept;
	VEC(uint64_t) conflicts; /* key >> LOW_BITS, ascending */
	bool is_scattered;
};

/* Keys. */

static void
keys_push(struct keys *k, uint64_t key)
{
	if (k->n == k->cap) {
		k->cap = k->cap ? k->cap * 2 : 256;
		uint64_t *p = realloc(k->p, k->cap * sizeof *p);
		MUST(p != NULL);
		k->p = p;
	}
	k->p[k->n++] = key;
}

static void
insertion_sort(uint64_t *a, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = a[i];
		size_t j = i;
		for (; j > 0 && a[j - 1] > key; j--)
			a[j] = a[j - 1];
		a[j] = key;
	}
}

/* In place, from the highest byte down ("American flag"). */
static void
sort_keys(uint64_t *a, size_t n, int shift)
{
	size_t end[256] = {0}, at[256];

	if (n <= 48 || shift < 0) {
		insertion_sort(a, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		end[a[i] >> shift & 0xFF]++;
	for (size_t b = 0, sum = 0; b < 256; b++) {
		at[b] = sum;
		sum += end[b];
		end[b] = sum;
	}
	for (size_t b = 0; b < 256; b++)
		while (at[b] < end[b]) {
			uint64_t key = a[at[b]];
			size_t home = key >> shift & 0xFF;
			if (home == b) {
				at[b]++;
				continue;
			}
			a[at[b]] = a[at[home]];
			a[at[home]++] = key;
		}
	for (size_t b = 0, from = 0; b < 256; from = end[b++])
		if (end[b] - from > 1)
			sort_keys(a + from, end[b] - from, shift - 8);
}

/* Groups. */

static struct tally *
tally_at(struct pupils *p, uint32_t i)
{
	return &p->chunks.p[i / TALLY_CHUNK][i % TALLY_CHUNK];
}

static uint32_t
slot_hash(uint32_t school, uint32_t exam)
{
	uint64_t h = ((uint64_t)school << 16 | exam) * 0x9E3779B97F4A7C15u;

	return (uint32_t)(h >> 32);
}

static uint32_t *
slot_of(struct pupils *p, uint32_t school, uint32_t exam)
{
	uint32_t mask = p->slot_cap - 1;

	for (uint32_t i = slot_hash(school, exam) & mask;; i = (i + 1) & mask) {
		if (!p->slots[i])
			return &p->slots[i];
		struct tally *t = tally_at(p, p->slots[i] - 1);
		if (t->school == school && t->exam == exam)
			return &p->slots[i];
	}
}

static void
slots_grow(struct recogniser *r, struct pupils *p)
{
	p->slot_cap = p->slot_cap ? p->slot_cap * 2 : 1024;
	p->slots = arena_new(r->mem, uint32_t, p->slot_cap);
	for (uint32_t i = 0; i < p->tallies; i++) {
		struct tally *t = tally_at(p, i);
		*slot_of(p, t->school, t->exam) = i + 1;
	}
}

static uint32_t
tally_find(struct recogniser *r, struct pupils *p, uint32_t school,
    uint32_t exam, uint32_t row)
{
	if ((uint64_t)p->tallies * 3 >= (uint64_t)p->slot_cap * 2)
		slots_grow(r, p);

	uint32_t *slot = slot_of(p, school, exam);
	if (*slot)
		return *slot - 1;
	if (p->tallies % TALLY_CHUNK == 0)
		*vec_push(r->mem, &p->chunks) =
		    arena_new(r->mem, struct tally, TALLY_CHUNK);
	uint32_t at = p->tallies++;
	*slot = at + 1;
	*tally_at(p, at) = (struct tally){
	    .school = school,
	    .exam = (uint16_t)exam,
	    .sheet = (uint16_t)(p->sheets.n - 1),
	    .first_row = row,
	    .last_row = row,
	};
	return at;
}

static struct extras *
extras_of(struct recogniser *r, struct pupils *p, struct tally *t)
{
	if (!t->extras) {
		*vec_push(r->mem, &p->extras) = (struct extras){0};
		t->extras = (uint32_t)p->extras.n;
	}
	return &p->extras.p[t->extras - 1];
}

/*
 * One pupil's keys, sorted: first attempts before reserve days before
 * retakes.
 */
static void
count_person(struct recogniser *r, struct pupils *p, struct tally *t,
    const uint64_t *keys, size_t n)
{
	uint64_t rank = keys[0] >> OUTCOME_BITS & 3;
	uint64_t outcome = keys[0] & 3;
	size_t same = 1;

	if (rank == RANK_RETAKE) {
		struct extras *e = extras_of(r, p, t);
		e->without_first++;
		e->retake += (int32_t)n;
		return;
	}
	while (same < n && (keys[same] >> OUTCOME_BITS & 3) == rank)
		same++;
	if (keys[same - 1] != keys[0]) {
		*vec_push(r->mem, &p->conflicts) = keys[0] >> LOW_BITS;
		return;
	}
	t->counts[outcome]++;
	if (n == 1)
		return;
	struct extras *e = extras_of(r, p, t);
	e->twice += (int32_t)(same - 1);
	e->retake += (int32_t)(n - same);
}

static void
count_sorted(
    struct recogniser *r, struct pupils *p, const uint64_t *keys, size_t n)
{
	for (size_t from = 0, to; from < n; from = to) {
		uint64_t person = keys[from] >> LOW_BITS;
		for (to = from + 1; to < n && keys[to] >> LOW_BITS == person;)
			to++;
		struct tally *t = tally_at(p, (uint32_t)(person >> CODE_BITS));
		count_person(r, p, t, keys + from, to - from);
	}
}

static void
forget_words(struct pupils *p)
{
	if (p->word_count && !p->words_last) {
		arena_reset(p->words_mem);
		p->words = map_open(p->words_mem);
		p->word_count = 0;
	}
}

static void
raise_top(struct pupils *p, struct tally *t)
{
	uint64_t top = p->last;

	for (size_t i = 0; !p->is_plain && i < p->segment.n; i++) {
		uint64_t code = (p->segment.p[i] >> LOW_BITS & CODE_MASK) + 1;
		if (code > top)
			top = code;
	}
	t->top = top >= TOP_UNKNOWN ? TOP_UNKNOWN :
		 top > t->top       ? (uint32_t)top :
				      t->top;
}

static void
segment_end(struct recogniser *r, struct pupils *p)
{
	struct tally *t = p->now;

	if (!t)
		return;
	if (p->mode == MODE_STREAM) {
		raise_top(p, t);
		if (p->is_plain) {
			for (int i = 0; i < 4; i++)
				t->counts[i] += p->counts[i];
		} else {
			sort_keys(p->segment.p, p->segment.n, 56);
			count_sorted(r, p, p->segment.p, p->segment.n);
		}
	}
	p->segment.n = 0;
	p->now = NULL;
	forget_words(p);
}

static void
segment_begin(struct pupils *p, uint32_t at)
{
	p->now = tally_at(p, at);
	p->now_at = at;
	p->exam = &p->exams.p[p->now->exam];
	p->is_plain = true;
	p->last = 0;
	p->floor = p->now->top;
	memset(p->counts, 0, sizeof p->counts);
}

/* One valid row of a person, told apart from the others by its code. */
static void
count_row(struct recogniser *r, struct pupils *p, uint64_t code, enum rank rank,
    uint32_t outcome)
{
	uint64_t key = (uint64_t)p->now_at << (CODE_BITS + LOW_BITS) |
		       code << LOW_BITS | (uint64_t)rank << OUTCOME_BITS |
		       outcome;

	if (p->mode == MODE_KEEP) {
		keys_push(&p->kept, key);
		return;
	}
	if (code + 1 <= p->floor || p->floor == TOP_UNKNOWN) {
		p->is_scattered = true;
		r->is_void = true;
		return;
	}
	keys_push(&p->segment, key);
	if (rank != RANK_MAIN || code + 1 <= p->last)
		p->is_plain = false;
	else
		p->last = code + 1;
	p->counts[outcome]++;
}

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

static void
identity_keep(struct pupils *p, const struct cell *cells, size_t n)
{
	struct identity *id = &p->id;
	size_t used = 0;

	id->is_kept = false;
	for (size_t i = 0; i < id->n; i++) {
		struct str s =
		    id->columns[i] < n ? cells[id->columns[i]].text : S("");
		if (used + s.n > ID_BYTES)
			return;
		if (s.n)
			memcpy(id->bytes + used, s.p, s.n);
		id->text[i] = (struct str){id->bytes + used, s.n};
		used += s.n;
	}
	id->is_kept = true;
}

/* Which group a row belongs to, when it is not the one before. */
static bool
group_of_row(struct recogniser *r, struct pupils *p, struct record *rec)
{
	struct school_ref school;
	struct str procedure = r->procedure;
	struct syear year = r->year;

	p->id.is_kept = false;
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
	uint32_t at = tally_find(
	    r, p, school_find(r, p, &school), (uint32_t)exam, rec->row);
	if (!p->now || p->now_at != at) {
		segment_end(r, p);
		segment_begin(p, at);
	}
	p->now->last_row =
	    rec->row > p->now->last_row ? rec->row : p->now->last_row;
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

/* In the pass that names rows: is this one of a pupil with two results? */
static void
name_conflict(struct recogniser *r, struct pupils *p, struct record *rec,
    uint64_t code, enum rank rank)
{
	uint64_t person = (uint64_t)p->now_at << CODE_BITS | code;

	if (rank == RANK_RETAKE || !is_conflict(p, person))
		return;
	extras_of(r, p, p->now)->refused++;
	r->says_again = true;
	refuse(r, rec, FIELD_PUPIL, N_("один результат ученика за день"),
	    N_("Код этого ученика встречается в файле несколько раз с разными "
	       "результатами одного дня: какой из них первый, не узнать."));
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
		if (!rec->is_bad && outcome == OUTCOME_NONE) {
			extras_of(r, p, p->now)->absent += counts_now(p);
		} else if (!rec->is_bad) {
			uint64_t code = code_of(r, p, rec->field[FIELD_PUPIL]);
			if (p->mode == MODE_NAME)
				name_conflict(r, p, rec, code, rank);
			else
				count_row(r, p, code, rank, outcome);
		}
	}
	if (rec->is_bad)
		extras_of(r, p, p->now)->refused += counts_now(p);
	if (rec->n && rec->cells[rec->n - 1].column == rec->n - 1)
		identity_keep(p, rec->cells, rec->n);
}

/* The checked fast path. */

static bool
same_group(const struct pupils *p, const struct cell *cells, size_t n)
{
	const struct identity *id = &p->id;

	if (!id->is_kept || !p->now)
		return false;
	for (size_t i = 0; i < id->n; i++) {
		uint32_t c = id->columns[i];
		size_t length = c < n ? cells[c].text.n : 0;
		if (length != id->text[i].n ||
		    (length &&
			memcmp(cells[c].text.p, id->text[i].p, length) != 0))
			return false;
	}
	return true;
}

static struct str
cell_at(const struct cell *cells, size_t n, int32_t column)
{
	return column >= 0 && (size_t)column < n ? cells[column].text :
						   (struct str){0};
}

static bool
small_number(struct str s, size_t most, uint64_t *ret)
{
	uint64_t value = 0;

	if (s.n == 0 || s.n > most)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(unsigned char)s.p[i] - '0';
		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*ret = value;
	return true;
}

/*
 * A row of the same group with a plain number, mark or score and no word but
 * "main" and "current".  Anything else is read_row()'s; both must agree.
 */
bool
pupils_pass(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	struct pupils *p = r->pupils;
	uint64_t code, score;
	uint32_t outcome;

	if (!p || r->head->layout->row != pupils_row || n == 0 ||
	    cells[n - 1].column != n - 1 || !same_group(p, cells, n))
		return false;
	struct str attempt = cell_at(cells, n, p->attempt_at);
	struct str graduate = cell_at(cells, n, p->graduate_at);
	if ((attempt.n && !str_eq(attempt, S("main"))) ||
	    (graduate.n && !str_eq(graduate, S("current"))) ||
	    p->mode == MODE_NAME)
		return false;
	if (p->exam->by_points) {
		if (!small_number(cell_at(cells, n, p->score_at), 3, &score) ||
		    score > 100)
			return false;
		outcome = score < (uint64_t)p->exam->least ? OUTCOME_FAILED :
							     OUTCOME_PASSED;
	} else {
		struct str mark = cell_at(cells, n, p->mark_at);
		if (mark.n != 1 || mark.p[0] < '2' || mark.p[0] > '5')
			return false;
		outcome = (uint32_t)(mark.p[0] - '2');
	}
	if (!small_number(cell_at(cells, n, p->code_at), 10, &code))
		return false;
	p->now->last_row = row;
	count_row(r, p, code, RANK_MAIN, outcome);
	return true;
}

void
pupils_begin(struct recogniser *r)
{
	static const enum field says_group[] = {FIELD_SCHOOL, FIELD_CODE,
	    FIELD_LOGIN, FIELD_NAME, FIELD_YEAR, FIELD_PROCEDURE};
	const struct table_head *head = r->head;

	if (!r->pupils) {
		r->pupils = arena_new(r->mem, struct pupils, 1);
		r->pupils->school_places = map_open(r->mem);
	}
	struct pupils *p = r->pupils;
	p->id = (struct identity){0};
	for (size_t i = 0; i < COUNT_OF(says_group); i++)
		if (head->column_of[says_group[i]] >= 0)
			p->id.columns[p->id.n++] =
			    (uint32_t)head->column_of[says_group[i]];
	p->code_at = head->column_of[FIELD_PUPIL];
	p->mark_at = head->column_of[FIELD_MARK];
	p->score_at = head->column_of[FIELD_SCORE];
	p->attempt_at = head->column_of[FIELD_ATTEMPT];
	p->graduate_at = head->column_of[FIELD_GRADUATE];
	if (p->sheets.n < UINT16_MAX)
		*vec_push(r->mem, &p->sheets) = r->sheet;
	p->column = head->headings[p->mark_at >= 0 ? p->mark_at : p->score_at];
	give_head(r, S(""), -1);
}

void
pupils_end(struct recogniser *r)
{
	segment_end(r, r->pupils);
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

/* True when another pass is needed; see the head of this file. */
bool
pupils_again(struct recogniser *r)
{
	struct pupils *p = r->pupils;

	if (!p)
		return false;
	if (p->is_scattered && p->mode == MODE_STREAM) {
		forget_counts(p);
		forget_words(p);
		p->sheets.n = 0;
		p->mode = MODE_KEEP;
		p->words_last = true;
		return true;
	}
	if (p->mode == MODE_KEEP) {
		sort_keys(p->kept.p, p->kept.n, 56);
		count_sorted(r, p, p->kept.p, p->kept.n);
		p->kept.n = 0;
	}
	if (p->mode != MODE_NAME && p->conflicts.n) {
		sort_keys(p->conflicts.p, p->conflicts.n, 56);
		p->sheets.n = 0;
		p->mode = MODE_NAME;
		return true;
	}
	return false;
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
	    .left_out_refused = e->refused,
	    .without_first = e->without_first,
	    .at = {sheet, t->first_row, t->last_row, p->column},
	};

	for (int i = 0; i < 4; i++) {
		row.participants += (int32_t)t->counts[i];
		row.marks[i] = exam->by_points ? -1 : (int32_t)t->counts[i];
	}
	row.only_after_retake = row.participants == 0 && e->without_first > 0;
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
		struct str sheet =
		    t->sheet < p->sheets.n ? p->sheets.p[t->sheet] : r->sheet;
		give_tally(r, p, t, sheet);
		if (arena_used(r->scratch))
			arena_reset(r->scratch);
	}
	free(p->segment.p);
	free(p->kept.p);
	arena_close(p->words_mem);
}
