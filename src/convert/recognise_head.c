/*
 * recognise_head.c - which of the known tables is this: headings are found by
 * words within the first rows, never by position.
 *
 * A heading may stand on two rows (merged «Текущие» over «Первичный балл» |
 * «Балл»): each row is tried alone and then together with the row above.
 */
#include "base/buf.h"
#include "convert/recognise_parts.h"

/* clang-format off */
/* In the order of preference where two fit equally well. */
const struct layout layouts[] = {
{.kind = FILE_SCHOOLS, .need = HAS(FIELD_CODE) | HAS(FIELD_NAME),
    .unnamed = HAS(FIELD_KIND), .row = schools_row},
{.kind = FILE_PUPILS, .holds_people = true, .need = HAS(FIELD_PUPIL), .any = SCHOOL_SET,
    .also = HAS(FIELD_MARK) | HAS(FIELD_SCORE), .unnamed = HAS(FIELD_PROCEDURE),
    .begin = pupils_begin, .row = pupils_row, .end = pupils_end},
{.kind = FILE_OBSERVATIONS, .need = HAS(FIELD_ELEMENT) | HAS(FIELD_VALUE), .any = SCHOOL_SET,
    .row = observations_row},
{.kind = FILE_OFFICIAL_LIST, .need = HAS(FIELD_KIND), .any = SCHOOL_SET,
    .unnamed = HAS(FIELD_BASIS), .row = official_row},
{.kind = FILE_BIAS_TABLE, .need = HAS(FIELD_YEAR) | HAS(FIELD_MARKERS), .any = SCHOOL_SET,
    .row = bias_row},
{.kind = FILE_SCORES_TABLE, .need = HAS(FIELD_PARTICIPANTS), .any = SCHOOL_SET | HAS(FIELD_GROUP),
    .begin = stats_begin, .row = scores_row},
{.kind = FILE_MARKS_TABLE, .need = HAS(FIELD_SUBJECT) | HAS(FIELD_GRADE) | HAS(FIELD_PARTICIPANTS) |
    HAS(FIELD_PCT2), .any = SCHOOL_SET, .row = marks_table_row},
{.kind = FILE_MARK_STATS, .need = HAS(FIELD_GROUP) | HAS(FIELD_PARTICIPANTS) | HAS(FIELD_PCT2),
    .begin = stats_begin, .row = stats_row},
{.kind = FILE_RESULTS, .any = SCHOOL_SET, .also = HAS(FIELD_FAILED) | HAS(FIELD_MARK2) | HAS(FIELD_PCT2),
    .unnamed = HAS(FIELD_PROCEDURE), .begin = results_begin, .row = results_row},
{.kind = FILE_F1, .holds_people = true, .need = HAS(FIELD_PUPIL) | HAS(FIELD_MARK),
    .also = HAS(FIELD_VARIANT) | HAS(FIELD_PRIMARY), .begin = vpr_begin, .row = f1_row, .end = f1_end},
{.kind = FILE_COLLECTED, .holds_people = true, .any = SCHOOL_SET,
    .also = HAS(FIELD_VARIANT) | HAS(FIELD_SUBJECT), .begin = vpr_begin, .row = collected_row},
{.kind = FILE_OGE_PROTOCOL, .holds_people = true, .need = HAS(FIELD_CODE),
    .any = PERSON_SET | HAS(FIELD_EXAM), .also = HAS(FIELD_MARK), .never = HAS(FIELD_SCORE),
    .begin = gia_begin, .row = gia_row, .end = gia_end},
{.kind = FILE_EGE_PROTOCOL, .holds_people = true, .need = HAS(FIELD_CODE),
    .any = PERSON_SET | HAS(FIELD_EXAM), .also = HAS(FIELD_SCORE) | HAS(FIELD_MARK),
    .begin = gia_begin, .row = gia_row, .end = gia_end},
};
/* clang-format on */

const size_t layout_count = COUNT_OF(layouts);

/*
 * A kind named by the person stands for its family: «import pupils» also
 * reads a protocol, «import results» a report with percentages.
 */
