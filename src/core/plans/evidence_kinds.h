/*
 * evidence_kinds.h - what can prove that a measure was carried out:
 * data/evidence-kinds.tsv, and which of it a printed «Форма отчётного
 * документа» asks for.
 *
 * BASIS: domain 6.1 (Georgievsk's column), features C7.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum { EVIDENCE_KINDS_MOST = 32 };

struct evidence_kind {
	struct str code;
	struct str title; /* "аналитическая справка", nominative */
	struct str forms; /* "file register" */
};

/* Every kind, in the order of the table; returns how many. */
size_t evidence_kinds(struct evidence_kind ret[EVIDENCE_KINDS_MOST]);

bool evidence_kind_find(struct str code, struct evidence_kind *ret);

/* May this kind be brought in this form: "file", "link", "register"? */
bool evidence_kind_takes(const struct evidence_kind *kind, struct str form);

/*
 * Codes of the kinds a printed form of report names, in the order they are
 * named, with spaces between: "приказ, протокол" is "order protocol".
 */
struct str evidence_kinds_in(struct arena *mem, struct str printed);

/* "приказ, протокол" of "order protocol"; unknown codes stand as they are. */
struct str evidence_titles(struct arena *mem, struct str codes);
