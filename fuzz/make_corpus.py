#!/usr/bin/python3
"""Write the first inputs of the fuzzers from the fixtures of the tests.

Containers are unpacked into the text form of fuzz/input.h, long parts that
the readers do not look at are left out.  The result is checked in.
"""
import pathlib
import zipfile

ROOT = pathlib.Path(__file__).parent.parent
DATA = ROOT / 'tests' / 'data'
CORPUS = ROOT / 'fuzz' / 'corpus'
UNREAD = ('theme', 'docProps', 'customXml', 'Thumbnails', 'meta.xml',
          'settings', 'fontTable', 'webSettings', 'stylesWithEffects',
          'Configurations', 'manifest.rdf', 'layout-cache')
CSV = {
    'plain.csv': b'school,year,procedure,participants,failed\n'
                 b'v1,2022/2023,vpr-math-5,24,9\n',
    'semicolon.csv': '\ufeffкод;имя\r\n1;"МБОУ ""СОШ № 3"""\r\n'.encode(),
    'cp1251.csv': 'код;имя\n1;Гимназия № 3\n'.encode('cp1251'),
    'utf16.txt': '\ufeffкод\tимя\r\n1\tСОШ\r\n'.encode('utf-16-le'),
    'sep.csv': b'sep=|\na|"b\nc"|d\n\n||\n',
    'mac.csv': b'a;b\r1;2\r',
}
RECORDS = (
    'h\t2\tЛист\tЕГЭ\tvpr-math-5\t2022\t2023-03-14\t0\t24\n'
    's\tv1\tШкола\tsosh\trural\t0\tsch1\tЛист\t1\t1\tA\n'
    'r\tsch1\t111\tСОШ\tvpr-math-5\t2022\t24\t9\t9\t8\t5\t2\t0\t0\t1\t0\t0\t0'
    '\t0\t0\tЛист\t2\t9\tB\n'
    'o\tsch1\t111\tСОШ\t2022\tinternet\t1\t1\t1\tда\t2023-10-01\tОО-1\tЛист'
    '\t2\t2\tC\n'
    'l\t\t\tСОШ\tshnor\tприказ\t17\t2023-11-01\tЛист\t2\t2\tC\n'
    'b\tsch1\t\t\t2022\t4 РУ\t1\tЛист\t2\t2\tC\n'
    'f\tВся выборка\tvpr-math-5\t2022\t1000000\t7,5\t30\t40\t22,5\tЛист\t2'
    '\t2\tC\n'
    'a\tsch1\t\t\toge-math\t2022\t3\t1\t0\t0\t1\t-1\t1\t0\t0\tЛист\t2\t2\tC\n'
    'c\tкод\tимя\nx\tЛист\t2\t2\tC\tЛист\t2\t1\tСОШ\n')
HEAD = ('method m title "м" version 1 from 2022-09-01 source "и"\n'
        'procedures s "три процедуры" = vpr-math-5 vpr-rus-5 oge-math\n'
        'elements e "две доли" = pupils-registered pupils-truant\n'
        'elements a "ответы" = internet computers\n'
        'setting k "к" = 2 from 1 to 9\n'
        'setting share "д" = 30 % from 0 % to 100 %\n'
        'define counted (p, y) "результат учитывается" = participants(p, y) > 0\n')
METHODS = {
    'counts': HEAD + 'criterion K "к" = count(p in s where failed(p, year - 1) / '
                     'participants(p, year - 1) >= share) >= k listed when K\n',
    'sums': HEAD + 'criterion K "к" = sum(x in e : x) > 10 % and not '
                   '(kind in (nosh, correctional)) listed when K\n',
    'answers': HEAD + 'criterion A "а" = count(x in a where x = no) >= 1\n'
                      'criterion B "б" = counted(oge-math, year - 2)\n'
                      'listed when at least 1 of (A, B)\n',
    'wrong': HEAD + 'criterion K "к" = (((1 + 2) * 3) >= shere listed when Q\n',
}
PHRASES = {
    'nothing': '0до 25 числа каждого месяца',
    'year': '1март, октябрь; не реже 1 раза в четверть',
    'school-year': '2до 31.05, далее ежеквартально до 10 числа',
    'two-years': '3февраль-апрель 2023, 2024 г.г.',
    'external': '3по графику министерства',
    'spans': '1с 1 по 15 ноября; 20-25 декабря (I полугодие)',
    'weekdays': '2каждый второй вторник месяца, кроме июля',
    'counts': '12 раза в год (январь, сентябрь)',
    'unknown': '1до 32 декабря',
}

