"""Next year's file is two clicks: a file nobody knows is explained once, and the
next of its shape comes with everything filled in.
"""
import datetime
import html
import re
import sqlite3

from conftest import Person
from test_pages import check_controls, check_headings, check_tables, tree

TODAY = datetime.date.today()
# A school year of which the demonstration knows nothing.
NEXT = TODAY.year + (TODAY.month >= 9)
# Headings the program knows one of: the school.
ODD = ('школа;Писали в 2026;Двоек за работу\n'
       '0101;20;3\n0102;26;9\n')
LATER = ('школа;Писали в 2027;Двоек за работу\n'
         '0101;21;4\n0102;25;2\n')


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def field(page, heading, what):
    """The name of the form's field about this heading."""
    number = re.search(r'name="heading-(\d+)" value="' + re.escape(heading),
                       page)[1]
    return f'{what}-{number}'


def press(person, answer, path):
    person.mark = re.search(r'name="mark" value="([0-9a-f]+)"', answer.text)[1]
    return person.post(path)


def check_page(text):
    root = tree(text)
    check_headings(root)
    check_controls(root)
    check_tables(root)
    return root


def answer_columns(person, asked, kind, said, **more):
    """What a browser sends of the question: the file itself it has no more."""
    fields = {'kept': hidden(asked.text, 'kept'), 'kind': kind, **more}
    for number, heading in re.findall(
            r'name="heading-(\d+)" value="([^"]*)"', asked.text):
        fields[f'heading-{number}'] = html.unescape(heading)
        fields[f'meaning-{number}'] = said.get(html.unescape(heading), '')
    return person.upload('/loads', '', b'', **fields)


def load_of(answer):
    return answer.url.rsplit('/', 1)[1]


def test_a_file_nobody_knows_is_explained_once(coordinator, school, admin):
    coordinator.get('/loads')
    asked = coordinator.upload('/loads', 'сводка 2026.csv', ODD.encode())
    assert asked.status == 422 and 'Какие это графы?' in asked.text
    check_page(asked.text)
    # Values stand beside the headings.
    assert re.search(r'data-h="Например">\s*20\s*·\s*26\s*<', asked.text)
    # The answers stay when they do not suffice, and so does the file.
    again = answer_columns(coordinator, asked, 'results',
                           {'Писали в 2026': 'participants'})
    assert again.status == 422
    assert re.search(r'value="participants" selected', again.text)
    assert 'Этого ещё не хватает' in again.text
    check_page(again.text)
    said = {'Писали в 2026': 'participants', 'Двоек за работу': 'failed'}
    draft = answer_columns(coordinator, again, 'results', said,
                           procedure='vpr-math-8', year=str(NEXT))
    assert draft.status == 200, draft.text
    assert 'Что сказано о графах: 2' in draft.text
    check_page(draft.text)
    loaded = press(coordinator, draft, f'/loads/{load_of(draft)}/apply')
    assert 'Файл загружен.' in loaded.text
    first = load_of(loaded)

    # The list of what is remembered.
    page = coordinator.get('/loads/profiles')
    check_page(page.text)
    assert 'ВПР' in page.text and 'следующий' in page.text
    assert school.get('/loads/profiles').status == 403
    assert 'запомнен профиль загрузки' in \
        admin.get('/audit?object=load_profile').text

    # A year later: choose the file, read it, load it.
    coordinator.get('/loads')
    draft = coordinator.upload('/loads', 'сводка 2027.csv', LATER.encode())
    assert draft.status == 200, draft.text
    assert 'узнан' in draft.text and 'учебный год' in draft.text
    assert re.search(r'<b>2</b>\s*изменится', draft.text)
    loaded = press(coordinator, draft, f'/loads/{load_of(draft)}/apply')
    assert 'Файл загружен.' in loaded.text
    assert '4 из 21' in loaded.text
    for number in (load_of(loaded), first):
        coordinator.get(f'/loads/{number}')
        assert 'Загрузка отменена' in \
            coordinator.post(f'/loads/{number}/undo').text


def test_a_profile_gets_a_name_and_is_forgotten(coordinator, head, admin):
    page = coordinator.get('/loads/profiles').text
    number = re.findall(r'action="/loads/profiles/(\d+)/drop"', page)[0]
    path = f'/loads/profiles/{number}'
    assert head.get('/loads/profiles').status == 200
    assert head.post(path, name='чужое').status == 403
    refused = coordinator.post(path, name='   ')
    assert refused.status == 422 and 'Профили загрузки' in refused.text
    check_page(refused.text)
    assert 'Сводка округа' in coordinator.post(path, name='Сводка округа').text
    assert 'переименован профиль загрузки' in \
        admin.get('/audit?object=load_profile').text
    coordinator.get('/loads/profiles')
    gone = coordinator.post(path + '/drop')
    assert 'Профиль забыт.' in gone.text and 'Сводка округа' not in gone.text
    assert coordinator.post(path + '/drop').status == 404


def test_no_row_of_people_is_shown_as_headings(coordinator):
    """A list without headings names no column, so nothing of it comes out."""
    coordinator.get('/loads')
    text = 'Пронина;Алла;школа 2;5\nРуднев;Глеб;школа 2;2\n'
    answer = coordinator.upload('/loads', 'список.csv', text.encode())
    assert answer.status == 422 and 'Пронина' not in answer.text
    assert 'Какие это графы?' not in answer.text


