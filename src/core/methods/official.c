/* official.c - what an order says, out of its details and pasted lines. */
#include "core/methods/official.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "core/access/access.h"
#include "core/results/matching.h"
#include "core/results/staging.h"

enum { PASTE_MOST = 200 * 1024 };

const char *const official_kind_codes[OFFICIAL_KIND_COUNT] = {
    "shnor", "risk", "shnsu"};
const char *const official_kind_titles[OFFICIAL_KIND_COUNT] = {
    "ШНОР", "зона риска", "ШНСУ"};

bool
official_kind_parse(struct str code, enum official_kind *ret)
{
	for (int k = 0; k < OFFICIAL_KIND_COUNT; k++)
		if (str_eq(code, str_of(official_kind_codes[k]))) {
			*ret = (enum official_kind)k;
			return true;
		}
	return false;
}

struct str
official_kind_title(struct str code)
{
	enum official_kind k;

	return official_kind_parse(code, &k) ? str_of(official_kind_titles[k]) :
					       code;
}

struct str
official_text(struct arena *mem, const struct q_official *act)
{
	return arena_fmt(mem, "приказ № %.*s от %.*s%s%.*s",
	    STR_ARG(act->number), STR_ARG(date_ru(mem, act->on_date)),
	    act->issuer.n ? ", " : "", STR_ARG(act->issuer));
}

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

