/* docx.c - a DOCX as a flat list of blocks. */
#include "fmt/docx.h"

#include <stdlib.h>
#include <string.h>

#include "fmt/pages_build.h"
#include "fmt/pages_formats.h"

struct note {
	struct str id;
	struct str text;
	bool is_end_note;
};

/* A paragraph that is being read; text boxes nest them. */
struct paragraph {
	struct paragraph_form form;
	struct str style;
	bool is_mark_deleted; /* it runs into the next one */
};

struct docx {
	struct package *p;
	struct arena *mem;
	struct docx_styles styles;
	struct docx_lists lists;
	struct pages_build build;
	struct pages *pages;
	VEC(struct note) notes;
	VEC(struct str) heads; /* ids of page headers and footers */
	VEC(struct paragraph) paragraphs;

	int depth;
	int skip;     /* depth of an element that is left out with all inside */
	int in_run;   /* <w:r>: here text, tabs and breaks count */
	int in_form;  /* <w:pPr> */
	int in_row;   /* <w:trPr> */
	bool in_text; /* <w:t> */
	struct str note_id;

	/* fields: { PAGE } gives a number nobody needs */
	int field;
	int page_field;
	bool in_instruction;

	/* of the cell being read; nested tables keep theirs on the stack */
	VEC(struct cell_form) cells;
};

struct cell_form {
	uint32_t span;
	bool continues;
	bool is_joined;
};

enum word {
	W_OTHER,
	W_ALTERNATIVE, /* what programs without drawings would show */
	W_BREAK,
	W_CELL,
	W_CELL_JOINED,
	W_CELL_MERGED,
	W_CELL_SPAN,
	W_CHANGE, /* how it was before a tracked change */
	W_DELETED,
	W_FIELD,
	W_FIELD_SIMPLE,
	W_FORM,
	W_HEAD_OF_PAGE,
	W_HEAD_REFERENCE,
	W_HYPHEN,
	W_IMAGE,
	W_INSERTED,
	W_INSTRUCTION,
	W_LEVEL,
	W_LIST,
	W_MOVED_AWAY,
	W_NOTE,
	W_NOTE_REFERENCE,
	W_OUTLINE,
	W_PARAGRAPH,
	W_ROW,
	W_ROW_FORM,
	W_ROW_HEAD,
	W_ROW_INDENT,
	W_RUN,
	W_STYLE,
	W_SYMBOL,
	W_TAB,
	W_TABLE,
	W_TEXT,
	W_TEXT_BOX,
};

struct word_name {
	const char *name;
	enum word word;
};

/* clang-format off */
static const struct word_name words[] = { /* sorted by name */
	{"Fallback",          W_ALTERNATIVE},
	{"blip",              W_IMAGE},
	{"br",                W_BREAK},
	{"cr",                W_BREAK},
	{"del",               W_DELETED},
	{"endnote",           W_NOTE},
	{"endnoteReference",  W_NOTE_REFERENCE},
	{"fldChar",           W_FIELD},
	{"fldSimple",         W_FIELD_SIMPLE},
	{"footerReference",   W_HEAD_REFERENCE},
	{"footnote",          W_NOTE},
	{"footnoteReference", W_NOTE_REFERENCE},
	{"ftr",               W_HEAD_OF_PAGE},
	{"gridBefore",        W_ROW_INDENT},
	{"gridSpan",          W_CELL_SPAN},
	{"hMerge",            W_CELL_JOINED},
	{"hdr",               W_HEAD_OF_PAGE},
	{"headerReference",   W_HEAD_REFERENCE},
	{"ilvl",              W_LEVEL},
	{"imagedata",         W_IMAGE},
	{"ins",               W_INSERTED},
	{"instrText",         W_INSTRUCTION},
	{"moveFrom",          W_MOVED_AWAY},
	{"moveTo",            W_INSERTED},
	{"noBreakHyphen",     W_HYPHEN},
	{"numId",             W_LIST},
	{"numberingChange",   W_CHANGE},
	{"outlineLvl",        W_OUTLINE},
	{"p",                 W_PARAGRAPH},
	{"pPr",               W_FORM},
	{"pPrChange",         W_CHANGE},
	{"pStyle",            W_STYLE},
	{"ptab",              W_TAB},
	{"r",                 W_RUN},
	{"rPrChange",         W_CHANGE},
	{"rt",                W_CHANGE},
	{"sectPrChange",      W_CHANGE},
	{"sym",               W_SYMBOL},
	{"t",                 W_TEXT},
	{"tab",               W_TAB},
	{"tbl",               W_TABLE},
	{"tblGridChange",     W_CHANGE},
	{"tblHeader",         W_ROW_HEAD},
	{"tblPrChange",       W_CHANGE},
	{"tblPrExChange",     W_CHANGE},
	{"tc",                W_CELL},
	{"tcPrChange",        W_CHANGE},
	{"tr",                W_ROW},
	{"trPr",              W_ROW_FORM},
	{"trPrChange",        W_CHANGE},
	{"txbxContent",       W_TEXT_BOX},
	{"vMerge",            W_CELL_MERGED},
};

