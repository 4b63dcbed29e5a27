/* catalogue.c - the names the program knows, built in and the place's own. */
#include "core/registry/catalogue.h"

#include <string.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "core_data.h" /* written by tools/embed.py */
#include "store/q_registry.h"

static struct str
text_of(const char *name)
{
	const struct embedded *f = embedded_find(&core_data, str_of(name));

	MUST(f);
	return f->bytes;
}

static enum rc
add_procedures(struct scope *sc, struct vocabulary *words)
{
	struct q_own_procedure_list *own;
	size_t n;
	enum rc rc = q_own_procedure_list(
	    sc->db, sc->mem, sc->actor.municipality, &own, &n);

	if (rc != RC_OK || n == 0)
		return rc;

	size_t before = words->n_procedures;
	struct vocabulary_procedure *all =
	    arena_new(sc->mem, struct vocabulary_procedure, before + n);
	memcpy(all, words->procedures, before * sizeof *all);
	for (size_t i = 0; i < n; i++)
		all[before + i] =
		    (struct vocabulary_procedure){.code = own[i].code,
			.title = own[i].title,
			.title_short = own[i].title,
			.title_dative = own[i].title,
			.level = own[i].level,
			.kinds = (uint32_t)own[i].kinds};
	words->procedures = all;
	words->n_procedures = before + n;
	return RC_OK;
}

/* The place's word comes first: the first row that fits is the one taken. */
static enum rc
add_years(struct scope *sc, struct vocabulary *words)
{
	struct q_own_procedure_year_list *own;
	size_t n, kept = 0;
	enum rc rc = q_own_procedure_year_list(
	    sc->db, sc->mem, sc->actor.municipality, &own, &n);

	if (rc != RC_OK || n == 0)
		return rc;

	struct vocabulary_year *all =
	    arena_new(sc->mem, struct vocabulary_year, n + words->n_years);
	for (size_t i = 0; i < n; i++) {
		ptrdiff_t p = vocabulary_procedure_find(words, own[i].code);
		if (p >= 0)
			all[kept++] =
			    (struct vocabulary_year){.procedure = (size_t)p,
				.year = own[i].year,
				.held = own[i].is_held ? HELD_YES : HELD_NO,
				.note = own[i].source};
	}
	memcpy(all + kept, words->years, words->n_years * sizeof *all);
	words->years = all;
	words->n_years += kept;
	return RC_OK;
}

/* The table of risks, and behind it what the social index asks. */
static struct str
all_elements(struct arena *mem)
{
	struct buf b = buf_open(mem, 0);
	struct tsv t = tsv_open(text_of("social-elements.tsv"));

	buf_put(&b, text_of("elements.tsv"));
	while (tsv_next(&t)) {
		for (size_t i = 0; i < t.n; i++)
			buf_fmt(
			    &b, "%s%.*s", i ? "\t" : "", STR_ARG(t.cells[i]));
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

enum rc
catalogue_read(struct scope *sc, struct vocabulary *ret)
{
	const struct vocabulary_texts texts = {
	    .procedures = text_of("procedures.tsv"),
	    .years = text_of("procedure-years.tsv"),
	    .elements = all_elements(sc->mem)};
	struct vocabulary words;
	enum rc rc = vocabulary_parse(sc->mem, &texts, sc->diag, &words);

	if (rc == RC_OK && sc->db)
		rc = add_procedures(sc, &words);
	if (rc == RC_OK && sc->db)
		rc = add_years(sc, &words);
	if (rc == RC_OK)
		*ret = words;
	return rc;
}

struct str
catalogue_title(const struct vocabulary *words, struct str code)
{
	ptrdiff_t p = vocabulary_procedure_find(words, code);
	ptrdiff_t e = p < 0 ? vocabulary_element_find(words, code) : -1;

	if (p >= 0)
		return words->procedures[p].title;
	return e >= 0 ? words->elements[e].title : code;
}
