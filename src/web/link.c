/* link.c - what is the address of this page? */
#include "web/link.h"

#include "base/embedded.h"
#include "web/html.h"
#include "web_assets.h"

/* An id type is a struct of one number, or the number itself. */
static int64_t
number_of(const void *id)
{
	return *(const int64_t *)id;
}

/* clang-format off */
#define LINK(name, path) \
	struct link link_##name(void) \
	{ return (struct link){S_INIT(path), {0}, 0}; }
#define LINK_ID(name, type, path) \
	struct link link_##name(type id) \
	{ return (struct link){S_INIT(path), {number_of(&id)}, 1}; }
#define LINK_ID2(name, type, type2, path) \
	struct link link_##name(type id, type2 id2) \
	{ return (struct link){S_INIT(path), {number_of(&id), number_of(&id2)}, 2}; }
#include "web/links.def"

/* clang-format on */

struct str
link_text(struct arena *mem, struct link to)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = to.address;

	if (to.n_ids == 0)
		return to.address;
	for (int i = 0; i < to.n_ids; i++) {
		ptrdiff_t open = str_find_char(rest, '{');
		ptrdiff_t close = str_find_char(rest, '}');

		MUST(open >= 0 && close > open);
		buf_put(&b, str_cut(rest, 0, (size_t)open));
		buf_int(&b, to.ids[i]);
		rest = str_from(rest, (size_t)close + 1);
	}
	buf_put(&b, rest);
	return buf_str(&b);
}

struct link
link_manual(struct arena *mem, struct str page, struct str section)
{
	struct buf b = buf_open(mem, 0);

	buf_put(&b, link_help().address);
	buf_char(&b, '/');
	html_url_part(&b, page);
	if (section.n > 0) {
		buf_char(&b, '#');
		html_url_part(&b, section);
	}
	return (struct link){.address = buf_str(&b)};
}

struct link
link_place(struct arena *mem, struct str name)
{
	struct buf b = buf_open(mem, 0);

	buf_char(&b, '#');
	html_url_part(&b, name);
	return (struct link){.address = buf_str(&b)};
}

struct link
link_outside(struct arena *mem, struct str address)
{
	struct str a = str_trim(address);

	if (!str_starts(a, S("https://")) && !str_starts(a, S("http://")))
		return (struct link){.address = S("#")};
	return (struct link){.address = arena_str(mem, a)};
}

struct link
link_back(struct arena *mem, struct str address)
{
	/* "//host" and "/\host" are other sites to a browser. */
	if (address.n == 0 || address.p[0] != '/' ||
	    (address.n > 1 && (address.p[1] == '/' || address.p[1] == '\\')))
		return link_home();
	for (size_t i = 0; i < address.n; i++) {
		if ((unsigned char)address.p[i] <= 0x20 || address.p[i] == 0x7f)
			return link_home();
	}
	return (struct link){.address = arena_str(mem, address)};
}

struct link
link_asset(struct arena *mem, const char *name)
{
	const struct embedded *file = embedded_find(&web_assets, str_of(name));

	MUST(file != NULL);
	return (struct link){.address = arena_fmt(mem, "/assets/%s?%.*s", name,
				 STR_ARG(file->hash))};
}

struct link
link_with(struct arena *mem, struct link to, const char *name, struct str value)
{
	struct buf b = buf_open(mem, 0);
	struct str address = link_text(mem, to);

	buf_put(&b, address);
	buf_char(&b, str_find_char(address, '?') < 0 ? '?' : '&');
	buf_c(&b, name);
	buf_char(&b, '=');
	html_url_part(&b, value);
	return (struct link){.address = buf_str(&b)};
}

struct link
link_as(struct arena *mem, struct link to, const char *extension)
{
	struct str address = link_text(mem, to);
	ptrdiff_t mark = str_find_char(address, '?');
	size_t end = mark < 0 ? address.n : (size_t)mark;

	return (struct link){.address = arena_fmt(mem, "%.*s.%s%.*s",
				 STR_ARG(str_cut(address, 0, end)), extension,
				 STR_ARG(str_from(address, end)))};
}
