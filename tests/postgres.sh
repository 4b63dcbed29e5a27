#!/bin/sh
# postgres.sh - a PostgreSQL server of our own in a temporary folder.
#
#   tests/postgres.sh start FOLDER   prints the address to use
#   tests/postgres.sh stop FOLDER
#
# It listens on a socket inside the folder only.  PostgreSQL refuses to run as
# root, so root hands the folder to the user postgres.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$2

as_owner() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid postgres --regid postgres --clear-groups "$@"
	else
		"$@"
	fi
}

case $1 in
start)
	mkdir -p "$folder"
	[ "$(id -u)" != 0 ] || chown postgres: "$folder"
	cd "$folder"
	as_owner "$bin/initdb" -D "$folder/data" -U opora -A trust \
		--no-sync -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1
	as_owner "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/server.log" \
		-o "-c listen_addresses='' -c fsync=off -c unix_socket_directories='$folder' -c max_connections=40" start
	echo "postgres://opora@/postgres?host=$folder"
	;;
stop)
	cd /
	as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true
	;;
esac
