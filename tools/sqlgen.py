#!/usr/bin/env python3
"""SQL files to typed C functions.

    -- row: school  id school_id, code text, name text
    -- name: school_by_code :one
    -- in: municipality municipality_id, code text
    -- out: school
    -- What it is for; this comment goes into the header.
    SELECT id, code, name FROM organisation WHERE ...;

gives, in q_registry.h (for registry.sql):

    struct q_school { school_id id; struct str code; struct str name; };
    enum rc q_school_by_code(struct db *db, struct arena *mem,
        municipality_id municipality, struct str code, struct q_school *ret);

Kinds:  :one   RC_NOT_FOUND when there is no row
        :many  an array in the arena
        :each  calls back row by row; texts live until the call returns
        :exec  no rows;  :exec1  RC_CONFLICT unless exactly one row changed
        :execn also gives how many rows changed

Types:  int bool text blob date moment syear NAME_id; with ? they may be NULL
        (text: p == NULL; date, moment: …_NONE; id: 0; int: struct opt_int).

Rights: a statement that reads a subject says {visible: o.id}; that becomes
the test of the actor's schools, and the function takes the actor.  One that
reads without it must say why:  -- open: reason.

More than four inputs go into a struct q_NAME_in.
"""
import pathlib
import re
import sys

TYPES = {  # name: C type, database letter, how it goes in, how it comes out
    'int': ('int64_t', 'i', '{v}', 'rows_int({r}, {n})'),
    'bool': ('bool', 'i', '{v}', 'rows_int({r}, {n}) != 0'),
    'text': ('struct str', 't', None, 'arena_str(mem, rows_text({r}, {n}))'),
    'blob': ('struct str', 'b', None, 'arena_str(mem, rows_blob({r}, {n}))'),
    'date': ('struct date', 't', None, 'in_date({r}, {n})'),
    'moment': ('struct moment', 't', None, 'in_moment({r}, {n})'),
    'syear': ('struct syear', 'i', '{v}.first',
              '(struct syear){{(int32_t)rows_int({r}, {n})}}'),
}
VISIBLE = '''(:actor_sees_all = 1 OR {column} IN (
    SELECT g.organisation FROM role_grant g
     WHERE g.municipality = :actor_municipality AND g.person = :actor_person
       AND g.since <= :actor_today
       AND (g.until IS NULL OR g.until >= :actor_today)))'''
ACTOR = [('actor_sees_all', 'bool', 'actor->sees_all'),
         ('actor_municipality', 'municipality_id', 'actor->municipality'),
         ('actor_person', 'person_id', 'actor->person'),
         ('actor_today', 'date', 'actor->today')]


def fail(path, message):
    sys.exit(f'{path}: {message}')


def fields(text, path):
    out = []
    for part in filter(None, (p.strip() for p in text.split(','))):
        words = part.split()
        if len(words) != 2:
            fail(path, f'"{part}" is not "name type"')
        out.append((words[0], words[1]))
    return out


def split_type(kind, path):
    nullable = kind.endswith('?')
    base = kind.rstrip('?')
    if base not in TYPES and not base.endswith('_id'):
        fail(path, f'unknown type {kind}')
    return base, nullable


def c_type(kind, path):
    base, nullable = split_type(kind, path)
    if base.endswith('_id'):
        return base
    if base == 'int' and nullable:
        return 'struct opt_int'
    return TYPES[base][0]


def letter(kind, path):
    base, _ = split_type(kind, path)
    return 'i' if base.endswith('_id') else TYPES[base][1]


