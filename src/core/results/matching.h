/*
 * matching.h - which school of the registry a file means.
 *
 * In order: login, code, ИНН, name; then names that are merely alike, which
 * are only supposed and wait for a person's word (BASIS: domain 3.1).  A
 * confirmed spelling is remembered as an alias and matches for ever after.
 */
#pragma once

#include "convert/rows.h"
#include "core/scope.h"
#include "store/q_registry.h"

enum match_kind {
	MATCH_NONE,
	MATCH_SUPPOSED, /* alike; nothing is loaded by it */
	MATCH_NAME,
	MATCH_INN,
	MATCH_CODE,
	MATCH_LOGIN,
};

struct match {
	enum match_kind kind;
	school_id school;
	struct str name; /* of the registry */
	struct str code;
};

/* What a school is found by, besides its logins. */
struct match_school {
	school_id id;
	struct str code, name;
};

struct matcher;

/* Reads the registry once; lives as long as the scope's arena. */
NODISCARD enum rc matcher_open(struct scope *sc, struct matcher **ret);

/*
 * Over a list that is in no database; logins of each, separated by spaces.
 * The list must live as long as the matcher.
 */
struct matcher *matcher_over(struct arena *mem,
    const struct match_school *schools, size_t n, const struct str *logins);

/* mem: for this call's keys only; may be reset afterwards. */
struct match matcher_find(
    struct matcher *m, struct arena *mem, const struct school_ref *ref);

/* What the file called the school, for people: the first part that is there. */
struct str school_ref_text(struct arena *mem, const struct school_ref *ref);

/* Remember a person's answer: this spelling is that school. */
NODISCARD enum rc match_confirm(
    struct scope *sc, const struct school_ref *ref, school_id school);
