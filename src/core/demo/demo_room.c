/*
 * demo_room.c - what became of the lists: objections, approvals, the region's
 * orders, reconciliation, social conditions, results that ask for a check.
 *
 * Each event has its day; what has not come yet by today is left out, so the
 * demonstration is always in the middle of its year.
 */
#include "base/buf.h"
#include "base/tsv.h"
#include "core/access/access.h"
#include "core/demo/demo.h"
#include "core/methods/index.h"
#include "core/methods/objections.h"
#include "core/methods/reconcile.h"
#include "core/methods/steps.h"
#include "core/registry/catalogue.h"
#include "core/results/objectivity.h"
#include "store/q_results.h"

#define COORDINATOR "yartseva"
#define HEAD        "glebov"
#define ISSUER      S("Министерство образования Озёрного края")

/* Today itself; the actor's day moves with the story. */
struct story {
	struct demo *d;
	struct date today;
};

static bool
has_come(const struct story *s, struct date day)
{
	return !date_before(s->today, day);
}

/* ---- steps of a list ---- */

static enum rc
latest(const struct story *s, const char *method, int back, struct q_run *ret)
{
	const struct scope *sc = s->d->sc;

	return q_run_latest(sc->db, sc->mem, sc->actor.municipality,
	    str_of(method), syear_plus(s->d->year, -back), ret);
}

static enum rc
take(const struct story *s, const char *who, struct date day, run_id run,
    enum list_step step, const struct step_details *details)
{
	struct scope *sc = s->d->sc;
	struct q_run row;
	enum rc rc = demo_as(s->d, who, day);

	if (rc == RC_OK)
		rc = q_run_by_id(
		    sc->db, sc->mem, sc->actor.municipality, run, &row);
	if (rc == RC_OK)
		rc = list_take_step(sc, run, row.version_row, step, details);
	return rc;
}

static enum rc
open_objections(
    const struct story *s, run_id run, struct date day, struct date term)
{
	return take(s, COORDINATOR, day, run, LIST_STEP_OPEN,
	    &(struct step_details){.term = term});
}

static enum rc
approve(const struct story *s, run_id run, struct date day, const char *number)
{
	return take(s, HEAD, day, run, LIST_STEP_APPROVE,
	    &(struct step_details){.document = S("протокол"),
		.document_number = str_of(number),
		.document_on = day});
}

/* ---- objections ---- */

struct said {
	const char *who, *school;
	const char *about;
	int back; /* of the disputed result's year; 0: an answer of the table */
	const char *claimed, *text;
	const char *answer; /* NULL: still open */
	bool is_accepted;
	bool has_load; /* an appeal put the number right before the list */
};

/* The load whose number stands now for a disputed result. */
static enum rc
mending_load(const struct story *s, const struct objection_new *o, load_id *ret)
{
	const struct scope *sc = s->d->sc;
	struct q_result r;
	enum rc rc = q_result_current(sc->db, sc->mem, sc->actor.municipality,
	    o->year, o->school, o->about, &r);

	if (rc == RC_OK)
		*ret = r.load;
	return rc;
}

static enum rc
object(const struct story *s, run_id run, const struct said *said,
    struct date filed, struct date answered)
{
	struct scope *sc = s->d->sc;
	struct objection_new o = {.run = run,
	    .about = str_of(said->about),
	    .year = syear_plus(s->d->year, -said->back),
	    .claimed = str_of(said->claimed),
	    .text = str_of(said->text)};
	struct objection_answer answer = {.is_accepted = said->is_accepted};
	objection_id id;
	enum rc rc = demo_school(s->d, str_of(said->school), &o.school);

	if (rc == RC_OK)
		rc = demo_as(s->d, said->who, filed);
	if (rc == RC_OK)
		rc = objection_file(sc, &s->d->words, &o, &id);
	if (rc != RC_OK || said->answer == NULL || !has_come(s, answered))
		return rc;
	answer.text = str_of(said->answer);
	if (said->has_load)
		rc = mending_load(s, &o, &answer.load);
	if (rc == RC_OK)
		rc = demo_as(s->d, COORDINATOR, answered);
	return rc == RC_OK ? objection_decide(sc, id, 1, &answer) : rc;
}

