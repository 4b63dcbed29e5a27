/* package.c - a ZIP container of XML parts: libzip and expat with limits. */
#include "fmt/package.h"

#include <errno.h>
#include <expat.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "fmt/zip_lib.h"

enum {
	CHUNK = 64 * 1024,
	DEEPEST = 256,
};

/* libzip reads our descriptor through this; it never closes it. */
struct fd_source {
	const struct zip_lib *lib;
	int fd;
	uint64_t at;
	uint64_t size;
	zip_error_t error;
};

struct package {
	const struct zip_lib *lib;
	zip_t *zip;
	struct fd_source from;
	struct diag *d;
	uint64_t left;
	uint64_t unpacked;

	/* of the part being read */
	XML_Parser parser;
	const struct xml_sink *sink;
	enum rc stopped_with;
	bool is_stopped;
	int depth;
};

static zip_int64_t
source_read(struct fd_source *s, void *data, zip_uint64_t n)
{
	ssize_t got;

	do
		got = pread(s->fd, data, n, (off_t)s->at);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		s->lib->zip_error_set(&s->error, ZIP_ER_READ, errno);
		return -1;
	}
	s->at += (uint64_t)got;
	return got;
}

static zip_int64_t
source_seek(struct fd_source *s, void *data, zip_uint64_t n)
{
	zip_int64_t to = s->lib->zip_source_seek_compute_offset(
	    s->at, s->size, data, n, &s->error);

	if (to < 0)
		return -1;
	s->at = (uint64_t)to;
	return 0;
}

static zip_int64_t
source_stat(struct fd_source *s, void *data, zip_uint64_t n)
{
	zip_stat_t *st = data;

	if (n < sizeof *st) {
		s->lib->zip_error_set(&s->error, ZIP_ER_INVAL, 0);
		return -1;
	}
	s->lib->zip_stat_init(st);
	st->size = s->size;
	st->valid |= ZIP_STAT_SIZE;
	return sizeof *st;
}

static zip_int64_t
source_call(void *state, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	struct fd_source *s = state;

	switch ((int)command) {
	case ZIP_SOURCE_OPEN:
		s->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		return source_read(s, data, n);
	case ZIP_SOURCE_SEEK:
		return source_seek(s, data, n);
	case ZIP_SOURCE_TELL:
		return (zip_int64_t)s->at;
	case ZIP_SOURCE_STAT:
		return source_stat(s, data, n);
	case ZIP_SOURCE_ERROR:
		return s->lib->zip_error_to_data(&s->error, data, n);
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_FREE:
		return 0;
	case ZIP_SOURCE_SUPPORTS:
		return s->lib->zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
		    ZIP_SOURCE_READ, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
		    ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_CLOSE,
		    ZIP_SOURCE_FREE, -1);
	default:
		s->lib->zip_error_set(&s->error, ZIP_ER_OPNOTSUPP, 0);
		return -1;
	}
}

static enum rc
broken(struct package *p)
{
	diag_error(p->d, (struct place){0},
	    N_("Файл повреждён: он обрывается или испорчен внутри."))
	    ->hint = S("Скачайте или скопируйте его ещё раз; если это не "
		       "поможет, откройте его в той программе, где он сделан, "
		       "и сохраните заново.");
	return RC_INVALID;
}

static enum rc
has_password(struct package *p)
{
	diag_error(p->d, (struct place){0}, N_("Файл защищён паролем."))->hint =
	    S("Снимите пароль и сохраните файл заново.");
	return RC_INVALID;
}

static enum rc
too_much(struct package *p)
{
	diag_error(p->d, (struct place){0},
	    N_("Внутри файла больше %llu МБ данных, такие не читаются."),
	    (unsigned long long)(p->unpacked / 1000000))
	    ->hint = S("Разделите файл на части.");
	return RC_LIMIT;
}

static enum rc
not_installed(struct diag *d)
{
	diag_error(d, (struct place){0},
	    N_("Библиотека для чтения архивов (libzip4) не установлена."))
	    ->hint = S("Установите её: apt install libzip4.");
	return RC_FAILED;
}

enum rc
package_open(int fd, uint64_t unpacked, struct arena *mem, struct diag *d,
    struct package **ret)
{
	struct package *p = arena_new(mem, struct package, 1);
	const struct zip_lib *lib = zip_lib();
	off_t size = lseek(fd, 0, SEEK_END);
	zip_error_t error;

	if (!lib)
		return not_installed(d);
	p->lib = lib;
	p->d = d;
	p->left = p->unpacked = unpacked;
	if (size < 0)
		return broken(p);
	p->from =
	    (struct fd_source){.lib = lib, .fd = fd, .size = (uint64_t)size};
	lib->zip_error_init(&p->from.error);
	lib->zip_error_init(&error);

	zip_source_t *source =
	    lib->zip_source_function_create(source_call, &p->from, &error);
	p->zip = source ?
		     lib->zip_open_from_source(source, ZIP_RDONLY, &error) :
		     NULL;
	lib->zip_error_fini(&error);
	if (!p->zip) {
		lib->zip_source_free(source);
		return broken(p);
	}
	*ret = p;
	return RC_OK;
}

