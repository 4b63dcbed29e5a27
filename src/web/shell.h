/*
 * shell.h - the frame of every page: top bar, sections by right, path, footer.
 */
#pragma once

#include "web/visit.h"

/* One place of the side navigation. */
enum section {

#define SECTION(name, group, title, link, right) SECTION_##name,
#include "web/sections.def"
#undef SECTION
	SECTION_COUNT,
	SECTION_none = SECTION_COUNT,
};

struct nav_item {
	const char *title;
	struct link to;
	bool is_current;
	int64_t count; /* beside the title; 0: nothing */
};

struct nav_group {
	const char *title;
	struct nav_item items[8];
	size_t n;
};

struct crumb {
	struct str title;
	struct link to;
};

struct year_choice {
	struct syear year;
	bool is_chosen;
};

/* A filter kept under a name, in the bar of its page. */
struct view_choice {
	struct str name;
	struct link to;
	struct str by; /* whose, when somebody shared it */
	int64_t id;
	bool is_own;
};

struct shell {
	struct str title;
	const struct q_municipality *place;
	struct str who; /* empty: nobody is signed in */
	struct str mark;
	struct nav_group groups[8];
	size_t n_groups;
	struct crumb crumbs[5]; /* to this page's parents; the title follows */
	size_t n_crumbs;
	struct year_choice years[8];
	size_t n_years;
	struct str here; /* address of this page, to come back to */
	struct str notice;
	struct date today;
	int64_t unread; /* notices */
	bool is_list;   /* has views to keep */
	bool may_share;
	struct str page, query; /* of this list */
	const struct view_choice *views;
	size_t n_views;
	struct link history; /* of the object shown; no address: none */
	struct link help;    /* the page of the manual about this one */
	bool is_contrast;
};

struct shell shell_open(
    const struct visit *v, enum section section, struct str title);
void shell_crumb(struct shell *s, struct str title, struct link to);
