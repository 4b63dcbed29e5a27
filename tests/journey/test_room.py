"""The identification room over HTTP and in a browser: an objection and its
answer, an order pasted and reconciled, an approval with its protocol, groups on
a day, an index with its formula, results that ask for a check, the passport."""
import base64
import datetime
import json
import re

import pytest

from conftest import Person
from test_browser import browser, chromium, pytestmark, sign_in  # noqa: F401

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)
DAY = YESTERDAY.strftime('%d.%m.%Y')
RISK, INDEX = 6, 7


@pytest.fixture
def sosh4(server):
    """The director of a school whose login the demonstration does not print."""
    server.accounts.setdefault('sosh4', ('школа', 'озёрный-берег-48'))
    return Person(server, 'sosh4')


def number_of(answer):
    return int(re.search(r'/(\d+)$', answer.geturl().split('#')[0])[1])


# ---- objections ----

def test_a_school_objects_and_reads_the_answer(school, coordinator):
    card = f'/runs/{RISK}/schools/7'
    page = school.get(card)
    assert 'Возразить' in page.text and 'pupils-registered' in page.text
    empty = school.post(card + '/objection', about='pupils-registered',
                        claimed='1,1 %', text='')
    assert empty.status == 422
    assert 'Заполните это поле.' in empty.text
    assert 'value="1,1 %"' in empty.text
    assert 'value="pupils-registered" selected' in empty.text

    filed = school.post(card + '/objection', about='pupils-registered',
                        claimed='1,1 %', text='На учёте трое, а не шестеро.')
    path = f'/objections/{number_of(filed)}'
    assert 'ждёт ответа' in filed.text

    coordinator.get(path)
    silent = coordinator.post(path + '/answer', verdict='declined', answer='',
                              version='1', load='')
    assert silent.status == 422
    assert 'value="declined" checked' in silent.text
    coordinator.post(path + '/answer', verdict='declined', version='1', load='',
                     answer='Данные взяты из отчёта на 1 октября.')
    assert 'Данные взяты из отчёта' in school.get(path).text
    assert 'отклонено' in school.get(card).text


def test_the_second_answer_is_a_visible_conflict(sosh4, coordinator):
    filed = sosh4.post(f'/runs/{RISK}/schools/18/objection', text='Ещё одно.',
                       mark=re.search(r'name="mark" value="(\w+)"', sosh4.get(
                           f'/runs/{RISK}/schools/18').text)[1])
    path = f'/objections/{number_of(filed)}'
    coordinator.get(path)
    sosh4.get(path)
    sosh4.post(path + '/withdraw', version='1')
    late = coordinator.post(path + '/answer', verdict='accepted', version='1',
                            answer='Хорошо.', load='')
    assert late.status == 409
    assert 'На это возражение уже ответили.' in late.text
    assert 'отозвал' in late.text


def test_a_school_sees_its_own_only(school, sosh4):
    mine = json.loads(school.get('/objections.json').text)
    assert {o['school'] for o in mine} == {'Лугозерская СОШ'}
    theirs = json.loads(sosh4.get('/objections.json').text)
    assert {o['school'] for o in theirs} == {'СОШ № 4'}
    other = theirs[0]['id']
    assert school.get(f'/objections/{other}').status == 404
    assert school.get(f'/runs/{RISK}/schools/18').status == 404
    assert school.post(f'/objections/{other}/answer').status == 403


# ---- an order ----

ORDER = '''Перечень школ
1. МБОУ «СОШ № 4»;
2. Лугозерская СОШ – контингент;
3. Школа за рекой.
'''


