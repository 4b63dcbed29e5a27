#!/usr/bin/env python3
"""Turn the manual, doc/ru/*.md, into a template and a table of its pages.

    manualgen.py --template manual.html --table manual_pages.h CONTENTS FILE...

CONTENTS is doc/ru/оглавление.md: its numbered list is the order of the pages.  The Markdown understood is what the manual needs - headings, paragraphs,
lists, tables, code, **strong**, `code`, [links](page.md#section) - and nothing
else: a picture, raw HTML, a link to a section that is not there, or a page
missing from the contents is an error.

The template goes through htmlgen.py as any other, so the text is escaped
there; anchors are made the way public viewers of Markdown make them, so one
link works in a viewer and in the program.
"""
import argparse
import html
import pathlib
import re
import sys
import urllib.parse

INLINE = re.compile(r'`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)')
ITEM = re.compile(r'( *)(?:[-*]|(\d+)\.) +(.*)')


class Mistake(Exception):
    pass


def anchor(title):
    """«Если „нет данных“» is если-нет-данных."""
    kept = re.sub(r'[^\w\- ]', '', title.lower())
    return kept.strip().replace(' ', '-')


class Page:
    """One file: title, first paragraph, sections, and the rest as HTML."""

    def __init__(self, path):
        self.name = path.stem
        self.lines = path.read_text(encoding='utf-8').splitlines()
        self.at = 0
        self.title = self.lede = ''
        self.sections = []      # (anchor, title)
        self.links = []         # (page, anchor, line), to be checked
        self.numbered = []      # those of a numbered list
        self.out = []

    def mistake(self, text):
        return Mistake(f'doc/ru/{self.name}.md:{self.at + 1}: {text}')

    # ---- inside a line ----

    def inline(self, text):
        if '{{' in text or '{%' in text or '![' in text:
            raise self.mistake('this cannot stand in the manual')
        out, at = '', 0
        for hit in INLINE.finditer(text):
            out += html.escape(text[at:hit.start()], quote=False)
            code, strong, words, to = hit.groups()
            if code:
                out += f'<code>{html.escape(code, quote=False)}</code>'
            elif strong:
                out += f'<b>{html.escape(strong, quote=False)}</b>'
            else:
                out += f'<a href="{self.link(to)}">{self.inline(words)}</a>'
            at = hit.end()
        return out + html.escape(text[at:], quote=False)

    def link(self, to):
        file, _, section = to.partition('#')
        if file and not file.endswith('.md') or '/' in file or ':' in to:
            raise self.mistake(f'{to} is no page of the manual')
        self.links.append((file[:-3] or self.name, section, self.at))
        address = '/help/' + urllib.parse.quote(file[:-3]) if file else ''
        return address + ('#' + urllib.parse.quote(section) if section else '')

    # ---- blocks ----

    def line(self):
        return self.lines[self.at] if self.at < len(self.lines) else None

    def read(self):
        while self.line() is not None:
            text = self.line()
            if not text.strip():
                self.at += 1
            elif text.startswith('#'):
                self.heading(text)
            elif text.lstrip().startswith('```'):
                self.code(self.out)
            elif text.startswith('|'):
                self.table()
            elif ITEM.match(text):
                self.items(0)
            elif text.startswith(('<', '>', '    ')):
                raise self.mistake('this is not understood')
            else:
                self.paragraph()
        if not self.title or not self.lede:
            raise self.mistake('a page begins with a title and a paragraph')

    def heading(self, text):
        marks, _, title = text.partition(' ')
        if (marks == '#') != (not self.title) or len(marks) > 3:
            raise self.mistake('one title first, then sections')
        if marks == '#':
            self.title = title
        else:
            name, level = anchor(title), len(marks)
            if name in [known for known, _ in self.sections]:
                raise self.mistake(f'two sections are called {name}')
            self.sections.append((name, title))
            self.out.append(f'<h{level} id="{name}">{self.inline(title)}'
                            f'</h{level}>')
        self.at += 1

    def words(self, indent=0):
        """Lines of one paragraph, to the next blank line or block."""
        got = []
        while (self.line() or '').strip():
            text = self.line()
            if got and (text.lstrip().startswith(('```', '#', '|'))
                        or ITEM.match(text)
                        or len(text) - len(text.lstrip()) < indent):
                break
            got.append(text.strip())
            self.at += 1
        return self.inline(' '.join(got))

    def paragraph(self):
        text = self.words()
        if self.title and not self.lede and not self.out:
            if '<' in text:
                raise self.mistake('the first paragraph is plain words')
            self.lede = html.unescape(text)
        else:
            self.out.append(f'<p>{text}</p>')

    def code(self, out):
        indent = self.line().index('`')
        self.at += 1
        got = []
        while self.line() is not None and not self.line().strip() == '```':
            got.append(html.escape(self.line()[indent:], quote=False))
            self.at += 1
        if self.line() is None:
            raise self.mistake('the code is not closed')
        self.at += 1
        out.append('<pre>' + '\n'.join(got) + '</pre>')

    def items(self, indent):
        first, links = ITEM.match(self.line()), len(self.links)
        name = 'ol' if first[2] else 'ul'
        self.out.append(f'<{name}>')
        while True:
            hit = ITEM.match(self.line() or '')
            if not hit or len(hit[1]) != indent or \
                    bool(hit[2]) != bool(first[2]):
                break
            inside = hit.start(3)
            self.lines[self.at] = ' ' * inside + hit[3]
            self.out.append(f'<li>{self.words(inside)}')
            self.inside_item(inside)
            self.out.append('</li>')
        self.out.append(f'</{name}>')
        if first[2]:
            self.numbered += self.links[links:]

    def inside_item(self, inside):
        """What stands under an item, as far in as its own text."""
        while self.line() is not None:
            start = self.at
            while self.line() is not None and not self.line().strip():
                self.at += 1
            text = self.line() or ''
            if not text.startswith(' ' * inside):
                hit = ITEM.match(text)
                if not hit:
                    self.at = start
                return
            if text.strip().startswith('```'):
                self.code(self.out)
            elif ITEM.match(text):
                self.items(inside)
            else:
                self.out.append(f'<p>{self.words(inside)}</p>')

    def table(self):
        rows = []
        while (self.line() or '').startswith('|'):
            rows.append([c.strip() for c in self.line().strip('| ').split('|')])
            self.at += 1
        if len(rows) < 3 or not all(set(c) <= set('-:') for c in rows[1]):
            raise self.mistake('a table has a head, a rule and rows')
        if len({len(row) for row in rows}) != 1:
            raise self.mistake('a row of the table has another number of cells')
        heads = [self.inline(cell) for cell in rows[0]]
        self.out.append('<div class="scroll"><table class="cards"><thead><tr>')
        self.out += [f'<th scope="col">{head}</th>' for head in heads]
        self.out.append('</tr></thead><tbody>')
        for row in rows[2:]:
            cells = [self.inline(cell) for cell in row]
            self.out.append(
                f'<tr><th scope="row">{cells[0]}</th>' + ''.join(
                    f'<td data-h="{html.escape(head)}">{cell}</td>'
                    for head, cell in zip(rows[0][1:], cells[1:])) + '</tr>')
        self.out.append('</tbody></table></div>')


