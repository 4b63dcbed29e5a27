#!/usr/bin/env python3
"""Does the generator of the manual refuse what would mislead a reader?

Each case is a manual of two pages with one mistake and the words of the
complaint; the last one is right, and its HTML is looked at.
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

CONTENTS = '# Справка\n\nО чём.\n\n1. [Одна](одна.md) – первая.\n'
GOOD = '''# Одна

Первый абзац.

## Как это делать

1. Нажмите **«Раз»** и `x < 1`.

   ```
   a & b
   ```
2. Вернитесь к [началу](#как-это-делать).

| слово | смысл |
|---|---|
| да | нет |
'''
WRONG = [
    (GOOD.replace('(#как-это-делать)', '(#как-то)'), 'there is no section'),
    (GOOD.replace('(#как-это-делать)', '(две.md)'), 'there is no page две'),
    (GOOD.replace('(#как-это-делать)', '(https://x.example/a.md)'),
     'is no page of the manual'),
    (GOOD.replace('| да | нет |', '| да |'), 'another number of cells'),
    (GOOD + '\n<b>жирно</b>\n', 'this is not understood'),
    (GOOD + '\n![рисунок](x.png)\n', 'cannot stand in the manual'),
    (GOOD + '\n{{ value }}\n', 'cannot stand in the manual'),
    (GOOD + '\n## Как это делать\n', 'two sections'),
    (GOOD + '\n```\nне закрыто\n', 'the code is not closed'),
    (GOOD.replace('Первый абзац.\n', ''), 'begins with a title'),
    (GOOD.replace('# Одна\n', ''), 'one title first'),
]


def generate(page, contents=CONTENTS):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        (here / 'оглавление.md').write_text(contents, encoding='utf-8')
        (here / 'одна.md').write_text(page, encoding='utf-8')
        done = subprocess.run(
            [sys.executable, ROOT / 'tools/manualgen.py',
             '--template', here / 'm.html', '--table', here / 'm.h',
             here / 'оглавление.md', here / 'одна.md'],
            capture_output=True, text=True)
        if done.returncode:
            return done.stderr, ''
        return (here / 'm.html').read_text(encoding='utf-8'), \
            (here / 'm.h').read_text(encoding='utf-8')


class Manual(unittest.TestCase):
    def test_mistakes_are_refused(self):
        for page, words in WRONG:
            said, table = generate(page)
            with self.subTest(words):
                self.assertEqual(table, '')
                self.assertIn(words, said)

    def test_a_page_outside_the_contents_is_refused(self):
        said, table = generate(GOOD, '# Справка\n\nО чём.\n')
        self.assertEqual(table, '')
        self.assertIn('not in the contents', said)

    def test_the_good_one_is_html(self):
        text, table = generate(GOOD)
        for part in ('<h2 id="как-это-делать">Как это делать</h2>',
                     '<b>«Раз»</b> и <code>x &lt; 1</code>',
                     '<pre>a &amp; b</pre>',
                     '<th scope="row">да</th><td data-h="смысл">нет</td>',
                     'href="#%D0%BA%D0%B0%D0%BA'):
            self.assertIn(part, text.replace('\n', ''))
        self.assertEqual(text.count('<ol>'), 2)  # contents, page
        self.assertEqual(text.count('<li>'), 3)
        self.assertIn('{"как-это-делать", "Как это делать"}', table)
        self.assertIn('"Первый абзац."', table)


if __name__ == '__main__':
    unittest.main()
