"""Next year's file is two clicks: a file nobody knows is explained once, and the
next of its shape comes with everything filled in.
"""
import datetime
import html
import re
import sqlite3

from test_pages import check_controls, check_headings, check_tables, tree

TODAY = datetime.date.today()
# A school year of which the demonstration knows nothing.
NEXT = TODAY.year + (TODAY.month >= 9)
# Headings the program knows one of: the school.
ODD = ('школа;Писали в 2026;Двоек за работу\n'
       '0101;20;3\n0102;26;9\n')
LATER = ('школа;Писали в 2027;Двоек за работу\n'
         '0101;21;4\n0102;25;2\n')


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


def load_of(answer):
    return answer.url.rsplit('/', 1)[1]


def test_a_file_nobody_knows_is_explained_once(coordinator, school, admin):
    coordinator.get('/loads')
    asked = coordinator.upload('/loads', 'сводка 2026.csv', ODD.encode())
    assert asked.status == 422 and 'Какие это графы?' in asked.text
    check_page(asked.text)
    said = {}
    for heading, name in (('Писали в 2026', 'participants'),
                          ('Двоек за работу', 'failed')):
        said[field(asked.text, heading, 'heading')] = heading
        said[field(asked.text, heading, 'meaning')] = name
    # The answers stay when they do not suffice: the procedure is missing.
    again = coordinator.upload('/loads', 'сводка 2026.csv', ODD.encode(), **{
        field(asked.text, 'Двоек за работу', 'heading'): 'Двоек за работу',
        field(asked.text, 'Двоек за работу', 'meaning'): 'failed'})
    assert again.status == 422
    assert re.search(r'value="failed" selected', again.text)
    draft = coordinator.upload('/loads', 'сводка 2026.csv', ODD.encode(),
                               procedure='vpr-math-8', year=str(NEXT), **said)
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
