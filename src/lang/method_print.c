/* method_print.c - a method in its canonical form, which parses back. */
#include "lang/method_print.h"

#include "base/buf.h"

/* How tightly a node binds, as in the table of method_expr.c; leaves 9. */
static int
binds(enum expr_op op)
{
	switch (op) {
	case EX_OR:
		return 1;
	case EX_AND:
		return 2;
	case EX_NOT:
		return 3;
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
	case EX_EQ:
	case EX_NE:
		return 4;
	case EX_ADD:
	case EX_SUB:
		return 5;
	case EX_MUL:
	case EX_DIV:
		return 6;
	default:
		return 9;
	}
}

static const char *
sign_of(enum expr_op op)
{
	switch (op) {
	case EX_OR:
		return " or ";
	case EX_AND:
		return " and ";
	case EX_LT:
		return " < ";
	case EX_LE:
		return " <= ";
	case EX_GT:
		return " > ";
	case EX_GE:
		return " >= ";
	case EX_EQ:
		return " = ";
	case EX_NE:
		return " != ";
	case EX_ADD:
		return " + ";
	case EX_SUB:
		return " - ";
	case EX_MUL:
		return " * ";
	case EX_DIV:
		return " / ";
	default:
		UNREACHABLE();
	}
}

/* 30 %, 12,5 %, 2: digits as they stand in the language */
void
print_value(struct buf *b, struct ratio r, bool is_share)
{
	struct ratio percent;

	if (!is_share) {
		buf_int(b, r.num);
		return;
	}
	if (!ratio_mul(r, ratio_int(100), &percent))
		percent = ratio_int(0);
	buf_put(b, ratio_exact(b->mem, percent));
	buf_c(b, " %");
}

static void
print_name(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names)
{
	switch (e->op) {
	case EX_SETTING:
		buf_put(b, m->settings[e->index].name);
		return;
	case EX_VARIABLE:
		buf_put(b, names[e->slot]);
		return;
	case EX_PROCEDURE:
		buf_put(b, m->vocabulary->procedures[e->index].code);
		return;
	case EX_CRITERION:
		buf_put(b, m->criteria[e->index].id);
		return;
	case EX_ELEMENT:
		buf_put(b, m->vocabulary->elements[e->index].code);
		return;
	case EX_RURAL:
		buf_c(b, "rural");
		return;
	case EX_SMALL:
		buf_c(b, "small");
		return;
	case EX_TRUTH:
		buf_c(b, e->number.num ? "yes" : "no");
		return;
	case EX_YEAR:
		buf_c(b, "year");
		if (e->back)
			buf_fmt(b, " - %d", e->back);
		return;
	default:
		UNREACHABLE();
	}
}

static void
print_list(struct buf *b, const struct method *m, const struct expr *e,
    uint32_t from, const struct str *names)
{
	buf_c(b, "(");
	for (uint32_t i = from; i < e->n; i++) {
		if (i > from)
			buf_c(b, ", ");
		print_expr(b, m, e->of[i], names);
	}
	buf_c(b, ")");
}

static void
print_kinds(struct buf *b, uint32_t kinds)
{
	const char *comma = "";

	buf_c(b, "kind in (");
	for (int k = 0; k < KIND_COUNT; k++)
		if (kinds >> k & 1) {
			buf_fmt(b, "%s%s", comma, school_kind_codes[k]);
			comma = ", ";
		}
	buf_c(b, ")");
}

/* "p in main where …" */
void
print_each(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names)
{
	struct str inner[EXPR_SLOTS];
	const struct expr *condition = e->of[e->op == EX_SUM];

	for (uint32_t i = 0; i < e->slot; i++)
		inner[i] = names[i];
	inner[e->slot] = e->name;
	if (e->op == EX_SUM) {
		print_expr(b, m, e->of[0], inner);
		buf_c(b, " for ");
	}
	buf_fmt(b, "%.*s in %.*s", STR_ARG(e->name), STR_ARG(e->set));
	if (condition) {
		buf_c(b, " where ");
		print_expr(b, m, condition, inner);
	}
}

