"""Files that people and strangers bring: what is loaded, what is refused, and
what must never be found on the disk afterwards."""
import csv
import io
import os
import signal
import subprocess
import time
import zipfile

import openpyxl
import pytest

from conftest import PROGRAM, SCHOOLS

RESULTS = '''school,year,procedure,participants,failed
0101,2022/2023,oge-math,10,3
0101,2022/2023,oge-rus,10,4
0102,2022/2023,oge-math,85,2
'''


def workbook(path, rows, sheet='Лист1'):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_results_to_a_list(schools):
    schools.run('import', 'results', schools.file('r.csv', RESULTS))
    done = schools.run('identify', 'shnor', '--year', '2023/2024', '--format', 'csv')
    assert done.stdout.splitlines() == [
        'school,status,criteria,low',
        '0101,listed,K1,2022/2023:oge-math 2022/2023:oge-rus',
        '0102,not_listed,,', '0103,not_applicable,,']


@pytest.mark.parametrize('encoding,separator', [
    ('utf-8-sig', ';'), ('cp1251', ';'), ('utf-8', '\t'), ('cp1251', ',')])
def test_spellings_of_csv(schools, encoding, separator):
    text = ('Код школы,Учебный год,Процедура,Участников,Не справились\n'
            '101,2022/2023,oge-math,10,3\n').replace(',', separator)
    schools.run('import', 'auto', schools.file('r.csv', text, encoding))
    assert schools.rows('results') == [['0101', '2022/2023', 'oge-math', '10', '3']]


def test_same_columns_as_xlsx_and_ods(schools):
    rows = list(csv.reader(io.StringIO(RESULTS)))
    path = workbook(schools.folder / 'r.xlsx', rows)
    schools.run('import', 'auto', path)
    assert len(schools.rows('results')) == 3
    subprocess.run(['soffice', '--headless', '--convert-to', 'ods', '--outdir',
                    schools.folder, path], check=True, capture_output=True,
                   env=dict(os.environ, HOME=str(schools.folder)))
    done = schools.run('import', 'auto', schools.folder / 'r.ods')
    assert 'без изменений 3' in done.stdout


def test_export_loads_back(schools):
    schools.run('import', 'results', schools.file('r.csv', RESULTS))
    out = schools.run('export', 'results', '--format', 'csv').stdout
    out = out.replace('0102', '"0102"')  # another file, the same numbers
    done = schools.run('import', 'results', schools.file('back.csv', out))
    assert 'без изменений 3' in done.stdout and 'добавлено 0' in done.stdout


def test_everything_wrong_is_said_at_once_and_nothing_is_written(schools):
    bad = RESULTS + '7777,2022/2023,oge-math,9,1\n0102,2022/2023,oge-rus,5,9\n' \
                    '0102,2022/2023,vpr-dance,5,1\n'
    done = schools.run('import', 'results', schools.file('r.csv', bad), code=65)
    assert 'строка 5' in done.stderr and 'строка 6' in done.stderr
    assert 'строка 7' in done.stderr
    assert schools.rows('results') == []


def test_refused_rows_come_out_mended_and_load_back(schools):
    bad = RESULTS + '7777,2022/2023,oge-rus,9,1\n'
    out = schools.folder / 'refused.csv'
    schools.run('import', 'results', schools.file('r.csv', bad), '--partial',
                '--refused', out)
    assert len(schools.rows('results')) == 3
    mended = out.read_text().replace('7777', '0102')
    schools.run('import', 'results', schools.file('mended.csv', mended))
    assert len(schools.rows('results')) == 4


def test_a_file_broken_on_the_way_is_not_loaded_in_part(schools):
    """Nobody knows what stood behind the quote, so it could not be given back."""
    head = 'school,year,procedure,code,mark,score,attempt,graduate\n'
    rows = '0101,2022/2023,vpr-math-5,1,3,,,\n"0101,2022/2023,vpr-math-5,2,2,,,\n'
    out = schools.folder / 'refused.csv'
    done = schools.run('import', 'pupils', schools.file('p.csv', head + rows),
                       '--partial', '--refused', out, code=65)
    assert 'кавычка, которая нигде не закрыта' in done.stderr
    assert 'Ничего не записано' in done.stdout
    assert schools.rows('results') == [] and not out.exists()
    assert 'p.csv' not in schools.run('load', 'list').stdout


NEW_SCHOOL = SCHOOLS.splitlines()[0] + '\n0104,Зареченская СОШ,sosh,rural,no,\n'


def protocol_rows(*people):
    return [['01 - Русский язык 2023.05.29'],
            ['№', 'Код МСУ', 'Код ОО', 'Класс', 'Код ППЭ', 'Аудитория', 'Фамилия',
             'Имя', 'Отчество', 'Серия', 'Номер', 'Задания с кратким ответом',
             'Задания с развёрнутым ответом', 'Первичный балл', 'Балл'],
            *([n, 111, school, '11А', 5001, 1, 'Барсукова', 'Имя', 'Отчество',
               '7788', 991100 + n, '+', '1(1)', 20, score]
              for n, (school, score) in enumerate(people, 1))]


