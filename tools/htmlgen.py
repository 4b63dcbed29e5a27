#!/usr/bin/env python3
"""Compile an HTML template to typed C functions.  The language: doc/templates.md.

    htmlgen.py page.html --source page.view.c --header page.view.h

The generator reads the template as a browser would, so it knows the place of
every expression and emits the escape of that place; there is no raw form.
Whatever would need one (an expression in a script, an unquoted attribute), a
tag left open, or a branch that ends elsewhere than it began is an error.
"""
import argparse
import os
import pathlib
import re
import sys

VOID = set('area br col hr img input link meta wbr'.split())
RAW = {'script', 'style'}
WORDS_ONLY = {'title', 'textarea'}  # no tags inside, expressions allowed
KEEPS_SPACE = {'pre', 'textarea'}
FORBIDDEN = set('style base iframe object embed frame marquee font'.split())
URLS = set('href src action formaction poster cite data'.split())
TOKENS = set('class id for headers list form aria-labelledby '
             'aria-describedby aria-controls aria-owns aria-details '
             'aria-errormessage aria-activedescendant popovertarget'.split())
BLOCKS = set('address article aside blockquote details dialog div dl fieldset '
             'figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre '
             'section table ul'.split())
NOT_IN_ITSELF = {'a', 'form', 'button', 'label'}
NAME = re.compile(r'[a-z_][a-z0-9_]*$')
VIEW = re.compile(r'([a-z_][a-z0-9_]*)\((.*)\)$', re.S)
PIECE = re.compile(r'\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}', re.S)


class Mistake(Exception):
    """What is wrong, and on which line."""

    def __init__(self, line, text):
        super().__init__(text)
        self.line = line


