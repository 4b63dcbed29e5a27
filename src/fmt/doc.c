/* doc.c - the tree of a document: building it, measures all writers share. */
#include "fmt/doc.h"

#include "base/utf8.h"
#include "fmt/doc_tree.h"

/* clang-format off */
const struct look_rules doc_looks[LOOK_COUNT] = {
	/*                    id             name               pt  bold   ital   align          1st before after line keep */
	[LOOK_BODY]        = {"Body",        "Основной текст",  14, false, false, ALIGN_JUSTIFY, 125, 0,  0,  115, false},
	[LOOK_PLAIN]       = {"Plain",       "Без отступа",     14, false, false, ALIGN_LEFT,    0,   0,  0,  115, false},
	[LOOK_CENTRE]      = {"Centre",      "По центру",       14, false, false, ALIGN_CENTRE,  0,   0,  0,  115, false},
	[LOOK_RIGHT]       = {"Right",       "По правому краю", 14, false, false, ALIGN_RIGHT,   0,   0,  0,  115, false},
	[LOOK_SMALL]       = {"Small",       "Примечание",      11, false, false, ALIGN_LEFT,    0,   4,  0,  105, false},
	[LOOK_CLAUSE_1]    = {"Clause1",     "Пункт",           14, false, false, ALIGN_JUSTIFY, 125, 0,  0,  115, false},
	[LOOK_CLAUSE_2]    = {"Clause2",     "Подпункт",        14, false, false, ALIGN_JUSTIFY, 125, 0,  0,  115, false},
	[LOOK_BULLET]      = {"Bullet",      "Перечисление",    14, false, false, ALIGN_JUSTIFY, 125, 0,  0,  115, false},
	[LOOK_STRONG]      = {"Strong",      "Главное",         14, true,  false, ALIGN_LEFT,    0,   6,  6,  115, false},
	[LOOK_HEADING_1]   = {"Heading1",    "heading 1",       14, true,  false, ALIGN_CENTRE,  0,   14, 10, 115, true},
	[LOOK_HEADING_2]   = {"Heading2",    "heading 2",       14, true,  false, ALIGN_LEFT,    0,   12, 6,  115, true},
	[LOOK_HEADING_3]   = {"Heading3",    "heading 3",       14, true,  true,  ALIGN_LEFT,    0,   8,  4,  115, true},
	[LOOK_APPROVED]    = {"Approved",    "Гриф",            14, false, false, ALIGN_LEFT,    0,   0,  0,  100, true},
	[LOOK_REQUISITES]  = {"Requisites",  "Реквизиты",       14, false, false, ALIGN_LEFT,    0,   6,  6,  100, true},
	[LOOK_SIGNATURE]   = {"Signature",   "Подпись",         14, false, false, ALIGN_LEFT,    0,   0,  0,  100, false},
	[LOOK_CAPTION]     = {"Caption",     "caption",         12, true,  false, ALIGN_LEFT,    0,   10, 4,  105, true},
	[LOOK_FIGURE]      = {"Figure",      "Рисунок",         12, false, false, ALIGN_CENTRE,  0,   0,  6,  100, false},
	[LOOK_CELL]        = {"Cell",        "Ячейка",          12, false, false, ALIGN_LEFT,    0,   0,  0,  100, false},
	[LOOK_CELL_HEAD]   = {"CellHead",    "Ячейка головы",   12, true,  false, ALIGN_CENTRE,  0,   0,  0,  100, true},
	[LOOK_CELL_SECTION]= {"CellSection", "Раздел таблицы",  12, true,  false, ALIGN_CENTRE,  0,   2,  2,  100, true},
	[LOOK_PAGE_HEAD]   = {"Header",      "header",          10, false, false, ALIGN_CENTRE,  0,   0,  0,  100, false},
	[LOOK_PAGE_FOOT]   = {"Footer",      "footer",          10, false, false, ALIGN_LEFT,    0,   0,  0,  100, false},
	[LOOK_GAP]         = {"Gap",         "Промежуток",      5,  false, false, ALIGN_LEFT,    0,   0,  0,  100, false},
};
/* clang-format on */