/* ---- orders ---- */

/* What the region decided otherwise than the municipality. */
static const struct {
	const char *only_order, *only_ours;
	const char *number;
	const char *protocol;
} orders[] = {
    {"0119", "0124", "1684", "9"}, /* this year */
    {NULL, NULL, "1512", "8"},
    {NULL, NULL, "1437", "7"},
    {NULL, NULL, "1390", "6"},
};

static bool
is_code(struct str code, const char *one)
{
	return one != NULL && str_eq(code, str_of(one));
}

/* The list as the order prints it: numbered, by name. */
static enum rc
order_text(
    const struct story *s, const struct q_run *run, int back, struct str *ret)
{
	const struct scope *sc = s->d->sc;
	struct buf b = buf_open(sc->mem, 0);
	struct q_verdict *all;
	size_t n;
	int number = 0;
	enum rc rc = q_verdict_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, run->id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool ours = str_eq(all[i].status, S("listed")) &&
			    !is_code(all[i].code, orders[back].only_ours);

		if (ours || is_code(all[i].code, orders[back].only_order))
			buf_fmt(
			    &b, "%d. %.*s;\n", ++number, STR_ARG(all[i].name));
	}
	*ret = buf_str(&b);
	return rc;
}

static enum rc
publish(const struct story *s, struct str text,
    const struct official_details *act, struct date loaded)
{
	struct intake_report report;
	enum rc rc = demo_as(s->d, COORDINATOR, loaded);

	return rc == RC_OK ? official_load_text(s->d->sc, &s->d->words, text,
				 act, false, &report) :
			     rc;
}

static enum rc
publish_list(const struct story *s, const struct q_run *run, int back)
{
	const struct official_details act = {
	    .number = str_of(orders[back].number),
	    .on = demo_day(s->d, back, 11, 11),
	    .issuer = ISSUER,
	    .title = S("Об утверждении перечня школ с низкими образовательными "
		       "результатами"),
	    .year = run->year,
	    .kind = S("shnor")};
	struct str text;
	enum rc rc = order_text(s, run, back, &text);

	return rc == RC_OK ?
		   publish(s, text, &act, demo_day(s->d, back, 11, 12)) :
		   rc;
}

static enum rc
finish(const struct story *s, run_id run, int back)
{
	const struct scope *sc = s->d->sc;
	struct q_official_latest act;
	struct step_details with = {0};
	enum rc rc = q_official_latest(sc->db, sc->mem, sc->actor.municipality,
	    S("shnor"), syear_plus(s->d->year, -back), &act);

	with.act = act.id;
	if (rc == RC_OK)
		rc = take(s, COORDINATOR, demo_day(s->d, back, 11, 19), run,
		    LIST_STEP_RECONCILE, &with);
	if (rc == RC_OK)
		rc = take(s, COORDINATOR, demo_day(s->d, back, 11, 20), run,
		    LIST_STEP_CLOSE, &(struct step_details){0});
	return rc;
}

/* One word of the coordinator's; the other difference still waits for hers. */
static enum rc
explain(const struct story *s, run_id run)
{
	struct scope *sc = s->d->sc;
	struct q_official_latest act;
	school_id school;
	enum rc rc = q_official_latest(sc->db, sc->mem, sc->actor.municipality,
	    S("shnor"), s->d->year, &act);

	if (rc == RC_OK)
		rc = demo_school(s->d, str_of(orders[0].only_ours), &school);
	if (rc == RC_OK)
		rc = demo_as(s->d, COORDINATOR, demo_day(s->d, 0, 11, 13));
	return rc == RC_OK ?
		   reconcile_explain(sc, run, act.id, school, 0,
		       S("Министерство брало протоколы до апелляций: по ним у "
			 "школы один низкий результат, а не два. Письмо в "
			 "министерство отправлено, адресная помощь школе "
			 "остаётся.")) :
		   rc;
}