static uint32_t
family(enum file_kind named)
{
	const uint32_t people = KIND_BIT(FILE_PUPILS) | KIND_BIT(FILE_F1) |
				KIND_BIT(FILE_COLLECTED) |
				KIND_BIT(FILE_OGE_PROTOCOL) |
				KIND_BIT(FILE_EGE_PROTOCOL);

	switch (named) {
	case FILE_UNKNOWN:
		return ~(uint32_t)0;
	case FILE_RESULTS:
		return people | KIND_BIT(FILE_RESULTS) |
		       KIND_BIT(FILE_MARK_STATS) | KIND_BIT(FILE_MARKS_TABLE) |
		       KIND_BIT(FILE_SCORES_TABLE);
	case FILE_PUPILS:
		return people;
	case FILE_SCHOOLS:
	case FILE_OBSERVATIONS:
	case FILE_OFFICIAL_LIST:
	case FILE_F1:
	case FILE_MARK_STATS:
	case FILE_MARKS_TABLE:
	case FILE_SCORES_TABLE:
	case FILE_BIAS_TABLE:
	case FILE_COLLECTED:
	case FILE_OGE_PROTOCOL:
	case FILE_EGE_PROTOCOL:
		return KIND_BIT(named);
	case FILE_KIND_COUNT:
		break;
	}
	UNREACHABLE();
}

/* Bytes of a dash other than the hyphen at the head of s, or 0. */
static size_t
dash_at(struct str s)
{
	static const struct str dashes[] = {S_INIT("–"), S_INIT("—"),
	    S_INIT("\xE2\x80\x91"), S_INIT("\xE2\x80\x90"), S_INIT("−")};

	for (size_t i = 0; i < COUNT_OF(dashes); i++)
		if (str_starts(s, dashes[i]))
			return dashes[i].n;
	return 0;
}

static size_t
quote_at(struct str s)
{
	static const struct str quotes[] = {S_INIT("«"), S_INIT("»"),
	    S_INIT("\""), S_INIT("“"), S_INIT("”"), S_INIT("„"), S_INIT("'")};

	for (size_t i = 0; i < COUNT_OF(quotes); i++)
		if (str_starts(s, quotes[i]))
			return quotes[i].n;
	return 0;
}

static bool
is_joint(char c)
{
	return c == '-' || c == '/' || c == '(' || c == ')' || c == ',';
}

struct str
heading_key(struct arena *mem, struct str text)
{
	struct str s = text_header(mem, text);
	struct buf b = buf_open(mem, 0);

	while (s.n) {
		size_t dash = dash_at(s);
		size_t quote = dash ? 0 : quote_at(s);
		char c = dash ? '-' : s.p[0];

		s = str_from(s, dash ? dash : quote ? quote : 1);
		if (quote)
			continue;
		if (is_joint(c)) {
			while (b.n && b.p[b.n - 1] == ' ')
				b.n--;
			buf_char(&b, c);
			while (str_starts(s, S(" ")))
				s = str_from(s, 1);
		} else {
			buf_char(&b, c);
		}
	}
	while (b.n && (b.p[b.n - 1] == '.' || b.p[b.n - 1] == ' '))
		b.n--;
	return str_trim(buf_str(&b));
}

/* Which field the heading is in a table of that kind. */
static enum field
field_of_key(enum file_kind kind, struct str key)
{
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	if (!key.n)
		return FIELD_NONE;
	for (size_t i = 0; i < n; i++)
		if ((c[i].kinds & KIND_BIT(kind)) && column_matches(&c[i], key))
			return (enum field)c[i].field;
	return FIELD_NONE;
}

/* One row of possible headings: text and key by column. */
struct heading_row {
	struct str *text;
	struct str *key;
	struct str *joined; /* with what stands above; NULL for a row alone */
	uint32_t columns;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The same heading, in whatever year. */
static bool
same_heading(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i] && !(is_digit(a.p[i]) && is_digit(b.p[i])))
			return false;
	return true;
}

/* What a person said of a heading stands before what is known of it. */
static struct str
said_key(const struct recogniser *r, struct str key)
{
	const struct recogniser_options *o = r->options;

	for (size_t i = 0; i < o->n_columns; i++)
		if (same_heading(
			heading_key(r->search, o->columns[i].heading), key))
			return o->columns[i].name;
	return key;
}