class Place:
    """Where in the HTML we are: a browser's tokeniser, without its mercy."""

    def __init__(self):
        self.state = 'text'
        self.stack = []      # (element, line)
        self.tag = ''
        self.attr = ''
        self.attrs = set()   # names seen in the tag being read
        self.is_value_empty = True
        self.needs_space = False
        self.word = ''

    def key(self):
        """What must agree where branches meet."""
        key = (self.state, tuple(name for name, _ in self.stack))
        if self.state == 'tag':
            key += (self.tag,)
        elif self.state == 'value':
            key += (self.tag, self.attr,
                    self.attr in URLS and self.is_value_empty)
        return key

    def copy(self):
        twin = Place()
        twin.__dict__.update(self.__dict__)
        twin.stack = list(self.stack)
        twin.attrs = set(self.attrs)
        return twin

    def settle(self, line):
        """Before a {% … %}: a name that was being read is complete."""
        if self.state == 'name':
            self.begin_tag()
        elif self.state == 'attr':
            self.check_attr(line)
            self.state, self.attr, self.needs_space = 'tag', '', True
        elif self.state not in ('text', 'words', 'tag', 'value'):
            raise Mistake(line, 'a statement cannot stand in half a tag')

    def inside(self, *names):
        return any(name in names for name, _ in self.stack)

    def read(self, text, line):
        """Go on over static text; returns it with needless space taken out."""
        out = ''
        for char in text:
            line += char == '\n'
            getattr(self, 'in_' + self.state)(char, line)
            if (char in ' \n\t' and self.state in ('text', 'tag')
                    and not self.inside(*KEEPS_SPACE)):
                gap = '\n' if char == '\n' else ' '
                if out[-1:] in (' ', '\n') and out:
                    gap = '\n' if '\n' in (gap, out[-1]) else ' '
                    out = out[:-1]
                out += gap
            else:
                out += char
        return out

    # One method a state; each takes one character.

    def in_text(self, char, line):
        if char == '<':
            self.state, self.word = 'open', ''
        elif char == '>':
            raise Mistake(line, "a '>' in text: write &gt;")

    def in_open(self, char, line):
        if char.isalpha() and char.islower():
            self.state, self.word, self.attrs = 'name', char, set()
        elif char == '/':
            self.state, self.word = 'close', ''
        elif char == '!':
            self.state, self.word = 'bang', ''
        else:
            raise Mistake(line, f"'<{char}' opens nothing: write &lt; or a "
                                'tag in small letters')

    def in_name(self, char, line):
        if char.isalnum() or char == '-':
            self.word += char
            return
        self.begin_tag()
        self.in_tag(char, line)

    def begin_tag(self):
        self.state, self.tag, self.needs_space = 'tag', self.word, True

    def in_tag(self, char, line):
        if char in ' \t\n':
            self.needs_space = False
        elif char == '>':
            self.end_tag(line)
        elif char == '/':
            self.state = 'slash'
        elif char.isalpha() or char == '_':
            if self.needs_space:
                raise Mistake(line, 'a space is missing before an attribute')
            self.state, self.attr = 'attr', char
        else:
            raise Mistake(line, f'{char!r} inside the tag <{self.tag}>')

    def in_slash(self, char, line):
        if char != '>':
            raise Mistake(line, "'/' inside a tag must be followed by '>'")
        if self.tag in VOID:
            self.end_tag(line)
        elif self.inside('svg'):
            self.check_tag(line)
            self.state = 'text'
        else:
            raise Mistake(line, f'<{self.tag}/> does not close itself in HTML')

    def in_attr(self, char, line):
        if char.isalnum() or char in '-_:':
            self.attr += char
            return
        self.check_attr(line)
        if char == '=':
            self.state = 'equals'
        else:
            self.state, self.needs_space = 'tag', True
            self.in_tag(char, line)

    def check_attr(self, line):
        name = self.attr
        if name.startswith('on'):
            raise Mistake(line, f'{name}=: scripts live in files of their own')
        if name in ('style', 'srcdoc'):
            raise Mistake(line, f'{name}=: looks live in the style sheet')
        self.attrs.add(name)

    def in_equals(self, char, line):
        if char != '"':
            raise Mistake(line, f'the value of {self.attr} must stand in "…"')
        self.state, self.is_value_empty = 'value', True

    def in_value(self, char, line):
        if char == '"':
            self.state, self.attr, self.needs_space = 'tag', '', True
        elif char == '<':
            raise Mistake(line, f"'<' in the value of {self.attr}")
        else:
            self.is_value_empty = False

    def in_close(self, char, line):
        if char != '>':
            self.word += char
            return
        name = self.word.strip()
        if not self.stack:
            raise Mistake(line, f'</{name}> closes nothing')
        was, at = self.stack[-1]
        if was != name:
            raise Mistake(line, f'</{name}> closes <{was}> of line {at}')
        self.stack.pop()
        self.state = 'text'

    def in_bang(self, char, line):
        self.word += char
        if self.word == '--':
            raise Mistake(line, 'a comment for readers of the template is '
                                '{# … #}; <!-- --> would be sent')
        if char == '>':
            if self.word.lower() != 'doctype html>':
                raise Mistake(line, f'<!{self.word} is not <!doctype html>')
            self.state = 'text'

    def in_words(self, char, line):
        """Inside <title>, <textarea>, <script src>: only the end tag ends it."""
        self.word += char
        end = f'</{self.stack[-1][0]}>'
        if self.word.endswith(end):
            if self.stack[-1][0] in RAW and self.word.strip() != end:
                raise Mistake(line, 'a script stands in a file of its own')
            self.stack.pop()
            self.state = 'text'
        elif '<' in self.word and not end.startswith(
                self.word[self.word.rindex('<'):]):
            raise Mistake(line, f"'<' inside <{self.stack[-1][0]}>")

    def check_tag(self, line):
        name = self.tag
        if name in FORBIDDEN:
            raise Mistake(line, f'<{name}> is not allowed')
        if name == 'img' and 'alt' not in self.attrs:
            raise Mistake(line, '<img> without alt')
        if name == 'script' and 'src' not in self.attrs:
            raise Mistake(line, 'a script stands in a file of its own')
        if name in NOT_IN_ITSELF and self.inside(name):
            raise Mistake(line, f'<{name}> inside <{name}>')
        if name in BLOCKS and self.stack and self.stack[-1][0] == 'p':
            raise Mistake(line, f'<{name}> would end the <p> it stands in')

    def end_tag(self, line):
        self.check_tag(line)
        self.state = 'text'
        if self.tag in VOID:
            return
        self.stack.append((self.tag, line))
        if self.tag in RAW or self.tag in WORDS_ONLY:
            self.state, self.word = 'words', ''

    def escape(self, line):
        """The function that prints a value in this place."""
        if self.state == 'text':
            return 'html_text'
        if self.state == 'words':
            if self.stack[-1][0] in RAW:
                raise Mistake(line, f'an expression in <{self.stack[-1][0]}>')
            return 'html_text'
        if self.state == 'value':
            return self.escape_value()
        if self.state == 'equals':
            raise Mistake(line, f'the value of {self.attr} must stand in "…"')
        raise Mistake(line, 'an expression may stand in text or in the value '
                            'of an attribute, nowhere else')

    def escape_value(self):
        was_empty, self.is_value_empty = self.is_value_empty, False
        if self.attr in URLS:
            return 'html_link' if was_empty else 'html_url_part'
        if self.attr in TOKENS:
            return 'html_token'
        return 'html_attr'


