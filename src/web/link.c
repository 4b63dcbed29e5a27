/* link.c - what is the address of this page? */
#include "web/link.h"

#include "web/html.h"

struct link
link_place(struct arena *mem, struct str name)
{
	struct buf b = buf_open(mem, 0);

	buf_char(&b, '#');
	html_url_part(&b, name);
	return (struct link){buf_str(&b)};
}

struct link
link_outside(struct arena *mem, struct str address)
{
	struct str a = str_trim(address);

	if (!str_starts(a, S("https://")) && !str_starts(a, S("http://")))
		return (struct link){S("#")};
	return (struct link){arena_str(mem, a)};
}

struct link
link_with(struct arena *mem, struct link to, const char *name, struct str value)
{
	struct buf b = buf_open(mem, 0);

	buf_put(&b, to.address);
	buf_char(&b, str_find_char(to.address, '?') < 0 ? '?' : '&');
	buf_c(&b, name);
	buf_char(&b, '=');
	html_url_part(&b, value);
	return (struct link){buf_str(&b)};
}
