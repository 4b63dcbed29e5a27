/* sign_in.h - what the pages at the door show. */
#pragma once

#include "web/shell.h"

struct view_sign_in {
	struct shell shell;
	struct form form;
	struct str problem; /* one sentence, or empty */
	struct str back;
	struct str
	    name; /* of an invited person, or of who has yet to confirm */
	struct str login;
	struct link to; /* where the form goes */
};
