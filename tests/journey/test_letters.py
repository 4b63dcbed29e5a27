"""Reminders and calendars, from a person's wish to the letter in the box.

The mail server is played here: it can be down, refuse, or die in the middle.
"""
import email
import email.header
import email.policy
import os
import re
import signal
import socket
import subprocess
import threading
import time

import pytest
from conftest import OPORA, Person, Server

MONDAY = '2026-11-23'

pytestmark = pytest.mark.skipif(not OPORA, reason='$OPORA is not set')


class Mail:
    """An SMTP server with one thread: keeps letters, answers as it is told."""

    def __init__(self, port=0):
        self.listener = socket.create_server(('127.0.0.1', port))
        self.port = self.listener.getsockname()[1]
        self.letters = []
        self.refuse = None      # an answer to RCPT
        self.hang = False       # after the text, before the answer
        self.has_text = threading.Event()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            try:
                self.talk(line)
            except (OSError, ValueError):
                pass
            line.close()

    def talk(self, line):
        talk = line.makefile('rwb', buffering=0)
        talk.write(b'220 here\r\n')
        while True:
            said = talk.readline()
            if not said:
                return
            word = said.split()[0].upper() if said.split() else b''
            if word == b'RCPT' and self.refuse:
                talk.write(self.refuse)
            elif word == b'DATA':
                talk.write(b'354 go on\r\n')
                text = b''
                while not text.endswith(b'\r\n.\r\n'):
                    text += talk.readline()
                self.letters.append(text[:-3])
                self.has_text.set()
                if self.hang:
                    time.sleep(30)
                    return
                talk.write(b'250 taken\r\n')
            elif word == b'QUIT':
                talk.write(b'221 bye\r\n')
                return
            else:
                talk.write(b'250 well\r\n')

    def close(self):
        self.listener.close()


@pytest.fixture
def office(tmp_path):
    """A municipality of one's own: what is sent here disturbs nobody."""
    server = Server(tmp_path)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture
def mail():
    m = Mail()
    yield m
    m.close()


def wish(server, **fields):
    person = Person(server, 'yartseva')
    person.get('/letters')
    answer = person.post('/letters', **fields)
    assert answer.status == 200
    return person


def environment(port):
    return {**os.environ, 'OPORA_SMTP': f'smtp://127.0.0.1:{port}',
            'OPORA_MAIL_FROM': 'opora@okrug.example',
            'OPORA_URL': 'https://opora.example'}


def remind(server, port, *more):
    done = subprocess.run(
        [OPORA, '--db', server.db, 'remind', '--today', MONDAY, *more],
        capture_output=True, text=True, timeout=120, env=environment(port))
    assert done.returncode == 0, done.stderr
    return done.stdout


def closed_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def test_letter_waits_and_goes_once(office):
    wish(office, email='yartseva@okrug.example', week='1', day='1')
    port = closed_port()

    dry = remind(office, port, '--dry-run')
    assert 'yartseva@okrug.example' in dry and 'Не заходили 30 дней' in dry

    out = remind(office, port)
    assert 'отложено – 1' in out
    # The pause: the server being up again does not matter yet.
    server = Mail(port)
    assert 'Отправлено – 0' in remind(office, port)
    assert not server.letters
    page = Person(office, 'yartseva').get('/letters').text
    assert 'ждёт отправки' in page
    server.close()


def test_letter_is_what_it_should_be(office, mail):
    wish(office, email='yartseva@okrug.example', week='1', day='1')
    assert 'Отправлено – 1' in remind(office, mail.port)
    assert len(mail.letters) == 1
    # Nothing is sent or even written twice.
    assert 'уже написано – 1' in remind(office, mail.port)
    assert len(mail.letters) == 1

    raw = mail.letters[0]
    assert max(raw.split(b'\r\n'), key=len)[78:] == b''
    assert raw.decode('ascii')
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert not letter.defects
    assert letter['Subject'].startswith('Дорожные карты на неделю')
    # Python's reader of addresses keeps the space between encoded words.
    sender = email.message_from_bytes(raw)['From']
    assert 'Среднеозерский' in str(
        email.header.make_header(email.header.decode_header(sender)))
    assert letter['To'].addresses[0].addr_spec == 'yartseva@okrug.example'
    assert letter['Auto-Submitted'] == 'auto-generated'
    assert letter['List-Unsubscribe'] == '<https://opora.example/letters>'
    assert letter['Message-ID'].endswith('@okrug.example>')
    text = letter.get_content()
    why = next(line for line in text.splitlines()
               if line.startswith('Почему это письмо пришло вам: '))
    assert 'вы ведёте дорожную карту' in why, why
    assert 'https://opora.example/letters' in text
    page = Person(office, 'yartseva').get('/letters').text
    assert 'отправлено' in page


