/* lint_rows.c - who answers for a row, what comes of it, which schools? */
#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/goal.h"
#include "core/plans/lint_parts.h"

void
lint_no_title(struct linter *l, const struct plan_measure *m)
{
	if (!m->title.n)
		found_in(l, m, m->deadline);
}

/* ---- responsibles ---------------------------------------------------------------- */

void
lint_no_responsible(struct linter *l, const struct plan_measure *m)
{
	if (!str_trim(m->responsible_text).n &&
	    table_has(l, m, COLUMN_RESPONSIBLE))
		found_in(l, m, title_of(l, m));
}

void
lint_lost_responsible(struct linter *l, const struct plan_measure *m)
{
	struct str s = str_trim(m->responsible_text);

	if (str_ends(s, S(",")) || str_ends(s, S(";")))
		found_in(l, m, s);
}

/* An order binds the staff: neither parents nor children. */
void
lint_not_staff(struct linter *l, const struct plan_measure *m)
{
	static const char *const words[] = {
	    "родители", "обучающиеся", "учащиеся", "ученики"};

	for (size_t i = 0; i < m->responsible.n; i++) {
		struct str text = text_fold(l->mem, m->responsible.all[i].text);
		for (size_t k = 0; k < COUNT_OF(words); k++)
			if (str_starts(text, str_of(words[k])))
				found_in(l, m, m->responsible.all[i].text);
	}
}

/* The surname without its ending: "Вьюжиной" and "Вьюжина" are one. */
static struct str
surname_stem(struct arena *mem, struct str name)
{
	enum { TWO_LETTERS = 4, SHORT = 10 };
	struct str folded = text_fold(mem, name);
	ptrdiff_t space = str_find_char(folded, ' ');
	struct str word =
	    space < 0 ? folded : str_cut(folded, 0, (size_t)space);

	return word.n > SHORT ? str_cut(word, 0, word.n - TWO_LETTERS) : word;
}

void
lint_not_listed(struct linter *l, const struct plan_measure *m)
{
	if (!l->plan->people.n)
		return;
	for (size_t i = 0; i < m->responsible.n; i++) {
		const struct responsible *r = &m->responsible.all[i];
		bool known = r->kind != WHO_PERSON;
		/* A person with a post of a school answers for the school. */
		known |= r->text.n > r->person.n + 2;
		struct str stem = surname_stem(l->mem, r->person);
		vec_each(const struct plan_person, p, &l->plan->people)
			known |= str_starts(text_fold(l->mem, p->name), stem);
		if (!known)
			found_in(l, m, r->person.n ? r->person : r->text);
	}
}

/* "управление образования" of "Управление образования, отдел школ". */
static bool
is_known(struct str folded, struct str surname, struct str entry)
{
	if (!entry.n)
		return false;
	if (surname.n && str_starts(entry, surname))
		return true;
	return str_find(folded, entry) >= 0 ||
	       (!surname.n && str_find(entry, folded) >= 0);
}

void
lint_not_known(struct linter *l, const struct plan_measure *m)
{
	if (!l->context->n_directory)
		return;
	for (size_t i = 0; i < m->responsible.n; i++) {
		const struct responsible *r = &m->responsible.all[i];
		/* Groups and posts are filled by whoever holds them. */
		bool known = r->is_collective || r->kind == WHO_GROUP ||
			     r->kind == WHO_ROLE;
		struct str folded = text_fold(l->mem, r->text);
		struct str surname = r->kind == WHO_PERSON ?
					 surname_stem(l->mem, r->person) :
					 S("");
		for (size_t k = 0; k < l->context->n_directory && !known; k++)
			known =
			    is_known(folded, surname, l->context->directory[k]);
		if (!known)
			found_in(l, m, r->text);
	}
}

void
lint_person_twice(struct linter *l)
{
	struct map seen = map_open(l->mem);

	vec_each(const struct plan_person, p, &l->plan->people) {
		int64_t *n = map_at(&seen, text_fold(l->mem, p->name));
		if (*n != MAP_NONE)
			found_at(l, p->at, p->name);
		*n = 1;
	}
}

/* Every word of the responsibles as one text. */
static struct str
all_responsibles(struct linter *l)
{
	struct buf all = buf_open(l->mem, 0);

	for (size_t i = 0; i < lint_rows(l); i++) {
		buf_put(&all, lint_row(l, i)->responsible_text);
		buf_char(&all, ' ');
	}
	return text_fold(l->mem, buf_str(&all));
}

void
lint_person_idle(struct linter *l)
{
	struct str all = all_responsibles(l);

	vec_each(const struct plan_person, p, &l->plan->people) {
		struct str stem = surname_stem(l->mem, p->name);
		if (stem.n && str_find(all, stem) < 0)
			found_at(l, p->at, p->name);
	}
}

/* ---- results ------------------------------------------------------------------------ */

void
lint_no_result(struct linter *l, const struct plan_measure *m)
{
	bool asked =
	    table_has(l, m, COLUMN_RESULT) || table_has(l, m, COLUMN_INDICATOR);

	if (asked && !m->result.n && !m->indicator.n)
		found_in(l, m, title_of(l, m));
}

void
lint_no_report(struct linter *l, const struct plan_measure *m)
{
	if (table_has(l, m, COLUMN_REPORT) && !m->report_form.n)
		found_in(l, m, title_of(l, m));
}

/* A number and a percent sign behind this place. */
static bool
is_percent(struct str folded, size_t at)
{
	size_t n = 0;

	while (at + n < folded.n && is_digit(folded.p[at + n]))
		n++;
	return n && str_starts(str_trim(str_from(folded, at + n)), S("%"));
}

