"""The first pages: «Сводка» and what leads away from it."""
import json
import re
from urllib.parse import quote

from conftest import Person, Server


def test_the_first_page_is_the_overview(coordinator):
    page = coordinator.get('/')
    assert page.url.endswith('/overview')
    assert 'Кто в перечне?' in page.text
    assert 'Доля не справившихся по процедурам' in page.text


def test_every_number_has_its_list(coordinator):
    page = coordinator.get('/overview').text
    assert 'show=listed' in page and 'show=edge' in page
    for address in ('/runs/5?show=listed', '/runs/5?show=edge', '/objections',
                    '/overview?show=without'):
        assert coordinator.get(address).status == 200


def test_a_filter_is_in_the_address_and_in_the_files(coordinator):
    def rows(query):
        return json.loads(coordinator.get('/overview.json' + query).text)

    everything, rural = rows(''), rows('?show=rural')
    assert len(rural) < len(everything)
    names = {row['school'] for row in rural}
    assert 'Вьюжинская СОШ' in names and 'Гимназия № 3' not in names
    one = next(row for row in rural if row['school'] == 'Вьюжинская СОШ'
               and row['procedure'] == 'ОГЭ, математика')
    assert (one['failed']['count'], one['failed']['of']) == (3, 7)
    both = coordinator.get('/overview?show=rural').text
    assert 'Гимназия № 3' not in both and 'Вьюжинская СОШ' in both


def test_a_year_without_results_says_what_to_do(coordinator):
    page = coordinator.get('/overview?year=2019').text
    assert 'Нет результатов за 2018/19' in page
    assert 'Загрузить результаты' in page
    assert 'Перечня на 2019/20 уч. г. нет' in page


def test_a_school_sees_itself_only(school):
    page = school.get('/overview').text
    assert 'Лугозерская СОШ' in page
    assert 'Вьюжинская' not in page and 'Загрузки' not in page


def test_a_filter_is_kept_under_a_name_and_shared(server, coordinator, school):
    coordinator.get('/schools?show=rural')
    page = coordinator.post('/views', name='сельские школы', page='/schools',
                            query='show=rural', shared='1')
    assert page.url.endswith('/schools?show=rural')
    assert 'Вид сохранён.' in page.text and 'сельские школы' in page.text
    assert 'сельские школы' in school.get('/schools').text
    assert 'сельские школы' not in school.get('/runs').text
    number = re.search(r'/views/(\d+)/drop', page.text)[1]
    school.get('/schools')
    assert school.post(f'/views/{number}/drop').status == 404
    assert school.post('/views', name='мои', page='/schools', query='',
                       shared='1').status == 403
    assert school.post('/views', name='мои', page='/account').status == 404
    page = coordinator.post(f'/views/{number}/drop', back='/schools')
    assert 'Вид убран.' in page.text and 'сельские школы' not in page.text


def test_the_history_of_an_object_tells_was_and_becomes(coordinator, school):
    page = coordinator.get('/runs/5/history').text
    assert 'рассчитан перечень' in page
    rows = json.loads(coordinator.get('/runs/5/history.json').text)
    assert rows and {'at', 'person', 'action', 'was', 'becomes'} <= set(rows[0])
    assert '/runs/5/history' in coordinator.get('/runs/5').text
    assert school.get('/schools/2/history').status == 404
    assert school.get('/people/1/history').status == 403


def test_notices_come_to_the_bell_and_are_read(server):
    school = Person(server, 'lugozerskaya')
    page = school.get('/notices')
    assert 'О чём извещать' in page.text
    page = school.post('/notices/kinds', **{'list.open': '1'})
    assert 'Выбор извещений сохранён.' in page.text
    assert page.text.count(' checked') == 1
    everything = {name: '1' for name in re.findall(
        r'type="checkbox" name="([\w.]+)"', page.text)}
    assert school.post('/notices/kinds', **everything).text.count(
        ' checked') == len(everything)


def test_own_work_is_the_home_of_a_school(school):
    page = school.get('/')
    assert page.url.endswith('/work') and 'Моя школа' in page.text


def test_a_deputy_gets_the_roles_and_the_name_says_for_whom(server):
    head = Person(server, 'glebov')
    page = head.get('/account/deputy').text
    number = re.search(r'value="(\d+)">Истомина', page)[1]
    refused = head.post('/account/deputy', person=number, since='01.01.2100',
                        until='31.12.2099')
    assert refused.status == 422 and 'раньше первого' in refused.text
    today = re.search(r'name="since"[^>]*value="([\d.]+)"', page)[1]
    done = head.post('/account/deputy', person=number, since=today,
                     until='31.12.2100')
    assert 'Замещение назначено.' in done.text and 'Истомина' in done.text
    deputy = Person(server, 'istomina')
    assert '(за: Глебов А. Р.)' in deputy.get('/account').text
    assert deputy.get('/audit').status == 200
    assert 'Вы замещаете: Глебов А. Р.' in deputy.get('/notices').text
    done = head.post(f'/account/deputy/{number}/end')
    assert 'Замещение прекращено.' in done.text
    assert deputy.get('/audit').status == 403
    assert head.post(f'/account/deputy/{number}/end').status == 404


def test_who_sees_all_sets_up_a_second_step_before_going_on(tmp_path):
    own = Server(tmp_path)
    try:
        coordinator, school = Person(own, 'yartseva'), Person(own, 'lugozerskaya')
        page = coordinator.get('/settings').text
        assert 'В демонстрации он выключен' in page
        page = coordinator.post('/settings', factor_from='01.01.2020')
        assert page.url.endswith('/account/factor')
        assert 'включите второй шаг' in page.text
        assert coordinator.get('/schools').url.endswith('/account/factor')
        assert coordinator.get('/schools.json').status == 403
        assert coordinator.get('/account').status == 200
        assert coordinator.post('/views', name='а', page='/schools').status == 403
        assert school.get('/schools').url.endswith('/schools')
    finally:
        own.stop()


