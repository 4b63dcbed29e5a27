"""Every page is well-formed HTML and can be used by everybody.

Well-formed: html5lib in strict mode.  The rules of use are those of WCAG 2.1
that a program can check: names of controls, labels, order of headings, tables
with heads, one main, language, no positive tabindex, contrast of the tokens in
light, dark, high contrast.
"""
import pathlib
import re
import urllib.parse

import html5lib
import pytest

HELP = '/help/'  # and a page of doc/ru
PAGES = [
    ('nobody', '/sign-in'), ('nobody', '/nothing'), ('nobody', '/help'),
    ('nobody', HELP + '%D0%BB%D1%8E%D0%B4%D0%B8'),
    ('school', HELP + '%D0%BE%D1%82%D0%BC%D0%B5%D1%82%D0%BA%D0%B8'),
    ('coordinator', '/overview'), ('coordinator', '/work'),
    ('coordinator', '/schools/7/history'), ('coordinator', '/runs/5/history'),
    ('coordinator', '/loads/14/history'), ('admin', '/people/1/history'),
    ('coordinator', '/plans/4/sections'), ('coordinator', '/plans/2/deficits'), ('coordinator', '/plans/1/history'), ('school', '/plans/1/history'),
    ('coordinator', '/notices'), ('school', '/work'), ('school', '/notices'),
    ('coordinator', '/overview?show=rural&curator=4&curve=vpr-rus-5'),
    ('coordinator', '/overview?year=2019'), ('school', '/overview'),
    ('coordinator', '/overview?on=01.10.2025'),
    ('coordinator', '/overview?on=32.13.2025'),
    ('coordinator', '/deficits'), ('coordinator', '/deficits?show=without'),
    ('school', '/deficits'), ('coordinator', '/letters'),
    ('coordinator', '/account/factor'), ('school', '/letters'),
    ('admin', '/audit?from=01.09.2026&to=32.13.2026&object=plan'),
    ('coordinator', '/schools/7/history?from=01.09.2026'),
    ('coordinator', '/'), ('coordinator', '/help'), ('coordinator', '/search'),
    ('coordinator', '/search?q=%D1%81%D0%BE%D1%88'),
    ('coordinator', '/schools'), ('coordinator', '/schools?show=rural'),
    ('coordinator', '/schools/1'), ('coordinator', '/schools/18'),
    ('coordinator', '/runs'), ('coordinator', '/runs/5'),
    ('coordinator', '/runs/6'), ('coordinator', '/runs/5?set-minimum=5'),
    ('coordinator', '/runs/5/schools/18'), ('coordinator', '/runs/5/schools/2'),
    ('coordinator', '/runs/5/schools/21'), ('coordinator', '/runs/6/schools/18'),
    ('coordinator', '/runs/5/objections'), ('coordinator', '/runs/5/edge'),
    ('coordinator', '/runs/5/reconcile'), ('coordinator', '/runs/7/reconcile'),
    ('head', '/runs/7'), ('head', '/runs/5'),
    ('coordinator', '/objections'), ('coordinator', '/objections/3'),
    ('school', '/objections'), ('school', '/objections/1'),
    ('school', '/runs/6/schools/7'),
    ('coordinator', '/runs/7'), ('coordinator', '/runs/7/schools/6'),
    ('coordinator', '/groups'), ('coordinator', '/groups?on=01.10.2024'),
    ('coordinator', '/groups?on=1999'), ('school', '/groups'),
    ('coordinator', '/objectivity'), ('coordinator', '/objectivity?results=2021'),
    ('coordinator', '/orders'), ('coordinator', '/orders/6'),
    ('school', '/orders/6'),
    ('coordinator', '/loads'), ('coordinator', '/loads/14'),
    ('coordinator', '/loads/profiles'), ('head', '/loads/profiles'),
    ('coordinator', '/plans'), ('coordinator', '/plans/import'),
    ('coordinator', '/plans/new'), ('school', '/plans/new'),
    ('coordinator', '/plans/1'), ('coordinator', '/plans/1?view=ribbon'),
    ('coordinator', '/plans/1?view=calendar'),
    ('coordinator', '/plans/1?view=board'), ('coordinator', '/plans/1/check'),
    ('coordinator', '/plans/4'), ('coordinator', '/plans/4?edit=60'),
    ('coordinator', '/plans/1/maps'), ('school', '/plans/1/maps'),
    ('coordinator', '/plans/2/proposals'),
    ('coordinator', '/plans/1/schools'), ('coordinator', '/measures/2'),
    ('coordinator', '/measures/36'), ('school', '/measures/36'),
    ('coordinator', '/tasks'), ('coordinator', '/tasks?show=all'),
    ('coordinator', '/tasks/1'), ('coordinator', '/tasks/confirm'),
    ('school', '/plans'), ('school', '/tasks'), ('school', '/tasks/confirm'),
    ('coordinator', '/account'), ('coordinator', '/rights'),
    ('coordinator', '/settings'), ('coordinator', '/terms'), ('school', '/terms'), ('school', '/account/deputy'),
    ('admin', '/people'), ('admin', '/people/1'), ('admin', '/audit'),
    ('school', '/'), ('school', '/schools/7'), ('school', '/runs'),
]
STYLE = pathlib.Path(__file__).parents[2] / 'src/web/assets/style.css'
NS = '{http://www.w3.org/1999/xhtml}'
IDS = [f'{who} {path}' for who, path in PAGES]


