/* load_profile.c - has such a file been here before, and what was said of it? */
#include "core/results/load_profile.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/access/audit.h"

/* ---- known again ---- */

static void
put_without_digits(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, s.p[i] >= '0' && s.p[i] <= '9' ? '#' : s.p[i]);
}

struct str
load_signature(struct arena *mem, const struct str *cells, size_t n)
{
	struct buf b = buf_open(mem, 0);

	while (n > 0 && str_trim(cells[n - 1]).n == 0)
		n--;
	for (size_t i = 0; i < n; i++) {
		put_without_digits(&b, text_header(mem, cells[i]));
		buf_char(&b, '\n');
	}
	return b.n > n ? hash_hex(mem, buf_str(&b)) : S("");
}

struct str
load_file_like(struct arena *mem, struct str file_name)
{
	struct buf b = buf_open(mem, 0);

	put_without_digits(&b, text_fold(mem, file_name));
	return buf_str(&b);
}

enum rc
load_profiles_of(struct scope *sc, struct str signature, struct str file_name,
    struct load_profiles *ret)
{
	struct str like = load_file_like(sc->mem, file_name);
	struct load_profiles found = {0};
	struct q_load_profile *all;
	enum rc rc = q_load_profile_of(
	    sc->db, sc->mem, sc->actor.municipality, signature, &all, &found.n);

	if (rc != RC_OK)
		return rc;
	found.all = all;
	if (found.n == 1)
		found.meant = &all[0];
	for (size_t i = 0; found.n > 1 && i < found.n; i++) {
		if (str_eq(all[i].file_like, like)) {
			found.meant = &all[i];
			break;
		}
	}
	*ret = found;
	return RC_OK;
}

struct syear
load_profile_year(const struct q_load_profile *p, struct date today)
{
	if (!p->year_shift.is_known)
		return (struct syear){0};
	return syear_plus(syear_of(today), (int)p->year_shift.v);
}

struct str
said_columns_text(struct arena *mem, const struct said_column *all, size_t n)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%.*s\t%.*s\n", STR_ARG(all[i].name),
		    STR_ARG(all[i].heading));
	return buf_str(&b);
}

const struct said_column *
said_columns_of(struct arena *mem, struct str text, size_t *ret_n)
{
	VEC(struct said_column) all = {0};
	struct str line;

	while (str_split(&text, '\n', &line) && all.n < SAID_COLUMNS_MOST) {
		struct said_column c = {0};

		if (str_split(&line, '\t', &c.name) && line.n > 0) {
			c.heading = line;
			*vec_push(mem, &all) = c;
		}
	}
	*ret_n = all.n;
	return all.p;
}

/* ---- remembered ---- */

static struct opt_int
shift_of(const struct scope *sc, struct syear year)
{
	if (year.first == 0)
		return (struct opt_int){0};
	return (struct opt_int){
	    true, year.first - syear_of(sc->actor.today).first};
}

static enum rc
journal(struct scope *sc, const char *action, int64_t id, struct str name,
    struct str was, struct str becomes)
{
	const struct audit_entry entry = {.action = str_of(action),
	    .object = S("load_profile"),
	    .object_id = id,
	    .object_name = name,
	    .was = was,
	    .becomes = becomes};

	return audit_write(sc, &entry);
}

/* "ЕГЭ, разреженный: ege-rus" until somebody finds a better name. */
static struct str
first_name(struct arena *mem, const struct load_choice *c)
{
	struct str what = c->profile;

	for (int k = 0; what.n == 0 && k < FILE_KIND_COUNT; k++)
		if (str_eq(c->kind, str_of(file_kind_codes[k])))
			what = str_of(file_kind_titles[k]);
	return c->file_name.n == 0 ?
		   what :
		   text_clip(mem,
		       arena_fmt(mem, "%.*s (%.*s)", STR_ARG(what),
			   STR_ARG(c->file_name)),
		       PROFILE_NAME_MOST);
}

static enum rc
add(struct scope *sc, const struct load_choice *c)
{
	const struct q_load_profile_add_in row = {
	    .municipality = sc->actor.municipality,
	    .signature = c->signature,
	    .name = first_name(sc->mem, c),
	    .kind = c->kind,
	    .file_like = load_file_like(sc->mem, c->file_name),
	    .said_procedure = c->procedure,
	    .year_shift = shift_of(sc, c->year),
	    .columns = c->columns,
	    .person_name = sc->actor.name,
	    .at = sc->now,
	    .last_load = c->load};
	struct q_load_profile_add made;
	enum rc rc = q_load_profile_add(sc->db, sc->mem, &row, &made);

	if (rc != RC_OK)
		return rc;
	return journal(sc, "profile.made", made.id, row.name, S(""), S(""));
}

enum rc
load_profile_remember(struct scope *sc, const struct load_choice *c)
{
	struct q_load_profile *all;
	size_t n;
	enum rc rc = q_load_profile_of(
	    sc->db, sc->mem, sc->actor.municipality, c->signature, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		const struct q_load_profile_use_in use = {
		    .municipality = sc->actor.municipality,
		    .id = all[i].id,
		    .file_like = load_file_like(sc->mem, c->file_name),
		    .year_shift = shift_of(sc, c->year),
		    .columns = c->columns,
		    .at = sc->now,
		    .last_load = c->load};

		if (str_eq(all[i].said_procedure, c->procedure))
			return q_load_profile_use(sc->db, &use);
	}
	return add(sc, c);
}

/* ---- named, forgotten ---- */

enum rc
load_profile_rename(struct scope *sc, int64_t id, struct str name)
{
	municipality_id m = sc->actor.municipality;
	struct str trimmed = str_trim(name);
	struct q_load_profile was;
	autotx tx = {0};
	enum rc rc;

	if (trimmed.n == 0 || utf8_length(trimmed) > PROFILE_NAME_MOST) {
		diag_error(sc->diag, (struct place){.column = S("name")},
		    N_("Назовите профиль: до %d знаков."), PROFILE_NAME_MOST);
		return RC_INVALID;
	}
	rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_load_profile_by_id(sc->db, sc->mem, m, id, &was);
	if (rc == RC_OK)
		rc = q_load_profile_name(sc->db, m, id, trimmed);
	if (rc == RC_OK)
		rc = journal(
		    sc, "profile.changed", id, trimmed, was.name, trimmed);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
load_profile_forget(struct scope *sc, int64_t id)
{
	municipality_id m = sc->actor.municipality;
	struct q_load_profile was;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_load_profile_by_id(sc->db, sc->mem, m, id, &was);
	if (rc == RC_OK)
		rc = q_load_profile_drop(sc->db, m, id);
	if (rc == RC_OK)
		rc = journal(
		    sc, "profile.dropped", id, was.name, was.name, S(""));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
