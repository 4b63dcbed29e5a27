#!/usr/bin/env python3
"""What a page costs the server: processor time of all its processes a request.

    pages.py OPORA DATABASE LOGIN PASSWORD FOLDER [REQUESTS]

Ours (the list of a run, 24 schools, as a signed-in coordinator, fresh; packed
by gzip; and asked again with its ETag, 304) beside a ticket report of Fossil
with 24 tickets and the same bytes as a static file of nginx, fresh and asked
again, in turn in one run.  FOLDER is for the peers' files; a peer that is not installed is left out.
"""
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

TICK = os.sysconf('SC_CLK_TCK')


def stat(pid):
    return open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()


def cpu(pid):
    """Of the process, its descendants and those that have ended."""
    found = [pid]
    for path in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            if int(stat(path.name)[1]) in found:
                found.append(int(path.name))
        except OSError:
            pass
    total = 0
    for one in found:
        try:
            total += sum(int(f) for f in stat(one)[11:15])
        except OSError:
            pass
    return total / TICK


class Served:
    def __init__(self, name, process, port, path, **headers):
        self.name, self.process, self.port = name, process, port
        self.path, self.headers, self.spent, self.asked = path, headers, 0.0, 0
        self.status = self.size = None
        # the cheaper, the more often: the clock of the processor is coarse
        self.often = 1 / 8 if 'fossil' in name else 8 if self.is_cheap() else 1

    def is_cheap(self):
        return 'nginx' in self.name or 'If-None-Match' in self.headers

    def ask(self, n):
        before = cpu(self.process.pid)
        link = http.client.HTTPConnection('127.0.0.1', self.port)
        for _ in range(n):
            link.request('GET', self.path, headers=self.headers)
            answer = link.getresponse()
            self.status, self.size = answer.status, len(answer.read())
            self.tag = answer.getheader('ETag')
            assert answer.status in (200, 304), (self.name, answer.status)
        link.close()
        self.spent += cpu(self.process.pid) - before
        self.asked += n


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(('127.0.0.1', port), 1).close()
        except OSError:
            time.sleep(0.1)
    sys.exit(f'nothing answers at port {port}')


def start_ours(opora, db, login, password):
    process = subprocess.Popen([opora, '--db', db, 'serve', '--listen', '127.0.0.1:0'],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    port = int(process.stdout.readline().strip().rsplit(':', 1)[1])
    link = http.client.HTTPConnection('127.0.0.1', port)
    link.request('GET', '/sign-in')
    answer = link.getresponse()
    page, cookie = answer.read().decode(), answer.getheader('Set-Cookie').split(';')[0]
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', page)[1]
    link.request('POST', '/sign-in', urllib.parse.urlencode(
        {'login': login, 'password': password, 'mark': mark}),
        {'Cookie': cookie, 'Content-Type': 'application/x-www-form-urlencoded'})
    answer = link.getresponse()
    answer.read()
    return process, port, answer.getheader('Set-Cookie').split(';')[0]


def start_fossil(folder):
    repository = folder / 'demo.fossil'
    env = dict(os.environ, HOME=str(folder), USER='admin')
    subprocess.run(['fossil', 'init', '--admin-user', 'admin', repository], env=env,
                   check=True, capture_output=True)
    for i in range(24):
        subprocess.run(['fossil', 'ticket', 'add', '-R', repository, 'title',
                        f'Школа № {i}', 'status', 'Open', 'type', 'Code_Defect', 'severity',
                        'Important', 'priority', 'High', 'subsystem', f'3{i}'], env=env,
                       check=True, capture_output=True)
    subprocess.run(['fossil', 'user', 'capabilities', 'nobody', 'rjor', '-R', repository],
                   env=env, check=True, capture_output=True)
    port = free_port()
    process = subprocess.Popen(
        ['fossil', 'server', '--localhost', '--port', str(port), repository], env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, port


def start_nginx(folder, page):
    (folder / 'page.html').write_bytes(page)
    port = free_port()
    user = 'user root;' if os.geteuid() == 0 else ''  # the folder is ours alone
    (folder / 'nginx.conf').write_text(
        f'{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;\n'
        f'events {{}}\nhttp {{ access_log off; client_body_temp_path {folder}/b;\n'
        f'proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;\n'
        f'scgi_temp_path {folder}/s;\n'
        f'server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n')
    folder.chmod(0o755)
    process = subprocess.Popen(['nginx', '-c', folder / 'nginx.conf'],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, port


def main():
    opora, db, login, password = sys.argv[1:5]
    folder, requests = pathlib.Path(sys.argv[5]), int((sys.argv[6:] or [400])[0])
    process, port, cookie = start_ours(opora, db, login, password)
    path = '/runs/1'
    all_served = [
        Served('list of a run', process, port, path, Cookie=cookie),
        Served('the same, by gzip', process, port, path, Cookie=cookie,
               **{'Accept-Encoding': 'gzip'})]
    all_served[0].ask(20)
    again = Served('asked again, 304', process, port, path, Cookie=cookie,
                   **{'If-None-Match': all_served[0].tag or ''})
    all_served.append(again)
    link = http.client.HTTPConnection('127.0.0.1', port)
    link.request('GET', path, headers={'Cookie': cookie})
    page = link.getresponse().read()
    if shutil.which('fossil'):
        all_served.append(Served('fossil, ticket report', *start_fossil(folder), '/rptview/1'))
    if shutil.which('nginx'):
        served = Served('nginx, static file', *start_nginx(folder, page), '/page.html')
        served.ask(1)
        all_served += [served, Served('nginx, asked again', served.process, served.port,
                                      served.path, **{'If-None-Match': served.tag})]
    for served in all_served:
        served.ask(10)
        served.spent = served.asked = 0
    try:
        for _ in range(4):
            for served in all_served:
                served.ask(max(10, int(requests / 4 * served.often)))
        ours = all_served[0].spent / all_served[0].asked
        print(f'{"":26} {"ms a request":>12} {"bytes":>8} {"status":>7} {"ours":>8}')
        for s in all_served:
            cost = s.spent / s.asked
            print(f'{s.name:26} {cost * 1000:12.3f} {s.size:8} {s.status:7}'
                  f' {"1/%.1f" % (cost / ours):>8}')
    finally:
        for one in {s.process.pid: s.process for s in all_served}.values():
            one.send_signal(signal.SIGTERM)
            one.wait()


if __name__ == '__main__':
    main()