def test_an_order_is_pasted_looked_at_and_loaded(coordinator):
    said = dict(number='77-р', on=DAY, issuer='Министерство', title='',
                year='2026', kind='risk', basis='', file='')
    coordinator.get('/orders')
    empty = coordinator.post('/orders', **said | {'on': '31.02.2026'}, text='')
    assert empty.status == 422 and 'Такого дня нет' in empty.text
    assert 'value="77-р"' in empty.text
    nothing = coordinator.post('/orders', **said, text='')
    assert nothing.status == 422 and 'Вставьте список школ' in nothing.text

    draft = coordinator.post('/orders', **said, text=ORDER)
    path = draft.geturl().split(coordinator.server.url)[1]
    assert '№ 77-р от ' + DAY in draft.text
    assert 'Школа за рекой' in draft.text
    before = len(json.loads(coordinator.get('/orders.json').text))
    field = re.search(r'name="(school-[0-9a-f]{16})"', draft.text)[1]
    coordinator.get(path)
    coordinator.post(path + '/schools', **{field: '19'})
    again = coordinator.get(path)
    assert 'Какие это школы?' not in again.text
    order = coordinator.post(path + '/apply')
    assert '/orders/' in order.geturl() and 'Приказ загружен.' in order.text
    assert len(json.loads(coordinator.get('/orders.json').text)) == before + 1
    rows = json.loads(coordinator.get(
        f'/orders/{number_of(order)}.json').text)
    assert {r['name'] for r in rows} == {'Лугозерская СОШ', 'СОШ № 4',
                                         'СОШ № 5'}


def test_the_same_order_does_not_come_twice(coordinator):
    coordinator.get('/orders')
    again = coordinator.post(
        '/orders', number='77-р', on=DAY, issuer='', title='', year='2026',
        kind='risk', basis='', file='', text='1. СОШ № 1')
    assert 'уже загружен' in again.text


def test_an_order_comes_as_a_file_and_is_named_afterwards(server, coordinator):
    """A list met by the wizard waits for its number and day."""
    coordinator.get('/loads')
    draft = coordinator.upload(
        '/loads', 'перечень.csv',
        'Школа;Перечень;Основание\n0116;shnsu;удалённость\n'
        '0117;shnsu;\n'.encode())
    path = draft.geturl().split(server.url)[1]
    assert 'назовите приказ, из которого он взят' in draft.text
    said = dict(number='', on=DAY, issuer='', title='', year='2026',
                kind='shnsu', basis='окружение')
    bare = coordinator.post(path + '/order', **said)
    assert bare.status == 422 and 'Заполните это поле.' in bare.text
    named = coordinator.post(path + '/order', **said | {'number': '78-р'})
    assert '№ 78-р от ' + DAY in named.text
    order = coordinator.post(path + '/apply')
    rows = json.loads(coordinator.get(
        f'/orders/{number_of(order)}.json').text)
    assert {(r['name'], r['basis']) for r in rows} == {
        ('СОШ № 1', 'удалённость'), ('СОШ № 2', 'окружение')}


def test_differences_are_explained(server, coordinator):
    page = coordinator.get(f'/runs/{RISK}/reconcile')
    path = page.geturl().split(server.url)[1]
    assert 'Только в расчёте: ' in page.text
    rows = json.loads(coordinator.get(path + '.json').text)
    ours = [r for r in rows if r['difference'] == 'only_ours']
    assert ours
    assert coordinator.get(path + '.xlsx').data[:2] == b'PK'
    first = re.search(r'name="school" value="(\d+)"><input type="hidden" '
                      r'name="version" value="0"', page.text)[1]
    coordinator.get(path)
    done = coordinator.post(path + '/note', school=first, version='0',
                            text='Регион смотрит на прошлый год.')
    assert 'Объяснение записано.' in done.text
    other = Person(server, 'yartseva')
    other.get(path)
    late = other.post(path + '/note', school=first, version='0',
                      text='А я думаю иначе.')
    assert late.status == 409
    assert 'Регион смотрит на прошлый год.' in late.text
    assert 'А я думаю иначе.' in late.text
    done = other.post(path + '/note', school=first, version='1',
                      text='А я думаю иначе.')
    assert 'А я думаю иначе.' in done.text


# ---- groups ----

def test_groups_on_a_day(coordinator, school):
    now = json.loads(coordinator.get('/groups.json').text)
    assert any(g['kind'] == 'risk' for g in now)
    then = coordinator.get('/groups?on=01.10.2024')
    assert 'Состояние на 01.10.2024' in then.text
    assert coordinator.get('/groups?on=31.02.2024').text.count('class="err"') \
        == 1
    left = json.loads(coordinator.get('/groups.json?show=left').text)
    assert any(g['name'] == 'Устьвяхирская ООШ' and g['left'] for g in left)
    assert 'Группы школ' in school.get('/groups').text
    assert school.post('/groups/rules').status == 403


