"""A real browser: sign-in, keys, a load with a mistake, print; no complaint of
the security policy in its console, at a desk and on a phone."""
import base64
import pathlib
import tempfile

import pytest

webdriver = pytest.importorskip('selenium.webdriver')
from selenium.common.exceptions import WebDriverException  # noqa: E402
from selenium.webdriver.common.by import By          # noqa: E402
from selenium.webdriver.common.keys import Keys      # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

CHROMIUM = pathlib.Path('/usr/bin/chromium')
DRIVER = pathlib.Path('/usr/bin/chromedriver')
pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() and DRIVER.exists()), reason='no chromium here')


# Does a click on this lead to another page?  A form that is not filled in and
# a link within the page do not.
LEADS_ON = """
const e = arguments[0].closest('a[href], button, input');
if (!e || e.closest('summary')) return false;
window.isLeft = true;
if (e.tagName === 'A')
    return !e.getAttribute('href').startsWith('#') && !e.hasAttribute('download');
return e.type === 'submit' && e.form !== null && e.form.checkValidity();
"""


class Patient(WebElement):
    """Its click returns when the next page is there, however slow the machine:
    the driver alone waits only for a page that has begun to load."""

    def click(self):
        leads_on = self.parent.execute_script(LEADS_ON, self)
        super().click()
        if leads_on:
            WebDriverWait(self.parent, 20, ignored_exceptions=[
                WebDriverException]).until(lambda driver: driver.execute_script(
                    'return !window.isLeft && document.readyState === "complete"'))


class PatientChrome(webdriver.Chrome):
    _web_element_cls = Patient


@pytest.fixture(scope='module')
def chromium():
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    home = tempfile.TemporaryDirectory()
    for argument in ('--headless=new', '--no-sandbox', '--disable-gpu',
                     '--disable-quic', '--no-first-run',
                     '--disable-background-networking',
                     '--disable-component-update', '--disable-sync',
                     '--window-size=1366,768', f'--user-data-dir={home.name}'):
        options.add_argument(argument)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    service = webdriver.chrome.service.Service(str(DRIVER))
    driver = PatientChrome(options=options, service=service)
    driver.implicitly_wait(5)
    yield driver
    driver.quit()
    home.cleanup()


@pytest.fixture
def browser(chromium, server):
    chromium.get(server.url + '/sign-in')
    chromium.delete_all_cookies()
    chromium.get_log('browser')
    yield chromium
    told = [e['message'] for e in chromium.get_log('browser')
            if '404' not in e['message'] and '422' not in e['message']]
    assert told == []


def sign_in(browser, server, login):
    browser.get(server.url + '/sign-in')
    browser.find_element(By.NAME, 'login').send_keys(login)
    browser.find_element(By.NAME, 'password').send_keys(
        server.accounts[login][1], Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, '.who').text


def test_every_role_comes_in_and_sees_its_sections(browser, server):
    seen = {}
    for login, (role, _) in server.accounts.items():
        if login == 'istomina':
            continue  # her door is shut by another scenario
        browser.delete_all_cookies()
        sign_in(browser, server, login)
        seen[role] = {a.text for a in browser.find_elements(
            By.CSS_SELECTOR, '.side li a')}
    assert 'Загрузки' in seen['муниципальный координатор']
    assert 'Загрузки' not in seen['школа']
    assert 'Учётные записи' in seen['администратор']
    assert 'Учётные записи' not in seen['муниципальный координатор']


