"""Every page as a browser draws it, in each theme and at each width: can it be
read and reached?  What is measured stands in look.js."""
import pathlib

import pytest

from test_browser import By, CHROMIUM, DRIVER, Keys, chromium, sign_in  # noqa
from test_pages import PAGES

LOOK = (pathlib.Path(__file__).parent / 'look.js').read_text()
LOGINS = {'coordinator': 'yartseva', 'head': 'glebov', 'admin': 'admin',
          'school': 'lugozerskaya'}
MODES = {  # colour scheme, high contrast and larger letters, width
    'light': ('light', False, 1366), 'dark': ('dark', False, 1366),
    'contrast': ('light', True, 1366), 'dark contrast': ('dark', True, 1366),
    'phone': ('light', False, 390), 'dark phone': ('dark', False, 390),
    'contrast phone': ('light', True, 390)}
pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() and DRIVER.exists()), reason='no chromium here')


def show_as(browser, mode):
    scheme, contrast, width = MODES[mode]
    browser.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [
        {'name': 'prefers-color-scheme', 'value': scheme}]})
    browser.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': width, 'height': 768 if width > 1000 else 844,
        'deviceScaleFactor': 1, 'mobile': width < 1000})
    browser.execute_script(
        "document.documentElement.classList.toggle('hc', arguments[0])",
        contrast)


@pytest.fixture(scope='module')
def by_role(server, request):
    """The browser, signed in as each role in turn."""
    browser = request.getfixturevalue('chromium')
    now = {}

    def be(who):
        if now.get('who') != who:
            browser.get(server.url + '/sign-in')
            browser.delete_all_cookies()
            show_as(browser, 'light')
            if who != 'nobody':
                sign_in(browser, server, LOGINS[who])
            now['who'] = who
        return browser

    yield be
    browser.execute_cdp_cmd('Emulation.clearDeviceMetricsOverride', {})
    browser.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': []})


@pytest.mark.parametrize('who', ['nobody', *LOGINS])
def test_every_page_can_be_read_and_reached(by_role, server, who):
    told = {}
    for role, path in PAGES:
        if role != who:
            continue
        browser = by_role(who)
        browser.get(server.url + path)
        for mode in MODES:
            show_as(browser, mode)
            for sentence in browser.execute_script(LOOK):
                told.setdefault(sentence, f'{mode} {path}')
    assert told == {}


def test_tab_goes_through_a_page_in_its_order_and_out_of_it(by_role, server):
    """Each place that takes the focus comes once, in the order of the page,
    shows that it has it, and Tab leaves the last one."""
    browser = by_role('coordinator')
    for path in ('/overview', '/schools', '/letters', '/runs/5', '/plans/1',
                 '/tasks/confirm', '/groups'):
        browser.get(server.url + path)
        show_as(browser, 'light')
        stops = browser.execute_script('''
            const all = document.querySelectorAll(
                'a[href], button, input, select, textarea, summary, [tabindex]');
            return [...all].filter((e) => e.tabIndex >= 0 && !e.disabled &&
                e.checkVisibility({visibilityProperty: true}) &&
                e.type !== 'hidden').length;''')
        assert stops > 10, path
        browser.execute_script('''
            window.order = [];
            document.addEventListener('focusin', (e) => {
                const style = getComputedStyle(e.target);
                window.order.push([
                    [...document.querySelectorAll('*')].indexOf(e.target),
                    style.outlineStyle !== 'none' || style.boxShadow !== 'none',
                    e.target.outerHTML.slice(0, 90)]);
            });
            document.body.focus();''')
        body = browser.find_element(By.TAG_NAME, 'body')
        for _ in range(0, min(stops, 60), 10):
            body.send_keys(*[Keys.TAB] * 10)
            body = browser.switch_to.active_element
            if body.tag_name == 'body':
                break  # out of the page; keys would begin it again
        order = browser.execute_script('return window.order')
        places = [place for place, _, _ in order]
        assert len(places) >= min(stops, 60) - 10, path
        rising = [b for a, b in zip(places, places[1:]) if b <= a]
        assert len(rising) <= 2, (path, order)  # round, and round once more
        for _, is_shown, html in order:
            assert is_shown, (path, html)
