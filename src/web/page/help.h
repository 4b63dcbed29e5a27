/*
 * help.h - the manual, doc/ru, as the program's help.
 *
 * The pages are written as Markdown, compiled into a template and a table by
 * tools/manualgen.py, and open to everybody: whoever cannot sign in needs them
 * most.
 */
#pragma once

#include "web/shell.h"

struct manual_section {
	const char *anchor;
	const char *title;
};

struct manual_page {
	const char *name; /* in its address and of its file */
	const char *title;
	const char *lede; /* the first paragraph */
	const struct manual_section *sections;
	size_t n;
};

/* In the order of the contents; the contents come first. */
const struct manual_page *manual_list(size_t *ret_n);

struct view_manual {
	struct shell shell;
	const struct manual_page *pages;
	size_t n;
	size_t number; /* of the page shown */
};
