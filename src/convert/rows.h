/*
 * rows.h - what comes out of a stranger's file: typed rows, nothing else.
 *
 * The converter child recognises a file by its headings and answers with
 * these records.  Names, documents and codes of pupils never leave it: pupil
 * rows are counted inside, and only the counts, by school and procedure, with
 * the place of the first and last row, come out (BASIS: domain 7.1).
 *
 * Schools are named as the file names them (login, code or title); matching
 * them with the registry is core/results' work.
 */
#pragma once

#include "base/date.h"
#include "base/ratio.h"
#include "base/str.h"

enum file_kind {
	FILE_UNKNOWN,
	FILE_SCHOOLS,
	FILE_RESULTS, /* canonical: counts, marks or percentages */
	FILE_PUPILS,  /* canonical pupil rows */
	FILE_OBSERVATIONS,
	FILE_OFFICIAL_LIST,
	FILE_F1, /* Ф1 Индивидуальные результаты */
	FILE_MARK_STATS,  /* Статистика по отметкам */
	FILE_MARKS_TABLE, /* flat marks.xlsx */
	FILE_SCORES_TABLE,
	FILE_BIAS_TABLE,
	FILE_COLLECTED, /* sheet «Протокол», older flat protocols */
	FILE_OGE_PROTOCOL,
	FILE_EGE_PROTOCOL,
	FILE_KIND_COUNT
};

/* Where a number stands in its file. */
struct source_cell {
	struct str sheet;
	uint32_t row;      /* from 1; for counted pupils the first of them */
	uint32_t last_row; /* the last, or row again */
	struct str column; /* heading, or letters */
};

/* Which typed row is meant: the sheet and row of its source_cell. */
struct row_at {
	struct str sheet;
	uint32_t row; /* 0: none */
};

/* How the file names a school; any part may be empty. */
struct school_ref {
	struct str login; /* sch77171506, edu… */
	struct str code;  /* Код ОО or canonical code */
	struct str name;
};

/*
 * One school, procedure, year.
 *
 * A result counted from rows of people is given only when every row of the
 * group was understood; else all of them come out as refused, so that what is
 * mended and loaded back is again the whole school.
 */
struct result_row {
	struct school_ref school;
	struct str
	    procedure; /* code: vpr-math-5; empty when the file does not say */
	struct syear year; /* first == 0 when the file does not say */
	int32_t participants;
	int32_t failed;
	int32_t marks[4];          /* 2..5; -1 where unknown */
	int32_t left_out_retake;   /* rows not counted, by reason */
	int32_t left_out_previous; /* graduates of previous years */
	int32_t left_out_absent;
	int32_t left_out_gve;
	int32_t without_first; /* people of whom only a retake is in the file */
	bool only_after_retake; /* nobody's result before the retake is there */
	bool is_autumn; /* ВПР written in autumn for the previous grade */
	struct source_cell at;
};

struct school_row {
	struct str code, name, kind, locality;
	bool small;
	struct str logins; /* separated by spaces */
	struct source_cell at;
};

struct observation_row {
	struct school_ref school;
	struct syear period;
	struct str element; /* code */
	bool is_known;
	struct ratio value; /* yes/no: 1 or 0; percent as printed: 12,5 */
	struct str as_written;
	struct date dated;      /* DATE_NONE when not said */
	struct str source_note; /* ОО-1, КИАСУО … */
	struct source_cell at;
};

struct official_row {
	struct school_ref school;
	struct str kind; /* shnor, risk, shnsu */
	struct str basis;
	struct str order_number; /* when columns of their own say it */
	struct date order_date;  /* DATE_NONE when they do not */
	struct source_cell at;
};

/* A marker of possible bias: school × marker column ("4 РУ") × year. */
struct bias_row {
	struct school_ref school;
	struct syear year;
	struct str marker;
	bool is_set;
	struct source_cell at;
};

/*
 * A row of a report that is not a school: all Russia, the region, the
 * municipality.  Never counted, kept as the base to compare with.
 */
struct reference_row {
	struct str name; /* Вся выборка, or as written */
	struct str procedure;
	struct syear year;
	int64_t participants;
	struct str
	    percent[4]; /* of marks 2..5, as written; empty when absent */
	struct source_cell at;
};

/*
 * Appeals of one school that came without the protocol they amend: how many
 * people crossed the border, to be applied to counts that are already known.
 * Appeals against a retake are not among them: it counts for nothing.
 */
struct amendment_row {
	struct school_ref school;
	struct str procedure;
	struct syear year;
	int32_t people;
	int32_t now_passed; /* failed before, passed now */
	int32_t now_failed;
	int32_t unknown; /* the file does not say what it was before */
	bool has_marks;  /* else decided by points: of marks nothing is known */
	int32_t marks[4]; /* 2..5: so many more, or fewer, have it now */
	struct source_cell at;
};

/* What the file is, said before its rows; a sheet may start another one. */
struct file_head {
	enum file_kind kind;
	struct str sheet;
	struct str profile; /* "ЕГЭ, разреженный", for the load's page */
	struct str procedure; /* if one for the whole block */
	struct syear year;
	struct date dated; /* the day of the work, DATE_NONE when not said */
	bool is_autumn;    /* ВПР written in autumn for the previous grade */
	int32_t declared_participants; /* -1: the file does not declare them */
};

/*
 * The refused row in the file's own shape, so that it loads back once mended.
 * Where a pupil's name or code stood there is "участник 17" instead, the same
 * for the same person within one file; other columns about a person are empty.
 *
 * With at.row 0 it is a caption: what has to stand above the rows that follow
 * for them to be understood (the title of the exam, headings of another block).
 */
struct refused_row {
	struct source_cell at;
	/*
	 * The typed row it was part of, when it was understood and is given
	 * back because the consumer refused that; see recogniser_options.
	 */
	struct row_at back;
	const struct str *cells;
	size_t n;
};

/* The consumer.  Text lives until the call returns; any call may be NULL. */
struct row_sink {
	void *ctx;
	void (*head)(void *ctx, const struct file_head *head);
	void (*headings)(void *ctx, const struct str *cells, size_t n);
	/*
	 * Of a sheet nothing was made of: a row that names at least one known
	 * column, so that a person may say what the others are.  Never a row
	 * of data.
	 */
	void (*unread)(void *ctx, const struct str *cells, size_t n);
	void (*school)(void *ctx, const struct school_row *row);
	void (*result)(void *ctx, const struct result_row *row);
	void (*observation)(void *ctx, const struct observation_row *row);
	void (*official)(void *ctx, const struct official_row *row);
	void (*bias)(void *ctx, const struct bias_row *row);
	void (*reference)(void *ctx, const struct reference_row *row);
	void (*amendment)(void *ctx, const struct amendment_row *row);
	void (*refused)(void *ctx, const struct refused_row *row);

	/*
	 * The file was read to its end, however many rows were refused.  What
	 * is broken on the way is not: nobody knows what stood behind it.
	 */
	void (*whole)(void *ctx);

	/* Asked after each row: true stops the reading (RC_LIMIT). */
	bool (*enough)(void *ctx);
};

extern const char *const file_kind_codes[FILE_KIND_COUNT];
extern const char *const file_kind_titles[FILE_KIND_COUNT];