static void
print_binary(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names)
{
	for (uint32_t i = 0; i < e->n; i++) {
		int mine = binds(e->op), inner = binds(e->of[i]->op);
		/* a chain leans left; a comparison stands alone */
		bool brackets = inner < mine ||
				(inner == mine && (i > 0 || mine == 4 ||
						      e->of[i]->op == e->op));
		if (e->op == EX_SUB || e->op == EX_DIV || e->op == EX_MUL)
			brackets = inner < mine || (inner == mine && i > 0);
		if (i)
			buf_c(b, sign_of(e->op));
		if (brackets)
			buf_c(b, "(");
		print_expr(b, m, e->of[i], names);
		if (brackets)
			buf_c(b, ")");
	}
}

static void
print_call(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names)
{
	if (e->op == EX_DEFINED)
		buf_put(b, m->defines[e->index].name);
	else
		buf_put(b, e->name);
	if (e->n)
		print_list(b, m, e, 0, names);
}

void
print_expr(struct buf *b, const struct method *m, const struct expr *e,
    const struct str *names)
{
	static const char *const each[EX_OP_COUNT] = {[EX_COUNT] = "count",
	    [EX_ANY] = "any",
	    [EX_ALL] = "all",
	    [EX_NONE] = "none",
	    [EX_SUM] = "sum"};

	switch (e->op) {
	case EX_NUMBER:
		print_value(b, e->number, e->type == TYPE_SHARE);
		return;
	case EX_KIND_IN:
		print_kinds(b, e->kinds);
		return;
	case EX_FAILED:
	case EX_PARTICIPANTS:
	case EX_APPLIES:
	case EX_KNOWN:
	case EX_DEFINED:
		print_call(b, m, e, names);
		return;
	case EX_NOT:
		buf_c(b, binds(e->of[0]->op) < 3 ? "not (" : "not ");
		print_expr(b, m, e->of[0], names);
		buf_c(b, binds(e->of[0]->op) < 3 ? ")" : "");
		return;
	case EX_AT_LEAST:
		buf_c(b, "at least ");
		print_expr(b, m, e->of[0], names);
		buf_c(b, " of ");
		print_list(b, m, e, 1, names);
		return;
	case EX_NUMBER_OF:
		buf_c(b, "number of ");
		print_list(b, m, e, 0, names);
		return;
	case EX_SUB:
		if (e->type == TYPE_YEAR) {
			print_expr(b, m, e->of[0], names);
			buf_fmt(b, " - %d", e->back);
			return;
		}
		print_binary(b, m, e, names);
		return;
	case EX_OR:
	case EX_AND:
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
	case EX_EQ:
	case EX_NE:
	case EX_ADD:
	case EX_MUL:
	case EX_DIV:
		print_binary(b, m, e, names);
		return;
	case EX_COUNT:
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
	case EX_SUM:
		buf_fmt(b, "%s(", each[e->op]);
		print_each(b, m, e, names);
		buf_c(b, ")");
		return;
	default:
		print_name(b, m, e, names);
		return;
	}
}

static void
print_text(struct buf *b, const char *word, struct str text)
{
	if (text.n)
		buf_fmt(b, "%s \"%.*s\"\n", word, STR_ARG(text));
}

/* A sentence as it was written, lines joined. */
static void
print_phrase(struct buf *b, const struct phrase *ph)
{
	bool gap = false;

	buf_char(b, '"');
	for (size_t i = 0; i < ph->raw.n; i++) {
		char c = ph->raw.p[i];
		bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (!space && gap)
			buf_char(b, ' ');
		if (!space)
			buf_char(b, c);
		gap = space;
	}
	buf_char(b, '"');
}

static void
print_head(struct buf *b, const struct method *m)
{
	char day[DATE_TEXT];

	buf_fmt(b, "method %.*s\n", STR_ARG(m->code));
	print_text(b, "title", m->title);
	print_text(b, "short", m->short_title);
	buf_fmt(b, "version %.*s from %s", STR_ARG(m->version),
	    date_iso(m->from, day));
	if (!date_is_none(m->until))
		buf_fmt(b, " until %s", date_iso(m->until, day));
	buf_c(b, "\n");
	buf_fmt(b, "source \"%.*s\"", STR_ARG(m->source));
	if (m->section.n)
		buf_fmt(b, " section \"%.*s\"", STR_ARG(m->section));
	buf_c(b, "\n");
	print_text(b, "basis", m->basis);
	print_text(b, "about", m->about);
	if (m->applies) {
		buf_c(b, "applies to schools where ");
		print_expr(b, m, m->applies, NULL);
		buf_c(b, "\n");
		print_text(b, "  otherwise", m->otherwise);
	} else if (m->otherwise.n) {
		buf_c(b, "applies to schools\n");
		print_text(b, "  otherwise", m->otherwise);
	}
}

