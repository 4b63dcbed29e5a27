/* people.h - what the pages of accounts and rights show. */
#pragma once

#include "store/q_access.h"
#include "web/shell.h"
#include "web/table.h"

struct view_people {
	struct shell shell;
	struct form form;
	const struct q_person *people;
	size_t n;
	struct list_files files;
};

struct grant_line {
	int64_t number;
	const char *role;
	struct str where;
	struct date since, until;
	bool is_lent;
	bool holds; /* today */
};

struct view_person {
	struct shell shell;
	struct form form; /* a new grant */
	struct q_person person;
	bool has_factor; /* the second step of sign-in */
	const struct grant_line *grants;
	size_t n;
	const struct q_school *schools;
	size_t n_schools;
	struct str invitation; /* address of a link made just now */
};

struct view_rights {
	struct shell shell;
	struct list_files files;
};

struct role_row {
	enum role role;
	const char *code, *title;
};

struct perm_row {
	enum perm perm;
	const char *title;
};

struct role_rows {
	struct role_row p[ROLE_COUNT];
	size_t n;
};

struct perm_rows {
	struct perm_row p[PERM_COUNT];
	size_t n;
};

struct role_rows role_list(void);
struct perm_rows perm_list(void);

/* a, o or - for templates: a word and its shape. */
const char *reach_word(enum role r, enum perm p);
