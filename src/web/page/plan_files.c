/* plan_files.c - a road map as DOCX, PDF and a workbook; its ribbon on paper. */
#include "core/plans/plan_calendar.h"
#include "web/page/pages.h"
#include "web/page/plan.h"

/* Everything a printed plan needs, and the memory it stands in. */
struct printing {
	struct view_plan s;
	struct plan_print how;
};

/* "Глебов А. Р." under an order is "А. Р. Глебов". */
static struct str
signature_name(struct arena *mem, struct str name)
{
	ptrdiff_t space = str_find_char(name, ' ');
	struct str initials;

	if (space < 0)
		return name;
	initials = str_trim(str_from(name, (size_t)space));
	if (str_find_char(initials, '.') < 0)
		return name;
	return arena_fmt(mem, "%.*s %.*s", STR_ARG(initials),
	    STR_ARG(str_cut(name, 0, (size_t)space)));
}

static void
put_marks(struct visit *v, struct printing *pr)
{
	struct plan_mark_text *marks =
	    arena_new(v->scope.mem, struct plan_mark_text, pr->s.n_rows + 1);
	size_t n = 0;

	for (size_t i = 0; i < pr->s.n_rows; i++) {
		const struct row_view *r = &pr->s.rows[i];

		if (r->of)
			marks[n++] = (struct plan_mark_text){r->row->m.id,
			    (uint32_t)r->done, (uint32_t)r->of,
			    row_mark_text(v->scope.mem, r)};
	}
	pr->how.marks = marks;
	pr->how.n_marks = n;
}

static enum rc
put_acquainted(struct visit *v, struct printing *pr)
{
	struct q_acquaintance *all;
	size_t n;
	enum rc rc = q_acquaintance_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.plan, pr->s.plan.head.edition,
	    &all, &n);

	if (rc != RC_OK)
		return rc;
	struct plan_acquainted *to =
	    arena_new(v->scope.mem, struct plan_acquainted, n + 1);
	for (size_t i = 0; i < n; i++)
		to[i] = (struct plan_acquainted){.name = all[i].name,
		    .post = all[i].post,
		    .organisation = all[i].school_name,
		    .on = all[i].on_date,
		    .is_on_paper = all[i].is_on_paper};
	pr->how.acquainted = to;
	pr->how.n_acquainted = n;
	pr->how.parts |= n ? PRINT_SHEET : 0;
	return RC_OK;
}

/* The last edition's order, and who signs. */
static enum rc
put_order(struct visit *v, struct printing *pr)
{
	struct q_plan_edition *editions;
	struct q_signer signer;
	size_t n;
	enum rc rc = q_plan_edition_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.plan, &editions, &n);

	if (rc != RC_OK)
		return rc;
	if (n) {
		pr->how.document = editions[n - 1].document;
		pr->how.document_number = editions[n - 1].document_number;
		pr->how.document_on = editions[n - 1].document_on;
	}
	rc = q_signer(v->scope.db, v->scope.mem, v->scope.actor.municipality,
	    v->scope.actor.today, &signer);
	if (rc == RC_OK) {
		pr->how.signer_post = signer.post;
		pr->how.signer_name = signature_name(v->scope.mem, signer.name);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
put_school(struct visit *v, struct printing *pr)
{
	struct q_school school;
	enum rc rc;

	if (!pr->s.plan.head.school.v)
		return RC_OK;
	rc = q_school_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, pr->s.plan.head.school, &school);
	if (rc != RC_OK)
		return rc;
	pr->how.school = school.name;
	pr->how.signer_name = signature_name(v->scope.mem, school.head);
	pr->how.parts = PRINT_APPENDIX | PRINT_PEOPLE;
	return RC_OK;
}

