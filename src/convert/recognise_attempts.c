/*
 * recognise_attempts.c - people of protocols: whose result is the first one.
 *
 * BASIS: norilsk-2.1-retakes - results before a retake count.  Of each person
 * and exam the earliest valid result is taken: a reserve day after an excused
 * absence is a first result, a reserve day after a «2» is a retake.
 *
 * BASIS: domain-7.1 - a person is a keyed hash of name and document, made
 * with a key of this run; it is compared here and goes nowhere.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "convert/recognise_parts.h"

struct people_group {
	struct school_ref school;
	struct str procedure;
	struct syear year;
	uint32_t first_row, last_row;
	struct str sheet, column;
	bool is_autumn;
	int32_t left_out[LEFT_COUNT];
	size_t own;   /* attempts that are not appeals */
	bool is_back; /* the consumer wants its rows back */
	/* found when everything is read */
	int32_t participants, failed, marks[4];
	bool by_points;
	int32_t retake, twice, without_first;
	struct amendment_row amended; /* when the protocol is not here */
	int32_t amended_twice, amended_retake;
};

struct attempts {
	VEC(struct people_group) groups;
	struct map places;
	VEC(struct attempt) all;
	VEC(struct str) sheets;
};

static struct str
digits_of(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			buf_char(&b, s.p[i]);
	return buf_str(&b);
}

/* Series and number in digits, from whichever columns they stand in. */
struct str
person_document(struct recogniser *r, const struct record *rec)
{
	return digits_of(r->scratch, arena_fmt(r->scratch, "%.*s%.*s%.*s",
					 STR_ARG(rec->field[FIELD_SERIES]),
					 STR_ARG(rec->field[FIELD_NUMBER]),
					 STR_ARG(rec->field[FIELD_DOCUMENT])));
}

/* One text of a name, however it is divided into columns. */
struct str
person_name(struct recogniser *r, const struct record *rec)
{
	static const enum field parts[] = {
	    FIELD_SURNAME, FIELD_FULL_NAME, FIELD_FIRST_NAME, FIELD_PATRONYMIC};
	struct str whole = S("");

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (rec->field[parts[i]].n)
			whole = arena_fmt(r->scratch, "%.*s%s%.*s",
			    STR_ARG(whole), whole.n ? " " : "",
			    STR_ARG(
				text_fold(r->scratch, rec->field[parts[i]])));
	return whole;
}

static struct attempts *
attempts_of(struct recogniser *r)
{
	if (!r->attempts) {
		r->attempts = arena_new(r->mem, struct attempts, 1);
		r->attempts->places = map_open(r->mem);
	}
	return r->attempts;
}

uint32_t
attempts_group(struct recogniser *r, const struct school_ref *school,
    struct str procedure, struct syear year, uint32_t row)
{
	struct attempts *a = attempts_of(r);
	struct str key =
	    arena_fmt(r->scratch, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s\x1f%d",
		STR_ARG(school->login), STR_ARG(school->code),
		STR_ARG(school->name), STR_ARG(procedure), year.first);
	int64_t at = map_get(&a->places, key);

	if (at == MAP_NONE) {
		struct source_cell from = source_of(r, row,
		    has_field(r, FIELD_MARK)  ? FIELD_MARK :
		    has_field(r, FIELD_SCORE) ? FIELD_SCORE :
						FIELD_PRIMARY);
		at = (int64_t)a->groups.n;
		*map_at(&a->places, arena_str(r->mem, key)) = at;
		*vec_push(r->mem, &a->groups) = (struct people_group){
		    .school = {arena_str(r->mem, school->login),
			arena_str(r->mem, school->code),
			arena_str(r->mem, school->name)},
		    .procedure = arena_str(r->mem, procedure),
		    .year = year,
		    .first_row = row,
		    .sheet = from.sheet,
		    .column = from.column,
		};
	}
	struct people_group *g = &a->groups.p[at];
	g->is_autumn |= r->is_autumn;
	g->by_points |= !has_field(r, FIELD_MARK) && has_field(r, FIELD_SCORE);
	if (str_eq(g->sheet, r->sheet))
		g->last_row = row;
	return (uint32_t)at;
}

struct attempt *
attempts_add(struct recogniser *r, uint32_t group, uint32_t row)
{
	struct attempts *a = attempts_of(r);

	if (a->sheets.n == 0 ||
	    !str_eq(a->sheets.p[a->sheets.n - 1], r->sheet)) {
		if (a->sheets.n < UINT16_MAX)
			*vec_push(r->mem, &a->sheets) = r->sheet;
	}
	struct attempt *added = vec_push(r->mem, &a->all);
	*added = (struct attempt){
	    .group = group,
	    .row = row,
	    .day = INT32_MIN,
	    .verdict = VERDICT_NONE,
	    .score = -1,
	    .primary = -1,
	    .before = VERDICT_NONE,
	    .sheet = (uint16_t)(a->sheets.n - 1),
	};
	return added;
}

void
attempts_left_out(struct recogniser *r, uint32_t group, enum left_out why)
{
	attempts_of(r)->groups.p[group].left_out[why]++;
}

