"""Scenarios over HTTP: the door, rights, lists, a load from upload to undo."""
import base64
import hmac
import json
import re
import signal
import struct
import subprocess
import threading
import time

from conftest import OPORA, Person


def test_the_door_keeps_strangers_out(nobody):
    page = nobody.get('/runs')
    assert '/sign-in?back=%2Fruns' in page.geturl()
    wrong = nobody.post('/sign-in', login='yartseva', password='не тот',
                        back='/runs')
    assert wrong.status == 422
    assert 'Имя для входа или пароль не подошли.' in wrong.text
    assert 'value="yartseva"' in wrong.text
    assert 'не тот' not in wrong.text


def test_the_way_back_leads_home_only(server, nobody):
    nobody.get('/sign-in')
    for evil in ('https://evil.example/', '//evil.example', '/\\evil.example'):
        answer = nobody.post('/sign-in', login='glebov', back=evil,
                             password=server.accounts['glebov'][1])
        assert answer.geturl().startswith(server.url)
        nobody.post('/sign-out')
        nobody.get('/sign-in')


def test_a_session_ends_with_sign_out(coordinator):
    assert coordinator.get('/runs').status == 200
    coordinator.post('/sign-out')
    assert '/sign-in' in coordinator.get('/runs').geturl()


def test_every_list_answers_as_files(coordinator):
    for path in ('/schools', '/runs', '/runs/5', '/loads', '/rights'):
        csv = coordinator.get(path + '.csv')
        assert csv.status == 200 and ';' in csv.text.splitlines()[0]
        rows = json.loads(coordinator.get(path + '.json').text)
        assert len(rows) == len(csv.text.strip().splitlines()) - 1
        assert coordinator.get(path + '.xlsx').data[:2] == b'PK'


def test_a_filter_holds_in_page_and_file(coordinator):
    page = coordinator.get('/runs/5?show=listed')
    rows = json.loads(coordinator.get('/runs/5.json?show=listed').text)
    assert len(rows) == 7
    assert f'Показано {len(rows)} из 24' in page.text
    assert {row['status'] for row in rows} == {'listed'}


def test_the_card_agrees_with_the_command_line(server, coordinator):
    card = json.loads(coordinator.get('/runs/5/schools/18.json').text)
    told = subprocess.run(
        [OPORA, '--db', server.db, 'explain', 'shnor', '0118', '--year',
         '2026/2027', '--format', 'json'], capture_output=True, text=True)
    assert card['status'] == json.loads(told.stdout)['status'] == 'listed'
    assert card['margin'] == json.loads(told.stdout)['margin']
    assert coordinator.get('/runs/5/schools/18/docx').data[:2] == b'PK'
    assert coordinator.get('/runs/5/schools/18/pdf').data[:5] == b'%PDF-'


def test_a_trial_changes_nothing(coordinator):
    before = coordinator.get('/runs.json').text
    page = coordinator.get('/runs/5?set-minimum=5')
    assert 'Не решение.' in page.text and 'вместо 7' in page.text
    wrong = coordinator.get('/runs/5?set-threshold=%D0%BC%D0%BD%D0%BE%D0%B3%D0%BE')
    assert wrong.status == 200 and 'class="err"' in wrong.text
    assert coordinator.get('/runs.json').text == before


def test_the_same_list_is_not_saved_twice(coordinator):
    coordinator.get('/runs')
    answer = coordinator.post('/runs', method='shnor', year='2026')
    assert re.search(r'/runs/\d+$', answer.geturl())
    n = len(json.loads(coordinator.get('/runs.json').text))
    coordinator.get('/runs')
    coordinator.post('/runs', method='shnor', year='2026')
    assert len(json.loads(coordinator.get('/runs.json').text)) == n


def test_a_school_sees_its_own(school):
    rows = json.loads(school.get('/schools.json').text)
    assert [row['code'] for row in rows] == ['0107']
    assert school.get('/schools/18').status == 404
    assert school.get('/runs/5/schools/18').status == 404
    assert school.get('/loads').status == 403
    assert school.get('/people').status == 403
    assert school.get('/audit').status == 403


CSV = ('school;year;procedure;participants;failed\n'
       '0118;2025/2026;vpr-math-5;71;19\n'
       'Неведомая школа;2025/2026;vpr-rus-8;30;3\n'
       '0101;2025/2026;vpr-math-8;x;3\n')


