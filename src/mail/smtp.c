/* smtp.c - a letter to the mail server, and what it answered. */
#include <stdlib.h>
#include <string.h>

#include "mail/curl_lib.h"
#include "mail/mail.h"

enum { CONNECT_SECONDS = 15, LETTER_SECONDS = 60 };

/* Replies of RFC 5321 and 4954 that are about us, not about the letter. */
enum { SMTP_MUST_SIGN_IN = 530, SMTP_WRONG_PASSWORD = 535 };

struct smtp {
	const struct curl_lib *lib;
	CURL *curl;
	char error[CURL_ERROR_SIZE];
	struct str rest; /* of the letter that is being sent */
	bool is_read;    /* its last byte has gone into the line */
};

/* The letter's bytes as the library asks for them. */
static size_t
give(char *out, size_t size, size_t n, void *ctx)
{
	struct smtp *s = ctx;
	size_t take = size * n < s->rest.n ? size * n : s->rest.n;

	memcpy(out, s->rest.p, take);
	s->rest = str_from(s->rest, take);
	s->is_read = s->rest.n == 0;
	return take;
}

struct smtp *
smtp_open(struct arena *mem, const struct mail_settings *settings)
{
	const struct curl_lib *lib = curl_lib();
	struct smtp *s = arena_new(mem, struct smtp, 1);
	bool has_password = str_find_char(settings->server, '@') >= 0;

	if (!lib)
		return NULL;
	*s = (struct smtp){.lib = lib, .curl = lib->curl_easy_init()};
	if (!s->curl)
		return NULL;
	lib->curl_easy_setopt(
	    s->curl, CURLOPT_URL, arena_cstr(mem, settings->server));
	lib->curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	lib->curl_easy_setopt(s->curl, CURLOPT_USE_SSL,
	    has_password ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
	lib->curl_easy_setopt(
	    s->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	lib->curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)LETTER_SECONDS);
	lib->curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	lib->curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->error);
	lib->curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	lib->curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
	lib->curl_easy_setopt(s->curl, CURLOPT_READDATA, s);
	return s;
}

void
smtp_close(struct smtp *s)
{
	if (s)
		s->lib->curl_easy_cleanup(s->curl);
}

static struct str
reason_of(const struct smtp *s, struct arena *mem, CURLcode code, long reply)
{
	const char *said =
	    s->error[0] ? s->error : s->lib->curl_easy_strerror(code);

	if (reply >= 400)
		return arena_fmt(mem, "Почтовый сервер ответил кодом %ld (%s).",
		    reply, said);
	return arena_fmt(mem, "Почтовый сервер не принял письмо: %s.", said);
}

static struct mail_answer
answer_of(const struct smtp *s, struct arena *mem, CURLcode code)
{
	struct mail_answer a = {.outcome = MAIL_LATER};
	long reply = 0;

	if (code == CURLE_OK)
		return (struct mail_answer){.outcome = MAIL_SENT};
	s->lib->curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &reply);
	a.reason = reason_of(s, mem, code, reply);
	if (code == CURLE_LOGIN_DENIED || reply == SMTP_MUST_SIGN_IN ||
	    reply == SMTP_WRONG_PASSWORD) {
		a.is_server = true;
	} else if (reply >= 500 && reply < 600) {
		a.outcome = MAIL_REFUSED;
	} else if (reply >= 400 && reply < 500) {
		a.is_server = false;
	} else if (s->is_read) {
		a.outcome = MAIL_UNKNOWN;
		a.reason = S("Связь оборвалась, когда текст уже ушёл; дошло "
			     "ли письмо, неизвестно. Второй раз оно не "
			     "отправляется.");
		a.is_server = true;
	} else {
		a.is_server = true;
	}
	return a;
}

struct mail_answer
smtp_send(struct smtp *s, struct arena *mem, const struct mail_letter *letter)
{
	struct curl_slist *to =
	    s->lib->curl_slist_append(NULL, arena_cstr(mem, letter->to));
	CURLcode code = CURLE_OUT_OF_MEMORY;

	s->rest = mail_message(mem, letter);
	s->is_read = false;
	s->error[0] = 0;
	if (to) {
		s->lib->curl_easy_setopt(
		    s->curl, CURLOPT_MAIL_FROM, arena_cstr(mem, letter->from));
		s->lib->curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to);
		code = s->lib->curl_easy_perform(s->curl);
	}
	s->lib->curl_slist_free_all(to);
	return answer_of(s, mem, code);
}
