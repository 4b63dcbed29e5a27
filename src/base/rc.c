/* rc.c - the table of outcomes, read by name, exit status and HTTP status. */
#include "base/rc.h"

static const struct {
	const char *name;
	int exit_status;
	int http_status;
	const char *sentence;
} outcomes[RC_COUNT] = {
#define RC(name, exit_status, http_status, sentence)                           \
	[RC_##name] = {#name, exit_status, http_status, sentence},
#include "base/rc.def"
#undef RC
};

const char *
rc_name(enum rc rc)
{
	return outcomes[rc].name;
}

int
rc_exit_status(enum rc rc)
{
	return outcomes[rc].exit_status;
}

int
rc_http_status(enum rc rc)
{
	return outcomes[rc].http_status;
}

const char *
rc_sentence(enum rc rc)
{
	return outcomes[rc].sentence;
}