/* clang-format on */

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct word_name *)a)->name,
	    ((const struct word_name *)b)->name);
}

static enum word
word_of(const char *name)
{
	struct word_name key = {name, W_OTHER};
	const struct word_name *found = bsearch(
	    &key, words, COUNT_OF(words), sizeof words[0], compare_names);

	return found ? found->word : W_OTHER;
}

static bool
val_is(const char **attributes, const char *value)
{
	const char *val = xml_attribute(attributes, "val");

	return val && strcmp(val, value) == 0;
}

static struct paragraph *
paragraph(struct docx *x)
{
	return x->paragraphs.n ? &x->paragraphs.p[x->paragraphs.n - 1] : NULL;
}

static struct cell_form *
cell(struct docx *x)
{
	return x->cells.n ? &x->cells.p[x->cells.n - 1] : NULL;
}

/* Signs of the fonts Symbol and Wingdings live in a private part of Unicode. */
static void
put_symbol(struct docx *x, const char **attributes)
{
	static const struct {
		long code;
		struct str text;
	} known[] = {{0x2D, S_INIT("-")}, {0xA8, S_INIT("□")},
	    {0xFC, S_INIT("✓")}, {0xFE, S_INIT("☑")}, {0x6F, S_INIT("□")},
	    {0xAE, S_INIT("→")}, {0xB3, S_INIT("≥")}, {0xA3, S_INIT("≤")}};

	const char *hex = xml_attribute(attributes, "char");
	long code = hex ? strtol(hex, NULL, 16) & 0xFF : 0;

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].code == code) {
			pages_text(&x->build, known[i].text);
			return;
		}
	pages_text(&x->build, S("•"));
}

static void
on_form(struct docx *x, enum word word, const char **attributes)
{
	struct paragraph *p = paragraph(x);

	if (!p)
		return;
	if (word == W_STYLE) {
		const char *val = xml_attribute(attributes, "val");
		p->style = arena_str(x->mem, str_of(val ? val : ""));
	} else if (word == W_OUTLINE) {
		p->form.outline = docx_number(attributes, "val", -1);
	} else if (word == W_LIST) {
		p->form.list = docx_number(attributes, "val", -1);
	} else if (word == W_LEVEL) {
		p->form.level = docx_number(attributes, "val", -1);
	} else if (word == W_DELETED || word == W_MOVED_AWAY) {
		p->is_mark_deleted = true;
		x->pages->had_tracked_changes = true;
	} else if (word == W_INSERTED) {
		x->pages->had_tracked_changes = true;
	}
}

static void
on_row_form(struct docx *x, enum word word, const char **attributes)
{
	if (word == W_ROW_HEAD && docx_is_on(attributes)) {
		pages_row_is_head(&x->build);
	} else if (word == W_ROW_INDENT) {
		int n = docx_number(attributes, "val", 0);
		pages_skip_columns(&x->build, n > 0 ? (uint32_t)n : 0);
	} else if (word == W_DELETED) {
		pages_row_is_deleted(&x->build);
		x->pages->had_tracked_changes = true;
	} else if (word == W_INSERTED) {
		x->pages->had_tracked_changes = true;
	}
}

