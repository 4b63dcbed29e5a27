/* ics.c - a calendar out: content lines, escaped and folded. */
#include "fmt/ics.h"

#include "base/utf8.h"

enum { MOST_BYTES = 75 }; /* of a line, without its CRLF */

/*
 * Ends the content line: folded so that no part has more than 75 bytes, the
 * space that marks a continuation included, and no character is cut.
 */
static void
end_line(struct ics *cal)
{
	struct str rest = buf_str(&cal->line);
	size_t room = MOST_BYTES;

	while (rest.n > room) {
		size_t cut = room;

		while (cut > 1 && ((unsigned char)rest.p[cut] & 0xC0) == 0x80)
			cut--;
		buf_put(cal->out, str_cut(rest, 0, cut));
		buf_c(cal->out, "\r\n ");
		rest = str_from(rest, cut);
		room = MOST_BYTES - 1;
	}
	buf_put(cal->out, rest);
	buf_c(cal->out, "\r\n");
	buf_clear(&cal->line);
}

static void
put_line(struct ics *cal, const char *line)
{
	buf_c(&cal->line, line);
	end_line(cal);
}

/* A TEXT value: backslash, semicolon, comma and line break are escaped. */
static void
put_text(struct ics *cal, const char *name, struct str s)
{
	if (!s.n)
		return;
	buf_c(&cal->line, name);
	buf_char(&cal->line, ':');
	s = utf8_repair(cal->out->mem, s);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\n')
			buf_c(&cal->line, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_fmt(&cal->line, "\\%c", c);
		else if (c == '\t' || (c >= 0x20 && c != 0x7F))
			buf_char(&cal->line, (char)c);
	}
	end_line(cal);
}

/* A value that has a grammar of its own and is taken as it stands. */
static void
put_plain(struct ics *cal, const char *name, struct str s)
{
	if (!s.n)
		return;
	for (size_t i = 0; i < s.n; i++)
		MUST((unsigned char)s.p[i] >= 0x20);
	buf_fmt(&cal->line, "%s:%.*s", name, STR_ARG(s));
	end_line(cal);
}

static void
put_day(struct ics *cal, const char *name, struct date d)
{
	struct civil c = date_civil(d);

	buf_fmt(&cal->line, "%s;VALUE=DATE:%04d%02d%02d", name, c.year, c.month,
	    c.day);
	end_line(cal);
}

/* "2026-11-24T05:21:32Z" without its marks. */
static void
put_stamp(struct ics *cal)
{
	char iso[MOMENT_TEXT];

	buf_c(&cal->line, "DTSTAMP:");
	for (const char *p = moment_iso(cal->stamp, iso); *p; p++)
		if (*p != '-' && *p != ':')
			buf_char(&cal->line, *p);
	end_line(cal);
}

struct ics
ics_open(struct buf *out, struct str name, struct moment stamp)
{
	struct ics cal = {
	    .out = out, .line = buf_open(out->mem, 0), .stamp = stamp};

	MUST(!moment_is_none(stamp));
	put_line(&cal, "BEGIN:VCALENDAR");
	put_line(&cal, "VERSION:2.0");
	put_line(&cal, "PRODID:-//Opora//RU");
	put_line(&cal, "CALSCALE:GREGORIAN");
	put_line(&cal, "METHOD:PUBLISH");
	put_text(&cal, "NAME", name);
	put_text(&cal, "X-WR-CALNAME", name);
	/* Asks the subscriber's program to look again twice a day. */
	put_line(&cal, "REFRESH-INTERVAL;VALUE=DURATION:PT12H");
	put_line(&cal, "X-PUBLISHED-TTL:PT12H");
	return cal;
}

static void
put_reminder(struct ics *cal, const struct ics_event *e)
{
	put_line(cal, "BEGIN:VALARM");
	put_line(cal, "ACTION:DISPLAY");
	put_text(cal, "DESCRIPTION", e->summary);
	buf_fmt(&cal->line, "TRIGGER:-P%uD", (unsigned)e->remind_days);
	end_line(cal);
	put_line(cal, "END:VALARM");
}

void
ics_event(struct ics *cal, const struct ics_event *e)
{
	MUST(e->uid.n && e->summary.n && !date_before(e->to, e->from));
	put_line(cal, "BEGIN:VEVENT");
	put_text(cal, "UID", e->uid);
	put_stamp(cal);
	buf_fmt(&cal->line, "SEQUENCE:%u", (unsigned)e->sequence);
	end_line(cal);
	put_day(cal, "DTSTART", e->from);
	put_day(cal, "DTEND", date_plus(e->to, 1));
	put_plain(cal, "RRULE", e->rrule);
	put_text(cal, "SUMMARY", e->summary);
	put_text(cal, "DESCRIPTION", e->description);
	put_text(cal, "LOCATION", e->location);
	put_plain(cal, "URL", e->url);
	put_text(cal, "CATEGORIES", e->category);
	put_line(
	    cal, e->is_cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	put_line(cal, "TRANSP:TRANSPARENT");
	if (e->remind_days)
		put_reminder(cal, e);
	put_line(cal, "END:VEVENT");
}

void
ics_close(struct ics *cal)
{
	put_line(cal, "END:VCALENDAR");
}
