/*
 * intake.h - typed rows of a file become rows of the registry and results.
 *
 * An intake is one transaction: everything is applied, or (with complaints,
 * or check_only) nothing is.  With partial the good rows are applied and the
 * refused ones are kept for a file of the same shape: what the reader did not
 * understand, and what the intake refused, which is asked back from the reader
 * in a second reading (intake_read).
 *
 * What a row does:
 *   nothing there yet         -> added, revision 1
 *   the same counts are there -> same, nothing is written
 *   other counts              -> changed: the next revision becomes current
 *   a second login of the same school in this very file -> counts are added
 *     up (BASIS: domain 10.12), never shares
 *   the same school by the same name twice in this file -> refused
 *   appeals without their protocol -> the counts that stand are changed by
 *     exactly what the file says, as the next revision (intake_appeals.c)
 *
 * Memory does not grow with the file: rows are applied as they come.
 */
#pragma once

#include "convert/recognise.h"
#include "convert/rows.h"
#include "core/scope.h"
#include "lang/vocabulary.h"

/* What is said of an order beside its list (core/methods/official.h). */
struct official_details {
	struct str number;
	struct date on; /* DATE_NONE: the rows must say */
	struct str issuer;
	struct str title;
	struct syear year; /* the list is for */
	struct str kind;   /* of rows that do not say: shnor, risk, shnsu */
	struct str basis;  /* likewise; of ШНСУ the type */
	bool is_exit;      /* the order takes these schools off */
};

struct intake_options {
	bool check_only;
	bool partial;
	struct syear year;    /* said by the person, for rows that do not say
				 theirs; 0: all of them must */
	struct str procedure; /* likewise */
	struct str file_name;
	struct str file_hash;
	int64_t file_size;
	const struct vocabulary *words;
	const struct official_details *act; /* of an official list, or NULL */
	const struct said_column *columns;  /* the headings were read with */
	size_t n_columns;
};

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED };

/* One line of "было → стало". */
struct intake_change {
	enum change_kind kind;
	struct str school; /* name */
	struct str code;
	struct syear year;
	struct str what; /* title of the procedure or element, or the column */
	struct str was;  /* empty for an added row */
	struct str becomes;
};

/* A spelling nobody knows, once, with the row it was first seen in. */
struct intake_unknown {
	struct school_ref ref;
	struct source_cell at;
	int64_t rows;
	school_id supposed; /* 0: no school is alike */
	struct str supposed_name, supposed_code;
};

enum {
	INTAKE_LISTED = 2000, /* changes are listed up to here, then counted */
	INTAKE_REFUSED = 100000, /* lines of the file of refused rows */
	INTAKE_HOPELESS = 20000, /* refusals after which a file is given up */
};

struct intake_report {
	load_id load; /* 0 after check_only or a refusal */
	enum file_kind kind;
	struct str profile;
	int64_t rows_read, added, changed, same, refused;
	const struct intake_change *changes;
	size_t n_changes;
	const struct intake_unknown *unknown;
	size_t n_unknown;
	const struct row_at *refused_at; /* typed rows the intake refused */
	size_t n_refused_at;
	struct str refused_csv; /* refused rows in the shape of the file */
};

struct intake;

/*
 * RC_CONFLICT with a complaint when this very file stands loaded already (see
 * load_same_file).  The intake holds the database's write transaction until
 * intake_close().
 */
NODISCARD enum rc intake_open(struct scope *sc,
    const struct intake_options *options, struct intake **ret);

/* RC_CONFLICT with a complaint when this very file stands loaded already. */
NODISCARD enum rc intake_refuse_known_file(
    struct scope *sc, const struct intake_options *options);

/* The scope's complaints, kept beside a load. */
NODISCARD enum rc intake_keep_complaints(struct scope *sc, load_id load);

/* The calls for convert_rows(). */
struct row_sink intake_sink(struct intake *in);

/*
 * The file into the intake, with as many readings as that takes; the result
 * is for intake_close().
 */
NODISCARD enum rc intake_read(
    struct intake *in, int fd, const struct recogniser_options *how);

/*
 * read: how the reading of the file ended; anything but RC_OK rolls back.
 * The report is filled in every case.  RC_INVALID when rows were refused and
 * partial was not asked for.
 */
NODISCARD enum rc intake_close(
    struct intake *in, enum rc read, struct intake_report *ret);
