/* evidence.c - what proves a mark: files by their bytes, links, entries. */
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/marks.h"

enum { NAME_MOST = 200, ADDRESS_MOST = 1000 };

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

/* ---- files ---- */

/* What the bytes are; the name is only a wish of whoever sent them. */
static const char *
kind_of_bytes(struct str bytes)
{
	static const struct {
		struct str sign;
		const char *kind;
	} signs[] = {{S_INIT("%PDF-"), "pdf"}, {S_INIT("\xFF\xD8\xFF"), "jpeg"},
	    {S_INIT("\x89PNG\r\n\x1A\n"), "png"},
	    {S_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "doc"}};

	static const struct {
		struct str part;
		const char *kind;
	} parts[] = {{S_INIT("word/document.xml"), "docx"},
	    {S_INIT("xl/workbook.xml"), "xlsx"},
	    {S_INIT("mimetypeapplication/vnd.oasis.opendocument.text"), "odt"},
	    {S_INIT("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
		"ods"}};

	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (str_starts(bytes, signs[i].sign))
			return signs[i].kind;
	if (str_starts(bytes, S("PK\x03\x04")))
		for (size_t i = 0; i < COUNT_OF(parts); i++)
			if (str_find(bytes, parts[i].part) >= 0)
				return parts[i].kind;
	return NULL;
}

/* The last part of a path, without signs that steer a terminal or a header. */
static struct str
clean_name(struct arena *mem, struct str name)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
			name = str_from(name, i);
			break;
		}
	name = utf8_repair(mem, name);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		if (c >= ' ' && c != '"' && c != 0x7F)
			buf_char(&b, (char)c);
	}
	struct str clean = str_trim(text_clip(mem, buf_str(&b), NAME_MOST));
	return clean.n ? clean : S("файл");
}

static void
check_file(struct scope *sc, const struct evidence_new *e)
{
	if (e->content.n > EVIDENCE_MAX_BYTES)
		refuse(sc, "file", N_("Файл больше 20 МБ."));
	else if (!kind_of_bytes(e->content))
		diag_error(sc->diag, (struct place){.column = S("file")},
		    N_("Такой файл приложить нельзя."))
		    ->expected = S("PDF, документ или таблица (DOCX, XLSX, "
				   "ODT, ODS), снимок JPEG или PNG");
}

static bool
is_link(struct str s)
{
	if (!str_starts(s, S("https://")) && !str_starts(s, S("http://")))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' ||
		    s.p[i] == '<' || s.p[i] == '>')
			return false;
	return s.n <= ADDRESS_MOST;
}

/* ---- adding ---- */

static const char *
form_of(const struct evidence_new *e)
{
	return e->content.n           ? "file" :
	       str_trim(e->address).n ? "link" :
					"register";
}

