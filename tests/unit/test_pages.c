/* test_pages.c - is the text of a document read as a person sees it? */
#include "base/buf.h"
#include "files.h"
#include "fmt/numbering.h"
#include "fmt/pages.h"
#include "harness.h"

/*
 * Blocks as text, one a line: "P text", "H2 text", "P[1.] text", "F note",
 * "B text box", "K page head"; a table is a line "T" and its rows, cells
 * between "|", with "+2" for a span, "^" for a cell covered from above, "@3"
 * where the column is not the next one, "!" before a repeated heading row.
 */
static void
dump_row(struct buf *b, const struct grid_row *row)
{
	uint32_t column = 0;

	buf_c(b, row->repeated_head ? "!" : " ");
	for (uint32_t i = 0; i < row->n; i++) {
		const struct grid_cell *c = &row->cells[i];
		buf_c(b, " |");
		if (c->column != column)
			buf_fmt(b, "@%u", c->column);
		if (c->span != 1)
			buf_fmt(b, "+%u", c->span);
		if (c->continues)
			buf_char(b, '^');
		buf_fmt(b, " %.*s", STR_ARG(c->text));
		column = c->column + c->span;
	}
	buf_char(b, '\n');
}

static void
dump_block(struct buf *b, const struct block *block)
{
	static const char kinds[] = "PTFBK";

	buf_char(b, block->heading ? 'H' : kinds[block->kind]);
	if (block->heading)
		buf_fmt(b, "%u", block->heading);
	if (block->list_label.n)
		buf_fmt(b, "[%.*s]", STR_ARG(block->list_label));
	if (block->kind != BLOCK_TABLE)
		buf_fmt(b, " %.*s", STR_ARG(block->text));
	buf_char(b, '\n');
	for (uint32_t i = 0; i < block->n_rows; i++)
		dump_row(b, &block->rows[i]);
}

struct reading {
	struct diag diag;
	struct pages pages;
	enum rc rc;
};

static struct reading
read_fd(struct arena *mem, int fd)
{
	struct reading r = {.diag = diag_open(mem, 0)};

	r.rc = pages_read(fd, PAGES_UNKNOWN, mem, &r.diag, &r.pages);
	(void)close(fd);
	return r;
}

static struct str
dump(struct arena *mem, const struct pages *pages)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < pages->n; i++) {
		assert_int_equal(pages->blocks[i].number, i + 1);
		dump_block(&b, &pages->blocks[i]);
	}
	return buf_str(&b);
}

static struct reading
expect_blocks(struct arena *mem, int fd, const char *expected)
{
	struct reading r = read_fd(mem, fd);

	for (size_t i = 0; i < r.diag.n; i++)
		if (r.diag.all[i].severity == SEV_ERROR)
			print_message("%.*s\n",
			    STR_ARG(complaint_line(mem, &r.diag.all[i])));
	assert_int_equal(r.rc, RC_OK);
	assert_str(dump(mem, &r.pages), expected);
	return r;
}

static void
expect_refusal(int fd, enum rc rc, const char *sentence)
{
	autoarena mem = arena_open(0);
	struct reading r = read_fd(mem, fd);

	assert_int_equal(r.rc, rc);
	assert_int_equal(r.diag.errors, 1);
	if (str_find(r.diag.all[0].text, str_of(sentence)) < 0)
		print_error("%.*s\n", STR_ARG(r.diag.all[0].text));
	assert_true(str_find(r.diag.all[0].text, str_of(sentence)) >= 0);
	assert_true(r.diag.all[0].hint.n > 0); /* the way out */
}

#define XML "<?xml version=\"1.0\"?>"
#define OFFICE                                                                 \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, kind, part)                                               \
	"<Relationship Id=\"" id "\" Type=\"" OFFICE kind "\" Target=\"" part  \
	"\"/>"

/* A DOCX with this body; other parts as far as they are given. */
struct docx_parts {
	const char *body;
	const char *styles;
	const char *numbering;
	const char *footnotes;
	const char *header;
};

