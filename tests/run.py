#!/usr/bin/env python3
"""Run every test and count: unit programs on both databases, then journeys.

The unit programs speak TAP; the journeys are pytest files.  A PostgreSQL
server of our own runs in a temporary folder meanwhile.  The last line is
"N passed, N failed".
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET


def unit(top, env):
    """Each program of tests/unit, by meson's own list of them."""
    done = subprocess.run(['meson', 'test', '-C', top / 'build-test',
                           '--no-rebuild', '--print-errorlogs'], env=env)
    log = (top / 'build-test/meson-logs/testlog.junit.xml')
    passed = failed = 0
    for case in ET.parse(log).iter('testcase'):
        bad = case.find('failure') is not None or case.find('error') is not None
        failed += bad
        passed += not bad
    if done.returncode and not failed:
        failed += 1  # a program that died between its tests
    return passed, failed


def journeys(top, env, scratch):
    if not any((top / 'tests/journey').glob('test_*.py')):
        return 0, 0
    report = scratch / 'journeys.xml'
    subprocess.run(['/usr/bin/python3', '-m', 'pytest', '-q', '--no-header',
                    '-p', 'no:cacheprovider', f'--junitxml={report}',
                    # read back by the unit tests already
                    f'--ignore={top}/tests/journey/test_written_files.py',
                    top / 'tests/journey'], env=env, cwd=top)
    passed = failed = 0
    if not report.exists():
        return 0, 1
    for case in ET.parse(report).iter('testcase'):
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is None:
            passed += 1
    return passed, failed


def main(top):
    scratch = pathlib.Path(tempfile.mkdtemp(prefix='opora-test-'))
    scratch.chmod(0o755)
    server = scratch / 'postgres'
    script = top / 'tests/postgres.sh'
    env = dict(os.environ, OPORA_BUILD=str(top / 'build-test'),
               OPORA_RELEASE=str(top / 'build/opora'))
    env['ASAN_OPTIONS'] = 'detect_leaks=1:abort_on_error=0'
    env['LSAN_OPTIONS'] = f'suppressions={top}/tests/lsan.supp:print_suppressions=0'
    env['UBSAN_OPTIONS'] = 'print_stacktrace=1:halt_on_error=1'
    try:
        start = subprocess.run([script, 'start', server], check=True,
                               stdout=subprocess.PIPE, text=True)
        env['OPORA_TEST_PG'] = start.stdout.strip()
        results = [unit(top, env), journeys(top, env, scratch)]
    finally:
        subprocess.run([script, 'stop', server])
        shutil.rmtree(scratch, ignore_errors=True)
    passed = sum(p for p, _ in results)
    failed = sum(f for _, f in results)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
