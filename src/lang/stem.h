/*
 * stem.h - is a word there, in whichever of its forms?  «мероприятий» and
 * «мероприятие» have one stem.
 *
 * The stems are those of Snowball's Russian algorithm (libstemmer, loaded when
 * a search is first made: see base/late.h).  Without the library every word is
 * its own stem, so a search still finds what is written letter for letter.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct stemmer {
	struct arena *mem;
	struct sb_stemmer *russian; /* NULL: no library */
};

struct stemmer stemmer_open(struct arena *mem);
void stemmer_close(struct stemmer *s);
#define autostemmer CLEANUP(stemmer_close) struct stemmer

/*
 * " мероприят школ 3 " of "Мероприятия школы № 3": folded as text_fold(), one
 * space before, between and after the stems; empty of a text without words.
 */
struct str stemmer_text(struct stemmer *s, struct str text);

/*
 * Does the text, made by stemmer_text(), have every word of the question, made
 * likewise?  A word of the question may be the beginning of one of the text,
 * so a question half typed finds already.
 */
bool stems_have(struct str text, struct str asked);
