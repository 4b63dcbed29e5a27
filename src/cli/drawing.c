/* drawing.c - the run that identify and explain stand on. */
#include "cli/drawing.h"

#include "core/methods/library.h"
#include "core/registry/catalogue.h"
#include "os/file.h"

void
draw_carets(struct cli *cli, struct str text)
{
	for (size_t i = 0; i < cli->diag.n; i++) {
		struct complaint *c = &cli->diag.all[i];
		if (c->at.length)
			*c = (struct complaint){.severity = c->severity,
			    .text = method_caret(cli->mem, text, c)};
	}
}

static enum rc
method_from_file(struct cli *cli, struct str path,
    const struct vocabulary *words, const struct method **ret)
{
	struct method *m;
	struct str text;
	enum rc rc = file_read(cli->mem, path, METHOD_BYTES, &cli->diag, &text);

	if (rc != RC_OK)
		return rc;
	rc = method_parse(cli->mem, path, text, words, &cli->diag, &m);
	draw_carets(cli, text);
	if (rc == RC_OK)
		*ret = m;
	return rc;
}

enum rc
draw_method(struct cli *cli, struct str name, const struct vocabulary *words,
    const struct method **ret)
{
	struct library library;
	enum rc rc;

	if (str_ends(name, S(".method")) || str_find_char(name, '/') >= 0)
		return method_from_file(cli, name, words, ret);
	rc = library_read(&cli->scope, words, &library);
	if (rc != RC_OK)
		return rc;
	return library_find(&cli->scope, &library, name, cli->today, ret);
}

static enum rc
take_settings(struct cli *cli, struct drawing *d)
{
	struct str rest = cli_option(cli, "set");
	struct str part;

	while (rest.p && str_split(&rest, ';', &part)) {
		ptrdiff_t equals = str_find_char(part, '=');
		if (equals < 0)
			return cli_misuse(cli,
			    N_("Настройка пишется так: имя = "
			       "значение, а не «%.*s»."),
			    STR_ARG(part));
		enum rc rc = method_set_value(&d->choice, d->method,
		    str_trim(str_cut(part, 0, (size_t)equals)),
		    str_trim(str_from(part, (size_t)equals + 1)), &cli->diag);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* "2=1": doubt 2 is read in its first other way. */
static enum rc
take_readings(struct cli *cli, struct drawing *d)
{
	struct str rest = cli_option(cli, "reading");
	struct str part, doubt;
	int64_t k, way;

	while (rest.p && str_split(&rest, ';', &part)) {
		struct str value = str_trim(part);
		if (!str_split(&value, '=', &doubt) ||
		    !str_to_int(str_trim(doubt), &k) ||
		    !str_to_int(str_trim(value), &way) || k < 1 ||
		    (size_t)k > d->method->n_doubts || way < 0 ||
		    (size_t)way > d->method->doubts[k - 1].n_others)
			return cli_misuse(cli,
			    N_("Прочтение «%.*s» методике незнакомо: пишите "
			       "номер "
			       "сомнения = номер прочтения."),
			    STR_ARG(part));
		d->choice.readings[k - 1] = (uint8_t)way;
	}
	return RC_OK;
}

static enum rc
need_year(struct cli *cli, struct drawing *d)
{
	enum rc rc = cli_year(cli, &d->year);

	if (rc == RC_OK && !d->year.first)
		return cli_misuse(cli, N_("Не сказано, на какой учебный год "
					  "составляется перечень."));
	return rc;
}

enum rc
draw(struct cli *cli, bool frozen, struct drawing *d)
{
	enum rc rc = need_year(cli, d);

	if (rc == RC_OK)
		rc = catalogue_read(&cli->scope, &d->words);
	if (rc == RC_OK)
		rc = draw_method(cli, cli->args[0], &d->words, &d->method);
	if (rc != RC_OK)
		return rc;
	d->choice = method_default(cli->mem, d->method);
	rc = take_settings(cli, d);
	if (rc == RC_OK)
		rc = take_readings(cli, d);
	if (rc == RC_OK)
		rc = (frozen ? inputs_collect : inputs_read)(
		    &cli->scope, &d->words, d->year, &d->inputs);
	if (rc == RC_OK)
		rc = run_compute(
		    &cli->scope, d->method, &d->choice, &d->inputs, &d->run);
	return rc;
}
