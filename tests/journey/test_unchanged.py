"""A page asked again is answered from what is known of it, until anything it
depends on has changed: what is stored, whoever wrote it; who asks, with which
rights; what this browser has chosen.  On a file and on a server of PostgreSQL.
"""
import os
import re
import subprocess
import uuid

import pytest
from conftest import OPORA, Person, Server


def place_on_a_server():
    """The address of an empty schema of the PostgreSQL server of the tests."""
    url = os.environ.get('OPORA_TEST_PG')
    if not url:
        pytest.skip('$OPORA_TEST_PG is not set')
    schema = 'j' + uuid.uuid4().hex[:12]
    subprocess.run(['psql', '-q', url, '-c', f'CREATE SCHEMA {schema}'], check=True)
    return f'{url}{"&" if "?" in url else "?"}options=-csearch_path%3D{schema}'


@pytest.fixture(scope='module', params=['file', 'server'])
def own(request, tmp_path_factory):
    if not OPORA:
        pytest.skip('$OPORA is not set')
    db = place_on_a_server() if request.param == 'server' else None
    running = Server(tmp_path_factory.mktemp('unchanged'), db)
    yield running
    assert running.stop() == 0


class Reader:
    """A browser with one page in its cache, asking whether it is still good."""

    def __init__(self, person, path):
        self.person, self.path = person, path
        self.look()

    def look(self):
        answer = self.person.get(self.path)
        assert answer.status == 200
        self.tag, self.page = answer.headers['ETag'], answer.text
        return answer

    def again(self):
        return self.person.get(self.path, **{'If-None-Match': self.tag})

    def is_known(self):
        """A page that was made and then found to be the same has a policy."""
        answer = self.again()
        return answer.status == 304 and 'Content-Security-Policy' not in answer.headers

    def changed(self):
        answer = self.again()
        assert answer.status == 200, answer.status
        assert answer.text != self.page
        self.tag, self.page = answer.headers['ETag'], answer.text
        return answer.text


def known(person, path):
    """What the server knows; tried again, for others may write meanwhile."""
    reader = Reader(person, path)
    for _ in range(20):
        if reader.is_known():
            return reader
        reader.look()
    pytest.fail(f'{path} is made anew every time')


def test_what_is_asked_again_is_known(own):
    reader = known(Person(own, 'yartseva'), '/schools')
    answer = reader.again()
    assert answer.data == b'' and answer.headers['ETag'] == reader.tag
    assert answer.headers['Cache-Control'] == 'private, no-cache'


def test_the_write_of_another_person_is_seen_at_once(own):
    school, coordinator = Person(own, 'lugozerskaya'), Person(own, 'yartseva')
    reader = known(school, '/schools')
    coordinator.get('/schools')
    page = coordinator.post('/views', name='для всех', page='/schools',
                            query='show=rural', shared='1')
    number = re.search(r'/views/(\d+)/drop', page.text)[1]
    assert 'для всех' in reader.changed()
    known(school, '/schools')
    coordinator.post(f'/views/{number}/drop', back='/schools')
    assert 'для всех' not in reader.changed()


def test_the_write_of_another_process_is_seen_at_once(own):
    reader = known(Person(own, 'admin'), '/people')
    subprocess.run([OPORA, '--db', own.db, 'user', 'add', 'zorina', '--role',
                    'methodist', '--name', 'Зорина К. Ю.', '--password',
                    'четыре слова подряд'], check=True, capture_output=True)
    assert 'Зорина К. Ю.' in reader.changed()


def test_notices_are_counted_at_once(own):
    head, centre = Person(own, 'glebov'), Person(own, 'istomina')
    reader = known(centre, '/schools')
    page = head.get('/account/deputy').text
    number = re.search(r'value="(\d+)">Истомина', page)[1]
    today = re.search(r'name="since"[^>]*value="([\d.]+)"', page)[1]
    head.post('/account/deputy', person=number, since=today, until='31.12.2100')
    reader.changed()
    head.post(f'/account/deputy/{number}/end')
    reader.changed()


def test_a_right_that_ends_ends_at_once(own):
    head, centre = Person(own, 'glebov'), Person(own, 'istomina')
    page = head.get('/account/deputy').text
    number = re.search(r'value="(\d+)">Истомина', page)[1]
    today = re.search(r'name="since"[^>]*value="([\d.]+)"', page)[1]
    head.post('/account/deputy', person=number, since=today, until='31.12.2100')
    reader = known(centre, '/audit')
    head.post(f'/account/deputy/{number}/end')
    assert reader.again().status == 403


def test_who_is_put_out_is_out_at_once(own):
    reader = known(Person(own, 'lugozerskaya'), '/runs')
    subprocess.run([OPORA, '--db', own.db, 'user', 'disable', 'lugozerskaya'],
                   check=True, capture_output=True)
    answer = reader.again()
    assert answer.url.split('?')[0].endswith('/sign-in')
    subprocess.run([OPORA, '--db', own.db, 'user', 'disable', 'lugozerskaya',
                    '--undo'], check=True, capture_output=True)


def test_signing_out_ends_it(own):
    person = Person(own, 'yartseva')
    reader = known(person, '/runs')
    cookies = '; '.join(f'{c.name}={c.value}' for c in person.jar)
    person.get('/account')
    person.post('/sign-out')
    stranger = Person(own)
    answer = stranger.get('/runs', Cookie=cookies, **{'If-None-Match': reader.tag})
    assert answer.url.split('?')[0].endswith('/sign-in')


def test_each_session_has_its_own_marks(own):
    first, second = Person(own, 'yartseva'), Person(own, 'yartseva')
    reader, other = known(first, '/account'), known(second, '/account')
    assert reader.tag != other.tag and first.mark != second.mark
    answer = second.get('/account', **{'If-None-Match': reader.tag})
    assert answer.status == 200 and first.mark not in answer.text


def test_pages_of_two_people_do_not_meet(own):
    reader = known(Person(own, 'yartseva'), '/schools')
    school = Person(own, 'lugozerskaya')
    answer = school.get('/schools', **{'If-None-Match': reader.tag})
    assert answer.status == 200 and 'Вьюжинская' not in answer.text
    assert Person(own).get('/schools', **{'If-None-Match': reader.tag}).url \
        .split('?')[0].endswith('/sign-in')


def test_what_is_said_once_is_said_once(own):
    person = Person(own, 'yartseva')
    reader = known(person, '/schools')
    page = person.post('/views', name='мой', page='/schools', query='')
    assert 'Вид сохранён.' in page.text
    assert 'Вид сохранён.' not in reader.changed()
    person.post('/views/' + re.search(r'/views/(\d+)/drop', page.text)[1] + '/drop',
                back='/schools')


def test_what_the_browser_chose_is_seen(own):
    person = Person(own, 'yartseva')
    reader = known(person, '/schools')
    cookies = '; '.join(f'{c.name}={c.value}' for c in person.jar)
    stranger = Person(own)
    for choice in ('year=2024', 'look=contrast'):
        answer = stranger.get('/schools', Cookie=f'{cookies}; {choice}',
                              **{'If-None-Match': reader.tag})
        assert answer.status == 200 and answer.text != reader.page
    answer = person.get('/schools?show=rural', **{'If-None-Match': reader.tag})
    assert answer.status == 200


def test_a_file_that_tells_the_time_is_made_anew(own):
    reader = Reader(Person(own, 'yartseva'), '/plans/1/calendar')
    for _ in range(3):
        reader.look()
        assert not reader.is_known()
