"""What the program writes, read by other people's readers.

WRITE_SAMPLES names the test program that writes one file of every kind.
"""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import subprocess
import zipfile
from xml.etree import ElementTree

import docx
import html5lib
import icalendar
import openpyxl
import pytest


@pytest.fixture(scope='session')
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp('samples')
    subprocess.run([os.environ['WRITE_SAMPLES'], str(folder)], check=True)
    return folder


HEADS = ['Школа', 'Код', 'Учеников', 'Доля не справившихся', 'не справились',
         'участников', 'Средний балл', 'Дата загрузки', 'Малая', 'Примечание']


# ---- tables ---------------------------------------------------------------

def test_csv_for_programs(samples):
    rows = list(csv.reader(io.StringIO(
        (samples / 'table.csv').read_bytes().decode(), newline='')))
    assert rows[0] == ['school', 'code', 'pupils', 'low', 'low_count',
                       'low_of', 'mean', 'day', 'small', 'note']
    assert rows[2] == ['Гимназия № 3', '002', '395', '20', '3', '15', '3.46',
                       '2027-03-06', 'yes', 'Сдано в срок; замечаний нет']
    assert rows[5][0] == '=Опасная & <школа> "1"'
    assert rows[5][2:9] == [''] * 7


def test_csv_for_excel(samples):
    data = (samples / 'table-excel.csv').read_bytes()
    assert data.startswith(b'\xef\xbb\xbf')
    assert data.replace(b'\r\n', b'').count(b'\n') == 1  # inside a cell
    rows = list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline=''),
                           delimiter=';'))
    assert rows[1][6] == '3,45' and rows[1][7] == '05.03.2027'
    assert rows[5][0] == '\'=Опасная & <школа> "1"'


def test_json(samples):
    rows = json.loads((samples / 'table.json').read_bytes().decode(
        errors='surrogateescape'))
    assert rows[1]['low'] == {'percent': 20, 'count': 3, 'of': 15}
    assert rows[4]['low'] is None and rows[4]['pupils'] is None


def test_workbook_has_true_types(samples):
    book = openpyxl.load_workbook(samples / 'table.xlsx')
    assert book.sheetnames == ['Результаты  ВПР  2026', 'Источники']
    assert book.properties.title == 'Результаты: ВПР [2026]'
    assert book.properties.created.date() == datetime.date(2027, 2, 18)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    assert [c.value for c in rows[0]] == HEADS
    assert all(c.font.bold and c.alignment.wrap_text for c in rows[0])
    name, code, pupils, share, count, of, mean, day, small, note = rows[2]
    assert (name.value, code.value) == ('Гимназия № 3', '002')
    assert pupils.value == 395 and isinstance(pupils.value, int)
    assert share.value == 0.2 and share.number_format == '0.0%'
    assert (count.value, of.value) == (3, 15)
    assert mean.value == 3.46 and mean.number_format == '0.00'
    assert day.value == datetime.datetime(2027, 3, 6) and day.is_date
    assert (small.value, note.value) == ('да', 'Сдано в срок; замечаний нет')
    assert rows[5][0].value == '=Опасная & <школа> "1"'
    assert rows[5][0].data_type != 'f'
    assert [c.value for c in rows[5][2:9]] == [None] * 7
    assert rows[5][9].value == 'Первая строка\nвторая  строка \ufffd'


def test_workbook_is_convenient(samples):
    sheet = openpyxl.load_workbook(samples / 'table.xlsx').worksheets[0]
    assert sheet.freeze_panes == 'A2'
    assert sheet.auto_filter.ref == 'A1:J6'
    assert sheet.print_title_rows == '$1:$1'
    assert sheet.page_setup.orientation == 'landscape'
    assert sheet.page_setup.paperSize == 9
    assert sheet.column_dimensions['A'].width > 18
    sources = openpyxl.load_workbook(samples / 'table.xlsx')['Источники']
    assert sources['A2'].value == 'Методика'


