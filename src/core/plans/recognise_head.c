/* recognise_head.c - the heading of a table, and what its columns mean. */
#include "base/utf8.h"
#include "core/plans/recognise.h"

const char *const plan_column_titles[COLUMN_COUNT] = {
    [COLUMN_OTHER] = N_("без названия"),
    [COLUMN_NUMBER] = N_("номер"),
    [COLUMN_TITLE] = N_("мероприятие"),
    [COLUMN_SCHOOL_PART] = N_("что делает школа"),
    [COLUMN_DEADLINE] = N_("срок"),
    [COLUMN_RESPONSIBLE] = N_("ответственные"),
    [COLUMN_RESULT] = N_("ожидаемый результат"),
    [COLUMN_INDICATOR] = N_("показатель"),
    [COLUMN_REPORT] = N_("отчётный документ"),
    [COLUMN_MARK] = N_("отметка об исполнении"),
    [COLUMN_NOTE] = N_("примечание"),
    [COLUMN_POINT] = N_("контрольная точка"),
    [COLUMN_PERSON] = N_("фамилия, имя, отчество"),
    [COLUMN_POST] = N_("место работы, должность"),
    [COLUMN_AREA] = N_("направление"),
};

/*
 * Parts of headings, letters only, so that "Результатыисполнения" and
 * "Ответствен- ный" are read too.  The first that is found decides.
 */
static const struct {
	const char *part;
	enum plan_column column;
} parts[] = {
    {"отметкаоб", COLUMN_MARK},
    {"отметкао", COLUMN_MARK},
    {"овыполнении", COLUMN_MARK},
    {"фактическ", COLUMN_MARK},
    {"контрольнаяточка", COLUMN_POINT},
    {"контрольныеточки", COLUMN_POINT},
    {"контрольноесобытие", COLUMN_POINT},
    {"фио", COLUMN_PERSON},
    {"фамилия", COLUMN_PERSON},
    {"ответственныйзанаправление", COLUMN_AREA},
    {"ответствензанаправление", COLUMN_AREA},
    {"курируем", COLUMN_AREA},
    {"должность", COLUMN_POST},
    {"месторабот", COLUMN_POST},
    {"принимающиеучастие", COLUMN_SCHOOL_PART},
    {"действияшкол", COLUMN_SCHOOL_PART},
    {"школьныйуровень", COLUMN_SCHOOL_PART},
    {"уровеньшколы", COLUMN_SCHOOL_PART},
    {"уровеньоо", COLUMN_SCHOOL_PART},
    {"информационноесопровождение", COLUMN_REPORT},
    {"отчетн", COLUMN_REPORT},
    {"формаотчет", COLUMN_REPORT},
    {"формыотчет", COLUMN_REPORT},
    {"подтвержда", COLUMN_REPORT},
    {"видотчет", COLUMN_REPORT},
    {"выходнойдокумент", COLUMN_REPORT},
    {"итоговыйдокумент", COLUMN_REPORT},
    {"показател", COLUMN_INDICATOR},
    {"индикатор", COLUMN_INDICATOR},
    {"результат", COLUMN_RESULT},
    {"эффект", COLUMN_RESULT},
    {"итог", COLUMN_RESULT},
    {"продукт", COLUMN_RESULT},
    {"примечан", COLUMN_NOTE},
    {"срок", COLUMN_DEADLINE},
    {"датапров", COLUMN_DEADLINE},
    {"датаисп", COLUMN_DEADLINE},
    {"времяпров", COLUMN_DEADLINE},
    {"периодпров", COLUMN_DEADLINE},
    {"ответств", COLUMN_RESPONSIBLE},
    {"ответсв", COLUMN_RESPONSIBLE},
    {"отвественн", COLUMN_RESPONSIBLE},
    {"исполнител", COLUMN_RESPONSIBLE},
    {"мероприят", COLUMN_TITLE},
    {"меры", COLUMN_TITLE},
    {"наименование", COLUMN_TITLE},
    {"содержание", COLUMN_TITLE},
    {"деятельност", COLUMN_TITLE},
    {"действи", COLUMN_TITLE},
    {"видработ", COLUMN_TITLE},
    {"задач", COLUMN_TITLE},
    {"направление", COLUMN_TITLE},
};

