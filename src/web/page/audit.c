/* audit.c - the journal: who did what, and does the chain hold? */
#include "web/page/audit.h"

#include "audit.view.h"
#include "web/page/pages.h"

enum { ON_A_PAGE = 50, IN_A_FILE = 100000 };

static const struct table_column columns[] = {
    {"number", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"at", S_INIT("Когда"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"person", S_INIT("Кто"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"address", S_INIT("Откуда"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"action", S_INIT("Что сделано"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"object", S_INIT("С чем"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"was", S_INIT("Было"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"becomes", S_INIT("Стало"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"note", S_INIT("Примечание"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"hash", S_INIT("Контрольная сумма"), TABLE_TEXT, 0, 20, {0}, {0}},
};

const struct list_table audit_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct q_audit *all,
    size_t n, int32_t zone)
{
	const struct table_about about = {.title = S("История"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "audit");
	struct arena *mem = v->scope.mem;

	for (size_t i = 0; i < n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_int(all[i].number),
			   table_text(moment_ru(mem, all[i].at, zone)),
			   table_text(all[i].person_name),
			   table_text(all[i].address),
			   table_text(
			       str_of(audit_action_title(mem, all[i].action))),
			   table_text(all[i].object_name),
			   table_text(all[i].was), table_text(all[i].becomes),
			   table_text(all[i].note), table_text(all[i].hash)});
	return table_out_close(t);
}

enum rc
page_audit(struct visit *v, struct reply *rp)
{
	struct view_audit a = {
	    .shell = shell_open(v, SECTION_audit, S(N_("История"))),
	    .files = list_files(v),
	    .zone = (int32_t)v->place.zone_minutes,
	};
	bool is_page = v->format == AS_PAGE;
	int64_t before;
	struct q_audit *all;
	enum rc rc;

	if (!str_to_int(visit_query(v, S("before")), &before) || before < 1)
		before = INT64_MAX;
	rc = journal_filter_read(v, link_audit(), &a.filter);
	if (rc == RC_OK)
		rc = q_audit_find(v->scope.db, v->scope.mem,
		    &(struct q_audit_find_in){
			.municipality = v->scope.actor.municipality,
			.before = before,
			.most = is_page ? ON_A_PAGE : IN_A_FILE,
			.person = a.filter.person,
			.since = a.filter.since,
			.until = a.filter.until,
			.action = a.filter.action,
			.object = a.filter.object},
		    &all, &a.n);
	if (rc != RC_OK)
		return rc;
	if (!is_page)
		return answer_table(v, rp, all, a.n, a.zone);
	a.entries = all;
	rc = audit_verify(&v->scope, &a.state);
	if (rc != RC_OK)
		return rc;
	if (a.n == ON_A_PAGE && all[a.n - 1].number > 1)
		a.older = visit_link(v, "before",
		    arena_fmt(
			v->scope.mem, "%lld", (long long)all[a.n - 1].number));
	view_audit(&rp->body, &a);
	return RC_OK;
}
