/* demo.c - the demonstration municipality, part by part. */
#include "core/demo/demo.h"

#include "base/embedded.h"
#include "core/registry/catalogue.h"
#include "core_data.h" /* written by tools/embed.py */
#include "store/q_access.h"
#include "store/q_registry.h"

struct str
demo_table(const char *name)
{
	const struct embedded *f = embedded_find(&core_data, str_of(name));

	MUST(f);
	return f->bytes;
}

struct date
demo_day(const struct demo *d, int back, int month, int day)
{
	int32_t year = d->year.first - back + (month < 9);
	struct date at;

	MUST(date_of(year, month, day, &at));
	return at;
}

void
demo_at(struct demo *d, struct date day)
{
	enum { TEN_PAST_ELEVEN_UTC = 11 * 3600 + 600 };

	d->sc->now.second = (int64_t)day.day * 86400 + TEN_PAST_ELEVEN_UTC;
}

enum rc
demo_as(struct demo *d, const char *login, struct date day)
{
	struct actor *a = &d->sc->actor;
	struct q_person *people;
	size_t n;
	enum rc rc =
	    q_person_list(d->sc->db, d->sc->mem, a->municipality, &people, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(people[i].login, str_of(login)))
			continue;
		a->person = people[i].id;
		a->name = people[i].name;
		a->today = day;
		demo_at(d, day);
		return RC_OK;
	}
	return RC_NOT_FOUND;
}

enum rc
demo_school(struct demo *d, struct str code, school_id *ret)
{
	struct q_school school;
	enum rc rc = q_school_by_code(d->sc->db, d->sc->mem, &d->sc->actor,
	    d->sc->actor.municipality, code, &school);

	if (rc == RC_OK)
		*ret = school.id;
	return rc;
}

static enum rc
add_municipality(struct demo *d)
{
	const struct q_municipality_add_in add = {.code = S("sredneozersk"),
	    .name = S("Среднеозерский муниципальный округ"),
	    .name_short = S("Среднеозерский округ"),
	    .name_of = S("Среднеозерского муниципального округа"),
	    .body = S("Управление образования Среднеозерского муниципального "
		      "округа"),
	    .region = S("Озёрный край"),
	    .zone_minutes = 180,
	    .is_invented = true};
	struct q_municipality there;
	struct scope *sc = d->sc;
	enum rc rc = q_municipality_first(sc->db, sc->mem, &there);

	if (rc == RC_OK) {
		diag_error(sc->diag, (struct place){0},
		    N_("В этой базе уже есть муниципалитет «%.*s»: "
		       "демонстрация заполняет только пустую."),
		    STR_ARG(there.name));
		return RC_CONFLICT;
	}
	if (rc == RC_NOT_FOUND)
		rc = q_municipality_add(sc->db, &add);
	if (rc == RC_OK)
		rc = q_municipality_first(sc->db, sc->mem, &there);
	if (rc == RC_OK)
		sc->actor.municipality = there.id;
	return rc;
}

enum rc
demo_fill(struct scope *sc, struct demo *ret)
{
	static enum rc (*const parts[])(struct demo *) = {demo_schools,
	    demo_people, demo_results, demo_lists, demo_room, demo_plans};
	struct demo d = {.sc = sc, .year = syear_of(sc->actor.today)};
	struct moment now = sc->now;
	enum rc rc = add_municipality(&d);

	if (rc == RC_OK)
		rc = db_hurry(sc->db);
	if (rc == RC_OK)
		rc = catalogue_read(sc, &d.words);
	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(parts); i++)
		rc = parts[i](&d);
	sc->now = now;
	if (rc == RC_OK)
		rc = db_settle(sc->db);
	if (rc == RC_OK)
		*ret = d;
	return rc;
}
