/* opt.h - a number that a row may lack. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct opt_int {
	bool is_known;
	int64_t v;
};

static inline struct opt_int
opt_int(int64_t v)
{
	return (struct opt_int){true, v};
}
