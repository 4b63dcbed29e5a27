/*
 * status.h - in which groups a school is on a day: ШНОР, zone of risk, ШНСУ
 * with its type.
 *
 * Membership follows the region's orders and nothing else; it is computed
 * from them, so an order loaded late or taken back puts the whole history
 * right.  Orders for one school year add up; how a school leaves is a rule of
 * the group (data/exit-rules.tsv or the municipality's own).
 */
#pragma once

#include "core/methods/official.h"

enum exit_kind { EXIT_NEXT_LIST, EXIT_BY_ACT, EXIT_YEARS, EXIT_KIND_COUNT };

struct exit_rule {
	enum exit_kind kind;
	int64_t years;
	struct str source; /* whose rule it is */
};

/* "next-list", "act", "years" */
extern const char *const exit_kind_codes[EXIT_KIND_COUNT];
bool exit_kind_parse(struct str code, enum exit_kind *ret);

/* A sentence: "Школа выходит из группы, когда …" */
struct str exit_rule_text(struct arena *mem, const struct exit_rule *rule);

NODISCARD enum rc exit_rules_read(
    struct scope *sc, struct exit_rule ret[OFFICIAL_KIND_COUNT]);

/* The municipality's own rule; source names its act. */
NODISCARD enum rc exit_rule_change(
    struct scope *sc, enum official_kind kind, const struct exit_rule *rule);

/* One stay of a school in a group. */
struct membership {
	school_id school;
	enum official_kind kind;
	struct str type;   /* the last order's ground; of ШНСУ the type */
	struct date since; /* of the order that put it on */
	struct date until; /* the last day; DATE_NONE: still there */
	official_id entered;
	struct str entered_by; /* "№ 217 от 09.02.2024" */
	official_id left;      /* 0: not by an order */
	struct str left_by;    /* likewise, or why without one */
};

struct status {
	const struct membership *stays; /* by school, then by time */
	size_t n;
	size_t counts[OFFICIAL_KIND_COUNT]; /* schools in each group now */
	size_t schools;                     /* different schools in any group */
};

/* What was known to be so on a day, of the schools the actor sees. */
NODISCARD enum rc status_on(
    struct scope *sc, struct date on, struct status *ret);

/* The stays of one school out of all. */
size_t status_of(const struct status *status, school_id school,
    const struct membership **ret);
