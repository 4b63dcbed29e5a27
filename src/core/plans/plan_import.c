/* plan_import.c - a recognised file becomes a draft. */
#include "base/utf8.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/goal.h"
#include "core/plans/plan_own.h"
#include "core/registry/names.h"

/* ---- the directory ---- */

enum rc
directory_read(struct scope *sc, struct directory *ret)
{
	struct directory d = {0};
	municipality_id m = sc->actor.municipality;
	enum rc rc = q_person_list(sc->db, sc->mem, m, &d.people, &d.n_people);

	if (rc == RC_OK)
		rc = q_school_list(
		    sc->db, sc->mem, &sc->actor, m, &d.schools, &d.n_schools);
	if (rc != RC_OK)
		return rc;
	d.school_keys =
	    arena_new(sc->mem, struct str, d.n_schools ? d.n_schools : 1);
	for (size_t i = 0; i < d.n_schools; i++)
		d.school_keys[i] = school_name_key(sc->mem, d.schools[i].name);
	*ret = d;
	return RC_OK;
}

/* "Ярцева П.А." and "П. А. Ярцева" are one: letters only, words sorted. */
static struct str
name_key(struct arena *mem, struct str name)
{
	struct str folded = text_fold(mem, name);
	struct buf initials = buf_open(mem, 0), surname = buf_open(mem, 0);
	struct str word;

	while (folded.n) {
		size_t n = 0;
		while (n < folded.n && folded.p[n] != ' ' && folded.p[n] != '.')
			n++;
		word = str_cut(folded, 0, n);
		folded = str_from(folded, n < folded.n ? n + 1 : n);
		if (utf8_length(word) == 1)
			buf_put(&initials, word);
		else
			buf_put(&surname, word);
	}
	buf_put(&surname, buf_str(&initials));
	return buf_str(&surname);
}

person_id
directory_person(struct arena *mem, const struct directory *d, struct str name)
{
	struct str key = name_key(mem, name);

	for (size_t i = 0; key.n && i < d->n_people; i++)
		if (!d->people[i].is_disabled &&
		    str_eq(name_key(mem, d->people[i].name), key))
			return d->people[i].id;
	return (person_id){0};
}

school_id
directory_school(struct arena *mem, const struct directory *d, struct str name)
{
	struct str key = school_name_key(mem, name);

	for (size_t i = 0; key.n && i < d->n_schools; i++)
		if (str_eq(d->school_keys[i], key))
			return d->schools[i].id;
	return (school_id){0};
}

/* ---- what printed texts mean ---- */

enum rc
measure_put_responsible(struct scope *sc, const struct directory *d,
    measure_id id, struct str printed)
{
	static const char *const kinds[] = {[WHO_ORGANISATION] = "organisation",
	    [WHO_ROLE] = "role",
	    [WHO_PERSON] = "person",
	    [WHO_GROUP] = "group"};
	const struct responsibles who = responsibles_of(sc->mem, printed);
	enum rc rc =
	    q_measure_responsible_clear(sc->db, sc->actor.municipality, id);

	for (size_t i = 0; rc == RC_OK && i < who.n; i++) {
		const struct responsible *r = &who.all[i];
		const struct q_measure_responsible_add_in add = {
		    .municipality = sc->actor.municipality,
		    .measure = id,
		    .number = (int64_t)i + 1,
		    .kind = str_of(kinds[r->kind]),
		    .text = r->text,
		    .is_collective = r->is_collective,
		    .person = r->kind == WHO_PERSON ?
				  directory_person(sc->mem, d, r->person) :
				  (person_id){0},
		    .school = r->kind == WHO_ORGANISATION ?
				  directory_school(sc->mem, d, r->text) :
				  (school_id){0}};
		rc = q_measure_responsible_add(sc->db, &add);
	}
	return rc;
}

struct measure_sense
measure_sense_of(struct arena *mem, struct str responsible,
    struct str school_part, struct str result, struct str report_form)
{
	const struct responsibles who = responsibles_of(mem, responsible);
	struct goal goal = goal_of(mem, result);
	struct measure_sense s = {
	    .evidence = evidence_kinds_in(mem, report_form),
	    .participants = str_trim(school_part).n ? S("all") : S("none"),
	    .goal = str_of(goal_kind_codes[goal.kind]),
	    .goal_sense = str_of(goal_sense_codes[goal.sense])};

