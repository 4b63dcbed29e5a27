/*
 * command.h - a command of the command line: one file, one struct.
 *
 * The struct says everything the dispatcher needs: the words that call it,
 * its usage line, its options, whether it wants the database.  The function
 * gets parsed arguments, writes results into cli->out and complaints into
 * cli->diag, and returns an outcome; main() prints both and turns the outcome
 * into the exit status.  A command never writes to a stream itself.
 *
 *	const struct command command_identify = {
 *	    .name = "identify",
 *	    .usage = "identify METHOD --year Y [--format csv] [--save]",
 *	    .summary = N_("кто в перечне и почему"),
 *	    .options = options, .n_options = COUNT_OF(options),
 *	    .min_args = 1, .max_args = 1, .needs = CLI_DATABASE,
 *	    .run = identify,
 *	};
 */
#pragma once

#include "base/buf.h"
#include "core/scope.h"
#include "fmt/table_out.h"

enum cli_needs {
	CLI_NOTHING,   /* works without a database */
	CLI_DATABASE,  /* opened, its schema is the program's */
	CLI_OPEN_ONLY, /* opened, whatever its schema (migrate, doctor) */
	CLI_CREATE,    /* created if it is not there */
};

struct cli_option {
	const char *name;  /* "year" for --year */
	const char *value; /* "Y", or the choice "csv|json"; NULL: a switch */
};

struct cli {
	struct arena *mem;
	struct diag diag;
	struct buf out; /* standard output, written when the command ends */
	struct str db_url;
	struct scope scope; /* with the database, when the command needs it */
	struct date today;
	struct moment now;
	bool is_terminal; /* standard output is one: tables, not CSV */

	const struct command *command;
	const struct str *args; /* positional */
	size_t n_args;
	struct str
	    *option_values; /* by place in command->options; p NULL: absent */
};

struct command {
	const char *name;
	const char *usage;
	const char *summary;
	const struct cli_option *options;
	size_t n_options;
	size_t min_args, max_args; /* max 0 with min 0: none; SIZE_MAX: any */
	enum cli_needs needs;
	const char *alone_with; /* an option with which no database is opened */
	enum rc (*run)(struct cli *cli);
};

/* The table of src/commands.c. */
extern const struct command *const commands[];
extern const size_t n_commands;

/* Reads argv, opens what is needed, runs, prints; returns the exit status. */
int cli_main(int argc, char **argv);

/* ---- for the commands ---- */

/* The option's text, p NULL when it was not given; a switch gives "". */
struct str cli_option(const struct cli *cli, const char *name);
bool cli_has(const struct cli *cli, const char *name);

/* Parsed options: RC_USAGE with a complaint when they are wrong; when absent
 * the value stays as it is. */
NODISCARD enum rc cli_year(struct cli *cli, struct syear *value);
NODISCARD enum rc cli_date(
    struct cli *cli, const char *name, struct date *value);

/* "table" on a terminal and "csv" elsewhere, unless --format says. */
struct str cli_format(const struct cli *cli);
enum table_format cli_table_format(const struct cli *cli);

/* A complaint about the command line itself; returns RC_USAGE. */
enum rc cli_misuse(struct cli *cli, const char *format, ...) PRINTF(2, 3);

/*
 * Writes bytes to the file of -o FILE, or without it to standard output, after
 * what is in out.
 */
NODISCARD enum rc cli_deliver(struct cli *cli, struct str bytes);

/* For a command that needs the database only sometimes (CLI_NOTHING). */
NODISCARD enum rc cli_open_database(struct cli *cli);

/* The municipality the command works in: RC_INVALID when there is none yet. */
NODISCARD enum rc cli_municipality(struct cli *cli);