static int
docx_of(struct docx_parts d)
{
	autoarena mem = arena_open(0);
	static const char root[] = "<w:%s xmlns:w=\"w\" xmlns:mc=\"m\" "
				   "xmlns:r=\"r\" xmlns:wps=\"wps\">";
	struct part parts[8] = {
	    {"[Content_Types].xml", XML "<Types/>"},
	    {"_rels/.rels",
		XML "<Relationships>" RELATION("a", "officeDocument",
		    "word/document.xml") "</Relationships>"},
	    {"word/_rels/document.xml.rels",
		XML "<Relationships>" RELATION("s", "styles", "styles.xml")
		    RELATION("n", "numbering", "numbering.xml")
			RELATION("f", "footnotes", "footnotes.xml") RELATION(
			    "h", "header", "header1.xml") "</Relationships>"},
	};

	const struct {
		const char *name, *root, *inside;
	} given[] = {{"word/document.xml", "document", d.body},
	    {"word/styles.xml", "styles", d.styles},
	    {"word/numbering.xml", "numbering", d.numbering},
	    {"word/footnotes.xml", "footnotes", d.footnotes},
	    {"word/header1.xml", "hdr", d.header}};

	size_t n = 3;

	for (size_t i = 0; i < COUNT_OF(given); i++) {
		if (!given[i].inside)
			continue;
		struct buf b = buf_open(mem, 0);
		buf_c(&b, XML);
		for (const char *p = root; *p; p++)
			if (*p == '%')
				buf_c(&b, given[i].root), p++;
			else
				buf_char(&b, *p);
		buf_fmt(&b, "%s</w:%s>", given[i].inside, given[i].root);
		parts[n++] = (struct part){given[i].name, buf_cstr(&b)};
	}
	return zip_of(parts, n);
}

#define R(text)        "<w:r><w:t>" text "</w:t></w:r>"
#define P(inside)      "<w:p>" inside "</w:p>"
#define TC(pr, inside) "<w:tc><w:tcPr>" pr "</w:tcPr>" inside "</w:tc>"
#define TR(inside)     "<w:tr>" inside "</w:tr>"
#define STYLE(id)      "<w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr>"
#define LIST(id, level)                                                        \
	"<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id    \
	"\"/></w:numPr></w:pPr>"

static void
whole_plan(void **state)
{
	static const char expected[] =
	    "H1 План мероприятий\n"
	    "P Вьюжинская СОШ, 2026/27 учебный год\n"
	    "H2 Цели\n"
	    "P[•] снизить долю неуспевающих\n"
	    "P[•] обучить учителей\n"
	    "P[1.] Утвердить план.\n"
	    "P[2.] Назначить кураторов.\n"
	    "T\n"
	    "  | № | Мероприятие | Срок | Ответственный\n"
	    "  |+4 Организация\n"
	    "  | 1.1 | Совещание\nдиректоров | до 01.12.2026 | И. О. "
	    "Снегирёва\n"
	    "  | 1.2 |+2 Выезд в школу |^ \n"
	    "  | 1.3 |  | май | \n"
	    "T\n"
	    "  | внутри | таблицы\n"
	    "P После таблицы.\n"
	    "K Приложение 1\n";
	autoarena mem = arena_open(0);
	struct reading r =
	    expect_blocks(mem, fixture("pages/plan.docx"), expected);

	assert_int_equal(r.diag.n, 1);
	assert_int_equal(r.diag.all[0].severity, SEV_NOTE);
	(void)expect_blocks(mem, fixture("pages/plan.odt"), expected);
}

static void
runs_and_signs(void **state)
{
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = P(
		    "<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" R(
			"не") R("успе\xC2\xADвающие") "<w:r><w:tab/><w:t>а</"
						      "w:t><w:br/><w:t>б</w:t>"
						      "<w:br "
						      "w:type=\"page\"/"
						      "><w:noBreakHyphen/>"
						      "<w:softHyphen/><w:sym "
						      "w:font=\"Wingdings\" "
						      "w:char=\"F0FC\"/></w:r>")
		    P("<w:hyperlink>" R(
			"ссылка") "</w:hyperlink>"
				  "<w:sdt><w:sdtContent>" R(
				      " и поле") "</w:sdtContent></w:sdt>")
			P("")}),
	    "P неуспевающие\tа\nб-✓\nP ссылка и поле\nP \n");
}

static void
tracked_changes(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = P("<w:del><w:r><w:delText>нет</w:delText><w:tab/>"
			  "</w:r></w:del><w:ins>" R(
			      "да") "</w:ins>"
				    "<w:moveFrom>" R("отсюда") "</w:moveFrom>")
		    P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("начало, "))
			P(R("конец")) P(
			    "<w:pPr><w:outlineLvl w:val=\"9\"/><w:pPrChange>"
			    "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>"
			    "</w:pPrChange></w:pPr>" R(
				"не заголовок")) "<w:tbl>" TR(TC("",
			    P(R("a")))) "<w:tr><w:trPr><w:del/></w:trPr>" TC("",
			    P(R("b"))) "</w:tr></w:tbl>"}),
	    "P да\nP начало, конец\nP не заголовок\nT\n  | a\n");

	assert_true(r.pages.had_tracked_changes);
}

