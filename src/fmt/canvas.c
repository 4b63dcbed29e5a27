/* canvas.c - drawing calls handed to a back end, and widths of text. */
#include "fmt/canvas.h"

#include "base/utf8.h"

void
canvas_group(struct canvas *c, struct str title, struct str link)
{
	MUST(!c->in_group);
	c->in_group = true;
	c->in_link = link.n > 0;
	c->ops->group(c->ctx, title, link);
}

void
canvas_group_end(struct canvas *c)
{
	MUST(c->in_group);
	c->in_group = false;
	c->ops->group_end(c->ctx, c->in_link);
}

void
canvas_rect(struct canvas *c, const char *css, struct canvas_box box)
{
	c->ops->rect(c->ctx, css, box);
}

void
canvas_circle(struct canvas *c, const char *css, double x, double y, double r)
{
	c->ops->circle(c->ctx, css, x, y, r);
}

void
canvas_path(struct canvas *c, const char *css,
    const struct canvas_point *points, size_t n, bool is_closed)
{
	c->ops->path(c->ctx, css, points, n, is_closed);
}

void
canvas_line(struct canvas *c, const char *css, double x1, double y1, double x2,
    double y2)
{
	canvas_path(c, css,
	    (struct canvas_point[]){{x1, y1, true}, {x2, y2, false}}, 2, false);
}

void
canvas_text(struct canvas *c, const char *css, enum canvas_anchor anchor,
    double x, double y, struct str text)
{
	if (text.n)
		c->ops->text(c->ctx, css, anchor, x, y, text);
}

/* Hundredths of the size: ASCII from the space, Cyrillic from А. */
/* clang-format off */
static const uint8_t ascii_widths[] = {
	28,28,35,56,56,89,67,19,33,33,39,58,28,33,28,28,
	56,56,56,56,56,56,56,56,56,56,28,28,58,58,58,56,
	102,67,67,72,72,67,61,78,72,28,50,67,56,83,72,78,
	67,78,72,67,61,72,67,94,67,67,61,28,28,28,47,56,
	33,56,56,50,56,56,28,56,56,22,22,50,22,83,56,56,
	56,56,33,50,28,56,50,72,50,50,50,33,26,33,58,
};
static const uint8_t cyrillic_widths[] = {
	67,66,67,54,68,67,92,60,72,72,58,66,83,72,78,72,
	67,72,61,64,76,67,74,67,92,94,79,89,66,72,101,72,
	56,57,53,36,58,56,67,46,56,56,44,58,69,55,56,54,
	56,50,46,50,82,50,57,52,80,82,63,72,52,51,75,54,
};

/* clang-format on */

enum {
	CYRILLIC_A = 0x410,
	NO_BREAK_SPACE = 0xA0,
	THIN_SPACE = 0x2009,
	NARROW_NO_BREAK_SPACE = 0x202F,
	NUMERO = 0x2116,
	EM_DASH = 0x2014,
	ELLIPSIS = 0x2026,
	TYPICAL = 56,
};

static int
char_width(int32_t c)
{
	if (c >= ' ' && c < ' ' + (int32_t)COUNT_OF(ascii_widths))
		return ascii_widths[c - ' '];
	if (c >= CYRILLIC_A &&
	    c < CYRILLIC_A + (int32_t)COUNT_OF(cyrillic_widths))
		return cyrillic_widths[c - CYRILLIC_A];
	switch (c) {
	case NO_BREAK_SPACE:
		return 28;
	case THIN_SPACE:
	case NARROW_NO_BREAK_SPACE:
		return 20;
	case NUMERO:
		return 107;
	case EM_DASH:
	case ELLIPSIS:
		return 100;
	default:
		return TYPICAL;
	}
}

double
canvas_text_width(struct str text, double size)
{
	int n = 0;

	while (text.n)
		n += char_width(utf8_next(&text));
	return n * size / 100;
}

/* How many bytes of text fit into width. */
static size_t
bytes_that_fit(struct str text, double size, double width)
{
	struct str rest = text;
	double used = 0;

	while (rest.n) {
		struct str next = rest;

		used += char_width(utf8_next(&next)) * size / 100;
		if (used > width)
			break;
		rest = next;
	}
	return text.n - rest.n;
}

struct str
canvas_fit(struct arena *mem, struct str text, double size, double width)
{
	if (bytes_that_fit(text, size, width) == text.n)
		return text;

	struct str head =
	    str_cut(text, 0, bytes_that_fit(text, size, width - size));
	return arena_fmt(mem, "%.*s…", STR_ARG(str_trim(head)));
}

size_t
canvas_wrap(struct arena *mem, struct str text, double size, double width,
    size_t most, struct str ret_lines[CANVAS_MOST_LINES])
{
	size_t n = 0;

	MUST(most > 0 && most <= CANVAS_MOST_LINES);
	for (text = str_trim(text); text.n; text = str_trim(text)) {
		size_t fits = bytes_that_fit(text, size, width);

		if (fits == text.n || n + 1 == most) {
			ret_lines[n++] = canvas_fit(mem, text, size, width);
			break;
		}
		size_t cut = fits;
		while (cut > 0 && text.p[cut] != ' ')
			cut--;
		if (cut == 0)
			cut = fits ? fits : text.n;
		ret_lines[n++] = str_cut(text, 0, cut);
		text = str_from(text, cut);
	}
	return n;
}
