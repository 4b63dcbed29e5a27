/* cmd_import_plan.c - opora import plan: a road map out of somebody's file. */
#include "base/utf8.h"
#include "cli/command.h"
#include "convert/convert.h"
#include "core/plans/plan.h"
#include "os/file.h"
#include "os/file_hash.h"

static const struct cli_option options[] = {
    {"from", "D"},
    {"to", "D"},
    {"ordered", "D"},
    {"check", NULL},
    {"format", "text|json"},
};

static void
put_row(struct cli *cli, const struct plan_measure *m)
{
	buf_fmt(&cli->out, "  %.*s %.*s\n", STR_ARG(m->number),
	    STR_ARG(text_clip(cli->mem, m->title, 90)));
	if (m->deadline.n)
		buf_fmt(&cli->out, "      срок: %.*s → %.*s\n",
		    STR_ARG(m->deadline),
		    STR_ARG(text_clip(cli->mem, m->parsed.canonical, 90)));
	else
		buf_c(&cli->out, "      срок не назван\n");
	for (size_t i = 0; i < m->responsible.n; i++)
		buf_fmt(&cli->out, "%s%.*s", i ? "; " : "      отвечают: ",
		    STR_ARG(m->responsible.all[i].text));
	if (m->responsible.n)
		buf_char(&cli->out, '\n');
}

static void
put_remarks(
    struct cli *cli, const char *title, const struct plan_remark *all, size_t n)
{
	if (n)
		buf_fmt(&cli->out, "\n%s (%zu):\n", title, n);
	for (size_t i = 0; i < n; i++) {
		struct str place = plan_place_text(cli->mem, all[i].at);
		buf_fmt(&cli->out, "  %.*s: %.*s\n",
		    STR_ARG(place.n ? place : S(N_("весь файл"))),
		    STR_ARG(text_clip(cli->mem, all[i].text, 160)));
	}
}

/* Tasks of the order itself, then who controls it. */
static void
put_clauses(struct cli *cli, const struct plan_reading *p)
{
	bool any = false;

	vec_each(const struct plan_clause, c, &p->clauses) {
		const struct plan_measure m = plan_clause_row(c);
		if (c->kind != CLAUSE_TASK)
			continue;
		if (!any)
			buf_c(&cli->out, "\nПункты приказа\n");
		any = true;
		put_row(cli, &m);
	}
	if (p->control.n)
		buf_fmt(&cli->out, "\n%.*s\n", STR_ARG(p->control));
}

static void
put_people(struct cli *cli, const struct plan_reading *p)
{
	if (p->people.n)
		buf_c(&cli->out, "\nСпециалисты\n");
	vec_each(const struct plan_person, who, &p->people)
		buf_fmt(&cli->out, "  %.*s – %.*s – %.*s\n", STR_ARG(who->name),
		    STR_ARG(who->post), STR_ARG(who->area));
}

static void
put_doubts(struct cli *cli, const struct plan_reading *p)
{
	put_remarks(cli, N_("Проверьте"), p->warnings.p, p->warnings.n);
	put_remarks(cli, N_("Не вошло в план"), p->leftovers.p, p->leftovers.n);
}

static void
put_text(struct cli *cli, const struct plan_reading *p)
{
	ptrdiff_t section = NO_SECTION;

	buf_fmt(&cli->out, "%.*s\n", STR_ARG(p->title));
	if (!date_is_none(p->period.from))
		buf_fmt(&cli->out, "Период: %.*s – %.*s\n",
		    STR_ARG(date_ru(cli->mem, p->period.from)),
		    STR_ARG(date_ru(cli->mem, p->period.to)));
	if (!date_is_none(p->ordered))
		buf_fmt(&cli->out, "Приказ: %.*s № %.*s\n",
		    STR_ARG(date_ru(cli->mem, p->ordered)),
		    STR_ARG(p->order_number));
	buf_fmt(&cli->out,
	    "Мероприятий %zu, контрольных точек %zu, специалистов %zu.\n",
	    p->measures.n, p->points.n, p->people.n);
	vec_each(struct plan_measure, m, &p->measures) {
		if (m->section != section && m->section != NO_SECTION)
			buf_fmt(&cli->out, "\n%.*s\n",
			    STR_ARG(p->sections.p[m->section].title));
		section = m->section;
		put_row(cli, m);
	}
	if (p->points.n)
		buf_c(&cli->out, "\nКонтрольные точки\n");
	vec_each(struct plan_measure, m, &p->points)
		put_row(cli, m);
	put_clauses(cli, p);
	put_people(cli, p);
	put_doubts(cli, p);
}

/* What a person must know before the draft is worked on. */
static void
say_saved(struct cli *cli, plan_id id, const struct plan_reading *p)
{
	buf_fmt(&cli->out,
	    "Черновик № %lld: мероприятий %zu, контрольных точек %zu, "
	    "специалистов %zu.\n",
	    (long long)id.v, p->measures.n, p->points.n, p->people.n);
	put_doubts(cli, p);
}

static enum rc
save(struct cli *cli, int fd, const struct plan_reading *reading)
{
	const struct plan_new head = {.kind = S("municipal"),
	    .period = reading->period,
	    .group_on = DATE_NONE};
	struct str hash, path = cli->args[0];
	plan_id id;
	int64_t size;
	enum rc rc = fd_sha256(fd, cli->mem, &hash, &size);

	for (ptrdiff_t at; (at = str_find_char(path, '/')) >= 0;)
		path = str_from(path, (size_t)at + 1);
	if (rc == RC_OK)
		rc = cli_open_database(cli);
	if (rc == RC_OK)
		rc = plan_from_reading(
		    &cli->scope, &head, reading, path, hash, &id);
	if (rc == RC_OK)
		say_saved(cli, id, reading);
	return rc;
}

static enum rc
import_plan(struct cli *cli)
{
	struct plan_options how = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct plan_reading plan;
	struct pages pages;
	autofd fd = -1;
	enum rc rc = cli_date(cli, "from", &how.period.from);

	if (rc == RC_OK)
		rc = cli_date(cli, "to", &how.period.to);
	if (rc == RC_OK)
		rc = cli_date(cli, "ordered", &how.ordered);
	if (rc != RC_OK)
		return rc;
	if (date_is_none(how.period.from) != date_is_none(how.period.to))
		return cli_misuse(
		    cli, N_("Период называют обоими ключами: --from и --to."));
	rc = file_open(cli->args[0], &cli->diag, &fd);
	if (rc == RC_OK)
		rc = convert_pages(fd, cli->mem, &cli->diag, &pages);
	if (rc != RC_OK)
		return rc;
	rc = plan_read(cli->mem, &pages, &how, &cli->diag, &plan);
	if (!cli_has(cli, "check"))
		return rc == RC_OK ? save(cli, fd, &plan) : rc;
	if (str_eq(cli_option(cli, "format"), S("json"))) {
		plan_reading_json(&plan, &cli->out);
		buf_char(&cli->out, '\n');
	} else if (rc == RC_OK) {
		put_text(cli, &plan);
	}
	return rc;
}

const struct command command_import_plan = {.name = "import plan",
    .usage = "import plan ФАЙЛ [--from D --to D] [--ordered D] [--check] "
	     "[--format text|json]",
    .summary = N_("взять дорожную карту из DOCX, ODT, XLSX, CSV; с --check "
		  "только показать"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_NOTHING,
    .run = import_plan};
