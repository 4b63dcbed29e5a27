/* method_text.c - a whole methodology as prose, and what a version changed. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "lang/method_print.h"
#include "lang/method_words.h"

/* Prose being written. */
struct prose {
	struct arena *mem;
	const struct method *m;
	struct words words;
	VEC(struct passage) out;
};

static void
add(struct prose *p, enum passage_kind kind, struct str text)
{
	if (text.n)
		*vec_push(p->mem, &p->out) = (struct passage){kind, text};
}

PRINTF(3, 4)

static void
add_fmt(struct prose *p, enum passage_kind kind, const char *format, ...)
{
	char text[4096];
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	MUST(n >= 0);
	size_t kept = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	add(p, kind, arena_str(p->mem, (struct str){text, kept}));
}

/* Capital at the head, a full stop at the end. */
static struct str
sentence(struct prose *p, struct str s)
{
	struct str t = text_capital(p->mem, s);

	if (str_ends(t, S(".")) || str_ends(t, S("?")) || str_ends(t, S("!")))
		return t;
	return arena_fmt(p->mem, "%.*s.", STR_ARG(t));
}

static struct str
rule_text(struct prose *p, const struct expr *e)
{
	const struct env none = {0};

	return words_expr(&p->words, e, &none);
}

static void
write_head(struct prose *p)
{
	const struct method *m = p->m;
	struct str until = S(N_("без срока окончания"));

	add(p, PASSAGE_TITLE, m->title);
	if (m->short_title.n)
		add_fmt(p, PASSAGE_TEXT, N_("Сокращённо: %.*s."),
		    STR_ARG(m->short_title));
	if (!date_is_none(m->until))
		until = arena_fmt(p->mem, N_("по %.*s"),
		    STR_ARG(date_ru_long(p->mem, m->until)));
	add_fmt(p, PASSAGE_TEXT, N_("Версия %.*s, действует с %.*s, %.*s."),
	    STR_ARG(m->version), STR_ARG(date_ru_long(p->mem, m->from)),
	    STR_ARG(until));
	add_fmt(p, PASSAGE_TEXT, N_("Источник: %.*s%s%.*s."),
	    STR_ARG(m->source), m->section.n ? N_(", раздел ") : "",
	    STR_ARG(m->section));
	add(p, PASSAGE_TEXT, m->about);
}

static void
write_applies(struct prose *p)
{
	const struct method *m = p->m;

	add(p, PASSAGE_HEADING, S(N_("К каким школам применяется")));
	if (!m->applies)
		add(p, PASSAGE_TEXT, S(N_("Ко всем школам.")));
	else
		add_fmt(p, PASSAGE_TEXT,
		    N_("К школам, для которых верно: %.*s."),
		    STR_ARG(rule_text(p, m->applies)));
	add(p, PASSAGE_TEXT, m->otherwise);
}

static struct str
member_title(const struct prose *p, const struct method_set *s, size_t i)
{
	const struct vocabulary *v = p->m->vocabulary;

	if (!s->of_elements)
		return v->procedures[s->members[i]].title;
	const struct vocabulary_element *e = &v->elements[s->members[i]];
	return arena_fmt(
	    p->mem, "%.*s. %.*s", STR_ARG(e->number), STR_ARG(e->title));
}

static void
write_sets(struct prose *p)
{
	if (!p->m->n_sets)
		return;
	add(p, PASSAGE_HEADING, S(N_("Что рассматривается")));
	for (size_t i = 0; i < p->m->n_sets; i++) {
		const struct method_set *s = &p->m->sets[i];
		add_fmt(p, PASSAGE_TEXT,
		    s->of_elements ? N_("Набор показателей «%.*s»:") :
				     N_("Набор процедур «%.*s»:"),
		    STR_ARG(s->title));
		for (size_t k = 0; k < s->n; k++)
			add(p, PASSAGE_ITEM, member_title(p, s, k));
	}
}

