/* docx_parts.c - what the text of a DOCX refers to: styles and lists. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fmt/docx.h"

static const struct paragraph_form no_form = {-1, -1, -1};

int
docx_number(const char **attributes, const char *name, int otherwise)
{
	const char *text = xml_attribute(attributes, name);
	char *end;

	if (!text)
		return otherwise;
	long n = strtol(text, &end, 10);
	return end == text || n < -1 || n > 1000000 ? otherwise : (int)n;
}

bool
docx_is_on(const char **attributes)
{
	const char *val = xml_attribute(attributes, "val");

	return !val || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0 &&
			   strcmp(val, "off") != 0);
}

struct styles_reading {
	struct arena *mem;
	struct docx_styles *s;
	struct docx_style *style; /* the one being read, or NULL */
	bool is_aside;            /* inside <pPrChange> */
};

/* "heading 2" in every language's Word; "Title" stands above them. */
static int
outline_of_name(const char *name)
{
	if (strncasecmp(name, "heading ", 8) == 0 && name[8] >= '1' &&
	    name[8] <= '9' && !name[9])
		return name[8] - '1';
	return strcasecmp(name, "title") == 0 ? 0 : -1;
}

static void
start_style(struct styles_reading *r, const char **attributes)
{
	struct str id = str_of(xml_attribute(attributes, "styleId"));
	const char *type = xml_attribute(attributes, "type");

	r->style = NULL;
	if (!id.p || (type && strcmp(type, "paragraph") != 0))
		return;
	*map_at(&r->s->ids, arena_str(r->mem, id)) = (int64_t)r->s->all.n;
	r->style = vec_push(r->mem, &r->s->all);
	r->style->form = no_form;
}

static void
on_style(void *ctx, const char *name, const char **attributes)
{
	struct styles_reading *r = ctx;

	if (strcmp(name, "style") == 0) {
		start_style(r, attributes);
		return;
	}
	if (!r->style || r->is_aside)
		return;

	const char *val = xml_attribute(attributes, "val");
	struct paragraph_form *form = &r->style->form;
	if (strcmp(name, "pPrChange") == 0)
		r->is_aside = true;
	else if (strcmp(name, "name") == 0 && val && form->outline < 0)
		form->outline = outline_of_name(val);
	else if (strcmp(name, "basedOn") == 0 && val)
		r->style->based_on_id = arena_str(r->mem, str_of(val));
	else if (strcmp(name, "outlineLvl") == 0)
		form->outline = docx_number(attributes, "val", -1);
	else if (strcmp(name, "numId") == 0)
		form->list = docx_number(attributes, "val", -1);
	else if (strcmp(name, "ilvl") == 0)
		form->level = docx_number(attributes, "val", -1);
}

static void
on_style_end(void *ctx, const char *name)
{
	struct styles_reading *r = ctx;

	if (strcmp(name, "style") == 0) {
		r->style = NULL;
		r->is_aside = false;
	} else if (strcmp(name, "pPrChange") == 0) {
		r->is_aside = false;
	}
}

enum rc
docx_styles_read(struct package *p, const char *part, struct arena *mem,
    struct docx_styles *ret)
{
	struct styles_reading r = {.mem = mem, .s = ret};
	struct xml_sink sink = {&r, on_style, on_style_end, NULL};