def bind(kind, value, path):
    """The C expression of struct dbval for one input."""
    base, nullable = split_type(kind, path)
    if base.endswith('_id'):
        null = f'{value}.v == 0' if nullable else 'false'
        return f'{{DB_INT, {null}, {value}.v, {{0}}}}'
    if base == 'int' and nullable:
        return f'{{DB_INT, !{value}.is_known, {value}.v, {{0}}}}'
    if base in ('int', 'bool'):
        return f'{{DB_INT, false, {value}, {{0}}}}'
    if base == 'syear':
        null = f'{value}.first == 0' if nullable else 'false'
        return f'{{DB_INT, {null}, {value}.first, {{0}}}}'
    if base in ('text', 'blob'):
        null = f'!{value}.p' if nullable else 'false'
        return f'{{DB_{base.upper()}, {null}, 0, {value}}}'
    return f'out_{base}({value}, (char[{base.upper()}_TEXT]){{0}})'


def unpack(kind, number, keep, path):
    base, nullable = split_type(kind, path)
    if base.endswith('_id'):
        return f'({base}){{rows_int(&rows, {number})}}'
    if base == 'int' and nullable:
        return (f'(struct opt_int){{!rows_is_null(&rows, {number}), '
                f'rows_int(&rows, {number})}}')
    text = TYPES[base][3].format(r='&rows', n=number)
    if not keep:
        text = re.sub(r'^arena_str\(mem, (.*)\)$', r'\1', text)
    return text


class Statement:
    def __init__(self, path, name, kind):
        self.path, self.name, self.kind = path, name, kind
        self.ins, self.outs, self.row = [], [], None
        self.comment, self.open, self.sql = [], None, ''
        self.scoped = False

    def finish(self, rows):
        sql = self.sql.strip().rstrip(';').strip()
        if not sql:
            fail(self.path, f'{self.name}: no SQL')
        sql, n = re.subn(r'\{visible:\s*([^}]+?)\s*\}',
                         lambda m: VISIBLE.format(column=m[1]), sql)
        self.scoped = n > 0
        names = {i: (k, None) for i, k in self.ins}
        for i, k, value in ACTOR:
            names[i] = (k, value)
        order = []

        def place(match):
            if match[0].startswith('::') or match[0].startswith("'"):
                return match[0]
            name = match[1]
            if name not in names:
                fail(self.path, f'{self.name}: :{name} is not declared')
            if name not in order:
                order.append(name)
            return f'\0{order.index(name) + 1}'
        sql = re.sub(r"'[^']*'|::\w+|:(\w+)", place, sql)
        for i, _ in self.ins:
            if i not in order:
                fail(self.path, f'{self.name}: :{i} is not used')
        self.order = [(i, *names[i]) for i in order]
        self.sqlite = sql.replace('\0', '?')
        self.postgres = sql.replace('\0', '$')
        self.writes = not re.match(r'(?i)\s*(select|with\b(?!.*\b(insert|update|delete)\b))', sql)
        if not self.writes and not self.scoped and not self.open:
            fail(self.path, f'{self.name} reads without {{visible: …}}: '
                            'say why with -- open:')
        if self.row and self.row not in rows:
            fail(self.path, f'{self.name}: no row {self.row}')
        if self.row:
            self.outs = rows[self.row]
        if self.kind in ('one', 'many', 'each') and not self.outs:
            fail(self.path, f'{self.name}: no -- out')

    @property
    def struct(self):
        return f'struct q_{self.row or self.name}'

    @property
    def packed(self):
        return len(self.ins) > 4

    def prototype(self):
        args = ['struct db *db']
        if self.kind in ('one', 'many'):
            args.append('struct arena *mem')
        if self.scoped:
            args.append('const struct actor *actor')
        if self.packed:
            args.append(f'const struct q_{self.name}_in *in')
        else:
            args += [f'{c_type(k, self.path)} {i}' for i, k in self.ins]
        if self.kind == 'one':
            args.append(f'{self.struct} *ret')
        elif self.kind == 'many':
            args += [f'{self.struct} **ret_rows', 'size_t *ret_n']
        elif self.kind == 'each':
            args += [f'bool (*each)(void *ctx, const {self.struct} *row)',
                     'void *ctx']
        elif self.kind == 'execn':
            args.append('int64_t *ret_changed')
        return f'enum rc q_{self.name}({", ".join(args)})'