/* Headings that must be the whole text: too short to be looked for inside. */
static const struct {
	const char *text;
	enum plan_column column;
} wholes[] = {
    {"пп", COLUMN_NUMBER},
    {"п", COLUMN_NUMBER},
    {"no", COLUMN_NUMBER},
    {"nпп", COLUMN_NUMBER},
    {"noпп", COLUMN_NUMBER},
    {"n", COLUMN_NUMBER},
    {"номер", COLUMN_NUMBER},
    {"дата", COLUMN_DEADLINE},
    {"период", COLUMN_DEADLINE},
    {"когда", COLUMN_DEADLINE},
    {"кто", COLUMN_RESPONSIBLE},
    {"что", COLUMN_TITLE},
    {"документ", COLUMN_REPORT},
    {"выход", COLUMN_RESULT},
    {"отметка", COLUMN_MARK},
    {"статус", COLUMN_MARK},
    {"факт", COLUMN_MARK},
    {"школы", COLUMN_SCHOOL_PART},
};

/* Letters only, small, one alphabet. */
static struct str
letters_of(struct arena *mem, struct str text)
{
	struct str rest = text_header(mem, text);
	struct buf b = buf_open(mem, 0);

	while (rest.n) {
		struct str at = rest;
		int32_t c = utf8_next(&at);
		if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F))
			buf_put(&b, str_cut(rest, 0, rest.n - at.n));
		rest = at;
	}
	return buf_str(&b);
}

enum plan_column
column_of_heading(struct arena *mem, struct str text)
{
	struct str letters = letters_of(mem, text);
	bool sign = str_find(text, S("№")) >= 0;

	if (sign && letters.n <= sizeof "пп" - 1)
		return COLUMN_NUMBER;
	for (size_t i = 0; i < COUNT_OF(wholes); i++)
		if (str_eq(letters, str_of(wholes[i].text)))
			return wholes[i].column;
	if (letters.n > 160) /* a sentence, not a heading */
		return COLUMN_OTHER;
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (str_find(letters, str_of(parts[i].part)) >= 0)
			return parts[i].column;
	return COLUMN_OTHER;
}

size_t
grid_width(const struct block *table)
{
	size_t width = 0;

	for (uint32_t r = 0; r < table->n_rows; r++)
		for (uint32_t c = 0; c < table->rows[r].n; c++) {
			const struct grid_cell *cell = &table->rows[r].cells[c];
			size_t end = (size_t)cell->column + cell->span;
			width = end > width ? end : width;
		}
	return width < MAX_GRID ? width : MAX_GRID;
}

void
take_row(const struct block *table, uint32_t row, struct arena *mem,
    struct row_cells *ret)
{
	const struct grid_row *from = &table->rows[row];

	*ret = (struct row_cells){.row = row + 1};
	for (uint32_t i = 0; i < from->n; i++) {
		const struct grid_cell *cell = &from->cells[i];
		if (cell->column >= MAX_GRID)
			continue;
		ret->continues[cell->column] = cell->continues;
		ret->span[cell->column] = cell->span;
		struct str text = str_trim(cell->text);
		if (!text.n)
			continue;
		if (!ret->n_filled || cell->column < ret->first)
			ret->first = cell->column;
		ret->text[cell->column] = text;
		ret->n_filled++;
	}
}

/* ---- which rows ------------------------------------------------------------ */

struct seen {
	unsigned mask; /* of enum plan_column */
	size_t known;  /* filled cells with a meaning */
	size_t filled;
};

static struct seen
look_at(struct recogniser_plan *rp, const struct row_cells *row)
{
	struct seen s = {.filled = row->n_filled};

	for (size_t c = 0; c < MAX_GRID; c++) {
		if (!row->text[c].n)
			continue;
		enum plan_column column =
		    column_of_heading(rp->scratch, row->text[c]);
		s.known += column != COLUMN_OTHER;
		s.mask |= 1u << column;
	}
	arena_reset(rp->scratch);
	return s;
}

