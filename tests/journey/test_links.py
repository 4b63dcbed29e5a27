"""From the first page along every link: each leads somewhere, and no page is
heavy on its way through a slow line.
"""
import gzip
import html
import re
from collections import Counter

import pytest

from conftest import Person

PACKED_MOST = 30 * 1024
# Of pages that differ only in a number or a filter so many are opened.
ALIKE = 3


def links_of(text):
    for href in re.findall(r'href="(/[^"#]*)', text):
        yield html.unescape(href)


def walk(person):
    """(address, answer, packed length) of what can be reached by links."""
    waiting, known, alike = ['/'], {'/'}, Counter()
    while waiting:
        path = waiting.pop()
        answer = person.get(path, **{'Accept-Encoding': 'gzip'})
        packed = len(answer.data)
        if answer.headers.get('Content-Encoding') == 'gzip':
            answer.data = gzip.decompress(answer.data)
        yield path, answer, packed
        if not answer.headers['Content-Type'].startswith('text/html'):
            continue
        for link in links_of(answer.data.decode()):
            shape = re.sub(r'\d+', 'N', re.sub(r'=[^&]*', '', link))
            if link.startswith('/year'):  # would choose another one
                continue
            if link not in known and alike[shape] < ALIKE:
                alike[shape] += 1
                known.add(link)
                waiting.append(link)


@pytest.mark.parametrize('who', ['coordinator', 'head', 'school', 'admin'])
def test_every_link_leads_to_a_page_that_is_light(request, who):
    pages = 0
    for path, answer, packed in walk(request.getfixturevalue(who)):
        assert answer.status == 200, path
        if answer.headers['Content-Type'].startswith('text/html'):
            pages += 1
            assert packed <= PACKED_MOST, f'{path}: {packed} bytes packed'
    assert pages > 30


def test_the_program_as_it_is_shipped_answers_every_link_of_every_role(release):
    for login in release.accounts:
        pages = 0
        for path, answer, _ in walk(Person(release, login)):
            assert answer.status == 200, (login, path)
            pages += 1
        assert pages > 10, login