def page(request, who, path):
    return request.getfixturevalue(who).get(path).text


def tree(text):
    return html5lib.HTMLParser(strict=True).parse(text)


def all_of(root, *names):
    return [e for e in root.iter() if isinstance(e.tag, str)
            and e.tag.replace(NS, '') in names]


def words(element):
    return ' '.join(''.join(element.itertext()).split())


def name_of(element, root):
    """The accessible name, as far as our pages need it."""
    for attribute in ('aria-label', 'title', 'alt'):
        if element.get(attribute):
            return element.get(attribute)
    labelled = element.get('aria-labelledby')
    if labelled:
        return ' '.join(words(e) for e in root.iter()
                        if isinstance(e.tag, str)
                        and e.get('id') in labelled.split())
    return words(element)


# Pages that need something made first, looked at where it is made.
ELSEWHERE = {
    '/invitation/{word}', '/sign-in/code',  # test_browser, test_office
    '/plans/import/{word}',                 # test_plans
    '/runs/{run}/orders/{official}',        # where /reconcile leads
}


def test_every_page_of_the_route_table_is_looked_at():
    """A new row of routes.c needs a row above; files and JSON are no pages."""
    table = (STYLE.parents[1] / 'routes.c').read_text()
    found = re.findall(r'\{GET,\s+"([^"]+)",\s+(\w+)', table)
    no_page = re.compile(r'_(docx|pdf|xlsx|ics|ribbon|refused|feed|evidence)$')
    wanted = [path for path, page in found if not no_page.search(page)
              and page not in ('page_openapi', 'page_health', 'page_evidence',
                               'page_choose_year')]
    looked = [path.split('?')[0] for _, path in PAGES]
    for path in wanted:
        pattern = re.sub(r'\{\w+\}', '[^/]+', path)
        assert path in ELSEWHERE or any(
            re.fullmatch(pattern, p) for p in looked), path


@pytest.mark.parametrize('who,path', PAGES, ids=IDS)
def test_is_well_formed(request, who, path):
    tree(page(request, who, path))


@pytest.mark.parametrize('who,path', PAGES, ids=IDS)
def test_can_be_used_by_everybody(request, who, path):
    root = tree(page(request, who, path))
    assert root.get('lang') == 'ru'
    assert len(all_of(root, 'main')) == 1
    assert len(all_of(root, 'title')) == 1 and words(all_of(root, 'title')[0])
    ids = [e.get('id') for e in root.iter()
           if isinstance(e.tag, str) and e.get('id')]
    assert len(ids) == len(set(ids)), 'an id twice'

    check_headings(root)
    check_controls(root)
    check_tables(root)
    for e in root.iter():
        if not isinstance(e.tag, str):
            continue
        assert int(e.get('tabindex', '0')) <= 0
        assert e.get('style') is None
        for ref in ('aria-labelledby', 'aria-describedby', 'for'):
            for target in (e.get(ref) or '').split():
                assert target in ids, f'{ref}={target} points nowhere'
        href = e.get('href') or ''
        if href.startswith('#') and len(href) > 1:
            assert urllib.parse.unquote(href[1:]) in ids, f'{href} points nowhere'


