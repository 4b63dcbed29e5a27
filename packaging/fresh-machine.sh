#!/bin/sh
# fresh-machine.sh - does it work where nothing is installed?
#
# Makes a bare Debian 12 in a folder (debootstrap), copies this checkout in,
# runs ./test and ./run there, and removes the folder.  Needs root.
#
#   packaging/fresh-machine.sh [--keep] [--only-run]
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
keep= only_run=
for word; do
	case $word in
	--keep) keep=1 ;;
	--only-run) only_run=1 ;;
	*) echo "fresh-machine.sh [--keep] [--only-run]" >&2; exit 64 ;;
	esac
done
[ "$(id -u)" = 0 ] || { echo "Нужен root: debootstrap и chroot." >&2; exit 77; }
command -v debootstrap >/dev/null || apt-get -qq -y install debootstrap

root=$(mktemp -d /var/tmp/opora-fresh.XXXXXX)
chmod 755 "$root" # it becomes "/": other users must get in
leave() {
	for m in proc dev/pts dev; do umount "$root/$m" 2>/dev/null || true; done
	[ -n "$keep" ] || rm -rf --one-file-system "$root"
}
trap leave EXIT INT TERM

# The same mirror this machine uses.
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
[ -n "$mirror" ] || mirror=$(awk '/^deb /{for(i=2;i<=NF;i++) if ($i ~ /^http/) {print $i; exit}}' /etc/apt/sources.list)
debootstrap --variant=minbase --include=git,ca-certificates bookworm "$root" "${mirror:-http://deb.debian.org/debian}"
for f in /etc/apt/apt.conf.d/*proxy* /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/resolv.conf; do
	[ ! -e "$f" ] || cp "$f" "$root$f"
done
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || true

git -C "$top" archive --format=tar --prefix=opora/ HEAD | tar -x -C "$root/srv"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }

inside /srv/opora/run help
inside sh -c 'cd /srv/opora && (./run >/tmp/run.log 2>&1 & echo $! >/tmp/run.pid)
	n=0
	until /usr/bin/python3 -c "import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:8080/healthz\", timeout=2).read())" 2>/dev/null; do
		n=$((n + 1))
		[ $n -lt 60 ] || { cat /tmp/run.log; exit 1; }
		sleep 1
	done
	cat /tmp/run.log
	kill "$(cat /tmp/run.pid)"'
[ -n "$only_run" ] || inside /srv/opora/test
echo "На чистой машине всё работает."
