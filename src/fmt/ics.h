/*
 * ics.h - a calendar out (RFC 5545), for a person's own calendar program.
 *
 *	struct ics cal = ics_open(&out, S("Дорожная карта"), now);
 *	ics_event(&cal, &(struct ics_event){.uid = …, .from = d, .to = d,
 *	    .summary = measure->title});
 *	ics_close(&cal);
 *
 * Every event lasts whole days (DATE values): a deadline has no hour and no
 * time zone, and does not make its owner busy.  Lines end in CRLF and are
 * folded at 75 bytes between characters, never inside one.
 *
 * BASIS: features I3 - deadlines in one's own calendar by a secret address.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"

struct ics {
	struct buf *out;
	struct buf line; /* the content line that is being put together */
	struct moment stamp;
};

struct ics_event {
	struct str uid;    /* the same for the same occurrence, for ever */
	uint32_t sequence; /* grows when the deadline is moved */
	struct date from;
	struct date to; /* inclusive; the file's own exclusive end is ours */
	struct str summary;
	struct str description; /* the rest may be empty */
	struct str location;
	struct str url;
	struct str category;
	struct str rrule; /* "FREQ=MONTHLY;INTERVAL=2;COUNT=5", as it stands */
	uint16_t remind_days; /* before its first day; 0: no reminder */
	bool is_cancelled;
};

/* stamp: when this copy is made; there is no clock here. */
struct ics ics_open(struct buf *out, struct str name, struct moment stamp);
void ics_event(struct ics *cal, const struct ics_event *e);
void ics_close(struct ics *cal);
