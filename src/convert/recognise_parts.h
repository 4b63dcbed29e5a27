/*
 * recognise_parts.h - what the files of the recogniser share with each other
 * and with nobody else.
 *
 * A sheet is read in two states.  Searching: every row is looked at for a
 * title ("01 - Русский язык 2022.06.23") and for headings of a known layout.
 * Reading: the layout's function gets each row by fields.
 *
 *	recognise.c           the two states, complaints, refused rows
 *	recognise_columns.c   the table of headings and their synonyms
 *	recognise_head.c      which layout is this
 *	recognise_title.c     what the rows above the headings say
 *	recognise_cells.c     what one cell says
 *	recognise_data.c      tables of data/
 *	recognise_canonical.c schools, results, observations, official list
 *	recognise_pupils.c    millions of pupil rows, counted as they pass
 *	recognise_stats.c     percentages by marks, by scores, markers of bias
 *	recognise_vpr.c       Ф1, collected protocols
 *	recognise_gia.c       protocols of ОГЭ and ЕГЭ, appeals
 *	recognise_attempts.c  people of protocols: whose result is the first
 */
#pragma once

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "convert/recognise.h"

/* What a column means, over all layouts. */
enum field {
	FIELD_NONE,
	/* whose */
	FIELD_SCHOOL, /* whatever names a school */
	FIELD_CODE,
	FIELD_LOGIN,
	FIELD_NAME,
	FIELD_GROUP, /* a school, a municipality or all Russia */
	FIELD_MUNICIPALITY,
	/* which exam */
	FIELD_YEAR,
	FIELD_PROCEDURE,
	FIELD_SUBJECT,
	FIELD_GRADE,
	FIELD_EXAM,
	/* counts */
	FIELD_PARTICIPANTS,
	FIELD_FAILED,
	FIELD_MARK2,
	FIELD_MARK3,
	FIELD_MARK4,
	FIELD_MARK5,
	FIELD_PCT2,
	FIELD_PCT3,
	FIELD_PCT4,
	FIELD_PCT5,
	/* one pupil */
	FIELD_PUPIL,
	FIELD_MARK,
	FIELD_SCORE,
	FIELD_PRIMARY,
	FIELD_ATTEMPT,
	FIELD_GRADUATE,
	FIELD_CATEGORY, /* ВПЛ, ГВЭ stand here */
	FIELD_VARIANT,
	FIELD_SURNAME,
	FIELD_FIRST_NAME,
	FIELD_PATRONYMIC,
	FIELD_FULL_NAME,
	FIELD_SERIES,
	FIELD_NUMBER,
	FIELD_DOCUMENT,
	FIELD_PRIVATE, /* about a person, not read */
	/* appeals */
	FIELD_APPEAL,
	FIELD_BEFORE,
	/* registry, observations, official list, markers */
	FIELD_KIND,
	FIELD_LOCALITY,
	FIELD_SMALL,
	FIELD_LOGINS,
	FIELD_ELEMENT,
	FIELD_VALUE,
	FIELD_DATE,
	FIELD_SOURCE,
	FIELD_BASIS,
	FIELD_ORDER_NUMBER,
	FIELD_ORDER_DATE,
	FIELD_MARKERS,
	/* known, and not read */
	FIELD_ORDINAL,
	FIELD_PLACE,
	FIELD_ANSWERS,
	FIELD_UNREAD,
	FIELD_COUNT
};

_Static_assert(FIELD_COUNT <= 64, "sets of fields are 64 bits");

#define HAS(field)     ((uint64_t)1 << (field))
#define KIND_BIT(kind) ((uint32_t)1 << (kind))

enum {
	SEARCH_ROWS = 30, /* headings stand within so many rows */
	CODE_DIGITS = 9,  /* of a school's code; a document has ten */
};

#define SCHOOL_SET                                                             \
	(HAS(FIELD_SCHOOL) | HAS(FIELD_CODE) | HAS(FIELD_LOGIN) |              \
	    HAS(FIELD_NAME))
#define NAME_SET                                                               \
	(HAS(FIELD_SURNAME) | HAS(FIELD_FIRST_NAME) | HAS(FIELD_PATRONYMIC) |  \
	    HAS(FIELD_FULL_NAME))
#define DOCUMENT_SET                                                           \
	(HAS(FIELD_SERIES) | HAS(FIELD_NUMBER) | HAS(FIELD_DOCUMENT))
#define PERSON_SET                                                             \
	(NAME_SET | DOCUMENT_SET | HAS(FIELD_PRIVATE) | HAS(FIELD_PUPIL))

struct recogniser;
struct record;

