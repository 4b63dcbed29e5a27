/* task.c - one occurrence: done, proved, confirmed or returned. */
#include "base/vec.h"
#include "core/plans/goal.h"
#include "tasks.view.h"
#include "web/page/pages.h"
#include "web/page/tasks.h"
#include "web/show.h"

/* ---- reading ---- */

static const struct {
	const char *kind, *word;
	bool is_reason;
} words[] = {
    {"done", N_("исполнено"), false},
    {"withdrawn", N_("отметка снята"), true},
    {"confirmed", N_("подтверждено"), false},
    {"unconfirmed", N_("подтверждение снято"), false},
    {"returned", N_("возвращено"), true},
    {"not_needed", N_("признано ненужным"), true},
    {"needed", N_("снова требуется"), true},
};

static struct str
fact_text(struct arena *mem, const struct q_mark *m)
{
	struct ratio r;

	if (!m->fact_num.is_known || !m->fact_den.is_known)
		return S("");
	r = ratio_of(m->fact_num.v, m->fact_den.v);
	return m->fact_den.v == 1 ? show_number(mem, r) : show_share(mem, r);
}

static enum rc
read_marks(struct visit *v, occurrence_id id, struct task_reading *r)
{
	struct scope *sc = &v->scope;
	struct q_mark *all;
	enum rc rc = q_mark_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, id, &all, &r->n_marks);

	if (rc != RC_OK)
		return rc;
	struct mark_view *marks =
	    arena_new(sc->mem, struct mark_view, r->n_marks + 1);
	for (size_t i = 0; i < r->n_marks; i++) {
		marks[i] = (struct mark_view){.m = all[i],
		    .word = "",
		    .fact = fact_text(sc->mem, &all[i])};
		for (size_t k = 0; k < COUNT_OF(words); k++)
			if (str_eq(all[i].kind, str_of(words[k].kind))) {
				marks[i].word = words[k].word;
				marks[i].is_reason = words[k].is_reason;
			}
	}
	r->marks = marks;
	return RC_OK;
}

static enum rc
read_evidence(struct visit *v, occurrence_id id, struct task_reading *r)
{
	struct scope *sc = &v->scope;
	struct q_evidence *all;
	struct str *missing;
	size_t n;
	enum rc rc = q_evidence_list(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, &all, &n);

	if (rc == RC_OK)
		rc = evidence_missing(sc, id, &missing, &r->n_missing);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (!all[i].is_withdrawn)
			all[r->n_evidence++] = all[i];
	r->evidence = all;
	r->missing = missing;
	return RC_OK;
}

static struct str
goal_in_words(struct arena *mem, const struct q_measure *m)
{
	struct goal g = {0};

	if (!goal_kind_parse(m->goal, &g.kind) || g.kind == GOAL_TEXT ||
	    !goal_sense_parse(m->goal_sense, &g.sense) || !m->goal_num.is_known)
		return S("");
	g.target = ratio_of(m->goal_num.v, m->goal_den.v);
	return goal_text(mem, &g);
}

enum rc
task_read(struct visit *v, occurrence_id id, struct task_reading *ret)
{
	struct scope *sc = &v->scope;
	struct task_reading r = {0};
	enum rc rc = task_find(sc, id, sc->actor.today, &r.task);

	if (rc == RC_OK)
		rc = q_measure_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, r.task.row.measure, &r.measure);
	if (rc == RC_OK)
		rc = read_marks(v, id, &r);
	if (rc == RC_OK)
		rc = read_evidence(v, id, &r);
	if (rc != RC_OK)
		return rc;
	if (!mark_state_parse(r.task.row.mark_state, &r.mark))
		return RC_FAILED;
	r.goal = goal_in_words(sc->mem, &r.measure);
	*ret = r;
	return RC_OK;
}

/* ---- the page ---- */

static bool
may_here(struct visit *v, enum perm right, const struct q_task *t)
{
	if (may(&v->scope.actor, right) != RC_OK)
		return false;
	if (actor_reach(&v->scope.actor, right) == REACH_ALL)
		return true;
	return t->school.v ? may_for(&v->scope, right, t->school) == RC_OK :
			     right == PERM_MARKS_MAKE;
}

/* The kinds the measure asks for come first. */
static void
offer_kinds(struct view_task *s)
{
	struct evidence_kind all[EVIDENCE_KINDS_MOST];
	size_t n = evidence_kinds(all);
	struct str rest = s->r.task.row.evidence, code;

	while (str_split(&rest, ' ', &code))
		if (code.n && s->n_kinds < EVIDENCE_KINDS_MOST &&
		    evidence_kind_find(code, &s->kinds[s->n_kinds]))
			s->n_kinds++;
	for (size_t i = 0; i < n; i++) {
		bool there = false;

		for (size_t k = 0; k < s->n_kinds; k++)
			there |= str_eq(s->kinds[k].code, all[i].code);
		if (!there && s->n_kinds < EVIDENCE_KINDS_MOST)
			s->kinds[s->n_kinds++] = all[i];
	}
}

static struct form
own_form(struct visit *v, enum form_number number)
{
	return v->form.number == number ? v->form :
					  form_open(v->scope.mem, number);
}

