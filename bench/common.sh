# common.sh - what the benchmarks share; read by bash, not run.
#
# Builds the release once in build-bench; $work is a folder of this run.
top=$(cd "$here/.." && pwd)
build=$top/build-bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -d "$build" ] || meson setup "$build" "$top" --buildtype=release >/dev/null
nice ninja -C "$build" src/opora >/dev/null
opora=$build/src/opora

# generate SCALE: schools.csv, results.csv, pupils.csv … in $work
generate() {
	gcc -O2 -o "$work/generate" "$here/generate.c" -lxlsxwriter
	nice "$work/generate" "$1" "$work"
}

# DuckDB where npm can bring it, into $work and nowhere else.
has_duckdb() {
	command -v node >/dev/null && command -v npm >/dev/null || return 1
	cp "$here/package.json" "$work/"
	(cd "$work" && npm install --no-audit --no-fund --silent >/dev/null 2>&1)
}
