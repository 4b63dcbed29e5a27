"""The first pages: «Сводка» and what leads away from it."""
import json


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