def parse(path):
    rows, found, now = {}, [], None
    for line in path.read_text().splitlines():
        hit = re.match(r'--\s*(row|name|in|out|open):\s*(.*)', line)
        if hit and hit[1] == 'row':
            name, rest = hit[2].split(None, 1)
            rows[name] = fields(rest, path)
            last = ('row', name)
        elif hit and hit[1] == 'name':
            name, kind = hit[2].split()
            now = Statement(path, name, kind.lstrip(':'))
            found.append(now)
            last = None
        elif hit and hit[1] == 'in':
            now.ins += fields(hit[2], path)
            last = None
        elif hit and hit[1] == 'out':
            if re.fullmatch(r'\w+', hit[2].strip()):
                now.row = hit[2].strip()
            else:
                now.outs += fields(hit[2], path)
            last = None
        elif hit:
            now.open = hit[2].strip()
            last = None
        elif line.startswith('--     ') and now is None and last:
            rows[last[1]] += fields(line[2:], path)
        elif line.startswith('--'):
            if now and not now.sql:
                now.comment.append(line[2:].strip())
        elif now:
            now.sql += line + '\n'
    for s in found:
        s.finish(rows)
    return rows, found


def c_string(sql):
    lines = sql.splitlines() or ['']
    quoted = ['"' + re.sub(r'\s+', ' ', l).replace('\\', '\\\\').replace('"', '\\"') + '\\n"'
              for l in lines if l.strip()]
    return '\n\t    '.join(quoted)


def emit_struct(out, name, members, path):
    out.append(f'struct {name} {{')
    out += [f'\t{c_type(k, path)} {i};' for i, k in members]
    out.append('};\n')


def header(path, rows, found):
    out = [f'/* Generated from {path.name}; see tools/sqlgen.py. */',
           '#pragma once\n', '#include "store/actor.h"',
           '#include "store/db.h"', '#include "store/ids.h"',
           '#include "store/opt.h"\n']
    for name, members in rows.items():
        emit_struct(out, f'q_{name}', members, path)
    for s in found:
        if s.outs and not s.row:
            emit_struct(out, f'q_{s.name}', s.outs, path)
        if s.packed:
            emit_struct(out, f'q_{s.name}_in', s.ins, path)
        text = ' '.join(s.comment)
        if text:
            out.append(f'/* {text} */')
        out.append(f'NODISCARD {s.prototype()};\n')
    return '\n'.join(out)


def body(s, number):
    out = [f'{s.prototype()}\n{{']
    values = []
    for i, kind, actor in s.order:
        source = actor or (f'in->{i}' if s.packed else i)
        values.append('\t    ' + bind(kind, source, s.path))
    if values:
        out.append('\tconst struct dbval values[] = {\n' + ',\n'.join(values) + '};')
        args = f'values, {len(values)}'
    else:
        args = 'NULL, 0'
    if s.kind in ('exec', 'exec1', 'execn'):
        out.append('\tint64_t changed = 0;')
        out.append(f'\tenum rc rc = db_run(db, {number}, {args}, &changed);\n')
        if s.kind == 'exec1':
            out.append('\tif (rc == RC_OK && changed != 1)\n\t\treturn RC_CONFLICT;')
        if s.kind == 'execn':
            out.append('\tif (rc == RC_OK)\n\t\t*ret_changed = changed;')
        out.append('\treturn rc;\n}\n')
        return '\n'.join(out)

    keep = s.kind != 'each'
    row = ',\n'.join(f'\t\t    .{i} = {unpack(k, n, keep, s.path)}'
                     for n, (i, k) in enumerate(s.outs))
    fill = f'({s.struct}){{\n{row}}}'
    out.append('\tstruct rows rows;')
    out.append(f'\tenum rc rc = db_query(db, {number}, {args}, &rows);\n')
    out.append('\tif (rc != RC_OK)\n\t\treturn rc;')
    if s.kind == 'one':
        out.append(f'\trc = rows_next(&rows);\n\tif (rc == RC_OK)\n\t\t*ret = {fill};')
        out.append('\trows_close(&rows);\n\treturn rc;\n}\n')
        return '\n'.join(out)
    if s.kind == 'each':
        out.append(f'''\twhile ((rc = rows_next(&rows)) == RC_OK) {{
\t\t{s.struct} row = {fill};
\t\tif (!each(ctx, &row)) {{
\t\t\trc = RC_NOT_FOUND;
\t\t\tbreak;
\t\t}}
\t}}
\trows_close(&rows);
\treturn rc == RC_NOT_FOUND ? RC_OK : rc;
}}
''')
        return '\n'.join(out)
    out.append(f'''\tVEC({s.struct}) list = {{0}};
\twhile ((rc = rows_next(&rows)) == RC_OK)
\t\t*vec_push(mem, &list) = {fill};
\trows_close(&rows);
\tif (rc != RC_NOT_FOUND)
\t\treturn rc;
\t*ret_rows = list.p;
\t*ret_n = list.n;
\treturn RC_OK;
}}
''')
    return '\n'.join(out)


