/*
 * ribbon.h - the month ribbon: a plan as a strip of months, so that paper
 * equals screen (not a Gantt chart by days).
 *
 *	a range of days          a bar, filled as far as it is done
 *	"в течение года"         a hollow bar
 *	"по графику" of others   a dotted line
 *	one of several terms     a tick
 *	a control point          a diamond
 *
 * A mark's state shows by shape (tick inside, exclamation mark, hollow) and
 * colour; behind the marks lie quarters, holidays and exam windows, over them
 * the line of today.  A mark that reaches beyond the ribbon is cut at its
 * edge, one wholly outside is left out.
 *
 * BASIS: ux 3 - ribbon by months, drawn by the server.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"

enum ribbon_kind {
	RIBBON_BAR,
	RIBBON_HOLLOW,
	RIBBON_DOTTED,
	RIBBON_TICK,
	RIBBON_DIAMOND,
};

enum ribbon_state {
	RIBBON_PLANNED, /* its time has not come */
	RIBBON_RUNNING,
	RIBBON_DONE,
	RIBBON_LATE,
};

struct ribbon_mark {
	enum ribbon_kind kind;
	enum ribbon_state state;
	struct date from, to; /* inclusive; a tick and a diamond stand at to */
	uint16_t done, of;    /* RIBBON_BAR, running: "7 из 9" fills it */
	struct str note;      /* the phrase as printed, for the pointer */
};

struct ribbon_row {
	bool is_section;   /* a heading over the whole width; no marks */
	struct str number; /* "2.1" */
	struct str label;
	struct str link;   /* where the label leads; may be empty */
	struct str result; /* at the right: "7 из 9", "просрочено" */
	enum ribbon_state state; /* colours the result */
	const struct ribbon_mark *marks;
	size_t n_marks;
};

struct ribbon_span { /* a stretch of days behind the rows */
	struct date from, to;
	struct str name;
};

struct ribbon {
	struct str title;  /* for screen readers and documents */
	struct date first; /* in the first month */
	uint8_t months;    /* 1 to 36, usually 12 or 24 */
	struct date today; /* DATE_NONE: no line */
	const struct ribbon_span *holidays;
	size_t n_holidays;
	const struct ribbon_span *exams;
	size_t n_exams;
	const struct ribbon_row *rows;
	size_t n_rows;
	bool has_legend; /* at the foot; paper needs it, a page has its own */
};

/* class "chart ribbon"; width in pixels, 1240 suits a page. */
void ribbon_svg(const struct ribbon *r, int width, struct buf *out);

/* For the writers of documents (canvas.h). */
struct canvas;
int ribbon_height(const struct ribbon *r, int width);
void ribbon_draw(const struct ribbon *r, struct canvas *on);
