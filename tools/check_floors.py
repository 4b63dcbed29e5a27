#!/usr/bin/env python3
"""Refuse an #include that goes up or sideways between the floors.

A file of floor N may include headers of its own folder and of the folders
listed for it here; the list is doc/ and code at once (see doc/tour.md).
"""
import pathlib
import re
import sys

ALLOWED = {
    'base': [],
    'os': ['base'],
    'fmt': ['base'],
    'lang': ['base'],
    'store': ['base', 'os', 'fmt', 'lang'],
    'convert': ['base', 'os', 'fmt', 'lang'],
    # The domain: no files, no clock, no network.
    'core': ['base', 'fmt', 'lang', 'store', 'convert'],
    # Letters the domain wrote, given to a mail server.
    'mail': ['base', 'os', 'store', 'core'],
    'web': ['base', 'os', 'fmt', 'lang', 'store', 'convert', 'mail', 'core'],
    'cli': ['base', 'os', 'fmt', 'lang', 'store', 'convert', 'mail', 'core'],
    'serve': ['base', 'os', 'fmt', 'lang', 'store', 'convert', 'mail', 'core',
              'web'],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"/]+)/')


def main(root):
    wrong = 0
    for path in sorted(root.rglob('*.[ch]')):
        parts = path.relative_to(root).parts
        floor = parts[0]
        if floor not in ALLOWED:
            continue  # main.c stands on top of everything
        for number, line in enumerate(path.read_text().splitlines(), 1):
            hit = INCLUDE.match(line)
            if not hit or hit[1] == floor or hit[1] in ALLOWED[floor]:
                continue
            if hit[1] not in ALLOWED:
                continue  # generated, or another floor's local header
            print(f'{path}:{number}: {floor}/ must not include {hit[1]}/')
            wrong += 1
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