def test_several_tables_in_one_workbook(samples):
    book = openpyxl.load_workbook(samples / 'book.xlsx')
    assert book.sheetnames == ['Результаты', 'Результаты (2)',
                               'Результаты (3)']
    assert [s.max_row for s in book] == [6, 6, 6]


# ---- calendar -------------------------------------------------------------

def test_calendar(samples):
    calendar = icalendar.Calendar.from_ical(
        (samples / 'calendar.ics').read_bytes())
    assert calendar['X-WR-CALNAME'] == 'Дорожная карта 2026/27'
    first, second = calendar.walk('VEVENT')
    assert first['UID'] == 'm12-2027-03-31@opora'
    assert first['SEQUENCE'] == 1
    assert first.decoded('DTSTART') == datetime.date(2027, 3, 31)
    assert first.decoded('DTEND') == datetime.date(2027, 4, 1)
    assert first.decoded('DTSTAMP') == datetime.datetime(
        2027, 2, 18, 7, 42, 5, tzinfo=first.decoded('DTSTAMP').tzinfo)
    assert first['SUMMARY'] == ('2.2. Провести пробный ОГЭ; разбор ошибок, '
                                'сводка по школам \\ для кураторов')
    assert '\n' in first['DESCRIPTION']
    assert first.walk('VALARM')[0].decoded('TRIGGER') == \
        datetime.timedelta(days=-14)
    assert dict(second['RRULE']) == {
        'FREQ': ['MONTHLY'], 'INTERVAL': [2], 'COUNT': [4]}
    assert second['STATUS'] == 'CANCELLED'
    assert calendar.to_ical()  # nothing it would refuse to write again


# ---- documents ------------------------------------------------------------

W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'


def test_docx_text_and_styles(samples):
    document = docx.Document(samples / 'order.docx')
    assert document.core_properties.title == 'Приказ № 112 «О карте» & <прочее>'
    assert document.core_properties.created.date() == \
        datetime.date(2027, 2, 18)
    texts = [(p.style.name, p.text) for p in document.paragraphs]
    assert ('Heading 1', 'ПРИКАЗ') in texts
    assert ('Реквизиты', '18.02.2027\t№ 112') in texts
    assert ('По центру', 'Об утверждении дорожной карты\n'
                         'адресной помощи школам') in texts
    clause = next(p for p in document.paragraphs
                  if p.text.startswith('представить отчёт'))
    assert clause.text == ('представить отчёт с приложением: <форма № 1> & '
                           'акт "О посещении".')
    assert clause._p.pPr.numPr.ilvl.val == 1
    body = document.styles['Основной текст']
    assert body.font.size.pt == 14
    assert round(body.paragraph_format.first_line_indent.mm, 1) == 12.5
    assert document.styles['Ячейка'].font.size.pt == 12


def test_docx_pages(samples):
    document = docx.Document(samples / 'order.docx')
    sizes = [(round(s.page_width.mm), round(s.page_height.mm))
             for s in document.sections]
    assert sizes == [(210, 297), (297, 210), (297, 420)]
    first = document.sections[0]
    assert [round(m.mm) for m in (first.left_margin, first.right_margin,
                                  first.top_margin, first.bottom_margin)] \
        == [30, 15, 20, 20]
    assert first.different_first_page_header_footer
    foot = first.footer.paragraphs[0]
    assert foot.text.startswith('Редакция № 2 от 18.02.2027\t')
    fields = [e.text.strip() for e in foot._p.iter(W + 'instrText')]
    assert fields == ['PAGE', 'NUMPAGES']
    assert ' из ' in foot.text
    assert first.header.paragraphs[0].text.startswith('Управление')