static void
on_run(struct docx *x, enum word word, const char **attributes)
{
	if (x->page_field)
		return;
	if (word == W_TAB) {
		pages_char(&x->build, '\t');
	} else if (word == W_BREAK) {
		const char *type = xml_attribute(attributes, "type");
		if (!type || strcmp(type, "textWrapping") == 0)
			pages_char(&x->build, '\n');
	} else if (word == W_HYPHEN) {
		pages_char(&x->build, '-');
	} else if (word == W_SYMBOL) {
		put_symbol(x, attributes);
	}
}

static bool
is_page_field(struct str instruction)
{
	struct str s = str_trim(instruction);

	return str_starts(s, S("PAGE")) || str_starts(s, S("NUMPAGES")) ||
	       str_starts(s, S("SECTIONPAGES"));
}

static void
on_field(struct docx *x, const char **attributes)
{
	const char *type = xml_attribute(attributes, "fldCharType");

	if (!type)
		return;
	if (strcmp(type, "begin") == 0) {
		x->field++;
	} else if (strcmp(type, "end") == 0 && x->field) {
		if (x->page_field == x->field)
			x->page_field = 0;
		x->field--;
	}
}

static void
start_note(struct docx *x, const char **attributes)
{
	const char *type = xml_attribute(attributes, "type");
	const char *id = xml_attribute(attributes, "id");

	if (type && strcmp(type, "normal") != 0) {
		x->skip = x->depth; /* the line between text and notes */
		return;
	}
	x->note_id = arena_str(x->mem, str_of(id ? id : ""));
	pages_aside_start(&x->build, BLOCK_FOOTNOTE);
}

static void
put_note(struct docx *x, const char *name, const char **attributes)
{
	struct str id = str_of(xml_attribute(attributes, "id"));
	bool is_end_note = name[0] == 'e';

	vec_each(struct note, n, &x->notes)
		if (n->is_end_note == is_end_note && str_eq(n->id, id))
			pages_aside_put(&x->build, BLOCK_FOOTNOTE, n->text);
}

static void
start_table_part(struct docx *x, enum word word, const char **attributes)
{
	struct cell_form *c = cell(x);

	switch ((int)word) {
	case W_TABLE:
		pages_table_start(&x->build);
		break;
	case W_ROW:
		pages_row_start(&x->build);
		break;
	case W_CELL:
		pages_cell_start(&x->build);
		*vec_push(x->mem, &x->cells) = (struct cell_form){.span = 1};
		break;
	case W_CELL_SPAN:
		if (c)
			c->span = (uint32_t)docx_number(attributes, "val", 1);
		break;
	case W_CELL_MERGED:
		if (c)
			c->continues = !val_is(attributes, "restart");
		break;
	case W_CELL_JOINED:
		if (c)
			c->is_joined = !val_is(attributes, "restart");
		break;
	}
}

static void
start_other(
    struct docx *x, enum word word, const char *name, const char **attributes)
{
	const char *id = xml_attribute(attributes, "id");

	switch ((int)word) {
	case W_NOTE:
		start_note(x, attributes);
		break;
	case W_NOTE_REFERENCE:
		put_note(x, name, attributes);
		break;
	case W_TEXT_BOX:
		pages_aside_start(&x->build, BLOCK_TEXT_BOX);
		break;
	case W_HEAD_OF_PAGE:
		pages_aside_start(&x->build, BLOCK_HEADER);
		break;
	case W_HEAD_REFERENCE:
		if (id)
			*vec_push(x->mem, &x->heads) =
			    arena_str(x->mem, str_of(id));
		break;
	case W_IMAGE:
		x->pages->had_images = true;
		break;
	case W_FIELD:
		on_field(x, attributes);
		break;
	case W_FIELD_SIMPLE:
		if (is_page_field(str_of(xml_attribute(attributes, "instr"))))
			x->skip = x->depth;
		break;
	case W_INSTRUCTION:
		x->in_instruction = true;
		break;
	}
}

