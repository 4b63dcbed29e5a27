/*
 * staging.h - typed rows of an uploaded file kept until a person has said
 * what is uncertain: the steps of the loading wizard between "file" and
 * "load" (ux.md 6).
 *
 * A draft holds what the converter gave (typed rows, no names, no file), with
 * its complaints and refused rows.  It is read again as often as needed: to
 * ask which school is meant, to check, to load.  Giving it up leaves nothing.
 */
#pragma once

#include "core/results/intake.h"
#include "core/results/load_profile.h"

struct staging;

/* RC_CONFLICT with a complaint when this very file stands loaded already. */
NODISCARD enum rc staging_open(struct scope *sc,
    const struct intake_options *options, struct staging **ret);
struct row_sink staging_sink(struct staging *st);

/* By which headings the file is known again; empty: it has none. */
struct str staging_signature(const struct staging *st);

/* The headings of a file nothing was made of, for a person to name. */
const struct str *staging_unread(const struct staging *st, size_t *ret_n);

/* Whether any row was understood; the refused ones are not counted. */
bool staging_has_rows(const struct staging *st);

/*
 * read: how the reading ended.  A file of which nothing could be told
 * (RC_INVALID without a single row) leaves no draft.
 */
NODISCARD enum rc staging_close(
    struct staging *st, enum rc read, load_id *ret_draft);

/*
 * What a person says of an order beside its list; kept with the draft and
 * used by staging_apply().  RC_INVALID by column, RC_CONFLICT when the draft
 * is loaded already.
 */
NODISCARD enum rc staging_say_order(
    struct scope *sc, load_id draft, const struct official_details *act);

/* RC_NOT_FOUND when nothing was said. */
NODISCARD enum rc staging_order(
    struct scope *sc, load_id draft, struct official_details *ret);

/*
 * While the file is still at hand: the rows that a check of the draft refuses
 * are asked back from it, in its own shape, and kept with the draft.  Those
 * that a person's answer makes good later are left out when they are asked for.
 */
NODISCARD enum rc staging_keep_refused(struct scope *sc, load_id draft,
    const struct intake_options *options, int fd,
    const struct recogniser_options *how);

/* What a person says of a draft after seeing it; a profile's answers go. */
NODISCARD enum rc staging_say(
    struct scope *sc, load_id draft, struct syear year, struct str procedure);

/*
 * The answers of an earlier file of these headings (load_profile.h) where this
 * draft has none; RC_CONFLICT when it is loaded already.
 */
NODISCARD enum rc staging_fill(
    struct scope *sc, load_id draft, const struct q_load_profile *from);

/*
 * The rows of a draft, as the file gave them.  RC_CONFLICT with a complaint when
 * they were kept by a version of the program that wrote them otherwise.
 */
NODISCARD enum rc staging_replay(
    struct scope *sc, load_id draft, const struct row_sink *sink);

/*
 * Check (options->check_only) or load the draft; after a load the draft is
 * gone.  file_name, hash and size come from the draft.
 */
NODISCARD enum rc staging_apply(struct scope *sc, load_id draft,
    const struct intake_options *options, struct intake_report *ret);

NODISCARD enum rc staging_drop(struct scope *sc, load_id draft);
