/* pages.c - what kind of document a file is, and the reader for it. */
#include "fmt/pages.h"

#include "fmt/content.h"
#include "fmt/pages_formats.h"

enum pages_format
pages_format_of(int fd)
{
	enum content content = content_of(fd);

	return content == CONTENT_DOCX ? PAGES_DOCX :
	       content == CONTENT_ODT  ? PAGES_ODT :
					 PAGES_UNKNOWN;
}

enum rc
pages_refuse(enum rc rc, bool is_said, struct diag *d)
{
	if (is_said)
		return rc;
	if (rc == RC_LIMIT) {
		diag_error(d, (struct place){0},
		    N_("В документе слишком много текста, столько не "
		       "читается."))
		    ->hint = S("Разделите документ на части.");
		return rc;
	}
	diag_error(d, (struct place){0},
	    N_("В документе нет главной части: он повреждён."))
	    ->hint = S("Откройте его в той программе, где он сделан, и "
		       "сохраните заново.");
	return RC_INVALID;
}

enum rc
pages_read(int fd, enum pages_format format, struct arena *mem, struct diag *d,
    struct pages *ret)
{
	enum content content = content_of(fd);
	enum pages_format found = pages_format_of(fd);

	if (found == PAGES_UNKNOWN ||
	    (format != PAGES_UNKNOWN && format != found)) {
		content_refuse(content, S("DOCX или ODT"), d);
		return RC_INVALID;
	}
	return found == PAGES_DOCX ? docx_read(fd, mem, d, ret) :
				     odt_read(fd, mem, d, ret);
}
