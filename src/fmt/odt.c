/* odt.c - an ODT as a flat list of blocks. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "fmt/numbering.h"
#include "fmt/package.h"
#include "fmt/pages_build.h"
#include "fmt/pages_formats.h"

enum { MOST_COLUMNS = 1024 };

/* A cell above that reaches down into the rows to come. */
struct reach {
	uint16_t rows;
	uint16_t span;
};

struct odt_table {
	uint32_t column;
	uint32_t covered; /* cells still covered by the one on the left */
	uint32_t row_repeats;
	struct reach *reach; /* one a column */
	bool in_head;

	/* of the cell being read */
	uint32_t span;
	uint32_t rows;
	uint32_t repeats;
};

struct odt_list {
	int64_t definition; /* or MAP_NONE */
	bool awaits_label;  /* the item has had no paragraph yet */
};

/* What a note or text box interrupts. */
struct interrupted {
	int in_paragraph;
	size_t n_lists;
};

struct odt {
	struct package *p;
	struct arena *mem;
	struct pages_build build;
	struct pages *pages;

	struct map list_names;
	VEC(struct list_definition) definitions;
	struct list_definition *definition; /* whose levels are being read */
	struct list_definition outline;
	bool has_outline;

	int depth;
	int skip;
	int frame; /* depth of the last frame of a picture or text box */
	int in_paragraph;
	size_t first_list; /* those below belong to what is interrupted */
	uint8_t heading;
	bool after_space;
	VEC(struct odt_list) lists;
	VEC(struct interrupted) interrupted;
	VEC(struct odt_table) tables;
	int in_styles; /* reading styles.xml: only page heads are text there */
};

enum word {
	O_OTHER,
	O_ASIDE,
	O_CELL,
	O_COVERED,
	O_FRAME,
	O_HEAD_OF_PAGE,
	O_HEADING,
	O_IMAGE,
	O_ITEM,
	O_LEFT_OUT,
	O_LEVEL_BULLET,
	O_LEVEL_NUMBER,
	O_LINE_BREAK,
	O_LIST,
	O_LIST_STYLE,
	O_NOTE_BODY,
	O_OUTLINE_LEVEL,
	O_OUTLINE_STYLE,
	O_PARAGRAPH,
	O_PICTURE_NAME, /* or the field "title of the document" */
	O_ROW,
	O_ROWS_HEAD,
	O_SPACES,
	O_TAB,
	O_TABLE,
	O_TRACKED,
};

struct word_name {
	const char *name;
	enum word word;
};

/* clang-format off */
static const struct word_name words[] = { /* sorted by name */
	{"annotation",               O_LEFT_OUT},
	{"covered-table-cell",       O_COVERED},
	{"desc",                     O_PICTURE_NAME},
	{"event-listeners",          O_LEFT_OUT},
	{"footer",                   O_HEAD_OF_PAGE},
	{"footer-first",             O_HEAD_OF_PAGE},
	{"footer-left",              O_HEAD_OF_PAGE},
	{"forms",                    O_LEFT_OUT},
	{"frame",                    O_FRAME},
	{"h",                        O_HEADING},
	{"header",                   O_HEAD_OF_PAGE},
	{"header-first",             O_HEAD_OF_PAGE},
	{"header-left",              O_HEAD_OF_PAGE},
	{"image",                    O_IMAGE},
	{"line-break",               O_LINE_BREAK},
	{"list",                     O_LIST},
	{"list-item",                O_ITEM},
	{"list-level-style-bullet",  O_LEVEL_BULLET},
	{"list-level-style-number",  O_LEVEL_NUMBER},
	{"list-style",               O_LIST_STYLE},
	{"note-body",                O_NOTE_BODY},
	{"note-citation",            O_LEFT_OUT},
	{"number",                   O_LEFT_OUT},
	{"object",                   O_LEFT_OUT},
	{"outline-level-style",      O_OUTLINE_LEVEL},
	{"outline-style",            O_OUTLINE_STYLE},
	{"p",                        O_PARAGRAPH},
	{"page-count",               O_LEFT_OUT},
	{"page-number",              O_LEFT_OUT},
	{"ruby-text",                O_LEFT_OUT},
	{"s",                        O_SPACES},
	{"tab",                      O_TAB},
	{"table",                    O_TABLE},
	{"table-cell",               O_CELL},
	{"table-header-rows",        O_ROWS_HEAD},
	{"table-row",                O_ROW},
	{"text-box",                 O_ASIDE},
	{"title",                    O_PICTURE_NAME},
	{"tracked-changes",          O_TRACKED},
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
	struct word_name key = {name, O_OTHER};
	const struct word_name *found = bsearch(
	    &key, words, COUNT_OF(words), sizeof words[0], compare_names);

	return found ? found->word : O_OTHER;
}

