#!/usr/bin/env python3
"""Put files into the program: one C source and one header for a set.

    embed.py --name web_assets --root src/web/assets [--gzip]
             --source assets.c --header assets.h FILE...

The bytes come in by .incbin, so a megabyte costs the compiler nothing; the
table beside them carries each file's name below the root and a hash of its
bytes.  As the hash stands in the C text, a changed file always means a
changed source.  With --gzip the packed bytes come along where they are
smaller.  See src/base/embedded.h.
"""
import argparse
import gzip
import hashlib
import pathlib
import sys


def c_text(text):
    """A C string literal of any UTF-8 text."""
    out = []
    for byte in text.encode():
        char = chr(byte)
        if char in '"\\' or byte < 32 or byte > 126:
            out.append(f'\\{byte:03o}')
        else:
            out.append(char)
    return '"' + ''.join(out) + '"'


def block(symbol, path):
    """Assembly that holds the bytes of a file and a zero byte behind them."""
    quoted = str(path).replace('\\', '\\\\').replace('"', '\\"')
    lines = (f'.section .rodata,\\"a\\",@progbits', f'.balign 16',
             f'{symbol}:', f'.incbin \\"{quoted}\\"', '.byte 0', '.previous')
    body = '\\n"\n    "'.join(lines)
    return (f'__asm__("{body}\\n");\n'
            f'extern const char {symbol}[] '
            f'__attribute__((visibility("hidden")));\n')


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument('--name', required=True)
    ask.add_argument('--root', required=True, type=pathlib.Path)
    ask.add_argument('--source', required=True, type=pathlib.Path)
    ask.add_argument('--header', required=True, type=pathlib.Path)
    ask.add_argument('--gzip', action='store_true')
    ask.add_argument('files', nargs='*', type=pathlib.Path)
    args = ask.parse_args()

    root = args.root.resolve()
    files = {}
    for path in args.files:
        name = path.resolve().relative_to(root).as_posix()
        if name in files:
            sys.exit(f'embed.py: {name} is given twice')
        files[name] = path.resolve()

    blocks, rows = [], []
    for number, name in enumerate(sorted(files, key=str.encode)):
        path = files[name]
        data = path.read_bytes()
        symbol = f'{args.name}_bytes_{number}'
        blocks.append(block(symbol, path))
        packed_row = '{0}'
        packed = gzip.compress(data, 9, mtime=0) if args.gzip else data
        if len(packed) < len(data):
            beside = args.source.with_name(f'{args.source.stem}.{number}.gz')
            beside.write_bytes(packed)
            blocks.append(block(f'{symbol}_gz', beside.resolve()))
            packed_row = f'{{{symbol}_gz, {len(packed)}}}'
        digest = hashlib.sha256(data).hexdigest()[:16]
        rows.append(f'\t{{S_INIT({c_text(name)}), {{{symbol}, {len(data)}}},\n'
                    f'\t    {packed_row}, S_INIT("{digest}")}},\n')

    empty = '' if rows else '\t{{0}, {0}, {0}, {0}},\n'
    args.header.write_text(
        f'/* Written by tools/embed.py. */\n#pragma once\n\n'
        f'#include "base/embedded.h"\n\n'
        f'extern const struct embedded_set {args.name};\n')
    args.source.write_text(
        f'/* Written by tools/embed.py. */\n'
        f'#include "{args.header.name}"\n\n' + '\n'.join(blocks) +
        f'\nstatic const struct embedded files[] = {{\n' + ''.join(rows) +
        empty + f'}};\n\n'
        f'const struct embedded_set {args.name} = {{files, {len(rows)}}};\n')


main()
