/* inputs.c - the facts of every school, out of the database or a frozen text. */
#include "core/methods/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "core/results/pack.h"
#include "store/q_pack.h"
#include "store/q_registry.h"
#include "store/q_results.h"

static const char first_line[] = "opora inputs 1";

/* Where in the list of schools a school stands. */
struct id_place {
	int64_t id;
	size_t place;
};

/* The schools being filled, with room to write their facts. */
struct filling {
	struct arena *mem;
	const struct vocabulary *words;
	struct syear year;
	VEC(struct inputs_school) list;
	struct inputs_school *schools; /* the list when it is whole */
	size_t n;
	struct id_place *places;     /* of schools, by id */
	struct map place;            /* of a parsed text: id as written */
	struct fact_count **columns; /* by cell, from its first count on */
	struct fact_value *nothing;  /* nothing is known: of most schools */
	struct map successor; /* decimal id -> id of the school it joined */
	bool has_successors;
	struct map loads;
	VEC(load_id) load_list;
	bool is_frozen;            /* origins and lines are wanted */
	bool is_broken;            /* a pack is */
	bool has_pack[FACT_YEARS]; /* of the year before, the one before it… */
	struct buf lines;          /* count and value lines */
	int64_t last_id;
	ptrdiff_t last_place;
};

static struct str
id_text(struct arena *mem, int64_t id)
{
	return arena_fmt(mem, "%lld", (long long)id);
}

static void
make_room(struct filling *f)
{
	f->columns = arena_new(f->mem, struct fact_count *,
	    FACT_YEARS * f->words->n_procedures + 1);
	f->nothing =
	    arena_new(f->mem, struct fact_value, f->words->n_elements + 1);
	for (size_t i = 0; i < f->n; i++) {
		struct facts *facts = &f->schools[i].facts;
		facts->columns = (const struct fact_count *const *)f->columns;
		facts->place = (uint32_t)i;
		facts->elements = f->nothing;
	}
	f->last_id = -1;
}

/* Where the school's value stands; its own row from the first one on. */
static struct fact_value *
value_of(struct filling *f, size_t place, size_t element)
{
	struct facts *facts = &f->schools[place].facts;

	if (facts->elements == f->nothing)
		facts->elements =
		    arena_new(f->mem, struct fact_value, f->words->n_elements);
	return (struct fact_value *)(uintptr_t)facts->elements + element;
}

static void
note_load(struct filling *f, int64_t load)
{
	if (f->load_list.n && f->load_list.p[f->load_list.n - 1].v == load)
		return; /* most rows come of one load */

	int64_t *slot = map_at(&f->loads, id_text(f->mem, load));

	if (*slot != MAP_NONE)
		return;
	*slot = load;
	*vec_push(f->mem, &f->load_list) = (load_id){load};
}