def source(path, found, first):
    out = [f'/* Generated from {path.name}; see tools/sqlgen.py. */',
           f'#include "store/q_{path.stem}.h"\n', '#include "base/vec.h"',
           '#include "store/values.h"\n']
    for n, s in enumerate(found):
        out.append(body(s, first + n))
    return '\n'.join(out)


def statement_table(everything):
    out = ['/* Generated; see tools/sqlgen.py. */', '#include "store/db.h"\n',
           'const struct statement statements[] = {']
    for s in everything:
        types = ''.join(letter(k, s.path) for _, k, _ in s.order)
        why = f'"{s.open}"' if s.open else 'NULL'
        out.append(f'\t{{"{s.name}",\n\t    {c_string(s.sqlite)},\n'
                   f'\t    {c_string(s.postgres)},\n\t    "{types}", '
                   f'{str(s.writes).lower()}, {str(s.scoped).lower()}, {why}}},')
    out.append('};\n')
    out.append(f'const size_t n_statements = {len(everything)};')
    return '\n'.join(out)


def to_postgres(ddl):
    ddl = re.sub(r'\)\s*STRICT(\s*,\s*WITHOUT ROWID)?\s*;', ');', ddl)
    ddl = re.sub(r'\bINTEGER\b', 'BIGINT', ddl)
    ddl = re.sub(r'\bBLOB\b', 'BYTEA', ddl)
    return re.sub(r'\bTEXT\b', 'TEXT COLLATE "C"', ddl)


def migration_table(paths):
    out = ['/* Generated; see tools/sqlgen.py. */', '#include "store/db.h"\n',
           'const struct migration migrations[] = {']
    for path in paths:
        number, name = path.stem.split('-', 1)
        ddl = re.sub(r'--[^\n]*', '', path.read_text())
        out.append(f'\t{{{int(number)}, "{name}",\n\t    {c_string(ddl)},\n'
                   f'\t    {c_string(to_postgres(ddl))}}},')
    out.append('};\n')
    out.append(f'const size_t n_migrations = {len(paths)};')
    return '\n'.join(out)


def main(outdir, *inputs):
    out = pathlib.Path(outdir)
    paths = [pathlib.Path(p) for p in inputs]
    steps = sorted(p for p in paths if p.parent.name == 'migrations')
    everything = []
    for path in sorted(p for p in paths if p.parent.name == 'sql'):
        rows, found = parse(path)
        (out / f'q_{path.stem}.h').write_text(header(path, rows, found))
        (out / f'q_{path.stem}.c').write_text(source(path, found, len(everything)))
        everything += found
    names = [s.name for s in everything]
    for name in names:
        if names.count(name) > 1:
            sys.exit(f'two statements are called {name}')
    (out / 'statements.c').write_text(statement_table(everything))
    (out / 'migrations.c').write_text(migration_table(steps))


if __name__ == '__main__':
    main(*sys.argv[1:])
