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
         'description', 'minimum', '$ref'}


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


def check_value(document, value, schema):
    schema = resolve(document, schema)
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    types = schema.get('type')
    if types:
        types = [types] if isinstance(types, str) else types
        assert any(is_of_type(value, t) for t in types), (value, types)
    if isinstance(value, list) and 'items' in schema:
        for one in value:
            check_value(document, one, schema['items'])
    if isinstance(value, dict):
        for name in schema.get('required', []):
            assert name in value
        for name, one in value.items():
            if name in schema.get('properties', {}):
                check_value(document, one, schema['properties'][name])
            elif 'additionalProperties' in schema:
                check_value(document, one, schema['additionalProperties'])


def check_schema(document, schema):
    schema = resolve(document, schema)
    assert set(schema) <= KNOWN
    for name in [schema.get('type', [])] if isinstance(
            schema.get('type'), str) else schema.get('type', []):
        assert name in NAMES or name in ('integer', 'number')


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


def test_every_address_answers_as_described(document, program):
    """Path places take the demonstration's first objects."""
    for path, item in document['paths'].items():
        address = path.replace('{school}', '18').replace('{run}', '5')
        address = re.sub(r'{\w+}', '1', address)
        answer = program.get(address)
        described = item['get']['responses'][str(answer.status)]
        kind = answer.headers['Content-Type']
        check_value(document, json.loads(answer.text),
                    described['content'][kind]['schema'])
        if answer.status == 200:
            assert answer.headers['ETag'] and 'ETag' in described['headers']


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