/* One kind of table: which fields make it, and who reads its rows. */
struct layout {
	enum file_kind kind;
	bool holds_people; /* columns not in the table are never given out */
	uint64_t need;     /* all of these */
	uint64_t any;      /* one of these */
	uint64_t also;     /* and one of these */
	uint64_t unnamed;  /* needed too, unless the person named the kind */
	uint64_t never;
	void (*begin)(struct recogniser *r);
	void (*row)(struct recogniser *r, struct record *rec);
	void (*end)(struct recogniser *r); /* the block or its sheet is over */
};

extern const struct layout layouts[];
extern const size_t layout_count;

/* Headings of the table that is being read. */
struct table_head {
	const struct layout *layout;
	uint32_t row;
	uint32_t columns;
	uint8_t *field_of;              /* by column */
	struct str *headings;           /* as written, by column */
	struct str *keys;               /* normalised, by column */
	uint64_t fields;                /* those present */
	int32_t column_of[FIELD_COUNT]; /* -1: absent */
};

/* One row by fields. */
struct record {
	uint32_t row;
	const struct cell *cells;
	size_t n;
	struct str field[FIELD_COUNT]; /* trimmed; empty when absent */
	bool is_bad;        /* complained about: nothing of it counts */
	bool has_group;     /* people only: the school and exam are known */
	struct row_at back; /* of which typed row, when it is given back */
};

/* What stands above the headings, or in the name of the file. */
struct title {
	struct str level;   /* vpr, oge, ege, gve or empty */
	struct str code;    /* of the subject, as written */
	struct str subject; /* text, folded */
	struct date dated;
	int32_t year;         /* calendar year of the work, 0 when not said */
	bool is_year_of_name; /* said by the file's name alone: a hint */
	int32_t grade;
	bool is_programme_grade; /* «по программе N класса» */
	struct school_ref school;
	int64_t declared;        /* participants, -1 */
	struct str other_report; /* a report that holds no results */
};

enum { SCORES_MAX = 200 };

struct pupils;   /* recognise_pupils.c */
struct attempts; /* recognise_attempts.c */
struct gia;      /* recognise_gia.c */

/* What is compared when a block of Ф1 ends. */
struct vpr_block {
	int64_t declared; /* -1: not declared */
	int64_t rows, participants;
	uint32_t declared_row;
};

struct said_until {
	uint32_t sheet, row;
};

struct recogniser {
	struct arena *mem;     /* lives as long as the recogniser */
	struct arena *scratch; /* one row */
	struct arena *search;  /* rows while headings are searched */
	const struct recogniser_options *options;
	const struct recognise_data *data;
	struct row_sink sink;
	struct diag *d;

	struct str sheet;
	uint32_t sheet_index;  /* from 1, counted by ourselves */
	uint32_t sheet_tables; /* tables before this sheet */
	uint32_t searched;     /* rows looked at on this sheet */
	uint32_t row;          /* the last one seen */
	struct str *above;     /* keys of the row above while searching */
	struct str *above_text;
	uint32_t above_columns;
	uint32_t above_row;
	struct title title;
	struct table_head *head;   /* NULL: searching */
	struct table_head *resume; /* the one before a new title */
	struct record rec;

	/* the best guess when nothing fits, for the complaint */
	const struct layout *nearest;
	uint64_t nearest_fields;
	int nearest_score;
	uint32_t nearest_row;
	const struct str *unread; /* the row that names most columns */
	uint32_t unread_columns;
	int unread_score;

	struct str procedure; /* of the block, when its rows do not say */
	struct syear year;
	struct date dated;
	bool is_autumn;

	struct str
	    year_text; /* the last cell read as a year, and what it was */
	struct syear year_read;
	char year_kept[32];
	struct map procedure_words; /* procedures named in words -> below */
	VEC(struct str) procedures;

	struct map asked_back;        /* see options.give_back */
	struct map people, documents; /* -> serial, for refused rows */
	uint32_t last_person, last_document;

	struct pupils *pupils;
	struct attempts *attempts;
	struct gia *gia;
	struct vpr_block vpr;

	/* captions of refused rows */
	const struct str *last_headings;
	uint32_t last_columns;
	uint32_t block, captioned; /* numbers of blocks */

	uint32_t tables;        /* recognised in this pass */
	size_t errors_before;   /* complaints of somebody else */
	uint32_t pass;          /* from 0 */
	struct said_until said; /* up to here complaints were made before */
	bool is_settled;        /* people are counted */
	bool refuses_groups; /* the last pass: groups with a mistake go out */
	bool says_again;     /* this row's complaint is new in a later pass */
	bool is_void;        /* this pass is over: it will be read again */
	bool has_scores_warning;
};

