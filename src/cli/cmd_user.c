/* cmd_user.c - opora user …: accounts from the command line, for the first
 * administrator and for scripts. */
#include "base/utf8.h"
#include "cli/command.h"
#include "core/access/people.h"
#include "fmt/table_out.h"
#include "os/random.h"
#include "store/q_access.h"
#include "store/q_registry.h"

/* Asked for by login; the list of a municipality is short. */
static enum rc
find(struct cli *cli, struct str login, struct q_person *ret)
{
	struct str folded = login_fold(cli->mem, login);
	struct q_person *all;
	size_t n;
	enum rc rc = q_person_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(all[i].login, folded)) {
			*ret = all[i];
			return RC_OK;
		}
	}
	diag_error(&cli->diag, (struct place){0},
	    N_("Учётной записи с таким именем для входа нет."))
	    ->value = login;
	return RC_NOT_FOUND;
}

/* A password given, or one made and printed: nobody has to think one up. */
static enum rc
set_password(struct cli *cli, person_id person)
{
	struct str given = cli_option(cli, "password");
	struct str password = given.p ? given : random_token(cli->mem, 12);
	enum rc rc = person_set_password(&cli->scope, person, password);

	if (rc == RC_OK && !given.p)
		buf_fmt(&cli->out, "%.*s\n", STR_ARG(password));
	return rc;
}

static enum rc
read_role(struct cli *cli, enum role *ret)
{
	struct str code = cli_option(cli, "role");
	struct buf known = buf_open(cli->mem, 0);

	if (role_by_code(code, ret))
		return RC_OK;
	for (enum role r = 0; r < ROLE_COUNT; r++)
		buf_fmt(&known, "%s%s", r ? ", " : "", role_code(r));
	return cli_misuse(cli, N_("Роль задают ключом --role: %.*s."),
	    STR_ARG(buf_str(&known)));
}

static enum rc
give_role(struct cli *cli, person_id person, enum role role)
{
	struct grant g = {
	    .role = role, .since = cli->today, .until = DATE_NONE};
	struct str rest = cli_option(cli, "school"), code;
	enum rc rc = RC_OK;

	if (!rest.p)
		return person_grant(&cli->scope, person, &g);
	while (rc == RC_OK && str_split(&rest, ' ', &code)) {
		struct q_school school;

		rc =
		    q_school_by_code(cli->scope.db, cli->mem, &cli->scope.actor,
			cli->scope.actor.municipality, code, &school);
		if (rc == RC_NOT_FOUND)
			diag_error(&cli->diag, (struct place){0},
			    N_("Школы с таким кодом нет."))
			    ->value = code;
		g.school = school.id;
		if (rc == RC_OK)
			rc = person_grant(&cli->scope, person, &g);
	}
	return rc;
}

static enum rc
user_add(struct cli *cli)
{
	struct str name = cli_option(cli, "name");
	enum role role;
	person_id person;
	enum rc rc = read_role(cli, &role);

	if (rc != RC_OK)
		return rc;
	rc = person_add(&cli->scope, cli->args[0], name.p ? name : cli->args[0],
	    cli_has(cli, "post") ? cli_option(cli, "post") : S(""), &person);
	if (rc == RC_OK)
		rc = set_password(cli, person);
	if (rc == RC_OK)
		rc = give_role(cli, person, role);
	return rc;
}

static enum rc
user_password(struct cli *cli)
{
	struct q_person p;
	enum rc rc = find(cli, cli->args[0], &p);

	return rc == RC_OK ? set_password(cli, p.id) : rc;
}

static enum rc
user_disable(struct cli *cli)
{
	struct q_person p;
	enum rc rc = find(cli, cli->args[0], &p);

	if (rc != RC_OK)
		return rc;
	return person_set_disabled(&cli->scope, p.id, !cli_has(cli, "undo"));
}

/* ---- the list ---- */