/* ---- the list of schools with low results, year by year ---- */

static const struct said said_of_shnor[] = {
    {"lugozerskaya", "0107", "oge-math", 1, "не справились 11 из 27",
	"Один ученик после апелляции получил «3». Просим проверить, что расчёт "
	"берёт протокол от 17 июля.",
	"Протокол апелляций загружен 17 июля, в расчёте уже 11 из 27, а не 12. "
	"Школа права, число верное.",
	true, true},
    {"yasnobor", "0124", "vpr-rus-6", 1, "",
	"В шестом классе восемь учеников, трое из них пришли в марте из "
	"другой школы. Просим их не считать.",
	"Методика считает всех участников процедуры. Состав класса записан в "
	"паспорт школы и будет учтён, когда выбираются меры помощи.",
	false, false},
};

static enum rc
shnor_of_year(const struct story *s, int back)
{
	struct date opened = demo_day(s->d, back, 9, 18);
	struct q_run run;
	enum rc rc = latest(s, "shnor", back, &run);

	if (rc == RC_OK && has_come(s, opened))
		rc = open_objections(
		    s, run.id, opened, demo_day(s->d, back, 9, 28));
	for (size_t i = 0;
	     rc == RC_OK && back == 0 && i < COUNT_OF(said_of_shnor) &&
	     has_come(s, demo_day(s->d, 0, 9, 23));
	     i++)
		rc = object(s, run.id, &said_of_shnor[i],
		    demo_day(s->d, 0, 9, 22 + (int)i),
		    demo_day(s->d, 0, 9, 25));
	if (rc == RC_OK && has_come(s, demo_day(s->d, back, 9, 30)))
		rc = approve(s, run.id, demo_day(s->d, back, 9, 30),
		    orders[back].protocol);
	if (rc != RC_OK || !has_come(s, demo_day(s->d, back, 11, 12)))
		return rc;
	rc = publish_list(s, &run, back);
	if (rc == RC_OK && back > 0)
		rc = finish(s, run.id, back);
	else if (rc == RC_OK && has_come(s, demo_day(s->d, 0, 11, 13)))
		rc = explain(s, run.id);
	return rc;
}

/* ---- the list of schools at risk: objections are being taken now ---- */

static const struct said said_of_risk[] = {
    {"sosh4", "0118", "pupils-registered", 0, "2,1 %",
	"В таблице стоит доля состоящих на учёте за прошлый год. На 1 октября "
	"на учёте тринадцать учеников.",
	NULL, false, false},
    {"yasnobor", "0124", "lab-geography", 0, "да",
	"Кабинет географии оборудован в августе, накладная прилагается к "
	"письму от 12 октября.",
	"Накладная есть, но оборудование ещё не поставлено на учёт. Ответ "
	"изменится в следующем году.",
	false, false},
};

static enum rc
risk_of_now(const struct story *s)
{
	struct date opened = date_plus(s->today, -5);
	struct q_run run;
	enum rc rc = latest(s, "risk", 0, &run);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK && date_before(opened, run.state_on))
		opened = s->today;
	if (rc == RC_OK)
		rc = open_objections(s, run.id, opened, date_plus(s->today, 6));
	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(said_of_risk); i++)
		rc = object(s, run.id, &said_of_risk[i], opened, s->today);
	return rc;
}

static enum rc
risk_of_last_year(const struct story *s)
{
	struct q_run run;
	enum rc rc = latest(s, "risk", 1, &run);

	if (rc == RC_OK)
		rc = open_objections(s, run.id, demo_day(s->d, 1, 10, 15),
		    demo_day(s->d, 1, 10, 24));
	if (rc == RC_OK)
		rc = approve(s, run.id, demo_day(s->d, 1, 10, 28), "11");
	if (rc == RC_OK)
		rc = take(s, COORDINATOR, demo_day(s->d, 1, 12, 1), run.id,
		    LIST_STEP_SKIP,
		    &(struct step_details){
			.reason = S("Регион зону риска приказом не "
				    "утверждает.")});
	return rc;
}

