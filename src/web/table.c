/* table.c - how does a list answer as a file? */
#include "web/table.h"

#include "web/api.h"

static const struct {
	enum table_format format;
	const char *type;
	const char *ending;
} kinds[] = {
    [AS_CSV] = {TABLE_CSV_EXCEL, "text/csv; charset=utf-8", "csv"},
    [AS_XLSX] = {TABLE_XLSX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"xlsx"},
    [AS_JSON] = {TABLE_JSON, "application/json", "json"},
};

struct table_out *
table_begin(struct visit *v, struct reply *rp, const struct table_about *about,
    const char *name)
{
	MUST(v->format != AS_PAGE);
	rp->type = str_of(kinds[v->format].type);
	if (v->api != NULL)
		return api_table(v, rp, about);
	if (v->format != AS_JSON)
		reply_header(rp, "Content-Disposition",
		    arena_fmt(v->scope.mem, "attachment; filename=\"%s.%s\"",
			name, kinds[v->format].ending));
	return table_out_open(
	    v->scope.mem, kinds[v->format].format, about, &rp->body);
}

struct list_files
list_files(const struct visit *v)
{
	struct link here = visit_link(v, "", S(""));

	return (struct list_files){
	    link_as(v->scope.mem, here, "csv"),
	    link_as(v->scope.mem, here, "xlsx"),
	    link_as(v->scope.mem, here, "json"),
	};
}
