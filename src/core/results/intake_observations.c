/* intake_observations.c - values of the risk table and marks of bias. */
#include "core/results/intake_own.h"
#include "store/q_results.h"

static const struct vocabulary_element *
element_of(struct intake *in, const struct observation_row *row)
{
	const struct vocabulary *words = in->options.words;

	for (size_t i = 0; i < words->n_elements; i++)
		if (str_eq(row->element, words->elements[i].code))
			return &words->elements[i];

	struct complaint *c = diag_error(in->sc->diag,
	    intake_place(in, &row->at), N_("Такого показателя в таблице нет."));
	c->value = arena_str(in->sc->mem, row->element);
	c->expected = S("код показателя, например teachers-overloaded");
	return NULL;
}

/*
 * The value as it is kept: yes/no is 1 or 0, a percentage becomes a share of
 * one.  False with a complaint when it is outside its kind.
 */
static bool
value_of(struct intake *in, const struct observation_row *row,
    const struct vocabulary_element *e, struct ratio *ret)
{
	struct ratio v = row->value;
	struct ratio hundred = ratio_int(100);
	bool good = true;

	if (e->kind == VALUE_YES_NO)
		good = ratio_cmp(v, ratio_int(0)) == 0 ||
		       ratio_cmp(v, ratio_int(1)) == 0;
	else if (e->kind == VALUE_SHARE)
		good = v.num >= 0 && ratio_cmp(v, hundred) <= 0 &&
		       ratio_div(v, hundred, &v);
	else
		good = v.num >= 0 && ratio_is_int(v);
	if (good) {
		*ret = v;
		return true;
	}

	struct complaint *c = diag_error(in->sc->diag,
	    intake_place(in, &row->at), N_("Значение не подходит показателю."));
	c->value = arena_str(in->sc->mem, row->as_written);
	c->expected =
	    e->kind == VALUE_YES_NO ? S("да, нет или пусто") :
	    e->kind == VALUE_SHARE ? S("процент от 0 до 100 или пусто") :
				     S("целое число или пусто");
	return false;
}

static bool
same_value(const struct q_observation *now, bool is_known, struct ratio v)
{
	if (!is_known || !now->num.is_known)
		return is_known == now->num.is_known;
	return ratio_cmp((struct ratio){now->num.v, now->den.v}, v) == 0;
}

static enum rc
add_revision(struct intake *in, const struct observation_row *row,
    school_id school, struct ratio v)
{
	struct q_observation_last_revision last;
	municipality_id place = in->sc->actor.municipality;
	enum rc rc = q_observation_last_revision(in->sc->db, in->scratch, place,
	    row->period, school, row->element, &last);

	if (rc != RC_OK)
		return rc;
	const struct q_observation_add_in add = {.municipality = place,
	    .year = row->period,
	    .school = school,
	    .element = row->element,
	    .revision = last.revision + 1,
	    .num = {row->is_known, v.num},
	    .den = {row->is_known, v.den},
	    .as_written = row->as_written,
	    .dated = row->dated,
	    .source_note = row->source_note,
	    .load = in->load,
	    .school_ref = school_ref_text(in->scratch, &row->school),
	    .sheet = row->at.sheet,
	    .row_number = row->at.row,
	    .column_name = row->at.column};
	return q_observation_add(in->sc->db, &add);
}

static struct str
written(struct str s)
{
	return s.n ? s : S("нет данных");
}

/* False: the row is refused. */
static bool
apply(struct intake *in, const struct observation_row *row,
    const struct match *school, const struct vocabulary_element *e,
    struct ratio v)
{
	struct q_observation now = {0};
	enum rc rc = q_observation_current(in->sc->db, in->scratch,
	    in->sc->actor.municipality, row->period, school->school,
	    row->element, &now);
	bool first = rc == RC_NOT_FOUND;

	if (!first && !intake_ok(in, rc))
		return true;
	if (!first && now.load.v == in->load.v) {
		diag_error(in->sc->diag, intake_place(in, &row->at),
		    N_("Показатель этой школы стоит в файле дважды, первый раз "
		       "в строке %lld."),
		    (long long)now.row_number);
		return false;
	}
	if (!first && same_value(&now, row->is_known, v)) {
		in->same++;
		return true;
	}
	const struct q_observation_retire_in retire = {
	    .municipality = in->sc->actor.municipality,
	    .year = row->period,
	    .school = school->school,
	    .element = row->element,
	    .revision = now.revision};
	if (!first && !intake_ok(in, q_observation_retire(in->sc->db, &retire)))
		return true;
	if (intake_ok(in, add_revision(in, row, school->school, v)))
		intake_note(in, first ? CHANGE_ADDED : CHANGE_CHANGED, school,
		    row->period, e->title,
		    first ? S("") : written(now.as_written),
		    written(row->as_written));
	return true;
}

void
intake_take_observation(void *ctx, const struct observation_row *given)
{
	struct intake *in = ctx;
	struct observation_row row = *given;
	struct ratio v = {0, 1};
	struct match school;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;
	row.period = intake_year(in, row.period, &row.at);

	const struct vocabulary_element *e = element_of(in, &row);
	bool good = e != NULL;
	if (!row.period.first) {
		intake_say_no_year(in, &row.at);
		good = false;
	}
	if (e && row.is_known)
		good = value_of(in, &row, e, &v) && good;
	good = intake_school(in, &row.school, &row.at, &school) && good;
	if (!good || !apply(in, &row, &school, e, v))
		intake_refuse(in, &row.at);
	arena_reset(in->scratch);
}

void
intake_take_bias(void *ctx, const struct bias_row *row)
{
	struct intake *in = ctx;
	struct match school;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;
	if (!intake_school(in, &row->school, &row->at, &school)) {
		intake_refuse(in, &row->at);
		return;
	}
	const struct q_bias_set_in set = {
	    .municipality = in->sc->actor.municipality,
	    .year = intake_year(in, row->year, &row->at),
	    .school = school.school,
	    .marker = row->marker,
	    .is_set = row->is_set,
	    .load = in->load};
	if (intake_ok(in, q_bias_set(in->sc->db, &set)))
		in->added++;
	arena_reset(in->scratch);
}
