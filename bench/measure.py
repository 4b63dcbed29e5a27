#!/usr/bin/env python3
"""Processor time of whole processes, side by side in one run.

    measure.py [-n RUNS] [-w WIDTH] TITLE NAME COMMAND [NAME COMMAND …]

Runs the commands in turn, A B C A B C …, and prints for each the middle of
user + system seconds with those of its children, the memory of its largest
process, and how many times the first command is cheaper.  Commands are split
into words as a shell does, and what they print is thrown away.  A command that
fails is said to have failed, not measured.  Debian's "time" tells the memory:
what is started from here directly would be charged with Python's own.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile


def run(command):
    with tempfile.NamedTemporaryFile('r') as memory:
        process = subprocess.Popen(
            ['time', '-q', '-f', '%M', '-o', memory.name, *shlex.split(command)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            return None
        return usage.ru_utime + usage.ru_stime, int(memory.read()) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('-n', type=int, default=5)
    parser.add_argument('title')
    parser.add_argument('pairs', nargs='+')
    args = parser.parse_args()
    names, commands = args.pairs[0::2], args.pairs[1::2]
    seen = {name: [] for name in names}
    for turn in range(args.n):
        for name, command in zip(names, commands):
            # what takes long is not run as often as what is over at once
            long = seen[name] and seen[name][0] and seen[name][0][0] > 20
            if turn and (long or seen[name] == [None]):
                continue
            seen[name].append(run(command))
    print(f'{args.title}\n{"":28} {"CPU, s":>10} {"memory, MB":>11} {"ours":>8}')
    ours = None
    for name in names:
        if None in seen[name]:
            print(f'{name:28} {"failed":>10}')
            continue
        cpu = statistics.median(c for c, _ in seen[name])
        memory = max(m for _, m in seen[name])
        ours = ours or cpu
        print(f'{name:28} {cpu:10.3f} {memory:11.1f} {"1/%.1f" % (cpu / ours):>8}')
    print()
    sys.stdout.flush()


if __name__ == '__main__':
    main()
