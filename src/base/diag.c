/* diag.c - complaints: collected, then printed in one form. */
#include "base/diag.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct diag
diag_open(struct arena *mem, size_t max)
{
	return (struct diag){.mem = mem, .max = max ? max : 1000};
}

static struct complaint *
next_slot(struct diag *d)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 8;
		struct complaint *all = arena_new(d->mem, struct complaint, cap);
		if (d->n)
			memcpy(all, d->all, d->n * sizeof *all);
		d->all = all;
		d->cap = cap;
	}
	return &d->all[d->n++];
}

/* A text cut at any byte must not end inside a letter. */
static size_t
without_last_letter(const char *text, size_t n)
{
	while (n && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
		n--;
	return n && (unsigned char)text[n - 1] >= 0xC0 ? n - 1 : n;
}

PRINTF(4, 0)
static struct complaint *
add(struct diag *d, enum severity severity, struct place at,
    const char *format, va_list ap)
{
	char text[1024];

	d->errors += severity == SEV_ERROR;
	d->warnings += severity == SEV_WARNING;
	if (d->n == d->max) /* counted, not kept; the caller may still fill it */
		return &d->spare;

	struct complaint *c = next_slot(d);
	int n = vsnprintf(text, sizeof text, format, ap);
	MUST(n >= 0);
	if ((size_t)n >= sizeof text)
		n = (int)without_last_letter(text, sizeof text - 1);
	*c = (struct complaint){
	    .severity = severity,
	    .at = at,
	    .text = arena_str(d->mem, (struct str){text, (size_t)n}),
	};
	return c;
}

struct complaint *
diag_error(struct diag *d, struct place at, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	struct complaint *c = add(d, SEV_ERROR, at, format, ap);
	va_end(ap);
	return c;
}

struct complaint *
diag_warning(struct diag *d, struct place at, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	struct complaint *c = add(d, SEV_WARNING, at, format, ap);
	va_end(ap);
	return c;
}

struct complaint *
diag_note(struct diag *d, struct place at, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	struct complaint *c = add(d, SEV_NOTE, at, format, ap);
	va_end(ap);
	return c;
}

static void
part(struct buf *b, const char *before, struct str s, const char *after)
{
	if (!s.n)
		return;
	if (b->n)
		buf_c(b, ", ");
	buf_fmt(b, "%s%.*s%s", before, STR_ARG(s), after);
}

struct str
place_text(struct arena *mem, struct place at)
{
	struct buf b = buf_open(mem, 0);

	part(&b, "", at.file, "");
	part(&b, "лист «", at.sheet, "»");
	if (at.row)
		part(&b, "строка ", arena_fmt(mem, "%u", at.row), "");
	part(&b, "графа «", at.column, "»");
	return buf_str(&b);
}

struct str
complaint_line(struct arena *mem, const struct complaint *c)
{
	struct buf b = buf_open(mem, 0);
	struct str place = place_text(mem, c->at);

	if (place.n)
		buf_fmt(&b, "%.*s: ", STR_ARG(place));
	buf_put(&b, c->text);
	if (c->value.n)
		buf_fmt(&b, " Стоит «%.*s».", STR_ARG(c->value));
	if (c->expected.n)
		buf_fmt(&b, " Ожидалось: %.*s.", STR_ARG(c->expected));
	if (c->hint.n)
		buf_fmt(&b, " %.*s", STR_ARG(c->hint));
	return buf_str(&b);
}
