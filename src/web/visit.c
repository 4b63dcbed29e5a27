/* visit.c - small answers every page may give. */
#include "web/visit.h"

#include "web/html.h"

const struct library *
visit_library(const struct visit *v)
{
	return shelf_library(v->shelf);
}

struct str
visit_query(const struct visit *v, struct str name)
{
	struct str value = S("");

	(void)urlencoded_field(v->scope.mem, v->rq->query, name, &value);
	return str_trim(value);
}

struct asked_day
visit_day(const struct visit *v, struct str name)
{
	struct asked_day d = {.on = v->scope.actor.today,
	    .typed = visit_query(v, name),
	    .fault = S("")};

	if (d.typed.n > 0 && !date_parse_loose(d.typed, &d.on))
		d.fault = S(N_("Такого дня нет. Напишите дату так: "
			       "05.03.2026. Показано на сегодня."));
	else
		d.typed = date_ru(v->scope.mem, d.on);
	return d;
}

struct link
visit_link(const struct visit *v, const char *name, struct str value)
{
	struct buf b = buf_open(v->scope.mem, 0);
	struct str rest = v->rq->query, pair;
	struct link to;

	buf_put(&b, v->rq->path);
	if (v->rq->query.n == 0)
		rest = (struct str){NULL, 0};
	for (char mark = '?'; str_split(&rest, '&', &pair);) {
		ptrdiff_t at = str_find_char(pair, '=');
		struct str key = at < 0 ? pair : str_cut(pair, 0, (size_t)at);

		if (pair.n == 0 || str_eq(key, str_of(name)))
			continue;
		buf_char(&b, mark);
		buf_put(&b, pair);
		mark = '&';
	}
	to = (struct link){.address = buf_str(&b)};
	return value.n > 0 ? link_with(v->scope.mem, to, name, value) : to;
}

enum rc
reply_see_other(struct visit *v, struct reply *rp, struct link to)
{
	rp->status = 303;
	buf_clear(&rp->body);
	reply_header(rp, "Location", link_text(v->scope.mem, to));
	return RC_OK;
}

enum rc
reply_done(
    struct visit *v, struct reply *rp, struct link to, const char *sentence)
{
	struct buf b = buf_open(v->scope.mem, 0);

	html_url_part(&b, str_of(sentence));
	reply_header(rp, "Set-Cookie",
	    arena_fmt(v->scope.mem,
		"done=%.*s; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
		STR_ARG(buf_str(&b))));
	return reply_see_other(v, rp, to);
}