	for (size_t i = 0; i < who.n; i++)
		if (who.all[i].is_collective)
			s.participants = S("all");
	if (goal.kind != GOAL_TEXT && goal.kind != GOAL_YES_NO) {
		s.goal_num = (struct opt_int){true, goal.target.num};
		s.goal_den = (struct opt_int){true, goal.target.den};
	}
	return s;
}

/* ---- the draft ---- */

struct importing {
	struct scope *sc;
	const struct plan_reading *reading;
	struct directory directory;
	plan_id plan;
	struct day_span period; /* of the plan */
	int64_t sections;       /* made so far */
	int64_t position;       /* in the section being filled */
};

static enum rc
add_section(
    struct importing *im, const char *kind, struct str title, int64_t *ret)
{
	struct q_plan_section_add made;
	const struct q_plan_section_add_in add = {
	    .municipality = im->sc->actor.municipality,
	    .plan = im->plan,
	    .position = ++im->sections,
	    .kind = str_of(kind),
	    .number = S(""),
	    .title = title};
	enum rc rc = q_plan_section_add(im->sc->db, im->sc->mem, &add, &made);

	im->position = 0;
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

static struct str
text(struct str s)
{
	return s.p ? s : S("");
}

/* What a file already says of its carrying out is no mark: it has no proof. */
static struct str
note_of(struct arena *mem, const struct plan_measure *m)
{
	if (!m->mark.n)
		return text(m->note);
	return arena_fmt(mem, "%.*s%sОтметка в файле: %.*s", STR_ARG(m->note),
	    m->note.n ? ". " : "", STR_ARG(m->mark));
}

static enum rc
add_measure(struct importing *im, int64_t section, const struct plan_measure *m)
{
	struct scope *sc = im->sc;
	struct measure_sense sense =
	    measure_sense_of(sc->mem, m->responsible_text, m->school_part,
		m->result.n ? m->result : m->indicator, m->report_form);
	const struct q_measure_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = im->plan,
	    .section = section,
	    .position = ++im->position,
	    .number = text(m->number),
	    .title = text(m->title),
	    .school_part = text(m->school_part),
	    .deadline = text(m->deadline),
	    .responsible = text(m->responsible_text),
	    .result = text(m->result),
	    .indicator = text(m->indicator),
	    .report_form = text(m->report_form),
	    .note = note_of(sc->mem, m),
	    .evidence = sense.evidence,
	    .answers = S(""),
	    .basis = S(""),
	    .participants = sense.participants,
	    .goal = sense.goal,
	    .goal_sense = sense.goal_sense,
	    .goal_num = sense.goal_num,
	    .goal_den = sense.goal_den,
	    .source_place = plan_place_text(sc->mem, m->at)};
	struct q_measure_add made;
	enum rc rc = q_measure_add(sc->db, sc->mem, &add, &made);

	if (rc == RC_OK)
		rc = measure_put_responsible(
		    sc, &im->directory, made.id, m->responsible_text);
	return rc;
}

static const char *
kind_of_table(const struct plan_reading *r, size_t table)
{
	return r->tables.p[table].kind == TABLE_MECHANISMS ? "mechanisms" :
							     "measures";
}

/* A table of its own years, whose title the plan does not keep, says them. */
static struct str
section_title(const struct importing *im, const struct plan_measure *m)
{
	const struct plan_reading *r = im->reading;
	struct day_span own = r->tables.p[m->table].period;
	struct str title = m->section != NO_SECTION ?
			       r->sections.p[m->section].title :
			       r->tables.p[m->table].title;

	if (date_is_none(own.from) || day_span_eq(own, im->period) ||
	    !day_span_eq(plan_own_period(im->period, title), im->period))
		return text(title);
	return arena_fmt(im->sc->mem, "%.*s%s(%.*s)", STR_ARG(title),
	    title.n ? " " : "", STR_ARG(plan_period_words(im->sc->mem, own)));
}

/* Measures in the order of the file; a section begins where it changes. */
static enum rc
add_measures(struct importing *im)
{
	const struct plan_reading *r = im->reading;
	ptrdiff_t section = NO_SECTION;
	size_t table = SIZE_MAX;
	int64_t id = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->measures.n; i++) {
		const struct plan_measure *m = &r->measures.p[i];

		if (!id || m->section != section || m->table != table) {
			section = m->section;
			table = m->table;
			rc = add_section(im, kind_of_table(r, table),
			    section_title(im, m), &id);
		}
		if (rc == RC_OK)
			rc = add_measure(im, id, m);
	}
	return rc;
}

