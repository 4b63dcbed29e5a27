/*
 * generate.c - the same invented schools and results on every machine.
 *
 *	generate SCALE FOLDER	schools.csv results.csv pupils.csv
 *				pupils-shuffled.csv
 *	generate xlsx FOLDER	inline.xlsx, shared.xlsx, both the same 50,000 rows
 *				of 12 columns with texts in cells or aside, and
 *				its schools.csv
 *
 * SCALE is municipality (24 schools), region (1,000) or country (40,000).
 * Everything follows from one seed a scale: nothing depends on the machine,
 * the clock or the locale.  Five school years, thirteen procedures; a school
 * has only those its kind has; results.csv is what a correct reader counts in
 * pupils.csv.
 *
 * Pupils are as files have them: codes of a ВПР stand one after another,
 * those of ОГЭ and ЕГЭ are registration numbers in no order; most of those
 * who failed an exam come again with "retake", a few sit it on a reserve day
 * after an absence, and among those at ЕГЭ are graduates of earlier years.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { YEARS = 5, FIRST_YEAR = 2020, MOST_PUPILS = 400 };

struct scale {
	const char *name;
	int schools;
	int pupils; /* mean of one procedure in a school */
	uint64_t seed;
};

static const struct scale scales[] = {
    {"municipality", 24, 41, 0x6d756e69},
    {"region", 1000, 17, 0x7265676e},
    {"country", 40000, 13, 0x636e7472},
};

enum kind { NOSH = 1, OOSH = 2, SOSH = 4, CORRECTIONAL = 8 };

struct procedure {
	const char *code;
	unsigned kinds;
	int pass; /* the least score out of 100 that passes; 0: by mark */
	bool is_exam;
};

static const struct procedure procedures[] = {
    {"vpr-math-4", NOSH | OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-math-5", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-math-6", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-math-8", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-rus-4", NOSH | OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-rus-5", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-rus-6", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"vpr-rus-8", OOSH | SOSH | CORRECTIONAL, 0, false},
    {"oge-math", OOSH | SOSH | CORRECTIONAL, 0, true},
    {"oge-rus", OOSH | SOSH | CORRECTIONAL, 0, true},
    {"ege-math-base", SOSH, 0, true},
    {"ege-math-profile", SOSH, 27, true},
    {"ege-rus", SOSH, 24, true},
};

enum { PROCEDURES = sizeof procedures / sizeof *procedures };