def test_a_rule_of_leaving_names_its_act(coordinator):
    coordinator.get('/groups')
    bad = coordinator.post('/groups/rules', kind='shnsu', rule='years',
                           years='', source='постановление № 5')
    assert bad.status == 422 and 'Число лет' in bad.text
    done = coordinator.post('/groups/rules', kind='shnsu', rule='years',
                            years='3', source='постановление № 5')
    assert 'через 3 года' in done.text and 'постановление № 5' in done.text


# ---- the index ----

def test_an_index_shows_how_it_is_computed(coordinator, head):
    page = coordinator.get(f'/runs/{INDEX}')
    for words in ('Индекс = 50 + 10', 'Насколько перечень устойчив',
                  'с индексом ниже 42'):
        assert words in page.text
    rows = json.loads(coordinator.get(f'/runs/{INDEX}.json').text)
    listed = [r for r in rows if r['status'] == 'listed']
    assert 0 < len(listed) < len(rows) == 24
    assert all(r['index'] < 42 for r in listed)
    card = coordinator.get(f'/runs/{INDEX}/schools/6')
    assert 'Прибавляет к 50' in card.text and 'Кедроложская СОШ' in card.text
    assert coordinator.get(f'/runs/{INDEX}/schools/6/docx').status == 404


def test_an_index_is_drawn_up_on_the_page_of_lists(server, coordinator):
    page = coordinator.get('/runs')
    assert '<option value="shnsu"' in page.text
    same = coordinator.post('/runs', method='shnsu', year='2026')
    assert f'/runs/{INDEX}' in same.geturl()
    assert 'до последнего знака' in same.text
    other = coordinator.post('/runs', method='shnsu', year='2022')
    assert 'Перечень рассчитан.' in other.text
    assert 'решают баллы' in other.text


def test_the_head_approves_with_the_details(coordinator, head):
    version = re.search(r'name="version" value="(\d+)"',
                        head.get(f'/runs/{INDEX}').text)[1]
    step = dict(step='approve', version=version, document='протокол',
                document_on=DAY)
    bare = head.post(f'/runs/{INDEX}/step', **step, document_number='')
    assert bare.status == 422
    assert 'Нет номера документа.' in bare.text
    assert f'value="{DAY}"' in bare.text
    done = head.post(f'/runs/{INDEX}/step', **step, document_number='14')
    assert f'протокол № 14 от {DAY}' in done.text
    late = head.post(f'/runs/{INDEX}/step', **step, document_number='15')
    assert late.status == 409
    assert 'уже переведён' in late.text
    assert coordinator.post(
        f'/runs/{INDEX}/step', step='revoke', reason='x',
        version=version).status == 403


# ---- objectivity ----

def test_reading_of_signs_is_written_down(school, coordinator, head):
    assert school.get('/objectivity').status == 403
    page = coordinator.get('/objectivity')
    assert 'требует проверки' in page.text
    assert 'акт № 2' in page.text
    assert 'просмотрены сведения ограниченного доступа' in \
        head.get('/audit').text
    year = re.search(r'name="year" value="(\d+)"', page.text)[1]
    many = coordinator.post(
        '/objectivity/second', year=year, school='17', procedure='oge-math',
        mark2='900', mark3='1', mark4='1', mark5='1', document='акт № 9',
        note='')
    assert many.status == 422 and 'Проверено 903 работ' in many.text
    assert 'value="900"' in many.text


# ---- the wizard ----

