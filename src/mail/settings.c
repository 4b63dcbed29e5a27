/* settings.c - which mail server, and in whose name? */
#include <stdlib.h>

#include "mail/mail.h"

static struct str
variable(const char *name)
{
	const char *value = getenv(name);

	return value ? str_trim(str_of(value)) : S("");
}

static bool
is_server(struct str s)
{
	static const char *const schemes[] = {"smtp://", "smtps://"};

	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (str_starts(s, str_of(schemes[i])) &&
		    s.n > str_of(schemes[i]).n)
			return true;
	return false;
}

/* Enough to keep a slip of the pen from becoming letters that go nowhere. */
static bool
is_address(struct str s)
{
	ptrdiff_t at = str_find_char(s, '@');

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '<' ||
		    s.p[i] == '>' || s.p[i] == ',')
			return false;
	return at > 0 && (size_t)at + 1 < s.n &&
	       str_find_char(str_from(s, (size_t)at + 1), '@') < 0;
}

enum rc
mail_settings_read(struct arena *mem, struct diag *d, struct mail_settings *ret)
{
	struct mail_settings s = {.server = variable("OPORA_SMTP"),
	    .from = variable("OPORA_MAIL_FROM"),
	    .site = variable("OPORA_URL")};
	bool is_wrong = false;

	while (str_ends(s.site, S("/")))
		s.site.n--;
	if (s.site.n && !str_starts(s.site, S("https://")) &&
	    !str_starts(s.site, S("http://"))) {
		diag_error(
		    d, (struct place){0}, N_("OPORA_URL – не адрес сайта."))
		    ->expected = S("https://…");
		is_wrong = true;
	}
	if (s.server.n && !is_server(s.server)) {
		diag_error(d, (struct place){0},
		    N_("OPORA_SMTP – не адрес почтового сервера."))
		    ->expected = S("smtp://сервер:25 или smtps://…");
		is_wrong = true;
	}
	if (s.server.n && !is_address(s.from)) {
		diag_error(d, (struct place){0},
		    N_("Почтовый сервер назван, а адреса отправителя нет."))
		    ->hint = S("Задайте OPORA_MAIL_FROM, например "
			       "opora@okrug.example.");
		is_wrong = true;
	}
	if (is_wrong)
		return RC_INVALID;
	*ret = (struct mail_settings){.server = arena_str(mem, s.server),
	    .from = arena_str(mem, s.from),
	    .site = arena_str(mem, s.site)};
	return s.server.n ? RC_OK : RC_NOT_FOUND;
}