def c_text(text):
    table = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t'}
    return '"' + ''.join(table.get(c, c) for c in text) + '"'


def cut(source, separator):
    """Parts of a C expression between separators of the top level; || stays."""
    parts, depth, quote, start, i = [], 0, '', 0, 0
    while i < len(source):
        char = source[i]
        if quote:
            if char == '\\':
                i += 1
            elif char == quote:
                quote = ''
        elif char in '"\'':
            quote = char
        elif char in '([{':
            depth += 1
        elif char in ')]}':
            depth -= 1
        elif char == separator and depth == 0:
            if char == '|' and source[i + 1:i + 2] == '|':
                i += 1
            else:
                parts.append(source[start:i].strip())
                start = i + 1
        i += 1
    return parts + [source[start:].strip()]


class Block:
    """An open {% if %}, {% for %} or {% layout %}."""

    def __init__(self, kind, start, line, call=''):
        self.kind, self.start, self.line, self.call = kind, start, line, call
        self.ends = []        # where its branches ended
        self.has_else = False


class Template:
    """Reads the pieces of one file and writes the C of its views."""

    def __init__(self, path, shown):
        self.source = path.read_text(encoding='utf-8')
        self.shown = shown
        self.uses, self.header, self.code = [], [], []
        self.view = None       # (name, parameters, line)
        self.has_body = False
        self.place = Place()
        self.blocks = []
        self.pending = ''      # static text not yet written
        self.last_line = 0
        self.is_fresh = True   # nothing of the view was written yet

    def compile(self):
        at, line = 0, 1
        for hit in PIECE.finditer(self.source):
            self.static(self.source[at:hit.start()], line)
            line += self.source.count('\n', at, hit.start())
            self.piece(hit[0], line)
            line += hit[0].count('\n')
            at = hit.end()
            at, line = self.swallow_gap(hit, at, line)
        self.static(self.source[at:], line)
        self.end_view(line)

    def swallow_gap(self, hit, at, line):
        """A {% … %} or {# … #} alone on its line leaves no empty line.

        The line end before it stays as the gap; what follows it goes.
        """
        if hit[0].startswith('{{') or self.place.state != 'text':
            return at, line
        before = self.source[self.source.rfind('\n', 0, hit.start()) + 1:
                             hit.start()]
        rest = self.source[at:]
        if (before.strip() or not rest.startswith('\n')
                or self.place.inside(*KEEPS_SPACE)):
            return at, line
        gap = len(rest) - len(rest.lstrip())
        return at + gap, line + rest.count('\n', 0, gap)

    def piece(self, text, line):
        body = text[2:-2].strip()
        if text.startswith('{#'):
            return
        if text.startswith('{{'):
            self.expression(body, line)
            return
        word, _, rest = body.partition(' ')
        do = getattr(self, 'do_' + word, None)
        if do is None:
            raise Mistake(line, f'{{% {word} %}} is not a statement')
        do(rest.strip(), line)

    # writing

    def put(self, text, line):
        if line != self.last_line:
            self.code.append(f'#line {line} "{self.shown}"')
            self.last_line = line
        self.code.append('\t' + text)
        self.last_line += 1 + text.count('\n')

    def flush(self, line):
        if self.pending:
            self.put(f'buf_put(out, S({c_text(self.pending)}));', line)
            self.pending = ''

    def statement(self, text, line):
        self.flush(line)
        self.put(text, line)

    # the pieces

    def static(self, text, line):
        if self.view is None:
            if text.strip():
                raise Mistake(line, 'text before the first {% view %}')
            return
        if not self.pending and self.is_fresh:
            line += text[:len(text) - len(text.lstrip())].count('\n')
            text = text.lstrip()
        if text:
            self.is_fresh = False
        in_text = self.place.state == 'text'
        kept = self.place.read(text, line)
        if in_text and self.pending[-1:] in ('\n', ' ') and self.pending:
            if not self.place.inside(*KEEPS_SPACE) and kept[:1] in (' ', '\n'):
                kept = kept[1:]
        self.pending += kept

    def expression(self, body, line):
        self.need_view(line)
        parts = cut(body, '|')
        if not all(parts):
            raise Mistake(line, 'an empty expression')
        value = parts[0]
        for part in parts[1:]:
            hit = re.fullmatch(r'([a-z_][a-z0-9_]*)(?:\((.*)\))?', part, re.S)
            if not hit:
                raise Mistake(line, f'«{part}» is not a filter')
            more = f', {hit[2]}' if hit[2] else ''
            value = f'show_{hit[1]}(out->mem, {value}{more})'
        escape = self.place.escape(line)
        if escape == 'html_link':
            if len(parts) > 1:
                raise Mistake(line, 'an address is a struct link, unfiltered')
            self.statement(f'html_link(out, {value});', line)
        else:
            shown = value if len(parts) > 1 else f'SHOW(out->mem, {value})'
            self.statement(f'{escape}(out, {shown});', line)

    def do_use(self, rest, line):
        if not re.fullmatch(r'"[^"]+"', rest):
            raise Mistake(line, '{% use "folder/header.h" %}')
        self.uses.append(rest)

    def do_view(self, rest, line):
        self.end_view(line)
        hit = VIEW.match(rest)
        if not hit:
            raise Mistake(line, '{% view name(parameters) %}')
        self.view = (hit[1], hit[2].strip(), line)
        self.place, self.has_body = Place(), False
        self.pending, self.is_fresh = '', True
        self.begin_function(hit[1], hit[2].strip(), line)

    def begin_function(self, name, parameters, line):
        more = '' if parameters in ('', 'void') else f', {parameters}'
        prototype = f'view_{name}(struct buf *out{more})'
        self.header.append(f'void {prototype};')
        self.code.append(f'\nvoid\n#line {line} "{self.shown}"\n'
                         f'{prototype}\n{{')
        self.last_line = 0

    def end_view(self, line):
        if self.view is None:
            return
        if self.blocks:
            block = self.blocks[-1]
            raise Mistake(block.line, f'{{% {block.kind} %}} without '
                                      f'{{% end{block.kind} %}}')
        if self.place.stack:
            name, at = self.place.stack[-1]
            raise Mistake(at, f'<{name}> is not closed')
        if self.place.state != 'text':
            raise Mistake(line, f'the view ends inside <{self.place.tag}>')
        self.pending = self.pending.rstrip() + (
            '\n' if self.pending.endswith('\n') else '')
        self.flush(line)
        self.code.append('}')
        self.view = None

    def do_body(self, rest, line):
        """The hole of a layout: what stands above is _open, below _close."""
        self.need_view(line)
        name, parameters, at = self.view
        if (any(b.kind != 'layout' for b in self.blocks) or self.has_body
                or self.place.state != 'text'):
            raise Mistake(line, '{% body %} stands once, outside if and for')
        self.flush(line)
        self.code.append('}')
        self.header.pop()
        index = max(i for i, row in enumerate(self.code)
                    if row.startswith('\nvoid'))
        self.code[index] = self.code[index].replace(
            f'view_{name}(', f'view_{name}_open(')
        more = '' if parameters in ('', 'void') else f', {parameters}'
        self.header.append(f'void view_{name}_open(struct buf *out{more});')
        self.begin_function(f'{name}_close', parameters, at)
        self.has_body = True

    def do_if(self, rest, line):
        self.open_block('if', f'if ({rest}) {{', line)

    def do_elif(self, rest, line):
        self.next_branch(f'}} else if ({rest}) {{', line)

    def do_else(self, rest, line):
        self.next_branch('} else {', line)
        self.blocks[-1].has_else = True

    def do_endif(self, rest, line):
        block = self.close_block('if', line)
        if not block.has_else:
            block.ends.append(block.start)
        self.meet(block.ends, line)
        self.statement('}', line)

    def do_for(self, rest, line):
        hit = re.fullmatch(r'([a-z_][a-z0-9_]*)\s+in\s+(.+)', rest, re.S)
        parts = cut(hit[2], ',') if hit else []
        if len(parts) not in (1, 2):
            raise Mistake(line, '{% for x in list %} or '
                                '{% for x in first, count %}')
        name, first, count = hit[1], parts[0], parts[-1]
        if len(parts) == 1:
            first, count = f'({first}).p', f'({first}).n'
        self.open_block('for', f'for (__typeof__(*({first})) *{name} = '
                        f'({first}), *{name}_end = {name} + ({count}); '
                        f'{name} < {name}_end; {name}++) {{', line)

    def do_endfor(self, rest, line):
        self.meet([self.close_block('for', line).start], line)
        self.statement('}', line)

    def do_let(self, rest, line):
        hit = re.fullmatch(r'([a-z_][a-z0-9_]*)\s*=\s*(.+)', rest, re.S)
        if not hit:
            raise Mistake(line, '{% let name = expression %}')
        self.statement(f'const __typeof__({hit[2]}) {hit[1]} = {hit[2]};', line)

    def do_include(self, rest, line):
        self.call(rest, '', line)

    def do_draw(self, rest, line):
        """A picture of fmt/: name(arguments) becomes name(arguments, out)."""
        self.need_view(line)
        hit = VIEW.match(rest)
        if not hit or not hit[1].endswith('_svg'):
            raise Mistake(line, 'only a picture can be drawn: {% draw x_svg(…) %}')
        if self.place.state != 'text':
            raise Mistake(line, 'a picture stands in text only')
        self.statement(f'{hit[1]}({hit[2]}, out);', line)

    def do_layout(self, rest, line):
        self.call(rest, '_open', line)
        self.blocks.append(Block('layout', self.place.copy(), line, rest))

    def do_endlayout(self, rest, line):
        block = self.close_block('layout', line)
        self.meet([block.start], line)
        self.call(block.call, '_close', line)

    # helpers

    def need_view(self, line):
        if self.view is None:
            raise Mistake(line, 'before the first {% view %}')

    def call(self, rest, suffix, line):
        self.need_view(line)
        hit = VIEW.match(rest)
        if not hit:
            raise Mistake(line, f'«{rest}» is not name(arguments)')
        if self.place.state != 'text':
            raise Mistake(line, 'a view may be included in text only')
        more = f', {hit[2]}' if hit[2].strip() else ''
        self.statement(f'view_{hit[1]}{suffix}(out{more});', line)

    def open_block(self, kind, text, line):
        self.need_view(line)
        self.place.settle(line)
        self.blocks.append(Block(kind, self.place.copy(), line))
        self.statement(text, line)

    def next_branch(self, text, line):
        block = self.blocks[-1] if self.blocks else None
        if block is None or block.kind != 'if' or block.has_else:
            raise Mistake(line, 'a branch without {% if %}')
        self.place.settle(line)
        block.ends.append(self.place)
        self.place = block.start.copy()
        self.statement(text, line)

    def close_block(self, kind, line):
        if not self.blocks or self.blocks[-1].kind != kind:
            was = (f'{{% {self.blocks[-1].kind} %}} of line '
                   f'{self.blocks[-1].line}' if self.blocks else 'nothing')
            raise Mistake(line, f'{{% end{kind} %}} closes {was}')
        self.place.settle(line)
        return self.blocks.pop()

    def meet(self, places, line):
        """All ways through a block must lead to one place in the HTML."""
        for other in places:
            if other.key() == self.place.key():
                continue
            here = '/'.join(name for name, _ in self.place.stack) or 'the top'
            there = '/'.join(name for name, _ in other.stack) or 'the top'
            raise Mistake(line, 'the branches end in different places: '
                                f'{self.place.state} of {here}, '
                                f'{other.state} of {there}')
        self.place.needs_space |= any(p.needs_space for p in places)


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument('template', type=pathlib.Path)
    ask.add_argument('--source', required=True, type=pathlib.Path)
    ask.add_argument('--header', required=True, type=pathlib.Path)
    args = ask.parse_args()
    shown = os.path.normpath(args.template)
    template = Template(args.template, shown)
    try:
        template.compile()
    except Mistake as mistake:
        sys.exit(f'{shown}:{mistake.line}: error: {mistake}')
    includes = ''.join(f'#include {use}\n' for use in template.uses)
    args.header.write_text(
        f'/* Written by tools/htmlgen.py from {args.template.name}. */\n'
        f'#pragma once\n\n#include "web/html.h"\n{includes}\n' +
        '\n'.join(template.header) + '\n', encoding='utf-8')
    args.source.write_text(
        f'/* Written by tools/htmlgen.py from {args.template.name}. */\n'
        f'#include "{args.header.name}"\n' + '\n'.join(template.code) + '\n',
        encoding='utf-8')


if __name__ == '__main__':
    main()
