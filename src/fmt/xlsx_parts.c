/* xlsx_parts.c - what the sheets of an XLSX workbook refer to. */
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "fmt/xlsx.h"

struct strings_reading {
	struct string_table *table;
	struct package *p;
	struct diag *d;
	int hidden;      /* inside <rPh>: the reading of hieroglyphs */
	bool is_text;    /* inside <t> */
	bool is_escaped; /* it has a '_' */
};

static void
too_many_strings(struct strings_reading *r)
{
	diag_error(r->d, (struct place){0},
	    N_("В книге слишком много текста, столько не читается."))
	    ->hint = S("Разделите файл на части.");
	package_stop(r->p, RC_LIMIT);
}

static void
strings_start(void *ctx, const char *name, const char **attributes)
{
	struct strings_reading *r = ctx;

	(void)attributes;
	if (name[0] == 't' && !name[1])
		r->is_text = r->hidden == 0;
	else if (strcmp(name, "rPh") == 0)
		r->hidden++;
}

static void
strings_text(void *ctx, struct str text)
{
	struct strings_reading *r = ctx;

	if (!r->is_text)
		return;
	r->is_escaped |= memchr(text.p, '_', text.n) != NULL;
	if (!string_table_put(r->table, text))
		too_many_strings(r);
}

static void
end_string(struct strings_reading *r)
{
	size_t n;

	if (r->is_escaped) {
		char *text = string_table_open_text(r->table, &n);
		string_table_shorten(r->table, n - xlsx_unescape(text, n).n);
	}
	r->is_escaped = false;
	if (!string_table_end(r->table))
		too_many_strings(r);
}

static void
strings_end(void *ctx, const char *name)
{
	struct strings_reading *r = ctx;

	if (name[0] == 't' && !name[1])
		r->is_text = false;
	else if (strcmp(name, "rPh") == 0)
		r->hidden--;
	else if (strcmp(name, "si") == 0)
		end_string(r);
}

enum rc
shared_strings_read(struct package *p, const char *part, struct diag *d,
    struct string_table *table)
{
	struct strings_reading r = {.table = table, .p = p, .d = d};
	struct xml_sink sink = {&r, strings_start, strings_end, strings_text};
	enum rc rc = part ? package_xml(p, part, &sink) : RC_OK;

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct styles_reading {
	struct arena *mem;
	struct map codes; /* numFmtId as written -> enum number_style */
	bool in_cells;    /* inside <cellXfs> */
	VEC(uint8_t) of;
};

bool
xlsx_uint(const char *text, uint32_t *ret)
{
	uint32_t n = 0;
	int i = 0;

	if (!text)
		return false;
	for (; text[i] >= '0' && text[i] <= '9' && i < 9; i++)
		n = n * 10 + (uint32_t)(text[i] - '0');
	if (i == 0 || text[i])
		return false;
	*ret = n;
	return true;
}

static void
styles_start(void *ctx, const char *name, const char **attributes)
{
	struct styles_reading *r = ctx;

	if (strcmp(name, "cellXfs") == 0) {
		r->in_cells = true;
		return;
	}

	struct str id = str_of(xml_attribute(attributes, "numFmtId"));
	if (strcmp(name, "numFmt") == 0) {
		struct str code =
		    str_of(xml_attribute(attributes, "formatCode"));
		if (id.p && code.p)
			*map_at(&r->codes, arena_str(r->mem, id)) =
			    number_style_of_code(code);
	} else if (r->in_cells && strcmp(name, "xf") == 0) {
		uint32_t number;
		int64_t style = id.p ? map_get(&r->codes, id) : MAP_NONE;
		if (style == MAP_NONE)
			style = xlsx_uint(id.p, &number) ?
				    (int64_t)number_style_of_id(number) :
				    NUMBER_PLAIN;
		*vec_push(r->mem, &r->of) = (uint8_t)style;
	}
}

static void
styles_end(void *ctx, const char *name)
{
	struct styles_reading *r = ctx;

	if (strcmp(name, "cellXfs") == 0)
		r->in_cells = false;
}

enum rc
styles_read(
    struct package *p, const char *part, struct arena *mem, struct styles *ret)
{
	struct styles_reading r = {.mem = mem, .codes = map_open(mem)};
	struct xml_sink sink = {&r, styles_start, styles_end, NULL};
	enum rc rc = part ? package_xml(p, part, &sink) : RC_OK;

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = (struct styles){r.of.p, r.of.n};
	return RC_OK;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* escape -> _x hex hex hex hex _ */
static bool
escape_at(const char *p, size_t n, int *ret)
{
	int value = 0;

	if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return false;
	for (int i = 2; i < 6; i++) {
		int digit = hex_value(p[i]);
		if (digit < 0)
			return false;
		value = value * 16 + digit;
	}
	*ret = value;
	return true;
}

struct str
xlsx_unescape(char *p, size_t n)
{
	size_t to = 0;
	int value;

	for (size_t from = 0; from < n;) {
		if (!escape_at(p + from, n - from, &value)) {
			p[to++] = p[from++];
			continue;
		}
		from += 7;
		/* Carriage returns and other controls are nothing to read. */
		if (value == '\t' || value == '\n' || value == '_')
			p[to++] = (char)value;
		else if (value > ' ' && value < 0x7F)
			p[to++] = (char)value;
	}
	return (struct str){p, to};
}