static int
by_id(const void *a, const void *b)
{
	const struct id_place *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static ptrdiff_t
find_id(const struct filling *f, int64_t id)
{
	const struct id_place *at = bsearch(
	    &(struct id_place){.id = id}, f->places, f->n, sizeof *at, by_id);

	return at ? (ptrdiff_t)at->place : -1;
}

/* Rows come school by school, so the last answer is nearly always the next. */
static ptrdiff_t
place_of(struct filling *f, int64_t id)
{
	if (id == f->last_id)
		return f->last_place;

	ptrdiff_t place = find_id(f, id);
	if (place < 0 && f->has_successors) {
		autoarena scratch = arena_open(0);
		int64_t heir = map_get(&f->successor, id_text(scratch, id));
		if (heir != MAP_NONE)
			place = find_id(f, heir);
	}
	f->last_id = id;
	return f->last_place = place;
}

/* Counts of a predecessor are added to its successor's. */
static void
put_count(struct filling *f, size_t place, size_t procedure, int back,
    int64_t participants, int64_t failed)
{
	struct fact_count **column =
	    &f->columns[(size_t)(back - 1) * f->words->n_procedures +
			procedure];

	if (!*column)
		*column = fact_column(f->mem, f->n);
	struct fact_count *c = &(*column)[place];
	if (c->participants < 0)
		c->participants = 0;
	c->participants += (int32_t)participants;
	c->failed += (int32_t)failed;
}

static bool
take_result(void *ctx, const struct q_result_each *row)
{
	struct filling *f = ctx;
	ptrdiff_t place = place_of(f, row->school.v);
	ptrdiff_t p = vocabulary_procedure_find(f->words, row->procedure);
	int back = f->year.first - row->year.first;
	char year[SYEAR_TEXT];

	if (place < 0 || p < 0 || back < 1 || back > FACT_YEARS)
		return true;
	put_count(
	    f, (size_t)place, (size_t)p, back, row->participants, row->failed);
	if (!f->is_frozen)
		return true;
	note_load(f, row->load.v);
	buf_fmt(&f->lines, "count\t%lld\t%s\t%.*s\t%lld\t%lld\t%lld.%lld\n",
	    (long long)f->schools[place].id.v, syear_text(row->year, year),
	    STR_ARG(row->procedure), (long long)row->participants,
	    (long long)row->failed, (long long)row->load.v,
	    (long long)row->revision);
	return !arena_full(f->mem);
}

/* ---- packs ---- */

/* Which procedure of the vocabulary each of the pack's is; -1: none. */
static ptrdiff_t *
procedures_of(struct filling *f, const struct pack *p)
{
	ptrdiff_t *at = arena_new(f->mem, ptrdiff_t, p->n_procedures + 1);

	for (size_t i = 0; i < p->n_procedures; i++)
		at[i] = vocabulary_procedure_find(f->words, p->procedures[i]);
	return at;
}

static bool
take_pack(void *ctx, const struct q_pack_each *row)
{
	struct filling *f = ctx;
	const int back = f->year.first - row->year.first;
	struct pack pack;
	struct pack_row r;

	f->is_broken = !pack_open(f->mem, row->pack, &pack);
	if (f->is_broken)
		return false;
	const ptrdiff_t *procedures = procedures_of(f, &pack);
	while (pack_next(&pack, &r)) {
		ptrdiff_t place = place_of(f, r.school.v);
		if (place >= 0 && procedures[r.procedure] >= 0)
			put_count(f, (size_t)place,
			    (size_t)procedures[r.procedure], back,
			    r.participants, r.failed);
	}
	f->is_broken = pack.is_broken;
	f->has_pack[back - 1] = true;
	return !f->is_broken;
}

/* Packs where there are any: they know neither origins nor who may see. */
static enum rc
read_counts(struct scope *sc, struct filling *f)
{
	const municipality_id at = sc->actor.municipality;
	const struct syear from = syear_plus(f->year, -FACT_YEARS);
	const struct syear to = syear_plus(f->year, -1);
	enum rc rc = RC_OK;

	if (f->is_frozen || !sc->actor.sees_all)
		return q_result_each(
		    sc->db, &sc->actor, at, from, to, take_result, f);
	rc = q_pack_each(sc->db, at, from, to, take_pack, f);
	if (f->is_broken)
		return RC_FAILED;
	for (int back = 1; rc == RC_OK && back <= FACT_YEARS; back++) {
		struct syear year = syear_plus(f->year, -back);
		if (!f->has_pack[back - 1])
			rc = q_result_each(
			    sc->db, &sc->actor, at, year, year, take_result, f);
	}
	return rc;
}

static enum rc
read_observations(struct scope *sc, struct filling *f)
{
	struct q_observation *rows;
	size_t n;
	enum rc rc = q_observation_of_year(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, f->year, &rows, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		ptrdiff_t place = place_of(f, rows[i].school.v);
		ptrdiff_t e =
		    vocabulary_element_find(f->words, rows[i].element);
		if (place < 0 || e < 0)
			continue;
		struct fact_value *v = value_of(f, (size_t)place, (size_t)e);
		v->is_known = rows[i].num.is_known;
		if (v->is_known)
			v->value = ratio_of(rows[i].num.v, rows[i].den.v);
		if (!f->is_frozen)
			continue;
		note_load(f, rows[i].load.v);
		buf_fmt(&f->lines, "value\t%lld\t%.*s\t",
		    (long long)f->schools[place].id.v,
		    STR_ARG(rows[i].element));
		if (v->is_known)
			buf_fmt(&f->lines, "%lld/%lld", (long long)v->value.num,
			    (long long)v->value.den);
		else
			buf_c(&f->lines, "-");
		buf_fmt(&f->lines, "\t%lld.%lld\n", (long long)rows[i].load.v,
		    (long long)rows[i].revision);
	}
	return rc;
}

/* Open in the list's year: not closed before it, not opened after it. */
static bool
is_open(const struct q_school_facts_each *s, struct syear year)
{
	struct date from = syear_from(year);

	return (date_is_none(s->closed_on) ||
		   !date_before(s->closed_on, from)) &&
	       (date_is_none(s->opened_on) ||
		   !date_before(syear_to(year), s->opened_on));
}

static bool
take_school(void *ctx, const struct q_school_facts_each *row)
{
	struct filling *f = ctx;
	enum school_kind kind;

	f->is_broken = !school_kind_parse(row->kind, &kind);
	if (f->is_broken || !is_open(row, f->year))
		return !f->is_broken;
	*vec_push(f->mem, &f->list) = (struct inputs_school){.id = row->id,
	    .code = arena_str(f->mem, row->code),
	    .name = arena_str(f->mem, row->name),
	    .sort_key = arena_str(f->mem, row->sort_key),
	    .facts = {.kind = kind,
		.is_rural = row->is_rural,
		.is_small = row->is_small}};
	return !arena_full(f->mem);
}

static enum rc
read_schools(struct scope *sc, struct filling *f)
{
	enum rc rc = q_school_facts_each(
	    sc->db, &sc->actor, sc->actor.municipality, take_school, f);

	if (rc != RC_OK || f->is_broken)
		return rc == RC_OK ? RC_FAILED : rc;
	f->schools = f->list.p;
	f->n = f->list.n;
	f->places = arena_new(f->mem, struct id_place, f->n + 1);
	for (size_t i = 0; i < f->n; i++)
		f->places[i] = (struct id_place){f->schools[i].id.v, i};
	qsort(f->places, f->n, sizeof *f->places, by_id);
	return RC_OK;
}

static enum rc
read_successions(struct scope *sc, struct filling *f)
{
	struct q_succession_list *rows;
	size_t n;
	enum rc rc = q_succession_list(
	    sc->db, sc->mem, sc->actor.municipality, &rows, &n);

	f->has_successors = rc == RC_OK && n > 0;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		*map_at(&f->successor, id_text(f->mem, rows[i].school.v)) =
		    rows[i].other.v;
	return rc;
}

static int
by_number(const void *a, const void *b)
{
	const load_id *x = a, *y = b;

	return (x->v > y->v) - (x->v < y->v);
}

static struct filling
filling_open(
    struct arena *mem, const struct vocabulary *words, struct syear year)
{
	return (struct filling){.mem = mem,
	    .words = words,
	    .year = year,
	    .place = map_open(mem),
	    .successor = map_open(mem),
	    .loads = map_open(mem),
	    .lines = buf_open(mem, (size_t)1024 * 1024 * 1024)};
}

static void
put_head(const struct filling *f, struct buf *b)
{
	char year[SYEAR_TEXT];

	buf_fmt(b, "%s\nyear\t%s\n", first_line, syear_text(f->year, year));
	for (size_t i = 0; i < f->n; i++) {
		const struct inputs_school *s = &f->schools[i];
		buf_fmt(b, "school\t%lld\t%.*s\t%s\t%s\t%s\t%.*s\t%.*s\n",
		    (long long)s->id.v, STR_ARG(s->code),
		    school_kind_codes[s->facts.kind],
		    s->facts.is_rural ? "rural" : "urban",
		    s->facts.is_small ? "small" : "full", STR_ARG(s->sort_key),
		    STR_ARG(s->name));
	}
}

static struct inputs
finish(struct filling *f, struct str text)
{
	if (f->load_list.n)
		qsort(
		    f->load_list.p, f->load_list.n, sizeof(load_id), by_number);
	return (struct inputs){.words = f->words,
	    .year = f->year,
	    .schools = f->schools,
	    .n = f->n,
	    .loads = f->load_list.p,
	    .n_loads = f->load_list.n,
	    .text = text,
	    .hash = text.n ? hash_hex(f->mem, text) : S("")};
}

static enum rc
fill(struct scope *sc, struct filling *f)
{
	enum rc rc = read_schools(sc, f);

	if (rc == RC_OK)
		rc = read_successions(sc, f);
	if (rc != RC_OK)
		return rc;
	make_room(f);
	rc = read_counts(sc, f);
	if (rc == RC_OK)
		rc = read_observations(sc, f);
	return rc;
}

enum rc
inputs_read(struct scope *sc, const struct vocabulary *words, struct syear year,
    struct inputs *ret)
{
	struct filling f = filling_open(sc->mem, words, year);
	enum rc rc = fill(sc, &f);

	if (rc != RC_OK)
		return rc;
	if (arena_full(sc->mem))
		return RC_LIMIT;
	*ret = finish(&f, S(""));
	return RC_OK;
}

enum rc
inputs_collect(struct scope *sc, const struct vocabulary *words,
    struct syear year, struct inputs *ret)
{
	struct filling f = filling_open(sc->mem, words, year);
	struct buf text = buf_open(sc->mem, (size_t)1024 * 1024 * 1024);

	f.is_frozen = true;
	enum rc rc = fill(sc, &f);
	if (rc != RC_OK)
		return rc;
	put_head(&f, &text);
	buf_put(&text, buf_str(&f.lines));
	if (arena_full(sc->mem) || buf_full(&text))
		return RC_LIMIT;
	*ret = finish(&f, buf_str(&text));
	return RC_OK;
}

/* ---- back from the text ---- */

enum { MAX_FIELDS = 8 };

static size_t
split_line(struct str line, struct str fields[MAX_FIELDS])
{
	size_t n = 0;

	while (n < MAX_FIELDS && str_split(&line, '\t', &fields[n]))
		n++;
	return n;
}

static bool
parse_school(struct filling *f, const struct str *part, size_t n)
{
	struct inputs_school *s = &f->schools[f->n];

	*s = (struct inputs_school){0};
	if (n != 8 || !str_to_int(part[1], &s->id.v) ||
	    !school_kind_parse(part[3], &s->facts.kind))
		return false;
	s->code = part[2];
	s->facts.is_rural = str_eq(part[4], S("rural"));
	s->facts.is_small = str_eq(part[5], S("small"));
	s->sort_key = part[6];
	s->name = part[7];
	*map_at(&f->place, part[1]) = (int64_t)f->n++;
	return true;
}

static bool
parse_origin(struct filling *f, struct str text)
{
	struct str load;
	int64_t number;

	if (!str_split(&text, '.', &load) || !str_to_int(load, &number))
		return false;
	note_load(f, number);
	return true;
}

static bool
parse_count(struct filling *f, const struct str *part, size_t n)
{
	int64_t place, participants, failed;
	struct syear year;
	ptrdiff_t p;

	if (n != 7 || (place = map_get(&f->place, part[1])) == MAP_NONE ||
	    !syear_parse(part[2], &year) ||
	    (p = vocabulary_procedure_find(f->words, part[3])) < 0 ||
	    !str_to_int(part[4], &participants) ||
	    !str_to_int(part[5], &failed) || participants < 0 ||
	    participants > INT32_MAX / 4 || failed < 0 || failed > participants)
		return false;
	int back = f->year.first - year.first;
	if (back < 1 || back > FACT_YEARS)
		return false;
	put_count(f, (size_t)place, (size_t)p, back, participants, failed);
	return parse_origin(f, part[6]);
}

static bool
parse_value(struct filling *f, const struct str *part, size_t n)
{
	int64_t place, num, den;
	struct str rest, top;
	ptrdiff_t e;

	if (n != 5 || (place = map_get(&f->place, part[1])) == MAP_NONE ||
	    (e = vocabulary_element_find(f->words, part[2])) < 0)
		return false;
	if (!str_eq(part[3], S("-"))) {
		rest = part[3];
		if (!str_split(&rest, '/', &top) || !str_to_int(top, &num) ||
		    !str_to_int(rest, &den) || den <= 0)
			return false;
		*value_of(f, (size_t)place, (size_t)e) =
		    (struct fact_value){true, {num, den}};
	}
	return parse_origin(f, part[4]);
}

static bool
parse_line(struct filling *f, struct str line, bool *has_room)
{
	struct str part[MAX_FIELDS];
	size_t n = split_line(line, part);

	if (str_eq(part[0], S("year")))
		return n == 2 && syear_parse(part[1], &f->year);
	if (str_eq(part[0], S("school")))
		return !*has_room && parse_school(f, part, n);
	if (!*has_room)
		make_room(f);
	*has_room = true;
	if (str_eq(part[0], S("count")))
		return parse_count(f, part, n);
	return str_eq(part[0], S("value")) && parse_value(f, part, n);
}

static size_t
count_schools(struct str text)
{
	struct str line;
	size_t n = 0;

	while (str_split(&text, '\n', &line))
		n += str_starts(line, S("school\t"));
	return n;
}

enum rc
inputs_parse(struct scope *sc, const struct vocabulary *words, struct str text,
    struct inputs *ret)
{
	struct filling f = filling_open(sc->mem, words, (struct syear){0});
	struct str rest = text, line;
	uint32_t number = 1;
	bool has_room = false;

	f.schools =
	    arena_new(sc->mem, struct inputs_school, count_schools(text) + 1);
	bool good =
	    str_split(&rest, '\n', &line) && str_eq(line, str_of(first_line));
	while (good && str_split(&rest, '\n', &line) && line.n) {
		number++;
		good = parse_line(&f, line, &has_room);
	}
	if (!good) {
		diag_error(sc->diag, (struct place){.row = number},
		    N_("Сохранённые данные расчёта не читаются."));
		return RC_INVALID;
	}
	if (!has_room)
		make_room(&f);
	*ret = finish(&f, text);
	return RC_OK;
}