void
package_closep(struct package **p)
{
	if (*p)
		(*p)->lib->zip_discard((*p)->zip);
	*p = NULL;
}

static zip_int64_t
locate(struct package *p, const char *part)
{
	return p->lib->zip_name_locate(
	    p->zip, part, ZIP_FL_NOCASE | ZIP_FL_ENC_RAW);
}

bool
package_has(struct package *p, const char *part)
{
	return locate(p, part) >= 0;
}

bool
package_has_folder(struct package *p, const char *prefix)
{
	zip_int64_t n = p->lib->zip_get_num_entries(p->zip, 0);

	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = p->lib->zip_get_name(
		    p->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
		if (name && strncasecmp(name, prefix, strlen(prefix)) == 0)
			return true;
	}
	return false;
}

size_t
package_peek(struct package *p, const char *part, char *out, size_t n)
{
	zip_file_t *f = p->lib->zip_fopen(p->zip, part, 0);

	if (!f)
		return 0;
	zip_int64_t got = p->lib->zip_fread(f, out, n);
	(void)p->lib->zip_fclose(f);
	return got > 0 ? (size_t)got : 0;
}

void
package_stop(struct package *p, enum rc rc)
{
	if (p->is_stopped)
		return;
	p->is_stopped = true;
	p->stopped_with = rc;
	(void)XML_StopParser(p->parser, XML_FALSE);
}

/* Names are short, and asked about once for each tag: no call for it. */
static inline const char *
without_prefix(const char *name)
{
	for (const char *p = name; *p; p++)
		if (*p == ':')
			return p + 1;
	return name;
}

static void XMLCALL
on_start(void *ctx, const char *name, const char **attributes)
{
	struct package *p = ctx;

	if (p->is_stopped)
		return;
	if (++p->depth > DEEPEST) {
		package_stop(p, broken(p));
		return;
	}
	if (p->sink->start)
		p->sink->start(p->sink->ctx, without_prefix(name), attributes);
}

static void XMLCALL
on_end(void *ctx, const char *name)
{
	struct package *p = ctx;

	if (p->is_stopped)
		return;
	p->depth--;
	if (p->sink->end)
		p->sink->end(p->sink->ctx, without_prefix(name));
}

static void XMLCALL
on_text(void *ctx, const char *s, int n)
{
	struct package *p = ctx;

	if (!p->is_stopped)
		p->sink->text(p->sink->ctx, (struct str){s, (size_t)n});
}

/* Office programs never write one; a billion laughs begins with it. */
static void XMLCALL
on_doctype(void *ctx, const char *name, const char *system, const char *public,
    int own)
{
	struct package *p = ctx;

	(void)name, (void)system, (void)public, (void)own;
	diag_error(p->d, (struct place){0},
	    N_("Внутри файла есть определение DOCTYPE: в таблицах и документах "
	       "его не бывает, поэтому файл не читается."));
	package_stop(p, RC_INVALID);
}

/* One chunk from the archive to the parser; *ret_last at its end. */
static enum rc
feed(struct package *p, zip_file_t *f, bool *ret_last)
{
	void *into = XML_GetBuffer(p->parser, CHUNK);

	if (!into)
		return too_much(p);
	zip_int64_t got = p->lib->zip_fread(f, into, CHUNK);
	if (got < 0)
		return broken(p);
	if ((uint64_t)got > p->left)
		return too_much(p);
	p->left -= (uint64_t)got;

	enum XML_Status status = XML_ParseBuffer(p->parser, (int)got, got == 0);
	if (p->is_stopped) {
		*ret_last = true;
		return p->stopped_with;
	}
	if (status == XML_STATUS_ERROR)
		return broken(p);
	*ret_last = got == 0;
	return RC_OK;
}

static enum rc
open_part(struct package *p, zip_int64_t index, zip_file_t **ret)
{
	zip_stat_t st;

	if (p->lib->zip_stat_index(p->zip, (zip_uint64_t)index, 0, &st) != 0)
		return broken(p);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
	    st.encryption_method != ZIP_EM_NONE)
		return has_password(p);
	if ((st.valid & ZIP_STAT_SIZE) && st.size > p->left)
		return too_much(p);
	*ret = p->lib->zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
	return *ret ? RC_OK : broken(p);
}

enum rc
package_xml(struct package *p, const char *part, const struct xml_sink *sink)
{
	zip_int64_t index = locate(p, part);
	zip_file_t *f = NULL;
	bool last = false;

	if (index < 0)
		return RC_NOT_FOUND;
	enum rc rc = open_part(p, index, &f);
	if (rc != RC_OK)
		return rc;

	p->parser = XML_ParserCreate(NULL);
	MUST(p->parser);
	p->sink = sink;
	p->is_stopped = false;
	p->depth = 0;
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	if (sink->text)
		XML_SetCharacterDataHandler(p->parser, on_text);
	while (rc == RC_OK && !last)
		rc = feed(p, f, &last);
	XML_ParserFree(p->parser);
	(void)p->lib->zip_fclose(f);
	p->parser = NULL;
	return rc;
}

const char *
xml_attribute(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2)
		if (strcmp(without_prefix(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}
