/* filter.c - which rows does the reader want to see, and how many are there? */
#include "web/filter.h"

struct filter
filter_open(const struct visit *v, const char *name,
    const struct filter_choice *choices, size_t n)
{
	struct filter f = {.n = n};
	struct str said = visit_query(v, str_of(name));

	MUST(n <= FILTER_CHIPS);
	for (size_t i = 0; i < n; i++) {
		struct str code = str_of(choices[i].code);

		if (i > 0 && str_eq(said, code))
			f.chosen = i;
		f.chips[i] = (struct chip){
		    .title = choices[i].title, .to = visit_link(v, name, code)};
	}
	f.chips[f.chosen].is_chosen = true;
	f.label = choices[f.chosen].title;
	return f;
}

void
filter_count(struct filter *f, uint32_t belongs)
{
	for (size_t i = 0; i < f->n; i++) {
		if (i == 0 || (belongs >> i & 1))
			f->chips[i].count++;
	}
}

bool
filter_lets(const struct filter *f, uint32_t belongs)
{
	return f->chosen == 0 || (belongs >> f->chosen & 1);
}