enum rc
page_task(struct visit *v, struct reply *rp)
{
	struct view_task s = {.mark = own_form(v, FORM_task_mark),
	    .proof = own_form(v, FORM_evidence),
	    .step = own_form(v, FORM_task_step),
	    .zone = (int32_t)v->place.zone_minutes};
	enum rc rc = task_read(v, v->at.task, &s.r);

	if (rc != RC_OK)
		return rc;
	const struct q_task *t = &s.r.task.row;
	s.may_mark = may_here(v, PERM_MARKS_MAKE, t);
	s.may_confirm = may_here(v, PERM_MARKS_CONFIRM, t);
	if (v->form.number != FORM_task_mark)
		form_type(&s.mark, IN_task_mark_on,
		    date_ru(v->scope.mem, v->scope.actor.today));
	offer_kinds(&s);
	s.shell = shell_open(v, SECTION_tasks,
	    t->number.n ? arena_fmt(v->scope.mem, "Исполнение: %.*s",
			      STR_ARG(t->number)) :
			  S(N_("Исполнение мероприятия")));
	shell_crumb(&s.shell, S(N_("Исполнение")), link_tasks());
	view_task(&rp->body, &s);
	return RC_OK;
}

/* ---- marks ---- */

enum rc
do_task_mark(struct visit *v, struct reply *rp)
{
	const struct form_task_mark *f = v->form.value;
	const struct mark_new m = {.occurrence = v->at.task,
	    .version = f->version,
	    .on = f->on,
	    .fact = f->fact,
	    .text = f->text};
	enum rc rc = mark_done(&v->scope, &m);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_task(v->at.task),
	    N_("Отмечено. Запись ушла на подтверждение."));
}

static const struct {
	const char *code;
	enum rc (*take)(struct scope *, occurrence_id, int64_t, struct str);
	const char *done;
} steps[] = {
    {"confirm", mark_confirm, N_("Исполнение подтверждено.")},
    {"return", mark_return, N_("Отметка возвращена с вашими словами.")},
    {"withdraw", mark_withdraw, N_("Отметка снята.")},
    {"not_needed", mark_not_needed, N_("Записано, что исполнять не нужно.")},
    {"needed", mark_needed, N_("Мероприятие снова требуется.")},
};

enum rc
do_task_step(struct visit *v, struct reply *rp)
{
	const struct form_task_step *f = v->form.value;

	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		enum rc rc;

		if (!str_eq(f->step, str_of(steps[i].code)))
			continue;
		rc = steps[i].take(&v->scope, v->at.task, f->version, f->text);
		if (rc != RC_OK)
			return rc;
		return reply_done(v, rp,
		    f->queue ? link_confirm() : link_task(v->at.task),
		    steps[i].done);
	}
	return RC_NOT_FOUND;
}

/* ---- evidence ---- */

enum rc
do_evidence(struct visit *v, struct reply *rp)
{
	const struct form_evidence *f = v->form.value;
	const struct evidence_new e = {.occurrence = v->at.task,
	    .kind = f->kind,
	    .title = f->title,
	    .number = f->number,
	    .on = f->on,
	    .file_name = f->file.name,
	    .content = f->file.bytes,
	    .address = f->address};
	evidence_id id;
	enum rc rc = evidence_add(&v->scope, &e, &id);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_task(v->at.task), N_("Подтверждение приложено."));
}

enum rc
do_evidence_withdraw(struct visit *v, struct reply *rp)
{
	const struct form_evidence_withdraw *f = v->form.value;
	struct q_evidence e;
	enum rc rc = q_evidence_by_id(v->scope.db, v->scope.mem,
	    &v->scope.actor, v->scope.actor.municipality, v->at.evidence, &e);

	if (rc == RC_OK)
		rc = evidence_withdraw(&v->scope, v->at.evidence, f->reason);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_task(e.occurrence),
	    N_("Подтверждение отозвано, запись о нём осталась в истории."));
}

/* RFC 6266: a plain name for old programs, the true one encoded. */
static struct str
disposition(struct arena *mem, const struct q_evidence *e)
{
	static const char hex[] = "0123456789ABCDEF";
	struct buf b = buf_open(mem, 0);

	buf_fmt(&b,
	    "attachment; filename=\"evidence-%lld.%.*s\"; "
	    "filename*=UTF-8''",
	    (long long)e->id.v, STR_ARG(e->file_kind));
	for (size_t i = 0; i < e->file_name.n; i++) {
		unsigned char c = (unsigned char)e->file_name.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '.' ||
			     c == '_';

		if (plain) {
			buf_char(&b, (char)c);
			continue;
		}
		buf_char(&b, '%');
		buf_char(&b, hex[c >> 4]);
		buf_char(&b, hex[c & 15]);
	}
	return buf_str(&b);
}

/* A stranger's file is saved, never shown: no type a browser would run. */
enum rc
page_evidence(struct visit *v, struct reply *rp)
{
	struct q_evidence e;
	struct str content;
	enum rc rc = evidence_read(&v->scope, v->at.evidence, &e, &content);

	if (rc != RC_OK)
		return rc;
	rp->type = S("application/octet-stream");
	reply_header(rp, "Content-Disposition", disposition(v->scope.mem, &e));
	buf_put(&rp->body, content);
	return RC_OK;
}