/* ---- schools in hard social conditions ---- */

static enum rc
load_passports(const struct story *s, int back)
{
	enum { SCHOOL, ELEMENT, VALUE };
	struct demo *d = s->d;
	struct date day = demo_day(d, back, 10, 12);
	struct tsv t = tsv_open(demo_table("demo/social.tsv"));
	const struct intake_options o = {
	    .file_name = arena_fmt(d->sc->mem,
		"Социальные паспорта школ, октябрь %d.xlsx",
		d->year.first - back),
	    .file_hash = arena_fmt(d->sc->mem, "demo-social-%d", back),
	    .file_size = 26112,
	    .words = &d->words};
	const struct file_head head = {.kind = FILE_OBSERVATIONS,
	    .profile = S("показатели школ"),
	    .declared_participants = -1};
	struct intake_report report;
	struct intake *in;
	uint32_t row = 1;
	enum rc rc = demo_as(d, COORDINATOR, day);

	if (rc == RC_OK)
		rc = intake_open(d->sc, &o, &in);
	if (rc != RC_OK)
		return rc;

	struct row_sink sink = intake_sink(in);
	sink.head(sink.ctx, &head);
	while (tsv_next(&t)) {
		struct observation_row v = {.school = {.code = t.cells[SCHOOL]},
		    .period = syear_plus(d->year, -back),
		    .element = t.cells[ELEMENT],
		    .as_written = t.cells[VALUE],
		    .dated = day,
		    .source_note = S("социальный паспорт"),
		    .at = {.sheet = S("Паспорта"),
			.row = ++row,
			.column = S("значение")}};

		v.is_known = str_eq(v.as_written, S("yes")) ||
			     str_eq(v.as_written, S("no"));
		if (v.is_known)
			v.value = ratio_int(str_eq(v.as_written, S("yes")));
		else if (v.as_written.n > 0)
			v.is_known = ratio_parse(v.as_written, &v.value);
		sink.observation(sink.ctx, &v);
	}
	return intake_close(in, RC_OK, &report);
}

/* The term of objections is over: the list waits for the head. */
static enum rc
compute_index(const struct story *s, int back)
{
	struct demo *d = s->d;
	struct index_method method;
	struct inputs inputs;
	struct index_run run;
	struct date drawn = date_plus(s->today, -12);
	run_id id;
	enum rc rc;

	if (date_before(drawn, demo_day(d, back, 10, 13)))
		drawn = demo_day(d, back, 10, 13);
	rc = demo_as(d, COORDINATOR, drawn);
	if (rc == RC_OK)
		rc = index_find(d->sc, &d->words, S("shnsu"), &method);
	if (rc == RC_OK)
		rc = inputs_collect(
		    d->sc, &d->words, syear_plus(d->year, -back), &inputs);
	if (rc == RC_OK)
		rc = index_compute(d->sc, &method, &inputs, &run);
	if (rc == RC_OK)
		rc = index_save(d->sc, &run, &id);
	if (rc == RC_OK && date_before(drawn, date_plus(s->today, -1)))
		rc = open_objections(s, id, drawn, date_plus(s->today, -1));
	return rc;
}

/* The region's types of hard conditions; a school that left its group. */
static enum rc
publish_social(const struct story *s)
{
	const struct official_details entered = {.number = S("318"),
	    .on = demo_day(s->d, 1, 3, 17),
	    .issuer = ISSUER,
	    .title = S("Об утверждении перечня школ в сложных социальных "
		       "условиях"),
	    .year = syear_plus(s->d->year, -1),
	    .kind = S("shnsu")};
	const struct official_details left = {.number = S("1207"),
	    .on = demo_day(s->d, 1, 6, 24),
	    .issuer = ISSUER,
	    .title = S("Об исключении из перечня школ в сложных социальных "
		       "условиях"),
	    .year = syear_plus(s->d->year, -1),
	    .kind = S("shnsu"),
	    .basis = S("педагог-психолог принят, доля неработающих родителей "
		       "ниже порога"),
	    .is_exit = true};
	enum rc rc = publish(s,
	    S("1. Кедроложская СОШ – признаки социального учреждения;\n"
	      "2. Нижнеярская СОШ – неблагоприятное окружение;\n"
	      "3. Тихопольская СОШ – признаки социального учреждения;\n"
	      "4. Устьвяхирская ООШ – удалённость и малочисленность.\n"),
	    &entered, demo_day(s->d, 1, 3, 19));

	return rc == RC_OK ? publish(s, S("1. Устьвяхирская ООШ"), &left,
				 demo_day(s->d, 1, 6, 26)) :
			     rc;
}

