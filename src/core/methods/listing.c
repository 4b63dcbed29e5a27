/* listing.c - how does a saved list read? */
#include "core/methods/listing.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "store/q_lists.h"

const struct method *
listing_method(
    struct scope *sc, const struct library *library, const struct q_run *run)
{
	for (size_t i = 0; i < library->n; i++) {
		const struct method *m = library->methods[i];

		if (str_eq(m->code, run->method) &&
		    str_eq(m->version, run->version))
			return m;
	}
	return NULL;
}

static bool
status_of(struct str code, enum method_status *ret)
{
	for (enum method_status s = 0; s < METHOD_STATUS_COUNT; s++) {
		if (str_eq(code, str_of(method_status_codes[s]))) {
			*ret = s;
			return true;
		}
	}
	return false;
}

/* "K1=yes K2=unknown" in the method's order. */
static void
read_criteria(struct listing *l, struct listing_row *row, struct str text)
{
	struct str rest = text, one;
	size_t n = 0;

	while (str_split(&rest, ' ', &one) && n < LISTING_CRITERIA) {
		ptrdiff_t at = str_find_char(one, '=');
		struct str word = str_from(one, (size_t)at + 1);

		if (at < 0)
			continue;
		row->criteria[n] = str_eq(word, S("yes")) ? TRUTH_YES :
				   str_eq(word, S("no"))  ? TRUTH_NO :
							    TRUTH_UNKNOWN;
		l->criteria[n].id = str_cut(one, 0, (size_t)at);
		n++;
	}
	if (n > l->n_criteria)
		l->n_criteria = n;
}

/* ---- the reason in a few words ---- */

/* Participants and failed of one result, in the frozen inputs. */
static bool
frozen_count(struct arena *mem, struct str inputs, school_id school,
    struct str year, struct str procedure, struct str *ret)
{
	struct str mark = arena_fmt(mem, "\ncount\t%lld\t%.*s\t%.*s\t",
	    (long long)school.v, STR_ARG(year), STR_ARG(procedure));
	ptrdiff_t at = str_find(inputs, mark);
	struct str rest, participants, failed;

	if (at < 0)
		return false;
	rest = str_from(inputs, (size_t)at + mark.n);
	if (!str_split(&rest, '\t', &participants) ||
	    !str_split(&rest, '\t', &failed))
		return false;
	*ret = arena_fmt(mem, "%.*s\xC2\xA0из\xC2\xA0%.*s", STR_ARG(failed),
	    STR_ARG(participants));
	return true;
}

static struct str
procedure_title(const struct vocabulary *words, struct str code)
{
	for (size_t i = 0; i < words->n_procedures; i++) {
		if (str_eq(words->procedures[i].code, code))
			return words->procedures[i].title_short;
	}
	return code;
}

/* "2024/2025:vpr-math-5" into year and code. */
static bool
cut_low(struct str one, struct str *ret_year, struct str *ret_code)
{
	ptrdiff_t at = str_find_char(one, ':');

	if (at < 0)
		return false;
	*ret_year = str_cut(one, 0, (size_t)at);
	*ret_code = str_from(one, (size_t)at + 1);
	return true;
}

static void
put_low_of_year(struct buf *b, const struct vocabulary *words,
    struct str inputs, const struct q_verdict *v, struct syear wanted)
{
	struct str rest = v->low, one, year, code, share;
	size_t n = 0;

	while (str_split(&rest, ' ', &one)) {
		struct syear y;

		if (!cut_low(one, &year, &code) || !syear_parse(year, &y) ||
		    y.first != wanted.first)
			continue;
		if (n++ == 0)
			buf_fmt(b, "%s%.*s: ", b->n ? "; " : "",
			    STR_ARG(syear_ru(b->mem, y)));
		else
			buf_c(b, ", ");
		buf_put(b, procedure_title(words, code));
		if (frozen_count(b->mem, inputs, v->school, year, code, &share))
			buf_fmt(b, " (%.*s)", STR_ARG(share));
	}
}

/* The sentence of the method without the verdict, which stands beside it. */
static struct str
because(struct str sentence)
{
	static const struct str verdicts[] = {S_INIT("Школа включена: "),
	    S_INIT("Школа не включена: "), S_INIT("Решение не принято: ")};
	ptrdiff_t missing = str_find(sentence, S(" Нет данных:"));

	if (missing > 0)
		sentence = str_cut(sentence, 0, (size_t)missing);
	for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
		if (str_starts(sentence, verdicts[i]))
			return str_from(sentence, verdicts[i].n);
	}
	return sentence;
}

