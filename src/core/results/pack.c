/* pack.c - writing and reading the counts of a year as one value. */
#include "core/results/pack.h"

#include "base/buf.h"
#include "base/vec.h"
#include "store/q_pack.h"

enum {
	VERSION = 1,
	MOST_PROCEDURES = 4096,
	LAST_BYTE_AT = 63, /* bits before the last byte of a number */
};

static const size_t MOST_BYTES = (size_t)512 * 1024 * 1024;

static void
put_number(struct buf *b, uint64_t n)
{
	for (; n > 127; n >>= 7)
		buf_char(b, (char)((n & 127) | 128));
	buf_char(b, (char)n);
}

/* ---- writing ---- */

struct packing {
	struct arena *mem;
	VEC(struct str) procedures;
	struct buf body;   /* schools that are whole */
	struct buf school; /* results of the one that is being read */
	uint64_t results;
	int64_t id, id_before;
};

static void
end_school(struct packing *p)
{
	if (!p->results)
		return;
	put_number(&p->body, (uint64_t)(p->id - p->id_before));
	put_number(&p->body, p->results);
	buf_put(&p->body, buf_str(&p->school));
	buf_clear(&p->school);
	p->id_before = p->id;
	p->results = 0;
}

/* Schools have the same procedures in the same order, or nearly. */
static size_t
procedure_place(struct packing *p, struct str code)
{
	for (size_t i = 0; i < p->procedures.n; i++)
		if (str_eq(p->procedures.p[i], code))
			return i;
	*vec_push(p->mem, &p->procedures) = arena_str(p->mem, code);
	return p->procedures.n - 1;
}

static bool
take_row(void *ctx, const struct q_pack_row_each *row)
{
	struct packing *p = ctx;

	if (row->school.v != p->id)
		end_school(p);
	p->id = row->school.v;
	p->results++;
	put_number(&p->school, procedure_place(p, row->procedure));
	put_number(&p->school, (uint64_t)row->participants);
	put_number(&p->school, (uint64_t)row->failed);
	return !buf_full(&p->body);
}

static struct str
whole_pack(struct packing *p)
{
	struct buf b = buf_open(p->mem, MOST_BYTES);

	put_number(&b, VERSION);
	put_number(&b, p->procedures.n);
	vec_each(struct str, code, &p->procedures) {
		put_number(&b, code->n);
		buf_put(&b, *code);
	}
	buf_put(&b, buf_str(&p->body));
	return buf_str(&b);
}

enum rc
pack_rebuild(struct scope *sc, struct syear year)
{
	autoarena mem = arena_open((size_t)1024 * 1024 * 1024);
	struct packing p = {.mem = mem,
	    .body = buf_open(mem, MOST_BYTES),
	    .school = buf_open(mem, 0)};
	municipality_id place = sc->actor.municipality;
	enum rc rc = q_pack_row_each(sc->db, place, year, take_row, &p);

	if (rc != RC_OK)
		return rc;
	end_school(&p);
	struct str pack = whole_pack(&p);
	if (arena_full(mem) || buf_full(&p.body))
		return RC_LIMIT;
	return q_pack_set(sc->db, place, year, pack);
}

enum rc
pack_rebuild_of_load(struct scope *sc, load_id load)
{
	struct q_pack_years_of_load *years;
	size_t n;
	enum rc rc = q_pack_years_of_load(
	    sc->db, sc->mem, sc->actor.municipality, load, &years, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = pack_rebuild(sc, years[i].year);
	return rc;
}

/* ---- reading ---- */

static bool
take_long(struct str *rest, uint64_t *ret)
{
	uint64_t n = 0;

	for (int at = 0; at <= LAST_BYTE_AT && rest->n; at += 7) {
		unsigned char c = (unsigned char)*rest->p;
		*rest = str_from(*rest, 1);
		n |= (uint64_t)(c & 127) << at;
		if (c < 128) {
			*ret = n;
			return true;
		}
	}
	return false;
}

static inline bool
take_number(struct str *rest, uint64_t *ret)
{
	if (!rest->n || (unsigned char)*rest->p > 127)
		return take_long(rest, ret);
	*ret = (unsigned char)*rest->p;
	rest->p++;
	rest->n--;
	return true;
}

bool
pack_open(struct arena *mem, struct str text, struct pack *ret)
{
	uint64_t version, n, length;

	if (!take_number(&text, &version) || version != VERSION ||
	    !take_number(&text, &n) || n > MOST_PROCEDURES)
		return false;
	struct str *procedures = arena_new(mem, struct str, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!take_number(&text, &length) || length > text.n)
			return false;
		procedures[i] = str_cut(text, 0, length);
		text = str_from(text, length);
	}
	*ret = (struct pack){
	    .rest = text, .procedures = procedures, .n_procedures = n};
	return true;
}

static bool
broken(struct pack *p)
{
	p->is_broken = true;
	return false;
}

bool
pack_next(struct pack *p, struct pack_row *ret)
{
	uint64_t step, procedure, participants, failed;

	if (!p->left) {
		if (!p->rest.n)
			return false;
		if (!take_number(&p->rest, &step) ||
		    !take_number(&p->rest, &p->left) || !p->left)
			return broken(p);
		p->school += (int64_t)step;
	}
	p->left--;
	if (!take_number(&p->rest, &procedure) ||
	    !take_number(&p->rest, &participants) ||
	    !take_number(&p->rest, &failed) || procedure >= p->n_procedures ||
	    participants > INT32_MAX || failed > participants)
		return broken(p);
	*ret = (struct pack_row){(school_id){p->school}, procedure,
	    (int32_t)participants, (int32_t)failed};
	return true;
}