def test_a_table_is_pasted_and_a_bad_row_comes_back(coordinator):
    coordinator.get('/loads')
    none = coordinator.post('/loads', year='', procedure='', text='')
    assert none.status == 422 and 'вставьте таблицу' in none.text
    draft = coordinator.post(
        '/loads', year='', procedure='',
        text='school\tyear\tprocedure\tparticipants\tfailed\n'
             '0117\t2025/2026\tvpr-rus-4\t81\t2\n'
             '0118\t2025/2026\tvpr-rus-4\tмного\t2\n')
    path = draft.geturl().split(coordinator.server.url)[1]
    assert 'вставленная таблица' in draft.text
    refused = coordinator.get(path + '/refused').text
    assert '0118' in refused and '0117' not in refused
    loaded = coordinator.post(path + '/apply', partial='1')
    assert 'Файл загружен.' in loaded.text
    mended = coordinator.upload('/loads', 'исправлено.csv', refused.replace(
        'много', '70').encode())
    assert 'Загружать нечего' not in mended.text
    back = coordinator.post(
        mended.geturl().split(coordinator.server.url)[1] + '/apply')
    assert 'Файл загружен.' in back.text


# ---- the passport ----

def test_a_passport_says_what_the_school_lacks(coordinator, school):
    for who in (coordinator, school):
        page = who.get('/schools/7').text
        for words in ('Почему школа в перечне', 'Те же дети по годам',
                      'Схожие школы', 'Дефициты', 'Условия', 'Группы',
                      'Возражения школы', 'Полозкова Е. В.'):
            assert words in page, words


# ---- in a browser ----

def test_from_objection_to_approval_in_a_browser(browser, server):  # noqa: F811
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    sign_in(browser, server, 'lugozerskaya')
    browser.get(f'{server.url}/runs/{RISK}/schools/7')
    browser.find_element(By.LINK_TEXT, 'Возразить').click()
    Select(browser.find_element(By.NAME, 'about')).select_by_index(1)
    browser.find_element(By.NAME, 'text').send_keys('Проверьте ещё раз.')
    browser.find_element(
        By.XPATH, '//button[contains(., "Возразить")]').click()
    path = browser.current_url
    assert 'Возражение подано' in browser.find_element(
        By.CSS_SELECTOR, '[role=status]').text

    browser.delete_all_cookies()
    sign_in(browser, server, 'yartseva')
    browser.get(path)
    browser.find_element(By.CSS_SELECTOR, '[value=accepted]').click()
    browser.find_element(By.NAME, 'answer').send_keys('Проверили, вы правы.')
    browser.find_element(
        By.XPATH, '//button[contains(., "Ответить")]').click()
    assert 'Проверили, вы правы.' in browser.find_element(
        By.TAG_NAME, 'main').text

    browser.get(server.url + '/runs/5/reconcile')
    browser.find_element(By.CSS_SELECTOR, '.diff summary').click()
    note = browser.find_element(By.CSS_SELECTOR, '.diff textarea')
    note.send_keys('Разница в одном ученике.')
    browser.find_element(By.CSS_SELECTOR, '.diff form button').click()
    assert 'Разница в одном ученике.' in browser.find_element(
        By.TAG_NAME, 'main').text
    browser.get(server.url + '/runs/5#step')
    browser.find_element(
        By.CSS_SELECTOR, '#step .btn-main').click()
    assert 'Сверен' in browser.find_element(By.CSS_SELECTOR, '.steps .now').text


def test_the_passport_prints_on_paper(browser, server):  # noqa: F811
    sign_in(browser, server, 'yartseva')
    browser.get(server.url + '/schools/18')
    paper = base64.b64decode(browser.execute_cdp_cmd(
        'Page.printToPDF', {'preferCSSPageSize': True})['data'])
    assert paper[:5] == b'%PDF-' and 1 <= paper.count(b'/Type /Page\n') <= 4


def test_the_room_fits_a_phone(browser, server):  # noqa: F811
    sign_in(browser, server, 'yartseva')
    browser.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': 390, 'height': 844, 'deviceScaleFactor': 1, 'mobile': True})
    try:
        for path in ('/objections', '/objections/1', '/orders', '/orders/6',
                     '/runs/5/reconcile', '/runs/5/edge', '/groups',
                     f'/runs/{INDEX}', f'/runs/{INDEX}/schools/6',
                     '/objectivity', '/schools/18'):
            browser.get(server.url + path)
            wide = browser.execute_script(
                'return document.documentElement.scrollWidth')
            assert wide <= 390, (path, wide)
    finally:
        browser.execute_cdp_cmd('Emulation.clearDeviceMetricsOverride', {})