static void
print_settings(struct buf *b, const struct method *m)
{
	for (size_t i = 0; i < m->n_settings; i++) {
		const struct method_setting *s = &m->settings[i];
		buf_fmt(b, "setting %.*s \"%.*s\" = ", STR_ARG(s->name),
		    STR_ARG(s->title));
		print_value(b, s->value, s->is_share);
		buf_c(b, " from ");
		print_value(b, s->least, s->is_share);
		buf_c(b, " to ");
		print_value(b, s->most, s->is_share);
		buf_c(b, "\n");
	}
}

static struct str
member_code(const struct method *m, const struct method_set *s, size_t i)
{
	return s->of_elements ? m->vocabulary->elements[s->members[i]].code :
				m->vocabulary->procedures[s->members[i]].code;
}

static void
print_sets(struct buf *b, const struct method *m)
{
	for (size_t i = 0; i < m->n_sets; i++) {
		const struct method_set *s = &m->sets[i];
		buf_fmt(b, "%s %.*s \"%.*s\" =",
		    s->of_elements ? "elements" : "procedures",
		    STR_ARG(s->name), STR_ARG(s->title));
		for (size_t k = 0; k < s->n; k++)
			buf_fmt(b, " %.*s", STR_ARG(member_code(m, s, k)));
		buf_c(b, "\n");
	}
}

static void
print_params(struct buf *b, const struct str *params, size_t n)
{
	if (!n)
		return;
	buf_c(b, " (");
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "%s%.*s", i ? ", " : "", STR_ARG(params[i]));
	buf_c(b, ")");
}

static void
print_defines(struct buf *b, const struct method *m)
{
	for (size_t i = 0; i < m->n_defines; i++) {
		const struct method_define *def = &m->defines[i];
		if ((ptrdiff_t)i == m->low) {
			buf_c(b, "low result");
			print_params(b, def->params, def->n_params);
			buf_c(b, " when ");
		} else {
			buf_fmt(b, "define %.*s", STR_ARG(def->name));
			print_params(b, def->params, def->n_params);
			buf_fmt(b, " \"%.*s\" = ", STR_ARG(def->title));
		}
		print_expr(b, m, def->body, def->params);
		buf_c(b, "\n");
	}
}

static void
print_rules(struct buf *b, const struct method *m)
{
	for (size_t i = 0; i < m->n_criteria; i++) {
		const struct method_criterion *c = &m->criteria[i];
		buf_fmt(b, "criterion %.*s \"%.*s\" = ", STR_ARG(c->id),
		    STR_ARG(c->title));
		print_expr(b, m, c->rule, NULL);
		if (c->because) {
			buf_c(b, "\n  because ");
			print_phrase(b, c->because);
		}
		buf_c(b, "\n");
	}
	buf_c(b, "listed when ");
	print_expr(b, m, m->listed, NULL);
	buf_c(b, "\n");
	if (m->enough) {
		buf_c(b, "enough data when ");
		print_expr(b, m, m->enough, NULL);
		buf_c(b, "\n");
	}
	for (int s = 0; s < METHOD_STATUS_COUNT; s++)
		if (m->say[s]) {
			buf_fmt(b, "say %s ", method_status_codes[s]);
			print_phrase(b, m->say[s]);
			buf_c(b, "\n");
		}
}