static void
headings_by_style(void **state)
{
	static const char styles[] =
	    "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name "
	    "w:val=\"heading 1\"/></w:style>"
	    "<w:style w:type=\"paragraph\" w:styleId=\"my\"><w:basedOn "
	    "w:val=\"1\"/></w:style>"
	    "<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:basedOn "
	    "w:val=\"y\"/></w:style>"
	    "<w:style w:type=\"paragraph\" w:styleId=\"y\"><w:basedOn "
	    "w:val=\"x\"/></w:style>"
	    "<w:style w:type=\"character\" w:styleId=\"z\"><w:name "
	    "w:val=\"heading 3\"/></w:style>";
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = P(STYLE("1") R("один")) P(STYLE("my") R("тоже")) P(
		    STYLE("x") R("кольцо")) P(STYLE("z") R("знаки"))
		    P("<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>" R("прямо")),
		.styles = styles}),
	    "H1 один\nH1 тоже\nP кольцо\nP знаки\nH3 прямо\n");
}

static const char numbering[] =
    "<w:abstractNum w:abstractNumId=\"0\">"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
    "<w:lvlText w:val=\"%1.\"/></w:lvl>"
    "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
    "<w:lvlText w:val=\"%1.%2.\"/></w:lvl>"
    "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt "
    "w:val=\"russianLower\"/><w:lvlText w:val=\"%3)\"/></w:lvl>"
    "</w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt "
    "w:val=\"bullet\"/><w:lvlText w:val=\"\xEF\x82\xB7\"/></w:lvl>"
    "<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/><w:lvlText "
    "w:val=\"-\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink "
    "w:val=\"Список\"/></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"3\"><w:styleLink w:val=\"Список\"/>"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4\"/><w:numFmt "
    "w:val=\"upperRoman\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
    "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride "
    "w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
    "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/></w:num>"
    "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"2\"/></w:num>"
    "<w:num w:numId=\"6\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride "
    "w:ilvl=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"7\"/><w:numFmt "
    "w:val=\"decimalZero\"/><w:lvlText w:val=\"№ %1\"/></w:lvl>"
    "</w:lvlOverride></w:num>";

static void
automatic_numbers(void **state)
{
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = P(LIST("1", "0") R("а")) P(LIST("1", "1") R("б")) P(
		    LIST("1", "1") R("в")) P(LIST("1", "2") R("г")) P(LIST("1",
		    "2") R("д")) P(LIST("1", "0") R("е")) P(LIST("1", "1")
			R("ж")) P(LIST("4", "0") R("общий счёт")) P(LIST("3",
		    "0") R("заново")) P(LIST("3", "0") R("дальше")) P(LIST("2",
		    "0") R("знак")) P(LIST("2", "1") R("черта")) P(LIST("5",
		    "0") R("по имени")) P(LIST("6", "0") R("свой уровень"))
		    P(LIST("0", "0") R("без номера")) P(LIST("99", "0") R(
			"нет такого")) "<w:tbl>" TR(TC("", P(LIST("1", "0") ""))
			    TC("", P(LIST("1", "0") R("в ячейке")))) "</w:tbl>",
		.numbering = numbering}),
	    "P[1.] а\nP[1.1.] б\nP[1.2.] в\nP[а)] г\nP[б)] д\nP[2.] е\n"
	    "P[2.1.] ж\nP[3.] общий счёт\nP[1.] заново\nP[2.] дальше\n"
	    "P[•] знак\nP[-] черта\nP[IV] по имени\nP[№ 07] свой уровень\n"
	    "P без номера\nP нет такого\nT\n  | 3. | 4. в ячейке\n");
}

