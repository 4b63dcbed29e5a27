/* cli.c - argv to a command, its outcome to streams and an exit status. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "cli/command.h"
#include "core/access/access.h"
#include "os/clock.h"
#include "os/file.h"
#include "store/q_registry.h"

static const char head[] =
    "Опора: школы с низкими результатами, дорожные карты, исполнение.\n\n"
    "opora [--db АДРЕС] КОМАНДА …\n\n"
    "АДРЕС: имя файла или postgres://…; иначе $OPORA_DB, иначе opora.db "
    "здесь.\n"
    "Даты: 2023-12-01, учебные годы: 2022/2023.\n\n";

static void
print_usage(FILE *to)
{
	(void)fputs(head, to);
	for (size_t i = 0; i < n_commands; i++)
		(void)fprintf(to, "  %s\n      %s\n", commands[i]->usage,
		    commands[i]->summary);
}

/* The command whose words argv begins with; the longest name wins. */
static const struct command *
find_command(int argc, char **argv, int *ret_words)
{
	const struct command *best = NULL;

	*ret_words = 0;
	for (size_t i = 0; i < n_commands; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str word;
		int words = 0;
		bool same = true;

		while (same && str_split(&rest, ' ', &word)) {
			same =
			    words < argc && str_eq(word, str_of(argv[words]));
			words++;
		}
		if (same && words > *ret_words) {
			best = commands[i];
			*ret_words = words;
		}
	}
	return best;
}

enum rc
cli_misuse(struct cli *cli, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	diag_error(&cli->diag, (struct place){0}, "%s", text)->hint =
	    arena_fmt(cli->mem, "Образец: opora %s", cli->command->usage);
	return RC_USAGE;
}

static ptrdiff_t
option_index(const struct command *c, struct str name)
{
	for (size_t i = 0; i < c->n_options; i++)
		if (str_eq(name, str_of(c->options[i].name)))
			return (ptrdiff_t)i;
	return -1;
}

/* A value written as "csv|json" is one of these words. */
static enum rc
check_choice(struct cli *cli, const struct cli_option *option, struct str value)
{
	struct str rest = str_of(option->value), one;

	if (str_find_char(rest, '|') < 0)
		return RC_OK;
	while (str_split(&rest, '|', &one))
		if (str_eq(one, value))
			return RC_OK;
	return cli_misuse(cli,
	    N_("У ключа --%s нет значения «%.*s», есть: %s."), option->name,
	    STR_ARG(value), option->value);
}

/* "--name value", "--name=value", "-o value" (the same as --o). */
static enum rc
take_option(struct cli *cli, int argc, char **argv, int *at)
{
	struct str word = str_of(argv[*at]);
	struct str name = str_from(word, str_starts(word, S("--")) ? 2 : 1);
	struct str value = {NULL, 0};
	ptrdiff_t equals = str_find_char(name, '=');

	if (equals >= 0) {
		value = str_from(name, (size_t)equals + 1);
		name = str_cut(name, 0, (size_t)equals);
	}
	ptrdiff_t i = option_index(cli->command, name);
	if (i < 0)
		return cli_misuse(
		    cli, N_("Ключ %s этой команде незнаком."), argv[*at]);

	bool is_switch = cli->command->options[i].value == NULL;
	if (is_switch && value.p)
		return cli_misuse(
		    cli, N_("Ключ %s ставится без значения."), argv[*at]);
	if (!is_switch && !value.p) {
		if (*at + 1 >= argc)
			return cli_misuse(
			    cli, N_("После ключа %s нет значения."), argv[*at]);
		value = str_of(argv[++*at]);
	}
	cli->option_values[i] = is_switch ? S("") : value;
	return is_switch ? RC_OK :
			   check_choice(cli, &cli->command->options[i], value);
}

