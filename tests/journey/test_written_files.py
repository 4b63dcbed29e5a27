"""What the program writes, read by other people's readers.

WRITE_SAMPLES names the test program that writes one file of every kind.
"""
import csv
import datetime
import io
import json
import os
import pathlib
import subprocess

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
