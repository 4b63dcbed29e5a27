/* cmd_explain.c - opora explain: the decision card of one school. */
#include "cli/drawing.h"
#include "core/methods/card.h"
#include "store/q_registry.h"

static const struct cli_option options[] = {
    {"year", "Y"},
    {"format", "text|json|docx|pdf"},
    {"o", "ФАЙЛ"},
    {"set", "ИМЯ=ЗНАЧЕНИЕ;…"},
    {"reading", "СОМНЕНИЕ=ПРОЧТЕНИЕ;…"},
};

static enum rc
find_school(struct cli *cli, const struct run *run, school_id *ret)
{
	struct str code = cli->args[1];

	for (size_t i = 0; i < run->n; i++)
		if (str_eq(run->lines[i].school->code, code)) {
			*ret = run->lines[i].school->id;
			return RC_OK;
		}
	diag_error(&cli->diag, (struct place){0},
	    N_("Школы с таким кодом в этом учебном году нет."))
	    ->value = code;
	return RC_NOT_FOUND;
}

static enum rc
put_document(
    struct cli *cli, const struct card *card, bool pdf, struct buf *out)
{
	struct q_municipality place;
	enum rc rc = q_municipality_by_id(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &place);

	if (rc != RC_OK)
		return rc;
	struct doc *doc = card_doc(&cli->scope, card, place.body);
	return pdf ? doc_write_pdf(doc, out) : doc_write_docx(doc, out);
}

static enum rc
explain(struct cli *cli)
{
	struct buf out = buf_open(cli->mem, 0);
	struct str format = cli_option(cli, "format");
	struct drawing d = {0};
	struct card card;
	school_id school;
	enum rc rc = draw(cli, false, &d);

	if (rc == RC_OK)
		rc = find_school(cli, &d.run, &school);
	if (rc == RC_OK)
		rc = card_make(&cli->scope, &d.run, school, &card);
	if (rc != RC_OK)
		return rc;
	if (!format.p || str_eq(format, S("text")))
		card_text(cli->mem, &card, &out);
	else if (str_eq(format, S("json")))
		card_json(&card, &out);
	else
		rc = put_document(cli, &card, str_eq(format, S("pdf")), &out);
	return rc == RC_OK ? cli_deliver(cli, buf_str(&out)) : rc;
}

const struct command command_explain = {
    .name = "explain",
    .usage = "explain МЕТОДИКА ШКОЛА --year Y [--format text|json|docx|pdf] "
	     "[-o ФАЙЛ]",
    .summary = N_("карточка решения по одной школе"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 2,
    .max_args = 2,
    .needs = CLI_DATABASE,
    .run = explain,
};