static struct heading_row
row_keys(struct recogniser *r, const struct cell *cells, size_t n)
{
	struct arena *mem = r->search;
	struct heading_row h = {
	    .columns = n ? cells[n - 1].column + 1 : 0,
	};

	h.text = arena_new(mem, struct str, h.columns);
	h.key = arena_new(mem, struct str, h.columns);
	for (size_t i = 0; i < n; i++) {
		uint32_t c = cells[i].column;
		if (c >= h.columns || cells[i].text.n > 400)
			continue;
		h.text[c] = arena_str(mem, str_trim(cells[i].text));
		h.key[c] = said_key(r, heading_key(mem, cells[i].text));
	}
	return h;
}

/* The row under another one: the upper heading spreads to the right. */
static struct heading_row
joined_rows(struct recogniser *r, const struct heading_row *low)
{
	struct heading_row h = {0};
	struct str over = S("");

	h.columns =
	    low->columns > r->above_columns ? low->columns : r->above_columns;
	h.text = arena_new(r->search, struct str, h.columns);
	h.key = arena_new(r->search, struct str, h.columns);
	h.joined = arena_new(r->search, struct str, h.columns);
	for (uint32_t c = 0; c < h.columns; c++) {
		struct str up = c < r->above_columns ? r->above[c] : S("");
		struct str down = c < low->columns ? low->key[c] : S("");
		if (up.n)
			over = up;
		h.key[c] = down.n ? down : up;
		h.text[c] = down.n               ? low->text[c] :
			    c < r->above_columns ? r->above_text[c] :
						   S("");
		if (down.n && over.n)
			h.joined[c] = arena_fmt(r->search, "%.*s %.*s",
			    STR_ARG(over), STR_ARG(down));
		if (down.n && up.n && !str_eq(up, down))
			h.text[c] = arena_fmt(r->search, "%.*s %.*s",
			    STR_ARG(r->above_text[c]), STR_ARG(low->text[c]));
	}
	return h;
}

static enum field
heading_field(const struct heading_row *h, enum file_kind kind, uint32_t column,
    struct recogniser *r)
{
	enum field f = FIELD_NONE;

	if (h->joined)
		f = field_of_key(kind, h->joined[column]);
	if (f == FIELD_NONE)
		f = field_of_key(kind, h->key[column]);
	if (f == FIELD_NONE && h->joined && column < r->above_columns)
		f = field_of_key(kind, r->above[column]);
	return f;
}

/* Headings 0, 1, 2 … of a table of scores. */
static bool
has_scores(const struct heading_row *h)
{
	int64_t value;
	int seen = 0;
	bool zero = false;

	for (uint32_t c = 0; c < h->columns; c++)
		if (str_to_int(h->key[c], &value) && value >= 0 &&
		    value <= SCORES_MAX) {
			seen++;
			zero |= value == 0;
		}
	return zero && seen >= 5;
}

static bool
fits(const struct recogniser *r, const struct layout *l, uint64_t fields,
    bool scores)
{
	bool is_named = r->options->kind == l->kind;
	uint64_t unnamed = is_named ? 0 : l->unnamed;

	if (unnamed == HAS(FIELD_PROCEDURE) && r->options->procedure.n)
		unnamed = 0;
	if ((fields & l->need) != l->need || (fields & l->never) ||
	    (fields & unnamed) != unnamed)
		return false;
	if ((l->any && !(fields & l->any)) || (l->also && !(fields & l->also)))
		return false;
	if (l->kind == FILE_SCORES_TABLE)
		return scores;
	return !(scores &&
		 (l->kind == FILE_MARK_STATS || l->kind == FILE_MARKS_TABLE));
}

static int
bits(uint64_t set)
{
	return __builtin_popcountll(set);
}

/* Kept for the complaint when no row fits anything. */
static void
remember_nearest(
    struct recogniser *r, const struct layout *l, uint64_t fields, uint32_t row)
{
	int score = bits(fields);

	if (score > r->nearest_score && score >= 2) {
		r->nearest = l;
		r->nearest_fields = fields;
		r->nearest_score = score;
		r->nearest_row = row;
	}
}

