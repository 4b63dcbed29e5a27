#!/bin/bash
# xlsx.sh - a workbook of 50,000 rows and 12 columns read: ours (recognised,
# checked, schools found, lists drawn up) beside programs that only read it.
# Needs gnumeric, python3-openpyxl; a peer that is not there is left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
runs=${1:-5}
. "$here/common.sh"

generate xlsx
for kind in inline shared; do
	book=$work/$kind.xlsx
	set -- "50 000 × 12, texts $kind: read" 'opora, and lists of it' \
		"$opora identify shnor $book --schools $work/schools.csv --year 2024/2025"
	command -v ssconvert >/dev/null &&
		set -- "$@" ssconvert "ssconvert $book $work/out.csv"
	/usr/bin/python3 -c 'import openpyxl' 2>/dev/null &&
		set -- "$@" 'openpyxl, read_only' \
			"/usr/bin/python3 $here/peers/openpyxl_read.py $book"
	"$here/measure.py" -n "$runs" "$@"
done