static void
write_defines(struct prose *p)
{
	if (!p->m->n_defines)
		return;
	add(p, PASSAGE_HEADING, S(N_("Определения")));
	for (size_t i = 0; i < p->m->n_defines; i++) {
		const struct method_define *def = &p->m->defines[i];
		bool condition = def->body->type == TYPE_YES_NO;
		struct str head = text_capital(p->mem, def->title);
		add_fmt(p, PASSAGE_TEXT,
		    condition ? N_("%.*s, если верно: %.*s.") :
				N_("%.*s – это %.*s."),
		    STR_ARG(head), STR_ARG(rule_text(p, def->body)));
	}
}

static void
write_criteria(struct prose *p)
{
	const struct method *m = p->m;

	add(p, PASSAGE_HEADING, S(N_("Критерии")));
	for (size_t i = 0; i < m->n_criteria; i++) {
		const struct method_criterion *c = &m->criteria[i];
		struct str label =
		    text_capital(p->mem, words_criterion(p->mem, c->id));
		add_fmt(p, PASSAGE_TEXT, N_("%.*s (%.*s): %.*s."),
		    STR_ARG(label), STR_ARG(c->id), STR_ARG(c->title));
		add_fmt(p, PASSAGE_TEXT, N_("Точно: %.*s."),
		    STR_ARG(rule_text(p, c->rule)));
	}
	add(p, PASSAGE_HEADING, S(N_("Кто входит в перечень")));
	add_fmt(p, PASSAGE_TEXT,
	    N_("Школа входит в перечень, если верно: %.*s."),
	    STR_ARG(rule_text(p, m->listed)));
	if (m->enough)
		add_fmt(p, PASSAGE_TEXT,
		    N_("Если это не установлено, школа не входит в перечень, "
		       "когда верно: %.*s. Иначе решение – «нет данных»."),
		    STR_ARG(rule_text(p, m->enough)));
	else
		add(p, PASSAGE_TEXT,
		    S(N_("Если недостающие данные ещё могут изменить ответ, "
			 "решение – «нет данных».")));
	add(p, PASSAGE_TEXT,
	    S(N_("Чего не хватает, то не считается ни нулём, ни ответом «нет»: "
		 "условие выполнено или не выполнено только тогда, когда это "
		 "верно при любых недостающих значениях.")));
}

static struct str
setting_text(struct prose *p, struct ratio r, bool is_share)
{
	return is_share ? words_share(p->mem, r) : ratio_ru(p->mem, r, 0);
}

static void
write_settings(struct prose *p)
{
	if (!p->m->n_settings)
		return;
	add(p, PASSAGE_HEADING, S(N_("Настройки")));
	for (size_t i = 0; i < p->m->n_settings; i++) {
		const struct method_setting *s = &p->m->settings[i];
		add_fmt(p, PASSAGE_ITEM,
		    N_("%.*s: %.*s (допустимо от %.*s до "
		       "%.*s)%s"),
		    STR_ARG(s->title),
		    STR_ARG(setting_text(p, p->words.settings[i], s->is_share)),
		    STR_ARG(setting_text(p, s->least, s->is_share)),
		    STR_ARG(setting_text(p, s->most, s->is_share)),
		    ratio_cmp(p->words.settings[i], s->value) ?
			N_(" – изменено для пробного расчёта") :
			"");
	}
}