static uint32_t
number(const char **attributes, const char *name, uint32_t most)
{
	const char *text = xml_attribute(attributes, name);
	unsigned long n = text ? strtoul(text, NULL, 10) : 1;

	return n < 1 ? 1 : n > most ? most : (uint32_t)n;
}

/* "1", "a", "I", or, as LibreOffice has it, "А, Б, .., Аа, Бб". */
static enum number_form
form_of(const char *format)
{
	static const struct {
		struct str begins;
		enum number_form form;
	} forms[] = {{S_INIT("01"), FORM_DECIMAL_ZERO},
	    {S_INIT("1"), FORM_DECIMAL}, {S_INIT("a"), FORM_LATIN_LOWER},
	    {S_INIT("A"), FORM_LATIN_UPPER}, {S_INIT("i"), FORM_ROMAN_LOWER},
	    {S_INIT("I"), FORM_ROMAN_UPPER}, {S_INIT("а"), FORM_RUSSIAN_LOWER},
	    {S_INIT("А"), FORM_RUSSIAN_UPPER}};

	for (size_t i = 0; format && i < COUNT_OF(forms); i++)
		if (str_starts(str_of(format), forms[i].begins))
			return forms[i].form;
	return FORM_NONE;
}

static void
read_level(struct odt *x, bool is_bullet, const char **attributes)
{
	const char *prefix = xml_attribute(attributes, "num-prefix");
	const char *suffix = xml_attribute(attributes, "num-suffix");
	const char *bullet = xml_attribute(attributes, "bullet-char");
	uint32_t at = number(attributes, "level", LIST_LEVELS) - 1;
	uint32_t shown = number(attributes, "display-levels", at + 1);
	struct list_level *l;
	struct buf text = buf_open(x->mem, 0);

	if (!x->definition)
		return;
	l = &x->definition->levels[at];
	l->start = number(attributes, "start-value", 1000000);
	l->form = is_bullet ? FORM_BULLET :
			      form_of(xml_attribute(attributes, "num-format"));
	if (is_bullet) {
		l->text = arena_str(x->mem, str_of(bullet ? bullet : ""));
		return;
	}
	if (l->form == FORM_NONE)
		return;
	x->has_outline |= x->definition == &x->outline;
	buf_c(&text, prefix ? prefix : "");
	for (uint32_t i = at + 1 - shown; i <= at; i++)
		if (x->definition->levels[i].form != FORM_NONE)
			buf_fmt(&text, "%%%u%s", i + 1, i < at ? "." : "");
	buf_c(&text, suffix ? suffix : "");
	l->text = buf_str(&text);
}

static void
start_list_style(struct odt *x, const char **attributes)
{
	const char *name = xml_attribute(attributes, "name");

	*map_at(&x->list_names, arena_str(x->mem, str_of(name ? name : ""))) =
	    (int64_t)x->definitions.n;
	x->definition = vec_push(x->mem, &x->definitions);
	list_definition_reset(x->definition);
}

