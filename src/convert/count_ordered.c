/*
 * count_ordered.c - pupils whose groups stand together, as files have them.
 *
 * While the group goes on, a line begins with the same bytes as the one
 * before it.  Codes are kept as long as the group lasts; while they ascend
 * nobody can be there twice, and after that a code whose bit is not in the
 * filter cannot be among them.
 */
#include "convert/count_plain_own.h"

enum {
	PREFIX_MOST = 63,
	CODES_MOST = 16384, /* of one group */
	LATER_MOST = 4096,
};

struct together {
	char prefix[PREFIX_MOST + 1]; /* school, year, procedure of the group */
	size_t prefix_n;              /* 0: no group */
	int32_t participants, failed;
	size_t n_codes;
	bool ascends;
	uint64_t filter[4];
	uint32_t codes[CODES_MOST];
};

void
together_open(struct canonical *f)
{
	f->together = arena_new(f->mem, struct together, 1);
}

static inline uint64_t
filter_bit(uint32_t code, size_t *ret_word)
{
	uint32_t h = code * 0x9E3779B1u;

	*ret_word = h >> 30;
	return (uint64_t)1 << (h >> 24 & 63);
}

static bool
has_code(const struct together *t, uint32_t code)
{
	for (size_t i = 0; i < t->n_codes; i++)
		if (t->codes[i] == code)
			return true;
	return false;
}

static void
filter_fill(struct together *t)
{
	size_t word;

	t->ascends = false;
	memset(t->filter, 0, sizeof t->filter);
	for (size_t i = 0; i < t->n_codes; i++) {
		uint64_t bit = filter_bit(t->codes[i], &word);
		t->filter[word] |= bit;
	}
}

/* False: seen before in the group, or too many to look through. */
static inline bool
add_code(struct together *t, uint32_t code)
{
	size_t word;

	if (t->n_codes == CODES_MOST)
		return false;
	if (t->ascends && t->n_codes && code <= t->codes[t->n_codes - 1])
		filter_fill(t);
	if (!t->ascends) {
		uint64_t bit = filter_bit(code, &word);
		if ((t->filter[word] & bit) && has_code(t, code))
			return false;
		t->filter[word] |= bit;
	}
	t->codes[t->n_codes++] = code;
	return true;
}

static bool
settle_later(struct canonical *f)
{
	struct together *t = f->together;

	keys_sort(&f->later);
	for (size_t from = 0, n; from < f->later.n; from += n) {
		const uint64_t *l = &f->later.p[from];
		n = later_of_person(&f->later, from);
		if (!later_settle(l, n,
			has_code(t, (uint32_t)(*l >> LATER_CODE_AT)),
			&t->participants, &t->failed))
			return false;
	}
	f->later.n = 0;
	return true;
}

/* False: somebody's first result stands elsewhere, if anywhere. */
static bool
leave_group(struct canonical *f)
{
	struct together *t = f->together;

	if (!t->prefix_n)
		return true;
	if (f->later.n && !settle_later(f))
		return false;
	/* CODES_MOST and LATER_MOST together fit in a cell */
	*counts_cell(f->c, f->school.place, f->exam->place) =
	    (struct count_cell){(uint16_t)t->participants, (uint16_t)t->failed};
	t->prefix_n = 0;
	return true;
}

/* p: a line that does not go on with the group. */
static enum pass
enter_group(struct canonical *f, const char *p)
{
	struct together *t = f->together;

	if (!leave_group(f))
		return PASS_SCATTERED;
	if (!take_names(f, p, &t->prefix_n) || t->prefix_n > PREFIX_MOST)
		return PASS_NOT_PLAIN;
	if (counts_cell(f->c, f->school.place, f->exam->place)->participants !=
	    COUNT_NONE)
		return PASS_SCATTERED;
	memcpy(t->prefix, p, t->prefix_n);
	t->n_codes = 0;
	t->ascends = true;
	t->participants = t->failed = 0;
	return PASS_DONE;
}

static inline bool
count_person(struct canonical *f, struct together *t, const struct person *who)
{
	enum judgement j = judge(f->exam, who);

	if (who->is_previous || j == ABSENT)
		return true;
	if (j == UNCLEAR)
		return false;
	if (who->rank == RANK_MAIN) {
		t->participants++;
		t->failed += j == FAILED;
		return add_code(t, who->code);
	}
	keys_push(&f->later, later_key(0, 0, who, j == FAILED));
	return f->later.n < LATER_MOST;
}

enum pass
together_count(struct canonical *f, const char *p, const char *end)
{
	struct together *t = f->together;
	struct person who;

	while (p < end) {
		if (!t->prefix_n || !same_bytes(p, t->prefix, t->prefix_n)) {
			enum pass pass = enter_group(f, p);
			if (pass != PASS_DONE)
				return pass;
		}
		p = take_person(f, p + t->prefix_n, &who);
		if (!p || !count_person(f, t, &who))
			return PASS_NOT_PLAIN;
	}
	return PASS_DONE;
}

enum pass
together_end(struct canonical *f)
{
	return leave_group(f) ? PASS_DONE : PASS_SCATTERED;
}
