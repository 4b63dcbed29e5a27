/*
 * test_plan_rows.c - plans as they are worked on: what the linter says of a
 * kept plan, rows that are added, changed, moved and removed.
 *
 * EVIDENCE: domain 6.1, 6.7; features C1, C15
 */
#include "core/plans/lint_plan.h"
#include "core/plans/plan_steps.h"
#include "plan_text.h"
#include "room_place.h"

static struct actor coordinator, head;

static const char document[] =
    "ПРИКАЗ\n"
    "\n"
    "от 02.10.2023 № 118-о\n"
    "\n"
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат | "
    "Форма отчёта |\n"
    "|<6> 1. Организация |\n"
    "| 1.1. | Назначить кураторов | до 15.11.2023 | Ярцева П.А. | приказ "
    "издан | приказ |\n"
    "| 1.2. | Составить карты школ | ноябрь 2023 | Руководители ОО | "
    "карты есть | план |\n"
    "|<6> 2. Учителя |\n"
    "| 2.1. | Посетить уроки | 1 раз в четверть | Гимназия № 3 | пары "
    "проведены | справка |\n";

static void
place(void)
{
	struct intake *in = begin();

	school(in, "01", "Вьюжинская СОШ", "sosh");
	school(in, "02", "Гимназия № 3", "gymnasium");
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
}

static plan_id
brought(const char *text)
{
	const struct plan_options options = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	const struct plan_new new = {.kind = S("municipal"),
	    .period = {DATE_NONE, DATE_NONE},
	    .group_on = DATE_NONE};
	struct pages pages = pages_of(mem, str_of(text));
	struct plan_reading reading;
	struct scope s = as(coordinator);
	plan_id id = {0};

	ok(plan_read(mem, &pages, &options, &d, &reading));
	ok(plan_from_reading(
	    &s, &new, &reading, S("карта.docx"), S("abc"), &id));
	return id;
}

static struct plan
loaded(plan_id id)
{
	struct plan p = {0};

	ok(plan_load(&sc, id, &p));
	return p;
}

static struct lint_findings
linted(plan_id id)
{
	struct plan p = loaded(id);
	struct lint_findings f = {0};

	ok(plan_lint_kept(&sc, &p, &f));
	return f;
}

static const struct lint_finding *
finding(const struct lint_findings *f, const char *rule)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->all[i].rule->code, rule) == 0)
			return &f->all[i];
	return NULL;
}

/* ---- the linter of kept plans ----------------------------------------------------- */

static void
kept_plan_is_linted_with_the_directory(void **state)
{
	static const char spoilt[] =
	    "План мероприятий на 2023/2024 учебный год\n"
	    "\n"
	    "| № | Мероприятие | Сроки | Ответственные |\n"
	    "| 1. | Назначить кураторов | | МКУ «Дальний центр» |\n"
	    "| 2. | Собрать отчёты | май 2024 | Вьюжинская СОШ |\n";

	place();
	plan_id id = brought(spoilt);
	struct lint_findings f = linted(id);
	const struct lint_finding *late = finding(&f, "deadline-missing");
	const struct lint_finding *who = finding(&f, "responsible-unknown");

	assert_non_null(late);
	assert_int_equal(late->n_places, 1);
	assert_int_equal(
	    late->places[0].measure.v, loaded(id).parts[0].rows[0].m.id.v);
	assert_str(lint_places(mem, late), "раздел 1, строка 1, № 1.");
	assert_non_null(who);
	assert_int_equal(who->n_places, 1);
	assert_str(who->detail, "МКУ «Дальний центр»");
	assert_null(finding(&f, "order-unknown"));
	assert_null(finding(&f, "evidence-missing"));
}

static void
clean_kept_plan_has_no_findings(void **state)
{
	place();
	struct lint_findings f = linted(brought(document));

	for (size_t i = 0; i < f.n; i++)
		print_error("%.*s\n", STR_ARG(lint_line(mem, &f.all[i])));
	/* Terms of the school year nobody loaded are an assumption. */
	assert_int_equal(f.errors + f.warnings, 0);
	assert_int_equal(f.n, 1);
	assert_string_equal(f.all[0].rule->code, "deadline-assumed");
}

static void
errors_stop_the_way_unless_a_reason_is_given(void **state)
{
	static const char spoilt[] =
	    "План мероприятий на 2023/2024 учебный год\n"
	    "\n"
	    "| № | Мероприятие | Сроки | Ответственные |\n"
	    "| 1. | Назначить кураторов | | Ярцева П.А. |\n";
	struct plan_step_details details = {.document_on = DATE_NONE};

	place();
	plan_id id = brought(spoilt);
	struct scope s = as(coordinator);
	assert_int_equal(
	    plan_take_step(&s, id, 1, PLAN_STEP_SUBMIT, &details), RC_INVALID);
	assert_true(complained("Срок не указан."));
	details.reason = S("сроки назовёт совет руководителей");
	ok(plan_take_step(&s, id, 1, PLAN_STEP_SUBMIT, &details));
	assert_str(loaded(id).head.state, "review");
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(kept_plan_is_linted_with_the_directory),
	    both(clean_kept_plan_has_no_findings),
	    both(errors_stop_the_way_unless_a_reason_is_given),
	};

	return run_on_databases(all, COUNT_OF(all));
}
