#!/bin/bash
# pages.sh - what a page costs the server, beside Fossil and nginx; with
# "soak", many clients for a minute instead; with "quick", how long quick pages
# take while slow ones are asked for.
#
#	bench/pages.sh [REQUESTS]
#	bench/pages.sh soak [CLIENTS SECONDS]
#	bench/pages.sh quick [SECONDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

"$opora" --db "$work/demo.db" demo >"$work/accounts"
IFS=$'\t' read -r _ login password <"$work/accounts"
if [ "${1:-}" = soak ]; then
	shift
	"$here/soak.py" "$opora" "$work/demo.db" "$login" "$password" "$@"
elif [ "${1:-}" = quick ]; then
	shift
	"$here/quick.py" "$opora" "$work/demo.db" "$login" "$password" "$@"
else
	mkdir "$work/peers"
	"$here/pages.py" "$opora" "$work/demo.db" "$login" "$password" "$work/peers" "$@"
fi