/* A list counts from its beginning unless it says that it goes on. */
static void
start_list(struct odt *x, const char **attributes)
{
	const char *style = xml_attribute(attributes, "style-name");
	const char *on = xml_attribute(attributes, "continue-numbering");
	bool is_inner = x->lists.n > x->first_list;
	struct odt_list list = {.definition = MAP_NONE};

	if (is_inner)
		list.definition = x->lists.p[x->lists.n - 1].definition;
	if (style)
		list.definition = map_get(&x->list_names, str_of(style));
	if (list.definition != MAP_NONE && !is_inner &&
	    !(on && strcmp(on, "true") == 0) &&
	    !xml_attribute(attributes, "continue-list"))
		memset(x->definitions.p[list.definition].is_set, 0,
		    sizeof x->definitions.p[0].is_set);
	*vec_push(x->mem, &x->lists) = list;
}

static unsigned
list_level(const struct odt *x)
{
	size_t depth = x->lists.n - x->first_list;

	return (unsigned)(depth > LIST_LEVELS ? LIST_LEVELS : depth) - 1;
}

static void
start_item(struct odt *x, const char **attributes)
{
	struct odt_list *list;

	if (x->lists.n == x->first_list)
		return;
	list = &x->lists.p[x->lists.n - 1];
	list->awaits_label = true;
	if (list->definition == MAP_NONE ||
	    !xml_attribute(attributes, "start-value"))
		return;
	struct list_definition *def = &x->definitions.p[list->definition];
	def->counts[list_level(x)] =
	    number(attributes, "start-value", 1000000) - 1;
	def->is_set[list_level(x)] = true;
}

static struct str
label_here(struct odt *x)
{
	struct odt_list *list =
	    x->lists.n > x->first_list ? &x->lists.p[x->lists.n - 1] : NULL;

	if (list && list->awaits_label) {
		list->awaits_label = false;
		if (list->definition != MAP_NONE)
			return list_next(x->mem,
			    &x->definitions.p[list->definition], list_level(x));
	}
	if (x->heading && x->has_outline && !x->in_styles)
		return list_next(x->mem, &x->outline, x->heading - 1u);
	return S("");
}

static struct odt_table *
table(struct odt *x)
{
	return x->tables.n ? &x->tables.p[x->tables.n - 1] : NULL;
}

static void
start_table(struct odt *x)
{
	*vec_push(x->mem, &x->tables) = (struct odt_table){
	    .reach = arena_new(x->mem, struct reach, MOST_COLUMNS)};
	pages_table_start(&x->build);
}

static void
start_row(struct odt *x, const char **attributes)
{
	struct odt_table *t = table(x);

	if (!t)
		return;
	t->column = t->covered = 0;
	t->row_repeats = number(attributes, "number-rows-repeated", 1000);
	pages_row_start(&x->build);
	if (t->in_head)
		pages_row_is_head(&x->build);
}

static void
start_cell(struct odt *x, const char **attributes)
{
	struct odt_table *t = table(x);

	if (!t)
		return;
	t->covered = 0;
	t->span = number(attributes, "number-columns-spanned", MOST_COLUMNS);
	t->rows = number(attributes, "number-rows-spanned", UINT16_MAX);
	t->repeats =
	    number(attributes, "number-columns-repeated", MOST_COLUMNS);
	pages_cell_start(&x->build);
}

static void
end_cell(struct odt *x)
{
	struct odt_table *t = table(x);

	if (!t)
		return;
	for (uint32_t i = 0; i < t->repeats; i++) {
		if (i)
			pages_cell_start(&x->build);
		pages_cell_end(&x->build, t->span, false);
		if (t->column < MOST_COLUMNS)
			t->reach[t->column] = (struct reach){
			    .rows = (uint16_t)(t->rows - 1),
			    .span = (uint16_t)t->span,
			};
		t->column += t->span;
	}
	t->covered = t->span - 1;
}

/* A place under another cell: one on its left, or one above. */
static void
covered_cell(struct odt *x, const char **attributes)
{
	struct odt_table *t = table(x);
	uint32_t n =
	    number(attributes, "number-columns-repeated", MOST_COLUMNS);

	for (; t && n; n--) {
		if (t->covered) {
			t->covered--;
			continue;
		}
		if (t->column < MOST_COLUMNS && t->reach[t->column].rows) {
			struct reach *r = &t->reach[t->column];
			r->rows--;
			pages_cell_start(&x->build);
			pages_cell_end(&x->build, r->span, true);
			t->column += r->span;
			t->covered = r->span - 1u;
		} else {
			pages_skip_columns(&x->build, 1);
			t->column++;
		}
	}
}

