/* account.h - what the pages of one's own account show. */
#pragma once

#include "store/q_access.h"
#include "web/shell.h"

struct view_account {
	struct shell shell;
	struct form password, token, look;
	struct q_person person;
	const char *const *roles; /* titles of the roles that hold today */
	size_t n_roles;
	const struct q_session_list *sessions;
	size_t n_sessions;
	struct str here; /* hash of this session */
	const struct q_token_list *tokens;
	size_t n_tokens;
	struct str new_token; /* shown once */
	bool has_factor;
	int32_t zone;
};

struct view_factor {
	struct shell shell;
	struct form form;
	struct str secret;  /* in groups of four */
	struct str address; /* otpauth://… for a telephone */
};
