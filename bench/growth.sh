#!/bin/bash
# growth.sh - cost grows with the rows, memory does not: files of one, two and
# four times as many pupils of the same schools, and of as many results.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

generate region
lines=$(($(wc -l <"$work/pupils.csv") - 1))
for share in 4 2 1; do
	head -n $((lines / share + 1)) "$work/pupils.csv" >"$work/part-$share.csv"
done
for share in 4 2 1; do
	db=$work/$share.db
	"$opora" --db "$db" init --name 'Среднеозерский муниципальный округ' >/dev/null
	"$opora" --db "$db" import schools "$work/schools.csv" >/dev/null
	"$here/measure.py" -n 3 "$((lines / share)) rows of pupils" \
		'straight to lists' "$opora identify shnor $work/part-$share.csv --schools $work/schools.csv --year 2024/2025" \
		'import, only checked' "$opora --db $db import pupils $work/part-$share.csv --check"
done