def test_refused_letter_is_not_tried_again(office, mail):
    wish(office, email='nobody@okrug.example', week='1')
    mail.refuse = b'550 no such box here\r\n'
    assert 'отказано – 1' in remind(office, mail.port)
    mail.refuse = None
    assert 'Отправлено – 0' in remind(office, mail.port)
    assert not mail.letters
    page = Person(office, 'yartseva').get('/letters').text
    assert 'не отправлено' in page and '550' in page


def test_who_refused_hears_nothing(office, mail):
    person = wish(office, email='yartseva@okrug.example', day='1')
    assert 'отказались – 1' in remind(office, mail.port)
    assert not mail.letters
    bad = person.post('/letters', email='не адрес', day='1')
    assert bad.status == 422 and 'не адрес электронной почты' in bad.text


def test_killed_while_sending_sends_no_second(office, mail):
    wish(office, email='yartseva@okrug.example', week='1')
    mail.hang = True
    process = subprocess.Popen(
        [OPORA, '--db', office.db, 'remind', '--today', MONDAY],
        env=environment(mail.port), stdout=subprocess.DEVNULL)
    assert mail.has_text.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    second = Mail()
    assert 'Отправлено – 0' in remind(office, second.port)
    assert not second.letters
    second.close()


TERMS = """Учебный год;Период;С;По;Название
2026/2027;1 четверть;01.09.2026;23.10.2026;
2026/2027;2 четверть;02.11.2026;25.12.2026;
2026/2027;3 четверть;11.01.2027;19.03.2027;
2026/2027;4 четверть;29.03.2027;21.05.2027;
"""


def test_moved_deadlines_are_told(office, tmp_path):
    """A calendar is loaded: one notice with its rows, and a part of the letter."""
    file = tmp_path / 'четверти.csv'
    file.write_text(TERMS)
    command = [OPORA, '--db', office.db, 'calendar', 'load', str(file),
               '--source', 'приказ № 9']
    for _ in range(2):  # the second time nothing moves, and nothing is told
        done = subprocess.run(command, capture_output=True, text=True,
                              timeout=120)
        assert done.returncode == 0, done.stderr
    keeper = Person(office, 'yartseva')
    page = keeper.get('/notices').text
    told = re.findall(r'<p class="said"><b>(Изменились сроки.*?)</b>', page,
                      re.S)
    assert len(told) == 1, page
    page = told[0]
    assert 'загружен календарь учебного года (приказ № 9)' in page
    assert 'срок был с 22.12.2026 по 31.12.2026, стал с 16.12.2026 по ' \
           '25.12.2026' in page
    assert 'Почему вы: в плане названа организация без фамилии' in page
    opened = keeper.post(re.search(
        r'action="(/notices/\d+)"', keeper.get('/notices').text)[1])
    assert opened.status == 200 and (
        '/plans/' in opened.url or '/work' in opened.url)
    letters = remind(office, closed_port(), '--dry-run')
    assert 'Сроки изменились: ' in letters
    assert 'Причина: загружен календарь учебного года (приказ № 9) – ' \
           'командная строка' in letters


def test_clock_process_sends_by_itself(tmp_path, mail, monkeypatch):
    """What serve does, without anybody's command."""
    for key, value in environment(mail.port).items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv('OPORA_TODAY', MONDAY)
    hour = (time.gmtime().tm_hour + 3) % 24
    server = Server(tmp_path)
    try:
        wish(server, email='yartseva@okrug.example', week='1')
        server.stop()
        server.start()
        if hour < 7:
            pytest.skip('letters are not written at night')
        assert mail.has_text.wait(60)
        server.stop()
        server.start()
        time.sleep(3)
        assert len(mail.letters) == 1
    finally:
        server.stop()


def test_calendar_by_a_secret_address(office):
    icalendar = pytest.importorskip('icalendar')
    person = Person(office, 'yartseva')
    page = person.get('/letters').text
    choices = re.findall(r'<option value="(person [^"]+)">', page)
    assert len(choices) == 1
    answer = person.post('/letters/feeds', subject=choices[0])
    address = re.search(r'http://[^<]*/calendar/[\w-]+\.ics', answer.text)[0]
    path = address[len(office.url):]

    nobody = Person(office)
    got = nobody.get(path)
    assert got.status == 200
    assert got.headers['Content-Type'] == 'text/calendar; charset=utf-8'
    calendar = icalendar.Calendar.from_ical(got.data)
    assert 'Ярцева' in calendar['X-WR-CALNAME']
    for event in calendar.walk('VEVENT'):
        assert event['UID'] and event['DTSTART'] and 'SEQUENCE' in event
    assert nobody.get('/calendar/wrong-secret.ics').status == 404
    assert nobody.get(path[:-4]).status == 404

    # The secret stands in no log and on no page.
    secret = path.split('/')[-1][:-4]
    assert secret not in office.log.read_text()
    assert secret not in person.get('/letters').text
    person.post('/letters/feeds/end', subject=choices[0])
    assert nobody.get(path).status == 404
