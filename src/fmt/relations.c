/* relations.c - which part of an OPC container stands behind which id. */
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "fmt/package.h"

struct reading {
	struct arena *mem;
	struct str folder; /* of the part that has the relations, with "/" */
	VEC(struct relation) all;
};

static struct str
folder_of(const char *part)
{
	const char *slash = strrchr(part, '/');

	return (struct str){part, slash ? (size_t)(slash + 1 - part) : 0};
}

/* "xl/worksheets/" to "xl/", "xl/" to "". */
static struct str
parent_of(struct str folder)
{
	if (folder.n)
		folder.n--;
	while (folder.n && folder.p[folder.n - 1] != '/')
		folder.n--;
	return folder;
}

/* "../media/x" in "xl/worksheets/" is "xl/media/x"; "/xl/x" is "xl/x". */
static const char *
resolve(struct arena *mem, struct str folder, struct str target)
{
	if (str_starts(target, S("/")))
		return arena_cstr(mem, str_from(target, 1));
	for (;;) {
		if (str_starts(target, S("./"))) {
			target = str_from(target, 2);
			continue;
		}
		if (!str_starts(target, S("../")))
			break;
		target = str_from(target, 3);
		folder = parent_of(folder);
	}
	return arena_fmt(mem, "%.*s%.*s", STR_ARG(folder), STR_ARG(target)).p;
}

static void
on_relation(void *ctx, const char *name, const char **attributes)
{
	struct reading *r = ctx;
	struct str id = str_of(xml_attribute(attributes, "Id"));
	struct str type = str_of(xml_attribute(attributes, "Type"));
	struct str target = str_of(xml_attribute(attributes, "Target"));
	struct str mode = str_of(xml_attribute(attributes, "TargetMode"));

	if (strcmp(name, "Relationship") != 0 || !id.p || !type.p ||
	    !target.p || str_eq(mode, S("External")))
		return;

	struct str kind = type;
	for (ptrdiff_t at; (at = str_find_char(kind, '/')) >= 0;)
		kind = str_from(kind, (size_t)at + 1);
	*vec_push(r->mem, &r->all) = (struct relation){
	    .id = arena_str(r->mem, id),
	    .kind = arena_str(r->mem, kind),
	    .part = resolve(r->mem, r->folder, target),
	};
}

enum rc
package_relations(
    struct package *p, const char *of, struct arena *mem, struct relations *ret)
{
	struct reading r = {.mem = mem, .folder = folder_of(of)};
	struct xml_sink sink = {.ctx = &r, .start = on_relation};
	const char *part = arena_fmt(
	    mem, "%.*s_rels/%s.rels", STR_ARG(r.folder), of + r.folder.n)
			       .p;
	enum rc rc = package_xml(p, part, &sink);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = (struct relations){r.all.p, r.all.n};
	return RC_OK;
}

const struct relation *
relation_by_id(const struct relations *r, struct str id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->all[i].id, id))
			return &r->all[i];
	return NULL;
}

const struct relation *
relation_by_kind(const struct relations *r, struct str kind)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->all[i].kind, kind))
			return &r->all[i];
	return NULL;
}
