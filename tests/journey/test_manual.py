"""The manual cannot go stale: every page of the program leads to the page of
doc/ru about it, every link and anchor of the manual is there, and every name
it prints as **«…»** stands on some screen.
"""
import html
import pathlib
import re
import urllib.parse

import pytest

from test_pages import IDS, PAGES, all_of, tree

TOP = pathlib.Path(__file__).parents[2]
MANUAL = {p.stem: p.read_text() for p in (TOP / 'doc/ru').glob('*.md')}
HELPS = {page: (name, section) for page, name, section in re.findall(
    r'^HELP\((\w+),\s*"([^"]*)",\s*"([^"]*)"\)',
    (TOP / 'src/web/help.def').read_text(), re.M)}
ROUTES = re.findall(r'\{GET,\s+"([^"]+)",\s+(page_\w+),\s+\w+,\s+\w+,\s+\w+,'
                    r'\s+([\w| ]+)\}',
                    (TOP / 'src/web/routes.c').read_text())
# Answers that are no page: files, JSON, a choice that sends back.
NO_PAGE = re.compile(r'_(docx|pdf|xlsx|ics|ribbon|refused|feed|evidence|openapi'
                     r'|health|choose_year)$')


def anchors(text):
    return {re.sub(r'[^\w\- ]', '', title.lower()).strip().replace(' ', '-')
            for title in re.findall(r'^##+ (.+)$', text, re.M)}


def page_of(path):
    """The page function a GET of this address runs."""
    bare = path.split('?')[0]
    for route, page, _ in ROUTES:
        if re.fullmatch(re.sub(r'\{\w+\}', '[^/]+', route), bare):
            return page
    return None


# ---- every page of the program has its page of the manual ----

def test_every_page_of_the_route_table_has_help():
    pages = {page for _, page, _ in ROUTES if not NO_PAGE.search(page)}
    assert pages <= set(HELPS), pages - set(HELPS)
    assert set(HELPS) <= pages, set(HELPS) - pages


@pytest.mark.parametrize('who,path', PAGES, ids=IDS)
def test_the_page_leads_to_its_help(request, who, path):
    person = request.getfixturevalue(who)
    answer = person.get(path)
    links = [e.get('href') for e in all_of(tree(answer.text), 'a')
             if (e.get('href') or '').startswith('/help')]
    if answer.status == 404:
        return
    assert links, 'no way to the help'
    at = answer.url.removeprefix(person.server.url)
    name, section = HELPS[page_of(at)]
    wanted = '/help' + ('/' + name if name else '') + \
        ('#' + section if section else '')
    assert wanted == at or wanted in [urllib.parse.unquote(link) for link in links]


def test_what_is_named_is_there(nobody):
    """Also for whoever has not signed in: the door leads here."""
    for name, section in sorted(set(HELPS.values())):
        answer = nobody.get('/help/' + urllib.parse.quote(name or 'оглавление'))
        assert answer.status == 200, name
        ids = {e.get('id') for e in tree(answer.text).iter()
               if isinstance(e.tag, str)}
        assert not section or section in ids, (name, section)


def test_links_within_the_manual_lead_somewhere(nobody, school):
    for who in (nobody, school):
        pages = {}
        for name in MANUAL:
            answer = who.get('/help/' + urllib.parse.quote(name))
            assert answer.status == 200, name
            pages[name] = tree(answer.text)
        for name, root in pages.items():
            main = all_of(root, 'main')[0]
            for e in all_of(main, 'a'):
                to = urllib.parse.unquote(e.get('href'))
                file, _, section = to.partition('#')
                if file.startswith('/help/'):
                    file = file.removeprefix('/help/')
                elif file in ('', '/help'):
                    file = 'оглавление' if file else name
                else:
                    continue
                assert file in pages, (name, to)
                ids = {x.get('id') for x in pages[file].iter()
                       if isinstance(x.tag, str)}
                assert not section or section in ids, (name, to)


@pytest.mark.parametrize('name', sorted(MANUAL))
def test_links_work_in_a_viewer_of_markdown(name):
    for to in re.findall(r'\]\(([^)]+)\)', MANUAL[name]):
        file, _, section = to.partition('#')
        text = MANUAL[file.removesuffix('.md')] if file else MANUAL[name]
        assert not section or section in anchors(text), to


def test_the_contents_name_every_page():
    named = re.findall(r'^\d+\. \[[^]]+\]\((.+)\.md\)', MANUAL['оглавление'],
                       re.M)
    assert sorted(named + ['оглавление']) == sorted(MANUAL)


def test_a_page_that_is_not_there_is_said_so(school):
    answer = school.get('/help/nothing')
    assert answer.status == 404 and '/help' in answer.text


# ---- what the manual calls by name is on a screen ----

def screen_words():
    """Texts of templates between tags, and whole C texts of the pages."""
    words = set()
    for path in (TOP / 'src/web/view').glob('*.html'):
        text = re.sub(r'\{#.*?#\}', '', path.read_text(), flags=re.S)
        for part in re.findall(r'"([^"{}%<>]+)"', text):
            words.add(part)
        text = re.sub(r'\{[%{].*?[%}]\}', '\0', text, flags=re.S)
        for part in re.findall(r'>([^<>]+)<', text):
            words.update(part.split('\0'))
    for pattern in ('src/web/**/*.def', 'src/web/**/*.c', 'src/core/**/*.def'):
        for path in TOP.glob(pattern):
            words.update(re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text()))
    return {' '.join(html.unescape(w).split()).rstrip(' :(,.№') for w in words}


def test_names_of_buttons_and_parts_are_on_some_screen():
    words = screen_words()
    missing = [(page, name) for page, text in sorted(MANUAL.items())
               for name in re.findall(r'\*\*«([^»]+)»\*\*',
                                      ' '.join(text.split()))
               if name not in words]
    assert not missing
    # The check looks at names and not at everything.
    assert 'Кнопка, которой нет' not in words and 'Загрузить' in words


def test_the_manual_names_buttons_by_the_convention():
    """A page about work names at least three things of the screen."""
    for page in ('загрузка', 'отметки', 'люди', 'планы', 'перечни', 'сроки',
                 'каждый-день'):
        assert len(set(re.findall(r'\*\*«[^»]+»\*\*', MANUAL[page]))) >= 3


def test_the_headings_of_files_are_those_the_program_knows():
    table = (TOP / 'src/convert/recognise_columns.c').read_text()
    known = {name for names in re.findall(r'"([^"]*)"', table)
             for name in names.split('|')}
    rows = re.search(r'## Какие заголовки понятны(.*?)\n## ',
                     MANUAL['загрузка'], re.S)[1]
    listed = [re.split(r', | или ', cell) for cell in
              re.findall(r'^\| [^|]+ \| ([^|]+) \|$', rows, re.M)[1:]]
    assert len(listed) >= 7
    for name in sum(listed, []):
        if name != 'вместе с числом участников':
            assert name.lower() in known, name


def test_the_search_finds_the_manual(coordinator):
    answer = coordinator.get('/search?q=' + urllib.parse.quote('отклонённые'))
    assert 'Отклонённые строки' in answer.text
