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


# ---- what cannot be read -----------------------------------------------------

def encrypted():
    """What Word makes of a document with a password: a compound file with a
    stream EncryptedPackage, here without its content."""
    head = bytearray(b'\xff' * 512)
    head[:8] = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
    head[8:76] = bytes(16) + bytes.fromhex('3e000300feff09000600') + \
        bytes(10) + (1).to_bytes(4, 'little') + (1).to_bytes(4, 'little') + \
        bytes(4) + (4096).to_bytes(4, 'little') + b'\xfe\xff\xff\xff' + \
        bytes(4) + b'\xfe\xff\xff\xff' + bytes(4)
    head[76:80] = bytes(4)
    table = bytearray(b'\xff' * 512)
    table[:8] = b'\xfd\xff\xff\xff\xfe\xff\xff\xff'
    folder = bytearray(512)
    for i, (name, kind, right, child) in enumerate((
            ('Root Entry', 5, -1, 1), ('EncryptionInfo', 2, 2, -1),
            ('EncryptedPackage', 2, -1, -1))):
        words = name.encode('utf-16-le')
        at = 128 * i
        folder[at:at + len(words)] = words
        folder[at + 64] = len(words) + 2
        folder[at + 66] = kind
        for place, value in ((68, -1), (72, right), (76, child), (116, -2)):
            folder[at + place:at + place + 4] = value.to_bytes(
                4, 'little', signed=True)
    return bytes(head + table + folder)


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr('план.txt', 'не документ')
    return out.getvalue()


REFUSED = {
    'half of a document': (
        lambda: saved(document(rows_of(5)))[:9000], 'повреждён'),
    'broken inside': (
        lambda: with_part(saved(document(rows_of(5))), 'word/document.xml',
                          '<w:document><w:body>'), 'повреждён'),
    'an archive': (archive, 'Это архив ZIP'),
    'a picture': (lambda: b'\x89PNG\r\n\x1a\n' + bytes(40), 'Это картинка'),
    'a password': (encrypted, 'Файл защищён паролем. Снимите пароль'),
    'plain text': (lambda: 'Просто письмо'.encode(), 'не похожа на план'),
    'no table': (lambda: saved(docx.Document()), 'В файле нет таблиц'),
    'another table': (
        lambda: saved(document([['1', '2']], ['Школа', 'Учеников'])),
        'не похожа на план'),
}


@pytest.mark.parametrize('what', REFUSED)
def test_refused_file_leaves_nothing(server, place, what):
    data, sentence = REFUSED[what][0](), REFUSED[what][1]
    path = place.file('карта.docx', data)
    done = place.run('import', 'plan', path, code=65)
    assert sentence in done.stderr
    assert len(re.findall(r'[.!]', done.stderr)) >= 2, done.stderr
    assert not place.run('plan', 'list', '--format',
                         'csv').stdout.splitlines()[1:]

    who = Person(server, 'yartseva')
    who.get('/plans/import')
    answer = who.upload('/plans/import', 'карта.docx', data, table='')
    assert answer.status == 422
    assert sentence in answer.text and 'aria-invalid' in answer.text
    assert 'name="file"' in answer.text


# ---- what is read in spite of it ---------------------------------------------

def preview(server, data):
    who = Person(server, 'yartseva')
    who.get('/plans/import')
    answer = who.upload('/plans/import', 'карта.docx', data, table='')
    assert answer.status == 200, answer.text
    return answer.text


def kept_file(tmp_path, data):
    path = tmp_path / 'карта.docx'
    path.write_bytes(data)
    return path


def test_table_without_deadlines(server, tmp_path):
    data = saved(document([[r[0], r[1], r[3]] for r in rows_of(4)],
                          ['№', 'Мероприятие', 'Ответственные']))
    reading = check(kept_file(tmp_path, data))
    assert len(reading['measures']) == 4
    assert any('нет графы со сроками' in w['text']
               for w in reading['warnings'])
    assert 'Впишите их в черновике' in preview(server, data)


def test_five_thousand_rows(server, tmp_path):
    data = saved(document(rows_of(5000)))
    reading = check(kept_file(tmp_path, data))
    assert len(reading['measures']) == 5000
    assert reading['measures'][-1]['number'] == '250.20.'
    text = preview(server, data)
    assert 'Показаны первые 600 строк из 5000' in text


def test_tables_in_cells(server, tmp_path):
    d = document(rows_of(3))
    inner = d.tables[0].rows[2].cells[4].add_table(rows=1, cols=2)
    for cell in inner.rows[0].cells:
        cell.text = 'вложенное'
    data = saved(d)
    reading = check(kept_file(tmp_path, data))
    assert len(reading['measures']) == 3
    assert reading['measures'][1]['result'] == 'справка 2'
    assert [w['text'] for w in reading['left_out']] == ['вложенное'] * 2
    assert 'стоит другая таблица' in preview(server, data)
    # A plan that stands whole in a frame of one cell is the plan.
    d = docx.Document()
    d.add_paragraph(TITLE)
    inner = d.add_table(rows=1, cols=1).rows[0].cells[0].add_table(0, 5)
    for row in [HEADS] + rows_of(3):
        for cell, text in zip(inner.add_row().cells, row):
            cell.text = text
    assert len(check(kept_file(tmp_path, saved(d)))['measures']) == 3


def test_tracked_changes(server, tmp_path):
    d = document(rows_of(3))
    cell = d.tables[0].rows[1].cells[2]
    paragraph = cell.paragraphs[0]
    paragraph.clear()
    for tag, word, text in (('del', 'delText', 'до 1 марта'),
                            ('ins', 't', 'до 20 апреля')):
        paragraph._p.append(parse_xml(
            f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{word}>'
            f'{text}</w:{word}></w:r></w:{tag}>'))
    gone = d.tables[0].rows[3]._tr
    gone.get_or_add_trPr().append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="2" w:author="a"/>'))
    data = saved(d)
    reading = check(kept_file(tmp_path, data))
    assert [m['deadline'] for m in reading['measures']] == ['до 20 апреля',
                                                           'ноябрь']
    assert 'до 1 марта' not in json.dumps(reading, ensure_ascii=False)
    text = preview(server, data)
    assert 'В файле есть исправления' in text and 'до 1 марта' not in text


FOOTNOTES = (
    '<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats'
    '.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>'
    'кроме начальных школ</w:t></w:r></w:p></w:footnote></w:footnotes>')


def test_footnotes_and_text_boxes(server, tmp_path):
    d = document(rows_of(3))
    cell = d.tables[0].rows[1].cells[3].paragraphs[0]._p
    cell.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference '
                          'w:id="2"/></w:r>'))
    d.paragraphs[0]._p.append(parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Согласовано с '
        'советом</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>'
        '</w:pict></w:r>'))
    data = saved(d)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        links = z.read('word/_rels/document.xml.rels').decode()
    data = with_part(data, 'word/footnotes.xml', FOOTNOTES)
    data = with_part(data, 'word/_rels/document.xml.rels', links.replace(
        '</Relationships>',
        '<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'))
    reading = check(kept_file(tmp_path, data))
    left = [w['text'] for w in reading['left_out']]
    assert left == ['Надпись в рамке: Согласовано с советом',
                    'Сноска: кроме начальных школ']
    assert reading['measures'][0]['responsible'] == ['Управление образования']
    text = preview(server, data)
    assert 'Надпись в рамке: Согласовано' in text and 'Сноска: кроме' in text