def test_a_draft_of_another_version_is_said_so(server, coordinator):
    coordinator.get('/loads')
    text = ('год;школа;процедура;участников;не справились\n'
            '2024/2025;0101;vpr-math-8;19;2\n')
    draft = coordinator.upload('/loads', 'черновик.csv', text.encode())
    number = load_of(draft)
    with sqlite3.connect(server.db) as db:
        db.execute('UPDATE load_row SET record = substr(record, 1, 9)'
                   ' WHERE load = ? AND record LIKE ?', (number, 'r%'))
    answer = coordinator.get(f'/loads/{number}')
    assert answer.status == 200
    assert 'прежняя версия программы' in html.unescape(answer.text)
    check_page(answer.text)
    for path in ('apply', 'refused'):
        tried = coordinator.post(f'/loads/{number}/{path}') \
            if path == 'apply' else coordinator.get(f'/loads/{number}/{path}')
        assert tried.status == 409
        assert 'прочитайте файл снова' in tried.text
    coordinator.get(f'/loads/{number}')
    gone = coordinator.post(f'/loads/{number}/drop')
    assert 'Черновик загрузки удалён' in gone.text


PEOPLE = ('Учреждение;Ребёнок;Удостоверение;Родился;Оценил;Писал\n'
          'Лугозерская СОШ;Пронина Алла;4512 123456;01.02.2012;4;5\n'
          'Лугозерская СОШ;Руднев Глеб;4512 654321;02.03.2012;2;6\n')


def test_what_may_be_about_a_person_is_not_shown(coordinator):
    coordinator.get('/loads')
    asked = coordinator.upload('/loads', 'ученики.csv', PEOPLE.encode())
    assert asked.status == 422 and 'Какие это графы?' in asked.text
    check_page(asked.text)
    for hid in ('Пронина', 'Глеб', '4512', '01.02.2012'):
        assert hid not in asked.text, hid
    for shown in ('Лугозерская СОШ', 'Удостоверение', 'длинное число', 'дата'):
        assert shown in asked.text, shown


def test_the_file_is_kept_for_its_session_alone(server, coordinator):
    coordinator.get('/loads')
    asked = coordinator.upload('/loads', 'ученики.csv', PEOPLE.encode())
    with sqlite3.connect(server.db) as db:
        sealed = b''.join(r[0] for r in db.execute('SELECT sealed FROM kept_file'))
    assert len(sealed) > len(PEOPLE.encode())
    assert 'Пронина'.encode() not in sealed and b'4512' not in sealed

    # Nobody else has it, not even the same person signed in elsewhere.
    other = Person(server, 'yartseva')
    other.get('/loads')
    tried = answer_columns(other, asked, 'pupils', {'Оценил': 'mark'})
    assert tried.status == 422 and 'Лугозерская' not in tried.text
    assert 'Выберите файл ещё раз' in tried.text
    check_page(tried.text)
    assert re.search(r'value="mark" selected', tried.text)

    # Another kind of table: its columns are asked, the file stays.
    shown = answer_columns(coordinator, asked, 'pupils', {}, show='1')
    assert shown.status == 422 and 'Код ученика' in shown.text
    assert hidden(shown.text, 'kept') == hidden(asked.text, 'kept')
    draft = answer_columns(coordinator, shown, 'pupils', {
        'Учреждение': 'school', 'Удостоверение': 'code', 'Оценил': 'mark'},
        procedure='vpr-math-8', year=str(NEXT))
    assert draft.status == 200 and 'Пронина' not in draft.text, draft.text
    with sqlite3.connect(server.db) as db:
        assert db.execute('SELECT count(*) FROM kept_file WHERE word = ?',
                          (hidden(asked.text, 'kept'),)).fetchone() == (0,)
    coordinator.get(f'/loads/{load_of(draft)}')
    coordinator.post(f'/loads/{load_of(draft)}/drop')


def test_a_file_is_kept_for_an_hour(server, coordinator):
    coordinator.get('/loads')
    text = ODD.replace('Писали в 2026', 'Пришло в 2026')  # headings of its own
    asked = coordinator.upload('/loads', 'сводка.csv', text.encode())
    assert asked.status == 422
    with sqlite3.connect(server.db) as db:
        db.execute("UPDATE kept_file SET at = '2020-01-01T00:00:00Z'")
    late = answer_columns(coordinator, asked, 'results',
                          {'Двоек за работу': 'failed'})
    assert late.status == 422 and 'Выберите файл ещё раз' in late.text
    assert re.search(r'value="failed" selected', late.text)


def test_context_without_a_year_is_asked_for_it(coordinator):
    """No heading of it is known, and no row says the year."""
    text = ('Учреждение;Что смотрели;Вышло\n'
            'Лугозерская СОШ;teachers-overloaded;12,5\n')
    coordinator.get('/loads')
    asked = coordinator.upload('/loads', 'контекст.csv', text.encode('cp1251'))
    assert asked.status == 422 and 'Какие это графы?' in asked.text
    said = {'Учреждение': 'school', 'Что смотрели': 'element',
            'Вышло': 'value'}
    again = answer_columns(coordinator, asked, 'observations', said)
    assert again.status == 422
    assert 'Ни одна строка не прочитана.' in again.text
    assert 'Не понято, за какой это учебный год.' in again.text
    check_page(again.text)
    draft = answer_columns(coordinator, again, 'observations', said,
                           year=str(NEXT))
    assert draft.status == 200, draft.text
    loaded = press(coordinator, draft, f'/loads/{load_of(draft)}/apply')
    assert 'Файл загружен.' in loaded.text

    # Next year's comes with the answers, though no heading of it is known.
    coordinator.get('/loads')
    later = coordinator.upload('/loads', 'контекст.csv',
                               text.replace('12,5', '14').encode('cp1251'))
    assert later.status == 200, later.text
    assert 'узнан' in later.text and 'Сколько' not in later.text
    for number in (load_of(later), load_of(loaded)):
        coordinator.get(f'/loads/{number}')
        what = 'drop' if number == load_of(later) else 'undo'
        assert coordinator.post(f'/loads/{number}/{what}').status == 200
