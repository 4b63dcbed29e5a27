/* deadline_json.c - a deadline as one JSON object. */
#include "core/plans/deadline_json.h"

static void
put_windows(struct json *j, const struct deadline *d)
{
	json_key(j, "windows");
	json_begin_array(j);
	for (size_t i = 0; i < d->n_windows; i++) {
		json_begin_object(j);
		json_field_date(j, "from", d->windows[i].from);
		json_field_date(j, "to", d->windows[i].to);
		json_end(j);
	}
	json_end(j);
}

static void
put_every(struct json *j, const struct deadline_every *e)
{
	if (!e->is_set) {
		json_field_null(j, "every");
		return;
	}
	json_key(j, "every");
	json_begin_object(j);
	json_field_str(j, "unit", str_of(deadline_unit_codes[e->unit]));
	json_field_int(j, "interval", e->interval);
	json_field_int(j, "count", e->count);
	json_field_bool(j, "at_least", e->at_least);
	json_end(j);
}

static void
put_labels(struct json *j, const struct deadline *d)
{
	bool any = false;

	for (size_t i = 0; i < d->n_windows; i++)
		any |= d->windows[i].label.n > 0;
	if (!any)
		return;
	json_key(j, "labels");
	json_begin_array(j);
	for (size_t i = 0; i < d->n_windows; i++)
		json_put_str_or_null(j, d->windows[i].label);
	json_end(j);
}

void
deadline_json(
    struct json *j, struct str id, struct str phrase, const struct deadline *d)
{
	struct buf rule = buf_open(j->out->mem, 0);

	json_begin_object(j);
	json_key(j, "id");
	json_put_str_or_null(j, id);
	json_field_str(j, "phrase", phrase);
	json_field_str(j, "kind", str_of(deadline_kind_codes[d->kind]));
	put_windows(j, d);
	put_every(j, &d->every);
	json_key(j, "schedule");
	json_put_str_or_null(j, d->schedule);
	json_field_str(j, "canonical", d->canonical);
	json_key(j, "assumptions");
	json_begin_array(j);
	for (size_t i = 0; i < d->n_assumptions; i++)
		json_put_str(j, d->assumptions[i]);
	json_end(j);
	put_labels(j, d);
	if (deadline_rrule(d, &rule))
		json_field_str(j, "rrule", buf_str(&rule));
	json_end(j);
}
