"""Deadlines against independent readers: rules of recurrence expanded by
dateutil, calendars read by icalendar, canonical forms read again."""
import csv
import datetime
import json
import re
import subprocess

import icalendar
import pytest
from dateutil.rrule import rrulestr

from conftest import PROGRAM, TOP

OWN = TOP / 'tests/data/deadline/phrases.tsv'
SHARED = [TOP.parent / 'shared/data/deadlines' / name
          for name in ('sources.tsv', 'usual.tsv')]
YEARS = range(-3, 6)  # each phrase in its own year and in these beside it


def later(day, years):
    """The same day so many years later; 29 February becomes 28."""
    if not day:
        return ''
    year, rest = day.split('-', 1)
    return f'{int(year) + years}-' + rest.replace('02-29', '02-28')


def phrases(path):
    with open(path, encoding='utf-8', newline='') as f:
        rows = csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE)
        return [{k: r.get(k) or '' for k in
                 ('id', 'from', 'to', 'phrase', 'ordered')} for r in rows]


def read(folder, rows):
    """What the program says of each row, in their order."""
    table = folder / 'phrases.tsv'
    heads = ['id', 'from', 'to', 'phrase', 'ordered']
    table.write_text('\n'.join(
        ['\t'.join(heads)] + ['\t'.join(r[h] for h in heads) for r in rows]))
    done = subprocess.run([PROGRAM, 'deadline', '--batch', table],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [s['id'] for s in said] == [r['id'] for r in rows]
    return said


def days_of(said):
    return sorted(datetime.date.fromisoformat(w['to'])
                  for w in said['windows'])


def expanded(rule, first):
    start = datetime.datetime.combine(first, datetime.time())
    return [d.date() for d in rrulestr(rule, dtstart=start)]


def test_rules_give_the_days_of_the_windows(tmp_path):
    rows = [{**r, 'id': f'{r["id"]}/{n}', 'from': later(r['from'], n),
             'to': later(r['to'], n), 'ordered': later(r['ordered'], n)}
            for path in [OWN, *SHARED] if path.exists()
            for n in YEARS for r in phrases(path)]
    phrases_seen, parts = set(), set()
    for row, said in zip(rows, read(tmp_path, rows)):
        if 'rrule' not in said:
            continue
        days = days_of(said)
        assert expanded(said['rrule'], days[0]) == days, (row, said['rrule'])
        step = re.search(r'WEEKLY;INTERVAL=(\d+)', said['rrule'])
        assert not step or int(step[1]) <= 8, (row, said['rrule'])
        phrases_seen.add(row['phrase'])
        parts |= set(re.findall(r'[A-Z]+=(?:WEEKLY|MONTHLY)?', said['rrule']))
    assert len(phrases_seen) >= 120
    assert {'FREQ=WEEKLY', 'FREQ=MONTHLY', 'INTERVAL=', 'BYDAY=', 'BYMONTH=',
            'BYMONTHDAY='} <= parts


@pytest.mark.parametrize('path', [OWN] + SHARED, ids=lambda p: p.stem)
def test_canonical_form_reads_as_what_it_came_from(tmp_path, path):
    if not path.exists():
        pytest.skip('the shared tables are not here')
    rows = phrases(path)
    first = read(tmp_path, rows)
    again = read(tmp_path, [{**r, 'phrase': s['canonical']}
                            for r, s in zip(rows, first)])
    for a, b in zip(first, again):
        for field in ('kind', 'windows', 'every', 'schedule', 'canonical'):
            assert a[field] == b[field], (a['id'], a['phrase'], field)
        assert a.get('rrule') == b.get('rrule')


def test_calendar_of_a_plan_has_its_days(server, tmp_path):
    def ask(*words):
        done = subprocess.run([PROGRAM, '--db', server.db, *words],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    file = tmp_path / 'plan.ics'
    ask('plan', 'calendar', '1', '-o', str(file))
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    days = {}
    rules = 0
    for event in calendar.walk('VEVENT'):
        first = event.decoded('DTSTART')
        assert event.decoded('DTEND') == first + datetime.timedelta(days=1)
        found = [first]
        if 'RRULE' in event:
            rules += 1
            found = expanded(event['RRULE'].to_ical().decode(), first)
        measure = int(re.match(r'measure-(\d+)-', event['UID'])[1])
        days.setdefault(measure, set()).update(found)
    assert rules
    checked = 0
    for m in json.loads(ask('plan', 'show', '1', '--format',
                            'json'))['measures']:
        if m['parsed']['kind'] in ('by', 'dates', 'recurring'):
            assert days.get(m['id']) == set(days_of(m['parsed'])), m['title']
            checked += 1
    assert checked > 10
