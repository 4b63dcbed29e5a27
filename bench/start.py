#!/usr/bin/env python3
"""From starting the server to its first pages, and the memory it takes.

    start.py PROGRAM DATABASE LOGIN PASSWORD [RUNS]

Prints milliseconds until the address is printed, /healthz, the page of signing
in and the list of schools answer, and the proportional memory (PSS) of all its
processes after that.  Milliseconds of a busy machine say little: the processor
time of all processes stands beside them.
"""
import glob
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse

TICK = os.sysconf('SC_CLK_TCK')


def family(pid):
    """The process and its descendants."""
    found = [pid]
    for path in glob.glob('/proc/[0-9]*/stat'):
        try:
            fields = open(path).read().rsplit(')', 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) in found:
            found.append(int(path.split('/')[2]))
    return found


def memory_and_cpu(pid):
    pss = cpu = 0
    for one in family(pid):
        rollup = open(f'/proc/{one}/smaps_rollup').read()
        pss += int(re.search(r'^Pss:\s+(\d+)', rollup, re.M)[1])
        fields = open(f'/proc/{one}/stat').read().rsplit(')', 1)[1].split()
        cpu += (int(fields[11]) + int(fields[12])) / TICK
    return pss / 1024, cpu


def once(program, db, login, password):
    begun = time.monotonic()
    server = subprocess.Popen([program, '--db', db, 'serve', '--listen', '127.0.0.1:0'],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    port = int(server.stdout.readline().strip().rsplit(':', 1)[1])
    times = [time.monotonic() - begun]
    link = http.client.HTTPConnection('127.0.0.1', port)

    def get(path, method='GET', body=None, **headers):
        link.request(method, path, body, headers)
        answer = link.getresponse()
        return answer, answer.read().decode()

    for path in ('/healthz', '/sign-in'):
        answer, page = get(path)
        assert answer.status == 200, answer.status
        times.append(time.monotonic() - begun)
    first_memory, cpu = memory_and_cpu(server.pid)
    cookie = (answer.getheader('Set-Cookie') or '').split(';')[0]
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', page)[1]
    answer, _ = get('/sign-in', 'POST', urllib.parse.urlencode(
        {'login': login, 'password': password, 'mark': mark}), Cookie=cookie,
        **{'Content-Type': 'application/x-www-form-urlencoded'})
    assert answer.status in (302, 303), answer.status
    cookie = answer.getheader('Set-Cookie').split(';')[0]
    answer, _ = get('/schools', Cookie=cookie)
    assert answer.status == 200, answer.status
    memory, _ = memory_and_cpu(server.pid)
    server.send_signal(signal.SIGTERM)
    server.wait()
    return *(t * 1000 for t in times), first_memory, cpu * 1000, memory


def main():
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 7
    rows = [once(*sys.argv[1:5]) for _ in range(runs)]
    for name, values in zip(('address printed, ms', '/healthz, ms', '/sign-in, ms',
                             'PSS then, MB', 'CPU until then, ms',
                             'PSS after signing in and a list, MB'), zip(*rows)):
        print(f'{name:40} {statistics.median(values):8.1f}  (least {min(values):.1f})')


if __name__ == '__main__':
    main()
