/* groups.c - which schools are in which group on a day, by which acts? */
#include "web/page/groups.h"

#include "base/vec.h"
#include "core/access/access.h"
#include "groups.view.h"
#include "store/q_registry.h"
#include "web/page/pages.h"

enum { NOW, SHNOR, RISK, SHNSU, LEFT };

static const struct filter_choice choices[] = {
    [NOW] = {"", N_("В группах")},
    [SHNOR] = {"shnor", N_("ШНОР")},
    [RISK] = {"risk", N_("Зона риска")},
    [SHNSU] = {"shnsu", N_("ШНСУ")},
    [LEFT] = {"left", N_("Вышли раньше")},
};

const char *
group_title(const struct membership *m)
{
	return official_kind_titles[m->kind];
}

static uint32_t
belongs(const struct membership *m)
{
	return date_is_none(m->until) ? (uint32_t)1 << (SHNOR + (int)m->kind) :
					(uint32_t)1 << LEFT;
}

/* Stays that ended are a choice of their own, not a part of "in groups". */
static bool
is_shown(struct filter *f, const struct membership *m)
{
	uint32_t bits = belongs(m);
	bool is_past = (bits >> LEFT & 1) != 0;

	filter_count(f, bits);
	if (is_past)
		f->chips[NOW].count--;
	return filter_lets(f, bits) && (f->chosen != NOW || !is_past);
}

static const struct table_column columns[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"kind", S_INIT("Группа"), TABLE_TEXT, 0, 14, {0}, {0}},
    {"type", S_INIT("Тип"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"since", S_INIT("С"), TABLE_DATE, 0, 12, {0}, {0}},
    {"until", S_INIT("По"), TABLE_DATE, 0, 12, {0}, {0}},
    {"order", S_INIT("Приказ"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"left", S_INIT("Вышла"), TABLE_TEXT, 0, 24, {0}, {0}},
};

const struct list_table groups_list = LIST_OF(columns);

static enum rc
groups_table(struct visit *v, struct reply *rp, const struct view_groups *s)
{
	const struct table_about about = {
	    .title = arena_fmt(v->scope.mem, "Группы школ на %.*s",
		STR_ARG(date_ru(v->scope.mem, s->day.on))),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "groups");

	for (size_t i = 0; i < s->n; i++) {
		const struct stay_line *l = &s->lines[i];

		table_out_row(t,
		    (struct table_cell[]){table_text(l->code),
			table_text(l->name),
			table_text(str_of(v->format == AS_JSON ?
					      official_kind_codes[l->m.kind] :
					      group_title(&l->m))),
			table_text(l->m.type), table_date(l->m.since),
			table_date(l->m.until), table_text(l->m.entered_by),
			table_text(l->m.left_by)});
	}
	return table_out_close(t);
}

/* By name, each school's stays in time. */
static enum rc
read_stays(struct visit *v, struct view_groups *s)
{
	const struct scope *sc = &v->scope;
	VEC(struct stay_line) lines = {0};
	struct q_school *schools;
	size_t n;
	enum rc rc = q_school_list(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &schools, &n);

	if (rc == RC_OK)
		rc = status_on(&v->scope, s->day.on, &s->status);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const struct membership *stays;
		size_t n_stays = status_of(&s->status, schools[i].id, &stays);

		for (size_t k = 0; k < n_stays; k++) {
			if (is_shown(&s->filter, &stays[k]))
				*vec_push(sc->mem, &lines) = (struct stay_line){
				    stays[k], schools[i].name, schools[i].code};
		}
	}
	s->lines = lines.p;
	s->n = lines.n;
	return rc;
}

enum rc
page_groups(struct visit *v, struct reply *rp)
{
	struct view_groups s = {
	    .files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices)),
	    .day = visit_day(v, S("on")),
	    .form = v->form.number == FORM_exit_rule ?
			v->form :
			form_open(v->scope.mem, FORM_exit_rule),
	    .may_change = may(&v->scope.actor, PERM_SETTINGS_EDIT) == RC_OK,
	};
	enum rc rc;

	rc = read_stays(v, &s);
	if (rc == RC_OK)
		rc = exit_rules_read(&v->scope, s.rules);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return groups_table(v, rp, &s);
	s.shell = shell_open(v, SECTION_groups, S(N_("Группы школ")));
	view_groups(&rp->body, &s);
	return RC_OK;
}

enum rc
do_exit_rule(struct visit *v, struct reply *rp)
{
	const struct form_exit_rule *f = v->form.value;
	struct exit_rule rule = {
	    .years = f->years == NUMBER_NONE ? 0 : f->years,
	    .source = f->source};
	enum official_kind kind;
	enum rc rc;

	if (!official_kind_parse(f->kind, &kind) ||
	    !exit_kind_parse(f->rule, &rule.kind))
		return RC_NOT_FOUND;
	rc = exit_rule_change(&v->scope, kind, &rule);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_groups(),
	    N_("Правило выхода изменено: история групп посчитана заново."));
}
