/*
 * mail.h - a letter out of the house.
 *
 * The domain writes letters into the database (core/plans/letters.h); this
 * floor takes them out one by one and gives them to the municipality's mail
 * server.  Settings come from the environment, so that no password stands in
 * the database or on a command line:
 *
 *	OPORA_SMTP       smtp://host:25, smtp://user:password@host:587 or
 *	                 smtps://…; with a password TLS is demanded
 *	OPORA_MAIL_FROM  the sender's address
 *	OPORA_URL        the address of this program for links, https://…
 *
 * BASIS: features J5, J11.
 */
#pragma once

#include "core/scope.h"

struct mail_settings {
	struct str server; /* may hold a password: never logged */
	struct str from;
	struct str site; /* without a slash behind it; may be empty */
};

/*
 * RC_NOT_FOUND when there is no mail server: that is usual and no mistake;
 * ret->site is filled all the same.  RC_INVALID with complaints when what is
 * set cannot be right.
 */
NODISCARD enum rc mail_settings_read(
    struct arena *mem, struct diag *d, struct mail_settings *ret);

struct mail_letter {
	struct str id; /* the same for the same letter, for ever */
	struct str from, from_name;
	struct str to;
	struct str subject;
	struct str body;        /* plain text, lines end in \n */
	struct str unsubscribe; /* the page where one refuses; may be empty */
	struct moment at;
	int32_t zone_minutes;
};

/*
 * The bytes of RFC 5322 and MIME: headers in ASCII (RFC 2047), the body as
 * base64 of UTF-8, lines end in CRLF.  No text of a letter can begin a header.
 */
struct str mail_message(struct arena *mem, const struct mail_letter *letter);

enum mail_outcome {
	MAIL_SENT,
	MAIL_LATER,   /* the server is down or asks to wait */
	MAIL_REFUSED, /* for good: no such box, not allowed */
	MAIL_UNKNOWN, /* the line broke after the text had gone */
};

struct mail_answer {
	enum mail_outcome outcome;
	bool is_server;    /* the next letter would fare no better */
	struct str reason; /* a sentence, empty when it was sent */
};

/* One connection for many letters; NULL when libcurl is not installed. */
struct smtp;
struct smtp *smtp_open(struct arena *mem, const struct mail_settings *settings);
struct mail_answer smtp_send(
    struct smtp *s, struct arena *mem, const struct mail_letter *letter);
void smtp_close(struct smtp *s);

struct outbox_counts {
	size_t sent, later, refused;
};

/*
 * Sends what is due, until nothing is left or the server fails.  Each letter
 * is claimed in one transaction and settled in another: a process killed in
 * between leaves a letter that is never sent a second time.
 */
NODISCARD enum rc outbox_send(struct scope *sc,
    const struct mail_settings *settings, struct outbox_counts *ret);
