/*
 * official.h - the region's order with its list of schools.
 *
 * An order comes as a file (FILE_OFFICIAL_LIST) or as pasted text; both are a
 * load, so both are journalled, recognised when they come twice, and undone
 * like any other.  Schools are matched with the registry; one that is not
 * found is refused with the row it stands in.
 */
#pragma once

#include "core/results/intake.h"
#include "store/q_room_official.h"

/* Which lists an order may hold: "shnor", "risk", "shnsu". */
enum official_kind {
	OFFICIAL_SHNOR,
	OFFICIAL_RISK,
	OFFICIAL_SHNSU,
	OFFICIAL_KIND_COUNT
};

extern const char *const official_kind_codes[OFFICIAL_KIND_COUNT];
extern const char *const official_kind_titles[OFFICIAL_KIND_COUNT]; /* ШНОР */
bool official_kind_parse(struct str code, enum official_kind *ret);

/* The title for people of a code; the code itself when it is unknown. */
struct str official_kind_title(struct str code);

/*
 * Complaints about the details themselves, by column (number, on, issuer,
 * year); RC_INVALID then.
 */
NODISCARD enum rc official_check(
    struct scope *sc, const struct official_details *act);

/*
 * Lines of a pasted list as rows: "1. МБОУ СОШ № 5", "2) …; ", "– …", or the
 * cells of a table divided by tabs.  In a numbered list a line without a
 * number continues the one before it; what stands before the first number,
 * and after an empty line, is no school.  A spaced dash may divide the name
 * from the ground: "… – школа с признаками социального учреждения".
 */
NODISCARD enum rc official_paste(struct scope *sc, struct str text,
    const struct official_details *act, const struct row_sink *sink);

/* The whole load of a pasted list: open, paste, close. */
NODISCARD enum rc official_load_text(struct scope *sc,
    const struct vocabulary *words, struct str text,
    const struct official_details *act, bool check_only,
    struct intake_report *ret);

/* The pasted list as a draft of a load, to be looked at first (staging.h). */
NODISCARD enum rc official_stage_text(struct scope *sc,
    const struct vocabulary *words, struct str text,
    const struct official_details *act, load_id *ret_draft);

/* "приказ № 217 от 09.02.2024, министерство образования" */
struct str official_text(struct arena *mem, const struct q_official *act);