/* recognise.c: complaints and refusals. */

/*
 * A complaint about one cell, or about the row when field is FIELD_NONE.
 * Marks the record bad.  expected may be NULL.
 */
void refuse(struct recogniser *r, struct record *rec, enum field field,
    const char *expected, const char *format, ...) PRINTF(5, 6);
void warn_at(struct recogniser *r, uint32_t row, const char *format, ...)
    PRINTF(3, 4);
void note_at(struct recogniser *r, uint32_t row, const char *format, ...)
    PRINTF(3, 4);
struct place place_of(struct recogniser *r, uint32_t row, enum field field);
struct source_cell source_of(
    struct recogniser *r, uint32_t row, enum field field);
void give_head(struct recogniser *r, struct str profile, int64_t declared);
void block_end(struct recogniser *r);
/* A new title inside a table: headings may follow, or rows at once. */
void block_restart(struct recogniser *r);
bool has_field(const struct recogniser *r, enum field field);

/* Out of the sink, unless this pass was said already. */
void give_result(struct recogniser *r, const struct result_row *row);

/* A row that belongs beneath the refused ones of this block, if any. */
void give_tail(struct recogniser *r, const struct str *cells, size_t n);

/* Does the consumer want the rows of this typed row back? */
bool is_asked_back(struct recogniser *r, struct str sheet, uint32_t row);

/* Instead of a result that lacks refused rows. */
void say_spoiled(struct recogniser *r, const struct result_row *row);

/* recognise_head.c */
struct str heading_key(struct arena *mem, struct str text);
bool head_search(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n);
struct str missing_fields(
    struct arena *mem, const struct layout *l, uint64_t fields);
const char *field_name(enum file_kind kind, enum field field);

/* recognise_columns.c */
bool column_matches(const struct recognise_column *c, struct str key);

/* recognise_title.c */
bool title_read(
    struct recogniser *r, struct title *t, const struct cell *cells, size_t n);
bool title_of_text(struct recogniser *r, struct title *t, struct str text);
void title_clear(struct title *t);
/* The title of the present block as this program reads it, or empty. */
struct str title_text(struct recogniser *r, struct arena *mem);
size_t filled_cells(const struct record *rec);
/*
 * A title among the rows of a table of ВПР (a file of refused rows has them
 * there): the block's work is settled anew.
 */
bool title_among_rows(struct recogniser *r, const struct record *rec);
/* The school year of an exam of that calendar year: it began the year before. */
struct syear syear_of_exam(int32_t calendar_year);
/* Procedure, year and day for a block out of its title and the options. */
void block_settle(struct recogniser *r, struct str level);
struct str vpr_procedure(
    struct recogniser *r, struct str subject, int64_t grade);
struct str autumn_programme(
    struct recogniser *r, struct str subject, int64_t grade);

/* recognise_data.c */
const struct subject_code *subject_by_code(
    const struct recognise_data *data, struct str level, struct str code);
/* The longest name of a subject that stands in folded text. */
const struct subject_code *subject_in_text(
    const struct recognise_data *data, struct str level, struct str folded);
bool names_in_text(struct str names, struct str folded);
struct str procedure_at_grade(
    struct arena *mem, const struct subject_code *s, int64_t grade);
const struct exam_threshold *threshold_of(const struct recognise_data *data,
    struct str procedure, struct str scale, int32_t calendar_year,
    bool *ret_exact);
const struct vpr_scale *scale_of(const struct recognise_data *data,
    struct str procedure, int32_t calendar_year);
bool is_retake_day(
    const struct recognise_data *data, struct str level, struct date day);
const struct observed_element *element_of(
    const struct recognise_data *data, struct str text, struct arena *scratch);

/* recognise_cells.c */
enum { MARK_MISSING = 0, MARK_WRONG = -1 };

bool cell_missing(struct recogniser *r, struct str s);
bool cell_integer(struct str s, int64_t *ret);
struct str cell_code(struct str s); /* 111002.0 -> 111002 */
int cell_mark(struct recogniser *r, struct str s);
int cell_yes_no(struct recogniser *r, struct str s); /* 1, 0, -1 unknown */
/* At most six places; a fraction of a percent sign is not decided here. */
bool cell_decimal(struct str s, struct ratio *ret, int *ret_places);
bool cell_year(
    struct recogniser *r, struct str s, bool calendar, struct syear *ret);
struct str cell_procedure(struct recogniser *r, struct str s);
bool login_in(struct str text, struct str *ret_login);
/* A text that may be a login, a code or a name. */
void school_of_text(struct str text, struct school_ref *ret);
void school_of(
    struct recogniser *r, const struct record *rec, struct school_ref *ret);
