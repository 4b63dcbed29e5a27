/* embedded.c - which of the files inside the program has this name? */
#include "base/embedded.h"

const struct embedded *
embedded_find(const struct embedded_set *set, struct str name)
{
	size_t from = 0, to = set->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_cmp(set->files[middle].name, name);

		if (order == 0)
			return &set->files[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}
