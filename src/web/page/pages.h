/* pages.h - every page of the route table; one file a subject beside this. */
#pragma once

#include "web/route.h"

/* sign_in.c */
page page_sign_in, do_sign_in;
page page_sign_in_code, do_sign_in_code;
page do_sign_out;
page page_invitation, do_invitation;

/* home.c */
page page_home, page_help, page_choose_year, page_search;

/* account.c */
page page_account, do_account_password, do_account_sessions;
page page_factor, do_factor, do_factor_off;
page do_token, do_token_end, do_look;

/* people.c */
page page_people, do_person;
page page_person, do_person_state, do_person_invite, do_grant, do_grant_end;
page page_rights;

/* audit.c */
page page_audit;

/* schools.c */
page page_schools;
