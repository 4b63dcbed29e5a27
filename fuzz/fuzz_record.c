/* fuzz_record.c - can a child that lies harm the parent that listens? */
#include "base/utf8.h"
#include "convert/record.h"
#include "input.h"

/* What is given out and written again must read back the same. */
static void
take(void *ctx, struct str record, bool is_refused)
{
	struct arena *mem = ctx;
	struct row_sink nobody = {0};

	(void)is_refused;
	input_touch(record);
	MUST(record_give(mem, record, &nobody));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	autoarena mem = arena_open(0);
	autoarena scratch = arena_open(0);
	struct str rest = {(const char *)data, n}, line;
	struct record_out out;

	if (!utf8_valid(rest) || str_find_char(rest, 0) >= 0)
		return 0; /* refused before */
	record_out_open(&out, scratch, mem, take);
	while (rest.n && str_split(&rest, '\n', &line))
		(void)record_give(mem, line, &out.sink);
	return 0;
}
