/*
 * docx.h - the parts of a DOCX that its text refers to: styles (which are
 * headings, which are numbered) and lists.
 */
#pragma once

#include "base/map.h"
#include "fmt/numbering.h"
#include "fmt/package.h"

/* What a paragraph or its style says; -1 is "nothing". */
struct paragraph_form {
	int outline; /* 0..8: heading of level 1..9; 9: body text */
	int list;    /* number of a list (numId); 0: not numbered */
	int level;   /* in that list, from 0 */
};

struct docx_style {
	struct paragraph_form form;
	int64_t based_on; /* another style, or MAP_NONE */
	struct str based_on_id;
};

struct docx_styles {
	struct map ids;
	VEC(struct docx_style) all;
};

NODISCARD enum rc docx_styles_read(struct package *p, const char *part,
    struct arena *mem, struct docx_styles *ret);

/* The form of a style with all it is based on. */
struct paragraph_form docx_style_form(
    const struct docx_styles *s, struct str id);

/*
 * A definition may stand in a style of lists and be only named elsewhere:
 * the one that has is_named "X" is meant by every one that has meant "X".
 */
struct docx_link {
	struct str is_named; /* w:styleLink */
	struct str meant;    /* w:numStyleLink */
};

/* A list as paragraphs name it: a definition and where it starts anew. */
struct docx_list {
	size_t definition;
	bool is_used;
	bool starts[LIST_LEVELS];
	uint32_t start[LIST_LEVELS];
};

struct docx_lists {
	struct map definition_ids; /* abstractNumId as written */
	struct map list_ids;       /* numId */
	VEC(struct list_definition) definitions;
	VEC(struct docx_link) links; /* one a definition */
	VEC(struct docx_list) lists;
};

NODISCARD enum rc docx_lists_read(struct package *p, const char *part,
    struct arena *mem, struct docx_lists *ret);

/* The label of the next paragraph of a list; empty when there is no list. */
struct str docx_list_label(
    struct arena *mem, struct docx_lists *l, int list, int level);

/* The attribute w:val as a number, or otherwise. */
int docx_number(const char **attributes, const char *name, int otherwise);

/* <w:b/>, w:val="1", "true", "on": yes; "0", "false", "off": no. */
bool docx_is_on(const char **attributes);
