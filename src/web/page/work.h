/* work.h - what «Моя работа» and the page of notices show. */
#pragma once

#include "core/access/notices.h"
#include "core/overview/work.h"
#include "web/shell.h"

struct work_line {
	const struct work_item *item;
	const char *kind, *icon; /* of its state */
	struct link to;
	const char *button;
};

struct work_part {
	enum work_when when;
	const struct work_line *lines;
	size_t n;
};

struct work_parts {
	struct work_part p[WORK_WHEN_COUNT];
	size_t n;
};

struct view_work {
	struct shell shell;
	struct work work;
	struct work_parts parts;
	bool sees_many; /* has an overview to go to */
	const struct q_school *schools;
	size_t n_schools; /* one's own */
	int32_t zone;
};

/* Lines with their addresses, grouped by when. */
struct work_parts work_parts_of(struct arena *mem, const struct work *work);

struct notice_line {
	struct q_notice n;
	struct link to;
};

struct notice_choice {
	enum notice_kind kind;
	const char *title, *code;
	bool is_on;
};

struct view_notices {
	struct shell shell;
	const struct notice_line *lines;
	size_t n;
	int64_t newest; /* number of the first, for «прочитано всё» */
	int64_t unread;
	struct link older;
	struct notice_choice kinds[NOTICE_KIND_COUNT];
	size_t n_kinds;
	int32_t zone;
};
