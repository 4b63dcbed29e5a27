/* pages.h - every page of the route table; one file a subject beside this. */
#pragma once

#include "web/route.h"

/* sign_in.c */
page page_sign_in, do_sign_in;
page page_sign_in_code, do_sign_in_code;
page do_sign_out;
page page_invitation, do_invitation;

/* home.c */
page page_home, page_choose_year, page_search;

/* help.c */
page page_help, page_manual;

/* overview.c */
page page_overview;
page page_lacks;

/* work.c, notices.c */
page page_work, page_notices, do_notice, do_notices_read, do_notices_kinds;

/* settings.c */
page page_settings, do_settings, page_deputy, do_deputy, do_deputy_end;

/* terms.c */
page page_terms, do_school_year, do_schedule;

/* views.c */
page do_view_save, do_view_drop;

/* history.c */
page page_school_history, page_run_history, page_load_history;
page page_person_history, page_plan_history;

/* openapi.c */
page page_openapi;

/* health.c */
page page_health;

/* account.c */
page page_account, do_account_password, do_account_sessions;
page page_factor, do_factor, do_factor_off;
page do_token, do_token_end, do_look;

/* letters.c */
page page_letters, do_letters, do_feed, do_feed_end, page_calendar_feed;

/* people.c */
page page_people, do_person;
page do_person_factor_off;
page page_person, do_person_state, do_person_invite, do_grant, do_grant_end;
page page_rights;

/* audit.c */
page page_audit;

/* runs.c */
page page_runs, do_run, page_run, do_run_step;

/* card.c */
page page_card, page_card_docx, page_card_pdf;

/* objections.c */
page page_objections, page_objection;
page do_objection, do_objection_answer, do_objection_withdraw;

/* orders.c */
page page_orders, do_order, page_order;

/* reconcile.c */
page page_run_reconcile, page_reconcile, do_difference;

/* edge.c */
page page_edge;

/* groups.c */
page page_groups, do_exit_rule;

/* objectivity.c */
page page_objectivity, do_second, do_second_withdraw;

/* load_read.c, load_profiles.c */
page do_load;
page page_load_profiles, do_load_profile, do_load_profile_drop;

/* loads.c */
page page_loads, page_load, do_load_schools, do_load_order;
page do_load_said;
page do_load_apply;
page do_load_drop, do_load_undo, page_load_refused;

/* plan_new.c */
page page_plan_new, do_plan_new;

/* plans.c, plan_import.c */
page page_plans, page_plan_import, do_plan_upload;
page page_plan_reading, do_plan_draft;

/* measure.c: a control point */
page do_control;

/* plan_bulk.c */
page do_bulk, do_bulk_undo;

/* plan_maps.c */
page page_plan_maps, do_plan_map;
page page_proposals, do_proposals_take, do_proposal_take, do_proposal_decline;

/* plan.c, plan_files.c */
page page_plan, do_plan_step, do_plan_acquaint;
page page_plan_deficits, do_plan_deficits;
page page_plan_sections, do_section, do_section_change;
page page_plan_ics, page_plan_lint, page_plan_schools, do_plan_schools;
page page_plan_docx, page_plan_pdf, page_plan_xlsx, page_plan_ribbon;

/* measure.c */
page do_row, do_row_change, do_renumber, do_plan_copy, do_measure, do_measure_remove;
page page_measure, do_remark, do_remark_settle;

/* tasks.c, task.c, confirm.c */
page page_tasks, page_task, do_task_mark, do_task_step;
page do_evidence, do_evidence_withdraw, page_evidence;
page page_confirm, do_confirm_many, do_unconfirm;

/* schools.c */
page page_schools;

/* passport.c */
page page_school;
