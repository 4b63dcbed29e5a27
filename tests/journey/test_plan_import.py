"""Road maps out of Word, whole and broken: what comes in is printed and read
back with nothing lost, also by python-docx; what cannot be read is refused in
a sentence with a way out, and nothing is kept of it."""
import io
import json
import pathlib
import re
import subprocess
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from conftest import PROGRAM, TOP, Person

SOURCES = TOP.parent / 'shared/data/roadmaps'
HEADS = ['№', 'Мероприятие', 'Сроки', 'Ответственные', 'Результат']
TITLE = 'Дорожная карта поддержки школ на 2026/2027 учебный год'


# ---- documents ---------------------------------------------------------------

def document(rows, heads=HEADS, clauses=()):
    d = docx.Document()
    if clauses:
        for text in ('ПРИКАЗ', 'от 03.09.2026 № 145', 'ПРИКАЗЫВАЮ:', *clauses,
                     'Начальник управления И. О. Громов'):
            d.add_paragraph(text)
    d.add_paragraph(TITLE)
    t = d.add_table(rows=0, cols=len(heads))
    for row in ([heads] if heads else []) + rows:
        for cell, text in zip(t.add_row()._tr.tc_lst, row):
            cell.p_lst[0].add_r().text = text
    return d


def saved(d):
    out = io.BytesIO()
    d.save(out)
    return out.getvalue()


def with_part(data, name, content):
    """The same package with one part more, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, \
            zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return out.getvalue()


def rows_of(n):
    when = ['до 15 октября', 'ноябрь', '1 раз в четверть', 'февраль – март']
    who = ['Управление образования', 'руководители ОО', 'методисты']
    return [[f'{i // 20 + 1}.{i % 20 + 1}.', f'Провести дело № {i + 1}',
             when[i % 4], who[i % 3], f'справка {i + 1}'] for i in range(n)]


# ---- whole and back ----------------------------------------------------------

def check(path):
    done = subprocess.run(
        [PROGRAM, 'import', 'plan', str(path), '--check', '--format', 'json'],
        capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def dashed(day):
    return '.'.join(reversed(day.split('-')))


def make_draft(who, data, reading):
    who.get('/plans/import')
    answer = who.upload('/plans/import', 'карта.docx', data, table='')
    assert answer.status == 200
    assert 'Прочитано' in answer.text
    period = reading['period']
    made = who.post(answer.url[len(who.server.url):], title=reading['title'],
                    **{'from': dashed(period['from']),
                       'to': dashed(period['to'])})
    assert 'Черновик готов' in made.text, made.text
    return made.url[len(who.server.url):].split('?')[0]


def squeezed(text):
    return re.sub(r'\s+', ' ', text).strip().casefold().rstrip('.;')


def same_rows(was, now, words):
    """The same rows in the same order, and each in one row of the paper."""
    assert len(was) == len(now)
    for a, b in zip(was, now):
        for field in ('title', 'deadline', 'responsible'):
            x, y = a[field], b[field]
            if field == 'title':
                x, y = squeezed(x), squeezed(y)
            assert x == y, (a['number'], field)
        assert a['parsed']['windows'] == b['parsed']['windows']
        if words is not None:
            wanted = [a['title'], a['deadline'], *a['responsible']]
            assert any(all(squeezed(w) in row for w in wanted)
                       for row in words), a


def check_round(server, path, folder):
    was = check(path)
    who = Person(server, 'yartseva')
    plan = make_draft(who, pathlib.Path(path).read_bytes(), was)
    printed = folder / 'printed.docx'
    printed.write_bytes(who.get(plan + '/docx').data)
    now = check(printed)
    d = docx.Document(printed)
    words = [squeezed(' '.join(c.text for c in row.cells))
             for t in d.tables for row in t.rows]
    text = squeezed(' '.join(p.text for p in d.paragraphs))

    same_rows(was['measures'], now['measures'], words)
    same_rows(was['control_points'], now['control_points'], words)
    same_rows(was['orders'], now['orders'], None)
    for clause in was['orders']:
        assert squeezed(clause['title']) in text
        assert squeezed(clause['deadline']) in text
        assert all(squeezed(w) in text for w in clause['responsible'])
    assert [(p['name'], p['post'], p['area']) for p in was['people']] == \
        [(p['name'], p['post'], p['area']) for p in now['people']]
    return was, now


def test_rows_and_clauses_come_back_from_paper(server, tmp_path):
    path = tmp_path / 'план.docx'
    path.write_bytes(saved(document(rows_of(30), clauses=[
        '1. Утвердить прилагаемую дорожную карту.',
        '2. Отделу школ (Вьюжина А. П.) обеспечить контроль за планом.',
        '3. Директорам школ:',
        '3.1. Назначить координатора в срок до 20.09.2026.',
        '3.2. Составить школьные планы.',
        '4. Контроль за исполнением приказа возложить на Ручьёва И. О.'])))
    was, now = check_round(server, path, tmp_path)
    assert len(was['measures']) == 30
    assert [c['number'] for c in was['orders']] == ['2', '3.1', '3.2']
    assert any('нет срока' in w['text'] for w in was['warnings'])
    assert any('Утвердить прилагаемую' in w['text'] for w in was['left_out'])


@pytest.mark.skipif(not SOURCES.exists(), reason='the sources are not here')
@pytest.mark.parametrize('name', ['pechenga', 'barabinsk', 'buinsk',
                                  'georgievsk', 'norilsk'])
def test_source_plan_comes_back_from_paper(server, tmp_path, name):
    check_round(server, SOURCES / f'{name}.docx', tmp_path)
