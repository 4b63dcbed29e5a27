/* cmd_plan.c - opora plan list|show|diff: the programmes and road maps that are kept. */
#include <stdlib.h>

#include "base/utf8.h"
#include "cli/command.h"
#include "core/plans/deadline_json.h"
#include "core/plans/feed.h"
#include "core/plans/plan_calendar.h"
#include "core/plans/plan_printing.h"
#include "core/plans/plan_steps.h"
#include "core/registry/catalogue.h"
#include "fmt/json.h"
#include "fmt/table_out.h"

static const struct cli_option list_options[] = {{"format", "table|csv|json"}};
static const struct cli_option show_options[] = {{"format", "text|json"}};
static const struct cli_option calendar_options[] = {{"o", "ФАЙЛ"}};
static const struct cli_option export_options[] = {
    {"format", "docx|pdf|xlsx|csv|ics"}, {"appendix", NULL}, {"o", "ФАЙЛ"}};
static const struct cli_option diff_options[] = {{"edition", "N"}};

/* clang-format off */
static const struct table_column lines[] = {
	{"plan",     S_INIT("№"),          TABLE_INT,  0, 0, {0}, {0}},
	{"kind",     S_INIT("Вид"),        TABLE_TEXT, 0, 0, {0}, {0}},
	{"school",   S_INIT("Школа"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"title",    S_INIT("Название"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"from",     S_INIT("С"),          TABLE_DATE, 0, 0, {0}, {0}},
	{"to",       S_INIT("По"),         TABLE_DATE, 0, 0, {0}, {0}},
	{"state",    S_INIT("Ступень"),    TABLE_TEXT, 0, 0, {0}, {0}},
	{"edition",  S_INIT("Редакция"),   TABLE_INT,  0, 0, {0}, {0}},
	{"measures", S_INIT("Строк"),      TABLE_INT,  0, 0, {0}, {0}},
	{"order",    S_INIT("Утверждён"),  TABLE_TEXT, 0, 0, {0}, {0}},
};

/* clang-format on */

static const char *
kind_title(struct str kind)
{
	return str_eq(kind, S("programme")) ? "программа" :
	       str_eq(kind, S("municipal")) ? "дорожная карта муниципалитета" :
					      "дорожная карта школы";
}

static enum rc
list(struct cli *cli)
{
	const struct table_about about = {
	    .columns = lines, .n = COUNT_OF(lines)};
	enum table_format format = cli_table_format(cli);
	bool codes = format != TABLE_TERMINAL;
	struct q_plan_line *all;
	size_t n;
	enum rc rc = q_plan_list(cli->scope.db, cli->mem, &cli->scope.actor,
	    cli->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, format, &about, &cli->out);
	for (size_t i = 0; i < n; i++) {
		const struct q_plan_line *p = &all[i];
		enum plan_state state = PLAN_DRAFT;
		(void)plan_state_parse(p->state, &state);
		table_out_row(t,
		    (struct table_cell[]){table_int(p->id.v),
			table_text(
			    codes ? p->kind : str_of(kind_title(p->kind))),
			table_text(p->school_name.p ? p->school_name : S("")),
			table_text(p->title), table_date(p->period_from),
			table_date(p->period_to),
			table_text(codes ? p->state :
					   str_of(plan_states[state].title)),
			table_int(p->edition), table_int(p->measures),
			table_text(p->edition ?
				       document_text(cli->mem, S("приказ"),
					   p->document_number, p->document_on) :
				       S(""))});
	}
	return table_out_close(t);
}

static enum rc
find(struct cli *cli, struct plan *ret)
{
	plan_id id;

	if (!str_to_int(cli->args[0], &id.v))
		return cli_misuse(cli,
		    N_("«%.*s» – не номер из «opora plan list»."),
		    STR_ARG(cli->args[0]));
	return plan_load(&cli->scope, id, ret);
}

static void
put_row(struct cli *cli, const struct plan_row *r)
{
	buf_fmt(&cli->out, "  %.*s %.*s%s\n", STR_ARG(r->m.number),
	    STR_ARG(text_clip(cli->mem, r->m.title, 100)),
	    r->m.is_dropped ? " (снято)" : "");
	buf_fmt(&cli->out, "      срок: %.*s → %.*s\n", STR_ARG(r->m.deadline),
	    STR_ARG(text_clip(cli->mem, r->deadline.canonical, 90)));
	for (size_t i = 0; i < r->n_who; i++)
		buf_fmt(&cli->out, "%s%.*s%s",
		    i ? "; " : "      отвечают: ", STR_ARG(r->who[i].text),
		    r->who[i].is_collective ? " (каждая школа плана)" : "");
	if (r->n_who)
		buf_char(&cli->out, '\n');
}

static void
put_text(struct cli *cli, const struct plan *p)
{
	enum plan_state state = PLAN_DRAFT;

	(void)plan_state_parse(p->head.state, &state);
	buf_fmt(&cli->out, "%.*s\n%s. Период: %.*s – %.*s. Школ: %zu.\n",
	    STR_ARG(p->head.title), plan_states[state].title,
	    STR_ARG(date_ru(cli->mem, p->head.period_from)),
	    STR_ARG(date_ru(cli->mem, p->head.period_to)), p->n_schools);
	for (size_t i = 0; i < p->n_parts; i++) {
		buf_fmt(&cli->out, "\n%.*s\n", STR_ARG(p->parts[i].s.title));
		for (size_t k = 0; k < p->parts[i].n; k++)
			put_row(cli, &p->parts[i].rows[k]);
	}
}

static void
json_row(struct cli *cli, struct json *j, const struct plan_part *part,
    const struct plan_row *r)
{
	json_begin_object(j);
	json_field_int(j, "id", r->m.id.v);
	json_field_str(j, "kind", part->s.kind);
	json_field_str(j, "section", part->s.title);
	json_field_str(j, "number", r->m.number);
	json_field_str(j, "title", r->m.title);
	json_field_str(j, "school_part", r->m.school_part);
	json_field_str(j, "deadline", r->m.deadline);
	json_key(j, "parsed");
	deadline_json(j, (struct str){0}, r->m.deadline, &r->deadline);
	json_key(j, "responsible");
	json_begin_array(j);
	for (size_t i = 0; i < r->n_who; i++)
		json_put_str(j, r->who[i].text);
	json_end(j);
	json_field_str(j, "result", r->m.result);
	json_field_str(j, "indicator", r->m.indicator);
	json_field_str(j, "report_form", r->m.report_form);
	json_field_str(j, "evidence", r->m.evidence);
	json_field_str(j, "participants", r->m.participants);
	json_end(j);
}

static enum rc
show(struct cli *cli)
{
	struct plan p;
	enum rc rc = find(cli, &p);

	if (rc != RC_OK)
		return rc;
	if (!str_eq(cli_option(cli, "format"), S("json"))) {
		put_text(cli, &p);
		return RC_OK;
	}
	struct json j = json_open(&cli->out);
	json_begin_object(&j);
	json_field_int(&j, "id", p.head.id.v);
	json_field_str(&j, "kind", p.head.kind);
	json_field_str(&j, "title", p.head.title);
	json_field_str(&j, "state", p.head.state);
	json_field_int(&j, "edition", p.head.edition);
	json_field_date(&j, "from", p.head.period_from);
	json_field_date(&j, "to", p.head.period_to);
	json_key(&j, "measures");
	json_begin_array(&j);
	for (size_t i = 0; i < p.n_parts; i++)
		for (size_t k = 0; k < p.parts[i].n; k++)
			json_row(cli, &j, &p.parts[i], &p.parts[i].rows[k]);
	json_end(&j);
	json_end(&j);
	json_close(&j);
	buf_char(&cli->out, '\n');
	return RC_OK;
}

static void
put_difference(struct cli *cli, const struct row_difference *d)
{
	static const char *const titles[] = {[ROW_ADDED] = "добавлено",
	    [ROW_CHANGED] = "изменено",
	    [ROW_DROPPED] = "снято"};

	buf_fmt(&cli->out, "%s: %.*s %.*s\n", titles[d->change],
	    STR_ARG(d->number), STR_ARG(text_clip(cli->mem, d->title, 100)));
	if (d->change != ROW_CHANGED)
		return;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (d->was[i].p)
			buf_fmt(&cli->out, "    %s: «%.*s» → «%.*s»\n",
			    row_field_titles[i], STR_ARG(d->was[i]),
			    STR_ARG(d->becomes[i]));
}

static enum rc
diff(struct cli *cli)
{
	struct str number = cli_option(cli, "edition");
	struct row_difference *all;
	struct plan p;
	size_t n;
	enum rc rc = find(cli, &p);

	if (rc != RC_OK)
		return rc;
	int64_t edition = p.head.edition;
	if (number.p && !str_to_int(number, &edition))
		return cli_misuse(
		    cli, N_("«%.*s» – не номер редакции."), STR_ARG(number));
	rc = plan_compare(&cli->scope, &p, edition, &all, &n);
	if (rc == RC_NOT_FOUND)
		diag_error(&cli->diag, (struct place){0},
		    N_("Редакции № %lld у плана нет: он ещё не утверждён."),
		    (long long)edition);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		put_difference(cli, &all[i]);
	if (rc == RC_OK && !n)
		buf_fmt(&cli->out, "Отличий от редакции № %lld нет.\n",
		    (long long)edition);
	return rc;
}

static enum rc
calendar(struct cli *cli)
{
	const char *site = getenv("OPORA_URL");
	struct buf out = buf_open(cli->mem, 0);
	struct plan p;
	enum rc rc = find(cli, &p);

	if (rc == RC_OK)
		rc = plan_calendar(
		    &cli->scope, p.head.id, site ? str_of(site) : S(""), &out);
	return rc == RC_OK ? cli_deliver(cli, buf_str(&out)) : rc;
}

/* ---- as a file ---- */

static enum rc
write_file(struct cli *cli, struct str format, struct plan_printing *pr,
    struct buf *out)
{
	if (str_eq(format, S("docx")))
		return doc_write_docx(
		    plan_doc(cli->mem, &pr->plan, &pr->how), out);
	if (str_eq(format, S("pdf")))
		return doc_write_pdf(
		    plan_doc(cli->mem, &pr->plan, &pr->how), out);
	if (str_eq(format, S("ics"))) {
		plan_ics(&pr->plan, S("opora"), cli->now, out);
		return RC_OK;
	}
	return plan_table(cli->mem, &pr->plan, &pr->how,
	    str_eq(format, S("csv")) ? TABLE_CSV : TABLE_XLSX, out);
}

/* The ending of the file says the format where nothing else does. */
static struct str
ending_of(struct str name)
{
	ptrdiff_t dot = -1;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '.')
			dot = (ptrdiff_t)i;
	return dot < 0 ? S("") : str_from(name, (size_t)dot + 1);
}

static enum rc
export_plan(struct cli *cli)
{
	static const char *const formats[] = {
	    "docx", "pdf", "xlsx", "csv", "ics"};
	struct str file = cli_option(cli, "o");
	struct str format = cli_option(cli, "format");
	struct buf out = buf_open(cli->mem, 0);
	struct plan_printing pr = {0};
	struct vocabulary words;
	bool is_known = false;
	plan_id id;
	enum rc rc;

	if (!format.p && file.p)
		format = ending_of(file);
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		is_known |= str_eq(format, str_of(formats[i]));
	if (!is_known)
		return cli_misuse(cli,
		    N_("Скажите вид файла: --format docx, pdf, xlsx, csv или "
		       "ics."));
	if (!str_to_int(cli->args[0], &id.v))
		return cli_misuse(cli,
		    N_("«%.*s» – не номер из «opora plan list»."),
		    STR_ARG(cli->args[0]));
	rc = catalogue_read(&cli->scope, &words);
	if (rc == RC_OK)
		rc = plan_printing_read(&cli->scope, id, &words,
		    cli_option(cli, "appendix").p != NULL, &pr);
	if (rc == RC_OK)
		rc = write_file(cli, format, &pr, &out);
	return rc == RC_OK ? cli_deliver(cli, buf_str(&out)) : rc;
}

const struct command command_plan_export = {.name = "plan export",
    .usage = "plan export НОМЕР [--format docx|pdf|xlsx|csv|ics] "
	     "[--appendix] -o ФАЙЛ",
    .summary = N_("план документом, таблицей или календарём"),
    .options = export_options,
    .n_options = COUNT_OF(export_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = export_plan};
const struct command command_plan_list = {.name = "plan list",
    .usage = "plan list [--format table|csv|json]",
    .summary = N_("программы и дорожные карты"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = list};
const struct command command_plan_show = {.name = "plan show",
    .usage = "plan show НОМЕР [--format text|json]",
    .summary = N_("мероприятия плана со сроками и ответственными"),
    .options = show_options,
    .n_options = COUNT_OF(show_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = show};
const struct command command_plan_calendar = {.name = "plan calendar",
    .usage = "plan calendar НОМЕР -o ФАЙЛ.ics",
    .summary = N_("сроки плана для программы-календаря"),
    .options = calendar_options,
    .n_options = COUNT_OF(calendar_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = calendar};
const struct command command_plan_diff = {.name = "plan diff",
    .usage = "plan diff НОМЕР [--edition N]",
    .summary = N_("чем план отличается от утверждённой редакции"),
    .options = diff_options,
    .n_options = COUNT_OF(diff_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = diff};
