/* form.c - what did they type, and is each field of it right? */
#include "web/form.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "web/multipart.h"

/* clang-format off */
#define FORM(form) static const struct field fields_##form[] = {
#define FIELD(form, kind, name, label, hint, required, least, most) \
	{#name, label, hint, FIELD_##kind, required, least, most, \
	    offsetof(struct form_##form, name)},
#define END_FORM(form) {0}};
#include "web/forms.def"
#undef FORM
#undef FIELD
#undef END_FORM

static const struct {
	const struct field *fields;
	size_t n;
	size_t size;
} forms[FORM_COUNT] = {
#define FORM(form) [FORM_##form] = \
	{fields_##form, COUNT_OF(fields_##form) - 1, sizeof(struct form_##form)},
#define FIELD(...)
#define END_FORM(form)
#include "web/forms.def"
#undef FORM
#undef FIELD
#undef END_FORM
};

/* clang-format on */

struct form
form_open(struct arena *mem, enum form_number number)
{
	struct form f = {
	    .number = number,
	    .fields = forms[number].fields,
	    .n_fields = forms[number].n,
	    .value = arena_take(mem, 1, forms[number].size + 1),
	};

	MUST(f.n_fields <= FORM_FIELDS_MAX);
	return f;
}

void
form_type(struct form *f, int field, struct str text)
{
	f->typed[field] = text;
}

void
form_refuse(struct form *f, int field, struct str reason)
{
	if (f->reasons[field].n == 0)
		f->n_bad++;
	f->reasons[field] = reason;
}

/* ---- one field ---- */

static struct str
out_of_bounds(struct arena *mem, const struct field *field)
{
	return arena_fmt(mem, N_("Здесь нужно число от %lld до %lld."),
	    (long long)field->least, (long long)field->most);
}

/* A reason, or an empty text; slot is written when all is well. */
static struct str
read_number(struct arena *mem, const struct field *field, struct str typed,
    int64_t *slot)
{
	int64_t n;

	*slot = NUMBER_NONE;
	if (typed.n == 0)
		return S("");
	if (!str_to_int(typed, &n))
		return S(N_("Это не целое число."));
	if (n < field->least || n > field->most)
		return out_of_bounds(mem, field);
	*slot = n;
	return S("");
}

static struct str
read_share(struct arena *mem, const struct field *field, struct str typed,
    struct ratio *slot)
{
	struct ratio r;

	*slot = (struct ratio){0, 0};
	if (typed.n == 0)
		return S("");
	if (!ratio_parse(typed, &r))
		return S(N_("Это не число. Напишите, например, 12,5."));
	if (ratio_cmp(r, ratio_int(field->least)) < 0 ||
	    ratio_cmp(r, ratio_int(field->most)) > 0)
		return out_of_bounds(mem, field);
	*slot = r;
	return S("");
}

static struct str
read_date(struct str typed, struct date *slot)
{
	*slot = DATE_NONE;
	if (typed.n == 0 || date_parse_loose(typed, slot) ||
	    date_parse(typed, slot))
		return S("");
	return S(N_("Такого дня нет. Напишите дату так: 05.03.2026."));
}

static struct str
read_text(struct arena *mem, const struct field *field, struct str typed,
    struct str *slot)
{
	size_t n = utf8_length(typed);

	*slot = typed;
	if (typed.n == 0)
		return S("");
	if ((int64_t)n < field->least)
		return arena_fmt(mem, N_("Здесь нужно не меньше %lld %s."),
		    (long long)field->least,
		    plural_ru(field->least, "знака", "знаков", "знаков"));
	if (field->most > 0 && (int64_t)n > field->most)
		return arena_fmt(mem, N_("Здесь помещается не больше %lld %s."),
		    (long long)field->most,
		    plural_ru(field->most, "знака", "знаков", "знаков"));
	return S("");
}

static struct str
read_field(
    struct arena *mem, const struct field *field, struct str typed, void *value)
{
	void *slot = (char *)value + field->offset;

	switch (field->kind) {
	case FIELD_text:
	case FIELD_secret:
	case FIELD_lines:
		return read_text(mem, field, typed, slot);
	case FIELD_number:
		return read_number(mem, field, typed, slot);
	case FIELD_share:
		return read_share(mem, field, typed, slot);
	case FIELD_date:
		return read_date(typed, slot);
	case FIELD_check:
		*(bool *)slot = typed.n > 0;
		return S("");
	case FIELD_file:
		return S("");
	}
	UNREACHABLE();
}

static struct str
missing(const struct field *field)
{
	switch (field->kind) {
	case FIELD_file:
		return S(N_("Выберите файл."));
	case FIELD_check:
		return S(N_("Поставьте отметку, чтобы продолжить."));
	case FIELD_date:
		return S(N_("Укажите день."));
	case FIELD_text:
	case FIELD_secret:
	case FIELD_lines:
	case FIELD_number:
	case FIELD_share:
		break;
	}
	return S(N_("Заполните это поле."));
}

/* ---- a body ---- */

static bool
is_multipart(const struct request *rq)
{
	return str_starts(
	    request_header(rq, S("Content-Type")), S("multipart/form-data"));
}

static bool
raw_field(const struct request *rq, struct str name, struct form_file *ret)
{
	*ret = (struct form_file){0};
	if (rq->method == GET)
		return urlencoded_field(rq->mem, rq->query, name, &ret->bytes);
	if (is_multipart(rq))
		return multipart_field(rq, name, ret);
	return urlencoded_field(rq->mem, rq->body, name, &ret->bytes);
}

struct str
form_raw(const struct request *rq, struct str name)
{
	struct form_file found;

	return raw_field(rq, name, &found) ? found.bytes : S("");
}

static void
take_file(struct form *f, int i, const struct form_file *file)
{
	const struct field *field = &f->fields[i];

	*(struct form_file *)(void *)((char *)f->value + field->offset) = *file;
	f->typed[i] = file->name;
	if (file->bytes.n == 0 && field->is_required)
		form_refuse(f, i,
		    file->name.n > 0 ? S(N_("Файл пуст.")) : missing(field));
}

/* A browser ends the lines of a field as mail does: CR LF. */
static struct str
plain_line_ends(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, s.n);

	if (str_find_char(s, '\r') < 0)
		return s;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_char(&b, s.p[i]);
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			buf_char(&b, '\n');
	return buf_str(&b);
}

static void
take_field(struct form *f, const struct request *rq, int i)
{
	const struct field *field = &f->fields[i];
	struct form_file raw;
	struct str reason;

	(void)raw_field(rq, str_of(field->name), &raw);
	if (field->kind == FIELD_file) {
		take_file(f, i, &raw);
		return;
	}
	if (!utf8_valid(raw.bytes)) {
		form_refuse(
		    f, i, S(N_("Здесь есть знаки, которых не бывает.")));
		return;
	}
	f->typed[i] =
	    field->kind == FIELD_secret ? raw.bytes : str_trim(raw.bytes);
	if (field->kind == FIELD_lines)
		f->typed[i] = plain_line_ends(rq->mem, f->typed[i]);
	reason = read_field(rq->mem, field, f->typed[i], f->value);
	if (reason.n > 0)
		form_refuse(f, i, reason);
	else if (field->is_required && f->typed[i].n == 0)
		form_refuse(f, i, missing(field));
}

struct form
form_read(const struct request *rq, enum form_number number)
{
	struct form f = form_open(rq->mem, number);

	for (int i = 0; i < (int)f.n_fields; i++)
		take_field(&f, rq, i);
	return f;
}

void
form_take_complaints(struct form *f, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct complaint *c = &d->all[i];
		int found = -1;

		for (int k = 0; k < (int)f->n_fields; k++) {
			if (str_eq(c->at.column, str_of(f->fields[k].name)))
				found = k;
		}
		if (found >= 0)
			form_refuse(f, found, c->text);
		else
			f->fault = arena_fmt(d->mem, "%.*s%s%.*s%s%.*s",
			    STR_ARG(f->fault), f->fault.n > 0 ? " " : "",
			    STR_ARG(c->text), c->hint.n > 0 ? " " : "",
			    STR_ARG(c->hint));
	}
}

struct field_view
field_view(const struct form *f, int field)
{
	bool is_secret = f->fields[field].kind == FIELD_secret;

	return (struct field_view){&f->fields[field],
	    is_secret ? S("") : f->typed[field], f->reasons[field]};
}