static struct str
reason_of(struct scope *sc, const struct listing *l,
    const struct vocabulary *words, struct str inputs,
    const struct q_verdict *v, enum method_status status)
{
	struct buf b = buf_open(sc->mem, 0);
	bool is_of_results = l->method != NULL && l->method->low >= 0;

	if (!is_of_results || status == METHOD_NO_DATA ||
	    status == METHOD_NOT_APPLICABLE)
		return text_capital(sc->mem, because(v->reason));
	for (int back = 1; back <= 3; back++)
		put_low_of_year(
		    &b, words, inputs, v, syear_plus(l->run.year, -back));
	if (b.n == 0)
		return S(N_("Низких результатов нет."));
	buf_char(&b, '.');
	return buf_str(&b);
}

/* ---- the whole ---- */

static void
read_turn(struct listing_row *row, const struct q_verdict *before, size_t n)
{
	enum method_status was;

	for (size_t i = 0; i < n; i++) {
		if (before[i].school.v != row->school.v ||
		    !status_of(before[i].status, &was))
			continue;
		if (was != METHOD_LISTED && row->status == METHOD_LISTED)
			row->turn = TURN_ENTERED;
		if (was == METHOD_LISTED && row->status != METHOD_LISTED)
			row->turn = TURN_LEFT;
	}
}

static enum rc
read_before(
    struct scope *sc, struct listing *l, struct q_verdict **ret, size_t *ret_n)
{
	struct q_run_before before;
	enum rc rc = q_run_before(sc->db, sc->mem, sc->actor.municipality,
	    l->run.method, l->run.year, &before);

	*ret_n = 0;
	*ret = NULL;
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	l->before = before.id;
	return q_verdict_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, before.id, ret, ret_n);
}

static struct opt_int
pupils_of(const struct q_school *schools, size_t n, school_id id)
{
	for (size_t i = 0; i < n; i++) {
		if (schools[i].id.v == id.v)
			return schools[i].pupils;
	}
	return (struct opt_int){false, 0};
}

static void
take_method(struct listing *l)
{
	const struct method *m = l->method;

	l->title = m ? m->title : l->run.method;
	l->short_title = m && m->short_title.n > 0 ? m->short_title : l->title;
	for (size_t i = 0; m && i < m->n_criteria && i < LISTING_CRITERIA; i++)
		l->criteria[i] = (struct listing_criterion){
		    m->criteria[i].id, m->criteria[i].title};
	if (m)
		l->n_criteria = m->n_criteria < LISTING_CRITERIA ?
				    m->n_criteria :
				    LISTING_CRITERIA;
}

static enum rc
read_rows(struct scope *sc, const struct vocabulary *words, struct listing *l)
{
	municipality_id m = sc->actor.municipality;
	struct q_run_frozen frozen;
	struct q_verdict *verdicts, *before;
	struct q_school *schools;
	size_t n_before, n_schools;
	enum rc rc = q_run_frozen(sc->db, sc->mem, m, l->run.id, &frozen);

	if (rc == RC_OK)
		rc = q_verdict_list(sc->db, sc->mem, &sc->actor, m, l->run.id,
		    &verdicts, &l->n);
	if (rc == RC_OK)
		rc = read_before(sc, l, &before, &n_before);
	if (rc == RC_OK)
		rc = q_school_list(
		    sc->db, sc->mem, &sc->actor, m, &schools, &n_schools);
	if (rc != RC_OK)
		return rc;

	struct listing_row *rows =
	    arena_new(sc->mem, struct listing_row, l->n + 1);
	for (size_t i = 0; i < l->n; i++) {
		const struct q_verdict *v = &verdicts[i];

		rows[i] = (struct listing_row){.school = v->school,
		    .name = v->name,
		    .code = v->code,
		    .margin = v->margin,
		    .is_small = v->is_small,
		    .pupils = pupils_of(schools, n_schools, v->school)};
		if (!status_of(v->status, &rows[i].status))
			return RC_FAILED;
		read_criteria(l, &rows[i], v->criteria);
		rows[i].reason =
		    reason_of(sc, l, words, frozen.inputs, v, rows[i].status);
		read_turn(&rows[i], before, n_before);
		l->counts[rows[i].status]++;
	}
	l->rows = rows;
	l->n_applicable = l->n - l->counts[METHOD_NOT_APPLICABLE];
	return RC_OK;
}

enum rc
listing_read(struct scope *sc, const struct vocabulary *words,
    const struct library *library, run_id id, struct listing *ret)
{
	struct listing l = {0};
	enum rc rc =
	    q_run_by_id(sc->db, sc->mem, sc->actor.municipality, id, &l.run);

	if (rc != RC_OK)
		return rc;
	l.method = listing_method(sc, library, &l.run);
	take_method(&l);
	rc = read_rows(sc, words, &l);
	if (rc == RC_OK)
		*ret = l;
	return rc;
}