	*ret = (struct docx_styles){.ids = map_open(mem)};
	enum rc rc = part ? package_xml(p, part, &sink) : RC_OK;
	vec_each(struct docx_style, s, &ret->all)
		s->based_on = s->based_on_id.n ?
				  map_get(&ret->ids, s->based_on_id) :
				  MAP_NONE;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct paragraph_form
docx_style_form(const struct docx_styles *s, struct str id)
{
	enum { DEEPEST = 16 }; /* styles may be based on each other in a ring */
	struct paragraph_form form = no_form;
	int64_t at = map_get(&s->ids, id);

	for (int i = 0; at != MAP_NONE && i < DEEPEST; i++) {
		const struct docx_style *style = &s->all.p[at];
		if (form.outline < 0)
			form.outline = style->form.outline;
		if (form.list < 0)
			form.list = style->form.list;
		if (form.level < 0)
			form.level = style->form.level;
		at = style->based_on;
	}
	return form;
}

struct lists_reading {
	struct arena *mem;
	struct docx_lists *l;
	struct list_definition *definition; /* being read, or NULL */
	struct list_level *level;
	struct docx_list *list;
	int at; /* the level of an override */
};

static enum number_form
form_of(const char *name)
{
	static const struct {
		const char *name;
		enum number_form form;
	} forms[] = {{"decimal", FORM_DECIMAL},
	    {"decimalZero", FORM_DECIMAL_ZERO},
	    {"upperRoman", FORM_ROMAN_UPPER}, {"lowerRoman", FORM_ROMAN_LOWER},
	    {"upperLetter", FORM_LATIN_UPPER},
	    {"lowerLetter", FORM_LATIN_LOWER},
	    {"russianUpper", FORM_RUSSIAN_UPPER},
	    {"russianLower", FORM_RUSSIAN_LOWER}, {"bullet", FORM_BULLET},
	    {"none", FORM_NONE}};

	for (size_t i = 0; name && i < COUNT_OF(forms); i++)
		if (strcmp(name, forms[i].name) == 0)
			return forms[i].form;
	return FORM_DECIMAL;
}

static int
level_number(const char **attributes)
{
	int n = docx_number(attributes, "ilvl", 0);

	return n < 0 || n >= LIST_LEVELS ? LIST_LEVELS - 1 : n;
}

static void
start_definition(struct lists_reading *r, const char **attributes)
{
	struct str id = str_of(xml_attribute(attributes, "abstractNumId"));

	*map_at(&r->l->definition_ids, arena_str(r->mem, id.p ? id : S(""))) =
	    (int64_t)r->l->definitions.n;
	r->definition = vec_push(r->mem, &r->l->definitions);
	(void)vec_push(r->mem, &r->l->links);
	r->list = NULL;
	r->level = NULL;
	list_definition_reset(r->definition);
}

static void
start_list(struct lists_reading *r, const char **attributes)
{
	struct str id = str_of(xml_attribute(attributes, "numId"));

	*map_at(&r->l->list_ids, arena_str(r->mem, id.p ? id : S(""))) =
	    (int64_t)r->l->lists.n;
	r->list = vec_push(r->mem, &r->l->lists);
	r->list->definition = SIZE_MAX;
	r->definition = NULL;
	r->level = NULL;
	r->at = 0;
}

/* A list with levels of its own counts apart: it gets a definition of its own. */
static void
override_level(struct lists_reading *r, const char **attributes)
{
	if (r->list->definition >= r->l->definitions.n)
		return;

	struct list_definition copy = r->l->definitions.p[r->list->definition];
	r->list->definition = r->l->definitions.n;
	struct list_definition *own = vec_push(r->mem, &r->l->definitions);
	(void)vec_push(r->mem, &r->l->links);
	*own = copy;
	r->level = &own->levels[level_number(attributes)];
}

static void
on_level_property(
    struct lists_reading *r, const char *name, const char **attributes)
{
	const char *val = xml_attribute(attributes, "val");