static void
start_aside(struct odt *x, enum block_kind kind)
{
	*vec_push(x->mem, &x->interrupted) =
	    (struct interrupted){x->in_paragraph, x->first_list};
	x->in_paragraph = 0;
	x->first_list = x->lists.n;
	pages_aside_start(&x->build, kind);
}

static void
end_aside(struct odt *x)
{
	struct interrupted was = x->interrupted.p[--x->interrupted.n];

	pages_aside_end(&x->build);
	x->in_paragraph = was.in_paragraph;
	x->first_list = was.n_lists;
}

static void
start_paragraph(struct odt *x, bool is_heading, const char **attributes)
{
	x->in_paragraph++;
	x->after_space = true;
	x->heading = is_heading ? (uint8_t)number(attributes, "outline-level",
				      LIST_LEVELS) :
				  0;
}

static void
put_spaces(struct odt *x, const char **attributes)
{
	uint32_t n = number(attributes, "c", 1000);

	if (x->in_paragraph)
		for (uint32_t i = 0; i < n; i++)
			pages_char(&x->build, ' ');
	x->after_space = false;
}

static void
put_mark(struct odt *x, char c)
{
	if (x->in_paragraph)
		pages_char(&x->build, c);
	x->after_space = true;
}

static void
start_style_part(struct odt *x, enum word word, const char **attributes)
{
	switch ((int)word) {
	case O_LIST_STYLE:
		start_list_style(x, attributes);
		break;
	case O_OUTLINE_STYLE:
		x->definition = &x->outline;
		break;
	case O_LEVEL_BULLET:
		read_level(x, true, attributes);
		break;
	case O_LEVEL_NUMBER:
	case O_OUTLINE_LEVEL:
		read_level(x, false, attributes);
		break;
	case O_HEAD_OF_PAGE:
		start_aside(x, BLOCK_HEADER);
		break;
	}
}

static void
start_text_part(struct odt *x, enum word word, const char **attributes)
{
	switch ((int)word) {
	case O_PARAGRAPH:
	case O_HEADING:
		start_paragraph(x, word == O_HEADING, attributes);
		break;
	case O_LIST:
		start_list(x, attributes);
		break;
	case O_ITEM:
		start_item(x, attributes);
		break;
	case O_SPACES:
		put_spaces(x, attributes);
		break;
	case O_TAB:
		put_mark(x, '\t');
		break;
	case O_LINE_BREAK:
		put_mark(x, '\n');
		break;
	case O_NOTE_BODY:
		start_aside(x, BLOCK_FOOTNOTE);
		break;
	case O_ASIDE:
		start_aside(x, BLOCK_TEXT_BOX);
		break;
	case O_IMAGE:
		x->pages->had_images = true;
		break;
	}
}

static void
start_table_part(struct odt *x, enum word word, const char **attributes)
{
	switch ((int)word) {
	case O_TABLE:
		start_table(x);
		break;
	case O_ROWS_HEAD:
		if (table(x))
			table(x)->in_head = true;
		break;
	case O_ROW:
		start_row(x, attributes);
		break;
	case O_CELL:
		start_cell(x, attributes);
		break;
	}
}

static void
on_start(void *ctx, const char *name, const char **attributes)
{
	struct odt *x = ctx;
	enum word word = word_of(name);

	x->depth++;
	if (x->skip)
		return;
	x->pages->had_tracked_changes |= word == O_TRACKED;
	if (word == O_COVERED)
		covered_cell(x, attributes);
	if (word == O_FRAME)
		x->frame = x->depth;
	if (word == O_LEFT_OUT || word == O_TRACKED || word == O_COVERED ||
	    (word == O_PICTURE_NAME && x->depth == x->frame + 1)) {
		x->skip = x->depth;
		return;
	}
	start_style_part(x, word, attributes);
	start_text_part(x, word, attributes);
	start_table_part(x, word, attributes);
}