/* ---- building ------------------------------------------------------------ */

struct doc *
doc_open(struct arena *mem, const struct doc_head *head)
{
	struct doc *doc = arena_new(mem, struct doc, 1);

	MUST(!date_is_none(head->made_on));
	doc->mem = mem;
	doc->head = *head;
	doc->form = (struct doc_form){head->landscape, head->a3};
	doc->lists = 1;
	return doc;
}

static struct doc_block *
add(struct doc *doc, enum doc_block_kind kind)
{
	struct doc_block *b = vec_push(doc->mem, &doc->blocks);

	b->kind = kind;
	b->form = doc->form;
	return b;
}

static struct doc_block *
add_paragraph(struct doc *doc, enum look look, struct str text)
{
	struct doc_block *b = add(doc, DOC_BLOCK_PARAGRAPH);

	b->look = look;
	b->text = text;
	return b;
}

void
doc_heading(struct doc *doc, int level, struct str text)
{
	MUST(level >= 1 && level <= 3);
	(void)add_paragraph(
	    doc, (enum look)(LOOK_HEADING_1 + level - 1), text);
}

static void
add_clause(struct doc *doc, enum doc_style style, struct str text)
{
	bool is_first = style == DOC_CLAUSE_1;
	struct doc_block *b = add_paragraph(
	    doc, is_first ? LOOK_CLAUSE_1 : LOOK_CLAUSE_2, text);

	b->list = doc->lists;
	if (is_first) {
		doc->clause_1++;
		doc->clause_2 = 0;
		b->label = arena_fmt(doc->mem, "%d.", doc->clause_1);
	} else {
		doc->clause_2++;
		b->label = arena_fmt(
		    doc->mem, "%d.%d.", doc->clause_1, doc->clause_2);
	}
}

void
doc_text(struct doc *doc, enum doc_style style, struct str text)
{
	switch (style) {
	case DOC_BODY:
		(void)add_paragraph(doc, LOOK_BODY, text);
		return;
	case DOC_PLAIN:
		(void)add_paragraph(doc, LOOK_PLAIN, text);
		return;
	case DOC_CENTRE:
		(void)add_paragraph(doc, LOOK_CENTRE, text);
		return;
	case DOC_RIGHT:
		(void)add_paragraph(doc, LOOK_RIGHT, text);
		return;
	case DOC_SMALL:
		(void)add_paragraph(doc, LOOK_SMALL, text);
		return;
	case DOC_CLAUSE_1:
	case DOC_CLAUSE_2:
		add_clause(doc, style, text);
		return;
	case DOC_BULLET:
		add_paragraph(doc, LOOK_BULLET, text)->label = S("–");
		return;
	case DOC_STRONG:
		(void)add_paragraph(doc, LOOK_STRONG, text);
		return;
	}
	UNREACHABLE();
}

void
doc_restart_clauses(struct doc *doc)
{
	if (doc->clause_1 || doc->clause_2)
		doc->lists++;
	doc->clause_1 = 0;
	doc->clause_2 = 0;
}

void
doc_page_break(struct doc *doc)
{
	(void)add(doc, DOC_BLOCK_PAGE);
}

void
doc_page_form(struct doc *doc, bool landscape, bool a3)
{
	bool is_other =
	    doc->form.landscape != landscape || doc->form.a3 != a3;

	doc->form = (struct doc_form){landscape, a3};
	add(doc, DOC_BLOCK_PAGE)->changes_form = is_other;
}

void
doc_approved(struct doc *doc, struct str lines)
{
	add(doc, DOC_BLOCK_APPROVED)->text = lines;
}

void
doc_requisites(struct doc *doc, struct str left, struct str right)
{
	struct doc_block *b = add(doc, DOC_BLOCK_REQUISITES);

	b->text = left;
	b->second = right;
}

