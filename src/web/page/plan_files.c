/* plan_files.c - a road map as DOCX, PDF and a workbook; its ribbon on paper. */
#include "core/plans/plan_calendar.h"
#include "core/plans/plan_printing.h"
#include "core/registry/catalogue.h"
#include "web/page/pages.h"
#include "web/page/plan.h"

static enum rc
open_printing(struct visit *v, struct plan_printing *pr)
{
	struct vocabulary words;
	enum rc rc = catalogue_read(&v->scope, &words);

	if (rc == RC_OK)
		rc = plan_printing_read(&v->scope, v->at.plan, &words,
		    str_eq(visit_query(v, S("part")), S("appendix")), pr);
	if (rc == RC_OK)
		pr->how.a3 = str_eq(visit_query(v, S("paper")), S("a3"));
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
	struct plan_printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp,
	    "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document",
	    "road-map", "docx");
	return doc_write_docx(
	    plan_doc(v->scope.mem, &pr.plan, &pr.how), &rp->body);
}

enum rc
page_plan_pdf(struct visit *v, struct reply *rp)
{
	struct plan_printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp, "application/pdf", "road-map", "pdf");
	return doc_write_pdf(
	    plan_doc(v->scope.mem, &pr.plan, &pr.how), &rp->body);
}

enum rc
page_plan_xlsx(struct visit *v, struct reply *rp)
{
	struct plan_printing pr = {0};
	enum rc rc = open_printing(v, &pr);

	if (rc != RC_OK)
		return rc;
	name_file(v, rp,
	    "application/vnd.openxmlformats-officedocument.spreadsheetml."
	    "sheet",
	    "road-map", "xlsx");
	return plan_table(
	    v->scope.mem, &pr.plan, &pr.how, TABLE_XLSX, &rp->body);
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