static void
write_doubts(struct prose *p, const struct method_choice *choice)
{
	if (!p->m->n_doubts)
		return;
	add(p, PASSAGE_HEADING, S(N_("Что источник оставляет неясным")));
	for (size_t i = 0; i < p->m->n_doubts; i++) {
		const struct method_doubt *d = &p->m->doubts[i];
		uint8_t k = choice ? choice->readings[i] : 0;
		add(p, PASSAGE_TEXT, sentence(p, d->question));
		add_fmt(p, PASSAGE_ITEM, N_("Принято: %.*s"),
		    STR_ARG(sentence(p, d->reading)));
		if (d->because.n)
			add_fmt(p, PASSAGE_ITEM, N_("Почему: %.*s"),
			    STR_ARG(sentence(p, d->because)));
		for (size_t j = 0; j < d->n_others; j++)
			add_fmt(p, PASSAGE_ITEM,
			    k == j + 1 ?
				N_("Выбрано для пробного расчёта: %.*s") :
				N_("Можно читать и так: %.*s"),
			    STR_ARG(sentence(p, d->others[j].text)));
	}
}

static struct str
outcome_text(struct prose *p, const struct method_example *ex)
{
	struct buf b = buf_open(p->mem, 0);
	const char *comma = N_("; выполнены критерии: ");

	buf_c(&b, method_status_titles[ex->status]);
	for (size_t i = 0; i < p->m->n_criteria; i++)
		if (ex->criteria >> i & 1) {
			buf_fmt(
			    &b, "%s%.*s", comma, STR_ARG(p->m->criteria[i].id));
			comma = ", ";
		}
	return buf_str(&b);
}

static void
write_examples(struct prose *p)
{
	if (!p->m->n_examples)
		return;
	add(p, PASSAGE_HEADING, S(N_("Примеры")));
	for (size_t i = 0; i < p->m->n_examples; i++)
		add_fmt(p, PASSAGE_ITEM, N_("%.*s Итог: %.*s."),
		    STR_ARG(sentence(p, p->m->examples[i].title)),
		    STR_ARG(outcome_text(p, &p->m->examples[i])));
}

static struct prose
prose_open(struct arena *mem, const struct method *m,
    const struct method_choice *choice)
{
	struct method_choice c = choice ? *choice : method_default(mem, m);

	return (struct prose){.mem = mem,
	    .m = m,
	    .words = {.mem = mem, .m = m, .settings = c.settings}};
}

struct passages
method_passages(struct arena *mem, const struct method *m,
    const struct method_choice *choice)
{
	const struct ratio *settings;
	const struct method *read = method_as_read(mem, m, choice, &settings);
	struct prose p = prose_open(mem, read, choice);

	p.words.settings = settings;
	write_head(&p);
	write_applies(&p);
	write_sets(&p);
	write_defines(&p);
	write_criteria(&p);
	write_settings(&p);
	write_doubts(&p, choice);
	write_examples(&p);
	return (struct passages){p.out.p, p.out.n};
}

struct str
method_text(struct arena *mem, const struct method *m,
    const struct method_choice *choice)
{
	struct passages all = method_passages(mem, m, choice);
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < all.n; i++) {
		bool item = all.p[i].kind == PASSAGE_ITEM;
		bool after_item = i && all.p[i - 1].kind == PASSAGE_ITEM;
		if (i && !(item && after_item))
			buf_c(&b, "\n");
		buf_fmt(
		    &b, "%s%.*s\n", item ? "– " : "", STR_ARG(all.p[i].text));
	}
	return buf_str(&b);
}

/* Differences. */

static void
changed(struct prose *p, const char *what, struct str before, struct str after)
{
	if (str_eq(before, after))
		return;
	add_fmt(p, PASSAGE_ITEM, N_("%s: было «%.*s», стало «%.*s»."), what,
	    STR_ARG(before), STR_ARG(after));
}

static void
diff_head(struct prose *p, const struct method *a, const struct method *b)
{
	changed(p, N_("Название"), a->title, b->title);
	changed(p, N_("Версия"), a->version, b->version);
	changed(p, N_("Действует с"), date_ru(p->mem, a->from),
	    date_ru(p->mem, b->from));
	changed(p, N_("Действует по"), date_ru(p->mem, a->until),
	    date_ru(p->mem, b->until));
	changed(p, N_("Источник"), a->source, b->source);
	changed(p, N_("Раздел источника"), a->section, b->section);
	changed(p, N_("Пояснение"), a->about, b->about);
}

