/* evidence_kinds.c - kinds of proof, and how printed forms of report name them. */
#include "core/plans/evidence_kinds.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core_data.h" /* written by tools/embed.py */

enum { COL_CODE, COL_TITLE, COL_MANY, COL_STEMS, COL_FORMS };

static struct tsv
table(void)
{
	const struct embedded *f =
	    embedded_find(&core_data, S("evidence-kinds.tsv"));

	MUST(f);
	return tsv_open(f->bytes);
}

size_t
evidence_kinds(struct evidence_kind ret[EVIDENCE_KINDS_MOST])
{
	struct tsv t = table();
	size_t n = 0;

	while (n < EVIDENCE_KINDS_MOST && tsv_next(&t))
		ret[n++] = (struct evidence_kind){
		    t.cells[COL_CODE], t.cells[COL_TITLE], t.cells[COL_FORMS]};
	return n;
}

bool
evidence_kind_find(struct str code, struct evidence_kind *ret)
{
	struct tsv t = table();

	while (tsv_next(&t))
		if (str_eq(t.cells[COL_CODE], code)) {
			*ret = (struct evidence_kind){t.cells[COL_CODE],
			    t.cells[COL_TITLE], t.cells[COL_FORMS]};
			return true;
		}
	return false;
}

bool
evidence_kind_takes(const struct evidence_kind *kind, struct str form)
{
	return str_has_word(kind->forms, form);
}

/* ---- the words of a printed form of report ---- */

struct words {
	struct str text[256];
	bool is_taken[256];
	size_t n;
};

static void
cut_words(struct str folded, struct words *ret)
{
	size_t from = 0;
	bool inside = false;

	*ret = (struct words){0};
	for (size_t i = 0; i <= folded.n && ret->n < COUNT_OF(ret->text); i++) {
		unsigned char c = i < folded.n ? (unsigned char)folded.p[i] : 0;
		bool letter = c >= 0x80 || (c >= 'a' && c <= 'z');

		if (letter && !inside)
			from = i;
		if (!letter && inside)
			ret->text[ret->n++] = str_cut(folded, from, i);
		inside = letter;
	}
}

/* How many words from at on the phrase "аналитическ+справк" covers; 0: none. */
static size_t
phrase_at(const struct words *w, size_t at, struct str phrase)
{
	struct str stem;
	size_t n = 0;

	while (str_split(&phrase, '+', &stem)) {
		if (at + n >= w->n || w->is_taken[at + n] ||
		    !str_starts(w->text[at + n], stem))
			return 0;
		n++;
	}
	return n;
}

struct found {
	size_t at;
	struct str code;
};

struct finding {
	struct words words;
	struct found found[EVIDENCE_KINDS_MOST];
	size_t n;
};

static void
note_found(struct finding *f, size_t at, size_t length, struct str code)
{
	for (size_t i = 0; i < length; i++)
		f->words.is_taken[at + i] = true;
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->found[i].code, code))
			return;
	if (f->n == COUNT_OF(f->found))
		return;
	size_t i = f->n++;
	for (; i > 0 && f->found[i - 1].at > at; i--)
		f->found[i] = f->found[i - 1];
	f->found[i] = (struct found){at, code};
}

/* Phrases first: in «аналитическая справка» no second word is left over. */
static void
find_stems(struct finding *f, struct str stems, struct str code, bool phrases)
{
	struct str stem;

	while (str_split(&stems, ' ', &stem)) {
		if ((str_find_char(stem, '+') >= 0) != phrases)
			continue;
		for (size_t at = 0; at < f->words.n; at++) {
			size_t n = phrase_at(&f->words, at, stem);
			if (n)
				note_found(f, at, n, code);
		}
	}
}

struct str
evidence_kinds_in(struct arena *mem, struct str printed)
{
	struct finding f = {0};
	struct buf out = buf_open(mem, 0);

	cut_words(text_fold(mem, printed), &f.words);
	for (int phrases = 1; phrases >= 0; phrases--) {
		struct tsv t = table();
		while (tsv_next(&t))
			find_stems(&f, t.cells[COL_STEMS], t.cells[COL_CODE],
			    phrases == 1);
	}
	for (size_t i = 0; i < f.n; i++)
		buf_fmt(&out, "%s%.*s", i ? " " : "", STR_ARG(f.found[i].code));
	return buf_str(&out);
}

struct str
evidence_titles(struct arena *mem, struct str codes)
{
	struct buf out = buf_open(mem, 0);
	struct str code;

	while (str_split(&codes, ' ', &code)) {
		struct evidence_kind kind = {.title = code};

		if (!code.n)
			continue;
		(void)evidence_kind_find(code, &kind);
		buf_fmt(&out, "%s%.*s", out.n ? ", " : "", STR_ARG(kind.title));
	}
	return buf_str(&out);
}
