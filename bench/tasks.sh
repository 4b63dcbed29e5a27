#!/bin/bash
# tasks.sh - how 100,000 tasks stand today: ours beside the same question as
# one query of sqlite3 on the same file.
#
#	bench/tasks.sh [RUNS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
runs=${1:-21}
today=2027-02-18
db=$work/tasks.db

nice ninja -C "$build" tests/unit/count_tasks >/dev/null
ours=$build/tests/unit/count_tasks
"$opora" --db "$db" demo >/dev/null
sqlite3 "$db" <"$here/tasks/many.sql"
peer="sqlite3 -separator ' ' $db '.param set :today \"'\\''$today'\\''\"' \
	'.read $here/tasks/states.sql'"

"$ours" "$db" "$today" 1 2>/dev/null | sort >"$work/ours"
eval "$peer" | sort >"$work/peer"
cmp "$work/ours" "$work/peer"
echo "the question alone, middle of $runs:"
"$ours" "$db" "$today" "$runs" >/dev/null
"$here/measure.py" -n 9 'the whole process, its start included' \
	'ours' "$ours $db $today 1" \
	'sqlite3, one query' "$peer"