static enum rc
parse(struct cli *cli, int argc, char **argv)
{
	VEC(struct str) args = {0};
	bool only_args = false;

	cli->option_values =
	    arena_new(cli->mem, struct str, cli->command->n_options + 1);
	for (int i = 0; i < argc; i++) {
		struct str word = str_of(argv[i]);
		if (!only_args && str_eq(word, S("--"))) {
			only_args = true;
		} else if (!only_args && word.n > 1 && word.p[0] == '-') {
			enum rc rc = take_option(cli, argc, argv, &i);
			if (rc != RC_OK)
				return rc;
		} else {
			*vec_push(cli->mem, &args) = word;
		}
	}
	cli->args = args.p;
	cli->n_args = args.n;
	if (args.n < cli->command->min_args)
		return cli_misuse(cli, N_("Не хватает слов в команде."));
	if (args.n > cli->command->max_args)
		return cli_misuse(cli, N_("Лишнее слово в команде: %.*s."),
		    STR_ARG(args.p[cli->command->max_args]));
	return RC_OK;
}

struct str
cli_option(const struct cli *cli, const char *name)
{
	ptrdiff_t i = option_index(cli->command, str_of(name));

	MUST(i >= 0);
	return cli->option_values[i];
}

bool
cli_has(const struct cli *cli, const char *name)
{
	return cli_option(cli, name).p != NULL;
}

enum rc
cli_year(struct cli *cli, struct syear *value)
{
	struct str text = cli_option(cli, "year");

	if (!text.p || syear_parse(text, value))
		return RC_OK;
	return cli_misuse(cli,
	    N_("«%.*s» – не учебный год. Пишите так: 2023/2024."),
	    STR_ARG(text));
}

enum rc
cli_date(struct cli *cli, const char *name, struct date *value)
{
	struct str text = cli_option(cli, name);

	if (!text.p || date_parse_loose(text, value))
		return RC_OK;
	return cli_misuse(cli, N_("«%.*s» – не дата. Пишите так: 2023-12-01."),
	    STR_ARG(text));
}

struct str
cli_format(const struct cli *cli)
{
	struct str format = cli_option(cli, "format");

	if (format.p)
		return format;
	return cli->is_terminal ? S("table") : S("csv");
}

enum table_format
cli_table_format(const struct cli *cli)
{
	static const struct {
		const char *name;
		enum table_format format;
	} names[] = {
	    {"csv", TABLE_CSV}, {"json", TABLE_JSON}, {"xlsx", TABLE_XLSX}};
	struct str format = cli_format(cli);

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq(format, str_of(names[i].name)))
			return names[i].format;
	return TABLE_TERMINAL;
}

/* What was said so far goes to standard output before anything else does. */
static enum rc
flush(struct cli *cli)
{
	enum rc rc = fd_write_all(STDOUT_FILENO, buf_str(&cli->out));

	buf_clear(&cli->out);
	return rc;
}

enum rc
cli_deliver(struct cli *cli, struct str bytes)
{
	struct str path = cli_option(cli, "o");

	if (path.p)
		return file_write(path, bytes, &cli->diag);
	enum rc rc = flush(cli);
	return rc == RC_OK ? fd_write_all(STDOUT_FILENO, bytes) : rc;
}

