"""The lists for programs: tokens, pages, tags, problems, and the OpenAPI
document, checked against its own rules and against what is answered."""
import json
import re
import urllib.request

import pytest

from conftest import Person


@pytest.fixture(scope='module')
def token(server):
    person = Person(server, 'yartseva')
    person.get('/account')
    page = person.post('/account/tokens', name='выгрузка', until='01.01.2100')
    return re.search(r'<p class="mono">([\w-]+)</p>', page.text)[1]


class Program:
    def __init__(self, server, token):
        self.nobody, self.token = Person(server), token

    def get(self, path, **more):
        headers = {'Authorization': 'Bearer ' + self.token} if self.token else {}
        headers.update({k.replace('_', '-'): v for k, v in more.items()})
        return self.nobody.get('/api/v1' + path, **headers)


@pytest.fixture
def program(server, token):
    return Program(server, token)


@pytest.fixture
def document(program):
    answer = program.get('/openapi.json')
    assert answer.headers['Content-Type'] == 'application/json'
    return json.loads(answer.text)


# ---- a small reader of OpenAPI 3.1 and of the schemas it uses ----

NAMES = {'array': list, 'object': dict, 'string': str, 'boolean': bool,
         'null': type(None)}
KNOWN = {'type', 'items', 'properties', 'required', 'additionalProperties',
         'description', 'minimum', 'anyOf', 'format', 'title', '$ref'}


def resolve(document, schema):
    while '$ref' in schema:
        assert schema['$ref'].startswith('#/')
        found = document
        for part in schema['$ref'][2:].split('/'):
            found = found[part]
        schema = found
    return schema


def is_of_type(value, name):
    if name in ('integer', 'number'):
        return isinstance(value, (int, float)) and not isinstance(value, bool) \
            and (name == 'number' or isinstance(value, int))
    return isinstance(value, NAMES[name])


def fits(document, value, schema):
    try:
        check_value(document, value, schema)
    except AssertionError:
        return False
    return True


def check_value(document, value, schema):
    schema = resolve(document, schema)
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if 'anyOf' in schema:
        assert any(fits(document, value, s) for s in schema['anyOf']), value
    types = schema.get('type')
    if types:
        types = [types] if isinstance(types, str) else types
        assert any(is_of_type(value, t) for t in types), (value, types)
    if schema.get('format') == 'date' and value is not None:
        assert re.fullmatch(r'\d{4}-\d\d-\d\d', value), value
    if isinstance(value, list) and 'items' in schema:
        for one in value:
            check_value(document, one, schema['items'])
    if isinstance(value, dict):
        check_object(document, value, schema)


def check_object(document, value, schema):
    missing = set(schema.get('required', [])) - set(value)
    assert not missing, missing
    known = schema.get('properties', {})
    for name, one in value.items():
        if name in known:
            check_value(document, one, known[name])
        else:
            assert schema.get('additionalProperties') is not False, name


def check_schema(document, schema, seen=()):
    """Only words of the language, and what is referred to is there."""
    if '$ref' in schema:
        if schema['$ref'] in seen:
            return
        seen = (*seen, schema['$ref'])
    schema = resolve(document, schema)
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    types = schema.get('type', [])
    for name in [types] if isinstance(types, str) else types:
        assert name in NAMES or name in ('integer', 'number')
    inner = [*schema.get('properties', {}).values(), *schema.get('anyOf', [])]
    inner += [schema['items']] if 'items' in schema else []
    for one in inner:
        check_schema(document, one, seen)
    assert set(schema.get('required', [])) <= set(schema.get('properties', {}))


