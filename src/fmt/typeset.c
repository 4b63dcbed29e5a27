/* typeset.c - words shaped once by pango, lines broken by ourselves. */
#include "fmt/typeset.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "fmt/paper_lib.h"

/* The first that is installed; all but the last have the widths of Times. */
static const char faces[] =
    "Liberation Serif, Times New Roman, PT Astra Serif, PT Serif, serif";

/*
 * From line to line in parts of the size, as word processors set Times: its
 * own ascent, descent and gap.
 */
#define NATURAL_PITCH  1.15
#define NATURAL_ASCENT 0.91

enum { LONGEST_WORD = 256 }; /* bytes */

struct glyph_run {
	cairo_scaled_font_t *font;
	cairo_glyph_t *glyphs; /* places from the word's left end */
	int n;
};

/*
 * Glyphs of one font are gathered over a whole line and handed on together:
 * cairo records a line cheaper than its words.
 */
struct gathering {
	const struct paper_lib *lib;
	cairo_t *cr;
	cairo_scaled_font_t *font;
	cairo_glyph_t glyphs[512];
	int n;
};

struct typeset {
	const struct paper_lib *lib;
	struct arena *mem;
	struct gathering line;
	PangoContext *context;
	PangoFontDescription *fonts[LOOK_COUNT];
	struct map known; /* a look's letter and the word -> place in words */
	VEC(struct word *) words;
	VEC(PangoItem *) items; /* keep the fonts alive */
	PangoGlyphString *shape;
};

/* ---- fonts --------------------------------------------------------------- */

static PangoFontDescription *
describe(const struct paper_lib *lib, const struct look_rules *rules)
{
	PangoFontDescription *f = lib->pango_font_description_new();

	lib->pango_font_description_set_family_static(f, faces);
	lib->pango_font_description_set_size(f, rules->size * PANGO_SCALE);
	if (rules->is_bold)
		lib->pango_font_description_set_weight(f, PANGO_WEIGHT_BOLD);
	if (rules->is_italic)
		lib->pango_font_description_set_style(f, PANGO_STYLE_ITALIC);
	return f;
}

/* Looks of one size and weight share their words. */
static char
font_letter(enum look look)
{
	const struct look_rules *r = &doc_looks[look];

	for (int i = 0; i < LOOK_COUNT; i++)
		if (doc_looks[i].size == r->size &&
		    doc_looks[i].is_bold == r->is_bold &&
		    doc_looks[i].is_italic == r->is_italic)
			return (char)('A' + i);
	UNREACHABLE();
}

struct typeset *
typeset_open(struct arena *mem, const struct paper_lib *lib)
{
	struct typeset *ts = arena_new(mem, struct typeset, 1);
	cairo_font_options_t *options = lib->cairo_font_options_create();

	ts->lib = lib;
	ts->mem = mem;
	ts->known = map_open(mem);
	ts->shape = lib->pango_glyph_string_new();
	ts->context = lib->pango_font_map_create_context(
	    lib->pango_cairo_font_map_get_default());
	lib->pango_cairo_context_set_resolution(ts->context, 72);
	lib->pango_context_set_round_glyph_positions(ts->context, FALSE);
	lib->pango_context_set_language(
	    ts->context, lib->pango_language_from_string("ru"));
	lib->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	lib->cairo_font_options_set_hint_metrics(
	    options, CAIRO_HINT_METRICS_OFF);
	lib->pango_cairo_context_set_font_options(ts->context, options);
	lib->cairo_font_options_destroy(options);
	for (int i = 0; i < LOOK_COUNT; i++)
		ts->fonts[i] = describe(lib, &doc_looks[i]);
	return ts;
}

void
typeset_close(struct typeset *ts)
{
	const struct paper_lib *lib = ts->lib;

	vec_each(PangoItem *, item, &ts->items)
		lib->pango_item_free(*item);
	for (int i = 0; i < LOOK_COUNT; i++)
		lib->pango_font_description_free(ts->fonts[i]);
	lib->pango_glyph_string_free(ts->shape);
	lib->g_object_unref(ts->context);
}

/* ---- words --------------------------------------------------------------- */

static double
points(int units)
{
	return (double)units / PANGO_SCALE;
}