/* A tracked deletion or what an older program would show: not the text. */
static bool
is_left_out(struct docx *x, enum word word)
{
	if (word == W_ALTERNATIVE || word == W_CHANGE)
		return true;
	if (word != W_DELETED && word != W_MOVED_AWAY)
		return false;
	x->pages->had_tracked_changes = true;
	return !x->in_form && !x->in_row;
}

/* Properties hold no text; in a broken file they may hold anything. */
static bool
is_structure(enum word word)
{
	return word == W_TABLE || word == W_ROW || word == W_CELL ||
	       word == W_NOTE || word == W_TEXT_BOX || word == W_HEAD_OF_PAGE;
}

static void
on_start(void *ctx, const char *name, const char **attributes)
{
	struct docx *x = ctx;
	enum word word = word_of(name);

	x->depth++;
	if (x->skip)
		return;
	if (is_left_out(x, word) ||
	    ((x->in_form || x->in_row) && is_structure(word))) {
		x->skip = x->depth;
	} else if (word == W_PARAGRAPH) {
		*vec_push(x->mem, &x->paragraphs) =
		    (struct paragraph){.form = {-1, -1, -1}};
	} else if (word == W_RUN) {
		x->in_run++;
	} else if (word == W_TEXT) {
		x->in_text = x->in_run && !x->page_field;
	} else if (word == W_FORM) {
		x->in_form++;
	} else if (word == W_ROW_FORM) {
		x->in_row++;
	} else if (x->in_form && word != W_HEAD_REFERENCE) {
		on_form(x, word, attributes);
	} else if (x->in_row) {
		on_row_form(x, word, attributes);
	} else if (x->in_run && (word == W_TAB || word == W_BREAK ||
				    word == W_HYPHEN || word == W_SYMBOL)) {
		on_run(x, word, attributes);
	} else if (word == W_INSERTED) {
		x->pages->had_tracked_changes = true;
	} else if (word != W_OTHER) {
		start_table_part(x, word, attributes);
		start_other(x, word, name, attributes);
	}
}

static void
on_text(void *ctx, struct str text)
{
	struct docx *x = ctx;

	if (x->skip)
		return;
	if (x->in_text)
		pages_text(&x->build, text);
	else if (x->in_instruction && x->field && !x->page_field &&
		 is_page_field(text))
		x->page_field = x->field;
}

/* What the paragraph itself says goes before what its style says. */
static void
end_paragraph(struct docx *x)
{
	struct paragraph *p = paragraph(x);
	struct paragraph_form style =
	    p->style.n ? docx_style_form(&x->styles, p->style) :
			 (struct paragraph_form){-1, -1, -1};
	int outline = p->form.outline >= 0 ? p->form.outline : style.outline;
	int list = p->form.list >= 0 ? p->form.list : style.list;
	int level = p->form.level >= 0 ? p->form.level : style.level;

	x->paragraphs.n--;
	if (p->is_mark_deleted)
		return;

	struct str label =
	    list > 0 ? docx_list_label(x->mem, &x->lists, list, level) : S("");
	pages_paragraph_end(&x->build,
	    outline >= 0 && outline < 9 ? (uint8_t)(outline + 1) : 0, label);
	if (arena_full(x->mem))
		package_stop(x->p, RC_LIMIT);
}

static void
end_cell(struct docx *x)
{
	struct cell_form *c = cell(x);

	x->cells.n--;
	if (c->is_joined)
		pages_cell_end_joined(&x->build, c->span);
	else
		pages_cell_end(&x->build, c->span, c->continues);
}

static void
end_note(struct docx *x, const char *name)
{
	*vec_push(x->mem, &x->notes) = (struct note){
	    .id = x->note_id,
	    .text = pages_aside_take(&x->build),
	    .is_end_note = name[0] == 'e',
	};
}

