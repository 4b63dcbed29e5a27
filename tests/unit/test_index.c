/* test_index.c - the index of social conditions: exact numbers, lists, weights. */
#include <math.h>

#include "core/methods/index.h"
#include "core/methods/steps.h"
#include "room_place.h"

/* A file with these lines behind what every index has. */
static struct str
file(const char *lines)
{
	return arena_fmt(mem,
	    "index\ttry\ntitle\tПроба\nversion\t1\nsource\tпроверка\n"
	    "limit-points\t3\nlimit-factors\t2\nleast\t8\n%s",
	    lines);
}

static struct index_method
parsed(const char *lines)
{
	struct index_method m = {0};

	ok(index_parse(&sc, &words, S("try.index"), file(lines), &m));
	return m;
}

/* Answers of n schools: a row a school, a column an element; "" is no data. */
static struct inputs
answers(size_t n, const char *const *elements, size_t n_elements,
    const char *const *values)
{
	struct inputs inputs;
	struct intake *in = begin();

	for (size_t i = 0; i < n; i++)
		school(in, arena_fmt(mem, "%02zu", i + 1).p,
		    arena_fmt(mem, "Приозёрная СОШ № %zu", i + 1).p, "sosh");
	(void)end(in);
	in = begin();
	struct row_sink sink = intake_sink(in);
	for (size_t i = 0; i < n * n_elements; i++) {
		struct str written = str_of(values[i]);
		struct observation_row row = {
		    .school = {.code =
				   arena_fmt(mem, "%02zu", i / n_elements + 1)},
		    .period = {2023},
		    .element = str_of(elements[i % n_elements]),
		    .is_known = written.n > 0,
		    .as_written = written,
		    .value = ratio_int(0),
		    .dated = DATE_NONE,
		    .at = {.row = (uint32_t)i + 2}};
		if (written.n)
			assert_true(ratio_parse(written, &row.value));
		sink.observation(sink.ctx, &row);
	}
	(void)end(in);
	ok(inputs_collect(&sc, &words, (struct syear){2023}, &inputs));
	return inputs;
}

static struct index_run
computed(const struct index_method *m, const struct inputs *inputs)
{
	struct index_run run = {0};

	ok(index_compute(&sc, m, inputs, &run));
	return run;
}

static const char *const poor_only[] = {"social-poor"};
static const char *const ten[] = {
    "10", "12,5", "7", "33,3", "20", "20", "18", "5", "41", "26"};

/* An independent reading of the formula, in floating point. */
static void
deviations_agree_with_the_formula(void **state)
{
	struct index_method m = parsed(
	    "mode\tindex\nlimit-index\t42\ninput\tsocial-poor\t3\tmore\t30\n");
	struct inputs in = answers(10, poor_only, 1, ten);
	struct index_run run = computed(&m, &in);
	double sum = 0, squares = 0, x[10];

	for (int i = 0; i < 10; i++) {
		struct ratio r;
		assert_true(ratio_parse(str_of(ten[i]), &r));
		x[i] = (double)r.num / (double)r.den;
		sum += x[i];
	}
	for (int i = 0; i < 10; i++)
		squares += (x[i] - sum / 10) * (x[i] - sum / 10);
	for (int i = 0; i < 10; i++) {
		double z = (x[i] - sum / 10) / sqrt(squares / 10);
		assert_true(
		    fabs((double)run.lines[i].values[0].z - 1000 * z) < 0.51);
		assert_int_equal(
		    run.lines[i].score, 50000 - 10 * run.lines[i].values[0].z);
		assert_int_equal(run.lines[i].status == METHOD_LISTED,
		    run.lines[i].score < 42000);
	}
	assert_int_equal(run.lines[4].score, run.lines[5].score);
	assert_true(str_find(run.formula, S("− 3 × z(Доля детей из "
					    "малообеспеченных семей)")) >= 0);
	assert_str(run.rule, "В перечне школы с индексом ниже 42.");
}

