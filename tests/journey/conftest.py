"""What the journeys share: the command line in an empty place, and a real
server on a fresh demonstration, for scenarios over HTTP and in a browser.

$OPORA is the program, or $OPORA_BUILD the folder it was built in; without
either these tests are skipped.  $OPORA_RELEASE is the program as ./run builds
it: what only an optimised build does wrong is found there.
"""
import http.cookiejar
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest

OPORA = os.environ.get('OPORA')
if not OPORA and os.environ.get('OPORA_BUILD'):
    OPORA = os.environ['OPORA_BUILD'] + '/opora'

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = OPORA or str(TOP / 'build-test/opora')
RELEASE = os.environ.get('OPORA_RELEASE')
os.environ.setdefault(
    'LSAN_OPTIONS', f'suppressions={TOP}/tests/lsan.supp:print_suppressions=0')


class Server:
    """The program serving one database, from start to stop."""

    def __init__(self, folder, db=None, program=OPORA):
        self.folder = pathlib.Path(folder)
        self.program = program
        self.db = db or str(self.folder / 'demo.db')
        self.log = self.folder / 'serve.log'
        done = subprocess.run([program, '--db', self.db, 'demo'],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        self.accounts = {}
        for line in done.stdout.splitlines():
            role, login, password = line.split('\t')
            self.accounts[login] = (role, password)
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, '--db', self.db, 'serve', '--listen', '127.0.0.1:0',
             '--backups', str(self.folder)],
            stdout=subprocess.PIPE, stderr=open(self.log, 'a'), text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith('http://'), self.log.read_text()
        self.port = int(self.url.rsplit(':', 1)[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def raw(self, data, wait=2.0):
        """What the server answers to these very bytes, and whether it closes."""
        with socket.create_connection(('127.0.0.1', self.port), 5) as s:
            s.settimeout(wait)
            s.sendall(data)
            got = b''
            try:
                while True:
                    part = s.recv(65536)
                    if not part:
                        return got, True
                    got += part
            except (TimeoutError, socket.timeout):
                return got, False
            except ConnectionError:
                return got, True


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Person:
    """Somebody with a cookie jar: pages, forms, files."""

    def __init__(self, server, login=None):
        self.server = server
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar))
        if login:
            self.get('/sign-in')
            answer = self.post('/sign-in', login=login,
                               password=server.accounts[login][1])
            assert answer.status == 200, answer.text

    def open(self, request):
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        answer.data = answer.read()
        answer.text = answer.data.decode('utf-8', 'replace')
        found = re.search(r'name="mark" value="([0-9a-f]+)"', answer.text)
        if found:
            self.mark = found[1]
        return answer

    def get(self, path, **headers):
        return self.open(urllib.request.Request(
            self.server.url + path, headers=headers))

    def post(self, path, **fields):
        fields.setdefault('mark', getattr(self, 'mark', ''))
        return self.open(urllib.request.Request(
            self.server.url + path,
            urllib.parse.urlencode(fields).encode()))

    def upload(self, path, file_name, data, **fields):
        fields.setdefault('mark', self.mark)
        edge = 'x' + uuid.uuid4().hex
        body = b''
        for key, value in fields.items():
            body += (f'--{edge}\r\nContent-Disposition: form-data; '
                     f'name="{key}"\r\n\r\n{value}\r\n').encode()
        body += (f'--{edge}\r\nContent-Disposition: form-data; name="file"; '
                 f'filename="{file_name}"\r\n\r\n').encode()
        body += data + f'\r\n--{edge}--\r\n'.encode()
        return self.open(urllib.request.Request(
            self.server.url + path, body,
            {'Content-Type': f'multipart/form-data; boundary={edge}'}))


def serving(program):
    """A server for the whole session, none of whose processes may die."""
    if not program:
        pytest.skip('no program is named in the environment')
    folder = tempfile.mkdtemp(prefix='opora-journey-')
    running = Server(folder, program=program)
    yield running
    if running.process.poll() is None:
        running.stop()
    log = running.log.read_text()
    shutil.rmtree(folder)
    assert 'ERROR: AddressSanitizer' not in log, log
    assert 'runtime error' not in log, log
    assert 'starting it again' not in log or 'killed by a test' in log, log


@pytest.fixture(scope='session')
def server():
    yield from serving(OPORA)


@pytest.fixture(scope='session')
def release():
    yield from serving(RELEASE)


@pytest.fixture
def coordinator(server):
    return Person(server, 'yartseva')


@pytest.fixture
def head(server):
    return Person(server, 'glebov')


@pytest.fixture
def admin(server):
    return Person(server, 'admin')


@pytest.fixture
def school(server):
    return Person(server, 'lugozerskaya')


@pytest.fixture
def nobody(server):
    return Person(server)


class Place:
    """A folder with one database and a command line."""

    def __init__(self, folder):
        self.folder = folder
        self.db = folder / 'opora.db'

    def run(self, *words, code=0, **more):
        done = subprocess.run([PROGRAM, '--db', self.db, *map(str, words)],
                              capture_output=True, text=True, cwd=self.folder,
                              timeout=300, **more)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def file(self, name, text, encoding='utf-8'):
        path = self.folder / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    def rows(self, what):
        done = self.run('export', what, '--format', 'csv')
        return [line.split(',') for line in done.stdout.splitlines()[1:]]


SCHOOLS = '''code,name,kind,locality,small,logins
0101,Вьюжинская СОШ,sosh,rural,yes,edu77000101 sch77000991
0102,Гимназия № 3,gymnasium,urban,no,edu77000102
0103,Начальная школа № 7,nosh,urban,no,
'''


@pytest.fixture
def place(tmp_path):
    p = Place(tmp_path)
    p.run('init', '--name', 'Среднеозерский муниципальный округ')
    return p


@pytest.fixture
def schools(place):
    place.run('import', 'schools', place.file('schools.csv', SCHOOLS))
    return place
