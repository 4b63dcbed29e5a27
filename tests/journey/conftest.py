"""What the journeys share: the program, an empty place, the demonstration."""
import os
import pathlib
import re
import shutil
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OPORA_BUILD', TOP / 'build-test'))
PROGRAM = BUILD / 'opora'
os.environ.setdefault('LSAN_OPTIONS', f'suppressions={TOP}/tests/lsan.supp:print_suppressions=0')


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


@pytest.fixture(scope='session')
def demo(tmp_path_factory):
    """The demonstration, filled once; accounts by role title."""
    p = Place(tmp_path_factory.mktemp('demo'))
    done = p.run('demo')
    p.accounts = {}
    for line in done.stdout.splitlines():
        role, login, password = line.split('\t')
        p.accounts[role] = (login, password)
    return p


class Server:
    def __init__(self, place):
        self.process = subprocess.Popen(
            [PROGRAM, '--db', place.db, 'serve', '--listen', '127.0.0.1:0'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = re.search(r'http://\S+', self.process.stdout.readline())[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope='session')
def site(demo):
    server = Server(demo)
    yield server
    server.stop()