/* One font's part of a word; at: where it begins, moved behind it. */
static void
shape_run(struct typeset *ts, struct str text, PangoItem *item, double *at,
    struct glyph_run *run)
{
	const struct paper_lib *lib = ts->lib;
	PangoGlyphString *shape = ts->shape;

	lib->pango_shape_full(text.p + item->offset, item->length, text.p,
	    (int)text.n, &item->analysis, shape);
	run->font = lib->pango_cairo_font_get_scaled_font(
	    (PangoCairoFont *)item->analysis.font);
	run->glyphs =
	    arena_new(ts->mem, cairo_glyph_t, (size_t)shape->num_glyphs);
	for (int i = 0; i < shape->num_glyphs; i++) {
		const PangoGlyphInfo *g = &shape->glyphs[i];

		/* A character no font has is left out as a gap. */
		if (!(g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) &&
		    g->glyph != PANGO_GLYPH_EMPTY)
			run->glyphs[run->n++] = (cairo_glyph_t){g->glyph,
			    *at + points(g->geometry.x_offset),
			    points(g->geometry.y_offset)};
		*at += points(g->geometry.width);
	}
}

static struct word *
shape_word(struct typeset *ts, enum look look, struct str text)
{
	const struct paper_lib *lib = ts->lib;
	struct word *w = arena_new(ts->mem, struct word, 1);

	lib->pango_context_set_font_description(ts->context, ts->fonts[look]);
	GList *items =
	    lib->pango_itemize(ts->context, text.p, 0, (int)text.n, NULL, NULL);
	struct glyph_run *runs =
	    arena_new(ts->mem, struct glyph_run, lib->g_list_length(items));

	for (GList *i = items; i; i = i->next) {
		PangoItem *item = i->data;

		*vec_push(ts->mem, &ts->items) = item;
		shape_run(ts, text, item, &w->width, &runs[w->n_runs++]);
	}
	lib->g_list_free(items);
	w->runs = runs;
	return w;
}

static const struct word *
new_word(struct typeset *ts, enum look look, struct str text, struct str key)
{
	struct word *w = shape_word(ts, look, text);

	if (str_ends(text, S(" "))) {
		w->space = shape_word(ts, look, S(" "))->width;
		w->width -= w->space;
	}
	*map_at(&ts->known, arena_str(ts->mem, key)) = (int64_t)ts->words.n;
	*vec_push(ts->mem, &ts->words) = w;
	return w;
}

/* text ends in its space, if it has one. */
static const struct word *
word_of(struct typeset *ts, enum look look, struct str text)
{
	char letters[LONGEST_WORD];
	struct str key = {letters, text.n + 1};

	letters[0] = font_letter(look);
	memcpy(letters + 1, text.p, text.n);
	int64_t place = map_get(&ts->known, key);
	return place != MAP_NONE ? ts->words.p[place] :
				   new_word(ts, look, text, key);
}

/* ---- breaking ------------------------------------------------------------ */

static bool
breaks_after(struct str text, size_t at)
{
	char c = text.p[at];

	if (c == ' ')
		return true;
	if (c == '/')
		return at > 0 && at + 1 < text.n;
	/* A hyphen between letters, not a minus and not a dash of its own. */
	return c == '-' && at > 0 && text.p[at - 1] != ' ' && at + 1 < text.n &&
	       (unsigned char)text.p[at + 1] >= 0x80;
}

/* The next word off the front, its space included, line break excluded. */
static struct str
take_word(struct str *rest)
{
	size_t n = 0;

	while (n < rest->n && rest->p[n] != '\n') {
		n++;
		if (breaks_after(*rest, n - 1))
			break;
		/* A monster is cut between characters. */
		if (n > LONGEST_WORD - 8 &&
		    (n == rest->n || (rest->p[n] & 0xC0) != 0x80))
			break;
	}
	struct str word = str_cut(*rest, 0, n);
	*rest = str_from(*rest, n);
	return word;
}

struct setting {
	struct typeset *ts;
	enum look look;
	double width;
	VEC(struct set_line) lines;
	VEC(const struct word *) words; /* of the line being filled */
	double used, pending; /* pending: the space behind the last word */
	size_t spaces;
	double indent;
};