def test_the_document_is_openapi(document):
    assert re.fullmatch(r'3\.1\.\d+', document['openapi'])
    assert set(document) <= {'openapi', 'info', 'servers', 'paths',
                             'components', 'security'}
    assert document['info']['title'] and document['info']['version']
    ids = []
    for path, item in document['paths'].items():
        assert path.startswith('/') and set(item) == {'get'}
        operation = item['get']
        ids.append(operation['operationId'])
        assert operation['summary'] and operation['description']
        places = {p['name'] for p in operation['parameters']
                  if p['in'] == 'path'}
        assert places == set(re.findall(r'{(\w+)}', path))
        names = [(p['in'], p['name']) for p in operation['parameters']]
        assert len(names) == len(set(names))
        for parameter in operation['parameters']:
            assert parameter['in'] in ('path', 'query')
            assert parameter['in'] == 'query' or parameter['required'] is True
            check_schema(document, parameter['schema'])
        for status, answer in operation['responses'].items():
            assert re.fullmatch(r'[1-5]\d\d', status) and answer['description']
            for media in answer.get('content', {}).values():
                check_schema(document, media['schema'])
    assert len(ids) == len(set(ids))
    scheme = document['components']['securitySchemes']
    for need in document['security']:
        assert set(need) <= set(scheme)


# What stands in the {…} of a path, of the demonstration.
PLACES = {'/plans/{plan}/maps': [1], '/runs/{run}/orders/{official}': [(5, 6)],
          '/runs/{run}/schools/{school}': [(5, 18), (5, 2), (6, 7), (5, 21)],
          '/runs/{run}': [5, 7], '/runs/{run}/edge': [5],
          '/runs/{run}/objections': [5], '/runs/{run}/history': [5],
          '/orders/{official}': [6, 1], '/plans/{plan}': [1],
          '/plans/{plan}/check': [4, 1], '/loads/{load}/history': [14],
          '/schools/{school}/history': [7]}
QUERIES = {'/search': '?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0',
           '/groups': '?on=01.10.2025', '/tasks': '?show=all'}
# The administrator's own; nobody else is asked.
OF_ADMIN = {'/people', '/audit', '/people/{person}/history'}


def addresses(path):
    for places in PLACES.get(path, [1]):
        places = places if isinstance(places, tuple) else (places,)
        address, rest = path, list(places)
        while '{' in address:
            address = re.sub(r'{\w+}', str(rest.pop(0)), address, count=1)
        yield address + QUERIES.get(path, '')


def ask(document, path, program, admin):
    """Every answer of this address, each as described."""
    described = document['paths'][path]['get']['responses']
    for address in addresses(path):
        answer = admin.get('/api/v1' + address) if path in OF_ADMIN \
            else program.get(address)
        kind = answer.headers['Content-Type']
        told = json.loads(answer.text)
        check_value(document, told,
                    described[str(answer.status)]['content'][kind]['schema'])
        yield answer, told


def test_every_address_answers_as_described(document, program, admin):
    for path, item in document['paths'].items():
        for answer, _ in ask(document, path, program, admin):
            described = item['get']['responses'][str(answer.status)]
            assert answer.status == 200, path
            assert answer.headers['ETag'] and 'ETag' in described['headers']


def test_the_description_would_notice(document):
    """A column more, a column less, another type: each is told apart."""
    schema = document['paths']['/schools']['get']['responses']['200'][
        'content']['application/json']['schema']
    row = {name: None for name in schema['items']['properties']}
    check_value(document, [row], schema)
    for wrong in ({**row, 'rank': 1}, {**row, 'pupils': 'много'},
                  {**row, 'closed': '1 мая'},
                  {k: v for k, v in row.items() if k != 'code'}):
        assert not fits(document, [wrong], schema)


def shapes(document, path):
    schema = document['paths'][path]['get']['responses']['200']['content'][
        'application/json']['schema']
    if schema.get('type') != 'array':
        return []
    return schema['items'].get('anyOf', [schema['items']])


# What no row of the demonstration knows; the history of a school is printed by
# the table of every history.
NEVER = {('/schools', 'closed'), ('/schools', 'address'), ('/groups', 'until'),
         ('/groups', 'left')}
EMPTY = {'/schools/{school}/history'}


