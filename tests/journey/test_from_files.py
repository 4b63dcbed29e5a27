"""Lists straight from files: the same answer as through the database, whatever
the file looks like, and the same complaints.

EVIDENCE: norilsk-2.1
"""
import csv
import io
import random

import openpyxl
import pytest

YEARS = ('2021/2022', '2022/2023', '2023/2024', '2024/2025')
EXAMS = ('vpr-math-5', 'vpr-rus-5', 'vpr-math-8', 'oge-math', 'oge-rus', 'ege-rus')
KINDS = ('sosh', 'oosh', 'nosh', 'gymnasium', 'lyceum', 'correctional', 'evening')
PUPILS = 'school,year,procedure,code,mark,score,attempt,graduate'


def municipality(seed):
    """A list of schools and pupils whose lists differ from year to year."""
    dice = random.Random(seed)
    schools, rows = ['code,name,kind,locality,small,logins'], []
    for i in range(12):
        code = f'{3100 + i}'
        kind = KINDS[i % len(KINDS)]
        schools.append(f'{code},Школа «Лесная» № {i + 1},{kind},'
                       f'{dice.choice(("rural", "urban"))},no,sch7700{code}')
        for year in YEARS[:-1]:
            for exam in EXAMS:
                weak = dice.choice((0.1, 0.3, 0.5))
                for pupil in range(dice.randint(0, 9)):
                    failed = dice.random() < weak
                    by_points = exam == 'ege-rus'
                    mark = '' if by_points else '2' if failed else dice.choice('345')
                    score = str(dice.randint(0, 23) if failed else dice.randint(24, 100)) \
                        if by_points else ''
                    who = dice.choice((code, 'sch7700' + code)) if i == 3 else code
                    rows.append((who, year, exam, str(pupil + 1), mark, score, 'main',
                                 'previous' if dice.random() < 0.05 else 'current'))
                    if failed and dice.random() < 0.3:
                        again = ('', '60') if by_points else ('4', '')
                        rows.append((who, year, exam, str(pupil + 1), *again, 'retake',
                                     rows[-1][-1]))
    return '\n'.join(schools) + '\n', rows


def plain(rows, separator=',', end='\n'):
    return ''.join(separator.join(row) + end for row in [PUPILS.split(','), *rows])


def quoted(rows):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([PUPILS.split(','), *rows])
    return out.getvalue()


def shuffled(rows):
    rows = list(rows)
    random.Random(1).shuffle(rows)
    return plain(rows)


def reordered(rows):
    order = (4, 3, 7, 0, 6, 2, 1, 5)
    return ''.join(','.join(row[i] for i in order) + '\n'
                   for row in [PUPILS.split(','), *rows])


def in_russian(rows):
    attempts = {'main': 'основная', 'retake': 'пересдача'}
    head = ('Школа;Учебный год;Процедура;Код участника;Отметка;Балл;'
            'Попытка;Выпускник\n')
    return head + ''.join(
        ';'.join((*row[:6], attempts[row[6]], row[7])) + '\n' for row in rows)


FORMS = {
    'plain': (plain, 'utf-8'), 'marked': (plain, 'utf-8-sig'),
    'crlf': (lambda rows: plain(rows, ';', '\r\n'), 'utf-8'),
    'quoted': (quoted, 'utf-8'), 'shuffled': (shuffled, 'utf-8'),
    'reordered': (reordered, 'utf-8'), 'cp1251': (in_russian, 'cp1251'),
}


def lists(place, year, *words):
    done = place.run('identify', 'shnor', *words, '--year', year, '--format', 'csv')
    return done.stdout.splitlines()


@pytest.mark.parametrize('form', FORMS)
def test_same_lists_as_through_the_database(place, form):
    schools, rows = municipality(form)
    write, encoding = FORMS[form]
    files = (place.file('pupils.csv', write(rows), encoding),
             '--schools', place.file('schools.csv', schools))
    place.run('import', 'schools', files[2])
    place.run('import', 'pupils', files[0])
    several = lists(place, f'{YEARS[1]}..{YEARS[-1]}', *files)
    assert several[0] == 'year,school,status,criteria,low'
    expected = []
    for year in YEARS[1:]:
        stored = lists(place, year)
        assert lists(place, year, *files) == stored
        expected += [f'{year},{line}' for line in stored[1:]]
    assert several[1:] == expected
    assert any(',listed,' in line for line in expected)


