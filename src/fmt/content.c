/* content.c - what a file is, told by its bytes and not by its name. */
#include "fmt/content.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "fmt/ole.h"
#include "fmt/package.h"

enum { HEAD = 4096 };

struct magic {
	struct str bytes;
	enum content content;
};

/* clang-format off */
static const struct magic magics[] = {
	{S_INIT("%PDF-"),                    CONTENT_PDF},
	{S_INIT("{\\rtf"),                   CONTENT_RTF},
	{S_INIT("Rar!\x1A\x07"),             CONTENT_ARCHIVE},
	{S_INIT("7z\xBC\xAF\x27\x1C"),       CONTENT_ARCHIVE},
	{S_INIT("\x1F\x8B"),                 CONTENT_ARCHIVE},
	{S_INIT("BZh"),                      CONTENT_ARCHIVE},
	{S_INIT("\xFD" "7zXZ"),              CONTENT_ARCHIVE},
	{S_INIT("\x28\xB5\x2F\xFD"),         CONTENT_ARCHIVE},
	{S_INIT("\x89PNG\r\n"),              CONTENT_PICTURE},
	{S_INIT("\xFF\xD8\xFF"),             CONTENT_PICTURE},
	{S_INIT("GIF8"),                     CONTENT_PICTURE},
	{S_INIT("II*\0"),                    CONTENT_PICTURE},
	{S_INIT("MM\0*"),                    CONTENT_PICTURE},
};

static const struct magic openings[] = { /* of text, case does not matter */
	{S_INIT("<!doctype html"), CONTENT_HTML},
	{S_INIT("<html"),          CONTENT_HTML},
	{S_INIT("<table"),         CONTENT_HTML},
	{S_INIT("<head"),          CONTENT_HTML},
	{S_INIT("<meta"),          CONTENT_HTML},
	{S_INIT("<?xml"),          CONTENT_XML},
	{S_INIT("<?mso"),          CONTENT_XML},
	{S_INIT("<Workbook"),      CONTENT_XML},
	{S_INIT("MIME-Version:"),  CONTENT_HTML},
};

/* clang-format on */