size_t
attempts_count(const struct recogniser *r)
{
	return r->attempts ? r->attempts->all.n : 0;
}

struct attempt *
attempts_at(struct recogniser *r, size_t i)
{
	return &r->attempts->all.p[i];
}

static struct place
attempt_place(const struct attempts *a, const struct attempt *t)
{
	return (struct place){.sheet = a->sheets.p[t->sheet], .row = t->row};
}

static int
compare(const void *left, const void *right)
{
	const struct attempt *x = left;
	const struct attempt *y = right;

#define BY(field)                                                              \
	if (x->field != y->field)                                              \
	return x->field < y->field ? -1 : 1
	BY(group);
	BY(person);
	BY(day);
	BY(sheet);
	BY(row);
#undef BY
	return 0;
}

/* Does the appeal speak of this attempt? */
static bool
amends(const struct attempt *appeal, const struct attempt *t)
{
	if (t->is_appeal || t->group != appeal->group)
		return false;
	if (appeal->day != INT32_MIN && t->day != INT32_MIN &&
	    appeal->day != t->day)
		return false;
	return appeal->person ? appeal->person == t->person :
				appeal->name == t->name;
}

static bool
failed(int16_t verdict)
{
	return verdict == 2 || verdict == VERDICT_FAILED;
}

/* A second row about the same change of the same person. */
static bool
is_repeated(const struct attempts *a, const struct attempt *appeal)
{
	vec_each(struct attempt, t, &a->all) {
		if (t == appeal)
			return false;
		if (t->is_appeal && t->group == appeal->group &&
		    t->person == appeal->person && t->name == appeal->name &&
		    t->before == appeal->before &&
		    t->verdict == appeal->verdict)
			return true;
	}
	return false;
}

/* The protocol is not in this file: what the appeals change is only told. */
static void
amend_unknown(struct people_group *g, const struct attempts *a,
    const struct attempt *appeal)
{
	struct amendment_row *sum = &g->amended;

	if (appeal->is_retake) {
		g->amended_retake++;
		return;
	}
	if (is_repeated(a, appeal)) {
		g->amended_twice++;
		return;
	}
	sum->people++;
	if (appeal->before == VERDICT_NONE) {
		sum->unknown++;
		return;
	}
	sum->now_passed += failed(appeal->before) && !failed(appeal->verdict);
	sum->now_failed += !failed(appeal->before) && failed(appeal->verdict);
	if (appeal->before >= 2 && appeal->verdict >= 2) {
		sum->marks[appeal->before - 2]--;
		sum->marks[appeal->verdict - 2]++;
	}
}

/* Appeals change the attempts they speak of before anything is counted. */
static void
apply_appeal(
    struct recogniser *r, struct attempts *a, const struct attempt *appeal)
{
	struct people_group *g = &a->groups.p[appeal->group];
	struct attempt *found = NULL;
	uint64_t other = 0;

	if (appeal->verdict == VERDICT_NONE)
		return;
	if (g->own == 0) {
		amend_unknown(g, a, appeal);
		return;
	}
	vec_each(struct attempt, t, &a->all) {
		if (!amends(appeal, t))
			continue;
		other += found && found->person != t->person;
		if (!found || t->day < found->day)
			found = t;
	}
	if (!found || other) {
		(void)diag_warning(r->d, attempt_place(a, appeal),
		    found ? N_("Апелляция не учтена: в протоколе несколько "
			       "человек с такими именем и фамилией.") :
			    N_("Апелляция не учтена: этого человека нет в "
			       "протоколе."));
		return;
	}
	found->verdict = appeal->verdict;
}

static void
count_verdict(struct people_group *g, const struct attempt *t)
{
	g->participants++;
	g->failed += failed(t->verdict);
	if (t->verdict >= 2)
		g->marks[t->verdict - 2]++;
}

/* One person's attempts at one exam, the earliest first. */
static void
count_person(struct recogniser *r, struct attempts *a,
    const struct attempt *all, size_t n)
{
	struct people_group *g = &a->groups.p[all[0].group];
	size_t same = 1;

	if (all[0].is_retake) {
		g->without_first++;
		g->retake += (int32_t)n;
		return;
	}
	while (same < n && all[same].day == all[0].day && !all[same].is_retake)
		same++;
	for (size_t i = 1; i < same; i++) {
		if (all[i].verdict == all[0].verdict)
			continue;
		struct complaint *c = diag_error(r->d,
		    attempt_place(a, &all[i]),
		    N_("У этого человека в файле есть другой результат того "
		       "же экзамена и дня: строка %u. Какой из них первый, "
		       "не узнать."),
		    all[0].row);
		c->expected = S(N_("один результат человека за день"));
		g->left_out[LEFT_REFUSED] += (int32_t)same;
		return;
	}
	g->twice += (int32_t)(same - 1);
	g->retake += (int32_t)(n - same);
	count_verdict(g, &all[0]);
}

