#!/usr/bin/env python3
"""Many clients for a while: no error, no descriptor left open.

    soak.py OPORA DATABASE LOGIN PASSWORD [CLIENTS [SECONDS]]

Clients ask for pages over kept connections, some over new ones, some hang up
half-way.  At the end the server must answer as at the beginning, with as many
open descriptors.  Says how many answers of which status and the slowest of a
hundred and of a thousand quick pages; on a busy machine those say little.
"""
import collections
import http.client
import os
import signal
import socket
import sys
import threading
import time

import pages

PATHS = ('/healthz', '/schools', '/runs', '/runs/1', '/loads')


def descriptors(pid):
    total = 0
    for one in os.listdir('/proc'):
        try:
            if one.isdigit() and (int(one) == pid or int(pages.stat(one)[1]) == pid):
                total += len(os.listdir(f'/proc/{one}/fd'))
        except OSError:
            pass
    return total


def client(number, port, cookie, until, seen, times):
    link = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    turn = number
    while time.monotonic() < until:
        turn += 1
        path = PATHS[turn % len(PATHS)]
        if turn % 50 == 0:  # hangs up half-way
            with socket.create_connection(('127.0.0.1', port)) as s:
                s.sendall(b'GET /schools HTTP/1.1\r\nHost: x\r\n')
            continue
        if turn % 20 == 0:
            link.close()
        begun = time.monotonic()
        try:
            link.request('GET', path, headers={'Cookie': cookie})
            answer = link.getresponse()
            answer.read()
            seen[answer.status] += 1
        except (OSError, http.client.HTTPException) as error:
            seen[type(error).__name__] += 1
            link.close()
        times.append(time.monotonic() - begun)
    link.close()


def ask_together(clients, port, cookie, seconds, seen, times):
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(i, port, cookie, until, seen, times))
               for i in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def ask_slow(port, cookie):
    link = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    for _ in range(4):
        link.request('GET', '/plans/1/pdf', headers={'Cookie': cookie})
        link.getresponse().read()
    link.close()


def ask_slow_together(port, cookie):
    """Workers for slow pages come to work when there are some."""
    threads = [threading.Thread(target=ask_slow, args=(port, cookie)) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def main():
    opora, db, login, password = sys.argv[1:5]
    clients, seconds = (int(x) for x in (sys.argv[5:] + ['64', '60'][len(sys.argv[5:]):]))
    process, port, cookie = pages.start_ours(opora, db, login, password)
    seen, times = collections.Counter(), []
    # each worker opens the database with its first request
    ask_together(clients, port, cookie, 5, seen, times)
    ask_slow_together(port, cookie)
    time.sleep(3)
    before = descriptors(process.pid)
    seen.clear()
    times.clear()
    ask_together(clients, port, cookie, seconds, seen, times)
    time.sleep(3)
    after = descriptors(process.pid)
    process.send_signal(signal.SIGTERM)
    code = process.wait()
    times.sort()
    print(f'{clients} clients, {seconds} s:', dict(seen))
    print('slowest of a hundred: %.1f ms, of a thousand: %.1f ms' % tuple(
        1000 * times[int(len(times) * share)] for share in (0.99, 0.999)))
    print(f'descriptors before {before}, after {after}; exit status {code}')
    if after > before or code or set(seen) - {200}:
        sys.exit('FAILED')


if __name__ == '__main__':
    main()
