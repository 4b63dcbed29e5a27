/* letters.h - what the page «Письма и календарь» shows. */
#pragma once

#include "store/q_reminders.h"
#include "web/shell.h"

/* What an address of a calendar may be for: "school 7". */
struct feed_choice {
	struct str code;
	struct str title;
};

struct feed_row {
	struct str code;
	struct str title;
	struct moment made_at, used_at;
};

struct view_letters {
	struct shell shell;
	struct form form, feed;
	bool has_server; /* of mail; without it nothing is written */
	const struct q_letter *letters; /* one's own, the newest first */
	size_t n_letters;
	const struct feed_row *feeds;
	size_t n_feeds;
	const struct feed_choice *choices;
	size_t n_choices;
	struct str new_address; /* shown once */
	int32_t zone;
};
