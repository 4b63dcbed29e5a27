/* help.c - how is this done?  The manual, page by page. */
#include "web/page/help.h"

#include "help.view.h"
#include "manual_pages.h" /* written by tools/manualgen.py */
#include "web/page/pages.h"

const struct manual_page *
manual_list(size_t *ret_n)
{
	*ret_n = COUNT_OF(manual_pages);
	return manual_pages;
}

static enum rc
show(struct visit *v, struct reply *rp, size_t number)
{
	struct view_manual s = {.shell = shell_open(v, SECTION_none,
				    str_of(manual_pages[number].title)),
	    .pages = manual_pages,
	    .n = COUNT_OF(manual_pages),
	    .number = number};

	if (number > 0)
		shell_crumb(
		    &s.shell, str_of(manual_pages[0].title), link_help());
	if (s.shell.who.n > 0)
		view_manual(&rp->body, &s);
	else
		view_manual_outside(&rp->body, &s);
	return RC_OK;
}

enum rc
page_help(struct visit *v, struct reply *rp)
{
	return show(v, rp, 0);
}

enum rc
page_manual(struct visit *v, struct reply *rp)
{
	for (size_t i = 0; i < COUNT_OF(manual_pages); i++) {
		if (str_eq(v->at.word, str_of(manual_pages[i].name)))
			return show(v, rp, i);
	}
	return RC_NOT_FOUND;
}