void
doc_signature(struct doc *doc, struct str post, struct str name)
{
	struct doc_block *b = add(doc, DOC_BLOCK_SIGNATURE);

	b->text = post;
	b->second = name;
}

struct doc_table *
doc_table(struct doc *doc, const struct doc_column *columns, size_t n)
{
	struct doc_table *t = arena_new(doc->mem, struct doc_table, 1);

	MUST(n > 0);
	t->mem = doc->mem;
	t->columns = columns;
	t->n = n;
	add(doc, DOC_BLOCK_TABLE)->table = t;
	return t;
}

void
doc_row(struct doc_table *t, enum doc_row_kind kind, const struct str *cells,
    size_t n)
{
	size_t wanted = kind == DOC_ROW_SECTION ? 1 : t->n;
	struct doc_table_row *row = vec_push(t->mem, &t->rows);

	MUST(n <= wanted);
	row->kind = kind;
	row->cells = arena_new(t->mem, struct str, wanted);
	for (size_t i = 0; i < n; i++)
		row->cells[i] = cells[i];
}

/* ---- pages --------------------------------------------------------------- */

/*
 * BASIS: ГОСТ Р 7.0.97 3.3, margins; 30 mm go into the binding, which on a
 * page that lies is its upper edge.
 */
struct doc_page
doc_page_of(struct doc_form form)
{
	struct doc_page p = {.width = form.a3 ? 297 : 210,
	    .height = form.a3 ? 420 : 297,
	    .left = 30,
	    .right = 15,
	    .top = 20,
	    .bottom = 20};

	if (!form.landscape)
		return p;
	return (struct doc_page){.width = p.height,
	    .height = p.width,
	    .left = p.top,
	    .right = p.bottom,
	    .top = p.left,
	    .bottom = p.right};
}

int
doc_text_width(struct doc_form form)
{
	struct doc_page p = doc_page_of(form);

	return p.width - p.left - p.right;
}

int
doc_text_height(struct doc_form form)
{
	struct doc_page p = doc_page_of(form);

	return p.height - p.top - p.bottom;
}

int *
doc_column_ends(struct arena *mem, const struct doc_table *t, int total)
{
	int *ends = arena_new(mem, int, t->n);
	int64_t all = 0, so_far = 0;

	for (size_t i = 0; i < t->n; i++)
		all += t->columns[i].width;
	for (size_t i = 0; i < t->n; i++) {
		so_far += all ? t->columns[i].width : 1;
		ends[i] = (int)(so_far * total / (all ? all : (int64_t)t->n));
	}
	return ends;
}

enum align
doc_column_align(const struct doc_column *c)
{
	return c->right ? ALIGN_RIGHT : c->centre ? ALIGN_CENTRE : ALIGN_LEFT;
}

/* ---- the writers --------------------------------------------------------- */

enum doc_format
doc_format_of(struct str file_name)
{
	static const struct {
		struct str ending;
		enum doc_format format;
	} endings[] = {
	    {S_INIT(".docx"), DOC_DOCX},
	    {S_INIT(".odt"), DOC_ODT},
	    {S_INIT(".pdf"), DOC_PDF},
	    {S_INIT(".html"), DOC_HTML},
	};
	autoarena work = arena_open(0);
	struct str name = text_lower(work, file_name);

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(name, endings[i].ending))
			return endings[i].format;
	return DOC_UNKNOWN;
}

enum rc
doc_write(struct doc *doc, enum doc_format format, struct buf *out)
{
	switch (format) {
	case DOC_DOCX:
		return doc_write_docx(doc, out);
	case DOC_ODT:
		return doc_write_odt(doc, out);
	case DOC_PDF:
		return doc_write_pdf(doc, out);
	case DOC_HTML:
		doc_write_html(doc, out);
		return buf_full(out) ? RC_LIMIT : RC_OK;
	case DOC_UNKNOWN:
		return RC_USAGE;
	}
	UNREACHABLE();
}
