/*
 * visit.h - a request that passed every check: who asks, in which place and
 * year, for what, with which form.
 *
 * Pages are functions  enum rc page_x(struct visit *v, struct reply *rp).
 * They ask the domain with v->scope and answer by a view or by
 * reply_see_other(); an outcome other than RC_OK becomes the page that says
 * so (site.c).  By the time one runs, its route's right was checked, the form
 * was read, and a form that changes something carried its mark.
 */
#pragma once

#include "core/access/access.h"
#include "store/q_registry.h"
#include "web/form.h"
#include "web/http.h"
#include "web/link.h"
#include "web/shelf.h"

/* What stands in the {…} of a path, by its name there. */
struct path_args {
	school_id school;
	person_id person;
	load_id load;
	run_id run;
	official_id official;
	objection_id objection;
	plan_id plan;
	measure_id measure;
	occurrence_id task;
	evidence_id evidence;
	int64_t number;
	struct str word; /* {method}, {token}, {file} */
};

enum list_format { AS_PAGE, AS_CSV, AS_XLSX, AS_JSON };

struct visit {
	const struct request *rq;
	const struct route *route;
	struct scope scope;
	struct path_args at;
	struct form form;
	enum list_format format;
	struct q_municipality place;
	struct syear year;  /* chosen at the top of the page, or this one */
	struct str token;   /* the secret of the session; empty: nobody's */
	struct str mark;    /* what every form of this session carries */
	bool needs_code;    /* the second step of sign-in is still to come */
	struct str waiting; /* then: who is at the door */
	bool is_program;    /* came with a token of a program, not a session */
	const struct vocabulary
	    *words; /* the program's; own procedures: catalogue_read() */
	struct shelf *shelf; /* the methods: visit_library() */
	struct api *api;     /* came to /api/v1/ (api.h); NULL: to a page */
	const struct q_saved_view *views; /* of a list page: all one may open */
	size_t n_views;
	int64_t unread;      /* notices of the person */
	struct str notice;   /* one sentence about what was just done */
	struct moment until; /* of the session: session.h */
};

/* value is of [A-Za-z0-9_-]; seconds 0: until the browser ends. */
void reply_cookie(const struct request *rq, struct reply *rp, const char *plain,
    struct str value, int64_t seconds);

/* The methods that travel with the program. */
const struct library *visit_library(const struct visit *v);

/* A field of the query, or an empty text. */
struct str visit_query(const struct visit *v, struct str name);

/* A day asked for in the query; today when none is, or what stands is none. */
struct asked_day {
	struct date on;
	struct str typed; /* as it is printed, or as it was mistyped */
	struct str fault; /* why it is not taken; empty: it is */
};
struct asked_day visit_day(const struct visit *v, struct str name);

/* This very page with one field of its query set; empty: taken out. */
struct link visit_link(
    const struct visit *v, const char *name, struct str value);

/* Answers 303: the browser gets the page by itself. */
enum rc reply_see_other(struct visit *v, struct reply *rp, struct link to);

/*
 * As reply_see_other, and the page it leads to says the sentence once (it
 * travels in a cookie that lives a minute).
 */
enum rc reply_done(
    struct visit *v, struct reply *rp, struct link to, const char *sentence);
