/* remind_text.c - a person's letter in words. */
#include "base/utf8.h"
#include "core/plans/remind_own.h"

enum { TITLE_CLIP = 140 };

static const char *const part_titles[PART_COUNT] = {
    [PART_TODAY] = N_("Напоминаем сегодня"),
    [PART_RETURNED] = N_("Вам вернули"),
    [PART_LATE] = N_("Срок прошёл"),
    [PART_DUE] = N_("Срок на этой неделе"),
    [PART_SOON] = N_("Срок в следующие две недели"),
    [PART_CONFIRM] = N_("Ждут вашего подтверждения"),
    [PART_ESCALATED] = N_("Просрочено у других, и давно"),
};

static void
put_when(struct buf *b, struct arena *mem, const struct remind_item *it)
{
	const struct q_open_task *t = it->task;

	if (it->state == TASK_MARKED)
		buf_fmt(
		    b, "; исполнено %.*s", STR_ARG(date_ru(mem, t->done_on)));
	else if (!date_is_none(t->due_on))
		buf_fmt(b, "; срок – %.*s", STR_ARG(date_ru(mem, t->due_on)));
	if (it->days_late > 0)
		buf_fmt(b, ", опоздание – %d %s", it->days_late,
		    plural_ru(it->days_late, "рабочий день", "рабочих дня",
			"рабочих дней"));
}

static void
put_item(struct buf *b, struct arena *mem, const struct remind_item *it)
{
	const struct q_open_task *t = it->task;

	buf_fmt(b, "– %.*s%s%.*s", STR_ARG(t->number), t->number.n ? " " : "",
	    STR_ARG(text_clip(mem, t->title, TITLE_CLIP)));
	if (t->label.n)
		buf_fmt(b, " (%.*s)", STR_ARG(t->label));
	if (t->school_name.n)
		buf_fmt(b, " – %.*s", STR_ARG(t->school_name));
	put_when(b, mem, it);
	buf_c(b, "\n");
}

static void
put_part(struct buf *b, struct arena *mem, const struct remind_box *box,
    enum remind_part part)
{
	const struct remind_items *items = &box->parts[part];

	if (!items->n)
		return;
	buf_fmt(b, "%s: %zu\n\n", part_titles[part], items->n);
	for (size_t i = 0; i < items->n && i < REMIND_LISTED; i++)
		put_item(b, mem, &items->p[i]);
	if (items->n > REMIND_LISTED)
		buf_fmt(b, "… и ещё %zu\n", items->n - REMIND_LISTED);
	buf_c(b, "\n");
}

static void
put_moved(struct buf *b, struct arena *mem, const struct remind_box *box)
{
	const struct q_moved_deadline *before = NULL;

	if (!box->moved.n)
		return;
	buf_fmt(b, "Сроки изменились: %zu\n\n", box->moved.n);
	for (size_t i = 0; i < box->moved.n && i < REMIND_LISTED; i++) {
		const struct q_moved_deadline *d = box->moved.p[i];

		if (!before || before->move != d->move)
			buf_fmt(b, "%sПричина: %.*s.\n", before ? "\n" : "",
			    STR_ARG(moved_cause(
				mem, d->cause, d->person_name, d->on_day)));
		before = d;
		buf_fmt(b, "– %.*s%s%.*s", STR_ARG(d->row_number),
		    d->row_number.n ? " " : "",
		    STR_ARG(text_clip(mem, d->title, TITLE_CLIP)));
		if (d->label.n)
			buf_fmt(b, " (%.*s)", STR_ARG(d->label));
		if (d->school_name.n)
			buf_fmt(b, " – %.*s", STR_ARG(d->school_name));
		buf_fmt(b, "; %.*s\n",
		    STR_ARG(moved_words(mem,
			(struct day_span){d->was_opens, d->was_due},
			(struct day_span){d->opens_on, d->due_on})));
	}
	if (box->moved.n > REMIND_LISTED)
		buf_fmt(b, "… и ещё %zu\n", box->moved.n - REMIND_LISTED);
	buf_c(b, "\n");
}

static void
put_extra(struct buf *b, struct arena *mem, const struct remind_extra *x)
{
	if (x->n_undated) {
		buf_fmt(
		    b, "График не загружен, дат нет: %zu\n\n", x->n_undated);
		for (size_t i = 0; i < x->n_undated && i < REMIND_LISTED; i++)
			buf_fmt(b, "– %.*s %.*s – «%.*s»\n",
			    STR_ARG(x->undated[i].number),
			    STR_ARG(text_clip(
				mem, x->undated[i].title, TITLE_CLIP)),
			    STR_ARG(x->undated[i].deadline));
		buf_c(b, "\n");
	}
	if (x->n_silent) {
		buf_fmt(b, "Не заходили %d дней: %zu\n\n", REMIND_SILENT_DAYS,
		    x->n_silent);
		for (size_t i = 0; i < x->n_silent && i < REMIND_LISTED; i++)
			buf_fmt(b, "– %.*s, %.*s\n", STR_ARG(x->silent[i].name),
			    STR_ARG(x->silent[i].school_name));
		if (x->n_silent > REMIND_LISTED)
			buf_fmt(
			    b, "… и ещё %zu\n", x->n_silent - REMIND_LISTED);
		buf_c(b, "\n");
	}
}