def check_headings(root):
    levels = [int(e.tag[-1]) for e in all_of(root, 'h1', 'h2', 'h3', 'h4')]
    main = all_of(root, 'main')[0]
    assert len(all_of(main, 'h1')) == 1
    inside = [int(e.tag[-1]) for e in all_of(main, 'h1', 'h2', 'h3', 'h4')]
    for before, after in zip(inside, inside[1:]):
        assert after <= before + 1, f'h{after} follows h{before}'
    assert levels


def check_controls(root):
    labels = {e.get('for') for e in all_of(root, 'label') if e.get('for')}
    wrapped = {id(c) for e in all_of(root, 'label')
               for c in all_of(e, 'input', 'select', 'textarea')}
    for e in all_of(root, 'a', 'button', 'summary'):
        assert name_of(e, root), f'{e.tag} without a name'
    for e in all_of(root, 'input', 'select', 'textarea'):
        if e.get('type') == 'hidden':
            continue
        assert (e.get('id') in labels or id(e) in wrapped
                or e.get('aria-label')), f'{e.get("name")} without a label'
    for e in all_of(root, 'form'):
        if e.get('method') == 'post':
            assert any(c.get('name') == 'mark' for c in all_of(e, 'input'))
            assert all_of(e, 'button'), 'a form without a button'
    for e in all_of(root, 'img'):
        assert e.get('alt') is not None


def check_tables(root):
    for table in all_of(root, 'table'):
        heads = all_of(table, 'th')
        assert heads, 'a table without heads'
        for th in heads:
            assert th.get('scope') in ('col', 'row', 'colgroup', 'rowgroup')
            assert words(th)


# ---- contrast of the tokens ----

def tokens():
    text = STYLE.read_text()
    themes = {}
    for name, pattern in (
            ('light', r':root \{(.*?)\n\}'),
            ('dark', r':root:not\(\.hc\) \{(.*?)\n  \}'),
            ('contrast', r':root\.hc \{(.*?)\n\}'),
            ('dark contrast', r'prefers-color-scheme: dark\) \{\n'
                              r'  :root\.hc \{(.*?)\n  \}')):
        block = re.search(pattern, text, re.S)[1]
        themes[name] = dict(re.findall(r'--([\w-]+): (#[0-9a-f]{3,6})\b',
                                       block))
    return themes


def luminance(colour):
    if len(colour) == 4:
        colour = '#' + ''.join(c * 2 for c in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= .03928 else ((c + .055) / 1.055) ** 2.4
               for c in parts]
    return .2126 * r + .7152 * g + .0722 * b


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + .05) / (dark + .05)


TEXT_ON = [(ink, ground) for ink in ('ink', 'ink-2', 'ink-3', 'accent')
           for ground in ('bg', 'paper', 'sunk')]
TEXT_ON += [('good', 'good-bg'), ('warn', 'warn-bg'), ('bad', 'bad-bg'),
            ('none', 'paper'), ('on-accent', 'accent'), ('old', 'paper'),
            ('new', 'paper'), ('bad', 'paper'), ('good', 'paper'),
            ('warn', 'paper'), ('ink', 'h1'), ('ink', 'h2'), ('ink', 'h3'),
            ('ink', 'h4'), ('ink', 'pick'), ('ink', 'hover')]


@pytest.mark.parametrize('theme', ['light', 'dark', 'contrast',
                                   'dark contrast'])
def test_text_stands_out(theme):
    colours = tokens()[theme]
    for ink, ground in TEXT_ON:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