static enum rc
open_printing(struct visit *v, struct printing *pr)
{
	bool appendix_only = str_eq(visit_query(v, S("part")), S("appendix"));
	enum rc rc = plan_view_read(v, &pr->s);

	if (rc != RC_OK)
		return rc;
	pr->how =
	    (struct plan_print){.parts = PRINT_APPENDIX | PRINT_PEOPLE |
					 (appendix_only ? 0 : PRINT_ORDER),
		.body = v->place.body,
		.document_on = DATE_NONE,
		.a3 = str_eq(visit_query(v, S("paper")), S("a3")),
		.made_on = v->scope.actor.today};
	put_marks(v, pr);
	rc = put_order(v, pr);
	if (rc == RC_OK && pr->s.plan.head.edition && !appendix_only)
		rc = put_acquainted(v, pr);
	if (rc == RC_OK)
		rc = put_school(v, pr);
	return rc;
}

static void
name_file(struct visit *v, struct reply *rp, const char *type, const char *name,
    const char *ending)
{
	rp->type = str_of(type);
	reply_header(rp, "Content-Disposition",
	    arena_fmt(v->scope.mem, "attachment; filename=\"%s-%lld.%s\"", name,
		(long long)v->at.plan.v, ending));
}

enum rc
page_plan_docx(struct visit *v, struct reply *rp)
{
	struct printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp,
	    "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document",
	    "road-map", "docx");
	return doc_write_docx(
	    plan_doc(v->scope.mem, &pr.s.plan, &pr.how), &rp->body);
}

enum rc
page_plan_pdf(struct visit *v, struct reply *rp)
{
	struct printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp, "application/pdf", "road-map", "pdf");
	return doc_write_pdf(
	    plan_doc(v->scope.mem, &pr.s.plan, &pr.how), &rp->body);
}

enum rc
page_plan_xlsx(struct visit *v, struct reply *rp)
{
	struct printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp,
	    "application/vnd.openxmlformats-officedocument.spreadsheetml."
	    "sheet",
	    "road-map", "xlsx");
	return plan_table(
	    v->scope.mem, &pr.s.plan, &pr.how, TABLE_XLSX, &rp->body);
}

/* ---- the ribbon on paper ---- */

enum { ROWS_A_PAGE = 24 };

/* The same picture as on the page, cut where a sheet ends. */
enum rc
page_plan_ribbon(struct visit *v, struct reply *rp)
{
	struct view_plan s = {0};
	enum rc rc = plan_view_read(v, &s);

	if (rc != RC_OK)
		return rc;
	plan_view_ribbon(v, &s);
	const struct doc_head head = {.title = s.plan.head.title,
	    .organisation = v->place.body,
	    .footer = arena_fmt(v->scope.mem, "на %.*s",
		STR_ARG(date_ru(v->scope.mem, v->scope.actor.today))),
	    .landscape = true,
	    .a3 = str_eq(visit_query(v, S("paper")), S("a3")),
	    .made_on = v->scope.actor.today};
	struct doc *doc = doc_open(v->scope.mem, &head);

	doc_heading(doc, 1, s.plan.head.title);
	for (size_t i = 0; i < s.ribbon.n_rows; i += ROWS_A_PAGE) {
		struct ribbon *part = arena_new(v->scope.mem, struct ribbon, 1);

		*part = s.ribbon;
		part->title = S("");
		part->rows += i;
		part->n_rows = s.ribbon.n_rows - i < ROWS_A_PAGE ?
				   s.ribbon.n_rows - i :
				   ROWS_A_PAGE;
		if (i)
			doc_page_break(doc);
		doc_ribbon(doc, part);
	}
	name_file(v, rp, "application/pdf", "ribbon", "pdf");
	return doc_write_pdf(doc, &rp->body);
}

/* ---- a calendar ---- */

enum rc
page_plan_ics(struct visit *v, struct reply *rp)
{
	struct plan p;
	enum rc rc = plan_load(&v->scope, v->at.plan, &p);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp, "text/calendar; charset=utf-8", "road-map", "ics");
	plan_ics(&p, S("opora"), v->scope.now, &rp->body);
	return RC_OK;
}