static void
put_why(struct buf *b, const struct remind_options *o,
    const struct remind_box *box, enum letter_kind kind)
{
	const char *before = N_("Почему это письмо пришло вам: ");

	for (int w = 0; w < WHY_COUNT; w++) {
		if (!box->why[kind][w])
			continue;
		buf_fmt(
		    b, "%s%s", before, concern_sentence((enum concern_why)w));
		before = "; ";
	}
	if (box->instead_of.n)
		buf_fmt(b, "; вы замещаете: %.*s", STR_ARG(box->instead_of));
	buf_fmt(b,
	    ".\nЧтобы не получать писем «%s», снимите отметку на странице "
	    "«Письма и календарь»",
	    letter_kind_titles[kind]);
	if (o->site.n)
		buf_fmt(b, ": %.*s/letters", STR_ARG(o->site));
	buf_c(b, ".\nОтвечать на письмо не нужно: его написала программа.\n");
}

static struct str
week_subject(struct arena *mem, const struct remind_box *box)
{
	struct buf b = buf_open(mem, 0);

	static const struct {
		enum remind_part part;
		const char *words;
	} said[] = {{PART_RETURNED, "возвращено"}, {PART_LATE, "просрочено"},
	    {PART_DUE, "срок на этой неделе"},
	    {PART_CONFIRM, "ждут подтверждения"},
	    {PART_ESCALATED, "давно просрочено у других"}};

	struct str rest = box->parts[PART_SOON].n ? S("ближайшие сроки") :
						    S("что требует внимания");

	for (size_t i = 0; i < COUNT_OF(said); i++)
		if (box->parts[said[i].part].n)
			buf_fmt(&b, "%s%s – %zu", b.n ? ", " : "",
			    said[i].words, box->parts[said[i].part].n);
	if (box->moved.n)
		buf_fmt(&b, "%sсроки изменились – %zu", b.n ? ", " : "",
		    box->moved.n);
	return arena_fmt(mem, "Дорожные карты на неделю: %.*s",
	    STR_ARG(b.n ? buf_str(&b) : rest));
}

static bool
has_any(
    const struct remind_box *box, enum remind_part from, enum remind_part to)
{
	for (int p = from; p <= (int)to; p++)
		if (box->parts[p].n)
			return true;
	return false;
}

/* "week 2026-11-23 person 7": the Monday names the week. */
static struct str
once_of(struct arena *mem, enum letter_kind kind, struct date today,
    person_id person)
{
	struct date day = kind == LETTER_WEEK ?
			      date_plus(today, 1 - date_weekday(today)) :
			      today;

	return arena_fmt(mem, "%s %.*s person %lld", letter_kind_codes[kind],
	    STR_ARG(date_iso_str(mem, day)), (long long)person.v);
}

bool
remind_letter(struct arena *mem, const struct remind_options *o,
    const struct remind_box *box, const struct remind_extra *extra,
    enum letter_kind kind, struct letter_new *ret)
{
	bool week = kind == LETTER_WEEK;
	bool keeps =
	    week && box->is_keeper && (extra->n_silent || extra->n_undated);
	enum remind_part first = week ? PART_RETURNED : PART_TODAY;
	enum remind_part last = week ? PART_ESCALATED : PART_TODAY;
	struct buf b = buf_open(mem, 0);

	if (!has_any(box, first, last) && !keeps && !(week && box->moved.n))
		return false;
	buf_fmt(&b,
	    "Здравствуйте! Пишет программа «Опора» – для кого: "
	    "%.*s, на %.*s.\n\n",
	    STR_ARG(box->who.name), STR_ARG(date_ru(mem, o->today)));
	for (int p = first; p <= (int)last; p++)
		put_part(&b, mem, box, (enum remind_part)p);
	if (week)
		put_moved(&b, mem, box);
	if (keeps)
		put_extra(&b, mem, extra);
	if (o->site.n)
		buf_fmt(
		    &b, "Отметить или посмотреть: %.*s/\n\n", STR_ARG(o->site));
	put_why(&b, o, box, kind);
	*ret = (struct letter_new){
	    .once = once_of(mem, kind, o->today, box->who.person),
	    .kind = str_of(letter_kind_codes[kind]),
	    .person = box->who.person,
	    .address = box->who.email.p ? box->who.email : S(""),
	    .subject =
		week ? week_subject(mem, box) :
		       arena_fmt(mem, "Сроки дорожной карты: %zu %s",
			   box->parts[PART_TODAY].n,
			   plural_ru((int64_t)box->parts[PART_TODAY].n,
			       "мероприятие", "мероприятия", "мероприятий")),
	    .body = buf_str(&b)};
	return true;
}