static enum rc
add_points(struct importing *im)
{
	const struct plan_reading *r = im->reading;
	int64_t id;
	enum rc rc = RC_OK;

	if (!r->points.n)
		return RC_OK;
	rc = add_section(im, "points", S("Контрольные точки"), &id);
	for (size_t i = 0; rc == RC_OK && i < r->points.n; i++)
		rc = add_measure(im, id, &r->points.p[i]);
	return rc;
}

/* BASIS: features, idea 12 - clauses of the order are tasks too. */
static enum rc
add_clauses(struct importing *im)
{
	const struct plan_reading *r = im->reading;
	int64_t id = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->clauses.n; i++) {
		const struct plan_measure m = plan_clause_row(&r->clauses.p[i]);

		if (r->clauses.p[i].kind != CLAUSE_TASK)
			continue;
		if (!id)
			rc = add_section(im, "order", S("Пункты приказа"), &id);
		if (rc == RC_OK)
			rc = add_measure(im, id, &m);
	}
	return rc;
}

static enum rc
add_people(struct importing *im)
{
	const struct plan_reading *r = im->reading;
	struct scope *sc = im->sc;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->people.n; i++) {
		const struct plan_person *p = &r->people.p[i];
		const struct q_plan_person_add_in add = {
		    .municipality = sc->actor.municipality,
		    .plan = im->plan,
		    .number = (int64_t)i + 1,
		    .name = text(p->name),
		    .post = text(p->post),
		    .area = text(p->area),
		    .person =
			directory_person(sc->mem, &im->directory, p->name)};
		rc = q_plan_person_add(sc->db, &add);
	}
	return rc;
}

/* The columns of the file's first table of measures, as it prints them. */
static struct str
columns_in(struct arena *mem, const struct plan_reading *r)
{
	static const char *const codes[COLUMN_COUNT] = {
	    [COLUMN_NUMBER] = "number",
	    [COLUMN_TITLE] = "title",
	    [COLUMN_SCHOOL_PART] = "school_part",
	    [COLUMN_DEADLINE] = "deadline",
	    [COLUMN_RESPONSIBLE] = "responsible",
	    [COLUMN_RESULT] = "result",
	    [COLUMN_INDICATOR] = "indicator",
	    [COLUMN_REPORT] = "report_form",
	    [COLUMN_MARK] = "mark",
	    [COLUMN_NOTE] = "note"};
	struct buf out = buf_open(mem, 0);

	for (size_t i = 0; i < r->tables.n; i++) {
		const struct plan_table *t = &r->tables.p[i];
		if (t->kind != TABLE_MEASURES)
			continue;
		for (size_t k = 0; k < t->n_headings; k++)
			if (codes[t->headings[k].column])
				buf_fmt(&out, "%s%s", out.n ? " " : "",
				    codes[t->headings[k].column]);
		break;
	}
	return buf_str(&out);
}

static enum rc
same_file(struct scope *sc, struct str hash)
{
	struct q_plan_same_source same;
	enum rc rc = q_plan_same_source(
	    sc->db, sc->mem, sc->actor.municipality, hash, &same);

	if (rc == RC_OK)
		diag_warning(sc->diag, (struct place){0},
		    N_("Из этого же файла уже взят план № %lld «%.*s»."),
		    (long long)same.id.v, STR_ARG(same.title))
		    ->hint = S("Если это повтор, снимите один из них.");
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
plan_from_reading(struct scope *sc, const struct plan_new *head,
    const struct plan_reading *reading, struct str file_name,
    struct str file_hash, plan_id *ret)
{
	struct importing im = {.sc = sc, .reading = reading};
	struct plan_new p = *head;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (!p.title.n)
		p.title = reading->title;
	if (date_is_none(p.period.from))
		p.period = reading->period;
	im.period = p.period;
	if (!p.control.n)
		p.control = reading->control;
	if (!p.columns.n)
		p.columns = columns_in(sc->mem, reading);
	if (rc == RC_OK)
		rc = same_file(sc, file_hash);
	if (rc == RC_OK)
		rc = directory_read(sc, &im.directory);
	if (rc == RC_OK)
		rc = plan_insert(
		    sc, &p, file_name, file_hash, (plan_id){0}, &im.plan);
	if (rc == RC_OK)
		rc = add_measures(&im);
	if (rc == RC_OK)
		rc = add_points(&im);
	if (rc == RC_OK)
		rc = add_clauses(&im);
	if (rc == RC_OK)
		rc = add_people(&im);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = im.plan;
	return rc;
}