/* ---- results that ask for a check ---- */

static enum rc
load_markers(const struct story *s)
{
	static const struct {
		const char *school, *marker;
		int back;
	} marks[] = {
	    {"0102", "4 РУ", 1},
	    {"0116", "4 МА", 1},
	    {"0116", "5 МА", 1},
	    {"0116", "4 МА", 2},
	    {"0117", "5 РУ", 2},
	};
	struct demo *d = s->d;
	const struct intake_options o = {
	    .file_name = S("Признаки необъективности ВПР.xlsx"),
	    .file_hash = S("demo-bias"),
	    .file_size = 9216,
	    .words = &d->words};
	const struct file_head head = {.kind = FILE_BIAS_TABLE,
	    .profile = S("признаки необъективности"),
	    .declared_participants = -1};
	struct intake_report report;
	struct intake *in;
	enum rc rc = demo_as(d, COORDINATOR, demo_day(d, 1, 7, 22));

	if (rc == RC_OK)
		rc = intake_open(d->sc, &o, &in);
	if (rc != RC_OK)
		return rc;

	struct row_sink sink = intake_sink(in);
	sink.head(sink.ctx, &head);
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		const struct bias_row row = {
		    .school = {.code = str_of(marks[i].school)},
		    .year = syear_plus(d->year, -marks[i].back),
		    .marker = str_of(marks[i].marker),
		    .is_set = true,
		    .at = {.sheet = S("Маркеры"),
			.row = (uint32_t)(i + 2),
			.column = str_of(marks[i].marker)}};

		sink.bias(sink.ctx, &row);
	}
	return intake_close(in, RC_OK, &report);
}

static enum rc
check_again(const struct story *s)
{
	struct second_new again = {.year = syear_plus(s->d->year, -1),
	    .procedure = S("vpr-math-5"),
	    .marks = {14, 38, 36, 12},
	    .document = S("акт № 2 от 14.08, комиссия методического центра"),
	    .note = S("проверены все работы двух классов")};
	int64_t id;
	enum rc rc = demo_school(s->d, S("0116"), &again.school);

	if (rc == RC_OK)
		rc = demo_as(s->d, "istomina", demo_day(s->d, 1, 8, 14));
	return rc == RC_OK ?
		   second_marks_add(s->d->sc, &s->d->words, &again, &id) :
		   rc;
}

/* ---- the whole of it ---- */

static enum rc
tell(const struct story *s)
{
	int back = has_come(s, demo_day(s->d, 0, 10, 14)) ? 0 : 1;
	enum rc rc = publish_social(s);

	if (rc == RC_OK)
		rc = load_markers(s);
	if (rc == RC_OK)
		rc = check_again(s);
	for (int b = 3; rc == RC_OK && b >= 0; b--)
		rc = shnor_of_year(s, b);
	if (rc == RC_OK)
		rc = risk_of_last_year(s);
	if (rc == RC_OK)
		rc = load_passports(s, back);
	if (rc == RC_OK)
		rc = compute_index(s, back);
	return rc == RC_OK ? risk_of_now(s) : rc;
}

enum rc
demo_room(struct demo *d)
{
	const struct actor was = d->sc->actor;
	const struct story story = {d, was.today};
	enum rc rc;

	d->sc->actor = actor_program(was.municipality, was.today);
	rc = tell(&story);
	d->sc->actor = was;
	return rc;
}
