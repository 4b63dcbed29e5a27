/* plan_sections.c - sections of a plan: named, placed, and new ones. */
#include "core/plans/plan_sections.h"

#include "plan_check.view.h"
#include "web/page/pages.h"
#include "web/page/plan_check.h"

/* What was typed, or what stands there. */
static struct form
form_of(struct visit *v, const struct q_plan_section *s, bool is_typed)
{
	struct form f;

	if (is_typed)
		return v->form;
	f = form_open(v->scope.mem, FORM_section);
	if (s) {
		form_type(&f, IN_section_number, s->number);
		form_type(&f, IN_section_title, s->title);
	}
	return f;
}

static int64_t
place_of(struct visit *v, bool is_typed, int64_t otherwise)
{
	int64_t typed;

	return is_typed && str_to_int(v->form.typed[IN_section_after], &typed) ?
		   typed :
		   otherwise;
}

enum rc
page_plan_sections(struct visit *v, struct reply *rp)
{
	struct view_plan_sections s = {0};
	struct arena *mem = v->scope.mem;
	bool typed = v->form.number == FORM_section;
	int64_t before = 0, last = 0;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s.plan);

	if (rc == RC_OK && !plan_may_be_written(&v->scope, &s.plan.head))
		rc = RC_DENIED;
	if (rc != RC_OK)
		return rc;
	struct section_line *lines =
	    arena_new(mem, struct section_line, s.plan.n_parts + 1);
	for (size_t i = 0; i < s.plan.n_parts; i++) {
		const struct plan_part *part = &s.plan.parts[i];
		bool own = typed && v->at.number == part->s.id;

		lines[i] = (struct section_line){.part = part,
		    .at = arena_fmt(mem, "s%lld", (long long)part->s.id).p,
		    .form = form_of(v, &part->s, own),
		    .after = place_of(v, own, before)};
		before = part->s.id;
		if (str_eq(part->s.kind, S("measures")))
			last = part->s.id;
	}
	s.lines = lines;
	s.n = s.plan.n_parts;
	typed = typed && !v->at.number;
	s.added = (struct section_line){.at = "new",
	    .form = form_of(v, NULL, typed),
	    .after = place_of(v, typed, last)};
	s.shell = shell_open(v, SECTION_plans, S(N_("Разделы плана")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_plan_sections(&rp->body, &s);
	return RC_OK;
}

static struct section_words
words_typed(const struct form_section *f)
{
	return (struct section_words){
	    .number = f->number, .title = f->title, .after = f->after};
}

enum rc
do_section(struct visit *v, struct reply *rp)
{
	const struct form_section *f = v->form.value;
	const struct section_words w = words_typed(f);
	int64_t id;
	enum rc rc = section_add(&v->scope, v->at.plan, f->version, &w, &id);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_sections(v->at.plan),
	    N_("Раздел добавлен. Строки в него добавляют на странице плана."));
}

enum rc
do_section_change(struct visit *v, struct reply *rp)
{
	const struct form_section *f = v->form.value;
	const struct section_words w = words_typed(f);
	enum rc rc =
	    section_change(&v->scope, v->at.plan, f->version, v->at.number, &w);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_sections(v->at.plan),
	    N_("Раздел записан. Номера строк можно расставить заново на "
	       "странице плана."));
}
