# packages.sh - which Debian packages the program needs, and for what.
# Sourced by ./run, ./test and packaging/fresh-machine.sh.

# To build and to run.
packages_build="gcc libc6-dev meson ninja-build pkg-config python3
libevent-dev libsqlite3-dev libpq-dev libjansson-dev libsodium-dev
libseccomp-dev libzip-dev libexpat1-dev libxlsxwriter-dev libssl-dev
libpango1.0-dev libcairo2-dev libcurl4-openssl-dev libstemmer-dev
libutf8proc-dev libinih-dev zlib1g-dev fonts-liberation2 fonts-paratype
fonts-dejavu-core"

# To test: a second database, a browser, independent readers of what we write.
packages_test="libcmocka-dev postgresql git
chromium chromium-driver python3-selenium python3-pytest
python3-openpyxl python3-docx python3-icalendar python3-dateutil
python3-html5lib poppler-utils
libreoffice-writer-nogui libreoffice-calc-nogui"

# Installs what is missing of the packages given; silent when nothing is.
packages_install() {
	missing=
	for p in "$@"; do
		[ -e "/var/lib/dpkg/info/$p.list" ] ||
			[ -n "$(ls /var/lib/dpkg/info/"$p":*.list 2>/dev/null)" ] ||
			missing="$missing $p"
	done
	[ -n "$missing" ] || return 0
	echo "Устанавливаются пакеты Debian:$missing" >&2
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || {
			echo "Нужен root или sudo, чтобы установить пакеты." >&2
			return 1
		}
		as_root=sudo
	fi
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -y --no-install-recommends install $missing >&2
}