def test_a_file_is_read_mended_loaded_and_undone(coordinator):
    coordinator.get('/loads')
    draft = coordinator.upload('/loads', 'исправления.csv', CSV.encode())
    assert draft.status == 200 and 'Какие это школы?' in draft.text
    assert 'не целое' in draft.text or 'число' in draft.text
    path = draft.geturl().split(coordinator.server.url)[1]

    # nothing is written yet
    card = coordinator.get('/schools/18').text
    assert '19 из 71' not in card

    # the unknown spelling is answered once and remembered
    field = re.search(r'name="(school-[0-9a-f]{16})"', draft.text)[1]
    known = coordinator.post(path + '/schools', **{field: '2'})
    assert 'Какие это школы?' not in known.text

    refused = coordinator.get(path + '/refused')
    assert '0101' in refused.text and '0118' not in refused.text

    loaded = coordinator.post(path + '/apply', partial='1')
    assert 'Файл загружен.' in loaded.text
    assert '24 из 71' in loaded.text and '19 из 71' in loaded.text
    assert '19 из 71' in coordinator.get('/schools/18').text

    # mended, the refused rows load back
    mended = refused.text.replace('x', '58')
    coordinator.get('/loads')
    second = coordinator.upload('/loads', 'refused.csv', mended.encode())
    assert 'Замечания' not in second.text, second.text
    second_path = second.geturl().split(coordinator.server.url)[1]
    coordinator.post(second_path + '/drop')

    load = loaded.geturl().split(coordinator.server.url)[1]
    coordinator.get(load)
    undone = coordinator.post(load + '/undo')
    assert 'Загрузка отменена' in undone.text
    assert '19 из 71' not in coordinator.get('/schools/18').text


def test_rows_of_an_unknown_school_come_out_as_they_came(coordinator):
    """Counts are kept of pupils, yet what is refused has the file's own shape."""
    head = 'school;year;procedure;code;mark'
    rows = ['Школа из другого района;2025/2026;kdr-none;1;2',
            'Школа из другого района;2025/2026;vpr-rus-8;1;2',
            '0118;2025/2026;vpr-rus-8;1;3',
            'Школа из другого района;2025/2026;vpr-rus-8;2;5']
    coordinator.get('/loads')
    draft = coordinator.upload('/loads', 'ученики.csv',
                               '\n'.join([head, *rows, '']).encode())
    path = draft.geturl().split(coordinator.server.url)[1]
    refused = coordinator.get(path + '/refused').text
    assert refused.lstrip('\ufeff').startswith('school,year,procedure,code,mark')
    assert refused.count('Школа из другого района,2025/2026,vpr-rus-8') == 2

    # the answer makes two rows good; the procedure nobody knows stays refused
    field = re.search(r'name="(school-[0-9a-f]{16})"', draft.text)[1]
    coordinator.post(path + '/schools', **{field: '3'})
    refused = coordinator.get(path + '/refused').text
    assert 'vpr-rus-8' not in refused and refused.count('kdr-none') == 1
    coordinator.get(path)
    coordinator.post(path + '/drop')


def test_files_that_are_none_end_in_a_sentence(coordinator):
    for name, data in (('a.xlsx', b'PK\x03\x04 but broken'),
                       ('b.csv', b''), ('c.csv', b'\x00\x01\x02'),
                       ('d.docx', b'just words')):
        coordinator.get('/loads')
        answer = coordinator.upload('/loads', name, data)
        assert answer.status == 422, (name, answer.status)
        assert 'class="err"' in answer.text or 'role="alert"' in answer.text


def test_an_invitation_opens_the_door(server, admin):
    admin.get('/people')
    page = admin.post('/people', login='newcomer', name='Новикова Н. Н.',
                      post='директор')
    person = page.geturl().split(server.url)[1]
    admin.post(person + '/grants', role='school', school='2',
               since='01.09.2020', until='')
    invited = admin.post(person + '/invite')
    link = re.search(r'http://[^/]+(/invitation/[\w-]+)', invited.text)[1]

    guest = Person(server)
    assert 'Новикова Н. Н.' in guest.get(link).text
    short = guest.post(link, password='коротко', again='коротко')
    assert short.status == 422 and 'короче десяти' in short.text
    guest.post(link, password='длинный и свой', again='длинный и свой')
    guest.get('/sign-in')
    inside = guest.post('/sign-in', login='newcomer',
                        password='длинный и свой')
    assert inside.status == 200
    assert json.loads(guest.get('/schools.json').text)[0]['code'] == '0102'
    assert Person(server).get(link).status == 404
    assert link.split('/')[-1] not in server.log.read_text()