static bool
has(unsigned mask, enum plan_column column)
{
	return mask >> column & 1;
}

/* Enough headings to say what kind of table it is. */
static bool
is_head(struct seen s)
{
	bool what = has(s.mask, COLUMN_TITLE) || has(s.mask, COLUMN_POINT);
	bool when = has(s.mask, COLUMN_DEADLINE);
	bool who = has(s.mask, COLUMN_RESPONSIBLE);
	bool people = has(s.mask, COLUMN_PERSON) && has(s.mask, COLUMN_POST);

	if (s.known < 2 || s.known * 2 < s.filled)
		return false;
	return people || (what && (when || who)) || (when && who);
}

static bool
is_row_of_numbers(const struct row_cells *row)
{
	int64_t last = 0;

	if (row->n_filled < 2)
		return false;
	for (size_t c = 0; c < MAX_GRID; c++) {
		int64_t n;
		if (!row->text[c].n)
			continue;
		if (!str_to_int(row->text[c], &n) || n != last + 1)
			return false;
		last = n;
	}
	return true;
}

/*
 * The second line of a heading: "№ / п.п.", "Ожидаемый / результат".  Every
 * filled cell continues a heading, and no cell says when or what.
 */
static bool
continues_head(struct recogniser_plan *rp, const struct table_head *head,
    const struct row_cells *row)
{
	if (!row->n_filled || is_number_text(row->text[row->first]))
		return false;
	for (size_t c = 0; c < MAX_GRID; c++) {
		if (!row->text[c].n)
			continue;
		if (c >= head->n_columns || row->text[c].n > 80)
			return false;
		struct str both = arena_fmt(rp->scratch, "%.*s %.*s",
		    STR_ARG(head->columns[c].text), STR_ARG(row->text[c]));
		enum plan_column was = head->columns[c].column;
		enum plan_column now = column_of_heading(rp->scratch, both);
		bool better =
		    now != COLUMN_OTHER && (was == COLUMN_OTHER || was == now ||
					       !starts_capital(row->text[c]));
		bool small = starts_lower(row->text[c]);
		if (!better || !(small || was == COLUMN_OTHER))
			return false;
	}
	arena_reset(rp->scratch);
	return true;
}

static void
add_to_head(struct recogniser_plan *rp, struct table_head *head,
    const struct row_cells *row)
{
	for (size_t c = 0; c < head->n_columns; c++) {
		if (!row->text[c].n)
			continue;
		struct plan_heading *h = &head->columns[c];
		h->text = join_text(rp, h->text, row->text[c]);
		h->column = column_of_heading(rp->mem, h->text);
	}
}

/* The same meaning twice: the first column keeps it, except for the title. */
static void
settle_doubles(struct table_head *head)
{
	for (size_t c = 0; c < head->n_columns; c++)
		for (size_t k = 0; k < c; k++)
			if (head->columns[c].column != COLUMN_OTHER &&
			    head->columns[c].column == head->columns[k].column)
				head->columns[c].column = COLUMN_OTHER;
}

void
find_head(struct recogniser_plan *rp, const struct block *table,
    struct table_head *ret)
{
	struct row_cells row;
	uint32_t last = table->n_rows < HEAD_ROWS ? table->n_rows : HEAD_ROWS;

	*ret = (struct table_head){.n_columns = grid_width(table)};
	for (uint32_t r = 0; r < last; r++) {
		take_row(table, r, rp->mem, &row);
		if (!is_head(look_at(rp, &row)))
			continue;
		ret->found = true;
		ret->first = ret->last = r;
		add_to_head(rp, ret, &row);
		break;
	}
	if (!ret->found)
		return;
	for (uint32_t r = ret->first + 1;
	     r < table->n_rows && r < ret->first + 4; r++) {
		take_row(table, r, rp->mem, &row);
		if (is_row_of_numbers(&row)) {
			ret->last = r;
			break;
		}
		if (!continues_head(rp, ret, &row))
			break;
		add_to_head(rp, ret, &row);
		ret->last = r;
	}
	settle_doubles(ret);
}
