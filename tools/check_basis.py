#!/usr/bin/env python3
"""Which requirement of doc/basis/ lacks code or a test.

    check_basis.py ROOT          fails when a requirement lacks either
    check_basis.py ROOT --show   prints where each is carried out and proved

A requirement is a table row "| id | text |" of doc/basis/*.md.  Code says
"BASIS: id", tests say "EVIDENCE: id"; several ids are separated by commas.
Proofs named in doc/basis/cases.md have to exist.
"""
import collections
import pathlib
import re
import sys

ROW = re.compile(r'^\|\s*([a-z]+-[\w.-]+)\s*\|')
MARK = re.compile(r'(BASIS|EVIDENCE):\s*([\w.-]+(?:\s*,\s*[a-z]+-[\w.-]+)*)')
WHERE = ('src', 'data', 'tests')


def requirements(root):
    for page in sorted((root / 'doc/basis').glob('*.md')):
        for line in page.read_text().splitlines():
            hit = ROW.match(line)
            if hit:
                yield hit[1]


def marks(root):
    found = {'BASIS': collections.defaultdict(list),
             'EVIDENCE': collections.defaultdict(list)}
    for top in WHERE:
        for path in sorted((root / top).rglob('*')):
            if not path.is_file() or path.suffix in ('.xlsx', '.docx', '.png'):
                continue
            try:
                text = path.read_text()
            except UnicodeDecodeError:
                continue
            for number, line in enumerate(text.splitlines(), 1):
                for kind, ids in MARK.findall(line):
                    for one in re.split(r'\s*,\s*', ids):
                        found[kind][one.rstrip('.')].append(
                            f'{path.relative_to(root)}:{number}')
    return found


def lost_proofs(root):
    """Proofs of doc/basis/cases.md that are not where they are said to be."""
    text = (root / 'doc/basis/cases.md').read_text()
    for proof in re.findall(r'`([^`]+)`', text):
        name, _, words = proof.partition(': ')
        path = root / name
        if not path.is_file() or words not in path.read_text(errors='replace'):
            yield proof


def main(root, show):
    found = marks(root)
    lacking = 0
    for name in requirements(root):
        code, proof = found['BASIS'][name], found['EVIDENCE'][name]
        if show:
            print(f'{name}\n  carried out: {", ".join(code) or "nowhere"}'
                  f'\n  proved:      {", ".join(proof) or "nowhere"}')
        for what, places in (('code', code), ('test', proof)):
            if not places:
                print(f'{name} has no {what}', file=sys.stderr)
                lacking += 1
    for proof in lost_proofs(root):
        print(f'no such proof: {proof}', file=sys.stderr)
        lacking += 1
    return 1 if lacking else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1]), '--show' in sys.argv[2:]))
