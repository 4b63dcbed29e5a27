"""The school year and schedules of others are loaded by whoever has only a
browser: looked at before, mended in place, and the plans' days follow.
"""
import html
import re

import pytest

from conftest import Person

WAITS = 'график регионального института'


def typed(page, field):
    found = re.search(rf'<textarea id="{field}"[^>]*>\n?(.*?)</textarea>', page, re.S)
    return html.unescape(found[1])


def reasons(page):
    return html.unescape(' '.join(re.findall(r'class="err".*?</svg>\s*(.*?)</span>',
                                             page, re.S)))


@pytest.fixture
def year(coordinator):
    page = coordinator.get('/terms').text
    return int(re.search(r'name="year" value="(\d+)"', page)[1])


def test_a_year_is_looked_at_mended_and_written(coordinator, school, year):
    page = coordinator.get('/terms').text
    assert 'обычные дни' in page
    lines = typed(page, 'y-lines')
    assert f'1 четверть: 01.09.{year} – 31.10.{year}' in lines

    wrong = lines.replace('2 четверть: ', '2 четверть ') + 'ЕГЭ: когда-нибудь\n'
    answer = coordinator.post('/terms/year', year=year,  # as a browser sends it
                              lines=wrong.replace('\n', '\r\n'))
    assert '\ufffd' not in answer.text
    assert answer.status == 422
    said = reasons(answer.text)
    assert 'Нет двоеточия' in said and '«ЕГЭ: когда-нибудь»: Не понято' in said
    assert 'ЕГЭ: когда-нибудь' in typed(answer.text, 'y-lines')

    right = lines.replace(f'31.10.{year}', f'25.10.{year}') + \
        'ЕГЭ: 24 мая – 2 июля\nвыходной: 9 ноября, 10 ноября\n'
    answer = coordinator.post('/terms/year', year=year, lines=right, look='1')
    assert answer.status == 200 and 'Пока ничего не записано.' in answer.text
    assert 'периодов 9, дней 2' in answer.text
    assert 'обычные дни' in coordinator.get('/terms').text

    answer = coordinator.post('/terms/year', year=year, lines=right,
                              source='Приказ об учебном графике № 5')
    assert 'Учебный год записан' in answer.text
    assert f'выходной: 09.11.{year} – 10.11.{year}' in typed(answer.text, 'y-lines')
    for reader in (coordinator, school):
        page = reader.get('/terms').text
        assert 'Приказ об учебном графике № 5' in page and 'обычные дни' not in page
    assert 'Изменить учебный год' not in school.get('/terms').text
    assert school.post('/terms/year', year=year, lines=right).status == 403

    # and back, so that other tests find the usual days
    coordinator.post('/terms/year', year=year, lines=lines)


def test_a_schedule_dates_the_rows_that_wait_for_it(server, coordinator, year):
    page = coordinator.get('/terms').text
    assert f'<b>{WAITS}</b>' in page
    bad = f'С;По;Мероприятие;Школа\n10.11.{year};;Семинар;\n32.11.{year};;Б;Нет такой\n'
    answer = coordinator.upload('/terms/schedule', 'график.csv', bad.encode(),
                                name=WAITS, source='', look='1')
    assert answer.status == 422
    said = reasons(answer.text)
    assert 'строка 3' in said and 'Это не дата' in said and 'Такой школы нет' in said

    # what was read from the file is there to be mended
    rows = typed(answer.text, 's-table')
    assert rows.startswith('С\tПо\tМероприятие\tШкола\n')
    mended = rows.replace('32.11', '12.11').replace('Нет такой', '')
    answer = coordinator.post('/terms/schedule', name=WAITS, source='письмо № 9',
                              table=mended, look='1')
    assert answer.status == 200 and 'Пока ничего не записано.' in answer.text
    assert 'которые ждут этого графика: 3' in answer.text
    assert f'<b>{WAITS}</b>' in coordinator.get('/terms').text

    other = coordinator.post('/terms/schedule', name='график, которого никто не ждёт',
                             table=mended, look='1')
    assert 'проверьте его название' in other.text

    answer = coordinator.post('/terms/schedule', name=WAITS, source='письмо № 9',
                              table=mended)
    assert 'График загружен' in answer.text and 'письмо № 9' in answer.text
    assert f'<b>{WAITS}</b>' not in answer.text
    assert WAITS in Person(server, 'admin').get('/audit').text


def test_nothing_chosen_is_said_beside_the_field(coordinator):
    answer = coordinator.post('/terms/schedule', name=WAITS, table='')
    assert answer.status == 422
    assert 'Выберите файл или вставьте таблицу.' in reasons(answer.text)