static void
merged_cells(void **state)
{
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body =
		    "<w:tbl>"
		    "<w:tr><w:trPr><w:tblHeader/></w:trPr>" TC(
			"<w:vMerge w:val=\"restart\"/>", P(R("а")))
			TC("<w:gridSpan w:val=\"2\"/>", P(R("б"))) "</w:tr>" TR(
			    TC("<w:vMerge/>", P("")) TC("", P(R("в"))) TC(
				"", P(R("г")))) "<w:tr><w:trPr><w:gridBefore "
						"w:val=\"1\"/></w:trPr>" TC(
						    "<w:hMerge "
						    "w:val="
						    "\"restart\"/>",
						    P(R("д"))) TC("<w:hMerge/>",
						    P(R("е"))) "</w:tr>"
							       "</w:tbl>"}),
	    "T\n! | а |+2 б\n  |^  | в | г\n  |@1+2 д\nе\n");
}

static void
notes_boxes_and_heads(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body =
		    P(R("до") "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" R(
			" после") "<w:r><mc:AlternateContent><mc:Choice><w:"
				  "drawing>"
				  "<wps:txbx><w:txbxContent>" P(R("в рамке")) P(
				      R("две строки")) "</w:txbxContent></"
						       "wps:txbx></w:drawing></"
						       "mc:Choice>"
						       "<mc:Fallback><w:pict><"
						       "w:txbxContent>" P(R(
							   "в рамке")) "</"
								       "w:"
								       "txbxCon"
								       "tent></"
								       "w:pict>"
								       "</"
								       "mc:"
								       "Fallbac"
								       "k>"
								       "</"
								       "mc:"
								       "Alterna"
								       "teConte"
								       "nt></"
								       "w:r>")
			P(R("дальше") "<w:r><w:drawing><a:blip/></w:drawing></"
				      "w:r>") "<w:sectPr><w:headerReference "
					      "r:id=\"h\"/>"
					      "<w:headerReference "
					      "r:id=\"h\"/></w:sectPr>",
		.footnotes = "<w:footnote w:type=\"separator\" w:id=\"-1\">" P(R(
		    "---")) "</w:footnote><w:footnote w:id=\"2\">" P(R("сноск"
								       "а")) "<"
									     "/"
									     "w"
									     ":"
									     "f"
									     "o"
									     "o"
									     "t"
									     "n"
									     "o"
									     "t"
									     "e"
									     ">",
		.header = P(
		    R("Приложение, с. ") "<w:r><w:fldChar "
					 "w:fldCharType=\"begin\"/></w:r>"
					 "<w:r><w:instrText> PAGE "
					 "</w:instrText></w:r>"
					 "<w:r><w:fldChar "
					 "w:fldCharType=\"separate\"/></w:r>" R(
					     "7") "<w:r><w:fldChar "
						  "w:fldCharType=\"end\"/>"
						  "</w:r><w:fldSimple "
						  "w:instr=\" NUMPAGES \">" R(
						      "9") "</w:fldSimple>")}),
	    "P до после\nF сноска\nB в рамке\nдве строки\nP дальше\n"
	    "K Приложение, с.\n");

	assert_true(r.pages.had_images);
}

/* Properties that hold what no program writes there must do no harm. */
static void
text_inside_properties(void **state)
{
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = P("<w:pPr><w:txbxContent>" P(
		    R("x")) "</w:txbxContent><w:tbl>" TR(TC("",
		    P(R("y")))) "</w:tbl></w:pPr>" R("а")) "<w:tbl><w:tr><w:"
							   "trPr><w:tc/></"
							   "w:trPr>" TC("",
							       P(R("б"))) "</"
									  "w:"
									  "tr><"
									  "/w:"
									  "tbl>"
									  "<w:"
									  "tc"
									  ">" P(R(
									      "в")) "</w:tc><w:tr/>"}),
	    "P а\nT\n  | б\nP в\n");
}

/* A table in a cell is read as a table of its own, behind the outer one. */
static void
nested_tables(void **state)
{
	autoarena mem = arena_open(0);
	struct reading r = expect_blocks(mem,
	    docx_of((struct docx_parts){
		.body = "<w:tbl>" TR(TC("", P(R("a")))
			TC("", P(R("b")) "<w:tbl>" TR(TC("", P(R("c")))
				       TC("", P(R("d")))) "</w:tbl>" P("")))
		    TR(TC("", P(R("e")))) "</w:tbl>" P(R("f"))}),
	    "T\n  | a | b\n  | e\nT\n  | c | d\nP f\n");

	assert_int_equal(r.diag.errors, 0);
	assert_true(str_find(r.diag.all[0].text, S("другая таблица")) >= 0);
}

