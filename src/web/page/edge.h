/* edge.h - what the page of the schools one result away shows. */
#pragma once

#include "core/methods/edge.h"
#include "web/page/run_tabs.h"
#include "web/table.h"

struct view_edge {
	struct shell shell;
	struct list_files files;
	struct q_run run;
	struct run_tabs tabs;
	struct edge_list list;
	struct syear next; /* whose list it is about */
};