def test_unknown_school_of_a_protocol_comes_out_in_the_protocols_shape(schools):
    """One shape: rows of people, not the counts made of them; and they load."""
    path = workbook(schools.folder / 'p.xlsx', protocol_rows(
        ('0101', 20), ('0104', 23), ('0104', 24), ('0103', 'ошибка'), ('0101', 50)))
    out = schools.folder / 'refused.csv'
    schools.run('import', 'auto', path, '--partial', '--refused', out)
    assert schools.rows('results') == [['0101', '2022/2023', 'ege-rus', '2', '1']]
    text = out.read_text()
    assert 'participants' not in text and 'Барсукова' not in text
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[2] for line in lines if line[0].isdigit()] == ['0104', '0104', '0103']

    schools.run('import', 'schools', schools.file('s.csv', NEW_SCHOOL))
    mended = text.replace('(скрыто)', '30')
    schools.run('import', 'auto', schools.file('mended.csv', mended))
    assert sorted(schools.rows('results')) == [
        ['0101', '2022/2023', 'ege-rus', '2', '1'],
        ['0103', '2022/2023', 'ege-rus', '1', '0'],
        ['0104', '2022/2023', 'ege-rus', '2', '1']]


def test_unknown_school_of_pupils_comes_out_as_pupils(schools):
    head = 'school,year,procedure,code,mark,score,attempt,graduate\n'
    rows = ''.join(f'{school},2022/2023,vpr-math-5,{code},{mark},,,\n'
                   for school, code, mark in (('0104', 1, 2), ('0101', 1, 3),
                                              ('0104', 2, 4), ('0101', 2, 2)))
    out = schools.folder / 'refused.csv'
    schools.run('import', 'pupils', schools.file('p.csv', head + rows), '--partial',
                '--refused', out)
    assert out.read_text().startswith(head)
    assert out.read_text().count('0104') == 2
    schools.run('import', 'schools', schools.file('s.csv', NEW_SCHOOL))
    schools.run('import', 'pupils', out)
    assert sorted(schools.rows('results')) == [
        ['0101', '2022/2023', 'vpr-math-5', '2', '1'],
        ['0104', '2022/2023', 'vpr-math-5', '2', '1']]


def test_appeals_amend_a_protocol_that_stands(schools):
    schools.run('import', 'auto', workbook(
        schools.folder / 'p.xlsx', protocol_rows(('0101', 23), ('0101', 50))))
    appeals = [['01 - Русский язык 2023.05.29'],
               ['№', 'Код ОО', 'Класс', 'Код ППЭ', 'Аудитория', 'Фамилия', 'Имя',
                'Отчество', 'Документ', 'Тип апелляции / перепроверки', 'Состояние',
                'Балл до изменения', 'Текущие', None, 'Разница'],
               [None] * 12 + ['Первичный балл', 'Балл', None],
               [1, '0101', 11, 5001, 1, 'Барсукова', 'Имя', 'Отчество', '7788 991101',
                'О несогласии', 'Обработана', 23, 21, 25, 2]]
    path = workbook(schools.folder / 'a.xlsx', appeals)
    done = schools.run('import', 'auto', path)
    assert 'было 1 из 2, стало 0 из 2' in done.stdout
    assert schools.rows('results') == [['0101', '2022/2023', 'ege-rus', '2', '0']]


def test_year_beside_a_file_does_not_move_it(schools):
    done = schools.run('import', 'results', schools.file('r.csv', RESULTS),
                       '--year', '2023/2024')
    assert 'взят тот, что в файле' in done.stderr
    assert {row[1] for row in schools.rows('results')} == {'2022/2023'}


def test_check_writes_nothing(schools):
    before = schools.run('export', 'results').stdout
    schools.run('import', 'results', schools.file('r.csv', RESULTS), '--check')
    assert schools.run('export', 'results').stdout == before


def test_names_reach_no_disk(schools):
    """EVIDENCE: domain 10.25, norilsk-2.1-retakes, norilsk-2.1-previous"""
    rows = [['01 - Русский язык 2022.05.30'],
            ['№', 'Код МСУ', 'Код ОО', 'Класс', 'Код ППЭ', 'Аудитория', 'Фамилия',
             'Имя', 'Отчество', 'Серия', 'Номер', 'Задания с кратким ответом',
             'Задания с развёрнутым ответом', 'Первичный балл', 'Балл'],
            [1, 111, 101, '11А', 5001, 1, 'Неисказимова', 'Ефросинья', 'Никаноровна',
             '7788', '991122', '+', '1(1)', 20, 24],
            [2, 111, 101, '11А', 5001, 1, 'Невыдумова', 'Степанида', 'Акимовна',
             '7788', '991133', '-', '0', 3, 'ошибка'],
            [3, 111, 101, 'ВПЛ', 5001, 1, 'Прошлогоднева', 'Агафья', 'Акимовна',
             '7788', '991144', '-', '0', 3, 10]]
    source = schools.folder.parent / 'protocol.xlsx'
    workbook(source, rows, 'Протокол')
    work = schools.folder
    done = schools.run('import', 'auto', source, '--partial', '--refused',
                       work / 'refused.csv', env=dict(os.environ, TMPDIR=str(work)))
    schools.run('identify', 'shnor', '--year', '2022/2023', '--save')
    planted = ['Неисказимова', 'Невыдумова', 'Прошлогоднева', 'Ефросинья',
               'Степанида', 'Акимовна', '991122', '991133', '991144']
    written = {p: p.read_bytes() for p in work.rglob('*') if p.is_file()}
    assert written
    for name in planted:
        assert name not in done.stdout and name not in done.stderr
        for path, data in written.items():
            assert name.encode() not in data, (name, path)
            assert name.encode('cp1251') not in data, (name, path)