static void
put_16(unsigned char *at, unsigned n)
{
	at[0] = n & 0xFF;
	at[1] = n >> 8 & 0xFF;
}

/*
 * What Word makes of a document with a password: a compound file (header, one
 * sector of its table, one of its directory) with a stream EncryptedPackage.
 */
static int
encrypted_docx(void)
{
	enum { SECTOR = 512, ENTRY = 128, NOTHING = 0xFF };

	static const struct {
		const char *name;
		unsigned char type, child, right;
	} entries[] = {{"Root Entry", 5, 1, NOTHING},
	    {"EncryptionInfo", 2, NOTHING, 2},
	    {"EncryptedPackage", 2, NOTHING, NOTHING}};

	unsigned char file[3 * SECTOR] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

	put_16(file + 24, 0x3E);
	put_16(file + 26, 3);
	put_16(file + 28, 0xFFFE); /* little-endian */
	put_16(file + 30, 9);      /* sectors of 512 bytes */
	put_16(file + 32, 6);
	put_16(file + 44, 1); /* one sector of the table, number 0 */
	put_16(file + 48, 1); /* the directory begins in sector 1 */
	put_16(file + 56, 4096);
	memset(file + 60, 0xFF, 2 * 4); /* neither small nor further sectors */
	memset(file + 68, 0xFF, 4);
	memset(file + 76, 0xFF, SECTOR - 76);
	memset(file + 76, 0, 4);
	memset(file + 64, 0, 4);
	memset(file + 72, 0, 4);
	memset(file + SECTOR, 0xFF, SECTOR);
	put_16(file + SECTOR, 0xFFFD);
	put_16(file + SECTOR + 4, 0xFFFE);
	for (size_t i = 0; i < COUNT_OF(entries); i++) {
		unsigned char *at = file + 2 * SECTOR + i * ENTRY;
		size_t n = strlen(entries[i].name);
		for (size_t k = 0; k < n; k++)
			at[2 * k] = (unsigned char)entries[i].name[k];
		put_16(at + 64, (unsigned)(n + 1) * 2);
		at[66] = entries[i].type;
		memset(at + 68, NOTHING, 12);
		if (entries[i].child != NOTHING)
			put_16(at + 76, entries[i].child), put_16(at + 78, 0);
		if (entries[i].right != NOTHING)
			put_16(at + 72, entries[i].right), put_16(at + 74, 0);
		put_16(at + 116, 0xFFFE);
		put_16(at + 118, 0xFFFF);
	}
	return file_of((struct str){(const char *)file, sizeof file});
}

static void
docx_refusals(void **state)
{
	const struct part no_main[] = {
	    {"[Content_Types].xml", XML "<Types/>"}, {"word/x.xml", "<x/>"}};

	expect_refusal(file_of(S("просто текст")), RC_INVALID, "простой текст");
	expect_refusal(
	    zip_of(no_main, COUNT_OF(no_main)), RC_INVALID, "главной части");
	expect_refusal(docx_of((struct docx_parts){.body = "<w:p>"}),
	    RC_INVALID, "повреждён");
	expect_refusal(fixture("sheets/values.xlsx"), RC_INVALID, "Excel");
	expect_refusal(file_of(S("")), RC_INVALID, "пуст");
	expect_refusal(
	    file_of(S("PK\x03\x04 half a file")), RC_INVALID, "повреждён");
	expect_refusal(encrypted_docx(), RC_INVALID, "паролем");
}

#define ODT_LIST(attributes, inside)                                           \
	"<text:list " attributes ">" inside "</text:list>"
#define ITEM(inside) "<text:list-item>" inside "</text:list-item>"
#define TP(inside)   "<text:p>" inside "</text:p>"

static int
odt_of(const char *styles, const char *body)
{
	autoarena mem = arena_open(0);
	static const char start[] =
	    XML "<o xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\" "
		"xmlns:draw=\"d\" xmlns:svg=\"v\" xmlns:office=\"o\">";
	struct part parts[] = {
	    {"mimetype", "application/vnd.oasis.opendocument.text"},
	    {"styles.xml", arena_fmt(mem, "%s%s</o>", start, styles).p},
	    {"content.xml", arena_fmt(mem, "%s%s</o>", start, body).p},
	};

	return zip_of(parts, COUNT_OF(parts));
}

