#!/bin/bash
# start.sh - from starting the server to its first pages, and its memory.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

"$opora" --db "$work/demo.db" demo >"$work/accounts"
IFS=$'\t' read -r _ login password <"$work/accounts"
"$here/start.py" "$opora" "$work/demo.db" "$login" "$password" "${1:-7}"
