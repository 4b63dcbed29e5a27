#!/bin/bash
# stored.sh - one year's list from a database that is there: ours beside the
# same rule as one SQL query on the same file, and what loading it took.
#
#	bench/stored.sh municipality|region|country [RUNS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scale=${1:-region}
runs=${2:-9}
. "$here/common.sh"

generate "$scale"
db=$work/stored.db
"$opora" --db "$db" init --name 'Среднеозерский муниципальный округ' >/dev/null
"$opora" --db "$db" import schools "$work/schools.csv" >/dev/null
"$here/measure.py" -n 1 "$scale: results.csv into the database" \
	opora "$opora --db $db import results $work/results.csv"

"$opora" --db "$db" identify shnor --year 2024/2025 --format csv |
	awk -F, '$2 == "listed" { print $1 "," $3 }' >"$work/ours"
sqlite3 "$db" <"$here/peers/stored.sql" >"$work/peers"
cmp "$work/ours" "$work/peers"
"$here/measure.py" -n "$runs" "$scale: the list of 2024/2025 from the database" \
	opora "$opora --db $db identify shnor --year 2024/2025" \
	'sqlite3, one query' "sqlite3 $db '.read $here/peers/stored.sql'"