def test_the_search_knows_schools_lists_and_sections(coordinator):
    assert coordinator.get('/search?q=' + quote('лугозер')).url.endswith('/7')
    assert coordinator.get('/search?q=' + quote('моя работа')).url \
        .endswith('/work')
    rows = json.loads(coordinator.get(
        '/search.json?q=' + quote('перечень')).text)
    assert {row['kind'] for row in rows} >= {'перечень'}
    assert all(row['address'].startswith('/') for row in rows)


def test_the_overview_of_an_earlier_day(coordinator):
    now = coordinator.get('/overview').text
    then = coordinator.get('/overview?on=01.10.2025').text
    assert 'Состояние на 01.10.2025.' in then
    assert 'не хранит' in then and 'Что ждёт вас' not in then
    assert 'Состояние на' not in now
    # Of that day's school year: the list of 2025/26 and results before it.
    assert 'Доля не справившихся по процедурам, 2024/25' in then
    before = coordinator.get('/overview?on=01.09.2021').text
    assert 'Кто в перечне?' not in before
    wrong = coordinator.get('/overview?on=32.13.2025').text
    assert 'Такого дня нет' in wrong and 'aria-invalid="true"' in wrong
    assert 'ещё не наступил' in coordinator.get(
        '/overview?on=01.01.2100').text
    rows = json.loads(coordinator.get('/overview.json?on=01.10.2025').text)
    assert {row['year'] for row in rows} == {'2024/25'}


def test_a_deficit_without_a_measure_is_named(coordinator):
    page = coordinator.get('/overview').text
    found = re.search(r'Какой дефицит без меры\?</h3><p class="tile-n">(\d+)',
                      page)
    rows = json.loads(coordinator.get(
        '/deficits.json?show=without&schools=listed').text)
    assert len(rows) == int(found[1]) > 0
    assert all(row['measure'] is None for row in rows)
    answered = json.loads(coordinator.get(
        '/deficits.json?show=answered').text)
    assert answered and all(row['measure'] for row in answered)
    assert '/deficits?' in page and 'show=without' in page
    page = coordinator.get('/deficits?show=without').text
    assert rows[0]['school'] in page and 'меры нет' in page


def test_a_measure_says_which_deficit_it_answers(coordinator):
    plan = next(row for row in json.loads(
        coordinator.get('/plans.json').text) if row['title'].startswith(
            'План подготовки'))
    page = coordinator.get(f'/plans/{plan["id"]}').text
    measure = re.search(r'/measures/(\d+)', page)[1]
    page = coordinator.get(f'/measures/{measure}').text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    title = re.search(r'name="title"[^>]*>([^<]+)', page)[1]
    done = coordinator.post(f'/measures/{measure}', version=version,
                            title=title, answers='digital')
    assert 'Строка сохранена.' in done.text
    assert 'value="digital" selected' in done.text


def test_the_journal_is_asked_by_person_day_kind_and_object(admin):
    rows = json.loads(admin.get('/audit.json?object=plan').text)
    everything = json.loads(admin.get('/audit.json').text)
    assert 0 < len(rows) < len(everything)
    who = re.search(r'<option value="(\d+)">Ярцева', admin.get('/audit').text)
    own = json.loads(admin.get(f'/audit.json?person={who[1]}').text)
    assert {row['person'] for row in own} == {'Ярцева П. А.'}
    day = json.loads(admin.get(
        '/audit.json?from=01.09.2025&to=30.09.2025').text)
    assert day and all('.09.2025' in row['at'] for row in day)
    kind = json.loads(admin.get('/audit.json?action=mark.returned').text)
    assert {row['action'] for row in kind} == {'отметка возвращена'}
    page = admin.get('/audit?from=32.13.2025').text
    assert 'Такого дня нет' in page
    page = admin.get('/audit?object=plan&from=01.01.1990&to=02.01.1990').text
    assert 'Таких записей нет' in page and 'value="plan" selected' in page
    assert '/audit.csv?object=plan&amp;from=01.01.1990' in page


def test_the_history_of_an_object_is_asked_likewise(coordinator):
    rows = json.loads(coordinator.get(
        '/runs/5/history.json?action=run.made').text)
    assert [row['action'] for row in rows] == ['рассчитан перечень']
    page = coordinator.get('/runs/5/history?from=01.01.2100').text
    assert 'Таких записей нет' in page


def test_the_search_knows_the_forms_of_words(coordinator, school):
    def found(question, who=coordinator):
        return json.loads(who.get('/search.json?q=' + quote(question)).text)

    for form in ('консультация учителя', 'консультаций учителям',
                 'консультациями учителей', 'консульт учит'):
        names = [row['name'] for row in found(form)]
        assert '2.5. Провести консультации учителей по заданиям ОГЭ и ЕГЭ' \
            in names, form
    assert {row['kind'] for row in found('дорожных карт')} >= {
        'план', 'мероприятие', 'раздел'}
    assert any(row['kind'] == 'приказ' for row in found('приказами 1684'))
    assert any(row['kind'] == 'загрузка' for row in found('социальный паспорт'))
    assert any(row['kind'] == 'подтверждение' for row in found('59-о'))
    assert found('щебетание') == []
    # A school finds its own papers and nobody else's.
    assert not any(row['kind'] == 'загрузка'
                   for row in found('социальный паспорт', school))
    assert not any('СОШ № 4' in row['code'] for row in found('карта', school))
