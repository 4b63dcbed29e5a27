/*
 * rc.h - one closed vocabulary of outcomes.
 *
 * Functions that can fail return enum rc and write their ret_… arguments only
 * on RC_OK.  One table (rc.def) ties an outcome to the exit status of a
 * command and to the HTTP status of a page, so both always agree.
 */
#pragma once

#include "base/def.h"

enum rc {
#define RC(name, exit_status, http_status, sentence) RC_##name,
#include "base/rc.def"
#undef RC
	RC_COUNT
};

const char *rc_name(enum rc rc);
int rc_exit_status(enum rc rc);
int rc_http_status(enum rc rc);
const char *rc_sentence(enum rc rc);
