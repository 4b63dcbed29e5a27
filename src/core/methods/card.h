/*
 * card.h - the decision card of one school: the verdict in a sentence, the
 * tree of rules with its numbers, the margin in pupils, what is missing, the
 * edge, and where each number came from down to the cell.
 *
 * It is read on paper by a director who never saw the program (ux.md 5).
 */
#pragma once

#include "base/buf.h"
#include "core/methods/run.h"
#include "fmt/doc.h"
#include "store/q_results.h"

/* A number behind the decision and the cell it was read from. */
struct card_source {
	size_t procedure; /* in the vocabulary */
	struct q_result result;
	struct str file_name;
	struct moment loaded_at;
	int64_t revisions; /* how many there are of this number */
};

struct card {
	const struct run *run;
	const struct run_line *line; /* whole */
	const struct step *tree;
	struct method_edge edge;
	bool has_edge;
	struct str margin_sentence;
	struct str edge_sentence;
	struct str missing_sentence; /* empty when nothing is missing */
	struct str small_sentence;   /* empty when no decisive group is small */
	const struct card_source *sources;
	size_t n_sources;
	run_id saved; /* 0: not saved */
	struct moment saved_at;
};

/* school: of run.  RC_NOT_FOUND when the run does not have it. */
NODISCARD enum rc card_make(struct scope *sc, const struct run *run,
    school_id school, struct card *ret);

void card_json(const struct card *card, struct buf *out);
void card_text(struct arena *mem, const struct card *card, struct buf *out);

/* One page of A4. */
struct doc *card_doc(
    struct scope *sc, const struct card *card, struct str organisation);