def test_keys_lead_to_the_search_and_to_a_school(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.find_element(By.TAG_NAME, 'body').send_keys(Keys.CONTROL, 'k')
    field = browser.switch_to.active_element
    assert field.get_attribute('id') == 'q'
    field.send_keys('лугоз', Keys.ENTER)
    assert browser.find_element(By.TAG_NAME, 'h1').text == 'Лугозерская СОШ'


def test_the_first_tab_skips_to_the_content(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.get(server.url + '/runs/5')
    browser.find_element(By.TAG_NAME, 'body').send_keys(Keys.TAB)
    link = browser.switch_to.active_element
    assert link.text == 'К содержанию' and link.is_displayed()


def test_no_keyboard_trap(browser, server):
    """Tab walks through the whole list and comes out behind it."""
    sign_in(browser, server, 'yartseva')
    browser.get(server.url + '/runs')
    seen = []
    for _ in range(80):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        here = browser.execute_script(
            'const e = document.activeElement;'
            'return e === document.body ? null : e.outerHTML.slice(0, 120)')
        if here is None or here in seen and here == seen[0]:
            break
        seen.append(here)
    assert len(seen) > 15 and len(set(seen)) > 15


def test_the_year_changes_at_once(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.get(server.url + '/schools/18')
    Select(browser.find_element(By.ID, 'year')).select_by_visible_text(
        '2025/26 уч. г.')
    heads = [th.text for th in browser.find_elements(
        By.CSS_SELECTOR, '.heat thead th')]
    assert [h for h in heads if '/' in h][-1] == '2024/25'


def test_a_file_with_a_bad_row_is_loaded_in_part(browser, server, tmp_path):
    sign_in(browser, server, 'yartseva')
    path = tmp_path / 'школы.csv'
    path.write_text('school;year;procedure;participants;failed\n'
                    '0116;2025/2026;vpr-math-4;104;9\n'
                    '0117;2025/2026;vpr-math-4;сто;9\n')
    browser.get(server.url + '/loads')
    browser.find_element(By.NAME, 'file').send_keys(str(path))
    browser.find_element(By.CSS_SELECTOR, 'form.box .btn-main').click()
    assert 'сто' in browser.find_element(By.TAG_NAME, 'main').text
    browser.find_element(
        By.XPATH, '//button[contains(., "Загрузить остальное")]').click()
    note = browser.find_element(By.CSS_SELECTOR, '[role=status]').text
    assert note == 'Файл загружен.'
    browser.find_element(
        By.XPATH, '//button[contains(., "Отменить загрузку")]').click()
    assert 'отменена' in browser.find_element(By.TAG_NAME, 'main').text


def test_pages_work_without_scripts(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.execute_cdp_cmd('Emulation.setScriptExecutionDisabled',
                            {'value': True})
    try:
        browser.get(server.url + '/runs/5?show=listed')
        browser.find_element(By.CSS_SELECTOR, 'tbody td:last-child a').click()
        assert 'в перечне' in browser.find_element(By.CLASS_NAME, 'say').text
        browser.find_element(
            By.XPATH, '//details[.//table]/summary').click()
        assert browser.find_element(
            By.CSS_SELECTOR, 'details[open] table').is_displayed()
    finally:
        browser.execute_cdp_cmd('Emulation.setScriptExecutionDisabled',
                                {'value': False})


def test_nothing_sticks_out_on_a_phone(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': 390, 'height': 844, 'deviceScaleFactor': 1, 'mobile': True})
    try:
        for path in ('/overview', '/work', '/notices', '/runs', '/runs/5', '/runs/5/schools/18', '/schools',
                     '/schools/18', '/loads', '/loads/14', '/account'):
            browser.get(server.url + path)
            wide = browser.execute_script(
                'return document.documentElement.scrollWidth')
            assert wide <= 390, (path, wide)
        browser.get(server.url + '/runs/5')
        browser.find_element(By.CSS_SELECTOR, '.to-menu').click()
        assert browser.find_element(By.CSS_SELECTOR, '.side li a') \
            .is_displayed()
    finally:
        browser.execute_cdp_cmd('Emulation.clearDeviceMetricsOverride', {})


def test_a_card_prints_on_paper(browser, server):
    sign_in(browser, server, 'yartseva')
    browser.get(server.url + '/runs/5/schools/18')
    paper = base64.b64decode(browser.execute_cdp_cmd(
        'Page.printToPDF', {'preferCSSPageSize': True})['data'])
    assert paper[:5] == b'%PDF-' and 1 <= paper.count(b'/Type /Page\n') <= 4