/* Half the schools at 0, half at 100: exactly one deviation either way. */
static void
whole_deviations_are_whole(void **state)
{
	static const char *const values[] = {
	    "0", "100", "0", "100", "0", "100", "0", "100"};
	struct index_method m = parsed(
	    "mode\tindex\nlimit-index\t40\ninput\tsocial-poor\t1\tmore\t30\n");
	struct inputs in = answers(8, poor_only, 1, values);
	struct index_run run = computed(&m, &in);

	assert_int_equal(run.lines[0].values[0].z, -1000);
	assert_int_equal(run.lines[1].values[0].z, 1000);
	assert_int_equal(run.lines[0].score, 60000);
	/* The index is 40 exactly, and 40 is not below 40. */
	assert_int_equal(run.lines[1].score, 40000);
	assert_int_equal(run.counts[METHOD_LISTED], 0);
	m.limit_index = 40001;
	run = computed(&m, &in);
	assert_int_equal(run.counts[METHOD_LISTED], 4);
}

static void
all_alike_deviate_by_nothing(void **state)
{
	static const char *const values[] = {
	    "7", "7", "7", "7", "7", "7", "7", "7"};
	struct index_method m = parsed(
	    "mode\tindex\nlimit-index\t42\ninput\tsocial-poor\t1\tmore\t30\n");
	struct inputs in = answers(8, poor_only, 1, values);
	struct index_run run = computed(&m, &in);

	assert_int_equal(run.lines[3].score, 50000);
	assert_int_equal(run.counts[METHOD_NOT_LISTED], 8);
}

static void
lowest_part_takes_ties_together(void **state)
{
	static const char *const values[] = {
	    "90", "80", "80", "10", "10", "10", "10", "10", "10", "10"};
	struct index_method m = parsed(
	    "mode\tindex\nlowest\t20\ninput\tsocial-poor\t1\tmore\t30\n");
	struct inputs in = answers(10, poor_only, 1, values);
	struct index_run run = computed(&m, &in);

	assert_int_equal(run.counts[METHOD_LISTED], 3);
	assert_int_equal(run.lines[2].status, METHOD_LISTED);
	assert_int_equal(run.lines[3].status, METHOD_NOT_LISTED);
	assert_str(run.rule, "В перечне 20 % школ с самым низким индексом.");
}

/* With seven schools deviations are refused and points decide. */
static void
few_schools_are_scored_by_thresholds(void **state)
{
	static const char *const two[] = {"social-poor", "staff-psychologist"};
	static const char *const values[] = {"30", "0", "29,9", "0", "50", "1",
	    "", "0", "", "1", "10", "1", "31", ""};
	struct index_method m =
	    parsed("mode\tindex\nlimit-index\t42\n"
		   "input\tsocial-poor\t3\tmore\t30\n"
		   "input\tstaff-psychologist\t1\tless\t0\n");
	struct inputs in = answers(7, two, 2, values);
	struct index_run run = computed(&m, &in);

	assert_true(run.fell_back);
	assert_int_equal(run.mode, INDEX_POINTS);
	/* Exactly at the threshold counts; just below it does not. */
	assert_int_equal(run.lines[0].points, 4);
	assert_int_equal(run.lines[0].status, METHOD_LISTED);
	assert_int_equal(run.lines[1].points, 1);
	assert_int_equal(run.lines[1].status, METHOD_NOT_LISTED);
	assert_int_equal(run.lines[2].status, METHOD_LISTED);
	/* What is missing decides only while it matters. */
	assert_int_equal(run.lines[3].status, METHOD_NO_DATA);
	assert_int_equal(run.lines[4].status, METHOD_NO_DATA);
	assert_int_equal(run.lines[6].status, METHOD_LISTED);
	assert_str(run.lines[0].reason,
	    "Баллов: 4. Неблагоприятные условия: Доля детей из "
	    "малообеспеченных семей – 30,0 %; В школе есть "
	    "педагог-психолог – нет.");
}

static void
factors_are_counted(void **state)
{
	static const char *const three[] = {
	    "social-poor", "staff-psychologist", "social-parents-higher"};
	static const char *const values[] = {"40", "0", "50", "40", "1", "10",
	    "10", "1", "10", "10", "", "10", "10", "1", ""};
	struct index_method m =
	    parsed("mode\tfactors\nlimit-index\t42\n"
		   "input\tsocial-poor\t3\tmore\t30\n"
		   "input\tstaff-psychologist\t1\tless\t0\n"
		   "input\tsocial-parents-higher\t1\tless\t15\n");
	struct inputs in = answers(5, three, 3, values);
	struct index_run run = computed(&m, &in);

	assert_int_equal(run.lines[0].status, METHOD_LISTED);
	assert_int_equal(run.lines[1].status, METHOD_LISTED);
	assert_int_equal(run.lines[2].status, METHOD_NOT_LISTED);
	assert_int_equal(run.lines[3].status, METHOD_NO_DATA);
	assert_int_equal(run.lines[4].status, METHOD_NOT_LISTED);

	struct index_shift *shifts;
	size_t n;
	ok(index_sensitivity(&sc, &run, &shifts, &n));
	assert_int_equal(n, 0); /* weights do not decide here */
}

