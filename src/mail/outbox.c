/* outbox.c - letters out of the database, one by one. */
#include "core/plans/letters.h"
#include "mail/mail.h"
#include "store/q_registry.h"

enum { LETTERS_A_ROUND = 500 };

struct sending {
	struct scope *sc;
	const struct mail_settings *settings;
	struct q_municipality place;
	struct smtp *smtp;
	struct outbox_counts counts;
};

static struct mail_letter
letter_of(const struct sending *s, const struct q_letter *l)
{
	struct arena *mem = s->sc->mem;
	struct str site = s->settings->site;

	return (struct mail_letter){
	    .id =
		arena_fmt(mem, "opora-%lld-%lld-%lld", (long long)s->place.id.v,
		    (long long)l->id.v, (long long)l->made_at.second),
	    .from = s->settings->from,
	    .from_name =
		arena_fmt(mem, "Опора, %.*s", STR_ARG(s->place.name_short)),
	    .to = l->address,
	    .subject = l->subject,
	    .body = l->body,
	    .unsubscribe =
		site.n ? arena_fmt(mem, "%.*s/letters", STR_ARG(site)) : S(""),
	    .at = s->sc->now,
	    .zone_minutes = (int32_t)s->place.zone_minutes};
}

static enum rc
settle(struct sending *s, const struct q_letter *l,
    const struct mail_answer *answer)
{
	switch (answer->outcome) {
	case MAIL_SENT:
		s->counts.sent++;
		return letter_sent(s->sc, l->id);
	case MAIL_LATER:
		s->counts.later++;
		return letter_later(s->sc, l, answer->reason);
	case MAIL_REFUSED:
	case MAIL_UNKNOWN:
		s->counts.refused++;
		return letter_refuse(s->sc, l->id, answer->reason);
	}
	UNREACHABLE();
}

static enum rc
send_all(struct sending *s)
{
	struct mail_answer answer = {0};
	enum rc rc = RC_OK;

	for (int i = 0; i < LETTERS_A_ROUND && !answer.is_server; i++) {
		struct q_letter letter;

		rc = letter_take(s->sc, &letter);
		if (rc != RC_OK)
			break;
		struct mail_letter out = letter_of(s, &letter);
		answer = smtp_send(s->smtp, s->sc->mem, &out);
		rc = settle(s, &letter, &answer);
		if (rc != RC_OK)
			break;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
outbox_send(struct scope *sc, const struct mail_settings *settings,
    struct outbox_counts *ret)
{
	struct sending s = {.sc = sc, .settings = settings};
	enum rc rc = q_municipality_by_id(
	    sc->db, sc->mem, sc->actor.municipality, &s.place);

	if (rc == RC_OK)
		rc = letters_recover(sc);
	if (rc != RC_OK)
		return rc;
	s.smtp = smtp_open(sc->mem, settings);
	if (!s.smtp) {
		diag_error(sc->diag, (struct place){0},
		    N_("Письма не отправить: в системе нет библиотеки "
		       "libcurl."))
		    ->hint = S("Поставьте пакет libcurl4.");
		return RC_FAILED;
	}
	rc = send_all(&s);
	smtp_close(s.smtp);
	*ret = s.counts;
	return rc;
}
