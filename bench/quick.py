#!/usr/bin/env python3
"""How long quick pages take, alone and while eight clients ask for slow ones.

    quick.py OPORA DATABASE LOGIN PASSWORD [SECONDS]

Quick pages are lists and a school's page, one after another over one
connection; slow ones are decision cards and road maps as PDF.  The slow clients
are processes of their own.  A busy machine spoils the figures: the load average
stands beside them.
"""
import http.client
import multiprocessing
import os
import signal
import sys
import time

import pages

QUICK = ('/schools', '/runs', '/runs/1', '/notices', '/schools/7', '/orders')
SLOW = ('/runs/1/schools/1/pdf', '/plans/1/pdf', '/runs/5/schools/18/pdf',
        '/plans/1/ribbon')


def ask_slow(number, port, cookie, answered):
    link = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    while True:
        link.request('GET', SLOW[number % len(SLOW)], headers={'Cookie': cookie})
        answer = link.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        number += 1
        with answered.get_lock():
            answered.value += 1


def ask_quick(port, cookie, seconds):
    link = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    times, until, turn = [], time.monotonic() + seconds, 0
    while time.monotonic() < until:
        begun = time.perf_counter()
        link.request('GET', QUICK[turn % len(QUICK)], headers={'Cookie': cookie})
        answer = link.getresponse()
        answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, answer.status
        turn += 1
        time.sleep(0.002)
    return sorted(times)


def say(name, times, slow):
    share = {p: times[int(len(times) * p / 100)] for p in (50, 95, 99)}
    print(f'{name:24} {len(times):6} {slow:6}'
          + ''.join(f' {share[p]:8.2f}' for p in share)
          + f'  {os.getloadavg()[0]:6.1f}')


def main():
    opora, db, login, password = sys.argv[1:5]
    seconds = float((sys.argv[5:] or [15])[0])
    process, port, cookie = pages.start_ours(opora, db, login, password)
    answered = multiprocessing.Value('i', 0)
    ask_quick(port, cookie, 1)
    print(f'{"":24} {"quick":>6} {"slow":>6} {"p50, ms":>8} {"p95":>8} {"p99":>8}  load')
    say('alone', ask_quick(port, cookie, seconds), 0)
    slow = [multiprocessing.Process(target=ask_slow, args=(i, port, cookie, answered),
                                    daemon=True) for i in range(8)]
    for one in slow:
        one.start()
    time.sleep(2)  # the server has met each of them
    answered.value = 0
    say('while 8 ask for slow', ask_quick(port, cookie, seconds), answered.value)
    for one in slow:
        one.terminate()
    process.send_signal(signal.SIGTERM)
    process.wait()


if __name__ == '__main__':
    main()