static size_t
read_head(int fd, char *out)
{
	size_t n = 0;

	while (n < HEAD) {
		ssize_t got = pread(fd, out + n, HEAD - n, (off_t)n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return n;
}

/* "<html" may also be written so: EF BB BF, spaces, "<HTML". */
static bool
text_opening(struct str head, enum content *ret)
{
	struct str s = str_trim(head);

	for (size_t i = 0; i < COUNT_OF(openings); i++) {
		struct str o = openings[i].bytes;
		if (s.n >= o.n && strncasecmp(s.p, o.p, o.n) == 0) {
			*ret = openings[i].content;
			return true;
		}
	}
	return false;
}

static enum content
content_of_zip(int fd)
{
	static const struct {
		struct str mime;
		enum content content;
	} odf[] = {
	    {S_INIT("application/vnd.oasis.opendocument.spreadsheet"),
		CONTENT_ODS},
	    {S_INIT("application/vnd.oasis.opendocument.text"), CONTENT_ODT},
	};

	autoarena mem = arena_open(0);
	struct diag ignored = diag_open(mem, 1);
	autopackage p = NULL;
	char mime[80];

	if (package_open(fd, HEAD, mem, &ignored, &p) != RC_OK)
		return CONTENT_ZIP;
	size_t n = package_peek(p, "mimetype", mime, sizeof mime);
	for (size_t i = 0; i < COUNT_OF(odf); i++)
		if (str_eq(str_trim((struct str){mime, n}), odf[i].mime))
			return odf[i].content;
	if (package_has(p, "xl/workbook.bin"))
		return CONTENT_XLSB;
	if (!package_has(p, "[Content_Types].xml"))
		return CONTENT_ZIP;
	if (package_has_folder(p, "xl/"))
		return CONTENT_XLSX;
	return package_has_folder(p, "word/") ? CONTENT_DOCX : CONTENT_ZIP;
}

static enum content
content_of_ole(int fd)
{
	switch (ole_content_of(fd)) {
	case OLE_XLS:
		return CONTENT_XLS;
	case OLE_XLS_95:
		return CONTENT_XLS_95;
	case OLE_DOC:
		return CONTENT_DOC;
	case OLE_ENCRYPTED:
		return CONTENT_PASSWORD;
	case OLE_NONE:
	case OLE_OTHER:
		break;
	}
	return CONTENT_BINARY;
}

enum content
content_of(int fd)
{
	char bytes[HEAD];
	struct str head = {bytes, read_head(fd, bytes)};
	enum content content;

	if (head.n == 0)
		return CONTENT_EMPTY;
	if (str_starts(head, S("PK\x03\x04")) ||
	    str_starts(head, S("PK\x05\x06")))
		return content_of_zip(fd);
	if (str_starts(head, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return content_of_ole(fd);
	for (size_t i = 0; i < COUNT_OF(magics); i++)
		if (str_starts(head, magics[i].bytes))
			return magics[i].content;
	if (text_opening(head, &content))
		return content;
	if (str_starts(head, S("\xFF\xFE")) || str_starts(head, S("\xFE\xFF")))
		return CONTENT_TEXT; /* UTF-16 */
	return memchr(head.p, 0, head.n) ? CONTENT_BINARY : CONTENT_TEXT;
}

static const char *
sentence_of(enum content content)
{
	switch (content) {
	case CONTENT_EMPTY:
		return N_("Файл пуст.");
	case CONTENT_TEXT:
		return N_("Внутри этого файла простой текст.");
	case CONTENT_XLSX:
		return N_("Внутри этого файла книга Excel (XLSX).");
	case CONTENT_ODS:
		return N_("Внутри этого файла таблица ODS.");
	case CONTENT_XLS:
		return N_("Внутри этого файла старая книга Excel (XLS).");
	case CONTENT_DOCX:
		return N_("Внутри этого файла документ Word (DOCX).");
	case CONTENT_ODT:
		return N_("Внутри этого файла документ ODT.");
	case CONTENT_DOC:
		return N_(
		    "Это документ старого Word (DOC), такие не читаются.");
	case CONTENT_XLS_95:
		return N_("Это книга Excel 95 или старше, такие не читаются.");
	case CONTENT_XLSB:
		return N_(
		    "Это двоичная книга Excel (XLSB), такие не читаются.");
	case CONTENT_PASSWORD:
		return N_("Файл защищён паролем.");
	case CONTENT_ZIP:
		return N_("Это архив ZIP, а не таблица и не документ, или файл "
			  "повреждён.");
	case CONTENT_ARCHIVE:
		return N_("Это архив, а не таблица и не документ.");
	case CONTENT_PDF:
		return N_("Это файл PDF, такие не читаются.");
	case CONTENT_HTML:
		return N_(
		    "Внутри этого файла страница HTML, такие не читаются.");
	case CONTENT_XML:
		return N_("Внутри этого файла XML, такие не читаются.");
	case CONTENT_RTF:
		return N_("Это документ RTF, такие не читаются.");
	case CONTENT_PICTURE:
		return N_("Это картинка, а не таблица и не документ.");
	case CONTENT_BINARY:
		return N_("Это не таблица и не документ: в файле двоичные "
			  "данные.");
	}
	UNREACHABLE();
}

static const char *
way_out(enum content content)
{
	switch (content) {
	case CONTENT_PASSWORD:
		return N_("Снимите пароль и сохраните файл заново.");
	case CONTENT_ZIP:
	case CONTENT_ARCHIVE:
		return N_(
		    "Распакуйте архив и загрузите файл из него: нужен %s.");
	case CONTENT_PDF:
	case CONTENT_PICTURE:
	case CONTENT_BINARY:
	case CONTENT_EMPTY:
		return N_("Нужен файл %s.");
	case CONTENT_TEXT:
	case CONTENT_XLSX:
	case CONTENT_ODS:
	case CONTENT_XLS:
	case CONTENT_DOCX:
	case CONTENT_ODT:
	case CONTENT_DOC:
	case CONTENT_XLS_95:
	case CONTENT_XLSB:
	case CONTENT_HTML:
	case CONTENT_XML:
	case CONTENT_RTF:
		return N_("Откройте его и сохраните в другом виде: нужен %s.");
	}
	UNREACHABLE();
}

void
content_refuse(enum content content, struct str wanted, struct diag *d)
{
	struct str hint = str_of(way_out(content));
	ptrdiff_t at = str_find(hint, S("%s"));

	if (at >= 0)
		hint = arena_fmt(d->mem, "%.*s%.*s%.*s",
		    STR_ARG(str_cut(hint, 0, (size_t)at)), STR_ARG(wanted),
		    STR_ARG(str_from(hint, (size_t)at + 2)));
	diag_error(d, (struct place){0}, "%s", sentence_of(content))->hint =
	    hint;
}
