/* message.h - what a page that only says something shows. */
#pragma once

#include "web/shell.h"

struct view_message {
	struct shell shell;
	struct str sentence;
	const struct complaint *complaints;
	size_t n_complaints;
};
