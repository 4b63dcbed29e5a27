/*
 * edge.h - the schools one result away: who may come on the next list by a
 * single result of the coming year, and who may leave it by one.
 *
 * A forecast for those who help, never a decision and never public.
 */
#pragma once

#include "core/methods/run.h"

struct edge_line {
	const struct run_line *line;
	struct method_edge edge;
	struct str enter; /* "ОГЭ, математика – не справятся 6 из 20; …" */
	struct str leave;
};

struct edge_list {
	const struct edge_line *lines; /* in the order of the run */
	size_t n;
	size_t may_enter, may_leave;
};

NODISCARD enum rc edge_list_make(
    struct scope *sc, const struct run *run, struct edge_list *ret);