enum rc
official_check(struct scope *sc, const struct official_details *act)
{
	size_t before = sc->diag->errors;

	if (!str_trim(act->number).n)
		refuse(sc, "number", N_("Нет номера приказа."));
	if (date_is_none(act->on))
		refuse(sc, "on", N_("Нет даты приказа."));
	else if (date_before(sc->actor.today, act->on))
		refuse(sc, "on", N_("Дата приказа ещё не наступила."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- pasted text ---- */

struct paste {
	struct scope *sc;
	const struct official_details *act;
	const struct row_sink *sink;
	struct matcher *matcher;
	bool is_numbered;
	struct buf line; /* the entry being gathered */
	uint32_t row;    /* where it began; 0: none */
};

/* "12." or "12)" off the front; false when there is no number. */
static bool
take_number(struct str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (n == 0 || n > 4 || n == s->n)
		return false;
	if (s->p[n] != '.' && s->p[n] != ')' && s->p[n] != '\t')
		return false;
	*s = str_trim(str_from(*s, n + 1));
	return true;
}

static struct str
without_bullet(struct str s)
{
	static const char *const bullets[] = {"- ", "– ", "— ", "• ", "· "};

	for (size_t i = 0; i < COUNT_OF(bullets); i++)
		if (str_starts(s, str_of(bullets[i])))
			return str_trim(str_from(s, str_of(bullets[i]).n));
	return s;
}

static struct str
without_tail(struct str s)
{
	s = str_trim(s);
	while (s.n && (s.p[s.n - 1] == ';' || s.p[s.n - 1] == ',' ||
			  s.p[s.n - 1] == '.')) {
		s.n--;
		s = str_trim(s);
	}
	return s;
}

static bool
is_kind_word(struct arena *mem, struct str cell, enum official_kind *ret)
{
	struct str folded = text_fold(mem, cell);

	for (int k = 0; k < OFFICIAL_KIND_COUNT; k++)
		if (str_eq(folded, str_of(official_kind_codes[k])) ||
		    str_eq(folded,
			text_fold(mem, str_of(official_kind_titles[k])))) {
			*ret = (enum official_kind)k;
			return true;
		}
	return false;
}

/* "… – школа с признаками …": a dash belongs to a name that is known so. */
static void
split_at_dash(struct paste *p, struct official_row *row)
{
	static const char *const dashes[] = {" – ", " — ", " - "};
	struct match whole = matcher_find(p->matcher, p->sc->mem, &row->school);

	if (whole.kind > MATCH_SUPPOSED || row->basis.n)
		return;
	for (size_t i = 0; i < COUNT_OF(dashes); i++) {
		struct str name = row->school.name;
		ptrdiff_t at = str_find(name, str_of(dashes[i]));
		if (at <= 0)
			continue;
		row->basis = without_tail(
		    str_from(name, (size_t)at + str_of(dashes[i]).n));
		row->school.name = str_trim(str_cut(name, 0, (size_t)at));
		return;
	}
}

/* The gathered entry: cells of a table row, or a name with its ground. */
static void
give(struct paste *p)
{
	struct arena *mem = p->sc->mem;
	struct official_row row = {.kind = S(""),
	    .order_date = DATE_NONE,
	    .at = {.row = p->row, .last_row = p->row}};
	struct str rest = arena_str(mem, buf_str(&p->line)), cell;
	enum official_kind kind;

	buf_clear(&p->line);
	if (!p->row)
		return;
	p->row = 0;
	while (str_split(&rest, '\t', &cell)) {
		cell = without_tail(cell);
		if (!cell.n)
			continue;
		if (is_kind_word(mem, cell, &kind))
			row.kind = str_of(official_kind_codes[kind]);
		else if (!row.school.name.n)
			row.school.name = cell;
		else if (!row.basis.n)
			row.basis = cell;
	}
	if (!row.school.name.n)
		return;
	split_at_dash(p, &row);
	p->sink->official(p->sink->ctx, &row);
}

static void
take_line(struct paste *p, struct str line, uint32_t number, bool *after_gap)
{
	struct str text = str_trim(line);
	bool begins;

	if (!text.n) {
		give(p);
		*after_gap = true;
		return;
	}
	begins = p->is_numbered ? take_number(&text) : true;
	if (begins) {
		give(p);
		p->row = number;
		buf_put(&p->line, without_bullet(text));
	} else if (p->row && !*after_gap) {
		buf_char(&p->line, ' ');
		buf_put(&p->line, text);
	} else {
		diag_note(p->sc->diag, (struct place){.row = number},
		    N_("Строка без номера пропущена: это не школа списка."));
	}
	*after_gap = false;
}

static bool
has_numbers(struct str text)
{
	struct str line;

	while (str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (take_number(&line))
			return true;
	}
	return false;
}

enum rc
official_paste(struct scope *sc, struct str text,
    const struct official_details *act, const struct row_sink *sink)
{
	struct paste p = {.sc = sc,
	    .act = act,
	    .sink = sink,
	    .is_numbered = has_numbers(text),
	    .line = buf_open(sc->mem, 16 * 1024)};
	bool after_gap = false;
	uint32_t number = 0;
	struct str line;
	enum rc rc = matcher_open(sc, &p.matcher);

	if (rc != RC_OK)
		return rc;
	sink->head(sink->ctx, &(struct file_head){.kind = FILE_OFFICIAL_LIST,
				  .profile = S("вставленный текст"),
				  .declared_participants = -1});
	while (str_split(&text, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		take_line(&p, line, ++number, &after_gap);
	}
	give(&p);
	return RC_OK;
}

/* What a load of a pasted list is opened with; its hash is of all that was said. */
static enum rc
paste_options(struct scope *sc, const struct vocabulary *words, struct str text,
    const struct official_details *act, struct intake_options *ret)
{
	char day[DATE_TEXT];
	struct str whole = arena_fmt(sc->mem, "%.*s %s\n%.*s",
	    STR_ARG(act->number), date_iso(act->on, day), STR_ARG(text));
	enum rc rc = may(&sc->actor, PERM_LOADS_MAKE);

	if (rc == RC_OK)
		rc = official_check(sc, act);
	if (rc == RC_OK && text.n > PASTE_MOST)
		rc = RC_LIMIT;
	if (rc == RC_OK && !str_trim(text).n) {
		refuse(sc, "text", N_("Вставьте список школ из приказа."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		*ret = (struct intake_options){.year = act->year,
		    .file_name = S("вставленный текст"),
		    .file_hash = hash_hex(sc->mem, whole),
		    .file_size = (int64_t)text.n,
		    .words = words,
		    .act = act};
	return rc;
}

enum rc
official_stage_text(struct scope *sc, const struct vocabulary *words,
    struct str text, const struct official_details *act, load_id *ret_draft)
{
	struct intake_options options;
	struct staging *st;
	load_id draft;
	enum rc rc = paste_options(sc, words, text, act, &options);

	if (rc == RC_OK)
		rc = staging_open(sc, &options, &st);
	if (rc != RC_OK)
		return rc;

	struct row_sink sink = staging_sink(st);
	rc = official_paste(sc, text, act, &sink);
	rc = staging_close(st, rc, &draft);
	if (rc == RC_OK)
		rc = staging_say_order(sc, draft, act);
	if (rc == RC_OK)
		*ret_draft = draft;
	return rc;
}

enum rc
official_load_text(struct scope *sc, const struct vocabulary *words,
    struct str text, const struct official_details *act, bool check_only,
    struct intake_report *ret)
{
	struct intake_options options;
	struct intake *in;
	enum rc rc = paste_options(sc, words, text, act, &options);

	if (rc != RC_OK)
		return rc;
	options.check_only = check_only;
	rc = intake_open(sc, &options, &in);
	if (rc != RC_OK)
		return rc;

	struct row_sink sink = intake_sink(in);
	rc = official_paste(sc, text, act, &sink);
	return intake_close(in, rc, ret);
}
