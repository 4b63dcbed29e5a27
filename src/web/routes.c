/* routes.c - every address of the program, with its right and its form. */
#include "web/page/pages.h"

/* clang-format off */
const struct route routes[] = {
/*	method path                        page               right               form              shown again        flags */
	{GET,  "/",                        page_home,         OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{GET,  "/help",                    page_help,         OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{GET,  "/year",                    page_choose_year,  OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{GET,  "/search",                  page_search,       OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/overview",                page_overview,     PERM_RESULTS_READ,  FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/work",                    page_work,         OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{GET,  "/notices",                 page_notices,      OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{POST, "/notices/read",            do_notices_read,   OPEN_TO_SIGNED_IN,  FORM_notices_read, NULL,             0},
	{POST, "/notices/kinds",           do_notices_kinds,  OPEN_TO_SIGNED_IN,  FORM_press,       NULL,              0},
	{POST, "/notices/{number}",        do_notice,         OPEN_TO_SIGNED_IN,  FORM_press,       NULL,              0},

	{GET,  "/api/v1/openapi.json",     page_openapi,      OPEN_TO_ALL,        FORM_none,        NULL,              0},
	{GET,  "/healthz",                 page_health,       OPEN_TO_ALL,        FORM_none,        NULL,              0},
	{GET,  "/sign-in",                 page_sign_in,      OPEN_TO_ALL,        FORM_none,        NULL,              0},
	{POST, "/sign-in",                 do_sign_in,        OPEN_TO_ALL,        FORM_sign_in,     page_sign_in,      0},
	{GET,  "/sign-in/code",            page_sign_in_code, OPEN_TO_ALL,        FORM_none,        NULL,              0},
	{POST, "/sign-in/code",            do_sign_in_code,   OPEN_TO_ALL,        FORM_sign_in_code, page_sign_in_code, 0},
	{POST, "/sign-out",                do_sign_out,       OPEN_TO_ALL,        FORM_press,       NULL,              0},
	{GET,  "/invitation/{word}",       page_invitation,   OPEN_TO_ALL,        FORM_none,        NULL,              ROUTE_SECRET},
	{POST, "/invitation/{word}",       do_invitation,     OPEN_TO_ALL,        FORM_invited,     page_invitation,   ROUTE_SECRET},

	{GET,  "/account",                 page_account,      OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{POST, "/account/password",        do_account_password, OPEN_TO_SIGNED_IN, FORM_password,   page_account,      0},
	{POST, "/account/sessions/end",    do_account_sessions, OPEN_TO_SIGNED_IN, FORM_press,      NULL,              0},
	{GET,  "/account/factor",          page_factor,       OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              ROUTE_WRITES},
	{POST, "/account/factor",          do_factor,         OPEN_TO_SIGNED_IN,  FORM_factor,      page_factor,       0},
	{POST, "/account/factor/off",      do_factor_off,     OPEN_TO_SIGNED_IN,  FORM_press,       NULL,              0},
	{POST, "/account/tokens",          do_token,          OPEN_TO_SIGNED_IN,  FORM_token,       page_account,      0},
	{POST, "/account/tokens/{number}/end", do_token_end,  OPEN_TO_SIGNED_IN,  FORM_press,       NULL,              0},
	{POST, "/account/look",            do_look,           OPEN_TO_SIGNED_IN,  FORM_look,        page_account,      0},

	{GET,  "/letters",                 page_letters,      OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              0},
	{POST, "/letters",                 do_letters,        OPEN_TO_SIGNED_IN,  FORM_letters,     page_letters,      0},
	{POST, "/letters/feeds",           do_feed,           OPEN_TO_SIGNED_IN,  FORM_feed,        page_letters,      0},
	{POST, "/letters/feeds/end",       do_feed_end,       OPEN_TO_SIGNED_IN,  FORM_feed,        page_letters,      0},
	{GET,  "/calendar/{word}",         page_calendar_feed, OPEN_TO_ALL,       FORM_none,        NULL,              ROUTE_SECRET | ROUTE_WRITES},

	{GET,  "/schools",                 page_schools,      PERM_SCHOOLS_READ,  FORM_none,        NULL,              ROUTE_LIST},

	{GET,  "/schools/{school}",        page_school,       PERM_SCHOOLS_READ,  FORM_none,        NULL,              0},

	{GET,  "/runs",                    page_runs,         PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/runs",                    do_run,            PERM_LISTS_MAKE,    FORM_run,         page_runs,         0},
	{GET,  "/runs/{run}",              page_run,          PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/runs/{run}/step",         do_run_step,       PERM_LISTS_READ,    FORM_run_step,    page_run,          0},
	{GET,  "/runs/{run}/schools/{school}",      page_card,      PERM_LISTS_READ, FORM_none,    NULL,              ROUTE_LIST},
	{GET,  "/runs/{run}/schools/{school}/docx", page_card_docx, PERM_LISTS_READ, FORM_none,    NULL,              0},
	{GET,  "/runs/{run}/schools/{school}/pdf",  page_card_pdf,  PERM_LISTS_READ, FORM_none,    NULL,              0},

	{POST, "/runs/{run}/schools/{school}/objection", do_objection, PERM_LISTS_OBJECT, FORM_objection, page_card,     0},
	{GET,  "/runs/{run}/objections",   page_objections,   PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/runs/{run}/edge",         page_edge,         PERM_LISTS_TRY,     FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/runs/{run}/reconcile",    page_run_reconcile, PERM_LISTS_TRY,    FORM_none,        NULL,              0},
	{GET,  "/runs/{run}/orders/{official}",      page_reconcile, PERM_LISTS_TRY,  FORM_none,       NULL,           ROUTE_LIST},
	{POST, "/runs/{run}/orders/{official}/note", do_difference,  PERM_LISTS_MAKE, FORM_difference, page_reconcile, 0},

	{GET,  "/objections",              page_objections,   PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/objections/{objection}",  page_objection,    PERM_LISTS_READ,    FORM_none,        NULL,              0},
	{POST, "/objections/{objection}/answer",   do_objection_answer,   PERM_LISTS_MAKE,   FORM_objection_answer, page_objection, 0},
	{POST, "/objections/{objection}/withdraw", do_objection_withdraw, PERM_LISTS_OBJECT, FORM_version,          page_objection, 0},

	{GET,  "/orders",                  page_orders,       PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/orders",                  do_order,          PERM_LOADS_MAKE,    FORM_order,       page_orders,       0},
	{GET,  "/orders/{official}",       page_order,        PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},

	{GET,  "/groups",                  page_groups,       PERM_LISTS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/groups/rules",            do_exit_rule,      PERM_SETTINGS_EDIT, FORM_exit_rule,   page_groups,       0},

	{GET,  "/objectivity",             page_objectivity,  PERM_BIAS_READ,     FORM_none,        NULL,              ROUTE_LIST | ROUTE_WRITES},
	{POST, "/objectivity/second",      do_second,         PERM_BIAS_EDIT,     FORM_second,      page_objectivity,  0},
	{POST, "/objectivity/second/{number}/withdraw", do_second_withdraw, PERM_BIAS_EDIT, FORM_reason, page_objectivity, 0},

	{GET,  "/loads",                   page_loads,        PERM_LOADS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/loads",                   do_load,           PERM_LOADS_MAKE,    FORM_load,        page_loads,        0},
	{GET,  "/loads/{load}",            page_load,         PERM_LOADS_READ,    FORM_none,        NULL,              ROUTE_WRITES},
	{POST, "/loads/{load}/schools",    do_load_schools,   PERM_LOADS_MAKE,    FORM_press,       NULL,              0},
	{POST, "/loads/{load}/said",       do_load_said,      PERM_LOADS_MAKE,    FORM_load_said,   page_load,         0},
	{POST, "/loads/{load}/order",      do_load_order,     PERM_LOADS_MAKE,    FORM_order,       page_load,         0},
	{POST, "/loads/{load}/apply",      do_load_apply,     PERM_LOADS_MAKE,    FORM_load_apply,  NULL,              0},
	{POST, "/loads/{load}/drop",       do_load_drop,      PERM_LOADS_MAKE,    FORM_press,       NULL,              0},
	{POST, "/loads/{load}/undo",       do_load_undo,      PERM_LOADS_MAKE,    FORM_press,       NULL,              0},
	{GET,  "/loads/{load}/refused",    page_load_refused, PERM_LOADS_READ,    FORM_none,        NULL,              ROUTE_WRITES},

	{GET,  "/plans",                   page_plans,        PERM_PLANS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/plans/import",            page_plan_import,  PERM_PLANS_EDIT,    FORM_none,        NULL,              0},
	{POST, "/plans/import",            do_plan_upload,    PERM_PLANS_EDIT,    FORM_plan_upload, page_plan_import,  0},
	{GET,  "/plans/import/{word}",     page_plan_reading, PERM_PLANS_EDIT,    FORM_none,        NULL,              0},
	{POST, "/plans/import/{word}",     do_plan_draft,     PERM_PLANS_EDIT,    FORM_plan_draft,  page_plan_reading, 0},
	{GET,  "/plans/{plan}",            page_plan,         PERM_PLANS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/plans/{plan}/step",       do_plan_step,      PERM_PLANS_READ,    FORM_plan_step,   page_plan,         0},
	{GET,  "/plans/{plan}/docx",       page_plan_docx,    PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{GET,  "/plans/{plan}/pdf",        page_plan_pdf,     PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{GET,  "/plans/{plan}/workbook",   page_plan_xlsx,    PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{GET,  "/plans/{plan}/ribbon",     page_plan_ribbon,  PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{POST, "/plans/{plan}/acquaint",   do_plan_acquaint,  PERM_PLANS_READ,    FORM_press,       NULL,              0},
	{GET,  "/measures/{measure}",      page_measure,      PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{POST, "/measures/{measure}/remark", do_remark,       PERM_PLANS_READ,    FORM_remark,      page_measure,      0},
	{POST, "/measures/{measure}/remarks/{number}/settle", do_remark_settle, PERM_PLANS_EDIT, FORM_press, NULL,   0},

	{GET,  "/tasks",                   page_tasks,        PERM_PLANS_READ,    FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/tasks/confirm",           page_confirm,      PERM_MARKS_CONFIRM, FORM_none,        NULL,              0},
	{POST, "/tasks/confirm",           do_confirm_many,   PERM_MARKS_CONFIRM, FORM_confirm_many, page_confirm,     0},
	{GET,  "/tasks/{task}",            page_task,         PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{POST, "/tasks/{task}/mark",       do_task_mark,      PERM_MARKS_MAKE,    FORM_task_mark,   page_task,         0},
	{POST, "/tasks/{task}/step",       do_task_step,      PERM_PLANS_READ,    FORM_task_step,   page_task,         0},
	{POST, "/tasks/{task}/evidence",   do_evidence,       PERM_MARKS_MAKE,    FORM_evidence,    page_task,         0},
	{GET,  "/evidence/{evidence}",     page_evidence,     PERM_PLANS_READ,    FORM_none,        NULL,              0},
	{POST, "/evidence/{evidence}/withdraw", do_evidence_withdraw, PERM_MARKS_MAKE, FORM_evidence_withdraw, NULL,  0},

	{GET,  "/people",                  page_people,       PERM_PEOPLE_MANAGE, FORM_none,        NULL,              ROUTE_LIST},
	{POST, "/people",                  do_person,         PERM_PEOPLE_MANAGE, FORM_person,      page_people,       0},
	{GET,  "/people/{person}",         page_person,       PERM_PEOPLE_MANAGE, FORM_none,        NULL,              0},
	{POST, "/people/{person}/state",   do_person_state,   PERM_PEOPLE_MANAGE, FORM_press,       NULL,              0},
	{POST, "/people/{person}/invite",  do_person_invite,  PERM_PEOPLE_MANAGE, FORM_press,       NULL,              0},
	{POST, "/people/{person}/grants",  do_grant,          PERM_PEOPLE_MANAGE, FORM_grant,       page_person,       0},
	{POST, "/people/{person}/grants/{number}/end", do_grant_end, PERM_PEOPLE_MANAGE, FORM_press, NULL,             0},
	{GET,  "/rights",                  page_rights,       OPEN_TO_SIGNED_IN,  FORM_none,        NULL,              ROUTE_LIST},
	{GET,  "/audit",                   page_audit,        PERM_AUDIT_READ,    FORM_none,        NULL,              ROUTE_LIST},
};
/* clang-format on */

const size_t n_routes = COUNT_OF(routes);