def test_a_later_file_corrects_an_earlier_one(place):
    schools = place.file('schools.csv', municipality(1)[0])
    head = 'school,year,procedure,participants,failed\n'
    first = place.file('a.csv', head + '3100,2022/2023,oge-math,10,1\n'
                                       '3100,2022/2023,oge-rus,10,6\n')
    then = place.file('b.csv', head + '3100,2022/2023,oge-math,10,5\n')
    place.run('import', 'schools', schools)
    place.run('import', 'results', first)
    place.run('import', 'results', then)
    stored = lists(place, '2023/2024')
    assert lists(place, '2023/2024', first, then, '--schools', schools) == stored
    assert '3100,listed,K1,2022/2023:oge-math 2022/2023:oge-rus' in stored
    assert lists(place, '2023/2024', then, first, '--schools', schools) != stored


def test_what_is_not_known_is_said_with_its_place(place):
    schools, rows = municipality(2)
    rows[7:7] = [('9999', '2022/2023', 'oge-math', '1', '3', '', 'main', 'current')] * 1
    rows.append(('3100', '2022/2023', 'oge-dance', '1', '3', '', 'main', 'current'))
    files = (place.file('pupils.csv', plain(rows)),
             '--schools', place.file('schools.csv', schools))
    done = place.run('identify', 'shnor', *files, '--year', '2023/2024', code=65)
    assert done.stdout == ''
    assert 'pupils.csv, строка 9' in done.stderr and '«9999»' in done.stderr
    assert f'строка {len(rows) + 1}' in done.stderr and '«oge-dance»' in done.stderr


def test_what_the_import_refuses_is_refused_here(place):
    schools, rows = municipality(3)
    rows.append(('3100', '2022/2023', 'oge-math', '77', '7', '', 'main', 'current'))
    pupils = place.file('pupils.csv', plain(rows))
    schools = place.file('schools.csv', schools)
    place.run('import', 'schools', schools)
    stored = place.run('import', 'pupils', pupils, code=65).stderr
    here = place.run('identify', 'shnor', pupils, '--schools', schools,
                     '--year', '2023/2024', code=65).stderr
    complaint = 'Это не отметка. Стоит «7».'
    assert complaint in stored and complaint in here
    where = f'строка {len(rows) + 1}'
    assert where in stored and where in here


def test_nothing_is_written_and_no_database_is_asked_for(place):
    schools, rows = municipality(4)
    files = (place.file('pupils.csv', plain(rows)),
             '--schools', place.file('schools.csv', schools))
    place.db.unlink()
    before = sorted(p.name for p in place.folder.iterdir())
    done = place.run('identify', 'shnor', *files, '--year', '2023/2024')
    assert done.stdout and 'ничего не записано' in done.stderr
    assert sorted(p.name for p in place.folder.iterdir()) == before
    place.run('identify', 'shnor', *files, '--year', '2023/2024', '--save', code=64)
    place.run('identify', 'shnor', files[0], '--year', '2023/2024', code=69)


def test_appeals_without_their_protocol_are_left_out_and_that_is_said(place):
    book = openpyxl.Workbook()
    for row in ([['01 - Русский язык 2023.05.29'],
                 ['№', 'Код ОО', 'Класс', 'Код ППЭ', 'Аудитория', 'Фамилия', 'Имя',
                  'Отчество', 'Документ', 'Тип апелляции / перепроверки', 'Состояние',
                  'Балл до изменения', 'Текущие', None, 'Разница'],
                 [None] * 12 + ['Первичный балл', 'Балл', None],
                 [1, '3100', 11, 5001, 1, 'Барсукова', 'Имя', 'Отчество', '7788 991101',
                  'О несогласии', 'Обработана', 23, 21, 25, 2]]):
        book.active.append(row)
    book.save(place.folder / 'appeals.xlsx')
    schools = place.file('schools.csv', municipality(5)[0])
    head = 'school,year,procedure,participants,failed\n'
    results = place.file('r.csv', head + '3100,2022/2023,ege-rus,2,1\n')
    done = place.run('identify', 'shnor', results, place.folder / 'appeals.xlsx',
                     '--schools', schools, '--year', '2023/2024')
    assert 'Апелляции из этого файла не учтены' in done.stderr
    assert 'appeals.xlsx' in done.stderr and 'строка 4' in done.stderr
    assert done.stderr.count('не учтены') == 1
    done = place.run('identify', 'shnor', results, '--schools', schools,
                     '--year', '2023/2024')
    assert 'не учтены' not in done.stderr
