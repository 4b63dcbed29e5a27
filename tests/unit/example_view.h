/* example_view.h - what the templates of test_html.c print. */
#pragma once

#include "base/date.h"
#include "base/ratio.h"
#include "base/vec.h"
#include "web/link.h"

struct example {
	struct str name;
	struct str none;
	int n;
	bool flag;
	struct link to;
	struct date day;
	struct ratio share;
	VEC(struct str) items;
};