def test_docx_tables(samples):
    document = docx.Document(samples / 'order.docx')
    plan = max(document.tables, key=lambda t: len(t.rows))
    assert len(plan.rows) == 1 + 60 + 3 + 1  # head, measures, sections, total
    head = plan.rows[0]
    assert [c.text for c in head.cells][:2] == ['№ п/п', 'Мероприятие']
    assert head._tr.trPr.find(W + 'tblHeader') is not None
    assert all(r._tr.trPr.find(W + 'cantSplit') is not None
               for r in plan.rows)
    assert plan.rows[1].cells[0].text == '1. Выявление причин'
    assert len(plan.rows[1]._tr.tc_lst) == 1
    widths = [int(c.get(W + 'w')) for c in plan._tbl.tblGrid]
    assert round(sum(widths) / 56.69) == 257  # mm between the margins
    sign = next(t for t in document.tables if len(t.columns) == 3)
    assert sign.rows[0].cells[2].text == 'П. А. Ярцева'


def test_docx_pictures_are_described(samples):
    document = docx.Document(samples / 'order.docx')
    shapes = document.inline_shapes
    assert len(shapes) == 4
    assert round(shapes[0].width.mm) == 165
    described = [s._inline.docPr.get('descr') for s in shapes]
    assert described[0].startswith('Не справились с ОГЭ по математике')
    parts = {r.target_ref for r in document.part.rels.values()}
    assert {f'media/picture{n}.png' for n in (1, 2, 3, 4)} <= parts


def odt_part(samples, name):
    with zipfile.ZipFile(samples / 'order.odt') as archive:
        return ElementTree.fromstring(archive.read(name))


OD = 'urn:oasis:names:tc:opendocument:xmlns:'


def test_odt(samples):
    with zipfile.ZipFile(samples / 'order.odt') as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ('mimetype', 0)
        assert archive.read('mimetype') == \
            b'application/vnd.oasis.opendocument.text'
        listed = {e.get(f'{{{OD}manifest:1.0}}full-path') for e in
                  ElementTree.fromstring(archive.read(
                      'META-INF/manifest.xml'))}
        assert set(archive.namelist()) - {'mimetype', 'META-INF/manifest.xml'} \
            == listed - {'/'}
    content = odt_part(samples, 'content.xml')
    text = f'{{{OD}text:1.0}}'
    table = f'{{{OD}table:1.0}}'
    headings = [h.text for h in content.iter(text + 'h')]
    assert headings[:2] == ['ПРИКАЗ', 'Аналитическая справка']
    tables = list(content.iter(table + 'table'))
    plan = max(tables, key=lambda t: len(list(t.iter(table + 'table-row'))))
    assert len(list(plan.iter(table + 'table-row'))) == 65
    assert plan.find(table + 'table-header-rows') is not None
    # every style that is used is there
    styles = {s.get(f'{{{OD}style:1.0}}name')
              for part in (content, odt_part(samples, 'styles.xml'))
              for s in part.iter() if s.get(f'{{{OD}style:1.0}}name')}
    used = {e.get(text + 'style-name') for e in content.iter()} | \
        {e.get(table + 'style-name') for e in content.iter()}
    assert used - {None} <= styles


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def test_pdf(samples):
    path = samples / 'order.pdf'
    about = run('pdfinfo', path)
    assert 'Приказ № 112 «О карте» & <прочее>' in about
    pages = int(re.search(r'Pages:\s+(\d+)', about)[1])
    fonts = run('pdffonts', path).splitlines()[2:]
    assert fonts and all(re.search(r'yes yes (yes|no)\s', f) for f in fonts)
    assert any('Serif' in f for f in fonts)
    text = run('pdftotext', '-layout', path, '-').split('\f')[:-1]
    assert len(text) == pages
    for number, page in enumerate(text, 1):
        assert f'{number} из {pages}' in page
    head = [n for n, page in enumerate(text)
            if 'Мероприятие' in page and 'Ответственные' in page]
    rows = [n for n, page in enumerate(text)
            if re.search(r'^\s*[1-3]\.\d+\s', page, re.M) and n >= head[0]
            and 'этап' in page]
    assert len(head) > 4 and set(rows) <= set(head)  # repeated on each page
    whole = re.sub(r'\s+', ' ', ' '.join(text))
    assert '2.2. представить отчёт с приложением: <форма № 1> & акт "О ' \
        'посещении".' in whole
    # the running head is not on the first page
    assert 'Управление образования администрации' not in text[0]
    assert 'Управление образования администрации' in text[1]