	if (strcmp(name, "start") == 0) {
		int start = docx_number(attributes, "val", 1);
		r->level->start = start < 0 ? 1 : (uint32_t)start;
	} else if (strcmp(name, "numFmt") == 0) {
		r->level->form = form_of(val);
	} else if (strcmp(name, "lvlText") == 0) {
		r->level->text = arena_str(r->mem, str_of(val ? val : ""));
	} else if (strcmp(name, "lvlRestart") == 0) {
		r->level->restart_after = docx_number(attributes, "val", 0);
	} else if (strcmp(name, "isLgl") == 0) {
		r->level->is_legal = docx_is_on(attributes);
	}
}

static void
on_link(struct lists_reading *r, const char *name, const char **attributes)
{
	struct docx_link *link = &r->l->links.p[r->l->links.n - 1];
	const char *val = xml_attribute(attributes, "val");

	if (!val)
		return;
	if (strcmp(name, "styleLink") == 0)
		link->is_named = arena_str(r->mem, str_of(val));
	else if (strcmp(name, "numStyleLink") == 0)
		link->meant = arena_str(r->mem, str_of(val));
}

/* Definitions that only name another one take its place. */
static size_t
follow_link(const struct docx_lists *l, size_t definition)
{
	if (definition >= l->links.n || !l->links.p[definition].meant.n)
		return definition;
	for (size_t i = 0; i < l->links.n; i++)
		if (str_eq(
			l->links.p[i].is_named, l->links.p[definition].meant))
			return i;
	return definition;
}

static void
on_list(void *ctx, const char *name, const char **attributes)
{
	struct lists_reading *r = ctx;

	if (strcmp(name, "abstractNum") == 0) {
		start_definition(r, attributes);
	} else if (strcmp(name, "num") == 0) {
		start_list(r, attributes);
	} else if (strcmp(name, "lvl") == 0) {
		if (r->definition)
			r->level =
			    &r->definition->levels[level_number(attributes)];
		else if (r->list)
			override_level(r, attributes);
	} else if (r->list && strcmp(name, "abstractNumId") == 0) {
		struct str id = str_of(xml_attribute(attributes, "val"));
		int64_t at =
		    id.p ? map_get(&r->l->definition_ids, id) : MAP_NONE;
		if (at != MAP_NONE)
			r->list->definition = (size_t)at;
	} else if (r->list && strcmp(name, "lvlOverride") == 0) {
		r->at = level_number(attributes);
	} else if (r->list && strcmp(name, "startOverride") == 0) {
		int start = docx_number(attributes, "val", 1);
		r->list->starts[r->at] = start >= 0;
		r->list->start[r->at] = (uint32_t)start;
	} else if (r->level) {
		on_level_property(r, name, attributes);
	} else if (r->definition) {
		on_link(r, name, attributes);
	}
}

static void
on_list_end(void *ctx, const char *name)
{
	struct lists_reading *r = ctx;

	if (strcmp(name, "lvl") == 0)
		r->level = NULL;
	else if (strcmp(name, "abstractNum") == 0)
		r->definition = NULL;
}

enum rc
docx_lists_read(struct package *p, const char *part, struct arena *mem,
    struct docx_lists *ret)
{
	struct lists_reading r = {.mem = mem, .l = ret};
	struct xml_sink sink = {&r, on_list, on_list_end, NULL};

	*ret = (struct docx_lists){
	    .definition_ids = map_open(mem), .list_ids = map_open(mem)};
	enum rc rc = part ? package_xml(p, part, &sink) : RC_OK;
	vec_each(struct docx_list, list, &ret->lists)
		list->definition = follow_link(ret, list->definition);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct str
docx_list_label(struct arena *mem, struct docx_lists *l, int list, int level)
{
	int64_t at = map_get(&l->list_ids, arena_fmt(mem, "%d", list));

	if (list <= 0 || at == MAP_NONE ||
	    l->lists.p[at].definition >= l->definitions.n)
		return S("");

	struct docx_list *of = &l->lists.p[at];
	struct list_definition *def = &l->definitions.p[of->definition];
	if (!of->is_used)
		for (int i = 0; i < LIST_LEVELS; i++)
			if (of->starts[i]) {
				def->levels[i].start = of->start[i];
				def->is_set[i] = false;
			}
	of->is_used = true;
	if (level < 0)
		level = 0;
	return list_next(mem, def,
	    (unsigned)(level < LIST_LEVELS ? level : LIST_LEVELS - 1));
}