# Words that mean something to a reader, several to a line.
WORDS = {
    'method': """method|title|short|version|from|until|source|section|basis
        |about|applies to schools where|otherwise|procedures|elements|setting
        |define|criterion|because|listed when|enough when|say|doubt|reading
        |other|example|year - 1|year - 2|kind in (|rural|small|participants(p, y)
        |failed(p, y)|count(p in s where |sum(x in e : x)|at least 1 of (
        |and|or|not|>=|<=|<>|10 %|known(|oge-math|vpr-math-5|internet""",
    'deadline': """до|не позднее|не реже|раз в|ежемесячно|ежеквартально|еженедельно
        |ежегодно|в течение|года|год|учебного|четверть|полугодие|триместр|квартал
        |месяц|неделю|января|февраль|сентября|2023|2024|31.05|1-15|I|II|по итогам
        |по графику|по мере|далее|кроме|каждый|второй|вторник|рабочий день|начало
        |конец|середина|включительно|весь период|постоянно|по запросу""",
    'plan': """| № п/п | Мероприятие | Сроки | Ответственные |
        |\\n|<5>|^|Раздел I.|ПРИКАЗ|от 31.10.2023 № 604|на 2023-2024 учебный год
        |Приложение|УТВЕРЖДЕНО|1.10.|директора школ|до 25.12|ежемесячно""",
    'rows': """school;year;procedure;participants;failed|mark2;mark3;mark4;mark5
        |code;mark;score;attempt;graduate|period;element;value|2022/2023|retake
        |vpr-math-5|oge-math|ege-rus|ВПР 2025 Русский язык 5 класс
        |01 - Русский язык 2022.06.23|№;Код МСУ;Код ОО;Класс;Код ППЭ;Аудитория
        |Фамилия;Имя;Отчество;Серия;Номер|Первичный балл;Балл|Оценка|Документ
        |Балл до изменения|Минимальная граница|Всего участников: 7|ВПЛ|ГВЭ
        |отсутствовал|Кол-во участников: 6|Группы участников|Вся выборка|X|37,5""",
}


def parts_of(path):
    """A container as text: "=== name", then the part."""
    text = b''
    with zipfile.ZipFile(path) as container:
        for name in container.namelist():
            if any(word in name for word in UNREAD) or name.endswith('/'):
                continue
            part = container.read(name)
            if name.endswith('styles.xml') and len(part) > 12000:
                continue
            if not name.endswith(('.xml', '.rels', 'mimetype')):
                continue
            text += b'=== ' + name.encode() + b'\n' + part + b'\n'
    return text


def csv_of(fixture):
    """A table of the recogniser's tests as what a fuzzer of CSV reads."""
    said, lines = '', []
    for line in fixture.splitlines():
        if line.startswith('@'):
            said += {'@procedure': 'p', '@year': 'y', '@autumn': 'a'}.get(
                line.split()[0], '')
        else:
            lines.append(line.replace('|', ';'))
    return '\n'.join([said, *lines, '']).encode()


def write(kind, name, content):
    folder = CORPUS / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def dictionary(words):
    """libFuzzer wants what is not ASCII as \\xNN."""
    for word in words.split('|'):
        word = word.strip()
        if word:
            yield '"' + ''.join(
                chr(b) if 32 <= b < 127 and chr(b) not in '"\\\\' else f'\\x{b:02X}'
                for b in word.encode()) + '"\n'


def main():
    for name, content in CSV.items():
        write('csv', name, content)
    write('record', 'rows', RECORDS.encode())
    for path in sorted((DATA / 'sheets').iterdir()):
        if path.suffix == '.xls':
            write('xls', path.name, path.read_bytes())
        else:
            write(path.suffix[1:], path.stem, parts_of(path))
    for path in sorted((DATA / 'pages').iterdir()):
        write(path.suffix[1:], path.stem, parts_of(path))
    for kind, texts in (('method', METHODS), ('deadline', PHRASES)):
        for name, text in texts.items():
            write(kind, name, text.encode())
    for kind, words in WORDS.items():
        (ROOT / 'fuzz/dict' / f'{kind}.dict').write_text(
            ''.join(dictionary(words)))
    for path in sorted((DATA / 'plans').glob('*.txt')):
        write('plan', path.stem, path.read_bytes())
    for path in sorted((DATA / 'recognise').glob('*.txt')):
        write('rows', path.stem, csv_of(path.read_text()))


if __name__ == '__main__':
    main()
