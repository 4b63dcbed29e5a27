/* sample_document.h - documents of the invented municipality, for tests. */
#pragma once

#include "fmt/doc.h"

/* An order with everything a document can hold; the plan has rows measures. */
struct doc *sample_order(struct arena *mem, int rows);

/* Only the road map, lying: the document of the benchmark. */
struct doc *sample_road_map(struct arena *mem, int rows);

/* Rows taller than a page, words wider than a line, bytes that are no text. */
struct doc *sample_awkward(struct arena *mem);

/* Nothing at all. */
struct doc *sample_empty(struct arena *mem);
