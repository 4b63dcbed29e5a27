/* test_html.c - does every value come out escaped for its place, byte by byte? */
#include "example.view.h"
#include "harness.h"
#include "web/html.h"

typedef void escape(struct buf *out, struct str s);

static struct str
escaped(struct arena *mem, escape *fn, struct str s)
{
	struct buf out = buf_open(mem, 0);

	fn(&out, s);
	return arena_str(mem, buf_str(&out));
}

/* What each byte becomes; the same for all bytes above 0x7f: itself. */
static void
check_bytes(escape *fn, struct str (*want)(struct arena *, unsigned char))
{
	for (int c = 0; c < 256; c++) {
		autoarena mem = arena_open(0);
		char byte = (char)c;
		struct str got = escaped(mem, fn, (struct str){&byte, 1});
		struct str expected = want(mem, (unsigned char)c);

		if (!str_eq(got, expected))
			print_error("byte %d gives «%.*s», not «%.*s»\n", c,
			    STR_ARG(got), STR_ARG(expected));
		assert_true(str_eq(got, expected));
	}
}

static struct str
itself(struct arena *mem, unsigned char c)
{
	char byte = (char)c;

	return arena_str(mem, (struct str){&byte, 1});
}

static bool
is_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
}

static struct str
want_text(struct arena *mem, unsigned char c)
{
	if (c == '<')
		return S("&lt;");
	if (c == '>')
		return S("&gt;");
	if (c == '&')
		return S("&amp;");
	return is_control(c) ? S("\xEF\xBF\xBD") : itself(mem, c);
}

static struct str
want_attr(struct arena *mem, unsigned char c)
{
	if (c == '"')
		return S("&quot;");
	if (c == '\'')
		return S("&#39;");
	return want_text(mem, c);
}

static const char word[] = "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

static struct str
want_token(struct arena *mem, unsigned char c)
{
	return c != 0 && strchr(word, c) ? itself(mem, c) : S("_");
}

static struct str
want_url_part(struct arena *mem, unsigned char c)
{
	if (c != 0 && (strchr(word, c) || c == '.' || c == '~'))
		return itself(mem, c);
	return arena_fmt(mem, "%%%02X", c);
}

static void
every_byte_in_every_place(void **state)
{
	check_bytes(html_text, want_text);
	check_bytes(html_attr, want_attr);
	check_bytes(html_token, want_token);
	check_bytes(html_url_part, want_url_part);
}

/* The views of tests/data/views/example.html. */

static struct str names[] = {S_INIT("один"), S_INIT("<два>")};

static const struct example sample = {
    .name = S_INIT("a\"b<c>&'д' x"),
    .none = S_INIT(""),
    .n = 5604,
    .flag = true,
    .to = {.address = S_INIT("/schools/7?a=1&b=2")},
    .day = {20000},
    .share = {9, 24},
    .items = {names, 2, 2},
};

typedef void view(struct buf *out, const struct example *e);

static void
check_view(view *fn, const struct example *e, const char *want)
{
	autoarena mem = arena_open(0);
	struct buf out = buf_open(mem, 0);

	fn(&out, e);
	assert_str(buf_str(&out), want);
}

static void
values_are_escaped_for_their_place(void **state)
{
	check_view(view_text, &sample, "<p>a\"b&lt;c&gt;&amp;'д' x</p>\n");
	check_view(view_attr, &sample,
	    "<input name=\"q\" "
	    "value=\"a&quot;b&lt;c&gt;&amp;&#39;д&#39; x\">\n");
	check_view(view_token, &sample,
	    "<b class=\"st st-a_b_c_______x\" id=\"n5604\">·</b>\n");
	check_view(view_url, &sample,
	    "<a href=\"/schools/7?a=1&amp;b=2\">1</a>"
	    "<a href=\"/schools?q=a%22b%3Cc%3E%26%27%D0%B4%27%20x"
	    "&amp;page=5604\">2</a>\n");
	check_view(view_words, &sample,
	    "<title>a\"b&lt;c&gt;&amp;'д' x – Опора</title>"
	    "<textarea name=\"t\">\n  a\"b&lt;c&gt;&amp;'д' x\n</textarea>\n");
}

static void
filters_show_values_as_people_write_them(void **state)
{
	check_view(view_filters, &sample,
	    "<p>04.10.2024, 37,5\xC2\xA0%, 5\xC2\xA0"
	    "604\nшколы, нет данных</p>\n<p title=\"«a | b»\"></p>\n");
}

static void
a_branch_is_chosen(void **state)
{
	struct example e = sample;

	check_view(view_branches, &e,
	    "<select>\n<option value=\"1\" selected>да</option>\n</select>\n");
	e.n = 2;
	check_view(view_branches, &e,
	    "<select>\n<option value=\"1\">да</option>\n</select>\n");
	e.flag = false;
	check_view(view_branches, &e,
	    "<select>\n<option class=\"few\">много</option>\n</select>\n");
	e.n = 0;
	check_view(
	    view_branches, &e, "<select>\n<option>нет</option>\n</select>\n");
}

static void
a_loop_walks_its_list(void **state)
{
	struct example none = {0};

	check_view(view_loops, &sample,
	    "<ul>\n<li>0 один</li>\n<li>1 &lt;два&gt;</li>\n"
	    "<li>один</li>\n</ul>\n");
	none.items.p = names;
	check_view(view_loops, &none, "<ul>\n<li>один</li>\n</ul>\n");
}

static void
a_layout_stands_around_its_body(void **state)
{
	check_view(view_page, &sample,
	    "<!doctype html>\n<html lang=\"ru\"><body><h1>Заглавие</h1>\n"
	    "<p>a\"b&lt;c&gt;&amp;'д' x</p>\n"
	    "<footer>5604</footer></body></html>\n");
}

static void
links_are_addresses_of_ours(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(link_place(mem, S("ш 1")).address, "#%D1%88%201");
	assert_str(link_outside(mem, S(" javascript:alert(1)")).address, "#");
	assert_str(link_outside(mem, S(" https://example.org/a")).address,
	    "https://example.org/a");
	assert_str(
	    link_with(mem, (struct link){.address = S("/a")}, "q", S("1&2")).address,
	    "/a?q=1%262");
	assert_str(
	    link_with(mem, (struct link){.address = S("/a?b=1")}, "q", S("")).address,
	    "/a?b=1&q=");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_byte_in_every_place),
	    cmocka_unit_test(values_are_escaped_for_their_place),
	    cmocka_unit_test(filters_show_values_as_people_write_them),
	    cmocka_unit_test(a_branch_is_chosen),
	    cmocka_unit_test(a_loop_walks_its_list),
	    cmocka_unit_test(a_layout_stands_around_its_body),
	    cmocka_unit_test(links_are_addresses_of_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