/* splitmix64: any start gives a good sequence. */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static unsigned
below(uint64_t *state, unsigned n)
{
	return (unsigned)((next(state) >> 32) * n >> 32);
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static FILE *
create(const char *folder, const char *name)
{
	char path[4096];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	if (!f)
		die(path);
	(void)setvbuf(f, NULL, _IOFBF, 1 << 20);
	return f;
}

static void
finish(FILE *f)
{
	if (fflush(f) != 0 || ferror(f) || fclose(f) != 0)
		die("write");
}

struct school {
	int code;
	enum kind kind;
	unsigned failing; /* of 1,000 pupils */
	int size;         /* mean pupils of one procedure */
};

static struct school
school_make(const struct scale *s, int i, uint64_t *state)
{
	unsigned which = below(state, 100), failing = below(state, 1000);
	int half = s->pupils / 2;

	return (struct school){
	    .code = 100001 + i * 7,
	    .kind = which < 5  ? NOSH :
		    which < 25 ? OOSH :
		    which < 28 ? CORRECTIONAL :
				 SOSH,
	    /* Most schools fail few; one in ten fails many. */
	    .failing =
		failing < 900 ? 20 + failing / 10 : 100 + (failing - 900) * 3,
	    .size = half + (int)below(state, (unsigned)s->pupils + 1),
	};
}

static void
put_school(FILE *f, const struct school *s, uint64_t *state)
{
	const char *kind = s->kind == NOSH         ? "nosh" :
			   s->kind == OOSH         ? "oosh" :
			   s->kind == CORRECTIONAL ? "correctional" :
						     "sosh";
	bool rural = below(state, 100) < 55;

	(void)fprintf(f, "%d,Учебная школа № %d,%s,%s,%s,sch%d\n", s->code,
	    s->code, kind, rural ? "rural" : "urban",
	    rural && below(state, 2) ? "yes" : "no", s->code);
}

/* One cell of school, year and procedure, with its pupils. */
struct group {
	const struct school *school;
	int year;
	const struct procedure *procedure;
	unsigned participants, failed;
};

/* A row up to its code is the same for the whole group. */
struct writer {
	FILE *f;
	char head[64];
	size_t n;
};

static void
put_row(struct writer *w, unsigned code, int mark, int score,
    const char *attempt, const char *graduate)
{
	char line[160];
	size_t n = w->n;
	char digits[12];
	int k = 0;

	memcpy(line, w->head, n);
	for (unsigned v = code; v || !k; v /= 10)
		digits[k++] = (char)('0' + v % 10);
	while (k)
		line[n++] = digits[--k];
	line[n++] = ',';
	if (mark)
		line[n++] = (char)('0' + mark);
	line[n++] = ',';
	if (score >= 100)
		line[n++] = '1';
	if (score >= 10)
		line[n++] = (char)('0' + score / 10 % 10);
	if (score >= 0)
		line[n++] = (char)('0' + score % 10);
	line[n++] = ',';
	n += strlen(strcpy(line + n, attempt));
	line[n++] = ',';
	n += strlen(strcpy(line + n, graduate));
	line[n++] = '\n';
	(void)fwrite_unlocked(line, 1, n, w->f);
}

static void
put_result(struct writer *w, const struct procedure *p, unsigned code,
    bool failed, const char *attempt, const char *graduate, uint64_t *state)
{
	int mark = failed ? 2 : 3 + (int)below(state, 3);
	int score = failed ? (int)below(state, 6) : 6 + (int)below(state, 15);

	if (p->pass) {
		mark = 0;
		score = failed ? (int)below(state, (unsigned)p->pass) :
				 p->pass +
				     (int)below(state, 101 - (unsigned)p->pass);
	}
	put_row(w, code, mark, score, attempt, graduate);
}

static void
put_pupil(struct writer *w, struct group *g, unsigned code, uint64_t *state)
{
	const struct procedure *p = g->procedure;
	bool failed = below(state, 1000) < g->school->failing;
	bool is_exam = p->is_exam;

	if (is_exam && below(state, 1000) < 10) {
		put_row(w, code, 0, -1, "main", "current");
		put_result(w, p, code, failed, "reserve", "current", state);
	} else {
		put_result(w, p, code, failed, "main", "current", state);
	}
	if (is_exam && failed && below(state, 10) < 6)
		put_result(w, p, code, false, "retake", "current", state);
	if (p->pass && below(state, 1000) < 15)
		put_result(w, p, 900000 + code % 99999, below(state, 2) == 0,
		    "main", "previous", state);
	g->participants++;
	g->failed += failed;
}

/* Registration numbers: no order, none twice in a group. */
static unsigned
exam_code(unsigned start, unsigned i)
{
	return 100000 + (start + i * 7919u) % 799999u;
}

static void
put_group(struct writer *w, struct group *g, uint64_t *state)
{
	unsigned n = (unsigned)g->school->size / 2 +
		     below(state, (unsigned)g->school->size + 1);
	unsigned start = below(state, 80000);

	if (n == 0)
		n = 1;
	if (n > MOST_PUPILS)
		n = MOST_PUPILS;
	w->n = (size_t)snprintf(w->head, sizeof w->head, "%d,%d/%d,%s,",
	    g->school->code, g->year, g->year + 1, g->procedure->code);
	for (unsigned i = 0; i < n; i++)
		put_pupil(w, g,
		    g->procedure->is_exam ? exam_code(start * 10, i) :
					    10000 + start + i,
		    state);
}

static bool
is_held(const struct school *s, int year, const struct procedure *p)
{
	bool base_of_2021 =
	    year == 2020 && strcmp(p->code, "ege-math-base") == 0;

	return (p->kinds & s->kind) && !base_of_2021;
}

static void
put_school_results(struct writer *pupils, FILE *results, const struct school *s,
    uint64_t *state)
{
	for (int y = 0; y < YEARS; y++)
		for (int p = 0; p < PROCEDURES; p++) {
			struct group g = {.school = s,
			    .year = FIRST_YEAR + y,
			    .procedure = &procedures[p]};
			if (!is_held(s, g.year, g.procedure))
				continue;
			put_group(pupils, &g, state);
			(void)fprintf(results, "%d,%d/%d,%s,%u,%u\n", s->code,
			    g.year, g.year + 1, g.procedure->code,
			    g.participants, g.failed);
		}
}

static const char pupils_head[] =
    "school,year,procedure,code,mark,score,attempt,graduate\n";

static void
generate(const struct scale *s, const char *folder)
{
	FILE *schools = create(folder, "schools.csv");
	FILE *results = create(folder, "results.csv");
	struct writer pupils = {.f = create(folder, "pupils.csv")};
	uint64_t state = s->seed;

	(void)fputs("code,name,kind,locality,small,logins\n", schools);
	(void)fputs("school,year,procedure,participants,failed\n", results);
	(void)fputs(pupils_head, pupils.f);
	for (int i = 0; i < s->schools; i++) {
		struct school school = school_make(s, i, &state);
		put_school(schools, &school, &state);
		put_school_results(&pupils, results, &school, &state);
	}
	finish(schools);
	finish(results);
	finish(pupils.f);
}

/* The same rows in no order at all. */
static void
shuffle(const struct scale *s, const char *folder)
{
	char path[4096];
	struct stat about;
	uint64_t state = ~s->seed;

	(void)snprintf(path, sizeof path, "%s/pupils.csv", folder);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) != 0 || about.st_size > UINT32_MAX)
		die(path);
	size_t size = (size_t)about.st_size, n = 0, cap = size / 40 + 1;
	const char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	uint32_t *line = malloc(cap * sizeof *line);
	if (text == MAP_FAILED || !line)
		die(path);

	for (size_t at = sizeof pupils_head - 1; at < size; n++) {
		const char *end = memchr(text + at, '\n', size - at);
		line[n] = (uint32_t)at;
		at = (size_t)(end + 1 - text);
	}
	for (size_t i = n; i > 1; i--) {
		size_t k = below(&state, (unsigned)i);
		uint32_t kept = line[i - 1];
		line[i - 1] = line[k];
		line[k] = kept;
	}
	FILE *f = create(folder, "pupils-shuffled.csv");
	(void)fputs(pupils_head, f);
	for (size_t i = 0; i < n; i++) {
		const char *row = text + line[i];
		const char *end = memchr(row, '\n', size - line[i]);
		(void)fwrite_unlocked(row, 1, (size_t)(end + 1 - row), f);
	}
	finish(f);
	free(line);
	(void)munmap((void *)(uintptr_t)text, size);
	(void)close(fd);
}