static void
print_change(struct buf *b, const struct method *m, const struct change *c)
{
	buf_c(b, "    with ");
	switch (c->kind) {
	case CHANGE_SETTING:
		buf_fmt(b, "%.*s = ", STR_ARG(c->name));
		print_value(b, c->value, c->is_share);
		buf_c(b, "\n");
		return;
	case CHANGE_CRITERION:
		buf_fmt(b, "criterion %.*s = ", STR_ARG(c->name));
		break;
	case CHANGE_DEFINE:
		if ((ptrdiff_t)c->index == m->low)
			buf_c(b, "low result");
		else
			buf_fmt(b, "define %.*s", STR_ARG(c->name));
		print_params(b, c->params, c->n_params);
		buf_c(b, (ptrdiff_t)c->index == m->low ? " when " : " = ");
		break;
	case CHANGE_LISTED:
		buf_c(b, "listed when ");
		break;
	case CHANGE_ENOUGH:
		buf_c(b, "enough data when ");
		break;
	case CHANGE_APPLIES:
		buf_c(b, c->rule ? "applies to schools where " :
				   "applies to schools");
		break;
	}
	if (c->rule)
		print_expr(b, m, c->rule, c->params);
	buf_c(b, "\n");
}

static void
print_doubts(struct buf *b, const struct method *m)
{
	for (size_t i = 0; i < m->n_doubts; i++) {
		const struct method_doubt *d = &m->doubts[i];
		print_text(b, "doubt", d->question);
		print_text(b, "  reading", d->reading);
		print_text(b, "  because", d->because);
		for (size_t k = 0; k < d->n_others; k++) {
			print_text(b, "  other", d->others[k].text);
			for (size_t c = 0; c < d->others[k].n_changes; c++)
				print_change(b, m, &d->others[k].changes[c]);
		}
	}
}

static void
print_results(struct buf *b, const struct method *m, const struct facts *f)
{
	const struct vocabulary *v = m->vocabulary;

	for (int back = 1; back <= FACT_YEARS; back++) {
		const char *comma = "";
		for (size_t i = 0; i < v->n_procedures; i++) {
			struct fact_count c = facts_count(
			    f, (size_t)(back - 1) * v->n_procedures + i);
			if (c.participants < 0)
				continue;
			if (!*comma)
				buf_fmt(b, "  year - %d:", back);
			buf_fmt(b, "%s %.*s %d of %d", comma,
			    STR_ARG(v->procedures[i].code), c.failed,
			    c.participants);
			comma = ",";
		}
		buf_c(b, *comma ? "\n" : "");
	}
}

static void
print_answers(struct buf *b, const struct method *m, const struct facts *f)
{
	const struct vocabulary *v = m->vocabulary;
	const char *comma = "";

	for (size_t i = 0; i < v->n_elements; i++) {
		const struct vocabulary_element *el = &v->elements[i];
		if (!f->elements[i].is_known)
			continue;
		buf_fmt(b, "%s %.*s ",
		    *comma ? "," : "  elements:", STR_ARG(el->code));
		if (el->kind == VALUE_YES_NO)
			buf_c(b, f->elements[i].value.num ? "yes" : "no");
		else
			print_value(
			    b, f->elements[i].value, el->kind == VALUE_SHARE);
		comma = ",";
	}
	buf_c(b, *comma ? "\n" : "");
}

static void
print_examples(struct buf *b, const struct method *m)
{
	char year[SYEAR_TEXT];

	for (size_t i = 0; i < m->n_examples; i++) {
		const struct method_example *ex = &m->examples[i];
		print_text(b, "example", ex->title);
		buf_fmt(b, "  in %s school %s%s%s\n",
		    syear_text(ex->year, year),
		    school_kind_codes[ex->facts.kind],
		    ex->facts.is_rural ? " rural" : "",
		    ex->facts.is_small ? " small" : "");
		print_results(b, m, &ex->facts);
		print_answers(b, m, &ex->facts);
		for (size_t c = 0; c < ex->n_changes; c++)
			print_change(b, m, &ex->changes[c]);
		buf_fmt(b, "  expect %s", method_status_codes[ex->status]);
		for (size_t c = 0; c < m->n_criteria; c++)
			if (ex->criteria >> c & 1)
				buf_fmt(b, " %.*s", STR_ARG(m->criteria[c].id));
		buf_c(b, "\n");
	}
}

struct str
method_print(struct arena *mem, const struct method *m)
{
	struct buf b = buf_open(mem, 0);

	print_head(&b, m);
	print_settings(&b, m);
	print_sets(&b, m);
	print_defines(&b, m);
	print_rules(&b, m);
	print_doubts(&b, m);
	print_examples(&b, m);
	return buf_str(&b);
}
