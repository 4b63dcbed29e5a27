/* cmd_deadline.c - opora deadline: how the program reads a deadline. */
#include "base/utf8.h"
#include "cli/command.h"
#include "core/plans/deadline_json.h"
#include "os/file.h"

enum { MAX_BATCH = 256 * 1024 * 1024, MAX_COLUMNS = 64 };

static const struct cli_option options[] = {
    {"from", "D"},
    {"to", "D"},
    {"ordered", "D"},
    {"batch", "ФАЙЛ.tsv"},
};

/* The columns a batch may have; any others are passed over. */
enum column {
	COLUMN_ID,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_PHRASE,
	COLUMN_ORDERED
};

static const char *const column_names[] = {
    "id", "from", "to", "phrase", "ordered"};

/* One line of the answer; its memory is given back before the next. */
static void
put_line(struct cli *cli, struct arena *line, struct str id, struct str phrase,
    const struct deadline_context *context)
{
	struct buf out = buf_open(line, 0);
	struct json j = json_open(&out);
	struct deadline d;

	deadline_read(line, phrase, context, &d);
	deadline_json(&j, id, phrase, &d);
	json_close(&j);
	buf_put(&cli->out, buf_str(&out));
	buf_char(&cli->out, '\n');
	arena_reset(line);
}

/*
 * The next cell of a TSV and whether its row ends there.  A cell in quotes is
 * taken out of them ("" is a quote), as spreadsheets write them.
 */
static bool
next_cell(struct arena *mem, struct str *rest, struct str *ret, bool *ret_last)
{
	struct buf b = buf_open(mem, 0);
	size_t n = 0;

	if (!rest->n)
		return false;
	if (rest->p[0] == '"') {
		for (n = 1; n < rest->n; n++) {
			bool quote = rest->p[n] == '"';
			bool pair =
			    quote && n + 1 < rest->n && rest->p[n + 1] == '"';
			if (quote && !pair)
				break;
			n += pair;
			buf_char(&b, rest->p[n]);
		}
		n += n < rest->n;
	}
	bool quoted = n > 1 && (n == rest->n || rest->p[n] == '\t' ||
				   rest->p[n] == '\n' || rest->p[n] == '\r');
	n = quoted ? n : 0;
	while (n < rest->n && rest->p[n] != '\t' && rest->p[n] != '\n')
		n++;
	*ret = quoted ? buf_str(&b) : str_trim(str_cut(*rest, 0, n));
	*ret_last = n == rest->n || rest->p[n] == '\n';
	*rest = str_from(*rest, n + (n < rest->n));
	return true;
}

static enum rc
read_date(struct cli *cli, struct str cell, uint32_t row, enum column column,
    struct date *ret)
{
	struct place at = {.row = row, .column = str_of(column_names[column])};

	*ret = DATE_NONE;
	if (!cell.n || date_parse_loose(cell, ret))
		return RC_OK;
	struct complaint *c = diag_error(&cli->diag, at, N_("Это не дата."));
	c->value = arena_str(cli->mem, cell);
	c->expected = S("2023-12-01");
	return RC_INVALID;
}

static enum rc
read_headings(struct cli *cli, struct str *rest, int column_of[MAX_COLUMNS])
{
	struct str cell;
	bool last = false;
	bool phrase = false;

	for (int i = 0; !last && next_cell(cli->mem, rest, &cell, &last); i++) {
		for (size_t c = 0;
		     i < MAX_COLUMNS && c < COUNT_OF(column_names); c++)
			if (str_eq(text_fold(cli->mem, cell),
				str_of(column_names[c]))) {
				column_of[i] = (int)c;
				phrase |= c == COLUMN_PHRASE;
			}
	}
	if (phrase)
		return RC_OK;
	diag_error(&cli->diag, (struct place){.row = 1},
	    N_("В файле нет графы phrase."))
	    ->hint = S("Графы: id, from, to, phrase; разделитель – табуляция.");
	return RC_INVALID;
}

static enum rc
read_batch(struct cli *cli, struct arena *line, struct str text,
    const struct deadline_context *usual)
{
	int column_of[MAX_COLUMNS];
	enum rc worst;

	for (int i = 0; i < MAX_COLUMNS; i++)
		column_of[i] = -1;
	worst = read_headings(cli, &text, column_of);
	if (worst != RC_OK)
		return worst;
	for (uint32_t row = 2; text.n; row++) {
		struct str cells[COUNT_OF(column_names)] = {{0}};
		struct deadline_context c = *usual;
		struct str cell;
		bool last = false;
		bool blank = true;
		for (int i = 0; !last && next_cell(line, &text, &cell, &last);
		     i++) {
			blank &= !cell.n && i == 0;
			if (i < MAX_COLUMNS && column_of[i] >= 0)
				cells[column_of[i]] = cell;
		}
		if (blank)
			continue;
		struct date *dates[] = {[COLUMN_FROM] = &c.period.from,
		    [COLUMN_TO] = &c.period.to,
		    [COLUMN_ORDERED] = &c.ordered};

		static const enum column dated[] = {
		    COLUMN_FROM, COLUMN_TO, COLUMN_ORDERED};

		for (size_t i = 0; i < COUNT_OF(dated); i++)
			if (cells[dated[i]].n &&
			    read_date(cli, cells[dated[i]], row, dated[i],
				dates[dated[i]]) != RC_OK)
				worst = RC_INVALID;
		put_line(cli, line, cells[COLUMN_ID], cells[COLUMN_PHRASE], &c);
	}
	return worst;
}

static enum rc
deadline(struct cli *cli)
{
	struct deadline_context context = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	autoarena line = arena_open(0);
	struct str text;
	enum rc rc = cli_date(cli, "from", &context.period.from);

	if (rc == RC_OK)
		rc = cli_date(cli, "to", &context.period.to);
	if (rc == RC_OK)
		rc = cli_date(cli, "ordered", &context.ordered);
	if (rc != RC_OK)
		return rc;
	if (!cli->n_args && !cli_has(cli, "batch"))
		return cli_misuse(cli, N_("Назовите срок или файл --batch."));
	for (size_t i = 0; i < cli->n_args; i++)
		put_line(
		    cli, line, (struct str){NULL, 0}, cli->args[i], &context);
	if (!cli_has(cli, "batch"))
		return RC_OK;
	rc = file_read(
	    cli->mem, cli_option(cli, "batch"), MAX_BATCH, &cli->diag, &text);
	if (rc != RC_OK)
		return rc;
	if (!utf8_valid(text))
		text = text_from_cp1251(cli->mem, text);
	return read_batch(cli, line, str_trim(text), &context);
}

const struct command command_deadline = {.name = "deadline",
    .usage =
	"deadline [--from D --to D] [--ordered D] СРОК… | --batch ФАЙЛ.tsv",
    .summary = N_("как прочитан срок: окна, повтор, допущения"),
    .options = options,
    .n_options = COUNT_OF(options),
    .max_args = SIZE_MAX,
    .needs = CLI_NOTHING,
    .run = deadline};
