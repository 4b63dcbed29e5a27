#!/usr/bin/python3
"""The pictures of the README, taken of the demonstration.

    tools/screenshots.py [PROGRAM]

Starts the program (./build/opora) on a fresh demonstration of a fixed day,
signs in as the coordinator and writes doc/pictures/*.png, always in one size.
Needs chromium, chromium-driver and python3-selenium.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

TOP = pathlib.Path(__file__).resolve().parents[1]
DAY = '2026-11-24'
LOGIN = 'yartseva'
WIDTH, HEIGHT = 1366, 900
PICTURES = {
    'overview': '/overview',
    'list': '/runs/5',
    'roadmap': '/plans/1?view=ribbon',
}


def browser(home):
    options = webdriver.ChromeOptions()
    options.binary_location = '/usr/bin/chromium'
    for argument in ('--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
                     '--disable-background-networking', '--hide-scrollbars',
                     '--force-device-scale-factor=1', f'--user-data-dir={home}'):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service('/usr/bin/chromedriver'))


def sign_in(chrome, url, password):
    chrome.get(url + '/sign-in')
    chrome.find_element(By.NAME, 'login').send_keys(LOGIN)
    chrome.find_element(By.NAME, 'password').send_keys(password)
    chrome.find_element(By.CSS_SELECTOR, 'main button').click()


def take(chrome, url):
    # exactly this much of the page, whatever the window's own frame takes
    chrome.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': WIDTH, 'height': HEIGHT, 'deviceScaleFactor': 1, 'mobile': False})
    for name, path in PICTURES.items():
        chrome.get(url + path)
        file = TOP / f'doc/pictures/{name}.png'
        if not chrome.save_screenshot(str(file)):
            sys.exit(f'{file} was not written')
        print(f'{file.relative_to(TOP)}: {path}, {WIDTH} × {HEIGHT}')


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(TOP / 'build/opora')
    env = dict(os.environ, OPORA_TODAY=DAY)
    with tempfile.TemporaryDirectory() as folder:
        db = f'{folder}/demo.db'
        accounts = subprocess.run([program, '--db', db, 'demo'], env=env, check=True,
                                  capture_output=True, text=True).stdout
        password = next(words[2] for line in accounts.splitlines()
                        if (words := line.split('\t'))[1] == LOGIN)
        server = subprocess.Popen(
            [program, '--db', db, 'serve', '--listen', '127.0.0.1:0'], env=env,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        chrome = browser(f'{folder}/chromium')
        try:
            url = server.stdout.readline().strip()
            sign_in(chrome, url, password)
            take(chrome, url)
        finally:
            chrome.quit()
            server.terminate()
            server.wait()


if __name__ == '__main__':
    main()
