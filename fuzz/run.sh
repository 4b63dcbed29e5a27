#!/bin/sh
# Build the fuzzers with clang and run them one after another.
#
#	fuzz/run.sh [NAME…] [--seconds N]
#
# New inputs stay in build-fuzz/corpus/NAME; what breaks a reader is kept as
# build-fuzz/crash-NAME-… and shown with:  build-fuzz/fuzz/fuzz_NAME FILE
set -eu
cd "$(dirname "$0")/.."

seconds=60
names=
while [ $# -gt 0 ]; do
	case $1 in
	--seconds)
		seconds=$2
		shift
		;;
	*)
		names="$names $1"
		;;
	esac
	shift
done
if [ -z "$names" ]; then
	names=$(cd fuzz && ls fuzz_*.c | sed 's/fuzz_\(.*\)\.c/\1/')
fi

if [ ! -f build-fuzz/build.ninja ]; then
	CC=clang meson setup build-fuzz -Dfuzz=true -Dbuildtype=debugoptimized \
		-Db_sanitize=address,undefined -Db_lundef=false
fi

# Freed memory is used again soon: fresh pages cost more than parsing does.
export ASAN_OPTIONS=quarantine_size_mb=1:detect_leaks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
status=0
for name in $names; do
	ninja -C build-fuzz "fuzz/fuzz_$name"
	mkdir -p "build-fuzz/corpus/$name"
	more=
	[ "$name" != method ] || more=data/methods
	dict=
	[ ! -f "fuzz/dict/$name.dict" ] || dict="-dict=fuzz/dict/$name.dict"
	echo "== $name, $seconds s"
	"build-fuzz/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 \
		-max_len=65536 -rss_limit_mb=2048 -print_final_stats=1 \
		-verbosity=1 -artifact_prefix="build-fuzz/crash-$name-" $dict \
		"build-fuzz/corpus/$name" "fuzz/corpus/$name" $more || status=1
done
exit $status
