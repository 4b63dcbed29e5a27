/* intake_schools.c - one row of the list of schools. */
#include "base/buf.h"
#include "base/utf8.h"
#include "core/access/audit.h"
#include "core/registry/names.h"
#include "core/results/intake_own.h"
#include "store/q_registry.h"

static bool
is_good(struct intake *in, const struct school_row *row)
{
	struct place at = intake_place(in, &row->at);
	enum school_kind kind;
	bool good = true;

	if (!row->code.n) {
		diag_error(in->sc->diag, at, N_("У школы нет кода."));
		good = false;
	}
	if (!row->name.n) {
		diag_error(in->sc->diag, at, N_("У школы нет названия."));
		good = false;
	}
	if (!school_kind_parse(row->kind, &kind)) {
		struct complaint *c =
		    diag_error(in->sc->diag, at, N_("Такого вида школ нет."));
		c->value = arena_str(in->sc->mem, row->kind);
		c->expected = S("nosh, oosh, sosh, gymnasium, lyceum, "
				"correctional или evening");
		good = false;
	}
	if (!str_eq(row->locality, S("urban")) &&
	    !str_eq(row->locality, S("rural"))) {
		struct complaint *c = diag_error(
		    in->sc->diag, at, N_("Местность указана непонятно."));
		c->value = arena_str(in->sc->mem, row->locality);
		c->expected = S("urban (город) или rural (село)");
		good = false;
	}
	return good;
}

static enum rc
set_alias(struct intake *in, const char *kind, struct str folded,
    struct str written, school_id school)
{
	const struct q_alias_set_in alias = {
	    .municipality = in->sc->actor.municipality,
	    .kind = str_of(kind),
	    .folded = folded,
	    .written = written,
	    .school = school};

	return folded.n ? q_alias_set(in->sc->db, &alias) : RC_OK;
}

static enum rc
set_logins(struct intake *in, struct str logins, school_id school)
{
	struct str login;
	enum rc rc = RC_OK;

	while (rc == RC_OK && logins.n && str_split(&logins, ' ', &login))
		rc = set_alias(in, "login",
		    school_login_key(in->scratch, login), login, school);
	return rc;
}

/* The earlier name stays a spelling of the school, and the change is dated. */
static enum rc
rename_school(struct intake *in, const struct q_school *was, struct str becomes)
{
	const struct q_school_event_add_in event = {
	    .municipality = in->sc->actor.municipality,
	    .school = was->id,
	    .on_date = in->sc->actor.today,
	    .kind = S("renamed"),
	    .was = was->name,
	    .becomes = becomes,
	    .basis = in->options.file_name};
	enum rc rc = set_alias(in, "name",
	    school_name_key(in->scratch, was->name), was->name, was->id);

	return rc == RC_OK ? q_school_event_add(in->sc->db, &event) : rc;
}

static enum rc
add_school(struct intake *in, const struct school_row *row, bool is_rural)
{
	struct q_school_add made;
	const struct q_school_add_in add = {
	    .municipality = in->sc->actor.municipality,
	    .code = row->code,
	    .name = row->name,
	    .sort_key = text_sort_key(in->scratch, row->name),
	    .kind = row->kind,
	    .is_rural = is_rural,
	    .is_small = row->small};
	enum rc rc = q_school_add(in->sc->db, in->scratch, &add, &made);

	if (rc != RC_OK)
		return rc;
	const struct match m = {.name = row->name, .code = row->code};
	intake_note(in, CHANGE_ADDED, &m, (struct syear){0}, S("школа"), S(""),
	    row->name);
	return set_logins(in, row->logins, made.id);
}

static struct str
kind_title(struct str code)
{
	enum school_kind kind;

	return school_kind_parse(code, &kind) ?
		   str_of(school_kind_titles[kind]) :
		   code;
}

static void
put_change(struct buf *was, struct buf *becomes, const char *name,
    struct str before, struct str after)
{
	if (str_eq(before, after))
		return;
	buf_fmt(
	    was, "%s%s: %.*s", was->n > 0 ? "; " : "", name, STR_ARG(before));
	buf_fmt(becomes, "%s%s: %.*s", becomes->n > 0 ? "; " : "", name,
	    STR_ARG(after));
}

/* The history of a school says what a file changed in it. */
static enum rc
tell_of_change(struct intake *in, const struct school_row *row, bool is_rural,
    const struct q_school *was)
{
	struct buf before = buf_open(in->scratch, 0);
	struct buf after = buf_open(in->scratch, 0);

	put_change(&before, &after, N_("название"), was->name, row->name);
	put_change(&before, &after, N_("вид"), kind_title(was->kind),
	    kind_title(row->kind));
	put_change(&before, &after, N_("местность"),
	    was->is_rural ? S(N_("сельская")) : S(N_("городская")),
	    is_rural ? S(N_("сельская")) : S(N_("городская")));
	put_change(&before, &after, N_("малокомплектная"),
	    was->is_small ? S(N_("да")) : S(N_("нет")),
	    row->small ? S(N_("да")) : S(N_("нет")));
	return audit_write(
	    in->sc, &(struct audit_entry){.action = S("school.changed"),
			.object = S("school"),
			.object_id = was->id.v,
			.object_name = row->name,
			.was = buf_str(&before),
			.becomes = buf_str(&after),
			.note = in->options.file_name});
}

static enum rc
change_school(struct intake *in, const struct school_row *row, bool is_rural,
    const struct q_school *was)
{
	const struct q_school_set_in set = {
	    .municipality = in->sc->actor.municipality,
	    .id = was->id,
	    .version = was->version,
	    .name = row->name,
	    .sort_key = text_sort_key(in->scratch, row->name),
	    .kind = row->kind,
	    .is_rural = is_rural,
	    .is_small = row->small};
	bool renamed = !str_eq(row->name, was->name);
	enum rc rc = renamed ? rename_school(in, was, row->name) : RC_OK;

	if (rc == RC_OK)
		rc = q_school_set(in->sc->db, &set);
	if (rc == RC_OK)
		rc = tell_of_change(in, row, is_rural, was);
	const struct match m = {.name = row->name, .code = row->code};
	intake_note(in, CHANGE_CHANGED, &m, (struct syear){0},
	    renamed ? S("название") : S("сведения"),
	    renamed ? was->name : was->kind, renamed ? row->name : row->kind);
	return rc;
}

static enum rc
apply(struct intake *in, const struct school_row *row)
{
	struct q_school was;
	bool is_rural = str_eq(row->locality, S("rural"));
	enum rc rc = q_school_by_code(in->sc->db, in->scratch, &in->sc->actor,
	    in->sc->actor.municipality, row->code, &was);

	if (rc == RC_NOT_FOUND)
		return add_school(in, row, is_rural);
	if (rc != RC_OK)
		return rc;
	if (str_eq(row->name, was.name) && str_eq(row->kind, was.kind) &&
	    is_rural == was.is_rural && row->small == was.is_small) {
		in->same++;
		return set_logins(in, row->logins, was.id);
	}
	rc = change_school(in, row, is_rural, &was);
	return rc == RC_OK ? set_logins(in, row->logins, was.id) : rc;
}

void
intake_take_school(void *ctx, const struct school_row *row)
{
	struct intake *in = ctx;

	in->rows_read++;
	if (in->rc != RC_OK)
		return;
	if (is_good(in, row))
		(void)intake_ok(in, apply(in, row));
	else
		intake_refuse(in, &row->at);
	arena_reset(in->scratch);
}
