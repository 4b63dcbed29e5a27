#!/usr/bin/python3
"""Write the first inputs of the fuzzers from the fixtures of the tests.

Containers are unpacked into the text form of fuzz/input.h, long parts that
the readers do not look at are left out.  The result is checked in.
"""
import pathlib
import zipfile

ROOT = pathlib.Path(__file__).parent.parent
DATA = ROOT / 'tests' / 'data'
CORPUS = ROOT / 'fuzz' / 'corpus'
UNREAD = ('theme', 'docProps', 'customXml', 'Thumbnails', 'meta.xml',
          'settings', 'fontTable', 'webSettings', 'stylesWithEffects',
          'Configurations', 'manifest.rdf', 'layout-cache')
CSV = {
    'plain.csv': b'school,year,procedure,participants,failed\n'
                 b'v1,2022/2023,vpr-math-5,24,9\n',
    'semicolon.csv': '\ufeffкод;имя\r\n1;"МБОУ ""СОШ № 3"""\r\n'.encode(),
    'cp1251.csv': 'код;имя\n1;Гимназия № 3\n'.encode('cp1251'),
    'utf16.txt': '\ufeffкод\tимя\r\n1\tСОШ\r\n'.encode('utf-16-le'),
    'sep.csv': b'sep=|\na|"b\nc"|d\n\n||\n',
    'mac.csv': b'a;b\r1;2\r',
}
RECORDS = (
    'h\t2\tЛист\tЕГЭ\tvpr-math-5\t2022\t2023-03-14\t0\t24\n'
    's\tv1\tШкола\tsosh\trural\t0\tsch1\tЛист\t1\t1\tA\n'
    'r\tsch1\t111\tСОШ\tvpr-math-5\t2022\t24\t9\t9\t8\t5\t2\t0\t0\t1\t0\t0\t0'
    '\t0\t0\tЛист\t2\t9\tB\n'
    'o\tsch1\t111\tСОШ\t2022\tinternet\t1\t1\t1\tда\t2023-10-01\tОО-1\tЛист'
    '\t2\t2\tC\n'
    'l\t\t\tСОШ\tshnor\tприказ\t17\t2023-11-01\tЛист\t2\t2\tC\n'
    'b\tsch1\t\t\t2022\t4 РУ\t1\tЛист\t2\t2\tC\n'
    'f\tВся выборка\tvpr-math-5\t2022\t1000000\t7,5\t30\t40\t22,5\tЛист\t2'
    '\t2\tC\n'
    'a\tsch1\t\t\toge-math\t2022\t3\t1\t0\t0\t1\t-1\t1\t0\t0\tЛист\t2\t2\tC\n'
    'c\tкод\tимя\nx\tЛист\t2\t2\tC\tЛист\t2\t1\tСОШ\n')


def parts_of(path):
    """A container as text: "=== name", then the part."""
    text = b''
    with zipfile.ZipFile(path) as container:
        for name in container.namelist():
            if any(word in name for word in UNREAD) or name.endswith('/'):
                continue
            part = container.read(name)
            if name.endswith('styles.xml') and len(part) > 12000:
                continue
            if not name.endswith(('.xml', '.rels', 'mimetype')):
                continue
            text += b'=== ' + name.encode() + b'\n' + part + b'\n'
    return text


def write(kind, name, content):
    folder = CORPUS / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def main():
    for name, content in CSV.items():
        write('csv', name, content)
    write('record', 'rows', RECORDS.encode())
    for path in sorted((DATA / 'sheets').iterdir()):
        if path.suffix == '.xls':
            write('xls', path.name, path.read_bytes())
        else:
            write(path.suffix[1:], path.stem, parts_of(path))
    for path in sorted((DATA / 'pages').iterdir()):
        write(path.suffix[1:], path.stem, parts_of(path))


if __name__ == '__main__':
    main()