enum rc
cli_municipality(struct cli *cli)
{
	struct q_municipality place;
	enum rc rc = q_municipality_first(cli->scope.db, cli->mem, &place);

	if (rc == RC_NOT_FOUND) {
		diag_error(&cli->diag, (struct place){0},
		    N_("В базе ещё нет муниципалитета."))
		    ->hint = S("Заведите его: opora init --name «…».");
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	cli->today = clock_today((int32_t)place.zone_minutes);
	cli->scope.actor = actor_program(place.id, cli->today);
	cli->scope.actor.name = S("командная строка");
	return RC_OK;
}

/* The command line acts for the person who may read the database file. */
static enum rc
open_scope(struct cli *cli)
{
	const struct command *c = cli->command;
	enum rc rc;

	cli->scope = (struct scope){.mem = cli->mem,
	    .actor = {.name = S("командная строка"),
		.sees_all = true,
		.today = cli->today},
	    .now = cli->now,
	    .diag = &cli->diag};
	if (c->needs == CLI_NOTHING ||
	    (c->alone_with && cli_has(cli, c->alone_with)))
		return RC_OK;
	if (c->needs == CLI_DATABASE)
		return cli_open_database(cli);
	rc = db_open(
	    cli->db_url, c->needs == CLI_CREATE, &cli->diag, &cli->scope.db);
	if (rc == RC_OK && c->needs == CLI_CREATE)
		rc = db_migrate(cli->scope.db, &cli->diag, NULL, NULL);
	return rc;
}

enum rc
cli_open_database(struct cli *cli)
{
	int have;
	enum rc rc = db_open(cli->db_url, false, &cli->diag, &cli->scope.db);

	if (rc == RC_OK)
		rc = db_schema(cli->scope.db, &have);
	if (rc != RC_OK)
		return rc;
	if (have != migrations[n_migrations - 1].number) {
		diag_error(&cli->diag, (struct place){0},
		    N_("Схема базы – № %d, а программе нужна № %d."), have,
		    migrations[n_migrations - 1].number)
		    ->hint =
		    S("Выполните «opora migrate»: копия базы снимется сама.");
		return RC_INVALID;
	}
	return cli_municipality(cli);
}

static void
print_complaints(const struct cli *cli, enum rc rc)
{
	const struct diag *d = &cli->diag;

	for (size_t i = 0; i < d->n; i++) {
		static const char *const mark[] = {
		    "", "Внимание: ", "Ошибка: "};
		struct str line = complaint_line(cli->mem, &d->all[i]);
		(void)fprintf(stderr, "%s%.*s\n", mark[d->all[i].severity],
		    STR_ARG(line));
	}
	if (d->errors + d->warnings > d->n)
		(void)fprintf(
		    stderr, "… и ещё %zu.\n", d->errors + d->warnings - d->n);
	if (rc == RC_OK || d->errors)
		return;
	(void)fprintf(stderr, "Ошибка: %s", rc_sentence(rc));
	if (cli->scope.db && rc == RC_FAILED)
		(void)fprintf(stderr, " (%s)", db_error(cli->scope.db));
	(void)fputs("\n", stderr);
}

/* --db before the command; the rest belongs to the command. */
static int
take_db(struct cli *cli, int argc, char **argv)
{
	const char *from_environment = getenv("OPORA_DB");

	cli->db_url =
	    str_of(from_environment && *from_environment ? from_environment :
							   "opora.db");
	if (argc >= 2 && strcmp(argv[0], "--db") == 0) {
		cli->db_url = str_of(argv[1]);
		return 2;
	}
	if (argc >= 1 && strncmp(argv[0], "--db=", 5) == 0) {
		cli->db_url = str_of(argv[0] + 5);
		return 1;
	}
	return 0;
}

static enum rc
run(struct cli *cli, int argc, char **argv)
{
	enum rc rc = parse(cli, argc, argv);

	if (rc == RC_OK)
		rc = open_scope(cli);
	if (rc == RC_OK)
		rc = cli->command->run(cli);
	if (flush(cli) != RC_OK)
		rc = RC_FAILED;
	print_complaints(cli, rc);
	db_close(cli->scope.db);
	return rc;
}

int
cli_main(int argc, char **argv)
{
	autoarena mem = arena_open((size_t)2 * 1024 * 1024 * 1024);
	struct cli cli = {.mem = mem, .diag = diag_open(mem, 0)};
	int words;

	argc--;
	argv++;
	int taken = take_db(&cli, argc, argv);
	argc -= taken;
	argv += taken;
	if (argc == 0 || strcmp(argv[0], "--help") == 0 ||
	    strcmp(argv[0], "help") == 0) {
		print_usage(argc == 0 ? stderr : stdout);
		return argc == 0 ? rc_exit_status(RC_USAGE) : 0;
	}
	cli.command = find_command(argc, argv, &words);
	if (!cli.command) {
		(void)fprintf(stderr,
		    "Ошибка: команды «%s» нет. Список: opora help\n", argv[0]);
		return rc_exit_status(RC_USAGE);
	}
	if (argc > words && strcmp(argv[words], "--help") == 0) {
		(void)printf("opora %s\n    %s\n", cli.command->usage,
		    cli.command->summary);
		return 0;
	}
	cli.out = buf_open(mem, (size_t)1024 * 1024 * 1024);
	cli.now = clock_now();
	cli.today = clock_today(0);
	cli.is_terminal = isatty(STDOUT_FILENO);
	return rc_exit_status(run(&cli, argc - words, argv + words));
}