static const struct layout *
best_layout(struct recogniser *r, const struct heading_row *h, uint32_t row)
{
	const struct layout *best = NULL;
	uint32_t allowed = family(r->options->kind);
	bool scores = has_scores(h);
	int best_score = 0;

	for (size_t i = 0; i < layout_count; i++) {
		const struct layout *l = &layouts[i];
		uint64_t fields = 0;
		if (!(allowed & KIND_BIT(l->kind)))
			continue;
		for (uint32_t c = 0; c < h->columns; c++)
			fields |= HAS(heading_field(h, l->kind, c, r));
		fields &= ~HAS(FIELD_NONE);
		int score = bits(fields) +
			    (l->kind == r->options->kind ? FIELD_COUNT : 0);
		if (fits(r, l, fields, scores)) {
			if (score > best_score) {
				best = l;
				best_score = score;
			}
		} else {
			remember_nearest(r, l, fields, row);
		}
	}
	return best;
}

static struct table_head *
head_open(struct recogniser *r, const struct layout *l,
    const struct heading_row *h, uint32_t row)
{
	struct arena *mem = r->d->mem; /* complaints point at headings */
	struct table_head *head = arena_new(mem, struct table_head, 1);

	head->layout = l;
	head->row = row;
	head->columns = h->columns;
	head->field_of = arena_new(mem, uint8_t, h->columns);
	head->headings = arena_new(mem, struct str, h->columns);
	head->keys = arena_new(mem, struct str, h->columns);
	for (int f = 0; f < FIELD_COUNT; f++)
		head->column_of[f] = -1;
	for (uint32_t c = 0; c < h->columns; c++) {
		enum field f = heading_field(h, l->kind, c, r);
		head->headings[c] = arena_str(mem, h->text[c]);
		head->keys[c] = arena_str(mem, h->key[c]);
		head->field_of[c] = (uint8_t)f;
		if (f != FIELD_NONE && head->column_of[f] < 0) {
			head->column_of[f] = (int32_t)c;
			head->fields |= HAS(f);
		}
	}
	return head;
}

/*
 * Columns of a table of results this row names in words: a number may be a
 * heading ("2") and may be data.
 */
static int
named_columns(const struct heading_row *h)
{
	int named = 0;

	for (uint32_t c = 0; c < h->columns; c++)
		named += h->key[c].n && !is_digit(h->key[c].p[0]) &&
			 field_of_key(FILE_RESULTS, h->key[c]) != FIELD_NONE;
	return named;
}

static void
remember_unread(struct recogniser *r, const struct heading_row *h)
{
	int score = named_columns(h);

	if (score <= r->unread_score)
		return;
	r->unread_score = score;
	r->unread = h->text;
	r->unread_columns = h->columns;
}

bool
head_search(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	struct heading_row h = row_keys(r, cells, n);
	const struct layout *l = best_layout(r, &h, row);

	if (!l && r->above_columns && r->above_row + 1 == row) {
		struct heading_row both = joined_rows(r, &h);
		l = best_layout(r, &both, row);
		if (l)
			h = both;
	}
	r->above = h.key;
	r->above_text = h.text;
	r->above_columns = h.columns;
	r->above_row = row;
	if (!l) {
		remember_unread(r, &h);
		return false;
	}
	r->head = head_open(r, l, &h, row);
	return true;
}

static void
put_missing(struct buf *b, const struct layout *l, uint64_t set)
{
	bool is_first = true;

	if (b->n)
		buf_c(b, ", ");
	for (int f = 1; f < FIELD_COUNT; f++) {
		const char *name =
		    (set & HAS(f)) ? field_name(l->kind, (enum field)f) : "";
		if (!*name)
			continue;
		buf_fmt(b, "%s«%s»", is_first ? "" : " или ", name);
		is_first = false;
	}
}

/* What the nearest layout lacks, in words. */
struct str
missing_fields(struct arena *mem, const struct layout *l, uint64_t fields)
{
	struct buf b = buf_open(mem, 0);
	uint64_t need = (l->need | l->unnamed) & ~fields;

	for (int f = 1; f < FIELD_COUNT; f++)
		if (need & HAS(f))
			put_missing(&b, l, HAS(f));
	if (l->any && !(l->any & fields))
		put_missing(&b, l, l->any);
	if (l->also && !(l->also & fields))
		put_missing(&b, l, l->also);
	return buf_str(&b);
}
