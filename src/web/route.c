/* route.c - which row of the table is this address? */
#include "web/route.h"

#include <stddef.h>

static const struct {
	const char *name;
	bool is_text;
	size_t offset;
} places[] = {
    {"{school}", false, offsetof(struct path_args, school)},
    {"{person}", false, offsetof(struct path_args, person)},
    {"{load}", false, offsetof(struct path_args, load)},
    {"{run}", false, offsetof(struct path_args, run)},
    {"{official}", false, offsetof(struct path_args, official)},
    {"{objection}", false, offsetof(struct path_args, objection)},
    {"{plan}", false, offsetof(struct path_args, plan)},
    {"{measure}", false, offsetof(struct path_args, measure)},
    {"{task}", false, offsetof(struct path_args, task)},
    {"{evidence}", false, offsetof(struct path_args, evidence)},
    {"{number}", false, offsetof(struct path_args, number)},
    {"{word}", true, offsetof(struct path_args, word)},
};

static const struct {
	struct str ending;
	enum list_format format;
} formats[] = {
    {S_INIT(".csv"), AS_CSV},
    {S_INIT(".xlsx"), AS_XLSX},
    {S_INIT(".json"), AS_JSON},
};

/* Fill the place from a segment; false when it does not fit there. */
static bool
fill(struct arena *mem, struct str place, struct str segment,
    struct path_args *at)
{
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		char *slot = (char *)at + places[i].offset;
		int64_t n;

		if (!str_eq(place, str_of(places[i].name)))
			continue;
		if (places[i].is_text)
			return segment.n > 0 && url_decode(mem, segment,
						    (struct str *)(void *)slot);
		if (segment.n > 18 || !str_to_int(segment, &n) || n <= 0)
			return false;
		*(int64_t *)(void *)slot = n;
		return true;
	}
	UNREACHABLE();
}

static bool
fits(struct arena *mem, const char *pattern, struct str path,
    struct path_args *at)
{
	struct str want = str_of(pattern), left, right;
	bool more_left, more_right;

	for (;;) {
		more_left = str_split(&want, '/', &left);
		more_right = str_split(&path, '/', &right);
		if (!more_left || !more_right)
			return more_left == more_right;
		if (left.n > 0 && left.p[0] == '{') {
			if (!fill(mem, left, right, at))
				return false;
		} else if (!str_eq(left, right)) {
			return false;
		}
	}
}

static bool
try_route(struct arena *mem, const struct route *r, enum http_method method,
    struct str path, enum list_format format, struct route_match *m)
{
	struct path_args at = {0};

	if (!fits(mem, r->path, path, &at))
		return false;
	if (r->method != method) {
		m->is_other_method = true;
		return false;
	}
	*m = (struct route_match){r, at, format, false};
	return true;
}

struct route_match
route_find(struct arena *mem, enum http_method method, struct str path)
{
	struct route_match m = {0};

	for (size_t i = 0; i < n_routes; i++) {
		if (try_route(mem, &routes[i], method, path, AS_PAGE, &m))
			return m;
	}
	for (size_t f = 0; f < COUNT_OF(formats); f++) {
		struct str bare;

		if (!str_ends(path, formats[f].ending))
			continue;
		bare = str_cut(path, 0, path.n - formats[f].ending.n);
		for (size_t i = 0; i < n_routes; i++) {
			if ((routes[i].flags & ROUTE_LIST) &&
			    try_route(mem, &routes[i], method, bare,
				formats[f].format, &m))
				return m;
		}
	}
	return m;
}