@pytest.fixture
def remembered(coordinator):
    """A file that was loaded and taken back leaves its profile."""
    coordinator.get('/loads')
    rows = ('год;школа;процедура;участников;не справились\n'
            '2021/2022;0101;vpr-math-8;19;2\n')
    draft = coordinator.upload('/loads', 'профиль.csv', rows.encode())
    loaded = coordinator.post(
        f'/loads/{draft.url.rsplit("/", 1)[1]}/apply')
    assert 'Файл загружен.' in loaded.text
    coordinator.post(f'/loads/{loaded.url.rsplit("/", 1)[1]}/undo')


def test_every_column_is_named_and_comes(document, program, admin, remembered):
    """Nothing is declared that never comes: each column has a value somewhere
    in the demonstration, and a title in Russian."""
    silent, empty = set(), set()
    for path in document['paths']:
        known, rows = set(), 0
        for _, told in ask(document, path, program, admin):
            for row in told if isinstance(told, list) else []:
                rows += 1
                known |= {k for k, v in row.items() if v is not None}
        if not shapes(document, path):
            continue
        if not rows:
            empty.add(path)
            continue
        for shape in shapes(document, path):
            for name, column in shape['properties'].items():
                assert column['description'], (path, name)
                if len(shapes(document, path)) == 1 and name not in known:
                    silent.add((path, name))
    assert empty <= EMPTY and silent <= NEVER, (empty - EMPTY, silent - NEVER)


def test_pages_join_into_the_whole(program):
    whole = json.loads(program.get('/schools').text)
    assert len(whole) == 24
    rows, address, turns = [], '/schools?per_page=10', 0
    while address:
        answer = program.get(address)
        rows += json.loads(answer.text)
        assert answer.headers['X-Total-Count'] == '24'
        links = {rel: to for to, rel in re.findall(
            r'<([^>]+)>; rel="(\w+)"', answer.headers['Link'])}
        address = links.get('next', '').removeprefix('/api/v1')
        turns += 1
    assert rows == whole and turns == 3
    assert links['last'].endswith('page=3') and 'prev' in links
    assert json.loads(program.get('/schools?page=9').text) == []


def test_the_filter_of_the_page_is_the_filter_of_the_list(program, coordinator):
    for query in ('?show=rural', '?show=small'):
        assert json.loads(program.get('/schools' + query).text) == \
            json.loads(coordinator.get('/schools.json' + query).text)


def test_what_did_not_change_is_not_sent_again(program):
    answer = program.get('/schools')
    tag = answer.headers['ETag']
    again = program.get('/schools', If_None_Match=tag)
    assert again.status == 304 and again.data == b''
    assert program.get('/schools?show=rural', If_None_Match=tag).status == 200


def test_refusals_are_problems_in_words(server, program):
    def problem(answer, status):
        assert answer.status == status
        assert answer.headers['Content-Type'] == 'application/problem+json'
        told = json.loads(answer.text)
        assert told['status'] == status and told['title'] and told['detail']
        return told

    stranger = Program(server, '')
    assert problem(stranger.get('/schools'), 401)
    assert stranger.get('/schools').headers['WWW-Authenticate'] == 'Bearer'
    problem(Program(server, 'x' * 40).get('/schools'), 401)
    problem(program.get('/people'), 403)
    problem(program.get('/runs/999'), 404)
    problem(program.get('/nothing'), 404)
    problem(program.get('/account'), 404)   # a page, not a list
    problem(program.get('/schools.csv'), 404)
    wrong = problem(program.get('/schools?page=0&per_page=many'), 422)
    assert {c['field'] for c in wrong['complaints']} == {'page', 'per_page'}
    problem(program.nobody.open(urllib.request.Request(
        server.url + '/api/v1/runs', b'method=shnor')), 405)


def test_a_school_gets_its_own_through_the_api_too(server):
    person = Person(server, 'lugozerskaya')
    rows = json.loads(person.get('/api/v1/schools').text)
    assert [r['name'] for r in rows] == ['Лугозерская СОШ']
    assert person.get('/api/v1/loads').status == 403
