#!/usr/bin/env python3
"""Does the template generator refuse what a page must not contain?

Each case is a template that is wrong in one way, and the words of the
complaint with its line.  A view head stands above each, so line 2 is the
first of the case.  The last cases compile, and the C compiler refuses them.
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

WRONG = [
    # template, line, words of the complaint
    ('<p>{{ x }}', 2, '<p> is not closed'),
    ('<p>\n<b>{{ x }}</p>', 3, '</p> closes <b> of line 3'),
    ('</p>', 2, 'closes nothing'),
    ('<br></br>', 2, 'closes nothing'),
    ('<div/>', 2, 'does not close itself'),
    ('<script>{{ x }}</script>', 2, 'a script stands in a file of its own'),
    ('<script src="/a.js">{{ x }}</script>', 2, 'an expression in <script>'),
    ('<script src="/a.js">go()</script>', 2, 'in a file of its own'),
    ('<style>{{ x }}</style>', 2, '<style> is not allowed'),
    ('<a href={{ x }}>', 2, 'must stand in "…"'),
    ("<a href='{{ x }}'></a>", 2, 'must stand in "…"'),
    ('<a onclick="f({{ x }})"></a>', 2, 'onclick='),
    ('<a style="width: {{ x }}px"></a>', 2, 'style='),
    ('<{{ x }}>', 2, 'nowhere else'),
    ('<a {{ x }}="1"></a>', 2, 'nowhere else'),
    ('<a data-{{ x }}="1"></a>', 2, 'nowhere else'),
    ('<!-- {{ x }} -->', 2, '{# … #}'),
    ('<p>1 < 2</p>', 2, 'write &lt;'),
    ('<p>2 > 1</p>', 2, 'write &gt;'),
    ('<P></P>', 2, 'small letters'),
    ('<p><div></div></p>', 2, 'would end the <p>'),
    ('<a><b><a></a></b></a>', 2, '<a> inside <a>'),
    ('<img src="{{ x }}">', 2, 'without alt'),
    ('<a class="x"id="y"></a>', 2, 'a space is missing'),
    ('<option{% if x %}selected{% endif %}></option>', 2, 'a space is missing'),
    ('{% if x %}<p>{% endif %}</p>', 2, 'end in different places'),
    ('{% if x %}<p>{% else %}<b>{% endif %}', 2, 'end in different places'),
    ('{% for i in x %}</b>{% endfor %}', 2, 'closes nothing'),
    ('{% for i in x %}<b>{% endfor %}', 2, 'end in different places'),
    ('<a title="{% if x %}1"{% endif %}></a>', 2, 'end in different places'),
    ('<a href="{% if x %}{{ x }}{% endif %}#a"></a>', 2, 'different places'),
    ('<a title={% if x %}"1"{% endif %}></a>', 2, 'half a tag'),
    ('<a {% include b(x) %}></a>', 2, 'in text only'),
    ('{% if x %}', 2, '{% if %} without {% endif %}'),
    ('{% endif %}', 2, '{% endif %} closes nothing'),
    ('{% for i in x %}{% endif %}', 2, 'closes {% for %} of line 2'),
    ('{% else %}', 2, 'a branch without {% if %}'),
    ('{% if x %}{% else %}{% else %}{% endif %}', 2, 'a branch without'),
    ('{% fi x %}', 2, 'is not a statement'),
    ('{{ }}', 2, 'an empty expression'),
    ('{{ x | 1 }}', 2, 'is not a filter'),
    ('<a href="{{ x | date }}"></a>', 2, 'unfiltered'),
    ('{% if x %}{% body %}{% endif %}', 2, 'outside if and for'),
    ('{% draw evil(v) %}', 2, 'only a picture'),
    ('<a title="{% draw x_svg(v) %}"></a>', 2, 'in text only'),
    ('{% body %}{% body %}', 2, 'stands once'),
    ('<!doctype xhtml>', 2, 'is not <!doctype html>'),
]

REFUSED_BY_C = [
    # template, what the C compiler says, at line 2 of the template
    ('{{ v->nmae }}', "has no member named 'nmae'"),
    ('<a href="{{ v->name }}"></a>', "expected 'struct link'"),
    ('{{ v->day }}', "'_Generic' selector"),
    ('{{ v->day | dat }}', 'show_dat'),
    ('{% include nothing(v) %}', 'view_nothing'),
    ('{{ v->name | date }}', "expected 'struct date'"),
]

HEAD = '{% use "t.h" %}{% view t(const struct t *v) %}\n'
TYPES = ('#pragma once\n#include "base/date.h"\n#include "base/str.h"\n'
         'struct t { struct str name; struct date day; };\n')


class Htmlgen(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self.home.name)

    def tearDown(self):
        self.home.cleanup()

    def generate(self, body):
        (self.dir / 't.html').write_text(HEAD + body, encoding='utf-8')
        return subprocess.run(
            [sys.executable, ROOT / 'tools/htmlgen.py', self.dir / 't.html',
             '--source', self.dir / 't.view.c', '--header',
             self.dir / 't.view.h'], capture_output=True, text=True)

    def test_wrong_templates_are_refused(self):
        for body, line, words in WRONG:
            with self.subTest(body):
                done = self.generate(body)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)
                self.assertIn(f't.html:{line}: error: ', done.stderr)

    def test_wrong_expressions_do_not_compile(self):
        (self.dir / 't.h').write_text(TYPES)
        for body, words in REFUSED_BY_C:
            with self.subTest(body):
                done = self.generate(body)
                self.assertEqual(done.returncode, 0, done.stderr)
                cc = subprocess.run(
                    ['cc', '-std=c17', '-fsyntax-only',
                     '-Werror=implicit-function-declaration',
                     f'-I{ROOT}/src', f'-I{self.dir}',
                     self.dir / 't.view.c'], capture_output=True, text=True,
                    env={'LC_ALL': 'C', 'PATH': '/usr/bin:/bin'})
                self.assertNotEqual(cc.returncode, 0)
                self.assertIn(words, cc.stderr)
                self.assertIn('t.html:2:', cc.stderr)


unittest.main()