bool school_is_empty(const struct school_ref *s);
struct str school_label(struct arena *mem, const struct school_ref *s);

/* The rest of an integer kept as text: only digits. */
bool all_digits(struct str s);

/* recognise_canonical.c: refused where the row does not say it. */
bool row_school(
    struct recogniser *r, struct record *rec, struct school_ref *ret);
bool row_count(
    struct recogniser *r, struct record *rec, enum field field, int64_t *ret);
bool row_is_summary(struct recogniser *r, const struct record *rec);

/* recognise_stats.c */
enum marks_as { AS_COUNTS, AS_PERCENT, AS_EITHER };

/*
 * Counts of marks 2..5 out of four cells that begin with field first.
 * n: participants, or -1 when the counts themselves say it.
 */
bool marks_of(struct recogniser *r, struct record *rec, enum field first,
    enum marks_as as, int64_t n, int32_t ret_marks[4]);

/*
 * recognise_attempts.c: people of protocols, told apart by hashes.  All rows
 * of the file are kept (a protocol has thousands), so that a retake on another
 * sheet finds its first attempt.
 */
enum left_out {
	LEFT_ABSENT,
	LEFT_PREVIOUS,
	LEFT_GVE,
	LEFT_REFUSED,
	LEFT_COUNT
};

enum { VERDICT_NONE = -1, VERDICT_FAILED = 0, VERDICT_PASSED = 1 };

struct attempt {
	uint64_t person; /* name and document; 0: only the name is known */
	uint64_t name;
	uint32_t group;
	uint32_t row;
	int32_t day;     /* INT32_MIN when not known */
	int16_t verdict; /* mark 2..5, or failed, passed, or none so far */
	int16_t score;   /* test points while verdict is none */
	int16_t primary; /* -1 when not given */
	int16_t before;  /* verdict before an appeal, none when not said */
	uint16_t sheet;
	bool is_retake;
	bool is_appeal;
};

uint32_t attempts_group(struct recogniser *r, const struct school_ref *school,
    struct str procedure, struct syear year, uint32_t row);
struct attempt *attempts_add(
    struct recogniser *r, uint32_t group, uint32_t row);
void attempts_left_out(struct recogniser *r, uint32_t group, enum left_out why);
size_t attempts_count(const struct recogniser *r);
struct attempt *attempts_at(struct recogniser *r, size_t i);
/* Everything is read: who counts; true when a group has a mistake in it. */
bool attempts_settle(struct recogniser *r);
/*
 * In the pass that refuses groups whole: true, and the row is done with, when
 * it is that pass.
 */
bool attempts_refuse(struct recogniser *r, struct record *rec, uint32_t group);
void attempts_close(struct recogniser *r);

uint64_t person_hash(struct recogniser *r, struct str text);
struct str person_name(struct recogniser *r, const struct record *rec);
struct str person_document(struct recogniser *r, const struct record *rec);

/* recognise_vpr.c */
/* Columns of tasks: strictly between the variant and the class, or named so. */
bool column_is_task(const struct recogniser *r, uint32_t column);
/* The digits at the head of "5А"; 0 when there are none. */
int64_t grade_number(struct str text);

/* begin / row / end of the layouts */
void schools_row(struct recogniser *r, struct record *rec);
void results_begin(struct recogniser *r);
void results_row(struct recogniser *r, struct record *rec);
void observations_row(struct recogniser *r, struct record *rec);
void official_row(struct recogniser *r, struct record *rec);
void pupils_begin(struct recogniser *r);
void pupils_row(struct recogniser *r, struct record *rec);
bool pupils_pass(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n);
/* Plain lines of a CSV file; see sheet_sink.lines. */
size_t pupils_lines(struct recogniser *r, uint32_t row, struct str lines,
    char separator, uint32_t *ret_rows);
void pupils_end(struct recogniser *r);
bool pupils_recount(struct recogniser *r);
bool pupils_settle(struct recogniser *r);
void pupils_refuse_groups(struct recogniser *r);
void pupils_close(struct recogniser *r);
void stats_begin(struct recogniser *r);
void stats_row(struct recogniser *r, struct record *rec);
void marks_table_row(struct recogniser *r, struct record *rec);
void scores_row(struct recogniser *r, struct record *rec);
void bias_row(struct recogniser *r, struct record *rec);
void vpr_begin(struct recogniser *r);
void f1_row(struct recogniser *r, struct record *rec);
void f1_end(struct recogniser *r);
void collected_row(struct recogniser *r, struct record *rec);
void gia_begin(struct recogniser *r);
void gia_row(struct recogniser *r, struct record *rec);
void gia_end(struct recogniser *r);