static void
end_line(struct setting *s, bool ends_text)
{
	struct set_line *line = vec_push(s->ts->mem, &s->lines);

	line->words = arena_new(s->ts->mem, const struct word *, s->words.n);
	line->n = s->words.n;
	for (size_t i = 0; i < s->words.n; i++)
		line->words[i] = s->words.p[i];
	line->width = s->used;
	line->spaces = s->spaces;
	line->indent = s->indent;
	line->ends_text = ends_text;
	s->words.n = 0;
	s->used = s->pending = s->indent = 0;
	s->spaces = 0;
}

static void
add_word(struct setting *s, const struct word *w)
{
	if (s->pending > 0)
		s->spaces++;
	*vec_push(s->ts->mem, &s->words) = w;
	s->used += s->pending + w->width;
	s->pending = w->space;
}

static bool
fits(const struct setting *s, const struct word *w)
{
	return s->indent + s->used + s->pending + w->width <= s->width + 0.01;
}

/* A word wider than a whole line goes letter by letter. */
static void
cut_word(struct setting *s, struct str text)
{
	while (text.n) {
		struct str rest = text;

		(void)utf8_next(&rest);
		const struct word *letter =
		    word_of(s->ts, s->look, str_cut(text, 0, text.n - rest.n));
		if (s->words.n && !fits(s, letter))
			end_line(s, false);
		add_word(s, letter);
		text = rest;
	}
}

static void
set_word(struct setting *s, struct str text)
{
	const struct word *w = word_of(s->ts, s->look, text);

	if (fits(s, w)) {
		add_word(s, w);
		return;
	}
	if (s->words.n)
		end_line(s, false);
	if (fits(s, w))
		add_word(s, w);
	else
		cut_word(s, text);
}

struct set_text
typeset_text(struct typeset *ts, enum look look, double width, struct str text)
{
	const struct look_rules *r = &doc_looks[look];
	double natural = r->size * NATURAL_PITCH;
	double pitch = natural * r->line / 100.0;
	struct setting s = {.ts = ts,
	    .look = look,
	    .width = width,
	    .indent = r->first / 10.0 * 72 / 25.4};

	text = utf8_repair(ts->mem, text);
	while (text.n) {
		if (text.p[0] == '\n') {
			end_line(&s, true);
			text = str_from(text, 1);
			continue;
		}
		set_word(&s, take_word(&text));
	}
	end_line(&s, true);
	return (struct set_text){.lines = s.lines.p,
	    .n = s.lines.n,
	    .pitch = pitch,
	    .ascent = r->size * NATURAL_ASCENT + (pitch - natural) / 2};
}

double
set_text_height(const struct set_text *t)
{
	return t->pitch * (double)t->n;
}

/* ---- drawing ------------------------------------------------------------- */

static void
hand_on(struct gathering *g)
{
	const struct paper_lib *lib = g->lib;

	if (!g->n)
		return;
	lib->cairo_set_scaled_font(g->cr, g->font);
	lib->cairo_show_glyphs(g->cr, g->glyphs, g->n);
	g->n = 0;
}

static void
gather(struct gathering *g, const struct word *w, double x, double y)
{
	for (size_t i = 0; i < w->n_runs; i++) {
		const struct glyph_run *run = &w->runs[i];

		for (int k = 0; k < run->n; k++) {
			if (g->font != run->font ||
			    g->n == (int)COUNT_OF(g->glyphs))
				hand_on(g);
			g->font = run->font;
			g->glyphs[g->n++] =
			    (cairo_glyph_t){run->glyphs[k].index,
				run->glyphs[k].x + x, run->glyphs[k].y + y};
		}
	}
}

void
typeset_draw(struct typeset *ts, cairo_t *cr, const struct set_text *t,
    size_t line, enum align align, double x, double y, double width)
{
	const struct set_line *l = &t->lines[line];
	double free = width - l->indent - l->width, stretch = 0;
	struct gathering *g = &ts->line;

	g->lib = ts->lib;
	g->cr = cr;
	x += l->indent;
	if (align == ALIGN_RIGHT)
		x += free;
	else if (align == ALIGN_CENTRE)
		x += free / 2;
	else if (align == ALIGN_JUSTIFY && !l->ends_text && l->spaces)
		stretch = free / (double)l->spaces;
	for (size_t i = 0; i < l->n; i++) {
		const struct word *w = l->words[i];

		gather(g, w, x, y + t->ascent);
		x += w->width + w->space;
		if (w->space > 0)
			x += stretch;
	}
	hand_on(g);
}
