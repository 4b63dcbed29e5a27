/* commands.c - every command of the program. */
#include "cli/command.h"

/* clang-format off */
#define COMMANDS(COMMAND) \
	COMMAND(init) COMMAND(demo) COMMAND(import) COMMAND(export) COMMAND(identify) \
	COMMAND(deadline) COMMAND(import_plan) \
	COMMAND(plan_list) COMMAND(plan_show) COMMAND(plan_diff) COMMAND(plan_lint) \
	COMMAND(plan_calendar) \
	COMMAND(plan_export) \
	COMMAND(task_list) COMMAND(remind) \
	COMMAND(calendar_load) COMMAND(calendar_show) \
	COMMAND(schedule_load) COMMAND(schedule_list) \
	COMMAND(explain) COMMAND(method_list) COMMAND(method_show) \
	COMMAND(method_text) COMMAND(method_check) COMMAND(method_diff) \
	COMMAND(load_list) COMMAND(load_undo) COMMAND(school_alias) \
	COMMAND(official_list) COMMAND(official_show) COMMAND(reconcile) \
	COMMAND(status) COMMAND(index) \
	COMMAND(migrate) COMMAND(backup) COMMAND(restore) COMMAND(doctor) \
	COMMAND(serve) COMMAND(user_add) COMMAND(user_list) \
	COMMAND(user_password) COMMAND(user_disable) COMMAND(perms) \
	COMMAND(audit_verify)
/* clang-format on */

#define DECLARE(name) extern const struct command command_##name;
COMMANDS(DECLARE)
#undef DECLARE

#define POINT(name) &command_##name,
const struct command *const commands[] = {COMMANDS(POINT)};
#undef POINT

const size_t n_commands = COUNT_OF(commands);
