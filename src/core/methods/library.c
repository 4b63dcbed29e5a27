/* library.c - the methodologies that travel with the program. */
#include "core/methods/library.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/vec.h"
#include "core_data.h" /* written by tools/embed.py */

static int
by_code_and_day(const void *a, const void *b)
{
	const struct method *const *x = a;
	const struct method *const *y = b;
	int c = str_cmp((*x)->code, (*y)->code);

	return c ? c :
		   ((*x)->from.day > (*y)->from.day) -
		       ((*x)->from.day < (*y)->from.day);
}

enum rc
library_read(
    struct scope *sc, const struct vocabulary *words, struct library *ret)
{
	VEC(struct method *) all = {0};

	for (size_t i = 0; i < core_data.n; i++) {
		const struct embedded *f = &core_data.files[i];
		if (!str_ends(f->name, S(".method")))
			continue;
		enum rc rc = method_parse(sc->mem, f->name, f->bytes, words,
		    sc->diag, vec_push(sc->mem, &all));
		if (rc != RC_OK)
			return rc;
	}
	qsort(all.p, all.n, sizeof(struct method *), by_code_and_day);
	*ret = (struct library){all.p, all.n};
	return RC_OK;
}

const struct method *
library_newest(const struct library *library, struct str code)
{
	for (size_t i = library->n; i > 0; i--) {
		if (str_eq(library->methods[i - 1]->code, code))
			return library->methods[i - 1];
	}
	return NULL;
}

static enum rc
no_such(struct scope *sc, const struct library *library, struct str name)
{
	struct buf b = buf_open(sc->mem, 0);

	for (size_t i = 0; i < library->n; i++)
		buf_fmt(&b, "%s%.*s@%.*s", i ? ", " : "",
		    STR_ARG(library->methods[i]->code),
		    STR_ARG(library->methods[i]->version));
	struct complaint *c =
	    diag_error(sc->diag, (struct place){0}, N_("Такой методики нет."));
	c->value = name;
	c->expected = buf_str(&b);
	return RC_NOT_FOUND;
}

enum rc
library_find(struct scope *sc, const struct library *library, struct str name,
    struct date on, const struct method **ret)
{
	ptrdiff_t at = str_find_char(name, '@');
	struct str code = at < 0 ? name : str_cut(name, 0, (size_t)at);
	struct str version =
	    at < 0 ? (struct str){NULL, 0} : str_from(name, (size_t)at + 1);
	const struct method *best = NULL;

	for (size_t i = 0; i < library->n; i++) {
		const struct method *m = library->methods[i];
		if (!str_eq(m->code, code))
			continue;
		if (version.p ? str_eq(m->version, version) :
				!best || !date_before(on, m->from))
			best = m;
	}
	if (!best)
		return no_such(sc, library, name);
	*ret = best;
	return RC_OK;
}