static const struct table_column columns[] = {
    {"login", S_INIT("Имя для входа"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"name", S_INIT("Имя"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"post", S_INIT("Должность"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"roles", S_INIT("Роли"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"open", S_INIT("Открыта"), TABLE_BOOL, 0, 0, {0}, {0}},
};

static enum rc
roles_of(struct cli *cli, person_id person, struct str *ret)
{
	struct buf b = buf_open(cli->mem, 0);
	struct actor a;
	enum rc rc = actor_of(
	    &cli->scope, cli->scope.actor.municipality, person, S(""), &a);

	if (rc != RC_OK)
		return rc;
	for (enum role r = 0; r < ROLE_COUNT; r++) {
		if (a.roles >> r & 1)
			buf_fmt(&b, "%s%s", b.n ? " " : "", role_code(r));
	}
	*ret = buf_str(&b);
	return RC_OK;
}

static enum rc
user_list(struct cli *cli)
{
	const struct table_about about = {
	    .columns = columns, .n = COUNT_OF(columns)};
	struct table_out *t;
	struct q_person *all;
	size_t n;
	enum rc rc = q_person_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &all, &n);
	t = table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct str roles;

		rc = roles_of(cli, all[i].id, &roles);
		if (rc == RC_OK)
			table_out_row(
			    t, (struct table_cell[]){table_text(all[i].login),
				   table_text(all[i].name),
				   table_text(all[i].post), table_text(roles),
				   table_bool(!all[i].is_disabled)});
	}
	return rc == RC_OK ? table_out_close(t) : rc;
}

/* ---- the table of rights ---- */

static enum rc
perms(struct cli *cli)
{
	struct table_column c[ROLE_COUNT + 2] = {
	    {"right", S_INIT("Право"), TABLE_TEXT, 0, 0, {0}, {0}},
	    {"allows", S_INIT("Что позволяет"), TABLE_TEXT, 0, 0, {0}, {0}},
	};
	static const char *const reach[] = {"-", "own", "all"};
	const struct table_about about = {.columns = c, .n = COUNT_OF(c)};
	struct table_cell cells[ROLE_COUNT + 2];
	struct table_out *t;

	for (enum role r = 0; r < ROLE_COUNT; r++)
		c[r + 2] = (struct table_column){.key = role_code(r),
		    .title = str_of(role_code(r)),
		    .kind = TABLE_TEXT};
	t = table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (enum perm p = 0; p < PERM_COUNT; p++) {
		cells[0] = table_text(str_of(perm_name(p)));
		cells[1] = table_text(str_of(perm_title(p)));
		for (enum role r = 0; r < ROLE_COUNT; r++)
			cells[r + 2] =
			    table_text(str_of(reach[role_reach(r, p)]));
		table_out_row(t, cells);
	}
	return table_out_close(t);
}

static const struct cli_option add_options[] = {
    {"role", "РОЛЬ"},
    {"school", "'КОД КОД…'"},
    {"name", "'Фамилия И. О.'"},
    {"post", "ДОЛЖНОСТЬ"},
    {"password", "ПАРОЛЬ"},
};
static const struct cli_option password_options[] = {{"password", "ПАРОЛЬ"}};
static const struct cli_option disable_options[] = {{"undo", NULL}};
static const struct cli_option list_options[] = {{"format", "table|csv|json"}};

const struct command command_user_add = {.name = "user add",
    .usage = "user add ИМЯ --role РОЛЬ [--school 'КОД…'] [--name 'Фамилия И. "
	     "О.'] [--post ДОЛЖНОСТЬ] [--password ПАРОЛЬ]",
    .summary = N_("завести учётную запись; без --password пароль придумывает "
		  "программа и печатает его"),
    .options = add_options,
    .n_options = COUNT_OF(add_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = user_add};
const struct command command_user_list = {.name = "user list",
    .usage = "user list [--format table|csv|json]",
    .summary = N_("учётные записи и их роли"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = user_list};
const struct command command_user_password = {.name = "user password",
    .usage = "user password ИМЯ [--password ПАРОЛЬ]",
    .summary = N_("задать новый пароль; без --password он печатается"),
    .options = password_options,
    .n_options = COUNT_OF(password_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = user_password};
const struct command command_user_disable = {.name = "user disable",
    .usage = "user disable ИМЯ [--undo]",
    .summary = N_("закрыть учётную запись и её сеансы; --undo открывает снова"),
    .options = disable_options,
    .n_options = COUNT_OF(disable_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = user_disable};
const struct command command_perms = {.name = "perms",
    .usage = "perms [--format table|csv|json]",
    .summary = N_("таблица прав: что позволяет каждая роль"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_NOTHING,
    .run = perms};
