/* cmd_task.c - opora task list: what has to be done by when, and how it stands. */
#include "cli/command.h"
#include "core/plans/occurrence.h"
#include "fmt/table_out.h"
#include "store/q_registry.h"

static const struct cli_option list_options[] = {{"today", "D"},
    {"school", "КОД"}, {"plan", "N"}, {"state", "СОСТОЯНИЕ"}, {"from", "D"},
    {"to", "D"}, {"format", "table|csv|json"}};

/* clang-format off */
static const struct table_column columns[] = {
	{"task",      S_INIT("№"),           TABLE_INT,  0, 0, {0}, {0}},
	{"plan",      S_INIT("План"),        TABLE_INT,  0, 0, {0}, {0}},
	{"number",    S_INIT("Пункт"),       TABLE_TEXT, 0, 0, {0}, {0}},
	{"title",     S_INIT("Мероприятие"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"school",    S_INIT("Школа"),       TABLE_TEXT, 0, 0, {0}, {0}},
	{"from",      S_INIT("С"),           TABLE_DATE, 0, 0, {0}, {0}},
	{"due",       S_INIT("Срок"),        TABLE_DATE, 0, 0, {0}, {0}},
	{"done",      S_INIT("Исполнено"),   TABLE_DATE, 0, 0, {0}, {0}},
	{"state",     S_INIT("Состояние"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"days_late", S_INIT("Опоздание"),   TABLE_INT,  0, 0, {0}, {0}},
};

/* clang-format on */

static enum rc
state_of(struct cli *cli, uint32_t *ret)
{
	struct str rest = cli_option(cli, "state"), word;

	*ret = 0;
	while (rest.p && str_split(&rest, ',', &word)) {
		int s = 0;
		while (s < TASK_STATE_COUNT &&
		       !str_eq(word, str_of(occurrence_state_codes[s])))
			s++;
		if (s == TASK_STATE_COUNT)
			return cli_misuse(cli,
			    N_("Состояния «%.*s» нет. Бывают: planned, "
			       "waiting, open, due_soon, overdue, marked, "
			       "returned, returned_late, done, done_late, "
			       "not_needed."),
			    STR_ARG(word));
		*ret |= 1U << s;
	}
	return RC_OK;
}

static enum rc
school_of(struct cli *cli, school_id *ret)
{
	struct str code = cli_option(cli, "school");
	struct q_school school;
	enum rc rc;

	*ret = (school_id){0};
	if (!code.p)
		return RC_OK;
	rc = q_school_by_code(cli->scope.db, cli->mem, &cli->scope.actor,
	    cli->scope.actor.municipality, code, &school);
	if (rc == RC_NOT_FOUND)
		diag_error(&cli->diag, (struct place){0},
		    N_("Школы с таким кодом нет."))
		    ->value = code;
	if (rc == RC_OK)
		*ret = school.id;
	return rc;
}

static enum rc
filter_of(struct cli *cli, struct task_filter *f, struct date *today)
{
	struct str plan = cli_option(cli, "plan");
	enum rc rc = cli_date(cli, "today", today);

	*f = (struct task_filter){.from = DATE_NONE, .to = DATE_NONE};
	if (rc == RC_OK)
		rc = cli_date(cli, "from", &f->from);
	if (rc == RC_OK)
		rc = cli_date(cli, "to", &f->to);
	if (rc == RC_OK && plan.p && !str_to_int(plan, &f->plan.v))
		rc = cli_misuse(cli,
		    N_("«%.*s» – не номер из «opora plan list»."),
		    STR_ARG(plan));
	if (rc == RC_OK)
		rc = state_of(cli, &f->states);
	if (rc == RC_OK)
		rc = school_of(cli, &f->school);
	return rc;
}

static void
put_row(struct cli *cli, struct table_out *t, const struct task *k, bool codes)
{
	const struct q_task *r = &k->row;

	table_out_row(t,
	    (struct table_cell[]){table_int(r->id.v), table_int(r->plan.v),
		table_text(r->number), table_text(r->title),
		table_text(r->school_name.p ? r->school_name : S("")),
		table_date(r->opens_on), table_date(r->due_on),
		table_date(r->done_on),
		table_text(str_of(codes ? occurrence_state_codes[k->state] :
					  occurrence_state_titles[k->state])),
		table_int(k->days_late)});
}

static enum rc
list(struct cli *cli)
{
	const struct table_about about = {
	    .columns = columns, .n = COUNT_OF(columns)};
	enum table_format format = cli_table_format(cli);
	struct date today = cli->today;
	struct task_filter f;
	struct task *all;
	size_t n;
	enum rc rc = filter_of(cli, &f, &today);

	if (rc == RC_OK)
		rc = task_list(&cli->scope, &f, today, &all, &n);
	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, format, &about, &cli->out);
	for (size_t i = 0; i < n; i++)
		put_row(cli, t, &all[i], format != TABLE_TERMINAL);
	return table_out_close(t);
}

const struct command command_task_list = {.name = "task list",
    .usage = "task list [--today D] [--school КОД] [--plan N] [--state "
	     "СОСТОЯНИЕ,…] [--from D --to D] [--format table|csv|json]",
    .summary = N_("что и к какому сроку исполнить, и как оно обстоит"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = list};