static bool
has_change_word(struct str folded)
{
	static const char *const verbs[] = {"сниж", "сниз", "сократ", "сокращ",
	    "уменьш", "увелич", "повы", "рост", "возраст", "довед", "довест"};

	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (has_word(folded, verbs[i]))
			return true;
	return false;
}

/*
 * "снижение … на 10 %": of what it was, or in points?  "до 10 %" with no word
 * of falling or growing just before it: a level, or how far?
 */
static bool
is_percent_of_something(struct str folded)
{
	enum { NEAR = 80 }; /* bytes: five or six words */

	static const char *const words[] = {" на ", " до "};

	for (size_t w = 0; w < COUNT_OF(words); w++)
		for (size_t from = 0; from < folded.n;) {
			ptrdiff_t at =
			    str_find(str_from(folded, from), str_of(words[w]));
			if (at < 0)
				break;
			size_t place = from + (size_t)at;
			from = place + str_of(words[w]).n;
			struct str before = str_cut(
			    folded, place > NEAR ? place - NEAR : 0, place);
			if (is_percent(folded, from) &&
			    (w == 0 ? has_change_word(folded) :
				      !has_change_word(before)))
				return true;
		}
	return false;
}

static void
see_goal(struct linter *l, const struct plan_measure *m, struct str text)
{
	if (goal_of(l->mem, text).is_unclear ||
	    is_percent_of_something(text_fold(l->mem, text)))
		found_in(l, m, text_clip(l->mem, text, 120));
}

/* A control point may be its own result. */
void
lint_unclear_goal(struct linter *l, const struct plan_measure *m)
{
	see_goal(l, m, m->result);
	see_goal(l, m, m->indicator);
	if (is_point(l, m))
		see_goal(l, m, m->title);
}

/* In points, or a relative change whose kind is plain. */
static bool
is_change(struct linter *l, struct str text)
{
	struct goal g = goal_of(l->mem, text);
	struct str folded = text_fold(l->mem, text);

	if (g.kind == GOAL_CHANGE_PP || g.kind == GOAL_CHANGE_REL)
		return true;
	return has_change_word(folded) &&
	       (str_find(folded, S("процентных пункт")) >= 0 ||
		   str_find(folded, S("процентный пункт")) >= 0 ||
		   str_find(folded, S(" п. п.")) >= 0);
}

/* «с 42 % до 30 %», «было 42 %», «по сравнению с 2023/2024 годом». */
static bool
names_start(struct str folded)
{
	static const char *const words[] = {"сравнен", "относительно", "исходн",
	    "базов", "прошлого", "прошлым", "предыдущ", "было", "была",
	    "уровню", "уровня"};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (has_word(folded, words[i]))
			return true;
	for (size_t at = 0; at + 3 < folded.n; at++)
		if (str_starts(str_from(folded, at), S(" с ")) &&
		    at + 4 < folded.n && is_digit(folded.p[at + 4]))
			return true;
	return false;
}

static void
see_start(struct linter *l, const struct plan_measure *m, struct str text)
{
	if (is_change(l, text) && !names_start(text_fold(l->mem, text)))
		found_in(l, m, text_clip(l->mem, text, 120));
}

/* Without its start nobody can say whether a change was reached. */
void
lint_goal_no_start(struct linter *l, const struct plan_measure *m)
{
	if (m->has_start)
		return;
	see_start(l, m, m->result);
	see_start(l, m, m->indicator);
	if (is_point(l, m))
		see_start(l, m, m->title);
}

/* ---- schools ------------------------------------------------------------------------ */

static bool
names_school(struct str folded)
{
	static const char *const words[] = {
	    "сош", "оош", "нош", "гимнази", "лицей", "школа №", "школы №"};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (has_word(folded, words[i]))
			return true;
	return false;
}

void
lint_school_column(struct linter *l, const struct plan_measure *m)
{
	const struct plan_table *t = &l->plan->tables.p[m->table];

	if (!m->school_part.n ||
	    names_school(text_fold(l->mem, m->school_part)))
		return;
	for (size_t i = 0; i < t->n_headings; i++) {
		struct str head = text_fold(l->mem, t->headings[i].text);
		if (t->headings[i].column == COLUMN_SCHOOL_PART &&
		    has_word(head, "школы") && has_word(head, "участ"))
			found_in(l, m, t->headings[i].text);
	}
}

static size_t
count_of(struct str text, const char *what)
{
	struct str w = str_of(what);
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(text, w)) >= 0; n++)
		text = str_from(text, (size_t)at + w.n);
	return n;
}

void
lint_schools_in_title(struct linter *l, const struct plan_measure *m)
{
	struct str folded = text_fold(l->mem, m->title);
	size_t n = count_of(folded, "сош ") + count_of(folded, "оош ") +
		   count_of(folded, "гимназия ") + count_of(folded, "лицей ");

	if (n >= 3)
		found_in(l, m, title_of(l, m));
}

/* A row for every school, or the school's name in any row. */
void
lint_school_nowhere(struct linter *l)
{
	struct buf all = buf_open(l->mem, 0);

	if (!l->context->n_schools)
		return;
	for (size_t i = 0; i < lint_rows(l); i++) {
		const struct plan_measure *m = lint_row(l, i);
		for (size_t k = 0; k < m->responsible.n; k++)
			if (m->responsible.all[k].is_collective)
				return;
		buf_fmt(&all, "%.*s %.*s %.*s ", STR_ARG(m->title),
		    STR_ARG(m->school_part), STR_ARG(m->responsible_text));
	}
	struct str text = text_fold(l->mem, buf_str(&all));
	for (size_t i = 0; i < l->context->n_schools; i++)
		if (str_find(text, text_fold(l->mem, l->context->schools[i])) <
		    0)
			found_whole(l, l->context->schools[i]);
}