def in_order(contents, pages):
    order = [contents.name]
    for name, _, _ in contents.numbered:
        if name not in order:
            order.append(name)
    for name in pages:
        if name not in order:
            raise Mistake(f'doc/ru/{name}.md is not in the contents')
    return [pages[name] for name in order if name in pages]


def check_links(pages):
    for page in pages.values():
        for name, section, at in page.links:
            page.at = at
            if name not in pages:
                raise page.mistake(f'there is no page {name}')
            if section and section not in [
                    known for known, _ in pages[name].sections]:
                raise page.mistake(f'there is no section {name}#{section}')


def c_text(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def template(order):
    out = ['{# Written by tools/manualgen.py from doc/ru. #}',
           '{% use "base/str.h" %}']
    for number, page in enumerate(order):
        out += [f'{{% view manual_page_{number}() %}}', *page.out]
    out.append('{% view manual_text(size_t page) %}')
    for number in range(len(order)):
        out += [f'{{% if page == {number} %}}',
                f'{{% include manual_page_{number}() %}}', '{% endif %}']
    return '\n'.join(out) + '\n'


def table(order):
    out = ['/* Written by tools/manualgen.py from doc/ru. */', '#pragma once',
           '#include "web/page/help.h"', '']
    for number, page in enumerate(order):
        out.append(f'static const struct manual_section '
                   f'manual_sections_{number}[] = {{')
        out += [f'\t{{{c_text(a)}, {c_text(t)}}},'
                for a, t in page.sections or [('', '')]]
        out.append('};')
    out.append('static const struct manual_page manual_pages[] = {')
    out += [f'\t{{{c_text(p.name)}, {c_text(p.title)}, {c_text(p.lede)}, '
            f'manual_sections_{number}, {len(p.sections)}}},'
            for number, p in enumerate(order)]
    return '\n'.join(out + ['};']) + '\n'


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument('--template', required=True, type=pathlib.Path)
    ask.add_argument('--table', required=True, type=pathlib.Path)
    ask.add_argument('contents', type=pathlib.Path)
    ask.add_argument('files', nargs='+', type=pathlib.Path)
    told = ask.parse_args()
    try:
        contents = Page(told.contents)
        pages = {p.name: p for p in [contents] + [Page(f) for f in told.files]}
        for page in pages.values():
            page.read()
        check_links(pages)
        order = in_order(contents, pages)
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    told.template.write_text(template(order), encoding='utf-8')
    told.table.write_text(table(order), encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())