static void
count_people(struct recogniser *r, struct attempts *a)
{
	struct attempt *all = a->all.p;
	size_t kept = 0;

	for (size_t i = 0; i < a->all.n; i++)
		if (!all[i].is_appeal && all[i].verdict != VERDICT_NONE)
			all[kept++] = all[i];
	if (kept)
		qsort(all, kept, sizeof *all, compare);
	for (size_t from = 0, to; from < kept; from = to) {
		for (to = from + 1; to < kept &&
				    all[to].group == all[from].group &&
				    all[to].person == all[from].person;)
			to++;
		count_person(r, a, all + from, to - from);
	}
}

static void
say_group(struct recogniser *r, const struct people_group *g)
{
	struct place at = {.sheet = g->sheet, .row = g->first_row};
	struct str school = school_label(r->scratch, &g->school);

	if (g->twice)
		(void)diag_warning(r->d, at,
		    N_("%.*s, %.*s: строк, повторяющих человека и результат "
		       "другой строки: %d. Каждый посчитан один раз."),
		    STR_ARG(school), STR_ARG(g->procedure), g->twice);
	if (g->without_first)
		(void)diag_warning(r->d, at,
		    N_("%.*s, %.*s: людей, у которых в файле есть только "
		       "пересдача: %d. Результат до пересдачи отсутствует, "
		       "они не посчитаны."),
		    STR_ARG(school), STR_ARG(g->procedure), g->without_first);
}

static void
give_group(struct recogniser *r, struct people_group *g)
{
	struct result_row row = {
	    .school = g->school,
	    .procedure = g->procedure,
	    .year = g->year,
	    .participants = g->participants,
	    .failed = g->failed,
	    .left_out_retake = g->retake,
	    .left_out_previous = g->left_out[LEFT_PREVIOUS],
	    .left_out_absent = g->left_out[LEFT_ABSENT],
	    .left_out_gve = g->left_out[LEFT_GVE],
	    .without_first = g->without_first,
	    .only_after_retake = g->participants == 0 && g->without_first > 0,
	    .is_autumn = g->is_autumn,
	    .at = {g->sheet, g->first_row, g->last_row, g->column},
	};

	for (int i = 0; i < 4; i++)
		row.marks[i] = g->by_points ? -1 : g->marks[i];
	if (g->left_out[LEFT_REFUSED]) {
		say_spoiled(r, &row);
		return;
	}
	say_group(r, g);
	give_result(r, &row);
}

static void
give_amendment(struct recogniser *r, struct people_group *g)
{
	g->amended.school = g->school;
	g->amended.procedure = g->procedure;
	g->amended.year = g->year;
	g->amended.at = (struct source_cell){
	    g->sheet, g->first_row, g->last_row, g->column};
	g->amended.has_marks = !g->by_points;
	if (g->left_out[LEFT_REFUSED])
		return;
	if (g->amended.people && r->sink.amendment)
		r->sink.amendment(r->sink.ctx, &g->amended);
}

static void
say_amendment(struct recogniser *r, const struct people_group *g)
{
	struct place at = {.sheet = g->sheet, .row = g->first_row};

	if (g->amended_retake)
		(void)diag_note(r->d, at,
		    N_("Апелляций на результат пересдачи: %d. Считается "
		       "результат до пересдачи, и его они не меняют."),
		    g->amended_retake);
	if (g->amended_twice)
		(void)diag_warning(r->d, at,
		    N_("Строк об одном и том же изменении у того же человека: "
		       "%d. Каждое учтено один раз."),
		    g->amended_twice);
}

bool
attempts_settle(struct recogniser *r)
{
	struct attempts *a = r->attempts;
	bool any = false;

	if (!a)
		return false;
	vec_each(struct people_group, g, &a->groups) {
		g->is_back = is_asked_back(r, g->sheet, g->first_row);
		g->left_out[LEFT_REFUSED] += g->is_back;
	}
	vec_each(struct attempt, t, &a->all)
		if (!t->is_appeal)
			a->groups.p[t->group].own++;
	vec_each(struct attempt, t, &a->all)
		if (t->is_appeal)
			apply_appeal(r, a, t);
	count_people(r, a);
	vec_each(struct people_group, g, &a->groups)
		any |= g->left_out[LEFT_REFUSED] > 0;
	return any;
}

bool
attempts_refuse(struct recogniser *r, struct record *rec, uint32_t group)
{
	rec->has_group = true;
	if (!r->refuses_groups)
		return false;
	const struct people_group *g = &r->attempts->groups.p[group];
	if (!rec->is_bad && g->left_out[LEFT_REFUSED]) {
		r->says_again = true;
		rec->is_bad = true;
		if (g->is_back)
			rec->back = (struct row_at){g->sheet, g->first_row};
	}
	return true;
}

void
attempts_close(struct recogniser *r)
{
	vec_each(struct people_group, g, &r->attempts->groups) {
		int32_t left_out = 0;
		for (int why = 0; why < LEFT_COUNT; why++)
			left_out += g->left_out[why];
		if (g->own || left_out)
			give_group(r, g);
		say_amendment(r, g);
		arena_reset(r->scratch);
	}
	/* after all protocols, whichever sheet came first */
	vec_each(struct people_group, g, &r->attempts->groups)
		if (g->amended.people)
			give_amendment(r, g);
}
