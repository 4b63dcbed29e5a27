/* moved.c - whose deadlines moved, why, and from which day to which? */
#include "core/plans/moved.h"

#include "base/utf8.h"
#include "core/access/notices.h"
#include "core/plans/concern.h"

enum { TITLE_CLIP = 100 };

/* ---- words ---- */

static struct str
span_words(struct arena *mem, struct day_span s, bool with_opening)
{
	if (!with_opening || date_is_none(s.from) || date_eq(s.from, s.to))
		return date_ru(mem, s.to);
	return arena_fmt(mem, "с %.*s по %.*s", STR_ARG(date_ru(mem, s.from)),
	    STR_ARG(date_ru(mem, s.to)));
}

struct str
moved_words(struct arena *mem, struct day_span was, struct day_span becomes)
{
	bool opens = !date_eq(was.from, becomes.from);

	if (date_is_none(was.to))
		return arena_fmt(mem, "назначен срок: %.*s",
		    STR_ARG(span_words(mem, becomes, true)));
	if (date_is_none(becomes.to))
		return arena_fmt(mem, "срок %.*s снят, новый не назначен",
		    STR_ARG(span_words(mem, was, true)));
	return arena_fmt(mem, "срок был %.*s, стал %.*s",
	    STR_ARG(span_words(mem, was, opens)),
	    STR_ARG(span_words(mem, becomes, opens)));
}

struct str
moved_cause(
    struct arena *mem, struct str cause, struct str person_name, struct date on)
{
	return arena_fmt(mem, "%.*s – %.*s, %.*s", STR_ARG(cause),
	    STR_ARG(person_name), STR_ARG(date_ru(mem, on)));
}

static struct str
change_line(struct arena *mem, const struct deadline_change *c)
{
	return arena_fmt(mem, "%.*s%s%.*s%s%.*s%s – %.*s", STR_ARG(c->number),
	    c->number.n ? " " : "",
	    STR_ARG(text_clip(mem, c->title, TITLE_CLIP)),
	    c->label.n ? " (" : "", STR_ARG(c->label), c->label.n ? ")" : "",
	    STR_ARG(moved_words(mem, c->was, c->becomes)));
}

/* ---- what is kept ---- */

static enum rc
keep(struct scope *sc, struct str cause, const struct deadline_change *all,
    size_t n)
{
	struct q_deadline_move_add made;
	const struct q_deadline_move_add_in move = {
	    .municipality = sc->actor.municipality,
	    .cause = cause,
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now,
	    .on_day = sc->actor.today};
	enum rc rc = q_deadline_move_add(sc->db, sc->mem, &move, &made);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = q_moved_deadline_add(
		    sc->db, &(struct q_moved_deadline_add_in){
				.municipality = sc->actor.municipality,
				.move = made.id,
				.number = (int64_t)i + 1,
				.plan = all[i].plan,
				.measure = all[i].measure,
				.school = all[i].school,
				.label = all[i].label,
				.was_opens = all[i].was.from,
				.was_due = all[i].was.to,
				.opens_on = all[i].becomes.from,
				.due_on = all[i].becomes.to});
	return rc;
}

/* ---- whom it is told ---- */

struct told {
	person_id person;
	bool why[WHY_COUNT];
	struct str instead_of;
	VEC(struct str) lines;
	plan_id plan; /* of all its rows, or 0 */
};

struct telling {
	struct arena *mem;
	struct concerned concerned;
	VEC(struct told) people;
};

static struct told *
told_of(struct telling *t, const struct concern *c, plan_id plan)
{
	for (size_t i = 0; i < t->people.n; i++)
		if (t->people.p[i].person.v == c->person.v)
			return &t->people.p[i];
	struct told *new = vec_push(t->mem, &t->people);
	*new = (struct told){
	    .person = c->person, .instead_of = c->instead_of, .plan = plan};
	return new;
}

/* Of two schools of one person the same row says the same: once is enough. */
static void
put_line(struct arena *mem, struct told *who, struct str line)
{
	for (size_t i = 0; i < who->lines.n; i++)
		if (str_eq(who->lines.p[i], line))
			return;
	*vec_push(mem, &who->lines) = line;
}

static void
put_change(struct telling *t, const struct deadline_change *c)
{
	struct concern_list answers = {0};
	struct str line = change_line(t->mem, c);

	concern_answers(t->mem, &t->concerned, c->measure, c->school, &answers);
	for (size_t i = 0; i < answers.n; i++) {
		struct told *who = told_of(t, &answers.p[i], c->plan);

		who->why[answers.p[i].why] = true;
		if (who->plan.v != c->plan.v)
			who->plan.v = 0;
		put_line(t->mem, who, line);
	}
}

static struct str
notice_text(struct arena *mem, const struct told *who, struct str because)
{
	struct buf b = buf_open(mem, 0);
	const char *before = N_("Почему вы: ");

	buf_fmt(&b, "Изменились сроки ваших мероприятий: %zu. Причина: %.*s.\n",
	    who->lines.n, STR_ARG(because));
	for (size_t i = 0; i < who->lines.n && i < MOVED_NOTICE_ROWS; i++)
		buf_fmt(&b, "%.*s\n", STR_ARG(who->lines.p[i]));
	if (who->lines.n > MOVED_NOTICE_ROWS)
		buf_fmt(&b, "… и ещё %zu\n", who->lines.n - MOVED_NOTICE_ROWS);
	for (int w = 0; w < WHY_COUNT; w++) {
		if (!who->why[w])
			continue;
		buf_fmt(
		    &b, "%s%s", before, concern_sentence((enum concern_why)w));
		before = "; ";
	}
	if (who->instead_of.n)
		buf_fmt(&b, "; вы замещаете: %.*s", STR_ARG(who->instead_of));
	buf_c(&b, ".");
	return buf_str(&b);
}

enum rc
moved_tell(struct scope *sc, struct str cause,
    const struct deadline_change *all, size_t n)
{
	struct telling t = {.mem = sc->mem};
	enum rc rc = RC_OK;

	if (!n)
		return RC_OK;
	rc = keep(sc, cause, all, n);
	if (rc == RC_OK)
		rc = concerned_read(sc, sc->actor.today, &t.concerned);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		put_change(&t, &all[i]);
	struct str because = moved_cause(sc->mem, cause,
	    sc->actor.name.p ? sc->actor.name : S(""), sc->actor.today);
	for (size_t i = 0; rc == RC_OK && i < t.people.n; i++) {
		const struct told *who = &t.people.p[i];

		rc = notify_person(sc, who->person,
		    &(struct notice){.kind = NOTICE_DEADLINES_MOVED,
			.object = who->plan.v ? S("plan") : S("work"),
			.object_id = who->plan.v,
			.text = notice_text(sc->mem, who, because)});
	}
	return rc;
}