def lying(folder):
    path = folder / 'photo.xlsx'
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + b'\0' * 4000)
    return path


def truncated(folder):
    whole = workbook(folder / 'whole.xlsx', [['school'], ['0101']]).read_bytes()
    path = folder / 'half.xlsx'
    path.write_bytes(whole[:len(whole) // 2])
    return path


def bomb(folder):
    path = folder / 'bomb.xlsx'
    source = workbook(folder / 'small.xlsx', [['school'], ['0101']])
    with zipfile.ZipFile(source) as old, \
            zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename == 'xl/worksheets/sheet1.xml':
                with new.open(item.filename, 'w', force_zip64=True) as out:
                    out.write(b'<worksheet><sheetData>')
                    blank = b' ' * 1048576
                    for _ in range(1200):
                        out.write(blank)
                    out.write(b'</sheetData></worksheet>')
            else:
                new.writestr(item, old.read(item.filename))
    return path


def laughs(folder):
    path = folder / 'laughs.xlsx'
    source = workbook(folder / 'plain.xlsx', [['school'], ['0101']])
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, 'w') as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename == 'xl/worksheets/sheet1.xml':
                entities = ''.join(
                    f'<!ENTITY l{i} "{"&l%d;" % (i - 1) * 10}">' for i in range(1, 10))
                data = (f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]>'
                        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr">'
                        '<is><t>&l9;</t></is></c></row></sheetData></worksheet>').encode()
            new.writestr(item, data)
    return path


def endless(folder):
    path = folder / 'endless.csv'
    with open(path, 'w') as out:
        out.write('school,year,procedure,participants,failed\n')
        line = '0101,2022/2023,oge-math,10,3\n' * 100000
        for _ in range(100):
            out.write(line)
    return path


@pytest.mark.parametrize('make', [lying, truncated, bomb, laughs, endless])
def test_hostile_file_ends_in_a_sentence(schools, make):
    path = make(schools.folder)
    before = schools.run('export', 'results').stdout
    done = subprocess.run([PROGRAM, '--db', schools.db, 'import', 'auto', path],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode in (65, 73), (done.returncode, done.stderr[-2000:])
    assert 'Ошибка: ' in done.stderr
    assert 'AddressSanitizer' not in done.stderr
    assert schools.run('export', 'results').stdout == before


def test_killed_in_the_middle_leaves_the_database_whole(schools):
    lines = ['school,year,procedure,participants,failed']
    lines += [f'{code},{1995 + i}/{1996 + i},vpr-{s}-{g},10,{i % 10}'
              for i in range(28) for s in ('math', 'rus') for g in (5, 6, 8)
              for code in ('0101', '0102')]
    path = schools.file('many.csv', '\n'.join(lines) + '\n')
    for wait in (0.02, 0.05, 0.1, 0.2):
        process = subprocess.Popen(
            [PROGRAM, '--db', schools.db, 'import', 'results', path],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(schools.rows('results')) in (0, len(lines) - 1)
        schools.run('doctor')


def test_full_disk_is_said_and_loses_nothing(schools):
    """The database cannot grow: what was acknowledged is still there."""
    schools.run('import', 'results', schools.file('r.csv', RESULTS))
    lines = ['school,year,procedure,participants,failed']
    lines += [f'{code},{1995 + i}/{1996 + i},vpr-{s}-{g},10,{i % 10}'
              for i in range(28) for s in ('math', 'rus') for g in (5, 6, 8)
              for code in ('0101', '0102')]
    path = schools.file('many.csv', '\n'.join(lines) + '\n')
    done = subprocess.run(
        ['sh', '-c', 'ulimit -f 64; trap "" XFSZ; '
         'exec "$0" --db "$1" import results "$2"', PROGRAM, schools.db, path],
        capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert len(schools.rows('results')) == 3


@pytest.mark.parametrize('command', [
    ('user', 'list', '--format', 'docx'), ('load', 'list', '--format', 'xml'),
    ('identify', 'shnor', '--year', '2022/2023', '--format', 'pdf')])
def test_an_unknown_form_is_refused_with_those_there_are(schools, command):
    done = schools.run(*command, code=64)
    assert f'нет значения «{command[-1]}», есть: ' in done.stderr and 'csv' in done.stderr