/* Six columns of words, six of numbers, as a collected table has them. */
static const char *const xlsx_headings[] = {"Школа", "Учебный год", "Процедура",
    "Участников", "Не справились", "mark2", "mark3", "mark4", "mark5",
    "Примечание", "Исполнитель", "Сверено"};

enum { XLSX_SCHOOLS = 1000, XLSX_COLUMNS = 12, REMARKS = 9 };

/* Row r of the sheet: ten exams of five years of a school after another. */
static void
xlsx_row(lxw_worksheet *sheet, uint32_t r, uint64_t *state)
{
	char text[64];
	const int i = (int)r - 1;
	double marks[5] = {0};

	(void)snprintf(text, sizeof text, "%d", 100000 + i / 50);
	worksheet_write_string(sheet, r, 0, text, NULL);
	(void)snprintf(text, sizeof text, "%d/%d", FIRST_YEAR + i / 10 % 5,
	    FIRST_YEAR + i / 10 % 5 + 1);
	worksheet_write_string(sheet, r, 1, text, NULL);
	worksheet_write_string(sheet, r, 2, procedures[i % 10].code, NULL);
	for (int m = 1; m < 5; m++)
		marks[0] += marks[m] = below(state, 12);
	worksheet_write_number(sheet, r, 3, marks[0], NULL);
	worksheet_write_number(sheet, r, 4, marks[1], NULL);
	for (uint16_t m = 1; m < 5; m++)
		worksheet_write_number(
		    sheet, r, (lxw_col_t)(4 + m), marks[m], NULL);
	for (uint16_t c = REMARKS; c < XLSX_COLUMNS; c++) {
		(void)snprintf(
		    text, sizeof text, "Запись № %u", below(state, 20000));
		worksheet_write_string(sheet, r, c, text, NULL);
	}
}

static int
xlsx_schools(const char *path)
{
	FILE *schools = fopen(path, "w");

	if (!schools)
		return 1;
	(void)fputs("code,name,kind,locality,small,logins\n", schools);
	for (int i = 0; i < XLSX_SCHOOLS; i++)
		(void)fprintf(schools, "%d,Учебная школа № %d,sosh,urban,no,\n",
		    100000 + i, i);
	return fclose(schools) != 0;
}

static int
xlsx_book(const char *folder, const char *name, uint8_t texts_in_cells)
{
	char path[4096];
	uint64_t state = 0x786c7378;
	lxw_workbook_options options = {.constant_memory = texts_in_cells};

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Результаты");
	for (uint16_t c = 0; c < XLSX_COLUMNS; c++)
		worksheet_write_string(sheet, 0, c, xlsx_headings[c], NULL);
	for (uint32_t r = 1; r <= XLSX_SCHOOLS * 50; r++)
		xlsx_row(sheet, r, &state);
	return workbook_close(book) != LXW_NO_ERROR;
}

static int
generate_xlsx(const char *folder)
{
	char path[4096];

	(void)snprintf(path, sizeof path, "%s/schools.csv", folder);
	return xlsx_schools(path) ||
	       xlsx_book(folder, "inline.xlsx", LXW_TRUE) ||
	       xlsx_book(folder, "shared.xlsx", LXW_FALSE);
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "xlsx") == 0)
		return generate_xlsx(argv[2]);
	for (size_t i = 0; argc == 3 && i < sizeof scales / sizeof *scales; i++)
		if (strcmp(argv[1], scales[i].name) == 0) {
			generate(&scales[i], argv[2]);
			shuffle(&scales[i], argv[2]);
			return 0;
		}
	(void)fputs(
	    "generate municipality|region|country|xlsx FOLDER\n", stderr);
	return 64;
}