/* Points 10, 1 of limit 11: a tenth less of the great weight drops a school. */
static void
weights_are_shaken(void **state)
{
	static const char *const two[] = {"social-poor", "staff-psychologist"};
	static const char *const values[] = {
	    "40", "0", "40", "1", "10", "0", "10", "1"};
	struct index_method m =
	    parsed("mode\tpoints\nlimit-index\t42\n"
		   "input\tsocial-poor\t10\tmore\t30\n"
		   "input\tstaff-psychologist\t1\tless\t0\n");
	struct inputs in = answers(4, two, 2, values);
	struct index_shift *shifts;
	size_t n;

	m.limit_points = 11;
	struct index_run run = computed(&m, &in);
	assert_int_equal(run.counts[METHOD_LISTED], 1);
	ok(index_sensitivity(&sc, &run, &shifts, &n));
	assert_int_equal(n, 3);
	assert_int_equal(shifts[0].input, 0);
	assert_false(shifts[0].up);
	assert_str(shifts[0].leave, "Приозёрная СОШ № 1");
	assert_true(shifts[1].up);
	assert_str(shifts[1].enter, "Приозёрная СОШ № 2");
	assert_int_equal(shifts[2].input, 1);
	assert_str(shifts[2].leave, "Приозёрная СОШ № 1");
}

static void
file_says_all_its_mistakes(void **state)
{
	struct index_method m;

	assert_int_equal(index_parse(&sc, &words, S("try.index"),
			     S("index\ttry\nmode\tguess\nlimit-index\t42,1234\n"
			       "input\tsocial-rich\t3\tmore\t30\n"
			       "input\tsocial-poor\t0\tmore\t30\n"
			       "input\tsocial-poor\t3\tworse\t30\n"
			       "input\tsocial-poor\t3\tmore\nspell\tx\n"),
			     &m),
	    RC_INVALID);
	assert_int_equal(d.errors, 7 + 7);
	assert_int_equal(d.all[0].at.row, 2);
	assert_str(d.all[2].value, "social-rich");
	assert_true(complained("нет строки title"));
	assert_true(complained("нет строки input"));
}

static void
shipped_index_is_read(void **state)
{
	struct index_method m;

	ok(index_find(&sc, &words, S("shnsu"), &m));
	assert_int_equal(m.n, 10);
	assert_str(m.short_title, "ШНСУ");
	assert_int_equal(index_find(&sc, &words, S("other"), &m), RC_NOT_FOUND);
}

/* Kept beside the lists of methods: the same steps, the same hash later. */
static void
index_list_goes_the_same_way(void **state)
{
	struct index_method m = parsed(
	    "mode\tindex\nlimit-index\t42\ninput\tsocial-poor\t3\tmore\t30\n");
	struct inputs in = answers(10, poor_only, 1, ten);
	struct index_run run = computed(&m, &in), again;
	struct q_verdict *lines;
	run_id id;
	size_t n;

	ok(index_save(&sc, &run, &id));
	ok(index_reopen(&sc, &words, id, &again));
	assert_str(again.hash, arena_cstr(mem, run.hash));
	ok(q_verdict_list(
	    sc.db, mem, &sc.actor, sc.actor.municipality, id, &lines, &n));
	assert_int_equal(n, 10);
	ok(list_take_step(&sc, id, 1, LIST_STEP_OPEN,
	    &(struct step_details){.term = day("2023-10-27")}));
	assert_int_equal(sc.db->driver->script(sc.db,
			     "UPDATE run SET inputs = replace(inputs, "
			     "'41/100', '40/100')"),
	    RC_OK);
	assert_int_equal(index_reopen(&sc, &words, id, &again), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(deviations_agree_with_the_formula),
	    both(whole_deviations_are_whole),
	    both(all_alike_deviate_by_nothing),
	    both(lowest_part_takes_ties_together),
	    both(few_schools_are_scored_by_thresholds),
	    both(factors_are_counted),
	    both(weights_are_shaken),
	    both(file_says_all_its_mistakes),
	    both(shipped_index_is_read),
	    both(index_list_goes_the_same_way),
	};

	return run_on_databases(all, COUNT_OF(all));
}
