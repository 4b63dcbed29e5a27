/*
 * form.h - what people type, checked field by field against forms.def.
 *
 * A form is a row of fields with a kind and limits; reading it gives a typed
 * structure, or keeps every typed text with the reason beside the field that
 * is wrong.  A page asks:
 *
 *	const struct form_sign_in *f = form_sign_in(v);
 *
 * Secrets are never given back to a page.
 */
#pragma once

#include "base/date.h"
#include "base/diag.h"
#include "base/ratio.h"
#include "store/ids.h"
#include "web/http.h"

enum field_kind {
	FIELD_text,   /* struct str, trimmed */
	FIELD_secret, /* struct str, as typed */
	FIELD_lines,  /* struct str, several lines, each ended by "\n" */
	FIELD_number, /* int64_t; empty is NUMBER_NONE */
	FIELD_share,  /* struct ratio: "12,5"; den 0 when empty */
	FIELD_date,   /* struct date */
	FIELD_check,  /* bool */
	FIELD_file,   /* struct form_file */
};

#define NUMBER_NONE INT64_MIN

struct form_file {
	struct str name;
	struct str bytes;
};

/* clang-format off */
#define FIELD_TYPE_text struct str
#define FIELD_TYPE_secret struct str
#define FIELD_TYPE_lines struct str
#define FIELD_TYPE_number int64_t
#define FIELD_TYPE_share struct ratio
#define FIELD_TYPE_date struct date
#define FIELD_TYPE_check bool
#define FIELD_TYPE_file struct form_file

/* struct form_sign_in { struct str login; … }; */
#define FORM(form) struct form_##form {
#define FIELD(form, kind, name, ...) FIELD_TYPE_##kind name;
#define END_FORM(form) };
#include "web/forms.def"
#undef FORM
#undef FIELD
#undef END_FORM

/* IN_sign_in_login: the number of a field inside its form. */
#define FORM(form) enum in_##form {
#define FIELD(form, kind, name, ...) IN_##form##_##name,
#define END_FORM(form) IN_##form##_COUNT };
#include "web/forms.def"
#undef FORM
#undef FIELD
#undef END_FORM

/* FORM_sign_in: the number of a form. */
enum form_number {
	FORM_none,
#define FORM(form) FORM_##form,
#define FIELD(...)
#define END_FORM(form)
#include "web/forms.def"
#undef FORM
#undef FIELD
#undef END_FORM
	FORM_COUNT
};

/* clang-format on */

struct field {
	const char *name;
	const char *label;
	const char *hint; /* below the field, or NULL */
	enum field_kind kind;
	bool is_required;
	int64_t least, most; /* letters of a text, value of a number */
	size_t offset;
};

enum { FORM_FIELDS_MAX = 12 };

struct form {
	enum form_number number;
	const struct field *fields;
	size_t n_fields;
	struct str typed[FORM_FIELDS_MAX];
	struct str reasons[FORM_FIELDS_MAX]; /* empty: nothing is wrong */
	size_t n_bad;
	void *value;      /* struct form_… */
	struct str fault; /* what is wrong with the form as a whole */
};

/* An empty form, as a page first shows it. */
struct form form_open(struct arena *mem, enum form_number number);

/* Reads the body (urlencoded or multipart) or, for GET, the query. */
struct form form_read(const struct request *rq, enum form_number number);

/* The raw text of one field of the body, whatever the form: for the mark. */
struct str form_raw(const struct request *rq, struct str name);

/* What the page wants to show as typed: a stored value, a proposal. */
void form_type(struct form *f, int field, struct str text);

void form_refuse(struct form *f, int field, struct str reason);

/* Complaints whose column is a field's name go beside it, others above. */
void form_take_complaints(struct form *f, const struct diag *d);

/* What a field's view needs. */
struct field_view {
	const struct field *field;
	struct str typed;
	struct str reason;
};

struct field_view field_view(const struct form *f, int field);
