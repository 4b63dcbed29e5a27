/* deficits.c - the tables of deficits and of measures that answer them. */
#include "core/plans/deficits.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "core_data.h" /* written by tools/embed.py */

static struct tsv
table(const char *name)
{
	const struct embedded *f = embedded_find(&core_data, str_of(name));

	MUST(f);
	return tsv_open(f->bytes);
}

static struct deficit
deficit_of(const struct tsv *t)
{
	return (struct deficit){
	    .code = t->cells[0], .title = t->cells[1], .title_of = t->cells[2]};
}

size_t
deficits(struct deficit ret[DEFICITS_MOST])
{
	struct tsv t = table("deficits.tsv");
	size_t n = 0;

	while (n < DEFICITS_MOST && tsv_next(&t))
		ret[n++] = deficit_of(&t);
	return n;
}

bool
deficit_find(struct str code, struct deficit *ret)
{
	struct tsv t = table("deficits.tsv");

	while (tsv_next(&t))
		if (str_eq(t.cells[0], code)) {
			*ret = deficit_of(&t);
			return true;
		}
	return false;
}

struct str
deficit_titles(struct arena *mem, struct str codes)
{
	struct buf b = buf_open(mem, 0);
	struct deficit d;
	struct str code;

	while (str_split(&codes, ' ', &code))
		buf_fmt(&b, "%s%.*s", b.n ? ", " : "",
		    STR_ARG(deficit_find(code, &d) ? d.title : code));
	return buf_str(&b);
}

size_t
measure_catalogue(
    struct str codes, struct catalogue_measure ret[CATALOGUE_MOST])
{
	struct tsv t = table("measures.tsv");
	size_t n = 0;

	while (n < CATALOGUE_MOST && tsv_next(&t))
		if (!codes.n || str_has_word(codes, t.cells[0]))
			ret[n++] = (struct catalogue_measure){t.cells[0],
			    t.cells[1], t.cells[2], t.cells[3], t.cells[4],
			    t.cells[5], t.cells[6]};
	return n;
}