static void
on_end(void *ctx, const char *name)
{
	struct docx *x = ctx;
	int depth = x->depth--;

	if (x->skip) {
		if (x->skip == depth)
			x->skip = 0;
		return;
	}
	switch ((int)word_of(name)) {
	case W_PARAGRAPH:
		end_paragraph(x);
		break;
	case W_RUN:
		x->in_run--;
		break;
	case W_TEXT:
		x->in_text = false;
		break;
	case W_INSTRUCTION:
		x->in_instruction = false;
		break;
	case W_FORM:
		x->in_form--;
		break;
	case W_ROW_FORM:
		x->in_row--;
		break;
	case W_TABLE:
		pages_table_end(&x->build);
		break;
	case W_ROW:
		pages_row_end(&x->build);
		break;
	case W_CELL:
		end_cell(x);
		break;
	case W_NOTE:
		end_note(x, name);
		break;
	case W_TEXT_BOX:
	case W_HEAD_OF_PAGE:
		pages_aside_end(&x->build);
		break;
	}
}

static const char *
part_of_kind(const struct relations *r, struct str kind)
{
	const struct relation *found = relation_by_kind(r, kind);

	return found ? found->part : NULL;
}

static enum rc
read_part(struct docx *x, const char *part)
{
	struct xml_sink sink = {x, on_start, on_end, on_text};

	x->depth = x->skip = x->in_run = x->in_form = x->in_row = 0;
	x->field = x->page_field = 0;
	x->in_text = x->in_instruction = false;
	return part ? package_xml(x->p, part, &sink) : RC_OK;
}

/* Page headers say the same in every section: each text only once. */
static void
drop_repeated_heads(struct docx *x)
{
	size_t kept = 0;

	for (size_t i = 0; i < x->build.pending.n; i++) {
		struct block block = x->build.pending.p[i];
		bool is_new = true;
		for (size_t k = 0; k < kept && is_new; k++)
			is_new =
			    !str_eq(x->build.pending.p[k].text, block.text);
		if (is_new)
			x->build.pending.p[kept++] = block;
	}
	x->build.pending.n = kept;
}

static enum rc
read_heads(struct docx *x, const struct relations *relations)
{
	enum { MOST_HEADS = 300 };

	size_t n = x->heads.n < MOST_HEADS ? x->heads.n : MOST_HEADS;

	for (size_t i = 0; i < n; i++) {
		const struct relation *r =
		    relation_by_id(relations, x->heads.p[i]);
		enum rc rc = r ? read_part(x, r->part) : RC_OK;
		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
	}
	drop_repeated_heads(x);
	return RC_OK;
}

static enum rc
read_all(struct docx *x, const char *main, const struct relations *relations)
{
	enum rc rc = docx_styles_read(
	    x->p, part_of_kind(relations, S("styles")), x->mem, &x->styles);

	if (rc == RC_OK)
		rc = docx_lists_read(x->p,
		    part_of_kind(relations, S("numbering")), x->mem, &x->lists);
	if (rc == RC_OK)
		rc = read_part(x, part_of_kind(relations, S("footnotes")));
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = read_part(x, part_of_kind(relations, S("endnotes")));
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = read_part(x, main);
	if (rc == RC_OK)
		rc = read_heads(x, relations);
	return rc;
}

enum rc
docx_read(int fd, struct arena *mem, struct diag *d, struct pages *ret)
{
	autopackage p = NULL;
	struct pages pages = {0};
	struct docx x = {.mem = mem, .pages = &pages};
	size_t errors = d->errors;
	struct relations top, relations = {0};

	enum rc rc = package_open(fd, PAGES_UNPACKED, mem, d, &p);
	if (rc == RC_OK)
		rc = package_relations(p, "", mem, &top);
	if (rc != RC_OK)
		return rc;

	const char *main = part_of_kind(&top, S("officeDocument"));
	x.p = p;
	x.build = pages_build_open(mem, d);
	rc = main ? package_relations(p, main, mem, &relations) : RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = read_all(&x, main, &relations);
	if (rc != RC_OK)
		return pages_refuse(rc, d->errors > errors, d);
	pages_build_finish(&x.build, &pages);
	*ret = pages;
	return RC_OK;
}
