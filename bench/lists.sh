#!/bin/bash
# lists.sh - files to lists of four years: ours beside the programs people
# would take instead, in one run.
#
#	bench/lists.sh municipality|region|country [RUNS]
#
# All must come to the same lists, else nothing is measured.  Needs sqlite3,
# mawk, python3-pandas, gcc with libxlsxwriter-dev, and node with npm, which
# fetches DuckDB into a temporary folder; a peer that is not there is left out.
# The country needs 4 GB of room in $TMPDIR and half an hour.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scale=${1:-region}
runs=${2:-5}
. "$here/common.sh"

generate "$scale"
schools=$work/schools.csv
cp -r "$here/peers" "$work/peers"
years=2022/2023..2025/2026

ours() { echo "$opora identify shnor $2 --schools $schools --year $years"; }
peer() { # name, job, file
	case $1 in
	duckdb) echo "node $work/peers/duckdb.mjs $2 $3 $schools" ;;
	pandas) echo "/usr/bin/python3 $work/peers/pandas_lists.py $2 $3 $schools" ;;
	sqlite) echo "bash $work/peers/sqlite.sh $2 $3 $schools" ;;
	mawk) echo "mawk -v job=$2 -f $work/peers/lists.awk $schools $3" ;;
	esac
}

peers=
has_duckdb && peers="$peers duckdb"
/usr/bin/python3 -c 'import pandas' 2>/dev/null && peers="$peers pandas"
command -v sqlite3 >/dev/null && peers="$peers sqlite"
command -v mawk >/dev/null && peers="$peers mawk"

# the same lists, whoever draws them up
answer=$($(ours results "$work/results.csv") 2>/dev/null |
	awk -F, '$3 == "listed" { print $1 "," $2 "," $4 }' | sort | md5sum)
for p in $peers; do
	[ "$answer" = "$($(peer "$p" results "$work/results.csv") | sort | md5sum)" ] ||
		{ echo "$p comes to other lists" >&2; exit 1; }
done

for file in pupils pupils-shuffled results; do
	job=${file%-shuffled}
	set -- "$scale: $file.csv to lists" opora "$(ours "$job" "$work/$file.csv")"
	for p in $peers; do
		set -- "$@" "$p" "$(peer "$p" "$job" "$work/$file.csv")"
	done
	"$here/measure.py" -n "$runs" "$@"
done