def test_pdf_keeps_headings_with_what_they_announce(samples):
    text = run('pdftotext', '-layout', samples / 'order.pdf', '-').split('\f')
    page = next(t for t in text if 'По школам' in t)
    assert 'Вьюжинская СОШ' in page


def test_pdf_turns_and_grows_its_pages(samples):
    sizes = re.findall(r'Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)', run(
        'pdfinfo', '-f', '1', '-l', '99', samples / 'order.pdf'))
    kinds = {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4))
             for w, h in sizes}
    assert kinds == {(210, 297), (297, 210), (297, 420)}


def test_html(samples):
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(
        '<!DOCTYPE html><html><head><title>x</title></head><body>'
        + (samples / 'order.html').read_text() + '</body></html>')
    h = '{http://www.w3.org/1999/xhtml}'
    assert [e.text for e in tree.iter(h + 'h1')][0] == 'ПРИКАЗ'
    rows = [e for e in tree.iter(h + 'tr')]
    assert len(rows) == 65
    assert all('style' not in e.attrib for e in tree.iter())
    svg = list(tree.iter('{http://www.w3.org/2000/svg}svg'))
    assert len(svg) == 4 and all(s.get('role') == 'img' for s in svg)


def test_awkward_content_is_whole(samples):
    text = run('pdftotext', '-layout', samples / 'awkward.pdf', '-')
    lines = [int(n) for n in re.findall(r'строка (\d+)', text)]
    assert lines == list(range(1, 301))
    assert len(re.findall('[Щщ]', text)) == 1800  # twice, cut into lines
    assert 'пусто выше' in text and '\ufffd' in text
    pages = text.split('\f')[:-1]
    tall = [p for p in pages if 'строка' in p]
    assert len(tall) > 5 and all('Мероприятие' in p for p in tall)
    document = docx.Document(samples / 'awkward.docx')
    cells = document.tables[0].rows[1].cells
    assert cells[1].text.count('строка') == 300
    assert cells[3].text == ''
    odt = ElementTree.tostring(ElementTree.fromstring(zipfile.ZipFile(
        samples / 'awkward.odt').read('content.xml')), 'unicode')
    assert odt.count('строка') == 300
    html5lib.HTMLParser(strict=True).parse(
        '<!DOCTYPE html><html><head><title>x</title></head><body>'
        + (samples / 'awkward.html').read_text() + '</body></html>')


def test_empty_document(samples):
    assert len(docx.Document(samples / 'empty.docx').paragraphs) == 0
    assert 'Pages:           1' in run('pdfinfo', samples / 'empty.pdf')
    assert (samples / 'empty.html').read_text() == ''


# ---- pictures -------------------------------------------------------------

PICTURES = ['lines', 'bars', 'lying', 'intervals', 'unknown', 'heat',
            'ribbon-12', 'ribbon-24']


@pytest.mark.parametrize('name', PICTURES)
def test_svg_is_well_formed_and_inside_its_frame(samples, name):
    root = ElementTree.parse(samples / f'{name}.svg').getroot()
    _, _, width, height = map(float, root.get('viewBox').split())
    for e in root.iter():
        for key in ('x', 'cx'):
            if e.get(key):
                assert 0 <= float(e.get(key)) <= width, e.attrib
        for key in ('y', 'cy'):
            if e.get(key):
                assert 0 <= float(e.get(key)) <= height, e.attrib
    # whatever is a mark of a value says so to the pointer
    for group in root.iter():
        if group.tag in ('g', 'a'):
            assert group.find('title') is not None


# ---- the same tree, the same bytes ----------------------------------------

def test_files_do_not_depend_on_the_moment(samples, tmp_path):
    env = dict(os.environ, TZ='Asia/Vladivostok', LC_ALL='C')
    subprocess.run([os.environ['WRITE_SAMPLES'], str(tmp_path)], check=True,
                   env=env)
    for path in sorted(samples.iterdir()):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), \
            path.name