static struct str
rule_or(struct prose *p, const struct method *m, const struct expr *e,
    const char *without)
{
	const struct env none = {0};
	struct words w = {.mem = p->mem,
	    .m = m,
	    .settings = method_default(p->mem, m).settings};

	return e ? words_expr(&w, e, &none) : str_of(without);
}

#define PAIR(list, field, name)                                                \
	for (size_t i_ = 0; i_ < m->n_##list; i_++)                            \
		if (str_eq(m->list[i_].field, name))                           \
			return &m->list[i_];                                   \
	return NULL

static const struct method_setting *
setting_named(const struct method *m, struct str name)
{
	PAIR(settings, name, name);
}

static const struct method_set *
set_named(const struct method *m, struct str name)
{
	PAIR(sets, name, name);
}

static const struct method_define *
define_named(const struct method *m, struct str name)
{
	PAIR(defines, name, name);
}

static const struct method_criterion *
criterion_named(const struct method *m, struct str name)
{
	PAIR(criteria, id, name);
}

static const struct method_doubt *
doubt_named(const struct method *m, struct str name)
{
	PAIR(doubts, question, name);
}

static void
diff_settings(struct prose *p, const struct method *a, const struct method *b)
{
	for (size_t i = 0; i < b->n_settings; i++) {
		const struct method_setting *s = &b->settings[i];
		const struct method_setting *was = setting_named(a, s->name);
		struct str now = setting_text(p, s->value, s->is_share);
		if (!was) {
			add_fmt(p, PASSAGE_ITEM,
			    N_("Новая настройка «%.*s»: %.*s."),
			    STR_ARG(s->title), STR_ARG(now));
			continue;
		}
		changed(p,
		    arena_cstr(p->mem, arena_fmt(p->mem, N_("Настройка «%.*s»"),
					   STR_ARG(s->title))),
		    setting_text(p, was->value, was->is_share), now);
	}
	for (size_t i = 0; i < a->n_settings; i++)
		if (!setting_named(b, a->settings[i].name))
			add_fmt(p, PASSAGE_ITEM,
			    N_("Настройки «%.*s» больше нет."),
			    STR_ARG(a->settings[i].title));
}

static struct str
code_of(const struct method *m, const struct method_set *s, size_t i)
{
	return s->of_elements ? m->vocabulary->elements[s->members[i]].code :
				m->vocabulary->procedures[s->members[i]].code;
}

static bool
has_member(const struct method *m, const struct method_set *s, struct str code)
{
	for (size_t i = 0; s && i < s->n; i++)
		if (str_eq(code_of(m, s, i), code))
			return true;
	return false;
}

/* Members of one that the other has not. */
static void
diff_members(struct prose *p, const struct method *m,
    const struct method_set *set, const struct method *than_m,
    const struct method_set *than, const char *format)
{
	struct prose own = *p;

	own.m = m;
	for (size_t i = 0; i < set->n; i++)
		if (!has_member(than_m, than, code_of(m, set, i)))
			add_fmt(p, PASSAGE_ITEM, "%s «%.*s»: %.*s.", format,
			    STR_ARG(set->title),
			    STR_ARG(member_title(&own, set, i)));
}

static void
diff_sets(struct prose *p, const struct method *a, const struct method *b)
{
	for (size_t i = 0; i < b->n_sets; i++)
		diff_members(p, b, &b->sets[i], a,
		    set_named(a, b->sets[i].name), N_("Добавлено в набор"));
	for (size_t i = 0; i < a->n_sets; i++)
		diff_members(p, a, &a->sets[i], b,
		    set_named(b, a->sets[i].name), N_("Убрано из набора"));
}

static void
diff_defines(struct prose *p, const struct method *a, const struct method *b)
{
	for (size_t i = 0; i < b->n_defines; i++) {
		const struct method_define *def = &b->defines[i];
		const struct method_define *was = define_named(a, def->name);
		changed(p,
		    arena_cstr(
			p->mem, arena_fmt(p->mem, N_("Определение «%.*s»"),
				    STR_ARG(def->title))),
		    was ? rule_or(p, a, was->body, "") : S(N_("не было")),
		    rule_or(p, b, def->body, ""));
	}
	for (size_t i = 0; i < a->n_defines; i++)
		if (!define_named(b, a->defines[i].name))
			add_fmt(p, PASSAGE_ITEM,
			    N_("Определения «%.*s» больше нет."),
			    STR_ARG(a->defines[i].title));
}

static void
diff_criteria(struct prose *p, const struct method *a, const struct method *b)
{
	for (size_t i = 0; i < b->n_criteria; i++) {
		const struct method_criterion *c = &b->criteria[i];
		const struct method_criterion *was = criterion_named(a, c->id);
		struct str now = rule_or(p, b, c->rule, "");
		if (!was) {
			add_fmt(p, PASSAGE_ITEM,
			    N_("Новый критерий %.*s: %.*s."), STR_ARG(c->id),
			    STR_ARG(now));
			continue;
		}
		changed(p,
		    arena_cstr(p->mem,
			arena_fmt(p->mem, N_("Формулировка критерия %.*s"),
			    STR_ARG(c->id))),
		    was->title, c->title);
		changed(p,
		    arena_cstr(p->mem,
			arena_fmt(p->mem, N_("Критерий %.*s"), STR_ARG(c->id))),
		    rule_or(p, a, was->rule, ""), now);
	}
	for (size_t i = 0; i < a->n_criteria; i++)
		if (!criterion_named(b, a->criteria[i].id))
			add_fmt(p, PASSAGE_ITEM,
			    N_("Критерия %.*s больше нет."),
			    STR_ARG(a->criteria[i].id));
}

static void
diff_doubts(struct prose *p, const struct method *a, const struct method *b)
{
	for (size_t i = 0; i < b->n_doubts; i++) {
		const struct method_doubt *d = &b->doubts[i];
		const struct method_doubt *was = doubt_named(a, d->question);
		if (!was)
			add_fmt(p, PASSAGE_ITEM,
			    N_("Новый вопрос: %.*s Принято: %.*s"),
			    STR_ARG(sentence(p, d->question)),
			    STR_ARG(sentence(p, d->reading)));
		else
			changed(p,
			    arena_cstr(p->mem,
				arena_fmt(p->mem, N_("Чтение вопроса «%.*s»"),
				    STR_ARG(d->question))),
			    was->reading, d->reading);
	}
	for (size_t i = 0; i < a->n_doubts; i++)
		if (!doubt_named(b, a->doubts[i].question))
			add_fmt(p, PASSAGE_ITEM, N_("Снят вопрос: %.*s"),
			    STR_ARG(sentence(p, a->doubts[i].question)));
}

struct passages
method_diff(
    struct arena *mem, const struct method *before, const struct method *after)
{
	struct prose p = prose_open(mem, after, NULL);

	diff_head(&p, before, after);
	changed(&p, N_("К каким школам применяется"),
	    rule_or(&p, before, before->applies, N_("ко всем")),
	    rule_or(&p, after, after->applies, N_("ко всем")));
	diff_settings(&p, before, after);
	diff_sets(&p, before, after);
	diff_defines(&p, before, after);
	diff_criteria(&p, before, after);
	changed(&p, N_("Кто входит в перечень"),
	    rule_or(&p, before, before->listed, ""),
	    rule_or(&p, after, after->listed, ""));
	changed(&p, N_("Когда данных достаточно"),
	    rule_or(&p, before, before->enough, N_("когда ответ решён")),
	    rule_or(&p, after, after->enough, N_("когда ответ решён")));
	diff_doubts(&p, before, after);
	return (struct passages){p.out.p, p.out.n};
}
