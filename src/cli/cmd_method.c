/* cmd_method.c - opora method list | show | text | check | diff. */
#include "cli/drawing.h"
#include "core/methods/library.h"
#include "core/registry/catalogue.h"
#include "os/file.h"

/* Methods are read with the built-in names; no database is needed. */
static enum rc
read_words(struct cli *cli, struct vocabulary *ret)
{
	return catalogue_read(&cli->scope, ret);
}

static enum rc
list(struct cli *cli)
{
	struct vocabulary words;
	struct library library;
	enum rc rc = read_words(cli, &words);

	if (rc == RC_OK)
		rc = library_read(&cli->scope, &words, &library);
	for (size_t i = 0; rc == RC_OK && i < library.n; i++) {
		const struct method *m = library.methods[i];
		buf_fmt(&cli->out, "%.*s@%.*s\t%.*s\t%.*s\n", STR_ARG(m->code),
		    STR_ARG(m->version), STR_ARG(m->title), STR_ARG(m->source));
	}
	return rc;
}

static enum rc
one(struct cli *cli, struct str name, const struct method **ret)
{
	struct vocabulary *words = arena_new(cli->mem, struct vocabulary, 1);
	enum rc rc = read_words(cli, words);

	return rc == RC_OK ? draw_method(cli, name, words, ret) : rc;
}

static enum rc
show(struct cli *cli)
{
	const struct method *m;
	enum rc rc = one(cli, cli->args[0], &m);

	if (rc == RC_OK)
		buf_put(&cli->out, m->text);
	return rc;
}

static enum rc
text(struct cli *cli)
{
	const struct method *m;
	enum rc rc = one(cli, cli->args[0], &m);

	if (rc == RC_OK)
		buf_put(&cli->out, method_text(cli->mem, m, NULL));
	return rc;
}

static enum rc
check(struct cli *cli)
{
	const struct method *m;
	size_t examples;
	enum rc rc = one(cli, cli->args[0], &m);

	if (rc != RC_OK)
		return rc;
	rc = method_check_examples(cli->mem, m, &cli->diag, &examples);
	draw_carets(cli, m->text);
	if (rc == RC_OK)
		buf_fmt(&cli->out,
		    "Методика «%.*s» записана верно, примеров "
		    "проверено: %zu.\n",
		    STR_ARG(m->title), examples);
	return rc;
}

static enum rc
diff(struct cli *cli)
{
	const struct method *before, *after;
	enum rc rc = one(cli, cli->args[0], &before);

	if (rc == RC_OK)
		rc = one(cli, cli->args[1], &after);
	if (rc != RC_OK)
		return rc;
	struct passages p = method_diff(cli->mem, before, after);
	for (size_t i = 0; i < p.n; i++)
		buf_fmt(&cli->out, "%s%.*s\n",
		    p.p[i].kind == PASSAGE_ITEM ? "– " : "",
		    STR_ARG(p.p[i].text));
	if (!p.n)
		buf_c(&cli->out, "Методики не отличаются.\n");
	return rc;
}

const struct command command_method_list = {.name = "method list",
    .usage = "method list",
    .summary = N_("какие методики есть в программе"),
    .run = list};
const struct command command_method_show = {.name = "method show",
    .usage = "method show МЕТОДИКА",
    .summary = N_("методика, как она записана"),
    .min_args = 1,
    .max_args = 1,
    .run = show};
const struct command command_method_text = {.name = "method text",
    .usage = "method text МЕТОДИКА",
    .summary = N_("методика русской прозой"),
    .min_args = 1,
    .max_args = 1,
    .run = text};
const struct command command_method_check = {.name = "method check",
    .usage = "method check ФАЙЛ",
    .summary = N_("проверить запись методики и её примеры"),
    .min_args = 1,
    .max_args = 1,
    .run = check};
const struct command command_method_diff = {.name = "method diff",
    .usage = "method diff ОДНА ДРУГАЯ",
    .summary = N_("чем отличаются две методики"),
    .min_args = 2,
    .max_args = 2,
    .run = diff};