static enum rc
check(struct scope *sc, const struct evidence_new *e)
{
	size_t before = sc->diag->errors;
	struct str form = str_of(form_of(e));
	struct evidence_kind kind;

	if (!evidence_kind_find(e->kind, &kind)) {
		refuse(sc, "kind", N_("Не сказано, что это за документ."));
		return RC_INVALID;
	}
	if (!evidence_kind_takes(&kind, form))
		diag_error(sc->diag, (struct place){.column = S("kind")},
		    N_("«%.*s» в таком виде не прикладывается."),
		    STR_ARG(kind.title))
		    ->hint = evidence_kind_takes(&kind, S("file")) ?
				 S("Приложите файл.") :
				 S("Укажите ссылку.");
	if (str_eq(form, S("file")))
		check_file(sc, e);
	if (str_eq(form, S("link")) && !is_link(str_trim(e->address)))
		refuse(sc, "address",
		    N_("Ссылка начинается с https:// и не содержит "
		       "пробелов."));
	if (str_eq(form, S("register")) &&
	    (!str_trim(e->number).n || date_is_none(e->on)))
		refuse(sc, "number",
		    N_("Без файла нужны номер и дата документа."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

static enum rc
may_prove(struct scope *sc, occurrence_id id, struct q_task *ret)
{
	struct q_answers_by_name row;
	enum rc rc = q_task_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, ret);

	if (rc == RC_OK)
		rc = may(&sc->actor, PERM_MARKS_MAKE);
	if (rc != RC_OK ||
	    actor_reach(&sc->actor, PERM_MARKS_MAKE) == REACH_ALL)
		return rc;
	if (ret->school.v)
		return may_for(sc, PERM_MARKS_MAKE, ret->school);
	rc = q_answers_by_name(sc->db, sc->mem, sc->actor.municipality,
	    ret->measure, sc->actor.person, &row);
	return rc == RC_NOT_FOUND ? RC_DENIED : rc;
}

static enum rc
tell(struct scope *sc, const char *action, const struct q_task *t,
    struct str what, struct str note)
{
	return audit_write(
	    sc, &(struct audit_entry){.action = str_of(action),
		    .object = S("occurrence"),
		    .object_id = t->id.v,
		    .object_name = arena_fmt(sc->mem, "%.*s %.*s",
			STR_ARG(t->number), STR_ARG(t->title)),
		    .becomes = what,
		    .note = note});
}

static struct str
text(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

static enum rc
store(struct scope *sc, const struct evidence_new *e, evidence_id *ret)
{
	municipality_id m = sc->actor.municipality;
	bool has_file = e->content.n > 0;
	struct q_evidence_add_in add = {.municipality = m,
	    .occurrence = e->occurrence,
	    .kind = e->kind,
	    .form = str_of(form_of(e)),
	    .title = text(e->title),
	    .number = text(e->number),
	    .on_date = e->on,
	    .file_name = has_file ? clean_name(sc->mem, e->file_name) : S(""),
	    .address = text(e->address),
	    .person = sc->actor.person,
	    .person_name = text(sc->actor.name),
	    .at = sc->now};
	struct q_evidence_add made;
	enum rc rc = RC_OK;

	if (has_file) {
		const struct q_stored_file_add_in file = {.municipality = m,
		    .hash = add.hash = hash_hex(sc->mem, e->content),
		    .size = (int64_t)e->content.n,
		    .kind = str_of(kind_of_bytes(e->content)),
		    .content = e->content};
		rc = q_stored_file_add(sc->db, &file);
	}
	if (rc == RC_OK)
		rc = q_evidence_add(sc->db, sc->mem, &add, &made);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

enum rc
evidence_add(struct scope *sc, const struct evidence_new *e, evidence_id *ret)
{
	struct evidence_kind kind = {0};
	struct q_task task;
	evidence_id made;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = may_prove(sc, e->occurrence, &task);
	if (rc == RC_OK)
		rc = check(sc, e);
	if (rc == RC_OK)
		rc = store(sc, e, &made);
	(void)evidence_kind_find(e->kind, &kind);
	if (rc == RC_OK)
		rc = tell(
		    sc, "evidence.added", &task, kind.title, text(e->title));
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made;
	return rc;
}

enum rc
evidence_withdraw(struct scope *sc, evidence_id id, struct str reason)
{
	struct q_evidence e;
	struct q_task task;
	struct evidence_kind kind = {0};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_evidence_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &e);
	if (rc == RC_OK)
		rc = may_prove(sc, e.occurrence, &task);
	if (rc == RC_OK && (str_eq(task.mark_state, S("done")) ||
			       str_eq(task.mark_state, S("confirmed")))) {
		diag_error(sc->diag, (struct place){0},
		    N_("Исполнение уже отмечено с этим подтверждением."))
		    ->hint = S("Сначала снимите отметку.");
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = q_evidence_set_withdrawn(
		    sc->db, sc->actor.municipality, id);
	if (rc == RC_OK) {
		(void)evidence_kind_find(e.kind, &kind);
		rc = tell(
		    sc, "evidence.withdrawn", &task, kind.title, text(reason));
	}
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
evidence_read(struct scope *sc, evidence_id id, struct q_evidence *ret,
    struct str *ret_content)
{
	struct q_stored_file_content file;
	struct q_evidence e;
	municipality_id m = sc->actor.municipality;
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc == RC_OK)
		rc = q_evidence_by_id(sc->db, sc->mem, &sc->actor, m, id, &e);
	if (rc == RC_OK && !e.hash.n)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_stored_file_content(sc->db, sc->mem, m, e.hash, &file);
	if (rc != RC_OK)
		return rc;
	*ret = e;
	*ret_content = file.content;
	return RC_OK;
}

/* ---- what is still missing ---- */

static bool
is_there(const struct q_evidence *all, size_t n, struct str code)
{
	for (size_t i = 0; i < n; i++)
		if (!all[i].is_withdrawn && str_eq(all[i].kind, code))
			return true;
	return false;
}

enum rc
evidence_missing(
    struct scope *sc, occurrence_id id, struct str **ret_titles, size_t *ret_n)
{
	municipality_id m = sc->actor.municipality;
	VEC(struct str) titles = {0};
	struct q_evidence *all;
	struct q_task task;
	struct str code;
	size_t n;
	enum rc rc = q_task_by_id(sc->db, sc->mem, &sc->actor, m, id, &task);

	if (rc == RC_OK)
		rc = q_evidence_list(
		    sc->db, sc->mem, &sc->actor, m, id, &all, &n);
	if (rc != RC_OK)
		return rc;
	while (str_split(&task.evidence, ' ', &code)) {
		struct evidence_kind kind = {.title = code};
		if (!code.n || is_there(all, n, code))
			continue;
		(void)evidence_kind_find(code, &kind);
		*vec_push(sc->mem, &titles) = kind.title;
	}
	*ret_titles = titles.p;
	*ret_n = titles.n;
	return RC_OK;
}