def code_of(secret):
    """What an application of one-time codes shows now (RFC 6238)."""
    step = struct.pack('>Q', int(time.time()) // 30)
    word = hmac.new(base64.b32decode(secret), step, 'sha1').digest()
    at = word[-1] & 15
    return '%06d' % (int.from_bytes(word[at:at + 4], 'big') % 2 ** 31 % 10 ** 6)


def test_who_lost_the_telephone_is_let_in_again(server, admin):
    curator = Person(server, 'onezhtsev')
    page = curator.get('/account/factor').text
    secret = re.search(r'class="mono secret">([A-Z2-7 ]+)<', page)[1]
    secret = secret.replace(' ', '')
    assert curator.post('/account/factor', code=code_of(secret)).status == 200
    later = Person(server, 'onezhtsev')
    assert 'Код из приложения' in later.get('/sign-in/code').text
    people = admin.get('/people').text
    number = re.search(r'href="/people/(\d+)">Онежцев', people)[1]
    assert 'Выключить второй шаг входа' in admin.get(f'/people/{number}').text
    assert curator.post(f'/people/{number}/factor/off').status == 403
    admin.get(f'/people/{number}')
    page = admin.post(f'/people/{number}/factor/off').text
    assert 'человек об этом извещён' in page
    assert 'Выключить второй шаг входа' not in page
    again = Person(server, 'onezhtsev')
    assert 'Администратор выключил ваш второй шаг' in again.get('/notices').text


def test_a_token_reads_what_its_owner_may(server, coordinator):
    coordinator.get('/account')
    page = coordinator.post('/account/tokens', name='выгрузка',
                            until='31.12.2099')
    token = re.search(r'class="mono">([\w-]{40,})<', page.text)[1]
    program = Person(server)
    head = {'Authorization': f'Bearer {token}'}
    assert len(json.loads(program.get('/schools.json', **head).text)) == 24
    assert program.get('/people.json', **head).status == 403
    assert program.get('/schools.json',
                       Authorization='Bearer wrong').status == 401


def test_the_journal_is_whole(server, admin):
    assert 'Журнал цел' in admin.get('/audit').text
    told = subprocess.run([OPORA, '--db', server.db, 'audit', 'verify'],
                          capture_output=True, text=True)
    assert told.returncode == 0 and 'Журнал цел' in told.stdout


def test_many_at_once_leave_no_error(server):
    """64 clients for a few seconds: no error, no descriptor left behind."""
    failures = []
    until = time.time() + 4

    def knock():
        guest = Person(server)
        while time.time() < until:
            if guest.get('/sign-in').status != 200:
                failures.append(1)

    before = descriptors(server)
    threads = [threading.Thread(target=knock) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    deadline = time.time() + 10
    while descriptors(server) > before + 2 and time.time() < deadline:
        time.sleep(0.2)
    assert descriptors(server) <= before + 2


def children(server):
    out = subprocess.run(['pgrep', '-P', str(server.process.pid)],
                         capture_output=True, text=True).stdout.split()
    return [int(pid) for pid in out]


def descriptors(server):
    import os
    return sum(len(os.listdir(f'/proc/{pid}/fd')) for pid in children(server))


def test_what_dies_is_started_again(server, coordinator):
    import os
    for pid in children(server):
        os.kill(pid, signal.SIGKILL)
    server.log.open('a').write('killed by a test\n')
    deadline = time.time() + 15
    while time.time() < deadline:
        try:
            if Person(server).get('/sign-in').status == 200:
                break
        except OSError:
            time.sleep(0.2)
    assert coordinator.get('/runs').status == 200
    assert len(children(server)) == 2


def test_stopping_finishes_what_was_begun(server):
    answers = []

    def slow():
        guest = Person(server)
        guest.get('/sign-in')
        answers.append(guest.post('/sign-in', login='nobody', password='x' * 50))

    thread = threading.Thread(target=slow)
    thread.start()
    time.sleep(0.15)
    assert server.stop() == 0
    thread.join()
    assert answers and answers[0].status in (422, 200)
    server.start()


def test_too_many_tries_close_the_door_for_a_while(server):
    guest = Person(server)
    guest.get('/sign-in')
    for _ in range(5):
        guest.post('/sign-in', login='istomina', password='не тот')
    shut = guest.post('/sign-in', login='istomina',
                      password=server.accounts['istomina'][1])
    assert shut.status == 429
    assert 'Подождите' in shut.text and shut.headers['Retry-After']
