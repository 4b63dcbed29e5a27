/* demo_people.c - the people of the demonstration, at least one a role. */
#include <string.h>

#include "core/access/people.h"
#include "core/demo/demo.h"

/* Passwords of a demonstration are public, and `./run` prints them. */
/* clang-format off */
static const struct {
	enum role role;
	const char *login, *name, *post;
	const char *schools; /* codes; empty: the whole municipality */
	bool is_printed;
} people[] = {
	{ROLE_COORDINATOR, "yartseva",   "Ярцева П. А.",     "муниципальный координатор", "", true},
	{ROLE_HEAD,        "glebov",     "Глебов А. Р.",     "начальник управления образования", "", true},
	{ROLE_METHODIST,   "istomina",   "Истомина Л. К.",   "директор методического центра", "", true},
	{ROLE_CURATOR,     "onezhtsev",  "Онежцев Г. П.",    "куратор", "0118 0119 0120", true},
	{ROLE_CURATOR,     "belozorova", "Белозорова М. И.", "куратор", "0101 0107 0124", false},
	{ROLE_CURATOR,     "tikhoretskaya", "Тихорецкая А. С.", "куратор", "0108 0111 0113", false},
	{ROLE_SCHOOL,      "lugozerskaya", "Полозкова Е. В.", "директор Лугозерской СОШ", "0107", true},
	{ROLE_SCHOOL,      "sosh4",      "Четвергова И. П.", "директор СОШ № 4", "0118", false},
	{ROLE_SCHOOL,      "yasnobor",   "Ясноборова З. Л.", "директор Ясноборской СОШ", "0124", false},
	{ROLE_SCHOOL,      "tikhopole",  "Тихополева С. Е.", "директор Тихопольской СОШ", "0120 0121", false},
	{ROLE_SUPPORT,     "gymnasium3", "Заозёрный К. Л.",  "директор гимназии № 3, опорной школы", "0102", true},
	{ROLE_REGION,      "region",     "Кряжева Н. О.",    "наблюдатель министерства образования", "", true},
	{ROLE_ADMIN,       "admin",      "Рубцов В. Е.",     "администратор", "", true},
};

/* clang-format on */

static enum rc
grant(struct demo *d, person_id person, enum role role, const char *schools)
{
	struct grant g = {
	    .role = role, .since = demo_day(d, 5, 9, 1), .until = DATE_NONE};
	struct str rest = str_of(schools), code;
	enum rc rc = RC_OK;

	if (!rest.n)
		return person_grant(d->sc, person, &g);
	while (rc == RC_OK && str_split(&rest, ' ', &code)) {
		rc = demo_school(d, code, &g.school);
		if (rc == RC_OK)
			rc = person_grant(d->sc, person, &g);
	}
	return rc;
}

enum rc
demo_people(struct demo *d)
{
	struct arena *mem = d->sc->mem;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(people); i++) {
		struct str password =
		    arena_fmt(mem, "озёрный-берег-%zu", i + 41);
		person_id person;
		rc = person_add(d->sc, str_of(people[i].login),
		    str_of(people[i].name), str_of(people[i].post), &person);
		if (rc == RC_OK)
			rc = person_set_password(d->sc, person, password);
		if (rc == RC_OK)
			rc =
			    grant(d, person, people[i].role, people[i].schools);
		if (people[i].is_printed &&
		    d->n_accounts < COUNT_OF(d->accounts))
			d->accounts[d->n_accounts++] = (struct demo_account){
			    str_of(role_title(people[i].role)),
			    str_of(people[i].login), password};
	}
	return rc;
}