/* Line ends and tabs of the XML are spaces, and several are one. */
static void
on_text(void *ctx, struct str text)
{
	struct odt *x = ctx;
	size_t from = 0;

	if (x->skip || !x->in_paragraph)
		return;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (!is_space || (c == ' ' && !x->after_space)) {
			x->after_space = is_space;
			continue;
		}
		pages_text(&x->build, str_cut(text, from, i));
		from = i + 1;
		if (!x->after_space)
			pages_char(&x->build, ' ');
		x->after_space = true;
	}
	pages_text(&x->build, str_from(text, from));
}

static void
end_paragraph(struct odt *x)
{
	x->in_paragraph--;
	pages_paragraph_end(&x->build, x->heading, label_here(x));
	x->heading = 0;
	if (arena_full(x->mem))
		package_stop(x->p, RC_LIMIT);
}

static void
end_row(struct odt *x)
{
	struct odt_table *t = table(x);

	for (uint32_t i = 0; t && i < t->row_repeats; i++)
		pages_row_end(&x->build);
}

static void
end_table(struct odt *x)
{
	if (!x->tables.n)
		return;
	x->tables.n--;
	pages_table_end(&x->build);
}

static void
on_end(void *ctx, const char *name)
{
	struct odt *x = ctx;
	int depth = x->depth--;

	if (x->skip) {
		if (x->skip == depth)
			x->skip = 0;
		return;
	}
	switch ((int)word_of(name)) {
	case O_LIST_STYLE:
	case O_OUTLINE_STYLE:
		x->definition = NULL;
		break;
	case O_PARAGRAPH:
	case O_HEADING:
		end_paragraph(x);
		break;
	case O_LIST:
		x->lists.n -= x->lists.n > x->first_list;
		break;
	case O_NOTE_BODY:
	case O_ASIDE:
	case O_HEAD_OF_PAGE:
		end_aside(x);
		break;
	case O_ROWS_HEAD:
		if (table(x))
			table(x)->in_head = false;
		break;
	case O_CELL:
		end_cell(x);
		break;
	case O_ROW:
		end_row(x);
		break;
	case O_TABLE:
		end_table(x);
		break;
	}
}

static enum rc
read_part(struct odt *x, const char *part)
{
	struct xml_sink sink = {x, on_start, on_end, on_text};

	x->depth = x->skip = x->frame = x->in_paragraph = 0;
	x->first_list = x->lists.n = x->tables.n = 0;
	x->definition = NULL;
	return package_xml(x->p, part, &sink);
}

static enum rc
read_all(struct odt *x, struct diag *d)
{
	enum rc rc = odf_check_password(x->p, d);

	if (rc != RC_OK)
		return rc;
	/* Page heads found here wait and follow the last block. */
	x->in_styles = true;
	rc = read_part(x, "styles.xml");
	x->in_styles = false;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;

	struct pages_build heads = x->build;
	x->build = pages_build_open(x->mem, d);
	rc = read_part(x, "content.xml");
	vec_each(struct block, head, &heads.pending)
		pages_aside_put(&x->build, head->kind, head->text);
	return rc;
}

enum rc
odt_read(int fd, struct arena *mem, struct diag *d, struct pages *ret)
{
	autopackage p = NULL;
	struct pages pages = {0};
	struct odt x = {.mem = mem,
	    .pages = &pages,
	    .list_names = map_open(mem),
	    .build = pages_build_open(mem, d)};
	size_t errors = d->errors;

	enum rc rc = package_open(fd, PAGES_UNPACKED, mem, d, &p);
	if (rc != RC_OK)
		return rc;
	x.p = p;
	list_definition_reset(&x.outline);
	rc = read_all(&x, d);
	if (rc != RC_OK)
		return pages_refuse(rc, d->errors > errors, d);
	pages_build_finish(&x.build, &pages);
	*ret = pages;
	return RC_OK;
}
