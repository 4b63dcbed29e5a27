#!/bin/bash
# writers.sh - what the written files cost, beside the programs people would
# take instead: CPU seconds (user and system) of the whole process, start-up
# of both sides included, the middle one of several runs.
#
# Needs: python3-docx, python3-openpyxl, libreoffice-writer; a peer that is
# not installed is left out.  Usage: bench/writers.sh [RUNS]
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
build=$top/build-bench
runs=${1:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -d "$build" ] || meson setup "$build" "$top" --buildtype=release >/dev/null
nice ninja -C "$build" tests/unit/write_one >/dev/null
ours=$build/tests/unit/write_one

# middle RUNS COMMAND…: milliseconds of the run in the middle
middle() {
	local n=$1 i
	shift
	for ((i = 0; i < n; i++)); do
		{ TIMEFORMAT='%3U %3S'; time "$@" >"$work/out" 2>/dev/null ||
			echo failed >&2; } 2>&1
	done | awk '/failed/ { exit 1 } { printf "%d\n", ($1 + $2) * 1000 }' |
		sort -n | sed -n "$((n / 2 + 1))p"
}

row() { # what, our milliseconds, the peer, its milliseconds
	awk -v w="$1" -v a="$2" -v p="$3" -v b="$4" 'BEGIN {
		printf "%-34s %8.3f s   %-28s %8.3f s   1/%.1f\n",
		    w, a / 1000, p, b / 1000, b / (a > 0 ? a : 1) }'
}

has() { /usr/bin/python3 -c "import $1" 2>/dev/null; }

printf '%-34s %10s   %-28s %10s   %s\n' job ours peer its ratio
if has docx; then
	row 'road map of 200 rows, DOCX' "$(middle "$runs" "$ours" docx 200)" \
		python-docx "$(middle "$runs" /usr/bin/python3 \
			"$top/bench/writers/docx_peer.py" 200)"
	row 'the same, 5000 rows' "$(middle 3 "$ours" docx 5000)" \
		python-docx "$(middle 1 /usr/bin/python3 \
			"$top/bench/writers/docx_peer.py" 5000)"
fi
if command -v soffice >/dev/null; then
	"$ours" docx 200 >"$work/map.docx"
	convert() {
		soffice "-env:UserInstallation=file://$work/profile" --headless \
			--convert-to pdf --outdir "$work" "$work/map.docx"
	}
	convert >/dev/null 2>&1 # makes its profile
	row 'road map of 200 rows, PDF' "$(middle "$runs" "$ours" pdf 200)" \
		'LibreOffice, from DOCX' "$(middle 2 convert)"
fi
if has openpyxl; then
	row '50 000 rows of 12, XLSX' "$(middle 3 "$ours" xlsx 50000)" \
		'openpyxl, write_only' "$(middle 2 /usr/bin/python3 \
			"$top/bench/writers/xlsx_peer.py" 50000)"
fi
row '50 000 rows of 12, CSV' "$(middle "$runs" "$ours" csv 50000)" \
	"python's csv" "$(middle 3 /usr/bin/python3 \
		"$top/bench/writers/csv_peer.py" 50000)"