static void
odt_lists_and_asides(void **state)
{
	static const char styles[] =
	    "<text:outline-style><text:outline-level-style text:level=\"1\" "
	    "style:num-format=\"I\" "
	    "style:num-suffix=\".\"/></text:outline-style>"
	    "<text:list-style style:name=\"L\"><text:list-level-style-number "
	    "text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>"
	    "<text:list-level-style-number text:level=\"2\" "
	    "style:num-format=\"1\" style:num-suffix=\".\" "
	    "text:display-levels=\"2\"/></text:list-style>"
	    "<style:header>" TP(
		"Шапка<text:page-number>3</text:page-number>") "</"
							       "style:header>";
	static const char body[] = "<text:tracked-changes>" TP(
	    "удалено") "</text:tracked-changes>"
		       "<text:h "
		       "text:outline-level=\"1\">Раздел</text:h>" ODT_LIST(
			   "text:style-name=\"L\"",
			   ITEM(TP("а") TP("ещё") ODT_LIST("", ITEM(TP("б"))))
			       ITEM(TP("в"))) ODT_LIST("text:style-name=\"L\"",
			   ITEM(TP("заново"))) ODT_LIST("text:style-name=\"L\" "
							"text:continue-"
							"numbering=\"true\"",
			   ITEM(TP("дальше")))
			   TP("много   пробелов\n  <text:s "
			      "text:c=\"2\"/>и<text:tab/>"
			      "<text:span>знак</"
			      "text:span><text:note><text:note-citation>1"
			      "</text:note-citation><text:note-body>" TP(
				  "сноска") "</text:note-body></"
					    "text:note>!<draw:frame><svg:title>"
					    "имя"
					    "</svg:title><draw:text-box>" TP(
						"рамка") "</draw:text-box></"
							 "draw:frame>");
	autoarena mem = arena_open(0);
	struct reading r = expect_blocks(mem, odt_of(styles, body),
	    "H1[I.] Раздел\nP[1.] а\nP ещё\nP[1.1.] б\nP[2.] в\nP[1.] заново\n"
	    "P[2.] дальше\nP много пробелов   и\tзнак!\nF сноска\nB рамка\n"
	    "K Шапка\n");

	assert_true(r.pages.had_tracked_changes);
}

static void
odt_covered_cells(void **state)
{
	autoarena mem = arena_open(0);

	expect_blocks(mem,
	    odt_of("",
		"<table:table><table:table-header-rows><table:table-row>"
		"<table:table-cell table:number-columns-spanned=\"2\" "
		"table:number-rows-spanned=\"2\">" TP(
		    "а") "</table:table-cell><table:covered-table-cell/>"
			 "<table:table-cell>" TP(
			     "б") "</table:table-cell>"
				  "</table:table-row></table:table-header-rows>"
				  "<table:table-row><table:covered-table-cell "
				  "table:number-columns-repeated=\"2\"/"
				  "><table:table-cell>" TP(
				      "в") "</table:table-cell></"
					   "table:table-row>"
					   "</table:table>"),
	    "T\n! |+2 а | б\n  |+2^  | в\n");
}

static void
written_numbers(void **state)
{
	static const struct {
		uint32_t n;
		enum number_form form;
		const char *text;
	} cases[] = {{4, FORM_ROMAN_LOWER, "iv"},
	    {1994, FORM_ROMAN_UPPER, "MCMXCIV"}, {28, FORM_LATIN_LOWER, "bb"},
	    {3, FORM_LATIN_UPPER, "C"}, {10, FORM_RUSSIAN_LOWER, "к"},
	    {29, FORM_RUSSIAN_UPPER, "АА"}, {7, FORM_DECIMAL_ZERO, "07"},
	    {0, FORM_LATIN_LOWER, "0"}, {5, FORM_NONE, ""}};

	autoarena mem = arena_open(0);

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(number_written(mem, cases[i].n, cases[i].form),
		    cases[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_plan),
	    cmocka_unit_test(runs_and_signs),
	    cmocka_unit_test(tracked_changes),
	    cmocka_unit_test(headings_by_style),
	    cmocka_unit_test(automatic_numbers),
	    cmocka_unit_test(merged_cells),
	    cmocka_unit_test(notes_boxes_and_heads),
	    cmocka_unit_test(text_inside_properties),
	    cmocka_unit_test(nested_tables),
	    cmocka_unit_test(docx_refusals),
	    cmocka_unit_test(odt_lists_and_asides),
	    cmocka_unit_test(odt_covered_cells),
	    cmocka_unit_test(written_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
