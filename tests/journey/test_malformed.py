"""Requests that two servers could read differently are refused and closed."""
import pytest

# The body announced is awaited (and dropped) before the refusal is sent, so
# that a browser still reads it; an announcement nobody keeps times out.
WAITS = -1

HOST = b'Host: opora.test\r\n'
FORM = b'Content-Type: application/x-www-form-urlencoded\r\n'

# name, bytes, statuses that are a refusal (0: closed without a word)
MALFORMED = [
    ('two lengths that differ',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: 5\r\n'
     b'Content-Length: 6\r\n\r\nhello!', {400}),
    ('two lengths alike',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: 5\r\n'
     b'Content-Length: 5\r\n\r\nhello', {400}),
    ('length and chunks',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: 5\r\n'
     b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n', {400}),
    ('chunks',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: chunked\r\n'
     b'\r\n5\r\nhello\r\n0\r\n\r\n', {411}),
    ('hexadecimal chunk',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: chunked\r\n'
     b'\r\n0x5\r\nhello\r\n0\r\n\r\n', {400, 411}),
    ('chunked, identity',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: chunked, '
     b'identity\r\n\r\n0\r\n\r\n', {400, 411}),
    ('length with a plus',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: +5\r\n\r\nhello',
     {400}),
    ('length of hexadecimal',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: 0x5\r\n\r\nhello',
     {400}),
    ('length below zero',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: -5\r\n\r\nhello',
     {400}),
    ('length past 64 bits',
     b'POST /sign-in HTTP/1.1\r\n' + HOST +
     b'Content-Length: 18446744073709551621\r\n\r\nhello', {400, 413, WAITS}),
    ('two hosts',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'Host: other.test\r\n\r\n', {400}),
    ('no host', b'GET /sign-in HTTP/1.1\r\n\r\n', {400}),
    ('a body behind GET',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'Content-Length: 5\r\n\r\nhello',
     {400}),
    ('bare CR in a header',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'X: a\rb\r\n\r\n', {400}),
    ('control character in a header',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'X: a\x01b\r\n\r\n', {400}),
    ('space in the address',
     b'GET /sign in HTTP/1.1\r\n' + HOST + b'\r\n', {400}),
    ('NUL in the address',
     b'GET /sign\x00in HTTP/1.1\r\n' + HOST + b'\r\n', {400}),
    ('no version', b'GET /sign-in\r\n\r\n', {400, 0}),
    ('strange version',
     b'GET /sign-in HTTP/9.9\r\n' + HOST + b'\r\n', {400, 505, 0}),
    ('header without a colon',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'nonsense\r\n\r\n', {400}),
    ('a head too long',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'X: ' + b'a' * 40000 + b'\r\n\r\n',
     {400, 413, 431}),
    ('too many headers',
     b'GET /sign-in HTTP/1.1\r\n' + HOST + b'X: 1\r\n' * 200 + b'\r\n',
     {400, 431}),
    ('a form too long',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + FORM + b'Content-Length: 300000'
     b'\r\n\r\n' + b'a' * 300000, {413}),
    ('POST without a length',
     b'POST /sign-in HTTP/1.1\r\n' + HOST + b'Connection: close\r\n\r\n',
     {400, 411, 0}),
    ('unknown method', b'BREW /sign-in HTTP/1.1\r\n' + HOST + b'\r\n',
     {400, 405, 501}),
    ('not HTTP at all', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' * 20
     + b'\r\n\r\n',
     {400, 0}),
]


def status_of(answer):
    if not answer.startswith(b'HTTP/1.'):
        return 0
    return int(answer.split(b' ', 2)[1])


@pytest.mark.parametrize('name,data,refusals', MALFORMED,
                         ids=[case[0] for case in MALFORMED])
def test_is_refused_and_closed(server, name, data, refusals):
    answer, closed = server.raw(data, wait=3)
    if WAITS in refusals and answer == b'':
        return
    assert status_of(answer) in refusals, answer[:300]
    assert closed
    assert answer.count(b'HTTP/1.1 ') <= 1


def test_whole_requests_are_answered_in_turn(server):
    one = b'GET /sign-in HTTP/1.1\r\n' + HOST + b'\r\n'
    last = b'GET /sign-in HTTP/1.1\r\n' + HOST + b'Connection: close\r\n\r\n'
    answer, closed = server.raw(one + one + last, wait=5)
    assert closed and answer.count(b'HTTP/1.1 200') == 3


def test_head_has_the_length_and_no_body(server):
    answer, closed = server.raw(
        b'HEAD /sign-in HTTP/1.1\r\n' + HOST + b'Connection: close\r\n\r\n')
    head, _, body = answer.partition(b'\r\n\r\n')
    assert closed and head.startswith(b'HTTP/1.1 200') and body == b''
    assert b'Content-Length: 0' not in head


def test_an_unchanged_page_is_not_sent_again(nobody):
    first = nobody.get('/sign-in')
    again = nobody.get('/sign-in', **{'If-None-Match': first.headers['ETag']})
    assert again.status == 304 and again.data == b''


def test_text_is_packed_for_those_who_can_unpack(nobody):
    import gzip
    plain = nobody.get('/sign-in')
    packed = nobody.get('/sign-in', **{'Accept-Encoding': 'gzip'})
    assert packed.headers['Content-Encoding'] == 'gzip'
    assert gzip.decompress(packed.data) == plain.data
    style = re_style(plain.text)
    packed = nobody.get(style, **{'Accept-Encoding': 'gzip'})
    assert packed.headers['Content-Encoding'] == 'gzip'
    assert 'immutable' in packed.headers['Cache-Control']
    assert gzip.decompress(packed.data) == nobody.get(style).data


def re_style(text):
    import re
    return re.search(r'href="(/assets/style.css[^"]*)"', text)[1]
